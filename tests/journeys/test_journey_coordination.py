"""A team around one participant: checklists, consents, people, agreements and paper, by keyboard alone, at 80x24."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import timedelta
from typing import Any, Final

import pytest

from tests.journeys.terminal import DOWN, ENTER, EXIN, F2, KARI, OLA, Desk, Terminal, down_to, leave, today

pytestmark = pytest.mark.terminal

HOME: Final = "\x1b[H"
# What is written in the start checklist: the dates are the participant's own facts.
DATES: Final = {"full_term_date": 500, "parole_applied": 0, "two_thirds_date": 300}
TEXTS: Final = {
    "transfer": "Halden til Ila", "sentence_terms": "Ingen", "leave_terms": "Bare med følge", "occupation": "Verksted",
}  # fmt: skip
PEOPLE: Final = {
    "contact_officer": ("prison", "Ole Moe"),
    "reintegration_coordinator": ("prison", "Tone Krag"),
    "prison_social_worker": ("prison", "Siv Sand"),
    "nav_prison_adviser": ("nav", "Nina Nav"),
    "tog_contact": ("prison", "Tor Gran"),
    "prison_substance_adviser": ("prison", "Rune Rud"),
    "lawyer": ("lawyer", "Ada Lie"),
    "gp": ("health", "Liv Lege"),
    "mother": ("family", "Mor Sæthre"),
}


def test_everything_in_place_from_the_first_day_to_the_paper(desk: Desk) -> None:
    """One story on one vault; what two people did stands in the export at the end."""
    kari = desk.log_in()
    enrol(kari)
    fill_the_start_checklist(kari)
    give_the_mandatory_consents(kari)
    see_who_is_around(kari)
    set_a_parole_date(kari)
    tick_what_another_is_to_verify(kari)
    verify(desk.log_in(OLA))
    withdraw_and_share_all_the_same(kari)
    agree_on_a_meeting(kari)
    paper = print_a_sheet(kari, desk)
    see_the_meeting_among_ones_own(kari)
    leave(kari)

    assert paper.startswith(b"%PDF-")
    hold_everything(export(desk))


# ---------------------------------------------------------------------- the chapters


def enrol(kari: Terminal) -> None:
    """A new participant, whose enrolment opens the start checklist."""
    kari.wait("Nobody here")
    kari.send("n")
    kari.wait("▌Given name")
    kari.send("Arne", F2)
    kari.wait("Saved.", "Arne")
    kari.send(ENTER)
    kari.wait("Timeline", "EX-001")
    kari.send("a")
    kari.wait("Phases")
    kari.send("n")
    kari.wait("Begin a phase", "▌Phase", "2 In prison")
    kari.send(F2)
    kari.wait("Phases · Arne", "Now: In prison.")
    kari.send("q")
    kari.wait("Timeline", "2 In prison")


def fill_the_start_checklist(kari: Terminal) -> None:
    """Every item: dates and texts are written in place, contact items by linking a person with the item's role."""
    kari.send("c")
    kari.wait("Checklists", "Start checklist", f"opened {today():%d.%m.%Y}")
    assert "Release checklist" not in kari.text or "not opened" in kari.text
    kari.send(ENTER)
    kari.wait("Full-term date", "0 of 16")
    done = 0
    for text in (*(f"{today() + timedelta(days=days):%d.%m.%Y}" for days in DATES.values()), *TEXTS.values()):
        kari.send(ENTER)
        kari.wait("Enter Done")
        kari.send(text, ENTER)
        done = one_more(kari, done)
    for _agency, name in PEOPLE.values():
        kari.send(ENTER)
        kari.wait("whom to link to Arne?")
        kari.send(F2)
        kari.wait("New contact person", "▌Name")
        kari.send(name, F2)
        kari.wait("People around · Arne", f"{name}, ", "▌Role")
        kari.send(F2)
        kari.wait("Saved.")
        done = one_more(kari, done)
    assert done == 16
    kari.send(HOME, DOWN, DOWN, DOWN)
    kari.until(lambda: re.search(r"^ Application or plans", kari.text, re.M) is not None, "the item below")
    kari.send("n")
    kari.wait("Note · Application")
    kari.send("Svar i mars", ENTER)
    kari.wait("Svar i mars", "done")
    back_to_the_timeline(kari)


