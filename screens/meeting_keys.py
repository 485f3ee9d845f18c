"""What is done by key in any meeting: write, mark who is there, and finish with what was agreed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date, parse_date
from config.errors import ExinError
from config.words import N_, _
from models import absences, meetings, network, staff
from models.meeting_reading import agreed
from models.meetings import DECISION, NEED, NOTE, TASK, TEXT_LIMIT, WORDS, Item, Meeting
from models.reading import Reading
from models.text import clean_line
from screens.base import CaseScreen
from screens.case import Case
from screens.chooser import ChooserScreen, Option
from screens.consents import state_words
from screens.dialog import Dialog
from screens.prompt import PromptScreen
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, wrapped
from screens.widgets.read_lines import ReadLines
from screens.widgets.text_lines import TitleLine

ELSE = "+"
Written = Callable[[str], Awaitable[str]]


class NothingWritten(ExinError):
    """The line is empty."""


def something(text: str) -> str:
    """What was typed. Raises `NothingWritten` or `TextTooLong`."""
    words = clean_line(text, _("Text"), TEXT_LIMIT)
    if not words:
        raise NothingWritten(_("There is nothing written yet."))
    return words


class MeetingKeys(CaseScreen[int]):
    """A screen of one open meeting; a subclass says whom it is about just now, and reads `meeting` and `said` anew."""

    meeting: Meeting | None = None
    said: Sequence[Item] = ()

    def about(self) -> tuple[int | None, str]:
        """The participant who is spoken of and how they are called, or None and the team."""
        raise NotImplementedError

    def why_not(self, action_id: str) -> str:
        writes = ("note", "decide", "task", "need", "park", "present", "guests", "heard", "next_heard", "finish")
        if action_id.partition(".")[2] in writes:
            if not self.case.store.actor.may_write:
                return _("You have read access only. Ask the team leader if you need to write.")
            if self.meeting is not None and self.meeting.closed:
                return _("These minutes are closed; they can only be added to.")
        return ""

    # ------------------------------------------------------------------ writing

    async def action_note(self) -> None:
        """Write a note."""
        await self._write_line(NOTE)

    async def action_decide(self) -> None:
        """Write a decision."""
        await self._write_line(DECISION)

    async def action_need(self) -> None:
        """Write a practical need."""
        await self._write_line(NEED)

    async def _write_line(self, kind: str) -> None:
        participant, who = self.about()

        async def write(text: str) -> str:
            await self.case.store.change(meetings.add, self._number, kind, text, participant)
            return _("Written; u takes it back.")

        await self.ask(f"{_(WORDS[kind])} · {who}", write)

    async def action_park(self) -> None:
        """Park a topic for the weekly meeting."""
        participant, who = self.about()

        async def write(text: str) -> str:
            await self.case.store.change(meetings.park, participant, text)
            return _("Parked for the weekly meeting; u takes it back.")

        await self.ask(_("For the weekly meeting · {who}").format(who=who), write)

    async def action_task(self) -> None:
        """Set a task: what, and by when."""
        await self._set_task("")

    async def _set_task(self, initial: str, hint: str = "") -> None:
        participant, who = self.about()

        async def what(text: str | None) -> None:
            if text is not None:
                await self.app.push_screen(when, lambda due: due_given(text, due))

        async def due_given(text: str, due: tuple[date | None] | None) -> None:
            if due is None:
                # Back to what was written, which is not lost.
                await self._set_task(text)
                return
            try:
                owner = await self.case.store.ask(_sees_to_it, participant)
                await self.case.store.change(meetings.add, self._number, TASK, text, participant, due[0], owner)
            except ExinError as error:
                await self._set_task(text, error.text)
                return
            await self.refresh_case()
            self.say(_("Set among the tasks; u takes it back."))

        when = PromptScreen(
            self.case, _("By when?"), self._due, hint=_("tomorrow · Friday · +1w · 24.11 · Enter: no date")
        )
        title = f"{_(WORDS[TASK])} · {who}"
        await self.app.push_screen(PromptScreen(self.case, title, something, initial=initial, hint=hint), what)

    def _due(self, text: str) -> tuple[date | None]:
        return (parse_date(text, self.case.today, "future") if text.strip() else None,)

    async def ask(self, title: str, write: Written, initial: str = "", hint: str = "") -> None:
        """Ask for a line and `write` it; where that fails, the line is there again with the reason under it."""

        async def given(text: str | None) -> None:
            if text is None:
                return
            try:
                told = await write(text)
            except ExinError as error:
                await self.ask(title, write, text, error.text)
                return
            await self.refresh_case()
            self.say(told)

        await self.app.push_screen(PromptScreen(self.case, title, something, initial=initial, hint=hint), given)

    @property
    def _number(self) -> int:
        return self.meeting.id if self.meeting is not None else 0

    # ------------------------------------------------------------------ who is there

    async def action_present(self) -> None:
        """Mark which colleagues are present."""
        found = self.meeting
        if found is None:
            return
        team = await self.case.store.ask(staff.team)
        options = [Option(str(one.id), one.name, hint=one.initials) for one in team if one.role != "reader"]
        options += [Option(str(one.id), one.name, hint=one.initials) for one in team if one.role == "reader"]
        before = {str(each) for each in found.present}

        async def chosen(answer: str | tuple[str, ...] | None) -> None:
            if isinstance(answer, tuple):
                for changed in before.symmetric_difference(answer) & {option.id for option in options}:
                    await self._attempt(meetings.attend, found.id, int(changed), changed in answer)
                await self.refresh_case()

        screen = ChooserScreen(self.case, _("Who is present?"), options, multiple=True, chosen=before)
        await self.app.push_screen(screen, chosen)

    async def action_guests(self) -> None:
        """Mark who takes part from outside the team; of a participant's people with whether sharing is covered."""
        found = self.meeting
        if found is None:
            return
        around = await self.case.store.ask(network.involved, found.participant) if found.participant is not None else ()
        options = []
        for person in around:
            role = str(self.case.programme.role(person.role).name)
            line = f"{person.name}, {role}"
            shown = role if self.case.private else line
            options.append(Option(line, shown, hint=_("share: {state}").format(state=state_words(person.answer))))
        options += [Option(guest, guest) for guest in found.guests if guest not in {option.id for option in options}]
        options.append(Option(ELSE, _("Somebody else …")))

        async def chosen(answer: str | tuple[str, ...] | None) -> None:
            if not isinstance(answer, tuple):
                return
            for guest in set(found.guests).symmetric_difference(answer) - {ELSE}:
                await self._attempt(meetings.receive, found.id, guest, guest in answer)
            await self.refresh_case()
            if ELSE in answer:
                await self.ask(_("Who, and from where?"), self._other)

        title = _("Who takes part from outside? Share only what the consent covers.")
        screen = ChooserScreen(self.case, title, options, multiple=True, chosen=found.guests)
        await self.app.push_screen(screen, chosen)

    async def _other(self, text: str) -> str:
        await self.case.store.change(meetings.receive, self._number, text, True)
        return _("Noted as a guest.")

    async def _attempt(self, change: Callable[..., None], *values: object) -> None:
        try:
            await self.case.store.change(change, *values)
        except ExinError as error:
            self.say(error.text, warn=True)

    # ------------------------------------------------------------------ the end

    async def action_lines(self) -> None:
        """Read the minutes as they stand."""
        from screens.minutes import MinutesScreen

        await self.app.push_screen(MinutesScreen(self.case, self._number))

    async def action_finish(self) -> None:
        """Go through what was agreed, and close the meeting."""
        found = self.meeting
        if found is None:
            return
        await self.refresh_case()
        lines = await self.case.store.ask(agreed, found)

        async def answered(yes: bool | None) -> None:
            if not yes or self.meeting is None:
                return
            try:
                await self.case.store.change(meetings.close, self.meeting.id, self.meeting.version)
            except ExinError as error:
                await self.refresh_case()
                self.say(error.text, warn=True)
                return
            self.dismiss(found.id)

        await self.app.push_screen(AgreedScreen(self.case, lines), answered)

    def action_close(self) -> None:
        """Leave the meeting open."""
        self.dismiss(self._number)


