"""What a screen takes of Textual's insides: a compositor of its own, and keys that differ from screen to screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual._compositor import Compositor
from textual.binding import Binding, BindingsMap
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip


class RowCompositor(Compositor):
    """Draws no more lines than a change touches; Textual's own, for a change of two lines, has every widget under them
    draw all of its lines.
    """

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget's place, the part of it in sight and in the rows of `crop`, and the strips of that part."""
        if crop is None or crop.height >= self.size.height:
            yield from super()._get_renders(crop)
            return
        rows = Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            part = region.intersection(clip).intersection(rows)
            # A widget beside the change fills nothing of it, but what it covers must not show through.
            if part:
                inside = Region(part.x - region.x, part.y - region.y, part.width, part.height)
                yield region, part, widget.render_lines(inside)


def draw_by_rows(screen: Screen[Any]) -> None:
    """Have `screen` draw only the rows that a change touches."""
    screen._compositor = RowCompositor()


def take_keys(screen: Screen[Any], bindings: Iterable[Binding]) -> None:
    """Have these keys and no others hold on `screen`."""
    screen._bindings = BindingsMap(bindings)
