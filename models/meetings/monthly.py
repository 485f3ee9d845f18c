"""The figures of the monthly meeting: what is coming in the next three months, and what became of the month.

Source: the EX/IN guide, the team plans ahead, evaluates and sums up once a month. Planning rests on today; a month gone
by has the values of its own last day. Each figure is a count along an index, so that a team with ten thousand
participants can open it too.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from msgspec import Struct

from models.meetings import month_contact, month_load, month_moves, month_rhythm, month_services
from models.meetings.month import Month, Person
from models.meetings.month_contact import PhaseContact
from models.meetings.month_load import Ahead, WorkerLoad
from models.meetings.month_moves import Ending, MonthCount, Move
from models.meetings.month_rhythm import IntakeStep, ReviewCount
from models.meetings.month_services import ConsentCount, Verification, WaitingTime
from models.phases.numbers import INTAKE
from models.storage.reading import Reading
from models.team import forecast
from models.team.forecast import MonthLoad

MOVES_LISTED: Final = 300


class Figures(Struct, frozen=True):
    """Everything the monthly meeting looks at; `month` is its first day, `last` its last day, or today within it.

    `coming` are the team's loads now and in the months from now, `ahead` who comes out and is prepared until then,
    `candidates` those in intake now: all three rest on today, `made`, also where the month is gone by. `moves` holds
    at most `MOVES_LISTED` of those that `moved` counts. `year` are the twelve months up to this one, `restricted`
    those whom not everybody sees.
    """

    month: date
    last: date
    made: date
    coming: tuple[MonthLoad, ...]
    ahead: tuple[Ahead, ...]
    candidates: int
    workers: tuple[WorkerLoad, ...]
    moved: tuple[tuple[int, int, int], ...]
    moves: tuple[Move, ...]
    endings: tuple[Ending, ...]
    returned: tuple[Person, ...]
    waiting: tuple[WaitingTime, ...]
    contact: tuple[PhaseContact, ...]
    consents: tuple[ConsentCount, ...]
    verification: tuple[Verification, ...]
    reviews: tuple[ReviewCount, ...]
    intake: tuple[IntakeStep, ...]
    year: tuple[MonthCount, ...]
    restricted: frozenset[int] = frozenset()

    @property
    def past(self) -> bool:
        """Whether the month is gone by, so that what is coming does not belong to it."""
        return self.last < self.made


def figures(reading: Reading, month: date | None = None) -> Figures:
    """The figures of the month that `month` lies in, this one when None; one to come is this one."""
    shown = Month(reading, month)
    moved = month_moves.moves(shown, shown.start)
    left = month_moves.ended(shown, shown.start, moved)
    moves = [move for move in moved if move.day >= shown.first]
    steps = Counter((move.from_phase, move.to_phase) for move in moves)
    return Figures(
        month=shown.first,
        last=shown.last,
        made=reading.today,
        coming=tuple(forecast.workload(reading, None)),
        ahead=month_load.ahead(shown),
        candidates=reading.value("SELECT count(*) FROM card WHERE phases = ?", [str(INTAKE)]),
        workers=month_load.workers(shown),
        moved=tuple((*step, count) for step, count in sorted(steps.items())),
        moves=tuple(moves[:MOVES_LISTED]),
        endings=month_moves.endings(shown, [one for one in left if one.day >= shown.first]),
        returned=month_moves.returned(shown),
        waiting=month_services.waiting(shown),
        contact=month_contact.contact(shown),
        consents=month_services.consents(shown),
        verification=month_services.verification(shown),
        reviews=month_rhythm.reviews(shown),
        intake=month_rhythm.intake(shown),
        year=month_moves.twelve(shown, moved, left),
        restricted=frozenset(
            number for (number,) in reading.sql("SELECT participant_id FROM restriction WHERE lifted IS NULL")
        ),
    )
