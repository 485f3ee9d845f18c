"""The printer of this machine: given what it prints on standard input, and told nothing of what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config import printer
from config.printer import NotPrinted


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A printer of this name alone on the path, with a shell script for what it does."""
    program = folder / "lp"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_it_gets_all_of_it_and_no_word_of_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, f'echo "$@" > {tmp_path}/told; cat > {tmp_path}/printed')
    assert printer.found() == str(tmp_path / "lp")
    data = b"%PDF-" + bytes(range(256)) * 5_000
    printer.send(data)
    assert (tmp_path / "printed").read_bytes() == data
    assert (tmp_path / "told").read_text() == "-t exin\n"


def test_why_it_was_not_printed_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, r"printf 'lp: Error -\n\033[2Jno default destination.\n' >&2; exit 1")
    with pytest.raises(NotPrinted) as caught:
        printer.send(b"%PDF-")
    assert caught.value.text == "Not printed: lp: Error - \\u001b[2Jno default destination."
    install(tmp_path, monkeypatch, "exit 3")
    with pytest.raises(NotPrinted, match="Not printed: 3"):
        printer.send(b"%PDF-")


def test_one_that_does_not_answer_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(printer, "_SECONDS", 0.2)
    with pytest.raises(NotPrinted, match="did not answer"):
        printer.send(b"%PDF-")


def test_where_there_is_none_or_only_one_lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "exit 0")
    monkeypatch.chdir(tmp_path)
    for path in ("/nowhere", ".", ""):
        monkeypatch.setenv("PATH", path)
        assert printer.found() == ""
        with pytest.raises(NotPrinted, match="no printer"):
            printer.send(b"%PDF-")
