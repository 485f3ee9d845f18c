"""The questions before an agenda goes into a file: with names or not, and where."""

from __future__ import annotations

import asyncio
from typing import Any

from config.words import _, n_
from models.access.visits import EXPORTED
from models.plans import calendar
from models.plans.agenda import AgendaQuery
from screens.frame.chooser import Option, choose
from screens.frame.outside import ask_for_file
from screens.frame.screen import CaseScreen


async def write_calendar(screen: CaseScreen[Any], query: AgendaQuery) -> None:
    """Ask on behalf of a screen, and write; what happened is said on that screen."""
    options = [
        Option("codes", _("Codes only: no names, titles or places"), "c"),
        Option("names", _("With names, titles and places"), "n"),
    ]
    title = _("A calendar file. It is not encrypted: whoever gets it can read it.")
    answer = await choose(screen, title, options)
    if answer is None:
        return
    hint = _("Keep it where only you can read it, and delete it when the calendar has it.")
    out = await ask_for_file(screen, _("Write it to which file?"), _("exin-agenda"), ".ics", hint)
    if out is None:
        return
    names = answer == "names"
    store = screen.case.store
    content, about = await store.ask(calendar.calendar, query, names=names)
    # Kept before anything goes out, so that no file is without its trace.
    await asyncio.to_thread(store.witness_now, "export.calendar names" if names else "export.calendar")
    await asyncio.to_thread(store.log_now, about, EXPORTED)
    await asyncio.to_thread(out.write, content)
    count = calendar.count(content)
    told = n_(
        "Written, {count} appointment or deadline: {file}", "Written, {count} appointments and deadlines: {file}", count
    )
    screen.say(told.format(count=count, file=out.shown) + " · " + _("The file is not encrypted."), warn=True)
