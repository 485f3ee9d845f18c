"""What a stored column says, in words: one rule for every table, by the kind of the column and the list it is from.

Dates, moments, yes or no, colleagues and contact persons are known by the column itself; an id of the programme's data
by the name of the list, which is the column's own name but for those of `LISTS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from peewee import BooleanField, ForeignKeyField

from config.dates import format_date, format_moment
from config.programme.labels import Choice
from config.programme.method.instruments import Instrument
from config.programme.method.intake import Criterion, IntakeMethod, Talk
from config.words import N_, _, n_
from models.consents import disclosures
from models.intake.reading import JUDGEMENTS, OUTCOMES
from models.mappings.reading import KINDS, NO_STEPS, service_names
from models.participants import spending
from models.phase_outs import file as phase_out_file
from models.plans import appointments, repeats, tasks
from models.storage.reading import Reading
from models.tables import RECORDS, Contact, DayField, Staff
from models.values import phone
from models.values.national_id import covered

LISTS: Final = {
    ("review", "decision"): "review_decision",
    ("application", "outcome"): "application_outcome",
    ("spending", "purpose"): "spending_purpose",
    ("spending", "cause"): "spending_cause",
    ("individual_plan", "state"): "individual_plan",
    ("checklist_item", "verified_source"): "verification_source",
    ("invitation", "part"): "gathering_part",
}
PHONES: Final = ("phone", "phone_other")
MOMENTS: Final = ("at", "created_at", "done_at", "verified_at", "topic_taken_at")
STATES: Final = {
    **tasks.STATES,
    **appointments.STATES,
    "reached": N_("reached"),
    "left": N_("left"),
    "not_relevant": N_("not relevant"),
    "waiting": N_("waiting"),
    "held": N_("held"),
    "closed": N_("closed"),
    "returned": N_("returned"),
    "draft": N_("draft"),
    "active": N_("in force"),
    "ended": N_("ended"),
    "struck": N_("struck out"),
}
SIDES: Final = {"yes": N_("yes"), "no": N_("no")}
MAPPING_TABLES: Final = ("life_mapping", "mapping_answer", "mapping_follow")
INTAKE_TABLES: Final = ("intake", "criterion_judgement", "intake_talk")
FOLLOWS: Final = {
    ("entry", "day"), ("entry", "contact"), ("entry", "detail"), ("entry", "subject"), ("appointment", "day"),
    ("appointment", "series"), ("appointment", "moved_from"), ("task", "series"), ("task", "moved_from"),
    ("review", "brief"), ("review", "state"), ("review", "sealed_at"), ("review", "sealed_by_id"),
    ("review_answer", "written_at"), ("review_answer", "written_by_id"),
    ("life_mapping", "content"), ("mapping_follow", "number"),
    ("contact", "name_key"), ("contact", "folded"), ("checklist_item", "place"),
}  # fmt: skip
"""Columns that follow from others or that nobody writes; besides these, every table's `version` and `created_at`."""


def follows(table: str, column: str) -> bool:
    """Whether nobody writes this column, so that there is nothing to tell of it."""
    return column in ("version", "created_at") or (table, column) in FOLLOWS


def written(reading: Reading, table: str, column: str, value: Any) -> str:
    """A stored value as people write it; empty for nothing, and what is not known any more as it is stored."""
    if value is None or value == "":
        return ""
    field = RECORDS[table]._meta.columns.get(column)
    match field:
        case BooleanField():
            return _("yes") if value else _("no")
        case DayField():
            return _day(str(value))
        case ForeignKeyField() if field.rel_model in (Staff, Contact):
            whose = field.rel_model._meta.table_name
            return str(reading.value(f"SELECT name FROM {whose} WHERE id = ?", [value]) or "?")
    if column in MOMENTS:
        return format_moment(reading.clock.local(int(value)))
    if column == "minutes":
        return n_("{count} minute", "{count} minutes", int(value)).format(count=value)
    if column == "amount":
        return f"{spending.format_amount(int(value))} kr"
    if column in PHONES:
        return phone.shown(str(value))
    if column == "national_id":
        return covered(str(value))
    return _named(reading, table, column, str(value)) if isinstance(value, str) else str(value)


def _named(reading: Reading, table: str, column: str, id: str) -> str:
    """A text that may be the id of something in the programme's data; free text stays as it is."""
    programme = reading.programme
    if table in INTAKE_TABLES and (told := _of_intake(programme.method.intake, column, id)):
        return told
    if table in MAPPING_TABLES and (told := _of_mapping(programme.method.instruments, column, id)):
        return told
    match column:
        case "agency":
            return str(programme.agency(id).name)
        case "role" if table != "staff":
            return str(programme.role(id).name)
        case "kind":
            return str(programme.kind(id).name)
        case "state" if table != "individual_plan":
            return _(STATES[id]) if id in STATES else id
        case "reason" if table == "phase_out":
            return str(phase_out_file.ending(programme, id).name)
        case "consents" if table == "phase_out":
            return _day(id)
        case "repeats":
            return repeats.described(id)
        case "ground":
            return disclosures.ground_name(programme, id)
        case "template":
            template = programme.checklist(id)
            return str(template.name) if template is not None else id
    return str(programme.choice(LISTS.get((table, column), column), id).name)


def _of_intake(method: IntakeMethod, column: str, stored: str) -> str:
    """What a column of an intake says, which may hold several ids; empty for free text, and where none is known."""
    words = {"judgement": JUDGEMENTS, "outcome": OUTCOMES, "ours": SIDES, "theirs": SIDES}.get(column, {})
    topics = [topic for talk in method.talks for topic in talk.topics]
    lists: dict[str, Sequence[Criterion | Talk | Choice]] = {
        "criterion": method.criteria,
        "talk": method.talks,
        "covered": topics,
        "said": method.premises,
    }
    names = {id: _(name) for id, name in words.items()} | {one.id: str(one.name) for one in lists.get(column, ())}
    ids = stored.split() if column in ("covered", "said") else [stored]
    return "; ".join(names.get(id, id) for id in ids) if names.keys() & set(ids) else ""


def _of_mapping(instruments: Sequence[Instrument], column: str, stored: str) -> str:
    """What a column of a mapping says; empty for free text, and where none is known."""
    match column:
        case "instrument":
            return next((str(one.name) for one in instruments if one.id == stored), stored)
        case "services_now" | "services_wanted":
            known = next((one for one in instruments if {s.id for s in one.services} >= set(stored.split())), None)
            return service_names(known, stored.split()) if known is not None else stored
    words = {"step": NO_STEPS, "our_step": NO_STEPS, "kind": KINDS}.get(column, {})
    return _(words[stored]) if stored in words else ""


def _day(stored: str) -> str:
    try:
        return format_date(date.fromisoformat(stored))
    except ValueError:
        return stored
