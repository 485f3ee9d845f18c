"""How much there is of a signal, by its rule, and when that has become worse than it was when it was put aside.

Source: what is put aside rests on what was true then; when more is true, somebody should look again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from models.signals.thresholds import Day


class Measure(Struct, frozen=True):
    """How much there is, by the date a signal rests on and its number; and whether `now` is worse than `then`."""

    of: Callable[[str, int, Day], int]
    worse: Callable[[int, int], bool]


def _days_gone(since: str, number: int, day: Day) -> int:
    return day.days_since(since) if since else 0


def _days_left(since: str, number: int, day: Day) -> int:
    return -day.days_since(since) if since else 0


DAYS: Final = Measure(_days_gone, lambda then, now: now >= 2 * max(then, 1))
"""Days gone by: worse when they have doubled."""
NEARER: Final = Measure(_days_left, lambda then, now: then > 0 and 2 * now <= then)
"""Days left: worse when half of them have gone."""
NUMBER: Final = Measure(lambda since, number, day: number, lambda then, now: now > then)
"""How many: worse when there is one more."""
NOTHING: Final = Measure(lambda since, number, day: 0, lambda then, now: False)
"""What is there or not: only its severity can rise."""

MEASURES: Final[Mapping[str, Measure]] = {
    "no_worker": NOTHING,
    "released_unmoved": DAYS,
    "release_unprepared": NEARER,
    "unverified": NUMBER,
    "silent": DAYS,
    "independence": DAYS,
    "consents": NUMBER,
    "withdrawal_unwritten": DAYS,
    "review_owed": DAYS,
    "first_weeks": NOTHING,
    "preparation_due": NEARER,
    "worker_away": NEARER,
    "parole_unasked": NEARER,
    "release_unknown": DAYS,
    "release_list": NUMBER,
    "overdue": NUMBER,
    "review_due": DAYS,
    "application_waiting": NUMBER,
    "candidate_waiting": DAYS,
    "phase_out_open": NUMBER,
    "release_awkward": NEARER,
    "team_consent": NUMBER,
    "team_unrepresented": NUMBER,
    "team_uncoordinated": NOTHING,
    "team_not_in_on_it": NOTHING,
    "team_ends": NEARER,
    "team_unevaluated": DAYS,
    "team_outside": NUMBER,
    "agency_missing": NUMBER,
    "long_in_phase": DAYS,
    "discussion_missed": DAYS,
    "topics": NUMBER,
    "risk_areas": NOTHING,
}
"""By rule. Of a rule that is not here only the severity counts."""


def measured(rule: str, since: str, number: int, day: Day) -> int:
    """How much there is of a signal now."""
    return MEASURES.get(rule, NOTHING).of(since, number, day)


def has_grown(rule: str, then: int | None, since: str, number: int, day: Day) -> bool:
    """Whether there is so much more than `then` that a signal that was put aside wakes; None is not known."""
    measure = MEASURES.get(rule, NOTHING)
    return then is not None and measure.worse(then, measure.of(since, number, day))
