"""The log of one participant on the screen and on paper, and the reading that nothing explains: asked and answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from config import words
from models.access import questions, unusual, visits
from models.access.visits import EXPORTED, FOUND, OPENED, PRINTED, Look
from models.paper import visits as visits_paper
from models.participants import participants
from models.storage.reading import Actor
from models.store import Store
from models.team import staff
from screens.access.answer_form import AnswerForm
from screens.access.log import VisitsPaperScreen, VisitsScreen
from screens.access.reading import ReadingScreen
from screens.board.screen import BoardScreen
from screens.frame.case import Case
from screens.frame.destinations import VISITS
from tests.screens.team_of_three import follow, joined

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def team(case: Case) -> dict[str, int]:
    return joined(case.store)


@pytest.fixture
def people(case: Case, team: dict[str, int]) -> list[int]:
    return follow(case.store, team)


def act_as(store: Store, user: str) -> Actor:
    """Sit down at the same keyboard as a colleague; answers who sat there before."""
    before = store.actor
    one = store.ask_now(staff.by_user, user)
    store.actor = Actor(one.id, one.user, one.name, one.role)
    return before


def looked(store: Store, user: str, participant: int, when: str, kind: str = OPENED) -> None:
    """A colleague looked, on a day and at an hour."""
    before = act_as(store, user)
    at = store.clock.stored(datetime.fromisoformat(when))
    store._now(lambda: store._log([Look(participant, kind, at)]))
    store.actor = before


@pytest.fixture
def read(case: Case, team: dict[str, int], people: list[int]) -> list[int]:
    """Of the first participant Ola, who is responsible, and Lise, who is not, have looked; of the second only Lise."""
    store = case.store
    looked(store, "ola", people[0], "2026-11-17T09:12")
    looked(store, "lise", people[0], "2026-11-17T10:30", FOUND)
    looked(store, "lise", people[0], "2026-11-18T10:30")
    looked(store, "ola", people[0], "2026-11-20T08:01")
    looked(store, "ola", people[0], "2026-11-20T08:04", PRINTED)
    looked(store, "ola", people[0], "2026-11-20T08:05", EXPORTED)
    looked(store, "lise", people[1], "2026-11-19T22:40")
    return people


# ---------------------------------------------------------------------- the log


async def test_the_log_lists_who_looked_by_day(case: Case, stage: Staged, read: list[int]) -> None:
    app = stage(VisitsScreen(case, read[0]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Access log · Ada Moe  6 times" in text
        lines = [" ".join(line.strip("▌ ").split()) for line in text.splitlines()]
        assert "08:05 Ola Sørli exported responsible" in lines
        assert "10:30 Lise Berg found by searching other" in lines
        days = [line for line in lines if "11.2026" in line]
        assert days == ["Fri 20.11.2026 3", "Wed 18.11.2026 1", "Tue 17.11.2026 2"]
        await pilot.press("p")
        assert "Ada Moe" not in app.text()
    assert len(case.store.ask_now(visits.of, read[0])) == 6


async def test_what_was_seen_just_now_stands_in_the_log(case: Case, stage: Staged, people: list[int]) -> None:
    case.store.look(people[0])
    app = stage(VisitsScreen(case, people[0]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Kari Nordmann" in app.text()


async def test_the_paper_says_it_in_plain_words(case: Case, stage: Staged, read: list[int]) -> None:
    app = stage(VisitsScreen(case, read[0]))
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, VisitsPaperScreen)
        assert "Who has looked at my file" in app.text()
        assert "is your contact in EX/IN" in app.text()
        await pilot.press("p")
        assert "Names are hidden; the paper shows them." in app.text()
        assert "Ada Moe" not in app.text()


def test_the_paper_is_norwegian_for_the_participant(case: Case, read: list[int]) -> None:
    words.use("nb")
    document = case.store.ask_now(visits_paper.sheet, read[0])
    told = "\n".join(document.texts())
    for said in (
        "Hvem har sett i mappen min",
        "Dette har du rett til å vite.",
        "er kontakten din i EX/IN",
        "grunnen er ikke registrert; du kan spørre",
        "søkte og åpnet mappen",
        "tok ut en kopi av mappen",
    ):
        assert said in told
    assert document.about == (read[0],)


def test_a_file_that_nobody_has_looked_at_has_a_paper_too(case: Case, people: list[int]) -> None:
    document = case.store.ask_now(visits_paper.sheet, people[0])
    assert "Nobody has looked at the file since this was first noted." in document.texts()


def test_every_kind_and_relation_has_its_words(case: Case) -> None:
    assert visits_paper._HOW.keys() == visits.KINDS.keys()
    assert visits_paper._WHY.keys() == visits.RELATIONS.keys()


# ---------------------------------------------------------------------- asked and answered


async def test_a_leader_sees_asks_and_the_board_tells_the_colleague(
    case: Case, stage: Staged, team: dict[str, int], read: list[int]
) -> None:
    store = case.store
    app = stage(ReadingScreen(case))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Nothing explains it" in text
        odd, repeated = (text.index(name) for name in ("Bo Dahl", "Ada Moe"))
        assert odd < repeated
        assert "at odd hours" in text
        assert "2 times" in text
        await pilot.press("enter")
        assert "Only what you were asked" in app.text()
        await pilot.press("f")
        assert "Only what was answered is closed." in app.text()
        await pilot.press("n")
        assert "Lise Berg is asked. u to undo." in app.text()
        assert [one.staff for one in store.ask_now(unusual.asked)] == [team["lise"]]
        await pilot.press("V")
        assert app.asked == [(VISITS, read[0])]


async def test_the_colleague_answers_and_the_leader_closes(
    case: Case, stage: Staged, team: dict[str, int], read: list[int]
) -> None:
    store = case.store
    store.change_now(questions.ask, team["lise"], read[1])
    before = act_as(store, "lise")
    board = stage(BoardScreen(case))
    async with board.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Lise Berg · 1 about reading: V" in board.text()
    app = stage(ReadingScreen(case))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "You are asked" in app.text()
        assert "Nothing explains it" not in app.text()
        await pilot.press("n")
        assert "Only a team leader asks" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "Why did you look? · Bo Dahl" in app.text()
        assert "Kari Nordmann asks about: 19.11.2026 22:40" in app.text()
        await pilot.press("f2")
        assert "write a sentence" in app.text()
        await pilot.press(*"Tok telefonen.", "f2")
        await pilot.pause()
        assert "Answered. The leader reads it." in app.text()
    store.actor = before
    board = stage(BoardScreen(case))
    async with board.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Kari Nordmann · 1 about reading: V" in board.text()
    app = stage(ReadingScreen(case))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Answered, to be read" in app.text()
        assert "Tok telefonen." in app.text()
        await pilot.press("p")
        assert "Tok telefonen." not in app.text()
        await pilot.press("p", "f")
        await pilot.pause()
        assert "Closed. u to undo." in app.text()
    assert store.ask_now(unusual.to_see_to) == 0


async def test_a_half_written_answer_is_kept_and_offered(
    case: Case, stage: Staged, team: dict[str, int], read: list[int]
) -> None:
    store = case.store
    nobodys = store.change_now(participants.add, {"given_name": "Nils", "worker": None})
    looked(store, "ola", nobodys, "2026-11-19T22:40")
    number = store.change_now(questions.ask, team["ola"], nobodys)
    act_as(store, "ola")
    app = stage(AnswerForm(case, number))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"Halvt", "escape")
        await pilot.pause()
    app = stage(AnswerForm(case, number))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Halvt" in app.text()


async def test_nobody_is_told_where_there_is_nothing(case: Case, stage: Staged, people: list[int]) -> None:
    app = stage(ReadingScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nothing here needs a reason." in app.text()
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(ReadingScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nobody has asked you anything." in app.text()


# ---------------------------------------------------------------------- how it looks


@pytest.mark.parametrize("size", SIZES)
def test_how_the_log_looks(
    snap_compare: Any, case: Case, stage: Staged, read: list[int], size: tuple[int, int]
) -> None:
    assert snap_compare(stage(VisitsScreen(case, read[0])), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_reading_looks(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], read: list[int], size: tuple[int, int]
) -> None:
    store = case.store
    looked(store, "lise", read[2], "2026-11-18T13:00")
    number = store.change_now(questions.ask, team["lise"], read[2])
    before = act_as(store, "lise")
    store.change_now(questions.answer, number, 1, "Tok telefonen da Ola var ute, og måtte finne ut hvem han var.")
    store.actor = before
    looked(store, "lise", read[3], "2026-11-18T14:00")
    store.change_now(questions.ask, team["lise"], read[3])
    assert snap_compare(stage(ReadingScreen(case)), terminal_size=size)


def test_how_the_answer_looks(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], read: list[int]
) -> None:
    number = case.store.change_now(questions.ask, team["lise"], read[0])
    act_as(case.store, "lise")
    assert snap_compare(stage(AnswerForm(case, number)), terminal_size=(80, 24))
