"""One limit changed in the text of a team's file, all else in it left as somebody wrote it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from config.programme.overlay import ProgrammeError, Source
from config.words import _

_TABLE: Final = "limits"


def with_limit(file: Path, text: str, key: str, value: int) -> Source:
    """The team's `file` with `value`, a number or a bool, as the limit `key`; comments and order stay.

    Raises `ProgrammeError` where the table is written in a way that this does not follow: in one line, or dotted.
    """
    lines = text.splitlines(keepends=True)
    number = str(value).lower()
    before = _parsed(text)
    source = Source(file, text, before, shipped=False)
    head = source.line(_TABLE)
    place = source.line(_TABLE, None, key)
    if place > head > 0:
        lines[place - 1] = re.sub(r"=\s*[^\s#]+", f"= {number}", lines[place - 1], count=1)
    elif head:
        lines[head - 1] = lines[head - 1].rstrip("\r\n") + "\n"
        lines.insert(head, f"{key} = {number}\n")
    else:
        if lines:
            lines[-1] = lines[-1].rstrip("\r\n") + "\n\n"
        lines.append(f"[{_TABLE}]\n{key} = {number}\n")
    written = "".join(lines)
    after = _parsed(written)
    if after != {**before, _TABLE: {**before.get(_TABLE, {}), key: value}}:
        told = _("{file}: the limits are written in a way that is not followed here; change {key} in the file itself.")
        raise ProgrammeError(told.format(file=file, key=key))
    return Source(file, written, after, shipped=False)


def _parsed(text: str) -> dict[str, Any]:
    """What the text says; nothing, which is like no text, where it is no TOML any more."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
