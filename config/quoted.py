"""What a person or a file wrote, made fit to stand in a sentence."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 60


def quoted(value: object) -> str:
    """Text as it stands, anything else as TOML writes it; without control characters and not endless."""
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else repr(value)
    shown = "".join(letter if letter.isprintable() else "·" for letter in text[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
