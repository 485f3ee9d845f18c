"""Hand-overs on the screen: one or a whole caseload goes over, the new one sees it until the brief was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from models import timeline
from models.hand_overs import hand_overs
from models.participants import participants
from models.plans import appointments, tasks
from models.team import absences
from screens.board.screen import BoardScreen
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case
from screens.participant.form import ParticipantForm
from screens.team.hand_over_form import CaseloadForm, HandOverForm
from screens.team.hand_overs import HandOverBriefScreen, HandOversScreen, screen_for
from tests.models.case_sample import hand_overs_of, rows
from tests.screens.team_of_three import TODAY, follow, joined

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def team(case: Case) -> dict[str, int]:
    return joined(case.store)


@pytest.fixture
def people(case: Case, team: dict[str, int]) -> list[int]:
    return follow(case.store, team)


@pytest.fixture
def handed(case: Case, team: dict[str, int], people: list[int]) -> int:
    """One of Ola's was handed to kari, who is at the keyboard."""
    person = people[1]
    store = case.store
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, {"risk_areas": "Oslo S om kvelden"})
    now = store.clock.seconds()
    store.change_now(
        appointments.add, person, {"title": "Visning av leilighet", "at": now + 90_000, "place": "Hauketo"}
    )
    store.change_now(tasks.add, person, {"text": "Bestille legetime", "due": TODAY + timedelta(days=2)})
    store.change_now(timeline.record, person, {"kind": "talk", "text": "Snakket om bolig.", "topic": "Faren"})
    store.change_now(hand_overs.hand_over, person, team["kari"], "Han liker best å gå tur mens dere snakker.")
    return person


