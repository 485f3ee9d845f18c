"""The forms a person did not finish: to go on with one, or to throw it away in two steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_moment
from config.words import N_, _, n_
from models import drafts
from models.drafts import KeptForm
from screens import meeting_line
from screens.base import CaseScreen
from screens.case import Case
from screens.dialog import ListKeys
from screens.draft_owners import GONE, Unfinished, all_unfinished
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, cut, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

NAMES: Final = {
    "record": N_("New entry"),
    "correction": N_("Correction"),
    "participant": N_("Participant"),
    "phase": N_("Begin a phase"),
    "phase_end": N_("End a phase"),
    "consent": N_("New consent"),
    "consent_renewal": N_("Renew consent"),
    "consent_correction": N_("Consent"),
    "consent_withdrawal": N_("Withdraw consent"),
    "disclosure": N_("What was shared"),
    "appointment": N_("New appointment"),
    "appointment_change": N_("Appointment"),
    "attend": N_("Attended"),
    "task": N_("New task"),
    "team_task": N_("New task"),
    "task_change": N_("Task"),
    "application": N_("New application"),
    "application_change": N_("Application"),
    "contact": N_("New contact"),
    "contact_change": N_("Contact"),
    "involvement": N_("Person to link"),
    "involvement_change": N_("Part in the case"),
    "review": N_("Phase review"),
    "review_note": N_("Note on a review"),
    "intake_talk": N_("Intake talk"),
    "intake_talk_change": N_("Intake talk"),
    "intake_decision": N_("Decision"),
    "referral": N_("Referral"),
    "referral_change": N_("Referral"),
    "phase_out": N_("Begin phase-out"),
    "phase_out_told": N_("Tell a partner"),
    "phase_out_left_out": N_("Not to be told"),
    "phase_out_talk": N_("Closing talk"),
    "phase_out_message": N_("Last message"),
    "phase_out_close": N_("Phase-out"),
    "phase_out_return": N_("Came back"),
    "snooze": N_("Signal to put aside"),
    "snooze_staff": N_("Signal to put aside"),
    "absence": N_("New absence"),
    "absence_change": N_("Absence"),
    "hand_over": N_("Hand over"),
    "hand_over_all": N_("Whole caseload"),
    "criterion_note": N_("Criterion note"),
    "minutes_added": N_("Added to minutes"),
    "meeting_guest": N_("Minutes: guest"),
    **meeting_line.FORMS,
}


async def unfinished(case: Case) -> list[KeptForm]:
    """The forms this person left unfinished, newest first."""
    return await case.store.ask(drafts.kept)


class DraftList(WindowedList[Unfinished]):
    """One line a form; the one that is to be thrown away says so."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Every form is finished."))
        self.case = case
        self.doomed = 0

    def draw_row(self, row: Unfinished, width: int, part: int) -> Sequence[Piece]:
        who = _("(no longer here)") if row.participant == GONE else self.case.called(row.code, row.name)
        if row.kept.id == self.doomed:
            state: Piece = (_("Throw away?"), ALARM)
        else:
            state = ("" if self.case.private else row.excerpt, DIM)
        name = row.kept.form.partition(":")[0]
        form = _(NAMES[name]) if name in NAMES else name
        return [
            (cut(form, 18) + " ", BOLD),
            (cut(flat(who), 23) + " ", PLAIN),
            (format_moment(self.case.clock.local(row.kept.saved_at)) + "  ", PLAIN),
            state,
        ]


