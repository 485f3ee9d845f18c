"""Plain text in a few lines: a screen's title, a question, a sentence about what is wrong."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.line import BOLD, PLAIN, Piece, cut, right, strip, wrapped


class TitleLine(Widget):
    """A bold title at the top, with something plain at its right end; a title that is a long question wraps."""

    DEFAULT_CSS = "TitleLine { height: auto; dock: top; }"

    def __init__(self, title: str = "", beside: str = "") -> None:
        super().__init__()
        self.title, self.beside = title, beside

    def show(self, title: str, beside: str = "") -> None:
        """Show another title."""
        if (title, beside) != (self.title, self.beside):
            before = len(self._lines(self.size.width))
            self.title, self.beside = title, beside
            self.refresh(layout=len(self._lines(self.size.width)) != before)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        """The title, on one line where something stands beside it."""
        whole = self.beside or width < 3 or cell_len(self.title) < width
        return [self.title] if whole else wrapped(self.title, width - 2)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = self._lines(width)
        most = max(width // 2, width - cell_len(self.title) - 3)
        room = min(cell_len(self.beside) + 2, most) if self.beside else 0
        pieces: list[Piece] = [(cut(" " + lines[y] if y < len(lines) else "", width - room), BOLD)]
        if room:
            pieces.append((right(self.beside, room - 1), PLAIN))
        return strip(pieces, width)


class TextLines(Widget):
    """A text wrapped at spaces, as high as it needs and nothing when it is empty; never read as markup."""

    DEFAULT_CSS = "TextLines { height: auto; padding: 0 1; }"

    def __init__(self, text: str = "", style: Style = PLAIN, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text, self.style_of_text = text, style

    def show(self, text: str, style: Style | None = None) -> None:
        """Show another text."""
        style = self.style_of_text if style is None else style
        if (text, style) != (self.text, self.style_of_text):
            self.text, self.style_of_text = text, style
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(wrapped(self.text, width)) if self.text and width > 0 else 0

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = wrapped(self.text, width) if self.text else []
        return strip([(lines[y], self.style_of_text)] if y < len(lines) else [], width)
