"""Mapping a participant's life: begun on a day with an instrument, answered part by part, finished, corrected.

The participant's own view comes first; the caseworker's stands beside it where it differs. A gap becomes a goal, a task
or an application, which it then shows. Source: the Trondheim report, mapping interviews.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.programme.labels import with_id
from config.programme.method.instruments import STEPS, Instrument
from config.words import N_, _
from models import timeline
from models.goals import goals
from models.mappings import reading as mapping_reading
from models.mappings.reading import (
    APPLICATION,
    FINISHED,
    GOAL,
    NO_STEPS,
    NOT_ASKED,
    OPEN,
    STRUCK,
    TASK,
    MappingError,
    MappingLine,
    content_of,
)
from models.plans import applications, tasks
from models.storage.actions import action
from models.storage.required import require_participant
from models.storage.work import Work
from models.tables import Entry, LifeMapping, MappingAnswer, MappingFollow
from models.values.days import now_or_noon
from models.values.fields import Fields
from models.values.text import clean_line

FIELDS: Final = {
    "day": N_("Asked on"),
    "asked_by": N_("Who asked"),
    "place": N_("Where"),
    "instrument": N_("Instrument"),
}
ANSWER_FIELDS: Final = {
    "step": N_("Step"),
    "situation": N_("Situation"),
    "works": N_("What works"),
    "missing": N_("What is missing"),
    "wish": N_("Wish"),
    "services_now": N_("Services now"),
    "services_wanted": N_("Services wanted"),
    "our_step": N_("Our step"),
    "our_view": N_("Our view"),
}
TEXT_LIMIT: Final = 2_000
_TEXTS: Final = ("situation", "works", "missing", "wish", "our_view")
_MAPPING: Final = Fields(FIELDS, MappingError, lines=("place", "instrument"))
_ANSWER: Final = Fields(
    ANSWER_FIELDS, MappingError, lines=("step", "our_step"), texts=_TEXTS, trimmed=_TEXTS,
    limits=dict.fromkeys(_TEXTS, TEXT_LIMIT),
)  # fmt: skip


@action("mappings.begin", N_("the new mapping"))
def begin(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Begin a mapping with the instrument as it is now; `values` holds any of `FIELDS`. Answers its id.

    Without an instrument named it is the programme's first. Raises `MappingError` or `TextTooLong`.
    """
    require_participant(work, participant, MappingError)
    checked = _checked(work, participant, {"day": None, "asked_by": work.actor.staff_id or None, **values})
    known = work.programme.method.instruments
    chosen = checked.pop("instrument", "") or known[0].id
    instrument = with_id(known, chosen)
    if instrument is None:
        raise _MAPPING.wrong("instrument", _("{field}: the programme has none called {name}."), name=chosen)
    mapping = work.insert(
        LifeMapping, participant=participant, instrument=instrument.id, instrument_version=instrument.version,
        content=content_of(instrument), **checked,
    )  # fmt: skip
    work.insert_many(
        MappingAnswer,
        [{"mapping": mapping, "participant": participant, "domain": one.id} for one in instrument.domains],
    )
    return mapping


