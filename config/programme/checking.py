"""From gathered tables to a checked programme; every fault is a sentence naming file, line and key."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

from config.programme import coordination
from config.programme.fields import MOST, Fields, no_such, not_one_of
from config.programme.labels import Choice
from config.programme.overlay import ProgrammeError, Record, Source, gather, gather_one
from config.programme.shapes import GROUPS, EntryKind, Limits, Phase, Programme
from config.quoted import quoted
from config.words import _

SECTIONS: Final = ("version", "phases", "kinds", "choices", "limits", "agencies", "consent_sets", "phase_tasks")
METHOD: Final = (
    "reviews", "review_prompts", "transitions", "criteria", "talks", "premises", "endings", "signals",
    "first_weeks",
)  # fmt: skip
"""Tables of `config.programme.method`, which a team's file may hold too."""
# Proper names: the same in both languages, so written once.
_NAMES: Final = ("prison", "district")
_SHORT: Final = 12
FORMS: Final = ("", "intake_talk")
"""The forms of their own in which a kind of entry may be recorded."""


def build(sources: Sequence[Source], checklists: Sequence[Source]) -> Programme:
    """Check everything and put it together; raises `ProgrammeError` at the first fault."""
    lists = _check_sections(sources)
    phases = _phases(gather(sources, "phases"))
    kinds = _kinds(gather(sources, "kinds"))
    choices = {name: _choices(name, gather(sources, f"choices.{name}")) for name in lists}
    limits = _limits(gather_one(sources, "limits"))
    agencies = coordination.agencies(gather(sources, "agencies"), phases)
    sets = coordination.consent_sets(gather(sources, "consent_sets"), agencies)
    roles = [role.id for agency in agencies for role in agency.roles]
    return Programme(
        version=_version(sources),
        phases=phases,
        kinds=kinds,
        choices=choices,
        limits=limits,
        agencies=agencies,
        consent_sets=sets,
        checklists=coordination.checklists(checklists, roles, [known.id for known in sets], choices["item_who"]),
        phase_tasks=coordination.phase_tasks(gather(sources, "phase_tasks"), phases, choices["turn"]),
        team=tuple(source for source in sources if not source.shipped),
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


def _phases(records: Sequence[Record]) -> tuple[Phase, ...]:
    """In order of number; the numbers run from 1 without a gap."""
    phases: dict[int, Phase] = {}
    for record in records:
        read = Fields(record)
        phase = Phase(
            number=read.number("number", low=1),
            id=record.id,
            name=read.label("name"),
            short=read.label("short", most=_SHORT),
            aim=read.label("aim"),
            demanding=read.flag("demanding"),
            contact_days=read.number("contact_days"),
            long_days=read.number("long_days"),
        )
        read.done()
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
        read = Fields(record)
        system = read.flag("system", default=False)
        if system != bool(record.shipped.get("system", False)):
            raise record.error("system", _("only the program's own kinds are written by the program"))
        kind = EntryKind(
            id=record.id,
            key=read.text("key", default="" if system else None),
            name=read.label("name"),
            group=read.text("group", default=None),
            contact=read.flag("contact", default=False),
            minutes=read.number("minutes", default=0),
            system=system,
            template=read.template("template"),
            form=read.text("form", default=""),
        )
        read.done()
        if kind.form not in FORMS:
            raise record.error("form", not_one_of(kind.form, FORMS))
        if kind.group not in GROUPS or (kind.group == "system") != system:
            groups = ["system"] if system else [group for group in GROUPS if group != "system"]
            raise record.error("group", _("expected one of {known}, found {found}").format(
                known=", ".join(groups), found=quoted(kind.group)))  # fmt: skip
        if not system:
            if len(kind.key) != 1 or kind.key not in string.ascii_lowercase + "æøå":
                raise record.error(
                    "key", _("expected one lower-case letter, found {found}").format(found=quoted(kind.key))
                )
            if kind.key in letters:
                _clash(record, letters[kind.key])
            letters[kind.key] = record
        kinds.append(kind)
    return tuple(kinds)


def _clash(second: Record, first: Record) -> NoReturn:
    """Two kinds with one letter: a team's file is at fault before a shipped one."""
    wrong, other = (first, second) if first.is_team_s("key") and not second.is_team_s("key") else (second, first)
    letter = quoted(wrong.values["key"])
    raise wrong.error("key", _("the letter {key} already chooses {other}").format(key=letter, other=other.id))


def _choices(list_name: str, records: Sequence[Record]) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for record in records:
        read = Fields(record)
        choices.append(Choice(record.id, read.label("name", name=list_name in _NAMES)))
        read.done()
    return tuple(choices)


def _limits(record: Record) -> Limits:
    read = Fields(record)
    limits = Limits(**{name: read.number(name) for name in Limits.__struct_fields__})
    read.done()
    if limits.demanding > limits.participants:
        key = "participants" if record.is_team_s("participants") and not record.is_team_s("demanding") else "demanding"
        raise record.error(
            key,
            _("demanding, {demanding}, cannot be more than participants, {participants}").format(
                demanding=limits.demanding, participants=limits.participants
            ),
        )
    return limits
