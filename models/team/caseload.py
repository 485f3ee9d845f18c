"""Whose participants a colleague sees to: their own, those they work with, and those of whom they cover for today.

Source: the guide on the team, a participant whose worker is away must not be forgotten.
"""

from __future__ import annotations

from typing import Any

from models.roles.rights import READER
from models.storage.portions import marks
from models.storage.reading import Reading
from models.team import absences


def colleagues(reading: Reading, staff: int) -> tuple[int, ...]:
    """A colleague, and those of whom they cover for today."""
    away = absences.away(reading, reading.today).values()
    return (staff, *(absence.staff for absence in away if absence.cover == staff != absence.staff))


def unattended(reading: Reading) -> tuple[int, ...]:
    """Colleagues for whom nobody sees to what is theirs today.

    They have left, may only read, or are away with nobody there to cover.
    """
    which = "SELECT id FROM staff WHERE NOT active OR role = ? ORDER BY id"
    left = [number for (number,) in reading.sql(which, [READER])]
    alone = [number for number, cover in absences.covers(reading, reading.today).items() if not cover]
    return tuple(dict.fromkeys([*left, *alone]))


def caseload_condition(reading: Reading, staff: int) -> tuple[str, list[Any]]:
    """The condition on a card `c` for being of a colleague's caseload today, and its values."""
    whose = colleagues(reading, staff)
    return f"(c.worker IN ({marks(whose)}) OR c.coworker = ?)", [*whose, staff]
