"""Reading the fields of one entry of the programme, each with its type; a fault names file, line and key."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping
from typing import Final

from config.guess import nearest
from config.programme.labels import Words
from config.programme.overlay import Record, nested
from config.quoted import quoted
from config.words import _

MOST: Final = 100_000


def no_such(key: str, known: Collection[str]) -> str:
    """The fault of a key nobody knows."""
    if guess := nearest(key, known):
        return _("there is no such key; did you mean {guess}?").format(guess=guess)
    return _("there is no such key; known are {known}").format(known=", ".join(known))


def not_one_of(found: str, known: Collection[str]) -> str:
    """The fault of a value that is none of `known`, with the likeliest where one is meant."""
    if guess := nearest(found, known):
        return _("{found} is not known; did you mean {guess}?").format(found=quoted(found), guess=guess)
    return _("expected one of {known}, found {found}").format(known=", ".join(known), found=quoted(found))


class Fields:
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
        if type(found) is not int or not low <= found <= MOST:
            raise self._record.error(
                key,
                _("expected a whole number from {low} to {high}, found {found}").format(
                    low=low, high=MOST, found=quoted(found)
                ),
            )
        return found

    def label(self, key: str, *, name: bool = False, most: int = 0) -> Words:
        """A label in both languages; with `name` a proper name, the same in both, may be plain text."""
        found = self._found(key, None)
        if name and isinstance(found, str):
            found = {"nb": found, "en": found}
        languages = set(Words.__struct_fields__)
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

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty where there is none."""
        found = self._found(key, [])
        if not isinstance(found, list) or not all(type(number) is int for number in found):
            raise self._record.error(
                key, _("expected a list of whole numbers, found {found}").format(found=quoted(found))
            )
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; raises where there is none."""
        found = self._found(key, None)
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            raise self._record.error(
                key, _("expected a list of texts in quotes, found {found}").format(found=quoted(found))
            )
        return tuple(found)

    def one_of(self, key: str, known: Collection[str], *, default: str | None = None) -> str:
        """A text that is one of `known`, or the default."""
        found = self.text(key, default=default)
        if found not in known and found != default:
            raise self._record.error(key, not_one_of(found, known))
        return found

    def nested(self, key: str) -> tuple[Record, ...]:
        """The entries of a list of tables inside this one, a team's laid over the shipped ones by id."""
        self._known.append(key)
        return nested(self._record, key)

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
                raise self._record.error(key, no_such(key, self._known))

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
