"""The store: several sessions, keys that change meanwhile, locking, and bringing an older vault up to date."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from models import board, schema, timeline
from models.examination.whole import examine
from models.participants import participants
from models.storage.reading import Reading
from models.store import Locked, NotInTeam, SomebodyElses, Store
from models.tables import TABLES
from models.team import staff
from models.values.clock import Clock
from models.vault import sealed
from models.vault.engine import SealedDatabase
from models.vault.errors import Busy, CannotUnlock, NewerVersion, Revoked
from models.vault.files import exclusively
from tests.models.case_sample import WEAK, Hands, examined, note_now, rows

Session = Callable[[str], Store]
ROOT = Path(__file__).parents[2]

NEXT = schema.SCHEMA_VERSION + 1
NEXT_STEP = f"""
def up(migrator, db):
    db.execute_sql("ALTER TABLE participant ADD COLUMN shoe_size TEXT NOT NULL DEFAULT ''")
    for number in range(400):
        db.execute_sql("INSERT INTO draft (staff_id, form, subject, content, saved_at) VALUES (1, 'big', ?, ?, 0)",
                       (number, "x" * 3000))
    db.execute_sql("DELETE FROM draft WHERE form = 'big'")
    db.execute_sql("PRAGMA user_version = {NEXT}")
"""


def test_who_opened_it_is_known(store: Store, session: Session) -> None:
    assert (store.actor.user, store.actor.role, store.actor.leads, store.actor.may_write) == (
        "kari", "team_leader", True, True,
    )  # fmt: skip
    reader = session("lise")
    assert (reader.actor.user, reader.actor.role, reader.actor.leads, reader.actor.may_write) == (
        "lise", "reader", False, False,
    )  # fmt: skip


async def test_another_sessions_commit_is_noticed_once_and_ones_own_never(
    store: Store, session: Session, person: int
) -> None:
    ola = session("ola")
    await store.changed_elsewhere()
    assert not await store.changed_elsewhere()
    await store.change(timeline.record, person, {"kind": "note", "text": "egen"})
    assert not await store.changed_elsewhere()
    await ola.change(timeline.record, person, {"kind": "note", "text": "en annens"})
    assert await store.changed_elsewhere()
    assert not await store.changed_elsewhere()
    await ola.ask(participants.file_of, person)
    with pytest.raises(timeline.EntryError):
        await ola.change(timeline.record, person, {})
    assert not await store.changed_elsewhere()
    await store.change(timeline.record, person, {"kind": "note", "text": "begge"})
    await ola.change(timeline.record, person, {"kind": "note", "text": "begge"})
    assert await store.changed_elsewhere()
    assert await ola.changed_elsewhere()


async def test_a_key_rotated_meanwhile_is_fetched(store: Store, session: Session, person: int) -> None:
    ola, per = session("ola"), session("per")
    ola_slot = ola.unlocked.slot_id
    assert ola_slot
    await store.changed_elsewhere()
    per.unlocked.remove_slot(ola_slot)
    assert (await store.ask(participants.file_of, person)).name == "Håkon Sæthre"
    assert await store.changed_elsewhere()
    assert not await store.changed_elsewhere()
    # The one who rotated goes on too, and so does a session whose first act afterwards is a change.
    entry = await per.change(timeline.record, person, {"kind": "note", "text": "etter"})
    assert (await store.ask(timeline.one, entry)).text == "etter"
    for _again in range(2):
        with pytest.raises(Revoked):
            await ola.ask(participants.file_of, person)
        with pytest.raises(Revoked):
            await ola.change(timeline.record, person, {"kind": "note"})
    assert examined(store).flaws == ()


async def test_a_revoked_session_is_told_whoever_noticed_it(store: Store, session: Session, person: int) -> None:
    """By a key that asks for something as by the look around: neither may hide it from the other."""
    ola = session("ola")
    assert ola.unlocked.slot_id
    await ola.changed_elsewhere()
    store.unlocked.remove_slot(ola.unlocked.slot_id)
    with pytest.raises(Revoked):
        await ola.ask(participants.file_of, person)
    assert isinstance(ola.lost, Revoked)
    for _again in range(2):
        with pytest.raises(Revoked):
            await ola.changed_elsewhere()


@pytest.mark.parametrize("rotations", [1, 2, 4])
def test_keys_rotated_while_a_question_waits_are_fetched_as_often(
    store: Store, session: Session, person: int, rotations: int
) -> None:
    per, left = session("per"), rotations

    def name(reading: Reading) -> str:
        nonlocal left
        if left:
            left -= 1
            per.unlocked.renew_recovery()
        return participants.file_of(reading, person).name

    assert store.ask_now(name) == "Håkon Sæthre"
    assert not left


def test_a_lock_held_while_the_key_is_fetched_is_no_end(
    store: Store, session: Session, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.vault import files

    per = session("per")
    per.unlocked.renew_recovery()
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(files.exclusively.__wrapped__, "__defaults__", (0.1,))  # type: ignore[attr-defined]
    with exclusively(per.unlocked.place), pytest.raises(Busy):
        store.ask_now(participants.file_of, person)
    assert store.ask_now(participants.file_of, person).name == "Håkon Sæthre"


@pytest.mark.parametrize("first", ["change", "note", "witness", "version"])
def test_whatever_comes_first_after_a_rotation_works(store: Store, session: Session, person: int, first: str) -> None:
    from models.storage import drafts

    per, lise = session("per"), session("lise")
    gone = lise.unlocked.slot_id
    assert gone
    per.unlocked.remove_slot(gone)
    if first == "change":
        store.change_now(timeline.record, person, {"kind": "note", "text": "etter"})
    elif first == "note":
        note_now(store, drafts.keep, "record", person, {"text": "uferdig"})
    elif first == "witness":
        store.witness_now("export.json")
    else:
        asyncio.run(store.changed_elsewhere())
    assert examined(store).flaws == ()


def test_locked_until_the_same_person_comes_back(store: Store, person: int, passphrase: str) -> None:
    since = store.opened_at_audit
    store.lock()
    for attempt in (
        lambda: store.ask_now(participants.file_of, person),
        lambda: store.change_now(timeline.record, person, {"kind": "note"}),
        lambda: store.witness_now("export.json"),
    ):
        with pytest.raises(Locked, match="locked"):
            attempt()
    assert asyncio.run(store.changed_elsewhere()) is False
    assert store.actor.user == "kari"
    with pytest.raises(CannotUnlock):
        store.unlock_again("feil")
    with pytest.raises(Locked):
        store.ask_now(participants.file_of, person)
    store.unlock_again(passphrase)
    assert store.ask_now(participants.file_of, person).name == "Håkon Sæthre"
    assert (store.actor.user, store.opened_at_audit) == ("kari", since)
    store.change_now(timeline.record, person, {"kind": "note", "text": "tilbake"})


def test_one_who_left_the_team_meanwhile_does_not_come_back(store: Store, session: Session, passphrase: str) -> None:
    ola = session("ola")
    ola.lock()
    store.change_now(staff.leave, "ola")
    for _again in range(2):
        with pytest.raises(NotInTeam):
            ola.unlock_again(passphrase)
        with pytest.raises(CannotUnlock):
            ola.unlock_again("feil")
        assert ola.actor.user == "ola"
        with pytest.raises(Locked):
            ola.ask_now(participants.next_code)


def test_why_a_passphrase_opens_no_more_is_said_where_that_tells_nobody_more(
    store: Store, session: Session, passphrase: str
) -> None:
    ola, lise, per = session("ola"), session("lise"), session("per")
    for one in (ola, lise):
        one.lock()
    assert ola.unlocked.slot_id
    assert lise.unlocked.slot_id
    # The files no longer list the way in: any passphrase is told so.
    store.unlocked.remove_slot(ola.unlocked.slot_id)
    for tried in (passphrase, "feil"):
        with pytest.raises(Revoked):
            ola.unlock_again(tried)
    # The right passphrase opens, for somebody else: whoever has it is told, and nobody who has not.
    store.change_now(staff.leave, "lise")
    store.change_now(staff.move_slot, per.actor.staff_id, lise.unlocked.slot_id)
    with pytest.raises(SomebodyElses):
        lise.unlock_again(passphrase)
    with pytest.raises(CannotUnlock):
        lise.unlock_again("feil")
    assert lise.actor.user == "lise"
    with pytest.raises(Locked):
        lise.ask_now(participants.next_code)


def test_closing_twice_is_no_error(store: Store) -> None:
    store.close()
    store.close()


def test_closing_what_never_opened_is_no_error(vault_folder: Path, clock: Clock, programme: Programme) -> None:
    never = Store(sealed.unlock(vault_folder, "kari", "korrekt hest batteri stift"), clock, programme)
    never.close()


def test_the_way_in_by_recovery_key_is_nobody_in_the_team(tmp_path: Path, clock: Clock, programme: Programme) -> None:
    _unlocked, recovery = sealed.create(tmp_path / "v", "kari", "korrekt hest batteri stift", kdf=WEAK)
    store = Store(sealed.unlock_with_recovery(tmp_path / "v", recovery), clock, programme)
    store.open()
    assert store.actor.staff_id == 0
    store.witness_now("user.recover kari")
    assert rows(store, "SELECT actor FROM audit") == [(None,)]
    store.close()


def test_a_key_that_belongs_to_nobody_opens_nothing(vault_folder: Path, clock: Clock, programme: Programme) -> None:
    known = sealed.unlock(vault_folder, "kari", "korrekt hest batteri stift")
    known.add_slot("eva", "korrekt hest batteri stift", kdf=WEAK)
    known.forget()
    store = Store(sealed.unlock(vault_folder, "eva", "korrekt hest batteri stift"), clock, programme)
    with pytest.raises(NotInTeam, match="belongs to nobody"):
        store.open()
    for act in (lambda: store.ask_now(participants.next_code), lambda: store.witness_now("export.json")):
        with pytest.raises(Locked):
            act()
    store.close()


def test_whoever_founds_a_vault_acts_as_themselves_from_then_on(
    tmp_path: Path, clock: Clock, programme: Programme
) -> None:
    unlocked, _recovery = sealed.create(
        tmp_path / "v", "eva", "korrekt hest batteri stift", role="caseworker", kdf=WEAK
    )
    store = Store(unlocked, clock, programme)
    store.open()
    assert store.actor.staff_id == 0
    store.found_now("eva", "Eva Lie", "caseworker")
    assert (store.actor.user, store.actor.leads) == ("eva", False)
    store.close()


# ---------------------------------------------------------------------- the schema


def columns(store: Store, table: str) -> dict[str, tuple[str, bool]]:
    """Name to type and whether it may be empty, as the database has them."""
    found = rows(store, f'PRAGMA table_info("{table}")')
    return {name: (kind, not required) for _id, name, kind, required, _default, _key in found}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.table_name)
def test_the_steps_make_what_the_models_expect(store: Store, model: Any) -> None:
    made = columns(store, model._meta.table_name)
    assert list(made) == [field.column_name for field in model._meta.sorted_fields]
    for field in model._meta.sorted_fields:
        kind, empty = made[field.column_name]
        text = field.field_type in ("TEXT", "VARCHAR")
        assert kind == ("TEXT" if text else "BLOB" if field.field_type == "BLOB" else "INTEGER"), field.column_name
        assert empty == (field.null or field.primary_key), field.column_name


def test_the_links_of_the_models_are_kept_by_the_database(store: Store) -> None:
    for model in TABLES:
        kept = {(row[3], row[2]) for row in rows(store, f'PRAGMA foreign_key_list("{model._meta.table_name}")')}
        wanted = {(field.column_name, field.rel_model._meta.table_name) for field in model._meta.refs}
        assert kept == wanted


def test_the_last_step_reaches_the_version_of_the_program(store: Store) -> None:
    steps = sorted(path.name for path in schema.STEPS.glob("[0-9]*.py"))
    assert [int(name[:4]) for name in steps] == list(range(1, schema.SCHEMA_VERSION + 1))
    assert rows(store, "PRAGMA user_version") == [(schema.SCHEMA_VERSION,)]


def test_a_vault_of_a_newer_program_is_refused_and_left_alone(
    store: Store, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str
) -> None:
    rows(store, f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    store.close()
    again = Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)
    with pytest.raises(NewerVersion, match=r"caseload\.db was written by a newer version"):
        again.open()
    again.close()
    assert not (vault_folder / "copies").exists()


@pytest.fixture
def next_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's next version, whose schema has one step more."""
    steps = tmp_path / "steps"
    steps.mkdir()
    for step in schema.STEPS.glob("[0-9]*.py"):
        (steps / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    (steps / f"{NEXT:04d}_shoes.py").write_text(NEXT_STEP)
    monkeypatch.setattr(schema, "STEPS", steps)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    return steps


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "copies").glob("*.db"))


