"""A field with a few values: arrows or space go round, a letter jumps, nothing opens over the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import Struct
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from config.words import _
from models.values.text import fold
from screens.forms.line_fields import About, FormField
from screens.widgets.line import BOLD, DIM, MARK, strip

NONE: Final = "–"


class Option(Struct, frozen=True):
    """One value: what is stored, what is shown, and the letter that chooses it where it has one of its own."""

    value: str
    label: str
    letter: str = ""


def options_of(named: Iterable[Any]) -> list[Option]:
    """What of the programme has an id and a name, as values to choose from."""
    return [Option(one.id, str(one.name)) for one in named]


class ChoiceField(FormField, Widget, can_focus=True):
    """Shows the chosen value between two angles while it has the focus; a value outside the list stays as it is."""

    def __init__(self, about: About, options: Sequence[Option] = (), *, empty: bool = True) -> None:
        super().__init__(id=f"field-{about.key}")
        self.about = about
        self.empty = empty
        self._value = ""
        self.options: tuple[Option, ...] = ()
        self.offer(options)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these values; what is chosen stays."""
        self.options = (Option("", NONE), *options) if self.empty else tuple(options)
        if not self._value and not self.empty and self.options:
            self._value = self.options[0].value
        self.refresh()

    @property
    def written(self) -> str:
        return self._value

    def put(self, text: str) -> None:
        if text != self._value:
            self._value = text
            self.refresh()
            if self.is_mounted:
                self.post_message(self.Edited(self))

    @property
    def hint(self) -> str:
        if self.about.hint:
            return self.about.hint
        return _("← → or Space for the next, or a letter: {names}").format(
            names=" · ".join(option.label for option in self.options if option.value)
        )

    @property
    def shown(self) -> str:
        """The label of the chosen value."""
        return next((option.label for option in self.options if option.value == self._value), self._value)

    def step(self, places: int) -> None:
        """Go on by so many values, round the end."""
        values = [option.value for option in self.options]
        if values:
            here = values.index(self._value) if self._value in values else -1 if places > 0 else 0
            self.put(values[(here + places) % len(values)])

    def on_key(self, event: events.Key) -> None:
        """Take what chooses; every other key goes on to the form."""
        if event.key in ("left", "right"):
            self.step(1 if event.key == "right" else -1)
        elif event.key == "space":
            self.step(1)
        elif event.key == "enter":
            self.screen.focus_next()
        elif event.key in ("backspace", "delete"):
            if self.empty:
                self.put("")
        elif event.is_printable and event.character:
            self._jump(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _jump(self, letter: str) -> None:
        """To the value with this letter, or to the next one whose name begins with it."""
        named = [option for option in self.options if option.letter == letter.lower()]
        if named:
            self.put(named[0].value)
            return
        found = [option.value for option in self.options if option.value and fold(option.label)[:1] == fold(letter)]
        if found:
            here = found.index(self._value) if self._value in found else -1
            self.put(found[(here + 1) % len(found)])

    def on_paste(self, event: events.Paste) -> None:
        """A text chooses nothing."""
        event.stop()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y:
            return strip([], self.size.width)
        if self.has_focus:
            return strip([("< ", BOLD), (self.shown, MARK), (" >", BOLD)], self.size.width)
        return strip([(self.shown, DIM if not self._value else self.rich_style)], self.size.width)
