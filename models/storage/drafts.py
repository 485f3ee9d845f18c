"""Forms that were not finished: kept inside the vault, offered again to the same person, filled in."""

from __future__ import annotations

import json
from typing import Final

from msgspec import Struct

from models.storage.reading import Reading
from models.storage.writing import Writing
from models.tables import Draft

VERSION: Final = "_version"
"""Beside the fields of a form about a record that existed before: which version of it the form was opened with."""


class KeptForm(Struct, frozen=True):
    """An unfinished form: which, about which record, its fields as text, and when it was last kept.

    `subject` is 0 for none; of several unfinished forms about nobody yet the later ones have -1, -2 and so on.
    """

    id: int
    form: str
    subject: int
    fields: dict[str, str]
    saved_at: int


def keep(writing: Writing, form: str, subject: int, fields: dict[str, str], participant: int = 0) -> None:
    """Keep what stands in a form, in place of what was kept of it before.

    This is not a change of the case, so it leaves no audit row. The fields are kept exactly as they stand, also what
    could not be saved. `participant` is whom they are about, 0 for nobody.
    """
    if not writing.actor.staff_id:
        return
    writing.run(
        "INSERT INTO draft (staff_id, form, subject, participant_id, content, saved_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (staff_id, form, subject) DO UPDATE SET participant_id = excluded.participant_id, "
        "content = excluded.content, saved_at = excluded.saved_at",
        [writing.actor.staff_id, form, subject, participant or None, json.dumps(fields), writing.clock.seconds()],
    )


def keep_another(writing: Writing, form: str, fields: dict[str, str]) -> int:
    """Keep a form about nobody yet beside those that were left before; answers the number it is kept under."""
    least = writing.value(
        "SELECT min(subject) FROM draft WHERE staff_id = ? AND form = ? AND subject <= 0",
        [writing.actor.staff_id, form],
    )
    number = 0 if least is None else int(least) - 1
    keep(writing, form, number, fields)
    return number


def drop(writing: Writing, form: str, subject: int) -> None:
    """Forget a form that was saved or given up."""
    writing.run(
        "DELETE FROM draft WHERE staff_id = ? AND form = ? AND subject = ?", [writing.actor.staff_id, form, subject]
    )


def kept(reading: Reading, form: str = "", subject: int = 0) -> list[KeptForm]:
    """The person's unfinished forms, newest first; with `form`, only the one about `subject`."""
    query = Draft.select().where(Draft.staff == reading.actor.staff_id).order_by(Draft.saved_at.desc())
    if form:
        query = query.where((Draft.form == form) & (Draft.subject == subject))
    return [
        KeptForm(row.id, row.form, row.subject, json.loads(row.content), row.saved_at) for row in reading.rows(query)
    ]


def about_nobody(reading: Reading, form: str) -> list[KeptForm]:
    """The person's unfinished forms of this name that are about nobody yet, the one begun last first."""
    found = [one for one in kept(reading) if one.form == form and one.subject <= 0]
    return sorted(found, key=lambda one: one.subject)


def anybodys(reading: Reading, form: str, subject: int) -> bool:
    """Whether anybody of the team has begun this form and not finished it."""
    found = reading.value("SELECT 1 FROM draft WHERE form = ? AND subject = ? LIMIT 1", [form, subject])
    return found is not None
