"""A support team by keyboard alone, at 80x24: from its kick-off, with a member no consent covers, to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.consents import consents
from models.contacts import network, people
from models.participants import participants
from models.support_teams import reading as team_reading
from tests.journeys.terminal import DOWN, ENTER, F2, Desk, Terminal, leave, opened, today

pytestmark = pytest.mark.terminal


def followed(desk: Desk) -> int:
    """Arne, of kari's caseload, with a caseworker of Nav, to whom he has consented, and a GP."""
    store = opened(desk.vault)
    number = store.change_now(participants.add, {"given_name": "Arne"}, today() - timedelta(days=200), 2)
    for agency, role, name in (("nav", "nav_state", "Nina Nav"), ("health", "gp", "Liv Lege")):
        contact = store.change_now(people.add, {"name": name, "agency": agency, "role": role})
        store.change_now(network.involve, number, contact)
    given = today() - timedelta(days=30)
    store.change_now(consents.give, number, {"agency": "nav", "role": "nav_state", "given": given})
    store.close()
    return number


def kick_off(kari: Terminal) -> None:
    """The points of the kick-off, the participant's own words among them."""
    kari.send("n")
    kari.wait("New support team · Arne", "Nobody is named as the coordinator")
    kari.send(DOWN, DOWN, DOWN)
    kari.wait("▌Coordinator")
    kari.send("Nina Nav", DOWN)
    kari.wait("▌Participant in on it")
    kari.send("y", DOWN)
    kari.wait("▌In their own words")
    kari.send("Vil bo for meg selv", F2)
    kari.wait("Saved.", "running", "Nobody for our own team.")


def member(kari: Terminal, agency: str, name: str, role: str, *, covered: bool) -> None:
    """Somebody of an agency is taken in, and whether a consent covers them is said before it is saved."""
    kari.send("a")
    kari.wait("Member of the support team · Arne", "▌Agency")
    kari.send(agency)
    kari.wait(agency)
    kari.send(DOWN)
    kari.wait("▌Name")
    kari.send(name, DOWN)
    kari.wait("▌Role")
    kari.send(role)
    if covered:
        kari.until(lambda: "No consent covers" not in kari.text, "the consent to cover")
    else:
        kari.wait("No consent covers sharing with them: Consent was never given.")
    kari.send(F2)
    kari.wait("Saved.", name)


def test_from_kick_off_to_the_end(desk: Desk) -> None:
    number = followed(desk)
    kari = desk.log_in()
    kari.wait("▌Arne")
    kari.send(ENTER)
    kari.wait("Timeline", "EX-001")
    kari.send("M")
    kari.wait("Support team · Arne", "No support team yet.")
    kick_off(kari)
    member(kari, "Nav", "Nina Nav", "State caseworker", covered=True)
    member(kari, "Health", "Liv Lege", "GP", covered=False)
    kari.wait("No consent: Liv Lege.")
    kari.send("t")
    kari.wait("▌What")
    kari.send("Søke kommunal bolig", F2)
    kari.wait("Saved.", "Søke kommunal bolig")
    kari.send("w")
    kari.wait("Keep an eye on · Arne", "▌Day")
    kari.send(DOWN, "n", F2)
    kari.wait("Saved.", "Tasks are fragmented")
    kari.send("v")
    kari.wait("No evaluation yet.")
    kari.send("q")
    kari.wait("Support team · Arne")
    kari.send("d")
    kari.wait("End of the support team · Arne", "The conclusion is missing.")
    kari.send(DOWN)
    kari.wait("▌Conclusion")
    kari.send("Fikk bolig", F2)
    kari.wait("Saved.", "ended", "Fikk bolig")
    kari.send("q")
    kari.wait("Timeline", "Support team ended")
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)
    store = opened(desk.vault)
    _person, file = store.ask_now(team_reading.overview, number, None)
    store.close()
    assert file is not None
    assert (file.team.coordinator, file.team.conclusion, file.team.ended) == ("Nina Nav", "Fikk bolig", today())
    assert [one.name for one in file.uncovered(today())] == ["Liv Lege"]
    assert [task.text for task in file.tasks] == ["Søke kommunal bolig"]
