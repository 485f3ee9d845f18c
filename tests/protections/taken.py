"""What a protection is made of, as a line of the tables."""

from __future__ import annotations

from typing import NamedTuple


class Taken(NamedTuple):
    """A protection taken away: `text`, once in `file`, is replaced by `instead`; one of `tests` must fail then.

    `name` says what is missing then; `file` lies in the root of the checkout, `tests` lie in its folder `tests`.
    """

    name: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]
