"""The forms of a phase-out: beginning it, its steps, closing it, and coming back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from config.dates import format_date
from config.programme.method.endings import Ending
from config.words import N_, _
from models.consents.answer import Answer, GivenConsent, held, judge
from models.consents.disclosures import GROUND_LIMIT, OTHER
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phase_outs.file import PhaseOutFile, PhaseOutLine, ToldLine
from models.phase_outs.phase_outs import LABELS, SUMMARY_LIMIT, TEXT_LIMIT, PhaseOutError
from models.phases.numbers import PHASE_OUT
from screens.consents.history import EndConsentsScreen
from screens.forms.choice_field import ChoiceField, grounds
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.phase_outs.list import whom_parts
from screens.phases.fields import DAY_HINT, PhaseField
from screens.widgets.line import DIM, GOOD, HEADING, PLAIN, WARN, Piece


class PhaseOutForm(FormScreen, abstract=True):
    """What the forms about one participant's phase-out have alike; each is kept under one name."""

    TITLE_WORDS: ClassVar[str] = ""
    """What stands above it, where that is not what its unfinished form is called."""

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = self.DRAFTS[0].name
        self.participant = participant
        self.file: PhaseOutFile | None = None

    async def read_known(self) -> None:
        """Read the phase-out; raises where it is gone meanwhile."""
        self.file = await self.case.store.ask(phase_out_file.file_of, self.participant)
        if self.file.current is None:
            raise PhaseOutError(_("There is no phase-out here any more; somebody has taken it back or noted a return."))

    @property
    def line(self) -> PhaseOutLine:
        """The phase-out, after `read_known`."""
        assert self.file is not None
        assert self.file.current is not None
        return self.file.current

    @property
    def ending(self) -> Ending:
        """The reason the participant leaves for."""
        return phase_out_file.ending(self.case.programme, self.line.reason)

    def heading(self) -> list[Piece]:
        if self.file is None:
            return []
        who = self.case.called(self.file.code, self.file.name)
        return [(f"{_(self.TITLE_WORDS or self.DRAFTS[0].title)} · {who}", HEADING)]

    def head_lines(self) -> list[Piece]:
        """That the form was left unfinished stands above what is said of the phase-out, which may be long."""
        lines, heading = super().head_lines(), self.heading()
        return [*heading[:1], *lines[len(heading) :], *heading[1:]]

    def labels(self) -> Mapping[str, str]:
        """Also of what other forms about the same phase-out change."""
        return {**{key: _(label) for key, label in LABELS.items()}, **super().labels()}

    async def save(self, change: Callable[..., Any], version: int | None, *values: Any, **named: Any) -> int:
        """Save against the version that was seen, or of two that met the chosen one; answers the phase-out's id."""
        known = version if version is not None else self.line.version
        await self.case.store.change(change, self.line.id, known, *values, **named)
        return self.line.id


