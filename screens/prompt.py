"""A question answered by one typed line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult

from config.errors import ExinError
from config.words import N_
from screens.case import Case
from screens.dialog import Dialog
from screens.widgets.line import ALARM, DIM
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.typed_line import TypedLine

Answer = TypeVar("Answer")


class PromptScreen(Dialog[Answer], Generic[Answer]):
    """Dismisses with what `parse` makes of the line, None when it is closed.

    An `ExinError` of `parse` is shown under the line, and what was typed stays.
    """

    CSS_PATH = "prompt.tcss"
    SCOPE = "prompt"
    HELP: ClassVar[str] = N_("Write the answer in the line and press Enter.")

    def __init__(
        self, case: Case, question: str, parse: Callable[[str], Answer], *, initial: str = "", hint: str = ""
    ) -> None:
        super().__init__(case)
        self._question, self._parse, self._initial, self._hint = question, parse, initial, hint

    def body(self) -> ComposeResult:
        self._line = TypedLine(self._initial)
        self._below = TextLines(self._hint, DIM)
        yield TitleLine(self._question)
        yield self._line
        yield self._below

    async def on_mount(self) -> None:
        self._line.cursor_position = len(self._line.value)
        self._line.focus()

    def on_input_changed(self) -> None:
        self._below.show(self._hint, DIM)

    async def on_input_submitted(self) -> None:
        await self.action_act("prompt.accept")

    def action_accept(self) -> None:
        """Answer with the line as it stands."""
        try:
            answer = self._parse(self._line.value)
        except ExinError as error:
            self._below.show(error.text, ALARM)
            return
        self.dismiss(answer)
