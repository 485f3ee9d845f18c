"""What is agreed for the same time: nobody is in two places, and the team's car neither. Advice, never a refusal."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from models.storage.reading import Reading
from models.timeline import MINUTES_LIMIT

USUAL_MINUTES: Final = 60
"""As long as an appointment takes for which nobody has said."""


class Clash(Struct, frozen=True):
    """Another planned appointment at the same time.

    `who` is the initials of the colleague who has a part in both, `drives` of whoever drives there, where only the car
    is in question. `at` is a stored moment.
    """

    id: int
    at: int
    code: str
    name: str
    who: str
    drives: str


def clashes(
    reading: Reading, at: int, minutes: int | None, worker: int | None, driver: int | None, but: int = 0
) -> list[Clash]:
    """The planned appointments that overlap with one that is at `at`, of who goes along or drives there, in order.

    Where somebody drives, also those to which another drives, for the car. `but` is the appointment itself.
    """
    ends = at + 60 * (USUAL_MINUTES if minutes is None else minutes)
    rows = reading.named(
        "SELECT x.id, x.at, c.code, c.name, x.worker_id, x.driver_id, w.initials AS worker, d.initials AS driver "
        "FROM appointment x JOIN card c ON c.participant_id = x.participant_id "
        "LEFT JOIN staff w ON w.id = x.worker_id LEFT JOIN staff d ON d.id = x.driver_id "
        f"WHERE x.state = 'planned' AND x.day BETWEEN ? AND ? AND x.at < ? AND x.at + 60 * coalesce(x.minutes, "
        f"{USUAL_MINUTES}) > ? AND x.id != ? ORDER BY x.at, x.id",
        # The longest lasts a day and a night, so what begins the day before may still go on.
        [_day(reading, at - 60 * MINUTES_LIMIT), _day(reading, ends), ends, at, but],
    )
    mine, found = {one for one in (worker, driver) if one is not None}, []
    for row in rows:
        shared = next((row[part] for part in ("worker", "driver") if row[f"{part}_id"] in mine), "")
        if shared or (driver is not None and row["driver"]):
            found.append(Clash(row["id"], row["at"], row["code"], row["name"], shared, "" if shared else row["driver"]))
    return found


def _day(reading: Reading, at: int) -> str:
    return reading.clock.local(at).date().isoformat()


def of_one(reading: Reading, appointment: int) -> list[Clash]:
    """The clashes of an appointment that is there."""
    found = reading.sql("SELECT at, minutes, worker_id, driver_id FROM appointment WHERE id = ?", [appointment])
    return [clash for at, minutes, worker, driver in found for clash in
            clashes(reading, at, minutes, worker, driver, appointment)]  # fmt: skip
