"""Text templates: one is put into a field of a form by a key, and what is written there is kept as one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from msgspec import Struct
from textual.app import ComposeResult

from config import templates as own
from config.templates import Template, TemplateError
from config.words import N_, _
from models.values.text import fold
from screens.forms.keeping_templates import (
    BLANK,
    NAME_WIDTH,
    SHOWN,
    about_nobody,
    change_own,
    read_own,
    refuse_numbers,
    seen,
    template_name,
)
from screens.forms.line_fields import LineField
from screens.forms.own_templates import OwnTemplatesScreen
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import agreed
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, PLAIN, Piece, cut, flat
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.typed_line import TypedLine
from screens.widgets.windowed_list import WindowedList

Result = TypeVar("Result")


class Writing(Protocol):
    """A field, or a line, in which any text may be written."""

    @property
    def chosen(self) -> str:
        """What is selected, or all that is written."""

    def put_in(self, text: str) -> None:
        """Put a text in at the cursor, so that Ctrl+Z takes it out again."""


class WritingScreen(CaseScreen[Result], Generic[Result]):
    """A screen with fields, into which templates are put by a key; the key is off outside fields for free text."""

    _was_writing = False

    @property
    def writing(self) -> TextBox | LineField | None:
        """The field with the focus, where any text may be written in it."""
        field = self.focused
        return field if isinstance(field, (TextBox, LineField)) and field.free else None

    def names_in_it(self) -> Sequence[tuple[str, str]]:
        """The codes and names of whom the fields are about."""
        return ()

    def why_not(self, action_id: str) -> str:
        if action_id.endswith(".template") and self.writing is None:
            return _("A template goes into a field in which any text may be written.")
        return super().why_not(action_id)

    def on_descendant_focus(self) -> None:
        writing = self.writing is not None
        if writing != self._was_writing:
            self._was_writing = writing
            self.draw_foot()

    async def action_template(self) -> None:
        """Put a template in, or keep what is written as one."""
        if (line := self.writing) is not None:
            await take_template(self, line, self.names_in_it())


class Offered(Struct, frozen=True):
    """A template as it is chosen; `own` is the person's, None for one of the programme's."""

    name: str
    text: str
    own: Template | None = None


async def take_template(screen: CaseScreen[Any], line: Writing, about: Sequence[tuple[str, str]] = ()) -> None:
    """Have a template chosen, from an action of `screen`, and put it into `line`; or keep what stands there as one.

    `about` are the codes and names of whom it is about.
    """
    chosen = await screen.ask(TemplateChooser(screen.case, line.chosen, about))
    if chosen is not None:
        line.put_in(chosen)
        screen.say(_("Put in; Ctrl+Z takes it out again."))


class TemplateChooser(ListKeys, Dialog[str]):
    """Dismisses with the text of the template chosen, None where none is to be put in.

    `written` stands in the field it was opened from, and `about` are the codes and names of whom that is about.
    """

    SCOPE = "template"
    CSS_PATH = Path(__file__).with_name("templates.tcss")  # screens in other rooms inherit it
    HELP: ClassVar[str] = N_(
        "Write part of a name or of a text, and press Enter: the template is put in at the cursor of the field, "
        "and Ctrl+Z takes it out again. What you have written can be kept as a template of your own. Your own "
        "stand in your settings file, which is not encrypted: a template must hold no names, no numbers and "
        "nothing else about anybody. A team's stand in its programme.toml, under [[templates]]."
    )

    def __init__(self, case: Case, written: str = "", about: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(case)
        self._written, self._about = written, about
        self._fault = read_own(case)
        self.moving = WindowedList(self._draw_template, empty=_("No template is called that."), always_marked=True)
        self.moving.can_focus = False

    def body(self) -> ComposeResult:
        self._line = TypedLine(limit=60)
        self._shown = TextLines(style=DIM, id="template-text")
        yield TitleLine(_("Text templates"))
        yield self._line
        yield self.moving
        yield self._shown

    async def on_mount(self) -> None:
        self._line.focus()
        await self._find()
        self.say(self._fault, warn=bool(self._fault))

    async def refresh_case(self) -> None:
        await self._find(anew=False)

    async def on_input_changed(self) -> None:
        await self._find()

    async def on_input_submitted(self) -> None:
        await self.action_act("template.open")

    def _draw_template(self, row: Offered, width: int, part: int) -> Sequence[Piece]:
        whose = _("your own") if row.own else _("everybody's")
        return [
            (" " + cut(row.name, min(NAME_WIDTH, width // 2)) + "  ", BOLD),
            (cut(whose, 12), DIM),
            (flat(row.text.replace("\n", " ")), PLAIN),
        ]

    async def _find(self, *, anew: bool = True) -> None:
        """List what holds every part of what is written, in the name or else in the text."""
        wanted = fold(self._line.value).split()
        programme = self.case.programme.method.templates
        every = [Offered(one.name, one.text, one) for one in self.case.settings.templates]
        every += [Offered(str(one.name), str(one.text)) for one in programme]
        named = [one for one in every if all(part in fold(one.name) for part in wanted)]
        inside = [
            one for one in every if one not in named and all(part in fold(one.name + one.text) for part in wanted)
        ]
        await self.moving.show_rows([*named, *inside], mark=0 if anew else None)
        self._show_marked()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self._show_marked()

    def _show_marked(self) -> None:
        row = self.moving.row
        lines = row.text.split("\n") if row is not None else []
        self._shown.show("\n".join([*lines[:SHOWN], *([BLANK] if len(lines) > SHOWN else [])]))

    def why_not(self, action_id: str) -> str:
        if action_id == "template.keep" and not self._written.strip():
            return _("Nothing is written in the field that could be kept.")
        return "" if action_id == "app.settings" else super().why_not(action_id)

    # ------------------------------------------------------------------ keys

    def action_open(self) -> None:
        """Answer with the text under the mark."""
        if (row := self.moving.row) is not None:
            self.dismiss(row.text)

    async def action_own(self) -> None:
        """Rename or remove one's own."""
        await self.ask(OwnTemplatesScreen(self.case))
        await self._find(anew=False)

    async def action_keep(self) -> None:
        """Keep what is written in the field as a template, once it is sure that it is about nobody."""
        text = seen(self._written).strip()
        if fault := own.text_fault(text):
            raise TemplateError(_("This cannot be kept as a template: the text {fault}.").format(fault=fault))
        refuse_numbers(text)
        hint = _("It goes into your settings file, which is not encrypted: no names, and nothing about anybody.")
        question = _("What is the template to be called?")
        name = await self.ask(PromptScreen(self.case, question, template_name, hint=hint, limit=own.NAME_LIMIT))
        if name is None:
            return
        told = await about_nobody(self, Template(name, text), self._about)
        if told is None:
            return
        if fault := read_own(self.case):
            raise TemplateError(fault)
        over = own.called(self.case.settings.templates, told.name)
        if over is not None and over != told:
            question = _("There is a template called {name} already. Write over it?").format(name=over.name)
            if not await agreed(self, question, no=_("No, keep the one that is there"), yes=_("Yes, write over it")):
                return
        await change_own(self.case, lambda now: own.with_one(now, told, over))
        self.say_below(_("Kept as a template of your own: {name}.").format(name=told.name))
        self.dismiss(None)
