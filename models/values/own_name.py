"""A participant's own name in what somebody wrote about them, replaced by what may be shown in its place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from models.values.text import fold

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")


@lru_cache(maxsize=1024)
def _parts(name: str) -> frozenset[str]:
    """The folded words of a name that tell who it is: not what stands in small letters among capitals, as "van der"."""
    words = _WORD.findall(name)
    capital = any(word[0].isupper() for word in words)
    return frozenset(fold(word) for word in words if len(word) > 1 and (word[0].isupper() or not capital))


def masked(text: str, name: str, shown: str) -> str:
    """`text` with `shown` where a word of `name` stands, whatever its case, accents and genitive.

    Several words of the name in a row are replaced once.
    """
    parts = _parts(name)
    if not parts or not text:
        return text
    pieces: list[str] = []
    end, after_name = 0, False
    for word in _WORD.finditer(text):
        found = _ending(word.group(), parts)
        between = text[end : word.start()]
        if found is None:
            pieces += [between, word.group()]
        elif after_name and not between.strip(" -\u00a0"):
            pieces.append(found)
        else:
            pieces += [between, shown + found]
        end, after_name = word.end(), found is not None
    pieces.append(text[end:])
    return "".join(pieces)


def _ending(word: str, parts: frozenset[str]) -> str | None:
    """What stands behind the name in a word, as an s; None where the word is no part of it."""
    if fold(word) in parts:
        return ""
    return word[-1] if word[-1] in "sS" and fold(word[:-1]) in parts else None