def test_an_older_vault_is_copied_and_brought_up_to_date(
    store: Store, person: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str,
    next_program: Path,
) -> None:  # fmt: skip
    store.close()
    again = Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)
    again.open()
    assert rows(again, "PRAGMA user_version") == [(NEXT,)]
    assert rows(again, "SELECT given_name, shoe_size FROM participant") == [("Håkon", "")]
    assert again.ask_now(participants.file_of, person).name == "Håkon Sæthre"
    assert rows(again, "PRAGMA foreign_keys") == [(1,)]
    (copy,) = copies(vault_folder)
    assert f"before-schema-{NEXT - 1}" in copy.name
    if os.name == "posix":
        assert copy.parent.stat().st_mode & 0o7777 == 0o700
        assert copy.stat().st_mode & 0o777 == 0o600
    older = SealedDatabase(again.unlocked.place, again.unlocked._database_key.hex(), file=copy)
    older.connect()
    assert older.execute_sql("PRAGMA user_version").fetchone() == (NEXT - 1,)
    assert older.execute_sql("SELECT given_name FROM participant").fetchall() == [("Håkon",)]
    older.close()
    # Once is enough.
    again.lock()
    again.unlock_again(passphrase)
    assert len(copies(vault_folder)) == 1
    again.close()


def test_a_step_that_fails_leaves_the_older_vault(
    store: Store, person: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str,
    next_program: Path,
) -> None:  # fmt: skip
    store.close()
    (next_program / f"{NEXT:04d}_shoes.py").write_text(NEXT_STEP + "    raise RuntimeError('cut off')\n")
    again = Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)
    with pytest.raises(RuntimeError, match="cut off"):
        again.open()
    assert rows(again, "PRAGMA user_version") == [(NEXT - 1,)]
    assert "shoe_size" not in columns(again, "participant")
    again.close()
    assert len(copies(vault_folder)) == 1