class DraftsScreen(ListKeys, CaseScreen[int]):
    """Lists the unfinished forms; nothing is answered, since each form saves by itself."""

    SCOPE = "drafts"
    HELP: ClassVar[str] = N_(
        "Forms you left before they were saved. Nobody else sees them. Go on with one, or throw it away: one key marks "
        "it, another one does it."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._list = DraftList(case)
        self.moving = self._list

    def body(self) -> ComposeResult:
        yield Lines(2, id="drafts-head")
        yield self.moving

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    async def on_screen_resume(self) -> None:
        """A form that was opened from here may be finished now."""
        await self.refresh_case()

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(all_unfinished)

        async def fetch(offset: int, limit: int) -> Sequence[Unfinished]:
            return found[offset : offset + limit]

        if self._list.doomed not in [each.kept.id for each in found]:
            self._list.doomed = 0
        await self.moving.show([Group("", "", len(found))], fetch)
        title = n_("{count} unfinished form", "{count} unfinished forms", len(found)).format(count=len(found))
        self.query_one("#drafts-head", Lines).show([[(" " + title, HEADING)]])
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id in ("drafts.open", "drafts.discard") and row is None:
            return _("There is no unfinished form.")
        if action_id == "drafts.open" and row is not None and row.participant == GONE:
            return _("What this form was about is no longer here. It can only be thrown away.")
        if action_id == "drafts.confirm" and not self._list.doomed:
            key = self.case.keymap.shown("drafts.discard")
            return _("Mark a form with {key} first.").format(key=key)
        return ""

    def on_windowed_list_marked(self) -> None:
        """Moving on takes the mark for throwing away back."""
        row = self.moving.row
        if self._list.doomed and (row is None or row.kept.id != self._list.doomed):
            self._list.doomed = 0
            self.moving.refresh()
        self.draw_foot()

    async def action_open(self) -> None:
        """Go on with the form under the mark."""
        row = self.moving.row
        if row is None or row.participant == GONE:
            return
        self._list.doomed = 0
        match row.kept.form:
            case "record":
                await self.shell.open_record(row.participant)
            case "correction":
                await self.shell.open_record(row.participant, row.kept.subject)
            case "participant":
                await self.shell.open_participant_form(row.participant or None)
            case "consent" | "consent_renewal" | "consent_correction" | "consent_withdrawal" as form:
                await self.shell.open_consent_form(form, row.participant, row.kept.subject)
            case "disclosure":
                await self.shell.open_disclosure(row.participant)
            case "appointment":
                await self.shell.open_appointment(row.participant)
            case "appointment_change":
                await self.shell.open_appointment(row.participant, row.kept.subject)
            case "attend":
                await self.shell.open_attend(row.participant, row.kept.subject)
            case "task" | "team_task":
                await self.shell.open_task(row.participant or None)
            case "task_change":
                await self.shell.open_task(row.participant or None, row.kept.subject)
            case "application":
                await self.shell.open_application(row.participant)
            case "application_change":
                await self.shell.open_application(row.participant, row.kept.subject)
            case "contact" | "contact_change":
                await self.shell.open_contact(row.kept.subject or None)
            case "involvement":
                await self.shell.open_involvement(row.participant)
            case "involvement_change":
                await self.shell.open_involvement(row.participant, row.kept.subject)
            case str(form) if form.startswith("phase_out"):
                await self.shell.open_phase_out(row.participant)
            case "intake_talk" | "intake_talk_change" | "intake_decision" | "referral" | "referral_change" as form:
                await self.shell.open_intake_form(form, row.participant, row.kept.subject)
            case "snooze":
                await self.shell.open_signals(row.participant)
            case "snooze_staff":
                await self.shell.open_signals()
            case "absence" | "absence_change":
                await self.shell.open_absences()
            case "hand_over":
                await self.shell.open_hand_over(row.participant)
            case "hand_over_all":
                await self.shell.open_hand_overs()
            case str(form) if form in meeting_line.FORMS:
                who = self.case.called(row.code, row.name) if row.participant else _("the team")
                await self.app.push_screen(meeting_line.left(self.case, row.kept, who), self._written)
            case "minutes_added" | "meeting_guest":
                await self.shell.open_meeting(row.kept.subject)
            case str(form) if form.startswith("criterion_note"):
                await self.shell.open_intake(row.participant)
            case "review" | "review_note":
                await self.shell.open_review(row.kept.subject)
            case _other:
                await self.shell.open_phases(row.participant)

    async def _written(self, told: str | None) -> None:
        await self.refresh_case()
        if told is not None:
            self.say(told)

    def action_discard(self) -> None:
        """Mark the form to throw away, or take that mark back."""
        row = self.moving.row
        if row is None:
            return
        self._list.doomed = 0 if self._list.doomed == row.kept.id else row.kept.id
        self.moving.refresh()
        self.draw_foot()
        if self._list.doomed:
            key = self.case.keymap.shown("drafts.confirm")
            self.say(_("{key} throws this form away for good; any move keeps it.").format(key=key), warn=True)

    async def action_confirm(self) -> None:
        """Throw the marked form away."""
        row = self.moving.row
        if row is None or row.kept.id != self._list.doomed:
            return
        await self.case.store.note(drafts.drop, row.kept.form, row.kept.subject)
        self._list.doomed = 0
        await self.refresh_case()
        self.say(_("The unfinished form was thrown away."))

    def action_close(self) -> None:
        """Leave the forms as they are."""
        self.dismiss(None)
