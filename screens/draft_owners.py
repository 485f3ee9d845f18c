"""Whose an unfinished form is: found by its name and by the number of what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from config.words import _
from models import (
    applications,
    appointments,
    consents,
    drafts,
    intakes,
    network,
    participants,
    phase_outs,
    register,
    reviews,
    tasks,
    timeline,
)
from models.applications import ApplicationError
from models.appointments import AppointmentError
from models.consents import ConsentError
from models.drafts import KeptForm
from models.participants import ParticipantError
from models.reading import Reading
from models.reviews import ReviewError
from models.tasks import TaskError
from models.timeline import EntryError
from models.work import Gone
from screens.widgets.line import flat

EXCERPT: Final = 120
GONE: Final = -1


class Unfinished(Struct, frozen=True):
    """An unfinished form with whom it is about; `participant` is 0 for a new candidate, -1 when the record is gone."""

    kept: KeptForm
    participant: int
    code: str
    name: str

    @property
    def excerpt(self) -> str:
        """The beginning of what was written, less what a form fills in by itself."""
        fields = self.kept.fields
        keys = (
            "text",
            "topic",
            "reason",
            "risk_areas",
            "unit",
            "with_whom",
            "place",
            "what",
            "scope",
            "withdrawal_kept",
            "title",
            "about",
            "note",
            "referral_note",
            "words",
            "summary",
            "return_note",
        )
        texts = [fields.get(key, "") for key in keys]
        texts += [text for key, text in fields.items() if key.startswith("prompt_")]
        return flat(" ".join(text for text in texts if text))[:EXCERPT]


def all_unfinished(reading: Reading) -> list[Unfinished]:
    """The forms this person left unfinished with whom each is about, newest first."""
    return [_whose(reading, kept) for kept in drafts.kept(reading)]


def _itself(reading: Reading, subject: int) -> int:
    return subject


def _entry_s(reading: Reading, subject: int) -> int:
    return timeline.one(reading, subject).participant


OWNERS: Final[dict[str, Callable[[Reading, int], int]]] = {
    "correction": _entry_s,
    "consent_renewal": consents.owner_of,
    "consent_correction": consents.owner_of,
    "consent_withdrawal": consents.owner_of,
    "appointment_change": lambda reading, subject: appointments.one(reading, subject).participant,
    "attend": lambda reading, subject: appointments.one(reading, subject).participant,
    "task_change": lambda reading, subject: tasks.one(reading, subject).participant or 0,
    "application_change": lambda reading, subject: applications.one(reading, subject).participant,
    "involvement_change": lambda reading, subject: network.one(reading, subject)[0],
    "review": lambda reading, subject: reviews.file_of(reading, subject).line.participant,
    "review_note": lambda reading, subject: reviews.file_of(reading, subject).line.participant,
    "intake_talk_change": intakes.owner_of,
    "phase_out_told": phase_outs.owner_of,
    "phase_out_left_out": phase_outs.owner_of,
    "snooze_staff": lambda reading, subject: 0,
    "absence_change": lambda reading, subject: 0,
    "hand_over_all": lambda reading, subject: 0,
    "minutes_added": lambda reading, subject: 0,
    "meeting_guest": lambda reading, subject: 0,
}
"""Whose a form is that is kept under the number of something else than the participant."""


def _whose(reading: Reading, kept: KeptForm) -> Unfinished:
    if kept.form in ("contact", "contact_change"):
        return _in_register(reading, kept)
    if kept.form in ("team_task", "absence") or (kept.form.startswith("meeting_") and not kept.subject):
        return Unfinished(kept, 0, _("the team"), "")
    if not kept.subject:
        name = " ".join(kept.fields.get(key, "") for key in ("given_name", "family_name")).strip()
        return Unfinished(kept, 0, _("new candidate"), name)
    try:
        owner = OWNERS.get(kept.form, _itself)(reading, kept.subject)
        if not owner:
            return Unfinished(kept, 0, _("the team"), "")
        found = participants.file_of(reading, owner)
    except (
        ApplicationError,
        AppointmentError,
        ConsentError,
        EntryError,
        Gone,
        ParticipantError,
        ReviewError,
        TaskError,
    ):
        return Unfinished(kept, GONE, "", "")
    return Unfinished(kept, owner, found.code, found.name)


def _in_register(reading: Reading, kept: KeptForm) -> Unfinished:
    """A form about a contact person, whom the register may no longer hold."""
    name = kept.fields.get("name", "")
    if kept.subject:
        try:
            name = name or register.one(reading, kept.subject).name
        except Gone:
            return Unfinished(kept, GONE, "", "")
    return Unfinished(kept, 0, _("the register"), name)
