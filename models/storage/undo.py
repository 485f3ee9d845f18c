"""Taking back one's own last change, as a change of its own: which there is, whom it is about, and doing it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from peewee import ForeignKeyField

from config.errors import ExinError
from config.words import N_, _
from models.storage.actions import action, find
from models.storage.binding import KEEP, AuditedChange
from models.storage.portions import marks
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import RECORDS, Record

_MINUTES: Final = N_("The minutes are closed; they can only be added to.")
_FINAL: Final = {
    "meeting": ("SELECT 1 FROM meeting WHERE id = ? AND closed_at IS NOT NULL", _MINUTES),
    "meeting_item": (
        "SELECT 1 FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id "
        "WHERE i.id = ? AND m.closed_at IS NOT NULL AND i.kind != 'added'",
        _MINUTES,
    ),
    "review_answer": (
        "SELECT 1 FROM review_answer a JOIN review r ON r.id = a.review_id WHERE a.id = ? AND r.state = 'sealed'",
        N_("The phase review is sealed; it can only be added to."),
    ),
}
"""By table, whether a row of it lies in something that nobody changes any more, and what is said of that.

What was written before minutes were closed or a review was sealed stands too.
"""


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


def described(id: str) -> str:
    """What a change is called, in words; its id where this version of the program has none for it."""
    found = find(id)
    return _(found.words) if found and found.words else id


@action("undo.undo")
def undo(work: Work, since: int = 0, seq: int | None = None) -> str:
    """Take back the person's last change after audit row `since`, or what `undoable` found; answers its action id.

    Raises `NothingToUndo`, also when somebody has built on the change since: theirs is never undone with it.
    """
    if seq is None:
        found = last_change(work, since)
        if found is None:
            raise NothingToUndo(_nothing_since())
        seq, id = found
    else:
        known = undoable(work, since)
        if known.seq != seq:
            raise NothingToUndo(_("You have changed something else in the meantime. Press the key again."))
        id = known.action
    if (kind := find(id)) is not None:
        work.require(kind.right)
    for change in _changes_of(work, seq):
        _take_back(work, change, seq)
    work.undoes = seq
    return id


def _take_back(work: Work, change: AuditedChange, seq: int) -> None:
    if why := _why_final(work, change):
        raise NothingToUndo(why)
    later = work.value(
        "SELECT count(*) FROM change c JOIN audit a ON a.seq = c.audit "
        'WHERE c."table" = ? AND c."row" = ? AND c.operation != ? AND a.seq > ? AND a.undoes IS NULL '
        "AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.undoes = a.seq)",
        [change.table, change.row, KEEP, seq],
    )
    if later:
        raise _built_upon()
    model = RECORDS[change.table]
    if change.operation == "insert":
        _nothing_leans_on(work, model, change.row)
        work.remove(model, change.row, None)
        return
    former = {column: pair[0] for column, pair in json.loads(change.before).items()}
    if change.operation == "delete":
        work.restore(change.table, change.row, former)
    else:
        work.put_back(model, change.row, former)


def _nothing_leans_on(work: Work, model: type[Record], row: int) -> None:
    """What others have recorded about a new record is theirs, and keeps it from being taken away."""
    for other in RECORDS.values():
        for field in other._meta.sorted_fields:
            if not isinstance(field, ForeignKeyField) or field.rel_model is not model:
                continue
            table, column = other._meta.table_name, field.column_name
            if work.value(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1', [row]) is not None:
                raise _built_upon()


def _built_upon() -> NothingToUndo:
    return NothingToUndo(_("Somebody has worked on from there; it cannot be undone. Correct it instead."))


def last_change(reading: Reading, since: int) -> tuple[int, str] | None:
    """The number and action id of the person's newest change after audit row `since` that was not taken back."""
    return next(_not_taken_back(reading, since), None)


def undoable(reading: Reading, since: int) -> Undoable:
    """The person's newest change after audit row `since`, past those that stand for good.

    Raises `NothingToUndo`, where every one of them stands with the reason of the newest.
    """
    passed = ""
    for seq, id in _not_taken_back(reading, since):
        reason = next((why for change in _changes_of(reading, seq) if (why := _why_final(reading, change))), "")
        if not reason:
            return Undoable(seq, id, _about(reading, seq), passed)
        passed = passed or reason
    raise NothingToUndo(passed or _nothing_since())


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


def _changes_of(reading: Reading, seq: int) -> list[AuditedChange]:
    """What audit row `seq` did to each row, the last first."""
    return [
        AuditedChange(*row)
        for row in reading.sql(
            'SELECT "table", "row", operation, before FROM change WHERE audit = ? ORDER BY id DESC', [seq]
        )
    ]


def _about(reading: Reading, seq: int) -> tuple[Named, ...]:
    """The participants whom a change touched, in the order of their codes."""
    found = {_whose(reading, change) for change in _changes_of(reading, seq)} - {None}
    named = "SELECT participant_id AS participant, code, name FROM card WHERE participant_id IN"
    return tuple(reading.structs(Named, f"{named} ({marks(found)}) ORDER BY code", [*found]))


def _whose(reading: Reading, change: AuditedChange) -> int | None:
    """The participant that a changed row is about, None for what is about nobody."""
    if change.table == "participant":
        return change.row
    field = RECORDS[change.table]._meta.fields.get("participant")
    if field is None:
        return None
    found: int | None
    if change.operation == "delete":
        found = json.loads(change.before)[field.column_name][0]
    else:
        found = reading.value(f'SELECT "{field.column_name}" FROM "{change.table}" WHERE id = ?', [change.row])
    return found


def _why_final(reading: Reading, change: AuditedChange) -> str:
    """Why a change is never taken back, in a sentence; empty for one that may be."""
    query, why = _FINAL.get(change.table, ("", ""))
    return _(why) if query and reading.value(query, [change.row]) is not None else ""


def _nothing_since() -> str:
    """What is said where there is nothing to take back."""
    return _("There is nothing of yours to undo since you opened the program.")
