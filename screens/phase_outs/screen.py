"""How a participant leaves the programme: the reason, then its steps one by one, and the way back."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.contacts import register
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phase_outs.file import OPEN, PhaseOutFile, PhaseOutLine, ToldLine
from models.phase_outs.phase_outs import PhaseOutError
from screens.forms.day_prompt import DayPrompt
from screens.forms.draft_keeper import DraftKind, declare, whose
from screens.forms.draft_prompt import KeptPrompt
from screens.frame.case import Case
from screens.frame.destinations import RECORD
from screens.frame.dialog import AboutParticipant
from screens.frame.route import Route
from screens.phase_outs.forms import BeginPhaseOutForm, EndConsentsStep, ToldForm
from screens.phase_outs.list import FORMER, PhaseOutList, StepRow, detail_of, groups_of, key_of, standing_of
from screens.widgets.line import DIM, HEADING, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

DETAIL_LINES: Final = 6


class PhaseOutScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    SCOPE = "phase_out"
    HELP: ClassVar[str] = N_(
        "How a participant leaves EX/IN. First the reason is chosen; each has its own steps: who is told, what "
        "becomes of the consents, what is done with the participant. What is left when it is closed is said by "
        "name and needs a reason. Nothing is removed, and whoever comes back finds everything as it was."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "phase_out.talk": Route[int]("screens.phase_outs.forms", "ClosingTalkForm"),
        "phase_out.record": RECORD,
        "phase_out.message": Route[int]("screens.phase_outs.forms", "LastMessageForm"),
        "phase_out.finish": Route[int]("screens.phase_outs.forms", "ClosePhaseOutForm"),
        "phase_out.back": Route[int]("screens.phase_outs.forms", "ReturnForm"),
    }
    moving: PhaseOutList

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = PhaseOutList(case)
        self._file: PhaseOutFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="phase-out-head")
        yield self.moving
        yield Lines(DETAIL_LINES, id="phase-out-detail")

    async def refresh_case(self) -> None:
        before = self.moving.row
        self._file = file = await self.case.store.ask(phase_out_file.file_of, self.participant)
        groups = groups_of(self.case, file)
        rows = [row for _heading, found in groups for row in found]

        same = (number for number, row in enumerate(rows) if before is not None and key_of(row) == key_of(before))
        mark = next(same, 0)
        self.moving.about = file.code, file.name
        await self.moving.show_rows(rows, [Group(text, text, len(found)) for text, found in groups], mark=mark)
        self._draw()
        self.draw_foot()

    def _draw(self) -> None:
        if self._file is None:
            return
        who = self.case.called(self._file.code, self._file.name)
        title: list[Piece] = [(" " + _("Phase-out · {who}").format(who=who), HEADING)]
        self.query_one("#phase-out-head", Lines).show([title, standing_of(self.case, self._file)])
        self._draw_detail()

    def _draw_detail(self) -> None:
        pane, row = self.query_one("#phase-out-detail", Lines), self.moving.row
        width = max(20, self.app.size.width)
        texts = detail_of(self.case, self._file, row) if row is not None and self._file is not None else []

        def said(text: str) -> str:
            return self.case.said(text, self._file.code, self._file.name) if self._file else text

        lines: list[list[Piece]] = [
            [(" " + line, style)] for text, style in texts for line in wrapped(said(text), width - 2)
        ]
        if len(lines) > DETAIL_LINES - 1:
            lines = [*lines[: DETAIL_LINES - 2], [(" …", DIM)]]
        pane.show([[("─" * width, DIM)], *lines])

    def on_resize(self) -> None:
        if self.is_mounted:
            self._draw()

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    @property
    def line(self) -> PhaseOutLine:
        """The phase-out that is shown; only asked for where `why_not` has found one."""
        assert self._file is not None
        assert self._file.current is not None
        return self._file.current

    def why_not(self, action_id: str) -> str:
        name = action_id.removeprefix("phase_out.")
        if self._file is None or not (name == "note" or self.case.keymap.action(action_id).writes):
            return ""
        line, row = self._file.current, self.moving.row
        if name == "do" and (row is None or row.kind == FORMER):
            return _("There is nothing to do here.")
        if name == "back":
            return "" if line is not None or self._file.phased_out else _("The participant is not phased out.")
        if name in ("record", "do"):
            return ""
        if line is None:
            return _("Choose the reason first: Enter begins the phase-out.")
        if name == "tell" and self._to_tell() is None:
            return _("Everyone who should be told has been.")
        if name not in ("tell", "note", "leave_out") and line.state != OPEN:
            if not phase_out_file.ending(self.case.programme, line.reason).comes_back:
                return _("The phase-out was closed; b corrects what was noted by mistake.")
            return _("The phase-out was closed; b notes that the participant has come back.")
        if name == "leave_out" and (row is None or row.partner is None or row.partner.told):
            return _("Select a partner who was not informed.")
        if name == "consents" and not self._file.in_force:
            return _("There is no consent in force to end.")
        return ""

    def _to_tell(self) -> ToldLine | None:
        """The partner under the mark, or the first who is not told."""
        row: StepRow | None = self.moving.row
        if row is not None and row.partner is not None and row.partner.told is None:
            return row.partner
        line = self._file.current if self._file is not None else None
        return next((one for one in line.told if not one.settled), None) if line is not None else None

    async def action_do(self) -> None:
        """Do the step under the mark, or begin with the reason under it."""
        row = self.moving.row
        if row is None:
            return
        if row.ending is not None:
            form = BeginPhaseOutForm(self.case, self.participant, row.ending.id)
            await self.app.push_screen(form, self._saved)
            return
        if row.partner is not None and row.partner.told is not None:
            day = format_date(row.partner.told)
            self.say(_("They were told {date}. u undoes what was recorded last.").format(date=day), warn=True)
            return
        await self.action_act(f"phase_out.{row.kind}")

    async def action_tell(self) -> None:
        """Note that a partner was told."""
        if one := self._to_tell():
            await self.app.push_screen(ToldForm(self.case, self.participant, one.id), self._saved)

    async def action_leave_out(self) -> None:
        """Say that a partner is not to be told, and why; once more takes it back."""
        row = self.moving.row
        if row is None or row.partner is None:
            return
        one = row.partner
        if one.how:
            await self._do(self.case.store.change(phase_outs.leave_out, one.id, one.version, ""))
            return

        async def write(why: str) -> str:
            if not why.strip():
                raise PhaseOutError(_("Write why, or press Esc."))
            await self.case.store.change(phase_outs.leave_out, one.id, one.version, why)
            return _("Saved.")

        question = _("Why are they not to be told?")
        if await self.ask(KeptPrompt(self.case, question, write, LEFT_OUT.name, one.id)) is not None:
            await self._changed()

    async def action_add(self) -> None:
        """Add somebody from the register who is to be told."""
        from screens.contacts.contact_chooser import ContactChooser

        contact = await self.ask(ContactChooser(self.case, _("Who else is to be told?")))
        if contact is not None:
            known = await self.case.store.ask(register.one, contact)
            change = self.case.store.change
            await self._do(change(phase_outs.add_partner, self.line.id, known.agency, known.role, known.name))

    async def action_consents(self) -> None:
        """End all consents; who is to be told is shown first."""
        await self.app.push_screen(EndConsentsStep(self.case, self.participant, self.line), self._saved)

    async def action_note(self) -> None:
        """Show the hand-over note, to read and to print; then note when the new place got it."""
        from screens.paper.screen import PaperScreen

        paper = PaperScreen(self.case, self.participant)
        paper.kind = "hand_over"
        await self.ask(paper)
        line = self.line
        if line.state != OPEN or line.hand_over is not None or not self.case.store.actor.may_write:
            return
        question, hint = _("When did the new place get the note?"), _("Esc: it has not got it yet.")
        answer = await self.ask(DayPrompt(self.case, question, "past", initial=self.case.today, hint=hint))
        if answer is not None and (day := answer[0]) is not None:
            await self._do(self.case.store.change(phase_outs.hand_over, line.id, line.version, day))

    async def _saved(self, number: int | None) -> None:
        """The mark stays on its line: no step is a record of its own."""
        if number:
            await self._changed()

    async def came_back(self, route: Route[...], answer: object) -> None:
        if answer:
            await self._changed()

    async def _do(self, doing: Awaitable[object]) -> None:
        """Say an error here; read anew in any case, since it may tell of what a colleague did."""
        try:
            await doing
        except ExinError as error:
            await self.read_again()
            self.say(error.text, warn=True)
        else:
            await self._changed()


LEFT_OUT: Final = declare(
    DraftKind(
        "phase_out_left_out",
        N_("Not to be told"),
        lambda case, whom, kept: PhaseOutScreen(case, whom.participant),
        whose(phase_out_file.owner_of),
    )
)
