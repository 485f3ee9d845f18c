"""A form that a colleague takes away in the middle of a sentence, in a real terminal: the rest of it starts nothing."""

from __future__ import annotations

import pytest

from models.participants import participants
from models.restrictions import restrictions
from models.storage.reading import Reading
from models.team import staff
from tests.journeys.terminal import ENTER, ESC, OLA, PASTE, Desk, opened

pytestmark = pytest.mark.terminal

BEGUN = "Vi ble enige om"
REST = " at hun ringer NAV i morgen n t d k m r"


def test_a_sentence_that_goes_on_when_its_form_is_taken_away_does_nothing(desk: Desk) -> None:
    store = opened(desk.vault)
    ola = next(one.id for one in store.ask_now(staff.team) if one.user == "ola")
    person = store.change_now(participants.add, {"given_name": "Åsa", "family_name": "Vik", "worker": ola})
    terminal = desk.log_in(OLA)
    terminal.wait("Åsa Vik")
    terminal.send("r")
    terminal.wait("Phone call")
    terminal.send("t")
    terminal.wait("▌Text")
    terminal.send(*BEGUN)
    terminal.wait(BEGUN)
    before = store.ask_now(Reading.value, "SELECT count(*) FROM audit")
    store.change_now(restrictions.restrict, person, {"may_see": (1,), "reason": "Vern"})
    terminal.wait("Something came in between", "restricted to some colleagues", "kept with the participant")
    # Some of it is on its way before the frame is there, and the rest comes after.
    assert len(REST) > 30
    terminal.send(*REST)
    terminal.settle()
    terminal.send(*REST)
    terminal.wait("What you go on typing is not put in anywhere")
    terminal.send(PASTE.format("resten, limt inn"))
    # The end of the sentence, and no answer.
    terminal.send(ENTER)
    terminal.settle()
    terminal.wait("Something came in between")
    terminal.send(ESC)
    terminal.wait_gone("Something came in between")
    terminal.wait("Caseload board")
    assert "Åsa" not in terminal.text
    assert store.ask_now(Reading.value, "SELECT count(*) FROM audit") == before + 1
    kept = store.examine_now(Reading.value, "SELECT group_concat(content) FROM draft")
    assert BEGUN in str(kept)
    store.close()
