"""An action that asks: it waits for the answer of another screen where it stands, and goes on with it.

While a dialog is open its keys must not wait for the action that asked, and what was typed ahead must not overtake the
rest of the action once it is answered. So an action runs in the queue of whoever started it as far as its question, and
from the answer on in the queue the answer arrives in.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

from textual.screen import Screen

from config.errors import ExinError

Answer = TypeVar("Answer")


class Question(Generic[Answer]):
    """What an action awaits; only a `Conversation` knows what to do with it."""

    def __init__(self, screen: Screen[Answer]) -> None:
        self.screen = screen

    def __await__(self) -> Generator[Question[Answer], Answer | None, Answer | None]:
        return (yield self)


class Conversation:
    """An action with the questions it asks on the way; an error with a text is told by `failed`, wherever it comes."""

    def __init__(self, action: Coroutine[Any, Any, None], on: Screen[Any], failed: Callable[[ExinError], None]) -> None:
        self._action, self._on, self._failed = action, on, failed

    async def go_on(self, answer: Any = None) -> None:
        """Run the action from its start, or from an answer on, as far as its next question or its end."""
        try:
            question = await _Stretch(self._action, answer)
        except ExinError as error:
            self._failed(error)
            return
        if question is not None:
            await self._on.app.push_screen(question.screen, self.go_on)


class _Stretch:
    """Awaits a coroutine as far as its next question, None at its end."""

    def __init__(self, action: Coroutine[Any, Any, None], answer: Any) -> None:
        self._action, self._answer = action, answer

    def __await__(self) -> Generator[Any, Any, Question[Any] | None]:
        go_on: Callable[[Any], Any] = self._action.send
        value: Any = self._answer
        while True:
            try:
                awaited = go_on(value)
            except StopIteration:
                return None
            if isinstance(awaited, Question):
                return awaited
            try:
                go_on, value = self._action.send, (yield awaited)
            except BaseException as error:  # noqa: BLE001  # it is the action's, a cancelling too
                go_on, value = self._action.throw, error
