"""When somebody comes out of prison, as far as anybody knows: one answer for all who ask, and what it rests on.

Source: the EX/IN guide, the start procedure asks for the full-term date and the release procedure takes effect when a
parole date is set. A day that is decided comes first, then the day of a parole that is granted; where neither is known,
the full term is the latest. No other module reads those dates to compute with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.words import N_, _
from models.phases.numbers import BEFORE_RELEASE, IN_PRISON, INTAKE
from models.storage.portions import marks
from models.storage.reading import Reading

DECIDED: Final = "release"
PAROLE: Final = "parole"
FULL_TERM: Final = "full_term"
UNTIMED: Final = "untimed"
GRANTED: Final = "granted"

SENTENCE, REMAND, FORVARING, COMMUNITY, SUBSIDIARY = (
    "sentence", "remand", "preventive_detention", "community", "subsidiary",
)  # fmt: skip
TWO_THIRDS: Final = ("", SENTENCE)
"""The kinds of sentence that end at two thirds when parole is granted: a prison sentence, and one not noted yet."""
NO_TERM: Final = (REMAND, COMMUNITY)
"""Remand has no last day, and whoever serves in the community is in no prison to come out of."""
CUSTODY: Final = ("", "in_prison", "unknown", "halfway_house", "institution")
"""Where somebody stays who may still be serving; a halfway house and an institution (§ 12) are part of a sentence."""


class WayOut(Struct, frozen=True):
    """The day somebody comes out and what it is: `DECIDED`, `PAROLE`, or `FULL_TERM` for at the latest.

    Without a day it is not known, or not to be known yet: `UNTIMED`.
    """

    day: date | None = None
    basis: str = ""


_TOLD: Final = {DECIDED: "{date}", PAROLE: N_("{date} (parole)"), FULL_TERM: N_("at the latest {date} (full term)")}
_DAYS: Final = ("release_date", "parole_decided", "two_thirds_date", "full_term_date")
COLUMNS: Final = "release_date, parole_decision, parole_decided, two_thirds_date, full_term_date, sentence_kind, stays"


def way_out(record: Mapping[str, Any], lasting: Iterable[int]) -> WayOut:
    """The answer from a participant's record, its days as dates, and the phases that last.

    Whoever is out already has a day of release or none: that a sentence ends tells nothing of them any more.
    """
    if record["release_date"]:
        return WayOut(record["release_date"], DECIDED)
    furthest = max(lasting, default=0)
    inside = IN_PRISON <= furthest <= BEFORE_RELEASE or (furthest == INTAKE and record["stays"] in CUSTODY)
    if not inside:
        return WayOut()
    if record["sentence_kind"] in NO_TERM:
        return WayOut(basis=UNTIMED)
    full: date | None = record["full_term_date"]
    if record["parole_decision"] == GRANTED and record["sentence_kind"] in TWO_THIRDS and record["two_thirds_date"]:
        # A parole that was granted late begins when it was granted, and none after the sentence has ended.
        day = max(record["two_thirds_date"], record["parole_decided"] or record["two_thirds_date"])
        if full is None or day < full:
            return WayOut(day, PAROLE)
    return WayOut(full, FULL_TERM) if full else WayOut()


def told(out: WayOut) -> str:
    """The day, and what it is unless it is decided; empty where none is known."""
    return _(_TOLD[out.basis]).format(date=format_date(out.day)) if out.day else ""


def dated(row: dict[str, Any]) -> dict[str, Any]:
    """A row with `COLUMNS` as it is stored, its days as dates."""
    return row | {name: date.fromisoformat(row[name]) for name in _DAYS if row[name]}


def of(reading: Reading, participant: int) -> WayOut:
    """The answer for one participant; nothing known for one who is not there."""
    return of_several(reading, [participant]).get(participant, WayOut())


def of_several(reading: Reading, participants: Sequence[int]) -> dict[int, WayOut]:
    """The answers for participants, by their number."""
    rows = reading.named(
        f"SELECT id, {COLUMNS}, coalesce((SELECT group_concat(phase) FROM phase_period WHERE participant_id = p.id "
        f"AND ended IS NULL), '') AS lasting FROM participant p WHERE id IN ({marks(participants)})",
        participants,
    )
    found = {}
    for row in rows:
        found[row["id"]] = way_out(dated(row), (int(phase) for phase in row["lasting"].split(",") if phase))
    return found
