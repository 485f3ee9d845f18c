"""A vault of before audits were bound: its acts keep their codes, and all that is in it is taken into the audit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models import timeline
from models.schema import SCHEMA_VERSION
from models.schema.carrying import KEPT
from models.storage import audit, undo
from models.storage.audit import BOUND
from models.storage.binding import BoundChange, Fault, Misfit, misfits
from models.storage.reading import Reading
from models.storage.writing import rehearsal
from models.store import Store
from models.values.clock import Clock
from models.vault import sealed
from models.vault.place import VaultPlace
from tests.models.case_sample import Hands, chain, examined, rows

OLD = Path(__file__).parent.parent / "vault_before_rooms" / "vault"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the old vault."""
    copied = tmp_path / "old"
    VaultPlace(copied).create_folder()
    for file in OLD.iterdir():
        shutil.copyfile(file, copied / file.name)
    return copied


@pytest.fixture
def unopened(folder: Path, hands: Hands, clock: Clock, programme: Programme, passphrase: str) -> Callable[[], Store]:
    """Makes a session on the old vault that is not open yet."""
    hands.move(days=1)
    return lambda: Store(sealed.unlock(folder, "kari", passphrase), clock, programme)


@pytest.fixture
def old(unopened: Callable[[], Store]) -> Iterator[Store]:
    with closing(unopened()) as store:
        store.open()
        yield store


@pytest.fixture
def raw(folder: Path, passphrase: str) -> Callable[..., list[tuple[object, ...]]]:
    """Runs statements in the old vault before the program has brought it up to date."""

    def run(*statements: str) -> list[tuple[object, ...]]:
        database = sealed.unlock(folder, "kari", passphrase).connect()
        try:
            answers = [database.execute_sql(statement).fetchall() for statement in statements]
        finally:
            database.close()
        return [tuple(row) for row in answers[-1]]

    return run


def bound_at(store: Store) -> int:
    ((seq,),) = rows(store, f"SELECT seq FROM audit WHERE action LIKE '{BOUND} %'")
    return int(seq)


def test_its_acts_are_kept_as_they_were_and_covered_by_one(
    raw: Callable[..., list[tuple[object, ...]]], unopened: Callable[[], Store]
) -> None:
    acts = raw("SELECT * FROM audit ORDER BY seq")
    changes = raw('SELECT id, audit, "table", "row", operation, before FROM change ORDER BY id')
    with closing(unopened()) as store:
        store.open()
        seq = bound_at(store)
        assert seq == len(acts) + 1
        assert rows(store, "SELECT * FROM audit WHERE seq < ? ORDER BY seq", seq) == acts
        kept = rows(
            store, 'SELECT id, audit, "table", "row", operation, before FROM change WHERE audit < ? ORDER BY id', seq
        )
        assert kept == changes
        ((action,),) = rows(store, "SELECT action FROM audit WHERE seq = ?", seq)
        assert action.startswith(f"{BOUND} {seq - 1}:{acts[-1][5]}:")
        taken = rows(store, "SELECT DISTINCT action FROM audit WHERE seq > ?", seq)
        assert taken == [(KEPT,)]
        assert rows(store, "SELECT count(*) FROM change WHERE salt IS NULL OR digest IS NULL") == [(0,)]
        assert (chain(store).broken_at, examined(store).flaws, examined(store).warnings) == (None, (), ())


def test_a_page_of_before_the_upgrade_is_named_afterwards(old: Store) -> None:
    rows(old, "UPDATE entry SET text = 'noe annet' WHERE id = 1")
    assert "entry 1" in [flaw.where for flaw in examined(old).flaws]


def broken_after(store: Store, *statements: str) -> int | None:
    def doctored(reading: Reading) -> int | None:
        with rehearsal(reading) as writing:
            for statement in statements:
                writing.run(statement)
            return audit.check(writing, store._audit_key).broken_at

    return store.ask_now(doctored)


@pytest.mark.parametrize(
    "doctoring", ["before = '{}'", "salt = x'00'", "digest = x'00'", "after = x''", "salt = NULL", "digest = NULL",
                  "salt = NULL, digest = NULL", "operation = 'keep'", "row = 99"],
)  # fmt: skip
def test_an_altered_change_of_before_is_named_by_its_act(old: Store, doctoring: str) -> None:
    for number, seq in rows(old, "SELECT max(id), audit FROM change WHERE audit < ? GROUP BY audit", bound_at(old)):
        assert broken_after(old, f"UPDATE change SET {doctoring} WHERE id = {number}") == seq


def test_digests_made_anew_do_not_fit_the_sum(old: Store) -> None:
    """Whoever has no key of the audit can make a digest, but not the act that covers them all."""
    ((number, *stored),) = rows(
        old, 'SELECT id, "table", "row", operation, before, salt, digest, after FROM change WHERE id = 1'
    )
    forged = BoundChange(*stored)._replace(salt=b"x" * 16)
    digest = forged.digested().hex()
    statement = f"UPDATE change SET salt = x'{(b'x' * 16).hex()}', digest = x'{digest}' WHERE id = {number}"
    assert broken_after(old, statement) == bound_at(old)


