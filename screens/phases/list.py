"""A participant's phase periods, and the two small forms that begin one, with what ends that day, and end one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from config.dates import days_told, format_date
from config.words import N_, _, n_
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.phases import phases
from models.phases import release as releases
from models.phases.numbers import AFTER_RELEASE
from models.phases.phases import PhaseError, PhaseSpan, leading
from models.phases.release import PastRelease
from models.plans import tasks
from models.reviews import reading as review_reading
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.body import FormLines
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField
from screens.forms.release_fields import RELEASE, release_advice, release_fields, release_known, release_of
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.destinations import REVIEWS, SUGGESTED
from screens.frame.dialog import AboutParticipant
from screens.frame.route import Route
from screens.phases.fields import DAY_HINT, EndingField, PhaseField
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, flat
from screens.widgets.lines import Lines


class PhaseList(ColumnedList[PhaseSpan]):
    """One line a period, the newest first."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No phase yet."))
        self.case, self.about = case, ("", "")

    def cells(self, row: PhaseSpan, part: int) -> Sequence[Cell]:
        name = f"{row.phase} {self.case.programme.phase(row.phase).name}"
        until = format_date(row.ended) if row.ended else _("ongoing")
        days = days_told(row.days(self.case.today))
        return [
            Cell((name, BOLD if row.ended is None else PLAIN), least=16),
            Cell((f"{format_date(row.began)} – {until}", PLAIN)),
            Cell((days + " ", DIM), at_right=True),
            told(flat(self.case.said(row.reason, *self.about))),
        ]


class PhasesScreen(AboutParticipant):
    """The result is the participant when something was begun or ended here, else None."""

    moving: PhaseList
    SCOPE = "phases"
    HELP: ClassVar[str] = N_(
        "The phases of one participant, the newest first. Phases may overlap, except from before release to after "
        "release: that is the day the person leaves prison. Releases from which the person is back stand on top."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"phases.suggested": SUGGESTED, "phases.reviews": REVIEWS}

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = PhaseList(case)
        self._file: ParticipantFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="phases-head")
        yield self.moving

    async def refresh_case(self) -> None:
        file, past = await self.case.store.ask(_file_and_past, self.participant)
        self._file, self.moving.about = file, (file.code, file.name)
        spans = sorted(file.phases, key=lambda span: (span.ended is None, span.began, span.phase), reverse=True)

        await self.moving.show_rows(spans)
        who = self.case.called(file.code, file.name)
        head: list[list[Piece]] = [[(" " + _("Phases · {who}").format(who=who), HEADING)]]
        if past:
            head.append([(" " + " · ".join(_past_told(self.case, one) for one in past), DIM)])
        self.query_one("#phases-head", Lines).show(head)
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        if action_id == "phases.begin" and self._file is not None and phases.left_programme(self._file.phases):
            shown = self.case.keymap.shown
            return _(
                "Phased out: {key} on the participant and then {back} note the return, and the phase with it."
            ).format(key=shown("participant.phase_out", "participant"), back=shown("phase_out.back", "phase_out"))
        span = self.moving.row
        if action_id == "phases.end" and (span is None or span.ended is not None):
            return _("This phase has ended already.") if span else _("There is no phase to end.")
        return ""

    async def action_begin(self) -> None:
        """Begin a phase."""
        period = await self.ask(BeginPhaseForm(self.case, self.participant))
        await self._after(period)

    async def action_end(self) -> None:
        """End the phase under the mark."""
        if (span := self.moving.row) is not None:
            period = await self.ask(EndPhaseForm(self.case, self.participant, span))
            await self._after(period)

    async def _after(self, period: int | None) -> None:
        if period is None:
            return
        self._touched = True
        await self.catch_up()
        await self.mark_saved(period)
        last = leading(self._file.phases) if self._file else None
        if last is not None:
            name = self.case.programme.phase(last.phase).name
            said = _("Saved. Now: {phase}.").format(phase=name)
            lines = await self.case.store.ask(review_reading.of, self.participant)
            if any(line.owed and line.moved == last.began and line.to_phase == last.phase for line in lines):
                key = self.case.keymap.shown("phases.reviews", self.SCOPE)
                said += " " + _("A phase review is missing: {key} holds it.").format(key=key)
            offered = len(await self.case.store.ask(tasks.suggested, self.participant))
            if offered:
                key = self.case.keymap.shown("phases.suggested", self.SCOPE)
                more = n_("{key} shows {count} suggested task.", "{key} shows {count} suggested tasks.", offered)
                said = f"{said} {more.format(key=key, count=offered)}"
            self.say(said)


