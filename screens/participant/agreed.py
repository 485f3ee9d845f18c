"""What is agreed and waits for a colleague, told where somebody else takes over: nothing of it is to go unseen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from config.dates import short_date, short_weekday
from config.words import _, n_
from models.participants.agreed import Held
from screens.frame.case import Case

NAMED: Final = 6
"""As many are named; the rest is counted."""


def named(found: Sequence[Held], *, private: bool = False) -> str:
    """The first few of these in one line, each with its day; with names hidden nothing that might tell one."""
    # Who goes along and drives too has one appointment.
    things = list({(one.kind, one.id): one for one in found}.values())
    several = n_("{count} agreed thing", "{count} agreed things", len(things)).format(count=len(things))
    if private:
        return several
    texts = [f"{short_weekday(one.day)} {short_date(one.day)} {one.text}" if one.day else one.text for one in things]
    more = [_("and {count} more").format(count=len(texts) - NAMED)] if len(texts) > NAMED else []
    return f"{several}: {' · '.join([*texts[:NAMED], *more])}"


def follows(case: Case, found: Sequence[Held]) -> list[str]:
    """That these go along to whoever takes over, as a sentence; none for nothing."""
    return [_("Goes along: {what}").format(what=named(found, private=case.private))] if found else []
