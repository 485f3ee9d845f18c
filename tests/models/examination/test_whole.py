"""The examination: clean on a healthy vault, and each kind of damage is found and named."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models import timeline
from models.participants import participants
from models.phases import phases
from models.schema import SCHEMA_VERSION
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.values.clock import Clock
from models.vault import sealed
from models.vault.errors import DamagedVault
from tests.models.case_sample import Hands, examined, rows


@pytest.fixture
def worked(store: Store, person: int) -> int:
    """A vault in which something was done."""
    store.change_now(timeline.record, person, {"kind": "phone", "text": "Ringte om bolig", "topic": "gjeld"})
    store.change_now(timeline.record, person, {"kind": "note", "text": "  "})
    store.change_now(phases.begin, person, 2, date(2026, 11, 22), ending=(1,))
    store.change_now(participants.change, person, 1, {"prison": "Ila"})
    store.log_now([person], "printed")
    return person


def test_a_healthy_vault_has_no_flaws(store: Store, worked: int) -> None:
    steps: list[str] = []
    from models.examination.whole import examine

    found = store.ask_now(examine, store._audit_key, steps.append)
    assert found.flaws == ()
    assert (found.count, found.head) == rows(
        store, "SELECT count(*), (SELECT mac FROM audit ORDER BY seq DESC) FROM audit"
    )[0]
    assert len(steps) == len(set(steps)) == 10


@pytest.mark.parametrize(
    ("doctoring", "where", "named"),
    [
        ("UPDATE visit SET staff = NULL", "visits", "breaks at row 1"),
        ("UPDATE card SET phase = 5", "card 1", "participant 1"),
        ("UPDATE card SET contact_key = contact_key + 1", "card 1", "participant 1"),
        ("UPDATE card SET folded = 'x', topics = 0", "card 1", "participant 1"),
        ("DELETE FROM card", "card 1", "participant 1"),
        ("INSERT INTO entry_search (rowid, body) VALUES (999, 'x')", "search", "entry_search: records missing: 0"),
        ("DELETE FROM entry_search WHERE rowid = 2", "search", "entry_search: records missing: 1"),
        ("DELETE FROM people_search WHERE rowid = 1", "search", "people_search: records missing: 1"),
        ("INSERT INTO people_search (rowid, name, body) VALUES (5, 'x', 'y')", "search", "people_search: records"),
        ("UPDATE checklist_tally SET remaining = remaining - 1", "checklist 1", "tally of checklist 1"),
        ("UPDATE checklist_tally SET worker = NULL", "checklist 1", "tally of checklist 1"),
        ("UPDATE checklist_tally SET lapse_key = '2026-11-30'", "checklist 1", "tally of checklist 1"),
        ("DELETE FROM checklist_tally", "checklist 1", "tally of checklist 1"),
        ("INSERT INTO checklist_lapse VALUES (1, 1, '2026-11-30', '9999-12-31', 0)", "checklist 1", "its items say"),
        ("INSERT INTO checklist_lapse VALUES (99, 99, '2026-11-30', '9999-12-31', 0)", "checklist 99", "its items say"),
        ("UPDATE checklist_item SET state = 'done' WHERE id = 4", "checklist 1", "tally of checklist 1"),
        ("UPDATE participant SET prison = 'Ullersmo'", "card 1", "participant 1"),
        ("UPDATE audit SET action = 'x' WHERE seq = 3", "audit", "row 3"),
        ("UPDATE change SET before = '{}' WHERE audit = 6", "audit", "row 6"),
        ("DELETE FROM audit WHERE seq = 2", "audit", "row 3"),
        ("ALTER TABLE participant DROP COLUMN nav_state", "schema", "participant lacks the column nav_state"),
        ("ALTER TABLE entry DROP COLUMN place", "schema", "entry lacks the column place"),
        ("PRAGMA user_version = 70", "schema", f"version 70, not {SCHEMA_VERSION}"),
    ],
)  # fmt: skip
def test_damage_is_named(store: Store, worked: int, doctoring: str, where: str, named: str) -> None:
    rows(store, doctoring)
    flaws = examined(store).flaws
    assert flaws, doctoring
    assert any(flaw.where == where and named in flaw.text for flaw in flaws), flaws


@pytest.mark.parametrize(
    ("doctoring", "where"),
    [
        ("UPDATE entry SET participant_id = 77 WHERE id = 2", "entry 2"),
        ("UPDATE participant SET worker_id = 77", "participant 1"),
        ("DELETE FROM staff", "entry 1"),
        ("DELETE FROM participant", "checklist_item 1"),
    ],
)
def test_a_broken_link_is_named(store: Store, worked: int, doctoring: str, where: str) -> None:
    rows(store, "PRAGMA foreign_keys = OFF")
    rows(store, doctoring)
    flaws = examined(store).flaws
    assert any(flaw.where == where and "not there" in flaw.text for flaw in flaws), flaws


def test_a_damaged_index_is_named(store: Store, worked: int) -> None:
    rows(store, "UPDATE entry_search_data SET block = x'00' WHERE id > 10")
    flaws = examined(store).flaws
    assert any(flaw.where == "search" and "entry_search" in flaw.text for flaw in flaws), flaws


@pytest.mark.parametrize("table", ["card", "audit"])
def test_what_cannot_be_read_is_no_reason_to_keep_quiet_about_what_was_found(
    store: Store, worked: int, table: str
) -> None:
    """Damage met while examining ends the examination with what is named by then."""
    rows(store, f"ALTER TABLE {table} RENAME TO taken_away")
    found = examined(store)
    assert (found.count, found.head) == (0, "")
    assert any(flaw.where == "schema" and f"Table {table} lacks" in flaw.text for flaw in found.flaws)


def test_looking_changes_nothing(store: Store, worked: int) -> None:
    rows(store, "UPDATE card SET phase = 5")
    before = rows(store, "SELECT * FROM card")
    assert examined(store).flaws
    assert rows(store, "SELECT * FROM card") == before


def test_a_reader_may_look(store: Store, session: object, worked: int) -> None:
    assert callable(session)
    assert examined(session("lise")).flaws == ()


def flipped(file: Path, page: int) -> None:
    data = bytearray(file.read_bytes())
    data[(page - 1) * 4096 + 2000] ^= 4
    file.write_bytes(data)


def test_every_flipped_page_is_named(
    store: Store, worked: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str
) -> None:
    @action("test_examination.many")
    def many(work: Work) -> None:
        for number in range(200):
            timeline.record(work, worked, {"kind": "note", "text": f"fyll {number} " * 20})

    store.change_now(many)
    store.close()
    file = vault_folder / "caseload.db"
    whole = file.read_bytes()
    pages = len(whole) // 4096
    for page in range(2, pages + 1, max(1, pages // 12)):
        flipped(file, page)
        damaged = Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)
        said = ""
        try:
            damaged.open()
            said = " ".join(flaw.text for flaw in examined(damaged).flaws)
        except DamagedVault as error:
            said = error.text
        finally:
            damaged.close()
        assert re.search(rf"[Pp]ages? (\d+, )*{page}\b", said), said
        file.write_bytes(whole)
    again = Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)
    again.open()
    assert examined(again).flaws == ()
    again.close()


def test_time_that_runs_back_is_a_warning_and_no_flaw(store: Store, worked: int, hands: Hands) -> None:
    hands.move(hours=-2)
    store.change_now(timeline.record, worked, {"kind": "note", "text": "klokken ble stilt tilbake"})
    store.change_now(timeline.record, worked, {"kind": "note", "text": "og går videre"})
    found = examined(store)
    assert found.flaws == ()
    (warning,) = found.warnings
    assert (warning.where, f"Row {found.count - 1} " in warning.text) == ("audit", True)
