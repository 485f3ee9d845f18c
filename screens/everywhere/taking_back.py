"""Taking back one's own last change and doing it again, with a question first where it is not what the person sees.

What was written in the form that made the change becomes an unfinished form again, so that undoing loses no text.
"""

from __future__ import annotations

from typing import Any, Final

from config.words import _, n_
from models.storage import drafts, undo
from models.storage.binding import AuditedChange
from models.storage.drafts import VERSION, KeptForm
from models.storage.reading import Reading
from models.storage.undo import Undoable
from models.storage.work import Work
from models.tables import RECORDS
from screens.forms.draft_keeper import keep_whose
from screens.frame.chooser import agreed
from screens.frame.screen import CaseScreen

FRESH_SECONDS: Final = 120
"""How long after a change it is taken back without a question."""


async def take_back(screen: CaseScreen[Any]) -> None:
    """Take back the person's last change, from an action of `screen`, and say so there."""
    case, store = screen.case, screen.case.store
    found = await store.ask(undo.undoable, store.opened_at_audit)
    written = case.saved.get(found.seq)
    reasons = _reasons(screen, found)
    if found.verified:
        reasons.append(_("It takes back that somebody confirmed it."))
    in_the_way = written is not None and written.subject > 0 and await store.ask(_unfinished, written)
    if in_the_way:
        reasons.append(_("Another unfinished form stands there; what you wrote comes back only by {key}.").format(
            key=case.keymap.shown("app.redo")
        ))  # fmt: skip
    question = _("Undo what came before: {what}?") if found.passed else _("Undo {what}?")
    if not await _agreed(screen, reasons, question.format(what=_told_of(screen, found)), _("Yes, undo it")):
        return

    def give_back(work: Work, changes: tuple[AuditedChange, ...]) -> None:
        if written is not None and not in_the_way:
            _give_back(work, written, changes)

    await store.change(undo.undo, store.opened_at_audit, found.seq, give_back)
    told = _("Undone: {what}.").format(what=_told_of(screen, found))
    if written is not None and not in_the_way:
        case.given_back[store.acted] = written
        told += " " + _("What you wrote is an unfinished form again: {key} shows it.").format(
            key=case.keymap.shown("app.drafts")
        )
    await screen.refresh_case()
    screen.say(told)


async def do_again(screen: CaseScreen[Any]) -> None:
    """Do again what the person took back last, from an action of `screen`, and say so there."""
    case, store = screen.case, screen.case.store
    found = await store.ask(undo.redoable, store.opened_at_audit)
    reasons = _reasons(screen, found)
    if found.since:
        reasons.append(_("You have changed something else since you undid it."))
    question = _("Do it again: {what}?").format(what=_told_of(screen, found))
    if not await _agreed(screen, reasons, question, _("Yes, do it again")):
        return
    given = case.given_back.get(found.seq)

    def take(work: Work, changes: tuple[AuditedChange, ...]) -> None:
        if given is not None:
            _take_again(work, given)

    await store.change(undo.redo, store.opened_at_audit, found.seq, take)
    await screen.refresh_case()
    screen.say(_("Done again: {what}.").format(what=_told_of(screen, found)))


def _reasons(screen: CaseScreen[Any], found: Undoable) -> list[str]:
    """Why it is asked first, in sentences: it is not the newest, about somebody else, or some time ago."""
    reasons = [found.passed] if found.passed else []
    here = {screen.looked_at or screen.concerned} - {None}
    if here and any(one.participant not in here for one in found.about):
        reasons.append(_("It is about somebody else than this participant."))
    minutes = (screen.case.clock.seconds() - found.at) // 60
    if screen.case.clock.seconds() - found.at > FRESH_SECONDS:
        reasons.append(n_("It is {count} minute old.", "It is {count} minutes old.", minutes).format(count=minutes))
    return reasons


async def _agreed(screen: CaseScreen[Any], reasons: list[str], question: str, yes: str) -> bool:
    return not reasons or await agreed(screen, " ".join([*reasons, question]), no=_("No, leave it"), yes=yes)


def _unfinished(reading: Reading, written: KeptForm) -> bool:
    return bool(drafts.kept(reading, written.form, written.subject))


def _give_back(work: Work, written: KeptForm, changes: tuple[AuditedChange, ...]) -> None:
    """Keep what stood in a form again, against the version of its record that there is now."""
    fields = dict(written.fields)
    if VERSION in fields:
        about = next((one for one in changes if one.operation == "update" and one.row == written.subject), None)
        if about is not None:
            table = RECORDS[about.table]._meta.table_name
            fields[VERSION] = str(work.value(f'SELECT version FROM "{table}" WHERE id = ?', [about.row]))
    if written.subject > 0:
        keep_whose(work, written.form, written.subject, fields)
    else:
        drafts.keep_another(work, written.form, fields)


def _take_again(work: Work, given: KeptForm) -> None:
    """Forget the unfinished form that the text had become, where nobody went on with it."""
    kept = drafts.kept(work, given.form, given.subject) if given.subject > 0 else drafts.about_nobody(work, given.form)
    for one in kept:
        if {**one.fields, VERSION: ""} == {**given.fields, VERSION: ""}:
            drafts.drop(work, one.form, one.subject)
            return


def _told_of(screen: CaseScreen[Any], found: Undoable) -> str:
    """What a change is called, and whom it is about where it is about somebody."""
    what, about = undo.described(found.action), found.about
    if not about:
        return what
    who = n_("{count} participant", "{count} participants", len(about)).format(count=len(about))
    return f"{what} · {screen.case.called(about[0].code, about[0].name) if len(about) == 1 else who}"