class BeginPhaseOutForm(PhaseOutForm):
    """Begins a phase-out; the result is its id."""

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
        super().__init__(case, participant)
        self._reason = reason

    def fields(self) -> list[FormField]:
        endings = named(self.case.programme.method.endings)
        return [
            ChoiceField(about("reason", _("← → or the first letter.")), endings, empty=False),
            DateField(about("began", _(DAY_HINT)), self.case.clock, "past"),
            TextBox(about("words", _("In a few words; kept with the phase.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self.file = await self.case.store.ask(phase_out_file.file_of, self.participant)
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
        if self.file is None:
            return ()
        return phase_out_file.advice(self.case.programme, self.file, self.field("reason").written)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        change = self.case.store.change
        return await change(phase_outs.begin, self.participant, values["reason"], values["began"], values["words"])


class ToldForm(PhaseOutForm):
    """Notes that a partner was told, on which ground where no consent covers it; the result is the line's id."""

    HELP: ClassVar[str] = N_(
        "Notes that a partner was told, when and how. It is recorded as shared, too; where no consent covers it, the "
        "ground it rests on is asked for."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_told",
            N_("Tell a partner"),
            lambda case, whom, kept: ToldForm(case, whom.participant, kept.subject),
            whose(phase_out_file.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, told: int) -> None:
        super().__init__(case, participant)
        self.subject = self.told = told
        self._one: ToldLine | None = None
        self._consents: tuple[GivenConsent, ...] = ()

    def fields(self) -> list[FormField]:
        return [
            DateField(about("told", _(DAY_HINT)), self.case.clock, "past"),
            LineField(about("how", _("By phone, in a meeting, by letter."))),
            ChoiceField(
                about("ground", _("← → or the first letter; the last one asks for words of your own.")),
                grounds(self.case.programme, self.case.today),
            ),
            LineField(about("own_words", _("Which ground it rests on, in a few words.")), limit=GROUND_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        self._one, self._consents = await self.case.store.ask(
            lambda reading: (phase_out_file.told_of(reading, self.told), held(reading, self.participant))
        )
        return {"told": format_date(self.case.today)}

    def answer(self) -> Answer:
        """Whether a consent covers telling them on the day in the form."""
        one = self._one
        assert one is not None
        return judge(
            self._consents, one.agency, one.role, one.person, on=self.day("told") or self.case.today,
            warning_days=self.case.programme.limits.consent_warning_days, contact=one.contact,
        )  # fmt: skip

    def heading(self) -> list[Piece]:
        if self._one is None:
            return []
        found = self.answer()
        state = _("Covered: {reason}") if found.knows else _("NOT covered: {reason}")
        return [
            *super().heading(),
            (", ".join(whom_parts(self.case, self._one)), PLAIN),
            (_("Say: {words}").format(words=self.ending.tell), PLAIN),
            (state.format(reason=found.reason), GOOD if found.knows else WARN),
        ]

    def settle(self) -> None:
        if self._one is None:
            return
        ground, words = self.field("ground"), self.field("own_words")
        asked = not self.answer().knows
        own = asked and ground.written == OTHER
        if (ground.display, words.display) != (asked, own):
            ground.display, words.display = asked, own
            # The labels are drawn by the form, which knows the fields' lines once they are laid out.
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
        if field.about.key == "told":
            day = self.day("told") or self.case.today
            self.query_one("#field-ground", ChoiceField).offer(grounds(self.case.programme, day))
        if field.about.key in ("told", "ground"):
            self.settle()
            self.draw()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        known = version if version is not None else self._one.version if self._one else 0
        await self.case.store.change(
            phase_outs.tell, self.told, values["told"], values["how"], known,
            ground=values.get("ground") or "", own_words=values.get("own_words") or "",
        )  # fmt: skip
        return self.told


class ClosingTalkForm(PhaseOutForm):
    """Notes the closing talk; the result is the phase-out's id."""

    HELP: ClassVar[str] = N_("Notes that the closing talk was held. What is written is recorded as a talk.")

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_talk", N_("Closing talk"), lambda case, whom, kept: ClosingTalkForm(case, whom.participant)
        ),
    )

    def fields(self) -> list[FormField]:
        hint = _("Recorded as a talk in the timeline; leave it empty if it stands there already.")
        return [DateField(about("closing_talk", _(DAY_HINT)), self.case.clock, "past"), TextBox(about("text", hint))]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        return {"closing_talk": format_date(self.line.closing_talk or self.case.today)}

    def heading(self) -> list[Piece]:
        pieces = super().heading()
        return [*pieces, (str(self.ending.participant), DIM)] if pieces else []

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.save(phase_outs.talk, version, values["closing_talk"], values["text"])


class LastMessageForm(PhaseOutForm):
    """Notes the last message; the result is the phase-out's id."""

    HELP: ClassVar[str] = N_(
        "Notes that the participant was told by message that the follow-up ends, and that one may always come back."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_message", N_("Last message"), lambda case, whom, kept: LastMessageForm(case, whom.participant)
        ),
    )

    def fields(self) -> list[FormField]:
        return [
            DateField(about("last_message", _(DAY_HINT)), self.case.clock, "past"),
            LineField(about("message_how", _("By text message, letter, through somebody."))),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        return {
            "last_message": format_date(self.line.last_message or self.case.today),
            "message_how": self.line.message_how,
        }

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.save(phase_outs.message, version, values["last_message"], values["message_how"])


class EndConsentsStep(EndConsentsScreen):
    """As from the consents, noted as a step of the phase-out."""

    def __init__(self, case: Case, participant: int, line: PhaseOutLine) -> None:
        super().__init__(case, participant)
        self._line = line

    async def action_confirm(self) -> None:
        """End all consents today."""
        await self.case.store.change(phase_outs.end_consents, self._line.id, self._line.version)
        self.dismiss(True)


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

    def fields(self) -> list[FormField]:
        return [
            DateField(about("closed", _(DAY_HINT)), self.case.clock, "past"),
            TextBox(about("summary", _("How it went, and how to make contact again.")), limit=SUMMARY_LIMIT),
            TextBox(about("closed_reason", _("Why it is closed though something is left.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        if not self.ending.comes_back:
            self.field("summary").about = about("summary", _("How it went."))
        self.field("closed_reason").display = bool(self.left)
        return {"closed": format_date(self.case.today)}

    @property
    def left(self) -> tuple[str, ...]:
        """What is left of the reason's steps."""
        return phase_out_file.lacking(self.case.programme, self.file) if self.file is not None else ()

    def first_field(self) -> FormField:
        """The summary, since the day is filled in."""
        return self.field("summary")

    def heading(self) -> list[Piece]:
        left = [(_("Left: {left}").format(left=" ".join(self.left)), WARN)] if self.left else []
        return [*super().heading(), *left]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        why = values.get("closed_reason") or ""
        return await self.save(phase_outs.close, version, values["summary"], why, day=values["closed"])


class ReturnForm(PhaseOutForm):
    """Notes that somebody has come back; the result is the participant's id."""

    TITLE_WORDS = N_("Back in EX/IN")
    HELP: ClassVar[str] = N_(
        "Takes the participant up again with everything as it was. Choose the phase that fits now, and write what has "
        "changed since."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("phase_out_return", N_("Came back"), lambda case, whom, kept: ReturnForm(case, whom.participant)),
    )

    def fields(self) -> list[FormField]:
        phases = [phase for phase in self.case.programme.phases if phase.number != PHASE_OUT]
        return [
            DateField(about("returned", _(DAY_HINT)), self.case.clock, "past"),
            PhaseField(about("phase", _("The one that fits now: type its number or use ← →.")), phases),
            TextBox(about("return_note", _("What is different from when they left.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self.file = found = await self.case.store.ask(phase_out_file.file_of, self.participant)
        if found.current is None and not found.phased_out:
            raise PhaseOutError(_("The participant is not phased out."))
        before = [span for span in found.phases if span.phase != PHASE_OUT]
        last = max(before, key=lambda span: (span.ended or date.max, span.phase), default=None)
        return {
            "returned": format_date(self.case.today),
            "phase": str(last.phase if last else self.case.programme.phases[0].number),
        }

    def heading(self) -> list[Piece]:
        pieces = super().heading()
        if self.file is None or self.file.current is None:
            return pieces
        line = self.file.current
        if self._mistaken:
            who = self.case.called(self.file.code, self.file.name)
            pieces = [(_("Noted by mistake · {who}").format(who=who), HEADING)]
        day = format_date(line.closed or line.began)
        told = _("Left: {reason}, {date}").format(reason=self.ending.name, date=day)
        return [
            *pieces,
            (told, PLAIN),
            *([(self.case.said(line.summary, self.file.code, self.file.name), DIM)] if line.summary else []),
        ]

    @property
    def _mistaken(self) -> bool:
        """Whether there is no way back from the reason, so that it can only have been noted by mistake."""
        return self.file is not None and self.file.current is not None and not self.ending.comes_back

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
        back = values["returned"], values["phase"], values["return_note"]
        if self.file.current is None:
            await self.case.store.change(phase_outs.take_up, self.participant, *back)
        else:
            await self.save(phase_outs.come_back, version, *back)
        return self.participant


def about(key: str, hint: str = "") -> About:
    """What a field of a phase-out is, called as the rules call it."""
    return About(key, _(LABELS[key]), hint)
