"""Phase reviews by keyboard alone, at 80x24: prepared and sealed, owed and held later, and written by two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest

from models.consents import consents
from models.participants import participants
from models.phases import phases
from models.reviews import reading as review_reading
from models.reviews.reading import ReviewFile
from models.team import staff
from tests.journeys.terminal import (
    DOWN,
    ENTER,
    ESC,
    F2,
    KARI,
    LEFT,
    OLA,
    PAGE_UP,
    TAB,
    Desk,
    Terminal,
    keep_mine,
    leave,
    opened,
    today,
)

pytestmark = pytest.mark.terminal

SitsDown = Callable[[tuple[str, str, str, str]], Terminal]

F12: Final = "\x1b[24~"
HOME, END = "\x1b[H", "\x1b[F"
ROOM, LIMITS, SPECIFIC = "Room for action", "Limits", "Matters specific"
REASON: Final = "Friomsorgen svarer fredag"


def enter(desk: Desk, phase: int, days_to_release: int) -> int:
    """Arne, whom Kari follows, in `phase` for a hundred days; of the mandatory consents the lawyer's is missing."""
    store = opened(desk.vault, KARI)
    kari = next(one.id for one in store.ask_now(staff.team) if one.user == KARI[0])
    number = store.change_now(
        participants.add,
        {
            "given_name": "Arne",
            "worker": kari,
            "security_level": "high",
            "sentence_start": today() - timedelta(days=400),
            "full_term_date": today() + timedelta(days=300),
            "release_date": today() + timedelta(days=days_to_release),
        },
        today() - timedelta(days=200),
    )
    store.change_now(phases.begin, number, phase, today() - timedelta(days=100), ending=(1,), reviewed=True)
    for agency in ("prison", "nav"):
        role = store.programme.agency(agency).roles[0].id
        store.change_now(consents.give, number, {"agency": agency, "role": role, "given": today()})
    store.close()
    return number


def held(desk: Desk, participant: int) -> list[ReviewFile]:
    """The reviews as they lie in the vault."""
    store = opened(desk.vault, KARI)
    try:
        return [
            store.ask_now(review_reading.file_of, line.id) for line in store.ask_now(review_reading.of, participant)
        ]
    finally:
        store.close()


def lasting(desk: Desk, participant: int) -> set[int]:
    """The phases that last."""
    store = opened(desk.vault, KARI)
    try:
        return {span.phase for span in store.ask_now(phases.of, participant) if span.ended is None}
    finally:
        store.close()


def write(terminal: Terminal, text: str, following: str) -> None:
    """Answer the prompt that is shown, and go on to the one called so."""
    terminal.send(text)
    terminal.wait(text)
    terminal.send(F2)
    terminal.wait(following)


def to_step(terminal: Terminal, name: str, *moves: str) -> None:
    """By the list of steps."""
    terminal.send(F12)
    terminal.wait("Which step?")
    terminal.send(*moves, ENTER)
    terminal.wait_gone("Which step?")
    terminal.wait(name)


def seal(terminal: Terminal) -> None:
    """From the last step, after the question."""
    terminal.send(F2)
    terminal.wait("Seal this review?")
    terminal.send(DOWN, ENTER)
    terminal.wait("Phase reviews · Arne", "sealed")


def test_from_two_to_three_with_a_consent_missing_and_a_reason(desk: Desk) -> None:
    participant = enter(desk, 2, 40)
    kari = desk.log_in()
    kari.wait("Arne")
    kari.send("R")
    kari.wait("Phase reviews · Arne", "No phase review yet", "Now due, it seems: 2 → 3")
    kari.send("n")
    kari.wait("A review of which transition?", "proposed")
    kari.send(ENTER)
    kari.wait("1/15", "2 In prison, 100 days", "given: Correctional service, Nav", "never given: Lawyer")
    kari.send(F2)
    kari.wait("2/15", ROOM)
    write(kari, "Jobb hos onkelen", LIMITS)
    write(kari, "Gjeld til en bekjent", SPECIFIC)
    kari.send("Datteren")
    kari.send(PAGE_UP)
    kari.wait("3/15", "Gjeld til en bekjent", "KN wrote")
    to_step(kari, "13/15", END, "\x1b[A", "\x1b[A")
    kari.wait("Workload of Kari Nordmann", "0 → 1/4", "Mandatory consents are missing. Lawyer")
    to_step(kari, "15/15", END)
    kari.send(F2)
    kari.wait("13/15", "why the team goes on")
    kari.send(REASON)
    kari.wait(REASON)
    kari.send(F2)
    kari.wait("14/15", "▌Who took part")
    kari.send(TAB)
    kari.wait("▌1. What")
    kari.send("Ringe friomsorgen")
    kari.send(F2)
    kari.wait("15/15", REASON, "Ringe friomsorgen", "3 Before release")
    seal(kari)
    kari.send(ENTER)
    kari.wait("Phase review · Arne", "sealed", "What was known")
    kari.send("n")
    kari.wait("Note on the phase review · Arne")
    kari.send("Advokaten svarte", F2)
    kari.wait("The note is added.", "Advokaten svarte")
    kari.send("q")
    kari.wait("Phase reviews · Arne")
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)

    [review] = held(desk, participant)
    assert (review.line.decision, review.reason) == ("move", REASON)
    assert {prompt: answer.text for prompt, answer in review.answers.items()} == {
        "room": "Jobb hos onkelen", "limits": "Gjeld til en bekjent", "specific": "Datteren",
    }  # fmt: skip
    assert [task.text for task in review.tasks] == ["Ringe friomsorgen"]
    assert [note.text for note in review.notes] == ["Advokaten svarte"]
    assert lasting(desk, participant) == {3}


