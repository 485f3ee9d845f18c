"""What a board card says of the consents that must be there: a summary by agency, and how they stand on a day.

The summary holds the two dates that `models.consents.answer.state_of` judges by, and no judgement, so that a card needs
no redrawing when a consent expires or a team changes which consents its programme wants.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from config.programme.shapes import Limits, Programme
from models.consents.answer import EXPIRED, EXPIRES_SOON, NEVER, WITHDRAWN, YES, state_of
from models.storage.reading import Reading

INTAKE_SET: Final = "intake"
RELEASE_SET: Final = "release"
WANTED_IN: Final = {INTAKE_SET: range(1, 6), RELEASE_SET: range(3, 5)}
"""By consent set, the phases in which its consents must be there."""
_WORST_FIRST: Final = (WITHDRAWN, EXPIRED, NEVER, EXPIRES_SOON)
_SUMMARY: Final = msgspec.json.Decoder(dict[str, tuple[str, str]])


def summary(reading: Reading, participant: int) -> str:
    """By agency, as JSON: the latest last day of what was not withdrawn, and the latest withdrawal."""
    found = reading.sql(
        "SELECT agency, coalesce(max(valid_until) FILTER (WHERE withdrawn IS NULL AND NOT only_known), ''), "
        "coalesce(max(withdrawn), '') FROM consent WHERE participant_id = ? GROUP BY agency ORDER BY agency",
        [participant],
    )
    return json.dumps({agency: days for agency, *days in found}, separators=(",", ":")) if found else ""


def kept(text: str) -> dict[str, tuple[str, str]]:
    """A summary by agency: the latest last day of what was not withdrawn, and the latest withdrawal."""
    return _SUMMARY.decode(text) if text else {}


class Standing(Struct, frozen=True):
    """How one agency stands on a day: a state of `models.consents.answer` and the day it rests on."""

    agency: str
    state: str
    day: date | None


def worst(text: str, agencies: Sequence[str], today: str, ends: str) -> tuple[str, str] | None:
    """The state to act on first and the day it rests on, by a card's summary; None when all are in force past `ends`.

    Days are ISO text, `ends` the last day on which the end of a consent is near; the day is empty where there is none.
    """
    found = _found(text, agencies, today, ends)
    return found[0][:2] if found else None


def count(text: str, agencies: Sequence[str], today: str, ends: str) -> int:
    """How many agencies leave something to do, as `worst` judges."""
    return len(_found(text, agencies, today, ends))


def _found(text: str, agencies: Sequence[str], today: str, ends: str) -> list[tuple[str, str, str]]:
    """The agencies that leave something to do, the worst first: the state, its day or nothing, the agency."""
    known = kept(text)
    judged = [(*state_of(*known.get(agency, ("", "")), today, ends), agency) for agency in agencies]
    found = [(state, day or "", agency) for state, day, agency in judged if state != YES]
    # Where two stand alike, the one that comes first in the programme is told first.
    return sorted(found, key=lambda one: (_WORST_FIRST.index(one[0]), one[1]))


def standings(text: str, agencies: Sequence[str], limits: Limits, today: date) -> list[Standing]:
    """How the agencies stand that leave something to do, by a card's summary, the worst first."""
    ends = today + timedelta(days=limits.consent_warning_days)
    return [
        Standing(agency, state, date.fromisoformat(day) if day else None)
        for state, day, agency in _found(text, agencies, today.isoformat(), ends.isoformat())
    ]


def wanted(programme: Programme, phases: tuple[int, ...]) -> tuple[str, ...]:
    """The agencies whose consent must be there while these phases last: at intake, and around release (the guide)."""
    sets = [id for id, of in WANTED_IN.items() if any(phase in of for phase in phases)]
    agencies = [agency for one in programme.consent_sets if one.id in sets for agency in one.agencies]
    return tuple(dict.fromkeys(agencies))
