"""Who is away now, who will be next, and who covers; from here a whole caseload is handed over too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date, parse_date, relative_days, short_weekday
from config.errors import ExinError
from config.words import N_, _, n_
from models.team import absences
from models.team.absences import Absence
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.dialog import ListScreen
from screens.frame.prompt import PromptScreen
from screens.team.absence_form import AbsenceForm
from screens.team.hand_over_form import CaseloadForm
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, cut, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList


class AwayList(WindowedList[Absence]):
    """One line an absence: who, the days, who covers, the note."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody is away. n notes an absence."))
        self.case = case

    def draw_row(self, row: Absence, width: int, part: int) -> Sequence[Piece]:
        today = self.case.today
        days = f"{short_weekday(row.first)} {format_date(row.first)}"
        days += f" – {short_weekday(row.last)} {format_date(row.last)}" if row.last != row.first else ""
        cover = _("{name} covers").format(name=row.cover_name) if row.cover_name else _("nobody covers")
        lacks = row.cover is None and row.last >= today
        return [
            (cut(row.name, max(14, width // 5)) + " ", BOLD),
            (cut(days, 33), PLAIN),
            (cut(cover, 22) + " ", ALARM if lacks else PLAIN),
            (flat(row.note), DIM),
        ]


class AbsencesScreen(ListScreen):
    """Absences by time, and the keys that note and change them."""

    SCOPE = "absences"
    HELP: ClassVar[str] = N_(
        "Colleagues who are away, both days included, and who covers for them. Nobody has to name a cover, but a "
        "participant whose worker is away without one is shown among the signals. A longer absence may be a reason to "
        "hand the caseload over."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = AwayList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="absences-head")
        yield self.moving

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(absences.listing)
        rows = (*found.now, *found.coming, *found.past)
        groups = [
            Group("now", _("Away now"), len(found.now)),
            Group("coming", _("Later"), len(found.coming)),
            Group("past", _("Back again"), len(found.past)),
        ]
        await self.moving.show_rows(rows, groups if rows else [])
        count = n_("{count} colleague is away", "{count} colleagues are away", len(found.now))
        title: list[Piece] = [(" " + _("Absences"), HEADING), ("  " + count.format(count=len(found.now)), PLAIN)]
        if found.coming:
            first = found.coming[0]
            words = _("next: {name}, {when}").format(name=first.name, when=relative_days(first.first, self.case.today))
            title.append((f"  {words}", DIM))
        self.query_one("#absences-head", Lines).show([title])
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "absences.back" and row is not None and row.last < self.case.today:
            return _("{name} is back already.").format(name=row.name)
        return ""

    async def action_add(self) -> None:
        """Note an absence."""
        saved = await self.ask(AbsenceForm(self.case))
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change the absence under the mark."""
        saved = await self.ask(AbsenceForm(self.case, self.marked.id))
        await self._saved(saved)

    async def action_back(self) -> None:
        """Ask from which day the colleague is back."""
        row = self.marked
        prompt = PromptScreen(
            self.case,
            _("From which day is {name} back?").format(name=row.name),
            lambda text: parse_date(text, self.case.today),
            initial=format_date(self.case.today),
            hint=_("22.11 · today · Monday · +3d"),
        )
        day = await self.ask(prompt)
        if day is not None:
            await self._do(_("Saved."), absences.end, row.id, row.version, day)

    async def action_remove(self) -> None:
        """Take the absence under the mark away, after a question."""
        row = self.marked
        what = f"{row.name}, {format_date(row.first)} – {format_date(row.last)}"
        options = [Option("no", _("No, keep it")), Option("yes", _("Yes, take it away"))]
        if await choose(self, _("Take this away? {what}").format(what=what), options) == "yes":
            await self._do(_("Taken away; u brings it back."), absences.remove, row.id, row.version)

    async def action_hand_over(self) -> None:
        """Hand the whole caseload of the colleague under the mark over."""
        form = CaseloadForm(self.case, self.marked.staff)
        if count := await self.ask(form):
            await self._saved(count)
            self.say(form.told(count))

    async def _do(self, said: str, change: Callable[..., object], *values: object) -> None:
        try:
            await self.case.store.change(change, *values)
        except ExinError:
            await self.read_again()
            raise
        await self._saved(1)
        self.say(said)
