"""A team's week at 80x24 by keyboard alone, and at its end exactly what was meant in the export, no more and no less.

Three people on one vault that the program itself has made. What is meant stands in `week_account.py`, written down
without the program's help.
"""

from __future__ import annotations

import difflib
import json
import re
import signal
import subprocess
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from tests.journeys import week_account
from tests.journeys.terminal import (
    DOWN,
    ENTER,
    ESC,
    EXIN,
    F2,
    KARI,
    OLA,
    TAB,
    UP,
    Desk,
    Terminal,
    down_to,
    keep_mine,
    leave,
    today,
    wait_past_midnight,
)

pytestmark = [pytest.mark.terminal, pytest.mark.slow]

SIV: Final = ("siv", "Siv Dahl", "caseworker", "tolv røde sykler i regn")
F8: Final = "\x1b[19~"
NAMES: Final = ("Arne", "Berit", "Cato")


def test_a_week_by_keyboard_leaves_exactly_what_was_meant(bare_desk: Desk) -> None:
    wait_past_midnight(300)
    desk = bare_desk
    make_the_vault(desk)
    kari, ola, siv = desk.log_in(KARI), desk.log_in(OLA), desk.log_in(SIV)
    hide_names(siv)
    enter_three(kari)
    see_no_name(siv, "EX-003")
    record_a_visit_with_two(kari)
    put_a_call_right(kari)
    undo_and_redo(kari)
    give_up_an_undone_note(ola)
    see_no_name(siv, "EX-002")
    agree_on_what_repeats(kari)
    hand_over(kari)
    take_over(ola)
    note_a_sheet(kari)
    tick(kari)
    verify(ola)
    stand_up(kari)
    see_no_name(siv, "EX-001")
    kari = go_on_after_a_dropped_line(desk, kari)
    write_the_same_field(kari, ola)
    see_no_name(siv, "EX-001")
    for terminal in (kari, ola, siv):
        leave(terminal)
    assert "0 findings" in examined(desk)
    found = export(desk)
    meant = week_account.of_everything()
    assert found.keys() == meant.keys() | week_account.HEADING
    for section in meant:
        told = differences(known(plain(found[section]), meant[section]), meant[section])
        assert not told, told


# ---------------------------------------------------------------------- the vault


def make_the_vault(desk: Desk) -> None:
    """`exin init`, then `exin user add` twice, answered as a person would."""
    terminal = desk.run("init", "--vault", str(desk.vault), "--user", KARI[0], "--name", KARI[1])
    answer(terminal, (KARI[0] + ":", KARI[3]), ("once more:", KARI[3]), ("Press Enter when it is written down", ""))
    answer(terminal, ("Note this folder", "n"))
    assert terminal.ended() == 0, terminal.text
    for one in (OLA, SIV):
        words = ("user", "add", one[0], "--name", one[1], "--role", one[2], "--vault", str(desk.vault))
        terminal = desk.run(*words)
        answer(terminal, (f"for {KARI[0]}", KARI[3]), (f"for {one[0]}:", one[3]), ("once more:", one[3]))
        assert terminal.ended() == 0, terminal.text


def answer(terminal: Terminal, *answers: tuple[str, str]) -> None:
    """Each question, with what is answered."""
    for question, text in answers:
        terminal.wait(question)
        terminal.send(text + ENTER)


# ---------------------------------------------------------------------- getting about


def go(terminal: Terminal, name: str) -> None:
    """On the board, put the mark on somebody; with so few, all are in sight."""
    terminal.wait("Caseload board", name)
    terminal.settle()
    rows = [line for line in terminal.text.split("\n") if re.match(rf".{{0,6}}({'|'.join(NAMES)})\b", line)]
    marked = next(number for number, line in enumerate(rows) if line.startswith("▌"))
    steps = next(number for number, line in enumerate(rows) if name in line) - marked
    terminal.send(*[DOWN if steps > 0 else UP] * abs(steps))
    terminal.until(lambda: re.search(rf"^▌.*{name}", terminal.text, re.MULTILINE) is not None, f"the mark on {name}")


def show(terminal: Terminal, name: str) -> None:
    """From the board, open somebody."""
    go(terminal, name)
    terminal.send(ENTER)
    terminal.wait("Timeline", name)


