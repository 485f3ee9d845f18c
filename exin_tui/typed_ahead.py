"""Keys one after the other: what is typed ahead goes where it would have gone had the person waited."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any, Final, Generic, TypeVar

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

Result = TypeVar("Result")

_ROUNDS: Final = 2
"""One behind the key itself, one behind what the key's handler sent in its turn."""

_APART: Final = 1.0
"""Seconds after which a key is taken to be dealt with, so that slow typing costs nothing."""

_LOST: Final = 0.2
"""Seconds after which a mark that has not come back is sent again: the screen it was on may have closed."""


class _Mark(Message, bubble=True):
    """Follows a key through the same queues; when it is back at the app, so is everything before it."""

    def __init__(self, number: int, rounds: int) -> None:
        super().__init__()
        self.number, self.rounds = number, rounds


class TypedAhead(App[Result], Generic[Result]):
    """An App that gives the next key or paste to its screen only when the one before has done its work.

    Textual sends keys to the widget that has the focus when they arrive and looks their bindings up when they come
    back; of a burst, as slow lines bring it, letters meant for a form that is just opening would be lost and its
    function keys would act.
    """

    _busy = False
    _number = 0
    _last = 0.0

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ahead: deque[events.Key | events.Paste] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while the one before is at work."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._ahead.append(event)
        if self._busy:
            return
        if time.monotonic() - self._last > _APART:
            await self._give()
        else:
            self._busy = True
            await self._mark(_ROUNDS)

    async def _give(self) -> None:
        """Give the next key to its screen, and send a mark after it when there are more."""
        event = self._ahead.popleft()
        await super().on_event(event)
        self._last = time.monotonic()
        self._busy = bool(self._ahead)
        if self._busy:
            await self._mark(_ROUNDS)

    async def _mark(self, rounds: int) -> None:
        self._number += 1
        number = self._number
        target: MessagePump = self.focused or self.screen
        if target.post_message(_Mark(number, rounds)):
            asyncio.get_running_loop().call_later(_LOST, self._look_for, number)
        else:
            await self._give()

    def _look_for(self, number: int) -> None:
        if self._busy and number == self._number and self.is_running:
            self._number += 1
            self.post_message(_Mark(self._number, 1 if self._screen_is_gone() else _ROUNDS + 1))

    def _screen_is_gone(self) -> bool:
        return not (self.focused or self.screen).is_running

    async def on__mark(self, mark: _Mark) -> None:
        """Everything sent before the mark has been dealt with."""
        if not self._busy or mark.number != self._number:
            return
        if mark.rounds > 1:
            await self._mark(mark.rounds - 1)
        else:
            await self._give()
