"""One checklist in use: groups with progress, one key an answer, everything saved at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date, parse_date
from config.words import N_, _
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE, NOT_RELEVANT, OPEN, WAITING, ChecklistInUse, Item
from models.storage.work import Conflict
from screens.checklists.items import ItemList, head_of, story_of
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.destinations import CONSENTS, NETWORK
from screens.frame.moving import ListKeys
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, PLAIN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

OTHER: Final = "other"
KNOWN_ELSEWHERE: Final = ("contact", "consent")


class ChecklistScreen(ListKeys, CaseScreen[int]):
    """The result is the participant when something was changed here, else None."""

    moving: ItemList
    SCOPE = "checklist"
    HELP: ClassVar[str] = N_(
        "One checklist of a participant's. Space ticks what is done: settled means the outcome, not that it was tried. "
        "An item that stands in the participant's record, a contact person or a consent is done while that is known: "
        "Enter goes to where it is entered. Where a second person verifies, that is never the one who ticked. "
        "Everything is saved at once."
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
        self.shown = shown = await self.case.store.ask(checklist_reading.one, self.checklist)
        items = shown.items

        self.moving.verify = shown.template.verify
        groups = [
            Group(str(number), _("{group}  {done} of {all}").format(
                group=group.name, done=group.settled, all=len(group.items)), len(group.items))
            for number, group in enumerate(shown.groups)
        ]  # fmt: skip
        await self.moving.show_rows(items, groups)
        self._draw()
        self.draw_foot()

    # ------------------------------------------------------------------ drawing

    def _draw(self) -> None:
        if self.shown is None:
            return
        self.query_one("#checklist-head", Lines).show(head_of(self.shown, self.case))
        self._draw_item()

    def _draw_item(self) -> None:
        item = self.moving.row
        lines: list[list[Piece]] = []
        if item is not None:
            lines.append([(f" {item.template.name}  ", BOLD), (self.moving.held(item), PLAIN)])
            lines.append([(" " + story_of(item, self.case), DIM)])
            lines.append([(" " + flat(item.note), PLAIN)])
        self.query_one("#checklist-item", Lines).show(lines)

    def on_windowed_list_marked(self) -> None:
        self._draw_item()
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        item = self.moving.row
        elsewhere = item is not None and item.template.kind in KNOWN_ELSEWHERE
        entered_here = action_id == "checklist.value" and not elsewhere
        if not entered_here and not self.case.keymap.action(action_id).writes:
            return ""
        if entered_here and (reason := self.only_reads()):
            return reason
        if self.shown is not None and self.shown.closed is not None:
            return _("This checklist is closed; open it again to change it.")
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
        if item.state != OPEN:
            await self._do(checklists.untick, item)
        elif item.template.kind != "tick" and not item.value:
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
            await self._contact(item, self.shown)
        elif kind == "consent":
            await self.open(CONSENTS, self.shown.participant)
        elif kind == "tick":
            await self._do(checklists.untick if item.state != OPEN else checklists.tick, item)
        elif kind == "date":
            initial = format_date(date.fromisoformat(item.value)) if item.value else ""
            await self._ask_line(str(item.template.name), self._date, checklists.set_value, item, initial)
        else:
            await self._ask_line(str(item.template.name), str, checklists.set_value, item, item.value)

    async def _contact(self, item: Item, shown: ChecklistInUse) -> None:
        """Link somebody in the role the item names; where there is somebody, or nothing to write, show who."""
        from screens.contacts.contact_chooser import ContactChooser
        from screens.contacts.forms import InvolvementForm

        if item.state == DONE or shown.closed is not None or not self.case.store.actor.may_write:
            await self.open(NETWORK, shown.participant)
            return
        role = item.template.role

        who = self.case.called(shown.code, shown.name)
        title = _("{item}: whom to link to {who}?").format(item=item.template.name, who=who)
        agency = self.case.programme.role(role).agency
        contact = await self.ask(ContactChooser(self.case, title, agency, role))
        if contact is None:
            return
        if await self.ask(InvolvementForm(self.case, shown.participant, contact, role=role)) is not None:
            self._touched = True
            await self.refresh_case()
            self.say(_("Saved."))

    def _date(self, text: str) -> date | str:
        return parse_date(text, self.case.today) if text.strip() else ""

    async def _ask_line(
        self, question: str, parse: Callable[[str], Any], change: Callable[..., Any], item: Item, initial: str = "",
        hint: str = "",
    ) -> None:  # fmt: skip
        answer = await self.ask(PromptScreen(self.case, question, parse, initial=initial, hint=hint))
        if answer is not None:
            await self._do(change, item, None if answer == "" and parse == self._date else answer)

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
        answer = await choose(self, _("Who confirmed it? · {item}").format(item=item.template.name), options)
        if answer == OTHER:
            await self._ask_line(_("Who confirmed it, and how?"), str, checklists.verify, item)
        elif answer is not None:
            await self._do(checklists.verify, item, answer)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(self.shown.participant if self._touched and self.shown else None)
