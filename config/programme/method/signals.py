"""What the program notices by itself, in words: each signal's name, why it is there, and where that is from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from config.programme.fields import check_named, read_all
from config.programme.labels import WithId, Words
from config.programme.overlay import Source, gather


class SignalText(WithId, frozen=True):
    """What a signal is called and why it is there; the rule itself is in `models.signals`."""

    name: Words
    explain: Words
    source: Words


RULES: Final = (
    "no_worker", "released_unmoved", "release_unprepared", "unverified", "silent", "independence", "consents",
    "review_owed", "first_weeks", "preparation_due", "worker_away", "release_list", "overdue", "review_due",
    "application_waiting", "candidate_waiting", "phase_out_open", "release_awkward", "agency_missing", "long_in_phase",
    "discussion_missed", "topics", "risk_areas", "capacity",
)  # fmt: skip
"""Every rule there is; `models.signals` has one of each name, and a file may tell of no other."""


def signals(sources: Sequence[Source]) -> tuple[SignalText, ...]:
    """From the table `signals`, in order of the files; raises `ProgrammeError`."""
    for record in gather(sources, "signals"):
        check_named(record, "id", RULES)
    return read_all(sources, "signals", SignalText)