def back_to_the_board(terminal: Terminal) -> None:
    """From a participant."""
    terminal.send("q")
    terminal.wait("Caseload board")


def hide_names(siv: Terminal) -> None:
    """Siv has the team's board before her, with codes."""
    siv.send("m")
    siv.wait("the whole team")
    siv.send("p")
    siv.wait("names hidden")


def see_no_name(siv: Terminal, *codes: str) -> None:
    """What colleagues do reaches her board, and none of it is a name."""
    siv.wait(*codes)
    siv.send(DOWN)
    siv.settle(0.2)
    assert not [name for name in NAMES if name in siv.text], siv.text
    assert "names hidden" in siv.text


# ---------------------------------------------------------------------- the chapters


def enter_three(kari: Terminal) -> None:
    """Three candidates, of whom one is in prison and near release, so that the checklists open."""
    for given, family in (("Arne", "Lie"), ("Berit", "Aas"), ("Cato", "Berg")):
        kari.send("n")
        kari.wait("▌Given name")
        kari.send(given, TAB, family, F2)
        kari.wait("Saved.", f"▌{given} {family}")
    show(kari, "Arne")
    kari.send("a")
    kari.wait("Phases · Arne")
    kari.send("n")
    kari.wait("Begin a phase", "▌Phase", "2 In prison")
    kari.send(F2)
    kari.wait("Phases · Arne", "Now: In prison.")
    kari.send("q")
    kari.wait("Timeline", "2 In prison")
    kari.send("e")
    kari.wait("▌Given name")
    down_to(kari, "Phone")
    kari.send("41234567")
    down_to(kari, "Release date")
    kari.send("+20d", F2)
    kari.wait("Saved.", "412 34 567")
    back_to_the_board(kari)


def record_a_visit_with_two(kari: Terminal) -> None:
    """Written once, on both timelines."""
    for name in ("Arne", "Berit"):
        go(kari, name)
        kari.send(" ")
    kari.wait("2 marked")
    kari.send("r")
    kari.wait("Mapping visit")
    kari.send("k")
    kari.wait("Record with 2 participants", "▌Text")
    kari.send("Felles middag på avdelingen.")
    kari.wait("Felles middag på avdelingen.")
    kari.send(F2)
    kari.wait("Recorded with 2 participants.")


def put_a_call_right(kari: Terminal) -> None:
    """Written about Arne, and it was Berit."""
    go(kari, "Arne")
    call(kari, "Ringte om bolig.")
    show(kari, "Arne")
    kari.wait("Ringte om bolig.")
    kari.send("W")
    kari.wait("Was this about somebody else?")
    kari.send("m")
    kari.wait("Whom was it about?", "Berit Aas")
    kari.send("berit")
    kari.wait_gone("Cato Berg")
    kari.send(ENTER)
    kari.wait("Why is it moved to Berit Aas?")
    kari.send("Feil person.", ENTER)
    kari.wait("Moved to Berit Aas.")
    back_to_the_board(kari)


def call(terminal: Terminal, text: str) -> None:
    """A phone call, from the board."""
    terminal.send("r")
    terminal.wait("Phone call")
    terminal.send("t")
    terminal.wait("▌Text")
    terminal.send(text)
    terminal.wait(text)
    terminal.send(F2)
    terminal.wait("Saved.")


def undo_and_redo(kari: Terminal) -> None:
    """Taken back by mistake, and done again."""
    go(kari, "Cato")
    call(kari, "Vil møtes på fredag.")
    kari.send("u")
    kari.wait("Undone: ")
    kari.send("Y")
    kari.wait("Done again: ")


def give_up_an_undone_note(ola: Terminal) -> None:
    """Taken back on purpose: what was written is thrown away too."""
    ola.send("m")
    go(ola, "Berit")
    call(ola, "Skrevet i feil sak.")
    ola.send("u")
    ola.wait("Undone: ", "unfinished form again")
    ola.send("D")
    ola.wait("Skrevet i feil")
    ola.send("d")
    ola.settle(0.2)
    ola.send(F2)
    ola.wait("Every form is finished.")
    ola.send("q")
    ola.wait("Caseload board")