def one_more(kari: Terminal, done: int) -> int:
    """One item more is done; on to the next."""
    kari.wait(f"{done + 1} of 16")
    kari.send(DOWN)
    kari.settle(0.1)
    return done + 1


def give_the_mandatory_consents(kari: Terminal) -> None:
    """The three of the intake."""
    kari.send("s")
    kari.wait("Consents · Arne", "Mandatory at intake", "lacks 3")
    give(kari, "c")
    kari.wait("lacks 2")
    give(kari, "n")
    kari.wait("lacks 1")
    give(kari, "l", "Ada Lie")
    kari.wait("Mandatory at intake", "✓ Lawyer", "all there")
    kari.send("q")
    kari.wait("Timeline")


def give(terminal: Terminal, agency: str, person: str = "") -> None:
    """A consent for the agency with this letter, to its first role."""
    terminal.send("n")
    terminal.wait("New consent", "▌Agency")
    terminal.send(agency)
    if person:
        terminal.wait("names a person")
        terminal.send(DOWN, DOWN)
        terminal.wait("▌Person")
        terminal.send(person)
    terminal.send(F2)
    terminal.wait("Saved.")


def see_who_is_around(kari: Terminal) -> None:
    """The people of the checklist are the people around, with the consent beside each, and nobody is missing."""
    kari.send("o")
    kari.wait("People around · Arne  9", "Nobody is missing", "Tone Krag", "may be shared: until")
    kari.send("q")
    kari.wait("Timeline")


def set_a_parole_date(kari: Terminal) -> None:
    """The release checklist opens with it: what is known stands in it already."""
    kari.send("e")
    kari.wait("▌Given name")
    down_to(kari, "Release date")
    kari.send(f"{today() + timedelta(days=300):%d.%m.%Y}")
    down_to(kari, "Kind of release")
    kari.send("p")
    kari.wait("Parole")
    kari.send(F2)
    kari.wait("Saved.")
    kari.send("c")
    kari.wait("Checklists · Arne", "16 of 16", "3 of 19")


def tick_what_another_is_to_verify(kari: Terminal) -> None:
    """Who ticked is refused, in a sentence that is whole at 80 columns."""
    kari.send(DOWN, ENTER)
    kari.wait("Release checklist · Arne", "Release terms", "missing: Probation")
    to_the_bank(kari)
    kari.send(" ")
    kari.wait("[x] Bank account", "not verified")
    kari.send("v")
    kari.wait("You ticked this yourself; somebody else has to verify it")
    assert "✓KN" not in kari.text
    back_to_the_timeline(kari)


def to_the_bank(terminal: Terminal) -> None:
    """Move the mark down to the item about the bank account."""
    terminal.send(DOWN, DOWN, DOWN)
    terminal.until(lambda: re.search(r"^ Bank account", terminal.text, re.M) is not None, "the item below")


def verify(ola: Terminal) -> None:
    """The second person."""
    ola.send("m")
    ola.wait("Arne")
    ola.send(HOME + ENTER)
    ola.wait("Timeline")
    ola.send("c")
    ola.wait("Release checklist", "4 not verified")
    ola.send(DOWN, ENTER)
    ola.wait("Release checklist · Arne")
    to_the_bank(ola)
    ola.send("v")
    ola.wait("Who confirmed it?")
    ola.send(ENTER)
    ola.wait("KN ✓OB", "by OB: The participant")
    back_to_the_timeline(ola)
    ola.close()


def withdraw_and_share_all_the_same(kari: Terminal) -> None:
    """The warning is seen where something is to be shared, and without a ground nothing is saved."""
    kari.send("s")
    kari.wait("Consents · Arne", "all there")
    kari.send(HOME)
    kari.wait("yes, until")
    kari.send("w")
    kari.wait("Withdraw consent", "▌")
    kari.send(DOWN)
    kari.send("Perm 3", F2)
    kari.wait("Saved.", f"no: withdrawn {today():%d.%m.%Y}")
    kari.send("d")
    kari.wait("What was shared · Arne", "NOT covered", "No consent covers this.")
    down_to(kari, "What")
    kari.send("Dato for permisjon", F2)
    kari.wait("▌Ground", "Say the", "Not saved")
    kari.send("p", "p")
    kari.wait("Penal Code § 287")
    kari.send(F2)
    kari.wait("1 shared without consent")
    kari.send("q")
    kari.wait("Timeline")


