"""A question answered by one typed line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.widget import Widget

from config.errors import ExinError
from config.words import N_, _
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.screen import PASTING
from screens.widgets.line import ALARM, DIM
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.typed_line import TypedLine

LIMIT: Final = 200
Answer = TypeVar("Answer")


class PromptScreen(Dialog[Answer], Generic[Answer]):
    """Dismisses with what `parse` makes of the line, None when it is closed.

    An `ExinError` of `parse` is shown under the line, and what was typed stays; so is one of `then`, which does at once
    what is asked for: a refusal leaves the question open. `echo` says what the line as it stands would be taken for.
    A line holds `limit` characters, as many as there are for 0.
    """

    CSS_PATH = Path(__file__).with_name("prompt.tcss")  # screens in other rooms inherit it
    SCOPE = "prompt"
    HELP: ClassVar[str] = N_("Write the answer in the line and press Enter.")

    def __init__(
        self, case: Case, question: str, parse: Callable[[str], Answer], *, initial: str = "", hint: str = "",
        echo: Callable[[Answer], str] | None = None, limit: int = LIMIT,
        then: Callable[[Answer], Awaitable[object]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(case)
        self._question, self._parse, self._initial, self.hint = question, parse, initial, hint
        self._echo, self._limit, self._then = echo, limit, then
        self._doing = False

    def body(self) -> ComposeResult:
        self._field = self.field()
        self.below = TextLines(self.hint, DIM)
        self._title = TitleLine(self._question)
        yield self._title
        yield self._field
        yield self.below

    def field(self) -> Widget:
        """What the answer is typed in."""
        self._line = TypedLine(self._initial, limit=self._limit)
        return self._line

    @property
    def written(self) -> str:
        """What stands in it."""
        return self._line.value

    def fill(self, text: str) -> None:
        """Let `text` stand in it, with the cursor at its end."""
        self._line.value = text
        self._line.cursor_position = len(text)

    def veil(self, veiled: bool) -> None:
        """Show dots in place of what stands in it, or show it again."""
        self._line.password = veiled

    async def on_mount(self) -> None:
        self.fill(self.written)
        self._field.focus()
        if self.case.private:
            await self.refresh_case()

    async def refresh_case(self) -> None:
        """What was written about somebody before stands as dots while names are hidden."""
        said = await self.hiding(self._question, self.hint, self.written)
        self._title.show(said(self._question))
        self.veil(said(self.written) != self.written)
        self.below.show(said(self.below.content[0]))

    def on_input_changed(self) -> None:
        self.below.show(self._taken_for() or self.hint, DIM)

    def on_typed_line_full(self) -> None:
        told = _("At most {limit} characters fit here; what came last was not put in.")
        self.below.show(told.format(limit=self._limit), ALARM)

    def _taken_for(self) -> str:
        if self._echo is None or not self.written.strip():
            return ""
        try:
            return self._echo(self._parse(self.written))
        except ExinError:
            return ""

    async def put_by(self, *, hidden: bool = False) -> str:
        text = self.written
        if not text.strip() or text == self._initial:
            return ""
        self.shell.put_aside(text)
        return _("What you had written is kept: {key} puts it into a field.").format(key=PASTING)

    async def on_input_submitted(self) -> None:
        await self.action_act("prompt.accept")

    async def action_accept(self) -> None:
        """Answer with the line as it stands."""
        if self._doing:
            return
        self._doing = True
        try:
            answer = self._parse(self.written)
            if self._then is not None:
                await self._then(answer)
        except ExinError as error:
            self.below.show(error.text, ALARM)
        else:
            self.dismiss(answer)
        finally:
            self._doing = False