MIGRATE = """
import sys
from pathlib import Path
from config import programme
from models import schema
from models.values.clock import oslo
from models.store import Store
from models.vault import sealed
schema.STEPS, schema.SCHEMA_VERSION = Path(sys.argv[2]), schema.SCHEMA_VERSION + 1
store = Store(sealed.unlock(Path(sys.argv[1]), "kari", sys.argv[3]), oslo(), programme.load())
print("begun", flush=True)
store.open()
print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_kill_in_the_midst_leaves_the_old_or_the_new(
    store: Store, person: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str,
    next_program: Path,
) -> None:  # fmt: skip
    ((taken,),) = rows(store, "SELECT count(*) FROM schema_step")
    store.close()
    found = []
    for attempt in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", MIGRATE, str(vault_folder), str(next_program), passphrase],
            stdout=subprocess.PIPE, cwd=ROOT,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        time.sleep(0.02 + 0.035 * attempt)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        unlocked = sealed.unlock(vault_folder, "kari", passphrase)
        database = unlocked.connect()
        version = database.execute_sql("PRAGMA user_version").fetchone()[0]
        has_column = "shoe_size" in {
            row[1] for row in database.execute_sql("PRAGMA table_info(participant)").fetchall()
        }
        steps = database.execute_sql("SELECT count(*) FROM schema_step").fetchone()[0]
        assert (version, has_column, steps) in ((NEXT - 1, False, taken), (NEXT, True, taken + 1))
        assert database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute_sql("SELECT count(*) FROM draft").fetchone() == (0,)
        database.close()
        found.append(version)
    assert found == sorted(found), "never back to the old"
    again = Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)
    again.open()
    assert rows(again, "PRAGMA user_version") == [(NEXT,)]
    assert again.ask_now(participants.file_of, person).values["given_name"] == "Håkon"
    again.close()


def test_errors_of_the_case_come_through_unchanged(store: Store, hands: Hands) -> None:
    with pytest.raises(participants.ParticipantError):
        store.ask_now(participants.file_of, 5)
    with pytest.raises(participants.ParticipantError, match="no field called"):
        store.change_now(participants.add, {"colour": date(2026, 1, 1)})


def test_a_vault_of_the_first_schema_opens_whole(
    tmp_path: Path, clock: Clock, programme: Programme, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first version of the program made is all there, and its cards say what the newer rules want."""
    folder = tmp_path / "first" / "vault"
    unlocked, _recovery = sealed.create(folder, "kari", passphrase, kdf=WEAK)
    database = unlocked.connect()
    steps = tmp_path / "steps"
    steps.mkdir()
    first = schema.STEPS / "0001_first.py"
    (steps / first.name).write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "STEPS", steps)
        earlier.setattr(schema, "SCHEMA_VERSION", 1)
        schema.bring_up_to_date(database, nullcontext, lambda version: None)
    for statement in FIRST_CASE:
        database.execute_sql(statement, (unlocked.slot_id,) if "?" in statement else ())
    database.close()
    opened = Store(unlocked, clock, programme)
    opened.open()
    (card,) = opened.ask_now(board.page, board.BoardQuery(), 0, 10)
    assert (card.name, card.phase) == ("Håkon Sæthre", 2)
    assert "consents" in {sign.rule for sign in card.signs}
    assert opened.ask_now(examine, opened._audit_key).flaws == ()
    opened.close()


