"""What is done by key with a line of the agenda: finished, moved, closed, recorded, opened."""

from __future__ import annotations

from typing import Final

from config.dates import format_date, short_weekday
from config.words import _
from models.plans import appointments, tasks
from models.plans.agenda import AgendaItem, AgendaQuery
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.destinations import PARTICIPANT, RECORD, SUGGESTED
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.plans.agenda_list import AgendaList

APPOINTMENT: Final = Route[int, int]("screens.plans.appointment_form", "AppointmentForm")
ATTEND: Final = Route[int, int]("screens.plans.attend_form", "AttendForm")
TASK: Final = Route[int | None, int]("screens.plans.task_form", "TaskForm")
APPLICATION: Final = Route[int, int]("screens.plans.application_form", "ApplicationForm")


class AgendaKeys(ListKeys, CaseScreen[None]):
    """A screen with an agenda; `asked` says whose it is."""

    moving: AgendaList

    def __init__(self, case: Case, asked: AgendaQuery) -> None:
        super().__init__(case)
        self.asked = asked
        self._just: int | None = None

    def why_not(self, action_id: str) -> str:
        scope, _dot, name = action_id.partition(".")
        if scope != "agenda":
            return ""
        row = self.moving.row
        if name == "record" and self._just is not None:
            return ""
        if name == "record" and row is None:
            return _("There is nothing under the mark.")
        if row is not None and (reason := _not_for(name, row)):
            return reason
        if name in ("scope", "worker") and self.asked.participant is not None:
            return _("This is one participant's agenda.")
        if name == "suggested" and self._concerned() is None:
            return _("There is no participant under the mark.")
        return ""

    async def action_act(self, action_id: str) -> None:
        just, self._just = self._just, None
        if action_id == "agenda.record":
            self._just = just
        await super().action_act(action_id)

    def _concerned(self) -> int | None:
        """The participant whose agenda this is, or whom the line concerns."""
        row = self.moving.row
        return self.asked.participant or (row.participant if row is not None else None)

    async def action_done(self) -> None:
        """A task is done, an appointment attended, an attended one gone through."""
        row, store = self.moving.row, self.case.store
        if row is None:
            return
        if row.kind == "task":
            await store.change(tasks.finish, row.id, row.version)
            said = _("Done. u takes it back.")
        elif row.kind == "after":
            await store.change(appointments.go_through, row.id, row.version)
            said = _("Gone through. u takes it back.")
        else:
            await store.change(appointments.attend, row.id, row.version)
            self._just = row.id
            key = self.case.keymap.shown("agenda.record", self.SCOPE)
            said = _("Attended. {key} records what happened; u takes it back.").format(key=key)
        await self.refresh_case()
        self.say(said)

    async def action_later(self) -> None:
        """One day on."""
        await self._move(1)

    async def action_week(self) -> None:
        """A week on."""
        await self._move(7)

    async def _move(self, days: int) -> None:
        row = self.moving.row
        if row is None:
            return
        move = tasks.move if row.kind == "task" else appointments.move
        day = await self.case.store.change(move, row.id, row.version, days)
        await self.refresh_case()
        self.say(_("Moved to {weekday} {date}. u takes it back.").format(
            weekday=short_weekday(day), date=format_date(day)
        ))  # fmt: skip

    async def action_prepared(self) -> None:
        """Prepared, or not after all."""
        row = self.moving.row
        if row is not None:
            await self.case.store.change(appointments.prepare, row.id, row.version, not row.prepared)
            await self.refresh_case()

    async def action_other(self) -> None:
        """Missed, cancelled or declined."""
        row = self.moving.row
        if row is None:
            return
        if row.kind == "task":
            await self.case.store.change(tasks.decline, row.id, row.version)
            await self.refresh_case()
            self.say(_("Declined. u takes it back."))
            return
        options = [Option("miss", _("Missed: somebody did not come"), "m"), Option("cancel", _("Cancelled"), "c")]
        if row.repeats:
            options.append(Option("series", _("Cancelled, and it repeats no more"), "s"))
        how = await choose(self, _("What became of it?"), options)
        if how is None:
            return
        if how == "miss":
            await self.case.store.change(appointments.miss, row.id, row.version)
        else:
            await self.case.store.change(appointments.cancel, row.id, row.version, series=how == "series")
        await self.refresh_case()
        self.say(_("Noted. u takes it back."))

    async def action_record(self) -> None:
        """What happened at the appointment just attended or under the mark; else with the participant."""
        row, just = self.moving.row, self._just
        if just is not None:
            found = await self.case.store.ask(appointments.one, just)
            await self.open(ATTEND, found.participant, just)
        elif row is not None and row.participant is not None:
            if row.kind == "appointment":
                await self.open(ATTEND, row.participant, row.id)
            else:
                await self.open(RECORD, row.participant)

    async def action_open(self) -> None:
        """The form or the screen of what is under the mark."""
        row = self.moving.row
        if row is None:
            return
        if row.kind == "task":
            await self.open(TASK, row.participant, row.id)
        elif row.participant is None:
            return
        elif row.kind in ("appointment", "after"):
            await self.open(APPOINTMENT, row.participant, row.id)
        elif row.kind in ("appeal", "complement"):
            await self.open(APPLICATION, row.participant, row.id)
        else:
            await self.open(PARTICIPANT, row.participant)

    async def action_participant(self) -> None:
        """The participant whom the line concerns."""
        row = self.moving.row
        if row is not None and row.participant is not None:
            await self.open(PARTICIPANT, row.participant)

    async def action_suggested(self) -> None:
        """The tasks the programme suggests."""
        participant = self._concerned()
        if participant is not None:
            await self.open(SUGGESTED, participant)


def _not_for(name: str, row: AgendaItem) -> str:
    """Why a key does nothing for this kind of line; empty where it does."""
    if name in ("later", "week", "other") and row.kind not in ("appointment", "task"):
        return _("This date is not ours to move: open it with Enter.")
    if name == "done" and row.kind not in ("appointment", "task", "after"):
        return _("This is not ticked off here: open it with Enter.")
    if name == "prepared" and row.kind != "appointment":
        return _("Only an appointment is prepared.")
    if name in ("participant", "record") and row.participant is None:
        return _("This is the team's own and concerns no participant.")
    return ""
