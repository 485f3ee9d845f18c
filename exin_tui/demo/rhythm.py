"""The demo team's meetings of the last weeks with their minutes, what is parked for the next, and who is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.dates import DAY_ONLY
from config.programme.shapes import Programme
from exin_tui.demo import method_words as said
from exin_tui.demo.lives import WITHIN_A_WEEK, Life
from exin_tui.demo.plans import Line, Noon
from exin_tui.demo.staffing import Team
from models.meetings.reading import DAILY, DECISION, HEARD, MONTHLY, NEED, NOTE, SUPPORT, TASK, TOPIC, WEEKLY
from models.storage.work import Work
from models.tables import Absence, Meeting, MeetingItem

_DAYS: Final = 10
_WEEKS: Final = 5
_MONTHS: Final = 2
_TUESDAY: Final = 2
# By the place of a life's story: whom the weekly meetings did not come to, and whose topic waits for the next.
_MISSED: Final = frozenset({8, 17, 27})
_PARKED: Final = {9: WEEKLY, 21: WEEKLY, 32: MONTHLY}
# Whose support team has met.
_SUPPORTED: Final = frozenset({19, 26, 29})
_STORIES: Final = 40
# The stand-up is about some, however many there are.
_SPOKEN_OF: Final = 60
_EARLY: Final = 3 * 3600 + DAY_ONLY.second
_LINES: Final = {NOTE: "meeting_note", DECISION: "meeting_decision", TASK: "meeting_task"}


class Said(Struct, frozen=True):
    """A line of minutes to be, about one life; `meeting` is None for a topic that waits."""

    meeting: int | None
    columns: dict[str, Any]
    line: Line | None = None


class Rhythm:
    """Plans and writes what a team does together; the same seed and date give the same."""

    def __init__(self, programme: Programme, team: Team, seed: int, today: date, noon: Noon) -> None:
        self._team, self._seed, self._today, self._noon = team, seed, today, noon
        self._kinds = {choice.id: choice.name for choice in programme.choices["meeting_kind"]}
        self._held: dict[str, list[tuple[int, date]]] = {}

    def enter_team(self, work: Work) -> None:
        """Write the team's own meetings and absences, unless it has met already."""
        wanted = {(kind, day) for kind, day in self._days()}
        there = {
            (kind, date.fromisoformat(day)): row
            for row, kind, day in work.sql("SELECT id, kind, day FROM meeting WHERE participant_id IS NULL")
        }
        if not there:
            columns = [self._meeting(kind, day) for kind, day in sorted(wanted)]
            there = dict(zip(sorted(wanted), work.insert_many(Meeting, columns), strict=True))
            work.insert_many(MeetingItem, list(self._own(there)))
            work.insert_many(Absence, list(self._absences()))
        for key in sorted(wanted & there.keys(), key=lambda key: key[1], reverse=True):
            self._held.setdefault(key[0], []).append((there[key], key[1]))

    def _days(self) -> Iterator[tuple[str, date]]:
        """What was held when: the stand-up on weekdays, the weekly on Tuesdays, the monthly on first Tuesdays."""
        for back in range(1, _DAYS + 1):
            day = self._today - timedelta(days=back)
            if day.isoweekday() < 6:
                yield DAILY, day
        last = self._today - timedelta(days=(self._today.isoweekday() - _TUESDAY - 1) % 7 + 1)
        for back in range(_WEEKS):
            yield WEEKLY, last - timedelta(weeks=back)
        firsts = (last - timedelta(weeks=back) for back in range(5 * (_MONTHS + 1)))
        for day in [day for day in firsts if day.day <= 7][:_MONTHS]:
            yield MONTHLY, day

    def _meeting(self, kind: str, day: date, **more: Any) -> dict[str, Any]:
        opened = self._noon(day) - _EARLY
        chance = Random(f"{self._seed}/meeting/{kind}/{day}")
        there = [one for one in (self._team.leader, *self._team.caseworkers[:8]) if chance.random() < 0.85]
        lasted = {DAILY: 12, WEEKLY: 70}.get(kind, 110) * 60
        return {
            "kind": kind, "day": day, "opened_at": opened, "opened_by": self._team.leader,
            "present": " ".join(str(one) for one in sorted({self._team.leader, *there})),
            "closed_at": opened + lasted, "closed_by": self._team.leader, **more,
        }  # fmt: skip

    def _own(self, there: dict[tuple[str, date], int]) -> Iterator[dict[str, Any]]:
        """What was said of nobody in particular, and the team's own topics that wait."""
        chance = Random(f"{self._seed}/minutes")
        for (kind, day), meeting in sorted(there.items(), key=lambda one: (one[0][1], one[0][0])):
            at = self._noon(day) - _EARLY + 120
            by = {"meeting": meeting, "at": at, "author": self._team.leader}
            if kind == DAILY and chance.random() < 0.7:
                yield {"kind": NEED, "text": chance.choice(said.NEEDS), **by}
            if kind in said.TEAM:
                yield {"kind": NOTE, "text": chance.choice(said.TEAM[kind]), **by}
        waiting = self._noon(self._today - timedelta(days=2))
        for kind, topics in said.PARKED.items():
            yield {"kind": TOPIC, "text": topics[0], "for_kind": kind, "at": waiting, "author": self._team.leader}

    def _absences(self) -> Iterator[dict[str, Any]]:
        """One away and covered, one of whom nobody thought, with a release in it, one to come and one gone by."""
        workers = self._team.caseworkers
        covered, alone, cover = workers[0], workers[-1], workers[1 % len(workers)]
        for staff, first, last, by, note in (
            (covered, -60, -54, self._team.leader, said.AWAY[2]),
            (covered, 20, 33, cover if cover != covered else self._team.leader, said.AWAY[0]),
            (self._team.leader, -2, 4, cover, said.AWAY[0]),
            (alone, -1, WITHIN_A_WEEK, None, said.AWAY[3]),
        ):
            days = {"first": self._today + timedelta(days=first), "last": self._today + timedelta(days=last)}
            yield {"staff": staff, "cover": by, "note": note, **days}

    # ------------------------------------------------------------------ about one life

    def support(self, life: Life, worker: int | None) -> dict[str, Any] | None:
        """The meeting of a life's support team, where it has met."""
        day = self._today - timedelta(days=9 + life.number % 5)
        if life.number % _STORIES not in _SUPPORTED or life.story.known != "file" or day <= life.began:
            return None
        more = {"opened_by": worker, "closed_by": worker, "guests": "\n".join(said.GUESTS[: 2 + life.number % 2])}
        return self._meeting(SUPPORT, day, **more) | {"present": " ".join(str(one) for one in (worker,) if one)}

    def about(self, life: Life, worker: int | None, support: tuple[int, date] | None) -> Iterator[Said]:
        """What was said about a life in the meetings since it began, and what waits."""
        if life.closed:
            return
        chance = Random(f"{self._seed}/said/{life.number}")
        author = worker or self._team.leader
        place = life.number % _STORIES
        for number, (meeting, day) in enumerate(self._held.get(WEEKLY, ())):
            # Everybody was gone through in the last one; who else was, is kept for some only.
            if day < life.began or place in _MISSED or (number and chance.random() > 0.25):
                continue
            yield self._line(meeting, day, HEARD, "", author)
            if chance.random() < 0.4:
                yield self._spoken(chance, WEEKLY, meeting, day, author)
        if life.number < _SPOKEN_OF:
            for meeting, day in self._held.get(DAILY, ()):
                if day >= life.began and chance.random() < 0.12:
                    yield self._spoken(chance, DAILY, meeting, day, author)
        if support is not None:
            for kind in (NOTE, DECISION):
                pool = said.SAID[SUPPORT][kind]
                yield self._line(*support, kind, chance.choice(pool), author, SUPPORT)
        if place in _PARKED:
            at = self._noon(max(life.began, life.over))
            words = chance.choice(said.PARKED[_PARKED[place]])
            yield Said(None, {"kind": TOPIC, "text": words, "for_kind": _PARKED[place], "at": at, "author": author})

    def _spoken(self, chance: Random, kind: str, meeting: int, day: date, author: int) -> Said:
        what = chance.choice([one for one in said.SAID[kind] if one != TASK])
        return self._line(meeting, day, what, chance.choice(said.SAID[kind][what]), author, kind)

    def _line(self, meeting: int, day: date, what: str, words: str, author: int, kind: str = "") -> Said:
        at = self._noon(day) - _EARLY + 300
        line = None
        if kind and what in _LINES:
            name = self._kinds[kind]
            line = Line(_LINES[what], at, {"meeting": {"nb": name.nb, "en": name.en}, "words": words})
        return Said(meeting, {"kind": what, "text": words, "at": at, "author": author}, line)
