"""Twenty-six sheets typed on eighty columns, the result as it is computed by hand, and its PDF."""

from __future__ import annotations

import time
from typing import Final

import pytest

from models.evaluations import reading as evaluation_reading
from tests.journeys.terminal import ENTER, F2, Desk, leave, opened

pytestmark = pytest.mark.terminal

KEYS_A_SECOND: Final = 4
SECONDS_A_SHEET: Final = 15
# How many chose which step; by hand: 23 answer question 2, and 25 question 6.
COUNTS: Final = ((0, 0, 4, 22), (0, 3, 15, 5), (0, 0, 10, 16), (0, 0, 9, 17), (0, 0, 2, 24), (0, 0, 4, 21))
GAINED: Final = "Bedre kjent med de andre"


def columns() -> list[str]:
    """For each question the digit on each of the 26 sheets, 0 where it is left open."""
    found = []
    for row in COUNTS:
        digits = "".join(str(step) * count for step, count in enumerate(row, 1))
        found.append(digits + "0" * (26 - len(digits)))
    return found


def test_twenty_six_sheets_to_the_result_and_the_pdf(desk: Desk) -> None:
    kari = desk.log_in(size=(80, 24))
    kari.send("P")
    kari.wait("Evaluations of periods", "No evaluation yet")
    kari.send("n")
    kari.wait("New evaluation", "Invited")
    kari.send("\t\t", "1.1.2026", "\t", "30.6.2026", "\t", "30", F2)
    kari.wait("The professional network", "0 sheets of 30")
    kari.send("s")
    kari.wait("Sheets ·", "1 Not useful")
    before, began = kari.keys, time.monotonic()
    for number, digits in enumerate(zip(*columns(), strict=True), 1):
        kari.send(*digits)
        kari.send(*((GAINED, ENTER) if number <= 2 else (ENTER,)), ENTER)
        kari.wait(f"{number} sheet")
    typed = kari.keys - before
    assert typed <= 26 * SECONDS_A_SHEET * KEYS_A_SECOND
    assert typed - 2 * len(GAINED) == 26 * 8
    assert time.monotonic() - began < 26 * SECONDS_A_SHEET
    kari.send(F2)
    kari.wait("26 sheets of 30")
    kari.send(ENTER)
    kari.wait("answered 26 of 26", "answered 23 of 26", "87 % useful or very useful", "(20 of 23)")
    kari.send("G")
    kari.wait("answered 25 of 26", "Without a theme: 2 answers", GAINED)
    kari.send("z")
    kari.wait("not encrypted")
    kari.send("s")
    kari.wait("Write to which file?")
    kari.send(ENTER)
    kari.wait("Written, ")
    (printed,) = desk.home.glob("*.pdf")
    assert printed.read_bytes().startswith(b"%PDF")
    kari.send("qq")
    kari.wait("Evaluations of periods")
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)

    store = opened(desk.vault)
    (evaluation,) = store.ask_now(evaluation_reading.of, "period", None)
    found = store.ask_now(evaluation_reading.evaluated, evaluation.id)
    assert tuple(one.counts for one in found.results) == COUNTS
    assert [one.top_percent for one in found.results] == [100, 87, 100, 100, 100, 100]
    store.close()
