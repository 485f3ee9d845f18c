"""Two small forms: beginning a phase, with what ends that day, and ending one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.phases import phases
from models.phases import release as releases
from models.phases.numbers import AFTER_RELEASE
from models.phases.phases import PhaseError, PhaseSpan
from models.storage.drafts import KeptForm
from screens.forms.body import FormLines
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind, Whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField
from screens.forms.release_fields import RELEASE, release_advice, release_fields, release_known, release_of
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.widgets.line import HEADING, Piece

REASON_LIMIT: Final = 2_000
WARNING_LINES: Final = 6
DAY_HINT: Final = N_("As in 22.11, today, yesterday or Monday; not in the future.")


SPAN: Final = "_span"
"""Under this an unfinished form remembers which period it would have ended."""


def leading(spans: Sequence[PhaseSpan]) -> PhaseSpan | None:
    """The open period that began last: the one the board shows the participant in."""
    still = [span for span in spans if span.ended is None]
    return max(still, key=lambda span: (span.began, span.phase)) if still else None


class BeginPhaseForm(FormScreen):
    """Begins a phase; the result is the period's id. What ends the same day is chosen with it."""

    HELP: ClassVar[str] = N_(
        "Begins a phase. Phases may overlap, so choose which of those that last end on the same day. From before "
        "release to after release it is the day the person left prison: every phase of before it ends, and the record "
        "says that the person is out."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("phase", N_("Begin a phase"), lambda case, whom, kept: BeginPhaseForm(case, whom.participant)),
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
            *release_fields(self.case),
            TextBox(About("reason", _("Reason"), _("Why now; kept with the phase.")), limit=REASON_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(participants.file_of, self.subject)
        self.query_one("#form-warnings", FormLines).allow(WARNING_LINES)
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
            **release_known(self._file.values),
        }

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        return [(_("Begin a phase · {who}").format(who=self.case.called(self._file.code, self._file.name)), HEADING)]

    def settle(self) -> None:
        self._ask_for_release()

    def changed(self, field: FormField) -> None:
        self._ask_for_release()
        self.draw_warnings()

    def _ask_for_release(self) -> None:
        """Only a move out of prison asks how, and where to."""
        for key in RELEASE:
            self.field(key).display = bool(self._left_behind())

    def _left_behind(self) -> tuple[int, ...]:
        """The phases of before the release, which end when this one begins, whatever else is chosen."""
        if self._file is None or not self.field("phase").written:
            return ()
        lasting = (span.phase for span in self._file.phases if span.ended is None)
        return releases.ended_by(int(self.field("phase").written), lasting)

    def warnings(self) -> Sequence[str]:
        """What follows a release: nothing of before it goes on, and the record gets its day."""
        left = self._left_behind()
        if self._file is None or not left:
            return ()
        found = []
        named = self.field("ending").written.split(",")
        if more := [number for number in left if str(number) not in named]:
            names = ", ".join(f"{number} {self.case.programme.phase(number).name}" for number in more)
            found.append(_("Ends on the day of release too: {phases}.").format(phases=names))
        if (day := self._day()) is not None and int(self.field("phase").written) == AFTER_RELEASE:
            found += release_advice(day, self._file.values["release_date"])
        return found

    def _day(self) -> date | None:
        try:
            day: date | None = self.field("began").read()
        except ExinError:
            return None
        return day

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        ending = tuple(int(number) for number in str(values["ending"]).split(",") if number)
        release = release_of(values) if self._left_behind() else None
        return await self.case.store.change(
            phases.begin,
            self.subject,
            int(values["phase"]),
            values["began"] or self.case.today,
            ending=ending,
            reason=values["reason"],
            release=release,
        )


async def _end_again(case: Case, whom: Whose, kept: KeptForm) -> EndPhaseForm:
    """For the period it was begun for; where that was not remembered, for the one the board shows."""
    spans = (await case.store.ask(participants.file_of, whom.participant)).phases
    span = next((one for one in spans if str(one.id) == kept.fields.get(SPAN)), None) or leading(spans)
    if span is None:
        raise PhaseError(_("No phase lasts that could be ended."))
    return EndPhaseForm(case, whom.participant, span)


class EndPhaseForm(FormScreen):
    """Ends one phase period; the result is its id."""

    HELP: ClassVar[str] = N_("Ends a phase. Others that last go on as they are.")

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (DraftKind("phase_end", N_("End a phase"), _end_again),)

    def __init__(self, case: Case, participant: int, span: PhaseSpan) -> None:
        super().__init__(case, participant)
        self.form_name = "phase_end"
        self.span = span

    def kept_fields(self) -> dict[str, str]:
        """With which period it is, since several may last."""
        return {**super().kept_fields(), SPAN: str(self.span.id)}

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
