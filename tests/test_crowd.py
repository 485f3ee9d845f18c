"""A short form of the crowd; `python -m tests.crowd` is the full run of twenty sessions for ten minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crowd.__main__ import run, table
from tests.crowd.oracle import Oracle
from tests.crowd.plan import Canary, Person, Plan

SESSIONS = 6


@pytest.mark.slow
def test_sessions_of_three_roles_on_one_vault_lose_nothing_and_see_nothing_hidden(tmp_path: Path) -> None:
    verdict = run(tmp_path, SESSIONS, 7.0, "suite", canaries=4, participants=8, pause=0.03)
    assert verdict.wrong == [], table(verdict)
    told = verdict.told
    for shown in ("canaries seen by who may", "counts compared", "acknowledged texts", "changes of a restriction"):
        assert told[shown] > 0, table(verdict)
    assert told["canaries leaked"] == told["raw errors"] == 0
    assert verdict.refused, table(verdict)


def test_who_was_hidden_is_known_for_an_interval_and_not_around_a_change() -> None:
    people = [Person("u1", "A", "team_leader", 1, "acts"), Person("u2", "B", "reader", 2, "acts")]
    plan = Plan(
        folder="", people=people, canaries=[Canary(7, "KX-001", "kanaribbb", "u1")], participants=[6, 7], numbers=[],
        restricted={7: ()}, files=[], roles_of=[], coming_of=[],
    )  # fmt: skip
    lines = [
        ("u1", {"states": [[7, [2], 10.0, 11.0], [7, None, 20.0, 21.0], [7, [], 30.0, 31.0]]}),
        ("u1", {"role": [2, "team_leader", 40.0, 41.0]}),
        ("u1", {"role": [2, "reader", 50.0, 51.0]}),
        ("u2", {"opened": 7, "t0": 60.0, "t1": 61.0, "day": "2026-11-22"}),
    ]
    oracle = Oracle(plan, lines)
    for since, until, day, expected in (
        (1, 9, "2026-11-22", True), (9, 12, "2026-11-22", None), (12, 13, "2026-11-22", False),
        (22, 23, "2026-11-22", False), (32, 39, "2026-11-22", True), (39, 42, "2026-11-22", None),
        (42, 43, "2026-11-22", False), (52, 59, "2026-11-22", True), (59, 62, "2026-11-22", None),
        (62, 63, "2026-11-22", False), (62, 63, "2026-11-23", None),
    ):  # fmt: skip
        assert oracle.hidden(2, 7, since, until, day) is expected, since
        assert oracle.hidden(1, 7, since, until, day) is False
        assert oracle.count(2, since, until, day) == {True: 1, False: 2, None: None}[expected], since
