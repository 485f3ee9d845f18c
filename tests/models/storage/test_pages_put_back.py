"""Single pages of an earlier day put back into the sealed file: each is named, or changes nothing of the case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models import timeline
from models.participants import participants
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import RECORDS, Staff
from models.team import staff
from models.vault import sealed
from models.vault.errors import DamagedVault
from tests.models.case_sample import examined, rows

PAGE = 4096
TABLES = (*RECORDS, "audit", "change", "card", "checklist_tally", "checklist_lapse", "sqlite_sequence")
FORMER = {
    "text": ("SELECT text FROM entry WHERE id = 2", "Former words"),
    "role": ("SELECT role FROM staff WHERE user = 'ola'", "caseworker"),
    "active": ("SELECT active FROM staff WHERE user = 'lise'", 1),
}


@action("test_pages.promote")
def promote(work: Work, user: str) -> None:
    work.update(Staff, staff.by_user(work, user).id, None, role="team_leader")


@pytest.fixture
def before(store: Store, session: object, vault_folder: Path) -> bytes:
    """The file of an earlier day; since then a text was corrected, a role changed, and somebody revoked."""
    assert callable(session)
    for user in ("ola", "lise"):
        session(user).close()
    person = store.change_now(participants.add, {"given_name": "Ida"})
    store.change_now(timeline.record, person, {"kind": "note", "text": "Former words"})
    for number in range(120):
        store.change_now(timeline.record, person, {"kind": "note", "text": f"fyll {number} " * 60})
    store.lock()
    return (vault_folder / "caseload.db").read_bytes()


@pytest.fixture
def newest(store: Store, before: bytes, vault_folder: Path, passphrase: str) -> bytes:
    store.unlock_again(passphrase)
    store.change_now(timeline.correct, 2, 1, {"text": "Other words"})
    store.change_now(promote, "ola")
    store.change_now(staff.leave, "lise")
    for number in range(60):
        store.change_now(timeline.record, 1, {"kind": "note", "text": f"mer {number} " * 20})
    for entry in range(3, 120, 5):
        store.change_now(timeline.correct, entry, 1, {"text": f"rettet {entry} " * 60})
    store.lock()
    return (vault_folder / "caseload.db").read_bytes()


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(store, f'SELECT * FROM "{table}" ORDER BY 1') for table in TABLES}


def test_every_page_put_back_is_named_or_changes_nothing(
    store: Store, before: bytes, newest: bytes, vault_folder: Path, passphrase: str
) -> None:
    file = vault_folder / "caseload.db"

    def opened() -> Iterator[Store]:
        with closing(Store(sealed.unlock(vault_folder, "kari", passphrase), store.clock, store.programme)) as again:
            again.open()
            yield again

    (whole,) = [contents(again) for again in opened()]
    pages = [
        page for page in range(len(before) // PAGE) if before[page * PAGE :][:PAGE] != newest[page * PAGE :][:PAGE]
    ]
    assert len(pages) >= 40
    came_back: dict[str, list[str]] = {name: [] for name in FORMER}
    harmless = []
    for page in pages:
        at = slice(page * PAGE, (page + 1) * PAGE)
        file.write_bytes(newest[: at.start] + before[at] + newest[at.stop :])
        try:
            for again in opened():
                flaws = examined(again).flaws
                for name, (query, former) in FORMER.items():
                    if rows(again, query) == [(former,)]:
                        came_back[name] += [flaw.where for flaw in flaws]
                if not flaws:
                    harmless.append(page)
                    assert contents(again) == whole, page
        except DamagedVault:
            continue
    # The cases that matter most were among them, and by the row they brought back.
    assert "entry 2" in came_back["text"]
    assert {"staff 2"} <= {*came_back["role"]}
    assert {"staff 3"} <= {*came_back["active"]}
    assert len(harmless) < len(pages) // 4, harmless
