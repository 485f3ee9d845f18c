"""Who is counted where: every figure of a period as cells of participants, before anything is rounded.

It is counted in steps, each a look at the vault of its own, so that whoever else asks comes in between; what a month
of the monthly meeting counts as well is asked of `models.meetings`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.words import _
from models.figures import definitions as figure
from models.figures.periods import MONTH, Period, check_begun
from models.meetings import month_load, month_moves, month_services
from models.meetings.month import Month, first_of, lasting
from models.meetings.month_moves import is_release
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, INTAKE
from models.plans import applications
from models.roles.rights import Right, require
from models.storage.reading import Reading
from models.store import Store

Tally = Mapping[int, int]
"""How often each participant is counted in a cell."""
Key = tuple[str, ...]
OPEN, UNVERIFIED = "open", "unverified"
NOBODY: Final = "0"


class Cell(Struct, frozen=True):
    """One number of a figure: what it is called, and who is counted in it, month by month where it is a flow."""

    key: Key
    label: str
    months: tuple[Tally, ...]


class Lengths(Struct, frozen=True):
    """What the quartiles of one row are taken of: days, of whom, and the cells of another figure that count them."""

    key: Key
    label: str
    days: tuple[int, ...]
    people: int


class Counted(Struct, frozen=True):
    """Every figure of a period; `months` are the first days of those that have begun, `people` whoever is in a phase.

    `worker` is the colleague whose participants alone are counted, None for the team.
    """

    period: Period
    worker: int | None
    made: date
    months: tuple[date, ...]
    people: int
    cells: Mapping[str, tuple[Cell, ...]]
    lengths: Mapping[str, tuple[Lengths, ...]]


class Counting:
    """The counting of one period. Call every one of `steps` with a reading, in order, then take what is `counted`.

    Raises `PeriodError` for a period to come, and `NotAllowed` where somebody else than a leader asks for a worker.
    """

    def __init__(self, reading: Reading, period: Period, worker: int | None = None) -> None:
        check_begun(period, reading.today)
        if worker is not None:
            require(reading.actor.role, Right.FIGURES)
        self.period, self.worker = period, worker
        self.month = Month(reading, min(first_of(period.last), first_of(reading.today)))
        self.months = tuple(one for one in period.months if one <= reading.today)
        self._cells: dict[str, dict[Key, list[Counter[int]]]] = defaultdict(dict)
        self._lengths: dict[str, dict[Key, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        self._leading: list[dict[int, int]] = []

    @property
    def steps(self) -> Sequence[Callable[[Reading], None]]:
        """What is counted, a part at a time."""
        months = (self._month_step(place) for place in range(len(self.months)))
        parts = (self._stand, self._move, self._leave, self._consent, self._verify, self._apply, self._do, self._carry)
        return [*(self._with(part) for part in parts), *months]

    def _with(self, part: Callable[[], None]) -> Callable[[Reading], None]:
        def step(reading: Reading) -> None:
            self.month.reading = reading
            part()

        return step

    def _month_step(self, place: int) -> Callable[[Reading], None]:
        return self._with(lambda: self._reach(place))

    # ------------------------------------------------------------------ the cells

    def _ours(self, participant: int) -> bool:
        return self.worker is None or self.month.workers.get(participant) == self.worker

    def _put(self, name: str, key: Key, participant: int, month: int = 0, times: int = 1) -> None:
        if self._ours(participant):
            self._cell(name, key)[month][participant] += times

    def _cell(self, name: str, key: Key) -> list[Counter[int]]:
        found = self._cells[name].get(key)
        if found is None:
            many = len(self.months) if figure.BY_ID[name].kind == figure.FLOW else 1
            found = self._cells[name][key] = [Counter() for _month in range(many)]
        return found

    def _place(self, day: str) -> int:
        first = self.period.first
        return (int(day[:4]) - first.year) * 12 + int(day[5:7]) - first.month

    @property
    def _span(self) -> list[str]:
        """The first and the last day counted, as columns have them."""
        return [self.period.first.isoformat(), self.month.last.isoformat()]

    # ------------------------------------------------------------------ the steps

    def _stand(self) -> None:
        """Everybody in the phase that leads, at the end of each month: contacts go by it; the last is the stock."""
        ends = [min(Period(one, MONTH).last, self.month.last).isoformat() for one in self.months]
        self._leading = [{} for _end in ends]
        for number, periods in self.month.periods.items():
            for found, end in zip(self._leading, ends, strict=True):
                if spans := lasting(periods, end):
                    found[number] = max(spans, key=lambda span: (span.began, span.phase)).phase
        for phase in self.month.reading.programme.phases:
            self._cell(figure.PHASES, (str(phase.number),))
        for number, phase_number in self._leading[-1].items():
            self._put(figure.PHASES, (str(phase_number),), number)

    def _move(self) -> None:
        """What began, where from, how long that had lasted, and whether the release was prepared."""
        since = self.period.first.isoformat()
        limits, reading = self.month.reading.programme.limits, self.month.reading
        high = {number for (number,) in reading.sql(
            "SELECT id FROM participant WHERE security_level = ?", [HIGH_SECURITY]
        )}  # fmt: skip
        reviews = self._sealed()
        self._cell(figure.PREPARED, (str(AFTER_RELEASE),))
        for number, periods in self.month.periods.items():
            if periods[-1].began < since or not self._ours(number):
                continue
            for place, period in enumerate(periods):
                if period.began < since:
                    continue
                former, month = month_moves.came_from(periods, place), self._place(period.began)
                before, began = (former.phase, former.began) if former else (0, "")
                self._put(figure.MOVES, (str(before), str(period.phase)), number, month)
                if former:
                    days = (date.fromisoformat(period.began) - date.fromisoformat(began)).days
                    self._lengths[figure.PHASE_DAYS][str(before),].append((days, number))
                if is_release(before, period.phase):
                    lead = limits.before_release_days_high if number in high else limits.before_release_days_lower
                    ready = (date.fromisoformat(period.began) - timedelta(days=lead)).isoformat()
                    if any(one.phase == BEFORE_RELEASE and one.began <= ready and one.ended >= period.began
                           for one in periods[:place]):  # fmt: skip
                        self._put(figure.PREPARED, (str(AFTER_RELEASE),), number, month)
                if held := reviews.get((number, before, period.phase)):
                    first = self.month.midnight(date.fromisoformat(began or period.began))
                    end = self.month.midnight(first_of(date.fromisoformat(period.began), 1))
                    if any(first <= at < end for at in held):
                        self._put(figure.REVIEWED, (str(period.phase),), number, month)

    def _sealed(self) -> Mapping[tuple[int, int, int], Sequence[int]]:
        """When the reviews of each participant and transition were sealed."""
        found: dict[tuple[int, int, int], list[int]] = {}
        for number, before, after, at in self.month.reading.sql(
            "SELECT participant_id, from_phase, to_phase, sealed_at FROM review WHERE state = 'sealed' "
            "AND sealed_at < ?",
            [self.month.until],
        ):
            found.setdefault((number, before, after), []).append(at)
        return found

    def _leave(self) -> None:
        """Who was phased out and why, and who came back."""
        first = self.period.first
        for reason in self.month.reading.programme.method.endings:
            self._cell(figure.ENDINGS, (reason.id,))
        for one in month_moves.ended(self.month, first, month_moves.moves(self.month, first)):
            self._put(figure.ENDINGS, (one.reason,), one.participant, self._place(one.day.isoformat()))
        self._cell(figure.RETURNED, ("back",))
        for number, day in self.month.reading.sql(
            "SELECT participant_id, returned FROM phase_out WHERE returned BETWEEN ? AND ?", self._span
        ):
            self._put(figure.RETURNED, ("back",), number, self._place(day))

    def _consent(self) -> None:
        for one in month_services.consents(self.month):
            for place, person in enumerate(one.people):
                # Those that lack it stand first.
                name = figure.LACKING if place < one.lacking else figure.CONSENTS
                self._put(name, (one.agency,), person.participant)

    def _verify(self) -> None:
        for key in (OPEN, UNVERIFIED):
            self._cell(figure.CHECKLISTS, (key,))
        for one in month_services.release_lists_left(self.month):
            for key in (OPEN, UNVERIFIED) if one.unverified else (OPEN,):
                tally = self._cell(figure.CHECKLISTS, (key,))[0]
                if one.participant not in tally:
                    self._put(figure.CHECKLISTS, (key,), one.participant)

    def _apply(self) -> None:
        month = self.month
        for agency, waits in applications.undecided(month.reading, month.last if month.past else None).items():
            for _sent, number in waits:
                self._put(figure.WAITING, (agency,), number)
        for agency, sent, decided, number in month.reading.sql(
            "SELECT agency, sent, decided, participant_id FROM application WHERE decided BETWEEN ? AND ? "
            "AND sent IS NOT NULL",
            self._span,
        ):
            if self._ours(number):
                self._put(figure.DECIDED, (agency,), number, self._place(decided))
                days = (date.fromisoformat(decided) - date.fromisoformat(sent)).days
                self._lengths[figure.WAITED][agency,].append((days, number))

    def _do(self) -> None:
        """Tasks and steps that were done, by whose turn it was."""
        for turn in self.month.reading.programme.choices["turn"]:
            self._cell(figure.DONE, (turn.id,))
        bounds = [self.month.midnight(self.period.first), self.month.until]
        done = (
            "SELECT participant_id, turn, done_at FROM {table} WHERE state = 'done' AND done_at >= ?1 AND done_at < ?2"
        )
        rows = f"{done.format(table='task')} AND participant_id IS NOT NULL UNION ALL {done.format(table='step')}"
        for number, turn, at in self.month.reading.sql(rows, bounds):
            day = self.month.reading.clock.local(at).date().isoformat()
            self._put(figure.DONE, (turn,), number, self._place(day))

    def _carry(self) -> None:
        """What each colleague carries; of one worker there is nothing to compare."""
        if self.worker is not None:
            return
        for one in month_load.workers(self.month):
            tally = self._cell(figure.WORKLOAD, (str(one.staff), one.name, str(one.months[0].limit)))[0]
            carried = (person.participant for person in one.people)
            tally.update(number for number in carried if self.month.standing[number].phases != {INTAKE})

    def _reach(self, place: int) -> None:
        """Contacts and attempts of one month."""
        first, leading = self.months[place], self._leading[place]
        entries = self.month.reading.by_index("entry", "entry_happened")
        for number, kind, contact, times in self.month.reading.sql(
            f"SELECT participant_id, kind, contact, count(*) FROM {entries} WHERE outcome != '' AND at >= ? AND at < ? "
            "GROUP BY participant_id, kind, contact",
            [self.month.midnight(first), min(self.month.midnight(first_of(first, 1)), self.month.until)],
        ):
            name = figure.REACHED if contact else figure.ATTEMPTED
            self._put(name, (str(leading.get(number, NOBODY)), kind), number, place, times)

    # ------------------------------------------------------------------ what came out

    def counted(self) -> Counted:
        """Everything, in the programme's order; sums of transitions are made of them where they are shown."""
        cells = {
            name: tuple(
                Cell(key, self._label(name, key), tuple(map(dict, months))) for key, months in sorted(
                    found.items(), key=lambda item: self._order(name, item[0])
                )
            )
            for name, found in self._cells.items()
        }  # fmt: skip
        lengths = {
            name: tuple(
                Lengths(key, self._label(name, key), tuple(sorted(days for days, _who in rows)),
                        len({who for _days, who in rows}))
                for key, rows in sorted(found.items(), key=lambda item: self._order(name, item[0]))
            )
            for name, found in self._lengths.items()
        }  # fmt: skip
        people = sum(len(cell.months[0]) for cell in cells.get(figure.PHASES, ()))
        return Counted(self.period, self.worker, self.month.reading.today, self.months, people, cells, lengths)

    def _order(self, name: str, key: Key) -> tuple[object, ...]:
        """Cells in the order the programme has; of what it does not know any more, behind them by id."""
        known = list(self._names(name))
        return (known.index(key[0]) if key[0] in known else len(known), key)

    def _names(self, name: str) -> Iterable[str]:
        programme = self.month.reading.programme
        if name == figure.ENDINGS:
            return [one.id for one in programme.method.endings]
        if name == figure.DONE:
            return [one.id for one in programme.choices["turn"]]
        return ()

    def _label(self, name: str, key: Key) -> str:
        programme = self.month.reading.programme
        if name in (figure.PHASES, figure.PHASE_DAYS, figure.PREPARED, figure.REVIEWED):
            return f"{key[0]} {programme.phase(int(key[0])).name}"
        if name == figure.MOVES:
            return f"{key[0]} → {key[1]}"
        if name == figure.ENDINGS:
            names = {ending.id: str(ending.name) for ending in programme.method.endings}
            return names.get(key[0], key[0]) or _("no reason noted")
        if name == figure.RETURNED:
            return _("Came back")
        if name in (figure.REACHED, figure.ATTEMPTED):
            phase = _("Phase {number}").format(number=key[0]) if key[0] != NOBODY else _("No phase")
            return f"{phase} · {programme.kind(key[1]).name}"
        if name == figure.CHECKLISTS:
            return _("Something left or not verified") if key[0] == OPEN else _("Of these: not verified")
        if name == figure.DONE:
            return str(programme.choice("turn", key[0]).name)
        if name == figure.WORKLOAD:
            return _("{name} (at most {limit})").format(name=key[1], limit=key[2])
        return str(programme.agency(key[0]).name)


async def in_portions(store: Store, period: Period, worker: int | None = None) -> Counted:
    """Every figure of a period, a step at a time, so that what the screens ask meanwhile is answered in between."""
    counting = await store.ask(Counting, period, worker)
    for step in counting.steps:
        await store.ask(step)
    return counting.counted()


def count(reading: Reading, period: Period, worker: int | None = None) -> Counted:
    """Every figure of a period in one look."""
    counting = Counting(reading, period, worker)
    for step in counting.steps:
        step(reading)
    return counting.counted()
