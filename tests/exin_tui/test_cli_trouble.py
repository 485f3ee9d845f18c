"""Whatever is wrong with a vault or a secret has its own sentence and exit code, and the files stay as they were."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models.vault.slots import read_slots
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House, build, copy


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def contents(house: House) -> dict[str, bytes]:
    """Every file of the vault but the engine's shared memory, which readers write too."""
    files = (file for file in house.vault.rglob("*") if file.is_file() and not file.name.endswith("-shm"))
    return {file.name: file.read_bytes() for file in files}


def missing(house: House) -> None:
    for file in house.vault.iterdir():
        file.unlink()


def without_database(house: House) -> None:
    (house.vault / "caseload.db").unlink()


def without_slots(house: House) -> None:
    (house.vault / "slots.json").unlink()


def empty_database(house: House) -> None:
    (house.vault / "caseload.db").write_bytes(b"")


def foreign(house: House) -> None:
    (house.vault / "caseload.db").write_bytes(b"SQLite format 3\0" + bytes(4080))


def damaged_start(house: House) -> None:
    data = bytearray((house.vault / "caseload.db").read_bytes())
    data[100] ^= 1
    (house.vault / "caseload.db").write_bytes(data)


def damaged_slots(house: House) -> None:
    data = (house.vault / "slots.json").read_bytes()
    (house.vault / "slots.json").write_bytes(data.replace(b'"epoch": 1', b'"epoch": 2'))


def newer_slots(house: House) -> None:
    import hashlib

    whole = json.loads((house.vault / "slots.json").read_text())
    whole["content"]["format"] = 99
    plain = json.dumps(whole["content"], sort_keys=True, separators=(",", ":")).encode()
    whole["checksum"] = hashlib.sha256(plain).hexdigest()
    (house.vault / "slots.json").write_text(json.dumps(whole, sort_keys=True, indent=1) + "\n")


def newer_schema(house: House) -> None:
    store = house.store()
    store._now(lambda: store._database.execute_sql("PRAGMA user_version = 99"))
    store.close()


TROUBLES: list[tuple[Callable[[House], None], int, str]] = [
    (missing, 5, "There is no vault in"),
    (without_database, 4, "caseload.db is missing"),
    (without_slots, 4, "slots.json is missing"),
    (empty_database, 4, "caseload.db is empty"),
    (foreign, 4, "not a database of this program"),
    (damaged_start, 4, "damaged"),
    (damaged_slots, 4, "slots.json is damaged"),
    (newer_slots, 5, "slots.json was written by a newer version"),
    (newer_schema, 5, "caseload.db was written by a newer version"),
]


@pytest.mark.parametrize(("trouble", "code", "text"), TROUBLES, ids=[trouble.__name__ for trouble, _, _ in TROUBLES])
def test_each_trouble_has_its_sentence_and_code(
    house: House, trouble: Callable[[House], None], code: int, text: str
) -> None:
    trouble(house)
    before = contents(house)
    run = house.signed("verify")
    assert (run.returncode, run.stdout) == (code, ""), run.stderr
    assert text in run.stderr
    assert len(run.stderr.splitlines()) == 1
    # The lock is the one file that looking may make.
    assert {name: data for name, data in contents(house).items() if name != "vault.lock"} == {
        name: data for name, data in before.items() if name != "vault.lock"
    }


def test_a_damaged_page_inside_is_named(house: House) -> None:
    data = bytearray((house.vault / "caseload.db").read_bytes())
    data[-2000] ^= 1
    (house.vault / "caseload.db").write_bytes(data)
    run = house.signed("verify")
    assert run.returncode in (1, 4), run.stderr
    assert "page" in run.stdout
    assert "Traceback" not in run.stderr


def test_wrong_passphrase_and_unknown_user_are_told_alike(house: House) -> None:
    wrong = house.run("verify", "--user", "kari", "--passphrase-file", house.secret("wrong", NEW_PASSPHRASE))
    unknown = house.signed("verify", user="nemo")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert (unknown.returncode, unknown.stdout, unknown.stderr) == (3, "", wrong.stderr)
    assert len(wrong.stderr.splitlines()) == 1


