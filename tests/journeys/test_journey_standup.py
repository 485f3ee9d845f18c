"""The daily stand-up by keyboard alone: ten participants within a minute's presses, and two colleagues at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from models import timeline
from models.meetings import reading as meeting_reading
from models.participants import participants
from models.team import staff
from models.timeline import TimelineQuery
from tests.journeys.terminal import ENTER, KARI, OLA, Desk, Terminal, leave, opened

pytestmark = pytest.mark.terminal

SitsDown = Callable[[tuple[str, str, str, str]], Terminal]

NAMES: Final = ("Arne", "Berit", "Carl", "Dag", "Elin", "Finn", "Gro", "Hans", "Ida", "Jon")
PRESSES_A_MINUTE: Final = 240
"""Four a second: somebody who types the way most people do."""


def followed(desk: Desk, *workers: str) -> dict[str, int]:
    """The ten, shared out among these colleagues in turn; their ids by name."""
    store = opened(desk.vault)
    ids = {one.user: one.id for one in store.ask_now(staff.team)}
    found = {
        name: store.change_now(participants.add, {"given_name": name, "worker": ids[workers[number % len(workers)]]})
        for number, name in enumerate(NAMES)
    }
    store.close()
    return found


def stand_up(terminal: Terminal) -> None:
    """From the board into the stand-up of today."""
    terminal.send("M")
    terminal.wait("Meetings")
    terminal.send("n")
    terminal.wait("Which meeting?")
    terminal.send("1")
    terminal.wait("Stand-up", "present:")


def test_ten_participants_within_a_minute_of_key_presses(desk: Desk) -> None:
    people = followed(desk, "kari")
    kari = desk.log_in()
    before = kari.keys
    stand_up(kari)
    for number, _name in enumerate(NAMES, 1):
        text = f"Avtale {number:02}"
        kari.wait(f"KN {number}/10")
        kari.send("n")
        kari.wait("Note ·")
        kari.send(text, ENTER)
        kari.wait(f"Note: {text}")
        kari.send(" ")
    kari.wait("10 gone through", "That was the last one.")
    kari.send("d")
    kari.wait("Decision ·")
    kari.send("Bil til Kari fredag", ENTER)
    kari.wait("Decision: Bil til Kari")
    kari.send("f")
    kari.wait("What was agreed", "Bil til Kari fredag", "Enter closes the meeting")
    kari.send(ENTER)
    kari.wait("Meetings", "Closed  1")
    presses = kari.keys - before
    assert presses < PRESSES_A_MINUTE, presses
    kari.send(ENTER)
    kari.wait("closed", "What was agreed")
    kari.send("q")
    kari.wait("Meetings")
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)

    store = opened(desk.vault)
    (meeting,) = store.ask_now(meeting_reading.closed)
    items = store.ask_now(meeting_reading.items, meeting.id)
    assert [item.text for item in items if item.kind == "note"] == [f"Avtale {number:02}" for number in range(1, 11)]
    assert {item.participant for item in items if item.kind == "heard"} == set(people.values())
    for participant in people.values():
        kinds = [entry.kind for entry in store.ask_now(timeline.page, TimelineQuery(participant), 0, 9)]
        assert "meeting_note" in kinds
    store.close()


def test_two_colleagues_in_the_same_stand_up_lose_nothing_and_see_each_other(desk: Desk, sits_down: SitsDown) -> None:
    followed(desk, "kari")
    kari, ola = sits_down(KARI), sits_down(OLA)
    stand_up(kari)
    kari.wait("KN 1/10")
    stand_up(ola)
    ola.wait("present: KN OB", "KN 1/10")
    kari.wait("present: KN OB")
    # Both write of the same participant at once.
    for terminal in (kari, ola):
        terminal.send("n")
    for terminal in (kari, ola):
        terminal.wait("Note ·")
    kari.send("Fra Kari", ENTER)
    ola.send("Fra Ola", ENTER)
    for terminal in (kari, ola):
        terminal.wait("Note: Fra Kari", "Note: Fra Ola")
    kari.send(" ")
    kari.wait("KN 2/10", "1 gone through")
    # Whoever stays keeps the place.
    ola.wait("1 gone through", "KN 1/10", "✓ gone through")
    # Kari closes it while Ola writes: what he wrote is still in the line, and says why it cannot stand there.
    ola.send("n")
    ola.wait("Note ·")
    kari.send("f")
    kari.wait("What was agreed")
    kari.send(ENTER)
    kari.wait("Meetings", "Closed  1")
    ola.send("For sent", ENTER)
    ola.wait("For sent", "closed these minutes", "Enter adds this to them.")
    ola.send(ENTER)
    ola.wait("Added to the closed minutes")

    store = opened(desk.vault)
    (meeting,) = store.ask_now(meeting_reading.closed)
    items = store.ask_now(meeting_reading.items, meeting.id)
    assert sorted((item.text, item.author) for item in items if item.kind == "note") == [
        ("Fra Kari", "KN"),
        ("Fra Ola", "OB"),
    ]
    assert [(item.text, item.author) for item in items if item.kind == "added"] == [("For sent", "OB")]
    assert len(meeting.present) == 2
    store.close()
