"""From gathered tables to a checked programme; every fault is a sentence naming file, line and key."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from config.programme.fields import (
    MOST,
    Known,
    check_named,
    check_template,
    no_such,
    read,
    read_all,
)
from config.programme.labels import Choice, Ground, Words
from config.programme.overlay import (
    ProgrammeError,
    Record,
    Source,
    Spot,
    at_fault,
    gather,
    gather_one,
    id_of,
    nested,
)
from config.programme.shapes import (
    FACTS,
    GROUPS,
    ITEM_KINDS,
    OPENS,
    Agency,
    AgencyRole,
    ChecklistTemplate,
    ConsentSet,
    EntryKind,
    ItemGroup,
    ItemTemplate,
    Limits,
    Phase,
    PhaseTask,
    Programme,
    QuickRecord,
)
from config.quoted import quoted
from config.words import _

SECTIONS: Final = (
    "version", "journal", "own_districts", "phases", "kinds", "quick", "choices", "limits", "agencies", "consent_sets",
    "phase_tasks",
)  # fmt: skip
METHOD: Final = (
    "reviews", "review_prompts", "transitions", "criteria", "talks", "premises", "endings", "signals",
    "first_weeks", "templates", "evaluation_scales", "evaluation_forms", "instruments",
)  # fmt: skip
"""Tables of `config.programme.method`, which a team's file may hold too."""
# Proper names: the same in both languages, so written once.
_NAMES: Final = ("prison", "district")
GROUNDS: Final = "legal_ground"
_SHORT: Final = 12
FORMS: Final = ("", "intake_talk")
"""The forms of their own in which a kind of entry may be recorded."""
STRANDS: Final = ("coordination", "relationship")
_OLDEST: Final = 120
# What an item of one kind must name besides, and what no other kind may.
_POINTS: Final[Mapping[str, tuple[str, ...]]] = {"contact": ("role", "roles", "agency"), "consent": ("set",)}


def build(sources: Sequence[Source], checklists: Sequence[Source]) -> Programme:
    """Check everything and put it together; raises `ProgrammeError` at the first fault."""
    lists = _check_sections(sources)
    phases = _phases(gather(sources, "phases"))
    numbers = [phase.number for phase in phases]
    kinds = _kinds(gather(sources, "kinds"))
    choices: dict[str, tuple[Choice, ...]] = {
        name: _grounds(records) if name == GROUNDS else _choices(name, records)
        for name in lists
        for records in [gather(sources, f"choices.{name}")]
    }
    limits = _limits(gather_one(sources, "limits"))
    forms = [choice.id for name in ("release_kind", "stays") for choice in choices[name]]
    agencies = _agencies(gather(sources, "agencies"), numbers, forms)
    sets = read_all(sources, "consent_sets", ConsentSet, {"agencies": [agency.id for agency in agencies]})
    tasks = {"phase": numbers, "strand": STRANDS, "turn": [turn.id for turn in choices["turn"]]}
    points = {
        "kind": ITEM_KINDS,
        "role": ["", *(roles := [role.id for agency in agencies for role in agency.roles])],
        "roles": roles,
        "agency": ["", *(agency.id for agency in agencies)],
        "set": ["", *(known.id for known in sets)],
        "who": ["", *(choice.id for choice in choices["item_who"])],
    }
    return Programme(
        version=_version(sources),
        journal=_journal(sources),
        own_districts=_own_districts(sources),
        phases=phases,
        kinds=kinds,
        choices=choices,
        limits=limits,
        quick=_quick(gather(sources, "quick"), kinds, [choice.id for choice in choices["outcome"]]),
        agencies=agencies,
        consent_sets=sets,
        checklists=_checklists(checklists, points),
        phase_tasks=read_all(sources, "phase_tasks", PhaseTask, tasks),
        team=tuple(source for source in sources if not source.shipped),
        team_checklists=tuple(source for source in checklists if not source.shipped),
    )


def _check_sections(sources: Sequence[Source]) -> tuple[str, ...]:
    """The names of the shipped lists of choices, after every section's name has been found to be known."""
    lists: dict[str, None] = {}
    for source in sources:
        for section in source.data:
            if section not in (*SECTIONS, *METHOD):
                raise _unknown(source, section, (*SECTIONS, *METHOD))
        found = source.data.get("choices", {})
        if not isinstance(found, Mapping):
            raise source.error("choices", _("expected a table of lists"), source.line("choices"))
        for name in found:
            if source.shipped:
                lists[name] = None
            elif name not in lists:
                raise _unknown(source, f"choices.{name}", [f"choices.{known}" for known in lists])
    return tuple(lists)


