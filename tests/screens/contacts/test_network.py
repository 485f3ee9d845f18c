"""People around a participant and the team's list: linked by keys, holes and crowding said, consent beside each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models.consents import consents
from models.contacts import network, people, register
from models.contacts.register import PeopleQuery
from models.participants import participants
from models.phases import phases
from models.storage import drafts
from models.store import Store
from models.values.clock import Clock
from screens.contacts.contact_chooser import ContactChooser
from screens.contacts.forms import ContactForm, InvolvementForm
from screens.contacts.network import NetworkScreen
from screens.contacts.team_list import TeamListScreen
from screens.everywhere.drafts import DraftsScreen
from screens.frame.case import Case
from screens.frame.destinations import CONSENTS, NETWORK, PARTICIPANT
from tests.models.case_sample import rows
from tests.screens.board.test_board import press, words_on

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def person(case: Case) -> int:
    change = case.store.change_now
    who = {"given_name": "Åse", "family_name": "Sæthre", "release_kind": "parole"}
    number = change(participants.add, who, TODAY - 300 * DAY)
    change(phases.begin, number, 3, TODAY - 20 * DAY, ending=(1,))
    return number


@pytest.fixture
def around(case: Case, person: int) -> dict[str, int]:
    """Three in one role, one before, one whose consent was withdrawn, and nobody at the probation service."""
    change = case.store.change_now
    found: dict[str, int] = {}
    for name, agency, role, days, more in (
        ("Ole Moe", "prison", "contact_officer", 200, {"phone": "22 99 00 11", "office": "Ila fengsel"}),
        ("Kari Nordmann", "nav", "nav_state", 100, {"phone": "22055000", "email": "kari@nav.no"}),
        ("Berit Vik", "nav", "nav_state", 30, {"phone": "+47 400 00 000"}),
        ("Siri Dahl", "nav", "nav_state", 9, {}),
        ("Ada Lie", "lawyer", "lawyer", 3, {"phone": "+46 8 123 456 78"}),
        ("Lars Gått", "nav", "nav_debt", 250, {}),
    ):
        contact = change(people.add, {"name": name, "agency": agency, "role": role, **more})
        found[name] = change(network.involve, person, contact, {"since": TODAY - days * DAY, "note": "Fast kontakt"})
    change(network.uninvolve, found["Lars Gått"], 1, TODAY - 50 * DAY)
    give = {"scope": "Løslatelse", "limits": "Ikke helse"}
    change(consents.give, person, {**give, "agency": "prison", "role": "contact_officer", "given": TODAY - 9 * DAY})
    change(consents.give, person, {**give, "agency": "nav", "role": "nav_state", "given": TODAY - 350 * DAY})
    lawyer = {**give, "agency": "lawyer", "role": "lawyer", "person": "Ada Lie"}
    law = change(consents.give, person, {**lawyer, "given": TODAY - 90 * DAY})
    change(consents.withdraw, law, 1, TODAY - 2 * DAY, "Brev")
    return found


def names(case: Case, person: int) -> list[str]:
    return [one.name for one in case.store.ask_now(network.involved, person)]


async def test_holes_crowding_and_consent_are_said_in_words(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "People around · Åse Sæthre  5" in text
        assert "Missing: Probation." in text
        assert "Crowded: State caseworker." in text
        assert "3 new within 6 weeks." in text
        assert "Probation  nobody, and in this phase somebody should be" in text
        assert "crowded: 3 as State caseworker" in text
        assert "may be shared: until 13.11.2027" in text
        assert "may be shared: only until 07.12.2026" in text
        assert "22 99 00 11" in text
        await press(pilot, "down", "down", "down", "down")
        text = app.text()
        assert "cannot be shared: withdrawn 20.11.2026" in text
        assert "Consent was withdrawn 20.11.2026. · Fast kontakt" in text
        await press(pilot, "down")
        assert "Before" in app.text()
        assert "to 03.10.2026" in app.text()


async def test_somebody_is_linked_by_typing_and_by_keys_alone(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(people.add, {"name": "Ole Moe", "agency": "prison", "role": "contact_officer"})
    case.store.change_now(people.add, {"name": "Kari Nordmann", "agency": "nav", "role": "nav_state"})
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        assert isinstance(app.screen, ContactChooser)
        assert "2 persons" in app.text()
        await press(pilot, *"kar", "enter")
        assert isinstance(app.screen, InvolvementForm)
        assert "No consent covers sharing in this role: Consent was never given." in app.text()
        await press(pilot, "right", "down", *"15.11", "f2")
        text = app.text()
        assert "Saved." in text
        assert "▌ Kari Nordmann" in text
        assert "Nav adviser in prison" in text
        assert "since 15.11.2026" in text
        await press(pilot, "escape")
        assert app.answers == [person]
    assert names(case, person) == ["Kari Nordmann"]


async def test_somebody_new_is_entered_on_the_way(case: Case, stage: Staged, person: int) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", *"Nils Berg")
        assert "Nobody matches. F2 enters a new contact person." in app.text()
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactChooser)
        await press(pilot, "f2")
        assert isinstance(app.screen, ContactForm)
        assert "Nils Berg" in app.text()
        await press(pilot, "down", "n", "n", "down", "right", "f2")
        assert isinstance(app.screen, InvolvementForm)
        await press(pilot, "f2")
        assert "▌ Nils Berg" in app.text()
    (one,) = case.store.ask_now(network.involved, person)
    assert (one.name, one.role, one.since) == ("Nils Berg", "nav_municipal", TODAY)


async def test_a_part_ends_today_and_undo_brings_it_back(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x")
        assert "Ended today. 2 agencies now have no contact person." in app.text()
        assert "Missing: Correctional service, Probation." in app.text()
        assert "Ole Moe" not in names(case, person)
        await press(pilot, "x")
        assert "This role has ended already." in app.text()
        await press(pilot, "u")
        assert "Undone: the end of somebody's role · " in app.text()
    assert "Ole Moe" in names(case, person)


async def test_a_part_is_changed_and_contradictions_stand_at_their_field(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "e", "down", "down", *"1.1.2026", "f2")
        assert "Until: the end is before the start." in " ".join(app.text().split())
        await press(pilot, *"21.11", "f2")
        assert "Saved." in app.text()
    assert "Ole Moe" not in names(case, person)
    last = case.store.ask_now(network.network, person).former[0]
    assert (last.name, last.until) == ("Ole Moe", TODAY - DAY)


async def test_the_contact_and_the_consents_open_from_here(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactForm)
        await press(pilot, "e", "end", *" jr", "f2")
        assert "▌ Ole Moe jr" in app.text()
        await press(pilot, "s")
        assert app.asked == [(CONSENTS, person)]


async def test_an_unfinished_link_remembers_whom(case: Case, stage: Staged, person: int) -> None:
    ids = [
        case.store.change_now(people.add, {"name": name, "agency": "nav", "role": "nav_state"}) for name in ("A", "B")
    ]
    app = stage(InvolvementForm(case, person, ids[1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", *"Ringer fast", "escape")
    (kept,) = case.store.ask_now(drafts.kept)
    assert (kept.form, kept.subject) == ("involvement", person)
    app = stage(InvolvementForm(case, person, ids[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Ringer fast" not in app.text(), "what was written about B is not A's"
        await press(pilot, "escape")
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, InvolvementForm)
    app = stage(InvolvementForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "B, Nav" in app.text()
        assert "Ringer fast" in app.text()
        await press(pilot, "f2")
    assert [(one.name, one.note) for one in case.store.ask_now(network.involved, person)] == [("B", "Ringer fast")]
    assert case.store.ask_now(drafts.kept) == []


async def test_hidden_names_hide_everybody(case: Case, stage: Staged, person: int, around: dict[str, int]) -> None:
    case.private = True
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        for hidden in ("Åse", "Moe", "Berit", "22 99", "Fast kontakt", "Brev"):
            assert hidden not in text, hidden
        assert "EX-001" in text
        assert "Contact officer" in text


async def test_a_reader_looks_only(case: Case, stage: Staged, person: int, around: dict[str, int]) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("n", "x", "e"):
            await press(pilot, key)
            assert "read access only" in app.text(), key
        await press(pilot, "escape")
        assert app.answers == [None]


async def test_from_the_participant_and_from_the_board(
    case: Case, store: Store, clock: Clock, person: int, around: dict[str, int]
) -> None:
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "o")
        assert isinstance(app.screen, NetworkScreen)
        await press(pilot, "s", "escape")
        assert isinstance(app.screen, NetworkScreen)
        await press(pilot, "x", "escape")
        assert "No longer a contact person: Correctional service" in words_on(app)
        await press(pilot, "escape", "i")
        assert isinstance(app.screen, TeamListScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, NetworkScreen)


# ---------------------------------------------------------------------- the team's list


async def test_the_list_scrolls_sideways_and_stops(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(TeamListScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "1 participant" in text
        assert "agencies 1–3 of 12" in text
        assert "Ole Moe" in text
        assert "22 99 00 11" in text
        assert "missing" in text, "probation"
        assert "Kari Nordmann +2" not in text
        await press(pilot, "right")
        assert "Kari Nordmann +2" in app.text()
        # Before the phone stands whether one may share.
        assert "✓ 22 05 50 00" in app.text()
        await press(pilot, *["right"] * 3)
        assert "– +46 8 123 456 78" in app.text()
        await press(pilot, *["right"] * 20)
        text = app.text()
        assert "agencies 10–12 of 12" in text
        assert "Family/network" in text
        assert "Åse Sæthre" in text
        await press(pilot, *["left"] * 20, "enter", "o")
        assert app.asked == [(NETWORK, person), (PARTICIPANT, person)]


async def test_hidden_names_leave_codes_and_parts(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    case.private = True
    app = stage(TeamListScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "EX-001" in text
        assert "Contact officer" in text
        for hidden in ("Sæthre", "Moe", "22 99"):
            assert hidden not in text


async def test_a_long_list_is_paged_in_windows(case: Case, stage: Staged) -> None:
    for number in range(140):
        case.store.change_now(participants.add, {"given_name": "P", "family_name": f"{number:03d}"})
    app = stage(TeamListScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "G")
        assert "▌P 139" in app.text()
        assert "140 participants" in app.text()
    [[middle]] = rows(case.store, "SELECT id FROM participant WHERE family_name = '077'")
    app = stage(TeamListScreen(case, middle))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "▌P 077" in app.text(), "opened at somebody"
        await press(pilot, "down", "p")
        assert case.private
        assert "▌EX-079" in app.text(), "read again it stays where it was"


# ---------------------------------------------------------------------- pictures


@pytest.mark.parametrize("size", SIZES)
def test_the_network_looks_right(
    case: Case, stage: Staged, person: int, around: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(NetworkScreen(case, person)), terminal_size=size, press=["down"])


def test_a_network_of_nobody_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any) -> None:
    assert snap_compare(stage(NetworkScreen(case, person)), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_choosing_looks_right(
    case: Case, stage: Staged, person: int, around: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    assert snap_compare(app, terminal_size=size, press=["n", "n", "a", "v"])


@pytest.mark.parametrize("size", SIZES)
def test_linking_looks_right(
    case: Case, stage: Staged, person: int, around: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    contact = case.store.ask_now(register.find, PeopleQuery(text="kari"), [("nav", 1)], 0, 1)[0].id
    assert snap_compare(stage(InvolvementForm(case, person, contact)), terminal_size=size, press=["right"])


@pytest.mark.parametrize("size", SIZES)
def test_the_list_looks_right(
    case: Case, stage: Staged, person: int, around: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    other = case.store.change_now(participants.add, {"given_name": "Bo", "family_name": "Haakonsen-Gulbrandsen"})
    ole = case.store.ask_now(register.find, PeopleQuery(text="ole"), [("prison", 1)], 0, 1)[0].id
    case.store.change_now(network.involve, other, ole)
    assert snap_compare(stage(TeamListScreen(case)), terminal_size=size, press=["right"])


def test_an_empty_list_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(TeamListScreen(case)), terminal_size=(80, 24))