def test_a_vault_cannot_be_made_among_other_files(house: House, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("x")
    run = house.run("init", "--vault", str(full), "--user", "kari", "--passphrase-file", f"{tmp_path}/passphrase")
    assert (run.returncode, "letter.txt" in run.stderr) == (5, True)
    assert [file.name for file in full.iterdir()] == ["letter.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(house: House) -> None:
    house.vault.chmod(0o500)
    run = house.signed("verify")
    house.vault.chmod(0o700)
    assert (run.returncode, "cannot be written" in run.stderr) == (5, True)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_passphrase_file_open_to_others_is_refused(house: House, mode: int) -> None:
    file = house.secret("passphrase", PASSPHRASE, mode)
    run = house.signed("verify")
    assert (run.returncode, run.stdout) == (2, "")
    assert file in run.stderr
    assert "chmod 600" in run.stderr


def test_a_passphrase_file_that_is_none_is_refused(house: House) -> None:
    os.mkfifo(house.home / "pipe", 0o600)
    (house.home / "bytes").write_bytes(b"\xff\xfe\n")
    (house.home / "empty").write_bytes(b"\n")
    for name in ("pipe", "bytes", "empty"):
        (house.home / name).chmod(0o600)
    for name, text in (
        ("vault", "not a plain file"), ("pipe", "not a plain file"), ("nothing", "cannot be read"),
        ("bytes", "UTF-8"), ("empty", "empty"),
    ):  # fmt: skip
        run = house.run("verify", "--user", "kari", "--passphrase-file", str(house.home / name))
        assert (run.returncode, run.stdout, text in run.stderr) == (2, "", True), (name, run.stderr)


def test_one_line_end_is_not_part_of_the_passphrase(house: House) -> None:
    for ending, code in (("", 0), ("\n", 0), ("\r\n", 0), ("\n\n", 2), (" ", 3)):
        (house.home / "passphrase").write_bytes(PASSPHRASE.encode() + ending.encode())
        assert house.signed("user", "list").returncode == code, repr(ending)


def test_a_descriptor_gives_the_passphrase(house: House) -> None:
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    run = house.run("user", "list", "--user", "kari", "--passphrase-fd", str(reading), pass_fds=[reading])
    os.close(reading)
    assert run.returncode == 0, run.stderr
    by_input = house.run(
        "user", "list", "--user", "kari", "--passphrase-fd", "0", stdin=None, input=PASSPHRASE + "\n"
    )  # fmt: skip
    assert by_input.stdout == run.stdout
    closed = house.run("user", "list", "--user", "kari", "--passphrase-fd", "77")
    assert (closed.returncode, "descriptor 77" in closed.stderr) == (2, True)
    both = house.signed("user", "list", "--passphrase-fd", "0")
    assert both.returncode == 2


def test_without_a_terminal_and_a_secret_the_options_are_named(house: House) -> None:
    run = house.run("verify", "--user", "kari")
    assert (run.returncode, "--passphrase-file or --passphrase-fd" in run.stderr) == (2, True)
    nobody = house.run("verify", "--passphrase-file", str(house.home / "passphrase"))
    assert (nobody.returncode, "--user" in nobody.stderr) == (2, True)


def test_broken_settings_are_told_but_do_not_hide_the_doctor(house: House) -> None:
    house.settings("language = 3\n")
    run = house.signed("user", "list")
    assert (run.returncode, "settings.toml" in run.stderr) == (2, True)
    assert house.run("--version").returncode == 0


def test_export_runs_through_a_clean_pipe(house: House) -> None:
    with subprocess.Popen(
        house.command("export", "--format", "json", "--user", "kari", "--passphrase-file", f"{house.home}/passphrase"),
        env=house.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as exin:  # fmt: skip
        assert exin.stdout is not None
        assert exin.stderr is not None
        shown = subprocess.run(
            [sys.executable, "-m", "json.tool"], stdin=exin.stdout, capture_output=True, check=True, timeout=60
        )
        assert exin.stderr.read() == b""
    assert exin.returncode == 0
    assert json.loads(shown.stdout)["program"] == "exin"


def test_a_reader_that_leaves_ends_it_quietly(house: House) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = house.run("keys", "--json", stdout=writing)
    os.close(writing)
    assert (run.returncode, run.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_output_that_cannot_be_written_is_told(house: House) -> None:
    with open("/dev/full", "w") as full:
        run = house.signed("export", "--format", "json", stdout=full)
    assert (run.returncode, "could not be written" in run.stderr) == (5, True)


def test_the_secret_is_in_no_argument_and_no_variable(house: House) -> None:
    """Looked at while the program waits for the second secret, with the first in its memory."""
    reading, writing = os.pipe()
    exin = subprocess.Popen(
        house.command("user", "passphrase", "--user", "kari", "--passphrase-file", f"{house.home}/passphrase",
                      "--new-passphrase-fd", str(reading)),
        env=house.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[reading],
    )  # fmt: skip
    os.close(reading)
    try:
        process = Path(f"/proc/{exin.pid}")
        deadline = time.monotonic() + 30
        while not _has_open(process, "caseload.db") and time.monotonic() < deadline:
            time.sleep(0.02)
        seen = process.joinpath("cmdline").read_bytes() + process.joinpath("environ").read_bytes()
        os.write(writing, NEW_PASSPHRASE.encode())
    finally:
        os.close(writing)
    assert exin.wait(30) == 0
    assert b"exin_tui" in seen
    assert PASSPHRASE.encode() not in seen
    assert read_slots(house.vault / "slots.json").generation > 1


def _has_open(process: Path, name: str) -> bool:
    try:
        return any(name in os.readlink(handle) for handle in process.joinpath("fd").iterdir())
    except OSError:
        return False
