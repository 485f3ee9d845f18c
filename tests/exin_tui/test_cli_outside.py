"""The command line and the world around it: files that are planted, disks that are full, folders that are closed."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect
import pytest

from models.vault.slots import read_slots
from tests.exin_tui.command_line import EXIN, NEW_PASSPHRASE, QUICK, House, build, copy

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "models" / "vault_before_rooms" / "vault"
PWNED = "\x1b]0;PWNED\a\x1b[2J"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SOON = 30


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def actions(house: House) -> list[str]:
    store = house.store()
    try:
        return store.ask_now(lambda reading: [row[0] for row in reading.sql("SELECT action FROM audit ORDER BY seq")])
    finally:
        store.close()


# ---------------------------------------------------------------------- exporting into a file


def test_an_export_goes_into_a_file_of_its_owner_s_alone(house: House) -> None:
    shown = house.signed("export", "--format", "json")
    run = house.signed("export", "--format", "json", "--output", str(house.home / "alt"))
    file = house.home / "alt.json"
    assert (run.returncode, run.stdout) == (0, "")
    assert f"The file is not encrypted: {file}" in run.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written, read = json.loads(file.read_text(encoding="utf-8")), json.loads(shown.stdout)
    for participant in (*written["participants"], *read["participants"]):
        # The first export is a visit that the second tells of.
        del participant["visits"]
    assert written["participants"] == read["participants"]
    assert written["participants"]
    assert actions(house)[-2:] == ["export.json", "export.json"]


def test_an_export_goes_over_a_file_only_when_told(house: House) -> None:
    file = house.home / "alt.json"
    file.write_text("mine")
    before = actions(house)
    run = house.signed("export", "--format", "json", "--output", str(file))
    assert (run.returncode, "--replace" in run.stderr, file.read_text()) == (2, True, "mine")
    assert actions(house) == before
    nobody = house.signed("export", "--format", "json", "--output", str(file), "--replace", "--participant", "X-9")
    assert (nobody.returncode, file.read_text()) == (2, "mine")
    assert house.signed("export", "--format", "json", "--output", str(file), "--replace").returncode == 0
    assert json.loads(file.read_text(encoding="utf-8"))["program"] == "exin"
    assert [one.name for one in house.home.glob("*.part")] == []


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("{vault}/slots.json", 2), ("{vault}/x", 2), ("{home}/.bashrc", 2), ("{home}/gone/x", 2),
        ("{home}/" + "æ" * 150, 5),
    ],
    ids=["slots", "vault", "hidden", "gone", "long"],
)  # fmt: skip
def test_an_export_goes_nowhere_it_may_not(house: House, where: str, code: int) -> None:
    before = read_slots(house.vault / "slots.json")
    file = where.format(vault=house.vault, home=house.home)
    for over in ([], ["--replace"]):
        run = house.run("export", "--format", "json", "--output", file, *over, "--user", "kari")
        assert (run.returncode, run.stdout, len(run.stderr.splitlines())) == (code, "", 1), "before any passphrase"
    assert read_slots(house.vault / "slots.json") == before
    assert not (house.home / ".bashrc").exists()


def test_an_export_of_letters_that_steer_is_the_same_data(house: House) -> None:
    store = house.store()
    store._now(lambda: store._database.execute_sql("UPDATE participant SET family_name = ?", ["a\x9b\u202eb\u200dc"]))
    store.close()
    run = house.signed("export", "--format", "json")
    assert STEERING.findall(run.stdout) == []
    assert json.loads(run.stdout)["participants"][0]["family_name"] == "a\x9b\u202eb\u200dc"


# ---------------------------------------------------------------------- what others have planted


def planted_checklist(house: House) -> None:
    (house.vault / "checklists").mkdir()
    (house.vault / "checklists" / f"{PWNED}.toml").write_text("id = 3")


def planted_bytes(house: House) -> None:
    (house.vault / "checklists").mkdir()
    with open(os.fsencode(house.vault / "checklists") + b"/\x9b2J\xff.toml", "wb") as file:
        file.write(b"\xff")


def programme_pipe(house: House) -> None:
    os.mkfifo(house.vault / "programme.toml")


def programme_without_end(house: House) -> None:
    (house.vault / "programme.toml").symlink_to("/dev/zero")


def programme_of_nothing(house: House) -> None:
    (house.vault / "programme.toml").symlink_to(house.vault / f"{PWNED}")


def programme_digits(house: House) -> None:
    (house.vault / "programme.toml").write_text("[limits]\nparticipants = 0x" + "f" * 5000)


def checklists_no_folder(house: House) -> None:
    (house.vault / "checklists").write_text("")


PLANTED = [
    planted_checklist, planted_bytes, programme_pipe, programme_without_end, programme_of_nothing, programme_digits,
    checklists_no_folder,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=[plant.__name__ for plant in PLANTED])
def test_what_a_colleague_plants_is_told_harmlessly(house: House, plant: Callable[[House], None]) -> None:
    plant(house)
    run = house.signed("user", "list", timeout=SOON)
    # Nobody is shut out: what is shipped holds, and why is told.
    assert (run.returncode, len(run.stdout.splitlines()), len(run.stderr.splitlines())) == (0, 1, 1), run.stderr
    assert str(house.vault) in run.stderr
    assert STEERING.findall(run.stderr) == []
    looked = house.run("doctor", timeout=SOON)
    assert looked.returncode == 1
    assert run.stderr.strip().removesuffix(" What is shipped holds.") in looked.stdout
    assert STEERING.findall(looked.stdout + looked.stderr) == []


def test_names_written_past_the_door_steer_nothing(house: House) -> None:
    store = house.store()
    store._now(lambda: store._database.execute_sql("UPDATE staff SET name = ?", [f"Kari{PWNED}\nola\tleader\u202e"]))
    store.close()
    run = house.signed("user", "list")
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) == 1
    assert run.stdout.count("\t") == 5
    assert STEERING.findall(run.stdout) == []
    assert "PWNED" in run.stdout


def test_what_stands_on_the_command_line_steers_nothing(house: House) -> None:
    for arguments in (
        ["--no-such", PWNED],
        [PWNED],
        ["verify", "--against", PWNED],
        ["--vault", f"/{PWNED}", "verify"],
    ):
        run = house.run(*arguments, "--user", PWNED, timeout=SOON)
        assert run.returncode in (2, 5)
        assert STEERING.findall(run.stderr + run.stdout) == []


def settings_pipe(file: Path) -> None:
    os.mkfifo(file)


def settings_without_end(file: Path) -> None:
    file.symlink_to("/dev/zero")


def settings_folder(file: Path) -> None:
    file.mkdir()


def settings_digits(file: Path) -> None:
    file.write_text("idle_minutes = 0x" + "f" * 5000)


def settings_large(file: Path) -> None:
    file.write_text("# \n" * 200_000)


SETTINGS = [settings_pipe, settings_without_end, settings_folder, settings_digits, settings_large]


@pytest.mark.parametrize("plant", SETTINGS, ids=[plant.__name__ for plant in SETTINGS])
def test_settings_that_are_no_plain_file_are_told(house: House, plant: Callable[[Path], None]) -> None:
    file = house.home / "config" / "exin" / "settings.toml"
    file.unlink()
    plant(file)
    for arguments, code in ((["user", "list"], 2), (["doctor"], 1)):
        run = house.signed(*arguments, timeout=SOON) if code == 2 else house.run(*arguments, timeout=SOON)
        assert run.returncode == code, run.stderr
        assert "settings.toml" in run.stderr + run.stdout


@pytest.mark.terminal
@pytest.mark.parametrize("plant", SETTINGS, ids=[plant.__name__ for plant in SETTINGS])
def test_settings_that_are_no_plain_file_are_told_at_the_prompt(house: House, plant: Callable[[Path], None]) -> None:
    file = house.home / "config" / "exin" / "settings.toml"
    file.unlink()
    plant(file)
    exin = house.terminal()
    if plant is settings_digits:
        # The prompt needs none of them; what is wrong is told when they are.
        exin.expect("User name|Brukernavn")
        exin.send("kari\rkorrekt hest batteri stift\r")
    exin.expect("settings.toml")
    exin.expect(r"\.\r\n|\r\n")
    exin.expect(pexpect.EOF)
    exin.close()
    assert exin.exitstatus == 2


@pytest.mark.terminal
def test_a_window_of_a_hundred_billion_columns_is_not_believed(house: House) -> None:
    command, *rest = house.command()
    environment = house.environment | {"COLUMNS": "99999999999999", "LINES": "9" * 5000}
    exin = pexpect.spawn(command, rest, env=environment, encoding="utf-8", dimensions=(24, 80), timeout=SOON)
    exin.expect("User name")
    exin.send("kari\r")
    exin.expect("Passphrase")
    exin.send("korrekt hest batteri stift\r")
    exin.expect("Quit")
    exin.send("qq")
    exin.expect(pexpect.EOF)
    exin.close()
    assert exin.exitstatus == 0


# ---------------------------------------------------------------------- where nobody lets us


def as_somebody() -> Sequence[str]:
    """What runs a program as a user without rights; empty for somebody who has none anyway."""
    if os.geteuid() != 0:
        return ()
    tool = shutil.which("setpriv")
    command = (tool or "", "--reuid=65534", "--regid=65534", "--clear-groups")
    wanted = "import textual, peewee, sqlcipher3, models.store"
    tried = tool and subprocess.run([*command, sys.executable, "-c", wanted], cwd=ROOT, check=False, timeout=SOON)
    if not tried or tried.returncode:
        pytest.skip("the program cannot be run as another user here")
    return command


@pytest.fixture
def closed(built: House) -> Iterator[House]:
    """A house in which others may look at everything but the vault."""
    with TemporaryDirectory() as folder:
        house = copy(built, Path(folder))
        for path in (house.home, *(house.home / "config").rglob("*"), house.home / "config"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        house.vault.chmod(0o000 if os.geteuid() else 0o700)
        yield house
        house.vault.chmod(0o700)


def test_a_folder_that_may_not_be_entered_is_told(closed: House) -> None:
    who = as_somebody()
    for arguments in (
        ["user", "list"],
        ["verify"],
        ["init"],
        ["user", "recover", "kari"],
        ["export", "--format", "json"],
    ):
        run = closed.run(*arguments, *(["--user", "k"] if "recover" not in arguments else []), program=(*who, *EXIN))
        assert (run.returncode, run.stdout) == (5, ""), (arguments, run.stderr)
        assert run.stderr == (
            f"You are not allowed to look into {closed.vault}. Whoever looks after the vault can let you in.\n"
        )
    looked = closed.run("doctor", program=(*who, *EXIN))
    assert looked.returncode == 1, looked.stderr
    assert f"bad: You are not allowed to look into {closed.vault}." in looked.stdout
    assert looked.stderr == ""


def test_a_name_that_is_too_long_is_told(house: House) -> None:
    house.vault = house.home / ("x" * 256)
    for arguments, code in ((["user", "list"], 5), (["doctor"], 1), (["init"], 5)):
        run = house.run(*arguments, *(["--user", "k"] if code == 5 else []))
        assert run.returncode == code, run.stderr
        assert "the name is too long" in run.stderr + run.stdout


def test_a_home_that_is_nobody_s_is_told(house: House) -> None:
    for arguments, code in ((["verify"], 5), (["doctor"], 1)):
        run = house.run(*arguments, "--vault", "~nobody-has-this-name/vault")
        assert run.returncode == code
        assert "no such home folder" in run.stderr + run.stdout


# ---------------------------------------------------------------------- a full disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def filled(disk: Path, left: int) -> None:
    (disk / "full").write_bytes(bytes(shutil.disk_usage(disk).free - left))


@pytest.mark.parametrize("left", [0, 16 * 1024, 44 * 1024, 60 * 1024, 68 * 1024])
def test_a_colleague_who_cannot_be_let_in_leaves_no_key(house: House, disk: Path, left: int) -> None:
    house.vault = Path(shutil.move(house.vault, disk / "vault"))
    before = len(read_slots(house.vault / "slots.json").slots)
    filled(disk, left)
    run = house.signed("user", "add", "ola", "--new-passphrase-file", house.secret("new", NEW_PASSPHRASE))
    (disk / "full").unlink()
    keys, team = len(read_slots(house.vault / "slots.json").slots), house.signed("user", "list").stdout.splitlines()
    if run.returncode == 0:
        assert (keys, len(team)) == (before + 1, 2)
    else:
        assert (run.returncode, len(team)) == (5, 1)
        assert "nothing was changed" in run.stderr
        assert "damaged" not in run.stderr
        assert keys == before
    assert house.signed("verify").stdout == ""


def test_a_key_that_cannot_be_taken_back_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The join fails and the slots cannot be written any more: the sentence says what has been done."""
    from config import words
    from models import users
    from models.store import Store
    from models.vault import files
    from models.vault.errors import DiskFull

    store = house.store()
    kept = files.write_whole

    def full(place: object, file: Path, content: bytes) -> None:
        raise DiskFull(file.parent)

    def fail(store: Store) -> None:
        with users._new_slot(store, "ola", NEW_PASSPHRASE, "caseworker", QUICK):
            monkeypatch.setattr(files, "write_whole", full)
            raise DiskFull(house.vault)

    words.use("en")
    with pytest.raises(users.HalfDone) as error:
        fail(store)
    monkeypatch.setattr(files, "write_whole", kept)
    assert (error.value.exit_code, "nothing was changed" in error.value.text) == (5, False)
    assert "A key of ola was made" in error.value.text
    assert "--unowned" in error.value.text


@pytest.mark.parametrize("left", [0, 64 * 1024, 200 * 1024, 400 * 1024, 560 * 1024, 600 * 1024])
def test_a_schema_that_finds_no_room_for_its_copy_says_so(house: House, disk: Path, left: int) -> None:
    shutil.copytree(OLD, disk / "vault")
    house.vault = disk / "vault"
    filled(disk, left)
    run = house.signed("verify")
    (disk / "full").unlink()
    if run.returncode:
        assert run.returncode == 5, run.stderr
        assert re.search(r"full; nothing was changed", run.stderr), run.stderr
        assert list((disk / "vault").glob("copies/*")) == []
    again = house.signed("verify")
    assert (again.returncode, again.stdout) == (0, ""), again.stderr


def test_a_full_disk_under_an_export_leaves_no_half_of_it(house: House, disk: Path) -> None:
    filled(disk, 0)
    run = house.signed("export", "--format", "json", "--output", str(disk / "alt"))
    assert (run.returncode, run.stdout) == (5, "")
    assert f"{disk}/alt.json cannot be written: the disk is full." in run.stderr
    assert [one.name for one in disk.iterdir()] == ["full"]
