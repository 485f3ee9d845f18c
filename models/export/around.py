"""The people around a participant as plain data, what may be shared with them, and what was."""

from __future__ import annotations

from models.consents.disclosures import ground_id
from models.export.writer import Plain, Writer
from models.tables import Consent, Contact, Disclosure, Involvement

CONTACT_FIELDS = ("name", "agency", "role", "office", "phone", "phone_other", "email", "notes")


def around(writer: Writer, number: int) -> dict[str, list[Plain]]:
    """The sections `consents`, `disclosures` and `people` of a participant's export, each the earliest first.

    A consent is referred to by its number, which counts a participant's from 1. `in_post` is whether a contact person
    is still in their post.
    """
    consents, parts = writer.of(Consent, number, "given"), writer.of(Involvement, number, "since")
    numbers = {row.id: place for place, row in enumerate(consents, 1)}
    contacts = {row.id: row for row in writer.every(Contact, "id", Contact.id.in_({part.contact for part in parts}))}
    programme = writer.reading.programme
    return {
        "consents": [
            {"number": numbers[row.id], **writer.plain(Consent, row, {"renews": numbers.get(row.renews)})}
            for row in consents
        ],
        "disclosures": [
            writer.plain(
                Disclosure, row, {"consent": numbers.get(row.consent), "ground": ground_id(programme, row.ground)}
            )
            for row in writer.of(Disclosure, number, "day")
        ],
        "people": [
            writer.plain(
                Involvement,
                part,
                contact={
                    **{name: getattr(contacts[part.contact], name) for name in CONTACT_FIELDS},
                    "in_post": contacts[part.contact].active,
                },
            )
            for part in parts
        ],
    }
