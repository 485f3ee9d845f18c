"""What every table is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import AutoField, Field, IntegerField, Model


class DayField(Field):
    """A calendar date, stored as ISO 8601 text so that it sorts and compares as it stands."""

    field_type = "TEXT"

    def db_value(self, value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    def python_value(self, value: Any) -> date | None:
        return date.fromisoformat(value) if value else None


class Record(Model):
    """A row that people change; `version` rises by one at each change and is the optimistic lock."""

    id = AutoField()
    version = IntegerField(default=1)

    class Meta:
        legacy_table_names = False
