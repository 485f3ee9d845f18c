"""A team around one participant: checklists, consents, people, agreements and paper, by keyboard alone, at 80x24."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest
from terminal import DOWN, ENTER, EXIN, F2, KARI, OLA, PAGE_DOWN, Desk, Terminal, leave, opened

from models import clock, participants

pytestmark = pytest.mark.terminal

TODAY = f"{clock.oslo().today():%d.%m.%Y}"


def add(desk: Desk, name: str = "Arne") -> None:
    """One candidate of kari's."""
    store = opened(desk.vault)
    store.change_now(participants.add, {"given_name": name})
    store.close()


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


def go_to(terminal: Terminal, name: str, presses: int) -> None:
    """Move the mark down until what stands below the list is about `name`."""
    terminal.send(*[DOWN] * presses)
    terminal.until(lambda: re.search(rf"^ {re.escape(name)}( |$)", terminal.text, re.M) is not None, f"{name} below")


def test_two_people_work_through_the_checklists(desk: Desk) -> None:
    """Enrolment opens the start checklist and a granted parole that of release, where the second person verifies."""
    kari = desk.log_in()
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

    kari.send("c")
    kari.wait("Checklists", "Start checklist", "opened " + TODAY)
    assert "Release checklist" not in kari.text or "not opened" in kari.text
    kari.send(ENTER)
    kari.wait("Full-term date")
    go_to(kari, "Application or plans for transfer", 3)
    kari.send(ENTER)
    kari.wait("Enter Done")
    kari.send("Halden til Ila", ENTER)
    kari.wait("[x] Application", "done " + TODAY)
    kari.send("n")
    kari.wait("Note · Application")
    kari.send("Svar i mars", ENTER)
    kari.wait("Svar i mars", "done")
    kari.send("q")
    kari.wait("Checklists · Arne")
    kari.send("q")
    kari.wait("Timeline")

    kari.send("e")
    kari.wait("▌Given name")
    kari.send(PAGE_DOWN, PAGE_DOWN, PAGE_DOWN)
    kari.wait("▌Parole applied for")
    kari.send(DOWN)
    kari.wait("▌Parole decision")
    kari.send("g", DOWN)
    kari.wait("Granted", "▌Parole decided")
    kari.send("today", F2)
    kari.wait("Saved.")
    kari.send("c")
    kari.wait("Checklists · Arne", "0 of 19")
    kari.send(DOWN, ENTER)
    kari.wait("Release checklist · Arne", "Release terms")
    go_to(kari, "Bank account and ID in order", 3)
    kari.send(" ")
    kari.wait("not verified")
    kari.send("v")
    kari.wait("Who confirmed it?")
    kari.send(ENTER)
    kari.wait("you ticked this yourself")
    assert "✓KN" not in kari.text

    ola = desk.log_in(OLA)
    ola.send("m")
    ola.wait("Arne")
    ola.send("\x1b[H" + ENTER)
    ola.wait("Timeline")
    ola.send("c")
    ola.wait("Release checklist", "1 not verified")
    ola.send(DOWN, ENTER)
    ola.wait("Release checklist · Arne")
    go_to(ola, "Bank account and ID in order", 3)
    ola.send("v")
    ola.wait("Who confirmed it?")
    ola.send(ENTER)
    ola.wait("KN ✓OB", "by OB: The participant")
    for each in (kari, ola):
        each.send("q")
        each.wait("Checklists · Arne")
        each.close()

    exported = export(desk)
    transfer = items(exported, "start")["transfer"]
    assert (transfer["state"], transfer["value"], transfer["note"]) == ("done", "Halden til Ila", "Svar i mars")
    bank = items(exported, "release")["bank_and_id"]
    assert (bank["done_by"], bank["verified_by"], bank["verified_source"]) == ("kari", "ola", "participant")


