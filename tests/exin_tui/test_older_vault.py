"""A vault older than when it was last open here: refused by every command and the screens, gone on with by choice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pexpect
import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.storage.last_seen import Memory
from models.store import Store
from models.vault import sealed
from screens.widgets.key_line import SaidLine
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House, build, copy


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path / "house")


@pytest.fixture
def older(house: House, tmp_path: Path) -> House:
    """A house where a copy of this morning was put back after kari had worked on."""
    shutil.copytree(house.vault, tmp_path / "copy")
    assert house.signed("export", "--format", "json").returncode == 0
    shutil.rmtree(house.vault)
    shutil.copytree(tmp_path / "copy", house.vault)
    return house


def remembered(house: House) -> list[Path]:
    return sorted((house.home / "state").glob("**/seen-*"))


def answered(terminal: pexpect.spawn[str], answer: str) -> tuple[int | None, str]:
    terminal.expect_exact("[y/N] ")
    terminal.send(answer + "\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus, terminal.before or ""


@pytest.mark.parametrize("command", [("verify",), ("export", "--format", "json"), ("user", "list")], ids=lambda c: c[0])
def test_every_command_refuses_it_with_a_code_of_its_own(older: House, command: tuple[str, ...]) -> None:
    run = older.signed(*command)
    assert (run.returncode, run.stdout) == (6, "")
    assert f"{older.vault} is older than when it was last open here" in run.stderr
    assert "--accept-older" in run.stderr


def test_without_a_terminal_nobody_goes_on_with_it(older: House) -> None:
    run = older.signed("verify", "--accept-older")
    assert (run.returncode, run.stdout) == (5, "")
    assert older.signed("user", "list").returncode == 6


@pytest.mark.terminal
def test_a_leader_who_says_yes_goes_on_with_it_and_who_says_no_does_not(older: House) -> None:
    asked = ("verify", "--accept-older", "--user", "kari", "--passphrase-file", f"{older.home}/passphrase")
    assert answered(older.terminal(*asked), "n")[0] == 6
    code, shown = answered(older.terminal(*asked), "y")
    assert (code, "0 findings." in shown) == (0, True)
    again = older.signed("verify")
    assert (again.returncode, again.stdout) == (0, "")
    assert "older state" not in again.stderr


@pytest.mark.terminal
def test_the_recovery_key_goes_on_with_it_too(house: House, tmp_path: Path) -> None:
    key = house.secret("recovery", house.recovery)
    new = house.secret("new", NEW_PASSPHRASE)
    command = ("user", "recover", "kari", "--recovery-key-file", key, "--new-passphrase-file", new)
    shutil.copytree(house.vault, tmp_path / "copy")
    assert house.run(*command).returncode == 0
    shutil.rmtree(house.vault)
    shutil.copytree(tmp_path / "copy", house.vault)
    assert house.run(*command).returncode == 6
    code, shown = answered(house.terminal(*command, "--accept-older"), "y")
    assert (code, "kari has a new passphrase." in shown) == (0, True)
    told = house.run("user", "list", "--user", "kari", "--passphrase-file", new)
    assert told.returncode == 0


@pytest.mark.terminal
def test_the_screens_do_not_open_on_it(older: House) -> None:
    terminal = older.terminal("--user", "kari")
    terminal.expect("Passphrase for kari: ")
    terminal.send(PASSPHRASE + "\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 6
    assert "is older than when it was last open here" in (terminal.before or "").replace("\r\n", " ")
    assert "Kari Nordmann" not in (terminal.before or "")


def test_a_damaged_memory_is_told_and_work_goes_on(house: House) -> None:
    assert house.signed("user", "list").returncode == 0
    (file,) = remembered(house)
    file.write_text("{")
    run = house.signed("user", "list")
    assert (run.returncode, run.stdout.startswith("kari\tteam-leader\tactive\tKari Nordmann\t")) == (0, True)
    assert f"{file} was damaged" in run.stderr
    assert house.signed("user", "list").stderr == ""


@pytest.mark.terminal
def test_of_a_demo_nothing_is_remembered(tmp_path: Path) -> None:
    house = House(tmp_path)
    for _again in range(2):
        terminal = house.terminal("demo", "--participants", "3", "--keep", str(tmp_path / "kept"))
        terminal.expect("\x1b\\[\\?1049h", timeout=60)
        terminal.expect("Help")
        for told in ("Once more", pexpect.EOF):
            terminal.send("q")
            terminal.expect(told)
        terminal.close()
        assert terminal.exitstatus == 0
    assert remembered(house) == []


async def test_the_screens_tell_what_the_opening_has_to_tell(store: Store, vault_folder: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state")
    memory.file(store.unlocked.vault_id, store.unlocked.slot_id or "").parent.mkdir()
    memory.file(store.unlocked.vault_id, store.unlocked.slot_id or "").write_text("{")
    told = Store(sealed.unlock(vault_folder, "kari", PASSPHRASE), store.clock, store.programme, memory)
    told.open()
    app = ExinApp(Settings(language="en"), told, told.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "was damaged" in app.screen.query_one(SaidLine).said
    told.close()
