"""Whoever sits at a terminal, or sends to one: the real program in a pseudo-terminal."""

from __future__ import annotations

import os
import random
import time
from functools import partial

import pytest

from models.participants import participants
from models.team import staff
from tests.attack.conftest import Tally
from tests.journeys.terminal import CTRL_U, DOWN, ENTER, ESC, KARI, OLA, Desk, Terminal, leave, opened

pytestmark = [pytest.mark.terminal, pytest.mark.slow]

BROKEN = (b"\xc3", b"\xe5", b"\xf0\x9f", b"\xff\xfe", b"\xe2\x82", b"\x80", b"\xc3\x28", b"\xed\xa0\x80")


def at(terminal: Terminal, place: str) -> None:
    """Go from the board to where it is typed."""
    if place == "search":
        terminal.send("/")
        terminal.wait("Search")
    elif place == "lock":
        terminal.send("L")
        terminal.wait("Locked.")


def back(terminal: Terminal, place: str) -> None:
    """Back to the board, which must still answer."""
    terminal.settle()
    if place == "lock":
        terminal.send(CTRL_U, KARI[3] + ENTER)
    elif place == "search":
        terminal.send(ESC)
    terminal.wait("Caseload board", "Nobody here")
    terminal.send(",")
    terminal.wait("Settings")
    terminal.send(ESC)
    terminal.wait("Caseload board", "Nobody here")


@pytest.mark.parametrize("place", ["board", "search", "lock"])
def test_letters_that_are_none(desk: Desk, place: str, chance: random.Random, tally: Tally) -> None:
    """Halves of letters, Latin-1 and bytes of nothing, in reads of their own: the program takes the next key."""
    terminal = desk.log_in()
    terminal.wait("Nobody here")
    for sent in (chance.choice(BROKEN), bytes(chance.randrange(0x80, 0x100) for _byte in range(5))):
        at(terminal, place)
        for byte in sent:
            terminal.write(bytes([byte]))
            terminal.read(0.05)
        time.sleep(0.6)
        back(terminal, place)
        tally["harmless"] += 1
    leave(terminal)


@pytest.mark.parametrize("place", ["board", "search", "lock"])
def test_a_paste_without_an_end(desk: Desk, place: str, chance: random.Random, tally: Tally) -> None:
    """The beginning of a paste, text with or without half an end, and then keys: the program hears them."""
    terminal = desk.log_in()
    terminal.wait("Nobody here")
    at(terminal, place)
    text, end = b"halv " * chance.randint(0, 400), chance.choice((b"", b"\x1b", b"\x1b[20", b"\xc3"))
    terminal.write(b"\x1b[200~" + text + end)
    terminal.settle()
    # Twice Esc leads out of the board, as it should.
    if chance.random() < 0.5 and end != b"\x1b":
        terminal.send(ESC)
    # The silence after which the end is taken to be lost.
    time.sleep(6)
    back(terminal, place)
    leave(terminal)
    tally["harmless"] += 1


def test_taken_out_while_pressing_keys(desk: Desk, chance: random.Random, tally: Tally) -> None:
    """Ola presses keys without a pause while he is revoked: the session ends, and the board is gone from the screen."""
    store = opened(desk.vault)
    store.change_now(participants.add, {"given_name": "Kanarifugl"})
    slot = store.ask_now(staff.by_user, OLA[0]).slot
    terminal = desk.log_in(OLA)
    terminal.wait("Nobody here")
    terminal.send("m")
    terminal.wait("Kanarifugl")
    store.unlocked.remove_slot(slot)
    store.close()
    end = time.monotonic() + 20
    while terminal.exit_code() is None:
        assert time.monotonic() < end, f"still here\n{terminal.text}"
        terminal.send(chance.choice("jkjkG?"))
        terminal.read(0.05)
    assert terminal.ended() == 3, terminal.text
    terminal.assert_restored()
    assert "Kanarifugl" not in terminal.text
    tally["refused"] += 1


def refused(terminal: Terminal) -> bool:
    told = " ".join(terminal.text.split())
    return "cannot be written" in told or "not written over" in told


PLACES = (
    "{vault}/slots.json", "{vault}/caseload.db", "{vault}/x", "{vault}/../vault/y", "{home}/.bashrc",
    "{home}/.ssh/authorized_keys", "{home}/.config/exin/x", "{home}/linked/x", "/dev/null/x", "/proc/self/x",
    "/root/.x", "~root/.x",
)  # fmt: skip


@pytest.mark.parametrize("ending", [".ics", ".pdf"])
def test_files_where_none_belong(desk: Desk, ending: str, tally: Tally) -> None:
    """The calendar and a document over the vault, over what a login runs, through links."""
    store = opened(desk.vault)
    store.change_now(participants.add, {"given_name": "Kanarifugl"})
    store.close()
    (desk.home / ".ssh").mkdir(mode=0o700)
    precious = (desk.home / ".bashrc", desk.home / ".ssh" / "authorized_keys")
    for file in precious:
        file.write_text("mine")
    (desk.home / "linked").symlink_to(desk.vault)
    (desk.home / f"link{ending}").symlink_to(precious[0])
    terminal = desk.log_in()
    terminal.wait("Kanarifugl")
    names = {path.name for path in desk.vault.iterdir()}
    slots = (desk.vault / "slots.json").read_bytes()
    if ending == ".ics":
        terminal.send("a")
        terminal.wait("Agenda")
    else:
        terminal.send(ENTER)
        terminal.wait("Timeline")
        terminal.send("z")
        terminal.wait("A file is not encrypted")

    def asked() -> None:
        """Come to the question again, after a place that was refused when it was written to."""
        terminal.send("z" if ending == ".ics" else "s")
        if ending == ".ics":
            terminal.wait("not encrypted")
            terminal.send("c")
        terminal.wait("which file")

    asked()
    for place in (*PLACES, f"{{home}}/link{ending}"):
        for more in ("", ending):
            if place.endswith(ending) and more:
                continue
            terminal.send(CTRL_U, place.format(vault=desk.vault, home=desk.home) + more, ENTER)
            terminal.settle(0.2)
            assert terminal.exit_code() is None, terminal.text
            if "Write over it?" in terminal.text:
                terminal.send(DOWN, ENTER)
                terminal.settle(0.2)
            if "which file" not in terminal.text:
                terminal.until(partial(refused, terminal), f"{place} to be refused")
                asked()
            tally["refused"] += 1
    assert (desk.vault / "slots.json").read_bytes() == slots
    assert {path.name for path in desk.vault.iterdir()} == names
    assert [file.read_text() for file in precious] == ["mine", "mine"]
    assert not os.path.lexists(desk.home / ".config" / "exin" / f"x{ending}")
