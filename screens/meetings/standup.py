"""The daily stand-up: one participant at a time, large, for a big screen and a keyboard on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partialmethod
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal

from config.actions import Action
from config.actions.shapes import FIRST
from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.board import BoardCard
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.agenda import Caseload
from models.meetings.meetings import WORDS
from models.meetings.reading import NEED, TOPIC, Meeting
from models.meetings.spoken_of import spoken_of
from models.storage.reading import Reading
from models.team import absences, staff
from models.team.absences import Absence
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT
from screens.frame.moving import ReadKeys
from screens.frame.route import Route
from screens.meetings.keys import MeetingKeys
from screens.meetings.standup_card import AROUND, Room, StandupRead, card_lines, side_lines, side_width
from screens.team.assigning import give_cover, give_worker
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines


class StandupScreen(ReadKeys, MeetingKeys):
    """Goes through the caseloads, and in each what presses first; the result is the meeting.

    A colleague in the same stand-up sees what is written within a second, and keeps their own place.
    """

    SCOPE = "standup"
    CSS_PATH = "standup.tcss"
    HELP: ClassVar[str] = N_(
        "The daily meeting: everybody's participants one by one, those with the most urgent signals first. Space "
        "notes the participant as gone through and goes on. A note and a task about a participant stand on the line of "
        "time. What needs more time is parked for the weekly meeting. Somebody whom nobody is responsible for is given "
        "a caseworker here, and an absence that nobody covers a cover, each colleague with the places left. Several "
        "colleagues can be in the same stand-up, each on a keyboard of their own. A large screen shows also the last "
        "two weeks, who is around and whether something may be shared with them, the goals, and what the caseworker "
        "carries."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"standup.open": PARTICIPANT}

    found: StandupRead

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case, meeting)
        self.moving = ReadLines(id="standup-card")
        self._load = self._place = 0
        self._order: tuple[int, ...] = ()
        self._read_for: Room | None = None

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
        side = self.query_one("#standup-side")
        side.display = self.wide
        side.styles.width = side_width(self.app.size.width, self.room)
        if self._read_for not in (None, self.room):
            self.call_later(self.read_again)

    @property
    def room(self) -> Room:
        """What the terminal has room for."""
        return Room.of(*self.app.size)

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
        return self.found.card if self._read_for else None

    def about(self) -> tuple[int | None, str]:
        card = self.card
        return (None, _("the team")) if card is None else (card.participant, self.case.called(card.code, card.name))

    async def refresh_case(self) -> None:
        await self._show(self._load, self._place)

    async def _show(self, load: int, place: int) -> None:
        """Show a place in a caseload; the order that was begun with stays while it is gone through.

        It does so also where nobody is left in it, since they were given a worker here.
        """
        wanted = self.found.loads[load] if self._read_for and load < len(self.found.loads) else None
        keep = self._order if load == self._load else ()
        space = self.room
        with self.reading():
            found = await self.case.store.ask(
                _load_stand_up, self.meeting_id, (load, wanted), place, keep, large=space is Room.PANELS
            )
        self.found, self._read_for = found, space
        self.meeting, self.said = found.meeting, found.said
        self._order = tuple(card.participant for card in found.cards)
        self._load, self._place = found.load, found.place
        self._draw_head()
        self.moving.top = 0
        self.moving.show(self._lay_card)
        self._draw_side()
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
            covers = found.covers.get(staff_id, "")
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
                pieces.append((f" ▸{called} {self._place + 1}/{len(self.found.cards)} ", BOLD))
            else:
                pieces.append((f"  {called} {load.count} ", DIM))
        many = len(self.found.heard)
        done = n_("{count} gone through", "{count} gone through", many).format(count=many)
        return [*pieces, (f"   {done}", DIM)]

    def _lay_card(self, width: int) -> Sequence[Sequence[Piece]]:
        if self.found.spoken is None:
            return [[("  " + _("Nobody to go through yet."), DIM)]]
        columns, height = self.app.size
        return card_lines(self.case, self.found, self.found.spoken, (width, height, columns))

    def _draw_side(self) -> None:
        side = self.query_one("#standup-side", Lines)
        columns, height = self.app.size
        side.show(side_lines(self.case, self.found, side_width(columns, self.room), height - AROUND, self.room))

    def closed_told(self, found: Meeting) -> str:
        heard = len(self.found.heard)
        told = n_("The stand-up is closed. {count} was gone through.",
                  "The stand-up is closed. {count} were gone through.", heard).format(count=heard)  # fmt: skip
        if (left := self._left()) > 0:
            told += " " + n_("{count} was passed over.", "{count} were passed over.", left).format(count=left)
        return told

    def _left(self) -> int:
        return sum(load.count for load in self.found.loads) - len(meeting_reading.discussed(self.said))

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

    # ------------------------------------------------------------------ who sees to them

    def why_not(self, action_id: str) -> str:
        if reason := super().why_not(action_id):
            return reason
        if action_id == "standup.assign" and self.card is None:
            return _("There is nobody to go through.")
        if action_id == "standup.cover" and not self._uncovered:
            return _("Nobody is away today without somebody who covers.")
        return ""

    @property
    def _uncovered(self) -> list[Absence]:
        """The absences of today that nobody who is there covers, first that of whose participant is spoken of."""
        if self._read_for is None:
            return []
        worker = self.card.worker if self.card is not None else None
        alone = [absence for absence in self.found.away.values() if not self.found.covers.get(absence.staff)]
        return sorted(alone, key=lambda absence: absence.staff != worker)

    def actions(self) -> list[Action]:
        """What is missing for whom is spoken of comes first in the foot: somebody responsible, or a cover."""
        lacks = {"standup.assign": self._unattended, "standup.cover": bool(self._uncovered)}
        return [replace(action, footer=FIRST) if lacks.get(action.id) else action for action in super().actions()]

    @property
    def _unattended(self) -> bool:
        """Whether nobody who is here is responsible for whom is spoken of."""
        return self.card is not None and (
            self.found.loads[self._load].staff is None or self.found.covers.get(self.card.worker or 0) == ""
        )

    async def action_assign(self) -> None:
        """Make a colleague responsible for the participant who is spoken of; they stay the one spoken of."""
        if self.card is not None and (told := await give_worker(self, self.card.participant)):
            await self._received(told)

    async def action_cover(self) -> None:
        """Name who covers for somebody who is away."""
        if told := await give_cover(self, self._uncovered):
            await self._received(told)


def _load_stand_up(
    reading: Reading, meeting: int, where: tuple[int, Caseload | None], place: int, keep: Sequence[int], *, large: bool
) -> StandupRead:
    """All that is shown: `where` is the number of a caseload and which it was, `keep` the order that is to stay."""
    found = meeting_reading.one(reading, meeting)
    loads = list(meeting_agenda.caseloads(reading))
    load, wanted = where
    if wanted is not None:
        there = next((number for number, one in enumerate(loads) if one.staff == wanted.staff), None)
        if there is None and keep:
            load = min(load, len(loads))
            loads.insert(load, replace(wanted, count=0))
        elif there is not None:
            load = there
    load = max(0, min(load, len(loads) - 1))
    cards = meeting_agenda.cards(reading, loads[load].staff, keep) if loads else ()
    place = max(0, min(place, len(cards) - 1))
    card = cards[place] if cards else None
    return StandupRead(
        meeting=found,
        said=meeting_reading.items(reading, meeting),
        loads=tuple(loads),
        load=load,
        cards=cards,
        place=place,
        spoken=spoken_of(reading, found, card.participant, card, large=large) if card is not None else None,
        away=absences.away(reading, reading.today),
        covers=absences.covers(reading, reading.today),
        initials={one.id: one.initials for one in staff.team(reading, active_only=False)},
    )
