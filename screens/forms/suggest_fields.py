"""Lines in which anything may be written, with what is known suggested below; only what is taken stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from config.programme.labels import Choice
from config.words import _
from models.values.text import clean_line, fold
from screens.forms.line_fields import About, LineField

LISTED: Final = 12
"""So many names are told below; the rest are counted."""


class SuggestField(LineField):
    """Suggests names: Tab takes the only one that fits, → at the end of the line one after the other.

    A name fits when it, or a word in it, begins as what is written. The names of `people` are not told while names are
    hidden.
    """

    people = False

    def __init__(self, about: About, names: Sequence[str] = ()) -> None:
        super().__init__(about)
        self._names = tuple(names)
        self._typed, self._taken = "", ""

    def suggest(self, names: Sequence[str]) -> None:
        """Suggest these names from now on."""
        self._names = tuple(names)

    def fitting(self) -> list[str]:
        """The names that fit what was written by hand, those that begin so first."""
        written = fold(self._typed if self.value == self._taken else self.value).strip()
        if not written or (self.people and self.private):
            return []
        begin = [name for name in self._names if fold(name).startswith(written)]
        within = [name for name in self._names if name not in begin and f" {written}" in f" {fold(name)}"]
        return [*dict.fromkeys((*begin, *within))]

    def take_only(self) -> None:
        """Put in the only name that fits what is written, where it is not that already."""
        found = self.fitting()
        if len(found) == 1:
            self.put(found[0])

    def action_cursor_right(self, select: bool = False) -> None:
        """To the right; at the end of the line the next name that fits."""
        found = self.fitting()
        if select or not found or self.cursor_position < len(self.value):
            super().action_cursor_right(select)
            return
        if self.value != self._taken:
            self._typed = self.value
        here = found.index(self.value) if self.value in found else -1
        self._taken = found[(here + 1) % len(found)]
        self.put(self._taken)

    @property
    def hint(self) -> str:
        found = self.fitting()
        if not found or found == [self.value]:
            return self.about.hint or _("Write anything; what is known is suggested.")
        if len(found) == 1:
            return _("Tab takes {name}; Enter leaves what is written.").format(name=found[0])
        names = " · ".join(found[:LISTED])
        more = f" · +{len(found) - LISTED}" if len(found) > LISTED else ""
        return _("→ takes: {names}").format(names=names + more)


class PersonField(SuggestField):
    """A person's name, with the names known in the agency as suggestions."""

    people = True


class ListedField(SuggestField):
    """A line with suggestions from a list of the programme; stored is the name, which search finds."""

    def __init__(self, about: About, choices: tuple[Choice, ...]) -> None:
        super().__init__(about)
        self.choices: tuple[Choice, ...] = ()
        self.offer(choices)

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Suggest these from now on."""
        self.choices = choices
        self.suggest([str(choice.name) for choice in choices])

    def show(self, stored: str) -> str:
        return next((str(choice.name) for choice in self.choices if choice.id == stored), stored)

    def read(self) -> Any:
        written = clean_line(self.value, self.about.label, self.limit)
        same = (str(choice.name) for choice in self.choices if fold(str(choice.name)) == fold(written))
        return next(same, written) if written else ""
