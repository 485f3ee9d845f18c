"""Recording what happened at an appointment, with what was agreed filled in; saving notes it as attended too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.dates import format_moment
from config.words import N_, _
from models import timeline
from models.plans import appointments
from models.plans.appointments import PLANNED, Agreed
from screens.forms.draft_keeper import DraftKind, whose
from screens.frame.case import Case
from screens.participant.record_form import RecordForm

MEETING: str = "meeting"


class AttendForm(RecordForm):
    """A new entry about one appointment; the result is the entry's id."""

    HELP: ClassVar[str] = N_(
        "What happened at the appointment. What was agreed is filled in. Saving records it in the timeline and notes "
        "the appointment as attended, in one step that one undo takes back."
    )

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
        await super().load()
        found = self._agreed = await self.case.store.ask(appointments.one, self.appointment)
        kinds = [kind for kind in self.case.programme.kinds if not kind.system]
        kind = next((one for one in kinds if one.group == MEETING), kinds[0])
        minutes = kind.minutes if found.minutes is None else found.minutes
        return {
            "kind": kind.id,
            "at": format_moment(self.case.clock.local(found.at)),
            "outcome": "reached" if kind.contact else "",
            "minutes": str(minutes or ""),
            "text": f"{found.title}: " if found.title else "",
            "with_whom": found.with_whom,
            "place": found.place,
        }

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store, found = self.case.store, self._agreed
        if found is not None and found.state == PLANNED:
            entry = await store.change(appointments.attend, found.id, found.version, values)
            return entry or 0
        return await store.change(timeline.record, self.participant, values)
