"""Try every attack again that was once tried, against the product as it is: `python -m tests.attack`.

The attacks are tests; each is tried `--tries N` times, and what is left to chance in them is another each time. Prints
what came of each, and ends with 1 where one is not held.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from tests.attack.listed import ATTACKS, Attack

TESTS: Final = Path(__file__).parents[1]
_HELD: Final = ("refused", "found", "harmless")
_NOT_HELD: Final = "NOT HELD"
_SKIPPED: Final = "not possible here"


class Watched:
    """A plugin of pytest: tries each test several times and counts what comes of it, by the test."""

    def __init__(self, tries: int) -> None:
        self._tries = tries
        self.outcomes: dict[str, Counter[str]] = {}
        self._passed: set[str] = set()

    @pytest.fixture
    def again(self, request: pytest.FixtureRequest) -> object:
        """Which time it is."""
        return request.param

    @pytest.hookimpl
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Have each test once more and once more; but a served host, made once, remembers what was done to it."""
        if self._tries > 1 and "host" not in metafunc.fixturenames:
            metafunc.fixturenames.append("again")
            metafunc.parametrize("again", range(self._tries), indirect=True)

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test when its fixtures are through, which may have counted for themselves."""
        test = report.nodeid.partition("[")[0].removeprefix("tests/")
        counted = self.outcomes.setdefault(test, Counter())
        if report.failed:
            counted[_NOT_HELD] += 1
        elif report.skipped:
            counted[_SKIPPED] += 1
        elif report.when == "call":
            self._passed.add(report.nodeid)
        elif report.when == "teardown" and report.nodeid in self._passed:
            told = {held: count for held, count in report.user_properties if held in _HELD and isinstance(count, int)}
            counted.update(told or {"": 1})


def came_of(attack: Attack, outcomes: dict[str, Counter[str]]) -> Counter[str]:
    """What came of all ways of an attack."""
    whole: Counter[str] = Counter()
    for test, counted in outcomes.items():
        if any(test == way or test.startswith(way + "::") for way in attack.ways):
            whole.update({held or attack.held: count for held, count in counted.items()})
    return whole


def main() -> int:
    """Print the table; answers 1 where an attack is not held, or was not tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--tries", type=int, default=1, metavar="N", help="how often each is tried")
    parser.add_argument("--only", default="", metavar="WORD", help="those whose name or line has the word")
    parser.add_argument("--seed", default=str(time.time_ns() % 1_000_000), help="what chance goes by")
    asked = parser.parse_args()
    os.environ["EXIN_ATTACK_SEED"] = asked.seed
    attacks = [attack for attack in ATTACKS if asked.only in f"{attack.name} {attack.line}"]
    watched = Watched(asked.tries)
    ways = dict.fromkeys(str(TESTS / way) for attack in attacks for way in attack.ways)
    pytest.main(["-q", "--no-header", "--tb=short", "-p", "no:xdist", *ways], plugins=[watched])
    print(f"\nseed {asked.seed}\n{'attack':31}{'tries':>6}" + "".join(f"{held:>10}" for held in (*_HELD, _NOT_HELD)))
    bad = []
    for attack in attacks:
        found = came_of(attack, watched.outcomes)
        tries = found.total() - found[_SKIPPED]
        skipped = f"  ({found[_SKIPPED]} {_SKIPPED})" if found[_SKIPPED] else ""
        print(f"{attack.name:31}{tries:6}" + "".join(f"{found[held]:10}" for held in (*_HELD, _NOT_HELD)) + skipped)
        print(f"    {attack.line}")
        if found[_NOT_HELD] or not found:
            bad.append(attack.name)
    print(
        f"\n{len(attacks) - len(bad)} of {len(attacks)} attacks are held"
        + "".join(f"\n  {_NOT_HELD}: {name}" for name in bad)
    )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
