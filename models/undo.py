"""Taking back one's own last change, as a change of its own."""

from __future__ import annotations

import json
from typing import Final

from peewee import ForeignKeyField

from config.words import N_, _
from models.audit import AuditedChange
from models.tables import RECORDS, Record
from models.undoable import NothingToUndo, Undoable, changes_of, last_change, nothing_since, stands, undoable
from models.work import Work

__all__ = ["NAMES", "NothingToUndo", "Undoable", "described", "last_change", "undo", "undoable"]

NAMES: Final = {
    "timeline.record": N_("the new entry"),
    "timeline.correct": N_("the correction"),
    "timeline.take_up_topic": N_("the topic taken up"),
    "participants.add": N_("the new participant"),
    "participants.change": N_("the change to the participant"),
    "phases.begin": N_("the phase that began"),
    "phases.end": N_("the phase that ended"),
    "consents.give": N_("the consent"),
    "consents.renew": N_("the renewed consent"),
    "consents.correct": N_("the correction of the consent"),
    "consents.withdraw": N_("the withdrawal of the consent"),
    "consents.end_all": N_("the ending of the consents"),
    "disclosures.record": N_("what was shared"),
    "people.add": N_("the new contact person"),
    "people.change": N_("the change to the contact person"),
    "people.leave": N_("that the contact person left"),
    "people.come_back": N_("that the contact person is back"),
    "people.remove": N_("the contact person deleted"),
    "people.merge": N_("the merging of contact persons"),
    "network.involve": N_("the contact person linked"),
    "network.change": N_("the change to somebody's part"),
    "network.uninvolve": N_("the end of somebody's part"),
    "goals.add": N_("the new goal"),
    "goals.change": N_("the change to the goal"),
    "goals.end": N_("the end of the goal"),
    "goals.take_up": N_("the goal taken up again"),
    "goals.add_step": N_("the new step"),
    "goals.change_step": N_("the change to the step"),
    "goals.hand": N_("whose the step is"),
    "goals.do": N_("the step that was done"),
    "goals.leave": N_("the step that was left"),
    "goals.reopen": N_("the step opened again"),
    "spending.add": N_("the new expense"),
    "spending.change": N_("the change to the expense"),
    "spending.remove": N_("the expense taken away"),
    "appointments.add": N_("the new appointment"),
    "appointments.change": N_("the change to the appointment"),
    "appointments.move": N_("the appointment moved"),
    "appointments.prepare": N_("the appointment noted as prepared"),
    "appointments.attend": N_("the appointment noted as attended"),
    "appointments.miss": N_("the appointment noted as missed"),
    "appointments.cancel": N_("the appointment cancelled"),
    "appointments.go_through": N_("the appointment noted as gone through"),
    "tasks.add": N_("the new task"),
    "tasks.change": N_("the change to the task"),
    "tasks.move": N_("the task moved"),
    "tasks.finish": N_("the task noted as done"),
    "tasks.decline": N_("the task declined"),
    "tasks.take": N_("the suggested task taken"),
    "tasks.turn_down": N_("the suggested task declined"),
    "applications.add": N_("the new application"),
    "applications.change": N_("the change to the application"),
    "checklists.open_by_hand": N_("the checklist that was opened"),
    "checklists.open_due": N_("the checklists that were opened"),
    "checklists.tick": N_("the tick"),
    "checklists.untick": N_("the tick taken away"),
    "checklists.set_value": N_("what was written in the checklist"),
    "checklists.note": N_("the note in the checklist"),
    "checklists.not_relevant": N_("what was set as not relevant"),
    "checklists.wait": N_("what was set as waiting"),
    "checklists.set_due": N_("the date something is due"),
    "checklists.verify": N_("the verification"),
    "checklists.close": N_("the checklist that was closed"),
    "checklists.reopen": N_("the checklist that was opened again"),
    "reviews.begin": N_("the phase review that was begun"),
    "reviews.answer": N_("what was written in the phase review"),
    "reviews.discard": N_("the phase review taken away"),
    "reviews.decide": N_("the decision of the phase review"),
    "reviews.add_note": N_("the note on the phase review"),
    "first_weeks.plan": N_("the plan of the first weeks"),
    "intakes.refer": N_("the candidate who was referred"),
    "intakes.change_referral": N_("the change to the referral"),
    "intakes.decide": N_("the decision of the intake"),
    "intake_talks.judge": N_("how the criterion was judged"),
    "intake_talks.hold_talk": N_("the talk that was recorded"),
    "intake_talks.correct_talk": N_("the correction of the talk"),
    "phase_outs.begin": N_("the phase-out that began"),
    "phase_outs.tell": N_("that a partner was told"),
    "phase_outs.leave_out": N_("that a partner is not to be told"),
    "phase_outs.add_partner": N_("the partner to be told"),
    "phase_outs.end_consents": N_("the ending of the consents"),
    "phase_outs.talk": N_("the closing talk"),
    "phase_outs.message": N_("the last message"),
    "phase_outs.hand_over": N_("the hand-over note of the move"),
    "phase_outs.close": N_("the phase-out that was closed"),
    "phase_outs.come_back": N_("the return"),
    "phase_outs.take_up": N_("the return"),
    "absences.add": N_("the new absence"),
    "absences.change": N_("the change to the absence"),
    "absences.end": N_("the end of the absence"),
    "absences.remove": N_("the absence taken away"),
    "hand_overs.hand_over": N_("the hand-over"),
    "hand_overs.hand_over_all": N_("the hand-over of a whole caseload"),
    "hand_overs.mark_read": N_("the hand-over noted as read"),
    "snoozes.put_aside": N_("the signal put aside"),
    "snoozes.wake": N_("the signal woken"),
    "meetings.open_": N_("the meeting that was opened or joined"),
    "meetings.attend": N_("who is present"),
    "meetings.receive": N_("the guest of the meeting"),
    "meetings.discard": N_("the meeting taken away"),
    "meetings.add": N_("the line of the minutes"),
    "meetings.gone_through": N_("that a participant was gone through"),
    "meetings.correct": N_("the correction of the minutes"),
    "meetings.supplement": N_("what was added to the minutes"),
    "meetings.park": N_("the parked topic"),
    "meetings.take_up": N_("the topic taken up"),
    "meetings.drop": N_("the parked topic taken away"),
}


