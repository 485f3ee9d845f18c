"""Choosing a contact person from the register by typing, or entering one who is not there yet."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from config.errors import ExinError
from config.words import N_, _, n_
from models.contacts import register
from models.contacts.register import PeopleQuery
from screens.contacts.forms import ContactForm
from screens.contacts.register import ContactList, groups_of
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.widgets.text_lines import TitleLine
from screens.widgets.typed_line import TypedLine


class ContactChooser(ListKeys, Dialog[int]):
    """Dismisses with the id of the contact person, None when it is closed.

    With `agency` only its people are offered; who is entered from here begins with it and with `role`.
    """

    SCOPE = "contact_chooser"
    CSS_PATH = "people.tcss"
    HELP: ClassVar[str] = N_(
        "Write part of a name, an office, an agency or a role, and choose the person. Whoever is not in the register "
        "yet is entered from here."
    )

    def __init__(self, case: Case, title: str, agency: str = "", role: str = "") -> None:
        super().__init__(case)
        self._title, self._agency, self._role = title, agency, role
        self.moving = ContactList(case, always_marked=True)
        self.moving.can_focus = False
        self._answered = ""
        self._was_private = case.private

    def body(self) -> ComposeResult:
        self._line = TypedLine()
        self._heading = TitleLine(self._title)
        yield self._heading
        yield self._line
        yield self.moving

    async def on_mount(self) -> None:
        self._line.focus()
        await self._show()

    async def refresh_case(self) -> None:
        if self.case.private and not self._was_private:
            # What was written while names showed may be one.
            self._line.value = ""
        self._was_private = self.case.private
        await self._show(anew=False)

    async def _show(self, *, anew: bool = True) -> None:
        ask, query = self.case.store.ask, PeopleQuery(self._line.value, self._agency)
        try:
            counts = await ask(register.counts, query)
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        if query.text != self._line.value:
            return
        self._answered = query.text
        key = self.case.keymap.shown("contact_chooser.add", self.SCOPE)
        self.moving.empty = _("Nobody matches. {key} enters a new contact person.").format(key=key)
        await self.moving.show(
            groups_of(self.case, counts),
            lambda offset, limit: ask(register.find, query, counts, offset, limit),
            mark=0 if anew else None,
        )
        total = sum(count for _name, count in counts)
        said = await self.hiding(self._title)
        self._heading.show(said(self._title), n_("{count} person", "{count} persons", total).format(count=total))
        self.draw_foot()

    async def on_input_changed(self) -> None:
        await self._show()

    async def on_input_submitted(self) -> None:
        await self.action_act("contact_chooser.open")

    async def action_open(self) -> None:
        """Choose the person under the mark; what is listed must belong to what is written."""
        if self._answered != self._line.value:
            await self._show()
            return
        if row := self.moving.row:
            self.dismiss(row.id)

    def action_close(self) -> None:
        """Clear what is written first, then close with no answer."""
        if self._line.value:
            self._line.value = ""
        else:
            self.dismiss(None)

    async def action_add(self) -> None:
        """Enter a new contact person, and choose them."""
        typed = self._line.value.strip()
        name = "" if any(letter.isdecimal() for letter in typed) else typed
        begin = {"agency": self._agency, "role": self._role, "name": name}
        number = await self.ask(ContactForm(self.case, None, begin))
        if number is not None:
            self.dismiss(number)
