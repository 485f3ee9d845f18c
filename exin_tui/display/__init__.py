"""What goes to the terminal: only changed cells, never a control byte from data, never more than the line can take."""

from __future__ import annotations

from exin_tui.display.clean import CleanFilter, clean_text

__all__ = ["CleanFilter", "clean_text"]
