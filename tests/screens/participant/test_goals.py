"""The participant's own goals on the screen: their words, whose each step is, one key ticks, and the share below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models.goals import goals
from models.goals import reading as goal_reading
from models.goals.reading import GoalLine, MonthShare
from models.participants import participants
from models.store import Store
from screens.frame.case import Case
from screens.participant.goals import GoalsScreen, chart
from screens.participant.screen import ParticipantScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})


@pytest.fixture
def goal(case: Case, person: int) -> int:
    change = case.store.change_now
    number = change(goals.add, person, {
        "words": "Jeg vil bo et sted der ungene kan sove over", "domain": "housing", "began": date(2026, 8, 3),
    })  # fmt: skip
    change(
        goals.add_step, number, {"words": "Ringe tre utleiere", "began": date(2026, 8, 3), "due": date(2026, 11, 20)}
    )
    change(goals.add_step, number, {"words": "Søke kommunal bolig", "turn": "ours", "began": date(2026, 8, 3)})
    change(goals.add_step, number, {
        "words": "Gi svar på søknaden", "turn": "agency", "waits_for": "at søknaden er sendt",
        "began": date(2026, 10, 1),
    })  # fmt: skip
    other = change(goals.add, person, {"words": "Bli ferdig med fagbrevet", "note": "Sagt i bilen fra Ullersmo."})
    change(goals.end, other, 1, "reached")
    return number


def found(case: Case, person: int) -> tuple[GoalLine, ...]:
    return case.store.ask_now(goal_reading.of, person)


async def test_the_words_the_steps_and_the_share_are_shown(case: Case, stage: Staged, person: int, goal: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Håkon Sæthre's own goals" in text
        assert "“Jeg vil bo et sted der ungene kan sove over”" in text
        assert "[ ] The participant  Ringe tre utleiere  20.11" in text
        assert "waits for: at søknaden er sendt" in text
        assert "reached 22.11.2026" in text
        assert "Oct 2026  ██████████░░░░░░░░░░░░░░░░░░░░  1 of 3   33 %" in text


async def test_one_key_ticks_and_ticks_back(case: Case, stage: Staged, person: int, goal: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "space")
        await pilot.pause()
        assert found(case, person)[0].steps[0].state == "done"
        assert "[x] The participant  Ringe tre utleiere" in app.text()
        await pilot.press("space")
        await pilot.pause()
        assert found(case, person)[0].steps[0].state == "open"
        await pilot.press("d")
        await pilot.pause()
        assert found(case, person)[0].steps[0].state == "left"
        await pilot.press("u", "q")
        await pilot.pause()
        assert found(case, person)[0].steps[0].state == "open"
        assert app.answers == [person]


async def test_the_goal_is_reached_and_the_mark_goes_with_it(case: Case, stage: Staged, person: int, goal: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert [one.state for one in found(case, person)] == ["reached", "reached"]
        await pilot.press("space")
        await pilot.pause()
        assert {one.id: one.state for one in found(case, person)}[goal] == "open"


async def test_a_step_is_handed_round(case: Case, stage: Staged, person: int, goal: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        assert "Only a step that is open" in app.text()
        await pilot.press("down", "down")
        turns = []
        for _press in range(3):
            await pilot.press("t")
            await pilot.pause()
            turns.append(found(case, person)[0].steps[1].turn)
        assert turns == ["agency", "participant", "ours"]


async def test_a_goal_and_a_step_are_noted_in_forms(case: Case, stage: Staged, person: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "No goal yet." in app.text()
        await pilot.press("s")
        assert "There is no goal yet: note one first." in app.text()
        await pilot.press("n", *"Få se broren min", "f2")
        await pilot.pause()
        await pilot.press("s", *"Ringe ham", "down", "right", "down", *"nummeret", "down", *"+3d", "f2")
        await pilot.pause()
        assert "“Få se broren min”" in app.text()
    (only,) = found(case, person)
    (step,) = only.steps
    assert (only.words, only.began) == ("Få se broren min", date(2026, 11, 22))
    assert (step.words, step.turn, step.waits_for, step.due) == ("Ringe ham", "ours", "nummeret", date(2026, 11, 25))


async def test_a_form_without_words_says_so_at_the_field(case: Case, stage: Staged, person: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "f2")
        await pilot.pause()
        assert "write what the participant wants, as they say it" in " ".join(app.text().split())
    assert found(case, person) == ()


async def test_editing_changes_the_goal_or_the_step_under_the_mark(
    case: Case, stage: Staged, person: int, goal: int
) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "end", *" i helgene", "f2")
        await pilot.pause()
        await pilot.press("down", "e", "end", *" til", "f2")
        await pilot.pause()
    assert found(case, person)[0].words.endswith("sove over i helgene")
    assert found(case, person)[0].steps[0].words == "Ringe tre utleiere til"


async def test_a_step_done_by_a_colleague_meanwhile_is_said(
    case: Case, colleague: Store, stage: Staged, person: int, goal: int
) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        step = found(case, person)[0].steps[0]
        colleague.change_now(goals.change_step, step.id, step.version, {"words": "Ringe fire"})
        await pilot.press("space")
        await pilot.pause()
        assert "saved this in the meantime" in app.text()
    assert found(case, person)[0].steps[0].state == "open"


async def test_a_reader_looks_only(case: Case, stage: Staged, person: int, goal: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert "read access only" in app.text()
    assert found(case, person)[0].state == "open"


async def test_names_are_hidden_in_the_heading(case: Case, stage: Staged, person: int, goal: int) -> None:
    app = stage(GoalsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "Sæthre" not in app.text()
        assert "EX-001's own goals" in app.text()


async def test_the_participants_keys_open_them(case: Case, stage: Staged, person: int) -> None:
    screen = ParticipantScreen(case)
    await screen.turn_to(person)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "w", "z")
        await pilot.pause()
    assert app.asked == [(screen.OPENS_OF[f"participant.{name}"], person) for name in ("goals", "spending", "paper")]


def test_a_month_without_steps_has_no_share() -> None:
    (_title, empty, full) = chart([MonthShare(date(2026, 1, 1), 0, 0), MonthShare(date(2026, 2, 1), 2, 2)], 5)
    assert "no step" in "".join(text for text, _style in empty)
    assert "100 %" in "".join(text for text, _style in full)
    assert "no step yet" in "".join(text for text, _style in chart((), 5)[0])
    assert len(chart([MonthShare(date(2026, 1, 1), 1, 1)] * 9, 5)) == 6


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, goal: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(GoalsScreen(case, person)), terminal_size=size)


def test_how_it_looks_empty(snap_compare: Any, case: Case, stage: Staged, person: int) -> None:
    assert snap_compare(stage(GoalsScreen(case, person)), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_how_the_step_form_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, goal: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(GoalsScreen(case, person)), terminal_size=size, press=["down", "e"])
