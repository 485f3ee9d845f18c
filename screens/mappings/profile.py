"""The profile: how each part of a participant's life stood over time, what changed since last, what came of gaps."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.mappings.mappings import ANSWER_FIELDS
from models.mappings.reading import (
    KINDS,
    NOT_ASKED,
    OPEN,
    Answer,
    Followed,
    MappingLine,
    Part,
    Profile,
    step_name,
)
from models.participants import participants
from models.storage.reading import Reading
from screens.forms.reading import ReadableForm
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.dialog import AboutParticipant
from screens.frame.route import Route
from screens.mappings.follow_forms import GapApplicationForm, GapGoalForm, GapTaskForm
from screens.mappings.forms import MappingAnswerForm, MappingForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.lines import Lines

PAPER: Final = Route[int, str]("screens.paper.screen", "PaperScreen")
PART: Final = Route[int, str]("screens.mappings.part", "PartScreen")
LIST: Final = Route[int]("screens.mappings.list", "MappingListScreen")
DETAIL_LINES: Final = 5
SIGNS: Final = {"none": "○", "declined": "×", NOT_ASKED: "·", "": " "}
"""In place of a step, where there is room for no word."""
DATE_CELLS: Final = 10
BESIDE_DATES: Final = 46
"""What the dates leave to the names, the change, the caseworker's view and what came of gaps."""


def sign(step: str) -> str:
    """A step in one cell."""
    return SIGNS.get(step, step)


