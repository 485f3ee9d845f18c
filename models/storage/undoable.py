"""Which of a person's own changes can be taken back, and whom each is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from config.errors import ExinError
from config.words import _
from models.storage.actions import find
from models.storage.audit import AuditedChange
from models.storage.reading import Reading
from models.tables import RECORDS

# Minutes stand once they are closed: what was written in them before is not taken back either.
MINUTES: Final = {
    "meeting": "SELECT 1 FROM meeting WHERE id = ? AND closed_at IS NOT NULL",
    "meeting_item": "SELECT 1 FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id "
    "WHERE i.id = ? AND m.closed_at IS NOT NULL AND i.kind != 'added'",
}
SEALED: Final = {
    "review_answer": (
        "SELECT 1 FROM review_answer a JOIN review r ON r.id = a.review_id WHERE a.id = ? AND r.state = 'sealed'"
    ),
}
"""By table, whether a row of it lies in something that nobody changes any more."""


class NothingToUndo(ExinError):
    """There is no change of this person's that can be taken back."""


class Named(Struct, frozen=True):
    """A participant whom a change touched."""

    participant: int
    code: str
    name: str


class Undoable(Struct, frozen=True):
    """A change that can be taken back; `passed` is the sentence why a newer one stands, empty where none does."""

    seq: int
    action: str
    about: tuple[Named, ...]
    passed: str


def last_change(reading: Reading, since: int) -> tuple[int, str] | None:
    """The number and action id of the person's newest change after audit row `since` that was not taken back."""
    return next(_not_taken_back(reading, since), None)


def undoable(reading: Reading, since: int) -> Undoable:
    """The person's newest change after audit row `since`, past those that stand for good.

    Raises `NothingToUndo`, where every one of them stands with the reason of the newest.
    """
    passed = ""
    for seq, action in _not_taken_back(reading, since):
        reason = next((why for change in changes_of(reading, seq) if (why := why_final(reading, change))), "")
        if not reason:
            return Undoable(seq, action, _about(reading, seq), passed)
        passed = passed or reason
    raise NothingToUndo(passed or nothing_since())


def _not_taken_back(reading: Reading, since: int) -> Iterator[tuple[int, str]]:
    """The person's changes after audit row `since`, the newest first, without those that are final by their kind."""
    for seq, id in reading.sql(
        "SELECT seq, action FROM audit a WHERE actor = ? AND seq > ? AND undoes IS NULL "
        "AND EXISTS (SELECT 1 FROM change c WHERE c.audit = a.seq) "
        "AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.undoes = a.seq) ORDER BY seq DESC",
        [reading.actor.staff_id, since],
    ):
        kind = find(id)
        if kind is None or not kind.final:
            yield int(seq), str(id)


def changes_of(reading: Reading, seq: int) -> list[AuditedChange]:
    """What audit row `seq` did to each row, the last first."""
    return [
        AuditedChange(*row)
        for row in reading.sql(
            'SELECT "table", "row", operation, before FROM change WHERE audit = ? ORDER BY id DESC', [seq]
        )
    ]


def _about(reading: Reading, seq: int) -> tuple[Named, ...]:
    """The participants whom a change touched, in the order of their codes."""
    found = {_whose(reading, change) for change in changes_of(reading, seq)} - {None}
    marks = ", ".join("?" * len(found))
    rows = reading.sql(f"SELECT participant_id, code, name FROM card WHERE participant_id IN ({marks})", [*found])
    return tuple(sorted((Named(*row) for row in rows), key=lambda one: one.code))


def _whose(reading: Reading, change: AuditedChange) -> int | None:
    """The participant that a changed row is about, None for what is about nobody."""
    if change.table == "participant":
        return change.row
    field = RECORDS[change.table]._meta.fields.get("participant")
    if field is None:
        return None
    if change.operation == "delete":
        former: int | None = json.loads(change.before)[field.column_name][0]
        return former
    present: int | None = reading.value(
        f'SELECT "{field.column_name}" FROM "{change.table}" WHERE id = ?', [change.row]
    )
    return present


def why_final(reading: Reading, change: AuditedChange) -> str:
    """Why a change is never taken back, in a sentence; empty for one that may be."""
    if change.table in MINUTES and reading.value(MINUTES[change.table], [change.row]) is not None:
        return _("The minutes are closed; they can only be added to.")
    # What was sealed keeps what was said in it, also where only the whole was touched since.
    if change.table in SEALED and reading.value(SEALED[change.table], [change.row]) is not None:
        return _("The phase review is sealed; it can only be added to.")
    return ""


def nothing_since() -> str:
    """What is said where there is nothing to take back."""
    return _("There is nothing of yours to undo since you opened the program.")
