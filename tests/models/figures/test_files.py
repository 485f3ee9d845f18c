"""Files of figures: what is written is read again, several teams are added up, and what does not fit is refused."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from random import Random

import pytest
from msgspec.structs import replace

from config.words import _
from models.figures import definitions as figure
from models.figures import files
from models.figures.files import FigureFileError, FiguresFile, as_csv, as_json, from_json, merged
from models.figures.periods import Period, PeriodError, check_over, written
from models.figures.showing import rounded
from models.paper import figures as paper
from tests.models.figures.attacker import caseload, first_month


def team(seed: int, step: int = 0) -> FiguresFile:
    chance = Random(seed)
    months = caseload(chance, 60 + 40 * seed, first_month(), 3)
    secret = chance.randbytes(32)
    return files.of_vault(rounded(months[step], secret), secret)


def test_what_is_written_is_read_again() -> None:
    file = team(1)
    assert from_json(as_json(file), "one.json") == file


def test_three_teams_add_up_row_by_row() -> None:
    teams = {f"{n}.json": team(n) for n in (1, 2, 3)}
    city = merged(teams)
    assert from_json(as_json(city), "city.json") == city
    for one in figure.DEFINITIONS:
        hand: dict[tuple[str, ...], int] = {}
        for file in teams.values():
            for row in file.rows.get(one.id, ()):
                hand[row.key] = hand.get(row.key, 0) + row.total
        assert {row.key: row.total for row in city.rows.get(one.id, ())} == hand
    people = [file.people for file in teams.values()]
    assert city.people == (None if None in people else sum(one or 0 for one in people))
    assert len(city.vaults) == 3
    assert merged({"ab": merged({"a": teams["1.json"], "b": teams["2.json"]}), "c": teams["3.json"]}) == city


def test_the_same_vault_twice_is_refused() -> None:
    with pytest.raises(FigureFileError, match=r"^south.json .*north.json"):
        merged({"north.json": team(1), "south.json": team(1)})
    both = merged({"a": team(1), "b": team(2)})
    with pytest.raises(FigureFileError, match=r"^c .* both"):
        merged({"both": both, "c": team(2)})
    with pytest.raises(FigureFileError, match=r"^alone"):
        merged({"alone": team(1)})


def test_other_periods_are_refused_and_overlaps_are_said() -> None:
    year = Period(date(2025, 1, 1), 12)
    long = files._digested(replace(team(2), period=year.id, first=year.first, last=year.last))
    with pytest.raises(FigureFileError, match=r"^long.json .*short.json.* over"):
        merged({"short.json": team(1), "long.json": long})
    with pytest.raises(FigureFileError, match=r"^later.json .*short.json.* (ulike|different)"):
        merged({"short.json": team(1), "later.json": team(2, 1)})


def test_other_definitions_are_refused() -> None:
    other = files._digested(replace(team(2), definitions=figure.VERSION + 1))
    with pytest.raises(FigureFileError, match=r"^new.json"):
        merged({"old.json": team(1), "new.json": other})


def test_a_file_changed_by_hand_is_refused_by_name() -> None:
    whole = json.loads(as_json(team(1)))
    whole["rows"][figure.PHASES][0]["months"][0] += 5
    for changed in (json.dumps(whole).encode(), as_json(team(1)).replace(b'"2025-01"', b'"2025-02"')):
        with pytest.raises(FigureFileError, match=r"^mine.json (was changed|er endret)"):
            from_json(changed, "mine.json")
    for other in (b"", b"{}", b"[1]", b"\xff", as_json(team(1))[:-20], json.dumps({**whole, "rows": 3}).encode()):
        with pytest.raises(FigureFileError, match=r"^mine.json (is no|er ingen)"):
            from_json(other, "mine.json")


def test_the_table_for_other_programs_has_every_number_with_its_definition() -> None:
    file = team(2)
    lines = list(csv.reader(io.StringIO(as_csv(file).decode("utf-8-sig"))))
    assert {len(line) for line in lines} == {7}
    told = sum(int(line[4]) for line in lines[1:])
    assert told == sum(row.total for rows in file.rows.values() for row in rows) + (file.people or 0)


def test_the_paper_says_what_was_done_to_the_numbers() -> None:
    city = merged({f"{n}": team(n) for n in (1, 2, 3)})
    text = "\n".join(paper.of_file(city).texts())
    assert "3 team" in text
    assert all(_(one.name) in text and _(one.source) in text for one in figure.DEFINITIONS if one.id in city.rows)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026-11", "2026-11-01", "2026-11-30"), ("2026-Q4", "2026-10-01", "2026-12-31"),
     ("2026-k1", "2026-01-01", "2026-03-31"), ("2024-H1", "2024-01-01", "2024-06-30"),
     (" 2024 ", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29")],
)  # fmt: skip
def test_a_period_as_it_is_written(text: str, first: str, last: str) -> None:
    period = written(text)
    assert (str(period.first), str(period.last)) == (first, last)
    assert written(period.id) == period


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-H3", "2026-Q0", "0000", "26", "2026-11-03", "i fjor"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(PeriodError):
        written(text)


def test_figures_leave_when_the_period_is_over() -> None:
    period = written("2026-Q4")
    check_over(period, date(2027, 1, 1))
    for day in (date(2026, 12, 31), date(2026, 10, 1), date(2026, 9, 30)):
        with pytest.raises(PeriodError):
            check_over(period, day)
