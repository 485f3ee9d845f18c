"""Those around a participant who know of each other: noted by one key, gaps in words, the list for one agency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.contacts import known, network
from models.participants import participants
from models.phases import phases
from models.storage import drafts
from screens.contacts.agency_paper import AgencyPaperScreen
from screens.contacts.known import KnownScreen
from screens.contacts.network import NetworkScreen
from screens.contacts.team_list import TeamListScreen
from screens.contacts.telling import ToldForm
from screens.frame.case import Case
from screens.frame.destinations import KNOWN
from tests.models.case_sample import rows
from tests.screens.board.test_board import press
from tests.screens.contacts.test_network import DAY, TODAY, around, person

__all__ = ["around", "person"]

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


def pairs(case: Case, person: int) -> set[tuple[str, str]]:
    return {(one.told_name, one.of_name) for one in case.store.ask_now(known.told, person)}


@pytest.fixture
def told(case: Case, person: int, around: dict[str, int]) -> None:
    """All whom a consent covers know of the others; of one of them on a ground."""
    whom = case.store.ask_now(known.around, [person])
    case.store.change_now(known.note, whom, {"day": TODAY - DAY}, covered=True)
    two = {person: [case.store.ask_now(known.told, person)[0].told, _lawyer(case)]}
    case.store.change_now(known.note, two, {"ground": "other", "own_words": "Sagt på møtet"})


def _lawyer(case: Case) -> int:
    return int(rows(case.store, "SELECT id FROM contact WHERE name = 'Ada Lie'")[0][0])


async def test_two_who_are_marked_know_of_each_other_from_today(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space")
        assert "[x] Ole Moe" in app.text()
        assert "1 marked: r notes that they know of each other." in app.text()
        await press(pilot, "r")
        assert "It takes two people" in app.text()
        await press(pilot, "space", "r")
        assert "2 were told of others. u to undo." in app.text()
        assert "[x]" not in app.text()
        assert pairs(case, person) == {("Ole Moe", "Kari Nordmann"), ("Kari Nordmann", "Ole Moe")}
        await press(pilot, "space", "escape")
        assert "[x]" not in app.text()
        await press(pilot, "t")
        assert app.asked[-1] == (KNOWN, person)
        await press(pilot, "u")
        assert pairs(case, person) == set()


async def test_where_no_consent_covers_somebody_it_is_asked_and_the_ground_is_kept(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(NetworkScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        assert "No consent covers telling 1 of them: Ada Lie" in app.text()
        await press(pilot, "a")
        assert isinstance(app.screen, ToldForm)
        assert "Consent was withdrawn 20.11.2026" in app.text()
        await press(pilot, "f2")
        assert isinstance(app.screen, ToldForm)
        assert "Ground: no consent covers this" in app.text()
        assert pairs(case, person) == set()
        await press(pilot, "right", "escape")
        assert "kept as an unfinished form" in app.text()
        assert case.store.ask_now(drafts.kept, "told_new", person)
        await press(pilot, "r", "o")
        assert "4 were told of others. u to undo." in app.text()
    assert {one for one, _other in pairs(case, person)} == {"Ole Moe", "Kari Nordmann", "Berit Vik", "Siri Dahl"}


async def test_who_knows_whom_says_who_does_not_and_strikes_out_with_a_reason(
    case: Case, stage: Staged, person: int, told: None
) -> None:
    app = stage(KnownScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Who knows whom · Åse Sæthre" in text
        assert "Ole Moe, Correctional service  knows of everybody" in text
        assert "does not know of" in text
        assert "Lawyer does not know of Nav." in text
        before = len(pairs(case, person))
        await press(pilot, "x")
        await press(pilot, *"Ble ikke sagt", "enter")
        assert "Struck out. u to undo." in app.text()
        assert len(pairs(case, person)) == before - 1
        await press(pilot, "e", "ctrl+u", *"20.11", "f2")
        assert "Saved." in app.text()
        assert "told 20.11.2026" in app.text()
        await press(pilot, "escape")
    assert app.answers == [person]


async def test_nothing_names_anybody_while_names_are_hidden(case: Case, stage: Staged, person: int, told: None) -> None:
    last = case.store.ask_now(known.told, person)[-1]
    case.store.change_now(known.change, last.id, last.version, {"ground": "other", "own_words": "Sæthre ville det"})
    case.private = True
    for screen in (KnownScreen(case, person), NetworkScreen(case, person)):
        app = stage(screen)
        async with app.run_test(size=(120, 36)) as pilot:
            await press(pilot, *(["r"] if isinstance(screen, NetworkScreen) else []))
            for name in ("Ole Moe", "Berit Vik", "Ada Lie", "Sæthre"):
                assert name not in app.text()


async def test_who_only_reads_notes_nothing(case: Case, stage: Staged, person: int, told: None) -> None:
    case.store.actor = type(case.store.actor)(**{
        **{name: getattr(case.store.actor, name) for name in case.store.actor.__struct_fields__}, "role": "reader",
    })  # fmt: skip
    before = pairs(case, person)
    for screen in (KnownScreen(case, person), NetworkScreen(case, person), TeamListScreen(case)):
        app = stage(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "r", "x", "e", "i")
            assert app.screen is screen
    assert pairs(case, person) == before


async def test_the_teams_list_says_the_gaps_and_notes_those_who_are_marked(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    app = stage(TeamListScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Correctional service does not know of Nav, Lawyer." in app.text()
        await press(pilot, "space")
        assert "[x] Åse Sæthre" in app.text()
        await press(pilot, "r", "o")
        assert "4 were told of others." in app.text()
        assert "Correctional service does not know" not in app.text()
        assert "Lawyer does not know of" in app.text()
        await press(pilot, "t")
        assert app.asked[-1] == (KNOWN, person)


async def test_the_list_for_an_agency_has_only_whom_a_consent_covers(
    case: Case, stage: Staged, person: int, around: dict[str, int]
) -> None:
    other = case.store.change_now(participants.add, {"given_name": "Nina"}, TODAY)
    case.store.change_now(phases.begin, other, 3, TODAY)
    kari = int(rows(case.store, "SELECT id FROM contact WHERE name = 'Kari Nordmann'")[0][0])
    case.store.change_now(network.involve, other, kari)
    app = stage(TeamListScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await press(pilot, *"nav", "enter")
        assert isinstance(app.screen, AgencyPaperScreen)
        text = app.text()
        assert "The list for Nav" in text
        assert "Sæthre" in text
        assert "Ole Moe" in text
        assert "Ikke helse" in text
        assert "Nina" not in text
        # A lawyer is named in a consent, and is nobody's but the participant's to tell of.
        assert "Ada Lie" not in text


@pytest.mark.parametrize("size", SIZES)
def test_who_knows_whom_looks_right(
    case: Case, stage: Staged, person: int, told: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(KnownScreen(case, person)), terminal_size=size, press=["down"])


@pytest.mark.parametrize("size", SIZES)
def test_the_list_with_its_gaps_looks_right(
    case: Case, stage: Staged, person: int, told: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(TeamListScreen(case)), terminal_size=size, press=["space"])


@pytest.mark.parametrize("size", SIZES)
def test_the_list_for_an_agency_looks_right(
    case: Case, stage: Staged, person: int, told: None, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(AgencyPaperScreen(case, "nav")), terminal_size=size)
