"""The agenda as lines under headings: when, who, what; what has a risk area or is prepared says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from rich.cells import cell_len
from textual.strip import Strip

from config.dates import format_date, format_hours, short_date, short_weekday
from config.words import N_, _
from models.plans import appointments, repeats
from models.plans.agenda import COUNTED, KINDS, WEEK_DAYS, AgendaItem
from models.signals.sign import tag
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, flat, strip
from screens.widgets.windowed_list import PAGE, Group, Grouped

COLUMNS_FROM: Final = 120
"""As many cells are room enough for the days of a week side by side."""
LINES_A_CELL: Final = 2
OPEN_BOX: Final = "[ ] "
"""Before a task that is open, where there is room for it."""
WHEN: Final = 21
"""As wide as a weekday, a day and from when to when: `Tue 08.12 09:00–10:00`."""
YEAR_PLAIN: Final = timedelta(days=300)
HEADINGS: Final = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "week": N_("The next seven days"),
    "later": N_("Later"),
    "undated": N_("Without a date"),
    "after": N_("To go through afterwards"),
}


def what(case: Case, item: AgendaItem) -> str:
    """What an item is, in words; whom it is with is hidden with the names."""
    programme, said = case.programme, flat(case.said(item.text, item.code, item.name))
    match item.kind:
        case "release":
            return f"{item.kind_told} {item.place}".strip()
        case "consent":
            names = (str(programme.agency(item.with_whom).name), str(programme.role(item.text).name))
            return f"{_(KINDS[item.kind])}: {', '.join(dict.fromkeys(names))}"
        case "plan":
            agency = f" ({programme.agency(item.with_whom).name})" if item.with_whom else ""
            return item.kind_told + agency
        case "appeal" | "complement":
            return f"{_(KINDS[item.kind])}: {said} ({programme.agency(item.with_whom).name})"
        case "task":
            whose = str(programme.choice("turn", item.turn).name)
            agency = f" ({programme.agency(item.with_whom).name})" if item.with_whom else ""
            return f"{OPEN_BOX}{said}" + ("" if item.turn == "ours" else f" · {whose}{agency}")
    whom = HIDDEN if item.with_whom and case.private else flat(item.with_whom)
    where = flat(case.said(item.place, item.code, item.name))
    return " · ".join(part for part in (said, whom, where) if part)


def heading(group: str, today: date) -> str:
    """What stands above a group: its words, or the day that it is."""
    if group in HEADINGS:
        return _(HEADINGS[group])
    day = date.fromisoformat(group)
    return f"{short_weekday(day)} {short_date(day)}" + (" · " + _("today") if day == today else "")


def when(case: Case, item: AgendaItem) -> str:
    """The day and the hours of an item in `WHEN` cells, empty without a day; the year goes rather than the hour."""
    day = item.day
    if day is None:
        return ""
    weekday = f"{short_weekday(day)} {short_date(day)}"
    whole = weekday if day.year == case.today.year else f"{short_weekday(day)} {format_date(day)}"
    if not item.at:
        return whole
    # Of a day so far away the year tells more than the weekday.
    shorter = f"{short_date(day)}.{day.year % 100:02}" if abs(day - case.today) > YEAR_PLAIN else weekday
    begins, hours = format_hours(case.clock.local(item.at)), hours_of(case, item)
    # That it ends on another day is plain from an end before its beginning.
    ways = (f"{whole} {hours}", f"{shorter} {hours}", f"{shorter} {hours.partition(' ')[0]}", f"{whole} {begins}")
    return next((way for way in ways if cell_len(way) <= WHEN), f"{shorter} {begins}")


class AgendaList(ColumnedList[AgendaItem]):
    """One line an item; with `people` it says whom it concerns.

    Where each group is one of the `days` of a week, the days stand side by side if there is room, and the mark goes
    down one and on into the next.
    """

    def __init__(self, case: Case, *, people: bool) -> None:
        super().__init__(empty=_("Nothing is planned. n makes an appointment, t sets a task."))
        self.case = case
        self.people = people
        self.days = False

    # ------------------------------------------------------------------ days side by side

    @property
    def side_by_side(self) -> bool:
        """Whether the days stand in columns."""
        return self.days and len(self.groups) == WEEK_DAYS and self.size.width >= COLUMNS_FROM

    def _pages_of(self, shape: Grouped, top: int) -> list[int]:
        if not self.side_by_side:
            return super()._pages_of(shape, top)
        return list(range((shape.rows + PAGE - 1) // PAGE))

    def go(self, index: int) -> None:
        super().go(index)
        if self.side_by_side:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        if not self.side_by_side:
            return super().render_line(y)
        width = self.size.width // len(self.groups)
        pieces: list[Piece] = []
        first = 0
        for group in self.groups:
            pieces += self._cell(group, first, y, width)
            first += group.count
        return strip(pieces, self.size.width)

    def _cell(self, group: Group, first: int, y: int, width: int) -> list[Piece]:
        """One line of one day's column: its heading, or the first or second line of an item."""
        if y == 0:
            today = group.key == self.case.today.isoformat()
            return [(cut(" " + group.heading, width), BOLD if today else HEADING)]
        fit = max(1, (self.size.height - 1) // LINES_A_CELL)
        # The column with the mark goes on as far as the mark is.
        above = max(0, self.mark - first - fit + 1) if first <= self.mark < first + group.count else 0
        place, part = divmod(y - 1, LINES_A_CELL)
        index = first + above + place
        if place >= fit or index >= first + group.count:
            return [(" " * width, PLAIN)]
        row = self.row_at(index)
        gutter = "▌" if index == self.mark and self.has_focus else " "
        more = first + group.count - index - 1
        if row is None:
            return [(cut(gutter + "…", width), DIM)]
        if part == 0:
            called = self.case.called(row.code, row.name) if row.code else _("the team")
            clock = f"{self.case.clock.local(row.at):%H:%M} " if row.at else ""
            late = row.day is not None and row.day < self.case.today
            risk = tag("risk_areas") + " " if row.risk_areas and row.kind == "appointment" else ""
            rest = max(1, width - len(gutter + clock + risk) - 1)
            return [
                (gutter, PLAIN), (clock, ALARM if late else PLAIN), (risk, ALARM),
                (cut(called if self.people else row.who, rest) + " ", BOLD),
            ]  # fmt: skip
        # What has no room below is counted in the last line.
        told = (
            _("and {count} more").format(count=more)
            if place == fit - 1 and more
            else what(self.case, row).removeprefix(OPEN_BOX)
        )
        mine = f"{row.who} " if self.people and row.who else ""
        return [(gutter, PLAIN), (cut(mine + told, width - 2) + " ", DIM)]

    # ------------------------------------------------------------------ one line an item

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        style = ALARM if group.key == "overdue" else HEADING
        many = f"  {group.count}" + ("+" if group.count >= COUNTED else "")
        return [(group.heading, style), (many, DIM)]

    def cells(self, row: AgendaItem, part: int) -> Sequence[Cell]:
        late = row.day is not None and row.day < self.case.today and row.kind != "after"
        called = self.case.called(row.code, row.name) if row.code else _("the team")
        pieces: list[Piece] = []
        if row.risk_areas and row.kind == "appointment":
            pieces.append((tag("risk_areas") + " ", ALARM))
        pieces.append((what(self.case, row), PLAIN if row.kind in ("appointment", "after", "task") else WARN))
        pieces += [("  " + text, DIM) for text in _beside(row)]
        if row.repeats:
            pieces.append(("  " + repeats.described(row.repeats), DIM))
        return [
            Cell((self._when(row), ALARM if late else PLAIN)),
            Cell((row.who, DIM)),
            *([Cell((called, BOLD), least=12)] if self.people else []),
            Cell(*pieces, least=24, worth=1),
        ]

    def _when(self, row: AgendaItem) -> str:
        hours = hours_of(self.case, row)
        if self.days and row.day is not None:
            return hours
        return (hours or _("today")) if row.day == self.case.today else when(self.case, row)


def hours_of(case: Case, item: AgendaItem) -> str:
    """From when to when an item lasts, as far as it is known; empty for what has no time of day."""
    return appointments.hours(case.clock, item.at, item.minutes) if item.at else ""


def _beside(item: AgendaItem) -> list[str]:
    drives = _("{who} drives").format(who=item.driver) if item.driver else ""
    gone = [_("{who} is not here").format(who=who) for who in item.absent]
    return [text for text in (*gone, drives, _("prepared") if item.prepared else "") if text]


def risk_pieces(case: Case, areas: str, before: str = "") -> list[Piece]:
    """Where a participant is at risk if seen: said wherever a visit is planned (the guide on team)."""
    shown = _("hidden with the names") if case.private else flat(areas.replace("\n", " · "))
    return [(before + _("Risk areas: {places}").format(places=shown), ALARM)] if areas.strip() else []


def detail_lines(case: Case, item: AgendaItem) -> list[list[Piece]]:
    """What one line has no room for: all of the words, and where the participant is at risk if seen."""
    days = f"{short_weekday(item.day)} {format_date(item.day)}" if item.day else ""
    moment = " ".join(part for part in (days, hours_of(case, item)) if part)
    lines: list[list[Piece]] = [[(" " + moment + "  " if moment else " ", DIM), (what(case, item), PLAIN)]]
    more = _beside(item)
    if item.repeats:
        more.append(_("repeats {how}").format(how=repeats.described(item.repeats)))
    if item.kind == "after":
        more.append(_(appointments.STATES[appointments.ATTENDED]))
    if more:
        lines.append([(" " + " · ".join(more), DIM)])
    risk = risk_pieces(case, item.risk_areas, " ")
    return [*lines, risk] if risk else lines
