"""Making folders that are their owner's alone. Imported before the first prompt, so it imports nothing."""

from __future__ import annotations

import os


def make(folder: str) -> None:
    """Make a folder and those above it that are not there, mode 0700 whatever the umask; raises OSError."""
    if os.path.isdir(folder):
        return
    if above := os.path.dirname(folder):
        make(above)
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise
