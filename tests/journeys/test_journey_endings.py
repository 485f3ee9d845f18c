"""However a session ends, the form is kept, the terminal is given back, and nothing of the case lies about."""

from __future__ import annotations

import signal
import sys
import termios
from pathlib import Path

import pytest

from exin_tui.ending_signals import ENDING
from models.participants import participants
from models.storage import drafts
from tests.journeys.terminal import ENTER, F2, F4, KARI, Desk, Terminal, opened

pytestmark = pytest.mark.terminal

NAME, TEXT, NUMBER = "Kanarifugl", "Papegøyetekst", "01819000049"
"""The number is a synthetic one (month + 80)."""
EACH = [number for number in ENDING if isinstance(number, signal.Signals)]
CANARIES = (NAME, TEXT, NUMBER, KARI[3])
FAILING = """
import sys
from exin_tui import guard
guard.scrub_environment()
sys.argv[0] = "exin"
import screens.participant.screen as module

def action_topics(self):
    passphrase, text, number = {canaries!r}
    raise ValueError(passphrase + text + number)

module.ParticipantScreen.action_topics = action_topics
module.ParticipantScreen.why_not = lambda self, action_id: ""
from exin_tui.__main__ import main
sys.exit(main())
"""


def half_written(desk: Desk) -> Terminal:
    """Somebody in the middle of recording a phone call."""
    store = opened(desk.vault)
    store.change_now(participants.add, {"given_name": NAME, "national_id": NUMBER})
    store.close()
    terminal = desk.log_in()
    terminal.wait("▌" + NAME)
    terminal.send("r")
    terminal.wait("Phone call")
    terminal.send("t")
    terminal.wait("▌Text")
    terminal.send(TEXT + " halvveis")
    terminal.wait(TEXT + " halvveis")
    return terminal


def assert_offered(desk: Desk) -> None:
    """The form is there, filled in, at the next login; saved, it is an entry and no longer offered."""
    terminal = desk.log_in()
    terminal.wait("unfinished")
    terminal.send("D")
    terminal.wait(TEXT, NAME)
    terminal.send(ENTER)
    terminal.wait("You left this unfinished", TEXT + " halvveis", "Phone call")
    terminal.send(F2)
    terminal.wait("Every form is finished.")
    store = opened(desk.vault)
    assert store.ask_now(drafts.kept) == []
    store.close()


def assert_no_canary(*folders: Path) -> None:
    """Neither as UTF-8 nor as UTF-16, in no file and no file name."""
    forms = [form for word in CANARIES for form in (word.encode(), word.encode("utf-16-le"))]
    for folder in folders:
        for path in folder.rglob("*"):
            assert not any(word in str(path.relative_to(folder)) for word in CANARIES)
            if path.is_file():
                data = path.read_bytes()
                assert not any(form in data for form in forms), f"something of the case is in {path}"


def assert_echoes(terminal: Terminal) -> None:
    """What is typed from here on is to be seen."""
    modes = termios.tcgetattr(terminal.handle)[3]
    assert modes & termios.ECHO
    assert modes & termios.ICANON


@pytest.mark.parametrize("number", EACH, ids=lambda number: f"{int(number)}")
def test_each_signal_at_a_form_keeps_it_and_gives_the_terminal_back(desk: Desk, number: int) -> None:
    terminal = half_written(desk)
    terminal.send(" nå")
    terminal.wait("halvveis nå")
    terminal.kill(number)
    assert terminal.ended() == 128 + number, terminal.text
    terminal.assert_restored()
    assert_echoes(terminal)
    assert f"EX/IN was ended from outside (signal {int(number)})." in terminal.text
    store = opened(desk.vault)
    (form,) = store.ask_now(drafts.kept)
    store.close()
    assert form.fields["text"] == TEXT + " halvveis nå"


@pytest.mark.parametrize("number", EACH, ids=lambda number: f"{int(number)}")
@pytest.mark.parametrize("place", ["board", "lock"])
def test_each_signal_at_a_screen_gives_the_terminal_back(desk: Desk, number: int, place: str) -> None:
    terminal = desk.log_in()
    if place == "lock":
        terminal.send("L")
        terminal.wait("Locked.")
    terminal.kill(number)
    assert terminal.ended() == 128 + number, terminal.text
    terminal.assert_restored()
    assert_echoes(terminal)
    assert f"EX/IN was ended from outside (signal {int(number)})." in terminal.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_form_and_gives_the_terminal_back(desk: Desk, number: signal.Signals) -> None:
    terminal = half_written(desk)
    terminal.kill(number)
    assert terminal.ended() == 128 + number, terminal.text
    terminal.assert_restored()
    assert not any(word in terminal.text for word in CANARIES)
    assert_no_canary(desk.folder)
    assert_offered(desk)


