"""A field in which several of a few things can be ticked: a line each, arrows go between them, Space ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from config.words import _
from screens.forms.choice_field import Option
from screens.forms.line_fields import About, FormField
from screens.widgets.line import BOLD, DIM, MARK, PLAIN, Piece, cut, strip


class TicksField(FormField, Widget, can_focus=True):
    """Holds the ids of what is ticked, space between; `read` answers them as a tuple, in the order of the options."""

    def __init__(self, about: About, options: Sequence[Option] = ()) -> None:
        super().__init__(id=f"field-{about.key}")
        self.about = about
        self.options: tuple[Option, ...] = ()
        self._ticked: tuple[str, ...] = ()
        self._at = 0
        self.offer(options)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these; a tick on what is not among them is gone."""
        self.options = tuple(options)
        self._at = min(self._at, max(0, len(self.options) - 1))
        self.styles.height = max(1, len(self.options))
        known = {option.value for option in self.options}
        self._set(tuple(value for value in self._ticked if value in known))
        self.refresh(layout=True)

    @property
    def written(self) -> str:
        return " ".join(option.value for option in self.options if option.value in self._ticked)

    def put(self, text: str) -> None:
        self._set(tuple(text.split()))

    def show(self, stored: Sequence[str]) -> str:
        return " ".join(stored)

    def read(self) -> Any:
        return tuple(self.written.split())

    @property
    def hint(self) -> str:
        return self.about.hint or _("↑ ↓ between them, Space ticks; Tab goes on.")

    def _set(self, ticked: tuple[str, ...]) -> None:
        before, self._ticked = self.written, ticked
        if self.written != before:
            self.refresh()
            if self.is_mounted:
                self.post_message(self.Edited(self))

    def on_key(self, event: events.Key) -> None:
        """Take what moves inside and what ticks; at the ends, and for every other key, the form goes on."""
        if event.key == "space" and self.options:
            value = self.options[self._at].value
            ticked = [one for one in self._ticked if one != value]
            self._set(tuple(ticked) if value in self._ticked else (*ticked, value))
        elif event.key == "up" and self._at > 0:
            self._go(self._at - 1)
        elif event.key == "down" and self._at < len(self.options) - 1:
            self._go(self._at + 1)
        elif event.key == "enter":
            self.screen.focus_next()
        else:
            return
        event.stop()
        event.prevent_default()

    def _go(self, place: int) -> None:
        self._at = place
        self.refresh()
        # On a low terminal the form may show only some of the lines.
        self.screen.scroll_to_widget(self, animate=False)

    def on_paste(self, event: events.Paste) -> None:
        """A text ticks nothing."""
        event.stop()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self._at = 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self.veiled or y >= len(self.options):
            return super().render_line(y) if self.veiled else strip([], width)
        option = self.options[y]
        ticked = option.value in self._ticked
        here = self.has_focus and y == self._at
        pieces: list[Piece] = [("[x] " if ticked else "[ ] ", BOLD if ticked else DIM)]
        pieces.append((cut(option.label, width - 5).rstrip(), MARK if here else PLAIN))
        return strip(pieces, width)
