"""Keys one after the other: what is typed ahead goes where it would have gone had the person waited."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Final, Generic, TypeVar

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

Result = TypeVar("Result")

_ROUNDS: Final = 2
"""One behind the key itself, one behind what the key's handler sent in its turn."""

_DEAF_AT_MOST: Final = 2.0
"""Seconds after which keys are taken again where what was to be drawn first never was."""

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

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._busy = False
        self._number = 0
        self._done = True
        self._typed_into: MessagePump | None = None
        self._deaf: asyncio.TimerHandle | None = None

    # ------------------------------------------------------------------ what was typed for what is not there any more

    def forget_ahead(self) -> None:
        """Forget what was typed ahead: it was meant for what did not come. What was pasted is put aside."""
        for event in self._ahead:
            if isinstance(event, events.Paste):
                self.put_aside(event.text)
        self._ahead.clear()

    def deafen(self) -> None:
        """Forget what was typed ahead and what is typed until `hear`: nobody has seen yet what it would start."""
        self.forget_ahead()
        self.hear()
        self._deaf = asyncio.get_running_loop().call_later(_DEAF_AT_MOST, self.hear)

    def hear(self) -> None:
        """Take keys again, now that what they start stands on the screen."""
        if self._deaf is not None:
            self._deaf.cancel()
        self._deaf = None

    def put_aside(self, text: str) -> None:
        """Keep a text that nothing takes; a subclass has a place for it."""

    # ------------------------------------------------------------------ one key after the other

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while the one before is at work."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            # What Enter sends on (a line that was submitted) is still under way.
            self._done = not isinstance(event, events.Key) or event.key != "enter"
        elif self._deaf is not None:
            if isinstance(event, events.Paste):
                self.put_aside(event.text)
        else:
            self._ahead.append(event)
            if not self._busy:
                await self._next()

    async def _next(self) -> None:
        """Give the first key that waits if the one before is surely dealt with, else look where that is."""
        while self._ahead:
            into = self._taker(self._ahead[0])
            if not (self._done or (into is not None and into is self._typed_into)):
                self._busy = True
                await self._mark(_ROUNDS)
                return
            self._typed_into, self._done = into, False
            await super().on_event(self._ahead.popleft())
        self._busy = False

    def _taker(self, event: events.Key | events.Paste) -> MessagePump | None:
        """The field that takes a letter as text, and so in its order, whatever is still under way in it."""
        field = self.focused
        if field is None or not isinstance(event, events.Key):
            return None
        return field if field.check_consume_key(event.key, event.character) else None

    async def _mark(self, rounds: int) -> None:
        self._number += 1
        number = self._number
        target: MessagePump = self.focused or self.screen
        if target.post_message(_Mark(number, rounds)):
            asyncio.get_running_loop().call_later(_LOST, self._look_for, number)
        else:
            await self._dealt_with()

    def _look_for(self, number: int) -> None:
        if self._busy and number == self._number and self.is_running:
            self._number += 1
            screen_is_there = (self.focused or self.screen).is_running
            self.post_message(_Mark(self._number, _ROUNDS + 1 if screen_is_there else 1))

    async def on__mark(self, mark: _Mark) -> None:
        """Everything sent before the mark has been dealt with."""
        if not self._busy or mark.number != self._number:
            return
        if mark.rounds > 1:
            await self._mark(mark.rounds - 1)
        else:
            await self._dealt_with()

    async def _dealt_with(self) -> None:
        self._done = True
        await self._next()
