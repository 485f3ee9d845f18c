"""One candidate's intake: criteria with their judgement, the talks in order, the premises, and the decision."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.intake import intake_talks
from models.intake import reading as intake_reading
from models.intake.reading import MET, NOT_MET, TO_JUDGE, CriterionLine, IntakeFile, TalkLine
from models.storage.work import Conflict
from screens.forms.draft_keeper import DraftKind, declare
from screens.forms.draft_prompt import KeptPrompt
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.destinations import CONSENTS
from screens.frame.dialog import AboutParticipant
from screens.intake.candidates import ReferralChangeForm
from screens.intake.forms import DecisionForm, TalkForm
from screens.intake.list import IntakeList, PremiseLine, detail_lines, rows_of
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines

DETAIL_LINES: Final = 4
TURNS: Final = (TO_JUDGE, MET, NOT_MET)


class IntakeScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: IntakeList
    SCOPE = "intake"
    HELP: ClassVar[str] = N_(
        "The way in. Criteria are assessed one by one, with a note; whether enough of the sentence is left is "
        "proposed from the dates. Four talks are held in order, each with what it covers, and in the information "
        "talk three things are said: taking part is never a condition for parole, neither job nor housing is "
        "promised, benefits are no selling point. In the end both sides decide. All of it is advice: whoever goes "
        "on all the same says why."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = IntakeList(case)
        self.file: IntakeFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="intake-head")
        yield self.moving
        yield Lines(DETAIL_LINES, id="intake-detail")

    async def refresh_case(self) -> None:
        self.file = self.moving.file = await self.case.store.ask(intake_reading.file_of, self.participant)
        groups, lines = rows_of(self.file, self.case.programme.method.intake.premises)
        await self.moving.show_rows(lines, groups)
        self.query_one("#intake-head", Lines).show(self._head(self.file))
        self._draw_detail()
        self.draw_foot()

    def _head(self, file: IntakeFile) -> list[list[Piece]]:
        """Who, since when and how long they have waited; who referred them."""
        who = self.case.called(file.person.code, file.person.name)
        first: list[Piece] = [(" " + _("Intake · {who}").format(who=who), HEADING)]
        if file.opened is not None and file.moved_on is None:
            first.append(("   " + _("since {date}").format(date=format_date(file.opened)), PLAIN))
        if file.waits_since is not None:
            days = (self.case.today - file.waits_since).days
            waits = (
                n_("waits {count} day for the next talk", "waits {count} days for the next talk", days)
                if file.next_talk
                else n_("waits {count} day for the decision", "waits {count} days for the decision", days)
            ).format(count=days)
            first.append(("   " + waits, WARN if days else DIM))
        elif file.moved_on is not None:
            told = _("moved on {date}, not decided by both sides yet")
            first.append(("   " + told.format(date=format_date(file.moved_on)), WARN))
        elif file.opened is None:
            first.append(("   " + _("no open intake phase"), DIM))
        second: list[Piece] = []
        if file.referred_by:
            said = "" if self.case.private else flat(file.referral_note)
            second = [
                (" " + _("Referred by {who}").format(who=HIDDEN if self.case.private else file.referred_by), BOLD),
                ("  " + said, DIM),
            ]
        return [first, second]

    def _draw_detail(self) -> None:
        row, width = self.moving.row, max(20, self.app.size.width)
        self.query_one("#intake-detail", Lines).show(detail_lines(self.case, row, width, DETAIL_LINES) if row else [])

    def on_resize(self) -> None:
        if self.is_mounted:
            self._draw_detail()

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    def why_not(self, action_id: str) -> str:
        if self.settled(action_id):
            return _("The intake is decided and stays as it is.")
        if action_id in ("intake.judge", "intake.note") and not isinstance(self.moving.row, CriterionLine):
            return _("Only a criterion is assessed: go to one of them.")
        if action_id == "intake.talk" and self.file is not None and self.file.next_talk is None:
            return _("Every talk is held; Enter on one of them corrects it.")
        return ""

    def settled(self, action_id: str) -> bool:
        writes = self.case.keymap.action(action_id).writes
        return writes and self.file is not None and bool(self.file.outcome)

    async def action_judge(self) -> None:
        """To the next judgement; the first one is what the dates propose, where they do."""
        line = self.moving.row
        assert isinstance(line, CriterionLine)
        following = TURNS[(TURNS.index(line.judgement) + 1) % len(TURNS)] if line.judgement in TURNS else MET
        if line.judgement == TO_JUDGE and not line.version and line.proposed:
            following = line.proposed
        try:
            await self._judge(line, following, line.note)
        except Conflict as conflict:
            await self.refresh_case()
            told = _("{who} changed this in the meantime; here it is as it stands now.")
            self.say(told.format(who=conflict.who), warn=True)
        else:
            await self.refresh_case()

    async def action_note(self) -> None:
        """Write why the criterion is judged as it is."""
        line = self.moving.row
        assert isinstance(line, CriterionLine)

        async def write(note: str) -> str:
            await self._judge(line, line.judgement, note)
            return _("Saved.")

        question = _("Note · {criterion}").format(criterion=line.criterion.name)
        prompt = KeptPrompt(
            self.case, question, write, f"{CRITERION_NOTE.name}:{line.criterion.id}", self.participant,
            initial=flat(line.note),
        )  # fmt: skip
        told = await self.ask(prompt)
        await self.refresh_case()
        if told is not None:
            self.say(told)

    async def _judge(self, line: CriterionLine, judgement: str, note: str) -> None:
        await self.case.store.change(
            intake_talks.judge, self.participant, line.criterion.id, judgement, note, line.version
        )
        self._touched = True

    async def action_talk(self) -> None:
        """Record the next talk."""
        await self.app.push_screen(TalkForm(self.case, self.participant), self._saved)

    async def action_decide(self) -> None:
        """Decide, both sides."""
        await self.app.push_screen(DecisionForm(self.case, self.participant), self._decided)

    async def action_referral(self) -> None:
        """Correct what the referral said."""
        await self.app.push_screen(ReferralChangeForm(self.case, self.participant), self._decided)

    async def action_open(self) -> None:
        """What the line under the mark asks for: a note, the talk, or the decision."""
        match row := self.moving.row:
            case CriterionLine():
                await self.action_act("intake.note")
            case TalkLine(held=None) if reason := self.refusal("intake.decide"):
                self.say(reason, warn=True)
            case TalkLine():
                form = TalkForm(self.case, self.participant, row.id or None, chosen=row.talk.id)
                if row.held is not None:
                    form.to_read()
                await self.app.push_screen(form, self._saved)
            case PremiseLine():
                self.say(_("Tick it in the talk where it is said: Enter on that talk."))
            case IntakeFile():
                await self.action_act("intake.decide")

    async def action_consents(self) -> None:
        """The participant's consents, three of which the intake wants."""
        await self.open(CONSENTS, self.participant)

    async def _decided(self, number: int | None) -> None:
        if number is not None:
            await self._saved(0)

    async def _saved(self, number: int | None) -> None:
        if number is None:
            return
        self._touched = True
        await self.refresh_case()
        if number:
            await self.mark_saved(number, lambda row, talk: isinstance(row, TalkLine) and row.id == talk)
        file = self.file
        if file is None or not file.outcome:
            self.say(_("Saved."))
        elif file.phase:
            phase = self.case.programme.phase(file.phase).name
            self.say(_("Enrolled. Now: {phase}. This decision is the phase review.").format(phase=phase))
        else:
            self.say(_("The intake has ended; the phase-out begins."))


CRITERION_NOTE: Final = declare(
    DraftKind("criterion_note", N_("Criterion note"), lambda case, whom, kept: IntakeScreen(case, whom.participant))
)
"""A note on one criterion; its id follows the name."""
