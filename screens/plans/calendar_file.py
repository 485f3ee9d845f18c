"""The questions before an agenda goes into a file: with names or not, where, and over what is there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from config.words import _
from models.plans import calendar as calendar_export
from models.plans.agenda import AgendaQuery
from models.plans.calendar import CalendarError, FileIsThere
from screens.frame.chooser import Option, choose
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen


class CalendarFile:
    """Asks on behalf of a screen, and writes; what happened is said on that screen."""

    def __init__(self, screen: CaseScreen[Any], query: AgendaQuery) -> None:
        self.screen = screen
        self.query = query
        self.names = False

    async def ask(self) -> None:
        """Begin: are the names to stand in it? Codes come first."""
        options = [
            Option("codes", _("Codes only: no names, titles or places"), "c"),
            Option("names", _("With names, titles and places"), "n"),
        ]
        title = _("A calendar file. It is not sealed: whoever gets it can read it.")
        answer = await choose(self.screen, title, options)
        if answer is None:
            return
        self.names = answer == "names"
        prompt = PromptScreen(
            self.screen.case,
            _("Write it to which file?"),
            _path,
            initial="~/exin-agenda.ics",
            hint=_("Keep it where only you can read it, and delete it when the calendar has it."),
        )
        file = await self.screen.ask(prompt)
        if file is not None:
            await self._write(file)

    async def _write(self, file: Path, *, over: bool = False) -> None:
        store = self.screen.case.store
        try:
            content = await store.ask(calendar_export.calendar, self.query, names=self.names)
            # Kept before anything goes out, so that no file is without its trace.
            action = "export.calendar names" if self.names else "export.calendar"
            await asyncio.to_thread(store.witness_now, action)
            await asyncio.to_thread(calendar_export.write, file, content, over=over)
        except FileIsThere as error:
            options = [Option("keep", _("Leave it as it is"), "n"), Option("over", _("Write over it"), "y")]
            if await choose(self.screen, error.text, options) == "over":
                await self._write(file, over=True)
        else:
            self.screen.say(_("The file is not sealed: {file}").format(file=file), warn=True)


def _path(text: str) -> Path:
    """The file a person named; raises `CalendarError`."""
    if not text.strip() or "\0" in text:
        raise CalendarError(_("Name a file."))
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError:
        raise CalendarError(
            _("This program does not know whose home {file} is in.").format(file=text.strip())
        ) from None
