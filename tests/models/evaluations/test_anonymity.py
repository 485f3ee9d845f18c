"""What is left in a vault after sheets were typed tells of none of them, nor of their order, to whoever has the key.

Two vaults are given the same sheets in two orders, with what is typed kept after each sheet as the screen keeps it.
Then every table and the audit are held beside each other, and the bytes are searched as they are decrypted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from config.programme import load
from models.evaluations import evaluations, reading
from models.evaluations.sheets import Tally
from models.storage import drafts
from models.store import Store
from models.team import staff
from models.values.clock import Clock
from models.vault import sealed
from tests.models.case_sample import COLLEAGUES, WEAK, rows

(FORM,) = (form for form in load().method.evaluations if form.id == "network")
PASSPHRASE: Final = "femten grå måker flyr nordover"
PAGE: Final = 4096
RESERVED: Final = 80
"""At the end of a page: sixteen bytes it begins to be decrypted with, and its authentication."""
FORM_NAME: Final = "evaluation_sheets"
# Each sheet is of its own kind, so that a trace of its answers, or of what came before it, would be seen.
SHEETS: Final = [
    ({one.id: (number + place) % 5 for place, one in enumerate(FORM.questions)}, {"gained": f"svar{number:02}x"})
    for number in range(7)
]
Vaults = Callable[[str], Store]


@pytest.fixture
def vaults(tmp_path: Path, clock: Clock) -> Iterator[Vaults]:
    """New vaults by name, of the same colleague at the same time."""
    opened: list[Store] = []

    def made(name: str) -> Store:
        unlocked, _recovery = sealed.create(tmp_path / name, "kari", PASSPHRASE, kdf=WEAK)
        store = Store(unlocked, clock, load())
        store.open()
        store.change_now(staff.join, "kari", *COLLEAGUES.get("kari", ("Kari", "team_leader")), unlocked.slot_id or "")
        store.close()
        # Whoever joined is at the keyboard from the next time on.
        store = Store(sealed.unlock(tmp_path / name, "kari", PASSPHRASE), clock, load())
        store.open()
        assert store.actor.staff_id
        opened.append(store)
        return store

    yield made
    for store in opened:
        store.close()


def typed(store: Store, order: Sequence[int]) -> int:
    """The sheets typed one by one in an order, then entered and what was overwritten forgotten."""
    values = {"form": "network", "day": date(2026, 11, 20)}
    number = store.change_now(evaluations.begin, "gathering", 1, values)
    pile = Tally.empty(FORM)
    for place in order:
        pile = pile.with_sheet(*SHEETS[place])
        store.note_now(drafts.keep, FORM_NAME, number, {"pile": pile.text})
    store.change_now(evaluations.enter, number, pile)
    store.note_now(drafts.drop, FORM_NAME, number)
    assert store.ask_now(reading.forget_overwritten)
    return number


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, with the number the engine gives it, but for what is random in any vault."""
    tables = [name for (name,) in rows(store, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in tables:
        if table in ("seal", "schema_step", "session", "staff") or table.startswith("search"):
            continue
        columns = [row[1] for row in rows(store, f'PRAGMA table_info("{table}")')]
        # The audit's codes are keyed by each vault's own secret.
        plain = [
            f'"{column}"' for column in columns if not re.search("mac|digest|hash|chain|code|bound|after|salt", column)
        ]
        which = "WHERE \"table\" != 'staff'" if table == "change" else ""
        found[table] = sorted(rows(store, f'SELECT {", ".join(plain)} FROM "{table}" {which}'), key=repr)
    return found


def log_of(store: Store) -> Path:
    database = store.unlocked.place.database
    return database.with_name(database.name + "-wal")


def test_two_orders_of_the_same_sheets_leave_the_same(vaults: Vaults) -> None:
    first, second = vaults("first"), vaults("second")
    typed(first, range(7))
    typed(second, (6, 2, 5, 0, 3, 1, 4))
    assert everything(first) == everything(second)


def test_no_row_and_no_act_is_of_one_sheet(vaults: Vaults) -> None:
    store = vaults("one")
    number = typed(store, (3, 1, 0, 6, 2, 5, 4))
    acts = rows(store, "SELECT seq FROM audit WHERE action = 'evaluations.enter'")
    assert len(acts) == 1
    (found,) = rows(store, "SELECT before FROM change WHERE audit = ? AND \"table\" = 'evaluation'", acts[0][0])
    assert json.loads(found[0])["returned"] == [0, 7]
    assert not rows(store, "SELECT 1 FROM draft")
    answers = rows(store, "SELECT id, text FROM evaluation_answer WHERE evaluation_id = ? ORDER BY id", number)
    assert [text for _id, text in answers] == sorted(text for _id, text in answers)


def test_what_was_kept_while_typing_is_in_no_page_and_not_in_the_log(vaults: Vaults) -> None:
    """While it is typed the growing pile is there; afterwards the log is empty, and free pages are zeros."""
    store = vaults("bytes")
    number = store.change_now(evaluations.begin, "gathering", 1, {"form": "network", "day": date(2026, 11, 20)})
    pile = Tally.empty(FORM)
    for sheet in SHEETS:
        pile = pile.with_sheet(*sheet)
        store.note_now(drafts.keep, FORM_NAME, number, {"pile": pile.text})
    assert store.ask_now(reading.forget_overwritten)
    assert b'"pile"' in raw_pages(store), "while sheets are typed the pile is kept, and would be found"
    store.note_now(drafts.keep, FORM_NAME, number, {"pile": pile.text})
    store.change_now(evaluations.enter, number, pile)
    store.note_now(drafts.drop, FORM_NAME, number)
    assert log_of(store).stat().st_size > 0, "the pile as it grew stands in the log until it is emptied"
    assert store.ask_now(reading.forget_overwritten)
    assert log_of(store).stat().st_size == 0
    assert rows(store, "PRAGMA secure_delete") == [(1,)]
    found = raw_pages(store)
    assert b"svar03x" in found, "the pages are read as they are decrypted"
    assert found.count(b"svar03x") == 1
    assert b'"pile"' not in found


def raw_pages(store: Store) -> bytes:
    """The pages of the database file as they are decrypted, the free ones among them; their format is SQLCipher's."""
    key, data = bytes.fromhex(store._database._key), store.unlocked.place.database.read_bytes()
    found = bytearray()
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        sealed_part = page[16 if not start else 0 : PAGE - RESERVED]
        opener = Cipher(algorithms.AES(key), modes.CBC(page[PAGE - RESERVED :][:16])).decryptor()
        found += opener.update(sealed_part) + opener.finalize()
    return bytes(found)
