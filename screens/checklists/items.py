"""The items of a checklist as lines, what stands above them, and the story of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from config.dates import format_date, format_moment, relative_days
from config.words import _
from models.checklists.reading import DONE, NOT_RELEVANT, WAITING, ChecklistInUse, Item
from screens.frame.case import Case
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat
from screens.widgets.windowed_list import Group, WindowedList

BOXES: Final = {DONE: "[x]", NOT_RELEVANT: "[–]", WAITING: "[~]"}


class ItemList(WindowedList[Item]):
    """One line an item: its box, its name, what it holds, and who; a second pair of eyes is a check mark."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("There is nothing on this checklist."))
        self.case = case
        self.verify = False

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]

    def draw_row(self, row: Item, width: int, part: int) -> Sequence[Piece]:
        pieces: list[Piece] = [(BOXES.get(row.state, "[ ]") + " ", GOOD if row.state == DONE else BOLD)]
        if row.template.who:
            pieces.append((cut(str(self.case.programme.choice("item_who", row.template.who).name), 6) + " ", DIM))
        room = max(20, min(46, width // 2))
        pieces.append((cut(str(row.template.name), room) + " ", PLAIN if not row.settled else DIM))
        if row.due and not row.settled:
            late = row.due < self.case.today
            pieces.append((_("due {date}").format(date=format_date(row.due)) + " ", ALARM if late else WARN))
        held = self.held(row)
        if held:
            pieces.append((held + " ", PLAIN))
        if row.state in (NOT_RELEVANT, WAITING):
            word = _("not relevant") if row.state == NOT_RELEVANT else _("waits")
            pieces.append((f"{word}{': ' if row.reason else ''}{flat(row.reason)} ", WARN))
        if row.state == DONE:
            pieces.append((f"{row.done_by} ".lstrip(), DIM))
            if row.verified_at is not None:
                pieces.append((f"✓{row.verified_by} ", GOOD))
            elif self.verify:
                pieces.append((_("not verified") + " ", WARN))
        if row.note:
            pieces.append((" " + flat(row.note), DIM))
        return pieces

    def held(self, row: Item) -> str:
        """What an item holds, to read; who and where is hidden with the names."""
        kind = row.template.kind
        if kind == "contact":
            return "•••" if row.shown and self.case.private else flat(row.shown)
        if kind == "consent":
            return _("missing: {agencies}").format(agencies=row.shown) if row.shown else ""
        if kind == "date" and row.value:
            return format_date(date.fromisoformat(row.value))
        return "•••" if row.value and row.template.fact and self.case.private else flat(row.value)


def head_of(shown: ChecklistInUse, case: Case) -> list[list[Piece]]:
    """Which checklist this is and how far it has come, then its version, days, and whether there is a newer one."""
    who = case.called(shown.code, shown.name)
    done = sum(item.settled for item in shown.items)
    first: list[Piece] = [(f" {shown.template.name} · {who}", HEADING)]
    first.append(("  " + _("{done} of {all}").format(done=done, all=len(shown.items)), BOLD))
    if shown.unverified:
        first.append(("  " + _("{count} not verified").format(count=shown.unverified), WARN))
    opened = _("version {version}, opened {date}").format(
        version=shown.template.version, date=format_date(shown.opened)
    )
    second: list[Piece] = [(" " + opened, DIM)]
    if shown.release:
        days = relative_days(shown.release, case.today)
        release = _("release {date}").format(date=format_date(shown.release))
        second.append((f" · {release} ({days})", PLAIN))
    if shown.closed:
        second.append((" · " + _("closed {date}").format(date=format_date(shown.closed)), WARN))
    if shown.newer:
        second.append((" · " + _("the programme has a newer one (version {version})").format(
            version=shown.newer), WARN))  # fmt: skip
    return [first, second]


def story_of(item: Item, case: Case) -> str:
    """What became of an item: done and verified when and by whom, due, and why not."""
    parts = []
    if item.done_at is not None:
        when = format_moment(case.clock.local(item.done_at))
        done = _("done {when}").format(when=when)
        parts.append(f"{done} {item.done_by}".strip())
    if item.verified_at is not None:
        source = case.programme.choice("verification_source", item.verified_source).name
        when = format_moment(case.clock.local(item.verified_at))
        parts.append(_("verified {when} by {who}: {source}").format(when=when, who=item.verified_by, source=source))
    if item.due:
        parts.append(_("due {date}").format(date=format_date(item.due)))
    if item.reason:
        parts.append(flat(item.reason))
    return " · ".join(parts)
