"""Every subcommand does what its help says, and tells scripts how it went."""

from __future__ import annotations

import argparse
import gettext
import json
import os
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config import words
from exin_tui import cli
from models.values.clock import Clock
from models.vault import sealed
from models.vault.errors import CannotUnlock
from models.vault.recovery import RecoveryKey
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, QUICK, House, build, copy


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def test_init_makes_a_vault_that_opens_and_prints_only_the_recovery_key(tmp_path: Path) -> None:
    house = House(tmp_path)
    run = house.run("init", "--user", "Kari", "--name", "Kari Nordmann", "--passphrase-file", f"{tmp_path}/passphrase")
    assert run.returncode == 0, run.stderr
    (line,) = run.stdout.splitlines()
    unlocked = sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(line))
    assert unlocked.vault_id
    listed = house.signed("user", "list")
    assert listed.stdout.startswith("kari\tteam-leader\tactive\tKari Nordmann\t")
    again = house.run("init", "--user", "per", "--passphrase-file", f"{tmp_path}/passphrase")
    assert (again.returncode, again.stdout) == (5, "")
    assert "already a vault" in again.stderr


def test_init_refuses_a_weak_passphrase_and_makes_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    run = house.run("init", "--user", "kari", "--passphrase-file", house.secret("weak", "sommer2026"))
    assert (run.returncode, run.stdout) == (2, "")
    assert "too weak" in run.stderr
    assert not house.vault.exists()


def test_init_makes_nothing_when_nobody_can_see_the_key(tmp_path: Path) -> None:
    house = House(tmp_path)
    run = house.run(
        "init", "--user", "kari", "--passphrase-file", f"{tmp_path}/passphrase", stdout=None,
        preexec_fn=lambda: os.close(1),
    )  # fmt: skip
    assert run.returncode == 5
    assert not house.vault.exists()


def test_a_colleague_is_let_in_and_out_again(house: House) -> None:
    new = house.secret("new", NEW_PASSPHRASE)
    added = house.signed(
        "user", "add", "Ola", "--name", "Ola Nordmann", "--role", "reader", "--new-passphrase-file", new
    )
    assert (added.returncode, added.stdout) == (0, ""), added.stderr
    listed = house.run("user", "list", "--user", "ola", "--passphrase-file", new)
    rows = [line.split("\t") for line in listed.stdout.splitlines()]
    assert [row[:4] for row in rows] == [
        ["kari", "team-leader", "active", "Kari Nordmann"],
        ["ola", "reader", "active", "Ola Nordmann"],
    ]
    # When others were here only a leader is told.
    assert [row[5] for row in rows] == ["-", "live"]
    assert (rows[0][4], rows[1][4][:2]) == ("-", "20")
    twice = house.signed("user", "add", "ola", "--new-passphrase-file", new)
    assert (twice.returncode, "already" in twice.stderr) == (2, True)
    refused = house.run("user", "revoke", "kari", "--user", "ola", "--passphrase-file", new)
    assert (refused.returncode, "Only a team leader" in refused.stderr) == (2, True)
    assert house.signed("user", "revoke", "ola").returncode == 0
    with pytest.raises(CannotUnlock):
        sealed.unlock(house.vault, "ola", NEW_PASSPHRASE)
    assert "ola\treader\trevoked\tOla Nordmann\t" in house.signed("user", "list").stdout
    assert house.signed("verify").returncode == 0


def test_nobody_locks_the_team_out(house: House) -> None:
    own = house.signed("user", "revoke", "kari")
    assert (own.returncode, "your own access" in own.stderr) == (2, True)
    nobody = house.signed("user", "revoke", "nemo")
    assert (nobody.returncode, "nemo" in nobody.stderr) == (2, True)
    assert house.signed("user", "revoke").returncode == 2


def test_the_own_passphrase_is_changed(house: House) -> None:
    new = house.secret("new", NEW_PASSPHRASE)
    weak = house.signed("user", "passphrase", "--new-passphrase-file", house.secret("weak", "kari kari kari"))
    assert weak.returncode == 2
    assert house.signed("user", "passphrase", "--new-passphrase-file", new).returncode == 0
    assert sealed.unlock(house.vault, "kari", NEW_PASSPHRASE).slot_id
    with pytest.raises(CannotUnlock):
        sealed.unlock(house.vault, "kari", PASSPHRASE)


