"""Making an appointment and changing one, with the participant's risk areas in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from config.dates import format_moment
from config.errors import ExinError
from config.words import N_, _
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import appointments
from models.plans.appointments import FIELDS, NOTE_LIMIT, Agreed, Companion
from models.plans.repeats import choice_of
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField, MomentField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.plans.fields import CompanionField, RepeatField, UntilField, YesField
from screens.widgets.line import ALARM, DIM, HEADING, Piece, flat


def risk_lines(case: Case, file: ParticipantFile) -> list[Piece]:
    """Where the participant is at risk if seen: said wherever a visit is planned (the guide on team)."""
    risk = flat(file.values["risk_areas"].replace("\n", " · "))
    shown = _("hidden with the names") if case.private else risk
    return [(_("Risk areas: {places}").format(places=shown), ALARM)] if risk else []


class AppointmentForm(FormScreen):
    """A new appointment, or `appointment`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "An appointment: what, when, with whom and where; who goes along and who drives. One that repeats is planned "
        "anew each time it is attended, missed or cancelled. Where the participant is at risk if seen stands on top."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "appointment", N_("New appointment"), lambda case, whom, kept: AppointmentForm(case, whom.participant)
        ),
        DraftKind(
            "appointment_change",
            N_("Appointment"),
            lambda case, whom, kept: AppointmentForm(case, whom.participant, kept.subject),
            whose(lambda reading, number: appointments.one(reading, number).participant),
        ),
    )

    def __init__(self, case: Case, participant: int, appointment: int | None = None) -> None:
        super().__init__(case, participant if appointment is None else appointment)
        self.form_name = "appointment" if appointment is None else "appointment_change"
        self.participant = participant
        self.appointment = appointment
        self._file: ParticipantFile | None = None
        self._agreed: Agreed | None = None

    def fields(self) -> list[FormField]:
        moment = _("As in tomorrow 10, Monday 14:30, +1w 9 or 24.11 12:00.")
        return [
            LineField(_about("title", _("What it is, such as NAV meeting or viewing."))),
            MomentField(_about("at", moment), self.case.clock, "future"),
            UntilField(_about("minutes", _("When it ends, as in 11:30, or how long, as in 45 or 1h30."))),
            CompanionField(_about("with_whom", personal=True)),
            LineField(_about("place")),
            StaffField(_about("worker", heading=_("The team"))),
            StaffField(_about("driver")),
            YesField(_about("prepared")),
            RepeatField(_about("repeats", heading=_("More"))),
            TextBox(_about("note"), limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        file, found, team, companions = await self.case.store.ask(_load_appointment, self.participant, self.appointment)
        self._file, self._agreed = file, found
        self._companions.offer(companions)
        case = self.case
        chosen = (found.worker, found.driver) if found else ()
        for key in ("worker", "driver"):
            field = self.field(key)
            assert isinstance(field, StaffField)
            field.offer([Option(str(one.id), one.name) for one in team if one.active or one.id in chosen])
        if found is None:
            tomorrow = datetime.combine(case.today + timedelta(days=1), time(10))
            worker = file.values["worker"] or case.store.actor.staff_id or ""
            return {"at": format_moment(tomorrow), "worker": str(worker)}
        self.version = found.version
        return {
            "title": found.title,
            "at": format_moment(case.clock.local(found.at)),
            "minutes": "" if found.minutes is None else f"{found.minutes} min",
            "with_whom": found.with_whom,
            "place": found.place,
            "worker": str(found.worker or ""),
            "driver": str(found.driver or ""),
            "prepared": "1" if found.prepared else "",
            "repeats": choice_of(found.repeats),
            "note": found.note,
        }

    @property
    def _companions(self) -> CompanionField:
        field = self.field("with_whom")
        assert isinstance(field, CompanionField)
        return field

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        title = _("New appointment · {who}") if self._agreed is None else _("Appointment · {who}")
        lines: list[Piece] = [(title.format(who=who), HEADING), *risk_lines(self.case, self._file)]
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
        store = self.case.store
        if "with_whom" in values:
            values["with_whom"], values["contact"] = self._companions.named(values["with_whom"])
        if isinstance(values.get("minutes"), time):
            values["minutes"] = self._minutes_until(values["minutes"], values.get("at"))
        if self.appointment is None:
            return await store.change(appointments.add, self.participant, values)
        await store.change(appointments.change, self.appointment, version or 0, values)
        return self.appointment

    def _minutes_until(self, end: time, at: int | None) -> int:
        """How long it takes when it ends at a time of the day it begins; below zero when that is before it begins."""
        began = self.case.clock.local(self._agreed.at if at is None and self._agreed is not None else at or 0)
        return (end.hour - began.hour) * 60 + end.minute - began.minute


def _about(key: str, hint: str = "", heading: str = "", *, personal: bool = False) -> About:
    return About(key, _(FIELDS[key]), hint, heading, personal)


def _load_appointment(
    reading: Reading, participant: int, appointment: int | None
) -> tuple[ParticipantFile, Agreed | None, list[Colleague], tuple[Companion, ...]]:
    return (
        participants.file_of(reading, participant),
        None if appointment is None else appointments.one(reading, appointment),
        staff.team(reading, active_only=False),
        appointments.companions(reading, participant),
    )
