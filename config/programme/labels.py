"""What everything in the programme is called, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec import Struct

from config import words


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """A label in both languages; as text it is the label in the language in force."""

    nb: str
    en: str

    def __str__(self) -> str:
        return self.nb if words.language() == "nb" else self.en


class Passage(Words, frozen=True, forbid_unknown_fields=True):
    """A text of several lines in both languages."""


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
