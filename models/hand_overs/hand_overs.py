"""Handing participants from one responsible colleague to another, with a note, until the new one has read it.

Whoever takes over gets what waits for the former worker: open tasks, and appointments they go along to or drive.
Source: the guide on relationship and coordination: nothing agreed may be lost when somebody else takes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _, n_
from models import timeline
from models.participants import agreed
from models.restrictions.restrictions import admit
from models.roles.rights import READER
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one, require_row
from models.storage.work import Work
from models.tables import HandOver as Row
from models.tables import Participant, Staff
from models.team import absences
from models.team.workload import carried
from models.values.text import clean_text

NOTE_LIMIT: Final = 4_000
LISTED: Final = 200
FIELDS: Final = {"to_staff": N_("To whom"), "note": N_("Note")}


class HandOverError(ExinError):
    """A participant cannot be handed over as asked."""


class HandOver(Struct, frozen=True):
    """One participant handed from one colleague to another; `read_at` is when the new one had read it, or None."""

    id: int
    version: int
    participant: int
    code: str
    participant_name: str
    from_staff: int | None
    from_name: str
    to_staff: int | None
    to_name: str
    day: date
    note: str
    read_at: int | None


_SELECT: Final = (
    "SELECT h.id, h.version, h.participant_id AS participant, p.code, "
    "trim(p.given_name || ' ' || p.family_name) AS participant_name, h.from_staff_id AS from_staff, "
    "coalesce(f.name, '') AS from_name, h.to_staff_id AS to_staff, coalesce(t.name, '') AS to_name, h.day, h.note, "
    "h.read_at FROM hand_over h "
    "JOIN participant p ON p.id = h.participant_id LEFT JOIN staff f ON f.id = h.from_staff_id "
    "LEFT JOIN staff t ON t.id = h.to_staff_id"
)
# What was handed on before it was read is the next one's to read.
_UNREAD: Final = "h.to_staff_id = ? AND h.read_at IS NULL AND p.worker_id = h.to_staff_id"


# ---------------------------------------------------------------------- reading


def unread(reading: Reading) -> tuple[HandOver, ...]:
    """What was handed to whoever asks and is not noted as read, the oldest first."""
    which = f"{_UNREAD} ORDER BY h.day, h.id LIMIT ?"
    return tuple(reading.structs(HandOver, f"{_SELECT} WHERE {which}", [reading.actor.staff_id, LISTED]))


def unread_count(reading: Reading) -> int:
    """How many participants were handed to whoever asks and are not noted as read."""
    many = "SELECT count(DISTINCT p.id) FROM hand_over h JOIN participant p ON p.id = h.participant_id"
    return int(reading.value(f"{many} WHERE {_UNREAD}", [reading.actor.staff_id]))


def latest(reading: Reading, limit: int = 50) -> tuple[HandOver, ...]:
    """The latest hand-overs of the whole team, newest first."""
    return tuple(reading.structs(HandOver, f"{_SELECT} ORDER BY h.id DESC LIMIT ?", [limit]))


def last(reading: Reading, participant: int) -> HandOver | None:
    """The latest hand-over of one participant, None for whom nobody ever handed over."""
    which = "h.participant_id = ? ORDER BY h.day DESC, h.id DESC LIMIT 1"
    return next(iter(reading.structs(HandOver, f"{_SELECT} WHERE {which}", [participant])), None)


def caseload(reading: Reading, staff: int) -> tuple[int, ...]:
    """The participants a colleague is responsible for and who are not phased out."""
    theirs = "SELECT participant_id FROM card WHERE worker = ? AND phase > 0 ORDER BY participant_id"
    return tuple(number for (number,) in reading.sql(theirs, [staff]))


def advice(reading: Reading, to_staff: int, participants: Sequence[int]) -> list[str]:
    """What is worth knowing before handing over, in sentences; none of it hinders: who is away, who gets too many."""
    found = []
    if (gone := absences.away(reading, reading.today).get(to_staff)) is not None:
        name = reading.value("SELECT name FROM staff WHERE id = ?", [to_staff])
        found.append(_("{name} is away until {date}.").format(name=name, date=format_date(gone.last)))
    return [*found, *over_limit(reading, to_staff, participants)]


def over_limit(reading: Reading, to_staff: int, participants: Sequence[int]) -> list[str]:
    """The limits that a colleague would be over with these participants as well, a sentence each."""
    name = reading.value("SELECT name FROM staff WHERE id = ?", [to_staff])
    load = carried(reading, to_staff, participants)
    loads = (
        (
            n_(
                "{name} would have {count} participant; the limit is {limit}.",
                "{name} would have {count} participants; the limit is {limit}.",
                load.participants,
            ),
            load.participants,
            load.limit,
        ),
        (
            _("{name} would have {count} in the demanding phases; the limit is {limit}."),
            load.demanding,
            load.demanding_limit,
        ),
    )
    return [told.format(name=name, count=many, limit=limit) for told, many, limit in loads if many > limit]


# ---------------------------------------------------------------------- writing


@action("hand_overs.hand_over", N_("the hand-over"))
def hand_over(work: Work, participant: int, to_staff: int, note: str, version: int | None = None) -> int:
    """Make another colleague responsible for a participant, with a note; answers the id of the hand-over.

    `version` is that of the participant's record as the person saw it. What waits for the former worker follows, as
    `models.participants.agreed.held` has it. Raises `HandOverError`, `Conflict` or `TextTooLong`.
    """
    return _one(work, participant, _receiver(work, to_staff), _note(note), version)


@action("hand_overs.hand_over_all", N_("the hand-over of a whole caseload"))
def hand_over_all(work: Work, from_staff: int, to_staff: int, note: str) -> int:
    """Hand a colleague's whole caseload to another at once; answers how many participants.

    Raises as `hand_over`, and `HandOverError` where the other would be over a limit and no note says why.
    """
    if from_staff == to_staff:
        raise _not_to(_("{field}: choose somebody else."))
    receiver, text = _receiver(work, to_staff), _note(note)
    many = [participant for participant in caseload(work, from_staff) if participant not in work.hidden]
    if not many:
        name = work.value("SELECT name FROM staff WHERE id = ?", [from_staff]) or "?"
        raise HandOverError(_("{name} is responsible for nobody just now.").format(name=name))
    if not text and (over := over_limit(work, to_staff, many)):
        why = _("Write why it is done all the same.")
        raise HandOverError(f"{_(FIELDS['note'])}: {over[0]} {why}")
    for participant in many:
        _one(work, participant, receiver, text, None)
    return len(many)


@action("hand_overs.mark_read", N_("the hand-over noted as read"))
def mark_read(work: Work, hand_over: int, version: int) -> None:
    """Note that the new worker has read the brief; earlier ones about the same participant are read with it.

    Only the one who takes over can: raises `HandOverError` for anybody else.
    """
    rows = work.structs(HandOver, f"{_SELECT} WHERE h.id = ?", [hand_over])
    found = require_one(rows, HandOverError(_("This hand-over is not here any more.")))
    if found.to_staff != work.actor.staff_id:
        raise HandOverError(_("Only {name}, who takes over, can note it as read.").format(name=found.to_name))
    if found.read_at is not None and found.version == version:
        return
    work.update(Row, found.id, version, read_at=work.clock.seconds())
    for (other,) in work.sql(
        "SELECT id FROM hand_over WHERE participant_id = ? AND to_staff_id = ? AND read_at IS NULL",
        [found.participant, found.to_staff],
    ):
        work.update(Row, other, None, read_at=work.clock.seconds())


def _note(text: str) -> str:
    return clean_text(text, _(FIELDS["note"]), NOTE_LIMIT).strip()


def _not_to(sentence: str, **values: object) -> HandOverError:
    return HandOverError(sentence.format(field=_(FIELDS["to_staff"]), **values))


def _receiver(work: Reading, staff: int | None) -> Any:
    if staff is None:
        raise _not_to(_("{field}: say who takes over."))
    found = work.first(Staff.select().where(Staff.id == staff))
    if found is None or not found.active:
        raise _not_to(_("{field}: this colleague is not in the team."))
    if found.role == READER:
        sentence = _("{field}: {name} has read access only and cannot be responsible.")
        raise _not_to(sentence, name=found.name)
    return found


def _one(work: Work, participant: int, receiver: Any, note: str, version: int | None) -> int:
    row = require_row(work, Participant, participant, HandOverError(_("This participant is not here any more.")))
    former = row.worker
    if former == receiver.id and version in (None, row.version):
        raise _not_to(_("{field}: {name} is responsible already."), name=receiver.name)
    coworker = {"coworker": None} if row.coworker == receiver.id else {}
    admit(work, participant, [receiver.id])
    work.update(Participant, participant, version, worker=receiver.id, **coworker)
    if former is not None:
        agreed.hand_on(work, agreed.held(work, former, participant), receiver.id)
    number = work.insert(
        Row, participant=participant, from_staff=former, to_staff=receiver.id, day=work.today, note=note
    )
    was = work.value("SELECT name FROM staff WHERE id = ?", [former]) if former else ""
    detail = {"from": was or "–", "to": receiver.name}
    timeline.tell(work, participant, "handed_over", work.clock.seconds(), detail, f"hand_over:{number}")
    return number