def described(action: str) -> str:
    """What a change is called, in words."""
    return _(NAMES[action]) if action in NAMES else action


def undo(work: Work, since: int = 0, seq: int | None = None) -> str:
    """Take back the person's last change after audit row `since`, or what `undoable` found; answers its name.

    Raises `NothingToUndo`, also when somebody has built on the change since: theirs is never undone with it.
    """
    if seq is None:
        found = last_change(work, since)
        if found is None:
            raise NothingToUndo(nothing_since())
        seq, action = found
    else:
        known = undoable(work, since)
        if known.seq != seq:
            raise NothingToUndo(_("You have changed something else in the meantime. Press the key again."))
        action = known.action
    for change in changes_of(work, seq):
        _take_back(work, change, seq)
    work.undoes = seq
    return action


def _take_back(work: Work, change: AuditedChange, seq: int) -> None:
    if why := stands(work, change):
        raise NothingToUndo(why)
    later = work.value(
        "SELECT count(*) FROM change c JOIN audit a ON a.seq = c.audit "
        'WHERE c."table" = ? AND c."row" = ? AND a.seq > ? AND a.undoes IS NULL '
        "AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.undoes = a.seq)",
        [change.table, change.row, seq],
    )
    if later:
        raise _built_upon()
    model = RECORDS[change.table]
    if change.operation == "insert":
        _nothing_leans_on(work, model, change.row)
        work.remove(model, change.row, None)
        return
    former = {column: pair[0] for column, pair in json.loads(change.before).items()}
    if change.operation == "delete":
        work.restore(change.table, change.row, former)
    else:
        work.put_back(model, change.row, former)


def _nothing_leans_on(work: Work, model: type[Record], row: int) -> None:
    """What others have recorded about a new record is theirs, and keeps it from being taken away."""
    for other in RECORDS.values():
        for field in other._meta.sorted_fields:
            if not isinstance(field, ForeignKeyField) or field.rel_model is not model:
                continue
            table, column = other._meta.table_name, field.column_name
            if work.value(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1', [row]) is not None:
                raise _built_upon()


def _built_upon() -> NothingToUndo:
    return NothingToUndo(_("Somebody has worked on from there; it cannot be undone. Correct it instead."))
