"""Taking back one's own last change, as a change of its own, and doing it again: which, about whom, and doing it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct
from peewee import ForeignKeyField

from config.dates import format_moment
from config.errors import ExinError
from config.words import N_, _
from models.storage.actions import action, find
from models.storage.binding import KEEP, AuditedChange
from models.storage.portions import marks
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import RECORDS, Record

_VERIFIED: Final = "verified_by_id"
"""The column that says who confirmed something as a second person."""
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
    """A change of the moment `at` that can be taken back, or one taken back, at `at`, that can be done again.

    `passed` is the sentence why a newer one stands, empty where none does. `verified` says that a colleague's, or one's
    own, confirmation goes with it; `since` that the person has changed something after it was taken back.
    """

    seq: int
    action: str
    about: tuple[Named, ...]
    passed: str = ""
    at: int = 0
    verified: bool = False
    since: bool = False


Also = Callable[[Work, tuple[AuditedChange, ...]], None]
"""What is done in the same transaction, with what was taken back or done again."""

_UNDONE: Final = (
    "EXISTS (SELECT 1 FROM audit b WHERE b.undoes = a.seq "
    "AND NOT EXISTS (SELECT 1 FROM audit c WHERE c.undoes = b.seq))"
)
"""Whether audit row `a` was taken back, and that was not taken back itself."""


def described(id: str) -> str:
    """What a change is called, in words; its id where this version of the program has none for it."""
    found = find(id)
    return _(found.words) if found and found.words else id


@action("undo.undo")
def undo(work: Work, since: int = 0, seq: int | None = None, also: Also | None = None) -> str:
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
    _reverse(work, seq, id, also)
    return id


@action("undo.redo")
def redo(work: Work, since: int, seq: int, also: Also | None = None) -> str:
    """Do again what `redoable` found; answers the action id of what is done again.

    Raises `NothingToUndo`, also when somebody has built on the state without it.
    """
    known = redoable(work, since)
    if known.seq != seq:
        raise NothingToUndo(_("You have changed something else in the meantime. Press the key again."))
    _reverse(work, seq, known.action, also)
    return known.action


def _reverse(work: Work, seq: int, id: str, also: Also | None) -> None:
    if (kind := find(id)) is not None:
        work.require(kind.right)
    changes = _changes_of(work, seq)
    for change in changes:
        _take_back(work, change, seq)
    work.undoes = seq
    if also is not None:
        also(work, tuple(reversed(changes)))


def _take_back(work: Work, change: AuditedChange, seq: int) -> None:
    if why := _why_final(work, change):
        raise NothingToUndo(why)
    later = work.value(
        "SELECT max(a.seq) FROM change c JOIN audit a ON a.seq = c.audit "
        'WHERE c."table" = ? AND c."row" = ? AND c.operation != ? AND a.seq > ? AND a.undoes IS NULL '
        f"AND NOT {_UNDONE}",
        [change.table, change.row, KEEP, seq],
    )
    if later:
        raise _built_upon(work, later)
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
            leaning = work.value(f'SELECT max(id) FROM "{table}" WHERE "{column}" = ?', [row])
            if leaning is not None:
                made = 'SELECT max(audit) FROM change WHERE "table" = ? AND "row" = ? AND operation != ?'
                raise _built_upon(work, work.value(made, [table, leaning, KEEP]) or 0)


def _built_upon(work: Work, seq: int) -> NothingToUndo:
    """Why a change stands: by audit row `seq` somebody has worked on from it."""
    found = work.sql(
        "SELECT a.actor, s.name, a.action, a.at FROM audit a JOIN staff s ON s.id = a.actor WHERE seq = ?", [seq]
    )
    if not found:
        return NothingToUndo(_("Somebody has worked on from there; it cannot be undone. Correct it instead."))
    actor, name, id, at = found[0]
    own = actor == work.actor.staff_id
    told = (
        _("You have worked on from there yourself: {what}, {when}. It cannot be undone; correct it instead.")
        if own
        else _("{who} has worked on from there: {what}, {when}. It cannot be undone; correct it instead.")
    )
    return NothingToUndo(told.format(who=name, what=described(id), when=format_moment(work.clock.local(at))))


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
            return _told(reading, seq, id, passed)
        passed = passed or reason
    raise NothingToUndo(passed or _nothing_since())


def redoable(reading: Reading, since: int) -> Undoable:
    """What the person took back last, after audit row `since`, and did not do again. Raises `NothingToUndo`."""
    found = reading.sql(
        "SELECT a.seq, f.action FROM audit a JOIN audit f ON f.seq = a.undoes AND f.undoes IS NULL "
        f"WHERE a.actor = ? AND a.seq > ? AND NOT {_UNDONE} ORDER BY a.seq DESC LIMIT 1",
        [reading.actor.staff_id, since],
    )
    if not found:
        raise NothingToUndo(_("There is nothing you have undone since you opened the program."))
    seq, id = found[0]
    changed = next((one for one, _id in _not_taken_back(reading, since) if one > seq), None) is not None
    return _told(reading, seq, str(id), since=changed)


def _told(reading: Reading, seq: int, id: str, passed: str = "", *, since: bool = False) -> Undoable:
    """What reversing audit row `seq` does, which was done, or taken back, as action `id`."""
    at = reading.value("SELECT at FROM audit WHERE seq = ?", [seq])
    verified = any(
        json.loads(change.before).get(_VERIFIED, (None, None))[1] is not None
        for change in _changes_of(reading, seq)
        if change.operation == "update"
    )
    return Undoable(seq, id, _about(reading, seq), passed, int(at), verified, since)


def _not_taken_back(reading: Reading, since: int) -> Iterator[tuple[int, str]]:
    """The person's changes after audit row `since`, the newest first, without those that are final by their kind."""
    for seq, id in reading.sql(
        "SELECT seq, action FROM audit a WHERE actor = ? AND seq > ? AND undoes IS NULL "
        "AND EXISTS (SELECT 1 FROM change c WHERE c.audit = a.seq) "
        f"AND NOT {_UNDONE} ORDER BY seq DESC",
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
    found = set().union(*(_whose(reading, change) for change in _changes_of(reading, seq))) - {None}
    named = "SELECT participant_id AS participant, code, name FROM card WHERE participant_id IN"
    return tuple(reading.structs(Named, f"{named} ({marks(found)}) ORDER BY code", [*found]))


def _whose(reading: Reading, change: AuditedChange) -> set[int | None]:
    """The participant that a changed row is about, both where it went from one to another; None for nobody."""
    if change.table == "participant":
        return {change.row}
    field = RECORDS[change.table]._meta.fields.get("participant")
    if field is None:
        return set()
    former = json.loads(change.before).get(field.column_name) if change.before else None
    if former is not None:
        return set(former)
    return {reading.value(f'SELECT "{field.column_name}" FROM "{change.table}" WHERE id = ?', [change.row])}


def _why_final(reading: Reading, change: AuditedChange) -> str:
    """Why a change is never taken back, in a sentence; empty for one that may be."""
    query, why = _FINAL.get(change.table, ("", ""))
    return _(why) if query and reading.value(query, [change.row]) is not None else ""


def _nothing_since() -> str:
    """What is said where there is nothing to take back."""
    return _("There is nothing of yours to undo since you opened the program.")
