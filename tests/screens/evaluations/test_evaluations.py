"""Evaluations by keyboard: sheets typed, counts and files entered, the result, its themes and its paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as replaced

from models.evaluations import evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.reading import Evaluation
from models.evaluations.sheets import Tally
from models.participants import participants
from models.storage import drafts
from models.store import Store
from models.support_teams import teams
from screens.evaluations.answers import AnswersScreen
from screens.evaluations.list import EvaluationsScreen
from screens.evaluations.result import ReportScreen, ResultScreen, shared
from screens.evaluations.sheets import SheetsScreen
from screens.frame.case import Case

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def begun(case: Case) -> Evaluation:
    values = {"form": "network", "day": date(2026, 11, 20), "invited": 30}
    number = case.store.change_now(evaluations.begin, "gathering", 1, values)
    return case.store.ask_now(evaluation_reading.one, number)


def total(evaluation: Evaluation) -> Tally:
    """The sheets of a closing gathering: 26 of them, three without question 2 and one without question 6."""
    counts = ((0, 0, 4, 22), (0, 3, 15, 5), (0, 0, 10, 16), (0, 0, 9, 17), (0, 0, 2, 24), (0, 0, 4, 21))
    texts = ("Bedre kjent med de andre etatene", "Lettere å ta kontakt, nå har jeg et ansikt å ringe til")
    return Tally(
        26,
        {question.id: row for question, row in zip(evaluation.form.questions, counts, strict=True)},
        {"gained": texts, "proposals": ("Fortsett med to samlinger i året",)},
    )


@pytest.fixture
def filled(case: Case, begun: Evaluation) -> Evaluation:
    case.store.change_now(evaluations.set_counts, begun.id, begun.version, total(begun))
    for answer in case.store.ask_now(evaluation_reading.answers, begun.id)[:1]:
        case.store.change_now(evaluations.change_answer, answer.id, 1, {"themes": "Kjennskap; Kontakt"})
    return case.store.ask_now(evaluation_reading.one, begun.id)


def now(store: Store, evaluation: Evaluation) -> Evaluation:
    return store.ask_now(evaluation_reading.one, evaluation.id)


async def test_sheets_are_typed_with_a_digit_a_question(case: Case, stage: Staged, begun: Evaluation) -> None:
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "1 Not useful" in app.text()
        await pilot.press(*"434443", *"Bra", "enter", "enter")
        await pilot.pause()
        assert "1 sheet typed" in app.text()
        await pilot.press("5")
        assert "“5” is not on the scale" in app.text()
        await pilot.press("4", "enter", *"40", "up", *"34", "enter", "enter", "enter")
        await pilot.pause()
        assert "2 sheets typed" in app.text()
        for _sheet in range(3):
            await pilot.press(*"444444", "enter", *"Mer", "enter")
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, EvaluationsScreen)
        assert "5 sheets of 30" in app.text()
    found = case.store.ask_now(evaluation_reading.evaluated, begun.id)
    assert [one.counts for one in found.results] == [
        (0, 0, 0, 5), (0, 0, 1, 3), (0, 0, 0, 5), (0, 0, 1, 4), (0, 0, 0, 5), (0, 0, 1, 3),
    ]  # fmt: skip
    assert [one.text for one in found.answers] == ["Bra", "Mer", "Mer", "Mer"]
    assert not case.store.ask_now(drafts.kept)


async def test_few_sheets_wait_and_are_there_again(case: Case, stage: Staged, begun: Evaluation) -> None:
    app = stage(SheetsScreen(case, begun))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        assert "No sheet is typed yet." in app.text()
        for _sheet in range(3):
            await pilot.press(*"444444", "enter", "enter")
        await pilot.press("4", "f2")
        assert "This sheet is not finished" in app.text()
        await pilot.press("escape")
        await pilot.pause()
    assert now(case.store, begun).returned == 0
    again = stage(SheetsScreen(case, begun))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "3 sheets typed" in again.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "Are these the last" in again.text()
        await pilot.press("enter")
        await pilot.pause()
        assert now(case.store, begun).returned == 0
        await pilot.press("f2", "down", "enter")
        await pilot.pause()
    assert (now(case.store, begun).returned, now(case.store, begun).closed) == (3, True)


async def test_counts_are_entered_and_too_many_are_refused(case: Case, stage: Staged, begun: Evaluation) -> None:
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("backspace", *"26", "down", *"0 0 4 23", "f2")
        await pilot.pause()
        assert "Question 1: 27 answers, but there are only 26 sheets." in app.text()
        await pilot.press("ctrl+u", *"0 0 4 22", "f2")
        await pilot.pause()
    found = case.store.ask_now(evaluation_reading.evaluated, begun.id)
    assert (found.evaluation.returned, found.results[0].counts) == (26, (0, 0, 4, 22))


async def test_a_file_is_taken_in_or_told_to_be_wrong(
    case: Case, stage: Staged, begun: Evaluation, tmp_path: Path
) -> None:
    file = tmp_path / "ark.csv"
    file.write_text("1;2;3;4;5;6;7;8\n" + "4;4;4;4;4;4;;\n" * 4 + "4;4;4;4;4;7;;\n", encoding="utf-8")
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        app.screen.fill(str(file))
        await pilot.press("enter")
        await pilot.pause()
        assert "Nothing was taken in. Row 6, column 6" in app.text()
        assert now(case.store, begun).returned == 0
        file.write_text("1;2;3;4;5;6;7;8\n" + "4;4;4;4;4;4;;\n" * 5, encoding="utf-8")
        await pilot.press("enter")
        await pilot.pause()
        assert "5 sheets were taken in." in app.text()
    assert now(case.store, begun).returned == 5


async def test_whoever_is_served_reads_from_their_own_folder_alone(
    case: Case, stage: Staged, begun: Evaluation, tmp_path: Path
) -> None:
    (tmp_path / "andre.csv").write_text("1\n" + "4\n" * 5, encoding="utf-8")
    case.outputs = tmp_path / "egen"
    case.outputs.mkdir()
    (case.outputs / "ark.csv").write_text("1\n" + "4\n" * 5, encoding="utf-8")
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        for name in (str(tmp_path / "andre.csv"), "../andre.csv", ".."):
            app.screen.fill(name)
            await pilot.press("enter")
            await pilot.pause()
            assert "write a name alone" in app.text()
        app.screen.fill("ark.csv")
        await pilot.press("enter")
        await pilot.pause()
    assert now(case.store, begun).returned == 5


@pytest.mark.parametrize("size", SIZES)
async def test_the_result_is_told_question_by_question(
    case: Case, stage: Staged, filled: Evaluation, size: tuple[int, int]
) -> None:
    app = stage(ResultScreen(case, filled.id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "sheets: 26/30" in app.text()
        assert "answered 23 of 26" in app.text()
        assert "87 % useful or very useful (20 of 23)" in " ".join(app.text().split())
        await pilot.press("G")
        await pilot.pause()
        assert "Kjennskap: 1 answer" in app.text()


async def test_fewer_than_five_sheets_tell_nothing(case: Case, stage: Staged, begun: Evaluation) -> None:
    few = Tally.empty(begun.form)
    for _sheet in range(4):
        few = few.with_sheet({one.id: 4 for one in begun.form.questions}, {"gained": "Hemmelig"})
    case.store.change_now(evaluations.enter, begun.id, few, last=True)
    for screen in (ResultScreen, AnswersScreen):
        app = stage(screen(case, begun.id))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "4 sheets are too few for a result" in app.text()
            assert "Hemmelig" not in app.text()
    app = stage(ReportScreen(case, (begun.id,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "too few for a result" in app.text()
        assert "Hemmelig" not in app.text()


async def test_answers_get_themes_by_hand(case: Case, stage: Staged, filled: Evaluation) -> None:
    app = stage(AnswersScreen(case, filled.id))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "t")
        await pilot.pause()
        assert "Used so far: Kjennskap; Kontakt" in app.text()
        await pilot.press(*"Kontakt", "enter")
        await pilot.pause()
        assert "Kontakt" in app.text()
    found = evaluation_reading.by_theme(case.store.ask_now(evaluation_reading.answers, filled.id), "gained")
    assert [(theme, len(under)) for theme, under in found] == [("Kontakt", 2), ("Kjennskap", 1)]


async def test_few_sheets_are_not_read_as_counts(case: Case, stage: Staged, begun: Evaluation) -> None:
    """Opened again, what four people answered would stand in the form of the counts."""
    few = Tally.empty(begun.form)
    for _sheet in range(4):
        few = few.with_sheet({one.id: 4 for one in begun.form.questions}, {})
    case.store.change_now(evaluations.enter, begun.id, few, last=True)
    case.store.change_now(evaluations.reopen, begun.id, now(case.store, begun).version)
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, EvaluationsScreen)
        assert "4 sheets are too few for a result" in app.text()


async def test_a_theme_tells_no_name_while_names_are_hidden(case: Case, stage: Staged) -> None:
    person = case.store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"})
    team = case.store.change_now(teams.begin, person, {"agency": "", "kick_off": date(2026, 11, 2)})
    number = case.store.change_now(evaluations.begin, "support_team", team, {"form": "support_team"})
    form = case.store.ask_now(evaluation_reading.one, number).form
    pile = Tally.empty(form)
    for _sheet in range(5):
        pile = pile.with_sheet({one.id: 1 for one in form.questions}, {form.open[0].id: "Bra"})
    case.store.change_now(evaluations.enter, number, pile)
    for answer in case.store.ask_now(evaluation_reading.answers, number)[:4]:
        case.store.change_now(evaluations.change_answer, answer.id, 1, {"themes": "Håkon selv"})
    case.private = True
    app = stage(ResultScreen(case, number))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        assert "selv: 4 answers" in app.text()
        assert "Håkon" not in app.text()
    app = stage(AnswersScreen(case, number))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "selv" in app.text()
        assert "Håkon" not in app.text()
        await pilot.press("G", "t")
        await pilot.pause()
        assert "Used so far" in app.text()
        assert "Håkon" not in app.text()


async def test_evaluations_stand_side_by_side(case: Case, stage: Staged, filled: Evaluation) -> None:
    values = {"form": "network", "first": date(2026, 1, 1), "last": date(2026, 6, 30), "day": date(2026, 7, 1)}
    other = case.store.change_now(evaluations.begin, "period", None, values)
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert "There is no other evaluation" in app.text()
        pile = total(filled)
        counts = {**pile.counts, "practice": (1, 1, 1, 0)}
        case.store.change_now(evaluations.set_counts, other, 1, replaced(pile, counts=counts))
        await pilot.press("m")
        await pilot.pause()
        await pilot.press("space", "enter")
        await pilot.pause()
        text = app.text()
        assert "side by side" in text
        assert "33 % (1 of 3)" in text
        assert "87 % (20 of 23)" in text


async def test_readers_look_and_enter_nothing(case: Case, stage: Staged, filled: Evaluation) -> None:
    case.store.actor = replaced(case.store.actor, role="reader")
    app = stage(EvaluationsScreen(case, "gathering", 1))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in "nscief":
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, EvaluationsScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ResultScreen)


def test_a_bar_is_parted_by_the_counts_and_full() -> None:
    assert shared((0, 3, 15, 5), 40) == [0, 5, 26, 9]
    assert shared((0, 0, 0, 0), 40) == [0, 0, 0, 0]
    for counts in ((1, 1, 1, 0), (7, 0, 0, 1), (1, 2, 3, 4)):
        assert sum(shared(counts, 41)) == 41


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("which", ["list", "sheets", "result", "answers"])
def test_pictures(
    case: Case, snap_compare: Any, stage: Staged, filled: Evaluation, size: tuple[int, int], which: str
) -> None:
    screens: dict[str, Callable[[], Any]] = {
        "list": lambda: EvaluationsScreen(case, "gathering", 1),
        "sheets": lambda: SheetsScreen(case, filled),
        "result": lambda: ResultScreen(case, filled.id),
        "answers": lambda: AnswersScreen(case, filled.id),
    }
    assert snap_compare(stage(screens[which]()), terminal_size=size)
