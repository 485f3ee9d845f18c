"""The README's first day, its commands run as they are printed."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pexpect
import pytest

from config import settings
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House

README = Path(__file__).parents[2] / "README.md"


def steps() -> list[str]:
    """The commands of the first day, in order."""
    day = README.read_text(encoding="utf-8").split("## A first day")[1].split("\n## ")[0]
    return re.findall(r"^\d+\. `(exin[^`]*)`", day, re.MULTILINE)


def begun(house: House, command: str, folder: Path) -> pexpect.spawn[str]:
    program, *arguments = shlex.split(command.replace("/srv/exin", str(folder)))
    assert program == "exin"
    return pexpect.spawn(
        sys.executable, ["-m", "exin_tui", *arguments], env=house.environment, encoding="utf-8", dimensions=(24, 80),
        timeout=30,
    )  # fmt: skip


def answered(terminal: pexpect.spawn[str], *said: tuple[str, str]) -> str:
    """What is shown after each question was answered, to the end; the exit code must be 0."""
    for question, answer in said:
        terminal.expect(question)
        terminal.send(answer + "\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    shown = terminal.before or ""
    assert terminal.exitstatus == 0, shown
    return " ".join(shown.split())


@pytest.mark.terminal
@pytest.mark.parametrize("noted", [True, False])
def test_the_first_day_works_as_printed(tmp_path: Path, noted: bool) -> None:
    house, folder = House(tmp_path), tmp_path / "shared" / "team"
    folder.parent.mkdir()
    make, add, enter = steps()
    shown = answered(
        begun(house, make, folder),
        ("New passphrase for kari: ", PASSPHRASE), ("once more: ", PASSPHRASE), ("Press Enter", ""),
        ("Note this folder in your settings", "y" if noted else ""),
    )  # fmt: skip
    named = "" if noted else f" --vault {folder}"
    assert f"Next: exin{named} opens it, exin user add NAME{named} lets a colleague in." in shown
    kept = settings.load(tmp_path / "config" / "exin" / "settings.toml")
    assert (kept.vault, kept.language) == (str(folder) if noted else "", "en")
    if not noted:
        lost = begun(house, add, folder)
        lost.expect(pexpect.EOF)
        lost.close()
        assert lost.exitstatus == 5
        told = " ".join((lost.before or "").split())
        assert "named with --vault" in told
        assert str(tmp_path / "data" / "exin" / "vault") in told.replace(" ", "")
        assert "settings.toml" in told
        add, enter = f"{add} --vault {folder}", f"{enter} --vault {folder}"
    shown = answered(
        begun(house, add, folder),
        ("Passphrase for kari .*: ", PASSPHRASE), ("New passphrase for ola: ", NEW_PASSPHRASE),
        ("once more: ", NEW_PASSPHRASE),
    )  # fmt: skip
    assert "ola can open the vault now." in shown
    terminal = begun(house, enter, folder)
    terminal.expect("Passphrase for kari .*: ")
    terminal.send(PASSPHRASE + "\r")
    terminal.expect("Nobody")
    terminal.send("qq")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
