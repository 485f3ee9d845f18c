"""Taking back one's own last change, as a change of its own."""

from __future__ import annotations

import json

from peewee import ForeignKeyField

from config.words import _
from models.storage.actions import action, find
from models.storage.audit import AuditedChange
from models.storage.undoable import NothingToUndo, Undoable, changes_of, last_change, nothing_since, undoable, why_final
from models.storage.work import Work
from models.tables import RECORDS, Record

__all__ = ["NothingToUndo", "Undoable", "described", "last_change", "undo", "undoable"]


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
            raise NothingToUndo(nothing_since())
        seq, id = found
    else:
        known = undoable(work, since)
        if known.seq != seq:
            raise NothingToUndo(_("You have changed something else in the meantime. Press the key again."))
        id = known.action
    for change in changes_of(work, seq):
        _take_back(work, change, seq)
    work.undoes = seq
    return id


def _take_back(work: Work, change: AuditedChange, seq: int) -> None:
    if why := why_final(work, change):
        raise NothingToUndo(why)
    later = work.value(
        "SELECT count(*) FROM change c JOIN audit a ON a.seq = c.audit "
        'WHERE c."table" = ? AND c."row" = ? AND a.seq > ? AND a.undoes IS NULL '
        "AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.undoes = a.seq)",
        [change.table, change.row, seq],
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
