"""The register of contact persons, by agency: found as one types, entered, left, merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from config.words import N_, _, n_
from models.contacts import people, register
from models.contacts.network import Involved
from models.contacts.register import ContactPerson, PeopleQuery
from models.storage.reading import Reading
from models.storage.work import Gone
from models.values import phone
from screens.contacts.forms import ContactForm
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.moving import ListKeys
from screens.frame.screen import CaseScreen
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

CASES: Final = 3
"""In which column a number stands."""


class ContactList(ColumnedList[ContactPerson]):
    """One line a contact person; who is to be merged away or deleted says so.

    While names are hidden, so are those of agencies whose people are private persons to be named in a consent.
    """

    def __init__(self, case: Case, *, always_marked: bool = False) -> None:
        super().__init__(always_marked=always_marked)
        self.case = case
        self.doomed = 0
        self.double = 0

    def heads(self) -> Sequence[Cell]:
        words = (_("Name"), _("Role"), _("Phone"), _("Cases"), _("Office"))
        return [Cell((" " * (place == 0) + text, DIM), at_right=place == CASES) for place, text in enumerate(words)]

    def cells(self, row: ContactPerson, part: int) -> Sequence[Cell]:
        programme = self.case.programme
        hidden = self.case.private and programme.agency(row.agency).named
        asked: Piece | None = None
        if row.id in (self.doomed, self.double):
            asked = (_("Delete?"), ALARM) if row.id == self.doomed else (_("duplicate of …"), WARN)
        return [
            Cell((" " + (HIDDEN if hidden else row.name), BOLD if row.active else DIM), least=20),
            Cell((str(programme.role(row.role).name) if row.role else "–", PLAIN if row.role else DIM), least=15),
            Cell(("" if hidden else phone.shown(row.phone), PLAIN)),
            Cell((str(row.cases) if row.cases else "–", PLAIN if row.cases else DIM), at_right=True),
            Cell(asked or (row.office, DIM), least=16),
        ]


def reached(person: ContactPerson | Involved) -> str:
    """Where a contact person is and how they are reached."""
    known = person.office, phone.shown(person.phone), phone.shown(person.phone_other), person.email
    return " · ".join(part for part in known if part)


def groups_of(case: Case, counts: Sequence[tuple[str, int]]) -> list[Group]:
    """The agencies as headings."""
    return [Group(agency, str(case.programme.agency(agency).name), count) for agency, count in counts]


class PeopleScreen(ListKeys, CaseScreen[None]):
    """Opens with the mark on `contact` where one is named."""

    SCOPE = "people"
    CSS_PATH = "people.tcss"
    HELP: ClassVar[str] = N_(
        "Everybody the team deals with, by agency: what role they have, their phone, and how many participants "
        "they are involved with. Who leaves their post is kept in the history and not offered any more. To merge "
        "two that are the same person, mark the duplicate, go to the one to keep, and confirm."
    )

    moving: ContactList

    def __init__(self, case: Case, contact: int | None = None) -> None:
        super().__init__(case)
        self.query_shown = PeopleQuery()
        self.moving = ContactList(case)
        self._wanted = contact

    def body(self) -> ComposeResult:
        yield Lines(1, id="people-head")
        yield Input(id="people-filter", compact=True, placeholder=_("name, office, agency, role, phone or e-mail"))
        yield self.moving.titles
        yield self.moving
        yield Lines(2, id="people-below")

    async def on_mount(self) -> None:
        field = self.query_one(Input)
        field.cursor_blink = False
        field.display = False
        await self._begin()
        self.set_focus(self.moving)

    async def _begin(self) -> None:
        """On whom it was opened for; where they are gone, that is said of the list."""
        gone = ""
        if self._wanted is not None:
            try:
                person = await self.case.store.ask(register.one, self._wanted)
                self.query_shown = PeopleQuery(left=not person.active)
            except Gone as error:
                self._wanted, gone = None, error.text
        await self._show(self._wanted)
        if gone:
            self.say(gone, warn=True)

    async def refresh_case(self) -> None:
        row = self.moving.row
        await self._show(row.id if row else None)

    async def _show(self, keep: int | None = None, mark: int | None = None) -> None:
        with self.reading():
            query = self.query_shown
            counts, place = await self.case.store.ask(_overview, query, keep)
            self.moving.empty = self._empty()
            await self.moving.show(
                groups_of(self.case, counts),
                lambda offset, limit: self.case.store.ask(register.find, query, counts, offset, limit),
                mark=place if place is not None else mark,
            )
            total = sum(count for _agency, count in counts)
            head: list[Piece] = [(" " + _("Contact persons"), HEADING), (f"  {total}", BOLD)]
            if query.left:
                head.append(("  " + _("who left their post"), WARN))
            if query.text:
                head.append(("  " + _("filter: {text}").format(text=query.text), PLAIN))
            self.query_one("#people-head", Lines).show([head])
            self._draw_below()
            self.draw_foot()

    def _empty(self) -> str:
        if self.query_shown.text:
            return _("Nobody matches. Esc clears the filter.")
        if self.query_shown.left:
            return _("Nobody has left their post.")
        return _("Nobody yet. n enters the first contact person.")

    def _draw_below(self) -> None:
        row = self.moving.row
        lines: list[list[Piece]] = []
        if row is not None and not (self.case.private and self.case.programme.agency(row.agency).named):
            lines = [[(" " + reached(row), PLAIN)], [(" " + flat(row.notes), DIM)]]
        self.query_one("#people-below", Lines).show(lines)

    def on_windowed_list_marked(self) -> None:
        """Moving on takes the mark for deleting back; the double stays marked until it is merged."""
        row = self.moving.row
        if self.moving.doomed and (row is None or row.id != self.moving.doomed):
            self._choose()
        self._draw_below()
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "people.confirm":
            if not self.moving.doomed and not self.moving.double:
                key = self.case.keymap.shown("people.merge", self.SCOPE)
                return _("Mark a duplicate with {key} first, then go to the one to keep.").format(key=key)
            if row is not None and row.id == self.moving.double:
                return _("Go to the person to keep; this is the one that is merged away.")
        return ""

    async def action_open(self) -> None:
        """Read what is known of the contact person."""
        await self._form(ContactForm(self.case, self.moving.marked.id).to_read())

    async def action_edit(self) -> None:
        """Change what is known of the contact person."""
        await self._form(ContactForm(self.case, self.moving.marked.id))

    async def action_add(self) -> None:
        """Enter a contact person."""
        await self._form(ContactForm(self.case, None))

    async def _form(self, form: ContactForm) -> None:
        number = await self.ask(form)
        await self._show(number or form.contact)
        if number:
            self.say(_("Here they are; what you wrote is kept.") if form.found else _("Saved."))

    async def action_leave(self) -> None:
        """They left their post, or are back in it."""
        if not (row := self.moving.row):
            return
        if not row.active:
            await self.case.store.change(people.come_back, row.id, row.version)
            await self._show()
            self.say(_("{name} is offered again.").format(name=row.name))
            return
        cases = await self.case.store.change(people.leave, row.id, row.version)
        await self._show()
        lost = n_("{count} participant lacks them now.", "{count} participants lack them now.", cases)
        told = lost.format(count=cases) if cases else _("Nobody lacks them.")
        self.say(_("{name} has left the post. {lost}").format(name=row.name, lost=told))

    def _choose(self, *, double: int = 0, doomed: int = 0, words: str = "") -> None:
        """Mark who is to be merged away, or deleted, if anybody, and say in `words` how that is confirmed."""
        self.moving.double, self.moving.doomed = double, doomed
        self.moving.refresh()
        self.draw_foot()
        if double or doomed:
            self.say(words.format(key=self.case.keymap.shown("people.confirm", self.SCOPE)), warn=True)

    def action_merge(self) -> None:
        """Mark the double that is to be merged away, or take that mark back."""
        if row := self.moving.row:
            words = _("Now go to the person to keep: {key} merges this one into them.")
            self._choose(double=0 if self.moving.double == row.id else row.id, words=words)

    def action_remove(self) -> None:
        """Mark somebody who was entered by mistake, or take that mark back."""
        if row := self.moving.row:
            words = _("{key} deletes the person from the register; any move keeps them.")
            self._choose(doomed=0 if self.moving.doomed == row.id else row.id, words=words)

    async def action_confirm(self) -> None:
        """Merge the marked double into the person under the mark, or delete the one marked for it."""
        if not (row := self.moving.row):
            return
        doomed, double = self.moving.doomed, self.moving.double
        self._choose()
        if doomed:
            await self.case.store.change(people.remove, row.id, row.version)
            await self._show()
            self.say(_("{name} was deleted from the register. u to undo.").format(name=row.name))
        elif double:
            moved = await self.case.store.change(people.merge, row.id, double)
            await self._show(row.id)
            links = n_("{count} link moved.", "{count} links moved.", moved).format(count=moved)
            self.say(_("Merged into {name}: {links} u to undo.").format(name=row.name, links=links))

    async def action_gone(self) -> None:
        """Between those in their post and those who left."""
        self.query_shown = replace(self.query_shown, left=not self.query_shown.left)
        await self._show(mark=0)

    def action_filter(self) -> None:
        """Type part of what is known; Enter keeps the filter, Esc clears it."""
        field = self.query_one(Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#people-filter")
    async def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.query_shown.text:
            self.query_shown = replace(self.query_shown, text=event.value)
            await self._show(mark=0)

    @on(Input.Submitted, "#people-filter")
    def _filter_kept(self) -> None:
        self.query_one(Input).display = bool(self.query_shown.text)
        self.moving.focus()

    async def action_close(self) -> None:
        """Clear a filter first, then go back."""
        field = self.query_one(Input)
        if field.has_focus or self.query_shown.text:
            row = self.moving.row
            field.value = ""
            field.display = False
            self.query_shown = replace(self.query_shown, text="")
            await self._show(row.id if row else None)
            self.moving.focus()
        else:
            self.dismiss(None)


def _overview(reading: Reading, query: PeopleQuery, keep: int | None) -> tuple[list[tuple[str, int]], int | None]:
    """The groups, and where somebody stands in them, in one visit to the vault."""
    counts = register.counts(reading, query)
    return counts, register.place(reading, query, counts, keep) if keep is not None else None
