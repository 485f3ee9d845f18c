"""What a meeting shows of the participant who is spoken of: what is new, what comes, what was decided, the goals.

Bounded however long the file is. What only a large screen shows is read for one alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct

from models import board, timeline
from models.board import BoardCard
from models.contacts import network
from models.contacts.network import Involved
from models.goals import reading as goal_reading
from models.goals.reading import OPEN, GoalLine
from models.meetings.agenda import Since, last_before, since
from models.meetings.reading import WEEKLY, Item, Meeting, decided, parked
from models.plans import agenda
from models.plans.agenda import AgendaItem, AgendaQuery
from models.storage.reading import Reading
from models.team import workload
from models.team.workload import Workload
from models.timeline import TimelineEntry, TimelineQuery

COMING: Final = 3
COMING_MORE: Final = 10
LATELY_DAYS: Final = 14
LATELY_READ: Final = 40


class More(Struct, frozen=True):
    """What a large screen shows besides: the last two weeks, who is around, and what the worker carries.

    `lately` are the entries of these days, or the newest of before where there is none. `load` is None where nobody who
    may write is responsible.
    """

    lately: tuple[TimelineEntry, ...]
    around: tuple[Involved, ...]
    load: Workload | None


class SpokenOf(Struct, frozen=True):
    """One participant at a meeting; `since` is the moment of the one of its kind before, 0 without one.

    `decided` is what was decided about them before this meeting, `goals` are their open ones, `more` is None where it
    was not asked for.
    """

    card: BoardCard
    since: int
    news: Since
    coming: tuple[AgendaItem, ...]
    topics: tuple[Item, ...]
    decided: tuple[Item, ...]
    goals: tuple[GoalLine, ...]
    more: More | None


def spoken_of(
    reading: Reading, meeting: Meeting, participant: int, card: BoardCard | None = None, *, large: bool = False
) -> SpokenOf | None:
    """One participant, with their `card` where it is read already; None where there is nobody of this number.

    `large` reads what a large screen shows besides.
    """
    card = card or board.card(reading, participant)
    if card is None:
        return None
    before = last_before(reading, meeting)
    return SpokenOf(
        card=card,
        since=before,
        news=since(reading, participant, before),
        coming=_coming(reading, participant, COMING_MORE if large else COMING),
        topics=parked(reading, WEEKLY, participant),
        decided=decided(reading, meeting, participant, before),
        goals=tuple(goal for goal in goal_reading.of(reading, participant) if goal.state == OPEN),
        more=_more(reading, meeting, card) if large else None,
    )


def _coming(reading: Reading, participant: int, limit: int) -> tuple[AgendaItem, ...]:
    query = AgendaQuery(participant=participant)
    shown = ("overdue", "today", "week") if limit == COMING else ("overdue", "today", "week", "later", "undated")
    counts = {group: count for group, count in agenda.groups(reading, query).items() if group in shown}
    return tuple(agenda.page(reading, query, counts, 0, limit))


def _more(reading: Reading, meeting: Meeting, card: BoardCard) -> More:
    first = reading.today - timedelta(days=LATELY_DAYS)
    # What is written in this meeting stands among what is said in it.
    entries = [
        entry
        for entry in timeline.page(reading, TimelineQuery(card.participant), 0, LATELY_READ)
        if entry.at < meeting.opened_at or not entry.kind.startswith("meeting_")
    ]
    load = workload.workload(reading, [card.worker]) if card.worker is not None else []
    return More(
        lately=tuple([entry for entry in entries if entry.day >= first] or entries[:1]),
        around=network.involved(reading, card.participant),
        load=load[0] if load else None,
    )
