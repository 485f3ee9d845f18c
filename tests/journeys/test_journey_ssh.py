"""Two people on one host over a real sshd: both in the same vault, each sees at once what the other saves."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.meetings import reading as meeting_reading
from models.participants import participants
from tests.journeys.sshd import MISSING, Server, Unable, UnixUsers, can_make_users, log_in, reachable, serve
from tests.journeys.terminal import ENTER, F2, F4, KARI, OLA, Desk, Terminal, opened

pytestmark = [pytest.mark.sshd, pytest.mark.terminal, pytest.mark.skipif(bool(MISSING), reason=MISSING)]

SEEN_WITHIN = 10.0
"""Seconds: the program looks every second; the rest is for a machine that is busy with other tests."""


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    """A server with two keys for this Unix user."""
    running = serve(desk.folder / "sshd", [pwd.getpwuid(os.getuid()).pw_name] * 2)
    yield running
    running.close()


def one_records_the_other_sees(kari: Terminal, ola: Terminal) -> None:
    """On the board and in the timeline, without a key."""
    ola.send("m")
    ola.wait("Arne", "the whole team")
    kari.wait("▌Arne")
    ola.settle()
    assert "0d            0d" not in ola.text
    record(kari, "Ringte om permisjonen.")
    began = time.monotonic()
    ola.wait("0d            0d", seconds=SEEN_WITHIN)
    print(f"on the colleague's board after {time.monotonic() - began:.2f} s")
    ola.send("\x1b[H" + ENTER)
    ola.wait("Ringte om permisjonen.")
    ola.settle()
    record(kari, "Og en gang til.")
    began = time.monotonic()
    ola.wait("Og en gang til.", seconds=SEEN_WITHIN)
    print(f"in the colleague's timeline after {time.monotonic() - began:.2f} s")


def record(terminal: Terminal, text: str) -> None:
    """A phone call, and wait until it is saved."""
    terminal.send("r")
    terminal.wait("Phone call")
    terminal.send("t")
    terminal.wait("▌Text")
    terminal.send(text + F2)
    terminal.wait("Saved.")


def add_arne(desk: Desk) -> None:
    store = opened(desk.vault)
    store.change_now(participants.add, {"given_name": "Arne"})
    store.close()


def test_two_keys_one_vault(desk: Desk, server: Server) -> None:
    add_arne(desk)
    kari, ola = log_in(desk, server, 0, KARI), log_in(desk, server, 1, OLA)
    one_records_the_other_sees(kari, ola)
    for each in (kari, ola):
        each.send("q")
        each.settle()
    kari.wait("Once more")
    kari.send("q")
    assert kari.ended() == 0, kari.text
    kari.assert_restored()


def test_two_unix_users_one_vault(desk: Desk) -> None:
    """In a folder of the group's, whatever anybody's umask."""
    if not can_make_users():
        pytest.skip("Unix users can only be made by root")
    # pytest's own folders are closed to other users, and are to stay so.
    shared = Desk(Path(tempfile.mkdtemp(prefix="exin-journey-")))
    shared.folder.chmod(0o711)
    users: UnixUsers | None = None
    server: Server | None = None
    try:
        users = UnixUsers()
        interpreter, environ = reachable(users.names[0])
        shutil.copytree(desk.vault, shared.vault)
        add_arne(shared)
        users.share(shared.vault)
        homes = [Desk(shared.folder / name) for name in users.names]
        for name, home in zip(users.names, homes, strict=True):
            users.give(home.folder, name)
        server = Server(shared.folder / "sshd", users.names)
        server.interpreter, server.environ = interpreter, environ
        kari = log_in(shared, server, 0, KARI, homes[0])
        ola = log_in(shared, server, 1, OLA, homes[1])
        one_records_the_other_sees(kari, ola)
        record(ola, "Ola også.")
        kari.send(ENTER)
        kari.wait("Ola også.", seconds=SEEN_WITHIN)
    except Unable as error:
        pytest.skip(str(error))
    finally:
        shared.close()
        if server is not None:
            server.close()
        if users is not None:
            users.close()
        shutil.rmtree(shared.folder)


def test_a_dropped_line_keeps_the_form(desk: Desk, server: Server) -> None:
    """The client is killed in the middle of a word; the form is offered again, filled in."""
    add_arne(desk)
    terminal = log_in(desk, server, 0, KARI)
    terminal.wait("▌Arne")
    terminal.send("r")
    terminal.wait("Phone call")
    terminal.send("t")
    terminal.wait("▌Text")
    terminal.send("Midt i en set")
    terminal.wait("Midt i en set")
    terminal.kill(signal.SIGKILL)
    terminal.ended()
    again = log_in(desk, server, 1, KARI)
    again.wait("▌Arne")

    def offered() -> bool:
        again.send("r")
        again.settle()
        if "Midt i en set" in again.text:
            return True
        again.send(F4)
        again.settle()
        return False

    again.until(offered, "the form again")
    again.wait("You left this unfinished", "Midt i en set")


def test_a_dropped_line_keeps_half_a_note_of_the_stand_up(desk: Desk, server: Server) -> None:
    """The client is killed while a note is typed; the note is among the unfinished forms, and ends in the minutes."""
    add_arne(desk)
    terminal = log_in(desk, server, 0, KARI)
    terminal.wait("▌Arne")
    terminal.send("M")
    terminal.wait("Meetings")
    terminal.send("n")
    terminal.wait("Which meeting?")
    terminal.send("1")
    terminal.wait("Stand-up", "present:")
    terminal.send("n")
    terminal.wait("Note ·")
    terminal.send("Midt i en set")
    terminal.wait("Midt i en set")
    terminal.kill(signal.SIGKILL)
    terminal.ended()
    again = log_in(desk, server, 1, KARI)
    again.wait("▌Arne")

    def listed() -> bool:
        again.send("D")
        again.settle()
        if "Midt i en set" in again.text:
            return True
        again.send("q")
        again.settle()
        return False

    again.until(listed, "the note among the unfinished forms")
    again.send(ENTER)
    again.wait("Note ·", "You left this unfinished", "Midt i en set")
    again.send("ning", ENTER)
    again.wait("0 unfinished forms", "Written")
    store = opened(desk.vault)
    (meeting,) = store.ask_now(meeting_reading.open_now)
    assert [item.text for item in store.ask_now(meeting_reading.items, meeting.id)] == ["Midt i en setning"]
    store.close()
