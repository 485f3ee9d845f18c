"""Making an appointment and changing one, with the participant's risk areas in sight, and recording what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from msgspec.structs import replace

from config.dates import format_moment
from config.errors import ExinError
from config.programme.shapes import EntryKind
from config.words import N_, _
from models import timeline
from models.plans import appointments, clashes
from models.plans.appointments import FIELDS, NOTE_LIMIT, Agreed
from models.plans.repeats import choice_of
from models.team import staff
from screens.forms.date_fields import MomentField, UntilField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.line_fields import FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.participant.form import StaffField
from screens.participant.record_form import RecordForm
from screens.plans.agenda_list import risk_pieces
from screens.plans.clashes import told
from screens.plans.form import CompanionField, FollowingField, PlanForm, RepeatField, YesField, drafts
from screens.widgets.line import DIM, Piece


class AppointmentForm(PlanForm):
    """A new appointment or one that is there."""

    HELP: ClassVar[str] = N_(
        "An appointment: what, when, with whom and where; who goes along and who drives. One that repeats is planned "
        "anew each time it is attended, missed or cancelled; another time is for that one alone unless you say "
        "otherwise. Where the participant is at risk if seen stands on top."
    )

    NAME = "appointment"
    TITLES = (N_("New appointment · {who}"), N_("Appointment · {who}"))
    LABELS = FIELDS
    CALLS = (appointments.one, appointments.add, appointments.change)
    DRAFTS = drafts(
        NAME, N_("New appointment"), N_("Appointment"), lambda *made: AppointmentForm(*made), appointments.one
    )
    participant: int
    _agreed: Agreed | None = None

    def fields(self) -> list[FormField]:
        self._companions = CompanionField(self.about("with_whom", personal=True))
        clock, moment = self.case.clock, _("E.g. tomorrow 10, Monday 14:30, Friday 14-15, +1w 9 or 24.11 12:00.")
        until = self.about("minutes", _("When it ends, e.g. 11 or 11:30, or how long, e.g. 45 min or 1h30."))
        ends = UntilField(until, clock, lambda: begins.begins)
        begins = MomentField(self.about("at", moment), clock, "future", ends, timed=True)
        return [
            LineField(self.about("title", _("What it is, such as Nav meeting or viewing."))),
            begins,
            FollowingField(),
            ends,
            self._companions,
            LineField(self.about("place")),
            StaffField(self.about("worker", heading=_("The team"))),
            StaffField(self.about("driver")),
            YesField(self.about("prepared")),
            RepeatField(self.about("repeats", heading=_("More"))),
            TextBox(self.about("note"), limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        case = self.case
        (file, found), team, companions = await case.store.ask(
            lambda reading: (
                self.known(reading),
                staff.team(reading, active_only=False),
                appointments.companions(reading, self.participant),
            )
        )
        self._file, self._agreed = file, found
        self._companions.offer_companions(companions)
        chosen = (found.worker, found.driver) if found else ()
        for key in ("worker", "driver"):
            self.offer_team(key, team, *chosen)
        if found is None:
            tomorrow = datetime.combine(case.today + timedelta(days=1), time(10))
            worker = (file and file.values["worker"]) or case.store.actor.staff_id or ""
            return {"at": format_moment(tomorrow), "worker": str(worker)}
        return self.texts_with(found, repeats=choice_of(found.repeats))

    def heading(self) -> list[Piece]:
        lines = super().heading()
        if self._file is not None:
            lines += risk_pieces(self.case, self._file.values["risk_areas"])
        if self._agreed is not None and self._agreed.state != appointments.PLANNED:
            lines.append((_("It is {state}.").format(state=_(appointments.STATES[self._agreed.state])), DIM))
        return lines

    def settle(self) -> None:
        self.ask_what_moves("at", "repeats")

    def changed(self, field: FormField) -> None:
        if field.about.key == "at":
            ends = self.field("minutes")
            if ends.error:
                ends.judge()
            self.form.draw_label(ends)
        if field.about.key in ("at", "repeats"):
            self.settle()
            self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        if self._agreed is not None and self._agreed.state != appointments.PLANNED:
            return ()
        try:
            at, again = self.field("at").read(), self.field("repeats").read()
            return appointments.advice(self.case.clock, at, again) if at is not None else ()
        except ExinError:
            return ()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if "with_whom" in values:
            values["with_whom"], values["contact"] = self._companions.named(values["with_whom"])
        number = await super().write(values, version)
        if also := told(self.case, await self.case.store.ask(clashes.of_one, number)):
            self.say_below(_("Saved.") + " " + also, warn=True)
        return number


class AttendForm(RecordForm):
    """A new entry about one appointment; the result is the entry's id."""

    HELP: ClassVar[str] = N_(
        "What happened at the appointment. What was agreed is filled in. Saving records it in the timeline, where it "
        "counts as contact, and notes the appointment as attended, in one step that one undo takes back. Where it is "
        "noted as attended already, what you write stands in the entry that is there."
    )

    SHARES: ClassVar[bool] = False

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "attend",
            N_("Attended"),
            lambda case, whom, kept: AttendForm(case, whom.participant, kept.subject),
            whose(lambda reading, number: appointments.one(reading, number).participant),
        ),
    )

    def __init__(self, case: Case, participant: int, appointment: int) -> None:
        super().__init__(case, participant, title=_("Record the appointment"))
        self.form_name = "attend"
        self.subject = appointment
        self.appointment = appointment
        self._chosen = True
        self._agreed: Agreed | None = None

    async def load(self) -> Mapping[str, str]:
        found, self.entry = await self.case.store.ask(
            lambda reading: (
                appointments.one(reading, self.appointment),
                appointments.entry_of(reading, self.appointment),
            )
        )
        self._agreed = found
        texts = await super().load()
        if self.entry is not None:
            # What was agreed stands there already: only what happened is left to say.
            said = texts["text"]
            return {**texts, "text": f"{said}: "} if said and said == found.title else texts
        kind = self.case.programme.kind(appointments.kind_of(self.case.programme, found.title))
        return {
            "kind": kind.id,
            "at": format_moment(self.case.clock.local(min(found.at, self.case.clock.seconds()))),
            "outcome": "reached" if kind.contact else "",
            "minutes": self.suggested_minutes(kind, ""),
            "text": f"{found.title}: " if found.title else "",
            "with_whom": found.with_whom,
            "place": found.place,
        }

    def suggested_minutes(self, kind: EntryKind, outcome: str) -> str:
        """As long as was agreed."""
        agreed = self._agreed.minutes if self._agreed is not None else None
        return super().suggested_minutes(kind if agreed is None else replace(kind, minutes=agreed), outcome)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store, found = self.case.store, self._agreed
        if self.entry is not None:
            await store.change(timeline.correct, self.entry, version or 0, values)
            return self.entry
        if found is not None and found.state == appointments.PLANNED:
            return await store.change(appointments.attend, found.id, found.version, values)
        return await store.change(timeline.record, self.participant, values, f"appointment:{self.appointment}")
