"""The daily stand-up: one participant at a time, large, for a big screen and a keyboard on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partialmethod
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.board import BoardCard
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.meetings import WORDS
from models.meetings.reading import NEED, TOPIC, Meeting
from models.plans import agenda
from models.plans.agenda import AgendaItem, AgendaQuery
from models.storage.reading import Reading
from models.team import absences, staff
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT
from screens.frame.moving import ReadKeys
from screens.frame.route import Route
from screens.meetings.keys import MeetingKeys
from screens.meetings.standup_card import StandupRead, card_lines, side_lines
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

COMING: Final = 3


class StandupScreen(ReadKeys, MeetingKeys):
    """Goes through the caseloads, and in each what presses first; the result is the meeting.

    A colleague in the same stand-up sees what is written within a second, and keeps their own place.
    """

    SCOPE = "standup"
    CSS_PATH = "standup.tcss"
    HELP: ClassVar[str] = N_(
        "The daily meeting: everybody's participants one by one, those with the most urgent signals first. Space "
        "notes the participant as gone through and goes on. A note and a task about a participant stand on the "
        "line of time. What needs more time is parked for the weekly meeting. Several colleagues can be in the "
        "same stand-up, each on a keyboard of their own."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"standup.open": PARTICIPANT}

    found: StandupRead

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case, meeting)
        self.moving = ReadLines(id="standup-card")
        self._load = self._place = 0
        self._order: tuple[int, ...] = ()

    def body(self) -> ComposeResult:
        yield Lines(4, id="standup-head")
        with Horizontal(id="standup-body"):
            yield self.moving
            yield Lines(200, id="standup-side")

    async def on_mount(self) -> None:
        self._load, self._place = await self.case.store.ask(meeting_agenda.unheard, self.meeting_id)
        self.lay_out()
        await self.refresh_case()
        self.moving.focus()
        self._wind_clock()

    def lay_out(self) -> None:
        self.query_one("#standup-side").display = self.wide

    # ------------------------------------------------------------------ the clock

    def _wind_clock(self) -> None:
        """Draw the minutes when they change and not before: nothing goes over the line meanwhile."""
        self.set_timer(60 - self._elapsed() % 60, self._minute)

    def _minute(self) -> None:
        self._draw_head()
        self._wind_clock()

    def _elapsed(self) -> int:
        return max(0, self.case.clock.seconds() - self.found.meeting.opened_at)

    # ------------------------------------------------------------------ where we are

    @property
    def card(self) -> BoardCard | None:
        """The participant who is spoken of."""
        return self.found.cards[self._place] if self._place < len(self.found.cards) else None

    def about(self) -> tuple[int | None, str]:
        card = self.card
        return (None, _("the team")) if card is None else (card.participant, self.case.called(card.code, card.name))

    async def refresh_case(self) -> None:
        await self._show(self._load, self._place)

    async def _show(self, load: int, place: int) -> None:
        """Show a place in a caseload; the order that was begun with stays while it is gone through."""
        keep = self._order if load == self._load else ()
        with self.reading():
            found = await self.case.store.ask(_load_stand_up, self.meeting_id, load, place, keep)
        self.found = found
        self.meeting, self.said = found.meeting, found.said
        self._order = tuple(card.participant for card in found.cards)
        self._load = max(0, min(load, len(found.loads) - 1))
        self._place = max(0, min(place, len(found.cards) - 1))
        self._draw_head()
        self.moving.top = 0
        self.moving.show(self._lay_card)
        self.query_one("#standup-side", Lines).show(side_lines(self.case, found, self._load, self._place))
        self.draw_foot()

    # ------------------------------------------------------------------ what is shown

    def _draw_head(self) -> None:
        found = self.found
        day = f"{short_weekday(found.meeting.day)} {format_date(found.meeting.day)}"
        minutes = _("{count} min").format(count=self._elapsed() // 60)
        there = " ".join(found.initials.get(each, "?") for each in found.meeting.present) or _("nobody noted")
        first: list[Piece] = [
            (" " + _("Stand-up") + f" {day}", HEADING), (f"   {minutes}", BOLD),
            ("   " + _("present:") + " ", DIM), (there, BOLD),
        ]  # fmt: skip
        if found.meeting.closed:
            first.append(("   " + _("closed"), ALARM))
        self.query_one("#standup-head", Lines).show([first, self._practical(), self._progress()])

    def _practical(self) -> list[Piece]:
        """Who is away and who covers, and what was said to be needed."""
        found = self.found
        needs = [line for line in self.said if line.kind == NEED]
        parts: list[Piece] = [(f" {_(WORDS[NEED])}: {flat(line.text)} ", GOOD) for line in needs]
        for staff_id, absence in found.away.items():
            covers = found.initials.get(absence.cover or 0, "")
            words = _("{who} away to {date}").format(
                who=found.initials.get(staff_id, "?"), date=format_date(absence.last)
            )
            words += ", " + (_("{who} covers").format(who=covers) if covers else _("nobody covers"))
            parts.append((f" {words} ", PLAIN if covers else WARN))
        key = self.case.keymap.shown("standup.need", self.SCOPE)
        return parts or [(" " + _("No practical needs so far; {key} writes one.").format(key=key), DIM)]

    def _progress(self) -> list[Piece]:
        """The caseloads, and how far the one that is gone through has come."""
        pieces: list[Piece] = []
        for number, load in enumerate(self.found.loads):
            called = load.initials or "??"
            if number == self._load:
                pieces.append((f" ▸{called} {self._place + 1}/{load.count} ", BOLD))
            else:
                pieces.append((f"  {called} {load.count} ", DIM))
        many = len(self.found.heard)
        done = n_("{count} gone through", "{count} gone through", many).format(count=many)
        return [*pieces, (f"   {done}", DIM)]

    def _lay_card(self, width: int) -> Sequence[Sequence[Piece]]:
        if self.card is None:
            return [[("  " + _("Nobody to go through yet."), DIM)]]
        return card_lines(self.case, self.found, self.card, width, self.app.size.height)

    def closed_told(self, found: Meeting) -> str:
        heard = len(self.found.heard)
        told = n_("The stand-up is closed. {count} was gone through.",
                  "The stand-up is closed. {count} were gone through.", heard).format(count=heard)  # fmt: skip
        if (left := self._left()) > 0:
            told += " " + n_("{count} was passed over.", "{count} were passed over.", left).format(count=left)
        return told

    def _left(self) -> int:
        return sum(load.count for load in self.found.loads) - len(self.found.heard)

    # ------------------------------------------------------------------ moving

    async def action_next(self) -> None:
        """The next participant."""
        if self._place + 1 < len(self.found.cards):
            await self._show(self._load, self._place + 1)
        else:
            await self.action_next_load()

    async def action_prev(self) -> None:
        """The participant before."""
        if self._place:
            await self._show(self._load, self._place - 1)
        elif self._load:
            await self._show(self._load - 1, self.found.loads[self._load - 1].count - 1)
        else:
            self.say(_("This is the first one."))

    async def action_next_load(self) -> None:
        """The first participant of the next colleague; after the last, how many were passed over."""
        if self._load + 1 < len(self.found.loads):
            await self._show(self._load + 1, 0)
            return
        left = self._left()
        told = _("That was the last one. {key} goes through what was agreed and closes.")
        if left > 0:
            told = n_(
                "That was the last one; {count} was passed over. {key} closes.",
                "That was the last one; {count} were passed over. {key} closes.",
                left,
            )
        self.say(told.format(count=left, key=self.case.keymap.shown("standup.finish", self.SCOPE)))

    async def action_prev_load(self) -> None:
        """The first participant of the colleague before, or of this one."""
        await self._show(self._load - (self._place == 0 and self._load > 0), 0)

    async def action_heard(self) -> None:
        """Note the participant as gone through, and go on."""
        if self.card is None:
            return
        await self.case.store.change(meetings.gone_through, self.meeting_id, self.card.participant)
        if (self._load + 1, self._place + 1) == (len(self.found.loads), len(self.found.cards)):
            await self.catch_up()
        await self.action_next()

    action_park = partialmethod(MeetingKeys.write_line, TOPIC)


def _load_stand_up(reading: Reading, meeting: int, load: int, place: int, keep: Sequence[int]) -> StandupRead:
    found = meeting_reading.one(reading, meeting)
    loads = meeting_agenda.caseloads(reading)
    load = max(0, min(load, len(loads) - 1))
    cards = meeting_agenda.cards(reading, loads[load].staff) if loads else ()
    if keep:
        places = {participant: number for number, participant in enumerate(keep)}
        cards = tuple(sorted(cards, key=lambda card: places.get(card.participant, len(places))))
    card = cards[max(0, min(place, len(cards) - 1))] if cards else None
    since = meeting_agenda.last_stand_up(reading, found)
    coming: tuple[AgendaItem, ...] = ()
    if card is not None:
        query = AgendaQuery(participant=card.participant)
        counts = {group: count for group, count in agenda.groups(reading, query).items()
                  if group in ("overdue", "today", "week")}  # fmt: skip
        coming = tuple(agenda.page(reading, query, counts, 0, COMING))
    return StandupRead(
        meeting=found,
        said=meeting_reading.items(reading, meeting),
        since=since,
        loads=loads,
        cards=cards,
        news=meeting_agenda.since(reading, card.participant, since) if card is not None else None,
        coming=coming,
        topics=meeting_reading.parked(reading, meeting_reading.WEEKLY, card.participant) if card is not None else (),
        away=absences.away(reading, reading.today),
        initials={one.id: one.initials for one in staff.team(reading, active_only=False)},
    )
