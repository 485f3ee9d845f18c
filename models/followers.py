"""What follows every change in its own transaction: first weeks, checklists, the search index, the board's cards."""

from __future__ import annotations

from models.cards import upkeep
from models.checklists import upkeep as checklist_upkeep
from models.plans import first_weeks
from models.search import index as search_index
from models.storage.work import Work


def follow(work: Work) -> None:
    """Bring everything that rests on what `work` changed up to date, before it is finished."""
    first_weeks.follow(work, work.changes)
    # Items and tallies of checklists are changes themselves, which the cards rest on.
    checklist_upkeep.follow(work, work.changes)
    if changes := work.changes:
        search_index.follow(work, changes)
        upkeep.follow(work, changes)
