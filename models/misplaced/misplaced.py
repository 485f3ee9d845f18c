"""What was recorded about the wrong participant: moved to the right one or struck out, with a reason.

Both timelines tell that it was done and why, neither whom else it was about: a timeline is one participant's file. What
stood there stays in the audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from peewee import ForeignKeyField

from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.storage.actions import action
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import RECORDS, Appointment, Consent, Entry, Record, Spending, Task, ToldOf
from models.values.text import clean_line

RECORDED: Final[Mapping[str, str]] = {
    "entry": N_("Entry"),
    "consent": N_("Consent"),
    "appointment": N_("Appointment"),
    "task": N_("Task"),
    "spending": N_("Expense"),
    "told_of": N_("Who was told of whom"),
}
"""What can be moved and struck out, by its table."""
STAYS: Final = ("told_of",)
"""What can only be struck out: it rests on a consent and on people of its participant's."""
_MODELS: Final[Mapping[str, type[Record]]] = {
    "entry": Entry,
    "consent": Consent,
    "appointment": Appointment,
    "task": Task,
    "spending": Spending,
    "told_of": ToldOf,
}


class MisplacedError(ExinError):
    """Something cannot be moved or struck out as asked."""


@action("misplaced.move", N_("the move to another participant"))
def move(work: Work, table: str, row: int, version: int, to: int, reason: str) -> None:
    """Move a record, and the lines the program wrote of it, to participant `to`; both timelines tell it.

    Raises `MisplacedError`, `TextTooLong`, and as `Work.update` where a colleague was quicker or `to` is not seen.
    """
    table, row, version = _whole(work, table, row, version)
    found, why = _alone(work, table, row), _reason(reason)
    if table in STAYS:
        raise MisplacedError(_("This can only be struck out, and noted with the right participant."))
    if found.participant == to:
        raise MisplacedError(_("It stands with this participant already."))
    require_participant(work, to, MisplacedError)
    former = found.participant
    work.update(_MODELS[table], row, version, participant=to)
    for (line,) in work.sql("SELECT id FROM entry WHERE subject = ?", [f"{table}:{row}"]):
        work.update(Entry, line, None, participant=to)
    _tell(work, former, "moved_away", table, found, why)
    _tell(work, to, "moved_here", table, found, why)


@action("misplaced.strike", N_("what was struck out"))
def strike(work: Work, table: str, row: int, version: int, reason: str) -> None:
    """Take a record away, and the lines the program wrote of it; the timeline tells that and why. Raises as `move`."""
    table, row, version = _whole(work, table, row, version)
    found, why = _alone(work, table, row), _reason(reason)
    work.remove(_MODELS[table], row, version)
    for (line,) in work.sql("SELECT id FROM entry WHERE subject = ?", [f"{table}:{row}"]):
        work.remove(Entry, line, None)
    _tell(work, found.participant, "struck", table, found, why)


def _whole(work: Work, table: str, row: int, version: int) -> tuple[str, int, int]:
    """What a record is a part of: the entry of an appointment goes with it, or one would contradict the other."""
    if table != "entry":
        return table, row, version
    found = require_row(work, Entry, row, MisplacedError(_("This record is no longer there.")))
    kind, _colon, number = str(found.subject).partition(":")
    if kind != "appointment" or work.programme.kind(found.kind).system or found.version != version:
        return table, row, version
    held = work.first(Appointment.select().where(Appointment.id == int(number)))
    return ("appointment", int(held.id), int(held.version)) if held is not None else (table, row, version)


def _alone(work: Work, table: str, row: int) -> Any:
    """The record, on which nothing else rests."""
    if table not in _MODELS:
        raise MisplacedError(_("This cannot be moved or struck out."))
    model = _MODELS[table]
    found = require_row(work, model, row, MisplacedError(_("This record is no longer there.")))
    if model is Entry and work.programme.kind(found.kind).system:
        raise MisplacedError(_("The program wrote this line; change the thing it tells of instead."))
    rests = model is Consent and found.renews is not None
    for other in RECORDS.values():
        for field in other._meta.sorted_fields:
            if isinstance(field, ForeignKeyField) and field.rel_model is model:
                statement = f'SELECT 1 FROM "{other._meta.table_name}" WHERE "{field.column_name}" = ? LIMIT 1'
                rests = rests or work.value(statement, [row]) is not None
    if rests:
        raise MisplacedError(_("Something else was recorded together with it, such as a renewal or minutes."))
    return found


def _reason(text: str) -> str:
    reason = clean_line(text, _("Reason"))
    if not reason:
        raise MisplacedError(_("Reason: say why."))
    return reason


def _tell(work: Work, participant: int | None, kind: str, table: str, found: Any, reason: str) -> None:
    """A line on a timeline; what is the team's own has none."""
    if participant is None:
        return
    day: date | None = next((value for name in ("day", "given", "due") if (value := getattr(found, name, None))), None)
    detail = {"record": table, "date": day.isoformat() if day else "", "reason": reason}
    timeline.tell(work, participant, kind, work.clock.seconds(), detail)
