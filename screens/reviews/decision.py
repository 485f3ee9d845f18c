"""What a phase review's decision says while it is being written: its fields as shown, and what follows from them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from config.dates import format_date
from config.errors import ExinError
from models.phases.numbers import PHASE_OUT
from models.phases.release import UNKNOWN
from models.reviews import checks as review_checks
from models.reviews import reading as review_reading
from models.reviews.move import ended_with
from models.reviews.undone import Undone
from screens.forms.body import FormBody
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import FormField
from screens.forms.release_fields import release_advice, release_known
from screens.reviews.fields import TASKS, decision_shown, numbers, prompt_key
from screens.reviews.pages import Known


def first_texts(known: Known, actor: str) -> dict[str, str]:
    """What a review's fields begin with; whoever is at the keyboard, `actor`, took part, and whoever has written."""
    line, answers = known.file.line, known.file.answers
    wrote = {answer.written_by for answer in answers.values()}
    names = [one.name for one in known.team if one.initials in wrote]
    return {
        **{prompt_key(id): answer.text for id, answer in answers.items()},
        **release_known(known.record),
        "decision": review_checks.decisions(known.file.transition)[0],
        "to_phase": str(line.to_phase),
        "ending": str(line.from_phase) if any(span.phase == line.from_phase for span in known.lasting) else "",
        "present": ", ".join(dict.fromkeys([actor, *names])),
        **(_decided_before(known.undone) if known.undone is not None else {}),
    }


def _decided_before(undone: Undone) -> dict[str, str]:
    """What stood in the fields when the review was sealed, as far as anything did."""
    told = {
        "decision": undone.decision,
        "to_phase": str(undone.to_phase or ""),
        "effective": format_date(undone.effective) if undone.effective else "",
        "next_review": format_date(undone.next_review) if undone.next_review else "",
        "release_kind": undone.release.kind,
        "stays": undone.release.stays if undone.release.stays != UNKNOWN else "",
        "ending": ",".join(str(phase) for phase in undone.ending),
        "reason": undone.reason,
        "present": undone.present,
    }
    for number, (text, owner, due) in enumerate(undone.tasks[:TASKS], 1):
        told |= {
            f"task_{number}": text,
            f"owner_{number}": str(owner or ""),
            f"due_{number}": format_date(due) if due else "",
        }
    return {key: text for key, text in told.items() if text}


def said_in(form: FormBody, known: Known, asked: Collection[str], today: date) -> dict[str, str]:
    """What stands in the fields `asked`, as shown, with their labels, and what `page_lines` wants besides."""
    said = {
        "decided": _field(form, "decision").written,
        "ends": ",".join(str(number) for number in _ends(form, known)),
        "advice": "\n".join(about_release(form, known, today)),
    }
    for field in form.fields:
        if (key := field.about.key) in asked:
            said[key] = field.shown if isinstance(field, ChoiceField) and field.written else field.written
            said[f"label:{key}"] = field.about.label
    return said


def about_release(form: FormBody, known: Known, today: date) -> list[str]:
    """What the day of a release that is yet to be made brings with it."""
    if not known.releases or _field(form, "decision").written != review_reading.MOVE:
        return []
    try:
        day = _field(form, "effective").read() or today
    except ExinError:
        return []
    return release_advice(day, known.record["release_date"])


def _ends(form: FormBody, known: Known) -> tuple[int, ...]:
    """The phases that end with the decision, unless the move was made before."""
    line, decision = known.file.line, _field(form, "decision").written
    if decision == review_reading.STAYED or (line.moved is not None and decision != review_reading.END):
        return ()
    keys = decision_shown(known.file, decision, known.lasting)
    named = numbers(_field(form, "ending").written) if "ending" in keys else ()
    reached = line.to_phase if "to_phase" not in keys else _field(form, "to_phase").read() or line.to_phase
    lasting = tuple(span.phase for span in known.lasting)
    return ended_with(
        decision, line.from_phase, PHASE_OUT if decision == review_reading.END else reached, lasting, named
    )


def _field(form: FormBody, key: str) -> FormField:
    return next(field for field in form.fields if field.about.key == key)
