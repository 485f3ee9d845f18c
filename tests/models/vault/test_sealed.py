"""Making, unlocking and rearranging a whole vault."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from models.vault import files, keys, sealed
from models.vault.engine import plainly
from models.vault.errors import (
    Busy,
    CannotUnlock,
    DamagedPages,
    DamagedSlots,
    DamagedVault,
    KeyNoLongerFits,
    NoVault,
    OlderSlots,
    Revoked,
    SlotsDoNotFit,
    VaultExists,
    WrongRecoveryKey,
)
from models.vault.recovery import RecoveryKey
from models.vault.seal import read_seal
from models.vault.sealed import Unlocked
from models.vault.slots import read_slots
from tests.models.vault.vault_sample import CANARY, FLOOR, KARI, OLA, Vault


def _notes(unlocked: Unlocked) -> int:
    database = unlocked.connect()
    try:
        return int(database.execute_sql("SELECT count(*) FROM note").fetchone()[0])
    finally:
        database.close()


def test_a_vault_opens_for_its_users_and_its_recovery_key(vault: Vault) -> None:
    kari, ola = vault.kari(), vault.ola()
    recovered = sealed.unlock_with_recovery(vault.folder, RecoveryKey.parse(vault.recovery.text().lower()))
    assert {_notes(way) for way in (kari, ola, recovered)} == {300}
    assert ola.slot_id == vault.ola_id
    assert kari.slot_id not in (None, vault.ola_id)
    assert recovered.slot_id is None
    assert set(kari.slot_ids) == {kari.slot_id, ola.slot_id}


def test_the_user_name_counts_without_case_and_blanks(vault: Vault) -> None:
    assert sealed.unlock(vault.folder, " kari NORDBY ", KARI[1]).slot_id == vault.kari().slot_id


def test_nothing_tells_an_unknown_user_from_a_wrong_passphrase(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    derived: list[object] = []
    derive = keys.passphrase_keys
    monkeypatch.setattr(keys, "passphrase_keys", lambda *args: (derived.append(args[2]), derive(*args))[1])
    before, seen = vault.contents(), set()
    for user, passphrase in ((KARI[0], "wrong"), ("nobody", KARI[1]), (KARI[0], OLA[1]), (OLA[0], KARI[1]), ("", "")):
        derived.clear()
        with pytest.raises(CannotUnlock) as caught:
            sealed.unlock(vault.folder, user, passphrase)
        seen.add((caught.value.text, caught.value.exit_code, tuple(derived)))
    assert seen == {(caught.value.text, 3, (FLOOR,))}
    assert vault.contents() == before


def test_a_wrong_recovery_key_is_told_from_a_mistyped_one(vault: Vault) -> None:
    before = vault.contents()
    with pytest.raises(WrongRecoveryKey) as caught:
        sealed.unlock_with_recovery(vault.folder, RecoveryKey.new())
    assert caught.value.exit_code == 3
    assert vault.contents() == before


def test_no_name_and_no_text_stands_in_any_file(vault: Vault) -> None:
    kari = vault.kari()
    database = kari.connect()
    database.execute_sql("INSERT INTO note (text) VALUES (?)", (CANARY + " fersk",))
    kari.add_slot("Ukjent Kanarisen", CANARY, kdf=FLOOR)
    words = [CANARY, *KARI, *OLA, "Kari", "Sørli", "Kanarisen", vault.recovery.text()]
    needles = [word.encode(form) for word in words for form in ("utf-8", "utf-16-le")]
    needles += [kari._database_key, kari._private, read_seal(database).audit_key, vault.recovery.secret]
    needles += [key.hex().encode() for key in needles[-4:]]
    contents = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    assert {"caseload.db", "caseload.db-wal", "caseload.db-shm", "slots.json"} <= set(contents)
    assert [(name, needle) for name, data in contents.items() for needle in needles if needle in data] == []
    database.close()


def test_what_is_shown_of_a_session_holds_no_key(vault: Vault) -> None:
    kari = vault.kari()
    shown = f"{kari!r} {kari} {kari._slots!r} {kari._slots.slots[0]!r} {vault.recovery!r}"
    for key in (kari._database_key, kari._private):
        assert key.hex() not in shown
        assert repr(key)[2:-1] not in shown


def test_a_forgotten_session_opens_nothing(vault: Vault) -> None:
    kari = vault.kari()
    kari.forget()
    assert not kari._database_key
    assert not kari._private
    for act in (kari.connect, kari.reload, kari.renew_recovery, lambda: kari.remove_slot(vault.ola_id)):
        with pytest.raises(Revoked):
            act()


def test_the_storage_engine_is_not_imported_before_the_first_connection(
    vault: Vault, child: Callable[..., subprocess.Popen[str]]
) -> None:
    script = (
        "import sys; from pathlib import Path; from models.vault import sealed;"
        "kari = sealed.unlock(Path(sys.argv[1]), *sys.argv[2:]);"
        "print([name in sys.modules for name in ('peewee', 'sqlcipher3', 'zxcvbn', 'textual')]);"
        "kari.connect(); print('peewee' in sys.modules)"
    )
    out, errors = child(script, vault.folder, *KARI).communicate(timeout=60)
    assert out.splitlines() == ["[False, False, False, False]", "True"], errors


def test_changing_a_passphrase(vault: Vault) -> None:
    kari = vault.kari()
    kari.change_passphrase(KARI[0], "a new one for Kari", kdf=FLOOR)
    with pytest.raises(CannotUnlock):
        vault.kari()
    again = sealed.unlock(vault.folder, KARI[0], "a new one for Kari")
    assert again.slot_id == kari.slot_id
    assert _notes(again) == _notes(kari) == _notes(vault.ola()) == 300
    with pytest.raises(ValueError, match="own passphrase"):
        kari.change_passphrase("Somebody Else", "words", kdf=FLOOR)
    with pytest.raises(ValueError, match="own passphrase"):
        sealed.unlock_with_recovery(vault.folder, vault.recovery).change_passphrase(*KARI, kdf=FLOOR)


def test_a_forgotten_passphrase_is_replaced_under_the_same_id(vault: Vault) -> None:
    ola = vault.ola()
    recovered = sealed.unlock_with_recovery(vault.folder, vault.recovery)
    assert recovered.replace_slot(vault.ola_id, OLA[0], "Ola starts again", kdf=FLOOR) == vault.ola_id
    with pytest.raises(CannotUnlock):
        vault.ola()
    assert _notes(sealed.unlock(vault.folder, OLA[0], "Ola starts again")) == 300
    with pytest.raises(Revoked):
        ola.connect()
    with pytest.raises(LookupError):
        recovered.replace_slot("0" * 32, *OLA, kdf=FLOOR)


def test_the_same_way_in_cannot_be_given_twice(vault: Vault) -> None:
    before = vault.place.slots.read_bytes()
    with pytest.raises(ValueError, match="already has a way in"):
        vault.kari().add_slot(*OLA, kdf=FLOOR)
    assert vault.place.slots.read_bytes() == before


def test_slots_of_different_cost_stand_side_by_side(vault: Vault) -> None:
    vault.kari().add_slot("Siri", "words of Siri", kdf=keys.KdfParameters(16 * 1024, 3, 2))
    assert _notes(sealed.unlock(vault.folder, "Siri", "words of Siri")) == 300
    assert _notes(vault.kari()) == 300


def test_two_sessions_changing_the_slots_do_not_overwrite_each_other(vault: Vault) -> None:
    one, two = vault.kari(), vault.ola()
    one.add_slot("Three", "words of three", kdf=FLOOR)
    two.add_slot("Four", "words of four", kdf=FLOOR)
    for user in ("Three", "Four"):
        assert _notes(sealed.unlock(vault.folder, user, f"words of {user.lower()}")) == 300
    assert one.connect().execute_sql("SELECT value FROM seal WHERE key='slots_generation'").fetchone() == ("4",)


def test_a_revoked_user_is_out_at_once(vault: Vault) -> None:
    kari, ola = vault.kari(), vault.ola()
    kari_live, ola_live = kari.connect(), ola.connect()
    old_slots, old_key = vault.place.slots.read_bytes(), ola._database_key
    kari.remove_slot(vault.ola_id)

    for live in (ola_live, kari_live):
        for statement in ("SELECT count(*) FROM note", "BEGIN IMMEDIATE", "INSERT INTO note (text) VALUES ('late')"):
            with pytest.raises(KeyNoLongerFits), plainly(vault.place):
                live.execute_sql(statement)
        live.close()
    with pytest.raises(Revoked) as caught:
        ola.reload()
    assert caught.value.exit_code == 3
    with pytest.raises(Revoked):
        ola.connect()
    with pytest.raises(CannotUnlock):
        vault.ola()
    assert kari._database_key != old_key
    assert _notes(kari) == _notes(vault.kari()) == 300
    assert _notes(sealed.unlock_with_recovery(vault.folder, vault.recovery)) == 300

    # Not even with the slots as they were: the key in them is no longer the database's.
    new_slots = vault.place.slots.read_bytes()
    vault.place.slots.write_bytes(old_slots)
    before = vault.contents()
    with pytest.raises(SlotsDoNotFit):
        vault.ola().connect()
    assert vault.contents() == before
    vault.place.slots.write_bytes(new_slots)
    assert _notes(vault.kari()) == 300


def test_a_colleague_goes_on_after_somebody_is_revoked(vault: Vault) -> None:
    kari, ola = vault.kari(), vault.ola()
    third = kari.add_slot("Third", "words of three", kdf=FLOOR)
    live = ola.connect()
    kari.remove_slot(third)
    with pytest.raises(KeyNoLongerFits), plainly(vault.place):
        live.execute_sql("INSERT INTO note (text) VALUES ('x')")
    live.close()
    ola.reload()
    again = ola.connect()
    again.execute_sql("INSERT INTO note (text) VALUES ('x')")
    again.close()
    assert _notes(kari) == 301


def test_what_cannot_be_removed(vault: Vault) -> None:
    kari, before = vault.kari(), vault.contents()
    with pytest.raises(ValueError, match="own way in"):
        kari.remove_slot(kari.slot_id or "")
    with pytest.raises(LookupError):
        kari.remove_slot("0" * 32)
    assert vault.contents()["slots.json"] == before["slots.json"]


def test_a_renewed_recovery_key_takes_the_place_of_the_old(vault: Vault) -> None:
    renewed = vault.kari().renew_recovery()
    with pytest.raises(WrongRecoveryKey):
        sealed.unlock_with_recovery(vault.folder, vault.recovery)
    recovered = sealed.unlock_with_recovery(vault.folder, renewed)
    newest = recovered.renew_recovery()
    assert _notes(recovered) == _notes(sealed.unlock_with_recovery(vault.folder, newest)) == _notes(vault.ola()) == 300


def test_a_busy_vault_is_told(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with files.exclusively(vault.place):
            held.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        with pytest.raises(Busy, match=r"vault\.lock"), files.exclusively(vault.place, wait=0.1):
            pass
    finally:
        done.set()
        holder.join()
    with files.exclusively(vault.place, wait=0.1):
        pass


@pytest.mark.parametrize("also", ["database", "slots"])
def test_a_file_of_another_vault_is_noticed(vault: Vault, other: Vault, also: str) -> None:
    shutil.copy(getattr(other.place, also), getattr(vault.place, also))
    before = vault.contents()
    with pytest.raises(SlotsDoNotFit, match="do not belong together") as caught:
        vault.kari().connect()
    assert caught.value.exit_code == 4
    assert vault.contents() == before


def test_older_slots_put_back_are_noticed(vault: Vault) -> None:
    older = vault.place.slots.read_bytes()
    live = vault.kari()
    live.add_slot("Third", "words of three", kdf=FLOOR)
    newest = vault.place.slots.read_bytes()
    vault.place.slots.write_bytes(older)
    before = vault.contents()
    for act in (vault.kari().connect, lambda: vault.kari().add_slot("x", "y", kdf=FLOOR), live.connect, live.reload):
        with pytest.raises(OlderSlots, match="older copy") as caught:
            act()
        assert caught.value.exit_code == 4
    assert vault.contents() == before
    vault.place.slots.write_bytes(newest)
    assert _notes(vault.kari()) == 300


def test_newer_slots_are_recorded_by_whoever_connects(vault: Vault, tmp_path: Path) -> None:
    older_database = vault.place.database.read_bytes()
    vault.kari().add_slot("third", "other words", kdf=FLOOR)
    vault.place.database.write_bytes(older_database)
    assert read_slots(vault.place.slots).generation == 3
    database = vault.ola().connect()
    assert read_seal(database).slots_generation == 3
    database.close()


@pytest.mark.parametrize("fraction", range(48))
def test_a_flipped_bit_in_the_database_is_named_by_its_page(vault: Vault, fraction: int) -> None:
    from models.vault.health import damaged_pages

    data = bytearray(vault.place.database.read_bytes())
    place = 16 + (len(data) - 17) * fraction // 47
    data[place] ^= 1 << fraction % 8
    vault.place.database.write_bytes(data)
    page = place // 4096 + 1
    try:
        database = vault.kari().connect()
    except DamagedPages as error:
        named = [f"Page {number} is damaged." for number in error.pages]
        assert vault.place.database.read_bytes() == bytes(data)
    else:
        named = [finding.text for finding in damaged_pages(database)]
        database.close()
    assert named == [f"Page {page} is damaged."]


@pytest.mark.parametrize("place", [0, 7, 15])
def test_a_flipped_bit_at_the_very_beginning_is_named(vault: Vault, place: int) -> None:
    data = bytearray(vault.place.database.read_bytes())
    data[place] ^= 1
    vault.place.database.write_bytes(data)
    with pytest.raises(SlotsDoNotFit, match="beginning of the database"):
        vault.kari().connect()
    assert vault.place.database.read_bytes() == bytes(data)


@pytest.mark.parametrize("kept", [1, 16, 1000, 4095, 4096, 4097, 8192, 20000, -4096, -1])
def test_a_truncated_database_is_named(vault: Vault, kept: int) -> None:
    data = vault.place.database.read_bytes()[:kept]
    vault.place.database.write_bytes(data)
    with pytest.raises(DamagedVault, match=r"caseload\.db"):
        vault.kari().connect()
    assert vault.place.database.read_bytes() == data


WRITER = """
import sys
from pathlib import Path
from models.vault import sealed
database = sealed.unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3]).connect()
for number in range(100):
    with database.atomic():
        database.execute_sql("INSERT INTO note (text) VALUES (?)", (f"{sys.argv[2]} {number}",))
