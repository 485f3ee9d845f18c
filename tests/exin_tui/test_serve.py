"""`exin serve`: one person's session, whatever the client sends along."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from exin_tui import serve
from tests.exin_tui.command_line import PASSPHRASE, House, build

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a host that serves is a Unix host")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A home with a vault, and a folder for people beside it."""
    return build(tmp_path / "home")


def served(house: House, name: str = "kari", *options: str, **environ: str) -> pexpect.spawn[str]:
    """`exin --vault … serve NAME` in a terminal, with `environ` as a client that may send everything would."""
    command, *rest = house.command("--people", str(house.home / "people"), *options, "serve", name)
    return pexpect.spawn(
        command, rest, env=house.environment | environ, encoding="utf-8", dimensions=(24, 80), timeout=20
    )


def code(terminal: pexpect.spawn[str]) -> int | None:
    """How it ended, once it has."""
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("--vault /v serve kari", ("/v", "kari", "", "")),
        ("serve kari --vault /v --out /o --people /p", ("/v", "kari", "/p", "/o")),
        ("serve kari", None),
        ("--vault /v serve", None),
        ("--vault /v serve kari ola", None),
        ("--vault /v --vault /w serve kari", None),
        ("--vault /v serve kari --user ola", None),
        ("--vault /v kari serve", None),
        ("--vault /v serve --help", None),
        ("--vault", None),
    ],
)
def test_only_a_plain_command_is_taken_at_once(line: str, found: tuple[str, ...] | None) -> None:
    command = serve.plain(line.split())
    assert (None if command is None else (command.vault, command.name, command.people, command.out)) == found


def test_nobody_without_a_terminal(house: House) -> None:
    done = house.run("serve", "kari", "--people", str(house.home / "people"))
    assert done.returncode == 5
    assert "ssh -t" in done.stderr


def test_no_session_without_a_vault(house: House) -> None:
    (house.vault / "slots.json").unlink()
    (house.vault / "caseload.db").unlink()
    terminal = served(house)
    terminal.expect("ikke noe hvelv|no vault|Det er ingen")
    assert code(terminal) == 5


def test_the_slow_way_to_say_it_is_the_same(house: House) -> None:
    """Options that argparse alone understands."""
    people = f"--people={house.home / 'people'}"
    terminal = pexpect.spawn(sys.executable, ["-m", "exin_tui", "serve", people, f"--vault={house.vault}", "kari"],
                             env=house.environment, encoding="utf-8", timeout=20)  # fmt: skip
    terminal.expect("kari: ")
    terminal.send("\x03")
    assert code(terminal) == 130
    done = house.run("serve", "kari", "--vault", "")
    assert done.returncode == 2


def test_nothing_of_the_client_s_environment_counts(house: House) -> None:
    """Neither another's settings nor a Python that asks for more at its end."""
    terminal = served(house, PYTHONINSPECT="1", PYTHONSTARTUP="/dev/null", TEXTUAL_LOG=str(house.home / "log"))
    terminal.expect("Passfrase for kari: ")
    terminal.send("\x03")
    assert code(terminal) == 130
    assert ">>>" not in (terminal.before or "")
    # Here nothing was begun yet that would end the process in any case.
    ended = served(house, PYTHONINSPECT="1", TERM="\x1b[31m")
    assert code(ended) == 5
    assert ">>>" not in (ended.before or "")
    assert not (house.home / "log").exists()
    assert (house.home / "people/kari").stat().st_mode & 0o777 == 0o700


def test_terminal_and_language_alone_are_taken_and_only_as_plain_names(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("LC_ALL", "EVIL", "HOME", "PATH", "PYTHONINSPECT", "EXIN_OUT", "TEXTUAL_LOG", "XDG_STATE_HOME", "TZ")
    given = dict.fromkeys(names, "/evil") | {"TERM": "xterm-256color", "LANG": "nb_NO.UTF-8"}
    monkeypatch.setattr(os, "environ", given | {"SSH_ORIGINAL_COMMAND": "id"})
    assert serve.take_environment() == (True, "xterm-256color")
    mine = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL_")}
    assert mine == {"TERM": "xterm-256color", "LANG": "nb_NO.UTF-8", "PATH": "/usr/bin:/bin"}
    for term, language in (("a b", "../../x"), ("x" * 65, "y" * 65), ("", "")):
        monkeypatch.setattr(os, "environ", {"TERM": term, "LANG": language})
        assert serve.take_environment() == (False, "")
        assert os.environ["LANG"] == "C.UTF-8"


def test_each_person_has_settings_of_their_own(house: House) -> None:
    settings = house.home / "people/kari/config/exin"
    (house.home / "people").mkdir(mode=0o700)
    (house.home / "people/kari").mkdir(mode=0o700)
    settings.mkdir(parents=True)
    (settings / "settings.toml").write_text('language = "en"\nvault = "/nowhere"\n')
    terminal = served(house, SSH_ORIGINAL_COMMAND="id")
    terminal.expect("Only EX/IN runs here")
    terminal.expect("Passphrase for kari: ")
    terminal.send(PASSPHRASE + "\r")
    terminal.expect("Caseload")
    terminal.send("\x0c")
    terminal.send("qq")
    assert code(terminal) == 0
    other = served(house, "ola")
    other.expect("Passfrase for ola: ")
    other.close(force=True)


@pytest.mark.parametrize("where", ["people", "people/kari"])
def test_a_folder_that_is_a_link_or_open_to_others_is_refused(house: House, where: str) -> None:
    (house.home / "elsewhere").mkdir(mode=0o700)
    folder = house.home / where
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.symlink_to(house.home / "elsewhere")
    assert code(served(house)) == 5
    assert os.listdir(house.home / "elsewhere") == []
    folder.unlink()
    folder.mkdir()
    folder.chmod(0o755)
    assert code(served(house)) == 5
