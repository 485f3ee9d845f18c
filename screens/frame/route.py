"""A screen by name, so that whoever opens it need not import it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from inspect import isawaitable
from typing import Any, Generic, ParamSpec

from msgspec import Struct
from textual.screen import Screen

from screens.frame.case import Case

P = ParamSpec("P")


class Route(Struct, Generic[P], frozen=True):
    """Where a screen is made: its class, or a function of `module` that answers it, at once or awaited.

    The parameters in brackets are what it is made of after the case. They are the caller's promise, which a test holds
    against what stands at `name`: a class that is imported only when it is opened cannot tell them itself.
    """

    module: str
    name: str
    kept: bool = False
    """Made once, of the case alone; it stays, and is turned to what each opening asks for (`CaseScreen.turn_to`)."""
    quiet: bool = False
    """What is done there is said there and saved at once: its answer is no news to whom it comes back."""
    reads: bool = False
    """A form about what is there is opened as a page to read, from which a key goes on to correct it."""

    def load(self) -> Callable[..., Any]:
        """What makes the screen."""
        made: Callable[..., Any] = getattr(import_module(self.module), self.name)
        return made

    async def __call__(self, case: Case, *args: P.args, **kwargs: P.kwargs) -> Screen[Any]:
        """Make the screen, not shown yet."""
        made = self.load()(case, *args, **kwargs)
        if self.reads:
            made = made.to_read()
        screen: Screen[Any] = await made if isawaitable(made) else made
        return screen
