"""Leaving the programme and coming back, by keyboard alone, at 80x24: for independence, and by dropping out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import timeline
from models.consents import answer as consent_answer
from models.consents import consents, disclosures
from models.contacts import network, people
from models.participants import participants
from models.phase_outs import file as phase_out_file
from models.phases import phases
from tests.journeys.terminal import DOWN, ENTER, F2, RIGHT, UP, Desk, Terminal, leave, opened, today

pytestmark = pytest.mark.terminal

HOME = "\x1b[H"


def followed(desk: Desk) -> int:
    """Arne, of kari's caseload, with a caseworker of NAV and a GP around and a consent to NAV."""
    store = opened(desk.vault)
    number = store.change_now(participants.add, {"given_name": "Arne"}, today() - timedelta(days=200), 2)
    store.change_now(phases.begin, number, 5, today() - timedelta(days=60), ending=(2,))
    for agency, role, name in (("nav", "nav_state", "Nina Nav"), ("health", "gp", "Liv Lege")):
        contact = store.change_now(people.add, {"name": name, "agency": agency, "role": role})
        store.change_now(network.involve, number, contact)
    given = today() - timedelta(days=30)
    store.change_now(consents.give, number, {"agency": "nav", "role": "nav_state", "given": given})
    store.close()
    return number


def to_the_phase_out(desk: Desk) -> Terminal:
    """From the board to the participant and the reasons."""
    kari = desk.log_in()
    kari.wait("▌Arne")
    kari.send(ENTER)
    kari.wait("Timeline", "EX-001")
    kari.send("U")
    kari.wait("Phase-out · Arne", "Choose the reason", "▌Independence")
    return kari


def begin(kari: Terminal, reason: str, downs: int, why: str) -> None:
    """Choose a reason, and say why."""
    kari.send(*[DOWN] * downs)
    kari.until(lambda: f"▌{reason}" in kari.text, "the reason under the mark")
    kari.send(ENTER)
    kari.wait("Begin phase-out · Arne", reason, "▌Reason")
    kari.send(DOWN, DOWN)
    kari.wait("▌Why")
    kari.send(why, F2)
    kari.wait("Saved.", f"since {today():%d.%m.%Y}")


def tell(kari: Terminal, how: str, *, covered: bool, told: str) -> None:
    """The next partner is told; without a consent the ground is chosen."""
    kari.send("t")
    kari.wait("Tell a partner · Arne", "▌Told", "Covered: " if covered else "NOT covered: ")
    kari.send(DOWN)
    kari.wait("▌How")
    kari.send(how)
    if not covered:
        kari.send(DOWN)
        kari.wait("▌Ground")
        kari.send(RIGHT)
        kari.wait("Penal Code § 196")
    kari.send(F2)
    kari.wait("Saved.", told, f"{today():%d.%m} KN {how}")


def finish(kari: Terminal, summary: str) -> None:
    """With nothing left no reason is asked for."""
    kari.wait("nothing left")
    kari.send("f")
    kari.wait("Close the phase-out · Arne", "▌Summary")
    assert "Left:" not in kari.text
    kari.send(summary, F2)
    kari.wait(f"closed {today():%d.%m.%Y} by Kari Nordmann")


def come_back(kari: Terminal, phase: str, note: str) -> None:
    """To the phase with this number."""
    kari.send("b")
    kari.wait("Back in EX/IN · Arne", "▌Back since")
    kari.send(DOWN)
    kari.wait("▌Phase")
    kari.send(phase, DOWN)
    kari.wait("▌What changed")
    kari.send(note, F2)
    kari.wait("Saved.", "Not being phased out", note)