def test_the_recovery_key_gives_a_new_passphrase_and_can_be_renewed(house: House) -> None:
    key, new = house.secret("key", house.recovery.lower()), house.secret("new", NEW_PASSPHRASE)
    run = house.run(
        "user", "recover", "kari", "--new-key", "--recovery-key-file", key, "--new-passphrase-file", new
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    (line,) = run.stdout.splitlines()
    assert sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(line)).vault_id
    assert sealed.unlock(house.vault, "kari", NEW_PASSPHRASE).slot_id
    old = house.run("user", "recover", "kari", "--recovery-key-file", key, "--new-passphrase-file", new)
    assert (old.returncode, "correctly typed" in old.stderr) == (3, True)
    assert house.run("verify", "--user", "kari", "--passphrase-file", new).returncode == 0


def test_a_mistyped_recovery_key_is_told_from_a_wrong_one(house: House) -> None:
    wrong = house.recovery[:-1] + ("0" if house.recovery[-1] != "0" else "1")
    run = house.run("user", "recover", "kari", "--recovery-key-file", house.secret("key", wrong))
    assert (run.returncode, "mistyped" in run.stderr) == (3, True)
    nobody = house.run(
        "user", "recover", "nemo", "--recovery-key-file", house.secret("key", house.recovery),
        "--new-passphrase-file", house.secret("new", NEW_PASSPHRASE),
    )  # fmt: skip
    assert (nobody.returncode, "nemo" in nobody.stderr) == (2, True)


def test_a_leader_renews_a_lost_recovery_key(house: House) -> None:
    run = house.signed("user", "recover", "--new-key")
    assert run.returncode == 0, run.stderr
    assert sealed.unlock_with_recovery(house.vault, RecoveryKey.parse(run.stdout)).vault_id
    assert house.run("user", "recover").returncode == 2


def test_a_key_that_belongs_to_nobody_opens_nothing_and_is_found(house: House) -> None:
    store = house.store()
    store.unlocked.add_slot("stray", PASSPHRASE)
    store.close()
    refused = house.signed("user", "list", user="stray")
    assert (refused.returncode, refused.stdout) == (3, "")
    found = house.signed("verify")
    assert found.returncode == 1
    assert found.stdout.startswith("slots: 1 key belongs to nobody")
    assert house.signed("user", "revoke", "--unowned").returncode == 0
    assert house.signed("verify").returncode == 0


def test_export_is_json_for_a_pipe_and_leaves_a_trace(house: House) -> None:
    run = house.signed("export", "--format", "json")
    whole = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (0, "")
    (person,) = whole["participants"]
    assert (person["given_name"], person["timeline"][0]["text"]) == ("Åse", "Ringte om bolig. 日本 😀")
    one = house.signed("export", "--format", "json", "--participant", person["code"].lower())
    (again,) = json.loads(one.stdout)["participants"]
    # Each stands in the access log before it goes out, so that it stands in what goes out.
    logged = [[(visit["by"], visit["kind"]) for visit in each.pop("visits")] for each in (person, again)]
    assert logged == [[("kari", "exported")], [("kari", "exported")] * 2]
    assert again == person
    # Minutes tell of many: whoever asks about one gets that one's lines only.
    assert set(whole["team"]) == {
        "meetings", "parked", "absences", "snoozes", "cooperation", "evaluations", "gatherings", "network_members",
    }  # fmt: skip
    assert "team" not in json.loads(one.stdout)
    # The export before is the row this one found at the end of the chain.
    assert json.loads(one.stdout)["audit"]["count"] == whole["audit"]["count"] + 1
    none = house.signed("export", "--format", "json", "--participant", "X-999")
    assert (none.returncode, none.stdout, "X-999" in none.stderr) == (2, "", True)


def recalled(house: House, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """With a passphrase, but without saying who it is."""
    return house.run(*arguments, "--passphrase-file", str(house.home / "passphrase"), **options)


def remember(house: House, user: str) -> Path:
    """Let `user` be the last who opened the vault here; answers where that is kept."""
    file = house.home / "state" / "exin" / f"users-{os.getuid()}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{user}\t{house.vault}\n", encoding="utf-8")
    return file