def test_a_sudden_release_owes_the_review_until_it_is_held(desk: Desk) -> None:
    participant = enter(desk, 3, 10)
    kari = desk.log_in()
    kari.wait("Arne")
    kari.send(ENTER)
    kari.wait("Timeline")
    kari.send("a")
    kari.wait("Phases · Arne")
    kari.send("n")
    kari.wait("Begin a phase", "▌Phase", "4 After release")
    kari.send(F2)
    kari.wait("Now: After release.", "A phase review is missing: R holds it.")
    assert [(one.line.state, one.line.transition) for one in held(desk, participant)] == [("owed", "3_4")]
    kari.send("q")
    kari.wait("Timeline", "A move without a review (3 → 4")
    kari.send(HOME, ENTER)
    kari.wait("Phase review · Arne", "short form", "Moved")
    kari.send(ESC)
    kari.wait("Timeline")
    leave_to_board(kari)
    kari.send("R")
    kari.wait("Phase reviews · Arne", "missing", f"moved {today():%d.%m.%Y}")
    kari.send(ENTER)
    kari.wait("short form", "▌", "What can be done now?")
    kari.send("Onkelen hentet")
    kari.wait("Onkelen hentet")
    kari.send(F12)
    kari.wait("1/12")
    kari.send(F2)
    kari.wait("2/12", ROOM, "Onkelen hentet")
    kari.send(F2)
    kari.wait("3/12", LIMITS)
    write(kari, "Ingen bolig", SPECIFIC)
    write(kari, "Medisin", "5/12")
    to_step(kari, "10/12", END, *["\x1b[A"] * 3)
    kari.wait("Decision", "Staying at")
    assert "From which day" not in kari.text
    kari.send(*[TAB] * 4)
    kari.wait("▌Reason")
    kari.send("Skjedde samme dag")
    to_step(kari, "12/12", END, "\x1b[A")
    kari.wait("the move itself was made already")
    seal(kari)
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)

    [review] = held(desk, participant)
    assert (review.line.state, review.line.moved) == ("sealed", today())
    assert lasting(desk, participant) == {4}


def test_two_colleagues_in_one_review_lose_nothing_and_see_each_other(desk: Desk, sits_down: SitsDown) -> None:
    participant = enter(desk, 2, 40)
    kari, ola = sits_down(KARI), sits_down(OLA)
    into_the_review(kari)
    ola.send("m")
    into_the_review(ola)
    kari.send(F2)
    kari.wait("2/15", ROOM)
    ola.send(F2)
    ola.wait("2/15", ROOM)
    write(kari, "Jobb hos onkelen", LIMITS)
    ola.wait("Jobb hos onkelen", "KN wrote")
    ola.send(F2)
    ola.wait("3/15", LIMITS)

    kari.send("Gjeld")
    kari.wait("Gjeld")
    write(ola, "Ingen bolig", SPECIFIC)
    kari.wait("OB wrote here too", "Gjeld")
    kari.send(F2)
    keep_mine(kari, "Ola Berg", "Gjeld", "Ingen bolig", said="Yours is saved.")
    kari.wait("Gjeld")
    write(ola, "Datteren", "5/15")
    kari.send(F2)
    kari.wait("4/15", "Datteren", "OB wrote")
    to_step(kari, "13/15", END, "\x1b[A", "\x1b[A")
    kari.send(LEFT, LEFT)
    kari.wait("Stay")
    kari.send(TAB, "+4w")
    to_step(kari, "15/15", END)
    seal(kari)
    ola.wait("Something came in between", "KN has sealed this review.")
    ola.settle()
    ola.send(ENTER)
    ola.wait_gone("Something came in between")
    ola.wait("Phase reviews · Arne", "sealed")
    leave_to_board(kari)
    leave(kari)
    leave_to_board(ola)
    leave(ola)

    [review] = held(desk, participant)
    assert {prompt: answer.text for prompt, answer in review.answers.items()} == {
        "room": "Jobb hos onkelen", "limits": "Gjeld", "specific": "Datteren",
    }  # fmt: skip
    assert (review.line.decision, review.line.next_review) == ("stay", today() + timedelta(weeks=4))


def into_the_review(terminal: Terminal) -> None:
    """From the board into the review that is proposed, begun by whoever comes first."""
    terminal.wait("▌Arne")
    terminal.send("R")
    terminal.wait("Phase reviews · Arne")
    terminal.send("n")
    terminal.wait("A review of which transition?")
    terminal.send(ENTER)
    terminal.wait("1/15")


def leave_to_board(terminal: Terminal) -> None:
    """From a screen over the board."""
    terminal.send("q")
    terminal.wait("Caseload board")
