"""Phase reviews (drøft): begun at a transition, written side by side, decided, and sealed.

Source: the EX/IN guide. Each transition has its review, which covers room for action, limits and matters specific to
the follow-up. What is decided is made in the same unit of work; after that a review is only added to, with dated notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from config.programme.method.reviews import BACK, STAY
from config.words import N_, _
from models.phases import phases
from models.phases.numbers import AFTER_RELEASE, IN_PRISON, PHASE_OUT
from models.phases.owed_review import OPEN, OWED, SEALED, ReviewError, enter, tell
from models.phases.release import Release
from models.plans import tasks as plans
from models.reviews import brief as review_brief
from models.reviews.decision import meant, move_of, phased_out, whole
from models.reviews.reading import LEAVES, OVERLAP, file_of, gone
from models.reviews.warnings import warnings
from models.storage.actions import action
from models.storage.required import require_participant, require_row
from models.storage.work import Conflict, Work
from models.tables import Review, ReviewAnswer, ReviewNote
from models.values.text import clean_line, clean_text

REASON_LIMIT: Final = 2_000
NOTE_SHOWN: Final = 120

Planned = tuple[str, int | None, date | None]
"""A task to be made: what, who sees to it, due."""


@action("reviews.begin", N_("the phase review that was begun"))
def begin(work: Work, participant: int, transition: str) -> int:
    """Begin the review of a transition; answers its id. Raises `ReviewError`.

    One that is open already is answered, one that is owed is taken up.
    """
    known = work.programme.method.reviews.transition(transition)
    if known is None:
        raise ReviewError(_("The programme has no transition called {name}.").format(name=transition))
    require_participant(work, participant, ReviewError)
    waiting = work.sql(
        "SELECT id, state FROM review WHERE participant_id = ? AND transition = ? AND state != ? "
        "ORDER BY moved IS NULL, moved, id",
        [participant, transition, SEALED],
    )
    if waiting:
        review, state = waiting[0]
        if state == OWED:
            _take_up(work, review)
        return int(review)
    spans = phases.lasting(work, participant)
    last = phases.leading(spans)
    if last is None and known.id != BACK:
        raise phased_out()
    leading = last.phase if last else PHASE_OUT
    reached = known.to_phase or (leading if known.id == STAY else _way_back(leading))
    if known.id != STAY and any(span.phase == reached for span in spans):
        raise ReviewError(_("{phase} is open already.").format(phase=work.programme.phase(reached).name))
    return enter(work, participant, known, OPEN, {"from_phase": leading, "to_phase": reached})


def _way_back(phase: int) -> int:
    """The phase somebody most likely goes back to: whoever was released and is back, is back in prison."""
    return IN_PRISON if phase == AFTER_RELEASE else max(1, phase - 1)


def _take_up(work: Work, review: int) -> None:
    work.update(Review, review, None, state=OPEN, opened=work.today, opened_by=work.actor.staff_id or None)


@action("reviews.answer", N_("what was written in the phase review"))
def answer(work: Work, review: int, prompt: str, text: str, version: int | None) -> int:
    """Write what was said to one prompt; answers the answer's version, 0 while there is none.

    `version` is that of the answer the person saw, None for none yet. Raises `Conflict` when somebody else has written
    under the same prompt, `ReviewError` for a prompt that is not asked or a review that is sealed.
    """
    row = _unsealed(work, review)
    asked = work.programme.method.reviews.prompt(prompt)
    present = work.first(ReviewAnswer.select().where((ReviewAnswer.review == review) & (ReviewAnswer.prompt == prompt)))
    if asked is None and present is None:
        raise ReviewError(_("The programme has no prompt called {name}.").format(name=prompt))
    said = clean_text(text, str(asked.name) if asked else prompt).strip("\n")
    if row.state == OWED:
        _take_up(work, review)
    by = {"written_by": work.actor.staff_id or None, "written_at": work.clock.seconds()}
    if present is None:
        if not said.strip():
            return 0
        work.insert(ReviewAnswer, review=review, participant=row.participant, prompt=prompt, text=said, **by)
        return 1
    if present.text == said:
        return int(present.version)
    if version is None:
        # Both began with nothing, so the history of changes holds nothing to show beside mine.
        who = work.value("SELECT name FROM staff WHERE id = ?", [present.written_by]) or _("Somebody")
        raise Conflict(
            "review_answer", present.id, {"text": said}, {"text": present.text}, int(present.version), str(who)
        )
    return work.update(ReviewAnswer, present.id, version, text=said, **by)


@action("reviews.discard", N_("the phase review taken away"))
def discard(work: Work, review: int, version: int) -> None:
    """Take away a review that was opened by mistake, with what stands in it; one of a move made is owed again.

    Raises `ReviewError` for one that is sealed, `Conflict` as `Work.remove`.
    """
    row = _unsealed(work, review, version)
    for (answered,) in work.sql("SELECT id FROM review_answer WHERE review_id = ?", [review]):
        work.remove(ReviewAnswer, answered, None)
    if row.moved is not None:
        work.update(Review, review, version, state=OWED)
    else:
        work.remove(Review, review, version)


@action("reviews.decide", N_("the decision of the phase review"))
def decide(
    work: Work,
    review: int,
    version: int,
    decision: str,
    *,
    effective: date | None = None,
    next_review: date | None = None,
    reason: str = "",
    present: str = "",
    ending: tuple[int, ...] = (),
    tasks: Sequence[Planned] = (),
    to_phase: int | None = None,
    release: Release | None = None,
) -> None:
    """Seal a review with what it decided, and make the move on `effective` (today), unless it was made before.

    `ending` are the phases that end with a move, the former one where none is named; from release on none of before it
    lasts. `release` is for 3 → 4, whose day is written as the day of release, and which makes the plan of the first
    weeks. `to_phase` is for a way back. Raises `ReviewError` with its own sentence for each fault, `Conflict` for a
    version that somebody has passed.
    """
    kept: dict[str, Any] = {
        "decision": decision, "next_review": next_review,
        "reason": clean_text(reason, _("Reason"), REASON_LIMIT).strip(),
        "present": clean_line(present, _("Who took part"), REASON_LIMIT),
    }  # fmt: skip
    _unsealed(work, review, version, **kept, effective=effective)
    found = file_of(work, review)
    decision = kept["decision"] = meant(found.transition, decision)
    whole(work, found, decision, kept["next_review"])
    move = move_of(work, found, decision, effective, to_phase, ending)
    warned = warnings(work, found.line.participant, found.line.transition) if decision in (*LEAVES, OVERLAP) else ()
    if warned and not kept["reason"]:
        told = " ".join(one.text for one in warned)
        raise ReviewError(_("Say why the team goes on in spite of this: {warnings}").format(warnings=told))
    # As it was when the team decided: the move itself and its tasks are not part of what was known.
    brief = review_brief.to_keep(work, found, warned)
    for text, owner, due in tasks:
        plans.add(work, found.line.participant, {"text": text, "owner": owner, "due": due}, f"review:{review}")
    work.update(
        Review, review, version, **kept, brief=brief, effective=move.day, to_phase=move.to_phase, state=SEALED,
        sealed_at=work.clock.seconds(), sealed_by=work.actor.staff_id or None,
    )  # fmt: skip
    detail = {"decision": work.programme.choice("review_decision", decision).name.by_language()}
    tell(work, found.line.participant, "review_held", review, found.line.transition, detail)
    move.make(work, kept["reason"], release or Release())


@action("reviews.add_note", N_("the note on the phase review"))
def add_note(work: Work, review: int, text: str) -> int:
    """Add a dated note to a sealed review; answers its id. Raises `ReviewError` for one that is not sealed."""
    row = require_row(work, Review, review, gone())
    if row.state != SEALED:
        raise ReviewError(_("This review is not sealed yet; write it in the review itself."))
    said = clean_text(text, _("Note")).strip()
    if not said:
        raise ReviewError(_("Note: write something."))
    note = work.insert(
        ReviewNote, review=review, participant=row.participant, at=work.clock.seconds(),
        author=work.actor.staff_id or None, text=said,
    )  # fmt: skip
    tell(work, row.participant, "review_note", review, row.transition, {"words": _beginning(said)})
    return note


def _beginning(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= NOTE_SHOWN else flat[: NOTE_SHOWN - 1] + "…"


def _unsealed(work: Work, review: int, version: int | None = None, **mine: Any) -> Any:
    """The row of a review that may still be written.

    Raises `ReviewError`, or for a version that somebody has passed `Conflict` with what was to be written, `mine`.
    """
    row = require_row(work, Review, review, gone())
    if version not in (None, row.version):
        work.update(Review, review, version, **mine)
    if row.state == SEALED:
        raise ReviewError(_("This review is sealed; nothing in it changes any more. Add a note instead."))
    return row
