"""Checklists in use: what a person does with their items.

A checklist keeps the template it began with. An item that is a field of the participant's record, a contact person or
a consent is done exactly while that is known (`models.checklists.upkeep`); every other one when somebody says so.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from config.programme.shapes import ChecklistTemplate, ItemTemplate
from config.words import N_, _
from models import timeline
from models.checklists.content import content_of, template_of
from models.checklists.reading import DONE, NOT_RELEVANT, OPEN, WAITING, ChecklistError
from models.checklists.upkeep import UNDONE, as_done, begin, due, follow_facts
from models.participants import participants
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import Checklist, ChecklistItem, Entry
from models.values.text import clean_line, clean_text

NOTE_LIMIT: Final = 2_000


class SameHand(ChecklistError):
    """Who ticked an item cannot verify it."""


# ---------------------------------------------------------------------- opening and closing


@action("checklists.open_by_hand", N_("the checklist that was opened"))
def open_by_hand(work: Work, participant: int, template: str) -> int:
    """Open a checklist whether it is due or not; answers its id. Raises `ChecklistError` for one that is open already.

    Where the open one began with another version of the template, a new one opens beside it.
    """
    found = work.programme.checklist(template)
    if found is None:
        raise ChecklistError(_("The programme has no checklist called {name}.").format(name=template))
    require_participant(work, participant, ChecklistError)
    same = "SELECT 1 FROM checklist WHERE participant_id = ? AND template = ? AND closed IS NULL AND content = ?"
    if work.value(same, [participant, template, content_of(found)]):
        raise ChecklistError(_("{checklist} is open already.").format(checklist=found.name))
    checklist = begin(work, participant, found)
    # What opens by itself is not told: what opened it stands in the timeline already.
    _tell(work, "checklist_opened", participant, checklist, found)
    return checklist


def _tell(work: Work, kind: str, participant: int, checklist: int, template: ChecklistTemplate) -> None:
    detail = {"checklist": template.name.by_language()}
    timeline.tell(work, participant, kind, work.clock.seconds(), detail, f"checklist:{checklist}")


@action("checklists.open_due", N_("the checklists that were opened"))
def open_due(work: Work, participant: int | None = None) -> int:
    """Open what `due` finds; answers how many."""
    found = [one for one in due(work, participant) if one[0] not in work.hidden]
    for owner, template in found:
        begin(work, owner, template)
    return len(found)


@action("checklists.close", N_("the checklist that was closed"))
def close(work: Work, checklist: int, version: int, reason: str = "") -> int:
    """Close a checklist that is not needed any more; what stands in it is kept. Answers the new version."""
    row = _checklist(work, checklist)
    why = clean_line(reason, _("Reason"))
    new = work.update(Checklist, checklist, version, closed=work.today, reason=why)
    _tell(work, "checklist_closed", row.participant, checklist, template_of(row.content))
    return new


@action("checklists.reopen", N_("the checklist that was opened again"))
def reopen(work: Work, checklist: int, version: int) -> int:
    """Open a closed checklist again; what it knows from elsewhere is as it is by now. Answers the new version."""
    row = _checklist(work, checklist)
    new = work.update(Checklist, checklist, version, closed=None, reason="")
    follow_facts(work, row.participant)
    return new


# ---------------------------------------------------------------------- items


@action("checklists.tick", N_("the tick"))
def tick(work: Work, item: int, version: int) -> int:
    """Note an item as done, by whom and when; answers the new version.

    Raises `ChecklistError` where a value must be written first, and for a contact person or a consent, whose item is
    done by the register or the consents. Done means that it came about, not that it was tried (the EX/IN guide).
    """
    row, template = _open_item(work, item, version)
    if row.state == DONE:
        return int(row.version)
    if template.kind == "contact":
        raise ChecklistError(_("Link the contact person, then it is done: {item}").format(item=template.name))
    if template.kind == "consent":
        raise ChecklistError(_("It is done when the consents are given: {item}").format(item=template.name))
    if template.kind != "tick" and not row.value:
        raise ChecklistError(_("Write it first, then it is done: {item}").format(item=template.name))
    return _settle(work, row, template)


def _settle(work: Work, row: Any, template: ItemTemplate, **also: Any) -> int:
    new = work.update(ChecklistItem, row.id, row.version, **as_done(work), **also)
    if row.state != DONE:
        whole = template_of(_checklist(work, row.checklist).content)
        detail = {"checklist": whole.name.by_language(), "item": template.name.by_language()}
        timeline.tell(work, row.participant, "item_ticked", work.clock.seconds(), detail, f"checklist_item:{row.id}")
    return new


@action("checklists.untick", N_("the tick taken away"))
def untick(work: Work, item: int, version: int) -> int:
    """Take a tick, a waiting or a not relevant away; the line of today about the tick goes with it."""
    row, template = _open_item(work, item, version)
    if row.state == DONE:
        told = "SELECT id FROM entry WHERE participant_id = ? AND subject = ? AND day = ?"
        for (entry,) in work.sql(told, [row.participant, f"checklist_item:{item}", work.today.isoformat()]):
            work.remove(Entry, entry, None)
    return _undone(work, row, template, OPEN, "")


@action("checklists.set_value", N_("what was written in the checklist"))
def set_value(work: Work, item: int, version: int, value: date | str | None) -> int:
    """Write what an item holds: a date, a text or an address; done with it, and open again without it.

    An item that is a field of the participant's record writes that field. Answers the item's version then.
    """
    row, template = _open_item(work, item, version)
    if template.kind not in ("date", "text", "address"):
        raise ChecklistError(_("There is nothing to write here: {item}").format(item=template.name))
    if template.kind == "date" and not (value is None or isinstance(value, date)):
        raise ChecklistError(_("This is a date: {item}").format(item=template.name))
    text = clean_text(str(value or ""), str(template.name), NOTE_LIMIT).strip()
    if template.fact:
        known = work.value("SELECT version FROM participant WHERE id = ?", [row.participant])
        fact = {template.fact: value if template.kind == "date" else text}
        participants.change(work, row.participant, known, fact)
        return version
    if text == row.value:
        return version
    if not text:
        return work.update(ChecklistItem, item, row.version, value="", state=OPEN, **UNDONE)
    return _settle(work, row, template, value=text)


@action("checklists.note", N_("the note in the checklist"))
def note(work: Work, item: int, version: int, text: str) -> int:
    """Write beside an item what a tick cannot say; answers the new version."""
    row, _template = _open_item(work, item, version)
    return work.update(ChecklistItem, item, row.version, note=clean_text(text, _("Note"), NOTE_LIMIT).strip())


@action("checklists.not_relevant", N_("what was set as not relevant"))
def not_relevant(work: Work, item: int, version: int, reason: str) -> int:
    """Set an item aside, with the reason why. Raises `ChecklistError` without one."""
    row, template = _open_item(work, item, version)
    why = clean_line(reason, _("Reason"))
    if not why:
        raise ChecklistError(_("Say why it is not relevant: {item}").format(item=template.name))
    return _undone(work, row, template, NOT_RELEVANT, why)


@action("checklists.wait", N_("what was set as waiting"))
def wait(work: Work, item: int, version: int, reason: str = "") -> int:
    """Note that an item waits for somebody else, and for what."""
    row, template = _open_item(work, item, version)
    return _undone(work, row, template, WAITING, clean_line(reason, _("Waits for")))


@action("checklists.set_due", N_("the date something is due"))
def set_due(work: Work, item: int, version: int, day: date | None) -> int:
    """Set the day an item is due, or none."""
    row, _template = _open_item(work, item, version)
    return work.update(ChecklistItem, item, row.version, due=day)


@action("checklists.verify", N_("the verification"))
def verify(work: Work, item: int, version: int, source: str) -> int:
    """Confirm a done item as a second person, with who confirmed it and how (a choice's id, or any words).

    Raises `SameHand` for whoever ticked it, `ChecklistError` for an item that is not done or a source not named.
    Source: the EX/IN guide, make sure, then make doubly sure.
    """
    row, template = _open_item(work, item, version)
    if row.state != DONE:
        raise ChecklistError(_("It is not done yet, so nobody can verify it: {item}").format(item=template.name))
    if row.done_by is not None and row.done_by == work.actor.staff_id:
        raise SameHand(_("You ticked this yourself; a second person verifies it: {item}").format(item=template.name))
    said = clean_line(source, _("Source"))
    if not said:
        raise ChecklistError(_("Say who confirmed it and how: {item}").format(item=template.name))
    return work.update(
        ChecklistItem, item, row.version,
        verified_by=work.actor.staff_id or None, verified_at=work.clock.seconds(), verified_source=said,
    )  # fmt: skip


def _undone(work: Work, row: Any, template: ItemTemplate, state: str, reason: str) -> int:
    if row.state == DONE and (template.fact or template.kind in ("contact", "consent")):
        raise ChecklistError(_("It is known elsewhere; change it there: {item}").format(item=template.name))
    return work.update(ChecklistItem, row.id, row.version, state=state, reason=reason, **UNDONE)


def _open_item(work: Work, item: int, version: int) -> tuple[Any, ItemTemplate]:
    """An item's row as it is today and what its template says. Raises `Conflict` when it moved on since `version`."""
    work.update(ChecklistItem, item, version)
    (row,) = work.rows(ChecklistItem.select().where(ChecklistItem.id == item))
    checklist = _checklist(work, row.checklist)
    template = next(known for known in template_of(checklist.content).items if known.id == row.item)
    if checklist.closed is not None:
        raise ChecklistError(_("This checklist is closed; open it again to change it."))
    if template.kind in ("contact", "consent"):
        # What time has undone looks open already; now it is.
        follow_facts(work, row.participant)
        (row,) = work.rows(ChecklistItem.select().where(ChecklistItem.id == item))
    return row, template


def _checklist(reading: Reading, checklist: int) -> Any:
    return require_row(reading, Checklist, checklist, ChecklistError(_("This checklist is not here any more.")))
