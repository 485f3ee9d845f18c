"""The questions before an agenda goes into a file: with names or not, where, and over what is there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from config import out_folder
from config.words import _
from models.plans import calendar
from models.plans.agenda import AgendaQuery
from models.plans.calendar import CalendarError, FileIsThere
from screens.frame.chooser import Option, choose
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen


async def write_calendar(screen: CaseScreen[Any], query: AgendaQuery) -> None:
    """Ask on behalf of a screen, and write; what happened is said on that screen."""
    options = [
        Option("codes", _("Codes only: no names, titles or places"), "c"),
        Option("names", _("With names, titles and places"), "n"),
    ]
    title = _("A calendar file. It is not sealed: whoever gets it can read it.")
    answer = await choose(screen, title, options)
    if answer is None:
        return
    hint = _("Keep it where only you can read it, and delete it when the calendar has it.")
    prompt = PromptScreen(screen.case, _("Write it to which file?"), _path, initial="~/exin-agenda.ics", hint=hint)
    file = await screen.ask(prompt)
    if file is None:
        return
    names = answer == "names"
    try:
        await _write(screen, query, file, names=names)
    except FileIsThere as error:
        options = [Option("keep", _("Leave it as it is"), "n"), Option("over", _("Write over it"), "y")]
        if await choose(screen, error.text, options) != "over":
            return
        await _write(screen, query, file, names=names, over=True)
    screen.say(_("The file is not sealed: {file}").format(file=file), warn=True)


async def _write(screen: CaseScreen[Any], query: AgendaQuery, file: Path, *, names: bool, over: bool = False) -> None:
    store = screen.case.store
    content = await store.ask(calendar.calendar, query, names=names)
    # Kept before anything goes out, so that no file is without its trace.
    await asyncio.to_thread(store.witness_now, "export.calendar names" if names else "export.calendar")
    await asyncio.to_thread(calendar.write, file, content, over=over)


def _path(text: str) -> Path:
    """The file a person named; raises `CalendarError`, or `OutsideFolder` in a served session."""
    if not text.strip() or "\0" in text:
        raise CalendarError(_("Name a file."))
    try:
        return out_folder.allowed(Path(text.strip()).expanduser().absolute())
    except RuntimeError:
        raise CalendarError(
            _("This program does not know whose home {file} is in.").format(file=text.strip())
        ) from None
