"""Before the same person is entered twice it is told, with the way to them; in every form that says who somebody is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.participants import participants
from models.storage import drafts
from models.store import Store
from models.values.clock import Clock
from screens.forms.doubles import QUIET_SECONDS
from screens.forms.form import FormScreen
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen
from screens.frame.destinations import PARTICIPANT
from screens.intake.candidates import ReferralForm
from screens.participant.form import ParticipantForm
from screens.participant.screen import ParticipantScreen
from tests.models.case_sample import rows

Staged = Callable[[Any], Any]
NUMBER = "14858700095"


@pytest.fixture
def sara(case: Case) -> int:
    return case.store.change_now(
        participants.add, {"given_name": "Sara", "family_name": "Ødegård", "national_id": NUMBER}
    )


@pytest.fixture
def other(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Per", "family_name": "Moe"})


def how_many(case: Case) -> int:
    return int(rows(case.store, "SELECT count(*) FROM participant")[0][0])


async def write(pilot: Any, **texts: str) -> None:
    for key, text in texts.items():
        pilot.app.screen.go(pilot.app.screen.field(key))
        await pilot.press("ctrl+u", *text)
    await pilot.pause(2 * QUIET_SECONDS)
    await pilot.pause()


FORMS = {
    "new": lambda case, other: ParticipantForm(case, None),
    "referred": lambda case, other: ReferralForm(case),
    "changed": lambda case, other: ParticipantForm(case, other),
}
REFERRED = {"new": {}, "changed": {}, "referred": {"referred_by": "Friomsorgen"}}
SAME = {"given_name": "sara", "family_name": "Odegard"}


@pytest.mark.parametrize("which", FORMS)
async def test_it_is_told_while_it_is_written_and_asked_before_it_is_saved(
    case: Case, stage: Staged, sara: int, other: int, which: str
) -> None:
    before = how_many(case)
    app = stage(FORMS[which](case, other))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, **SAME, **REFERRED[which])
        assert "Sara Ødegård has this name." in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ChooserScreen)
        assert "Sara Ødegård has this name." in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert how_many(case) == before
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
    assert len(app.answers) == 1
    assert how_many(case) == before + (which != "changed")


@pytest.mark.parametrize("which", FORMS)
async def test_the_way_to_them_keeps_what_was_written(
    case: Case, stage: Staged, sara: int, other: int, which: str
) -> None:
    before = how_many(case)
    app = stage(FORMS[which](case, other))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, **SAME, **REFERRED[which])
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [(PARTICIPANT, sara)]
        assert [kept.fields["family_name"] for kept in case.store.ask_now(drafts.kept)] == ["Odegard"]
        assert isinstance(app.screen, FormScreen)
        assert app.screen.field("family_name").written == "Odegard"
    assert how_many(case) == before


@pytest.mark.parametrize("key", ["n", "e"])
async def test_from_the_program_the_way_leads_there_and_back(
    case: Case, store: Store, clock: Clock, sara: int, other: int, key: str
) -> None:
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if key == "e":
            await app.open(PARTICIPANT, other)
            await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        await write(pilot, **SAME)
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ParticipantScreen)
        assert app.screen.participant == sara
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ParticipantForm)
    assert [kept.fields["family_name"] for kept in store.ask_now(drafts.kept)] == ["Odegard"]


async def test_saved_at_once_it_is_asked_all_the_same(case: Case, stage: Staged, sara: int) -> None:
    app = stage(ParticipantForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.field("national_id").put(f"{NUMBER[:6]} {NUMBER[6:]}")
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ChooserScreen)
        assert "Sara Ødegård has this identity number." in app.text()


async def test_while_names_are_hidden_the_code_is_told(case: Case, stage: Staged, sara: int) -> None:
    case.private = True
    app = stage(ParticipantForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, **SAME)
        assert "EX-001 has this name." in app.text()
        assert "Sara Ødegård has" not in app.text()


async def test_who_is_changed_otherwise_is_saved_unasked(case: Case, stage: Staged, sara: int, other: int) -> None:
    case.store.change_now(participants.change, other, 1, {"given_name": "Sara", "family_name": "Ødegård"})
    app = stage(ParticipantForm(case, other))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, email="sara@example.no")
        assert "has this name" not in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert app.answers == [other]


async def test_the_date_of_a_d_number_is_proposed_and_never_filled_in(case: Case, stage: Staged) -> None:
    app = stage(ParticipantForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, national_id="55818500016")
        assert "the D-number says 15.01.1985: ask" in app.text()
        await write(pilot, birth_date="01.01.1985")
        assert "the D-number says" not in app.text()
        assert "!" not in app.text()
        await write(pilot, birth_date="")
        await pilot.press("f2")
        await pilot.pause()
    (new,) = app.answers
    assert case.store.ask_now(participants.file_of, new).values["birth_date"] is None
