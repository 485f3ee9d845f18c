"""The weekly meeting, the monthly and a support team: the points one after the other, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partialmethod
from itertools import groupby
from typing import ClassVar, Final

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container

from config.dates import format_date, short_weekday
from config.words import N_, _, n_
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.agenda import GROUPS, Point
from models.meetings.reading import MONTHLY, SUPPORT, TOPIC, WEEKLY, Item, Meeting
from models.meetings.spoken_of import SpokenOf, spoken_of
from models.storage.reading import Reading
from models.team import staff
from screens.frame.case import Case
from screens.frame.chooser import choose
from screens.frame.destinations import PARTICIPANT, REVIEWS
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.meetings import spoken_lines as parts
from screens.meetings.keys import MeetingKeys
from screens.meetings.large_letters import large
from screens.meetings.line import kind_name, kind_options
from screens.meetings.standup_card import TALL_FROM, Room
from screens.team.assigning import give_worker
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines
from screens.widgets.signs import worded
from screens.widgets.windowed_list import Group, WindowedList

HEADINGS: Final = {
    "parked": N_("Parked topics"),
    "reviews": N_("Phase review missing or due"),
    "long": N_("Long in the phase, or long since discussed"),
    "signals": N_("Signals"),
    "rest": N_("The other follow-ups"),
    "heard": N_("Gone through"),
}


LEAN_BELOW: Final = 14
"""On fewer lines what is known of somebody is told the shorter."""
SAID_LEAN: Final = 2
LATELY: Final = 14
"""As many lines of the last two weeks."""


Steady = Callable[[Sequence[Point]], tuple[Point, ...]]


class _MinutesRead(Struct, frozen=True):
    """Everything that is shown, read in one visit to the vault; `spoken` is of the one at `place` alone."""

    meeting: Meeting
    said: tuple[Item, ...]
    points: tuple[Point, ...]
    place: int | None
    spoken: Mapping[int, SpokenOf | None]
    initials: Mapping[int, str]


class PointList(WindowedList[Point]):
    """One line a point: who, and why they stand there."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing was parked for this meeting. n writes a note."))
        self.case = case

    def draw_row(self, row: Point, width: int, part: int) -> Sequence[Piece]:
        topic = self.case.said(row.topics[0].text, row.code, row.name) if row.topics else ""
        if row.participant is None:
            return [(flat(topic), PLAIN)]
        pieces: list[Piece] = [
            ("✓ " if row.group == "heard" else "  ", GOOD),
            (cut(self.case.called(row.code, row.name), 22) + " ", BOLD),
            (cut(row.worker or "??", 4), DIM),
        ]
        room = width - sum(cell_len(text) for text, _style in pieces)
        if topic:
            # Beside a topic there is room for what is urgent: it is not told instead of it.
            topic = flat(topic) if not row.signs else cut(flat(topic), min(cell_len(flat(topic)), room // 2))
            pieces.append((topic + " ", PLAIN))
            room -= cell_len(topic) + 1
        return [*pieces, *worded(row.signs, room)]


class MeetingScreen(ListKeys, MeetingKeys):
    """The result is the meeting."""

    SCOPE = "meeting"
    CSS_PATH = "meeting.tcss"
    HELP: ClassVar[str] = N_(
        "The points of the meeting, made from the caseload: topics that were parked, phase reviews missing or due, who "
        "has been long in a phase, what else is urgent, and every other follow-up. Of the one selected it shows "
        "what is said here, what was decided last, what is urgent, and the goals. Space notes the point as gone "
        "through; where something was parked for it, the topic is taken up first, and the follow-up itself is still to "
        "be gone through. Notes, decisions and tasks of a participant stand on the line of time. In a support team the "
        "guests come from the people around the participant, with whether sharing is covered."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"meeting.open": PARTICIPANT, "meeting.review": REVIEWS}

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case, meeting)
        self.moving = PointList(case)
        self._initials: Mapping[int, str] = {}
        self._stood: dict[int | None, tuple[int, str]] = {}
        self._points: tuple[Point, ...] = ()
        self._spoken: dict[int, SpokenOf | None] = {}

    def body(self) -> ComposeResult:
        yield Lines(3, id="meeting-head")
        with Container(id="meeting-body"):
            yield self.moving
            yield ReadLines(id="meeting-point")

    async def on_mount(self) -> None:
        self.lay_out()
        await self.refresh_case()
        self.set_focus(self.moving)

    def lay_out(self) -> None:
        self.query_one("#meeting-body").set_class(self.wide, "beside")
        self._spoken = {}
        self.call_later(self._show_point)

    async def refresh_case(self) -> None:
        read = await self.case.store.ask(
            _load_minutes, self.meeting_id, self._steady, self.moving.row, large=self._on_large_screen
        )
        found, self._points = read.meeting, read.points
        self.meeting, self.said, self._spoken, self._initials = found, read.said, dict(read.spoken), read.initials
        groups = [
            Group(key, "" if found.kind == SUPPORT else _(HEADINGS[key]), len(list(rows)))
            for key, rows in groupby(self._points, key=lambda point: point.group)
        ]
        await self.moving.show_rows(self._points, groups, mark=read.place)
        self.query_one("#meeting-body").set_class(found.kind == SUPPORT, "one")
        self._draw_head(found)
        await self._show_point()
        self.draw_foot()

    def about(self) -> tuple[int | None, str]:
        for one in (self.moving.row, self.meeting):
            if one is not None and one.participant is not None:
                return one.participant, self.case.called(one.code, one.name)
        return None, _("the team")

    # ------------------------------------------------------------------ what is shown

    def _draw_head(self, found: Meeting) -> None:
        who = f" · {self.case.called(found.code, found.name)}" if found.participant is not None else ""
        day = f"{short_weekday(found.day)} {format_date(found.day)}"
        first: list[Piece] = [(f" {kind_name(self.case, found.kind)}{who}", HEADING), (f"  {day}", BOLD)]
        if found.closed:
            first.append(("   " + _("closed"), ALARM))
        there = " ".join(self._initials.get(each, "?") for each in found.present) or _("nobody noted")
        second: list[Piece] = [(" " + _("present:") + " ", DIM), (there, BOLD)]
        if found.guests:
            shown = str(len(found.guests)) if self.case.private else "; ".join(found.guests)
            second += [("   " + _("guests:") + " ", DIM), (shown, PLAIN)]
        written = n_("{count} line in the minutes", "{count} lines in the minutes", found.items)
        second.append(("   " + written.format(count=found.items), DIM))
        self.query_one("#meeting-head", Lines).show([first, second])

    @property
    def _on_large_screen(self) -> bool:
        return Room.of(*self.app.size) is Room.PANELS

    async def _show_point(self) -> None:
        """Read what is known of the one under the mark, once until something changes, and show it."""
        participant = self.concerned
        if participant is not None and participant not in self._spoken:
            self._spoken[participant] = await self.case.store.ask(
                spoken_of, await self.opened(), participant, large=self._on_large_screen
            )
        page = self.query_one(ReadLines)
        page.top = 0
        page.show(self._lay_point)

    def _lay_point(self, width: int) -> Sequence[Sequence[Piece]]:
        """What is said here first, then what was decided before, the facts, what presses, and the goals."""
        room, rows = max(20, width - 3), self.query_one(ReadLines).size.height
        participant, who = self.about()
        spoken = self._spoken.get(participant or 0)
        said = parts.said_lines(self.case, self.said, participant, room, most=SAID_LEAN if rows < LEAN_BELOW else 0)
        if rows < LEAN_BELOW:
            rule: list[Piece] = [("─ ", DIM), (who, BOLD), (" " + "─" * max(0, width - cell_len(who) - 3), DIM)]
            # The heading goes where it tells no more than that these are lines of this meeting.
            lines = [*self._parked(room), *(said[1:] if said and len(said[0]) == 1 else said)]
            lines += [] if spoken is None else self._leanest(spoken, room, rows - 1 - len(lines))
            return [rule, *parts.indented(lines, 1)]
        tall = participant is not None and self.app.size.height >= TALL_FROM
        drawn = large(who, room) if tall else None
        lines = [*([(line, BOLD)] for line in drawn or [who]), *self._parked(room)]
        # What was just written is seen at once, also where the rest does not fit.
        lines += said or [[(_("Nothing written yet in this meeting."), DIM)]]
        return parts.indented([*lines, *([] if spoken is None else self._whole(spoken, room))], 1)

    def _parked(self, room: int) -> list[list[Piece]]:
        row, lines = self.moving.row, list[list[Piece]]()
        for topic in row.topics if row is not None else ():
            text = self.case.said(topic.text, topic.code, topic.name)
            told = _("Parked by {who}: {text}").format(who=topic.author or "–", text=text)
            lines += [[(line, WARN)] for line in wrapped(told, room)]
        return lines

    def _leanest(self, spoken: SpokenOf, room: int, rows: int) -> list[list[Piece]]:
        """What is known of whom is spoken of in few rows: of the signals as many as the rest leaves room for."""
        lines = parts.decided_lines(self.case, spoken, room - 1, most=1)[:1]
        lines += parts.facts(self.case, spoken.card, room)
        goals = parts.goal_lines(self.case, spoken, room - 1, steps=())
        pressing = max(1, rows - len(lines) - len(goals[:1]))
        return [*lines, *parts.pressing_lines(self.case, spoken.card, room, most=pressing), *goals]

    def _whole(self, spoken: SpokenOf, room: int) -> list[list[Piece]]:
        """All that is known; a large screen has the last two weeks, and who is around."""
        lines = [*parts.decided_lines(self.case, spoken, room), [], *parts.facts(self.case, spoken.card, room)]
        lines += [[], *parts.pressing_lines(self.case, spoken.card, room)]
        new = parts.news_heading(self.case, spoken, WEEKLY), parts.news_lines(self.case, spoken, room)
        around: list[list[Piece]] = []
        if spoken.more is not None:
            lately = parts.lately_lines(self.case, spoken.card, spoken.more, room)
            new = _("The last two weeks"), parts.limited(lately, LATELY)
            around = parts.around_lines(self.case, spoken.more, room)
        for title, more in (
            new,
            (_("Next"), parts.coming_lines(self.case, spoken, room)),
            (_("Goals"), parts.goal_lines(self.case, spoken, room)),
            (_("People around, and what may be shared"), around),
        ):
            lines += [[], [(title, HEADING)], *more] if more else []
        return lines

    async def on_windowed_list_marked(self) -> None:
        await self._show_point()
        self.draw_foot()

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        if reason := super().why_not(action_id):
            return reason
        if (action_id in self.OPENS_OF or action_id == "meeting.assign") and self.concerned is None:
            return _("This point is about nobody.")
        if action_id == "meeting.heard" and self.moving.row is None:
            return _("No point is selected.")
        if action_id == "meeting.on" and not self.query_one(ReadLines).more:
            return _("There is no more to read.")
        if action_id == "meeting.back" and not self.query_one(ReadLines).top:
            return _("This is the beginning.")
        return ""

    def scroll_point(self, pages: int) -> None:
        """Scroll what is said of the point so many pages."""
        pane = self.query_one(ReadLines)
        pane.move(pages * pane.page)
        self.draw_foot()

    action_on = partialmethod(scroll_point, 1)
    action_back = partialmethod(scroll_point, -1)

    def _steady(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """The points where they stood: what is written about one takes signals from it, and must not move it away."""
        kept: list[tuple[int, int, Point]] = []
        for number, point in enumerate(points):
            stood = None if point.group == "heard" else self._stood.get(point.participant)
            place, group = stood or (number, point.group)
            kept.append((GROUPS.index(group), place, replace(point, group=group)))
        ordered = [point for _group, _place, point in sorted(kept, key=lambda each: each[:2])]
        for place, point in enumerate(ordered):
            if point.participant is not None and point.group != "heard":
                self._stood.setdefault(point.participant, (place, point.group))
        return tuple(ordered)

    async def action_park(self) -> None:
        """Park a topic, for the next weekly or the next monthly."""
        options = kind_options(self.case, (WEEKLY, MONTHLY))
        if kind := await choose(self, _("Park for which meeting?"), options):
            await self.write_line(TOPIC, kind)

    async def action_assign(self) -> None:
        """Make a colleague responsible for whom is spoken of."""
        if (participant := self.concerned) is not None and (told := await give_worker(self, participant)):
            await self._received(told)

    async def action_heard(self) -> None:
        """Note the point as gone through, or take up what was parked for it: a topic is not the follow-up."""
        row = self.moving.marked
        for topic in row.topics:
            await self.case.store.change(meetings.take_up, topic.id, topic.version, self.meeting_id)
        if row.topics:
            self._stood.pop(row.participant, None)
        elif row.participant is not None:
            await self.case.store.change(meetings.gone_through, self.meeting_id, row.participant)
        await self.catch_up()
        if row.topics and row.participant in [point.participant for point in self._points if point.participant]:
            self.say(_("The topic is taken up; the follow-up itself is still to be gone through."))


def _place(points: Sequence[Point], keep: Point | None) -> int | None:
    """Where the mark goes: to the same point; one gone through, or without its topic, leaves its place to the next."""
    if keep is None:
        return None
    topics = {topic.id for topic in keep.topics}
    for place, point in enumerate(points):
        if keep.participant is None:
            if topics.intersection(topic.id for topic in point.topics):
                return place
        elif point.participant == keep.participant:
            same = (point.group == "heard") == (keep.group == "heard") and bool(topics) <= bool(point.topics)
            return place if same else None
    return None


def _load_minutes(reading: Reading, meeting: int, steady: Steady, keep: Point | None, *, large: bool) -> _MinutesRead:
    """Read it all, with the points as `steady` orders them and the mark where it goes from the point to `keep`."""
    found = meeting_reading.one(reading, meeting)
    points = steady(meeting_agenda.agenda(reading, meeting))
    place = _place(points, keep)
    here = points[place or 0].participant if points else found.participant
    return _MinutesRead(
        meeting=found,
        said=meeting_reading.items(reading, meeting),
        points=points,
        place=place,
        spoken={here: spoken_of(reading, found, here, large=large)} if here is not None else {},
        initials={one.id: one.initials for one in staff.team(reading, active_only=False)},
    )
