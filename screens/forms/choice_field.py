"""Fields with a few values, of which one is chosen or several are ticked; nothing opens over the form."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from rich.cells import cell_len
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from config.programme.labels import Ground
from config.programme.shapes import Programme
from config.words import _, n_
from models.consents.disclosures import GROUNDS, OTHER
from models.values.text import clean_line, fold
from screens.forms.line_fields import HIDDEN, About, FormField
from screens.frame.chooser import Option, named
from screens.widgets.line import BOLD, DIM, MARK, PLAIN, Piece, cut, strip, wrapped

NONE: Final = "–"
PAUSE_SECONDS: Final = 1.5
"""Letters with a longer pause between them are not one word."""
GLIMPSE: Final = 30
SURELY_SEEN: Final = 140
"""A hint that takes more cells may be cut at 80 columns."""


class Typed:
    """What is typed into a field that is chosen in, letter by letter, until another key or a pause."""

    def __init__(self) -> None:
        self.text = ""
        self.before = ""
        self._last = 0.0

    def add(self, letter: str, value: str) -> str:
        """All that was typed in one go; `value` is what stands in the field now, and `before` what did at its start."""
        now = time.monotonic()
        if now - self._last > PAUSE_SECONDS:
            self.text = ""
        if not self.text:
            self.before = value
        self.text, self._last = self.text + letter, now
        return self.text

    def end(self) -> None:
        """What is typed next is something new."""
        self.text = ""

    @property
    def is_word(self) -> bool:
        """Whether somebody is typing, so that a space belongs to it."""
        return bool(self.text) and time.monotonic() - self._last <= PAUSE_SECONDS


def here_is_chosen(text: str, field: FormField) -> str:
    """The sentence for what was typed or pasted where one chooses."""
    line = clean_line(text, limit=sys.maxsize)
    shown = HIDDEN if field.private else line if len(line) <= GLIMPSE else line[:GLIMPSE] + "…"
    return _("{field}: here one chooses; “{text}” was not put in.").format(field=field.about.label, text=shown)


class ChoiceField(FormField, Widget, can_focus=True):
    """Arrows or space go round, a letter jumps, more letters look for a name; a value outside the list stays as it is.

    A word that is no name's beginning is refused aloud, and what stood before it was typed stands again. Those that are
    `of_people` are found by the later words of their names, too.
    """

    of_people = False

    def __init__(self, about: About, options: Sequence[Option] = (), *, empty: bool = True) -> None:
        super().__init__(id=f"field-{about.key}")
        self.about = about
        self.empty = empty
        self._value = ""
        self._typed = Typed()
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
        return self._offering(self._names())

    def hint_within(self, width: int, lines: int) -> str:
        """All names where they have room, else as many as have, and how many more → leads to."""
        names = self._names()
        if not self.about.hint and len(wrapped(self.hint, width)) > lines:
            for count in range(len(names) - 1, 0, -1):
                left = len(names) - count
                more = n_("and {count} more: →", "and {count} more: →", left).format(count=left)
                told = self._offering([*names[:count], more])
                if len(wrapped(told, width)) <= lines:
                    return told
        return self.hint

    def _names(self) -> list[str]:
        values = [one for one in self.options if one.value]
        if cell_len(self._offering([one.label for one in values])) > SURELY_SEEN:
            # What comes next is told first, so that whoever goes through them sees every one.
            here = next((place for place, one in enumerate(values, 1) if one.value == self._value), 0)
            values = [*values[here:], *values[:here]]
        return [one.label for one in values]

    def _offering(self, names: Sequence[str]) -> str:
        return _("← → or Space for the next, or a letter: {names}").format(names=" · ".join(names))

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
        if event.is_printable and event.character and (event.key != "space" or self._typed.is_word):
            self._type(event.character)
            event.stop()
            event.prevent_default()
            return
        self._typed.end()
        if event.key in ("left", "right"):
            self.step(1 if event.key == "right" else -1)
        elif event.key == "space":
            self.step(1)
        elif event.key == "enter":
            self.screen.focus_next()
        elif event.key in ("backspace", "delete"):
            if self.empty:
                self.put("")
        else:
            return
        event.stop()
        event.prevent_default()

    def _type(self, letter: str) -> None:
        """A first letter jumps, and so does the same one again; more are the beginning of a name, or refused."""
        written = self._typed.add(letter, self._value)
        begun = fold(written)
        names = self._named(begun)
        if len(written) > 1 and names:
            self.put(names[0])
        elif len(set(written.lower())) > 1 or not self._jump(letter):
            self.put(self._typed.before)
            self.refuse(here_is_chosen(written, self))

    def _jump(self, letter: str) -> bool:
        """To the value with this letter, or to the next one whose name begins with it; answers whether there is one."""
        named = [option for option in self.options if option.key == letter.lower()]
        if named:
            self.put(named[0].value)
            return True
        found = self._named(fold(letter))
        if found:
            here = found.index(self._value) if self._value in found else -1
            self.put(found[(here + 1) % len(found)])
        return bool(found)

    def _named(self, begun: str) -> list[str]:
        """The values whose names begin so; where they are people's, else those in which a later word does."""
        names = [(option.value, fold(option.label)) for option in self.options if option.value]
        first = [value for value, name in names if name.startswith(begun)]
        return first or [value for value, name in names if self.of_people and f" {begun}" in name]

    def on_blur(self) -> None:
        self._typed.end()

    def on_paste(self, event: events.Paste) -> None:
        """A text chooses nothing."""
        event.stop()
        self.refuse(here_is_chosen(event.text, self))

    def render_line(self, y: int) -> Strip:
        if self.veiled:
            return super().render_line(y)
        if y:
            return strip([], self.size.width)
        if self.has_focus:
            return strip([("< ", BOLD), (self.shown, MARK), (" >", BOLD)], self.size.width)
        return strip([(self.shown, DIM if not self._value else self.rich_style)], self.size.width)


