"""The people around a participant as plain data, for the export: each part somebody had, with the contact person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.storage.reading import Reading
from models.tables import Contact, Involvement

CONTACT_FIELDS = ("name", "agency", "role", "office", "phone", "phone_other", "email", "notes")


def around(
    reading: Reading, number: int, former: Callable[[Reading, str, int], list[dict[str, Any]]]
) -> dict[str, Any]:
    """The section `people` of a participant's export, the earliest part first.

    `in_post` is whether the contact person is still in their post.
    """
    parts = reading.rows(
        Involvement.select().where(Involvement.participant == number).order_by(Involvement.since, Involvement.id)
    )
    contacts = {
        row.id: row for row in reading.rows(Contact.select().where(Contact.id.in_({part.contact for part in parts})))
    }
    return {
        "people": [
            {
                "agency": part.agency,
                "role": part.role,
                "since": part.since.isoformat(),
                "until": part.until.isoformat() if part.until else None,
                "note": part.note,
                "contact": {
                    **{name: getattr(contacts[part.contact], name) for name in CONTACT_FIELDS},
                    "in_post": bool(contacts[part.contact].active),
                },
                "former": former(reading, "involvement", part.id),
            }
            for part in parts
        ]
    }
