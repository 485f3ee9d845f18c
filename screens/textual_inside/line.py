"""What a field of a form takes of Textual's insides."""

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


class InItsPlace:
    """Mixed in before a widget: Tab goes by the order of the form, and not by where each widget lay when last drawn.

    A field that has just come into sight lies nowhere yet: whoever types on would pass it.
    """

    @property
    def _focus_sort_key(self) -> tuple[int, int]:
        return 0, 0


def keep_cursor(line: Input) -> None:
    """Leave the cursor of `line` where it is put with its first text, and the selection with it."""
    line._initial_value = False
