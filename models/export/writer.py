"""Rows as plain data: every column by its name, colleagues by user name, and what was said before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from peewee import ForeignKeyField, IntegerField

from config.dates import DAY_ONLY, has_hour
from models import tables
from models.storage.audit import history
from models.storage.reading import Reading
from models.team.staff import team

Plain = dict[str, Any]
NOTHING: Final[Mapping[str, Any]] = {}

_IDS: Final = {
    (tables.IntakeTalk, "covered"), (tables.IntakeTalk, "said"),
    (tables.MappingAnswer, "services_now"), (tables.MappingAnswer, "services_wanted"),
}  # fmt: skip
"""Columns that hold ids with space between."""
_JSON: Final = {
    (tables.Evaluation, "content"): "null",
    (tables.Review, "brief"): "null",
    (tables.Checklist, "content"): "null",
    (tables.Entry, "detail"): "{}",
    (tables.LifeMapping, "content"): "null",
}
"""Columns that hold JSON, and what an empty one stands for."""
_MOMENTS: Final = {(tables.Appointment, "moved_from")}
"""Columns that hold a moment, besides `at` and whatever ends in `_at`."""
_LEFT_OUT: Final = {
    (tables.Appointment, "series"),
    (tables.Task, "series"),
    (tables.ChecklistItem, "place"),
    (tables.Entry, "contact"),
    (tables.Entry, "subject"),
    (tables.GatheringTopic, "series"),
    (tables.GatheringTopic, "place"),
    (tables.VisitQuestion, "visit"),
    (tables.SteeringMeeting, "meeting"),
    (tables.Proposal, "meeting"),
}
_LAST: Final = {(tables.Step, "done_at")}
"""What stands behind the columns that follow it in the table."""
_CALLED: Final = {
    (tables.Appointment, "with_whom"): "with",
    (tables.Appointment, "place"): "where",
    (tables.Consent, "scope"): "concerns",
    (tables.Disclosure, "author"): "by",
    (tables.Entry, "with_whom"): "with",
    (tables.Entry, "place"): "where",
    (tables.Spending, "amount"): "amount_ore",
    (tables.Spending, "staff"): "by",
}
"""What goes out under another name than its column's; `created_at` is `entered_at` everywhere."""


@cache
def _columns(model: type[tables.Record]) -> tuple[tuple[str, bool], ...]:
    """The columns of `model` in order, and whether each goes out: links do not, for the export nests instead."""
    return tuple(
        (field.name, getattr(field, "rel_model", tables.Staff) is tables.Staff)
        for field in sorted(model._meta.sorted_fields, key=lambda field: (model, field.name) in _LAST)
        if field.name not in ("id", "version") and (model, field.name) not in _LEFT_OUT
    )


def _is_moment(model: type[tables.Record], field: Any) -> bool:
    name = field.name
    return isinstance(field, IntegerField) and (name == "at" or name.endswith("_at") or (model, name) in _MOMENTS)


def moment(seconds: int) -> str:
    """A stored moment as it goes out."""
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat().replace("+00:00", "Z")


class Writer:
    """Writes rows of one vault; `users` are the colleagues' user names by id."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.users = {one.id: one.user for one in team(reading, active_only=False)}

    def colleagues(self, stored: str) -> list[str]:
        """Colleagues by user name, of whom the ids are stored with space between."""
        return [self.users.get(int(one), one) if one.isdecimal() else one for one in stored.split()]

    def plain(
        self,
        model: type[tables.Record],
        row: Any,
        instead: Mapping[str, Any] = NOTHING,
        inner: Mapping[str, Any] = NOTHING,
        *,
        corrected: bool = True,
    ) -> Plain:
        """Every column of a row of `model` but links, then what is nested in it, then its former versions.

        `instead` gives other values for columns, in their places. `row` is anything with the columns as attributes. One
        that is known never to have been `corrected` has no former versions.
        """
        written = {
            _CALLED.get((model, name), "entered_at" if name == "created_at" else name): instead[name]
            if name in instead
            else self._value(model, name, getattr(row, name))
            for name, goes_out in _columns(model)
            if goes_out or name in instead
        }
        former = self.former(model, row.id) if corrected else []
        return {**written, **inner, "former": former}

    def each(self, model: type[tables.Record], rows: Iterable[Any], **nested: Mapping[int, list[Plain]]) -> list[Plain]:
        """Rows of `model` as plain data, each with what of `nested` is under its id."""
        return [self.plain(model, row, inner={name: by.get(row.id, []) for name, by in nested.items()}) for row in rows]

    def every(self, model: type[tables.Record], order: str, condition: Any = True) -> list[Any]:
        """The rows of `model` for which `condition` holds, by the column `order`."""
        query = model.select().where(condition).order_by(getattr(model, order), model.id)
        return self.reading.rows(query)

    def of(self, participant: int, model: Any, order: str) -> list[Any]:
        """A participant's rows of `model`, by the column `order`."""
        return self.every(model, order, model.participant == participant)

    def own(
        self, participant: int, model: type[tables.Record], order: str, **nested: Mapping[int, list[Plain]]
    ) -> list[Plain]:
        """The same as plain data, with what is `nested` as in `each`."""
        return self.each(model, self.of(participant, model, order), **nested)

    def under(self, participant: int, model: type[tables.Record], link: str, order: str) -> dict[int, list[Plain]]:
        """The same as plain data, by what the rows are linked to."""
        found: dict[int, list[Plain]] = {}
        for row in self.of(participant, model, order):
            found.setdefault(getattr(row, link), []).append(self.plain(model, row))
        return found

    def former(self, model: type[tables.Record], row: int) -> list[Plain]:
        """What a row said before each correction, newest first, by its columns.

        With whom it stood before it was moved is not told: that is in nobody's export but theirs.
        """
        fields = {field.column_name: field for field in model._meta.sorted_fields}
        told = []
        for version in history(self.reading, model._meta.table_name, row):
            values = {
                column: self._former_value(model, fields.get(column), value)
                for column, value in version.values.items()
                if getattr(fields.get(column), "rel_model", None) is not tables.Participant
            }
            if values:
                told.append({"until": moment(version.at), "changed_by": version.user or None, "values": values})
        return told

    def _former_value(self, model: type[tables.Record], field: Any, value: Any) -> Any:
        """A stored value as it goes out: a colleague by user name, a moment as every other."""
        if value is None or field is None:
            return value
        if getattr(field, "rel_model", None) is tables.Staff:
            return self.users.get(value)
        return self._told(value) if _is_moment(model, field) else value

    def _told(self, seconds: int) -> str:
        """A moment of a row; where only the day is known it is noon, as format 2 has it, and the day beside it."""
        day_only = not has_hour(self.reading.clock.local(seconds))
        return moment(seconds - DAY_ONLY.second if day_only else seconds)

    def _value(self, model: type[tables.Record], name: str, value: Any) -> Any:
        field = model._meta.fields[name]
        if value is None:
            return None
        if isinstance(field, ForeignKeyField):
            return self.users.get(value)
        if _is_moment(model, field):
            return self._told(value)
        if (model, name) in _IDS:
            return value.split()
        if (model, name) in _JSON:
            return json.loads(value or _JSON[model, name])
        return value.isoformat() if isinstance(value, date) else value