def test_a_refusal_of_the_last_user_says_who_was_tried_and_where_the_name_is_from(house: House) -> None:
    without = recalled(house, "export", "--format", "json")
    assert (without.returncode, without.stdout) == (2, "")
    assert "Say who you are with --user." in without.stderr
    file = remember(house, "kari")
    assert json.loads(recalled(house, "export", "--format", "json").stdout)["exported_by"] == "kari"
    remember(house, "lise")
    refused = recalled(house, "export", "--format", "json")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "does not open with this user name and this passphrase together." in refused.stderr
    assert f"Tried was lise, who opened this vault last here ({file}); say who you are with --user." in refused.stderr
    named = house.signed("export", "--format", "json", user="lise")
    assert (named.returncode, named.stdout) == (3, "")
    assert "Tried was" not in named.stderr


def test_a_last_user_who_left_the_team_is_named_too(house: House) -> None:
    unlocked = sealed.unlock(house.vault, "kari", PASSPHRASE)
    unlocked.add_slot("lise", PASSPHRASE, kdf=QUICK)
    unlocked.forget()
    remember(house, "lise")
    refused = recalled(house, "export", "--format", "json")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "This key belongs to nobody in the team." in refused.stderr
    assert "Tried was lise" in refused.stderr


def test_export_writes_utf_8_whatever_the_locale(house: House) -> None:
    latin = house.environment | {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    run = house.signed("export", "--format", "json", env=latin)
    assert json.loads(run.stdout)["participants"][0]["timeline"][0]["text"].endswith("日本 😀")


def test_verify_tells_count_and_head_and_notices_a_cut_tail(house: House) -> None:
    run = house.signed("verify")
    assert (run.returncode, run.stdout) == (0, "")
    noted = run.stderr.split("Audit: ")[1].strip()
    count, head = noted.split(":")
    assert house.signed("verify", "--against", noted).returncode == 0
    forged = house.signed("verify", "--against", f"{count}:{head[:-1]}{'0' if head[-1] != '0' else '1'}")
    assert (forged.returncode, "rewritten" in forged.stdout) == (1, True)
    beyond = house.signed("verify", "--against", f"{int(count) + 5}:{head}")
    assert (beyond.returncode, "cut off" in beyond.stdout) == (1, True)
    assert house.signed("verify", "--against", "nonsense").returncode == 2


def test_verify_names_what_is_wrong_on_a_line_each(house: House) -> None:
    store = house.store()
    store._now(lambda: store._database.execute_sql("UPDATE audit SET action = 'forged' WHERE seq = 2"))
    store._now(lambda: store._database.execute_sql("UPDATE card SET name = 'Other'"))
    store.close()
    run = house.signed("verify")
    assert run.returncode == 1
    assert [line.partition(":")[0] for line in run.stdout.splitlines()] == ["card 1", "audit"]


def test_verify_names_a_record_that_was_changed_past_the_program(house: House) -> None:
    store = house.store()
    store._now(lambda: store._database.execute_sql("UPDATE staff SET role = 'reader'"))
    store.close()
    run = house.signed("verify")
    altered, unsigned = run.stdout.splitlines()
    assert run.returncode == 1
    assert altered == "staff 1: Row 1 of staff does not say what the audit tells that it became."
    assert unsigned.startswith("slots: kari is reader in the team's list and team-leader in the signed roster")


def test_a_clock_that_was_put_back_is_told_and_changes_no_exit_code(house: House) -> None:
    store = house.store()
    store.clock = Clock(store.clock.zone, lambda: datetime(2001, 1, 1, tzinfo=UTC))
    store.witness_now("export.json")
    store.close()
    run = house.signed("verify")
    assert (run.returncode, run.stdout.startswith("warning: audit: Row ")) == (0, True)
    assert run.stderr.startswith("0 findings.")


def test_doctor_needs_no_passphrase(house: House) -> None:
    run = house.run("doctor")
    assert run.returncode == 0, run.stdout
    assert {line.partition(":")[0] for line in run.stdout.splitlines()} == {"ok", "warn"}
    assert "SQLCipher" in run.stdout
    assert "users with a key: 1" in run.stdout


def test_doctor_says_what_is_bad(house: House) -> None:
    (house.vault / "slots.json").chmod(0o664)
    house.settings('language = "sv"\n')
    run = house.run("doctor")
    bad = [line for line in run.stdout.splitlines() if line.startswith("bad: ")]
    assert run.returncode == 1
    assert len(bad) == 2, run.stdout
    assert "settings.toml" in bad[0]
    assert "slots.json" in bad[1]
    (house.vault / "slots.json").write_bytes(b"")
    assert "slots.json" in house.run("doctor").stdout


def test_keys_for_people_and_for_scripts(house: House) -> None:
    house.settings('language = "en"\n[keys]\n"board.add" = "F12"\n')
    shown = house.run("keys")
    assert shown.returncode == 0
    assert "F12" in shown.stdout
    data = {action["id"]: action for action in json.loads(house.run("keys", "--json").stdout)}
    assert data["board.add"]["keys"] == ["f12"]
    house.settings('[keys]\n"board.nothing" = "x"\n')
    assert house.run("keys").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [[], ["init"], ["user"], ["user", "add"], ["user", "list"], ["user", "revoke"], ["user", "passphrase"],
     ["user", "recover"], ["export"], ["verify"], ["doctor"], ["keys"], ["demo"]],
)  # fmt: skip
def test_every_help_has_an_example(house: House, arguments: list[str]) -> None:
    run = house.run(*arguments, "--help")
    assert (run.returncode, run.stderr) == (0, "")
    assert f"\n  exin {' '.join(arguments)}".rstrip() in run.stdout
    assert "example" in run.stdout


