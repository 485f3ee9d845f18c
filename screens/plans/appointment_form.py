"""Making an appointment and changing one, with the participant's risk areas in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from config.dates import format_moment
from config.errors import ExinError
from config.words import N_, _
from models.plans import appointments
from models.plans.appointments import FIELDS, NOTE_LIMIT, Agreed
from models.plans.repeats import choice_of
from models.team import staff
from screens.forms.line_fields import FormField, LineField, MomentField
from screens.forms.text_field import TextBox
from screens.participant.form import StaffField
from screens.plans.agenda_list import risk_pieces
from screens.plans.form import CompanionField, PlanForm, RepeatField, UntilField, YesField, drafts
from screens.widgets.line import DIM, Piece


class AppointmentForm(PlanForm):
    """A new appointment or one that is there."""

    HELP: ClassVar[str] = N_(
        "An appointment: what, when, with whom and where; who goes along and who drives. One that repeats is planned "
        "anew each time it is attended, missed or cancelled. Where the participant is at risk if seen stands on top."
    )

    NAME = "appointment"
    TITLES = (N_("New appointment · {who}"), N_("Appointment · {who}"))
    LABELS = FIELDS
    CHANGES = (appointments.add, appointments.change)
    DRAFTS = drafts(
        NAME, N_("New appointment"), N_("Appointment"), lambda *made: AppointmentForm(*made), appointments.one
    )
    participant: int
    _agreed: Agreed | None = None

    def fields(self) -> list[FormField]:
        moment = _("As in tomorrow 10, Monday 14:30, +1w 9 or 24.11 12:00.")
        return [
            LineField(self.about("title", _("What it is, such as NAV meeting or viewing."))),
            MomentField(self.about("at", moment), self.case.clock, "future"),
            UntilField(self.about("minutes", _("When it ends, as in 11:30, or how long, as in 45 or 1h30."))),
            CompanionField(self.about("with_whom", personal=True)),
            LineField(self.about("place")),
            StaffField(self.about("worker", heading=_("The team"))),
            StaffField(self.about("driver")),
            YesField(self.about("prepared")),
            RepeatField(self.about("repeats", heading=_("More"))),
            TextBox(self.about("note"), limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        case, number = self.case, self.number
        file, found, team, companions = await case.store.ask(
            lambda reading: (
                self.file(reading),
                None if number is None else appointments.one(reading, number),
                staff.team(reading, active_only=False),
                appointments.companions(reading, self.participant),
            )
        )
        self._file, self._agreed = file, found
        self._companions.offer(companions)
        for key in ("worker", "driver"):
            self.offer_team(key, team, getattr(found, key, None))
        if found is None:
            tomorrow = datetime.combine(case.today + timedelta(days=1), time(10))
            worker = (file and file.values["worker"]) or case.store.actor.staff_id or ""
            return {"at": format_moment(tomorrow), "worker": str(worker)}
        self.version = found.version
        as_they_are = ("title", "with_whom", "place", "worker", "driver", "note")
        return {
            **{key: str(getattr(found, key) or "") for key in as_they_are},
            "at": format_moment(case.clock.local(found.at)),
            "minutes": "" if found.minutes is None else f"{found.minutes} min",
            "prepared": "1" if found.prepared else "",
            "repeats": choice_of(found.repeats),
        }

    @property
    def _companions(self) -> CompanionField:
        field = self.field("with_whom")
        assert isinstance(field, CompanionField)
        return field

    def heading(self) -> list[Piece]:
        lines = super().heading()
        if self._file is not None:
            lines += risk_pieces(self.case, self._file.values["risk_areas"])
        if self._agreed is not None and self._agreed.state != appointments.PLANNED:
            lines.append((_("It is {state}.").format(state=_(appointments.STATES[self._agreed.state])), DIM))
        return lines

    def changed(self, field: FormField) -> None:
        if field.about.key == "at":
            self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        if self._agreed is not None and self._agreed.state != appointments.PLANNED:
            return ()
        try:
            at = self.field("at").read()
        except ExinError:
            return ()
        return appointments.advice(at, self.case.clock.seconds())

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if "with_whom" in values:
            values["with_whom"], values["contact"] = self._companions.named(values["with_whom"])
        if isinstance(values.get("minutes"), time):
            values["minutes"] = self._minutes_until(values["minutes"], values.get("at"))
        return await super().write(values, version)

    def _minutes_until(self, end: time, at: int | None) -> int:
        """How long it takes when it ends at a time of the day it begins; below zero when that is before it begins."""
        began = self.case.clock.local(self._agreed.at if at is None and self._agreed is not None else at or 0)
        return (end.hour - began.hour) * 60 + end.minute - began.minute
