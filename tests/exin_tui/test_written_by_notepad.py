"""Every text file of a person or a team is read as Notepad writes it; of another encoding a sentence is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import programme, settings, startup_settings
from config.errors import ExinError
from exin_tui import passphrase_sources
from exin_tui.host import public_key

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHaJ4I5XAIx8TNsbH/wBZrra8fRyeAA1QXQFWk2gDWf5 kåre"
PASSPHRASE = "femten grå måker flyr nordover"


def passphrase(path: Path) -> str:
    path.chmod(0o600)
    return passphrase_sources.from_file(str(path))


def team_programme(path: Path) -> Any:
    return programme.load(path).limits.participants


def own_settings(path: Path) -> Any:
    return settings.load(path).language


def first_settings(path: Path) -> Any:
    return startup_settings.language_and_vault(str(path))[0]


def key(path: Path) -> Any:
    return public_key.from_file(path).kind


FILES: dict[str, tuple[Callable[[Path], Any], str, Any]] = {
    "passphrase": (passphrase, PASSPHRASE, PASSPHRASE),
    "programme": (team_programme, "# vår\n[limits]\nparticipants = 7", 7),
    "settings": (own_settings, '# på engelsk\nlanguage = "en"', "en"),
    "first settings": (first_settings, 'language = "en"', "en"),
    "key": (key, KEY, "ssh-ed25519"),
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("which", FILES)
def test_marks_and_line_ends_make_no_difference(tmp_path: Path, which: str, end: str, mark: bytes) -> None:
    read, text, expected = FILES[which]
    path = tmp_path / "file.toml"
    for last in (end, ""):
        path.write_bytes(mark + (text.replace("\n", end) + last).encode())
        assert read(path) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("which", FILES)
def test_another_encoding_has_a_sentence(tmp_path: Path, which: str, encoding: str) -> None:
    read, text, _expected = FILES[which]
    if encoding == "latin-1" and text.isascii():
        pytest.skip("the same bytes")
    path = tmp_path / "file.toml"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(ExinError, match=r"file\.toml is not written in UTF-8"):
        read(path)


@pytest.mark.parametrize("more", ["\n\n", "\r\n\r\n", "\n\n\n"], ids=ascii)
def test_an_empty_line_behind_a_passphrase_has_its_own_sentence(tmp_path: Path, more: str) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes((PASSPHRASE + more).encode())
    with pytest.raises(ExinError, match="ends in an empty line"):
        passphrase(path)


@pytest.mark.parametrize("nothing", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"", b"\n"], ids=ascii)
def test_a_mark_alone_is_nothing(tmp_path: Path, nothing: bytes) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(nothing)
    with pytest.raises(ExinError, match="is empty"):
        passphrase(path)