class TicksField(FormField, Widget, can_focus=True):
    """A line each, arrows go between them, Space ticks.

    Holds the values that are ticked, space between; `read` answers them as a tuple, in the order of the options.
    """

    def __init__(self, about: About, options: Sequence[Option] = ()) -> None:
        super().__init__(id=f"field-{about.key}")
        self.about = about
        self.options: tuple[Option, ...] = ()
        self._ticked: tuple[str, ...] = ()
        self._at = 0
        self._typed = Typed()
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

    def show(self, stored: Sequence[str]) -> str:
        return " ".join(stored)

    def put(self, text: str) -> None:
        self._set(tuple(text.split()))

    def read(self) -> Any:
        return tuple(self.written.split())

    @property
    def shown(self) -> str:
        """The labels of what is ticked, a line each."""
        return "\n".join(option.label for option in self.options if option.value in self._ticked)

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
        if event.is_printable and event.character and (event.key != "space" or self._typed.is_word):
            self.refuse(here_is_chosen(self._typed.add(event.character, ""), self))
            event.stop()
            event.prevent_default()
            return
        self._typed.end()
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
        self.refuse(here_is_chosen(event.text, self))

    def on_blur(self) -> None:
        self._at = 0
        self._typed.end()

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


class AgencyField(ChoiceField):
    """A choice of one agency."""

    def __init__(self, about: About, programme: Programme) -> None:
        super().__init__(about, named(programme.agencies), empty=False)

    @property
    def hint(self) -> str:
        return _("← → or the first letter: {count} agencies.").format(count=len(self.options))


class RoleField(ChoiceField):
    """A choice of one role of the agency that is chosen beside it; with `empty`, of none."""

    def __init__(self, about: About, programme: Programme, *, empty: bool = False) -> None:
        super().__init__(about, empty=empty)
        self.programme = programme

    def follow(self, agency: str) -> None:
        """Offer the roles of `agency`; a role of another one gives way to the first."""
        roles = self.programme.agency(agency).roles
        known = {role.id for role in roles}
        if self.written not in known and (self.written or not self.empty):
            self.put("" if self.empty or not roles else roles[0].id)
        self.offer(named(roles))


def grounds(programme: Programme, on: date) -> list[Option]:
    """The grounds of the programme's data that hold on a day, and last the one for words of one's own."""
    known = named(one for one in programme.choices.get(GROUNDS, ()) if not isinstance(one, Ground) or one.holds(on))
    own = next((option for option in known if option.value == OTHER), Option(OTHER, _("Another ground (say which)")))
    return [*(option for option in known if option.value != OTHER), own]