def _unknown(source: Source, key: str, known: Sequence[str]) -> ProgrammeError:
    line = source.line(key, 0) or source.line(key)
    return source.error(key, no_such(key, known), line)


def _version(sources: Sequence[Source]) -> int:
    """The shipped programme's version; a team's file may name the one it was written for."""
    version = 0
    for source in sources:
        found = source.data.get("version", version)
        if type(found) is not int or found < 1:
            raise source.error("version", _("expected a whole number from {low} to {high}, found {found}").format(
                low=1, high=MOST, found=quoted(found)))  # fmt: skip
        if source.shipped:
            version = found
        elif found > version:
            raise source.error(
                "version",
                _("the file is written for version {found} of the programme, this program has {version}").format(
                    found=found, version=version
                ),
            )
    return version


def _journal(sources: Sequence[Source]) -> str:
    """What the team's journal system is called; the last file that says so."""
    journal = ""
    for source in sources:
        journal = source.data.get("journal", journal)
        if not isinstance(journal, str) or not journal.strip() or not journal.isprintable():
            raise source.error("journal", _("expected text in quotes, found {found}").format(found=quoted(journal)))
    return journal


def _own_districts(sources: Sequence[Source]) -> tuple[str, ...]:
    """The districts the team works for, as the last file names them."""
    districts: list[str] = []
    for source in sources:
        districts = source.data.get("own_districts", districts)
        if not isinstance(districts, list) or not all(isinstance(one, str) and one.strip() for one in districts):
            words = _("expected a list of texts in quotes, found {found}")
            raise source.error("own_districts", words.format(found=quoted(districts)))
    return tuple(districts)


def _phases(records: Sequence[Record]) -> tuple[Phase, ...]:
    """In order of number; the numbers run from 1 without a gap."""
    phases: dict[int, Phase] = {}
    for record in records:
        phase = read(record, Phase)
        if max(map(len, phase.short.every())) > _SHORT:
            raise record.error("short", _("at most {most} characters").format(most=_SHORT))
        if phase.number in phases:
            raise record.error(
                "number",
                _("{number} is already the number of {other}").format(
                    number=phase.number, other=phases[phase.number].id
                ),
            )
        if record.shipped and record.shipped["number"] != phase.number:
            raise record.error("number", _("a phase the program knows keeps its number"))
        phases[phase.number] = phase
    for number, record in enumerate(records, 1):
        if number not in phases:
            raise record.error(
                "number", _("phases are numbered from 1 without a gap; {number} is missing").format(number=number)
            )
    return tuple(phases[number] for number in sorted(phases))


def _kinds(records: Sequence[Record]) -> tuple[EntryKind, ...]:
    """In order of the files; the letters of the kinds a person may choose are unique."""
    kinds: list[EntryKind] = []
    letters: dict[str, Record] = {}
    for record in records:
        if "key" not in record.values and not record.values.get("system"):
            raise record.missing("key")
        kind = read(record, EntryKind, {"form": FORMS})
        if kind.system != bool(record.shipped.get("system", False)):
            raise record.error("system", _("only the program's own kinds are written by the program"))
        if kind.template:
            check_template(record, kind.template)
        groups = ["system"] if kind.system else [group for group in GROUPS if group != "system"]
        if kind.group not in groups:
            raise record.error("group", _("expected one of {known}, found {found}").format(
                known=", ".join(groups), found=quoted(kind.group)))  # fmt: skip
        if not kind.system:
            if len(kind.key) != 1 or kind.key not in string.ascii_lowercase + "æøå":
                raise record.error(
                    "key", _("expected one lower-case letter, found {found}").format(found=quoted(kind.key))
                )
            if kind.key in letters:
                wrong, other = at_fault(record, letters[kind.key], "key")
                raise wrong.error(
                    "key", _("the letter {key} already chooses {other}").format(key=quoted(kind.key), other=other.id)
                )
            letters[kind.key] = record
        kinds.append(kind)
    return tuple(kinds)


def _quick(records: Sequence[Record], kinds: Sequence[EntryKind], outcomes: Collection[str]) -> tuple[QuickRecord, ...]:
    """In order of the files; their keys are unique, and only what a person may record is recorded."""
    quick: list[QuickRecord] = []
    keys: dict[str, Record] = {}
    # One that has a form of its own is more than a key can say.
    known = {kind.id: kind for kind in kinds if not kind.system and not kind.form}
    for record in records:
        found = read(record, QuickRecord, {"kind": known, "outcome": ("", *outcomes)})
        if len(found.key) != 1 or found.key not in string.ascii_uppercase + "ÆØÅ" + string.digits:
            raise record.error(
                "key", _("expected one capital letter or digit, found {found}").format(found=quoted(found.key))
            )
        if found.key in keys:
            wrong, other = at_fault(record, keys[found.key], "key")
            raise wrong.error(
                "key", _("the letter {key} already chooses {other}").format(key=quoted(found.key), other=other.id)
            )
        if found.outcome and not known[found.kind].contact:
            raise record.error("outcome", _("an entry of the kind {kind} has none").format(kind=found.kind))
        keys[found.key] = record
        quick.append(found)
    return tuple(quick)


