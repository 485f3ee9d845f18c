"""`exin user` while others have the vault open in programs of their own: names, the list, who is here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.team import sessions
from models.vault import sealed
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House, build, copy

OTHER = "sju fjell og en regnfrakk til"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def listed(house: House) -> dict[str, list[str]]:
    run = house.signed("user", "list")
    assert run.returncode == 0, run.stderr
    return {line.split("\t")[0]: line.split("\t")[1:] for line in run.stdout.splitlines()}


def test_a_name_is_given_and_what_steers_a_terminal_is_left_out(house: House) -> None:
    run = house.signed("user", "rename", "kari", "Kari\x1b]0;PWNED\x07 Nordmann\nBerg")
    assert (run.returncode, run.stdout, "\x1b" in run.stderr) == (0, "", False), run.stderr
    assert listed(house)["kari"][2] == "Kari]0;PWNED Nordmann Berg"
    nothing = house.signed("user", "rename", "kari", "\x1b\x07")
    assert (nothing.returncode, "nothing is left" in nothing.stderr) == (2, True)
    nobody = house.signed("user", "rename", "nemo", "Nemo")
    assert (nobody.returncode, "nemo" in nobody.stderr) == (2, True)
    acts = house.store()
    found = acts.ask_now(lambda reading: reading.sql("SELECT count(*) FROM audit WHERE action = 'staff.rename'"))
    acts.close()
    assert found == [(1,)]
    assert house.signed("verify").returncode == 0


@pytest.mark.terminal
def test_all_of_it_works_while_two_others_have_it_open(house: House) -> None:
    new, other = house.secret("new", NEW_PASSPHRASE), house.secret("other", OTHER)
    added = house.signed("user", "add", "ola", "--name", "Ola Nordmann", "--new-passphrase-file", new)
    assert added.returncode == 0, added.stderr
    kari, ola = house.terminal("--user", "kari"), house.terminal("--user", "ola")
    for terminal, passphrase in ((kari, PASSPHRASE), (ola, NEW_PASSPHRASE)):
        terminal.expect("Passphrase for")
        terminal.send(passphrase + "\r")
        terminal.expect("board")
    ola.expect("Somebody else chose your passphrase")
    rows = listed(house)
    assert rows["ola"][:3] == ["caseworker", "active", "Ola Nordmann"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", rows["ola"][3])
    assert rows["ola"][4] == "live"
    for arguments in (
        ("rename", "ola", "Ola Berg"),
        ("role", "ola", "reader"),
        ("add", "siri", "--name", "Siri Dahl", "--new-passphrase-file", other),
        ("recover", "--new-key"),
        ("revoke", "ola"),
    ):
        run = house.signed("user", *arguments)
        assert run.returncode == 0, run.stderr
    ola.expect("withdrawn or made anew")
    ola.close()
    assert kari.isalive()
    rows = listed(house)
    assert rows["ola"][:3] == ["reader", "revoked", "Ola Berg"]
    assert rows["ola"][4] == "-"
    assert rows["siri"][3:] == ["-", "-"]
    kari.send("qq")
    kari.wait()
    assert house.signed("verify").stdout == ""


def test_a_passphrase_that_a_leader_gives_is_noted_until_it_is_changed(house: House) -> None:
    new, other = house.secret("new", NEW_PASSPHRASE), house.secret("other", OTHER)
    house.signed("user", "add", "lise", "--role", "reader", "--new-passphrase-file", new)
    store = house.store()
    assert [one.given for one in store.ask_now(sessions.users)] == [False, True]
    store.close()
    run = house.run("user", "passphrase", "--user", "lise", "--passphrase-file", new, "--new-passphrase-file", other)
    assert run.returncode == 0, run.stderr
    store = house.store()
    assert [one.given for one in store.ask_now(sessions.users)] == [False, False]
    store.close()
    assert sealed.unlock(house.vault, "lise", OTHER).role == "reader"
