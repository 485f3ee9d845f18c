"""Absences on the screen: noted in a few keys, what is worth knowing said at once, and shown on the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from models.hand_overs import hand_overs
from models.team import absences
from screens.board.screen import BoardScreen
from screens.frame.case import Case
from screens.team.absences import AbsencesScreen
from tests.screens.team_of_three import TODAY, follow, joined

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def team(case: Case) -> dict[str, int]:
    return joined(case.store)


@pytest.fixture
def away(case: Case, team: dict[str, int]) -> None:
    for who, first, last, cover, note in (
        ("ola", -3, 5, "kari", "Ferie"), ("kari", 20, 24, None, "Kurs i Trondheim"), ("lise", -40, -38, None, ""),
    ):  # fmt: skip
        values = {
            "staff": team[who], "first": TODAY + timedelta(days=first), "last": TODAY + timedelta(days=last),
            "cover": team[cover] if cover else None, "note": note,
        }  # fmt: skip
        case.store.change_now(absences.add, values)


async def test_one_is_noted_and_what_is_worth_knowing_is_said(case: Case, stage: Staged, team: dict[str, int]) -> None:
    follow(case.store, team)
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nobody is away. n notes an absence." in app.text()
        await pilot.press("n", "o")
        await pilot.pause(0.1)
        assert "Nobody covers; 6 participants would be without anybody." in app.text()
        await pilot.press("down", "down", *"+4d", "down", "k")
        await pilot.pause(0.1)
        assert "Nobody covers" not in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "Sun 22.11.2026 – Thu 26.11.2026" in app.text()
        assert "Kari Nordmann covers" in app.text()
        await pilot.press("q")
        await pilot.pause()
    assert app.answers == [1]
    (only,) = case.store.ask_now(absences.listing).now
    assert (only.staff, only.first, only.last, only.cover) == (team["ola"], TODAY, date(2026, 11, 26), team["kari"])


async def test_a_cover_who_is_away_in_some_of_the_days_is_named_with_them_and_saved(
    case: Case, stage: Staged, team: dict[str, int], away: None
) -> None:
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "o", "down", *"8.12.2026", "down", *"13.12.2026", "down", "k")
        await pilot.pause(0.1)
        said = "Kari Nordmann is away from 12.12.2026 to 16.12.2026 and cannot cover then."
        assert said in " ".join(app.text().split())
        await pilot.press("f2")
        await pilot.pause()
        assert "Tue 08.12.2026 – Sun 13.12.2026" in app.text()
    (noted,) = [one for one in case.store.ask_now(absences.listing).coming if one.staff == team["ola"]]
    assert noted.cover == team["kari"]


async def test_what_cannot_be_is_said_at_its_field(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "o", "down", "down", *"20.11.2026", "f2")
        await pilot.pause()
        assert "Last day: it is before the first day." in app.text()
    assert case.store.ask_now(absences.listing).now == ()


async def test_they_stand_under_now_later_and_back(case: Case, stage: Staged, away: None) -> None:
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "1 colleague is away" in text
        assert "next: Kari Nordmann, in 20 d" in text
        assert text.index("Away now") < text.index("Later") < text.index("Back again")
        assert "nobody covers" in text
        await pilot.press("b", "enter")
        await pilot.pause()
        assert "Nobody" not in app.text().splitlines()[0]
    assert case.store.ask_now(absences.away, TODAY) == {}


async def test_one_is_taken_away_after_a_question_and_brought_back(case: Case, stage: Staged, away: None) -> None:
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "enter")
        assert len(case.store.ask_now(absences.listing).now) == 1
        await pilot.press("d", "down", "enter")
        await pilot.pause()
        assert case.store.ask_now(absences.listing).now == ()
        await pilot.press("u")
        await pilot.pause()
        assert "Ferie" in app.text()


async def test_a_change_by_somebody_else_is_said_and_nothing_is_lost(case: Case, stage: Staged, away: None) -> None:
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "down")
        number = case.store.ask_now(absences.listing).now[0].id
        await case.store.change(absences.change, number, 1, {"note": "Sykdom"})
        await pilot.press("enter")
        await pilot.pause()
        assert "saved this in the meantime" in app.text()
        assert "Sykdom" in app.text()


async def test_a_whole_caseload_goes_over_from_here(
    case: Case, stage: Staged, away: None, team: dict[str, int]
) -> None:
    people = follow(case.store, team)
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("H")
        await pilot.pause()
        assert "6 participants go over." in app.text()
        assert "Kari Nordmann would have 5 participants; the limit is 4." in app.text()
        await pilot.press("tab", *"Ferie", "f2")
        await pilot.pause()
        assert "6 participants were handed over to Kari Nordmann." in app.text()
    assert case.store.ask_now(hand_overs.caseload, team["kari"]) == tuple(people)


async def test_a_reader_looks_only(case: Case, stage: Staged, away: None) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(AbsencesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "read access only" in app.text()


async def test_the_board_shows_who_is_away(case: Case, stage: Staged, away: None, team: dict[str, int]) -> None:
    follow(case.store, team)
    app = stage(BoardScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "OS 5+1/12·3/6 (away, KN)" in " ".join(app.text().splitlines()[1].split())


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(snap_compare: Any, case: Case, stage: Staged, away: None, size: tuple[int, int]) -> None:
    assert snap_compare(stage(AbsencesScreen(case)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], size: tuple[int, int]
) -> None:
    follow(case.store, team)
    assert snap_compare(stage(AbsencesScreen(case)), terminal_size=size, press=["n", "o", "down"])
