"""Asking a colleague why they looked at a participant's file, answering, and closing it: all of it in the audit."""

from __future__ import annotations

from typing import Final

from config.errors import ExinError
from config.words import N_, _
from models.access import unusual
from models.access.unusual import Question
from models.roles.rights import NotAllowed, Right
from models.storage.actions import action
from models.storage.work import Work
from models.tables import VisitQuestion
from models.values.text import clean_text

ANSWER_LIMIT: Final = 1_000
FIELDS: Final = {"answer": N_("Reason")}


class QuestionError(ExinError):
    """A question cannot be asked, answered or closed as it was tried."""


@action("visits.ask", N_("the question why somebody looked"), right=Right.ASK)
def ask(work: Work, staff: int, participant: int) -> int:
    """Ask a colleague why they looked at a participant's file; answers the question's id.

    Raises `NotAllowed` for whoever is no leader, `QuestionError` where there is nothing that was not asked about yet.
    """
    found = next((one for one in unusual.unusual(work) if (one.staff, one.participant) == (staff, participant)), None)
    if found is None:
        raise QuestionError(_("There is nothing to ask about here any more."))
    return work.insert(
        VisitQuestion,
        participant=participant,
        staff=staff,
        visit=found.visit,
        asked_at=work.clock.seconds(),
        asked_by=work.actor.staff_id,
    )


@action("visits.answer", final=True, right=Right.OWN)
def answer(work: Work, question: int, version: int, text: str) -> int:
    """Answer what one was asked, once; answers the question's id. Raises `QuestionError`, `NotAllowed`, `Conflict`."""
    found = _present(work, question)
    if found.staff != work.actor.staff_id:
        raise NotAllowed(_("Only {name} can answer this.").format(name=found.name))
    if found.state != unusual.ASKED:
        raise QuestionError(_("This is answered or closed already."))
    said = clean_text(text, _(FIELDS["answer"]), ANSWER_LIMIT).strip()
    if not said:
        raise QuestionError(_("{field}: write a sentence.").format(field=_(FIELDS["answer"])))
    work.update(VisitQuestion, question, version, answer=said, answered_at=work.clock.seconds())
    return question


@action("visits.close", N_("the closing of the question"), right=Right.ASK)
def close(work: Work, question: int, version: int) -> None:
    """Close what was answered, or asked of somebody who has left; as `ask`, and never one's own."""
    found = _present(work, question)
    if found.staff == work.actor.staff_id:
        raise NotAllowed(_("Another leader closes what you were asked."))
    gone = work.value("SELECT 1 FROM staff WHERE id = ? AND active", [found.staff]) is None
    if found.state == unusual.CLOSED or (found.state == unusual.ASKED and not gone):
        raise QuestionError(_("Only what was answered is closed."))
    work.update(VisitQuestion, question, version, closed_at=work.clock.seconds(), closed_by=work.actor.staff_id or None)


def _present(work: Work, question: int) -> Question:
    found = unusual.one(work, question)
    if found is None:
        raise QuestionError(_("This question is not there any more."))
    return found
