"""The prompts on a real terminal: nothing typed shows, mistakes can be mended, and leaving leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from models.vault import sealed
from models.vault.recovery import RecoveryKey
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House, build, copy

pytestmark = pytest.mark.terminal


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def ended(terminal: pexpect.spawn[str]) -> tuple[int | None, str]:
    """The exit code and what came last."""
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus, terminal.before or ""


def leave(terminal: pexpect.spawn[str]) -> None:
    """Quit from the board, which wants to be told twice."""
    terminal.expect("Help")
    terminal.send("q")
    terminal.expect("Once more")
    terminal.send("q")


def test_a_wrong_then_a_right_passphrase_show_nothing(house: House) -> None:
    terminal = house.terminal("user", "list")
    terminal.expect("User name: ")
    terminal.send("kari\r")
    terminal.expect("Passphrase for kari .*: ")
    terminal.send("this is wrong\r")
    terminal.expect("does not open with this user name")
    terminal.expect("Passphrase for kari .*: ")
    terminal.send(PASSPHRASE + "\r")
    code, shown = ended(terminal)
    assert code == 0
    assert shown.split()[:6] == ["kari", "Team", "leader", "active", "Kari", "Nordmann"]


def test_the_name_is_remembered_and_can_be_another(house: House) -> None:
    terminal = house.terminal("--user", "kari", "user", "list")
    terminal.expect_exact("Passphrase for kari: ")
    terminal.send(PASSPHRASE + "\r")
    assert ended(terminal)[0] == 0
    terminal = house.terminal("user", "list")
    terminal.expect_exact("Passphrase for kari (Enter for another): ")
    terminal.send("\r")
    terminal.expect("User name: ")
    terminal.send("Kato\x08\x7fri\r")
    terminal.expect_exact("Passphrase for Kari (Enter for another): ")
    terminal.send(PASSPHRASE + "\r")
    assert ended(terminal)[0] == 0


def test_typing_can_be_mended(house: House) -> None:
    terminal = house.terminal("--user", "kari", "user", "list")
    terminal.expect("Passphrase for kari: ")
    # Wrong and taken back, letter by letter and whole; keys that mean nothing here; a paste with its marks.
    terminal.send("wrong\x15xå\x7f\x7f\x1b[A\x1bOP\x1b[200~" + PASSPHRASE + "\x1b[201~\r")
    assert ended(terminal)[0] == 0


def test_what_is_not_utf_8_is_said_and_asked_again(house: House) -> None:
    terminal = house.terminal("--user", "kari", "user", "list")
    terminal.expect("Passphrase for kari: ")
    terminal.delaybeforesend = None
    os.write(terminal.child_fd, b"bl\xe5b\xe6r\r")
    terminal.expect("not valid UTF-8")
    terminal.expect("Passphrase for kari: ")
    os.write(terminal.child_fd, PASSPHRASE.encode() + b"\r")
    assert ended(terminal)[0] == 0


def test_a_very_long_passphrase_arrives_whole(house: House) -> None:
    store = house.store()
    long = "én lang passfrase " * 1000
    store.unlocked.change_passphrase("kari", long)
    store.close()
    terminal = house.terminal("--user", "kari", "user", "list")
    terminal.expect("Passphrase for kari: ")
    terminal.send(long + "\r")
    assert ended(terminal)[0] == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("arguments", [("user", "list"), ()])
def test_leaving_at_the_prompt_is_clean(house: House, key: str, arguments: tuple[str, ...]) -> None:
    terminal = house.terminal("--user", "kari", *arguments)
    terminal.expect("Passphrase for kari: ")
    terminal.send("half a pass" + key)
    code, shown = ended(terminal)
    assert (code, shown.strip()) == (130, "")


def test_a_signal_at_the_prompt_gives_the_terminal_back(house: House) -> None:
    shell = pexpect.spawn("/bin/sh", env=house.environment | {"PS1": "$ "}, encoding="utf-8", timeout=20)
    shell.sendline(" ".join(house.command("user", "list", "--user", "kari")))
    shell.expect("Passphrase for kari: ")
    (child,) = subprocess.run(
        ["pgrep", "-P", str(shell.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    os.kill(int(child), signal.SIGTERM)
    shell.expect(r"\$ ")
    shell.sendline("echo code=$?; stty -a")
    shell.expect("code=143")
    shell.expect(r" echo .*\$ ")
    shell.close(force=True)


def test_three_wrong_tries_are_the_last(house: House) -> None:
    # The real delays, seven seconds together, are held by test_unlock_start.
    hurried = "import runpy; from exin_tui import unlock; unlock.DELAYS = (0.1,) * len(unlock.DELAYS)"
    run = [sys.executable, "-c", f"{hurried}; runpy.run_module('exin_tui', run_name='__main__', alter_sys=True)"]
    terminal = house.terminal("--user", "nemo", "user", "list", program=run)
    for _attempt in range(3):
        terminal.expect("Passphrase for nemo: ")
        terminal.send("not this one\r")
    code, shown = ended(terminal)
    assert (code, "third try" in shown) == (3, True)


def test_init_asks_twice_judges_and_shows_the_key_once(tmp_path: Path) -> None:
    house = House(tmp_path)
    terminal = house.terminal("init", "--user", "kari")
    terminal.expect("New passphrase for kari: ")
    terminal.send("kari kari kari\r")
    terminal.expect("New passphrase for kari: ")
    assert "\r\n" in (terminal.before or "")
    terminal.send(PASSPHRASE + "\r")
    terminal.expect("once more: ")
    terminal.send("something else altogether\r")
    terminal.expect("differ")
    for _question in ("New passphrase for kari: ", "once more: "):
        terminal.expect(_question)
        terminal.send(PASSPHRASE + "\r")
    terminal.expect(r"(\w{4}(?:-\w{4}){8})")
    key = terminal.match.group(1)
    terminal.expect("Press Enter")
    terminal.send("\r")
    terminal.expect("Note this folder in your settings")
    before = terminal.before or ""
    terminal.send("n\r")
    code, shown = ended(terminal)
    shown = before + shown
    assert code == 0
    assert "\x1b[3J" in shown
    assert f"exin --vault {house.vault} opens it" in " ".join(shown.split())
    assert key not in shown
    assert sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(key)).vault_id
    assert sealed.unlock(house.vault, "kari", PASSPHRASE).slot_id


def test_a_recovery_key_is_asked_for_until_it_is_typed_right(house: House) -> None:
    terminal = house.terminal("user", "recover", "kari")
    terminal.expect("Recovery key: ")
    terminal.send(house.recovery[:-5] + "\r")
    terminal.expect("mistyped.*missing")
    terminal.expect("Recovery key: ")
    terminal.send(house.recovery + "\r")
    for question in ("New passphrase for kari: ", "once more: "):
        terminal.expect(question)
        terminal.send(NEW_PASSPHRASE + "\r")
    assert ended(terminal)[0] == 0
    assert sealed.unlock(house.vault, "kari", NEW_PASSPHRASE).slot_id


def test_export_to_a_terminal_asks_first(house: House) -> None:
    terminal = house.terminal(
        "export", "--format", "json", "--user", "kari", "--passphrase-file", f"{house.home}/passphrase"
    )
    terminal.expect_exact("Show it? [y/N] ")
    terminal.send("\r")
    code, shown = ended(terminal)
    assert (code, "Sæthre" in shown) == (0, False)


def test_without_a_vault_it_explains_and_offers(tmp_path: Path) -> None:
    house = House(tmp_path)
    terminal = house.terminal()
    terminal.expect("There is no vault")
    terminal.expect_exact("[y/N] ")
    terminal.send("n\r")
    assert ended(terminal)[0] == 5
    assert not house.vault.exists()


def test_the_board_opens_after_the_prompt(house: House) -> None:
    terminal = house.terminal("--user", "kari")
    terminal.expect("Passphrase for kari: ")
    terminal.send(PASSPHRASE + "\r")
    terminal.expect("Kari Nordmann")
    leave(terminal)
    assert ended(terminal)[0] == 0


def test_a_first_start_leads_to_the_board(tmp_path: Path) -> None:
    house = House(tmp_path)
    terminal = house.terminal()
    terminal.expect_exact("[y/N] ")
    terminal.send("y\r")
    terminal.expect("User name: ")
    terminal.send("kari\r")
    terminal.expect("Your name")
    terminal.send("Kari Nordmann\r")
    for question in ("New passphrase for kari: ", "once more: "):
        terminal.expect(question)
        terminal.send(PASSPHRASE + "\r")
    terminal.expect("Press Enter")
    terminal.send("\r")
    terminal.expect("Note this folder")
    terminal.send("\r")
    terminal.expect("\x1b\\[\\?1049h")
    terminal.expect("Kari Nordmann")
    leave(terminal)
    assert ended(terminal)[0] == 0


def test_the_demo_opens_without_typing_and_is_gone_afterwards(tmp_path: Path) -> None:
    house = House(tmp_path)
    command, *rest = house.command("demo", "--participants", "5")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    terminal = pexpect.spawn(
        command,
        rest,
        env=house.environment | {"TMPDIR": str(scratch)},
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=30,
    )
    terminal.expect("\x1b\\[\\?1049h")
    assert list(scratch.iterdir())
    leave(terminal)
    assert ended(terminal)[0] == 0
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii:backslashreplace"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "nb_NO.ISO-8859-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["PYTHONIOENCODING", "ascii", "C", "Latin-1"],
)
def test_the_screens_are_drawn_in_utf_8_whatever_the_locale(house: House, environment: dict[str, str]) -> None:
    house.more = environment
    house.settings('language = "en"\nboard_scope = "team"\n')
    terminal = house.terminal("--user", "kari")
    terminal.expect("Passphrase for kari: ")
    terminal.send(PASSPHRASE + "\r")
    terminal.expect("Kari Nordmann")
    seen = str(terminal.before)
    leave(terminal)
    seen += str(terminal.before)
    code, last = ended(terminal)
    seen += last
    assert code == 0
    assert "Åse Sæthre" in seen
    assert "▌" in seen
    assert "\\u" not in seen
    assert "\\x" not in seen


def test_doctor_tells_of_another_character_set(house: House) -> None:
    assert "ok: letters: UTF-8" in house.run("doctor").stdout
    house.more = {"PYTHONIOENCODING": "latin-1"}
    said = house.run("doctor").stdout
    assert "warn: UTF-8 is written, but this environment says latin-1" in said
