"""The fields of a record: what they are called, which of them are written, how much fits and what is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from config.errors import ExinError
from config.words import _
from models.values.text import LINE_LIMIT, TEXT_LIMIT, clean_line, clean_text


class Fields(Struct, frozen=True):
    """A record's fields by `labels`, which are English words to be translated, and the `error` of their room.

    `lines` and `texts` are written in one line or in several, of at most so many characters as `limits` says where it
    is not the common limit; what is in neither stays as it is given. The texts that are `trimmed` lose the empty lines
    around them.
    """

    labels: Mapping[str, str]
    error: type[ExinError]
    lines: Collection[str] = ()
    texts: Collection[str] = ()
    trimmed: Collection[str] = ()
    limits: Mapping[str, int] = {}

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """`values` with what is written clean, empty for None. Raises `error` for no such field, or `TextTooLong`."""
        found = dict(values)
        for name, value in values.items():
            if name not in self.labels:
                raise self.error(_("There is no field called {name}.").format(name=name))
            label = _(self.labels[name])
            if name in self.lines:
                found[name] = clean_line(value or "", label, self.limits.get(name, LINE_LIMIT))
            elif name in self.texts:
                text = clean_text(value or "", label, self.limits.get(name, TEXT_LIMIT))
                found[name] = text.strip("\n") if name in self.trimmed else text
        return found

    def wrong(self, name: str, sentence: str, /, **values: object) -> ExinError:
        """The error of a field, in a sentence with a place for `{field}`, what it is called, and for `values`."""
        return self.error(sentence.format(field=_(self.labels[name]), **values))
