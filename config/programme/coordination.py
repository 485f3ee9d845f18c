"""Agencies, sets of consents, suggested tasks and checklists: from gathered tables to checked data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from config.programme.fields import Fields, not_one_of
from config.programme.labels import Choice
from config.programme.overlay import Record, Source, Spot, gather, id_of
from config.programme.shapes import (
    FACTS,
    ITEM_KINDS,
    OPENS,
    Agency,
    AgencyRole,
    ChecklistTemplate,
    ConsentSet,
    ItemGroup,
    ItemTemplate,
    Phase,
    PhaseTask,
)
from config.words import _

STRANDS: Final = ("coordination", "relationship")
_OLDEST: Final = 120


def agencies(records: Sequence[Record], phases: Sequence[Phase]) -> tuple[Agency, ...]:
    """In order of the files; the roles' ids are unique across all agencies."""
    found: list[Agency] = []
    owners: dict[str, str] = {}
    for record in records:
        read = Fields(record)
        name, numbers, named = read.label("name"), read.numbers("phases"), read.flag("named", default=False)
        roles: list[AgencyRole] = []
        for inner in read.nested("roles"):
            reads = Fields(inner)
            roles.append(AgencyRole(inner.id, record.id, reads.label("name"), reads.flag("consent", default=False)))
            reads.done()
            if inner.id in owners:
                raise inner.error("id", _("{other} has a role with this id already").format(other=owners[inner.id]))
            owners[inner.id] = record.id
        read.done()
        for number in numbers:
            if number not in {phase.number for phase in phases}:
                raise record.error("phases", _("there is no phase {number}").format(number=number))
        found.append(Agency(record.id, name, numbers, named, tuple(roles)))
    return tuple(found)


def consent_sets(records: Sequence[Record], known: Sequence[Agency]) -> tuple[ConsentSet, ...]:
    """In order of the files; every agency named is known."""
    ids = [agency.id for agency in known]
    found: list[ConsentSet] = []
    for record in records:
        read = Fields(record)
        chosen = ConsentSet(record.id, read.label("name"), read.texts("agencies"))
        read.done()
        for agency in chosen.agencies:
            if agency not in ids:
                raise record.error("agencies", not_one_of(agency, ids))
        found.append(chosen)
    return tuple(found)


def phase_tasks(records: Sequence[Record], phases: Sequence[Phase], turns: Sequence[Choice]) -> tuple[PhaseTask, ...]:
    """In order of the files."""
    found: list[PhaseTask] = []
    for record in records:
        read = Fields(record)
        phase = read.number("phase", low=1)
        if phase not in {known.number for known in phases}:
            raise record.error("phase", _("there is no phase {number}").format(number=phase))
        found.append(
            PhaseTask(
                id=record.id,
                phase=phase,
                strand=read.one_of("strand", STRANDS),
                turn=read.one_of("turn", [turn.id for turn in turns], default="ours"),
                text=read.label("text"),
            )
        )
        read.done()
    return tuple(found)


def checklists(
    sources: Sequence[Source], roles: Collection[str], sets: Collection[str], who: Sequence[Choice]
) -> tuple[ChecklistTemplate, ...]:
    """One a file, in order; a team's file with a known id takes the place of that template, whole."""
    found: dict[str, ChecklistTemplate] = {}
    team: dict[str, Path] = {}
    for source in sources:
        top = Spot(source, "", None, "")
        id = id_of(top, source.data)
        if not source.shipped:
            if id in team:
                raise top.error("id", _("{file} has a checklist with this id already").format(file=team[id]))
            team[id] = source.path
        record = Record(id, top)
        record.take(top, source.data)
        found[id] = _checklist(record, gather([source], "groups"), _Known(roles, sets, [choice.id for choice in who]))
    return tuple(found.values())


class _Known:
    """What an item may name."""

    def __init__(self, roles: Collection[str], sets: Collection[str], who: Collection[str]) -> None:
        self.roles, self.sets, self.who = roles, sets, who


def _checklist(record: Record, groups: Sequence[Record], known: _Known) -> ChecklistTemplate:
    read = Fields(record)
    owners: dict[str, str] = {}
    template = ChecklistTemplate(
        id=record.id,
        version=read.number("version", low=1),
        name=read.label("name"),
        opens=read.one_of("opens", OPENS, default=""),
        verify=read.flag("verify", default=False),
        age_from=read.number("age_from", default=0),
        age_to=read.number("age_to", default=0),
        groups=tuple(_group(group, owners, known) for group in groups),
    )
    read.nested("groups")
    read.done()
    if template.age_to and not template.age_from <= template.age_to <= _OLDEST:
        raise record.error("age_to", _("expected an age from {low} to {high}").format(
            low=template.age_from, high=_OLDEST))  # fmt: skip
    if not template.items:
        raise record.error("groups", _("a checklist needs at least one item"))
    return template


def _group(record: Record, owners: dict[str, str], known: _Known) -> ItemGroup:
    read = Fields(record)
    name = read.label("name")
    items: list[ItemTemplate] = []
    for inner in read.nested("items"):
        if inner.id in owners:
            raise inner.error("id", _("{other} has an item with this id already").format(other=owners[inner.id]))
        owners[inner.id] = record.id
        items.append(_item(inner, known))
    read.done()
    return ItemGroup(record.id, name, tuple(items))


# What an item of one kind must name besides, and what no other kind may.
_POINTS: Final[Mapping[str, str]] = {"contact": "role", "consent": "set"}


def _item(record: Record, known: _Known) -> ItemTemplate:
    read = Fields(record)
    kind = read.one_of("kind", ITEM_KINDS)
    for of_kind, key in _POINTS.items():
        if key in record.values and of_kind != kind:
            raise record.error(key, _("only an item of the kind {kind} has this").format(kind=of_kind))
    item = ItemTemplate(
        id=record.id,
        name=read.label("name"),
        kind=kind,
        fact=read.one_of("fact", [fact for fact, kinds in FACTS.items() if kind in kinds], default=""),
        role=read.one_of("role", known.roles, default=None if kind == "contact" else ""),
        set=read.one_of("set", known.sets, default=None if kind == "consent" else ""),
        who=read.one_of("who", known.who, default=""),
    )
    read.done()
    return item
