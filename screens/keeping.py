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

KEEP_AFTER: Final = 1.0
KEEP_AT_LEAST_EVERY: Final = 5.0


class Keeper:
    """Keeps what `wanted` answers for one form about one subject; None stands for nothing to keep."""

    def __init__(
        self, screen: CaseScreen[Any], form: str, subject: int, wanted: Callable[[], Mapping[str, str] | None]
    ) -> None:
        self._screen, self.form, self.subject, self._wanted = screen, form, subject, wanted
        self._timer: Timer | None = None
        self._unkept_since = 0.0
        self._in_vault: dict[str, str] | None = None
        self._ended = False

    @property
    def holds(self) -> bool:
        """Whether the vault holds something of it now."""
        return self._in_vault is not None

    async def found(self) -> KeptForm | None:
        """What was left unfinished before."""
        kept = await self._screen.case.store.ask(drafts.kept, self.form, self.subject)
        self._in_vault = kept[0].fields if kept else None
        return kept[0] if kept else None

    def soon(self) -> None:
        """Keep it when the person pauses, and after a few seconds where they do not."""
        if self._ended:
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
        wanted = self._wanted()
        kept = None if wanted is None else dict(wanted)
        if self._ended or kept == self._in_vault:
            return
        store = self._screen.case.store
        if kept is None:
            await store.note(drafts.drop, self.form, self.subject)
        else:
            await store.note(drafts.keep, self.form, self.subject, kept)
        self._in_vault = kept

    async def end(self) -> None:
        """It was saved: forget it, and keep nothing more of it."""
        self._ended = True
        self._stop()
        if self._in_vault is not None:
            await self._screen.case.store.note(drafts.drop, self.form, self.subject)
            self._in_vault = None

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
