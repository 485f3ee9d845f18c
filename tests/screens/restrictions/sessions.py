"""What opens the vault for a colleague."""

from __future__ import annotations

from collections.abc import Callable

from models.store import Store

Sessions = Callable[[str], Store]