print("done")
"""


def test_two_processes_write_at_the_same_time(vault: Vault, child: Callable[..., subprocess.Popen[str]]) -> None:
    writers = [child(WRITER, vault.folder, *who) for who in (KARI, OLA)]
    assert [writer.communicate(timeout=60) for writer in writers] == [("done\n", "")] * 2
    assert _notes(vault.kari()) == 500


class Killed(BaseException):
    """Stands for the end of the process at a chosen step."""


def _killed(*_arguments: object) -> None:
    raise Killed


def _kill_at(monkeypatch: pytest.MonkeyPatch, module: object, step: str, act: Callable[[], object]) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _killed)
        with pytest.raises(Killed):
            act()


STEPS = ["files.create_file", "engine.make_database", "files.write_whole", "files.sync_folder"]


@pytest.mark.parametrize("step", STEPS)
def test_a_creation_killed_at_any_step_is_made_over(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.vault import engine

    folder = tmp_path / "vault"
    module, name = step.split(".")
    patched = {"files": files, "engine": engine}[module]
    _kill_at(monkeypatch, patched, name, lambda: sealed.create(folder, *KARI, kdf=FLOOR))
    with pytest.raises(Exception, match="no vault"):
        sealed.unlock(folder, *KARI)
    kari, _recovery = sealed.create(folder, *KARI, kdf=FLOOR)
    kari.connect().close()
    found = {path.name for path in folder.iterdir() if not path.name.startswith("unfinished-")}
    assert found == {"caseload.db", "slots.json", "vault.lock"}
    with pytest.raises(VaultExists):
        sealed.create(folder, *KARI, kdf=FLOOR)


@pytest.mark.parametrize("who", ["kari", "ola", "recovery"])
@pytest.mark.parametrize("step", ["before", "after"])
def test_a_rotation_killed_at_either_side_is_settled_by_whoever_comes(
    vault: Vault, step: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.vault import engine

    kari = vault.kari()
    third = kari.add_slot("Third", "words of three", kdf=FLOOR)
    module, name = (engine, "rekey") if step == "before" else (files, "put_in_force")
    _kill_at(monkeypatch, module, name, lambda: kari.remove_slot(third))
    assert vault.place.next_slots.exists()
    if step == "after":
        # Somebody who is no longer let in cannot settle it, and does no harm.
        with pytest.raises(Revoked):
            sealed.unlock(vault.folder, "Third", "words of three").connect()
        assert vault.place.next_slots.exists()
    way = sealed.unlock_with_recovery(vault.folder, vault.recovery) if who == "recovery" else getattr(vault, who)()
    assert _notes(way) == 300
    way.reload()
    assert not vault.place.next_slots.exists()
    assert (third in way.slot_ids) == (step == "before")
    assert _notes(vault.kari()) == _notes(vault.ola()) == 300


def test_damaged_next_slots_are_named_only_when_they_are_needed(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    kari = vault.kari()
    vault.place.next_slots.write_bytes(b"{}")
    kari.reload()
    assert not vault.place.next_slots.exists()
    _kill_at(monkeypatch, files, "put_in_force", lambda: kari.remove_slot(vault.ola_id))
    whole = vault.place.next_slots.read_bytes()
    vault.place.next_slots.write_bytes(whole[:-20])
    with pytest.raises(DamagedSlots, match=r"slots\.next\.json"):
        vault.kari().connect()
    vault.place.next_slots.write_bytes(whole)
    assert _notes(vault.kari()) == 300


def test_a_vault_whose_key_was_not_shown_is_none_and_is_made_over(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    begun, shown = sealed.begin(folder, *KARI, kdf=FLOOR)
    begun.connect().close()
    with pytest.raises(NoVault):
        sealed.unlock(folder, *KARI)
    kari, recovery = sealed.create(folder, *KARI, kdf=FLOOR)
    assert recovery.text() != shown.text()
    kari.connect().close()
    with pytest.raises(VaultExists):
        sealed.finish(begun)
    sealed.unlock(folder, *KARI).connect().close()


@pytest.mark.parametrize("name", ["vault.unfinished", "slots.making.json", "slots.0123.tmp"])
def test_no_planted_file_makes_a_living_vault_count_as_none(vault: Vault, name: str) -> None:
    (vault.folder / name).touch()
    before = vault.contents()
    with pytest.raises(VaultExists):
        sealed.create(vault.folder, *OLA, kdf=FLOOR)
    assert vault.contents() == before
    vault.kari().connect().close()


def test_what_a_making_left_is_put_aside_and_not_destroyed(vault: Vault) -> None:
    """Whoever takes the slots away can call a vault unfinished; that is no reason to destroy what is in it."""
    whole = vault.place.database.read_bytes()
    vault.place.slots.rename(vault.folder / "slots.making.json")
    sealed.create(vault.folder, *OLA, kdf=FLOOR)
    [aside] = vault.folder.glob("unfinished-*")
    assert (aside / "caseload.db").read_bytes() == whole
    assert (aside / "slots.making.json").is_file()
