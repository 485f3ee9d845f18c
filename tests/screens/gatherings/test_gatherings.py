"""The network on the screen: planned, attended by thirty-five in a few keys, answered by agency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from config import words
from models.gatherings import attendance, gatherings, members, tasks, topics
from models.paper.gathering import ANSWERS, PROGRAMME, TO_SIGN
from screens.frame.case import Case
from screens.gatherings.answers import AnswersScreen, SideBySideScreen
from screens.gatherings.attendance import AttendanceScreen
from screens.gatherings.list import ATTENDANCE, GatheringsScreen
from screens.gatherings.members import MembersScreen
from screens.gatherings.page import GatheringScreen
from screens.gatherings.paper import GatheringPaperScreen
from screens.gatherings.stability import StabilityScreen
from tests.models.gatherings.network_sample import Network, enter, join_all

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
YESTERDAY = date(2026, 11, 21)


@pytest.fixture
def network(case: Case) -> Network:
    return enter(case.store)


async def test_one_is_planned_and_the_mark_goes_to_it(case: Case, stage: Staged, network: Network) -> None:
    app = stage(GatheringsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n", "down", *"Ettervern", "down", "down", "down", *"12.1.2027", "down", *"11.1.2027", "f2")
        await pilot.pause()
        assert "the last day, 11.01.2027, comes before the first, 12.01.2027." in " ".join(app.text().split())
        await pilot.press(*["backspace"] * 10, *"13.1.2027", "f2")
        await pilot.pause(0.05)
        assert "▌3 Tue 12.01 – Wed 13.01.2027" in " ".join(app.text().split())
        await pilot.press("x", "c")
        await pilot.pause(0.05)
        assert "cancelled" in app.text()
        await pilot.press("a")
        await pilot.pause()
    number = max(one.id for one in case.store.ask_now(gatherings.listing))
    assert app.asked[-1] == (ATTENDANCE, number)
    # The standing item came by itself.
    assert [one.topic_kind for one in case.store.ask_now(topics.of, number)] == ["standing"]


async def test_attendance_of_thirty_five_in_few_keys(case: Case, stage: Staged) -> None:
    join_all(case.store)
    held = case.store.change_now(gatherings.add, {"title": "Angst", "first": date(2026, 11, 20), "last": YESTERDAY})
    app = stage(AttendanceScreen(case, held))
    keys = ["i"]
    # Everybody but two comes to every half day; one more leaves after the first.
    for half in range(4):
        keys += ["home", "a", "down", "space", "down", "space", *(["end", "space"] if half else []), "right"]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.05)
        assert "33 came, 2 did not, 0 not noted" in app.text()
        assert "94 % (33 of 35)" in app.text()
        await pilot.press("left", "tab", "shift+tab", "tab", "tab")
        await pilot.pause()
        assert "Fri p.m. 20.11  32 came, 3 did not, 0 not noted" in app.text()
    people = case.store.ask_now(attendance.of, held)
    assert len(keys) < 60
    assert [len(one.came) for one in people] == [4, 0, 0, *[4] * 31, 1]
    assert case.store.ask_now(gatherings.one, held).state == "held"


async def test_attendance_waits_for_its_day_and_a_reader_only_looks(
    case: Case, stage: Staged, network: Network
) -> None:
    app = stage(AttendanceScreen(case, network.coming))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause(0.05)
        assert "35 invited." in app.text()
        await pilot.press("a")
        await pilot.pause()
        assert "The gathering has not come to 01.12.2026 yet" in " ".join(app.text().split())
        await pilot.press("n", *"some", "enter", *"Berit Gjest", "f2")
        await pilot.pause(0.05)
        assert "Guest  1" in app.text()
        assert "▌" in next(line for line in app.text().splitlines() if "Berit Gjest" in line)


async def test_groups_are_drawn_by_one_key(case: Case, stage: Staged, network: Network) -> None:
    app = stage(AttendanceScreen(case, network.held))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert "4 or 5 in each" in app.text()
        await pilot.press("enter")
        await pilot.pause(0.05)
        assert "Drawn: 33 persons in 7 groups; u to undo." in app.text()
        await pilot.press("u")
        await pilot.pause(0.05)
    assert all(one.group_number is None for one in case.store.ask_now(attendance.of, network.held))


async def test_a_page_is_changed_from_its_keys(case: Case, stage: Staged, network: Network) -> None:
    app = stage(GatheringScreen(case, network.held))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        assert "Only a task can be done." in app.text()
        await pilot.press("n", "t", *"Domstolene", "f2")
        await pilot.pause(0.05)
        assert "▌Domstolene" in app.text()
        await pilot.press("minus", "minus", "minus")
        await pilot.pause(0.05)
        assert case.store.ask_now(topics.of, network.held)[0].title == "Domstolene"
        await pilot.press("down", "x", "e")
        await pilot.pause(0.05)
        assert "ended" in app.text()
        await pilot.press("n", "a", *"Drøft en sak", "tab", "tab", *"Mixed", "f2")
        await pilot.pause(0.05)
        assert "▌[ ] Drøft en sak" in app.text()
        assert "Mixed group: nobody in it" in app.text()
        await pilot.press("space")
        await pilot.pause(0.05)
        assert "▌[x] Drøft en sak" in app.text()
    done = [one for one in case.store.ask_now(tasks.of, network.held) if one.text == "Drøft en sak"]
    assert done[0].done == case.today
    assert app.answers == []


async def test_an_answer_is_written_and_stands_beside_the_others(case: Case, stage: Staged, network: Network) -> None:
    app = stage(AnswersScreen(case, 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("end", "n", "tab", *"Police", "tab", "tab", *"Fart", "tab", *"Vakter", "f2")
        await pilot.pause(0.05)
        assert "+ Fart  – Vakter" in app.text()
        await pilot.press("v")
        await pilot.pause(0.05)
        await pilot.press("end")
        await pilot.pause()
        assert "Advantages" in app.text()
        line = next(line for line in app.text().splitlines() if "Fart" in line)
        assert line.index("Vakter") > 35
    found = case.store.ask_now(tasks.answers_of, 1)
    assert [(one.agency, one.answer, one.obstacle) for one in found if one.answer == "Fart"] == [
        ("police", "Fart", "Vakter")
    ]


async def test_members_leave_and_are_taken_in(case: Case, stage: Staged, network: Network) -> None:
    app = stage(MembersScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "35 members, 35 of them stable" in app.text()
        await pilot.press("space")
        await pilot.pause(0.05)
        assert "35 members, 34 of them stable" in app.text()
        await pilot.press("n", *"Arne Ny", "down", *"Pol", "f2")
        await pilot.pause(0.05)
        assert "▌Arne Ny" in app.text()
        await pilot.press("x", "l", "enter")
        await pilot.pause(0.05)
    newest = max(case.store.ask_now(members.listing), key=lambda one: one.id)
    assert (newest.name, newest.agency, newest.until) == ("Arne Ny", "police", case.today)


@pytest.mark.parametrize("kind", [PROGRAMME, TO_SIGN, ANSWERS])
async def test_papers_are_read(case: Case, stage: Staged, network: Network, kind: str) -> None:
    app = stage(GatheringPaperScreen(case, network.held, kind))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause(0.05)
        wanted = {
            PROGRAMME: ("91 % (32 of 35)", "Bolig og oppfølging"),
            TO_SIGN: ("Tue 01.09.2026", "Harald Moe"),
            ANSWERS: ("Advantages", "Taushetsplikten tolkes ulikt"),
        }[kind]
        text = app.text()
        assert all(told in text for told in wanted)


SHOWN: dict[str, Callable[[Case, Network], Any]] = {
    "list": lambda case, network: GatheringsScreen(case),
    "page": lambda case, network: GatheringScreen(case, network.held),
    "attendance": lambda case, network: AttendanceScreen(case, network.held),
    "members": lambda case, network: MembersScreen(case),
    "stability": lambda case, network: StabilityScreen(case),
    "answers": lambda case, network: AnswersScreen(case, 1),
    "side": lambda case, network: SideBySideScreen(case, 1),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shown", SHOWN)
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, network: Network, shown: str, size: tuple[int, int]
) -> None:
    words.use("nb" if size == SIZES[0] else "en")
    assert snap_compare(stage(SHOWN[shown](case, network)), terminal_size=size)
