"""Reading that nothing explains, as a leader sees it: by colleague and participant, with what was asked and answered.

Source: whoever keeps files about people sees to it that only those read them who need to; somebody must look, and ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from models.access.visits import OTHER, RELATION
from models.storage.reading import Reading
from models.values.holidays import holiday

LOOKED_BACK_DAYS: Final = 90
WORK_FROM, WORK_UNTIL = 7, 21
"""The hours of an ordinary working day, evenings included; a Saturday, a Sunday and a holiday have none."""
ASKED_LISTED: Final = 200

ANSWERED: Final = "answered"
ASKED: Final = "asked"
CLOSED: Final = "closed"


class Question(Struct, frozen=True):
    """A colleague was asked why they looked; `state` is asked, answered or closed, `visit` the last row it is about."""

    id: int
    version: int
    participant: int
    code: str
    participant_name: str
    staff: int
    name: str
    visit: int
    asked_at: int
    asked_by: str
    answer: str
    answered_at: int | None
    closed_at: int | None

    @property
    def state(self) -> str:
        if self.closed_at is not None:
            return CLOSED
        return ASKED if self.answered_at is None else ANSWERED


class Unusual(Struct, frozen=True):
    """Reading of one participant's file by one colleague: the moments newest first, `odd` how many at unusual hours.

    `visit` is the last row of the log among them.
    """

    staff: int
    name: str
    participant: int
    code: str
    participant_name: str
    visit: int
    moments: tuple[int, ...]
    odd: int


_QUESTIONS: Final = (
    "SELECT q.id, q.version, q.participant_id AS participant, p.code, c.name AS participant_name, q.staff_id AS staff, "
    "s.name, q.visit, q.asked_at, coalesce(b.name, '') AS asked_by, q.answer, q.answered_at, q.closed_at "
    "FROM visit_question q JOIN participant p ON p.id = q.participant_id JOIN card c ON c.participant_id = p.id "
    "JOIN staff s ON s.id = q.staff_id LEFT JOIN staff b ON b.id = q.asked_by_id"
)
_UNEXPLAINED: Final = (
    f"SELECT v.staff, s.name, v.participant, c.code, c.name, v.seq, v.at FROM visit v "
    f"JOIN staff s ON s.id = v.staff JOIN card c ON c.participant_id = v.participant "
    f"WHERE v.relation = '' AND v.at >= ? AND v.staff != ? AND {RELATION} = '{OTHER}' ORDER BY v.at DESC, v.seq DESC"
)


def is_odd(moment: datetime) -> bool:
    """Whether hardly anybody works at this local time."""
    day = moment.date()
    return not WORK_FROM <= moment.hour < WORK_UNTIL or day.isoweekday() > 5 or bool(holiday(day))


def unusual(reading: Reading) -> list[Unusual]:
    """What nobody has been asked about yet: at unusual hours and repeated first, then the latest.

    One's own reading is not in it: the other leaders see that.
    """
    since = reading.clock.stored(
        datetime.combine(reading.today - timedelta(days=LOOKED_BACK_DAYS), datetime.min.time())
    )
    asked = {
        (staff, participant): visit
        for staff, participant, visit in reading.sql(
            "SELECT staff_id, participant_id, max(visit) FROM visit_question GROUP BY staff_id, participant_id"
        )
    }
    found: dict[tuple[int, int], list[tuple[str, str, str, int, int]]] = {}
    for staff, name, participant, code, called, seq, at in reading.sql(_UNEXPLAINED, [since, reading.actor.staff_id]):
        if seq > asked.get((staff, participant), 0):
            found.setdefault((staff, participant), []).append((name, code, called, seq, at))
    listed = []
    for (staff, participant), rows in found.items():
        name, code, called, _seq, _at = rows[0]
        moments = tuple(at for *_names, at in rows)
        odd = sum(is_odd(reading.clock.local(at)) for at in moments)
        latest = max(seq for *_names, seq, _at in rows)
        listed.append(Unusual(staff, name, participant, code, called, latest, moments, odd))
    return sorted(listed, key=lambda one: (-min(one.odd, 1), -len(one.moments), -one.moments[0]))


def one(reading: Reading, question: int) -> Question | None:
    """One question, None where it is not there any more."""
    return next(iter(reading.structs(Question, f"{_QUESTIONS} WHERE q.id = ?", [question])), None)


def mine(reading: Reading) -> list[Question]:
    """What whoever asks was asked, unanswered first and then the latest."""
    which = "WHERE q.staff_id = ? ORDER BY q.answered_at IS NOT NULL OR q.closed_at IS NOT NULL, q.id DESC LIMIT ?"
    return reading.structs(Question, f"{_QUESTIONS} {which}", [reading.actor.staff_id, ASKED_LISTED])


def asked(reading: Reading) -> list[Question]:
    """What others were asked: the answered first, then those that wait for an answer, then the closed, latest first."""
    which = "WHERE q.staff_id != ? ORDER BY q.closed_at IS NOT NULL, q.answered_at IS NULL, q.id DESC LIMIT ?"
    return reading.structs(Question, f"{_QUESTIONS} {which}", [reading.actor.staff_id, ASKED_LISTED])


def moments(reading: Reading, question: Question) -> Iterable[int]:
    """When the colleague looked, as far as the question goes, newest first."""
    since = reading.sql(
        "SELECT coalesce(max(visit), 0) FROM visit_question WHERE staff_id = ? AND participant_id = ? AND id < ?",
        [question.staff, question.participant, question.id],
    )[0][0]
    return [
        at
        for (at,) in reading.sql(
            "SELECT at FROM visit WHERE participant = ? AND staff = ? AND seq > ? AND seq <= ? ORDER BY seq DESC",
            [question.participant, question.staff, since, question.visit],
        )
    ]


def to_see_to(reading: Reading) -> int:
    """How many questions wait for whoever asks: their own to answer, and a leader's to read the answers of."""
    if not reading.actor.leads:
        return int(
            reading.value(
                "SELECT count(*) FROM visit_question WHERE staff_id = ? AND answered_at IS NULL AND closed_at IS NULL",
                [reading.actor.staff_id],
            )
        )
    return int(
        reading.value(
            "SELECT count(*) FROM visit_question WHERE closed_at IS NULL AND (staff_id = ?) = (answered_at IS NULL)",
            [reading.actor.staff_id],
        )
    )
