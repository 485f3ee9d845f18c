"""What follows every change in its own transaction: checklists, the search index, the board's cards."""

from __future__ import annotations

from models import checklist_upkeep, method_search, search_index, upkeep
from models.work import Work


def follow(work: Work) -> None:
    """Bring everything that rests on what `work` changed up to date, before it is finished."""
    # Items and tallies of checklists are changes themselves, which the cards rest on.
    checklist_upkeep.follow(work, work.changes)
    if changes := work.changes:
        search_index.follow(work, changes)
        method_search.follow(work, changes)
        upkeep.follow(work, changes)
