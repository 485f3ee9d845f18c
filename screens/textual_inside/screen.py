"""What a screen takes of Textual's insides: its own compositor, and keys that differ from one screen to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.binding import Binding, BindingsMap
from textual.screen import Screen

from screens.textual_inside.compositor import RowCompositor


def draw_by_rows(screen: Screen[Any]) -> None:
    """Have `screen` draw only the rows that a change touches."""
    screen._compositor = RowCompositor()


def take_keys(screen: Screen[Any], bindings: Iterable[Binding]) -> None:
    """Have these keys and no others hold on `screen`."""
    screen._bindings = BindingsMap(bindings)


def keys_of(screen: Screen[Any]) -> list[Binding]:
    """The keys that hold on `screen`."""
    return [binding for bindings in screen._bindings.key_to_bindings.values() for binding in bindings]
