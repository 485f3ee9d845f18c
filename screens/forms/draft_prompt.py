"""A line that is written into the case by the prompt itself, and not lost while it is not: kept, offered again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar

from config.dates import format_moment
from config.errors import ExinError
from config.words import N_, _
from screens.forms.draft_keeper import Keeper
from screens.forms.templates import Writing, take_template
from screens.frame.case import Case
from screens.frame.prompt import PromptScreen
from screens.widgets.line import ALARM

TEXT: str = "text"
Write = Callable[[str], Awaitable[str]]


class KeptPrompt(PromptScreen[str]):
    """Dismisses with what there is to say when the line is written, None when it was left.

    `form` and `subject` are what it is kept under, `beside` what else is kept with it. An `ExinError` of `write` is
    shown under the line, which stays as it was typed.
    """

    HELP: ClassVar[str] = N_(
        "Write in the line and press Enter. What you leave with Esc, or when the connection is lost, is kept and "
        "offered again."
    )

    def __init__(
        self, case: Case, question: str, write: Write, form: str, subject: int, *, initial: str = "", hint: str = "",
        beside: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(case, question, str, initial=initial, hint=hint, limit=0)
        self._write, self._beside = write, beside or {}
        self._keeper = Keeper(self, lambda: (form, subject), self._half_written)

    @property
    def kept(self) -> bool:
        """Whether something of it is kept."""
        return self._keeper.kept is not None

    async def on_mount(self) -> None:
        found = await self._keeper.found()
        if found is not None and found.fields.get(TEXT):
            when = format_moment(self.case.clock.local(found.saved_at))
            self.fill(found.fields[TEXT])
            self.hint = _("You left this unfinished {when}; here it is.").format(when=when)

    def _half_written(self) -> Mapping[str, str] | None:
        text = self.written
        return {TEXT: text, **self._beside} if text.strip() and text != self._initial else None

    def on_input_changed(self) -> None:
        self._keeper.soon()

    async def keep(self) -> None:
        """Keep what stands in the line, now."""
        await self._keeper.now()

    async def put_by(self, *, hidden: bool = False) -> str:
        await self.keep()
        return self._keeper.told(hidden=hidden)

    async def on_screen_suspend(self) -> None:
        await self._keeper.now_or_say()

    async def action_close(self) -> None:
        """Leave the line; what stands in it is kept."""
        await self._keeper.now_or_say()
        self.dismiss(None)

    async def action_template(self) -> None:
        """Put a template in, or keep what is written as one."""
        await take_template(self, self.writing)

    @property
    def writing(self) -> Writing:
        """Where a template is put in."""
        return self._line

    async def action_accept(self) -> None:
        """Write the line."""
        await self.put(self._write)

    async def put(self, write: Write) -> None:
        """Have `write` write the line, and close; where it cannot, say why under the line."""
        try:
            told = await write(self.written)
        except ExinError as error:
            self.below.show(error.text, ALARM)
            return
        await self._keeper.saved()
        self.dismiss(told)
