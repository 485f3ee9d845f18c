"""Taking back one's own last change, with a question first where it is not what the person sees."""

from __future__ import annotations

from typing import Any

from config.errors import ExinError
from config.words import _, n_
from models.storage import undo
from models.storage.undo import Undoable
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.screen import CaseScreen


async def take_back(screen: CaseScreen[Any]) -> None:
    """Take back the person's last change, and say so on `screen`.

    Asked first where it is about somebody who is not on the screen, or not about the newest change.
    """
    store = screen.case.store
    found = await store.ask(undo.undoable, store.opened_at_audit)
    shown, about = getattr(screen, "participant", None), {one.participant for one in found.about}
    if not found.passed and not (shown and about and about != {shown}):
        await _undo(screen, found)
        return

    async def answered(answer: str | tuple[str, ...] | None) -> None:
        if answer == "yes":
            try:
                await _undo(screen, found)
            except ExinError as error:
                screen.say(error.text, warn=True)

    question = _("Undo {what}?").format(what=_told_of(screen, found))
    if found.passed:
        question = found.passed + " " + _("Undo what came before: {what}?").format(what=_told_of(screen, found))
    options = [Option("no", _("No, leave it")), Option("yes", _("Yes, undo it"))]
    await screen.app.push_screen(ChooserScreen(screen.case, question, options), answered)


async def _undo(screen: CaseScreen[Any], found: Undoable) -> None:
    store = screen.case.store
    told = _told_of(screen, found)
    await store.change(undo.undo, store.opened_at_audit, found.seq)
    await screen.refresh_case()
    screen.say(_("Undone: {what}.").format(what=told))


def _told_of(screen: CaseScreen[Any], found: Undoable) -> str:
    """What a change is called, and whom it is about where it is about somebody."""
    what, about = undo.described(found.action), found.about
    if not about:
        return what
    who = n_("{count} participant", "{count} participants", len(about)).format(count=len(about))
    return f"{what} · {screen.case.called(about[0].code, about[0].name) if len(about) == 1 else who}"
