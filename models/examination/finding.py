"""What an examination finds."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

SHOWN: Final = 5
"""How many flaws of one kind are named."""


class Flaw(Struct, frozen=True):
    """One thing that is wrong: where, and in a sentence what."""

    where: str
    text: str
