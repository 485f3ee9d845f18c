"""What everything in the programme is called, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
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


Found = TypeVar("Found", bound=WithId)


def with_id(these: Iterable[Found], id: str) -> Found | None:
    """The one with this id; None when there is none, or the programme no longer has it."""
    return next((one for one in these if one.id == id), None)
