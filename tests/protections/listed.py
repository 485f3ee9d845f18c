"""Every protection that is taken away in turn, as `protections.toml` has them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from msgspec import Struct, convert


class Taken(Struct, frozen=True, forbid_unknown_fields=True):
    """A protection taken away: `text`, once in `file`, is replaced by `instead`; one of `tests` must fail then.

    `name` says what is missing then; `file` lies in the root of the checkout, `tests` lie in its folder `tests`.
    """

    name: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]


_FILE: Final = Path(__file__).with_name("protections.toml")
TABLES: Final = convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), dict[str, tuple[Taken, ...]])
