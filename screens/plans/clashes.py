"""What is agreed for the same time, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from config.words import _
from models.plans.clashes import Clash
from screens.frame.case import Case

TOLD: Final = 2
"""As many are told in a line; the rest is counted."""


def told(case: Case, found: Sequence[Clash]) -> str:
    """Who is to be elsewhere at the same time, or which drive wants the car; empty for nothing."""
    sentences = [
        _("{who} is also with {whom} at {clock}.").format(who=one.who, **_where(case, one))
        if one.who
        else _("{who} drives {whom} at {clock}: is there a car for both?").format(who=one.drives, **_where(case, one))
        for one in found[:TOLD]
    ]
    if len(found) > TOLD:
        sentences.append(_("and {count} more").format(count=len(found) - TOLD))
    return " ".join(sentences)


def _where(case: Case, one: Clash) -> dict[str, str]:
    return {"whom": case.called(one.code, one.name), "clock": case.clock.local(one.at).strftime("%H:%M")}
