"""Mixed groups: everybody who is asked to a gathering, drawn into groups evenly across agencies.

Source: the report's annex with the tasks; the groups of the first day were mixed from the three agencies.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from config.words import N_, _, n_
from models.gatherings import attendance, gatherings
from models.gatherings.attendance import MANAGER, Invited
from models.gatherings.gatherings import GatheringError
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Gathering, Invitation


def to_be_drawn(reading: Reading, gathering: int) -> list[Invited]:
    """Whom a draw is of: everybody asked but managers, less those of whom only is noted that they did not come."""
    return [one for one in attendance.of(reading, gathering) if one.part != MANAGER and (one.came or not one.missed)]


def drawn(people: Sequence[Invited], groups: int, seed: str) -> dict[int, int]:
    """A group from 1 for each of `people`, by their ids; the same for the same seed.

    No two groups differ by more than one in size, nor in how many they have of one agency.
    """

    def lot(what: object) -> bytes:
        return sha256(f"{seed}:{what}".encode()).digest()

    order = sorted(people, key=lambda one: (lot(f"agency {one.agency}"), lot(one.id)))
    # Which group is dealt to first is drawn too, so that no number is always the largest.
    numbers = sorted(range(1, groups + 1), key=lambda number: lot(f"group {number}"))
    return {one.id: numbers[place % groups] for place, one in enumerate(order)}


@action("groups.draw", N_("the mixed groups"))
def draw(work: Work, gathering: int, groups: int) -> int:
    """Draw so many mixed groups, in place of those there are; answers how many people are in them."""
    people = to_be_drawn(work, gathering)
    if not 1 <= groups <= len(people):
        count = n_("{count} person", "{count} persons", len(people)).format(count=len(people))
        raise GatheringError(
            _("{groups} groups cannot be drawn of {count}: invite people first, or draw fewer.").format(
                groups=groups, count=count
            )
        )
    held = gatherings.one(work, gathering)
    found = drawn(people, groups, f"{gathering}:{held.draws + 1}")
    work.update(Gathering, gathering, None, draws=held.draws + 1)
    for asked in attendance.of(work, gathering):
        work.update(Invitation, asked.id, None, group_number=found.get(asked.id))
    return len(found)


def of(people: Sequence[Invited]) -> dict[int, list[Invited]]:
    """The groups by number, each with its people."""
    found: dict[int, list[Invited]] = {}
    for one in people:
        if one.group_number is not None:
            found.setdefault(one.group_number, []).append(one)
    return dict(sorted(found.items()))
