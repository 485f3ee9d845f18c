"""A team's own programme as it was when it could last be read, for the day that a typing error stands in it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from config.programme import laid_over
from config.programme.overlay import ProgrammeError, Source
from config.programme.shapes import Programme


def packed(programme: Programme) -> bytes:
    """The team's own files in `programme`, to be kept; empty where it has none."""
    if not (programme.team or programme.team_checklists):
        return b""
    parts = {"programme": programme.team, "checklists": programme.team_checklists}
    texts = {part: {source.path.name: source.text for source in sources} for part, sources in parts.items()}
    return json.dumps(texts, ensure_ascii=False, indent=1).encode()


def unpacked(content: bytes, folder: Path) -> Programme | None:
    """The programme of what `packed` made of the files in `folder`; None where it is not that or is no longer good."""
    try:
        texts = json.loads(content)
        team = _sources(texts.get("programme", {}), folder)
        return laid_over(team, _sources(texts.get("checklists", {}), folder))
    except (ValueError, AttributeError, TypeError, RecursionError, ProgrammeError):
        return None


def _sources(texts: Any, folder: Path) -> list[Source]:
    return [Source(folder / name, text, tomllib.loads(text), shipped=False) for name, text in texts.items()]
