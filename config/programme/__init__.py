"""The programme as data: phases, entry kinds, lists of choices and limits, with a team's own file laid over them.

The shipped files stand beside this one. A team's file uses the same keys in one file: an entry with a known id replaces
that entry's fields one by one, an entry with a new id is appended.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from config.programme.checking import build
from config.programme.overlay import ProgrammeError, Source
from config.programme.shapes import Choice, EntryKind, Limits, Phase, Programme, Words

__all__ = ["Choice", "EntryKind", "Limits", "Phase", "Programme", "ProgrammeError", "Words", "load", "shipped"]

_FILES: Final = ("programme.toml", "phases.toml", "entry_kinds.toml", "choices.toml", "limits.toml")


def load(team_file: Path | None = None) -> Programme:
    """The shipped programme with `team_file` laid over it; raises `ProgrammeError` naming file, line and key."""
    sources = [*shipped()]
    if team_file is not None:
        sources.append(Source.read(team_file, shipped=False))
    return build(sources)


@cache
def shipped() -> tuple[Source, ...]:
    """The shipped files, read and parsed at the first call, so that it may be made before the programme is needed."""
    here = Path(__file__).parent
    return tuple(Source.read(here / name, shipped=True) for name in _FILES)