def agree_on_a_meeting(kari: Terminal) -> None:
    """In the participant's own agenda."""
    kari.send("v")
    kari.wait("Agenda · Arne")
    kari.send("n")
    kari.wait("New appointment · Arne")
    kari.send("NAV meeting", DOWN)
    kari.wait("NAV meeting")
    kari.send(F2)
    kari.wait("Agenda · Arne", "NAV meeting", "10:00")
    kari.send("q")
    kari.wait("Timeline")


def print_a_sheet(kari: Terminal, desk: Desk) -> bytes:
    """Written where one says, after the warning."""
    kari.send("z")
    kari.wait("A file is not encrypted", "filled in · Arne")
    kari.send("s")
    kari.wait("Write to which file?", "EX-001.pdf")
    kari.send(ENTER)
    kari.wait("Written, ")
    [paper] = desk.home.glob("*.pdf")
    kari.send("q")
    kari.wait("Timeline")
    return paper.read_bytes()


def see_the_meeting_among_ones_own(kari: Terminal) -> None:
    """In the agenda of the worker, with the name."""
    kari.send("q")
    kari.wait("▌Arne")
    kari.send("a")
    kari.wait("Agenda · Kari Nordmann", "NAV meeting", "Arne")
    kari.send("q")
    kari.wait("▌Arne")


def back_to_the_timeline(terminal: Terminal) -> None:
    """From a checklist."""
    terminal.send("q")
    terminal.wait("Checklists · Arne")
    terminal.send("q")
    terminal.wait("Timeline")


# ---------------------------------------------------------------------- what is there at the end


def export(desk: Desk) -> dict[str, Any]:
    """The only participant, as a clean pipe brings them."""
    secret = desk.folder / "secret"
    secret.write_text(KARI[3] + "\n")
    secret.chmod(0o600)
    # Named, since the program remembers whoever logged in last at this desk.
    who = ("--vault", str(desk.vault), "--user", KARI[0], "--passphrase-file", str(secret))
    done = subprocess.run(
        [*EXIN, "export", *who, "--format", "json"],
        env=desk.environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)["participants"]
    return dict(found)


def items(exported: dict[str, Any], template: str) -> dict[str, dict[str, Any]]:
    """The items of one exported checklist."""
    [found] = [each for each in exported["checklists"] if each["template"] == template]
    return {each["item"]: each for each in found["items"]}


def hold_everything(exported: dict[str, Any]) -> None:
    """Every fact of the story is in the export."""
    start = items(exported, "start")
    assert {item["state"] for item in start.values()} == {"done"}
    assert {name: start[name]["value"] for name in TEXTS} == TEXTS
    assert start["transfer"]["note"] == "Svar i mars"
    days = {name: (today() + timedelta(days=days)).isoformat() for name, days in DATES.items()}
    days["release_date"] = (today() + timedelta(days=300)).isoformat()
    assert {name: exported[name] for name in days} == days
    assert (exported["release_kind"], [phase["id"] for phase in exported["phases"]]) == (
        "parole",
        ["intake", "in_prison"],
    )

    people = {each["role"]: (each["agency"], each["contact"]["name"]) for each in exported["people"]}
    assert people == PEOPLE

    bank = items(exported, "release")["bank_and_id"]
    assert (bank["done_by"], bank["verified_by"], bank["verified_source"]) == ("kari", "ola", "participant")

    consents = {each["agency"]: each for each in exported["consents"]}
    assert set(consents) == {"prison", "nav", "lawyer"}
    assert consents["lawyer"]["person"] == "Ada Lie"
    assert [name for name, each in consents.items() if each["withdrawn"]] == ["prison"]
    assert consents["prison"]["withdrawal_kept"] == "Perm 3"

    [shared] = exported["disclosures"]
    assert (shared["agency"], shared["what"], shared["flagged"]) == ("prison", "Dato for permisjon", True)
    assert (shared["consent"], shared["ground"]) == (None, "strl_287")

    [appointment] = exported["appointments"]
    assert (appointment["title"], appointment["worker"], appointment["state"]) == ("NAV meeting", "kari", "planned")
