"""An agreement between agencies by keyboard at 80x24: entered, its steering meeting missed, held, and told no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.cooperation import reading
from models.cooperation import signs as agreement_signs
from tests.journeys.terminal import ENTER, F2, KARI, Desk, Terminal, down_to, leave, opened, today

pytestmark = pytest.mark.terminal

F10 = "\x1b[21~"


def test_a_steering_meeting_that_is_missed_until_it_decides_on_a_proposal(desk: Desk) -> None:
    kari = desk.log_in(KARI)
    enter_the_agreement(kari)
    add(kari, "6", "▌Proposal", "To samlinger i året")
    add(kari, "2", "▌Law or agreement", "straffegjennomføringsloven § 41")
    kari.send("q")
    kari.wait("Cooperation agreements", "met 0 of 1")
    kari.send("q")
    from_the_signal_to_the_meeting(kari)
    decide_and_finish(kari)
    kari.wait_gone("times agreed", "time agreed")
    kari.send("q")
    kari.wait("Signals ·")
    kari.wait_gone("Sammen ut")
    kari.send("q")
    kari.wait("Kari Nordmann")
    leave(kari)
    hold(desk)


def enter_the_agreement(kari: Terminal) -> None:
    """By the palette, in words of one's own, to a new agreement that has been in force for most of a year."""
    kari.wait("Nobody here")
    kari.send(F10)
    kari.wait("Commands")
    kari.send("samarbeidsavtale")
    kari.wait("Cooperation agreements")
    kari.send(ENTER)
    kari.wait("No cooperation agreement yet")
    kari.send("n")
    kari.wait("▌Title")
    kari.send("Sammen ut")
    down_to(kari, "State")
    kari.send("i")
    down_to(kari, "In force from")
    kari.send(f"{today() - timedelta(days=300):%d.%m.%Y}")
    down_to(kari, "In force to")
    kari.send(f"{today() - timedelta(days=301):%d.%m.%Y}", F2)
    kari.wait("the agreement ends before it starts")
    kari.send("\x15", f"{today() + timedelta(days=400):%d.%m.%Y}")
    down_to(kari, "Convener")
    kari.send("Prosjektlederen", F2)
    kari.wait("Saved.", "Sammen ut", "met 0 of 1")
    kari.send(ENTER)
    kari.wait("The agreement", "Parties", "The steering group has met 0 of 1")


def add(kari: Terminal, section: str, field: str, text: str) -> None:
    """From the top of the page, where it is asked to which section."""
    kari.send("g", "n")
    kari.wait("Add to what?")
    kari.send(section)
    kari.wait(field)
    kari.send(text, F2)
    kari.wait("Saved.", text)


def from_the_signal_to_the_meeting(kari: Terminal) -> None:
    """Among the signals of the whole team it is one line, and Enter goes to the agreement."""
    kari.send("S")
    kari.wait("Signals ·")
    kari.send("m")
    kari.wait("the whole team", "Sammen ut", "The steering group has met 0 of 1")
    kari.send(ENTER)
    kari.wait("Sammen ut", "Parties")
    kari.send("M")
    kari.wait("Steering group", "present:", "To samlinger i året")


def decide_and_finish(kari: Terminal) -> None:
    """The decision is written on the proposal, then the meeting is closed."""
    kari.send("d")
    kari.wait("Decision on: To samlinger i året")
    kari.send("Som innstilt", ENTER)
    kari.wait("Decided; it stands on the proposal", "Decided in this meeting")
    kari.send("f")
    kari.wait("What was agreed", "Som innstilt", "Enter closes the meeting")
    kari.send(ENTER)
    kari.wait("Sammen ut", "Parties")


def hold(desk: Desk) -> None:
    """What the vault holds at the end."""
    store = opened(desk.vault)
    (agreement,) = store.ask_now(reading.listing)
    file = store.ask_now(reading.file_of, agreement.id)
    assert [(one.text, one.decision, one.decided) for one in file.proposals] == [
        ("To samlinger i året", "Som innstilt", today())
    ]
    assert [one.text for one in file.bases] == ["straffegjennomføringsloven § 41"]
    assert agreement.held == 1
    assert store.ask_now(agreement_signs.signs) == []
    store.close()
