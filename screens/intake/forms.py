"""Two forms of the intake: a talk that was held, and the decision of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.intake import intake_talks, intakes
from models.intake import reading as intake_reading
from models.intake.intake_talks import LABELS, NOTE_LIMIT
from models.intake.reading import ENDED, ENROLLED, OUTCOMES, IntakeFile, TalkLine
from models.phases.numbers import INTAKE, PHASE_OUT
from models.storage.reading import Reading
from screens.forms.body import FormLines
from screens.forms.choice_field import ChoiceField, TicksField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.widgets.line import DIM, HEADING, Piece

DAY_HINT: Final = N_("E.g. 22.11, today, yesterday or Monday; not in the future.")
WARNING_LINES: Final = 7


class TalkForm(ReadableForm):
    """Records one of the talks, or corrects the one with the row `talk`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "One of the talks of the intake. Tick what was covered, and in the information talk what was said of the "
        "premises: they are ticked when they have been said, not before. The talk stands in the timeline too and "
        "counts as contact. The order is advice: a talk that comes first and is not held yet asks for a reason."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("intake_talk", N_("Intake talk"), lambda case, whom, kept: TalkForm(case, whom.participant)),
        DraftKind(
            "intake_talk_change",
            N_("Intake talk"),
            lambda case, whom, kept: TalkForm(case, whom.participant, kept.subject),
            whose(intake_reading.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, talk: int | None = None, *, chosen: str = "") -> None:
        super().__init__(case, talk or participant)
        self.form_name = "intake_talk_change" if talk else "intake_talk"
        self.participant, self.number, self.chosen = participant, talk, chosen
        self._file: IntakeFile | None = None

    def fields(self) -> list[FormField]:
        method = self.case.programme.method.intake
        talks = named(method.talks)
        which = [] if self.number else [ChoiceField(About("talk", _("Talk"), _("← → or Space.")), talks, empty=False)]
        return [
            *which,
            DateField(About("held", _(LABELS["held"]), _(DAY_HINT)), self.case.clock, "past"),
            LineField(About("who", _(LABELS["who"]), _("Everybody who took part."), personal=True)),
            TicksField(About("covered", _("Covered"), _("What was talked of: ↑ ↓ and Space; Tab goes on."))),
            TicksField(
                About("said", _("Was said"), _("Tick only what was said in this talk: ↑ ↓ and Space; Tab goes on.")),
                named(method.premises),
            ),
            TextBox(About("note", _(LABELS["note"]), _("What should be remembered of it.")), limit=NOTE_LIMIT),
            TextBox(About("reason", _(LABELS["reason"]), _("Why it is held out of order; kept with the talk.")),
                    limit=NOTE_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(intake_reading.file_of, self.participant)
        line = self._line()
        if line is None:
            upcoming = self._file.next_talk
            chosen = self.chosen or (upcoming.talk.id if upcoming else self._file.talks[-1].talk.id)
            return {"talk": chosen, "held": format_date(self.case.today), "who": self.case.store.actor.name}
        self.version = line.version
        return self.texts_of(line)

    def _line(self) -> TalkLine | None:
        """The talk that is corrected."""
        return next((line for line in self._file.talks if line.id == self.number), None) if self._file else None

    def _talk(self) -> str:
        """The id of the talk the form is about."""
        line = self._line()
        return line.talk.id if line is not None else self.field("talk").written

    def first_field(self) -> FormField:
        """A talk that was chosen on the way here is not chosen again."""
        return self.field("held") if self.number is None else self.field("note")

    def put_all(self, texts: Mapping[str, str]) -> None:
        """What can be ticked depends on the talk, so that comes first."""
        if "talk" in texts:
            self.field("talk").put(texts["talk"])
        self._offer_topics()
        super().put_all(texts)

    def _offer_topics(self) -> None:
        talk = self.case.programme.method.intake.talk(self._talk())
        covered, said = self.field("covered"), self.field("said")
        assert isinstance(covered, TicksField)
        covered.offer(named(talk.topics) if talk else [])
        covered.display = bool(covered.options)
        said.display = bool(talk and talk.premises) or bool(said.written)

    def kept_fields(self) -> dict[str, str]:
        """What is ticked means nothing without the talk, so that is remembered with it."""
        kept = super().kept_fields()
        return kept if self.number else {**kept, "talk": self._talk()}

    def settle(self) -> None:
        self._offer_topics()
        reason = self.field("reason")
        reason.display = bool(self.warnings()) or bool(reason.written)

    def changed(self, field: FormField) -> None:
        if field.about.key in ("talk", "held"):
            self.settle()
            self.draw()

    def warnings(self) -> Sequence[str]:
        """Which talks should have come before."""
        if self._file is None:
            return ()
        try:
            day: date | None = self.field("held").read()
        except ExinError:
            return ()
        return intake_reading.talk_warnings(self._file, self._talk(), day or self.case.today)

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.person.code, self._file.person.name)
        line = self._line()
        title = _("Talk · {who}").format(who=who) if line is None else f"{line.talk.name} · {who}"
        talk = self.case.programme.method.intake.talk(self._talk())
        return [(title, HEADING), *([(str(talk.aim), DIM)] if talk else [])]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store, talk, number = self.case.store, self._talk(), self.number
        changes = {name: value for name, value in values.items() if name != "talk"}
        if number is None and version is None:
            held = changes.pop("held", None) or self.case.today
            return await store.change(intake_talks.hold_talk, self.participant, talk, held, **changes)
        if number is None:
            # A colleague has recorded the same talk meanwhile, and the person has chosen their own.
            file = await store.ask(intake_reading.file_of, self.participant)
            number = next(line.id for line in file.talks if line.talk.id == talk)
        await store.change(intake_talks.correct_talk, number, version or 0, changes)
        return number


class DecisionForm(FormScreen):
    """Decides an intake; the result is its id."""

    HELP: ClassVar[str] = N_(
        "What both sides say, and what comes of it: enrolled into the phase that fits where the person is, or no "
        "basis, with the reason. Nobody is enrolled unless both say yes. What is missing is named above; whoever goes "
        "on in spite of it says why. The decision is the phase review of the move it makes: none is missing after it."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("intake_decision", N_("Decision"), lambda case, whom, kept: DecisionForm(case, whom.participant)),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = "intake_decision"
        self.participant = participant
        self._file: IntakeFile | None = None
        self._against: tuple[str, ...] = ()

    def fields(self) -> list[FormField]:
        sides = [Option("yes", _("yes")), Option("no", _("no"))]
        outcomes = [Option(id, _(name)) for id, name in OUTCOMES.items()]
        phases = [
            Option(str(phase.number), f"{phase.number} {phase.name}", str(phase.number))
            for phase in self.case.programme.phases
            if phase.number not in (INTAKE, PHASE_OUT)
        ]
        return [
            ChoiceField(About("ours", _(LABELS["ours"]), _("Whether the team goes on: ← → or a letter.")), sides),
            ChoiceField(
                About("theirs", _(LABELS["theirs"]), _("Whether the candidate goes on: ← → or a letter.")), sides
            ),
            ChoiceField(About("outcome", _(LABELS["outcome"]), _("What came of it: ← → or a letter.")), outcomes),
            ChoiceField(
                About("phase", _(LABELS["phase"]), _("Type its number or use ← →. Proposed is what fits where the "
                                                     "person is.")),
                phases, empty=False,
            ),
            DateField(About("decided", _(LABELS["decided"]), _(DAY_HINT)), self.case.clock, "past"),
            TextBox(About("reason", _(LABELS["reason"])), limit=NOTE_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        file, self._against = await self.case.store.ask(_before_deciding, self.subject)
        self._file = file
        self.query_one("#form-warnings", FormLines).allow(WARNING_LINES)
        fitting = intake_reading.fitting_phase(file.person, self.case.programme.limits, self.case.today)
        return {"phase": str(fitting), "decided": format_date(self.case.today)}

    def changed(self, field: FormField) -> None:
        if field.about.key in ("ours", "theirs") and not self.field("outcome").written:
            sides = {self.field("ours").written, self.field("theirs").written}
            if "no" in sides:
                self.field("outcome").put(ENDED)
            elif sides == {"yes"}:
                self.field("outcome").put(ENROLLED)
        self.settle()
        self.draw_warnings()

    def settle(self) -> None:
        """Ask only for what belongs to the outcome that is chosen."""
        self.field("phase").display = self.field("outcome").written != ENDED
        hint = (
            _("Why there is no basis, e.g. wants only Nav's services, or only parole. The candidate is told why.")
            if self.field("outcome").written == ENDED
            else _("Why you go on in spite of what is missing; else empty.")
        )
        reason = self.field("reason")
        if reason.about.hint != hint:
            reason.about = About(reason.about.key, reason.about.label, hint)

    def warnings(self) -> Sequence[str]:
        """What speaks against enrolling, by name."""
        return self._against if self.field("outcome").written != ENDED else ()

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.person.code, self._file.person.name)
        return [(_("Decision of the intake · {who}").format(who=who), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        seen = version if version is not None else self._file.version if self._file else 0
        values = {**values, "decided": values["decided"] or self.case.today}
        values["phase"] = int(values["phase"]) if values.get("phase") else None
        return await self.case.store.change(intakes.decide, self.subject, seen, **values)


def _before_deciding(reading: Reading, participant: int) -> tuple[IntakeFile, tuple[str, ...]]:
    return intake_reading.file_of(reading, participant), intake_reading.decision_warnings(reading, participant)