def _choices(list_name: str, records: Sequence[Record]) -> tuple[Choice, ...]:
    for record in records:
        if list_name in _NAMES and isinstance(name := record.values.get("name"), str):
            record.values["name"] = {"nb": name, "en": name}
    return tuple(read(record, Choice) for record in records)


def _grounds(records: Sequence[Record]) -> tuple[Ground, ...]:
    """Each told with its act and paragraph; a team's own name for a rule that is shipped tells them itself."""
    grounds = []
    for record in records:
        ground = read(record, Ground)
        if ground.valid_from and ground.valid_until and ground.valid_until < ground.valid_from:
            raise record.error("valid_until", _("the end is before the start"))
        if ground.law and not (record.is_team_s("name") and not record.is_team_s("law")):
            whole = {}
            for tag in ground.law.by_language() | ground.name.by_language():
                law, name = ground.law.in_(tag), ground.name.in_(tag)
                whole[tag] = f"{law} {ground.paragraph} ({name})" if name else f"{law} {ground.paragraph}"
            ground = replace(ground, name=Words.of(whole))
        grounds.append(ground)
    return tuple(grounds)


def _limits(record: Record) -> Limits:
    limits = read(record, Limits)
    if limits.demanding > limits.participants:
        key = "participants" if record.is_team_s("participants") and not record.is_team_s("demanding") else "demanding"
        raise record.error(
            key,
            _("demanding, {demanding}, cannot be more than participants, {participants}").format(
                demanding=limits.demanding, participants=limits.participants
            ),
        )
    return limits


def _agencies(records: Sequence[Record], phases: Collection[int], forms: Collection[str]) -> tuple[Agency, ...]:
    """In order of the files; the roles' ids are unique across all agencies."""
    found: list[Agency] = []
    owners: dict[str, str] = {}
    for record in records:
        roles = nested(record, "roles")
        record.values["roles"] = [read(inner, AgencyRole, {"typical": phases}, agency=record.id) for inner in roles]
        for inner in roles:
            if inner.id in owners:
                raise inner.error("id", _("{other} has a role with this id already").format(other=owners[inner.id]))
            owners[inner.id] = record.id
        found.append(read(record, Agency, {"phases": phases, "forms": forms}))
    return tuple(found)


def _checklists(sources: Sequence[Source], points: Known) -> tuple[ChecklistTemplate, ...]:
    """One a file, in order; a team's file with a known id takes the place of that template, whole.

    `points` are the kinds, roles, sets and columns an item may name.
    """
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
        found[id] = _checklist(record, gather([source], "groups"), points)
    return tuple(found.values())


def _checklist(record: Record, groups: Sequence[Record], points: Known) -> ChecklistTemplate:
    owners: dict[str, str] = {}
    for group in groups:
        items = nested(group, "items")
        for inner in items:
            if inner.id in owners:
                raise inner.error("id", _("{other} has an item with this id already").format(other=owners[inner.id]))
            owners[inner.id] = group.id
        group.values["items"] = [_item(inner, points) for inner in items]
    record.values["groups"] = [read(group, ItemGroup) for group in groups]
    template = read(record, ChecklistTemplate, {"opens": ("", *OPENS)})
    if template.age_to and not template.age_from <= template.age_to <= _OLDEST:
        raise record.error("age_to", _("expected an age from {low} to {high}").format(
            low=template.age_from, high=_OLDEST))  # fmt: skip
    if not template.items:
        raise record.error("groups", _("a checklist needs at least one item"))
    return template


def _item(record: Record, points: Known) -> ItemTemplate:
    item = read(record, ItemTemplate, points)
    for kind, keys in _POINTS.items():
        for key in keys:
            if key in record.values and kind != item.kind:
                raise record.error(key, _("only an item of the kind {kind} has this").format(kind=kind))
        if kind == item.kind and not any(record.values.get(key) for key in keys):
            raise record.missing(keys[0])
    check_named(record, "fact", ["", *(fact for fact, kinds in FACTS.items() if item.kind in kinds)])
    return item
