"""A participant's phase periods, and the way to begin or end one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.phases import phases
from models.phases.phases import PhaseSpan
from models.plans import tasks
from models.reviews import reading as review_reading
from screens.frame.case import Case
from screens.frame.destinations import REVIEWS, SUGGESTED
from screens.frame.dialog import AboutParticipant
from screens.phases.forms import BeginPhaseForm, EndPhaseForm, leading
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, cut, flat, right
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import WindowedList


class PhaseList(WindowedList[PhaseSpan]):
    """One line a period, the newest first."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No phase yet."))
        self.case = case

    def draw_row(self, row: PhaseSpan, width: int, part: int) -> Sequence[Piece]:
        name = f"{row.phase} {self.case.programme.phase(row.phase).name}"
        until = format_date(row.ended) if row.ended else _("lasts")
        days = n_("{count} day", "{count} days", row.days(self.case.today)).format(count=row.days(self.case.today))
        return [
            (cut(name, 22) + " ", BOLD if row.ended is None else PLAIN),
            (f"{format_date(row.began)} – {cut(until, 10)} ", PLAIN),
            (right(days, 11) + "  ", DIM),
            (flat(row.reason), PLAIN),
        ]


class PhasesScreen(AboutParticipant):
    """The result is the participant when something was begun or ended here, else None."""

    SCOPE = "phases"
    HELP: ClassVar[str] = N_(
        "The phases of one participant, the newest first. Phases may overlap, except from before release to after "
        "release: that is the day the person leaves prison."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = PhaseList(case)
        self._file: ParticipantFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="phases-head")
        yield self.moving

    async def refresh_case(self) -> None:
        self._file = await self.case.store.ask(participants.file_of, self.participant)
        spans = sorted(self._file.phases, key=lambda span: (span.ended is None, span.began, span.phase), reverse=True)

        await self.moving.show_rows(spans)
        who = self.case.called(self._file.code, self._file.name)
        self.query_one("#phases-head", Lines).show([[(" " + _("Phases · {who}").format(who=who), HEADING)]])
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
        await self.app.push_screen(BeginPhaseForm(self.case, self.participant), self._after)

    async def action_end(self) -> None:
        """End the phase under the mark."""
        span = self.moving.row
        if span is not None:
            await self.app.push_screen(EndPhaseForm(self.case, self.participant, span), self._after)

    async def _after(self, period: int | None) -> None:
        if period is None:
            return
        self._touched = True
        await self.refresh_case()
        last = leading(self._file.phases) if self._file else None
        if last is not None:
            name = self.case.programme.phase(last.phase).name
            said = _("Saved. Now: {phase}.").format(phase=name)
            lines = await self.case.store.ask(review_reading.of, self.participant)
            if any(line.owed and line.moved == last.began and line.to_phase == last.phase for line in lines):
                key = self.case.keymap.shown("phases.reviews", self.SCOPE)
                said += " " + _("A phase review is owed: {key} holds it.").format(key=key)
            offered = len(await self.case.store.ask(tasks.suggested, self.participant))
            if offered:
                key = self.case.keymap.shown("phases.suggested", self.SCOPE)
                more = n_("{key} shows {count} suggested task.", "{key} shows {count} suggested tasks.", offered)
                said = f"{said} {more.format(key=key, count=offered)}"
            self.say(said)

    async def action_suggested(self) -> None:
        """The tasks the programme suggests for the phases that last."""
        await self.open(SUGGESTED, self.participant)

    async def action_reviews(self) -> None:
        """The phase reviews, to hold the one that is owed."""
        await self.open(REVIEWS, self.participant)