FIRST_CASE = (
    "INSERT INTO staff (id, version, user, name, initials, role, active, slot) "
    "VALUES (1, 1, 'kari', 'Kari Nordmann', 'KN', 'team_leader', 1, ?)",
    "INSERT INTO participant (id, version, code, given_name, family_name, national_id, phone, email, address, "
    "district, stays, risk_areas, prison, unit, security_level, parole_decision, release_kind, nav_state, "
    "nav_municipal, worker_id, created_at) "
    "VALUES (1, 1, 'EX-001', 'Håkon', 'Sæthre', '', '', '', '', '', '', '', '', '', '', '', "
    "'', '', '', 1, 1790000000)",
    "INSERT INTO phase_period (id, version, participant_id, phase, began, reason) "
    "VALUES (1, 1, 1, 2, '2026-10-01', '')",
    "INSERT INTO people_search (rowid, name, body) VALUES (1, 'ex-001 hakon saethre', '')",
    "INSERT INTO card (participant_id, code, name, name_key, folded, phase, phases, began_key, release_key, "
    "contact_key, attempt_key, worker, security_level, stays, prison, topics, risk) VALUES (1, 'EX-001', "
    "'Håkon Sæthre', 's{thre h}kon', ' folded by older rules', 2, '2', '2026-10-01', '9999-12-31', 0, 0, 1, "
    "'', '', '', 0, 0)",
)
