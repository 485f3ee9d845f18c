"""The phases by their number (the guide on the six phases), and the security level that has limits of its own."""

from __future__ import annotations

from typing import Final

INTAKE: Final = 1
IN_PRISON: Final = 2
BEFORE_RELEASE: Final = 3
AFTER_RELEASE: Final = 4
REINTEGRATION: Final = 5
PHASE_OUT: Final = 6

HIGH_SECURITY: Final = "high"
"""The security level of a prison whose people are prepared for release longer before it."""