def agree_on_what_repeats(kari: Terminal) -> None:
    """Kari goes along and drives, every week, and has a task."""
    show(kari, "Berit")
    kari.send("v")
    kari.wait("Agenda · Berit")
    kari.send("n")
    kari.wait("New appointment · Berit", "▌What")
    kari.send("Møte på NAV")
    down_to(kari, "When")
    kari.send(f"{today() + timedelta(days=2):%d.%m.%Y} 10-11")
    down_to(kari, "Who drives")
    kari.send("k")
    down_to(kari, "Repeats")
    kari.send("e")
    kari.wait("every week")
    kari.send(F2)
    kari.wait("Agenda · Berit", "Møte på NAV", "10:00–11:00")
    kari.send("t")
    kari.wait("New task · Berit", "▌")
    kari.send("Finne timeplan")
    down_to(kari, "Due")
    kari.send("+5d", F2)
    kari.wait("Agenda · Berit", "Finne timeplan")
    kari.send("q")
    kari.wait("Timeline")


def hand_over(kari: Terminal) -> None:
    """To Ola, with a note; what waits goes along."""
    kari.send("H")
    kari.wait("Hand over · Berit", "▌To whom")
    kari.send("o")
    kari.wait("Ola Berg")
    down_to(kari, "Note")
    kari.send("Ring helst om morgenen.", F2)
    kari.wait("Timeline", "Ola Berg")
    back_to_the_board(kari)


def take_over(ola: Terminal) -> None:
    """Ola reads the brief, and moves this week's meeting by a day."""
    ola.wait("1 handed to you")
    ola.send("H")
    ola.wait("Hand-overs", "Berit")
    ola.send(ENTER)
    ola.wait("Ring helst om morgenen.")
    ola.send("r")
    ola.wait("Hand-overs")
    ola.send("q")
    ola.wait("Caseload board")
    ola.send("a")
    ola.wait("Agenda · Ola Berg", "Møte på NAV", "Finne timeplan")
    assert "▌" in next(line for line in ola.text.split("\n") if "Møte på NAV" in line), ola.text
    ola.send("+")
    ola.wait("Moved to")
    ola.send("q")
    ola.wait("Caseload board")


def note_a_sheet(kari: Terminal) -> None:
    """One signed sheet for three."""
    show(kari, "Arne")
    kari.send("s")
    kari.wait("Consents · Arne")
    for count in (1, 2, 3):
        kari.send(" ")
        kari.wait(f"{count} marked")
    kari.send("n")
    kari.wait("3 consents", "▌Given")
    down_to(kari, "Place")
    kari.send("Halden fengsel", F2)
    kari.wait("Saved.", "Consents · Arne")
    kari.send("q")
    kari.wait("Timeline")
    back_to_the_board(kari)


def to_the_bank(terminal: Terminal) -> None:
    """From the board to the item about the bank account in Arne's release checklist."""
    go(terminal, "Arne")
    terminal.send("C")
    for item in ("New address", "Release terms"):
        terminal.wait("Release checklist · Arne", f"\n {item}")
        terminal.send(DOWN)
    terminal.wait("\n Bank account")


def tick(kari: Terminal) -> None:
    """Done by one."""
    to_the_bank(kari)
    kari.send(" ")
    kari.wait("[x] Bank account", "not verified")
    back_to_the_board(kari)


def verify(ola: Terminal) -> None:
    """And confirmed by another."""
    to_the_bank(ola)
    ola.send("v")
    ola.wait("Who confirmed it?")
    ola.send(ENTER)
    ola.wait("KN ✓OB")
    back_to_the_board(ola)


def stand_up(kari: Terminal) -> None:
    """A note and a task about Arne, and a decision of the team's."""
    kari.send("M")
    kari.wait("Meetings")
    kari.send("n")
    kari.wait("Which meeting?")
    kari.send("1")
    kari.wait("Stand-up", "present:", "Arne Lie")
    kari.send("n")
    kari.wait("Note ·")
    kari.send("Bolig er i boks.", ENTER)
    kari.wait("Note: Bolig er i boks.")
    kari.send("t")
    kari.wait("Task ·")
    kari.send("Hente nøkler", ENTER)
    kari.wait("By when, and who?")
    kari.send(f"{today() + timedelta(days=6):%d.%m.%Y} OB", ENTER)
    kari.wait("Set among the tasks")
    kari.send(" ")
    kari.wait("1 gone through")
    kari.send("f")
    kari.wait("What was agreed", "Hente nøkler")
    kari.send(ENTER)
    kari.wait("Meetings", "Closed  1")
    kari.send("q")
    kari.wait("Caseload board")


