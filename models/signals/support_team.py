"""The rules about the support team that lasts around a participant, by its part of the card (the Trondheim report).

Comparisons only; without a support team none of them is asked. While it is planned, what is missing is to know.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from models.signals.card import CardRow, TeamOnCard
from models.signals.thresholds import Day, Lasting

UNASKED, SAYS_NO = range(2)
HALF_WAY, AT_END = range(2)
_TEAM: Final = msgspec.json.Decoder(TeamOnCard)


@lru_cache(maxsize=4096)
def team_of(text: str) -> TeamOnCard:
    """The support team as a card keeps it."""
    return _TEAM.decode(text)


def team_consent(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """Somebody sits in the support team with whom no consent covers sharing (the report, annex 5 and its form)."""
    team = team_of(card.team)
    count = sum(seat.covered < day.today for seat in team.there(day.today))
    return ("team_consent", _pressing(team, day, 3), team.kick_off, count) if count else None


def team_unrepresented(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """An agency of the support team has nobody in it: one representative of each (the report, annex 5)."""
    team = team_of(card.team)
    there = {seat.agency for seat in team.there(day.today) if seat.represents}
    count = len(team.agencies - there)
    return ("team_unrepresented", _pressing(team, day, 2), team.kick_off, count) if count else None


def team_uncoordinated(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """Nobody is named who coordinates: unclear responsibility makes it easy to slip away (the report, annex 5)."""
    team = team_of(card.team)
    return None if team.coordinator else ("team_uncoordinated", _pressing(team, day, 2), team.kick_off, 0)


def team_outside(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """A helper's agency is not in the support team: ever new helpers (the report, annex 5)."""
    team = team_of(card.team)
    count = sum(until > day.today and agency not in team.agencies for agency, until in day.helped(card.helped).items())
    return ("team_outside", 1, team.kick_off, count) if count else None


def team_not_in_on_it(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """The participant does not take part, or nobody has asked (the report: the participant's own words)."""
    team = team_of(card.team)
    if team.in_on_it == "yes":
        return None
    return "team_not_in_on_it", _pressing(team, day, 2), team.kick_off, SAYS_NO if team.in_on_it else UNASKED


def team_ends(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """The time of the support team is nearly up, or is: conclude, or extend with a reason (the report, annex 5)."""
    team = team_of(card.team)
    if team.ends > day.team_ends:
        return None
    return "team_ends", 2 if team.ends >= day.today else 3, team.ends, 0


def team_unevaluated(card: CardRow, lasting: Lasting, day: Day) -> tuple[str, int, str, int] | None:
    """Half of its time has passed without an evaluation, or it nears its end without one since (annex 5)."""
    team = team_of(card.team)
    at_end = team.ends <= day.team_ends
    if day.today < team.half or team.evaluated >= (team.half if at_end else team.kick_off):
        return None
    return "team_unevaluated", 2 if at_end else 1, team.half, AT_END if at_end else HALF_WAY


OF_TEAM: Final = (
    team_consent, team_unrepresented, team_uncoordinated, team_not_in_on_it, team_ends, team_unevaluated, team_outside,
)  # fmt: skip


def _pressing(team: TeamOnCard, day: Day, severity: int) -> int:
    return severity if team.kick_off <= day.today else 1
