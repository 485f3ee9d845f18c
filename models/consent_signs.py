"""What a board card says of the consents that must be there: a summary by agency, and the sign it makes on a day.

The summary holds dates and no judgement, so that a card needs no redrawing when a consent expires or a team changes
which consents its programme wants.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date
from config.programme.shapes import Limits, Programme
from config.words import _
from models.consent_answer import EXPIRED, EXPIRES_SOON, NEVER, WITHDRAWN
from models.reading import Reading

INTAKE_SET: Final = "intake"
RELEASE_SET: Final = "release"
INTAKE_PHASES: Final = range(1, 6)
RELEASE_PHASES: Final = range(3, 5)
KNOWN_ONLY: Final = 1
"""In this phase the consents are being gathered: their lack is to know, not to act on."""
_WORST_FIRST: Final = (WITHDRAWN, EXPIRED, NEVER, EXPIRES_SOON)


def summary(reading: Reading, participant: int) -> str:
    """By agency, as JSON: the last day covered by what was not withdrawn, and the withdrawal of the newest consent."""
    found: dict[str, list[str]] = {}
    for agency, until, withdrawn in reading.sql(
        "SELECT agency, valid_until, withdrawn FROM consent WHERE participant_id = ? ORDER BY given, id", [participant]
    ):
        last = found.get(agency, ["", ""])[0]
        found[agency] = [last if withdrawn else max(last, until), withdrawn or ""]
    return json.dumps(found, separators=(",", ":"), sort_keys=True) if found else ""


class Standing(Struct, frozen=True):
    """How one agency stands on a day: a state of `models.consent_answer` and the day it rests on."""

    agency: str
    state: str
    day: date | None


def standings(text: str, agencies: tuple[str, ...], limits: Limits, today: date) -> list[Standing]:
    """How the agencies stand that leave something to do, by what a card's summary says."""
    kept: dict[str, list[str]] = json.loads(text) if text else {}
    found = []
    for agency in agencies:
        until, withdrawn = kept.get(agency, ("", ""))
        last = date.fromisoformat(until) if until else None
        if last is not None and last >= today:
            if (last - today).days <= limits.consent_warning_days:
                found.append(Standing(agency, EXPIRES_SOON, last))
        elif withdrawn:
            found.append(Standing(agency, WITHDRAWN, date.fromisoformat(withdrawn)))
        else:
            found.append(Standing(agency, EXPIRED if last else NEVER, last))
    return found


def wanted(programme: Programme, phases: tuple[int, ...]) -> tuple[str, ...]:
    """The agencies whose consent must be there while these phases last: at intake, and around release (the guide)."""
    sets = []
    if any(phase in INTAKE_PHASES for phase in phases):
        sets.append(INTAKE_SET)
    if any(phase in RELEASE_PHASES for phase in phases):
        sets.append(RELEASE_SET)
    agencies = [agency for one in programme.consent_sets if one.id in sets for agency in one.agencies]
    return tuple(dict.fromkeys(agencies))


class Lack(Struct, frozen=True):
    """The sign's parts: two words, the whole reason, severity as `models.signs.Sign`, the date it rests on."""

    short: str
    reason: str
    severity: int
    since: date | None


def lack(text: str, phases: tuple[int, ...], programme: Programme, today: date) -> Lack | None:
    """What is to be noticed about the mandatory consents, None when all are in force for long enough."""
    found = standings(text, wanted(programme, phases), programme.limits, today)
    if not found:
        return None
    found.sort(key=lambda one: (_WORST_FIRST.index(one.state), one.day or date.max))
    worst = found[0]
    told = "; ".join(f"{programme.agency(one.agency).name} {_words(one)}" for one in found)
    if max(phases) <= KNOWN_ONLY:
        severity = 1
    else:
        severity = 2 if worst.state == EXPIRES_SOON else 3
    return Lack(_short(worst, today), _("Mandatory consents: {told}.").format(told=told), severity, worst.day)


def _short(one: Standing, today: date) -> str:
    match one.state:
        case "withdrawn":
            return _("withdrawn")
        case "expired":
            return _("expired")
        case "never":
            return _("no consent")
        case _soon:
            return _("consent {days}d").format(days=(one.day - today).days if one.day else 0)


def _words(one: Standing) -> str:
    day = format_date(one.day) if one.day else ""
    match one.state:
        case "withdrawn":
            return _("withdrawn {date}").format(date=day)
        case "expired":
            return _("expired {date}").format(date=day)
        case "never":
            return _("never given")
        case _soon:
            return _("only until {date}").format(date=day)
