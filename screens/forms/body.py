"""A form's body: fields one under the other, their labels and sections drawn in one go, and the hint below them.

The body draws every label itself, since a widget a label would double what a form costs to open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.forms.line_fields import FormField
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, strip, wrapped
from screens.widgets.text_lines import Wrapping

LABEL_LEAST: Final = 14
LABEL_MOST: Final = 28
HINT_LINES: Final = 2
HINT_MOST: Final = 5


class FormBody(Widget):
    """Scrolls the fields and draws their labels, sections and notes."""

    def __init__(self, fields: Sequence[FormField], *tail: Widget) -> None:
        self.fields = list(fields)
        widest = max((cell_len(field.about.label) for field in fields), default=0)
        self.label_width = max(LABEL_LEAST, min(widest + 2, LABEL_MOST))
        for field in fields:
            field.styles.margin = (1 if field.about.heading else 0, 0, 0, self.label_width)
        super().__init__(*fields, *tail)
        self._places: tuple[tuple[str, int], ...] = ()

    def section(self, field: FormField | None, direction: int) -> FormField | None:
        """The first field of the section after (1) that of `field`, or of its own or the one before (-1)."""
        sections: list[list[FormField]] = [[]]
        for each in self.fields:
            if each.about.heading:
                sections.append([])
            if each.display and not each.veiled:
                sections[-1].append(each)
        filled = [section for section in sections if section]
        if not filled:
            return None
        here = next((number for number, section in enumerate(filled) if field in section), 0)
        wanted = here + direction if direction > 0 or field is filled[here][0] else here
        if wanted >= len(filled):
            return filled[-1][-1]
        return filled[max(0, wanted)][0]

    def faults(self) -> list[str]:
        """What is wrong with the fields without the focus, and what is to be said of what stands in any, by name."""
        found = []
        for field in self.fields:
            text = field.remark if field.has_focus else field.error or field.remark
            if text and field.display and not field.veiled:
                label = field.about.label.strip()
                found.append(text if text.startswith(f"{label}:") else f"{label}: {text}")
        return found

    def draw_label(self, field: FormField) -> None:
        """Draw the line of a field again: its label, its mark and its note."""
        y = self._line_of(field)
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def on_form_field_placed(self, event: FormField.Placed) -> None:
        """Draw the labels again where fields have come, gone or moved: by itself only the fields are drawn."""
        event.stop()
        places = tuple((field.about.key, field.virtual_region.y) for field in self.fields if field.display)
        if places != self._places:
            self._places = places
            self.refresh()

    def show_heading(self, field: FormField) -> None:
        """Scroll so that the heading above a section's first field is in sight with it."""
        above = field.virtual_region.y - 1
        if field.about.heading and above < self.scroll_y:
            self.scroll_to(y=above, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.refresh()

    def _line_of(self, field: FormField) -> int:
        return field.virtual_region.y - round(self.scroll_y)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        for field in self.fields:
            if not field.display:
                continue
            top = self._line_of(field)
            if y == top:
                return strip(self._label(field), width)
            if y == top - 1 and field.about.heading:
                return strip([(field.about.heading, HEADING)], width)
        return strip([], width)

    def _label(self, field: FormField) -> list[Piece]:
        gutter = "▌" if field.has_focus else "!" if field.error else " "
        style = ALARM if field.error else BOLD if field.has_focus else PLAIN
        pieces: list[Piece] = [(gutter, style), (cut(field.about.label, self.label_width - 2) + " ", style)]
        if beside := "" if field.veiled else field.beside:
            pieces += [(" " * (field.size.width + 1), PLAIN), (beside, DIM)]
        return pieces


class FormLines(Wrapping[tuple[Piece, ...]]):
    """A few lines above or below the fields, each piece from a new one on; at most `most`, none when it is silent."""

    def __init__(self, most: int, *, id: str) -> None:
        super().__init__((), id=id)
        self.most = most

    def show(self, pieces: Sequence[Piece]) -> None:
        """Say these pieces."""
        self.put(tuple(pieces))

    def lines(self, width: int) -> Sequence[Sequence[Piece]]:
        lines = [(line, style) for text, style in self.content for line in wrapped(text, max(10, width - 2))]
        if len(lines) > self.most:
            text, style = lines[self.most - 1]
            lines = [*lines[: self.most - 1], (text + " …", style)]
        gutter = "▌" if self.has_focus else " "
        return [[(" " if row else gutter, PLAIN), line] for row, line in enumerate(lines)]

    def allow(self, most: int) -> None:
        """Let it be so many lines high at most."""
        if most != self.most:
            self.most = most
            self.refresh(layout=True)

    def rows(self, width: int) -> int:
        """How many lines it takes in this width."""
        return len(self.lines(width))


class FormHint(Wrapping[tuple[str, bool]]):
    """Two lines about the field with the focus, more where it takes more: what is wrong with it, or what it expects."""

    def __init__(self) -> None:
        super().__init__(("", False))

    def show(self, text: str, *, warn: bool = False) -> None:
        """Say this."""
        self.put((text, warn))

    def tell(self, field: Widget | None) -> None:
        """Say what is wrong with a field, or what it expects."""
        if not isinstance(field, FormField):
            self.show("")
        elif field.error:
            self.show(field.error, warn=True)
        else:
            self.show(field.hint_within(self._room(self.size.width or self.app.size.width), HINT_LINES))

    @staticmethod
    def _room(width: int) -> int:
        return max(10, width - 2)

    def lines(self, width: int) -> Sequence[Sequence[Piece]]:
        text, warn = self.content
        lines = [*wrapped(text, self._room(width)), ""]
        lines = lines[: min(HINT_MOST, max(HINT_LINES, len(lines) - 1))]
        return [[(" ", PLAIN), (line, WARN if warn else DIM)] for line in lines]
