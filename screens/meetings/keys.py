"""What is done by key in any meeting: write, mark who is there, and finish with what was agreed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partialmethod
from typing import ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult

from config.actions import Action
from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _, n_
from models.contacts import network
from models.meetings import meetings
from models.meetings.meetings import WORDS
from models.meetings.reading import (
    DECISION,
    GOES_THROUGH,
    NEED,
    NOTE,
    REOPENED,
    TASK,
    WEEKLY,
    Followed,
    Item,
    Meeting,
    agreed,
    followed,
    left_out,
)
from models.storage.reading import Reading
from models.team import staff
from screens.forms.draft_prompt import KeptPrompt
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.dialog import Dialog
from screens.frame.moving import ReadKeys
from screens.frame.screen import CaseScreen
from screens.meetings.line import GUEST, MeetingLine, kind_name
from screens.meetings.minutes import MinutesScreen
from screens.widgets.facts import share_words
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.read_lines import ReadLines
from screens.widgets.text_lines import TitleLine

BESIDE_FROM: Final = 110
ELSE: Final = "+"
LINES: Final = ("note", "decide", "need", "task")
"""The keys that write a line, which are followed by a sentence."""
LEFT_NAMED: Final = 120
"""As many of those who were not gone through are named before a meeting is closed; the minutes name all of them."""


class MeetingKeys(CaseScreen[int]):
    """A screen of one open meeting, which is its result; a subclass reads `meeting` and `said` anew."""

    MEETS = True

    meeting: Meeting | None = None
    said: Sequence[Item] = ()

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case)
        self.meeting_id = meeting

    def about(self) -> tuple[int | None, str]:
        """The participant who is spoken of and how they are called, or None and the team."""
        raise NotImplementedError

    @property
    def concerned(self) -> int | None:
        return self.about()[0]

    @property
    def looked_at(self) -> int | None:
        return self.meeting.participant if self.meeting else None

    async def opened(self) -> Meeting:
        """The meeting that is written in; a subclass whose meeting is not there yet opens it."""
        assert self.meeting is not None
        return self.meeting

    def why_not(self, action_id: str) -> str:
        # Whoever began a sentence when a colleague closed the meeting goes on with it: it is added.
        if action_id.partition(".")[2] in LINES:
            return ""
        return _("These minutes are closed; they can only be added to.") if self.settled(action_id) else ""

    @property
    def _minutes_closed(self) -> bool:
        return self.meeting is not None and self.meeting.closed

    def settled(self, action_id: str) -> bool:
        return (
            self._minutes_closed and self.case.keymap.action(action_id).writes and action_id.partition(".")[2] != "note"
        )

    def actions(self) -> list[Action]:
        """In closed minutes, what the key of a note does is to add to them."""
        return [
            replace(action, label=N_("Add")) if self._minutes_closed and action.id.endswith(".note") else action
            for action in super().actions()
        ]

    async def read_again(self) -> None:
        before = self.meeting
        await super().read_again()
        if before is None or self.meeting is None or before.closed == self.meeting.closed or not self.is_current:
            return
        if self.meeting.closed:
            key = self.case.keymap.shown(f"{self.SCOPE}.note", self.SCOPE)
            told = _("{who} closed these minutes. {key} adds to them.")
            self.say(told.format(who=self.meeting.closed_by or "–", key=key), warn=True)
        else:
            who = next((line.author_name for line in reversed(self.said) if line.kind == REOPENED), "") or "–"
            self.say(_("{who} opened this meeting again.").format(who=who), warn=True)

    @property
    def wide(self) -> bool:
        """Whether two things fit side by side."""
        return self.app.size.width >= BESIDE_FROM

    def lay_out(self) -> None:
        """Put things where there is room for them."""

    def on_resize(self) -> None:
        if self.is_mounted and self.unread is None:
            self.lay_out()

    # ------------------------------------------------------------------ writing

    async def write_line(self, kind: str, for_kind: str = WEEKLY) -> None:
        """Write a line about whom is spoken of, a topic for the next meeting of a kind."""
        found = await self.opened()
        participant, who = self.about()
        line = MeetingLine(self.case, self.meeting_id, kind, participant, who, for_kind, closed=bool(found.closed))
        told = await self.ask(line)
        if told is not None:
            await self._received(told)
        elif line.kept:
            self.say(_("Not written, but kept: the same key brings it back."))

    action_note = partialmethod(write_line, NOTE)
    action_decide = partialmethod(write_line, DECISION)
    action_need = partialmethod(write_line, NEED)
    action_task = partialmethod(write_line, TASK)

    # ------------------------------------------------------------------ who is there

    async def action_present(self) -> None:
        """Mark which colleagues are present."""
        found = await self.opened()
        team = sorted(await self.case.store.ask(staff.team), key=lambda one: not one.works)
        options = [Option(str(one.id), one.name, hint=one.initials) for one in team]
        before = {str(each) for each in found.present}
        there = await self.ask(ChooserScreen(self.case, _("Who is present?"), options, multiple=True, chosen=before))
        if isinstance(there, tuple):
            for changed in before.symmetric_difference(there) & {option.value for option in options}:
                await self._attempt(meetings.attend, found.id, int(changed), changed in there)
            await self.catch_up()

    async def action_guests(self) -> None:
        """Mark who takes part from outside the team; of a participant's people with whether sharing is covered."""
        found = await self.opened()
        around = await self.case.store.ask(network.involved, found.participant) if found.participant is not None else ()
        options = []
        for person in around:
            role = str(self.case.programme.role(person.role).name)
            line = f"{person.name}, {role}"
            shown = role if self.case.private else line
            options.append(Option(line, shown, hint=share_words(person.answer)))
        known = {option.value for option in options}
        options += [Option(guest, self._called(guest)) for guest in found.guests if guest not in known]
        options.append(Option(ELSE, _("Somebody else …")))
        title = _("Who takes part from outside? Share only what the consent covers.")
        there = await self.ask(ChooserScreen(self.case, title, options, multiple=True, chosen=found.guests))
        if not isinstance(there, tuple):
            return
        for guest in set(found.guests).symmetric_difference(there) - {ELSE}:
            await self._attempt(meetings.receive, found.id, guest, guest in there)
        await self.catch_up()
        if ELSE in there:
            prompt = KeptPrompt(self.case, _("Who, and from where?"), self._receive, GUEST.name, found.id)
            if told := await self.ask(prompt):
                await self._received(told)

    def _called(self, guest: str) -> str:
        """A guest as they were noted, "name, role": while names are hidden only what follows the name."""
        if not self.case.private:
            return guest
        return HIDDEN + "".join(guest.partition(",")[1:])

    async def _receive(self, guest: str) -> str:
        await self.case.store.change(meetings.receive, self.meeting_id, guest, True)
        return _("Noted as a guest.")

    async def _received(self, told: str) -> None:
        await self.catch_up()
        self.say(told)

    async def _attempt(self, change: Callable[..., None], *values: object) -> None:
        try:
            await self.case.store.change(change, *values)
        except ExinError as error:
            await self.read_again()
            self.say(error.text, warn=True)

    # ------------------------------------------------------------------ the end

    async def action_lines(self) -> None:
        """Read the minutes as they stand."""
        await self.app.push_screen(MinutesScreen(self.case, self.meeting_id))

    async def action_finish(self) -> None:
        """Go through what was agreed and who was left, and close the meeting."""
        await self.refresh_case()
        if not await self.ask(AgreedScreen(self.case, *await self.case.store.ask(_at_the_end, await self.opened()))):
            return
        found = await self.opened()
        try:
            await self.case.store.change(meetings.close, found.id, found.version)
        except ExinError:
            await self.read_again()
            raise
        self.say_below(self.closed_told(found))
        self.dismiss(found.id)

    def closed_told(self, found: Meeting) -> str:
        """What is said once it was closed here."""
        return _("{meeting}: closed. Its minutes can be added to.").format(meeting=kind_name(self.case, found.kind))

    def action_close(self) -> None:
        """Leave the meeting open."""
        self.dismiss(self.meeting_id)


