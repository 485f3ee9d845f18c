"""One line of minutes as it is written: a note, a decision, a need, a task, or a topic for another meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.dates import format_date, parse_date, short_date, short_weekday
from config.errors import ExinError
from config.words import N_, _
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.meetings import TEXT_LIMIT, WORDS
from models.meetings.reading import (
    DECISION,
    KINDS,
    NEED,
    NOTE,
    TASK,
    TOPIC,
    WEEKLY,
    MeetingError,
    MinutesClosed,
    MinutesOpen,
)
from models.plans import tasks
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.team import absences, staff
from models.team.staff import Colleague
from models.values.text import clean_line, clean_text
from screens.forms.draft_keeper import DraftKind, Whose, declare, whose
from screens.forms.text_prompt import KeptText
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.frame.prompt import PromptScreen
from screens.frame.route import Route
from screens.widgets.line import ALARM

TITLES: Final = {
    NOTE: N_("Minutes: note"),
    DECISION: N_("Minutes: decision"),
    NEED: N_("Minutes: need"),
    TASK: N_("Minutes: task"),
    TOPIC: N_("Topic to park"),
}
"""What a half-written line is called."""


class Seen(Struct, frozen=True):
    """When a task is due, and who sees to it; None for no date and for nobody in particular."""

    due: date | None
    owner: int | None


def kind_name(case: Case, kind: str) -> str:
    """What a kind of meeting is called."""
    return str(case.programme.choice("meeting_kind", kind).name)


def kind_options(case: Case, kinds: Iterable[str]) -> list[Option]:
    """Kinds of meetings to choose from, by number."""
    return [Option(kind, kind_name(case, kind), str(number)) for number, kind in enumerate(kinds, 1)]


def something(text: str) -> str:
    """What was typed. Raises `MeetingError` or `TextTooLong`."""
    words = clean_text(text, _("Text"), TEXT_LIMIT).strip()
    if not words:
        raise MeetingError(_("There is nothing written yet."))
    return words


def one_line(text: str) -> str:
    """What was typed, as a task is: one line. Raises as `something`."""
    return clean_line(something(text), _("Text"), tasks.TEXT_LIMIT)


class MeetingLine(KeptText):
    """Writes a line of `kind` in a meeting's minutes; a topic is parked for a meeting of `for_kind`.

    Where a colleague has closed the minutes meanwhile, it says so, and the next Enter adds the line to them; where a
    leader has opened them again, the next Enter writes it in them.
    """

    def __init__(
        self, case: Case, meeting: int, kind: str, participant: int | None, who: str, for_kind: str = WEEKLY,
        *, closed: bool = False,
    ) -> None:  # fmt: skip
        question = f"{_(WORDS[kind])} · {who}"
        if kind == TOPIC:
            question = _("For: {kind} · {who}").format(kind=kind_name(case, for_kind), who=who)
        if closed and kind != TOPIC:
            question = _("Add to the closed minutes · {who}").format(who=who)
        beside = {"meeting": str(meeting), "for_kind": for_kind}
        super().__init__(
            case, question, self._into_minutes, f"meeting_{kind}", participant or 0, beside=beside,
            limit=tasks.TEXT_LIMIT if kind == TASK and not closed else TEXT_LIMIT, label=_("Text"),
        )  # fmt: skip
        self.meeting, self.kind, self.participant, self.for_kind = meeting, kind, participant, for_kind
        self._late = closed

    async def action_accept(self) -> None:
        """Write the line; a task is asked first by when, and who sees to it."""
        if self.kind != TASK or self._late:
            await super().action_accept()
            return
        try:
            one_line(self.written)
        except ExinError as error:
            self.below.show(error.text, ALARM)
        else:
            await self._ask_by_when()

    async def _into_minutes(self, text: str) -> str:
        words = something(text)
        store = self.case.store
        if self.kind == TOPIC:
            await store.change(meetings.park, self.participant, words, self.for_kind)
            return _("Parked for: {kind}; u to undo.").format(kind=kind_name(self.case, self.for_kind))
        if self._late:
            try:
                await store.change(meetings.supplement, self.meeting, words, self.participant)
            except MinutesOpen as error:
                self._late = False
                raise MinutesOpen(_("This meeting was opened again. Enter writes this in its minutes.")) from error
            return _("Added to the closed minutes; u to undo.")
        try:
            await store.change(meetings.add, self.meeting, self.kind, words, self.participant)
        except MinutesClosed as error:
            self._late = True
            raise MinutesClosed(error.text + " " + _("Enter adds this to them.")) from error
        return _("Written; u to undo.")

    # ------------------------------------------------------------------ a task

    async def _ask_by_when(self) -> None:
        default, team = await self.case.store.ask(_helpers, self.participant)
        initials = {one.initials.casefold(): one for one in team}
        named = {one.id: one for one in team}

        def read(text: str) -> Seen:
            words = text.split()
            whose = initials.get(words[-1].casefold()) if words else None
            when = " ".join(words[:-1] if whose else words)
            due = parse_date(when, self.case.today, "future") if when else None
            return Seen(due, whose.id if whose else default)

        nobody = _("nobody")

        def echo(seen: Seen) -> str:
            day = f"{short_weekday(seen.due)} {format_date(seen.due)}" if seen.due else _("no date")
            return f"{day} · {named[seen.owner].name if seen.owner in named else nobody}"

        hint = _("tomorrow · Friday · +1w · {date} · and who: {initials} · Enter: no date, {default}").format(
            date=short_date(self.case.today + timedelta(days=12)),
            initials=" ".join(one.initials for one in team),
            default=named[default].initials if default in named else "–",
        )
        seen = await self.ask(PromptScreen(self.case, _("By when, and who?"), read, hint=hint, echo=echo))
        if seen is None:
            return

        async def set_task(text: str) -> str:
            values = (one_line(text), self.participant, seen.due, seen.owner)
            await self.case.store.change(meetings.add, self.meeting, TASK, *values)
            return _("Set among the tasks: {told}; u to undo.").format(told=echo(seen))

        await self.put(set_task)


def _left(case: Case, whom: Whose, kept: KeptForm) -> MeetingLine:
    """A half-written line to go on with, for the meeting in which it was begun."""
    who = case.called(whom.code, whom.name) if whom.participant else _("the team")
    meeting, for_kind = kept.fields.get("meeting", ""), kept.fields.get("for_kind", "")
    number = int(meeting) if meeting.isdecimal() else 0
    kind, participant = kept.form.partition("_")[2], kept.subject or None
    return MeetingLine(case, number, kind, participant, who, for_kind if for_kind in KINDS else WEEKLY)


_AGAIN: Final = Route[Whose, KeptForm]("screens.meetings.list", "meeting_again")
_ITS: Final = whose(lambda reading, meeting: meeting_reading.one(reading, meeting).participant)
ADDED: Final = declare(DraftKind("minutes_added", N_("Added to minutes"), _AGAIN, _ITS))
GUEST: Final = declare(DraftKind("meeting_guest", N_("Minutes: guest"), _AGAIN, _ITS))
for _kind, _title in TITLES.items():
    declare(DraftKind(f"meeting_{_kind}", _title, _left, whose()))


def _helpers(reading: Reading, participant: int | None) -> tuple[int | None, Sequence[Colleague]]:
    """Who sees to a task unless somebody else is named, and everybody who can be.

    That is the responsible colleague, whoever covers while they are away, else who writes it.
    """
    team = [one for one in staff.team(reading) if one.works]
    worker = reading.value(
        "SELECT p.worker_id FROM participant p JOIN staff s ON s.id = p.worker_id AND s.active WHERE p.id = ?",
        [participant],
    )
    if worker is None:
        return reading.actor.staff_id or None, team
    return absences.cover_of(reading, worker, reading.today) or int(worker), team
