"""The one folder that files outside the vault may go to, where there is such a limit: in a served session.

Set once, before the first prompt, by `exin_tui.serve`; everywhere else a person may name any place.
"""

from __future__ import annotations

import os

from config.errors import ExinError
from config.words import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_folder = ""


class OutsideFolder(ExinError):
    """A served session may not write there."""


def confine_to(folder: str) -> None:
    """From here on files go to `folder` alone, an absolute path; an empty one lifts the limit."""
    global _folder
    _folder = folder


def out_folder() -> Path | None:
    """The folder that files must go to; None where they may go anywhere."""
    from pathlib import Path

    return Path(_folder) if _folder else None


def allowed(path: Path) -> Path:
    """`path`, when a file may be written there; raises `OutsideFolder`.

    Only a plain name directly in the folder: nothing that a shell or a server would read by itself begins without a
    dot there, and no folder in it can be a link to elsewhere.
    """
    if not _folder:
        return path
    name = path.name
    if os.path.abspath(path.parent) != _folder or ".." in path.parts or name.startswith(".") or not name.isprintable():
        raise OutsideFolder(_("Here files go to your own folder alone: {folder}").format(folder=_folder))
    return path
