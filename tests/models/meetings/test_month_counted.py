"""Every number of the monthly against a count from the JSON export, for the last months of a random caseload."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.export import whole as export
from models.meetings import monthly
from models.paper import monthly_sheets
from models.restrictions import restrictions
from models.storage.reading import Reading
from models.store import Store
from tests.models.case_sample import Hands
from tests.models.meetings.month_count import Count
from tests.models.meetings.random_month import make, months


def exported(store: Store) -> tuple[Any, list[Any], Any]:
    """The heading, the participants and the team's part, as whoever asks gets them, through JSON."""

    def read(reading: Reading) -> str:
        people = [export.participant(reading, number) for number, _code in export.codes(reading)]
        return export.as_json([export.heading(reading), people, export.team_wide(reading)])

    head, people, team = json.loads(store.ask_now(read))
    return head, people, team


def compare(store: Store) -> None:
    """Look at this month and the six before it as somebody sees them."""
    head, people, team = exported(store)
    today = store.clock.today()
    for month in months(today):
        found = store.ask_now(monthly.figures, month)
        last = min((month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1), today)
        assert (found.month, found.last) == (last.replace(day=1), last)
        count = Count(store.programme, head, people, team, today, last)
        told = {one.id: one for one in monthly_sheets.sheets(store.programme, found, lambda code, _name: code)}
        for sheet in told.values():
            assert list(sheet.rows) == getattr(count, sheet.id)(), (sheet.id, last)
            # Nobody stands behind a number whom the export does not know.
            assert {one.code for behind in sheet.behind for one in behind} <= count.codes
        behind_the_numbers(told)
        bars_are_the_numbers(told)


def behind_the_numbers(told: dict[str, Any]) -> None:
    """As many people stand behind a row as it counts."""
    columns = {"coming": (1, 2), "waiting": (1, 4), "contact": (1,), "consents": (1, 2, 3), "verification": (1,),
               "reviews": (1, 2), "intake": (1,), "endings": (1,), "year": (2, 3, 4)}  # fmt: skip
    for name, places in columns.items():
        sheet = told[name]
        for row, behind in zip(sheet.rows, sheet.behind, strict=True):
            assert len(behind) == sum(int(row[place]) for place in places), (name, row)
    for row, behind in zip(told["contact"].rows, told["contact"].behind, strict=True):
        assert sum(one.word.startswith("silent") for one in behind) == int(row[6])
    for row, behind in zip(told["load"].rows, told["load"].behind, strict=True):
        now = row[1].partition("/")[0]
        assert len(behind) == sum(map(int, now.split("+"))), row


def bars_are_the_numbers(told: dict[str, Any]) -> None:
    """What is drawn says what stands in the table."""
    columns = {"coming": (1, 2), "waiting": (2, 3), "contact": (3, 4), "consents": (1, 2, 3), "verification": (2, 3),
               "reviews": (1, 2), "intake": (1,), "endings": (1,), "year": (1,)}  # fmt: skip
    for name, places in columns.items():
        sheet = told[name]
        for series, place in zip(sheet.series, places, strict=True):
            numbers = [float(row[place].replace(",", ".") or 0) for row in sheet.rows][: len(sheet.labels)]
            assert [round(value, 1) for value in series.values] == numbers, (name, series.name)
    assert sum(told["moves"].series[0].values) == len(told["moves"].rows)


def test_every_number_is_that_of_the_export(store: Store, hands: Hands) -> None:
    make(store, hands, seed=1, many=24)
    compare(store)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_every_number_of_many_caseloads(store: Store, hands: Hands, seed: int) -> None:
    make(store, hands, seed, many=30)
    compare(store)


def test_whoever_does_not_see_somebody_counts_without_them(
    store: Store, hands: Hands, session: Callable[[str], Store]
) -> None:
    """A number is as if the restricted participant were not there, in months gone by too."""
    make(store, hands, seed=12, many=16)
    store.change_now(restrictions.restrict, 3, {"may_see": (), "reason": "Kjenner en i teamet"})
    ola = session("ola")
    codes = [code for _number, code in ola.ask_now(export.codes)]
    assert len(codes) == 15
    compare(ola)
