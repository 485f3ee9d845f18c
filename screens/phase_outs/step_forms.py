"""What a phase-out's steps ask for: telling a partner, the end of the consents, the closing talk, the last message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.consents.answer import Answer, GivenConsent, held, judge
from models.consents.disclosures import GROUND_LIMIT, OTHER
from models.phase_outs import file as phase_out_file
from models.phase_outs import partners_told, phase_outs
from models.phase_outs.file import PhaseOutFile, PhaseOutLine
from models.phase_outs.partners_told import ToldLine
from models.phase_outs.record import LABELS, PhaseOutError
from models.storage.reading import Reading
from models.values import phone
from screens.consents.disclosure_form import grounds
from screens.consents.history import EndConsentsScreen
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, About, DateField, FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.widgets.line import DIM, GOOD, HEADING, PLAIN, WARN, Piece

DAY_HINT: Final = N_("As in 22.11, today, yesterday or Monday; not in the future.")


class PhaseOutForm(FormScreen, abstract=True):
    """What the forms about one participant's phase-out have alike; a phase-out must be there."""

    TITLE_WORDS: ClassVar[str] = N_("Phase-out")

    def __init__(self, case: Case, participant: int, form_name: str) -> None:
        super().__init__(case, participant)
        self.participant = participant
        self.form_name = form_name
        self.file: PhaseOutFile | None = None
        self.left: tuple[str, ...] = ()

    async def read_known(self) -> None:
        """Read the phase-out; raises where it is gone meanwhile."""
        found, self.left = await self.case.store.ask(_load_steps_left, self.participant)
        self.file = found
        if found.current is None:
            raise PhaseOutError(_("There is no phase-out here any more; somebody has taken it back or noted a return."))

    @property
    def line(self) -> PhaseOutLine:
        """The phase-out, after `read_known`."""
        assert self.file is not None
        assert self.file.current is not None
        return self.file.current

    def heading(self) -> list[Piece]:
        if self.file is None:
            return []
        who = self.case.called(self.file.code, self.file.name)
        return [(f"{_(self.TITLE_WORDS)} · {who}", HEADING)]

    def head_lines(self) -> list[Piece]:
        """That the form was left unfinished stands above what is said of the phase-out, which may be long."""
        lines, heading = super().head_lines(), self.heading()
        return [*heading[:1], *lines[len(heading) :], *heading[1:]]

    def labels(self) -> Mapping[str, str]:
        """Also of what other forms about the same phase-out change."""
        return {**{key: _(label) for key, label in LABELS.items()}, **super().labels()}

    def known_version(self, version: int | None) -> int:
        """The version to save against: the one that was seen, or of two that met the chosen one."""
        return version if version is not None else self.line.version

    def day(self, key: str) -> date | None:
        """The date that stands in a field, None where it is none."""
        try:
            day: date | None = self.field(key).read()
        except ExinError:
            return None
        return day


