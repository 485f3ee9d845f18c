"""Coordination is measured at the store of a real vault, and what was ticked is as it was before."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="the bench needs pseudo-terminals")

from bench import coordinating, vaults
from bench.__main__ import GROUPS, Bench
from bench.figures import Samples
from bench.rows import COORDINATION, coordination_rows, growth_rows
from bench.vaults import BenchVault, opened, vault
from models.storage.reading import Reading

PARTICIPANTS = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> BenchVault:
    """A bench vault of its own, so that nobody's cache is touched."""
    folder: Path = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vaults, "cache", lambda: folder)
        return vault(PARTICIPANTS, PARTICIPANTS * 10)


def _ticks(reading: Reading) -> list[tuple[object, ...]]:
    return list(reading.sql("SELECT id, state, value, done_by_id, done_at FROM checklist_item ORDER BY id"))


def test_every_figure_is_measured_and_the_checklists_are_left_as_they_were(made: BenchVault) -> None:
    with opened(made.folder) as store:
        before, told = store.ask_now(_ticks), store.ask_now(lambda reading: reading.value("SELECT count(*) FROM entry"))
        version = store.ask_now(lambda reading: reading.value("SELECT sum(version) FROM checklist_item"))
    bench = Bench({PARTICIPANTS: made}, ["coordination"], 1)
    bench.measure()
    assert bench.problems == []
    names = [row.name for row in bench.rows()]
    signals = [
        f"all signals after a change, {PARTICIPANTS}",
        f"all signals, first look, a card, {PARTICIPANTS}",
        f"all figures of a year, {PARTICIPANTS}",
    ]
    assert names == [*(f"{what}, {PARTICIPANTS}" for _name, what in COORDINATION), *signals]
    with opened(made.folder) as store:
        assert store.ask_now(_ticks) == before
        assert store.ask_now(lambda reading: reading.value("SELECT count(*) FROM entry")) == told
        # It did tick: nothing that was only read has a new version.
        assert store.ask_now(lambda reading: reading.value("SELECT sum(version) FROM checklist_item")) > version


def test_the_measured_people_are_many_and_the_pages_full(made: BenchVault) -> None:
    with opened(made.folder) as store:
        people = store.ask_now(coordinating._spread)
        assert len(set(people)) == len(people) == coordinating.PEOPLE
        assert any(store.ask_now(coordinating._tickable, person) is not None for person in people)
        assert store.ask_now(coordinating._last_page) == coordinating.PAGE
        assert len(store.ask_now(coordinating._agenda, coordinating.AgendaQuery())) == coordinating.PAGE
        worker = store.ask_now(coordinating._colleague)
        assert store.ask_now(coordinating._agenda, coordinating.AgendaQuery(worker=worker))


def test_growth_of_coordination_is_judged_beyond_what_the_machine_tells_apart() -> None:
    small, large = Samples(), Samples()
    for name, before, after in (("tick", 10.0, 11.5), ("network", 1.0, 3.0), ("save", 2.0, 2.2)):
        small.add(name, before)
        large.add(name, after)
    judged = {row.name.partition(": ")[2]: row.ok for row in growth_rows(40, 10_000, {40: small, 10_000: large})}
    assert judged == {"tick and untick": True, "network map": False, "save one entry": True}
    assert [row.name for row in coordination_rows(40, small)] == ["tick and untick, 40", "network map, 40"]


def test_the_rows_can_be_asked_for_alone() -> None:
    assert "coordination" in GROUPS
