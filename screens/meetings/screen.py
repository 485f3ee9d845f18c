"""The weekly meeting, the monthly and a support team: the points one after the other, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import ClassVar, Final

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
from models.meetings.meetings import WORDS
from models.meetings.reading import HEARD, MONTHLY, SUPPORT, TASK, TOPIC, WEEKLY, Item, Meeting
from models.storage.reading import Reading
from models.team import staff
from screens.frame.case import Case
from screens.frame.chooser import choose
from screens.frame.destinations import PARTICIPANT, REVIEWS
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.meetings.keys import MeetingKeys
from screens.meetings.line import kind_name, kind_options
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines
from screens.widgets.signs import worded
from screens.widgets.windowed_list import Group, WindowedList

HEADINGS: Final = {
    "parked": N_("Parked topics"),
    "reviews": N_("Phase review owed or due"),
    "long": N_("Long in the phase, or long since discussed"),
    "signals": N_("Signals"),
    "rest": N_("The other follow-ups"),
    "heard": N_("Gone through"),
}


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
        pieces += [(flat(topic) + " ", PLAIN)] if topic else []
        return [*pieces, *worded(row.signs, width - sum(cell_len(text) for text, _style in pieces))]


class MeetingScreen(ListKeys, MeetingKeys):
    """The result is the meeting."""

    SCOPE = "meeting"
    CSS_PATH = "meeting.tcss"
    HELP: ClassVar[str] = N_(
        "The points of the meeting, made from the caseload: topics that were parked, phase reviews owed or due, "
        "who has been long in a phase, what else is urgent, and every other follow-up. Space notes the point as "
        "gone through and takes up what was parked for it. Notes, decisions and tasks of a participant stand on "
        "the line of time. In a support team the guests come from the people around the participant, with whether "
        "sharing is covered."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"meeting.open": PARTICIPANT, "meeting.review": REVIEWS}

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case, meeting)
        self.moving = PointList(case)
        self._initials: dict[int, str] = {}
        self._stood: dict[int | None, tuple[int, str]] = {}

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

    async def refresh_case(self) -> None:
        keep = self.moving.row
        found, self.said, points, self._initials = await self.case.store.ask(_load_minutes, self.meeting_id)
        self.meeting = found
        points = self._steady(points)
        groups = [
            Group(key, "" if found.kind == SUPPORT else _(HEADINGS[key]), len(list(rows)))
            for key, rows in groupby(points, key=lambda point: point.group)
        ]
        await self.moving.show_rows(points, groups, mark=_place(points, keep))
        self.query_one("#meeting-body").set_class(found.kind == SUPPORT, "one")
        self._draw_head(found)
        self._draw_point()
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

    def _draw_point(self) -> None:
        page = self.query_one(ReadLines)
        page.top = 0
        page.show(self._lay_point)

    def _lay_point(self, width: int) -> Sequence[Sequence[Piece]]:
        room = max(20, width - 3)
        row = self.moving.row
        participant, who = self.about()
        lines: list[list[Piece]] = [[("─" * width, DIM)]] if not self.wide else []
        lines.append([(" " + who, BOLD)])
        named = row or self.meeting
        said_of = (named.code, named.name) if named is not None else ("", "")
        signs, topics = (row.signs, row.topics) if row is not None else ((), ())
        for topic in topics:
            told = wrapped(
                _("Parked by {who}: {text}").format(who=topic.author or "–", text=self.case.said(topic.text, *said_of)),
                room,
            )
            lines += [[(" " + text, WARN)] for text in told]
        said = [line for line in self.said if line.participant == participant and line.kind != HEARD]
        # What was just written is seen at once, also where the rest does not fit.
        for line in said:
            lines += self._item(line, room)
        if not said:
            lines.append([(" " + _("Nothing written yet in this meeting."), DIM)])
        for sign in signs:
            head, *rest = wrapped(self.case.said(sign.reason, *said_of), room - 4)
            lines.append([(f" {sign.tag} ", BY_SEVERITY[sign.severity]), (head, PLAIN)])
            lines += [[("    " + text, PLAIN)] for text in rest]
        return lines

    def _item(self, line: Item, room: int) -> list[list[Piece]]:
        label = _(WORDS[line.kind]) + ": "
        more = ""
        if line.kind == TASK:
            more = " ".join(part for part in (line.owner, format_date(line.due) if line.due else "") if part)
        head, *rest = wrapped(self.case.said(line.text, line.code, line.name), max(10, room - len(label)))
        first: list[Piece] = [(" " + label, GOOD), (head, PLAIN), (f"  {more}" if more else "", DIM)]
        return [[*first, (f"  {line.author}", DIM)], *([(" " * (len(label) + 1) + text, PLAIN)] for text in rest)]

    def on_windowed_list_marked(self) -> None:
        self._draw_point()
        self.draw_foot()

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        if reason := super().why_not(action_id):
            return reason
        if action_id in self.OPENS_OF and self.concerned is None:
            return _("This point is about nobody.")
        if action_id == "meeting.heard" and self.moving.row is None:
            return _("No point is selected.")
        return ""

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

    async def action_heard(self) -> None:
        """Note the point as gone through: what was parked for it is taken up."""
        row = self.moving.marked
        for topic in row.topics:
            await self.case.store.change(meetings.take_up, topic.id, topic.version, self.meeting_id)
        if row.participant is not None:
            await self.case.store.change(meetings.gone_through, self.meeting_id, row.participant)
        await self.catch_up()


def _place(points: Sequence[Point], keep: Point | None) -> int | None:
    """Where the mark goes: to the same point; one that was gone through leaves its place to the next."""
    if keep is None:
        return None
    topics = {topic.id for topic in keep.topics}
    for place, point in enumerate(points):
        if keep.participant is None:
            if topics.intersection(topic.id for topic in point.topics):
                return place
        elif point.participant == keep.participant and (point.group == "heard") == (keep.group == "heard"):
            return place
    return None


def _load_minutes(
    reading: Reading, meeting: int
) -> tuple[Meeting, tuple[Item, ...], tuple[Point, ...], dict[int, str]]:
    return (
        meeting_reading.one(reading, meeting),
        meeting_reading.items(reading, meeting),
        meeting_agenda.agenda(reading, meeting),
        {one.id: one.initials for one in staff.team(reading, active_only=False)},
    )
