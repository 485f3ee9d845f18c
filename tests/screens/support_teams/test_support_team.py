"""The support team on the screen: begun, filled, watched, extended and ended by keys, with whom no consent covers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models.consents import consents
from models.contacts import network, people
from models.meetings import meetings
from models.participants import participants
from models.plans import tasks
from models.support_teams import members, teams
from models.support_teams import reading as team_reading
from models.support_teams.reading import TeamFile
from screens.frame.case import Case
from screens.frame.destinations import MEETING
from screens.support_teams.screen import AGREEMENT, MEETINGS, SupportTeamScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})


@pytest.fixture
def team(case: Case, person: int) -> int:
    change = case.store.change_now
    number = change(teams.begin, person, {
        "kick_off": date(2026, 9, 1), "ends": date(2026, 12, 1), "agency": "nav", "coordinator": "Ida Berg",
        "in_on_it": "yes", "own_words": "Jeg vil bo for meg selv, og slippe å fortelle alt på nytt hver gang.",
        "stabilise": "LAR og bolig", "consent_rule": "Bare det som gjelder bolig og LAR.",
    })  # fmt: skip
    change(consents.give, person, {
        "agency": "nav", "role": "nav_state", "given": date(2026, 9, 1), "valid_until": date(2027, 3, 1),
    })  # fmt: skip
    contact = change(people.add, {"name": "Dr. Moe", "agency": "health", "role": "gp"})
    change(network.involve, person, contact)
    change(members.add_member, number, {"agency": "nav", "name": "Ida Berg", "role": "nav_state",
                                        "since": date(2026, 9, 1)})  # fmt: skip
    change(members.add_member, number, {"agency": "nav", "name": "Nils Dahl", "role": "nav_municipal", "deputy": True})
    change(members.add_member, number, {"agency": "", "name": "Kari Nes"})
    change(members.add_member, number, {"agency": "police"})
    change(members.add_routine, number, {"what": "Møte med Håkon", "how_often": "hver mandag", "who": "Ida Berg"})
    change(tasks.add, person, {"text": "Søke kommunal bolig", "turn": "agency", "agency": "nav",
                               "due": date(2026, 11, 20)}, team_reading.source_of(number))  # fmt: skip
    change(
        members.watch, number, date(2026, 10, 1), {"flow": ("seen", "to instanser visste ikke"), "goals": ("fine", "")}
    )
    change(meetings.open_, "support", person)
    return number


def file(case: Case, person: int) -> TeamFile:
    found = case.store.ask_now(team_reading.overview, person, None)[1]
    assert found is not None
    return found


async def test_what_it_lacks_stands_above_by_name(case: Case, stage: Staged, person: int, team: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Support team · Håkon Sæthre" in text
        assert "coordinated by Nav, Ida Berg" in text
        assert "No consent: Nils Dahl." in text
        assert "Nobody for Police." in text
        assert "helps, and is not in the support team" in text
        assert "[x] What does the participant want?" in text
        assert "[ ] How do we see whether it works?" in text
        assert "Information flows badly" in text


async def test_with_names_hidden_no_name_shows(case: Case, stage: Staged, person: int, team: int) -> None:
    case.private = True
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for _ in range(14):
            text = app.text()
            lines = text.splitlines()
            assert [
                line for line in lines for name in ("Håkon", "Sæthre", "Ida", "Nils", "Kari Nes") if name in line
            ] == []
            await pilot.press("down")


async def test_a_team_is_begun_by_keys_and_a_coordinator_is_missed(case: Case, stage: Staged, person: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "No support team yet." in app.text()
        await pilot.press("a")
        assert "There is no support team yet: n begins one." in app.text()
        await pilot.press("n")
        await pilot.pause()
        assert "Nobody is named as the coordinator" in app.text()
        await pilot.press("down", "down", "down", "down", "y", "down", *"Bolig", "f2")
        await pilot.pause()
        assert "No coordinator." in app.text()
    found = file(case, person).team
    assert (found.own_words, found.in_on_it, found.coordinator) == ("Bolig", "yes", "")
    assert (found.kick_off, found.ends) == (TODAY, date(2027, 2, 22))


async def test_another_is_refused_at_once_and_named(case: Case, stage: Staged, person: int, team: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert "coordinated by Ida Berg, from 01.09.2026 to 01.12.2026" in app.text()


async def test_somebody_without_a_consent_is_warned_of_and_taken_in(
    case: Case, stage: Staged, person: int, team: int
) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"lawyer", "down", *"Adv. Lie")
        await pilot.pause()
        assert "No consent covers sharing with them: Consent was never given." in app.text()
        await pilot.press("f2")
        await pilot.pause()
        # The mark is on who was saved, whom x then takes out with the agency.
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
    (one,) = [one for one in file(case, person).members if one.name == "Adv. Lie"]
    assert (one.agency, one.until, one.agency_left) == ("lawyer", TODAY, True)


async def test_a_task_a_routine_and_a_look_are_noted(case: Case, stage: Staged, person: int, team: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("t", *"Ringe utleier", "f2")
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("i", *"Melding til alle", "f2")
        await pilot.pause()
        await pilot.press("w", "down", "n", "down", *"fem skjemaer", "f2")
        await pilot.pause()
        assert "22.11.2026" in app.text()
    found = file(case, person)
    assert {(task.text, task.state) for task in found.tasks} == {
        ("Ringe utleier", "done"), ("Søke kommunal bolig", "open"),
    }  # fmt: skip
    assert [one.what for one in found.routines] == ["Møte med Håkon", "Melding til alle"]
    assert found.looks[0].points["fragmented"].note == "fem skjemaer"


async def test_a_look_is_corrected_where_it_stands(case: Case, stage: Staged, person: int, team: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("G", "e", "f", "f2")
        await pilot.pause()
    (look,) = file(case, person).looks
    assert look.points["fragmented"].state == "fine"
    assert look.points["flow"].state == "seen"


async def test_it_is_extended_and_ended(case: Case, stage: Staged, person: int, team: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f", *"01.02.2027", "down", *"Venter", "f2")
        await pilot.pause()
        assert "01.12.2026 → 01.02.2027" in app.text()
        await pilot.press("d", "down", *"Fikk bolig", "tab", *"Gå videre", "f2")
        await pilot.pause()
        assert "ended" in app.text()
        await pilot.press("d")
        assert "This support team has ended." in app.text()
        await pilot.press("G", "e", *" rolig", "f2")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert "New support team" in app.text()
    found = file(case, person).team
    assert found.recommendation == "Gå videre rolig"
    assert (found.ended, found.conclusion, found.ends) == (TODAY, "Fikk bolig", date(2027, 2, 1))


async def test_an_earlier_team_is_read(case: Case, stage: Staged, person: int, team: int) -> None:
    version = file(case, person).team.version
    case.store.change_now(teams.end, team, version, {"conclusion": "Fikk bolig", "ended": TODAY})
    case.store.change_now(teams.begin, person, {"coordinator": "Per Ås"})
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("G", "enter")
        await pilot.pause()
        assert "Ida Berg" in app.text()
        assert "Fikk bolig" in app.text()
        await pilot.press("q")
        await pilot.pause()
        assert "Per Ås" in app.text()


async def test_meetings_and_paper_are_a_key_away(case: Case, stage: Staged, person: int, team: int) -> None:
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m", "z")
        await pilot.pause()
        place = next(at for at in range(app.screen.moving.count) if "Met" in repr(app.screen.moving.row_at(at)))
        app.screen.moving.go(place)
        await pilot.press("enter")
        await pilot.pause()
    assert app.asked == [(MEETINGS, person), (AGREEMENT, person, "support_team"), (MEETING, 1)]


async def test_a_reader_looks_only(case: Case, stage: Staged, person: int, team: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(SupportTeamScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("n", "a", "t", "i", "w", "f", "d"):
            await pilot.press(key)
            assert "read access only" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, team: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(SupportTeamScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_kick_off_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(SupportTeamScreen(case, person)), terminal_size=size, press=["n"])


@pytest.mark.parametrize("size", SIZES)
def test_how_the_watch_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, team: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(SupportTeamScreen(case, person)), terminal_size=size, press=["w"])
