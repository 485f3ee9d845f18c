"""What one session compares with, and adds to, what its person remembers of the vault outside it."""

from __future__ import annotations

from typing import Final

from config.dates import format_moment
from config.errors import ExinError
from config.words import _
from models.storage import last_seen
from models.storage.last_seen import OlderThanSeen
from models.storage.reading import Reading
from models.vault.engine_errors import ENGINE_ERRORS
from models.vault.unlocked import Unlocked

_NOT_READ: Final[tuple[type[Exception], ...]] = (*ENGINE_ERRORS, ExinError)


class Remembering:
    """The memory of whoever has the session; without one, nothing is compared and nothing kept.

    `told` is what the person is to be told, in sentences.
    """

    def __init__(self, memory: last_seen.Memory | None) -> None:
        self._memory = memory
        self._generation = 0
        self.told: tuple[str, ...] = ()

    def compare(self, reading: Reading, unlocked: Unlocked) -> OlderThanSeen | None:
        """What is wrong with this state of the vault by what is remembered of it; takes up what is to be told."""
        if self._memory is None:
            return None
        seen, trouble = self._memory.recall(unlocked.vault_id, unlocked.slot_id or last_seen.RECOVERY)
        self.told = (trouble,) if trouble else ()
        if seen is None:
            return None
        # Whoever accepts an older state does so for everybody, but for nobody another root than the one they know.
        foreign = bool(seen.root) and not unlocked.follows_root(seen.root)
        if foreign or not last_seen.follows(reading, unlocked.generation, unlocked.signed_generation, seen):
            count, _head = last_seen.reached(reading._database)
            return OlderThanSeen(unlocked.place.folder, seen, reading.clock.local(seen.at), count)
        text = _("{who} went on with an older state of this vault, {moment}: what had been written since is not in it.")
        self.told += tuple(
            text.format(who=one.who or _("The recovery key"), moment=format_moment(reading.clock.local(one.at)))
            for one in last_seen.accepted_since(reading, unlocked.signed_generation, seen)
        )
        return None

    def keep(self, reading: Reading, unlocked: Unlocked, *, wait: bool = True, journal: bool = False) -> None:
        """Remember how far the vault has come; what cannot be remembered is told at an opening and else no matter.

        Without `wait` the system chooses when it goes to the disk; with `journal` the machine's is told, too.
        """
        if self._memory is None:
            return
        try:
            count, head = last_seen.reached(reading._database)
        except _NOT_READ:
            return
        vault, slot = unlocked.vault_id, unlocked.slot_id or last_seen.RECOVERY
        former, _trouble = self._memory.recall(vault, slot)
        self._generation = unlocked.generation
        generation, root = self._generation, unlocked.root
        if former is not None and former.generation > generation:
            # Another session of the same person has read newer slots.
            generation, root = former.generation, former.root
        seen = last_seen.Seen(vault, slot, generation, count, head, reading.clock.seconds(), root)
        if trouble := self._memory.keep(seen, wait=wait):
            self.told += (trouble,)
        if journal:
            last_seen.journal(seen)

    def keep_ways_in(self, reading: Reading, unlocked: Unlocked) -> None:
        """Remember at once that this session has changed the ways in; what else it saves is remembered at its end."""
        if unlocked.generation != self._generation:
            self.keep(reading, unlocked)
