"""Taking back one's own last change, with a question first where it is not what the person sees."""

from __future__ import annotations

from typing import Any

from config.words import _, n_
from models.storage import undo
from models.storage.undo import Undoable
from screens.frame.chooser import agreed
from screens.frame.screen import CaseScreen


async def take_back(screen: CaseScreen[Any]) -> None:
    """Take back the person's last change, from an action of `screen`, and say so there.

    Asked first where it is about somebody who is not on the screen, or not about the newest change.
    """
    store = screen.case.store
    found = await store.ask(undo.undoable, store.opened_at_audit)
    shown, about = getattr(screen, "participant", None), {one.participant for one in found.about}
    if found.passed or (shown and about and about != {shown}):
        question = _("Undo {what}?").format(what=_told_of(screen, found))
        if found.passed:
            question = found.passed + " " + _("Undo what came before: {what}?").format(what=_told_of(screen, found))
        if not await agreed(screen, question, no=_("No, leave it"), yes=_("Yes, undo it")):
            return
    await store.change(undo.undo, store.opened_at_audit, found.seq)
    await screen.refresh_case()
    screen.say(_("Undone: {what}.").format(what=_told_of(screen, found)))


def _told_of(screen: CaseScreen[Any], found: Undoable) -> str:
    """What a change is called, and whom it is about where it is about somebody."""
    what, about = undo.described(found.action), found.about
    if not about:
        return what
    who = n_("{count} participant", "{count} participants", len(about)).format(count=len(about))
    return f"{what} · {screen.case.called(about[0].code, about[0].name) if len(about) == 1 else who}"
