"""A believable caseload of people who do not exist, written through the one door in large units of work.

The same seed and date give the same people, phases and entries; the ids in the database and the audit chain aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from random import Random
from typing import Final

from msgspec import Struct

from exin_tui.demo import contacts, staffing
from exin_tui.demo.coordination import Coordination
from exin_tui.demo.happenings import Diary, Telling
from exin_tui.demo.lives import Life, live
from exin_tui.demo.method_writing import put_aside
from exin_tui.demo.stories import stories
from models.participants import participants as people
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Entry, Participant, PhasePeriod

# Entries are written in order of time, as they would come about, within so many participants at a time: the indexes
# then stay in the page cache, and a million entries need no more memory than a few thousand.
GROUP: Final = 500
UNIT: Final = 4_000


class Filled(Struct, frozen=True):
    """How much was written."""

    participants: int
    entries: int


def fill(
    store: Store,
    *,
    participants: int,
    years: float,
    seed: int,
    entries: int | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> Filled:
    """Add so many fictitious participants whose history reaches `years` back, all of it before today.

    `entries` is how many lines the timelines shall hold together, the program's own included, the oldest of which are
    left out where they would take too much of it; None leaves it to the stories. `progress` is told how much is done,
    from 0 to 1. The store's actor must be allowed to write and to add colleagues. Raises ValueError for sizes below
    zero.
    """
    if participants < 0 or years <= 0 or (entries is not None and entries < 0):
        raise ValueError("a caseload needs participants and years above zero")
    lives = _lives(store, participants, years, seed)
    team = staffing.gather(store, lives, seed)
    workers = staffing.assign(lives, team, store, seed)
    diary = Diary(store.programme, store.clock, seed)
    counts = _counts(diary, lives, workers, team, entries)
    around = Coordination(store, contacts.enrol(store, lives, seed), team, seed)
    if lives:
        store.change_now(enter_team, around)
    first = _first_code(store)
    written = 0
    for start in range(0, len(lives), GROUP):
        group = lives[start : start + GROUP]
        ids, periods, lines = store.change_now(enter_people, group, workers, first + start, around)
        told: list[Telling] = []
        for life in group:
            told += diary.system(life, team.names.get(workers[life.number][0] or 0, ""))
            wanted, own = counts[life.number], lines.get(life.number, [])
            if entries is not None:
                # As many lines as are asked for: those about consents and the like get half of the room at most.
                own = sorted(own, key=lambda line: -line.at)[: wanted // 2]
                wanted -= len(own)
            told += own
            told += diary.entries(life, wanted)
        told.sort(key=lambda telling: (telling.at, telling.owner))
        written += len(told)
        for share, unit in _units(told):
            store.change_now(enter_entries, unit, ids, periods, workers)
            progress((start + len(group) * share) / len(lives))
    if lives:
        store.change_now(put_aside)
    return Filled(len(lives), written)


def _lives(store: Store, participants: int, years: float, seed: int) -> list[Life]:
    """The lives in the order in which the team met the people, as their codes would have been given."""
    today = store.clock.today()
    told = stories(participants, years, Random(f"{seed}/stories"))
    lives = [live(number, story, years, seed, today, store.programme) for number, story in enumerate(told)]
    return sorted(lives, key=lambda life: (life.began, life.number))


def _counts(
    diary: Diary,
    lives: list[Life],
    workers: dict[int, tuple[int | None, int | None]],
    team: staffing.Team,
    entries: int | None,
) -> dict[int, int]:
    """How many entries people write about each life; with `entries`, so that all lines together are as many."""
    natural = {life.number: diary.natural(life) for life in lives}
    if entries is None:
        return {number: round(amount) for number, amount in natural.items()}
    told = sum(len(diary.system(life, team.names.get(workers[life.number][0] or 0, ""))) for life in lives)
    share = max(0, entries - told) / (sum(natural.values()) or 1)
    counts, carried = {}, 0.0
    for number, amount in natural.items():
        carried += amount * share
        counts[number] = round(carried)
        carried -= counts[number]
    return counts


def _first_code(store: Store) -> int:
    return int(store.ask_now(people.next_code).removeprefix(people.CODE_PREFIX))


def _units(told: list[Telling]) -> Iterator[tuple[float, list[Telling]]]:
    """Units of work, each with the share of all that is done once it is written."""
    for start in range(0, len(told), UNIT):
        yield min(1.0, (start + UNIT) / len(told)), told[start : start + UNIT]


@action("coordination.enter_team")
def enter_team(work: Work, around: Coordination) -> None:
    """Write what is the team's own."""
    around.enter_team(work)


@action("caseload.enter_people")
def enter_people(
    work: Work,
    lives: list[Life],
    workers: dict[int, tuple[int | None, int | None]],
    first: int,
    around: Coordination,
) -> tuple[dict[int, int], dict[tuple[int, int], int], dict[int, list[Telling]]]:
    """Write participants and their phase periods as `participants.add` and `phases.begin` would, and what is `around`.

    Answers participant ids by the life's number, period ids by number and place in the life, and the lines that the
    program writes about what is around, by the life's number.
    """
    rows = [
        life.columns
        | {
            "code": f"{people.CODE_PREFIX}{first + place:03d}",
            "worker": workers[life.number][0],
            "coworker": workers[life.number][1],
            "created_at": work.clock.stored(datetime.combine(life.began, time(12))),
        }
        for place, life in enumerate(lives)
    ]
    ids = dict(zip((life.number for life in lives), work.insert_many(Participant, rows), strict=True))
    keys = [(life, place) for life in lives for place in range(len(life.periods))]
    made = work.insert_many(
        PhasePeriod,
        [
            {
                "participant": ids[life.number],
                "phase": life.periods[place].phase,
                "began": life.periods[place].began,
                "ended": life.periods[place].ended,
                "reason": life.periods[place].reason,
            }
            for life, place in keys
        ],
    )
    periods = {(life.number, place): row for (life, place), row in zip(keys, made, strict=True)}
    return ids, periods, around.enter(work, lives, ids, periods, workers)


@action("caseload.enter_entries")
def enter_entries(
    work: Work,
    told: list[Telling],
    ids: dict[int, int],
    periods: dict[tuple[int, int], int],
    workers: dict[int, tuple[int | None, int | None]],
) -> None:
    """Write lines of the timelines as `timeline.record` and `timeline.tell` would."""
    rows = []
    for telling in told:
        worker, coworker = workers[telling.owner]
        author = coworker if coworker is not None and telling.at // 60 % 4 == 0 else worker
        subject = (
            telling.subject if telling.period is None else f"phase_period:{periods[telling.owner, telling.period]}"
        )
        rows.append({"participant": ids[telling.owner], "author": author, **telling.columns, "subject": subject})
    work.insert_many(Entry, rows)
