"""Beginning and ending phases: overlap is chosen, the dates' contradictions are sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.phases.phases import PhaseError, PhaseSpan
from models.store import Store
from screens.frame.case import Case
from screens.frame.destinations import REVIEWS
from screens.phases.list import PhasesScreen

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def person(case: Case) -> int:
    participant = case.store.change_now(
        participants.add, {"given_name": "Åse", "release_date": date(2026, 11, 20)}, date(2026, 3, 1)
    )
    case.store.change_now(phases.begin, participant, 2, date(2026, 5, 1), ending=(1,), reason="Enige om å begynne")
    return participant


def spans(case: Case, participant: int) -> dict[int, PhaseSpan]:
    return {span.phase: span for span in case.store.ask_now(phases.of, participant)}


async def test_the_periods_are_listed_newest_first(case: Case, stage: Staged, person: int) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert text.index("2 In prison") < text.index("1 Intake")
        assert "205 days" in text
        assert "Enige om å begynne" in text
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]


async def test_the_next_phase_ends_the_leading_one_the_same_day(case: Case, stage: Staged, person: int) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "f2")
        await pilot.pause()
        assert "Saved. Now: Before release." in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [person]
    found = spans(case, person)
    assert found[2].ended == found[3].began == date(2026, 11, 22)


async def test_a_phase_begun_without_its_review_says_that_it_is_owed_and_how_to_hold_it(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "f2")
        await pilot.pause()
        assert "A phase review is missing: R holds it." in app.text()
        await pilot.press("R")
    assert app.asked == [(REVIEWS, person)]


async def test_an_overlap_is_chosen_with_a_reason_and_a_date(case: Case, stage: Staged, person: int) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "3", "down", *"20.11", "down", "left", "down", *"Begge deler", "f2")
        await pilot.pause()
    found = spans(case, person)
    assert found[2].ended is None
    assert (found[3].began, found[3].reason) == (date(2026, 11, 20), "Begge deler")


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (["3", "down", *"i morgen"], "is in the future"),
        (["3", "down", *"1.4.2026"], "cannot end before it began"),
        (["2"], "is open already"),
        (["3", "down", *"tull"], "is not a date"),
    ],
)
async def test_contradictions_are_said_and_the_form_stays(
    case: Case, stage: Staged, person: int, keys: list[str], sentence: str
) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *keys, "f2")
        await pilot.pause()
        assert sentence in " ".join(app.text().split())
        assert "Begin a phase" in app.text()
    assert set(spans(case, person)) == {1, 2}


async def test_a_release_asks_where_to_and_ends_every_phase_of_before_it(
    case: Case, stage: Staged, person: int
) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1))
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        text = " ".join(app.text().split())
        assert "Ends on the day of release too: 2 In prison." in text
        assert "The release date in the record, 20.11.2026, becomes 22.11.2026." in text
        assert "Release falls on a Sunday, when offices are closed." in text
        await pilot.press("down", "down", "down", "f", "down", "w", "f2")
        await pilot.pause()
    assert {number for number, span in spans(case, person).items() if span.ended is None} == {4}
    values = case.store.ask_now(participants.file_of, person).values
    assert (values["release_date"], values["release_kind"], values["stays"]) == (
        date(2026, 11, 22), "full_term", "family",
    )  # fmt: skip


async def test_only_a_way_out_of_prison_asks_where_to(case: Case, stage: Staged, person: int) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "Staying at" not in app.text()
        await pilot.press("4")
        assert "Staying at" in app.text()
        await pilot.press("3")
        assert "Staying at" not in app.text()


async def test_whoever_is_phased_out_comes_back_by_the_return(case: Case, stage: Staged, person: int) -> None:
    leaving = case.store.change_now(phase_outs.begin, person, "drop_out")
    case.store.change_now(phase_outs.close, leaving, 1, "Ikke nådd", "x")
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "Phased out: U on the participant and then b note the return" in " ".join(app.text().split())
    with pytest.raises(PhaseError, match="phased out already; let them come back first"):
        case.store.change_now(phases.begin, person, 3, date(2026, 11, 22))
    case.store.change_now(phase_outs.come_back, leaving, 2, None, 2, "Ny dom")
    assert spans(case, person)[2].ended is None


async def test_a_phase_is_ended_on_a_day(case: Case, stage: Staged, person: int) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", *"yesterday", "f2")
        await pilot.pause()
        await pilot.press("x")
        assert "This phase has ended already." in app.text()
    assert spans(case, person)[2].ended == date(2026, 11, 21)


async def test_a_phase_ended_meanwhile_is_shown_as_a_conflict(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", *"yesterday")
        period = spans(case, person)[2]
        colleague.change_now(phases.end, period.id, period.version, date(2026, 11, 10))
        await pilot.press("f2")
        await pilot.pause()
        assert "10.11.2026" in app.text()
        assert "21.11.2026" in app.text()
        await pilot.press("enter", "m")
        await pilot.pause()
        assert "In prison has ended already." in app.text()
    assert spans(case, person)[2].ended == date(2026, 11, 10)


async def test_a_reader_begins_nothing(case: Case, stage: Staged, person: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(PhasesScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        assert "read access only" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_it_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(PhasesScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_beginning_looks_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(PhasesScreen(case, person)), terminal_size=size, press=["n", "4"])
