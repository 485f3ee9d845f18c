"""By key: what stood with the wrong participant is moved or struck out, with a reason, wherever it is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.consents import consents
from models.participants import participants, spending
from models.phase_outs import phase_outs
from models.plans import appointments, tasks
from models.store import Store
from models.values.clock import Clock
from screens.frame.destinations import CONSENTS, PARTICIPANT
from screens.frame.route import Route
from tests.models.case_sample import rows
from tests.screens.board.test_board import press, words_on
from tests.screens.small_caseload import fill

TEAM = Settings(language="en", board_scope="team")
AGENDA = Route[int]("screens.plans.agenda", "AgendaScreen")
SPENDING = Route[int]("screens.participant.spending", "SpendingScreen")


def made(store: Store, table: str, person: int) -> int:
    today = store.clock.today()
    change, values = {
        "entry": (timeline.record, {"kind": "note", "text": "Feil"}),
        "consent": (consents.give, {"agency": "crime_care", "role": "contact_officer", "given": today}),
        "appointment": (appointments.add, {"title": "Feil", "at": store.clock.seconds() + 3600}),
        "task": (tasks.add, {"text": "Feil", "due": today - timedelta(days=1)}),
        "spending": (spending.add, {"day": today, "purpose": "relationship", "amount": 4900, "what": "Feil"}),
    }[table]
    if table == "consent":
        agency = next(one for one in store.programme.agencies if any(role.consent for role in one.roles))
        values |= {"agency": agency.id, "role": next(role.id for role in agency.roles if role.consent)}
    return int(store.change_now(change, person, values))


PLACES: dict[str, Any] = {
    "entry": PARTICIPANT, "consent": CONSENTS, "appointment": AGENDA, "task": AGENDA, "spending": SPENDING,
}  # fmt: skip


@pytest.mark.parametrize("table", PLACES)
@pytest.mark.parametrize("how", ["m", "s"])
async def test_it_goes_where_it_belongs_by_key(store: Store, clock: Clock, table: str, how: str) -> None:
    even = fill(store)["Even Lunde"]
    row = made(store, table, even)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PLACES[table], even)
        await press(pilot, "W", how)
        if how == "m":
            assert "Whom was it about?" in words_on(app)
            assert "Even Lunde" not in words_on(app)
            await press(pilot, "down", "enter")
            assert "Why is it moved to " in words_on(app)
        await press(pilot, "enter")
        assert "Reason: say why." in words_on(app)
        assert rows(store, f"SELECT participant_id FROM {table} WHERE id = ?", row) == [(even,)]
        await press(pilot, *"Feil person", "enter")
        owners = rows(store, f"SELECT participant_id FROM {table} WHERE id = ?", row)
        if how == "m":
            [[owner]] = owners
            assert owner != even
            assert f"Moved to {store.ask_now(participants.called, owner)[1]}." in words_on(app)
        else:
            assert "Struck out." in words_on(app)
            assert owners == []
        await app.open(PARTICIPANT, even)
        await press(pilot)
        told = {"m": "was about another participant and was moved there: Feil person", "s": "was struck out: Feil"}
        assert told[how] in " ".join(words_on(app).split())
        await press(pilot, "u", "down", "enter")
        assert rows(store, f"SELECT participant_id FROM {table} WHERE id = ?", row) == [(even,)]


async def test_a_line_of_the_programs_own_stays(store: Store, clock: Clock) -> None:
    even = fill(store)["Even Lunde"]
    made(store, "consent", even)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await press(pilot, "W")
        assert "The program wrote this line" in words_on(app)


async def test_a_fact_may_belong_to_somebody_who_has_left(store: Store, clock: Clock) -> None:
    names = fill(store)
    even, left = names["Even Lunde"], names["Jon Kowalski"]
    out = store.change_now(phase_outs.begin, left, "own_wish")
    version = rows(store, "SELECT version FROM phase_out WHERE id = ?", out)[0][0]
    store.change_now(phase_outs.close, out, version, "Ferdig", "ville det")
    row = made(store, "entry", even)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(PARTICIPANT, even)
        await press(pilot, "W", "m", "end", "enter", *"Feil", "enter")
        assert rows(store, "SELECT participant_id FROM entry WHERE id = ?", row) == [(left,)]
