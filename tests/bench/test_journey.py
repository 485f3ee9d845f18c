"""One session's measurement: who is measured has what it takes, and a part that fails costs its own rows alone."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="the bench needs pseudo-terminals")

from bench import journey, vaults
from bench.figures import Samples
from bench.rows import screen_rows
from bench.terminal import BenchError
from bench.vaults import BenchVault, vault

pytestmark = [pytest.mark.terminal, pytest.mark.slow]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BenchVault:
    """Where most have too few entries to be measured, the first of the board among them; nobody's cache is touched."""
    monkeypatch.setattr(vaults, "cache", lambda: tmp_path)
    return vault(60, 900)


def test_whoever_is_measured_has_entries_and_what_fails_costs_its_own_rows(
    made: BenchVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 < len(journey.with_entries(made)) < 40

    def fails(samples: Samples, terminal: object, view: str) -> None:
        raise BenchError("no page today")

    monkeypatch.setattr(journey, "_pages", fails)
    monkeypatch.setattr(journey, "_ROUNDS", 1)
    samples = Samples()
    with pytest.raises(BenchError, match="no page today") as told:
        journey.run(samples, made, "list", 0.0, idle=False)
    assert "\n" not in str(told.value), told.value
    for name in ("key ms", "behind", "timeline ms", "open ms", "back ms", "search ms", "memory"):
        assert samples.has(f"list/{name}"), name
    named = [row.name for row in screen_rows(60, samples)]
    assert any(name.startswith("opening a participant") for name in named)
    assert not any(name.startswith("bytes a page") for name in named)
