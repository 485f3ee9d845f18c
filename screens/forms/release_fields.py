"""What is asked about a release wherever a move out of prison is made, and what is said of its day beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.words import N_, _
from models.participants.participants import LABELS
from models.phases.release import IN_PRISON, PRISON, Release
from models.signals.sign import closed_offices
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import About, FormField
from screens.frame.case import Case
from screens.frame.chooser import named

RELEASE: Final = ("release_kind", "stays")
STAYS_HINT: Final = N_("Where are they staying now? ← → or a letter; left empty it is not known.")


def release_fields(case: Case) -> list[FormField]:
    """How the person left prison, and where they stay now."""
    choices = case.programme.choices
    places = named(choice for choice in choices["stays"] if choice.id != PRISON)
    return [
        ChoiceField(About("release_kind", _(LABELS["release_kind"])), named(choices["release_kind"])),
        ChoiceField(About("stays", _("Staying at"), _(STAYS_HINT)), places),
    ]


def release_known(record: Mapping[str, Any]) -> dict[str, str]:
    """What the record says already, for the fields to begin with."""
    stays = record["stays"]
    return {"release_kind": record["release_kind"], "stays": "" if stays in IN_PRISON else stays}


def release_of(values: dict[str, Any]) -> Release:
    """The answers, taken out of a form's values."""
    return Release(values.pop("release_kind", None) or "", values.pop("stays", None) or "")


def release_advice(day: date, known: date | None) -> list[str]:
    """What is to be said of a day of release: that offices are closed, and that another one is in the record."""
    found = []
    if closed := closed_offices(day):
        found.append(closed[1])
    if known is not None and known != day:
        found.append(
            _("The release date in the record, {date}, becomes {day}.").format(
                date=format_date(known), day=format_date(day)
            )
        )
    return found
