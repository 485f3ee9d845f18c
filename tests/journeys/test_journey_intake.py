"""A candidate's way in by the keyboard alone, at 80x24: referred, judged, four talks, enrolled; and one turned down."""

from __future__ import annotations

from functools import partial

import pytest

from models import timeline
from models.intake import reading as intake_reading
from models.participants import participants
from tests.journeys.terminal import DOWN, ENTER, F2, LEFT, TAB, Desk, Terminal, leave, opened, today
from tests.models.case_sample import by_code

pytestmark = pytest.mark.terminal


def test_from_a_referral_to_enrolled(desk: Desk) -> None:
    """What was pressed stands in the vault at the end."""
    kari = desk.log_in()
    refer(kari)
    judge(kari)
    hold_the_four_talks(kari)
    enrol_with_a_reason(kari)
    look_at_the_timeline(kari)
    leave(kari)

    store = opened(desk.vault)
    try:
        arne = by_code(store, "EX-001")
        file = store.ask_now(intake_reading.file_of, arne)
        kinds = [one.kind for one in store.ask_now(timeline.page, timeline.TimelineQuery(arne), 0, 40)]
        lasting = store.ask_now(participants.open_periods, arne)
    finally:
        store.close()
    assert (file.referred_by, file.referral_note) == ("Halden, TK", "Vil bort fra miljoet")
    assert [line.judgement for line in file.criteria] == ["met", "met", "not_met", "met"]
    assert file.criteria[2].note == "Snakket med DPS"
    assert [line.held for line in file.talks] == [today()] * 4
    assert [len(line.covered) for line in file.talks] == [3, 1, 0, 0]
    assert set(file.said) == {"parole", "job_housing", "benefits"}
    assert (file.ours, file.theirs, file.outcome, file.phase) == ("yes", "yes", "enrolled", 2)
    assert file.reason == "Loslates snart"
    assert kinds.count("intake_talk") == 4
    assert {"intake_referred", "enrolled"} <= set(kinds)
    # The decision is the review of the move it makes.
    assert "review_owed" not in kinds
    assert lasting == [2]


def refer(kari: Terminal) -> None:
    """The short form, from the list of everybody in intake."""
    kari.wait("Nobody here")
    kari.send("I")
    kari.wait("In intake", "Nobody is in intake.")
    kari.send("n")
    kari.wait("A candidate who is referred", "▌Given name")
    kari.send("Arne", TAB, "Prove", F2)
    kari.wait("▌Referred by", "say who refers the candidate")
    kari.send("Halden, TK", TAB, "Vil bort fra miljoet", F2)
    kari.wait("In intake", "▌Arne Prove", "0 days", "0/4", "Saved.")
    kari.send(ENTER)
    kari.wait("Intake · Arne Prove", "Referred by Halden, TK", "not made")


def judge(kari: Terminal) -> None:
    """One key a criterion, twice for what is not met, and a note."""
    kari.wait("Neither full-term nor release date is known.")
    for row in range(4):
        kari.send(" ")
        met = row + 1
        kari.until(partial(judged, kari, met), f"{met} judged")
        kari.send(DOWN)
        kari.settle(0.1)
    kari.send("\x1b[H", DOWN, DOWN)
    kari.settle(0.1)
    kari.send(" ")
    kari.wait("not met")
    kari.send("n")
    kari.wait("Note · No serious unaddressed mental")
    kari.send("Snakket med DPS", ENTER)
    kari.wait("Intake · Arne Prove", "Snakket med DPS")


def judged(kari: Terminal, met: int) -> bool:
    """Whether so many criteria are met."""
    return kari.text.count("met          ") >= met


def hold_the_four_talks(kari: Terminal) -> None:
    """In order; the first with all that is covered and said."""
    kari.send("t")
    kari.wait("Talk · Arne Prove", "▌Held", "never a condition for parole")
    kari.send(TAB, TAB)
    kari.wait("▌Covered")
    kari.send(" ", DOWN, " ", DOWN, " ", DOWN)
    kari.wait("▌Was said")
    kari.send(" ", DOWN, " ", DOWN, " ", F2)
    kari.wait("Intake · Arne Prove", "3 of 3 covered", f"said {today():%d.%m}")
    kari.send("t")
    kari.wait("▌Held", "Will to change")
    kari.send(TAB, TAB, " ", TAB, "Vil bli tomrer", F2)
    kari.wait("Intake · Arne Prove", "1 of 7 covered")
    for told, covered in (
        ("Both introduced themselves", "0 of 4 covered"),
        ("Both have had their say", "0 of 2 covered"),
    ):
        kari.send("t")
        kari.wait("▌Held", told)
        kari.send(F2)
        kari.wait("Intake · Arne Prove", covered)
    kari.send("t")
    kari.wait("Every talk is held")


def enrol_with_a_reason(kari: Terminal) -> None:
    """What is missing is named, and asks for a reason."""
    kari.send("d")
    kari.wait("Decision of the intake · Arne Prove", "Criteria not met", "Consents missing")
    kari.send("y", DOWN, "y")
    kari.wait("enrolled", "2 In prison")
    kari.send(F2)
    kari.wait("▌Reason", "say why you go on all the same")
    kari.send("Loslates snart", F2)
    kari.wait("Enrolled. Now: In prison. This decision is the phase review.", "enrolled: 2 In prison")
    kari.send("t")
    kari.wait("is decided and stays as it is")


def look_at_the_timeline(kari: Terminal) -> None:
    """Out of the intake, and into the participant from the board."""
    kari.send("q")
    kari.wait("In intake", "Nobody is in intake.")
    kari.send("q")
    kari.wait("Arne Prove")
    kari.send(ENTER)
    kari.wait("Timeline", "2 In prison", "Clarifying talk", "Enrolled in EX/IN")
    kari.send("i")
    kari.wait("Intake · Arne Prove", "enrolled: 2 In prison")
    kari.send("q")
    kari.wait("Timeline")
    kari.send("q")
    kari.wait("Caseload")


def test_a_no_ends_in_the_phase_out(desk: Desk) -> None:
    """Entered as a candidate on the board; the candidate wants something else."""
    kari = desk.log_in()
    kari.wait("Nobody here")
    kari.send("n")
    kari.wait("▌Given name")
    kari.send("Bo", F2)
    kari.wait("Saved.", "Bo")
    kari.send(ENTER)
    kari.wait("Timeline", "EX-001")
    kari.send("i")
    kari.wait("Intake · Bo", "next")
    kari.send("d")
    kari.wait("Decision of the intake · Bo", "▌We say")
    kari.send("y", DOWN, LEFT)
    kari.wait("no basis")
    kari.send(F2)
    kari.wait("▌Reason", "say why there is no basis")
    kari.send("Vil bare ha NAV-tjenester", F2)
    kari.wait("The intake has ended; the phase-out begins.")
    kari.send("q")
    kari.wait("Timeline", "6 Phase-out", "Intake ended, no basis: Vil bare ha NAV-tjenester")
    kari.send("q")
    leave(kari)
