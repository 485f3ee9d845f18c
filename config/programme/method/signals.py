"""What the program notices by itself, in words: each signal's name, why it is there, and where that is from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct

from config.programme.fields import Fields, not_one_of
from config.programme.labels import Words
from config.programme.overlay import Source, gather


class SignalText(Struct, frozen=True):
    """What a signal is called and why it is there; the rule itself is in `models.signals`."""

    id: str
    name: Words
    explain: Words
    source: Words


RULES: Final = (
    "no_worker",
    "released_unmoved",
    "release_unprepared",
    "unverified",
    "silent",
    "independence",
    "consents",
    "review_owed",
    "first_weeks",
    "preparation_due",
    "worker_away",
    "release_list",
    "overdue",
    "review_due",
    "application_waiting",
    "candidate_waiting",
    "phase_out_open",
    "release_awkward",
    "agency_missing",
    "long_in_phase",
    "discussion_missed",
    "topics",
    "risk_areas",
    "capacity",
)
"""Every rule there is; `models.signals` has one of each name, and a file may tell of no other."""


def signals(sources: Sequence[Source], rules: Collection[str] = RULES) -> tuple[SignalText, ...]:
    """From the table `signals`, in order of the files; raises `ProgrammeError`."""
    found = []
    for record in gather(sources, "signals"):
        if record.id not in rules:
            raise record.error("id", not_one_of(record.id, rules))
        read = Fields(record)
        found.append(SignalText(record.id, read.label("name"), read.label("explain"), read.label("source")))
        read.done()
    return tuple(found)
