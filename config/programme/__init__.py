"""The programme as data: phases, kinds, choices, agencies, checklists and limits, a team's own laid over.

The shipped files stand beside this one. A team's file uses the same keys in one file: an entry with a known id replaces
that entry's fields one by one, an entry with a new id is appended. A team's checklists stand one a file in a folder
`checklists` beside it: one with a known id takes the place of that checklist, whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from config.programme.checking import build
from config.programme.labels import Words
from config.programme.overlay import ProgrammeError, Source
from config.programme.shapes import Programme
from config.reasons import reason
from config.words import _

__all__ = ["CHECKLISTS", "Programme", "ProgrammeError", "Words", "fingerprint", "laid_over", "load", "shipped"]

CHECKLISTS: Final = "checklists"
_FILES: Final = (
    "programme.toml", "phases.toml", "entry_kinds.toml", "choices.toml", "limits.toml", "agencies.toml",
    "phase_tasks.toml",
)  # fmt: skip
_CHECKLISTS: Final = ("start.toml", "release.toml", "nav.toml")


def load(team_file: Path | None = None, team_checklists: Path | None = None, *, missing_ok: bool = False) -> Programme:
    """The shipped programme with `team_file` and the folder `team_checklists` laid over it.

    Without a folder named, the one beside `team_file` is read if there is one; with `missing_ok` there need be no such
    file. Raises `ProgrammeError` naming file, line and key.
    """
    team: list[Source] = []
    checklists: list[Source] = []
    if team_file is not None:
        if not (missing_ok and _is_missing(team_file)):
            team.append(Source.read(team_file, shipped=False))
        team_checklists = team_checklists or team_file.parent / CHECKLISTS
    if team_checklists is not None:
        checklists += [Source.read(path, shipped=False) for path in _toml_files(team_checklists)]
    return laid_over(team, checklists)


def laid_over(team: Iterable[Source], checklists: Iterable[Source]) -> Programme:
    """The shipped programme with these of a team's own laid over it; raises `ProgrammeError`."""
    sources, lists = shipped()
    programme = build([*sources, *team], [*lists, *checklists])
    if programme.team:
        # A fault in a team's file is told before anybody works with it.
        programme.method  # noqa: B018 - for what it raises
    return programme


def _is_missing(file: Path) -> bool:
    """Whether there is nothing by this name; where nobody may look, reading it will tell."""
    try:
        file.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _toml_files(folder: Path) -> list[Path]:
    """The files in a folder, none where there is no folder; one that cannot be looked into is not an empty one."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ProgrammeError(_("{file} cannot be read: {reason}.").format(file=folder, reason=reason(error))) from error
    # An editor's own files beside a checklist begin with a dot.
    return [folder / name for name in names if name.endswith(".toml") and not name.startswith(".")]


@cache
def shipped() -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """The shipped files and checklists, read and parsed at the first call, which may come before they are needed."""
    here = Path(__file__).parent
    return (
        tuple(Source.read(here / name, shipped=True) for name in _FILES),
        tuple(Source.read(here / CHECKLISTS / name, shipped=True) for name in _CHECKLISTS),
    )


def fingerprint(programme: Programme) -> str:
    """A digest of what a team has laid over the shipped programme, in hexadecimal; empty where it has nothing."""
    own = (*programme.team, *programme.team_checklists)
    if not own:
        return ""
    return sha256(json.dumps([(source.path.name, source.text) for source in own]).encode()).hexdigest()
