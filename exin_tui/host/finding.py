"""What a check of the host says: how grave, and a sentence."""

from __future__ import annotations

from typing import Literal

Level = Literal["ok", "warn", "bad"]
Finding = tuple[Level, str]
