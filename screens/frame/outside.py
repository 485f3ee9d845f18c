"""Asking where a file is to go that leaves the vault, and whether over one that is there."""

from __future__ import annotations

import asyncio
from typing import Any

from msgspec.structs import replace

from config.outside import Kind, OutFile
from config.words import _
from models.values.text import file_name
from screens.frame.chooser import agreed
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen


async def ask_for_file(screen: CaseScreen[Any], question: str, stem: str, kind: Kind, hint: str) -> OutFile | None:
    """The file that the person wants written, from an action of `screen`; None where nothing is to be written.

    `stem` is what it would be called, in the person's language; `hint` stands below the line. Raises `OutsideError`
    where nobody may look.
    """
    place = screen.case.out_place
    initial = place.suggested(file_name(stem) + kind)
    if place.only is not None:
        hint = _("A name alone; the file goes into your own folder. {hint}").format(hint=hint)
    prompt = PromptScreen(screen.case, question, lambda text: place.file(text, kind), initial=initial, hint=hint)
    out = await screen.ask(prompt)
    if out is None or not await asyncio.to_thread(out.is_there):
        return out
    question = _("{file} is there already. Write over it?").format(file=out.name)
    over = await agreed(screen, question, no=_("No, keep the file that is there"), yes=_("Yes, write over it"))
    return replace(out, replace=True) if over else None
