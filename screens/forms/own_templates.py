"""The templates that a person has kept, to rename and to remove."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult

from config import templates as own
from config.templates import Template
from config.words import N_, _
from screens.forms.keeping_templates import NAME_WIDTH, SHOWN, about_nobody, change_own, read_own, template_name
from screens.frame.case import Case
from screens.frame.chooser import agreed
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.prompt import PromptScreen
from screens.widgets.line import ALARM, BOLD, DIM, PLAIN, Piece, cut, flat
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.windowed_list import WindowedList


class OwnTemplatesScreen(ListKeys, Dialog[None]):
    """One's own templates as they stand in the settings file; what is changed is saved at once."""

    SCOPE = "own_templates"
    CSS_PATH = Path(__file__).with_name("templates.tcss")
    HELP: ClassVar[str] = N_(
        "The templates that you have kept, which nobody else has. To change what one says, put it into a field, "
        "change it there, and keep it under the same name. They stand in your settings file, which is not "
        "encrypted: a template must hold no names, no numbers and nothing else about anybody."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = WindowedList(self._draw_template, empty=_("You have kept no template yet."))

    def body(self) -> ComposeResult:
        self._wrong = TextLines(style=ALARM)
        self._shown = TextLines(style=DIM, id="template-text")
        yield TitleLine(_("Your own templates"))
        yield self._wrong
        yield self.moving
        yield self._shown

    async def on_mount(self) -> None:
        self.moving.focus()
        await self.refresh_case()

    async def refresh_case(self) -> None:
        self._wrong.show(read_own(self.case))
        await self.moving.show_rows(self.case.settings.templates)
        self._show_marked()
        self.draw_foot()

    def _draw_template(self, row: Template, width: int, part: int) -> Sequence[Piece]:
        name = cut(row.name, min(NAME_WIDTH, width // 2))
        return [(f" {name}  ", BOLD), (flat(row.text.replace("\n", " ")), PLAIN)]

    def on_windowed_list_marked(self) -> None:
        self._show_marked()
        self.draw_foot()

    def _show_marked(self) -> None:
        row = self.moving.row
        self._shown.show("\n".join(row.text.split("\n")[:SHOWN]) if row is not None else "")

    async def action_rename(self) -> None:
        """Give the template under the mark another name."""
        row = self.moving.marked
        question = _("What is the template to be called?")
        hint = _("No names, and nothing about anybody.")
        prompt = PromptScreen(self.case, question, template_name, initial=row.name, hint=hint, limit=own.NAME_LIMIT)
        name = await self.ask(prompt)
        told = await about_nobody(self, Template(name, "")) if name is not None else None
        if told is not None:
            await change_own(self.case, lambda now: own.renamed(now, row, told.name))
            await self.refresh_case()
            self.say(_("Saved."))

    async def action_remove(self) -> None:
        """Remove the template under the mark, after a question."""
        row = self.moving.marked
        question = _("Remove the template {name}? It cannot be undone.").format(name=row.name)
        if await agreed(self, question, no=_("No, keep it"), yes=_("Yes, remove it")):
            await change_own(self.case, lambda now: own.without(now, row))
            await self.refresh_case()
            self.say(_("Removed: {name}.").format(name=row.name))