class ToldForm(PhaseOutForm):
    """Notes that a partner was told, on which ground where no consent covers it; the result is the line's id."""

    TITLE_WORDS = N_("Tell a partner")
    HELP: ClassVar[str] = N_(
        "Notes that a partner was told, when and how. It is recorded as shared, too; where no consent covers it, the "
        "ground it rests on is asked for."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_told",
            N_("Tell a partner"),
            lambda case, whom, kept: ToldForm(case, whom.participant, kept.subject),
            whose(partners_told.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, told: int) -> None:
        super().__init__(case, participant, "phase_out_told")
        self.subject = self.told = told
        self._one: ToldLine | None = None
        self._consents: tuple[GivenConsent, ...] = ()

    def fields(self) -> list[FormField]:
        return [
            DateField(about("told", _(DAY_HINT)), self.case.clock, "past"),
            LineField(about("how", _("By phone, in a meeting, by letter."))),
            ChoiceField(
                about("ground", _("← → or the first letter; the last one asks for words of your own.")),
                grounds(self.case.programme),
            ),
            LineField(about("own_words", _("Which ground it rests on, in a few words.")), limit=GROUND_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        self._one, self._consents = await self.case.store.ask(_partner, self.participant, self.told)
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
        one, ending = self._one, phase_out_file.ending(self.case.programme, self.line.reason)
        name = HIDDEN if one.person and self.case.private else one.person
        whom = [
            partners_told.whom_words(self.case.programme, one.agency, one.role),
            name,
            *(() if self.case.private else (phone.shown(one.phone), one.email)),
        ]
        found = self.answer()
        state = _("Covered: {reason}") if found.covered else _("NOT covered: {reason}")
        return [
            *super().heading(),
            (", ".join(part for part in whom if part), PLAIN),
            (_("Say: {words}").format(words=ending.tell), PLAIN),
            (state.format(reason=found.reason), GOOD if found.covered else WARN),
        ]

    def settle(self) -> None:
        if self._one is None:
            return
        ground, words = self.field("ground"), self.field("own_words")
        asked = not self.answer().covered
        own = asked and ground.written == OTHER
        if (ground.display, words.display) != (asked, own):
            ground.display, words.display = asked, own
            # The labels are drawn by the form, which knows the fields' lines once they are laid out.
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
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

    TITLE_WORDS = N_("Closing talk")
    HELP: ClassVar[str] = N_("Notes that the closing talk was held. What is written is recorded as a talk.")

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_talk", N_("Closing talk"), lambda case, whom, kept: ClosingTalkForm(case, whom.participant)
        ),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant, "phase_out_talk")

    def fields(self) -> list[FormField]:
        hint = _("Recorded as a talk in the timeline; leave it empty if it stands there already.")
        return [
            DateField(about("closing_talk", _(DAY_HINT)), self.case.clock, "past"),
            TextBox(about("text", hint)),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        return {"closing_talk": format_date(self.line.closing_talk or self.case.today)}

    def heading(self) -> list[Piece]:
        if self.file is None:
            return []
        return [
            *super().heading(),
            (str(phase_out_file.ending(self.case.programme, self.line.reason).participant), DIM),
        ]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        known, day = self.known_version(version), values["closing_talk"]
        await self.case.store.change(phase_outs.talk, self.line.id, known, day, values["text"])
        return self.line.id


class LastMessageForm(PhaseOutForm):
    """Notes the last message; the result is the phase-out's id."""

    TITLE_WORDS = N_("Last message")
    HELP: ClassVar[str] = N_(
        "Notes that the participant was told by message that the follow-up ends, and that one may always come back."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "phase_out_message", N_("Last message"), lambda case, whom, kept: LastMessageForm(case, whom.participant)
        ),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant, "phase_out_message")

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
        known, day = self.known_version(version), values["last_message"]
        await self.case.store.change(phase_outs.message, self.line.id, known, day, values["message_how"])
        return self.line.id


class EndConsentsStep(EndConsentsScreen):
    """As from the consents, noted as a step of the phase-out."""

    def __init__(self, case: Case, participant: int, line: PhaseOutLine) -> None:
        super().__init__(case, participant)
        self._line = line

    async def action_confirm(self) -> None:
        """End all consents today."""
        await self.case.store.change(phase_outs.end_consents, self._line.id, self._line.version)
        self.dismiss(True)


def about(key: str, hint: str = "") -> About:
    """What a field of a phase-out is, called as the rules call it."""
    return About(key, _(LABELS[key]), hint)


def _load_steps_left(reading: Reading, participant: int) -> tuple[PhaseOutFile, tuple[str, ...]]:
    file = phase_out_file.file_of(reading, participant)
    return file, phase_out_file.lacking(reading, file)


def _partner(reading: Reading, participant: int, told: int) -> tuple[ToldLine, tuple[GivenConsent, ...]]:
    return partners_told.told_of(reading, told), held(reading, participant)
