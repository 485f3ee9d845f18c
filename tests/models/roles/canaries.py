"""A participant of whom every table tells, each text of theirs a canary; and one like them whom everybody sees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from config.programme import load
from models.checklists.content import content_of
from models.evaluations.form import content_of as form_content
from models.mappings import reading as instruments
from models.roles.hidden import links
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import KEPT, Checklist, Contact, LifeMapping, Participant, Record, Staff, ToldOf
from models.tables.case import DayField
from tests.models.case_sample import rows

CANARY: Final = "kanarifugl"
DAY: Final = "2026-11-20"
evaluated_by: Final = form_content(next(one for one in load().method.evaluations if one.id == "support_team"))
# Ids and JSON, of which only some texts make sense.
SENSE: Final[Mapping[tuple[str, str], Any]] = {
    ("checklist", "template"): "start", ("checklist_item", "state"): "open",
    ("checklist_item", "item"): "full_term", ("appointment", "state"): "planned", ("appointment", "repeats"): "",
    ("task", "turn"): "ours", ("task", "state"): "open", ("task", "repeats"): "", ("task", "agency"): "nav",
    ("application", "agency"): "nav", ("application", "domain"): "", ("goal", "state"): "open", ("goal", "domain"): "",
    ("step", "turn"): "participant", ("step", "state"): "open", ("spending", "purpose"): "relationship",
    ("phase_period", "phase"): 2, ("entry", "kind"): "note", ("entry", "outcome"): "", ("entry", "detail"): "",
    ("entry", "subject"): "", ("contact", "agency"): "nav", ("contact", "role"): "", ("involvement", "agency"): "nav",
    ("involvement", "role"): "nav_municipal", ("consent", "agency"): "nav", ("consent", "role"): "nav_municipal",
    ("disclosure", "agency"): "nav", ("disclosure", "role"): "nav_municipal", ("disclosure", "ground"): "",
    ("review", "transition"): "2-3", ("review", "state"): "open", ("review", "decision"): "", ("review", "brief"): "",
    ("review", "present"): "", ("review_answer", "prompt"): "room", ("intake", "outcome"): "", ("intake", "ours"): "",
    ("intake", "theirs"): "", ("criterion_judgement", "criterion"): "motivated",
    ("criterion_judgement", "judgement"): "met", ("intake_talk", "talk"): "information", ("intake_talk", "covered"): "",
    ("intake_talk", "said"): "", ("phase_out", "reason"): "independence", ("phase_out", "state"): "open",
    ("phase_out", "consents"): "", ("phase_out", "message_how"): "", ("phase_out_told", "agency"): "nav",
    ("phase_out_told", "role"): "nav_municipal", ("snooze", "rule"): "overdue", ("snooze", "rests"): "",
    ("meeting", "kind"): "support", ("meeting", "present"): "", ("meeting_item", "kind"): "note",
    ("meeting_item", "for_kind"): "", ("restriction", "may_see"): "", ("participant", "stays"): "",
    ("participant", "security_level"): "", ("participant", "parole_decision"): "",
    ("participant", "release_kind"): "", ("participant", "substance_use"): "", ("participant", "national_id"): "",
    ("life_mapping", "instrument"): "life", ("life_mapping", "content"): "", ("life_mapping", "state"): "open",
    ("mapping_answer", "domain"): "housing", ("mapping_answer", "step"): "2", ("mapping_answer", "our_step"): "",
    ("mapping_answer", "services_now"): "", ("mapping_answer", "services_wanted"): "",
    ("mapping_follow", "domain"): "housing", ("mapping_follow", "kind"): "goal",
    ("support_team_extension", "until"): date(2027, 11, 20), ("evaluation_count", "count"): 5,
    ("participant", "phone"): "", ("participant", "email"): "", ("past_release", "release_kind"): "",
    ("evaluation", "about"): "support_team", ("evaluation", "form"): "support_team", ("evaluation", "state"): "open",
    ("evaluation", "returned"): 5, ("evaluation", "content"): evaluated_by,
    ("evaluation_count", "question"): "whole", ("evaluation_answer", "question"): "worked",
}  # fmt: skip


def whole_row(model: type[Record], made: Mapping[type[Record], int], text: str) -> dict[str, Any]:
    """A row of `model` with a text in each column that takes one, linked to those that were made."""
    table = str(model._meta.table_name)
    row: dict[str, Any] = {}
    for field in model._meta.sorted_fields:
        if field.name in ("id", "version"):
            continue
        if isinstance(field, ForeignKeyField):
            row[field.name] = made.get(field.rel_model)
        elif (table, field.column_name) in SENSE:
            row[field.name] = SENSE[table, field.column_name]
        elif isinstance(field, TextField):
            row[field.name] = f"{text} {table}"
        elif isinstance(field, DayField):
            row[field.name] = None if field.null else field.python_value(DAY)
        elif isinstance(field, BooleanField):
            row[field.name] = False
        elif isinstance(field, IntegerField):
            row[field.name] = None if field.null else 1_795_000_000
    return row


@action("test_canaries.enter")
def enter(work: Work, code: str, text: str, staff: int) -> dict[type[Record], int]:
    """A participant of whom every table of the case has a row; answers the rows' ids."""
    made: dict[type[Record], int] = {Staff: staff}
    first = [model for model in KEPT if model in (Participant, Contact)]
    for model in (*first, *(one for one in KEPT if str(one._meta.table_name) in links() and one not in first)):
        if model._meta.table_name == "restriction":
            continue
        row = whole_row(model, made, text)
        if model is Checklist:
            row["content"] = content_of(work.programme.checklists[0])
        if model is LifeMapping:
            row["content"] = instruments.content_of(work.programme.method.instruments[0])
        if model is Participant:
            row |= {"code": code, "given_name": text, "family_name": f"{text}sen"}
        if model is Contact:
            row |= {"name_key": text, "folded": text, "merged_into": None, "active": True}
            nobodys = whole_row(model, made, "annen") | {"merged_into": None}
            other = work.insert(model, **nobodys)
        if model is ToldOf:
            row |= {"of": other, "ground": ""}
        made[model] = work.insert(model, **row)
        # So that the audit tells what was said before.
        column = next((name for name, value in row.items() if isinstance(value, str) and value.startswith(text)), "")
        if column and column != "given_name":
            work.update(model, made[model], None, **{column: f"{row[column]} rettet"})
    return made


def tables(store: Store) -> set[str]:
    """Every table of the vault but the engine's own and those inside the indexes."""
    names = {name for (name,) in rows(store, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return {name for name in names if not name.startswith("sqlite_") and "_search" not in name}
