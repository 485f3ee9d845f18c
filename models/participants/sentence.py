"""What can be computed from a sentence's dates: reckoned days and advice, never promises."""

from __future__ import annotations

from datetime import date, timedelta

from config.programme.shapes import Limits
from models.phases.way_out import TWO_THIRDS
from models.values.days import months_later


def calendar_two_thirds(days: int) -> int:
    """How many of a sentence's days are two thirds of it; a day that has begun counts whole."""
    return -(-days * 2 // 3)


def days_to_serve(days: int, limits: Limits) -> int | None:
    """How much of a sentence of so many days is served before ordinary parole, None where it is too short for one.

    Source: the law on parole, two thirds served and at least so many days.
    """
    if days < limits.two_thirds_from_days:
        return None
    return max(calendar_two_thirds(days), limits.two_thirds_min_days)


def computed_two_thirds(kind: str, start: date | None, full_term: date | None, limits: Limits) -> date | None:
    """The earliest ordinary date for parole by the calendar, from the start that is credited with remand.

    None where the kind of sentence has no such date, a date is missing, the term ends before it starts, or the
    sentence is too short. The authorities decide; the program always says that this one is computed.
    """
    if kind not in TWO_THIRDS or start is None or full_term is None or full_term <= start:
        return None
    served = days_to_serve((full_term - start).days, limits)
    return None if served is None else start + timedelta(days=served)


def months_left(full_term: date | None, today: date) -> int | None:
    """Whole months from `today` to the full term, 0 when it is past; None without a date."""
    if full_term is None:
        return None
    months = (full_term.year - today.year) * 12 + full_term.month - today.month
    # As `months_later` counts them: the last day of a shorter month is as far as a whole one goes.
    return max(0, months - (months_later(today, months) > full_term))


def share_served(start: date | None, full_term: date | None, day: date) -> float | None:
    """How much of the sentence lies behind `day`, from 0 to 1; None without both dates."""
    if start is None or full_term is None or full_term <= start:
        return None
    return min(1.0, max(0.0, (day - start).days / (full_term - start).days))


GRANTED, PAROLE = "granted", "parole"


def forms(release_kind: str, parole_decision: str, stays: str) -> tuple[str, ...]:
    """In which ways a person is released and stays: ids of `choices.release_kind` and `choices.stays`.

    Parole that was granted is one before anybody has noted it as the kind of release.
    """
    granted = PAROLE if parole_decision == GRANTED else ""
    return tuple(dict.fromkeys(one for one in (release_kind, granted, stays) if one))