@action("mappings.change", N_("the change to the mapping"))
def change(work: Work, mapping: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change when, where and by whom it was asked; answers the new version. Raises as `begin`, and `Conflict`."""
    present = mapping_reading.one(work, mapping)
    if "instrument" in changes:
        raise _MAPPING.wrong("instrument", _("{field}: a mapping keeps the one it was begun with."))
    checked = _checked(work, present.participant, changes)
    new = work.update(LifeMapping, mapping, version, **checked)
    if checked.get("day", present.day) != present.day:
        for (line,) in work.sql("SELECT id FROM entry WHERE subject = ?", [_subject(mapping)]):
            at = now_or_noon(work.clock, checked["day"])
            work.update(Entry, line, None, at=at, day=checked["day"])
    return new


@action("mappings.answer", N_("the answer"))
def answer(work: Work, answer: int, version: int, changes: Mapping[str, Any]) -> int:
    """Note or correct what was said of one part of life; answers the new version.

    With the last part that was left the mapping is finished. Raises `MappingError`, `TextTooLong` or `Conflict`.
    """
    present = mapping_reading.answer(work, answer)
    line = mapping_reading.one(work, present.mapping)
    new = work.update(MappingAnswer, answer, version, **_answer(line.instrument, present.domain, changes))
    line = mapping_reading.one(work, present.mapping)
    if line.state == OPEN and not line.left:
        _finish(work, line)
    return new


@action("mappings.finish", N_("the mapping finished"))
def finish(work: Work, mapping: int) -> None:
    """Finish a mapping: whatever is left was not asked. One that is finished or struck out stays as it is."""
    line = mapping_reading.one(work, mapping)
    if line.state != OPEN:
        return
    for one in line.left:
        work.update(MappingAnswer, one.id, None, step=NOT_ASKED)
    _finish(work, mapping_reading.one(work, mapping))


@action("mappings.strike", N_("the mapping struck out"))
def strike(work: Work, mapping: int, version: int, reason: str) -> None:
    """Strike a mapping out, with a reason: it stays in the list, and its line leaves the timeline."""
    why = clean_line(reason, _("Reason"))
    if not why:
        raise MappingError(_("Reason: say why."))
    work.update(LifeMapping, mapping, version, state=STRUCK, reason=why)
    for (line,) in work.sql("SELECT id FROM entry WHERE subject = ?", [_subject(mapping)]):
        work.remove(Entry, line, None)


@action("mappings.restore", N_("the mapping that counts again"))
def restore(work: Work, mapping: int, version: int) -> None:
    """Let a mapping that was struck out count again, finished or not as its answers are."""
    line = mapping_reading.one(work, mapping)
    work.update(LifeMapping, mapping, version, state=OPEN, reason="")
    if not line.left:
        _finish(work, line)


@action("mappings.follow_goal", N_("the new goal"))
def follow_goal(work: Work, answer: int, values: Mapping[str, Any]) -> int:
    """Note a goal because of a gap, as `goals.add`; answers the goal's id."""
    participant = mapping_reading.owner_of(work, answer)
    return _follow(work, answer, GOAL, goals.add(work, participant, values))


@action("mappings.follow_task", N_("the new task"))
def follow_task(work: Work, answer: int, values: Mapping[str, Any]) -> int:
    """Set a task because of a gap, as `tasks.add`; answers the task's id."""
    participant = mapping_reading.owner_of(work, answer)
    return _follow(work, answer, TASK, tasks.add(work, participant, values, f"mapping_answer:{answer}"))


@action("mappings.follow_application", N_("the new application"))
def follow_application(work: Work, answer: int, values: Mapping[str, Any]) -> int:
    """Enter an application because of a gap, as `applications.add`; answers the application's id."""
    participant = mapping_reading.owner_of(work, answer)
    return _follow(work, answer, APPLICATION, applications.add(work, participant, values))


def _follow(work: Work, answer: int, kind: str, number: int) -> int:
    found = mapping_reading.answer(work, answer)
    work.insert(
        MappingFollow, participant=found.participant, answer=answer, domain=found.domain, kind=kind, number=number
    )
    return number


def _finish(work: Work, line: MappingLine) -> None:
    work.update(LifeMapping, line.id, None, state=FINISHED)
    detail = {"answered": line.answered, "all": len(line.answers)}
    timeline.tell(work, line.participant, "mapped", now_or_noon(work.clock, line.day), detail, _subject(line.id))


def _subject(mapping: int) -> str:
    return f"life_mapping:{mapping}"


def _checked(work: Work, participant: int, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _MAPPING.checked(values)
    if "day" in checked:
        day: date = checked["day"] or work.today
        checked["day"] = day
        if day > work.today:
            raise _MAPPING.wrong("day", _("{field}: the date is in the future; a mapping tells what was said."))
        born = work.value("SELECT birth_date FROM participant WHERE id = ?", [participant])
        if born and day.isoformat() < born:
            raise _MAPPING.wrong("day", _("{field}: that is before the participant was born."))
    return checked


def _answer(instrument: Instrument, domain: str, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _ANSWER.checked(values)
    for name in ("step", "our_step"):
        if checked.get(name) and checked[name] not in (*STEPS, *NO_STEPS):
            raise _ANSWER.wrong(
                name, _("{field}: a step from 1 to 5, or one of {others}; {found} is neither."),
                others=", ".join(_(other) for other in NO_STEPS.values()), found=checked[name],
            )  # fmt: skip
    known = {one.id for one in instrument.services_of(domain)}
    for name in ("services_now", "services_wanted"):
        if name in checked:
            found = tuple(checked[name] or ())
            if unknown := [one for one in found if one not in known]:
                raise _ANSWER.wrong(name, _("{field}: {name} is not offered here."), name=unknown[0])
            checked[name] = " ".join(found)
    return checked
