"""Writes what is planned around the demo's participants, in the same unit of work as the participants themselves.

So the program finds every checklist open that is due, and draws every board card once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from config.dates import DAY_ONLY
from exin_tui.demo import evaluations, gatherings
from exin_tui.demo.aims import Aims
from exin_tui.demo.consents import Consents, Given
from exin_tui.demo.contacts import Part, Register
from exin_tui.demo.cooperation import enter_cooperation
from exin_tui.demo.happenings import Telling
from exin_tui.demo.lists import Listed, Lists
from exin_tui.demo.lives import Life
from exin_tui.demo.method_writing import MethodWriting
from exin_tui.demo.plans import Planned, Plans, team_tasks
from exin_tui.demo.sharing import Sharing
from exin_tui.demo.staffing import Hands, Team
from exin_tui.demo.written import Written
from models.checklists.content import content_of
from models.checklists.upkeep import due_for
from models.storage.work import Work
from models.store import Store
from models.tables import Application, Appointment, Checklist, ChecklistItem, Goal, Record, Spending, Step, Task


class Coordination:
    """Plans and writes everything around participants but the timeline; the same seed and date give the same."""

    def __init__(self, store: Store, register: Register, team: Team, seed: int) -> None:
        clock, programme, today = store.clock, store.programme, store.clock.today()
        self._clock, self._programme, self._today, self._seed = clock, programme, today, seed
        self._register, self._team = register, team
        self._noon: Callable[[date], int] = cache(lambda day: clock.stored(datetime.combine(day, DAY_ONLY)))
        self._consents = Consents(programme, seed, today)
        self._sharing = Sharing(programme, self._consents, self._noon)
        self._lists = Lists(programme, seed, today, self._noon)
        self._plans = Plans(programme, seed, today, self._noon)
        self._aims = Aims(programme, seed, today, self._noon)
        self._method = MethodWriting(store, team, seed, self._noon)

    def enter(
        self,
        work: Work,
        lives: Sequence[Life],
        ids: dict[int, int],
        periods: dict[tuple[int, int], int],
        workers: dict[int, Hands],
    ) -> dict[int, list[Telling]]:
        """Write everything around a group of participants; answers the program's lines by the life's number."""
        written = Written(ids)
        parts = {life.number: self._register.parts(life, self._seed, self._today) for life in lives}
        given = {life.number: self._consents.given(life, parts[life.number]) for life in lives}
        self._sharing.involve(work, written, lives, parts)
        self._sharing.share(work, written, lives, given, workers)
        self._open_lists(work, written, lives, parts, given, workers)
        self._plan(work, written, lives, parts, periods, workers)
        self._aim(work, written, lives, workers)
        for telling in self._method.enter(work, lives, ids, given, workers):
            written.told.setdefault(telling.owner, []).append(telling)
        return written.told

    def enter_team(self, work: Work) -> None:
        """Write what is the team's own: tasks, meetings, absences, an agreement between agencies."""
        work.insert_many(Task, team_tasks(self._today, self._team.leader, self._noon))
        self._method.enter_team(work)
        enter_cooperation(work, self._today, self._team.leader, self._noon)
        questions = tuple(str(choice.name) for choice in self._programme.choices["preparation_question"])
        gatherings.enter(work, self._today, self._team.leader, questions)
        evaluations.enter(work, self._today)

    # ------------------------------------------------------------------ checklists

    def _open_lists(
        self,
        work: Work,
        written: Written,
        lives: Sequence[Life],
        parts: dict[int, list[Part]],
        given: dict[int, list[Given]],
        workers: dict[int, Hands],
    ) -> None:
        content = {template.id: content_of(template) for template in self._programme.checklists}
        opened: list[tuple[Life, Listed]] = []
        for life in lives:
            due = due_for(work, written.ids[life.number])
            hands = self._hands(life, workers)
            made = self._lists.of(life, due, parts[life.number], given[life.number], hands)
            opened += [(life, one) for one in made]
        rows = work.insert_many(
            Checklist,
            [
                one.columns
                | {
                    "participant": written.ids[life.number],
                    "template": one.template.id,
                    "template_version": one.template.version,
                    "content": content[one.template.id],
                }
                for life, one in opened
            ],
        )
        work.insert_many(
            ChecklistItem,
            [
                item | {"checklist": row, "participant": written.ids[life.number]}
                for (life, one), row in zip(opened, rows, strict=True)
                for item in one.items
            ],
        )

    def _hands(self, life: Life, workers: dict[int, Hands]) -> tuple[int, int]:
        """Who ticks, and who is the second person."""
        first = workers[life.number][0] or self._team.leader
        others = [one for one in (*self._team.caseworkers, self._team.leader) if one != first]
        return first, workers[life.number][1] or others[life.number % len(others)] if others else first

    # ------------------------------------------------------------------ what is to be done

    def _plan(
        self,
        work: Work,
        written: Written,
        lives: Sequence[Life],
        parts: dict[int, list[Part]],
        periods: dict[tuple[int, int], int],
        workers: dict[int, Hands],
    ) -> None:
        agreed = (
            (life, one)
            for life in lives
            for one in self._plans.appointments(life, parts[life.number], workers[life.number])
        )
        self._write(work, written, Appointment, agreed)
        tasks = []
        for life in lives:
            for one in self._plans.tasks(life, workers[life.number][0]):
                if one.place is not None:
                    one.columns["source"] += f":{periods[life.number, one.place]}"
                tasks.append((life, one))
        self._write(work, written, Task, tasks)

    def _aim(self, work: Work, written: Written, lives: Sequence[Life], workers: dict[int, Hands]) -> None:
        applied = ((life, one) for life in lives for one in self._aims.applications(life))
        self._write(work, written, Application, applied)
        aims = [(life, aim) for life in lives for aim in self._aims.goals(life)]
        goals = self._write(work, written, Goal, ((life, aim.goal) for life, aim in aims))
        work.insert_many(
            Step,
            [
                step | {"goal": goal, "participant": written.ids[life.number]}
                for (life, aim), goal in zip(aims, goals, strict=True)
                for step in aim.steps
            ],
        )
        work.insert_many(
            Spending,
            [
                expense | {"participant": written.ids[life.number]}
                for life in lives
                for expense in self._aims.spending(life, workers[life.number][0])
            ],
        )

    def _write(
        self, work: Work, written: Written, model: type[Record], planned: Iterable[tuple[Life, Planned]]
    ) -> list[int]:
        """Write rows of one table and note what the program says about them; answers their ids."""
        pairs = list(planned)
        rows: list[dict[str, Any]] = [one.columns | {"participant": written.ids[life.number]} for life, one in pairs]
        made = work.insert_many(model, rows)
        table = model._meta.table_name
        for (life, one), row in zip(pairs, made, strict=True):
            for line in one.lines:
                written.tell(life, line, self._clock.local(line.at).date(), f"{table}:{row}")
        return made