async def test_one_goes_over_with_a_note(case: Case, stage: Staged, team: dict[str, int], people: list[int]) -> None:
    app = stage(HandOverForm(case, people[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Hand over · Ada Moe" in app.text()
        assert "Responsible now: Ola Sørli" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "To whom: say who takes over." in app.text()
        await pilot.press("k", "tab", *"Ring moren", "f2")
        await pilot.pause()
    (line,) = hand_overs_of(case.store, people[0])
    assert (line.to_staff, line.note) == (team["kari"], "Ring moren")
    assert app.answers == [line.id]


@pytest.mark.parametrize("form", [HandOverForm, ParticipantForm])
async def test_what_goes_along_is_listed_before_it_does(
    case: Case, stage: Staged, team: dict[str, int], people: list[int], form: type[HandOverForm | ParticipantForm]
) -> None:
    at = case.clock.stored(datetime.combine(TODAY + timedelta(days=3), time(10)))
    store, ola = case.store, team["ola"]
    store.change_now(appointments.add, people[0], {"title": "Visning", "at": at, "worker": ola, "driver": ola})
    store.change_now(tasks.add, people[0], {"text": "Ring moren", "owner": ola})
    listed = "Goes along: 2 agreed things: Wed 25.11 Visning · Ring moren"
    app = stage(form(case, people[0]))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        if form is ParticipantForm:
            assert "Goes along" not in app.text()
            app.screen.field("worker").put(str(team["kari"]))
            await pilot.pause()
            await pilot.pause()
        assert listed in app.text()
        case.private = True
        await app.screen.refresh_case()
        await pilot.pause()
        assert "Goes along: 2 agreed things" in app.text()
        assert "Ring moren" not in app.text()


@pytest.mark.parametrize("form", [HandOverForm, CaseloadForm])
async def test_a_reader_is_not_offered_and_one_who_became_one_meanwhile_is_refused(
    case: Case, stage: Staged, team: dict[str, int], people: list[int], form: type[HandOverForm | CaseloadForm]
) -> None:
    app = stage(form(case, team["ola"] if form is CaseloadForm else people[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [option.label for option in app.screen.field("worker").options if option.value] == ["Kari Nordmann"]
        await pilot.press("k", "tab", *"Ring moren")
        rows(case.store, "UPDATE staff SET role = 'reader' WHERE user = 'kari'")
        await pilot.press("f2")
        await pilot.pause()
        refused = "To whom: Kari Nordmann has read access only and cannot be responsible."
        assert refused in " ".join(app.text().split())
        assert app.screen.field("note").written == "Ring moren"
        assert app.answers == []
    store = case.store
    assert [store.ask_now(hand_overs.caseload, team[who]) for who in ("kari", "ola")] == [(), tuple(people)]
    assert store.ask_now(hand_overs.latest) == ()


async def test_whoever_covers_is_proposed(case: Case, stage: Staged, team: dict[str, int], people: list[int]) -> None:
    values = {"staff": team["ola"], "first": TODAY, "cover": team["kari"]}
    case.store.change_now(absences.add, values)
    app = stage(HandOverForm(case, people[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Kari Nordmann" in app.text()


async def test_somebody_else_handed_over_in_the_meantime(
    case: Case, stage: Staged, team: dict[str, int], people: list[int]
) -> None:
    app = stage(HandOverForm(case, people[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("k", "tab", *"Mitt notat")
        version = case.store.ask_now(participants.file_of, people[0]).version
        await case.store.change(participants.change, people[0], version, {"worker": None})
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ConflictScreen)
        assert "Kari Nordmann" in app.text()
    assert hand_overs_of(case.store, people[0]) == ()


async def test_the_board_says_what_was_handed_over_until_it_is_read(case: Case, stage: Staged, handed: int) -> None:
    app = stage(BoardScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Kari Nordmann · 1 handed to you: H" in app.text()
        number = case.store.ask_now(hand_overs.unread)[0]
        await case.store.change(hand_overs.mark_read, number.id, number.version)
        await app.screen.refresh_case()
        await pilot.pause()
        assert "handed to you" not in app.text()


async def test_the_brief_is_read_once(case: Case, stage: Staged, handed: int) -> None:
    app = stage(HandOversScreen(case))
    async with app.run_test(size=(80, 70)) as pilot:
        await pilot.pause()
        assert "Handed to you, not read" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        text = app.text()
        for told in ("Brief · Bo Dahl  not read", "Han liker best å gå tur", "Oslo S om kvelden", "Faren"):
            assert told in text
        await pilot.press("r")
        await pilot.pause()
        assert "Handed to you, not read" not in app.text()
        assert "Latest in the team" in app.text()
        await pilot.press("enter", "r")
        await pilot.pause()
        assert "Only whoever takes over notes it as read, once." in app.text()
    assert hand_overs_of(case.store, handed)[0].read_at is not None


async def test_h_opens_the_brief_of_what_was_handed_to_one_and_else_the_form(
    case: Case, handed: int, people: list[int]
) -> None:
    assert isinstance(await screen_for(case, handed), HandOverBriefScreen)
    assert isinstance(await screen_for(case, people[0]), HandOverForm)


async def test_names_hide_in_the_list_and_in_the_brief(case: Case, stage: Staged, handed: int) -> None:
    case.private = True
    app = stage(HandOversScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Bo Dahl" not in app.text()
        assert "EX-002" in app.text()
        assert "tur mens" not in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "Names are hidden; the brief shows them." in app.text()
        assert "Bo" not in app.text()


async def test_a_whole_caseload_is_chosen_from_the_list(
    case: Case, stage: Staged, team: dict[str, int], people: list[int]
) -> None:
    app = stage(HandOversScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert "Ola Sørli" in app.text()
        assert "Lise Berg" not in app.text()
        await pilot.press("enter", "k")
        warning = "Kari Nordmann would have 5 participants; the limit is 4."
        assert warning in app.text()
        await pilot.press("f2")
        assert f"Note: {warning} Write why" in " ".join(app.text().split())
        assert case.store.ask_now(hand_overs.caseload, team["kari"]) == ()
        await pilot.press(*"Ola slutter", "f2")
        await pilot.pause()
        assert "6 to read" in app.text()
        assert "6 participants were handed over to Kari Nordmann. u to undo." in app.text()
    assert len(case.store.ask_now(hand_overs.caseload, team["kari"])) == 6


async def test_a_reader_looks_only(case: Case, stage: Staged, handed: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(HandOversScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "read access only" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_how_the_list_looks(snap_compare: Any, case: Case, stage: Staged, handed: int, size: tuple[int, int]) -> None:
    assert snap_compare(stage(HandOversScreen(case)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_brief_looks(snap_compare: Any, case: Case, stage: Staged, handed: int, size: tuple[int, int]) -> None:
    assert snap_compare(stage(HandOverBriefScreen(case, handed)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks(
    snap_compare: Any, case: Case, stage: Staged, people: list[int], size: tuple[int, int]
) -> None:
    assert snap_compare(stage(HandOverForm(case, people[0])), terminal_size=size, press=["k"])
