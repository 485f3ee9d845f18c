"""A participant's own goals with their steps, and how much of it lies in the participant's own hands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual.app import ComposeResult

from config.dates import format_date, month_name, short_date
from config.words import N_, _, in_quotes, p_
from models.goals import goals
from models.goals import reading as goal_reading
from models.goals.reading import DONE, LEFT, OPEN, OWN, REACHED, GoalLine, MonthShare, StepLine
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.forms.reading import ReadableForm
from screens.frame.case import Case
from screens.frame.dialog import AboutParticipant
from screens.participant.goal_form import GoalForm, StepForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat, right, wrapped
from screens.widgets.lines import Lines

TALL_FROM: Final = 32
MONTHS_LOW: Final = 5
MONTHS_TALL: Final = 12
DETAIL_LINES: Final = 3
BAR: Final = 30


class GoalRow(Struct, frozen=True):
    """One line: a goal, or with `step` a step of it."""

    goal: GoalLine
    step: StepLine | None = None

    @property
    def key(self) -> tuple[int, int | None]:
        """What stays the same when the goals are read again."""
        return self.goal.id, self.step.id if self.step else None


class GoalList(ColumnedList[GoalRow]):
    """Goals in bold, their steps below them."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No goal yet. n notes what the participant wants, in their own words."))
        self.case, self.about = case, ("", "")

    def said(self, text: str) -> str:
        """What the participant said, on one line."""
        return flat(self.case.said(text, *self.about))

    def alike(self, row: GoalRow, part: int) -> Hashable:
        return row.step is None

    def cells(self, row: GoalRow, part: int) -> Sequence[Cell]:
        return self._step(row.step) if row.step else self._goal(row.goal)

    def _goal(self, goal: GoalLine) -> list[Cell]:
        done = f"{goal.done}/{len(goal.steps)}" if goal.steps else ""
        domain = str(self.case.programme.choice("domain", goal.domain).name) if goal.domain else ""
        state = {REACHED: _("reached"), LEFT: p_("of a goal", "left")}.get(goal.state, "")
        ended = f"{state} {format_date(goal.ended)}" if goal.ended else state
        return [
            Cell((in_quotes(self.said(goal.words)), BOLD if goal.state == OPEN else DIM), least=20),
            Cell((done + " ", PLAIN), at_right=True),
            Cell((ended or domain, GOOD if goal.state == REACHED else DIM), least=20),
        ]

    def _step(self, step: StepLine) -> list[Cell]:
        box = {DONE: "[x]", LEFT: "[–]"}.get(step.state, "[ ]")
        whose = str(self.case.programme.choice("turn", step.turn).name)
        pieces: list[Piece] = [
            (self.said(step.words), PLAIN if step.state == OPEN else DIM),
        ]
        if step.waits:
            pieces.append(("  " + _("waits for: {what}").format(what=self.said(step.waits_for)), WARN))
        if step.due and step.state == OPEN:
            late = step.due < self.case.today
            pieces.append((f"  {short_date(step.due)}", ALARM if late else DIM))
        if step.done:
            pieces.append((f"  {short_date(step.done)}", DIM))
        return [
            Cell((f"   {box} ", PLAIN), (whose, BOLD if step.turn == OWN and step.state == OPEN else DIM), least=19),
            Cell(*pieces, least=20, worth=1),
        ]


class GoalsScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: GoalList
    SCOPE = "goals"
    HELP: ClassVar[str] = N_(
        "The participant's own goals in their own words, and the steps towards them. Each step is somebody's: the "
        "participant's, the team's or an agency's. Below stands, month by month, how large a part of the steps lay in "
        "the participant's own hands; it should grow towards independence."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = GoalList(case)
        self._file: ParticipantFile | None = None
        self._shares: tuple[MonthShare, ...] = ()

    def body(self) -> ComposeResult:
        yield Lines(2, id="goals-head")
        yield self.moving
        yield Lines(DETAIL_LINES, id="goals-detail")
        yield Lines(MONTHS_LOW + 1, id="goals-share")

    def on_resize(self) -> None:
        if self.is_mounted:
            self._draw()

    async def refresh_case(self) -> None:
        file, found, self._shares = await self.case.store.ask(_load_goals, self.participant)
        self._file, self.moving.about = file, (file.code, file.name)
        await self.moving.show_rows([GoalRow(goal, step) for goal in found for step in (None, *goal.steps)])
        self._draw()

    def _draw(self) -> None:
        if self._file is None:
            return
        who = self.case.called(self._file.code, self._file.name)
        self.query_one("#goals-head", Lines).show([[(" " + _("{who}'s own goals").format(who=who), HEADING)]])
        months = MONTHS_TALL if self.app.size.height >= TALL_FROM else MONTHS_LOW
        share = self.query_one("#goals-share", Lines)
        share.styles.height = months + 1
        share.show(chart(self._shares, months))
        self._draw_detail()
        self.draw_foot()

    def _draw_detail(self) -> None:
        row = self.moving.row
        lines: list[list[Piece]] = []
        if row is not None:
            width = max(20, self.app.size.width - 2)
            text = row.step.words if row.step else in_quotes(row.goal.words)
            more = row.step.waits_for if row.step and row.step.waits else "" if row.step else row.goal.note
            lines = [[(" " + line, PLAIN)] for line in wrapped(self.moving.said(text), width, DETAIL_LINES)]
            lines += (
                [[(" " + line, DIM)] for line in wrapped(self.moving.said(more), width, DETAIL_LINES)] if more else []
            )
        self.query_one("#goals-detail", Lines).show(lines[:DETAIL_LINES])

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    def why_not(self, action_id: str) -> str:
        step = self.moving.row.step if self.moving.row else None
        if action_id == "goals.turn" and (step is None or step.state != OPEN):
            return _("Only a step that is open can be given to somebody else.")
        return ""

    def is_saved(self, row: GoalRow, number: int) -> bool:
        return row.step is None and row.goal.id == number

    async def _saved_step(self, number: int | None) -> None:
        if number:
            await self._changed()
            await self.mark_saved(number, lambda row, step: row.step is not None and row.step.id == step)

    async def action_add(self) -> None:
        """Note a goal."""
        await self.app.push_screen(GoalForm(self.case, self.participant, self._who()), self._saved)

    async def action_step(self) -> None:
        """Note a step towards the goal under the mark."""
        await self.app.push_screen(StepForm(self.case, self.moving.marked.goal), self._saved_step)

    def _form(self) -> ReadableForm:
        """The form of the goal or the step under the mark."""
        goal, step = self.moving.marked.goal, self.moving.marked.step
        return StepForm(self.case, goal, step) if step else GoalForm(self.case, self.participant, self._who(), goal.id)

    async def action_read(self) -> None:
        """Read all of the goal or the step under the mark."""
        await self.app.push_screen(self._form().to_read(), self._saved)

    async def action_edit(self) -> None:
        """Change the goal or the step under the mark."""
        await self.app.push_screen(self._form(), self._saved_step if self.moving.marked.step else self._saved)

    async def action_tick(self) -> None:
        """The step is done, or the goal reached; once more makes it open again."""
        row = self.moving.marked
        if row.step is not None:
            await self._change(row, goals.do if row.step.state == OPEN else goals.reopen)
        elif row.goal.state == OPEN:
            await self._change(row, goals.end, REACHED)
        else:
            await self._change(row, goals.take_up)

    async def action_leave(self) -> None:
        """The step or the goal is let go; it stays in the list."""
        row = self.moving.marked
        if row.step is not None:
            await self._change(row, goals.leave)
        else:
            await self._change(row, goals.end, LEFT)
        self.say(_("Let go; u to undo."))

    async def action_turn(self) -> None:
        """Give the step to the next: the participant, the team, an agency."""
        row = self.moving.marked
        assert row.step is not None
        ids = [choice.id for choice in self.case.programme.choices["turn"]]
        place = ids.index(row.step.turn) if row.step.turn in ids else -1
        await self._change(row, goals.hand, ids[(place + 1) % len(ids)])

    async def _change(self, row: GoalRow, change: Callable[..., None], *args: str) -> None:
        """Change a goal or a step, with the mark on the same one wherever it stands then."""
        line = row.step or row.goal
        await self.case.store.change(change, line.id, line.version, *args)
        self._touched = True
        await self.refresh_case()
        rows = [self.moving.row_at(index) for index in range(self.moving.count)]
        place = next((index for index, found in enumerate(rows) if found and found.key == row.key), None)
        if place is not None:
            self.moving.go(place)

    def _who(self) -> str:
        return self.case.called(self._file.code, self._file.name) if self._file else ""


def chart(shares: Sequence[MonthShare], months: int) -> list[list[Piece]]:
    """A heading and a bar a month for the last months, in which the participant's own steps are the filled part."""
    title = " " + _("Steps in the participant's own hands, by month")
    if not shares:
        return [[(title, HEADING), ("  " + _("no step yet"), DIM)]]
    lines: list[list[Piece]] = [[(title, HEADING)]]
    for share in shares[-months:]:
        label = f" {month_name(share.month.month)[:3]} {share.month.year}  "
        if share.percent is None:
            lines.append([(label, PLAIN), ("·" * BAR, DIM), ("  " + _("no step"), DIM)])
            continue
        filled = round(BAR * share.own / share.total)
        told = _("{own} of {total}").format(own=share.own, total=share.total)
        lines.append([
            (label, PLAIN), ("█" * filled, GOOD), ("░" * (BAR - filled), DIM), (f"  {told}", PLAIN),
            (right(f"{share.percent} %", 7), BOLD),
        ])  # fmt: skip
    return lines


def _load_goals(
    reading: Reading, participant: int
) -> tuple[ParticipantFile, tuple[GoalLine, ...], tuple[MonthShare, ...]]:
    """All that the screen shows, in one visit to the vault."""
    return (
        participants.file_of(reading, participant),
        goal_reading.of(reading, participant),
        goal_reading.shares(reading, participant),
    )
