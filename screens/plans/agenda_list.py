"""The agenda as lines under headings: when, who, what; what has a risk area or is prepared says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from rich.cells import cell_len

from config.dates import format_date, format_hours, short_date, short_weekday
from config.words import N_, _
from models.plans import appointments, repeats
from models.plans.agenda import COUNTED, KINDS, AgendaItem
from screens.frame.case import Case
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, flat
from screens.widgets.windowed_list import Group, WindowedList

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
    """What an item is, in words."""
    programme = case.programme
    match item.kind:
        case "release":
            return f"{_(KINDS[item.kind])} {item.place}".strip()
        case "consent":
            names = (str(programme.agency(item.with_whom).name), str(programme.role(item.text).name))
            return f"{_(KINDS[item.kind])}: {', '.join(dict.fromkeys(names))}"
        case "appeal" | "complement":
            return f"{_(KINDS[item.kind])}: {flat(item.text)} ({programme.agency(item.with_whom).name})"
        case "task":
            whose = str(programme.choice("turn", item.turn).name)
            agency = f" ({programme.agency(item.with_whom).name})" if item.with_whom else ""
            return f"[ ] {flat(item.text)}" + ("" if item.turn == "ours" else f" · {whose}{agency}")
    return " · ".join(part for part in (flat(item.text), flat(item.with_whom), flat(item.place)) if part)


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
    begins, hours = format_hours(case.clock.local(item.at)), appointments.hours(case.clock, item.at, item.minutes)
    ways = (f"{whole} {hours}", f"{shorter} {hours}", f"{whole} {begins}")
    return next((way for way in ways if cell_len(way) <= WHEN), f"{shorter} {begins}")


class AgendaList(WindowedList[AgendaItem]):
    """One line an item; with `people` it says whom it concerns."""

    def __init__(self, case: Case, *, people: bool) -> None:
        super().__init__(empty=_("Nothing is planned. n makes an appointment, t sets a task."))
        self.case = case
        self.people = people

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        style = ALARM if group.key == "overdue" else HEADING
        many = f"  {group.count}" + ("+" if group.count >= COUNTED else "")
        return [(group.heading, style), (many, DIM)]

    def draw_row(self, row: AgendaItem, width: int, part: int) -> Sequence[Piece]:
        late = row.day is not None and row.day < self.case.today and row.kind != "after"
        pieces: list[Piece] = [(cut(self._when(row), WHEN) + " ", ALARM if late else PLAIN), (cut(row.who, 4), DIM)]
        if self.people:
            called = self.case.called(row.code, row.name) if row.code else _("the team")
            pieces.append((cut(called, max(12, min(26, width // 5))) + " ", BOLD))
        if row.risk_areas and row.kind == "appointment":
            pieces.append((_("A") + " ", ALARM))
        pieces.append((what(self.case, row), PLAIN if row.kind in ("appointment", "after", "task") else WARN))
        pieces += [("  " + text, DIM) for text in _beside(row)]
        if row.repeats:
            pieces.append(("  " + repeats.described(row.repeats), DIM))
        return pieces

    def _when(self, row: AgendaItem) -> str:
        if row.day != self.case.today:
            return when(self.case, row)
        return appointments.hours(self.case.clock, row.at, row.minutes) if row.at else _("today")


def _beside(item: AgendaItem) -> list[str]:
    drives = _("{who} drives").format(who=item.driver) if item.driver else ""
    return [text for text in (drives, _("prepared") if item.prepared else "") if text]


def risk_pieces(case: Case, areas: str, before: str = "") -> list[Piece]:
    """Where a participant is at risk if seen: said wherever a visit is planned (the guide on team)."""
    shown = _("hidden with the names") if case.private else flat(areas.replace("\n", " · "))
    return [(before + _("Risk areas: {places}").format(places=shown), ALARM)] if areas.strip() else []


def detail_lines(case: Case, item: AgendaItem) -> list[list[Piece]]:
    """What one line has no room for: all of the words, and where the participant is at risk if seen."""
    lines: list[list[Piece]] = [[(" " + what(case, item), PLAIN)]]
    more = _beside(item)
    if item.repeats:
        more.append(_("repeats {how}").format(how=repeats.described(item.repeats)))
    if item.kind == "after":
        more.append(_(appointments.STATES[appointments.ATTENDED]))
    if more:
        lines.append([(" " + " · ".join(more), DIM)])
    risk = risk_pieces(case, item.risk_areas, " ")
    return [*lines, risk] if risk else lines
