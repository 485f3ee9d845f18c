"""What can be computed from a sentence's dates: candidates and advice, never promises."""

from __future__ import annotations

from datetime import date, timedelta

from config.programme.shapes import Limits
from models.values.days import months_later


def two_thirds_candidate(start: date | None, full_term: date | None, limits: Limits) -> date | None:
    """The earliest ordinary date for parole by the calendar: two thirds of the time served, and at least so many days.

    None where a date is missing, the term ends before it starts, or the sentence is too short for ordinary parole.
    The authorities decide; the program always calls this a candidate. Source: the law on parole, the guide.
    """
    if start is None or full_term is None or full_term <= start:
        return None
    days = (full_term - start).days
    if days < limits.two_thirds_from_days:
        return None
    served = max(-(-days * 2 // 3), limits.two_thirds_min_days)
    return start + timedelta(days=served)


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
