"""Reading one entry of the programme into its struct; a fault names file, line and key, and what was expected."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import fields

from config import words
from config.programme.labels import Passage, Words
from config.programme.overlay import ProgrammeError, Record, Source, gather
from config.quoted import nearest, quoted
from config.words import N_, _

MOST: Final = 100_000
Number = Annotated[int, Meta(ge=0, le=MOST)]
FromOne = Annotated[int, Meta(ge=1, le=MOST)]

_WHOLE: Final = N_("expected a whole number from {low} to {high}, found {found}")
_BOTH: Final = N_('expected the words in Norwegian and English at least: {key} = {{ nb = "…", en = "…" }}')
_LABELS: Final = (Words, Words | None, Passage)
_EXPECTED: Final[Mapping[object, str]] = {
    str: N_("expected text in quotes, found {found}"),
    bool: N_("expected true or false, found {found}"),
    Number: _WHOLE,
    FromOne: _WHOLE,
    tuple[int, ...]: N_("expected a list of whole numbers, found {found}"),
    tuple[str, ...]: N_("expected a list of texts in quotes, found {found}"),
    date | None: N_("expected a date such as 2015-10-01, found {found}"),
    Words: _BOTH,
    Words | None: _BOTH,
    Passage: _BOTH,
}
Shape = TypeVar("Shape", bound=Struct)
Known = Mapping[str, Collection[Any]]
NOTHING: Final[Known] = {}


def read(record: Record, shape: type[Shape], known: Known = NOTHING, **given: object) -> Shape:
    """The entry as a `shape`; `given` are the fields of it that are no keys of the file.

    `known` are by field the ids, or the numbers of phases, that the entry may name there.
    """
    keys = [name for name in shape.__struct_fields__ if name not in given]
    for key in record.values:
        if key not in keys:
            raise record.error(key, no_such(key, keys))
    values = {**record.values, **given}
    for key, value in record.values.items():
        if isinstance(value, dict) and not value.keys() <= words.LANGUAGES.keys():
            values[key] = _in_more_languages(record, shape, key, value)
    try:
        found = convert(values, shape)
    except ValidationError:
        raise _fault(record, shape, values) from None
    for key in keys:
        label = getattr(found, key)
        if type(label) is Words and not all(text.strip() and text.isprintable() for text in label.every()):
            raise record.error(key, _expected(key, Words, ""))
    for key, named in known.items():
        check_named(record, key, named)
    return found


def read_all(sources: Collection[Source], table: str, shape: type[Shape], known: Known = NOTHING) -> tuple[Shape, ...]:
    """Every entry of a table, in order of the files."""
    return tuple(read(record, shape, known) for record in gather(sources, table))


def _in_more_languages(record: Record, shape: type[Struct], key: str, value: dict[str, Any]) -> dict[str, Any]:
    """Words as they stand in a file as their struct has them."""
    if next(field.type for field in fields(shape) if field.name == key) not in _LABELS:
        return value
    tags = words.languages()
    further = {tag: text for tag, text in value.items() if tag not in words.LANGUAGES}
    for tag, text in further.items():
        if tag not in tags:
            raise record.error(key, _("there are no words in {language}; known are {known}").format(
                language=quoted(tag), known=", ".join(tags)
            ))  # fmt: skip
        if not isinstance(text, str) or not text.strip():
            raise record.error(key, _(_EXPECTED[str]).format(found=quoted(text)))
    return {**{tag: text for tag, text in value.items() if tag in words.LANGUAGES}, "further": tuple(further.items())}


def _fault(record: Record, shape: type[Struct], values: Mapping[str, object]) -> ProgrammeError:
    """What is wrong with the first field that does not fit."""
    for field in fields(shape):
        if field.name in values:
            try:
                convert(values[field.name], field.type)
            except ValidationError:
                return record.error(field.name, _expected(field.name, field.type, values[field.name]))
        elif field.required:
            return record.missing(field.name)
    raise AssertionError(record.id)


def _expected(key: str, type: Any, found: object) -> str:
    return _(_EXPECTED[type]).format(key=key, found=quoted(found), low=int(type is FromOne), high=MOST)


def no_such(key: str, known: Collection[str]) -> str:
    """The fault of a key nobody knows."""
    if guess := nearest(key, known):
        return _("there is no such key; did you mean {guess}?").format(guess=guess)
    return _("there is no such key; known are {known}").format(known=", ".join(known))


def not_one_of(found: str, known: Collection[str]) -> str:
    """The fault of a value that is none of `known`, with the likeliest where one is meant."""
    if guess := nearest(found, known):
        return _("{found} is not known; did you mean {guess}?").format(found=quoted(found), guess=guess)
    return _("expected one of {known}, found {found}").format(known=", ".join(filter(None, known)), found=quoted(found))


def check_named(record: Record, key: str, known: Collection[Any]) -> None:
    """Raise where what the entry names under `key`, by id or as the number of a phase, one or several, is unknown."""
    named = record.values.get(key, [])
    for one in named if isinstance(named, list) else [named]:
        if one not in known:
            no_phase = _("there is no phase {number}").format(number=one)
            raise record.error(key, no_phase if isinstance(one, int) else not_one_of(one, known))


def check_template(record: Record, label: Words) -> None:
    """Raise where the names in braces differ between the languages, or the program does not fill one."""
    names = _placeholders(label.nb)
    if names is None or any(names != _placeholders(text) for text in label.every()):
        raise record.error("template", _("the names in braces must be the same in every language"))
    shipped = record.shipped.get("template")
    if shipped and (extra := names - (_placeholders(shipped["nb"]) or names)):
        raise record.error("template", _("nothing fills {name}").format(name=", ".join(sorted(extra))))


def _placeholders(template: str) -> set[str] | None:
    """The names in braces; None when the braces do not match or hold more than a name."""
    names: set[str] = set()
    try:
        for _text, name, spec, conversion in string.Formatter().parse(template):
            if name is not None:
                names.add(name)
            if spec or conversion or not (name is None or name.isidentifier()):
                return None
    except ValueError:
        return None
    return names