class AgreedScreen(Dialog[bool]):
    """What was agreed in a meeting; dismisses with True when the meeting is to be closed."""

    SCOPE = "agreed"
    HELP: ClassVar[str] = N_(
        "Everything that was decided, every task and every practical need of this meeting. Closing it is not undone: "
        "its minutes can only be added to from then on."
    )

    def __init__(self, case: Case, lines: Sequence[Item]) -> None:
        super().__init__(case)
        self._items = lines
        self._page = ReadLines()

    def body(self) -> ComposeResult:
        yield TitleLine(_("What was agreed"), str(len(self._items)))
        yield self._page

    async def on_mount(self) -> None:
        self._page.show(self._lay)
        self._page.focus()

    def _lay(self, width: int) -> Sequence[Sequence[Piece]]:
        lines: list[list[Piece]] = [[]]
        for item in self._items:
            who = self.case.called(item.code, item.name) if item.participant is not None else _("The team")
            lines.append([(f" {self._label(item)} ", HEADING), (who, BOLD)])
            lines += [[("   " + text, PLAIN)] for text in wrapped(item.text, max(20, width - 4))]
            more = [item.owner, _("due {date}").format(date=format_date(item.due)) if item.due else ""]
            if any(more):
                lines.append([("   " + " · ".join(part for part in more if part), DIM)])
        if not self._items:
            lines.append([(" " + _("Nothing was decided and no task was set."), DIM)])
        question = _("Enter closes the meeting. That is not undone: its minutes can only be added to from then on.")
        return [*lines, [], *([(" " + text, BOLD)] for text in wrapped(question, max(20, width - 2)))]

    def _label(self, item: Item) -> str:
        if not item.for_kind:
            return _(WORDS[item.kind])
        kind = str(self.case.programme.choice("meeting_kind", item.for_kind).name)
        return _("Parked for: {kind}").format(kind=kind)

    def action_accept(self) -> None:
        """Close the meeting."""
        self.dismiss(True)

    def action_up(self) -> None:
        self._page.move(-1)

    def action_down(self) -> None:
        self._page.move(1)

    def action_page_up(self) -> None:
        self._page.move(-self._page.page)

    def action_page_down(self) -> None:
        self._page.move(self._page.page)


def _sees_to_it(reading: Reading, participant: int | None) -> int | None:
    """Who sees to a task: the responsible colleague, whoever covers while they are away, else who writes it."""
    worker = None
    if participant is not None:
        worker = reading.value(
            "SELECT p.worker_id FROM participant p JOIN staff s ON s.id = p.worker_id AND s.active WHERE p.id = ?",
            [participant],
        )
    if worker is None:
        return reading.actor.staff_id or None
    return absences.cover_of(reading, worker, reading.today) or int(worker)
