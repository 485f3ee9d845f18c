"""The agenda as lines under headings: when, who, what; what has a risk area or is prepared says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.style import Style

from config.dates import format_date, short_date, short_weekday
from config.words import N_, _
from models.plans import appointments, repeats
from models.plans.agenda import COUNTED, AgendaItem
from screens.frame.case import Case
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, flat
from screens.widgets.windowed_list import Group, WindowedList

HEADINGS: Final = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "week": N_("The next seven days"),
    "later": N_("Later"),
    "undated": N_("Without a date"),
    "after": N_("To go through afterwards"),
}
KINDS: Final = {
    "task": N_("task"),
    "appeal": N_("appeal deadline"),
    "complement": N_("complement asked for"),
    "consent": N_("consent ends"),
    "release": N_("release"),
    "after": N_("go through"),
}
WHEN: Final = 16
WHO: Final = 4


def what(case: Case, item: AgendaItem) -> str:
    """What an item is, in words."""
    programme = case.programme
    match item.kind:
        case "release":
            return (_("release") + " " + item.place).strip()
        case "consent":
            names = (str(programme.agency(item.with_whom).name), str(programme.role(item.text).name))
            return _("consent ends") + ": " + ", ".join(dict.fromkeys(names))
        case "appeal" | "complement":
            return f"{_(KINDS[item.kind])}: {flat(item.text)} ({programme.agency(item.with_whom).name})"
        case "task":
            whose = str(programme.choice("turn", item.turn).name)
            agency = f" ({programme.agency(item.with_whom).name})" if item.with_whom else ""
            return f"[ ] {flat(item.text)}" + ("" if item.turn == "ours" else f" · {whose}{agency}")
    return " · ".join(part for part in (flat(item.text), flat(item.with_whom), flat(item.place)) if part)


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
        pieces: list[Piece] = [(cut(self._when(row), WHEN) + " ", ALARM if late else PLAIN)]
        pieces.append((cut(row.who, WHO), DIM))
        if self.people:
            called = self.case.called(row.code, row.name) if row.code else _("the team")
            pieces.append((cut(called, max(12, min(26, width // 5))) + " ", BOLD))
        if row.risk_areas and row.kind == "appointment":
            pieces.append((_("A") + " ", ALARM))
        pieces.append((what(self.case, row), self._style(row)))
        if row.driver:
            pieces.append(("  " + _("{who} drives").format(who=row.driver), DIM))
        if row.prepared:
            pieces.append(("  " + _("prepared"), DIM))
        if row.repeats:
            pieces.append(("  " + repeats.described(row.repeats), DIM))
        return pieces

    def _when(self, row: AgendaItem) -> str:
        if row.day is None:
            return ""
        clock = self.case.clock.local(row.at).strftime("%H:%M") if row.at else ""
        if row.day == self.case.today:
            return clock or _("today")
        if row.day.year != self.case.today.year:
            # The year takes the weekday's room where there is a time of day to tell.
            return f"{format_date(row.day)} {clock}" if clock else f"{short_weekday(row.day)} {format_date(row.day)}"
        day = short_date(row.day)
        return f"{short_weekday(row.day)} {day} {clock}".rstrip()

    def _style(self, row: AgendaItem) -> Style:
        return WARN if row.kind in ("appeal", "complement", "consent", "release") else PLAIN


def detail_lines(case: Case, item: AgendaItem) -> list[list[Piece]]:
    """What one line has no room for: all of the words, and where the participant is at risk if seen."""
    lines: list[list[Piece]] = [[(" " + what(case, item), PLAIN)]]
    more = [_("{who} drives").format(who=item.driver) if item.driver else ""]
    more.append(_("prepared") if item.prepared else "")
    more.append(_("repeats {how}").format(how=repeats.described(item.repeats)) if item.repeats else "")
    if item.kind == "after":
        more.append(_(appointments.STATES[appointments.ATTENDED]))
    beside = " · ".join(part for part in more if part)
    if beside:
        lines.append([(" " + beside, DIM)])
    if item.risk_areas.strip():
        shown = _("hidden with the names") if case.private else flat(item.risk_areas.replace("\n", " · "))
        lines.append([(" " + _("Risk areas: {places}").format(places=shown), ALARM)])
    return lines
