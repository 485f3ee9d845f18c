"""What a line to type in takes of Textual's insides."""

from __future__ import annotations

from functools import cache

from textual.widgets import Input


class WithoutParts:
    """Mixed in before Input: none of its parts has a style of the stylesheet.

    Looking up four of them a field, twice, is most of what a long form costs to open.
    """

    @classmethod
    @cache
    def _get_component_classes(cls) -> frozenset[str]:
        return frozenset()


def keep_cursor(line: Input) -> None:
    """Leave the cursor of `line` where it is put with its first text, and the selection with it."""
    line._initial_value = False
