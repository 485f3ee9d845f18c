"""The mark goes to what was saved just now, wherever something new is saved: the next key is about that."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from msgspec import Struct

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.consents import consents
from models.contacts import people
from models.goals import goals
from models.participants import participants, spending
from models.plans import applications, appointments, tasks
from models.store import Store
from models.team import absences
from models.values.clock import Clock
from screens.forms.form import FormScreen
from screens.frame.destinations import ABSENCES, CONSENTS, PARTICIPANT
from screens.frame.route import Route
from tests.models.case_sample import rows
from tests.screens.board.test_board import words_on
from tests.screens.small_caseload import fill

DAY: Final = date(2026, 11, 20)
TEAM: Final = Settings(language="en", board_scope="team", board_view="list")


class Saving(Struct, frozen=True):
    """Where something new is saved: the screen, the action that begins it, the table, and what is filled in."""

    route: Route[int] | Route[[]] | None
    action: str
    table: str
    fields: dict[str, str]
    row: str = "id"


def to(module: str, name: str) -> Route[int]:
    return Route[int](f"screens.{module}", name)


SAVINGS: Final = {
    "person": Saving(None, "board.add", "participant", {"given_name": "Sara"}, "participant"),
    "candidate": Saving(Route[[]]("screens.intake.candidates", "CandidatesScreen"), "candidates.refer", "participant",
                        {"given_name": "Sara", "referred_by": "Friomsorgen"}, "participant"),
    "entry": Saving(PARTICIPANT, "participant.record", "entry", {"kind": "note", "at": "10.11.2026", "text": "Noe"}),
    "consent": Saving(CONSENTS, "consents.give", "consent",
                      {"agency": "nav", "role": "nav_state", "given": "1.11.2026"}),
    "contact": Saving(Route[[]]("screens.contacts.register", "PeopleScreen"), "people.add", "contact",
                      {"name": "Åse Å", "agency": "nav"}),
    "appointment": Saving(to("plans.agenda", "AgendaScreen"), "agenda.add", "appointment",
                          {"title": "Senere", "at": "10.12.2026 10:00"}),
    "task": Saving(to("plans.agenda", "AgendaScreen"), "agenda.task", "task", {"text": "Sist", "due": "12.12.2026"}),
    "application": Saving(to("plans.applications", "ApplicationsScreen"), "applications.add", "application",
                          {"agency": "nav", "about": "Støtte"}),
    "goal": Saving(to("participant.goals", "GoalsScreen"), "goals.add", "goal", {"words": "Se broren"}),
    "step": Saving(to("participant.goals", "GoalsScreen"), "goals.step", "step", {"words": "Ringe"}),
    "expense": Saving(to("participant.spending", "SpendingScreen"), "spending.add", "spending",
                      {"what": "Kaffe", "amount": "49", "purpose": "relationship", "day": "1.11.2026"}),
    "phase": Saving(to("phases.list", "PhasesScreen"), "phases.begin", "phase_period", {"began": "1.11.2026"}),
    "absence": Saving(ABSENCES, "absences.add", "absence", {"first": "1.12.2026", "last": "3.12.2026"}),
}  # fmt: skip


@pytest.fixture
def even(store: Store) -> int:
    """Somebody of whom there are two of each already, on both sides of the new one."""
    even = fill(store)["Even Lunde"]
    for number, day in enumerate((date(2026, 10, 20), DAY)):
        at = store.clock.seconds() + (number * 40 + 1) * 86_400
        store.change_now(timeline.record, even, {"kind": "note", "at": at - 60 * 86_400, "text": "Gammelt"})
        values = {"agency": "nav", "role": "nav_municipal", "given": day, "valid_until": date(2027, 10, 1)}
        store.change_now(consents.give, even, values)
        store.change_now(people.add, {"name": ("Abel", "Ørn")[number], "agency": ("nav", "housing")[number]})
        store.change_now(appointments.add, even, {"title": "Møte", "at": at})
        store.change_now(tasks.add, even, {"text": "Noe", "due": date(2026, 12, 1 + number * 29)})
        store.change_now(applications.add, even, {"agency": "housing", "about": "Bolig"})
        goal = store.change_now(goals.add, even, {"words": "Noe"})
        store.change_now(goals.add_step, goal, {"words": "Et steg"})
        expense = {"day": day, "purpose": "relationship", "amount": 4900, "what": "Kaffe"}
        store.change_now(spending.add, even, expense)
        away = {"staff": 1, "first": date(2026, 11, 23 + number), "last": date(2026, 11, 23 + number)}
        store.change_now(absences.add, away)
    return even


def number_of(row: Any, saving: Saving) -> int | None:
    if saving.table == "consent":
        return row.last.id if row.last is not None else None
    if saving.table in ("goal", "step"):
        row = row.step if saving.table == "step" else None if row.step else row.goal
    found = getattr(row, saving.row, None)
    return found if isinstance(found, int) else None


@pytest.mark.parametrize("saving", SAVINGS.values(), ids=SAVINGS)
async def test_the_mark_goes_to_what_was_saved(store: Store, clock: Clock, even: int, saving: Saving) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        if saving.route is not None:
            given = () if saving.route.module.endswith(("candidates", "register", "absences")) else (even,)
            await app.open(saving.route, *given)
            await pilot.pause()
        screen: Any = app.screen
        screen.run_worker(screen.action_act(saving.action))
        await pilot.pause(0.2)
        form = app.screen
        if not isinstance(form, FormScreen):
            await pilot.press("enter")
            await pilot.pause(0.2)
            form = app.screen
        assert isinstance(form, FormScreen)
        if saving.table == "entry":
            await pilot.press("n")
            await pilot.pause()
        for key, text in saving.fields.items():
            field = form.field(key)
            field.put(text)
            form.changed(field)
        before = rows(store, f"SELECT max(id) FROM {saving.table}")[0][0]
        await pilot.press("f2")
        await pilot.pause(0.3)
        new = rows(store, f"SELECT max(id) FROM {saving.table}")[0][0]
        assert new > before, words_on(app)
        assert app.screen is screen
        assert number_of(screen.card if saving.table == "participant" and saving.route is None else screen.moving.row,
                         saving) == new  # fmt: skip


async def test_whom_the_board_does_not_show_is_told(store: Store, clock: Clock, even: int) -> None:
    app = ExinApp(Settings(language="en", board_scope="team", board_view="list"), store, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("f", *"Moen", "enter", "n")
        await pilot.pause()
        await pilot.press(*"Sara", "f2")
        await pilot.pause(0.2)
        assert "They are not in what is shown here" in words_on(app)
        assert store.ask_now(participants.named_in, "Sara")
