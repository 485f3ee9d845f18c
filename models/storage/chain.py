"""A chain of rows: the code of each also covers the row before it, so that none is altered or removed unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

FIRST_LINK: Final = "0" * 64


class ChainState(Struct, frozen=True):
    """How far a chain holds: `count` rows, `head` the last code, `broken_at` the first row that does not fit.

    `ran_back` are the first rows that are earlier than the row before them, where that is looked for: no sign of
    tampering by itself, as a clock that was put right does it, too.
    """

    count: int
    head: str
    broken_at: int | None
    ran_back: tuple[int, ...] = ()


def code_of(key: bytes, former: str, content: Sequence[object]) -> str:
    """The code of a row that says `content`, behind the row whose code is `former`."""
    told = json.dumps([former, *content], ensure_ascii=False, default=repr)
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def follow(key: bytes, rows: Iterable[tuple[int, Sequence[object], str]]) -> ChainState:
    """Follow a chain from its first row, numbered 1, to the last; each row is its number, its content and its code."""
    former, count = FIRST_LINK, 0
    for number, content, code in rows:
        if number != count + 1 or not hmac.compare_digest(code_of(key, former, content).encode(), str(code).encode()):
            return ChainState(count, former, number)
        former, count = code, number
    return ChainState(count, former, None)
