"""One checklist in use: groups with progress, one key an answer, everything saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date, format_moment
from config.words import N_, _
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE, NOT_RELEVANT, OPEN, WAITING, ChecklistInUse, Item
from models.storage.work import Conflict
from screens.forms.day_prompt import DayPrompt
from screens.frame.case import Case
from screens.frame.chooser import Option, choose, named
from screens.frame.destinations import CONSENTS, NETWORK
from screens.frame.moving import ListKeys
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.facts import release_told
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

OTHER: Final = "other"
BOXES: Final = {DONE: "[x]", NOT_RELEVANT: "[–]", WAITING: "[~]"}


class ItemList(ColumnedList[Item]):
    """One line an item: its box, its name, what it holds, and who; a second pair of eyes is a check mark."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("There is nothing on this checklist."))
        self.case = case
        self.verify = False
        self.about = ("", "")

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]

    def cells(self, row: Item, part: int) -> Sequence[Cell]:
        who = row.template.who
        return [
            Cell((BOXES.get(row.state, "[ ]"), GOOD if row.state == DONE else BOLD)),
            Cell((str(self.case.programme.choice("item_who", who).name) if who else "", DIM)),
            Cell((str(row.template.name), DIM if row.settled else PLAIN), least=20),
            Cell(*self._told(row), least=20, worth=1),
        ]

    def _told(self, row: Item) -> list[Piece]:
        """What stands behind an item's name: when it is due, what it holds, why it waits, who did it."""
        pieces: list[Piece] = []
        if row.due and not row.settled:
            late = row.due < self.case.today
            pieces.append((_("due {date}").format(date=format_date(row.due)) + " ", ALARM if late else WARN))
        if held := self.held(row):
            pieces.append((held + " ", PLAIN))
        if row.state in (NOT_RELEVANT, WAITING):
            word = _("not relevant") if row.state == NOT_RELEVANT else _("waits")
            pieces.append((f"{word}{': ' if row.reason else ''}{self.said(row.reason)} ", WARN))
        if row.state == DONE:
            pieces.append((f"{row.done_by} ".lstrip(), DIM))
            if row.verified_at is not None:
                pieces.append((f"✓{row.verified_by} ", GOOD))
            elif self.verify:
                pieces.append((_("not verified") + " ", WARN))
        if row.note:
            pieces.append((" " + self.said(row.note), DIM))
        return pieces

    def held(self, row: Item) -> str:
        """What an item holds, to read; who and where is hidden with the names."""
        kind = row.template.kind
        if kind == "contact":
            return "•••" if row.shown and self.case.private else flat(row.shown)
        if kind == "consent":
            return _("missing: {agencies}").format(agencies=row.shown) if row.shown else ""
        hidden = self.case.private and row.value and row.template.fact and kind != "date"
        return "•••" if hidden else self.said(row.text)

    def said(self, text: str) -> str:
        """What was written about the participant, on one line."""
        return flat(self.case.said(text, *self.about))


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
        await self.read_again()
        self.set_focus(self.moving)

    @property
    def looked_at(self) -> int | None:
        return self.shown.participant if self.shown else None

    async def refresh_case(self) -> None:
        self.shown = shown = await self.case.store.ask(checklist_reading.one, self.checklist)
        self.moving.verify, self.moving.about = shown.template.verify, (shown.code, shown.name)
        groups = [
            Group(str(number), _("{group}  {done} of {all}").format(
                group=group.name, done=group.settled, all=len(group.items)), len(group.items))
            for number, group in enumerate(shown.groups)
        ]  # fmt: skip
        await self.moving.show_rows(shown.items, groups)
        self.query_one("#checklist-head", Lines).show(head_of(shown, self.case))
        self.on_windowed_list_marked()

    def on_windowed_list_marked(self) -> None:
        item = self.moving.row
        lines: list[list[Piece]] = []
        if item is not None:
            story = " " + self.moving.said(story_of(item, self.case))
            note = " " + self.moving.said(item.note)
            # A name of the procedure with Nav may be longer than a narrow screen: then the note goes beside the story.
            *above, last = wrapped(str(item.template.name), max(20, self.app.size.width - 2), 2)
            lines = [
                *([(" " + line, BOLD)] for line in above),
                [(f" {last}  ", BOLD), (self.moving.held(item), PLAIN)],
                *([[(story, DIM), (note, PLAIN)]] if above else [[(story, DIM)], [(note, PLAIN)]]),
            ]
        self.query_one("#checklist-item", Lines).show(lines)
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        item = self.moving.row
        elsewhere = item is not None and item.template.kind in ("contact", "consent")
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
        if action_id == "checklist.verify" and item.own:
            return _("You ticked this yourself; somebody else has to verify it.")
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
        item = self.moving.marked
        if item.state == OPEN and item.template.kind != "tick" and not item.value:
            await self.action_value()
        else:
            await self._do(checklists.tick if item.state == OPEN else checklists.untick, item)

    async def action_value(self) -> None:
        """Write what the item holds, or go to where it is known."""
        item = self.moving.marked
        if self.shown is None:
            return
        kind = item.template.kind
        if kind == "contact":
            await self._contact(item, self.shown)
        elif kind == "consent":
            await self.open(CONSENTS, self.shown.participant)
        elif kind == "tick":
            await self.action_tick()
        elif kind == "date":
            day = date.fromisoformat(item.value) if item.value else None
            hint = _("A date ticks this: e.g. 22.11, today or +3d. Empty takes the tick away.")
            await self._ask_day(str(item.template.name), checklists.set_value, item, day, hint)
        else:
            hint = _("What is written here ticks this. Empty takes the tick away.")
            await self._ask_line(str(item.template.name), checklists.set_value, item, item.value, hint)

    async def _contact(self, item: Item, shown: ChecklistInUse) -> None:
        """Link somebody in the role the item names; where there is somebody, or nothing to write, show who."""
        from screens.contacts.contact_chooser import ContactChooser
        from screens.contacts.forms import InvolvementForm

        if item.state == DONE or shown.closed is not None or not self.case.store.actor.may_write:
            await self.open(NETWORK, shown.participant)
            return
        programme, who = self.case.programme, self.case.called(shown.code, shown.name)
        title = _("{item}: whom to link to {who}?").format(item=item.template.name, who=who)
        roles = programme.contact_roles(shown.template.id, item.template)
        agencies = {programme.role(role).agency for role in roles}
        agency = agencies.pop() if len(agencies) == 1 else ""
        contact = await self.ask(ContactChooser(self.case, title, agency, roles[0] if agency else ""))
        if contact is None:
            return
        if await self.ask(InvolvementForm(self.case, shown.participant, contact, roles=roles)) is not None:
            self._touched = True
            await self.refresh_case()
            self.say(_("Saved."))

    async def _ask_line(
        self, question: str, change: Callable[..., Any], item: Item, initial: str = "", hint: str = ""
    ) -> None:
        async def then(text: str) -> None:
            await self._do(change, item, text)

        await self.ask(PromptScreen(self.case, question, str, initial=initial, hint=hint, then=then))

    async def _ask_day(
        self, question: str, change: Callable[..., Any], item: Item, day: date | None, hint: str = ""
    ) -> None:
        async def then(answer: tuple[date | None]) -> None:
            await self._do(change, item, *answer)

        await self.ask(DayPrompt(self.case, question, "nearest", initial=day, hint=hint, needed=False, then=then))

    async def action_note(self) -> None:
        """Write a note beside the item."""
        item = self.moving.marked
        await self._ask_line(_("Note · {item}").format(item=item.template.name), checklists.note, item, item.note)

    async def action_set_aside(self) -> None:
        """Say that the item is not relevant, and why; once more takes it back."""
        item = self.moving.marked
        if item.state == NOT_RELEVANT:
            await self._do(checklists.untick, item)
        else:
            question = _("Why is it not relevant? · {item}").format(item=item.template.name)
            await self._ask_line(question, checklists.not_relevant, item, hint=_("A reason is kept with it."))

    async def action_wait(self) -> None:
        """Say that the item waits for somebody else; once more takes it back."""
        item = self.moving.marked
        if item.state == WAITING:
            await self._do(checklists.untick, item)
        else:
            question = _("What does it wait for? · {item}").format(item=item.template.name)
            await self._ask_line(question, checklists.wait, item, hint=_("May be left empty."))

    async def action_due(self) -> None:
        """Set the day the item is due."""
        item = self.moving.marked
        question, hint = _("Due · {item}"), _("E.g. 22.11, tomorrow or +3d; empty for none.")
        await self._ask_day(question.format(item=item.template.name), checklists.set_due, item, item.due, hint)

    async def action_verify(self) -> None:
        """Confirm a done item as a second person, with who confirmed it and how."""
        item = self.moving.marked
        options = named(self.case.programme.choices["verification_source"])
        options.append(Option(OTHER, _("Something else: write it")))
        answer = await choose(self, _("Who confirmed it? · {item}").format(item=item.template.name), options)
        if answer == OTHER:
            await self._ask_line(_("Who confirmed it, and how?"), checklists.verify, item)
        elif answer is not None:
            await self._do(checklists.verify, item, answer)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(self.shown.participant if self._touched and self.shown else None)


