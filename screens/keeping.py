"""Keeping what is half written inside the vault: soon after it changed, and at once where nobody may come back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from textual.timer import Timer

from config.errors import ExinError
from models import drafts
from models.drafts import KeptForm
from screens.base import CaseScreen

Kept = Mapping[str, str]
KEEP_AFTER: Final = 1.0
KEEP_AT_LEAST_EVERY: Final = 5.0


class Keeper:
    """Keeps what `wanted` answers under `name`, a form's and the number of what it is about; None is nothing to keep.

    `kept` is what the vault holds of it, and `ended` says that nothing more is kept.
    """

    def __init__(
        self, screen: CaseScreen[Any], name: Callable[[], tuple[str, int]], wanted: Callable[[], Kept | None]
    ) -> None:
        self._screen, self._name, self._wanted = screen, name, wanted
        self._timer: Timer | None = None
        self._unkept_since = 0.0
        self.kept: Kept | None = None
        self.ended = False

    async def found(self) -> KeptForm | None:
        """What was left unfinished before."""
        found = await self._screen.case.store.ask(drafts.kept, *self._name())
        self.kept = found[0].fields if found else None
        return found[0] if found else None

    def soon(self) -> None:
        """Keep it when the person pauses, and after a few seconds where they do not."""
        if self.ended:
            return
        now = time.monotonic()
        if self._timer is None:
            self._unkept_since = now
        else:
            self._timer.stop()
        left = self._unkept_since + KEEP_AT_LEAST_EVERY - now
        self._timer = self._screen.set_timer(max(0.0, min(KEEP_AFTER, left)), self.now_or_say)

    async def now_or_say(self) -> None:
        """Keep it, and say what hinders that."""
        try:
            await self.now()
        except ExinError as error:
            self._screen.say(error.text, warn=True)

    async def now(self) -> None:
        """Keep it as it stands; where the vault holds just that, it is not asked: it may be closed by now."""
        self._stop()
        wanted = None if self.ended else self._wanted()
        if self.ended or wanted == self.kept:
            return
        if wanted is None:
            await self._screen.case.store.note(drafts.drop, *self._name())
        else:
            await self._screen.case.store.note(drafts.keep, *self._name(), dict(wanted))
        self.kept = wanted

    async def end(self) -> None:
        """It was saved: forget it, and keep nothing more of it."""
        self.leave()
        if self.kept is not None:
            await self._screen.case.store.note(drafts.drop, *self._name())
            self.kept = None

    def leave(self) -> None:
        """Keep nothing more of it; what is kept stays."""
        self.ended = True
        self._stop()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
