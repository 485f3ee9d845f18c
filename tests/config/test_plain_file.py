"""Only a plain file of a size that makes sense is read; anything else is said at once and waited for by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from config import plain_file, programme, settings, startup_settings
from config.errors import ExinError
from config.own_folder import make
from exin_tui import passphrase_sources
from models.vault import engine
from models.vault.place import VaultPlace
from models.vault.slots import read_slots

SECONDS = 10
"""How long a reading may take that must not wait at all; a hang is ended by the alarm."""


@pytest.fixture(autouse=True)
def _alarm() -> object:
    import signal

    def late(*_signal: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def fifo(path: Path) -> None:
    os.mkfifo(path, 0o600)


def folder(path: Path) -> None:
    path.mkdir()


def zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def large(path: Path) -> None:
    path.touch(0o600)
    os.truncate(path, 3 * 1024**3)


def digits(path: Path) -> None:
    path.write_text("idle_minutes = " + "9" * 5000)


def hex_digits(path: Path) -> None:
    path.write_text("idle_minutes = 0x" + "f" * 5000 + "\n[limits]\nparticipants = 0x" + "f" * 5000)


def listed_digits(path: Path) -> None:
    path.write_text("idle_minutes = [[0x" + "f" * 5000 + "]]\nlimits = [0x" + "f" * 5000 + "]")


def deep(path: Path) -> None:
    path.write_text("a = " + "[" * 100_000)


def bytes_of_none(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


def nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


def around(path: Path) -> None:
    path.symlink_to(path)


ALWAYS = [fifo, folder, zero, terminal, large, bytes_of_none, around]
TEXTS = [*ALWAYS, digits, hex_digits, listed_digits, deep]


def as_settings(path: Path) -> None:
    settings.load(path)


def as_startup_settings(path: Path) -> None:
    startup_settings.language_and_vault(str(path))
    # What the quick look does not need, the whole reading finds.
    settings.load(path)


def as_programme(path: Path) -> None:
    programme.load(path)


def as_checklist(path: Path) -> None:
    lists = path.parent / "checklists"
    lists.mkdir()
    path.rename(lists / "a.toml")
    programme.load(None, lists)


def as_passphrase(path: Path) -> None:
    path.chmod(0o600, follow_symlinks=True) if path.is_file() else None
    passphrase_sources.from_file(str(path))


def as_slots(path: Path) -> None:
    read_slots(path)


def as_database(path: Path) -> None:
    engine.check_file(path, VaultPlace(path.parent))


CASES = [
    *((reader, plant) for reader in (as_settings, as_startup_settings, as_programme, as_checklist) for plant in TEXTS),
    *((as_passphrase, plant) for plant in ALWAYS),
    *((as_slots, plant) for plant in ALWAYS if plant is not around),
    *((as_database, plant) for plant in (fifo, folder, zero, terminal)),
]


@pytest.mark.parametrize(
    ("reader", "plant"), CASES, ids=[f"{reader.__name__}-{plant.__name__}" for reader, plant in CASES]
)
def test_whatever_is_planted_is_said(
    tmp_path: Path, reader: Callable[[Path], None], plant: Callable[[Path], None]
) -> None:
    path = tmp_path / "planted.toml"
    plant(path)
    with pytest.raises(ExinError) as error:
        reader(path)
    assert error.value.text.endswith((".", "stood there", "found")) or "toml" in error.value.text
    assert len(error.value.text) < 600
    assert int(error.value.exit_code) in (2, 4)


def test_what_is_remembered_of_users_is_read_from_a_plain_file_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup_settings, "users_file", lambda: str(tmp_path / "users"))
    for plant in (fifo, folder, zero, terminal, large, nowhere, around):
        plant(tmp_path / "users")
        assert startup_settings.remembered_users() == {}, plant
        (tmp_path / "users").rmdir() if plant is folder else (tmp_path / "users").unlink()


def test_a_plain_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert plain_file.read(tmp_path / "link", 100_000) == b"x" * 100_000
    assert plain_file.start(tmp_path / "a", 3) == b"xxx"
    with pytest.raises(plain_file.Unfit, match="larger than 99999 bytes"):
        plain_file.read(tmp_path / "a", 99_999)


def test_a_folder_of_checklists_that_cannot_be_looked_into_is_not_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "checklists").write_text("a file")
    with pytest.raises(ExinError, match="checklists cannot be read"):
        programme.load(None, tmp_path / "checklists")
    assert programme.load(None, tmp_path / "gone").checklists == programme.load().checklists


def test_folders_are_their_owner_s_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make(str(tmp_path / "a" / "b" / "c"))
        make(str(tmp_path / "a"))
    finally:
        os.umask(before)
    assert {one.stat().st_mode & 0o777 for one in tmp_path.rglob("*")} == {0o700}
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        make(str(tmp_path / "file" / "x"))


def test_what_becomes_a_pipe_as_it_is_opened_is_none_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody puts another file in the place of the one that was looked at."""
    plain, found = tmp_path / "plain", os.stat
    plain.touch()
    fifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "stat", lambda _name: found(plain))
    with pytest.raises(plain_file.Unfit):
        plain_file.opened(tmp_path / "pipe")
