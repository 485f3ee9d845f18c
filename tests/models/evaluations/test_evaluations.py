"""Evaluations in the vault: begun, filled by piles, counts and files, closed; and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.programme import load
from models.evaluations import csv_sheets, evaluations, reading
from models.evaluations.form import has_changed
from models.evaluations.reading import EvaluationError
from models.evaluations.sheets import SheetError, Tally
from models.participants import participants
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from models.support_teams import teams
from tests.models.case_sample import examined

(FORM,) = (form for form in load().method.evaluations if form.id == "network")


def begun(store: Store, **values: Any) -> int:
    return store.change_now(evaluations.begin, "gathering", 1, {"form": "network", "day": date(2026, 11, 20), **values})


def pile(count: int, step: int = 4, written: str = "") -> Tally:
    found = Tally.empty(FORM)
    for number in range(count):
        found = found.with_sheet(
            {one.id: step for one in FORM.questions}, {"gained": f"{written} {number}" if written else ""}
        )
    return found


def test_piles_add_up_and_none_is_small_enough_to_be_told_apart(store: Store) -> None:
    number = begun(store, invited=30)
    store.change_now(evaluations.enter, number, pile(5, 4, "Mer"))
    store.change_now(evaluations.enter, number, pile(6, 3))
    with pytest.raises(EvaluationError, match="Fewer than five sheets at once"):
        store.change_now(evaluations.enter, number, pile(4, 2), last=True)
    store.change_now(evaluations.enter, number, pile(6, 2), last=True)
    found = store.ask_now(reading.evaluated, number)
    assert (found.evaluation.returned, found.evaluation.closed) == (17, True)
    assert all(one.counts == (0, 6, 6, 5) for one in found.results)
    assert [one.text for one in found.answers] == [f"Mer {number}" for number in range(5)]
    with pytest.raises(EvaluationError, match="closed"):
        store.change_now(evaluations.enter, number, pile(5))
    store.change_now(evaluations.reopen, number, found.evaluation.version)
    with pytest.raises(EvaluationError, match="Fewer than five sheets at once"):
        store.change_now(evaluations.enter, number, pile(1), last=True)
    store.change_now(evaluations.enter, number, pile(5))
    assert store.ask_now(reading.one, number).returned == 22
    alone = begun(store)
    store.change_now(evaluations.enter, alone, pile(4), last=True)
    assert store.ask_now(reading.one, alone).closed, "of so few there is no result, and nothing to tell them from"
    assert not examined(store).flaws


def test_too_few_have_no_result_and_no_answers(store: Store) -> None:
    number = begun(store)
    store.change_now(evaluations.enter, number, pile(4, 4, "Mer"), last=True)
    found = store.ask_now(reading.evaluated, number)
    assert found.evaluation.too_few
    assert found.results == found.answers == ()


def test_counts_replace_what_is_there(store: Store) -> None:
    number = begun(store)
    store.change_now(evaluations.enter, number, pile(5, 4, "Mer"))
    version = store.ask_now(reading.one, number).version
    counts = {one.id: (0, 0, 2, 3) for one in FORM.questions}
    with pytest.raises(EvaluationError, match="Fewer than five sheets more"):
        store.change_now(evaluations.set_counts, number, version, Tally(6, counts, {"gained": (), "proposals": ()}))
    total = Tally(10, counts, {"gained": ("Nytt",), "proposals": ()})
    store.change_now(evaluations.set_counts, number, version, total)
    found = store.ask_now(reading.evaluated, number)
    assert found.evaluation.returned == 10
    assert all(one.counts == (0, 0, 2, 3) for one in found.results)
    assert "Nytt" in [one.text for one in found.answers]
    with pytest.raises(Conflict):
        store.change_now(evaluations.set_counts, number, version, Tally(15, counts, {"gained": (), "proposals": ()}))
    with pytest.raises(SheetError, match="Question 1: 5 answers, but there are only 4 sheets"):
        store.change_now(evaluations.set_counts, number, version + 1, Tally(4, counts, {"gained": (), "proposals": ()}))
    texts = {"gained": ("Nytt",) * 5, "proposals": ()}
    with pytest.raises(SheetError, match="Question 7: 11 answers, but there are only 10 sheets"):
        store.change_now(evaluations.set_counts, number, version + 1, Tally(10, counts, texts))


@pytest.mark.parametrize(("before", "after"), [(5, 9), (0, 1), (0, 4), (10, 4), (10, 0)])
def test_counts_change_by_no_few_sheets_either(store: Store, before: int, after: int) -> None:
    """Also in two steps, down and up again, what was there and what is there would differ by a sheet."""
    number = begun(store)
    if before:
        store.change_now(evaluations.enter, number, pile(before))
    version = store.ask_now(reading.one, number).version
    with pytest.raises(EvaluationError, match="Fewer than five sheets more"):
        store.change_now(evaluations.set_counts, number, version, pile(after))
    assert store.ask_now(reading.one, number).returned == before


def test_a_form_that_changes_afterwards_changes_nothing(store: Store, tmp_path: Path) -> None:
    number = begun(store)
    store.change_now(evaluations.enter, number, pile(5))
    kept = store.ask_now(reading.one, number)
    team = tmp_path / "programme.toml"
    asked = '{ id = "content", scale = "degree", name = { nb = "Nytt spørsmål", en = "A new question" } }'
    team.write_text(f'[[evaluation_forms]]\nid = "network"\nversion = 2\nquestions = [{asked}]\n', encoding="utf-8")
    store.programme = load(team)
    assert str(store.programme.method.evaluations[0].questions[0].name) == "A new question"
    assert has_changed(store.programme, kept.content)
    assert not has_changed(load(), kept.content)
    store.change_now(evaluations.enter, number, pile(5))
    found = store.ask_now(reading.evaluated, number)
    assert [one.question for one in found.results] == list(FORM.questions)
    assert {one.answered for one in found.results} == {10}
    with pytest.raises(EvaluationError, match="keeps the form"):
        store.change_now(evaluations.change, number, found.evaluation.version, {"form": "support_team"})


def test_of_a_support_team_it_is_the_participants(store: Store) -> None:
    """So that it is hidden with them, and goes out with what is theirs."""
    person = store.change_now(participants.add, {"given_name": "Nils"})
    values = {"agency": "", "kick_off": date(2026, 11, 2), "ends": date(2027, 2, 2)}
    team = store.change_now(teams.begin, person, values)
    number = store.change_now(evaluations.begin, "support_team", team, {"form": "support_team"})
    assert store.ask_now(reading.one, number).participant == person
    with pytest.raises(EvaluationError, match="This support team is not here"):
        store.change_now(evaluations.begin, "support_team", team + 1, {"form": "support_team"})


def test_bad_values_have_their_own_sentence(store: Store) -> None:
    with pytest.raises(EvaluationError, match="Form: choose one that is made for this"):
        begun(store, form="support_team")
    with pytest.raises(EvaluationError, match="Invited: a number from 1"):
        begun(store, invited=0)
    with pytest.raises(EvaluationError, match="From: a period has a first and a last day"):
        store.change_now(evaluations.begin, "period", None, {"form": "network"})
    days = {"first": date(2026, 6, 1), "last": date(2026, 5, 1)}
    with pytest.raises(EvaluationError, match="To: the last day lies before the first"):
        store.change_now(evaluations.begin, "period", None, {"form": "network", **days})


def test_themes_are_given_by_hand_and_gather_the_answers(store: Store) -> None:
    number = begun(store)
    store.change_now(evaluations.enter, number, pile(5, 4, "Mer"))
    answers = store.ask_now(reading.answers, number)
    change = store.change_now
    change(evaluations.change_answer, answers[0].id, 1, {"themes": " kjenne  hverandre;nytte ; nytte"})
    change(evaluations.change_answer, answers[1].id, 1, {"themes": "nytte"})
    change(evaluations.change_answer, answers[2].id, 1, {"text": "Mer …"})
    with pytest.raises(EvaluationError, match="write … in place"):
        change(evaluations.change_answer, answers[2].id, 2, {"text": " "})
    found = reading.by_theme(store.ask_now(reading.answers, number), "gained")
    assert [(theme, len(under)) for theme, under in found] == [("nytte", 2), ("kjenne hverandre", 1), ("", 3)]


def test_one_without_sheets_is_taken_away_and_comes_back(store: Store) -> None:
    number = begun(store)
    store.change_now(evaluations.remove, number, 1)
    assert not store.ask_now(reading.of, "gathering", 1)
    store.change_now(undo.undo)
    assert [one.id for one in store.ask_now(reading.of, "gathering", 1)] == [number]
    store.change_now(evaluations.enter, number, pile(5))
    with pytest.raises(EvaluationError, match="without sheets"):
        store.change_now(evaluations.remove, number, store.ask_now(reading.one, number).version)


def test_the_others_with_the_same_form_are_compared(store: Store) -> None:
    numbers = [begun(store, day=date(2026, month, 1)) for month in (2, 6, 9)]
    for number in numbers[:2]:
        store.change_now(evaluations.enter, number, pile(5))
    assert [one.id for one in store.ask_now(reading.comparable, numbers[0])] == [numbers[1]]


# ---------------------------------------------------------------------- from a file

GOOD = "1;2;3;4;5;6;7;8\n4;3;4;4;4;4;Bedre kjent;\n4;;Svært nyttig;0;4;i høy grad;;Flere samlinger\n"


def test_a_file_is_taken_in_by_the_numbers_of_the_questions() -> None:
    found = csv_sheets.parse(GOOD, FORM)
    assert found.sheets == 2
    assert [found.counts[one.id] for one in FORM.questions] == [
        (0, 0, 0, 2), (0, 0, 1, 0), (0, 0, 0, 2), (0, 0, 0, 1), (0, 0, 0, 2), (0, 0, 0, 2),
    ]  # fmt: skip
    assert found.answers == {"gained": ("Bedre kjent",), "proposals": ("Flere samlinger",)}
    assert csv_sheets.parse(GOOD.replace(";", ","), FORM) == csv_sheets.parse(GOOD.replace(";", "\t"), FORM) == found
    assert csv_sheets.parse('7,1\n"to\nlinjer, og komma",2\n', FORM).answers["gained"] == ("to\nlinjer, og komma",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1;2\n4;5\n3;9\n", "Nothing was taken in. Row 2, column 2: “5” is not on the scale, 1 to 4. Row 3, column 2"),
        ("1;2\n" + "9;9\n" * 3, "And 3 more."),
        ("1;9\n4;4\n", "Row 1, column 2: “9” is no question; write its number, 1 to 8"),
        ("1;1\n4;4\n", "Row 1, column 2: question 1 stands there twice"),
        ("1;2\n4;4;4\n", "Row 2: there are more cells than questions"),
        ("1;2\n", "There is no sheet in the file"),
        ("", "There is no sheet in the file"),
        ('1;2\n"4;4\n', "This is no CSV file"),
        ("1;2\nja;4\n", "Row 2, column 1: “ja” is not on the scale"),
        ("1;7\n4;" + "x" * 1001 + "\n", "Row 2, column 2: Answer"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_by_row_and_column(text: str, told: str) -> None:
    with pytest.raises(SheetError) as caught:
        csv_sheets.parse(text, FORM)
    assert told in caught.value.text


def test_a_file_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="cannot be read"):
        csv_sheets.read(tmp_path / "borte.csv", FORM)
    (tmp_path / "ark.csv").write_bytes("1;7\n4;Første\n".encode("utf-16"))
    with pytest.raises(SheetError, match="is not UTF-8 text"):
        csv_sheets.read(tmp_path / "ark.csv", FORM)
    (tmp_path / "ark.csv").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert csv_sheets.read(tmp_path / "ark.csv", FORM).sheets == 2
