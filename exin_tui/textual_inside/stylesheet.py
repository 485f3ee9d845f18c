"""The stylesheet of the screens: every piece of CSS is parsed once, and the board's while the person still types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode

_Piece = tuple[str, CSSLocation, bool, int, str]


class KeptStylesheet(Stylesheet):
    """Textual's, which parses all CSS there is anew whenever a screen brings some of its own: half a first opening."""

    _parsed: ClassVar[dict[frozenset[tuple[str, str]], dict[_Piece, list[RuleSet]]]] = {}
    """What was parsed, by the variables it was parsed with; rules are only read afterwards."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._kept = self._parsed.setdefault(frozenset(self._variables.items()), {})

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables, with what was parsed with them before."""
        super().set_variables(variables)
        self._kept = self._parsed.setdefault(frozenset(variables.items()), {})

    def has_variables(self, variables: dict[str, str]) -> bool:
        """Whether these are in force already."""
        return self._variables == variables

    def reparse(self) -> None:
        """Take up sources that were added; raises what `parse` raises."""
        self.parse()

    def prepare(self, kinds: Iterable[type[DOMNode]]) -> None:
        """Parse ahead what widgets of these classes bring; only speed depends on it."""
        for kind in kinds:
            # The classes are asked without a widget, for there is no app yet to make one in.
            for read_from, css, tie_breaker, scope in kind._get_default_css(kind.__new__(kind)):
                self.add_source(css, read_from, is_default_css=True, tie_breaker=tie_breaker, scope=scope)
            # After each, as a screen does: what comes later may move the rank of what came before.
            self.parse()

    def _parse_rules(
        self, css: str, read_from: CSSLocation, is_default_rules: bool = False, tie_breaker: int = 0, scope: str = ""
    ) -> list[RuleSet]:
        piece = css, read_from, is_default_rules, tie_breaker, scope
        found = self._kept.get(piece)
        if found is None:
            found = self._kept[piece] = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
        return found
