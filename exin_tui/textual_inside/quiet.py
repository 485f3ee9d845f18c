"""An App that sends only the cells that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from rich.console import RenderableType
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.strip import Strip

from exin_tui.display.looks import Looks
from exin_tui.display.painter import Painter

if TYPE_CHECKING:
    from textual.screen import Screen

Result = TypeVar("Result")

_CHUNK: Final = 8192


class QuietDisplay(App[Result], Generic[Result]):
    """An App whose last step of drawing is another one, from compositor to driver.

    With `delta_display` false, or for anything that is no compositor update, Textual's own path is taken.
    """

    delta_display: bool = True
    _painter: Painter | None = None

    def repaint_all(self) -> None:
        """Put the terminal's modes right, clear it and write everything, for a screen that something else spoiled."""
        self._forget_display(recover=True)
        self._show_everything()

    def display_restarted(self) -> None:
        """Write everything again, because the terminal was given away and came back; called by the driver."""
        self._forget_display()
        # A restart may come from a signal, in the middle of anything: draw when the loop is free.
        if self._loop is not None and self._running:
            self._loop.call_soon_threadsafe(self._show_everything)

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Textual's suspend, after which nothing is assumed of the terminal."""
        with super().suspend():
            yield
        self._forget_display()
        self._show_everything()

    def on_resize(self, event: events.Resize) -> None:
        """Forget what is shown: terminals move lines about when their size changes, even if it changes back."""
        if self._painter is not None and self._painter.valid:
            self._forget_display()
            if event.size == self._size:
                # Textual draws nothing for a size it already has.
                self.call_later(self._show_everything)

    def _forget_display(self, *, recover: bool = False) -> None:
        if self._painter is not None:
            self._painter.invalidate(recover=recover)

    def _show_everything(self) -> None:
        if not self._running or self._closed or not self._screen_stack or self._batch_count:
            return
        with self._context():
            self._display(self.screen, self._full_update(self.screen))

    def _full_update(self, screen: Screen[Any]) -> LayoutUpdate | None:
        update = screen._compositor.render_update(full=True, screen_stack=self._background_screens)
        return update if isinstance(update, LayoutUpdate) else None

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send what `renderable` changes, in one write between the marks of a synchronised update."""
        if not self.delta_display or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            if renderable is not None:
                self._forget_display()
            super()._display(screen, renderable)
            return
        try:
            driver = self._driver
            if self._batch_count or not self._running or self._closed or self.is_headless or driver is None:
                return
            try:
                sequence = self._paint(screen, renderable)
            except Exception as error:  # noqa: BLE001 - Textual's own drawing ends in the same handler
                self._forget_display()
                self._handle_exception(error)
                return
            if sequence:
                self._send(driver, sequence)
        finally:
            self.post_display_hook()

    def _paint(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> str:
        painter = self._painter
        if painter is None:
            looks = Looks(self.console._color_system, resets_only=self.no_color)
            painter = self._painter = Painter(looks)
        width, height = screen._compositor.size
        if (painter.width, painter.height) != (width, height):
            painter.invalidate()
        if not painter.valid:
            if not isinstance(update, LayoutUpdate):
                full = self._full_update(screen)
                if full is None:
                    return ""
                update = full
            painter.begin(width, height)
        for x, y, strip, length in _placements(update):
            painter.place(x, y, strip, length)
        cursor = screen.outer_size.clamp_offset(self.cursor_position)
        self._previous_cursor_position = cursor
        return painter.flush((cursor.x, cursor.y))

    def _send(self, driver: Driver, sequence: str) -> None:
        if self._sync_available:
            sequence = f"{SYNC_START}{sequence}{SYNC_END}"
        # Python on Windows loses parts of long writes to a console.
        for start in range(0, len(sequence), _CHUNK):
            driver.write(sequence[start : start + _CHUNK])
        driver.flush()


def _placements(update: LayoutUpdate | ChopsUpdate) -> Iterable[tuple[int, int, Strip, int]]:
    """Each strip with its place: x, y, the strip, and the cells it covers."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                length = strip.cell_length
                yield x, y, strip, length
                x += length
        return
    for y, first, last in update.spans:
        if not 0 <= y < len(update.chops):
            continue
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            # A chop that a span touches is rendered whole, and whole it is recognised when it comes again.
            if chop is not None and x < last and end > first:
                yield x, y, chop, end - x