class PartList(ColumnedList[Part]):
    """One line a part of life, a column a mapping."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing is mapped yet. n begins the first mapping."))
        self.case, self.days = case, tuple[str, ...]()

    def alike(self, row: Part, part: int) -> Hashable:
        return len(self.days)

    def heads(self) -> Sequence[Cell]:
        return [
            Cell((_("Part of life"), DIM), least=14),
            *(Cell((day, DIM), at_right=True) for day in self.days),
            Cell((_("change"), DIM)),
            Cell((_("we"), DIM)),
            Cell((_("came of it"), DIM), least=12),
        ]

    def cells(self, row: Part, part: int) -> Sequence[Cell]:
        name = str(self.case.programme.choice("domain", row.domain).name)
        shown = row.answers[len(row.answers) - len(self.days) :]
        last = row.answers[-1]
        steps = [Cell((sign(one.step) if one else " ", BOLD if one is last else PLAIN), at_right=True) for one in shown]
        kinds = dict.fromkeys(one.kind for one in row.followed if one.open) or dict.fromkeys(
            one.kind for one in row.followed
        )
        came = ", ".join(_(KINDS[kind]) for kind in kinds)
        return [
            Cell((name, PLAIN), least=14),
            *steps,
            Cell(_change(row.change)),
            Cell(self._ours(last)),
            Cell((came, PLAIN if any(one.open for one in row.followed) else DIM), least=12, worth=1),
        ]

    def _ours(self, last: Answer | None) -> Piece:
        if last is None or not (last.our_step or last.our_view):
            return ("", PLAIN)
        return (sign(last.our_step) if last.our_step else "*", WARN)


def _change(steps: int | None) -> Piece:
    """What changed since last."""
    if steps is None:
        return ("", PLAIN)
    if not steps:
        return ("=", DIM)
    return (f"↑{steps}", GOOD) if steps > 0 else (f"↓{-steps}", ALARM)


def _ended(text: str, width: int, limit: int) -> list[str]:
    """At most `limit` lines, the last of them with an ellipsis where there is more."""
    lines = wrapped(text, width)
    return lines if len(lines) <= limit else [*lines[: limit - 1], cut(" ".join(lines[limit - 1 :]), width)]


class MappingsScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None.

    With `until` it shows the profile as it was with that mapping as the last one.
    """

    moving: PartList
    SCOPE = "mappings"
    HELP: ClassVar[str] = N_(
        "How each part of the participant's life stands, from 1, very hard, to 5, good, in the participant's own view; "
        "a column a mapping. An arrow says how many steps it went up or down since last. Under “we” stands the "
        "caseworker's step where it differs. ○ is none, × will not answer, · not asked, * a view in words alone. "
        "What is missing becomes a goal, a task or an application by a key, and stands behind."
    )

    def __init__(self, case: Case, participant: int, until: int | None = None) -> None:
        super().__init__(case, participant)
        self.moving = PartList(case)
        self.until = until
        self.profile = Profile((), ())
        self._about = ("", "")

    def body(self) -> ComposeResult:
        yield Lines(2, id="mappings-head")
        yield self.moving.titles
        yield self.moving
        yield Lines(DETAIL_LINES, id="mappings-detail")

    async def on_resize(self) -> None:
        if self.is_mounted and self.profile.mappings:
            self._show_days()
            self.moving.lay_out_anew()
            self._draw_detail()

    async def refresh_case(self) -> None:
        self._about, self.profile = await self.case.store.ask(_load, self.participant, self.until)
        self._show_days()
        await self.moving.show_rows(self.profile.parts)
        self.query_one("#mappings-head", Lines).show(self._head())
        self._draw_detail()
        self.draw_foot()

    def _show_days(self) -> None:
        """As many of the last mappings as there is room for."""
        fit = max(2, (self.app.size.width - BESIDE_DATES) // DATE_CELLS)
        self.moving.days = tuple(f"{line.day:%d.%m.%y}" for line in self.profile.mappings[-fit:])

    def _head(self) -> list[list[Piece]]:
        who = self.case.called(*self._about)
        title: list[Piece] = [(" " + _("Mapping · {who}").format(who=who), HEADING)]
        if (last := self._last) is None:
            return [title]
        told = [str(last.instrument.name), last.who, last.place]
        if last.state == OPEN:
            told.append(_("not finished, {answered} of {all}").format(
                answered=len(last.answers) - len(last.left), all=len(last.answers)))  # fmt: skip
        if self.until is not None:
            told.append(_("as of {date}").format(date=format_date(last.day)))
        title.append(("   " + " · ".join(self._said(one) for one in told if one), DIM))
        if not self.profile.asked_otherwise:
            return [title]
        return [title, [(" ! " + _("The last two were asked with different forms: compare with care."), WARN)]]

    @property
    def _last(self) -> MappingLine | None:
        return self.profile.mappings[-1] if self.profile.mappings else None

    def _said(self, text: str) -> str:
        return flat(self.case.said(text, *self._about))

    def _draw_detail(self) -> None:
        row, width = self.moving.row, max(20, self.app.size.width - 2)
        lines: list[list[Piece]] = []
        if row is not None and (last := row.last) is not None and self._last is not None:
            step = step_name(self._last.instrument, last.step) or _("not noted yet")
            words = [step, *([self._said(last.situation)] if last.situation else [])]
            for key, text in (("missing", last.missing), ("wish", last.wish)):
                if text:
                    words.append(_("{field}: {text}").format(field=_(ANSWER_FIELDS[key]), text=self._said(text)))
            lines = [[(" " + line, PLAIN)] for line in _ended(" · ".join(words), width, 2 if row.followed else 3)]
            if last.our_step or last.our_view:
                ours = step_name(self._last.instrument, last.our_step), self._said(last.our_view)
                told = _("We: {what}").format(what=" · ".join(one for one in ours if one))
                lines += [[(" " + line, WARN)] for line in _ended(told, width, 2)]
            lines += [self._came(one) for one in row.followed[-(DETAIL_LINES - len(lines)) :]]
        self.query_one("#mappings-detail", Lines).show(lines[:DETAIL_LINES])

    def _came(self, one: Followed) -> list[Piece]:
        return [
            (f" → {_(KINDS[one.kind])}: ", PLAIN if one.open else DIM),
            (self._said(one.words), BOLD if one.open else DIM),
            (f"  {one.state}", DIM),
        ]

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    def is_saved(self, row: Part, number: int) -> bool:
        return any(one is not None and one.id == number for one in row.answers)

    def why_not(self, action_id: str) -> str:
        name = action_id.removeprefix("mappings.")
        if name in ("add", "finish") and self.until is not None:
            return _("This is the profile as it was; go back to map anew.")
        if name == "finish" and (self._last is None or self._last.state != OPEN):
            return _("The last mapping is finished already.")
        return ""

    # ------------------------------------------------------------------ keys

    async def action_add(self) -> None:
        """Begin a mapping, or go on with the one that is not finished; then one part of life after the other."""
        unfinished = next((line for line in reversed(self.profile.mappings) if line.state == OPEN), None)
        mapping: int | None = None
        if unfinished is not None:
            on, anew = _("Go on with the one of {date}"), _("Begin a new one")
            answer = await choose(self, _("A mapping is not finished."), [
                Option("on", on.format(date=format_date(unfinished.day)), "g"), Option("new", anew, "n"),
            ])  # fmt: skip
            if answer is None:
                return
            mapping = unfinished.id if answer == "on" else None
        if mapping is None:
            mapping = await self.ask(MappingForm(self.case, self.participant))
        if mapping is not None:
            await self._go_through(mapping)

    async def _go_through(self, mapping: int) -> None:
        """Each part of life that is left, in turn, until one is closed without being saved."""
        self._touched = True
        line = await self.case.store.ask(mapping_reading.one, mapping)
        last = None
        for answer in line.left:
            if await self.ask(MappingAnswerForm(self.case, self.participant, answer.id, going=True)) is None:
                break
            last = answer.id
        await self.read_again()
        if last is not None:
            await self.mark_saved(last)
        line = await self.case.store.ask(mapping_reading.one, mapping)
        if line.state != OPEN:
            self.say(_("The mapping is finished."))
        elif last is not None:
            key = self.case.keymap.shown("mappings.finish", "mappings")
            told = n_(
                "Saved; {count} part of life is left. {key} finishes it without that.",
                "Saved; {count} parts of life are left. {key} finishes it without them.",
                len(line.left),
            )
            self.say(told.format(count=len(line.left), key=key))

    async def action_read(self) -> None:
        """Read all that was said of the part of life under the mark."""
        await self.open(PART, self.participant, self.moving.marked.domain)

    def _answer(self) -> int:
        """The answer given last of the part of life under the mark."""
        last = self.moving.marked.last
        assert last is not None
        return last.id

    async def action_edit(self) -> None:
        """Correct what was said last."""
        await self.app.push_screen(MappingAnswerForm(self.case, self.participant, self._answer()), self._saved)

    async def action_goal(self) -> None:
        """Make a goal of it."""
        await self._follow(GapGoalForm)

    async def action_task(self) -> None:
        """Make a task of it."""
        await self._follow(GapTaskForm)

    async def action_application(self) -> None:
        """Apply for it."""
        await self._follow(GapApplicationForm)

    async def _follow(self, form: Callable[[Case, int, int], ReadableForm]) -> None:
        """Open the form, with the mark on the same part of life afterwards."""
        answer = self._answer()

        async def saved(number: int | None) -> None:
            if number:
                await self._changed()
                await self.mark_saved(answer)

        await self.app.push_screen(form(self.case, self.participant, answer), saved)

    async def action_finish(self) -> None:
        """Finish the mapping; what is left was not asked."""
        if self._last is not None:
            await self.case.store.change(mappings.finish, self._last.id)
            await self._changed()
            self.say(_("Finished: what was left is noted as not asked. u to undo."))

    async def action_list(self) -> None:
        """The mappings one by one."""
        await self.open(LIST, self.participant)

    async def action_paper(self) -> None:
        """The profile on paper."""
        await self.open(PAPER, self.participant, "mapping")


def _load(reading: Reading, participant: int, until: int | None) -> tuple[tuple[str, str], Profile]:
    """All that the screen shows, in one visit to the vault."""
    return participants.called(reading, participant), mapping_reading.profile(reading, participant, until)
