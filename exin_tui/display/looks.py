"""Styles as small numbers, and the shortest codes from one to another."""

from __future__ import annotations

from typing import Final, NamedTuple

from rich.color import Color, ColorSystem
from rich.style import Style
from textual.strip import SGR_STYLES

_CACHE_LIMIT: Final = 8192
_OFF_CODES: Final = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
"""What turns each of Rich's thirteen attributes off, in the order of its bits."""

_VISIBLE_ON_BLANK: Final = sum(1 << bit for bit in (3, 4, 5, 6, 8, 9, 10, 11, 12))
"""Underlines, blink, reverse, strike, frames: a space shows them. Bold, dim, italic, conceal it does not."""

DEFAULT: Final = 0
"""The number of the terminal's own look: no attribute, default colours."""


class Look(NamedTuple):
    """What a cell's style amounts to on this terminal; `fore` and `back` are codes, empty for the default."""

    attributes: int
    fore: str
    back: str


class Looks:
    """Numbers every look met, and knows the codes between two of them.

    `resets_only` is for terminals of the vt100 kind, which cannot turn one attribute off.
    """

    def __init__(self, color_system: ColorSystem | None, *, resets_only: bool = False) -> None:
        # Textual draws in full colour where Rich found none; its own path does the same.
        self._color_system = color_system or ColorSystem.TRUECOLOR
        self._resets_only = resets_only
        self._looks: list[Look] = [Look(0, "", "")]
        self._numbers: dict[Look, int] = {self._looks[DEFAULT]: DEFAULT}
        self._blanks: list[int] = [DEFAULT]
        self._styles: dict[Style | None, int] = {None: DEFAULT}
        self._codes: dict[tuple[int, int], str] = {}

    def number(self, style: Style | None) -> int:
        """The number of what `style` looks like here; styles that differ in meta data alone share one."""
        found = self._styles.get(style)
        if found is None:
            if len(self._styles) > _CACHE_LIMIT:
                self._styles = {None: DEFAULT}
            found = self._styles[style] = self._intern(self._look(style))
        return found

    def blank(self, number: int) -> int:
        """The number of what a space in that look shows: two looks with the same blank differ by no pixel there."""
        return self._blanks[number]

    def codes(self, before: int, after: int) -> str:
        """The shortest control sequence that turns the pen from `before` to `after`; empty when they are one."""
        if before == after:
            return ""
        found = self._codes.get((before, after))
        if found is None:
            if len(self._codes) > _CACHE_LIMIT:
                self._codes.clear()
            found = self._codes[before, after] = self._shortest(self._looks[before], self._looks[after])
        return found

    def _intern(self, look: Look) -> int:
        number = self._numbers.get(look)
        if number is None:
            number = self._numbers[look] = len(self._looks)
            self._looks.append(look)
            self._blanks.append(number)
            shown = look.attributes & _VISIBLE_ON_BLANK
            # Reverse and lines are drawn in the foreground colour, so there it stays.
            self._blanks[number] = self._intern(Look(shown, look.fore if shown else "", look.back))
        return number

    def _look(self, style: Style | None) -> Look:
        if style is None:
            return self._looks[DEFAULT]
        attributes = style._attributes & style._set_attributes
        return Look(attributes, self._color(style.color, foreground=True), self._color(style.bgcolor, foreground=False))

    def _color(self, color: Color | None, *, foreground: bool) -> str:
        if color is None or color.is_default:
            return ""
        return ";".join(color.downgrade(self._color_system).get_ansi_codes(foreground))

    def _shortest(self, before: Look, after: Look) -> str:
        afresh = [code for bit, code in enumerate(SGR_STYLES) if after.attributes & (1 << bit)]
        afresh += [code for code in (after.fore, after.back) if code]
        reset = f"\x1b[;{';'.join(afresh)}m" if afresh else "\x1b[m"
        if self._resets_only:
            return reset
        changed = self._changes(before, after)
        delta = f"\x1b[{';'.join(changed)}m"
        return delta if len(delta) <= len(reset) else reset

    @staticmethod
    def _changes(before: Look, after: Look) -> list[str]:
        off: list[str] = []
        for bit, code in enumerate(_OFF_CODES):
            if before.attributes & ~after.attributes & (1 << bit) and code not in off:
                off.append(code)
        # One off code may put out two attributes (bold and dim): light again what should stay.
        on = [
            code
            for bit, code in enumerate(SGR_STYLES)
            if after.attributes & (1 << bit) and (not before.attributes & (1 << bit) or _OFF_CODES[bit] in off)
        ]
        if before.fore != after.fore:
            on.append(after.fore or "39")
        if before.back != after.back:
            on.append(after.back or "49")
        return off + on
