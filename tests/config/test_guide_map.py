"""The map of guide and report in `docs/domain.md` against the data: what it names is there, and nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from config.programme import Programme, load
from config.programme.shapes import Limits

PAGE = Path(__file__).parents[2] / "docs" / "domain.md"
HEAD = "## The guide and the report, part by part"
WHOLE = (
    "agencies", "consent_sets", "checklists", "phase_tasks", "criteria", "talks", "premises", "endings", "transitions",
    "meeting_kind", "spending_purpose", "spending_cause", "cross_agency", "secrecy_law", "domain",
)  # fmt: skip
"""The tables of which every entry stands in the map."""


def ids(these: Iterable[Any]) -> set[str]:
    return {one.id for one in these}


@pytest.fixture(scope="module")
def data() -> dict[str, set[str]]:
    programme: Programme = load()
    method = programme.method
    return {
        "limits": set(Limits.__struct_fields__),
        "signals": ids(method.signals),
        "roles": ids(role for agency in programme.agencies for role in agency.roles),
        "agencies": ids(programme.agencies),
        "consent_sets": ids(programme.consent_sets),
        "checklists": ids(programme.checklists),
        "phase_tasks": ids(programme.phase_tasks),
        "criteria": ids(method.intake.criteria),
        "talks": ids(method.intake.talks),
        "premises": ids(method.intake.premises),
        "endings": ids(method.endings),
        "evaluation_forms": ids(method.evaluations),
        "evaluation_scales": ids(method.evaluation_scales),
        "transitions": ids(method.reviews.transitions),
        **{name: ids(choices) for name, choices in programme.choices.items()},
    }


@pytest.fixture(scope="module")
def named() -> dict[str, list[str]]:
    """By table, the ids the map names."""
    text = PAGE.read_text(encoding="utf-8").split(HEAD)[1].split("\n## ")[0]
    found: dict[str, list[str]] = {}
    for table, listed in re.findall(r"`(\w+): ([\w, ]+)`", text):
        found.setdefault(table, []).extend(listed.split(", "))
    found.pop("table", None)
    return found


def test_what_the_map_names_is_in_the_data(data: dict[str, set[str]], named: dict[str, list[str]]) -> None:
    assert set(named) <= set(data)
    assert {
        table: sorted(set(listed) - data[table]) for table, listed in named.items() if set(listed) - data[table]
    } == {}


def test_nothing_of_these_tables_is_left_out(data: dict[str, set[str]], named: dict[str, list[str]]) -> None:
    left = {table: sorted(data[table] - set(named.get(table, ()))) for table in WHOLE}
    assert {table: ids for table, ids in left.items() if ids} == {}


def test_each_part_has_one_place(named: dict[str, list[str]]) -> None:
    for table in WHOLE:
        assert len(named[table]) == len(set(named[table])), table