def _file_and_past(reading: Reading, participant: int) -> tuple[ParticipantFile, Sequence[PastRelease]]:
    """The file, and the releases that are history, the newest first."""
    return participants.file_of(reading, participant), releases.history(reading, participant)[::-1]


def _past_told(case: Case, past: PastRelease) -> str:
    """A release that is history, how it was, and when the person was back."""
    told = _("released {date}").format(date=format_date(past.release_date))
    if past.release_kind:
        kind = str(case.programme.choice("release_kind", past.release_kind).name)
        told += f" ({kind[:1].lower()}{kind[1:]})"
    return ", ".join((told, _("back {date}").format(date=format_date(past.returned))))


REASON_LIMIT: Final = 2_000
WARNING_LINES: Final = 6
SPAN: Final = "_span"
"""Under this an unfinished form remembers which period it would have ended."""


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
        self.participant = participant
        self._file: ParticipantFile | None = None

    def fields(self) -> list[FormField]:
        return [
            PhaseField(About("phase", _("Phase"), _("Type its number or use ← →.")), self.case.programme.phases),
            DateField(About("began", _("Begins"), _(DAY_HINT)), self.case.clock, "past"),
            EndingField(),
            *release_fields(self.case),
            TextBox(About("reason", _("Reason"), _("Why now; kept with the phase.")), limit=REASON_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(participants.file_of, self.subject)
        self.query_one("#form-warnings", FormLines).allow(WARNING_LINES)
        spans = self._lasting()
        self.query_one(EndingField).offer_phases(self.case, spans)
        last = leading(spans)
        open_numbers = {span.phase for span in spans}
        wanted = [phase.number for phase in self.case.programme.phases if phase.number not in open_numbers]
        following = [number for number in wanted if last is None or number > last.phase]
        return {
            "phase": str((following or wanted or [self.case.programme.phases[0].number])[0]),
            "began": format_date(self.case.today),
            "ending": str(last.phase) if last else "",
            **release_known(self._file.values),
        }

    def _lasting(self) -> list[PhaseSpan]:
        return [span for span in self._file.phases if span.ended is None] if self._file is not None else []

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        return [(_("Begin a phase · {who}").format(who=self.case.called(self._file.code, self._file.name)), HEADING)]

    def changed(self, field: FormField) -> None:
        self.settle()
        self.draw_warnings()

    def settle(self) -> None:
        """Only a move out of prison asks how, and where to."""
        for key in RELEASE:
            self.field(key).display = bool(self._left_behind())

    def _left_behind(self) -> tuple[int, ...]:
        """The phases of before the release, which end when this one begins, whatever else is chosen."""
        phase = self.field("phase").read()
        return releases.ended_by(phase, (span.phase for span in self._lasting())) if phase else ()

    def warnings(self) -> Sequence[str]:
        """What follows a release: nothing of before it goes on, and the record gets its day."""
        left = self._left_behind()
        if self._file is None or not left:
            return ()
        found = []
        if more := set(left).difference(self.field("ending").read()):
            names = ", ".join(f"{number} {self.case.programme.phase(number).name}" for number in left if number in more)
            found.append(_("Ends on the day of release too: {phases}.").format(phases=names))
        if (day := self.day("began")) is not None and self.field("phase").read() == AFTER_RELEASE:
            found += release_advice(day, self._file.values["release_date"])
            found.append(_("The contacts of the first weeks become tasks."))
        return found

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        release = release_of(values) if self._left_behind() else None
        return await self.case.store.change(
            phases.begin, self.subject, values["phase"], values["began"] or self.case.today, ending=values["ending"],
            reason=values["reason"], release=release,
        )  # fmt: skip


async def _end_again(case: Case, whom: Whose, kept: KeptForm) -> EndPhaseForm:
    """For the period it was begun for; where that was not remembered, for the one the board shows."""
    spans = (await case.store.ask(participants.file_of, whom.participant)).phases
    span = next((one for one in spans if str(one.id) == kept.fields.get(SPAN)), None) or leading(spans)
    if span is None:
        raise PhaseError(_("No open phase to end."))
    return EndPhaseForm(case, whom.participant, span)


class EndPhaseForm(FormScreen):
    """Ends one phase period; the result is its id."""

    HELP: ClassVar[str] = N_("Ends a phase. Others that last go on as they are.")

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (DraftKind("phase_end", N_("End a phase"), _end_again),)

    def __init__(self, case: Case, participant: int, span: PhaseSpan) -> None:
        super().__init__(case, participant)
        self.form_name = "phase_end"
        self.participant, self.span = participant, span

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
