"""The demo's agreements and tasks: what was kept or missed, what comes this week and later, and what lies behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.dates import DAY_ONLY
from config.programme.shapes import Programme
from exin_tui.demo import sayings
from exin_tui.demo.contacts import Part
from exin_tui.demo.lives import Life
from models.phases.numbers import BEFORE_RELEASE
from models.plans import repeats
from models.plans.appointments import kind_of
from models.plans.tasks import SUGGESTED

# By the place of a life's story: what lies behind, and what is today.
_OVERDUE: Final = frozenset({9, 20, 27, 33})
_OVERDUE_TASK: Final = frozenset({20, 22, 33})
_TODAY: Final = frozenset({9, 15, 19, 26, 30})
_STORIES: Final = 40
_BACK: Final = 60
_GO_THROUGH_DAYS: Final = 10
# How many appointments are to come, by phase: most around the release (the guide on phases).
_COMING: Final = {1: 0.4, 2: 0.7, 3: 1.8, 4: 2.4, 5: 0.9, 6: 0.3}
_HOURS: Final = (9, 9, 10, 10, 11, 12, 13, 13, 14, 15)

Noon = Callable[[date], int]
"""The stored moment that stands for a day alone, which is noon and `DAY_ONLY.second`."""


class Line(Struct, frozen=True):
    """A line of the timeline that the program wrote about a row; `entry` are the columns of one that people add to."""

    kind: str
    at: int
    detail: dict[str, Any]
    entry: dict[str, Any] = {}


class Planned(Struct, frozen=True):
    """One row to be, with the lines the program wrote about it; `place` is that of a phase period it came from."""

    columns: dict[str, Any]
    lines: tuple[Line, ...] = ()
    place: int | None = None


class Plans:
    """Plans appointments and tasks; the same seed and date give the same ones."""

    def __init__(self, programme: Programme, seed: int, today: date, noon: Callable[[date], int]) -> None:
        self._programme, self._seed, self._today, self._noon = programme, seed, today, noon

    def appointments(
        self, life: Life, parts: Sequence[Part], workers: tuple[int | None, int | None]
    ) -> Iterator[Planned]:
        """The appointments of a life, those behind first."""
        if life.story.known != "file" or life.closed:
            return
        chance = Random(f"{self._seed}/appointments/{life.number}")
        story, worker = life.story, workers[0]
        first = max(life.began, life.over - timedelta(days=_BACK))
        if story.phase > 1:
            for _number in range(chance.randrange(1, 4)):
                day = first + timedelta(days=chance.randrange((life.over - first).days + 1))
                yield self._behind(chance, life, parts, worker, day)
        ahead = [self._weekday(self._today + timedelta(days=chance.randrange(1, 20)))
                 for _number in range(round(_COMING[story.phase] * chance.uniform(0.3, 1.7)))]  # fmt: skip
        place = life.number % _STORIES
        if place in _TODAY:
            ahead.append(self._today)
        if place in _OVERDUE:
            ahead.append(max(life.began, self._today - timedelta(days=chance.randrange(2, 9))))
        for day in ahead:
            columns = self._agreed(chance, life, parts, worker, day)
            columns["prepared"] = chance.random() < 0.55
            if workers[1] is not None and chance.random() < 0.5:
                columns["driver"] = workers[1]
            if day > self._today and chance.random() < 0.12:
                columns["repeats"] = repeats.rule_for("biweekly", day)
            yield Planned(columns)

    def _behind(self, chance: Random, life: Life, parts: Sequence[Part], worker: int | None, day: date) -> Planned:
        columns = self._agreed(chance, life, parts, worker, day)
        state = chance.choices(("attended", "missed", "cancelled"), (78, 12, 10))[0]
        if life.story.silent:
            state = "missed"
        old = (self._today - day).days > _GO_THROUGH_DAYS
        columns |= {"state": state, "prepared": chance.random() < 0.8}
        columns["gone_through"] = state == "attended" and (old or chance.random() < 0.5)
        return Planned(columns, (self._told(columns, state),))

    def _told(self, columns: dict[str, Any], state: str) -> Line:
        """What the timeline says of one that lies behind, as `appointments` has it."""
        at, title = columns["at"], columns["title"]
        if state == "cancelled":
            return Line("appointment_cancelled", at, {"title": title})
        kind, reached = self._programme.kind(kind_of(self._programme, title)), state == "attended"
        missed = self._programme.kind("appointment_missed").template
        entry = {
            "outcome": "reached" if reached else "attempted",
            "contact": reached,
            "with_whom": columns["with_whom"],
            "place": columns["place"],
            "minutes": columns["minutes"] if reached else None,
            "text": title if reached or missed is None else missed.nb.format(title=title),
        }
        return Line(kind.id, at, {}, entry)

    def _agreed(
        self, chance: Random, life: Life, parts: Sequence[Part], worker: int | None, day: date
    ) -> dict[str, Any]:
        inside = life.story.phase <= BEFORE_RELEASE
        title, role, minutes, place = chance.choice(sayings.APPOINTMENTS[sayings.INSIDE if inside else sayings.OUT])
        whom = next((part.who for part in parts if part.who.role == role and part.lasts(self._today)), None)
        return {
            "at": self._noon(day) - DAY_ONLY.second + (chance.choice(_HOURS) - 12) * 3600 + chance.choice((0, 0, 1800)),
            "day": day,
            "minutes": minutes,
            "title": title,
            "with_whom": whom.name if whom else "",
            "contact": whom.id if whom else None,
            "place": place or str(life.columns.get("prison", "")),
            "worker": worker,
            "note": chance.choice(sayings.NOTES) if chance.random() < 0.2 else "",
        }

    def _weekday(self, day: date) -> date:
        return day if day.isoweekday() < 6 else day + timedelta(days=8 - day.isoweekday())

    def tasks(self, life: Life, worker: int | None) -> Iterator[Planned]:
        """The tasks of a life: the programme's suggestions that were taken, and others."""
        if life.story.known == "given_name" or life.closed:
            return
        chance = Random(f"{self._seed}/tasks/{life.number}")
        yield from self._suggested(chance, life, worker)
        texts = chance.sample(sayings.TASKS, chance.randrange(0, 3 if life.story.phase > 1 else 2))
        for text, turn, agency in texts:
            wanted = {"text": text, "turn": turn, "agency": agency, "owner": worker}
            yield self._dated(chance, life, wanted, None)
        if life.number % _STORIES in _OVERDUE_TASK:
            day = self._today - timedelta(days=chance.randrange(1, 12))
            said = max(life.began, day - timedelta(days=5))
            columns: dict[str, Any] = {"text": "Ringe tilbake til deltakeren om bolig", "owner": worker, "due": day}
            yield Planned(columns | {"created_at": self._noon(said)})

    def _suggested(self, chance: Random, life: Life, worker: int | None) -> Iterator[Planned]:
        place = len(life.periods) - 1
        offered = [task for task in self._programme.phase_tasks if task.phase == life.periods[place].phase]
        for task in chance.sample(offered, min(len(offered), chance.randrange(0, 3))):
            # The words are the programme's, and stay those of the language that the demo's people write in.
            columns = {"text": task.text.nb, "turn": task.turn, "owner": worker, "source": f"{SUGGESTED}:{task.id}"}
            yield self._dated(chance, life, columns, place)

    def _dated(self, chance: Random, life: Life, columns: dict[str, Any], place: int | None) -> Planned:
        since = max(life.periods[-1].began, life.over - timedelta(days=30))
        said = since + timedelta(days=chance.randrange((life.over - since).days + 1))
        columns = columns | {"created_at": self._noon(said)}
        if chance.random() < 0.3:
            done = self._noon(said + timedelta(days=chance.randrange((life.over - said).days + 1)))
            line = Line("task_done", done, {"text": columns["text"]})
            return Planned(columns | {"state": "done", "done_at": done}, (line,), place)
        roll = chance.random()
        if roll < 0.15:
            columns["due"] = self._today
        elif roll < 0.75:
            columns["due"] = self._today + timedelta(days=chance.randrange(1, 30))
        return Planned(columns, (), place)


def team_tasks(today: date, owner: int, noon: Callable[[date], int]) -> list[dict[str, Any]]:
    """What the team has to do for itself."""
    created = noon(today - timedelta(days=4))
    return [
        {"text": text, "owner": owner, "due": today + timedelta(days=2 + 3 * place), "created_at": created}
        for place, text in enumerate(sayings.TEAM_TASKS)
    ]