def test_consents_decide_what_may_be_shared(desk: Desk) -> None:
    """The three of the intake, one of them withdrawn, and what is said when it is shared with that one all the same."""
    add(desk)
    kari = desk.log_in()
    kari.wait("▌Arne")
    kari.send(ENTER)
    kari.wait("Timeline")
    kari.send("o")
    kari.wait("Nobody yet")
    kari.send("n")
    kari.wait("Whom to link to Arne?")
    kari.send(F2)
    kari.wait("New contact person", "▌Name")
    kari.send("Nina Nav", DOWN)
    kari.wait("▌Agency")
    kari.send("n")
    kari.wait("NAV")
    kari.send(F2)
    kari.wait("People around · Arne", "Nina Nav, NAV", "▌Role")
    kari.send(F2)
    kari.wait("Saved.", "Nina Nav", "never given")
    kari.send("q")
    kari.wait("Timeline")

    kari.send("s")
    kari.wait("Consents · Arne", "Mandatory at intake", "lacks 3")
    give(kari, "c")
    kari.wait("lacks 2")
    give(kari, "n")
    kari.wait("lacks 1")
    give(kari, "l", "Ada Lie")
    kari.wait("Mandatory at intake", "✓ Lawyer", "all there")

    kari.send("\x1b[H")
    kari.wait("yes, until")
    kari.send("w")
    kari.wait("Withdraw consent", "▌")
    kari.send(DOWN)
    kari.send("Perm 3", F2)
    kari.wait("Saved.", "no: withdrawn " + TODAY)

    kari.send("d")
    kari.wait("What was shared · Arne", "NOT covered", "No consent covers this.")
    down_to(kari, "What")
    kari.send("Dato for permisjon", F2)
    kari.wait("▌Ground", "Say the", "Not saved")
    kari.send("Danger to life or health", F2)
    kari.wait("1 shared without consent")
    kari.close()

    exported = export(desk)
    found = {each["agency"]: each for each in exported["consents"]}
    assert set(found) == {"prison", "nav", "lawyer"}
    assert found["lawyer"]["person"] == "Ada Lie"
    assert [name for name, each in found.items() if each["withdrawn"]] == ["prison"]
    assert found["prison"]["withdrawal_kept"] == "Perm 3"
    [shared] = exported["disclosures"]
    assert (shared["agency"], shared["what"], shared["flagged"]) == ("prison", "Dato for permisjon", True)
    assert (shared["consent"], shared["ground"]) == (None, "Danger to life or health")
    [person] = exported["people"]
    assert (person["contact"]["name"], person["agency"]) == ("Nina Nav", "nav")


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


def down_to(terminal: Terminal, label: str) -> None:
    """Go down the form to the field that is called so."""
    for _press in range(12):
        if re.search(rf"▌{label}\b", terminal.text):
            return
        terminal.send(DOWN)
        terminal.settle(0.15)
    raise AssertionError(f"no field {label}\n{terminal.text}")


def test_an_agreement_and_a_paper(desk: Desk) -> None:
    """An appointment stands in the participant's agenda and in one's own; a sheet becomes a PDF where one says."""
    add(desk)
    kari = desk.log_in()
    kari.wait("▌Arne")
    kari.send(ENTER)
    kari.wait("Timeline")
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

    kari.send("z")
    kari.wait("A file is not sealed", "filled in · Arne")
    kari.send("s")
    kari.wait("Write to which file?", "EX-001.pdf")
    kari.send(ENTER)
    kari.wait("Written, ")
    [paper] = desk.home.glob("*.pdf")
    assert paper.read_bytes().startswith(b"%PDF-")
    kari.send("q")
    kari.wait("Timeline")
    kari.send("q")
    kari.wait("▌Arne")
    kari.send("a")
    kari.wait("Agenda · Kari Nordmann", "NAV meeting", "Arne")
    kari.send("q")
    kari.wait("▌Arne")
    leave(kari)

    [appointment] = export(desk)["appointments"]
    assert (appointment["title"], appointment["worker"], appointment["state"]) == ("NAV meeting", "kari", "planned")
