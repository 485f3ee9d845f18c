"""A participant's appointments, tasks and applications as plain data, for the export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from models.plans import applications, appointments, tasks
from models.storage.reading import Reading

Former = Callable[[Reading, str, int], list[dict[str, Any]]]
Moment = Callable[[int], str]

_MOMENTS: Final = ("at", "done_at", "created_at")
_STAFF: Final = ("driver", "worker", "owner")
_LEFT_OUT: Final = ("version", "participant", "contact")
_CALLED: Final = {"created_at": "entered_at", "with_whom": "with", "place": "where"}


def plans(
    reading: Reading, number: int, users: Mapping[int, str], former: Former, moment: Moment
) -> dict[str, list[dict[str, Any]]]:
    """What was agreed, what is to be done and what was applied for, each with its former versions.

    `users` are the colleagues' user names by id; moments are written by `moment`, former versions found by `former`.
    """

    def plain(record: Struct, table: str) -> dict[str, Any]:
        values = asdict(record)
        written = {
            _CALLED.get(name, name): _value(name, value, users, moment)
            for name, value in values.items()
            if name not in _LEFT_OUT and name != "id"
        }
        return {**written, "former": former(reading, table, values["id"])}

    return {
        "appointments": [plain(one, "appointment") for one in appointments.of(reading, number)],
        "tasks": [plain(one, "task") for one in tasks.of(reading, number)],
        "applications": [plain(one, "application") for one in applications.of(reading, number)],
    }


def _value(name: str, value: Any, users: Mapping[int, str], moment: Moment) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return moment(value)
    if name in _STAFF:
        return users.get(value)
    return value.isoformat() if isinstance(value, date) else value