def test_a_dropped_line_keeps_the_form(desk: Desk) -> None:
    terminal = half_written(desk)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP, terminal.text
    assert_no_canary(desk.folder)
    assert_offered(desk)


def kept_forms(desk: Desk) -> int:
    """How many forms the vault keeps for kari."""
    store = opened(desk.vault)
    try:
        return len([each for each in store.ask_now(drafts.kept) if each.fields.get("text") == TEXT + " halvveis"])
    finally:
        store.close()


def test_a_killed_program_keeps_what_was_typed_a_moment_ago(desk: Desk) -> None:
    terminal = half_written(desk)
    terminal.until(lambda: kept_forms(desk) == 1, "the form kept")
    terminal.kill(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL, terminal.text
    assert_no_canary(desk.folder)
    assert_offered(desk)


def test_a_crash_tells_nothing(desk: Desk) -> None:
    store = opened(desk.vault)
    store.change_now(participants.add, {"given_name": NAME, "national_id": NUMBER, "risk_areas": TEXT})
    store.close()
    code = FAILING.format(canaries=(KARI[3], TEXT, NUMBER))
    terminal = desk.log_in(command=[sys.executable, "-c", code])
    terminal.wait("▌" + NAME)
    terminal.send(ENTER)
    terminal.wait("Timeline", NAME)
    terminal.send("t")
    assert terminal.ended() == 70, terminal.text
    terminal.assert_restored()
    assert "EX/IN stopped because of an error" in " ".join(terminal.text.split())
    after = terminal.raw[terminal.raw.rindex(b"\x1b[?1049l") :].decode()
    for seen in (terminal.text, after):
        assert not any(word in seen for word in CANARIES)
        assert "Traceback" not in seen
    assert_no_canary(desk.folder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_nothing_of_the_case_is_in_files_or_in_the_process_table(bare_desk: Desk) -> None:
    """A whole journey with canary words everywhere, from `init` to a kill."""
    desk = bare_desk
    terminal = desk.run("init", "--vault", str(desk.vault), "--user", KARI[0], "--name", KARI[1])
    terminal.wait("for kari")
    terminal.send(KARI[3] + ENTER)
    terminal.wait("once more")
    terminal.send(KARI[3] + ENTER)
    terminal.wait("Press Enter")
    terminal.send(ENTER)
    assert terminal.ended() == 0, terminal.text
    assert not any(word.encode() in terminal.raw for word in CANARIES)

    terminal = desk.log_in()
    terminal.wait("Nobody here")
    terminal.send("n")
    terminal.wait("▌Given name")
    terminal.send(NAME + "\t\t\t" + NUMBER + F2)
    terminal.wait("Saved.", "▌" + NAME)
    terminal.send("rt" + ENTER + TEXT + F2)
    terminal.until(lambda: "▌Text" not in terminal.text and "Saved." in terminal.text, "the entry saved")
    terminal.send("/" + TEXT[:7])
    terminal.wait("1 found")
    for name in ("environ", "cmdline"):
        seen = process_file(terminal.pid, name)
        assert not any(word.encode() in seen for word in CANARIES), name
    assert_no_canary(desk.folder)
    terminal.kill()
    terminal.ended()
    assert_no_canary(desk.folder)


def process_file(pid: int, name: str) -> bytes:
    """What the process table shows of a process; nothing where it may not be read."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except PermissionError:
        return b""


def test_locking_takes_the_case_off_the_screen_and_brings_the_place_back(desk: Desk) -> None:
    terminal = half_written(desk)
    terminal.send("\x1b[20~")
    terminal.wait("Locked.")
    assert not any(word in terminal.text for word in CANARIES)
    terminal.send("feil" + ENTER)
    terminal.settle()
    terminal.until(lambda: "One moment" not in terminal.text, "the answer")
    assert NAME not in terminal.text
    sends = [KARI[3] + ENTER]

    def again() -> bool:
        if "▌Text" in terminal.text:
            return True
        terminal.settle(1.0)
        if "▌Text" not in terminal.text:
            terminal.send(*sends)
            terminal.settle(1.0)
        return "▌Text" in terminal.text

    terminal.until(again, "the form again")
    terminal.wait(TEXT + " halvveis")
    terminal.send(" ferdig" + F2)
    terminal.wait("Saved.")


def test_two_keys_lead_out_of_the_lock(desk: Desk) -> None:
    terminal = desk.log_in()
    terminal.send("L")
    terminal.wait("Locked.")
    # What lies under the lock cannot be read, and must not try to when the window changes.
    for size in ((120, 36), (80, 24)):
        terminal.resize(*size)
        terminal.settle()
    terminal.wait("Locked.")
    terminal.send(F4)
    terminal.wait("once more")
    terminal.send(F4)
    assert terminal.ended() == 0, terminal.text
    terminal.assert_restored()
