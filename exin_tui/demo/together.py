"""The demo's individual plans, and who around those participants was told of whom; all of it made up."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from models.contacts import individual_plan, known
from models.contacts.known import KnownError
from models.storage.actions import action
from models.storage.work import Work

_PLANS: Final = (
    # How it stands, weeks since, days until it is gone through next, what is noted.
    ("in_place", 9, 19, "Planen henger hos koordinatoren; deltakeren har sin egen utskrift."),
    ("applied", 3, None, "Kommunen har bekreftet at søknaden er kommet inn."),
)
_TOLD: Final = 4
"""So many around each are told of each other; the others are still to be."""


@action("demo_together.enter")
def enter(work: Work) -> None:
    """Two individual plans, of participants near their release or just after it, and a few who know of each other."""
    found = work.sql("SELECT participant_id FROM card WHERE phase IN (3, 4) ORDER BY participant_id LIMIT 2")
    people = known.around(work, [participant for (participant,) in found])
    for (participant,), (state, weeks, days, note) in zip(found, _PLANS, strict=False):
        since, contacts = work.today - timedelta(weeks=weeks), people.get(participant, ())
        individual_plan.add(work, participant, {
            "state": state, "since": since, "coordinator": contacts[0] if contacts and days else None,
            "revision": work.today + timedelta(days=days) if days else None, "note": note,
        })  # fmt: skip
        # Where no consent covers any of them, nobody was told.
        with suppress(KnownError):
            known.note(work, {participant: contacts[:_TOLD]}, {"day": work.today - timedelta(days=5)}, covered=True)
