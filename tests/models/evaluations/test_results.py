"""Figures against a table computed by hand, and against counting sheet by sheet with fractions."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.programme import load
from models.evaluations.results import Result, results, side_by_side, too_few
from models.evaluations.sheets import SheetError, Tally

(FORM,) = (form for form in load().method.evaluations if form.id == "network")
QUESTIONS = [question.id for question in FORM.questions]

# Counts, answered, per cent of each step, and of the two best, by hand.
BY_HAND = (
    ((0, 0, 4, 22), 26, (0, 0, 15, 85), 100),
    ((0, 3, 15, 5), 23, (0, 13, 65, 22), 87),
    ((0, 0, 10, 16), 26, (0, 0, 38, 62), 100),
    ((0, 0, 9, 17), 26, (0, 0, 35, 65), 100),
    ((0, 0, 2, 24), 26, (0, 0, 8, 92), 100),
    ((0, 0, 4, 21), 25, (0, 0, 16, 84), 100),
)


def test_the_closing_gathering_comes_out_as_computed_by_hand() -> None:
    counts = {
        (question, step): count
        for question, (row, *_rest) in zip(QUESTIONS, BY_HAND, strict=True)
        for step, count in enumerate(row, 1)
    }
    found = results(FORM, counts, 26)
    assert [(one.counts, one.answered, one.percents, one.top_percent) for one in found] == list(BY_HAND)
    assert [one.coverage for one in found][1] == "answered 23 of 26"
    assert found[1].headline == "87 % useful or very useful (20 of 23)"
    assert found[5].headline == "100 % to a satisfactory degree or to a high degree (25 of 25)"


def test_where_the_printed_figures_differ_it_is_by_who_did_not_answer() -> None:
    """Of all the sheets question 2 would be 77 %, which nobody printed: the missing are not filled in."""
    second = Result(FORM.questions[1], BY_HAND[1][0], 26)
    assert second.top_percent == 87
    assert round(100 * 20 / 26) == 77


def test_rounding_that_does_not_add_up_is_explained() -> None:
    thirds = Result(FORM.questions[0], (0, 1, 1, 1), 3)
    assert thirds.percents == (0, 33, 33, 33)
    assert thirds.top_percent == 67
    assert thirds.remark == "Each share is rounded by itself; together they come to 99 %."
    assert Result(FORM.questions[0], (0, 0, 4, 22), 26).remark == ""
    assert Result(FORM.questions[0], (0, 0, 0, 0), 26).remark == ""
    assert Result(FORM.questions[0], (0, 0, 0, 0), 26).headline == "nobody answered"


def test_fewer_than_five_sheets_have_no_result() -> None:
    assert too_few(4).startswith("4 sheets are too few")
    assert not too_few(5)


SHEET = st.fixed_dictionaries({question: st.integers(0, 4) for question in QUESTIONS})


@given(st.lists(SHEET, max_size=40))
def test_figures_are_those_of_counting_the_sheets(sheets: list[dict[str, int]]) -> None:
    pile = Tally.empty(FORM)
    for sheet in sheets:
        pile = pile.with_sheet(sheet, {})
    pile.check()
    counts = {(id, step): count for id, row in pile.counts.items() for step, count in enumerate(row, 1)}
    for one in results(FORM, counts, pile.sheets):
        chosen = Counter(sheet[one.question.id] for sheet in sheets if sheet[one.question.id])
        answered = sum(chosen.values())
        assert one.answered == answered
        for step, share in enumerate(one.percents, 1):
            exact = Fraction(100 * chosen[step], answered)
            assert abs(share - exact) <= Fraction(1, 2)
        if answered:
            assert one.top_percent is not None
            assert abs(one.top_percent - Fraction(100 * (chosen[3] + chosen[4]), answered)) <= Fraction(1, 2)


@given(st.lists(st.tuples(SHEET, st.text(max_size=8), st.text(max_size=8)), max_size=12), st.randoms())
def test_the_order_of_sheets_leaves_no_trace(
    sheets: list[tuple[dict[str, int], str, str]], chance: random.Random
) -> None:
    def piled() -> Tally:
        pile = Tally.empty(FORM)
        for chosen, gained, proposals in sheets:
            pile = pile.with_sheet(chosen, {"gained": gained, "proposals": proposals})
        return pile

    first = piled()
    chance.shuffle(sheets)
    assert piled().text == first.text
    assert Tally.of(first.text, FORM) == first


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(SheetError, match="Question 2: “5” is not on the scale, which goes from 1 to 4"):
        Tally.empty(FORM).with_sheet({"practice": 5}, {})
    with pytest.raises(SheetError, match="Question 1: 3 answers, but there are only 2 sheets"):
        Tally(2, {"content": (0, 1, 1, 1)}, {}).check()
    with pytest.raises(SheetError, match="Question 2: 2 answers, but there is only 1 sheet"):
        Tally(1, {"content": (0, 1, 0, 0)}, {"gained": ("a", "b")}).check()
    with pytest.raises(SheetError, match="Question 1: -1 is less than none"):
        Tally(5, {"content": (-1, 0, 0, 6)}, {}).check()


def test_two_evaluations_stand_side_by_side() -> None:
    now = [Result(question, (0, 0, 1, 4), 5) for question in FORM.questions]
    before = [Result(question, (0, 5, 0, 0), 5) for question in FORM.questions[:2]]
    compared = side_by_side([before, now])
    assert [one.results[0] is None for one in compared] == [False, False, True, True, True, True]
    assert [one.results[1].top_percent for one in compared if one.results[1]] == [100] * 6
