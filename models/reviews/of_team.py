"""The phase reviews of the whole team: owed, open, held with what they decided, and the days agreed for the next.

Source: the EX/IN guide, a fixed routine for a review (drøft) at each transition, so that none goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import days_told
from config.programme.shapes import Programme
from config.words import _, n_
from models.phases.owed_review import OPEN, OWED, SEALED
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.team import caseload
from models.values.days import NEVER

AGREED: Final = "agreed"
STATES: Final = (OWED, OPEN, SEALED)
BY_DAY, BY_NAME = "day", "name"
SORTS: Final = (BY_DAY, BY_NAME)


class ReviewQuery(Struct, frozen=True):
    """Which reviews: of one worker's participants (None: the team's), in one state or all (empty).

    `AGREED` as the state are those held last that set a day for the next one. `sort` is one of `SORTS`.
    """

    worker: int | None = None
    state: str = ""
    sort: str = BY_DAY


class TeamReview(Struct, frozen=True):
    """One review in the list; `worker`, `opened_by` and `sealed_by` are initials, `answers` those that were written.

    It is owed since `moved`, open since `opened` or held on `sealed`; `awaited` says that the day of `next_review`
    still counts: they are in a phase, nothing was held since, and they did not come back since.
    """

    id: int
    participant: int
    code: str
    name: str
    worker: str
    transition: str
    from_phase: int
    to_phase: int
    state: str
    opened: date
    opened_by: str
    moved: date | None
    decision: str
    next_review: date | None
    awaited: bool
    sealed: date | None
    sealed_by: str
    answers: int

    @property
    def owed(self) -> bool:
        """Whether a move was made that waits for it."""
        return self.moved is not None and self.state != SEALED

    @property
    def day(self) -> date:
        """Since when it is owed or open, or the day on which it was held."""
        return self.sealed or self.moved or self.opened


_LAST_HELD: Final = (
    "(SELECT q.id FROM review q WHERE q.participant_id = c.participant_id AND q.state = 'sealed' "
    "ORDER BY q.sealed_at DESC, q.id DESC LIMIT 1)"
)
_OF_STATE: Final[Mapping[str, str]] = {
    OWED: "r.state != 'sealed' AND r.moved IS NOT NULL",
    OPEN: "r.state = 'open' AND r.moved IS NULL",
    SEALED: "r.state = 'sealed'",
    AGREED: f"c.phase > 0 AND c.next_review_key != '{NEVER}' AND r.id = {_LAST_HELD}",
}  # fmt: skip
# The longest owed and open first, the newest of those held, the nearest of the days agreed on.
_BY_DAY: Final[Mapping[str, str]] = {
    OWED: "r.moved, r.id", OPEN: "r.opened, r.id", SEALED: "r.sealed_at DESC, r.id DESC",
    AGREED: "c.next_review_key, r.id",
}  # fmt: skip


def counts(reading: Reading, worker: int | None = None) -> dict[str, int]:
    """How many there are in each state, and of those that agreed on a day."""
    return {
        state: int(reading.value(f"SELECT count(*) {rest}", whose))
        for state, (rest, whose) in ((state, _rest(reading, worker, state)) for state in (*STATES, AGREED))
    }


def survey(reading: Reading, query: ReviewQuery) -> dict[str, list[int]]:
    """The numbers of the reviews by state, in the order in which they are shown."""
    return {state: _numbers(reading, query, state) for state in ((query.state,) if query.state else STATES)}


def _numbers(reading: Reading, query: ReviewQuery, state: str) -> list[int]:
    rest, whose = _rest(reading, query.worker, state)
    order = "c.name_key, r.id DESC" if query.sort == BY_NAME else _BY_DAY[state]
    return [number for (number,) in reading.sql(f"SELECT r.id {rest} ORDER BY {order}", whose)]


def _rest(reading: Reading, worker: int | None, state: str) -> tuple[str, list[Any]]:
    """What follows in a statement about the reviews in a state, of the team or of a colleague, and its values."""
    theirs, whose = ("1", []) if worker is None else caseload.caseload_condition(reading, worker)
    tables = "FROM review r JOIN card c ON c.participant_id = r.participant_id"
    return f"{tables} WHERE {_OF_STATE[state]} AND {theirs}", whose


def lines(reading: Reading, numbers: Sequence[int]) -> list[TeamReview]:
    """The reviews with these numbers, in this order; one that is gone is left out."""
    rows = reading.named(
        "SELECT r.id, r.participant_id AS participant, c.code, c.name, coalesce(w.initials, '') AS worker, "
        "r.transition, r.from_phase, r.to_phase, r.state, r.opened, coalesce(o.initials, '') AS opened_by, r.moved, "
        "r.decision, r.next_review, c.next_review_key, r.sealed_at, coalesce(s.initials, '') AS sealed_by, "
        f"c.phase > 0 AND r.id = {_LAST_HELD} AS last, "
        "(SELECT count(*) FROM review_answer a WHERE a.review_id = r.id AND a.text != '') AS answers "
        "FROM review r JOIN card c ON c.participant_id = r.participant_id LEFT JOIN staff w ON w.id = c.worker "
        "LEFT JOIN staff o ON o.id = r.opened_by_id LEFT JOIN staff s ON s.id = r.sealed_by_id "
        f"WHERE r.id IN ({marks(numbers)})",
        numbers,
    )
    found = {row["id"]: _line(reading, row) for row in rows}
    return [found[number] for number in numbers if number in found]


def _line(reading: Reading, row: Mapping[str, Any]) -> TeamReview:
    at = row["sealed_at"]
    awaited = bool(row["last"]) and row["next_review_key"] != NEVER
    return struct(TeamReview, row, awaited=awaited, sealed=None if at is None else reading.clock.local(at).date())


# ---------------------------------------------------------------------- in words


def step(row: TeamReview) -> str:
    """From which phase to which, or the one that was stayed in."""
    return f"{row.from_phase} → {row.to_phase}" if row.from_phase != row.to_phase else str(row.to_phase)


def called(programme: Programme, row: TeamReview) -> str:
    """What its transition is called, with its phases where the name does not say them."""
    known = programme.method.reviews.transition(row.transition)
    name = str(known.name) if known else row.transition
    return name if known and known.from_phase and known.to_phase else f"{step(row)} {name}"


def came_to(programme: Programme, row: TeamReview, today: date) -> str:
    """What was decided in it; else since how many days it is owed, or how much is written."""
    if row.state == SEALED:
        return str(programme.choice("review_decision", row.decision).name) if row.decision else ""
    told = n_("{count} answered", "{count} answered", row.answers).format(count=row.answers)
    if row.moved is None:
        return told
    owed = _("missing for {time}").format(time=days_told((today - row.moved).days))
    return owed if row.state == OWED else f"{owed}, {told}"
