"""The register of contact persons and its form: found, entered, left, merged, deleted, and never by accident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models.contacts import network, people, register
from models.contacts.register import PeopleQuery
from models.participants import participants
from models.search import queries as search
from models.storage import drafts
from models.store import Store
from models.values.clock import Clock
from screens.contacts.forms import ContactForm
from screens.contacts.register import PeopleScreen
from screens.everywhere.drafts import DraftsScreen
from screens.everywhere.search import CONTACT, SearchScreen
from screens.forms.doubles import QUIET_SECONDS
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen
from screens.participant.form import ParticipantForm
from tests.screens.board.test_board import press, words_on

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def some(case: Case) -> dict[str, int]:
    """A small register; Kari is involved with one participant."""
    change = case.store.change_now
    found = {
        name: change(people.add, {"name": name, "agency": agency, "role": role, **more})
        for name, agency, role, more in (
            ("Kari Nordmann", "nav", "nav_state", {"phone": "22055000", "office": "NAV Grorud", "email": "kari@nav.no",
                                                   "notes": "Best før lunsj"}),
            ("K. Nordmann", "nav", "nav_state", {"phone": "+47 400 00 000"}),
            ("Ole Moe", "prison", "contact_officer", {"phone": "22 99 00 11", "office": "Ila"}),
            ("Bjørg Ås", "prison", "", {}),
            ("Mor Sæthre", "family", "mother", {"phone": "905 12 345"}),
            ("Lars Gått", "nav", "nav_debt", {}),
        )
    }  # fmt: skip
    change(people.leave, found["Lars Gått"], 1)
    person = change(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})
    change(network.involve, person, found["Kari Nordmann"])
    return {**found, "person": person}


def shown(case: Case, **query: Any) -> list[str]:
    asked = PeopleQuery(**query)
    groups = case.store.ask_now(register.counts, asked)
    return [one.name for one in case.store.ask_now(register.find, asked, groups, 0, 100)]


async def test_everybody_stands_under_their_agency(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(PeopleScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert text.index("Correctional service") < text.index("Ole Moe") < text.index("Nav") < text.index("Kari")
        assert "Lars" not in text
        await press(pilot, "down", "down", "down")
        text = app.text()
        assert "▌ Kari Nordmann" in text
        assert "NAV Grorud · 22 05 50 00 · kari@nav.no" in text
        assert "Best før lunsj" in text
        await press(pilot, "v")
        assert "who left their post" in app.text()
        assert "Lars Gått" in app.text()
        await press(pilot, "l")
        assert "Lars Gått is offered again." in app.text()
    assert "Lars Gått" in shown(case)


async def test_the_filter_narrows_as_one_types_and_esc_clears_it(
    case: Case, stage: Staged, some: dict[str, int]
) -> None:
    app = stage(PeopleScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", *"nav grorud")
        assert "Kari Nordmann" in app.text()
        assert "Ole Moe" not in app.text()
        await press(pilot, "x", "y")
        assert "Nobody matches" in app.text()
        await press(pilot, "backspace", "backspace", "enter", "enter")
        assert isinstance(app.screen, ContactForm)
        await press(pilot, "escape", "escape")
        assert "Ole Moe" in app.text()
        assert app.answers == []
        await press(pilot, "escape")
        assert app.answers == [None]


async def test_a_new_one_is_entered_by_keys_and_the_mark_stands_on_it(case: Case, stage: Staged) -> None:
    app = stage(PeopleScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", *"Nils Berg", "down", "n", "n", "down", "right", "down", *"Grorud", "down")
        await press(pilot, *"220550001", "f2")
        assert "nine digits; a Norwegian number has eight" in " ".join(app.text().split())
        await press(pilot, "backspace", "f2")
        text = app.text()
        assert "▌ Nils Berg" in text
        assert "Saved." in text
    (number,) = case.store.ask_now(register.find, PeopleQuery(), [("nav", 1)], 0, 5)
    assert (number.agency, number.role, number.office, number.phone) == ("nav", "nav_municipal", "Grorud", "22055000")


async def test_who_left_is_said_with_how_many_lack_them(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(PeopleScreen(case, some["Kari Nordmann"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        assert "Kari Nordmann has left the post. 1 participant lacks them now." in app.text()
        await press(pilot, "u")
        assert "Undone: that the contact person left · " in app.text()
    assert "Kari Nordmann" in shown(case)
    assert len(case.store.ask_now(network.involved, some["person"])) == 1


async def test_a_double_is_merged_in_two_steps(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(PeopleScreen(case, some["K. Nordmann"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f2")
        assert "Mark a duplicate with d first" in app.text()
        await press(pilot, "d")
        assert "duplicate of" in app.text()
        await press(pilot, "f2")
        assert "Go to the person to keep" in app.text()
        assert "K. Nordmann" in shown(case)
        await press(pilot, "down", "f2")
        text = app.text()
        assert "Merged into Kari Nordmann" in text
        assert "400 00 000" in text, "the kept one has the double's number beside their own"
    assert "K. Nordmann" not in shown(case)
    assert case.store.ask_now(register.one, some["K. Nordmann"]).merged_into == some["Kari Nordmann"]


async def test_deleting_takes_two_keys_and_linked_ones_stay(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(PeopleScreen(case, some["Bjørg Ås"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "down", "f2")
        assert "Mark a duplicate with d first" in app.text()
        await press(pilot, "up", "x", "x", "f2")
        assert "Bjørg Ås" in shown(case)
        await press(pilot, "x", "f2")
        assert "was deleted from the register" in app.text()
    assert "Bjørg Ås" not in shown(case)
    app = stage(PeopleScreen(case, some["Kari Nordmann"]))
    async with app.run_test(size=(120, 24)) as pilot:
        await press(pilot, "x", "f2")
        assert "Kari Nordmann is linked to 1 participant and cannot be deleted" in app.text()
    assert "Kari Nordmann" in shown(case)


async def test_a_double_is_told_while_it_is_written(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(ContactForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"Kari", "down", "down", "down", "down", *"+4722 05 50 00")
        await pilot.pause(QUIET_SECONDS * 2)
        await pilot.pause()
        assert "In the register already: Kari Nordmann, NAV Grorud." in app.text()
        await press(pilot, "f2")
    assert len(app.answers) == 1


async def test_the_same_name_in_the_agency_is_asked_about_and_can_be_taken(
    case: Case, stage: Staged, some: dict[str, int]
) -> None:
    before = shown(case)
    app = stage(ContactForm(case, None, {"agency": "nav"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"kari nordmann", "f2")
        assert isinstance(app.screen, ChooserScreen)
        assert "In the register already: Kari Nordmann, NAV Grorud." in app.text()
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactForm)
        await press(pilot, "f2", "enter")
    assert app.answers == [some["Kari Nordmann"]]
    assert shown(case) == before
    app = stage(ContactForm(case, None, {"agency": "nav"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"Kari Nordmann", "f2", "down", "enter")
    assert app.answers[0] not in (None, some["Kari Nordmann"])


async def test_the_roles_follow_the_agency(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(ContactForm(case, some["Ole Moe"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Contact officer" in app.text()
        await press(pilot, "down", "n", "n")
        assert "Contact officer" not in app.text()
        await press(pilot, "f2")
    person = case.store.ask_now(register.one, some["Ole Moe"])
    assert (person.agency, person.role) == ("nav", "")


async def test_an_unfinished_one_is_offered_again(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(ContactForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"Halv", "escape")
    (kept,) = case.store.ask_now(drafts.kept)
    assert (kept.form, kept.subject, kept.fields["name"]) == ("contact", 0, "Halv")
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert "New contact " in app.text()
        assert isinstance(app.screen, ContactForm)
        assert "Halv" in app.text()
    app = stage(ContactForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f6")
        assert "Halv" in app.text()


async def test_a_colleagues_change_is_shown_as_a_conflict(
    case: Case, colleague: Store, stage: Staged, some: dict[str, int]
) -> None:
    app = stage(ContactForm(case, some["Ole Moe"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end", *" jr")
        colleague.change_now(people.change, some["Ole Moe"], 1, {"name": "Ola Moe"})
        await press(pilot, "f2")
        text = app.text()
        assert "Ole Moe jr" in text
        assert "Ola Moe" in text
        await press(pilot, "enter", "m")
    assert case.store.ask_now(register.one, some["Ole Moe"]).name == "Ole Moe jr"


async def test_hidden_names_hide_private_persons_and_no_officials(
    case: Case, stage: Staged, some: dict[str, int]
) -> None:
    case.private = True
    app = stage(PeopleScreen(case, some["Mor Sæthre"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Sæthre" not in text
        assert "905" not in text
        assert "Ole Moe" in text


async def test_a_reader_looks_only(case: Case, stage: Staged, some: dict[str, int]) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(PeopleScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("n", "l", "d", "x"):
            await press(pilot, key)
            assert "read access only" in app.text(), key
    assert "Ole Moe" in shown(case)


async def test_the_search_opens_the_register_at_the_hit(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"grorud")
        await pilot.pause(0.2)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Contact person" in app.text()
        await press(pilot, "enter")
        assert app.asked == [(CONTACT, some["Kari Nordmann"])]
    assert case.store.ask_now(search.find, "grorud")[0].contact == some["Kari Nordmann"]


async def test_from_the_board_by_its_key(case: Case, store: Store, clock: Clock, some: dict[str, int]) -> None:
    app = ExinApp(Settings(language="en"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o")
        assert isinstance(app.screen, PeopleScreen)
        assert "Ole Moe" in words_on(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, PeopleScreen)


async def test_a_participants_odd_number_is_advice_and_saved(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(ParticipantForm(case, some["person"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "down", "down", *"400000001", "down")
        assert "The phone number: nine digits" in " ".join(app.text().split())
        await press(pilot, "f2")
    assert case.store.ask_now(participants.file_of, some["person"]).values["phone"] == "400000001"


@pytest.mark.parametrize("size", SIZES)
def test_the_register_looks_right(
    case: Case, stage: Staged, some: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(PeopleScreen(case, some["Kari Nordmann"])), terminal_size=size, press=["d"])


def test_an_empty_register_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(PeopleScreen(case)), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_the_form_looks_right(
    case: Case, stage: Staged, some: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(ContactForm(case, some["Kari Nordmann"])), terminal_size=size)


async def test_the_card_names_whom_they_are_linked_to(case: Case, stage: Staged, some: dict[str, int]) -> None:
    app = stage(ContactForm(case, some["Kari Nordmann"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Involved with participants now: Åse Sæthre" in app.text()
        await pilot.press("f8")
        await pilot.pause()
        assert "Åse Sæthre" not in app.text()
        assert "Involved with participants now: EX-001" in app.text()