def go_on_after_a_dropped_line(desk: Desk, kari: Terminal) -> Terminal:
    """The line goes in the middle of a form, with the names hidden; it is gone on with at the next login."""
    go(kari, "Cato")
    kari.send("r")
    kari.wait("Talk")
    kari.send("s")
    kari.wait("▌Text")
    kari.send("Snakket om")
    kari.send(F8)
    kari.wait("EX-003", "Snakket om")
    assert "Cato" not in kari.text
    kari.hang_up()
    assert kari.ended() == 128 + signal.SIGHUP
    again = desk.log_in(KARI)
    again.wait("unfinished")
    again.send("D")
    again.wait("Snakket om")
    again.send(ENTER)
    again.wait("You left this unfinished", "Snakket om")
    again.send(" framtida.")
    again.wait("Snakket om framtida.")
    again.send(F2)
    again.wait("Every form is finished.")
    again.send(ESC)
    again.wait("Caseload board")
    return again


def write_the_same_field(kari: Terminal, ola: Terminal) -> None:
    """Both write which unit Arne is in; Ola is shown both and keeps his."""
    for each in (kari, ola):
        show(each, "Arne")
        each.send("e")
        each.wait("▌Given name")
        down_to(each, "Unit")
    kari.send("Avdeling A", F2)
    kari.wait("Saved.")
    ola.send("Avdeling B", F2)
    keep_mine(ola, "Avdeling A", "Avdeling B")
    for each in (kari, ola):
        back_to_the_board(each)


# ---------------------------------------------------------------------- what is there at the end


def command(desk: Desk, *words: str) -> str:
    """What a command says, where it ends well."""
    secret = desk.folder / "secret"
    secret.write_text(KARI[3] + "\n")
    secret.chmod(0o600)
    who = ("--vault", str(desk.vault), "--user", KARI[0], "--passphrase-file", str(secret))
    done = subprocess.run(
        [*EXIN, *words, *who], env=desk.environ, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def examined(desk: Desk) -> str:
    """What `exin verify` says."""
    return command(desk, "verify")


def export(desk: Desk) -> dict[str, Any]:
    """All that the vault holds."""
    found: dict[str, Any] = json.loads(command(desk, "export", "--format", "json"))
    return found


def plain(value: Any) -> Any:
    """As it was exported; a moment that nobody chose is `NOW`, and a checklist has its items for its content."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: SIMPLER[key](each) if key in SIMPLER else plain(each) for key, each in value.items()}
    moment = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
    return week_account.NOW if moment and value not in week_account.chosen() else value


SIMPLER: Final[dict[str, Callable[[Any], Any]]] = {
    "content": lambda held: [item["id"] for group in held["groups"] for item in group["items"]],
    "visits": lambda visits: sorted([one["by"], one["kind"], one["relation"]] for one in visits),
}
"""What is compared without what no story tells: what the programme words, and when somebody looked."""


def known(found: Any, meant: Any) -> Any:
    """Without what a later version of the export has besides, as long as nothing stands there."""
    if isinstance(found, dict) and isinstance(meant, dict):
        return {key: known(each, meant.get(key)) for key, each in found.items() if key in meant or each}
    if isinstance(found, list) and isinstance(meant, list) and len(found) == len(meant):
        return [known(one, other) for one, other in zip(found, meant, strict=True)]
    return found


def differences(found: Any, meant: Any) -> str:
    """Line by line."""
    one, other = (json.dumps(each, indent=1, sort_keys=True, ensure_ascii=False) for each in (meant, found))
    return "\n".join(difflib.unified_diff(one.split("\n"), other.split("\n"), "meant", "found", n=12, lineterm=""))
