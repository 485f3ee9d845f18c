"""What everything in the programme is called, in both languages."""

from __future__ import annotations

from msgspec import Struct

from config import words


class Words(Struct, frozen=True):
    """A label in both languages; as text it is the label in the language in force."""

    nb: str
    en: str

    def __str__(self) -> str:
        return self.nb if words.language() == "nb" else self.en


class Choice(Struct, frozen=True):
    """One value of a list a person chooses from."""

    id: str
    name: Words
