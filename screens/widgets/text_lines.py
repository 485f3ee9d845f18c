"""Plain text in a few lines: a screen's title, a question, a sentence about what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import BOLD, PLAIN, Piece, cut, right, strip, wrapped

Said = TypeVar("Said")


class Wrapping(Widget, Generic[Said]):
    """Says something in as many lines as that takes; a screen is laid out anew only where it takes another number."""

    DEFAULT_CSS = "Wrapping { height: auto; }"

    def __init__(self, content: Said, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.content = content

    def lines(self, width: int) -> Sequence[Sequence[Piece]]:
        """What is said, in this width; a subclass gives it."""
        raise NotImplementedError

    def put(self, content: Said) -> None:
        """Say something else."""
        if content != self.content:
            before = len(self.lines(self.size.width))
            self.content = content
            self.refresh(layout=len(self.lines(self.size.width)) != before)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        lines = self.lines(self.size.width)
        return strip(lines[y] if y < len(lines) else (), self.size.width)


def indented(text: str, width: int, most: int = 1000) -> list[str]:
    """`text` behind a space, on one line where it fits."""
    lines = [text] if width < 3 or cell_len(text) < width else wrapped(text, width - 2, most)
    return [" " + line for line in lines]


class TitleLine(Wrapping[tuple[str, str]]):
    """A bold title at the top, with something plain at its right end; a title that is a long question wraps."""

    DEFAULT_CSS = "TitleLine { dock: top; }"

    def __init__(self, title: str = "", beside: str = "") -> None:
        super().__init__((title, beside))

    def show(self, title: str, beside: str = "") -> None:
        """Show another title."""
        self.put((title, beside))

    def lines(self, width: int) -> Sequence[Sequence[Piece]]:
        title, beside = self.content
        if not beside:
            return [[(cut(line, width), BOLD)] for line in indented(title, width)]
        room = min(cell_len(beside) + 2, max(width // 2, width - cell_len(title) - 3))
        return [[(cut(" " + title, width - room), BOLD), (right(beside, room - 1), PLAIN)]]


class TextLines(Wrapping[tuple[str, Style]]):
    """A text wrapped at spaces, as high as it needs and nothing when it is empty; never read as markup."""

    DEFAULT_CSS = "TextLines { padding: 0 1; }"

    def __init__(self, text: str = "", style: Style = PLAIN, *, id: str | None = None) -> None:
        super().__init__((text, style), id=id)

    def show(self, text: str, style: Style | None = None) -> None:
        """Show another text."""
        self.put((text, self.content[1] if style is None else style))

    def lines(self, width: int) -> Sequence[Sequence[Piece]]:
        text, style = self.content
        return [[(line, style)] for line in wrapped(text, width)] if text else []
