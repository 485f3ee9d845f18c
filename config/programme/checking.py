"""From gathered tables to a checked programme; every fault is a sentence naming file, line and key."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final, NoReturn

from config.guess import nearest
from config.programme.overlay import ProgrammeError, Record, Source, gather, gather_one
from config.programme.shapes import GROUPS, Choice, EntryKind, Limits, Phase, Programme, Words
from config.quoted import quoted
from config.words import _

SECTIONS: Final = ("version", "phases", "kinds", "choices", "limits")
# Proper names: the same in both languages, so written once.
_NAMES: Final = ("prison", "district")
_SHORT: Final = 12
_MOST: Final = 100_000


def build(sources: Sequence[Source]) -> Programme:
    """Check everything and put it together; raises `ProgrammeError` at the first fault."""
    lists = _check_sections(sources)
    phases = _phases(gather(sources, "phases"))
    kinds = _kinds(gather(sources, "kinds"))
    choices = {name: _choices(name, gather(sources, f"choices.{name}")) for name in lists}
    limits = _limits(gather_one(sources, "limits"))
    return Programme(_version(sources), phases, kinds, choices, limits)


def _check_sections(sources: Sequence[Source]) -> tuple[str, ...]:
    """The names of the shipped lists of choices, after every section's name has been found to be known."""
    lists: dict[str, None] = {}
    for source in sources:
        for section in source.data:
            if section not in SECTIONS:
                raise _unknown(source, section, SECTIONS)
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
    return source.error(key, _no_such(key, known), line)


def _no_such(key: str, known: Sequence[str]) -> str:
    if guess := nearest(key, known):
        return _("there is no such key; did you mean {guess}?").format(guess=guess)
    return _("there is no such key; known are {known}").format(known=", ".join(known))


def _version(sources: Sequence[Source]) -> int:
    """The shipped programme's version; a team's file may name the one it was written for."""
    version = 0
    for source in sources:
        found = source.data.get("version", version)
        if type(found) is not int or found < 1:
            raise source.error("version", _("expected a whole number from {low} to {high}, found {found}").format(
                low=1, high=_MOST, found=quoted(found)))  # fmt: skip
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


class _Fields:
    """The fields of one record, each read once with its type; what is left unread is a key nobody knows."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._known = ["id"]

    def text(self, key: str, *, default: str | None = None) -> str:
        found = self._found(key, default)
        if not isinstance(found, str):
            raise self._record.error(key, _("expected text in quotes, found {found}").format(found=quoted(found)))
        return found

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        found = self._found(key, default)
        if not isinstance(found, bool):
            raise self._record.error(key, _("expected true or false, found {found}").format(found=quoted(found)))
        return found

    def number(self, key: str, *, low: int = 0, default: int | None = None) -> int:
        found = self._found(key, default)
        if type(found) is not int or not low <= found <= _MOST:
            raise self._record.error(
                key,
                _("expected a whole number from {low} to {high}, found {found}").format(
                    low=low, high=_MOST, found=quoted(found)
                ),
            )
        return found

    def label(self, key: str, *, name: bool = False, most: int = 0) -> Words:
        """A label in both languages; with `name` a proper name, the same in both, may be plain text."""
        found = self._found(key, None)
        if name and isinstance(found, str):
            found = {"nb": found, "en": found}
        languages = {field.name for field in fields(Words)}
        if (
            not isinstance(found, Mapping)
            or set(found) != languages
            or not all(isinstance(text, str) and text.strip() and text.isprintable() for text in found.values())
        ):
            raise self._record.error(
                key, _('expected the words in both languages: {key} = {{ nb = "…", en = "…" }}').format(key=key)
            )
        label = Words(nb=found["nb"], en=found["en"])
        if most and max(len(label.nb), len(label.en)) > most:
            raise self._record.error(key, _("at most {most} characters").format(most=most))
        return label

    def template(self, key: str) -> Words | None:
        """Words with names in braces: the same names in both languages, and none that the program does not fill."""
        self._known.append(key)
        if key not in self._record.values:
            return None
        label = self.label(key)
        names = _placeholders(label.nb), _placeholders(label.en)
        if names[0] is None or names[1] is None or names[0] != names[1]:
            raise self._record.error(key, _("the names in braces must be the same in both languages"))
        shipped = self._record.shipped.get(key)
        allowed = _placeholders(shipped["nb"]) if shipped else None
        if allowed is not None and not names[0] <= allowed:
            extra = ", ".join(sorted(names[0] - allowed))
            raise self._record.error(key, _("nothing fills {name}").format(name=extra))
        return label

    def done(self) -> None:
        """Raise for a key that was not read."""
        for key in self._record.values:
            if key not in self._known:
                raise self._record.error(key, _no_such(key, self._known))

    def _found(self, key: str, default: object) -> object:
        self._known.append(key)
        found = self._record.values.get(key, default)
        if found is None:
            raise self._record.error(key, _("is missing"))
        return found


def _placeholders(template: str) -> set[str] | None:
    """The names in braces; None when the braces do not match or hold more than a name."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return None
    names = {name for _text, name, spec, conversion in parts if name is not None and not spec and not conversion}
    plain = all(
        name is None or (name.isidentifier() and not spec and not conversion) for _t, name, spec, conversion in parts
    )
    return names if plain else None


def _phases(records: Sequence[Record]) -> tuple[Phase, ...]:
    """In order of number; the numbers run from 1 without a gap."""
    phases: dict[int, Phase] = {}
    for record in records:
        read = _Fields(record)
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
        read = _Fields(record)
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
        )
        read.done()
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
        read = _Fields(record)
        choices.append(Choice(record.id, read.label("name", name=list_name in _NAMES)))
        read.done()
    return tuple(choices)


def _limits(record: Record) -> Limits:
    read = _Fields(record)
    limits = Limits(**{field.name: read.number(field.name) for field in fields(Limits)})
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
