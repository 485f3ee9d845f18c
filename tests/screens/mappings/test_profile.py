"""Mapping on the screen: one form a part of life, the profile over time, what becomes of a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.mappings.reading import Profile
from models.participants import participants
from screens.frame.case import Case
from screens.mappings.forms import MappingAnswerForm, MappingForm
from screens.mappings.list import MappingListScreen
from screens.mappings.part import PartScreen
from screens.mappings.profile import MappingsScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
STEPS = {"housing": "2", "occupation": "1", "economy": "2", "substance_use": "4", "health": "3"}
LATER = {"housing": "4", "occupation": "1", "economy": "1", "substance_use": "declined", "health": "none"}


def mapped(case: Case, person: int, day: date, steps: dict[str, str], **said: str) -> int:
    change = case.store.change_now
    mapping = change(mappings.begin, person, {"day": day, "place": "Bredtveit"})
    for one in case.store.ask_now(mapping_reading.one, mapping).answers:
        if one.domain in steps:
            change(mappings.answer, one.id, one.version, {"step": steps[one.domain], **said})
    change(mappings.finish, mapping)
    return mapping


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})


@pytest.fixture
def twice(case: Case, person: int) -> int:
    mapped(case, person, date(2026, 8, 20), STEPS)
    return mapped(case, person, date(2026, 11, 20), LATER, missing="Et sted å bo", wish="Å bo for meg selv")


def found(case: Case, person: int) -> Profile:
    return case.store.ask_now(mapping_reading.profile, person)


@pytest.mark.parametrize("size", SIZES)
async def test_the_profile_shows_every_part_of_life_and_what_changed_since_last(
    case: Case, stage: Staged, person: int, twice: int, size: tuple[int, int]
) -> None:
    app = stage(MappingsScreen(case, person))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = app.text().splitlines()
        rows = {name: next(line for line in lines if name in line) for name in ("Housing", "Economy", "Substance use")}
        assert any("20.08.26" in line and "20.11.26" in line for line in lines)
        assert "↑2" in rows["Housing"]
        assert "↓1" in rows["Economy"]
        assert "×" in rows["Substance use"]
        assert "Crime and terms" in app.text()
        assert "What is missing: Et sted å bo · Wish: Å bo for meg selv" in app.text()


async def test_a_mapping_is_made_with_two_keys_a_part_and_goes_on_where_it_was_left(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(MappingsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("f2")
        for _number in range(3):
            await pilot.pause()
            await pilot.press("3", "f2")
        await pilot.pause()
        assert "Substance use · 4 of 9" in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert "Saved; 6 parts of life are left. f finishes it without them." in app.text()
        assert [one.step for one in found(case, person).mappings[0].answers] == ["3"] * 3 + [""] * 6
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert "Substance use · 4 of 9" in app.text()
        for _number in range(6):
            await pilot.press("5", "f2")
            await pilot.pause()
        assert "The mapping is finished." in app.text()
    (line,) = found(case, person).mappings
    assert (line.state, line.answered) == ("done", 9)


async def test_what_was_written_and_not_saved_is_there_again(
    case: Case, stage: Staged, person: int, twice: int
) -> None:
    app = stage(MappingsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("tab", *"kaldt", "escape")
        await pilot.pause()
        assert found(case, person).parts[0].last == found(case, person).mappings[-1].of("housing")
        assert found(case, person).parts[0].last.situation == ""  # type: ignore[union-attr]
        await pilot.press("e")
        await pilot.pause()
        assert "You left this unfinished" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert found(case, person).parts[0].last.situation == "kaldt"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [("m", "goal", "Å bo for meg selv"), ("t", "task", "Et sted å bo"), ("y", "application", "Et sted å bo")],
)
async def test_a_gap_becomes_what_a_key_says_and_stands_behind_it(
    case: Case, stage: Staged, person: int, twice: int, key: str, kind: str, words: str
) -> None:
    app = stage(MappingsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", key)
        await pilot.pause()
        if key == "y":
            await pilot.press(*"Nav", "tab")
        await pilot.press("f2")
        await pilot.pause()
        (one,) = found(case, person).parts[2].followed
        assert (one.kind, one.words) == (kind, words)
        row = next(line for line in app.text().splitlines() if "Economy" in line)
        assert row.startswith("▌")
        assert row.rstrip().endswith(kind)
        assert f"→ {kind}: {words}" in app.text()


async def test_a_part_of_life_is_read_in_full_over_time(case: Case, stage: Staged, person: int, twice: int) -> None:
    app = stage(PartScreen(case, person, "housing"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert text.index("20.11.2026  4 Fairly good") < text.index("20.08.2026  2 Hard")
        assert "What is missing   Et sted å bo" in text
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("5", "f2")
        await pilot.pause()
        assert "5 Good" in app.text()


async def test_a_mapping_is_struck_out_with_a_reason_and_counts_again(
    case: Case, stage: Staged, person: int, twice: int
) -> None:
    app = stage(MappingListScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Reason: say why." in app.text()
        await pilot.press(*"dobbelt", "enter")
        await pilot.pause()
        assert len(found(case, person).mappings) == 1
        assert "dobbelt" in app.text()
        await pilot.press("x")
        await pilot.pause()
    assert len(found(case, person).mappings) == 2


async def test_a_second_mapping_on_a_day_is_warned_of_and_not_refused(
    case: Case, stage: Staged, person: int, twice: int
) -> None:
    app = stage(MappingForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "There is a mapping of that day" not in app.text()
        await pilot.press("ctrl+u", *"20.11.2026", "tab")
        await pilot.pause()
        assert "There is a mapping of that day already" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert len(found(case, person).mappings) == 3


@pytest.mark.parametrize("size", SIZES)
def test_the_profile_looks_as_it_should(
    snap_compare: Any, case: Case, stage: Staged, person: int, twice: int, size: tuple[int, int]
) -> None:
    first = found(case, person).parts[0].last
    assert first is not None
    case.store.change_now(mappings.answer, first.id, first.version, {"our_step": "2", "our_view": "Kontrakten går ut"})
    case.store.change_now(mappings.follow_goal, first.id, {"words": "Et sted der ungene kan sove over"})
    assert snap_compare(stage(MappingsScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_form_looks_as_it_should(
    snap_compare: Any, case: Case, stage: Staged, person: int, twice: int, size: tuple[int, int]
) -> None:
    answer = found(case, person).mappings[-1].answers[0]
    assert snap_compare(stage(MappingAnswerForm(case, person, answer.id, going=True)), terminal_size=size)
