"""What was recorded about the wrong participant: asks whom it was about, or to strike it out, and why."""

from __future__ import annotations

from typing import Any, Final

from config.words import _
from models.misplaced import misplaced
from models.misplaced.misplaced import STAYS, MisplacedError
from models.participants import participants
from screens.frame.chooser import Option, choose, choose_participant
from screens.frame.prompt import PromptScreen
from screens.frame.screen import CaseScreen

_MOVE: Final = "move"
_STRIKE: Final = "strike"


async def put_right(screen: CaseScreen[Any], table: str, row: int, version: int, participant: int | None) -> str:
    """Move a record of a participant's to another one, or strike it out, from an action of `screen`.

    Answers what there is to say when it was done, empty where it was left. What stays with its participant can only be
    struck out.
    """
    case = screen.case
    how = _STRIKE if table in STAYS else await choose(screen, _("Was this about somebody else?"), [
        Option(_MOVE, _("Move it to the right participant"), "m"),
        Option(_STRIKE, _("Strike it out: it was about nobody here"), "s"),
    ])  # fmt: skip
    if how is None:
        return ""
    to, who, question = None, "", _("Why is it struck out?")
    if how == _MOVE:
        answer = await choose_participant(screen, _("Whom was it about?"), but=participant, closed=True)
        if answer is None:
            return ""
        to = int(answer)
        # Whom the mark was on is seen once more before it is done.
        who = case.called(*await case.store.ask(participants.called, to))
        question = _("Why is it moved to {who}?").format(who=who)
    hint = _("It stands on the timeline, without saying whom else it was about.")
    reason = await screen.ask(PromptScreen(case, question, _something, hint=hint))
    if reason is None:
        return ""
    if to is None:
        await case.store.change(misplaced.strike, table, row, version, reason)
        return _("Struck out. u to undo.")
    await case.store.change(misplaced.move, table, row, version, to, reason)
    return _("Moved to {who}. u to undo.").format(who=who)


def _something(text: str) -> str:
    if not text.strip():
        raise MisplacedError(_("Reason: say why."))
    return text