def head_of(shown: ChecklistInUse, case: Case) -> list[list[Piece]]:
    """Which checklist this is and how far it has come, then its version, days, and whether there is a newer one."""
    who = case.called(shown.code, shown.name)
    done = sum(item.settled for item in shown.items)
    first: list[Piece] = [
        (f" {shown.template.name} · {who}", HEADING),
        ("  " + _("{done} of {all}").format(done=done, all=len(shown.items)), BOLD),
    ]
    if shown.unverified:
        first.append(("  " + _("{count} not verified").format(count=shown.unverified), WARN))
    opened = _("version {version}, opened {date}").format(
        version=shown.template.version, date=format_date(shown.opened)
    )
    second: list[Piece] = [(" " + opened, DIM)]
    if (out := shown.release).day:
        second.append((f" · {release_told(out.day, case.today, out.basis)}", PLAIN))
    if shown.closed:
        second.append((" · " + _("closed {date}").format(date=format_date(shown.closed)), WARN))
    if shown.newer:
        newer = _("the programme has a newer one (version {version})").format(version=shown.newer)
        second.append((" · " + newer, WARN))
    return [first, second]


def story_of(item: Item, case: Case) -> str:
    """What became of an item: done and verified when and by whom, due, and why not."""
    parts = []
    if item.done_at is not None:
        done = _("done {when}").format(when=format_moment(case.clock.local(item.done_at)))
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
