"""One checklist in use: groups with progress, one key an answer, everything saved at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date, format_moment, parse_date, relative_days
from config.words import N_, _
from models import checklists
from models.checklists import DONE, NOT_RELEVANT, WAITING, ChecklistInUse, Item
from models.work import Conflict
from screens.base import CaseScreen
from screens.case import Case
from screens.chooser import ChooserScreen, Option
from screens.dialog import ListKeys
from screens.prompt import PromptScreen
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

BOXES: Final = {DONE: "[x]", NOT_RELEVANT: "[–]", WAITING: "[~]"}
OTHER: Final = "other"
WRITES: Final = (
    "checklist.tick", "checklist.value", "checklist.note", "checklist.set_aside", "checklist.wait",
    "checklist.due", "checklist.verify",
)  # fmt: skip


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


class ChecklistScreen(ListKeys, CaseScreen[int]):
    """The result is the participant when something was changed here, else None."""

    moving: ItemList
    SCOPE = "checklist"
    CSS_PATH = "checklist.tcss"
    HELP: ClassVar[str] = N_(
        "One checklist of a participant's. Space ticks what is done: settled means the outcome, not that it was tried. "
        "An item that stands in the participant's record, a contact person or a consent is done as soon as that is "
        "known. Where a second person verifies, that is never the one who ticked. Everything is saved at once."
    )

    def __init__(self, case: Case, checklist: int) -> None:
        super().__init__(case)
        self.checklist = checklist
        self.moving = ItemList(case)
        self.shown: ChecklistInUse | None = None
        self._touched = False

    def body(self) -> ComposeResult:
        yield Lines(2, id="checklist-head")
        yield self.moving
        yield Lines(3, id="checklist-item")

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        self.shown = shown = await self.case.store.ask(checklists.one, self.checklist)
        items = shown.items

        async def fetch(offset: int, limit: int) -> Sequence[Item]:
            return items[offset : offset + limit]

        self.moving.verify = shown.template.verify
        groups = [
            Group(str(number), _("{group}  {done} of {all}").format(
                group=group.name, done=group.settled, all=len(group.items)), len(group.items))
            for number, group in enumerate(shown.groups)
        ]  # fmt: skip
        await self.moving.show(groups, fetch)
        self._draw()
        self.draw_foot()

    # ------------------------------------------------------------------ drawing

    def _draw(self) -> None:
        if self.shown is None:
            return
        shown = self.shown
        who = self.case.called(shown.code, shown.name)
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
            days = relative_days(shown.release, self.case.today)
            release = _("release {date}").format(date=format_date(shown.release))
            second.append((f" · {release} ({days})", PLAIN))
        if shown.closed:
            second.append((" · " + _("closed {date}").format(date=format_date(shown.closed)), WARN))
        if shown.newer:
            second.append((" · " + _("the programme has a newer one (version {version})").format(
                version=shown.newer), WARN))  # fmt: skip
        self.query_one("#checklist-head", Lines).show([first, second])
        self._draw_item()

    def _draw_item(self) -> None:
        item = self.moving.row
        lines: list[list[Piece]] = []
        if item is not None:
            lines.append([(f" {item.template.name}  ", BOLD), (self.moving.held(item), PLAIN)])
            lines.append([(" " + self._story(item), DIM)])
            lines.append([(" " + flat(item.note), PLAIN)])
        self.query_one("#checklist-item", Lines).show(lines)

    def _story(self, item: Item) -> str:
        parts = []
        if item.done_at is not None:
            when = format_moment(self.case.clock.local(item.done_at))
            done = _("done {when}").format(when=when)
            parts.append(f"{done} {item.done_by}".strip())
        if item.verified_at is not None:
            source = self.case.programme.choice("verification_source", item.verified_source).name
            when = format_moment(self.case.clock.local(item.verified_at))
            parts.append(_("verified {when} by {who}: {source}").format(when=when, who=item.verified_by, source=source))
        if item.due:
            parts.append(_("due {date}").format(date=format_date(item.due)))
        if item.reason:
            parts.append(flat(item.reason))
        return " · ".join(parts)

    def on_windowed_list_marked(self) -> None:
        self._draw_item()
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        if action_id not in WRITES:
            return ""
        if not self.case.store.actor.may_write:
            return _("You have read access only. Ask the team leader if you need to write.")
        if self.shown is not None and self.shown.closed is not None:
            return _("This checklist is closed; open it again to change it.")
        item = self.moving.row
        if item is None:
            return _("There is nothing on this checklist.")
        if action_id == "checklist.verify" and item.state != DONE:
            return _("It is not done yet, so nobody can verify it.")
        return ""

    # ------------------------------------------------------------------ acting

    async def _do(self, change: Callable[..., Any], item: Item, *values: Any) -> None:
        try:
            await self.case.store.change(change, item.id, item.version, *values)
        except Conflict as conflict:
            await self.refresh_case()
            self.say(_("{who} changed this in the meantime; here it is as it stands now.").format(who=conflict.who),
                     warn=True)  # fmt: skip
            return
        self._touched = True
        await self.refresh_case()

    async def action_tick(self) -> None:
        """Tick the item, or take its tick away."""
        item = self.moving.row
        if item is None:
            return
        if item.state != checklists.OPEN:
            await self._do(checklists.untick, item)
        elif item.template.kind in ("date", "text", "address", "contact", "consent") and not item.value:
            await self.action_value()
        else:
            await self._do(checklists.tick, item)

    async def action_value(self) -> None:
        """Write what the item holds, or go to where it is known."""
        item = self.moving.row
        if item is None or self.shown is None:
            return
        kind = item.template.kind
        if kind == "contact":
            self.say(_("{item}: link the contact person, then it is done.").format(item=item.template.name), warn=True)
        elif kind == "consent":
            self.say(_("{item}: it is done when the consents are given.").format(item=item.template.name), warn=True)
        elif kind == "tick":
            await self._do(checklists.untick if item.state != checklists.OPEN else checklists.tick, item)
        elif kind == "date":
            initial = format_date(date.fromisoformat(item.value)) if item.value else ""
            await self._ask_line(str(item.template.name), self._date, checklists.set_value, item, initial)
        else:
            await self._ask_line(str(item.template.name), str, checklists.set_value, item, item.value)

    def _date(self, text: str) -> date | str:
        return parse_date(text, self.case.today) if text.strip() else ""

    async def _ask_line(
        self, question: str, parse: Callable[[str], Any], change: Callable[..., Any], item: Item, initial: str = "",
        hint: str = "",
    ) -> None:  # fmt: skip
        async def answered(answer: Any) -> None:
            if answer is not None:
                await self._try(self._do(change, item, None if answer == "" and parse == self._date else answer))

        await self.app.push_screen(PromptScreen(self.case, question, parse, initial=initial, hint=hint), answered)

    async def _try(self, doing: Awaitable[None]) -> None:
        """An error after a question is said here, where the item is."""
        from config.errors import ExinError

        try:
            await doing
        except ExinError as error:
            self.say(error.text, warn=True)

    async def action_note(self) -> None:
        """Write a note beside the item."""
        item = self.moving.row
        if item is not None:
            await self._ask_line(
                _("Note · {item}").format(item=item.template.name), str, checklists.note, item, item.note
            )

    async def action_set_aside(self) -> None:
        """Say that the item is not relevant, and why; once more takes it back."""
        item = self.moving.row
        if item is None:
            return
        if item.state == NOT_RELEVANT:
            await self._do(checklists.untick, item)
            return
        question = _("Why is it not relevant? · {item}").format(item=item.template.name)
        await self._ask_line(question, str, checklists.not_relevant, item)

    async def action_wait(self) -> None:
        """Say that the item waits for somebody else; once more takes it back."""
        item = self.moving.row
        if item is None:
            return
        if item.state == WAITING:
            await self._do(checklists.untick, item)
            return
        question = _("What does it wait for? · {item}").format(item=item.template.name)
        await self._ask_line(question, str, checklists.wait, item, hint=_("May be left empty."))

    async def action_due(self) -> None:
        """Set the day the item is due."""
        item = self.moving.row
        if item is None:
            return
        question = _("Due · {item}").format(item=item.template.name)
        initial = format_date(item.due) if item.due else ""
        hint = _("As in 22.11, tomorrow or +3d; empty for none.")
        await self._ask_line(question, self._date, checklists.set_due, item, initial, hint)

    async def action_verify(self) -> None:
        """Confirm a done item as a second person, with who confirmed it and how."""
        item = self.moving.row
        if item is None:
            return
        options = [Option(known.id, str(known.name)) for known in self.case.programme.choices["verification_source"]]
        options.append(Option(OTHER, _("Something else: write it")))

        async def chosen(answer: str | tuple[str, ...] | None) -> None:
            if answer == OTHER:
                await self._ask_line(_("Who confirmed it, and how?"), str, checklists.verify, item)
            elif isinstance(answer, str):
                await self._try(self._do(checklists.verify, item, answer))

        title = _("Who confirmed it? · {item}").format(item=item.template.name)
        await self.app.push_screen(ChooserScreen(self.case, title, options), chosen)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(self.shown.participant if self._touched and self.shown else None)
