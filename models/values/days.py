"""Days as they stand in columns: ISO text, and one that never comes for what has no day."""

from __future__ import annotations

from typing import Final

NEVER: Final = "9999-12-31"
"""Stands where no day is known, so that what has none sorts last and lies before nothing."""
