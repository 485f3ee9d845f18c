"""What a person or a file wrote: made fit to stand in a sentence, and what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from config.words import _

_LONGEST: Final = 60


def quoted(value: object) -> str:
    """Text as it stands, anything else as TOML writes it; without control characters and not endless."""
    text = value if isinstance(value, str) else _as_toml(value)
    shown = "".join(letter if letter.isprintable() else "·" for letter in text[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _as_toml(value: object) -> str:
    try:
        return str(value).lower() if isinstance(value, bool) else repr(value)
    except ValueError:
        # Python refuses to write a number of thousands of digits.
        return _("a number that is far too large")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string when none is like it."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")
