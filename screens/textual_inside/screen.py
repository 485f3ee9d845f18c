"""What a screen takes of Textual's insides: a compositor of its own, and keys that differ from screen to screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from textual._compositor import Compositor
from textual.binding import Binding, BindingsMap
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

FOOT: Final = "foot"


class RowCompositor(Compositor):
    """Draws no more lines than a change touches; Textual's own, for a change of two lines, has every widget under them
    draw all of its lines. While it is `covered`, it draws the foot alone; what has the focus keeps it.
    """

    covered = False

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget's place, the part of it in sight and in the rows of `crop`, and the strips of that part."""
        whole = crop is None or crop.height >= self.size.height
        if whole and not self.covered:
            yield from super()._get_renders(crop)
            return
        rows = self.size.region if crop is None or whole else Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            if self.covered and not _in_the_foot(widget):
                continue
            part = region.intersection(clip).intersection(rows)
            # A widget beside the change fills nothing of it, but what it covers must not show through.
            if part:
                inside = Region(part.x - region.x, part.y - region.y, part.width, part.height)
                yield region, part, widget.render_lines(inside)


def _in_the_foot(widget: Widget) -> bool:
    """Whether it is part of the foot; the screen itself is the ground that shows where nothing stands."""
    return isinstance(widget, Screen) or any(one.id == FOOT for one in widget.ancestors_with_self)


def cover(screen: Screen[Any], covered: bool) -> None:
    """Draw nothing but the foot of a screen that draws by rows, or all of it again."""
    compositor = screen._compositor
    if isinstance(compositor, RowCompositor) and compositor.covered != covered:
        compositor.covered = covered
        screen.refresh()


def is_covered(screen: Screen[Any]) -> bool:
    """Whether nothing but the foot is drawn."""
    return isinstance(screen._compositor, RowCompositor) and screen._compositor.covered


def draw_by_rows(screen: Screen[Any]) -> None:
    """Have `screen` draw only the rows that a change touches."""
    screen._compositor = RowCompositor()


def take_keys(screen: Screen[Any], bindings: Iterable[Binding]) -> None:
    """Have these keys and no others hold on `screen`."""
    screen._bindings = BindingsMap(bindings)
