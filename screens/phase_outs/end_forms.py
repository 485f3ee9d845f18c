"""The forms at the ends of a phase-out: beginning it, closing it, and coming back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phase_outs.file import PhaseOutFile
from models.phase_outs.phase_outs import SUMMARY_LIMIT, TEXT_LIMIT
from models.phase_outs.record import PhaseOutError
from models.phases import phases
from models.phases.numbers import PHASE_OUT
from models.phases.phases import PhaseSpan
from models.storage.reading import Reading
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind
from screens.forms.line_fields import DateField, FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.phase_outs.step_forms import DAY_HINT, PhaseOutForm, about
from screens.widgets.line import DIM, HEADING, PLAIN, WARN, Piece


class BeginPhaseOutForm(PhaseOutForm):
    """Begins a phase-out; the result is its id."""

    TITLE_WORDS = N_("Begin phase-out")
    HELP: ClassVar[str] = N_(
        "Begins a phase-out. Every other phase ends on the same day. Whoever is around the participant, or holds a "
        "consent, is listed to be told. The reason decides which steps follow."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out",
            N_("Begin phase-out"),
            lambda case, whom, kept: BeginPhaseOutForm(
                case, whom.participant, kept.fields.get("reason") or case.programme.method.endings[0].id
            ),
        ),
    )

    def __init__(self, case: Case, participant: int, reason: str) -> None:
        super().__init__(case, participant, "phase_out")
        self._reason = reason
        self._advice: Mapping[str, tuple[str, ...]] = {}

    def fields(self) -> list[FormField]:
        endings = [Option(each.id, str(each.name)) for each in self.case.programme.method.endings]
        return [
            ChoiceField(about("reason", _("← → or the first letter.")), endings, empty=False),
            DateField(about("began", _(DAY_HINT)), self.case.clock, "past"),
            TextBox(about("words", _("In a few words; kept with the phase.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self.file, self._advice = await self.case.store.ask(_advised, self.participant)
        return {"reason": self._reason, "began": format_date(self.case.today)}

    def kept_fields(self) -> dict[str, str]:
        """The reason is kept with the rest, since the form may be opened again from another one."""
        return {"reason": self.field("reason").kept, **super().kept_fields()}

    def heading(self) -> list[Piece]:
        pieces = super().heading()
        if self.file is not None:
            ending = phase_out_file.ending(self.case.programme, self.field("reason").written)
            pieces += [
                (_("Partners are told: {words}").format(words=ending.tell), DIM),
                (_("Participant: {words}").format(words=ending.participant), DIM),
            ]
        return pieces

    def changed(self, field: FormField) -> None:
        if field.about.key == "reason":
            self.draw()

    def warnings(self) -> Sequence[str]:
        return self._advice.get(self.field("reason").written, ())

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        change = self.case.store.change
        return await change(phase_outs.begin, self.participant, values["reason"], values["began"], values["words"])


class ClosePhaseOutForm(PhaseOutForm):
    """Closes a phase-out; the result is its id."""

    TITLE_WORDS = N_("Close the phase-out")
    HELP: ClassVar[str] = N_(
        "Closes a phase-out with a summary that stands in the participant's file. What is left is named, and a reason "
        "is kept why it is closed all the same. Nothing is removed."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_close", N_("Phase-out"), lambda case, whom, kept: ClosePhaseOutForm(case, whom.participant)
        ),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant, "phase_out_close")

    def fields(self) -> list[FormField]:
        return [
            DateField(about("closed", _(DAY_HINT)), self.case.clock, "past"),
            TextBox(about("summary", _("How it went, and how to make contact again.")), limit=SUMMARY_LIMIT),
            TextBox(about("closed_reason", _("Why it is closed though something is left.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        if not phase_out_file.ending(self.case.programme, self.line.reason).comes_back:
            self.field("summary").about = about("summary", _("How it went."))
        self.field("closed_reason").display = bool(self.left)
        return {"closed": format_date(self.case.today)}

    def first_field(self) -> FormField:
        """The summary, since the day is filled in."""
        return self.field("summary")

    def heading(self) -> list[Piece]:
        if self.file is None:
            return []
        pieces = super().heading()
        if self.left:
            pieces.append((_("Left: {left}").format(left=" ".join(self.left)), WARN))
        return pieces

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        known, why = self.known_version(version), values.get("closed_reason") or ""
        change = self.case.store.change
        await change(phase_outs.close, self.line.id, known, values["summary"], why, day=values["closed"])
        return self.line.id


class ReturnForm(PhaseOutForm):
    """Notes that somebody has come back; the result is the participant's id."""

    TITLE_WORDS = N_("Back in the programme")
    HELP: ClassVar[str] = N_(
        "Takes the participant up again with everything as it was. Choose the phase that fits now, and write what has "
        "changed since."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("phase_out_return", N_("Came back"), lambda case, whom, kept: ReturnForm(case, whom.participant)),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant, "phase_out_return")
        self._spans: tuple[PhaseSpan, ...] = ()

    def fields(self) -> list[FormField]:
        numbers = [
            Option(str(phase.number), f"{phase.number} {phase.name}", str(phase.number))
            for phase in self.case.programme.phases
            if phase.number != PHASE_OUT
        ]
        return [
            DateField(about("returned", _(DAY_HINT)), self.case.clock, "past"),
            ChoiceField(about("phase", _("The one that fits now: its number, or ← →.")), numbers, empty=False),
            TextBox(about("return_note", _("What is different from when they left.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        found, self._spans = await self.case.store.ask(_left_from, self.participant)
        self.file = found
        if found.current is None and not found.phased_out:
            raise PhaseOutError(_("The participant is not phased out."))
        before = [span for span in self._spans if span.phase != PHASE_OUT]
        last = max(before, key=lambda span: (span.ended or date.max, span.phase), default=None)
        return {
            "returned": format_date(self.case.today),
            "phase": str(last.phase if last else self.case.programme.phases[0].number),
        }

    def heading(self) -> list[Piece]:
        pieces = super().heading()
        if self.file is not None and self.file.current is not None:
            line = self.file.current
            if self._mistaken:
                pieces = [(_("Noted by mistake · {who}").format(who=self.case.called(self.file.code, self.file.name)),
                           HEADING)]  # fmt: skip
            name = phase_out_file.ending(self.case.programme, line.reason).name
            told = _("Left: {reason}, {date}").format(reason=name, date=format_date(line.closed or line.began))
            pieces += [(told, PLAIN), *([(line.summary, DIM)] if line.summary else [])]
        return pieces

    @property
    def _mistaken(self) -> bool:
        """Whether there is no way back from the reason, so that it can only have been noted by mistake."""
        line = self.file.current if self.file is not None else None
        return line is not None and not phase_out_file.ending(self.case.programme, line.reason).comes_back

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        if self.file is None or self.field("return_note").written.strip():
            return ()
        if self._mistaken:
            return [_("Nobody comes back from this; say in the note how it came to be noted.")]
        return [_("A note of what changed helps whoever follows the participant now.")]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        assert self.file is not None
        change, about = self.case.store.change, (values["returned"], int(values["phase"]), values["return_note"])
        if self.file.current is None:
            await change(phase_outs.take_up, self.participant, *about)
        else:
            await change(phase_outs.come_back, self.file.current.id, self.known_version(version), *about)
        return self.participant


def _advised(reading: Reading, participant: int) -> tuple[PhaseOutFile, Mapping[str, tuple[str, ...]]]:
    found = {each.id: phase_out_file.advice(reading, participant, each.id) for each in reading.programme.method.endings}
    return phase_out_file.file_of(reading, participant), found


def _left_from(reading: Reading, participant: int) -> tuple[PhaseOutFile, tuple[PhaseSpan, ...]]:
    return phase_out_file.file_of(reading, participant), phases.of(reading, participant)