def test_version_and_help_and_mistakes(house: House) -> None:
    assert house.run("--version").stdout == "exin 0.1.0\n"
    helped = house.run("--help")
    assert helped.returncode == 0
    assert all(f"\n  {code:>3}  " in helped.stdout for code in (0, 1, 2, 3, 4, 5, 70))
    for arguments in (["bogus"], ["export"], ["verify", "--user", ""], ["export", "--format", "xml"]):
        run = house.run(*arguments)
        assert (run.returncode, run.stdout) == (2, ""), arguments
        assert run.stderr.startswith("usage: exin")


def test_the_parser_library_speaks_through_our_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Marked(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"«{message}»"

    monkeypatch.setattr(words, "_catalog", Marked())
    for name in ("_", "ngettext"):
        monkeypatch.setattr(argparse, name, getattr(argparse, name))
    shown = cli.parser().format_help()
    for sentence in ("usage: ", "options", "show this help message and exit", "exit codes:", "done"):
        assert f"«{sentence}»" in shown


def test_without_a_terminal_the_screens_do_not_start(house: House) -> None:
    for arguments in ([], ["--user", "kari"], ["--passphrase-file", str(house.home / "passphrase")]):
        run = house.run(*arguments)
        assert (run.returncode, run.stdout) == (5, "")
        assert "terminal" in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="modes are Unix's")
@pytest.mark.parametrize("umask", [0o000, 0o007, 0o022, 0o277], ids=oct)
def test_what_is_made_is_its_owners_alone_whatever_the_shell_wants(umask: int, tmp_path: Path) -> None:
    house = House(tmp_path)
    bare = {name: value for name, value in house.environment.items() if not name.startswith("XDG")}
    before = set(house.home.rglob("*"))
    run = house.run("init", "--user", "kari", "--passphrase-file", f"{house.home}/passphrase", umask=umask, env=bare)
    assert run.returncode == 0, run.stderr
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in set(house.home.rglob("*")) - before}
    assert house.home / ".local" / "state" / "exin" in made
    assert {mode for path, mode in made.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in made.items() if path.is_file()} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="modes are Unix's")
def test_a_vault_for_a_group_stays_the_groups_and_the_home_the_owners(tmp_path: Path) -> None:
    import grp

    house = House(tmp_path)
    bare = {name: value for name, value in house.environment.items() if not name.startswith("XDG")}
    group = grp.getgrgid(os.getegid()).gr_name
    way = ("--passphrase-file", f"{house.home}/passphrase")
    run = house.run("init", "--user", "kari", "--group", group, *way, umask=0, env=bare)
    assert run.returncode == 0, run.stderr
    added = house.run(
        "user", "add", "ola", "--user", "kari", *way, "--new-passphrase-file", house.secret("new", NEW_PASSPHRASE),
        umask=0o077, env=bare,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in house.vault.iterdir()}
    assert set(files.values()) == {0o660}, files
    assert stat.S_IMODE(house.vault.stat().st_mode) == 0o2770
    assert {stat.S_IMODE((house.home / name).stat().st_mode) for name in (".local", ".local/state")} == {0o700}
