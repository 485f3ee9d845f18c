"""How figures are judged, and the table they make."""

from __future__ import annotations

import pytest

pytest.importorskip("fcntl", reason="the bench needs pseudo-terminals")

from bench.figures import Samples, against, left_out, number, plain, table
from bench.rows import growth_rows, start_rows


def test_the_median_and_the_high_of_what_was_measured() -> None:
    samples = Samples()
    samples.add("a", 5, 1, 3)
    samples.add("a", 100)
    assert samples.median("a") == 4
    assert samples.high("a") == 100
    assert not samples.has("a", "b")
    with pytest.raises(KeyError):
        samples.median("b")


def test_a_ratio_is_judged_by_itself_and_a_figure_by_its_own_size() -> None:
    assert against("x", 20, 10, "y", 2.0).ok is True
    assert against("x", 21, 10, "y", 2.0).ok is False
    assert plain("x", 0, 0, " B").ok is True
    assert plain("x", 1, 0, " B").ok is False
    assert plain("x", 1, None, " B").ok is None
    assert left_out("x", "not installed").ok is None


def test_the_table_has_a_line_a_row_and_says_what_is_over() -> None:
    drawn = table([against("start", 30, 10, "python", 2.0), plain("bytes", 90, 100, " B"), left_out("k", "no such")])
    lines = drawn.split("\n")
    assert len(lines) == 5
    assert "3.00x" in lines[2]
    assert lines[2].endswith("OVER")
    assert lines[3].endswith("ok")
    assert lines[4].split() == ["k", "no", "such"]


def test_growth_below_what_the_machine_tells_apart_is_none() -> None:
    small, large = Samples(), Samples()
    small.add("list/key ms", 3.0)
    large.add("list/key ms", 4.5)
    small.add("list/open ms", 20.0)
    large.add("list/open ms", 40.0)
    key, opened = growth_rows(40, 10_000, {40: small, 10_000: large})
    assert (key.ok, opened.ok) == (True, False)


def test_rows_rest_only_on_what_was_measured() -> None:
    shared = Samples()
    assert list(start_rows(shared, {40: Samples()})) == []
    shared.add("prompt", 40)
    shared.add("nothing", 30)
    assert [row.name for row in start_rows(shared, {40: Samples()})] == ["prompt for the passphrase"]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (3.14159, "3.14"), (42.0, "42"), (42.26, "42.3"), (12345, "12,345")]
)
def test_numbers_have_the_digits_that_mean_something(value: float, text: str) -> None:
    assert number(value) == text
