"""The record of a phase-out, as every change finds it and leaves it: its fields in words, who may still change it.

Each change is told in the participant's timeline, with its day and what belongs to it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.phase_outs.file import RETURNED, ending
from models.storage.reading import Reading
from models.storage.required import require_row
from models.storage.work import Gone, Work
from models.tables import PhaseOut
from models.values.days import now_or_noon

LABELS: Final = {
    "reason": N_("Reason to end"),
    "began": N_("Began"),
    "words": N_("Why"),
    "told": N_("Told"),
    "how": N_("How"),
    "ground": N_("Ground"),
    "own_words": N_("Which ground"),
    "closing_talk": N_("Held"),
    "text": N_("What was said"),
    "last_message": N_("Sent"),
    "message_how": N_("How"),
    "hand_over": N_("Handed over"),
    "summary": N_("Summary"),
    "closed": N_("Closed"),
    "closed_reason": N_("Reason"),
    "returned": N_("Back since"),
    "phase": N_("Phase"),
    "return_note": N_("What changed"),
    "state": N_("State"),
    "consents": N_("Consents"),
    "closed_by": N_("Closed by"),
    "told_by": N_("Told by"),
}


class PhaseOutError(ExinError):
    """A phase-out cannot begin, go on or end as asked; the sentence begins with the field at fault, if one is."""


def row_of(reading: Reading, phase_out: int, version: int | None, *states: str) -> Any:
    """The phase-out, in one of `states`; one the person saw otherwise is left for `Work.update` to refuse.

    Raises `PhaseOutError` in another state, `Gone` when it is not there.
    """
    row = require_row(reading, PhaseOut, phase_out, Gone(_("This phase-out is not here any more.")))
    if version in (None, row.version) and row.state not in states:
        if row.state == RETURNED:
            raise PhaseOutError(_("They came back {date}.").format(date=format_date(row.returned)))
        raise PhaseOutError(_("The phase-out was closed {date}; it is changed no more.").format(
            date=format_date(row.closed)))  # fmt: skip
    return row


def not_to_come(reading: Reading, day: date, field: str) -> None:
    """Raise `PhaseOutError` for a day that lies in the future; `field` is the one it stands in."""
    if day > reading.today:
        label = _(LABELS[field])
        raise PhaseOutError(_("{field}: this lies in the future; note it when it has happened.").format(field=label))


def names_of(reading: Reading, reason: str) -> dict[str, str]:
    """An ending in both languages, so that a line of the timeline tells it in the one in force."""
    name = ending(reading.programme, reason).name
    return {"nb": name.nb, "en": name.en}


def note_down(work: Work, participant: int, phase_out: int, kind: str, day: date, detail: dict[str, Any]) -> None:
    """Tell a change in the participant's timeline; `phase_out` is 0 where the leaving is not on record."""
    subject = f"phase_out:{phase_out}" if phase_out else ""
    told = {**detail, "date": day.isoformat()}
    timeline.tell(work, participant, kind, now_or_noon(work.clock, day), told, subject)
