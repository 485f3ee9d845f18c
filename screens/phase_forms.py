"""Two small forms: beginning a phase, with what ends that day, and ending one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models import participants, phases
from models.participants import ParticipantFile
from models.phases import PhaseSpan
from screens.case import Case
from screens.form import FormScreen
from screens.widgets.form_choice import ChoiceField, Option
from screens.widgets.form_fields import About, DateField, FormField
from screens.widgets.form_text import TextBox
from screens.widgets.line import HEADING, Piece

BEFORE_RELEASE: Final = 3
AFTER_RELEASE: Final = 4
REASON_LIMIT: Final = 2_000
DAY_HINT: Final = N_("As in 22.11, today, yesterday or Monday; not in the future.")


def leading(spans: Sequence[PhaseSpan]) -> PhaseSpan | None:
    """The open period that began last: the one the board shows the participant in."""
    still = [span for span in spans if span.ended is None]
    return max(still, key=lambda span: (span.began, span.phase)) if still else None


class BeginPhaseForm(FormScreen):
    """Begins a phase; the result is the period's id. What ends the same day is chosen with it."""

    HELP: ClassVar[str] = N_(
        "Begins a phase. Phases may overlap, so choose which of those that last end on the same day. From before "
        "release to after release it is the day the person left prison."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = "phase"
        self._file: ParticipantFile | None = None

    def fields(self) -> list[FormField]:
        numbers = [
            Option(str(phase.number), f"{phase.number} {phase.name}", str(phase.number))
            for phase in self.case.programme.phases
        ]
        return [
            ChoiceField(About("phase", _("Phase"), _("Its number, or ← →.")), numbers, empty=False),
            DateField(About("began", _("Begins"), _(DAY_HINT)), self.case.clock, "past"),
            ChoiceField(About("ending", _("Ends the same day"), _("← → or Space: what ends when this begins."))),
            TextBox(About("reason", _("Reason"), _("Why now; kept with the phase.")), limit=REASON_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(participants.file_of, self.subject)
        spans = [span for span in self._file.phases if span.ended is None]
        name = self.case.programme.phase
        options = [Option(str(span.phase), f"{span.phase} {name(span.phase).name}") for span in spans]
        if len(spans) > 1:
            together = ",".join(str(span.phase) for span in spans)
            options.append(Option(together, _("all of them ({numbers})").format(numbers=together)))
        ending = self.field("ending")
        assert isinstance(ending, ChoiceField)
        ending.offer(options)
        last = leading(self._file.phases)
        open_numbers = {span.phase for span in spans}
        wanted = [phase.number for phase in self.case.programme.phases if phase.number not in open_numbers]
        following = [number for number in wanted if last is None or number > last.phase]
        return {
            "phase": str((following or wanted or [self.case.programme.phases[0].number])[0]),
            "began": format_date(self.case.today),
            "ending": str(last.phase) if last else "",
        }

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        return [(_("Begin a phase · {who}").format(who=self.case.called(self._file.code, self._file.name)), HEADING)]

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        """What the guide would have otherwise: from 3 to 4 there is no overlap, and the day is the day of release."""
        if self._file is None or self.field("phase").written != str(AFTER_RELEASE):
            return ()
        found = []
        lasting = {span.phase for span in self._file.phases if span.ended is None}
        ending = self.field("ending").written.split(",")
        if BEFORE_RELEASE in lasting and str(BEFORE_RELEASE) not in ending:
            name = self.case.programme.phase(BEFORE_RELEASE).name
            found.append(_("{phase} ends on the day of release; it would go on beside this.").format(phase=name))
        day, release = self._day(), self._file.values["release_date"]
        if day and release and day != release:
            found.append(_("The release date in the record is {date}.").format(date=format_date(release)))
        return found

    def _day(self) -> date | None:
        try:
            day: date | None = self.field("began").read()
        except ExinError:
            return None
        return day

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        ending = tuple(int(number) for number in str(values["ending"]).split(",") if number)
        return await self.case.store.change(
            phases.begin,
            self.subject,
            int(values["phase"]),
            values["began"] or self.case.today,
            ending=ending,
            reason=values["reason"],
        )


class EndPhaseForm(FormScreen):
    """Ends one phase period; the result is its id."""

    HELP: ClassVar[str] = N_("Ends a phase. Others that last go on as they are.")

    def __init__(self, case: Case, participant: int, span: PhaseSpan) -> None:
        super().__init__(case, participant)
        self.form_name = "phase_end"
        self.span = span

    def fields(self) -> list[FormField]:
        return [DateField(About("ended", _("Ends"), _(DAY_HINT)), self.case.clock, "past")]

    async def load(self) -> Mapping[str, str]:
        return {"ended": format_date(self.case.today)}

    def heading(self) -> list[Piece]:
        phase = self.case.programme.phase(self.span.phase)
        text = _("End {phase}, which began {date}").format(phase=phase.name, date=format_date(self.span.began))
        return [(text, HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        day = values["ended"] or self.case.today
        await self.case.store.change(phases.end, self.span.id, version or self.span.version, day)
        return self.span.id
