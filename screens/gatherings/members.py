"""Who belongs to the professional network, by agency, and who did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.gatherings import members
from models.gatherings.members import Member
from screens.contacts.contact_chooser import ContactChooser
from screens.forms.day_prompt import DayPrompt
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.dialog import ChangedList
from screens.gatherings.fields import agency_name, called
from screens.gatherings.people_forms import MemberForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group


class MemberList(ColumnedList[Member]):
    """One line a member."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody yet. o takes somebody in from the register, n by name."))
        self.case = case

    def cells(self, row: Member, part: int) -> Sequence[Cell]:
        now = row.belongs(self.case.today)
        until = f" – {format_date(row.until)}" if row.until else ""
        return [
            Cell((called(self.case, row.name, row.agency), BOLD if now else DIM), least=16),
            Cell((row.function, PLAIN if now else DIM), least=12),
            Cell((_("stable") if row.stable else "–", GOOD if row.stable and now else DIM)),
            Cell((_("since {day}").format(day=format_date(row.since)) + until, DIM)),
        ]


class MembersScreen(ChangedList):
    """The members by agency; the result is 1 when something was changed here."""

    SCOPE = "network_members"
    HELP: ClassVar[str] = N_(
        "The members of the professional network, by agency. A stable member is expected at every gathering. Who "
        "leaves is kept below the others, with their last day."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = MemberList(case)

    def body(self) -> ComposeResult:
        yield Lines(2, id="members-head")
        yield self.moving

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(members.listing)
        today = self.case.today
        now = [one for one in found if one.belongs(today)]
        left = [one for one in found if not one.belongs(today)]
        agencies = dict.fromkeys(one.agency for one in now)
        groups = [
            Group(agency, agency_name(self.case, agency), sum(one.agency == agency for one in now))
            for agency in agencies
        ]
        if left:
            groups.append(Group("left", _("Not members today"), len(left)))
        await self.moving.show_rows([*now, *left], groups)
        stable = sum(one.stable for one in now)
        told = n_("{count} member", "{count} members", len(now)).format(count=len(now))
        told += ", " + _("{count} of them stable").format(count=stable)
        self.query_one("#members-head", Lines).show([
            [(" " + _("Members of the network"), HEADING), ("  " + told, PLAIN)]
        ])  # fmt: skip
        self.draw_foot()

    async def action_add(self) -> None:
        """Take somebody in by name."""
        saved = await self.ask(MemberForm(self.case))
        await self._saved(saved)

    async def action_add_contact(self) -> None:
        """Take somebody in from the register."""
        contact = await self.ask(ContactChooser(self.case, _("Who becomes a member of the network?")))
        if contact is not None:
            saved = await self.ask(MemberForm(self.case, contact=contact))
            await self._saved(saved)

    async def action_read(self) -> None:
        """Read all that is noted of the member under the mark."""
        saved = await self.ask(MemberForm(self.case, self.moving.marked.id).to_read())
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change the member under the mark."""
        saved = await self.ask(MemberForm(self.case, self.moving.marked.id))
        await self._saved(saved)

    async def action_stable(self) -> None:
        """The member under the mark is a stable one, or is not after all."""
        row = self.moving.marked
        await self.case.store.change(members.change, row.id, row.version, {"stable": not row.stable})
        await self._saved(row.id)

    async def action_away(self) -> None:
        """Ask for the last day of the member under the mark, or take one away who was entered by mistake."""
        row = self.moving.marked
        name = called(self.case, row.name, row.agency)
        options = [Option("left", _("They leave the network; note the last day"), "l")]
        options.append(Option("", _("They were entered by mistake; take them away"), "m"))
        answer = await choose(self, _("What about {name}?").format(name=name), options)
        if answer == "left":
            question, hint = _("What is the last day of {name} in the network?"), _("22.11 · today · Monday · +3d")
            prompt = DayPrompt(self.case, question.format(name=name), "nearest", initial=self.case.today, hint=hint)
            day = await self.ask(prompt)
            if day is not None and day[0] is not None:
                await self.case.store.change(members.end, row.id, row.version, day[0])
                await self._saved(row.id)
        elif answer is not None:
            await self.case.store.change(members.remove, row.id, row.version)
            await self._changed()
            self.say(_("Taken away; u to undo."))