def test_its_texts_can_be_erased_and_the_chain_stays_whole(old: Store) -> None:
    """The codes of those acts cover the text, so the sum takes their place."""
    erase = "UPDATE change SET before = '', salt = NULL WHERE \"table\" = 'entry' AND \"row\" = 1"
    first = rows(old, 'SELECT min(audit) FROM change WHERE "table" = \'entry\' AND "row" = 1')[0][0]
    assert broken_after(old, erase) == first

    def told() -> None:
        work = old._work("test_bound.erase")
        with old._database.atomic("IMMEDIATE"):
            work._changes.append(work_change("entry", 1))
            work.finish()

    old._now(told)
    assert broken_after(old, erase) is None
    altered = f"UPDATE audit SET at = at + 1 WHERE seq = {first}"
    assert broken_after(old, erase, altered) == bound_at(old)


def work_change(table: str, row: int) -> object:
    from models.storage.binding import ERASE, AuditedChange

    return AuditedChange(table, row, ERASE, "")


def test_what_came_back_or_went_before_the_upgrade_is_still_named(
    raw: Callable[..., list[tuple[object, ...]]], unopened: Callable[[], Store]
) -> None:
    columns = ", ".join(row[1] for row in raw("PRAGMA table_info(goal)") if row[1] != "id")  # type: ignore[misc]
    raw(
        "PRAGMA foreign_keys = OFF",
        f"INSERT INTO goal (id, {columns}) SELECT 50, {columns} FROM goal LIMIT 1",
        "INSERT INTO audit (seq, at, action, mac) SELECT max(seq) + 1, max(at), 'x', 'y' FROM audit",
        "INSERT INTO change (audit, \"table\", \"row\", operation, before) SELECT max(seq), 'goal', 50, 'delete', '{}' "
        "FROM audit",
        "DELETE FROM entry WHERE id = 1",
    )
    with closing(unopened()) as store:
        store.open()
        for table, found in (("goal", Misfit(50, Fault.BACK)), ("entry", Misfit(1, Fault.MISSING))):
            assert store._now(lambda table=table: list(misfits(store._database, table))) == [found]


def test_what_a_session_of_the_earlier_program_still_writes_is_named_until_it_is_written_again(old: Store) -> None:
    entry = old.change_now(timeline.record, 2, {"kind": "note", "text": "Nytt"})
    seq = chain(old).count
    rows(old, "UPDATE change SET salt = NULL, digest = NULL, after = NULL WHERE audit = ?", seq)
    assert old._now(lambda: list(misfits(old._database, "entry"))) == [Misfit(entry, Fault.UNBOUND)]
    old.change_now(timeline.correct, entry, 1, {"text": "Nyere"})
    assert old._now(lambda: list(misfits(old._database, "entry"))) == []


def test_undo_history_and_work_go_on_over_the_seam(old: Store) -> None:
    assert undo.described(old.change_now(undo.undo, 0)) == "the correction"
    entry = old.change_now(timeline.record, 2, {"kind": "note", "text": "Nytt"})
    old.change_now(timeline.correct, entry, 1, {"text": "Nyere"})
    assert [version.values for version in old.ask_now(timeline.former, entry)] == [{"text": "Nytt"}]
    assert examined(old).flaws == ()


def test_an_empty_vault_has_nothing_to_take_in(store: Store) -> None:
    assert rows(store, f"SELECT count(*) FROM audit WHERE action LIKE '{BOUND}%' OR action = '{KEPT}'") == [(0,)]


UPGRADE = """
import sys
from pathlib import Path
from config import programme
from models.store import Store
from models.values.clock import oslo
from models.vault import sealed
store = Store(sealed.unlock(Path(sys.argv[1]), "kari", sys.argv[2]), oslo(), programme.load())
print("begun", flush=True)
store.open()
print("done", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_kill_in_the_upgrade_leaves_the_old_or_the_new_and_it_is_gone_on_with(
    tmp_path: Path, folder: Path, unopened: Callable[[], Store], passphrase: str
) -> None:
    def begun(copied: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", UPGRADE, str(copied), passphrase]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        return child

    start = time.monotonic()
    begun(shutil.copytree(folder, tmp_path / "whole")).communicate()
    whole, attempts, seen = time.monotonic() - start, 14, set()
    for attempt in range(attempts):
        copied = shutil.copytree(folder, tmp_path / f"kill {attempt}")
        start, child = time.monotonic(), begun(copied)
        time.sleep(max(0, start + whole * attempt / (attempts - 2) - time.monotonic()))
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        database = sealed.unlock(copied, "kari", passphrase).connect()
        version = database.execute_sql("PRAGMA user_version").fetchone()[0]
        bound = database.execute_sql(f"SELECT count(*) FROM audit WHERE action LIKE '{BOUND}%'").fetchone()[0]
        has_salt = "salt" in {row[1] for row in database.execute_sql("PRAGMA table_info(change)").fetchall()}
        assert (bound == 1, has_salt) == (version >= 6, version >= 6)
        database.close()
        seen.add(version)
        template = unopened()
        with closing(Store(sealed.unlock(copied, "kari", passphrase), template.clock, template.programme)) as again:
            template.close()
            again.open()
            assert rows(again, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
            assert bound_at(again) > 1
            assert examined(again).flaws == ()
    assert len(seen) > 1, "all kills came before it or after it"


def test_cards_are_drawn_where_an_upgrade_was_cut_off_before_that(old: Store, unopened: Callable[[], Store]) -> None:
    rows(old, "UPDATE seal SET value = '5' WHERE key = 'drawn'")
    rows(old, "UPDATE card SET phase = 5")
    old.close()
    with closing(unopened()) as again:
        again.open()
        assert examined(again).flaws == ()