def test_independence_and_the_door_stands_open(desk: Desk) -> None:
    arne = followed(desk)
    kari = to_the_phase_out(desk)
    begin(kari, "Independence", 0, "Har jobb og bolig")
    kari.wait("Partners to tell 0/2", "4 things left", "1 in force")
    tell(kari, "Telefon", covered=True, told="Partners to tell 1/2")
    tell(kari, "Brev", covered=False, told="Partners to tell 2/2")
    kari.send("s")
    kari.wait("All consents end today", "Nina Nav")
    kari.send(F2)
    kari.wait("[x] End the consents", f"ended {today():%d.%m.%Y}")
    kari.send("c")
    kari.wait("Closing talk · Arne", "▌Held")
    kari.send(DOWN)
    kari.wait("▌What was said")
    kari.send("Gikk tur", F2)
    kari.wait("[x] Closing talk")
    finish(kari, "Klarer seg selv")
    kari.send("q")
    kari.wait("Timeline", "phased out")
    kari.send(HOME)
    kari.wait("Phased out: Independence. Klarer seg selv", "Gikk tur")
    kari.send("q")
    kari.wait("Nobody here")
    kari.send("x")
    kari.wait("Phased out  1", "▌Arne")
    kari.send("U")
    kari.wait("Phase-out · Arne", "closed")
    come_back(kari, "4", "Mistet boligen")
    kari.send("q")
    kari.wait("Saved.")
    kari.send("x")
    kari.wait("▌Arne", "After release")
    leave(kari)

    store = opened(desk.vault)
    file = store.ask_now(phase_out_file.file_of, arne)
    (former,) = file.former
    assert (former.reason, former.state, former.summary) == ("independence", "returned", "Klarer seg selv")
    assert (former.closing_talk, former.consents, former.return_note) == (today(), today(), "Mistet boligen")
    assert [span.phase for span in file.lasting] == [4]
    assert {(one.agency, one.how, one.told) for one in former.told} == {
        ("nav", "Telefon", today()), ("health", "Brev", today()),
    }  # fmt: skip
    shared = store.ask_now(disclosures.of, arne)
    assert {(one.agency, one.flagged) for one in shared} == {("nav", False), ("health", True)}
    assert {each.valid_until for each in store.ask_now(consent_answer.held, arne)} == {today()}
    store.close()


def test_drop_out_after_attempts_and_a_message(desk: Desk) -> None:
    arne = followed(desk)
    store = opened(desk.vault)
    for days in (9, 5):
        at = store.clock.seconds() - days * 86_400
        store.change_now(timeline.record, arne, {"kind": "phone", "at": at, "outcome": "attempted"})
    store.close()
    kari = to_the_phase_out(desk)
    begin(kari, "Drop-out", 1, "Svarer ikke")
    kari.wait("2 attempts (at least 3)", "[ ] Last message")
    kari.send("f")
    kari.wait("Close the phase-out", "Attempts to reach the", "2 of 3", "▌Summary")
    kari.send("Borte", F2)
    kari.wait("Reason: say why it is closed though this is left.")
    kari.send("\x1b")
    kari.wait("kept as an unfinished form")
    attempt_once_more(kari)
    kari.wait("[x] Attempts to reach", "3 attempts (at least 3)")
    kari.send("m")
    kari.wait("Last message · Arne", "▌Sent")
    kari.send(DOWN)
    kari.wait("▌How")
    kari.send("SMS", F2)
    kari.wait("[x] Last message", "SMS")
    tell(kari, "Telefon", covered=True, told="Partners to tell 1/2")
    kari.send(HOME, DOWN)
    kari.until(lambda: "▌[ ] Health" in kari.text, "the GP under the mark")
    kari.send("x")
    kari.wait("Why are they not to be told?")
    kari.send("Ikke brukt", ENTER)
    kari.wait("[–] Health", "not to be told: Ikke")
    kari.wait("nothing left")
    kari.send("f")
    # The summary that was begun before is offered again, and nothing is left now.
    kari.wait("Close the phase-out", "Borte")
    assert "Left:" not in kari.text
    kari.send(F2)
    kari.wait(f"closed {today():%d.%m.%Y} by Kari Nordmann")
    come_back(kari, "5", "Ringte selv")
    kari.send("q")
    kari.wait("Timeline", "5 Reintegration")
    kari.send(HOME)
    kari.wait(f"Back in EX/IN {today():%d.%m.%Y}: Ringte selv")
    kari.send("q")
    kari.wait("▌Arne")
    leave(kari)

    store = opened(desk.vault)
    (former,) = store.ask_now(phase_out_file.file_of, arne).former
    assert (former.reason, former.state, former.summary, former.closed_reason) == (
        "drop_out", "returned", "Borte", "",
    )  # fmt: skip
    assert (former.last_message, former.message_how) == (today(), "SMS")
    # At drop-out nothing becomes of the consents.
    assert {each.valid_until > today() for each in store.ask_now(consent_answer.held, arne)} == {True}
    assert [span.ended for span in store.ask_now(phases.of, arne)].count(None) == 1
    store.close()


def attempt_once_more(kari: Terminal) -> None:
    """Recorded from the phase-out itself."""
    kari.send("r")
    kari.wait("Record · Arne", "Phone call")
    kari.send("t")
    kari.wait("▌Text")
    kari.send(UP, UP)
    kari.wait("▌Outcome")
    kari.send(RIGHT)
    kari.wait("Attempted")
    kari.send(F2)
    kari.wait("Saved.", "Phase-out · Arne")
