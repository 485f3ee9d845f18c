"""What a gathering sent to somebody outside the network: to whom, when, and the text.

Source: the report's annex with what the third gathering answered a government committee.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import N_, _
from models.gatherings import gatherings
from models.gatherings.gatherings import GatheringError
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_row
from models.storage.work import Work
from models.tables import Consultation
from models.values.fields import Fields

TEXT_LIMIT: Final = 50_000
FIELDS: Final = {
    "recipient": N_("To whom"),
    "title": N_("About"),
    "sent": N_("Sent on"),
    "text": N_("Text"),
}
_FIELDS: Final = Fields(
    FIELDS, GatheringError, lines=("recipient", "title"), texts=("text",), limits={"text": TEXT_LIMIT}
)


class Sent(Struct, frozen=True):
    """One text to somebody outside; `sent` is None while it is only written."""

    id: int
    version: int
    gathering: int
    sent: date | None
    recipient: str
    title: str
    text: str


def of(reading: Reading, gathering: int) -> list[Sent]:
    """What a gathering sent outside, by age."""
    query = Consultation.select().where(Consultation.gathering == gathering).order_by(Consultation.id)
    return [struct(Sent, row._asdict()) for row in reading.rows(query)]


def one(reading: Reading, consultation: int) -> Sent:
    """One of them. Raises `GatheringError` when there is none."""
    row = require_row(reading, Consultation, consultation, GatheringError(_("This submission is not here any more.")))
    return struct(Sent, row._asdict())


@action("consultations.add", N_("the new submission"))
def add(work: Work, gathering: int, values: Mapping[str, Any]) -> int:
    """Note what is sent to somebody outside; answers its id, raises `GatheringError`."""
    gatherings.one(work, gathering)
    return work.insert(Consultation, gathering=gathering, **_checked(work, {"recipient": "", "title": "", **values}))


@action("consultations.change", N_("the change to the submission"))
def change(work: Work, consultation: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change it; answers the new version. Raises `GatheringError`, or `Conflict` as `Work.update`."""
    return work.update(Consultation, consultation, version, **_checked(work, changes))


@action("consultations.remove", N_("the submission taken away"))
def remove(work: Work, consultation: int, version: int) -> None:
    """Take it away."""
    work.remove(Consultation, consultation, version)


def _checked(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    found = _FIELDS.checked(values)
    if "recipient" in found and not found["recipient"]:
        raise _FIELDS.wrong("recipient", _("{field}: say whom it goes to."))
    if "title" in found and not found["title"]:
        raise _FIELDS.wrong("title", _("{field}: say what it is about."))
    if (sent := found.get("sent")) is not None and sent > work.today:
        raise _FIELDS.wrong("sent", _("{field}: the date is in the future."))
    return found
