"""A record that is there is read first, as a page from its top, by readers too; a key goes on to correct it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from config.actions import ACTIONS
from models import timeline
from models.contacts import network, people
from models.participants import participants
from screens.contacts.forms import ContactForm
from screens.frame.case import Case
from screens.participant.form import at_field
from screens.participant.record_form import RecordForm

Staged = Callable[[Any], Any]
LONG = "Begynte her. " + "ord " * 600 + "Sluttet her."


@pytest.fixture
def person(case: Case) -> int:
    values = {"given_name": "Arne", "family_name": "Prøve", "phone": "41234567", "risk_areas": "Torget"}
    return case.store.change_now(participants.add, values)


@pytest.fixture
def entry(case: Case, person: int) -> int:
    return case.store.change_now(timeline.record, person, {"kind": "note", "text": LONG})


@pytest.mark.parametrize("role", ["worker", "reader"])
async def test_a_long_entry_is_read_from_its_top_to_its_end(
    case: Case, stage: Staged, person: int, entry: int, role: str
) -> None:
    case.store.actor = replace(case.store.actor, role=role)
    app = stage(RecordForm(case, person, entry).to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Begynte her." in app.text()
        assert "Sluttet her." not in app.text()
        await pilot.press("G")
        assert "Sluttet her." in app.text()
        await pilot.press("x", "space", "enter")
        await pilot.press("q")
        await pilot.pause()
        assert app.answers == [None]
    assert case.store.ask_now(timeline.one, entry).text == LONG


async def test_a_key_goes_on_to_correct(case: Case, stage: Staged, person: int, entry: int) -> None:
    app = stage(RecordForm(case, person, entry).to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.press(*" Mer.", "f2")
        await pilot.pause()
        assert app.answers == [entry]
    assert case.store.ask_now(timeline.one, entry).text == LONG + " Mer."


async def test_who_may_only_read_is_told_so(case: Case, stage: Staged, person: int, entry: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(RecordForm(case, person, entry).to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        assert "read access only" in app.text()


async def test_a_correction_left_unfinished_is_named_and_gone_on_with(
    case: Case, stage: Staged, person: int, entry: int
) -> None:
    app = stage(RecordForm(case, person, entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" Halvt", "escape")
    app = stage(RecordForm(case, person, entry).to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "You left a correction unfinished: e goes on with it." in app.text()
        await pilot.press("e")
        await pilot.pause()
        assert app.screen.field("text").written == LONG + " Halvt"


async def test_the_field_that_is_meant_has_the_mark_and_comes_first(case: Case, stage: Staged, person: int) -> None:
    app = stage(at_field(case, person, "risk_areas").to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        marks = [line for line in app.text().splitlines() if line.startswith("▌")]
        assert len(marks) == 1
        assert "Torget" in marks[0]
        await pilot.press("e")
        await pilot.pause()
        assert app.screen.focused.about.key == "risk_areas"


async def test_hidden_names_hide_on_a_page(case: Case, stage: Staged, person: int) -> None:
    app = stage(at_field(case, person, "phone").to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Arne" in app.text()
        await pilot.press("p")
        await pilot.pause()
        for told in ("Arne", "Prøve", "4567", "Torget"):
            assert told not in app.text()


async def test_on_a_page_a_hidden_name_is_a_code_in_what_was_written(case: Case, stage: Staged, person: int) -> None:
    entry = case.store.change_now(timeline.record, person, {"kind": "note", "text": "Ringte Arne om Arnes jobb."})
    app = stage(RecordForm(case, person, entry).to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "Ringte EX-001 om EX-001s jobb." in app.text()
        # It is corrected with the names in it, so it stands hidden in the form.
        await pilot.press("e")
        assert "Arne" not in app.text()


async def test_a_contact_persons_page_says_whose_they_are(case: Case, stage: Staged, person: int) -> None:
    contact = case.store.change_now(people.add, {"name": "Nina Nav", "agency": "nav", "role": "nav_state"})
    case.store.change_now(network.involve, person, contact)
    app = stage(ContactForm(case, contact).to_read())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Arne Prøve" in app.text()
        await pilot.press("p")
        await pilot.pause()
        assert "Arne" not in app.text()


CORRECTS = {
    "Answer", "Change", "Correct", "Edit", "Name", "Referral", "Rename", "Who may see",
}  # fmt: skip


def test_e_corrects_wherever_it_does_anything() -> None:
    other = {action.id: action.label for action in ACTIONS if "e" in action.keys and action.label not in CORRECTS}
    assert not other


DOES: dict[str, str] = {
    "phase_out.do": "a step is a form of its own",
    "suggested.take": "a suggestion is chosen like a line of any list that is offered",
    "reading.answer": "what is asked is read on the line itself",
    "hand_over_brief.read": "who has read the brief to its end says so, and closes it",
}


def test_enter_writes_nothing_where_something_is_read() -> None:
    writing = {action.id for action in ACTIONS if "enter" in action.keys and action.writes}
    assert writing <= set(DOES)
