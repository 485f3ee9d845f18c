"""What everything in the programme is called, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self, TypeVar

from msgspec import Struct

from config import words


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """A label in Norwegian bokmål, English and whatever else it is written in; as text, in the language in force."""

    nb: str
    en: str
    further: tuple[tuple[str, str], ...] = ()
    """Those of other languages, by their tags."""

    def __str__(self) -> str:
        return self.in_(words.language())

    def in_(self, language: str) -> str:
        """In one language: bokmål where it is not written in that."""
        return self.en if language == "en" else next((text for tag, text in self.further if tag == language), self.nb)

    def by_language(self) -> dict[str, str]:
        """Every language it is written in by its tag, as it stands in a file and is kept in the vault."""
        return {"nb": self.nb, "en": self.en, **dict(self.further)}

    def every(self) -> Iterable[str]:
        """It in every language."""
        return self.by_language().values()

    @classmethod
    def of(cls, written: Mapping[str, str]) -> Self:
        """What `by_language` wrote, whatever languages there were then."""
        further = {tag: text for tag, text in written.items() if tag not in words.LANGUAGES}
        return cls(written["nb"], written["en"], tuple(further.items()))


class Passage(Words, frozen=True, forbid_unknown_fields=True):
    """A text of several lines, in each language."""


class WithId(Struct, frozen=True):
    """What the programme holds under an id."""

    id: str


class Choice(WithId, frozen=True):
    """One value of a list a person chooses from."""

    name: Words


class Ground(Choice, frozen=True):
    """A rule by which something may or must be shared without a consent, and the days on which it holds.

    `name` is told with `law` and `paragraph` before it. What is not `offered` is no such rule, and stands here since it
    was recorded once.
    """

    law: Words | None = None
    paragraph: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    offered: bool = True

    def holds(self, on: date) -> bool:
        """Whether it may be chosen for what was shared on a day."""
        return (
            self.offered
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_until is None or on <= self.valid_until)
        )


Found = TypeVar("Found", bound=WithId)


def with_id(these: Iterable[Found], id: str) -> Found | None:
    """The one with this id; None when there is none, or the programme no longer has it."""
    return next((one for one in these if one.id == id), None)
