"""Who is away now, who will be next, and who covers, with the form for an absence.

From here a whole caseload is handed over too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult

from config.dates import format_date, relative_days, short_weekday
from config.errors import ExinError
from config.words import N_, _, n_
from models.signals import team as team_signals
from models.signals.team import Alone
from models.storage.reading import Reading
from models.team import absences, arranging, staff
from models.team.absences import FIELDS, NOTE_LIMIT, Absence
from screens.forms.date_fields import DateField
from screens.forms.day_prompt import DayPrompt
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.line_fields import About, FormField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, agreed
from screens.frame.dialog import ChangedList
from screens.participant.form import StaffField
from screens.team.hand_over_form import CaseloadForm
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group


class AwayList(ColumnedList[Absence]):
    """One line an absence: who, the days, who covers, the note."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody is away. n notes an absence."))
        self.case = case

    def cells(self, row: Absence, part: int) -> Sequence[Cell]:
        today = self.case.today
        days = f"{short_weekday(row.first)} {format_date(row.first)}"
        days += f" – {short_weekday(row.last)} {format_date(row.last)}" if row.last != row.first else ""
        cover = _("{name} covers").format(name=row.cover_name) if row.cover_name else _("nobody covers")
        lacks = row.cover is None and row.last >= today
        return [
            Cell((row.name, BOLD), least=12),
            Cell((days, PLAIN)),
            Cell((cover, ALARM if lacks else PLAIN), least=12),
            told(flat(row.note), DIM, least=10),
        ]


class AbsencesScreen(ChangedList):
    """Absences by time, and the keys that note and change them."""

    SCOPE = "absences"
    HELP: ClassVar[str] = N_(
        "Colleagues who are away, both days included, and who covers for them. Nobody has to name a cover, but a "
        "participant whose responsible colleague is away without one is shown among the signals. A longer absence "
        "may be a reason to hand the caseload over."
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

    async def action_read(self) -> None:
        """Read all of the absence under the mark."""
        saved = await self.ask(AbsenceForm(self.case, self.moving.marked.id).to_read())
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change the absence under the mark."""
        saved = await self.ask(AbsenceForm(self.case, self.moving.marked.id))
        await self._saved(saved)

    async def action_back(self) -> None:
        """Ask from which day the colleague is back."""
        row = self.moving.marked
        question, hint = _("From which day is {name} back?"), _("22.11 · today · Monday · +3d")
        prompt = DayPrompt(self.case, question.format(name=row.name), "nearest", initial=self.case.today, hint=hint)
        answer = await self.ask(prompt)
        if answer is not None:
            await self._do(_("Saved."), absences.end, row.id, row.version, *answer)

    async def action_remove(self) -> None:
        """Take the absence under the mark away, after a question."""
        row = self.moving.marked
        what = f"{row.name}, {format_date(row.first)} – {format_date(row.last)}"
        question = _("Take this away? {what}").format(what=what)
        if await agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
            await self._do(_("Taken away; u to undo."), absences.remove, row.id, row.version)

    async def action_hand_over(self) -> None:
        """Hand the whole caseload of the colleague under the mark over."""
        form = CaseloadForm(self.case, self.moving.marked.staff)
        if count := await self.ask(form):
            await self._changed()
            self.say(form.told(count))

    async def _do(self, said: str, change: Callable[..., object], *values: object) -> None:
        try:
            await self.case.store.change(change, *values)
        except ExinError:
            await self.read_again()
            raise
        await self._changed()
        self.say(said)


class AbsenceForm(ReadableForm):
    """Notes an absence, or changes one that is there; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A colleague who is or will be away, both days included, and who covers. What is worth knowing, such as a "
        "cover who is away too, is said below and does not hinder saving."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("absence", N_("New absence"), lambda case, whom, kept: AbsenceForm(case), teams),
        DraftKind("absence_change", N_("Absence"), lambda case, whom, kept: AbsenceForm(case, kept.subject), teams),
    )

    def __init__(self, case: Case, absence: int = 0) -> None:
        super().__init__(case, absence)
        self.form_name = "absence_change" if absence else "absence"
        self._present: Absence | None = None
        self._advice: Sequence[str] = ()

    def fields(self) -> list[FormField]:
        hint = _("E.g. 22.11, Monday, +3d or week 48.")
        return [
            StaffField(About("staff", _(FIELDS["staff"]))),
            DateField(About("first", _(FIELDS["first"]), hint), self.case.clock, "nearest"),
            DateField(About("last", _(FIELDS["last"]), hint + " " + _("Empty: one day.")), self.case.clock, "future"),
            StaffField(About("cover", _(FIELDS["cover"]), _("← → or the first letter; – while nobody is named."))),
            TextBox(About("note", _(FIELDS["note"]), _("What the team needs to know; no more than that.")),
                    limit=NOTE_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        store = self.case.store
        team = await store.ask(staff.team, active_only=False)
        self._present = found = await store.ask(absences.one, self.subject) if self.subject else None
        named = {found.staff, found.cover} if found else set()
        for key, write in (("staff", False), ("cover", True)):
            field = self.field(key)
            assert isinstance(field, StaffField)
            field.offer([
                Option(str(one.id), one.name)
                for one in team
                if one.id in named or (one.works if write else one.active)
            ])  # fmt: skip
        if found is None:
            return {"staff": str(self.case.store.actor.staff_id or ""), "first": format_date(self.case.today)}
        self.version = found.version
        days = {"first": format_date(found.first), "last": format_date(found.last)}
        return {"staff": str(found.staff), **days, "cover": str(found.cover or ""), "note": found.note}

    def heading(self) -> list[Piece]:
        title = _("New absence") if self._present is None else _("Absence · {name}").format(name=self._present.name)
        return [(title, HEADING)]

    def settle(self) -> None:
        self.call_later(self._advise)

    def changed(self, field: FormField) -> None:
        if field.about.key != "note":
            self.call_later(self._advise)

    async def _advise(self) -> None:
        """Say what is worth knowing of what stands in the form just now."""
        try:
            who, first, last, cover = (self.field(key).read() for key in ("staff", "first", "last", "cover"))
        except ExinError:
            return
        try:
            self._advice = await self.case.store.ask(self._worth_knowing, who, first, last, cover)
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        self.draw_warnings()

    def _worth_knowing(
        self, reading: Reading, who: int | None, first: date | None, last: date | None, cover: int | None
    ) -> list[str]:
        found = arranging.advice(reading, who, first, last, cover, self.subject)
        if who is None or first is None or cover is not None:
            return found
        alone = team_signals.left_alone(reading, who, first, max(first, last or first))
        released = [self._called(one, one.release) for one in alone if one.release is not None]
        pressing = [self._called(one) for one in alone if one.presses]
        if released:
            found.append(_("Release in those days: {names}.").format(names=", ".join(released)))
        if pressing:
            found.append(_("With an urgent signal now: {names}.").format(names=", ".join(pressing)))
        return found

    def _called(self, one: Alone, day: date | None = None) -> str:
        called = self.case.called(one.code, one.name)
        return f"{called} {format_date(day)}" if day else called

    def warnings(self) -> Sequence[str]:
        return self._advice

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if not self.subject:
            return await store.change(absences.add, values)
        await store.change(absences.change, self.subject, version or 0, values)
        return self.subject
