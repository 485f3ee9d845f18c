"""What a board card says of the consents that must be there: a summary by agency, and the sign it makes on a day.

The summary holds dates and no judgement, so that a card needs no redrawing when a consent expires or a team changes
which consents its programme wants.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
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
_WITHDRAWN, _EXPIRED, _NEVER, _SOON = range(4)
_NO_DAY: Final = "9999-12-31"
_SUMMARY: Final = msgspec.json.Decoder(dict[str, tuple[str, str]])
_NOTHING: Final = ("", "")


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


def worst(text: str, agencies: Sequence[str], today: str, ends: str) -> tuple[str, str] | None:
    """The state to act on first and the day it rests on, by a card's summary; None when all are in force past `ends`.

    Days are ISO text, `ends` the last day on which the end of a consent is near; the day is empty where there is none.
    """
    found = _found(text, agencies, today, ends)
    if not found:
        return None
    place, day, _agency = min(found)
    return _WORST_FIRST[place], "" if day == _NO_DAY else day


def _found(text: str, agencies: Sequence[str], today: str, ends: str) -> list[tuple[int, str, str]]:
    """The agencies that leave something to do: the place of the state among `_WORST_FIRST`, its day, the agency."""
    kept = _SUMMARY.decode(text) if text else {}
    found = []
    for agency in agencies:
        until, withdrawn = kept.get(agency, _NOTHING)
        if until >= today:
            if until <= ends:
                found.append((_SOON, until, agency))
        elif withdrawn:
            found.append((_WITHDRAWN, withdrawn, agency))
        else:
            found.append((_EXPIRED, until, agency) if until else (_NEVER, _NO_DAY, agency))
    return found


def standings(text: str, agencies: Sequence[str], limits: Limits, today: date) -> list[Standing]:
    """How the agencies stand that leave something to do, by what a card's summary says."""
    ends = today + timedelta(days=limits.consent_warning_days)
    return [
        Standing(agency, _WORST_FIRST[place], None if day == _NO_DAY else date.fromisoformat(day))
        for place, day, agency in _found(text, agencies, today.isoformat(), ends.isoformat())
    ]


def severity(state: str, furthest: int) -> int:
    """How much the lack presses, as `models.signs.Sign`, by the worst state and the furthest of the phases."""
    if furthest <= KNOWN_ONLY:
        return 1
    return 2 if state == EXPIRES_SOON else 3


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
    # Where two stand alike, the one that comes first in the programme is told first.
    found.sort(key=lambda one: (_WORST_FIRST.index(one.state), one.day or date.max))
    first = found[0]
    told = "; ".join(f"{programme.agency(one.agency).name} {_words(one)}" for one in found)
    reason = _("Mandatory consents: {told}.").format(told=told)
    return Lack(_short(first, today), reason, severity(first.state, max(phases)), first.day)


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
