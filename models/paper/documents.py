"""Which documents there are, and the making of one, blank or filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import N_, _
from models.paper import forms, mapping, phase_out, sheets, support_team
from models.paper.document import Document
from models.paper.person import NOBODY, Person, person
from models.storage.reading import Reading

CHECKLIST: Final = "checklist:"
_MAKERS: Final[dict[str, tuple[str, Callable[[Reading, Person], Document]]]] = {
    "consent": (N_("Consent form of EX/IN"), forms.exin_consent),
    "cross_consent": (N_("Consent form across agencies"), forms.cross_agency_consent),
    "appointments": (N_("The participant's appointment sheet"), sheets.appointment_sheet),
    "contacts": (N_("Contact list"), sheets.contact_list),
    "support_team": (N_("Agreement of the support team"), support_team.agreement),
    "hand_over": (N_("Hand-over note on moving district"), sheets.hand_over_note),
    "mapping": (N_("Mapping: profile or blank form"), mapping.mapping),
    "phase_out": (N_("Summary of the phase-out"), phase_out.summary),
}


class NoSuchDocument(ExinError):
    """There is no document of this kind."""


class Kind(Struct, frozen=True):
    """One document that can be made, and what it is called."""

    id: str
    name: str


def kinds(programme: Programme) -> tuple[Kind, ...]:
    """Every document, the checklists of the programme after the consent forms."""
    made = [Kind(id, _(name)) for id, (name, _maker) in _MAKERS.items()]
    checklists = [Kind(CHECKLIST + template.id, str(template.name)) for template in programme.checklists]
    return (*made[:2], *checklists, *made[2:])


def make(reading: Reading, kind: str, participant: int | None) -> Document:
    """A document, filled in with what is known of `participant`, or blank for None. Raises `NoSuchDocument`."""
    who = person(reading, participant) if participant is not None else NOBODY
    if kind.startswith(CHECKLIST):
        document = forms.checklist(reading, kind.removeprefix(CHECKLIST), who)
    elif kind in _MAKERS:
        document = _MAKERS[kind][1](reading, who)
    else:
        raise NoSuchDocument(_("There is no document called {name}.").format(name=kind))
    return replace(document, about=(who.id,) if who.id else ())
