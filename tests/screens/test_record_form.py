"""Recording and correcting: the fewest keys, nothing lost, nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models import participants, timeline
from screens.case import Case
from screens.record_form import RecordForm

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(
        participants.add,
        {"given_name": "Åse", "family_name": "Sæthre", "risk_areas": "Plata, Storgata etter kl. 22"},
    )


async def test_a_phone_call_is_recorded_in_under_eight_keys(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        keys, text = 1, 0  # the key that opened the form
        for key in ["t", "1", "0", "enter"]:
            await pilot.press(key)
            keys += 1
        for line, ending in (("Ringte om bolig.", "enter"), ("Han vil se den torsdag.", "")):
            await pilot.press(*["space" if letter == " " else letter for letter in line], *([ending] if ending else []))
            text += len(line) + bool(ending)
        await pilot.press("f2")
        keys += 1
        await pilot.pause()
        assert keys < 8
        [entry] = [e for e in case.store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 9) if e.text]
        assert app.answers == [entry.id]
        assert (entry.kind, entry.outcome, entry.minutes) == ("phone", "reached", 10)
        assert entry.text == "Ringte om bolig.\nHan vil se den torsdag."
        assert entry.at == case.clock.seconds()
