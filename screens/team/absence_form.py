"""The form for an absence: who is away, from when to when, and who covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.team import absences, staff
from models.team.absences import FIELDS, NOTE_LIMIT, READER, Absence
from screens.forms.choice_field import Option
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.participant.form import StaffField
from screens.widgets.line import HEADING, Piece


class AbsenceForm(FormScreen):
    """Notes an absence, or changes `absence`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A colleague who is or will be away, both days included, and who covers. What is worth knowing, such as a "
        "cover who is away too, is said below and does not hinder saving."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("absence", N_("New absence"), lambda case, whom, kept: AbsenceForm(case), teams),
        DraftKind("absence_change", N_("Absence"), lambda case, whom, kept: AbsenceForm(case, kept.subject), teams),
    )

    def __init__(self, case: Case, absence: int | None = None) -> None:
        super().__init__(case, absence or 0)
        self.form_name = "absence" if absence is None else "absence_change"
        self.absence = absence
        self._present: Absence | None = None
        self._advice: Sequence[str] = ()

    def fields(self) -> list[FormField]:
        hint = _("As in 22.11, Monday, +3d or week 48.")
        return [
            StaffField(About("staff", _(FIELDS["staff"]))),
            DateField(About("first", _(FIELDS["first"]), hint), self.case.clock),
            DateField(About("last", _(FIELDS["last"]), hint + " " + _("Empty: one day.")), self.case.clock, "future"),
            StaffField(About("cover", _(FIELDS["cover"]), _("← → or the first letter; – while nobody is named."))),
            TextBox(About("note", _(FIELDS["note"]), _("What the team needs to know; no more than that.")),
                    limit=NOTE_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        store, absence = self.case.store, self.absence
        team = await store.ask(staff.team, active_only=False)
        self._present = found = None if absence is None else await store.ask(absences.one, absence)
        named = {found.staff, found.cover} if found else set()
        for key, write in (("staff", False), ("cover", True)):
            field = self.field(key)
            assert isinstance(field, StaffField)
            field.offer([
                Option(str(one.id), one.name)
                for one in team
                if one.id in named or (one.active and not (write and one.role == READER))
            ])  # fmt: skip
        if found is None:
            return {"staff": str(self.case.store.actor.staff_id or ""), "first": format_date(self.case.today)}
        self.version = found.version
        return {
            "staff": str(found.staff),
            "first": format_date(found.first),
            "last": format_date(found.last),
            "cover": str(found.cover or ""),
            "note": found.note,
        }

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
            self._advice = await self.case.store.ask(absences.advice, who, first, last, cover, self.absence or 0)
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        return self._advice

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if self.absence is None:
            return await store.change(absences.add, values)
        await store.change(absences.change, self.absence, version or 0, values)
        return self.absence
