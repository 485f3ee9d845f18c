"""Whose it is what is agreed with a participant, and what becomes of it when somebody else is responsible, or leaves.

Source: the guide on relationship and coordination: nothing agreed may be lost when somebody else takes over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from msgspec import Struct

from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Appointment, Task


class Held(Struct, frozen=True):
    """One agreed thing that waits and has a colleague to it; `part` is what they are to do.

    `kind` is appointment or task, `id` the record's, `part` worker, driver or owner, `day` None where it has none.
    """

    kind: str
    id: int
    part: str
    participant: int | None
    day: date | None
    text: str


_HELD: Final = " UNION ALL ".join(
    f"SELECT '{table}' AS kind, x.id, '{part}' AS part, x.participant_id AS participant, x.{day} AS day, "
    f"{text} AS text FROM {table} x WHERE x.{part}_id = ?1 AND x.state = '{waits}' AND x.participant_id IS NOT NULL"
    for table, part, day, text, waits in (
        ("appointment", "worker", "day", "CASE x.title WHEN '' THEN x.with_whom ELSE x.title END", "planned"),
        ("appointment", "driver", "day", "CASE x.title WHEN '' THEN x.with_whom ELSE x.title END", "planned"),
        ("task", "owner", "due", "x.text", "open"),
    )
)
_MODELS: Final[dict[str, type[Any]]] = {"appointment": Appointment, "task": Task}


def held(reading: Reading, staff: int, participant: int | None = None) -> list[Held]:
    """What waits for a colleague with one participant, or with all: tasks, and what they go along to or drive.

    In order of the days, what is overdue included and what has no day at the end.
    """
    which = "" if participant is None else " WHERE participant = ?2"
    values = [staff] if participant is None else [staff, participant]
    ordered = " ORDER BY day IS NULL, day, kind, id, part"
    return reading.structs(Held, f"SELECT * FROM ({_HELD}){which}{ordered}", values)


def hand_on(work: Work, found: Iterable[Held], receiver: int) -> None:
    """Make these another colleague's."""
    for one in found:
        work.update(_MODELS[one.kind], one.id, None, **{one.part: receiver})


def left_behind(reading: Reading, staff: int) -> list[tuple[Held, int]]:
    """What waits for a colleague who leaves, each with whoever is responsible for the participant and stays."""
    staying = "SELECT p.worker_id FROM participant p JOIN staff s ON s.id = p.worker_id WHERE p.id = ? AND s.active"
    found = [(one, reading.value(staying, [one.participant])) for one in held(reading, staff)]
    return [(one, responsible) for one, responsible in found if responsible not in (None, staff)]
