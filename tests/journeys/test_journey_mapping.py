"""Mapping by keyboard alone, at 80x24: repeated after three months, with the change on screen and a gap made a goal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.participants import participants
from tests.journeys.terminal import DOWN, ENTER, F2, TAB, Desk, leave, opened, today

pytestmark = pytest.mark.terminal
BEFORE = ("2", "1", "3", "4", "3", "2", "2", "2", "4")
NOW = ("4", "1", "2", "4", "3", "3", "2", "4", "4")


def mapped_before(desk: Desk) -> int:
    """Arne, of kari's caseload, mapped three months ago."""
    store = opened(desk.vault)
    number = store.change_now(participants.add, {"given_name": "Arne"}, today() - timedelta(days=200), 2)
    mapping = store.change_now(mappings.begin, number, {"day": today() - timedelta(days=91), "place": "Bredtveit"})
    answers = store.ask_now(mapping_reading.one, mapping).answers
    for one, step in zip(answers, BEFORE, strict=True):
        store.change_now(mappings.answer, one.id, one.version, {"step": step})
    store.close()
    return number


def test_repeated_after_three_months(desk: Desk) -> None:
    number = mapped_before(desk)
    kari = desk.log_in()
    kari.wait("▌Arne")
    kari.send(ENTER)
    kari.wait("Timeline", "Mapping made: 9 of 9")
    kari.send("B")
    kari.wait("Mapping · Arne", "Bredtveit", f"{today() - timedelta(days=91):%d.%m.%y}")
    kari.send("n")
    kari.wait("▌Asked on")
    kari.send(F2)
    for place, step in enumerate(NOW, 1):
        kari.wait(f"· {place} of 9 · Arne", "Last time")
        kari.send(step)
        if place == 3:
            kari.wait("2 Hard")
            for _field in range(3):
                kari.send(TAB)
            kari.wait("▌What is missing")
            kari.send("Oversikt over gjelden")
            kari.wait("Oversikt over gjelden")
        kari.send(F2)
    kari.wait("The mapping is finished.", f"{today():%d.%m.%y}")
    rows = {name: row(kari.text, name) for name in ("Housing", "Work and school", "Economy", "Network")}
    assert ["↑2" in rows["Housing"], "=" in rows["Work and school"], "↓1" in rows["Economy"]] == [True] * 3
    assert "↑1" in rows["Network"]
    kari.send("\x1b[H", DOWN, DOWN)
    kari.wait("▌Economy", "2 Hard · What is missing: Oversikt over gjelden")
    kari.send("m")
    kari.wait("In their own words", "Oversikt over gjelden")
    kari.send(F2)
    kari.wait("→ goal: Oversikt over gjelden")
    kari.send(ENTER)
    kari.wait("Economy and debt", "3 So-so", "2 Hard")
    kari.send("q")
    kari.wait("Mapping · Arne", "▌Economy")
    kari.send("q")
    kari.wait("Timeline", "Mapping")
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)
    store = opened(desk.vault)
    profile = store.ask_now(mapping_reading.profile, number)
    store.close()
    assert tuple(part.last.step for part in profile.parts if part.last) == NOW
    assert [(one.kind, one.domain) for part in profile.parts for one in part.followed] == [("goal", "economy")]


def row(text: str, name: str) -> str:
    """The line of a part of life."""
    return next(line for line in text.splitlines() if name in line)