def _at_the_end(reading: Reading, meeting: Meeting) -> tuple[Sequence[Item], Sequence[Followed], int]:
    """What was agreed, who was left out, and of how many; of none in a meeting that does not go through everybody."""
    many = followed(reading) if meeting.kind in GOES_THROUGH else 0
    return agreed(reading, meeting), left_out(reading, meeting), many


class AgreedScreen(ReadKeys, Dialog[bool]):
    """What was agreed in a meeting, and who of `many` was `left`; dismisses with True when it is to be closed."""

    SCOPE = "agreed"
    HELP: ClassVar[str] = N_(
        "Everything that was decided, every task and every practical need of this meeting, and before it who is "
        "followed up and was neither gone through nor written about: the minutes have it. Once it is closed its "
        "minutes can only be added to; closed by mistake, it is opened again by a team leader on the same day."
    )

    def __init__(self, case: Case, lines: Sequence[Item], left: Sequence[Followed], many: int) -> None:
        super().__init__(case)
        self._items, self._left, self._many = lines, left, many
        self.moving = ReadLines()

    def body(self) -> ComposeResult:
        yield TitleLine(_("What was agreed"), str(len(self._items)))
        yield self.moving

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.moving.focus()

    async def refresh_case(self) -> None:
        self.moving.show(self._lay)

    def _lay(self, width: int) -> Sequence[Sequence[Piece]]:
        room = max(20, width - 2)
        lines: list[list[Piece]] = [[]]
        if self._many:
            style = WARN if self._left else GOOD
            lines += [*([(" " + text, style)] for text in wrapped(self._left_told(), room)), []]
        for item in self._items:
            who = self.case.called(item.code, item.name) if item.participant is not None else _("The team")
            label = _(WORDS[item.kind])
            if item.for_kind:
                label = _("Parked for: {kind}").format(kind=kind_name(self.case, item.for_kind))
            lines.append([(f" {label} ", HEADING), (who, BOLD)])
            lines += [
                [("   " + text, PLAIN)]
                for text in wrapped(self.case.said(item.text, item.code, item.name), max(20, width - 4))
            ]
            more = [item.owner, _("due {date}").format(date=format_date(item.due)) if item.due else ""]
            if any(more):
                lines.append([("   " + " · ".join(part for part in more if part), DIM)])
        if not self._items:
            lines.append([(" " + _("Nothing was decided and no task was set."), DIM)])
        question = _("Enter closes the meeting: its minutes can only be added to from then on.")
        return [*lines, [], *([(" " + text, BOLD)] for text in wrapped(question, room))]

    def _left_told(self) -> str:
        """Who was not gone through, by name or code."""
        count = len(self._left)
        if not count:
            told = n_("{count} who is followed up was gone through.",
                      "All {count} who are followed up were gone through.", self._many)  # fmt: skip
            return told.format(count=self._many)
        told = n_(
            "{count} of {many} was not gone through: {who}", "{count} of {many} were not gone through: {who}", count
        )
        who = ", ".join(self.case.called(each.code, each.name) for each in self._left[:LEFT_NAMED])
        if (more := count - LEFT_NAMED) > 0:
            who += " " + _("and {count} more, whom the minutes name.").format(count=more)
        return told.format(count=count, many=self._many, who=who)

    def action_accept(self) -> None:
        """Close the meeting."""
        self.dismiss(True)
