"""The sealed caseload as the program uses it: one thread that reads and writes, awaited by the screens.

`ask` runs a function of a `Reading`, `change` one of a `Work`, both by name:
`await store.change(timeline.record, participant, values)`. What a change is called in the audit, it declares itself:
see `models.storage.actions`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from config.errors import ExinError, ExitCode
from config.programme.shapes import Programme
from config.words import _
from models.cards.upkeep import draw_card
from models.checklists import tally as checklist_tally
from models.followers import follow
from models.schema import bring_up_to_date
from models.storage.actions import id_of
from models.storage.reading import FOUNDER, Actor, Cache, Reading
from models.storage.work import Work
from models.storage.writing import Writing
from models.team import staff
from models.values.clock import Clock
from models.vault.engine_errors import ENGINE_ERRORS
from models.vault.errors import (
    Busy,
    CannotUnlock,
    DamagedPages,
    DiskFull,
    KeyNoLongerFits,
    ReadOnlyPlace,
    Revoked,
    explain,
)
from models.vault.files import exclusively
from models.vault.place import VaultPlace

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked

P = ParamSpec("P")
T = TypeVar("T")

_EXPLAINED: Final[tuple[type[Exception], ...]] = (*ENGINE_ERRORS, KeyNoLongerFits)
_ROTATIONS: Final = 5
"""How often the key may be rotated while one question waits for its turn."""
_NOT_LOOKED_AT: Final[tuple[type[Exception], ...]] = (*ENGINE_ERRORS, ExinError)


class Locked(ExinError):
    """The vault is not open in this session, so there is nothing to read or write."""

    def __init__(self) -> None:
        super().__init__(_("The vault is locked. Unlock it to go on."))


class NotInTeam(ExinError):
    """The key opens the vault, but belongs to nobody in the team."""

    exit_code = ExitCode.CANNOT_UNLOCK

    def __init__(self) -> None:
        super().__init__(_("This key belongs to nobody in the team. Ask the team leader to give you access again."))


class Store:
    """One open vault for one person. Every method that touches the database runs on the store's own thread."""

    def __init__(self, unlocked: Unlocked, clock: Clock, programme: Programme) -> None:
        self.unlocked = unlocked
        self.clock = clock
        self.programme = programme
        self.actor: Actor = FOUNDER
        self.opened_at_audit = 0
        self.changes = 0
        """Changes this session has made or noticed; another number means that what was read before may be old."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._database: Any = None
        self._lost: ExinError | None = None
        self._audit_key = b""
        self._seen: tuple[int, int] | None = None
        self._version = 0
        self._cache: Cache = {}

    def open(self) -> None:
        """Open the database, bring its schema up to date, and find out who the key belongs to.

        Raises the errors of `models.vault.errors`, and `NotInTeam` for a key that belongs to nobody. The actor is the
        founder where nobody is in the team yet, and for the recovery key.
        """
        try:
            self._now(self._open)
        except NotInTeam:
            self._now(self._close)
            raise

    def _open(self) -> None:
        self._database, self._lost = self.unlocked.connect(), None
        self._bring_up_to_date()
        key = self._database.execute_sql("SELECT value FROM seal WHERE key = 'audit_key'").fetchone()
        self._audit_key = bytes.fromhex(key[0])
        self.actor = self._whose()
        self._sign_first_roster()
        if not self.opened_at_audit:
            self.opened_at_audit = int(self._reading().value("SELECT coalesce(max(seq), 0) FROM audit"))
        self._version = self._data_version()
        self._seen = self._trace()
        self.changes += 1

    def _whose(self) -> Actor:
        """Who acts with the key: without the check a key that was left over would act with the founder's rights."""
        reading = Reading(self._open_database, self.clock, self.programme, FOUNDER)
        slot = self.unlocked.slot_id
        found = staff.by_slot(reading, slot) if slot is not None else None
        if found is None and slot is not None and staff.anybody(reading):
            raise NotInTeam
        return staff.in_role(found, self.unlocked.role) if found else FOUNDER

    def _sign_first_roster(self) -> None:
        """Let whoever leads bring the slots of before there were rosters up to date; others go on with them.

        Where there is no room or no peace for it, the next one who leads does.
        """
        roles = staff.roles(Reading(self._open_database, self.clock, self.programme, FOUNDER))
        if self.unlocked.roles is None and self.actor.leads and roles:
            with suppress(Busy, DiskFull, ReadOnlyPlace):
                self.unlocked.upgrade(roles)
        self.unlocked.forget_wrapping()

    def found_now(self, user: str, name: str, role: str) -> None:
        """Put the first person into the team of a vault that has nobody yet, and act as them."""
        self.change_now(staff.join, user, name, role, self.unlocked.slot_id or "")
        self.actor = self._now(self._whose)

    def _bring_up_to_date(self) -> None:
        place = self.unlocked.place

        def keep_copy(version: int) -> None:
            from models.vault import health

            stamp = self.clock.now().strftime("%Y%m%dT%H%M%SZ")
            # As the vault's own folder, or the first who upgrades would keep the others from theirs.
            VaultPlace(place.copies).create_folder(shared=place.shared)
            health.verified_copy(self._database, place.copies / f"before-schema-{version}-{stamp}.db")

        if bring_up_to_date(self._database, lambda: exclusively(place), keep_copy):
            self._draw_anew()

    def _draw_anew(self) -> None:
        """Draw cards and tallies by the rules of a schema that has just come: a step moves columns and knows none."""
        writing = self._writing()
        with self._database.atomic("IMMEDIATE"):
            # A card says what is left on the checklists.
            checklist_tally.draw_all(writing)
            for (participant,) in writing.sql("SELECT id FROM participant"):
                draw_card(writing, participant)

    def lock(self) -> None:
        """Close the database and forget the keys; `unlock_again` is the way back, and until then nothing is read."""
        self._now(self._close)
        self._lost = self.lost
        self.unlocked.forget()

    def unlock_again(self, passphrase: str) -> None:
        """Open the vault again for the same person. Raises `CannotUnlock` for a wrong passphrase."""
        from models.vault.sealed import unlock

        actor, folder = self.actor, self.unlocked.place.folder
        self.unlocked = unlock(folder, actor.user, passphrase)
        try:
            self._now(self._open)
            same = self.actor.staff_id == actor.staff_id
        except NotInTeam:
            same = False
        if not same:
            self.actor = actor
            self.lock()
            raise CannotUnlock(folder)

    def close(self) -> None:
        """Close the database and end the thread; closing twice is no error."""
        if self._database is not None:
            self._now(self._close)
        self._thread.shutdown(wait=True)

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
        self._database = None
        self._cache.clear()

    def ask_now(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query and wait for it."""
        return self._now(lambda: query(self._reading(), *args, **kwargs))

    def change_now(self, change: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a change as one transaction and wait until it is on the disk.

        Raises TypeError for a function that declares no action.
        """
        return self._now(lambda: self._change(change, *args, **kwargs))

    async def ask(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query without holding up the screen."""
        return await self._later(lambda: query(self._reading(), *args, **kwargs))

    async def change(self, change: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `change_now`, without holding up the screen; when this returns, it is on the disk."""
        return await self._later(lambda: self._change(change, *args, **kwargs))

    async def note(self, query: Callable[Concatenate[Writing, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something that keeps or drops a draft: written at once, and no change of the case."""
        return await self._later(lambda: self._note(query, *args, **kwargs))

    def witness_now(self, action: str) -> int:
        """Write down in the audit that something was done which changes nothing, such as an export."""
        return self._now(lambda: self._witness(action))

    async def changed_elsewhere(self) -> bool:
        """Whether another session has committed since this was last asked; where nothing has, one look at a file.

        A vault that is locked tells nothing, and the first question after it is opened again starts anew. Raises
        `Revoked` once this session's way in was taken away, whoever has noticed it.
        """
        if self.lost is not None:
            raise self.lost
        trace = self._trace()
        if trace == self._seen or self._database is None:
            return False
        self._seen = trace
        version = await self._later(self._data_version)
        changed, self._version = version != self._version, version
        self.changes += changed
        return changed

    def _trace(self) -> tuple[int, int] | None:
        """The write-ahead log's size and time: they move at every commit of anybody's."""
        try:
            found = os.stat(f"{self.unlocked.place.database}-wal")
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _data_version(self) -> int:
        return int(self._open_database.execute_sql("PRAGMA data_version").fetchone()[0])

    def _now(self, task: Callable[[], T]) -> T:
        return self._thread.submit(self._translating_errors, task).result()

    async def _later(self, task: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._thread.submit(self._translating_errors, task))

    def _translating_errors(self, task: Callable[[], T]) -> T:
        """Run `task`; an error of the engine comes back as a sentence, and a key rotated meanwhile is fetched anew."""
        for rotations in range(_ROTATIONS, -1, -1):
            try:
                return task()
            except _EXPLAINED as error:
                known = error if isinstance(error, KeyNoLongerFits) else explain(error, self.unlocked.place)
                if known is None:
                    raise
                if not isinstance(known, KeyNoLongerFits) or self._database is None or not rotations:
                    raise self._with_pages(known) from None
            self._reopen()
        raise AssertionError("the last round answers or raises")

    def _with_pages(self, known: ExinError) -> ExinError:
        """The same error, with the damaged pages by number where the engine has only said that there are some."""
        if not isinstance(known, DamagedPages) or known.pages or self._database is None:
            return known
        from models.vault import health

        try:
            pages = sorted(health.suspect_pages(self._database))
        except _NOT_LOOKED_AT:
            return known
        return DamagedPages(self.unlocked.place.database, pages) if pages else known

    def _reopen(self) -> None:
        self._close()
        try:
            self.unlocked.reload()
            self._database = self.unlocked.connect()
            # A change of the role changes the key, too.
            self.actor = self._whose() if self.actor is not FOUNDER else FOUNDER
        except ExinError as error:
            self._close()
            self._lost = error
            raise
        # A new connection counts versions anew, and the rotation was somebody else's commit.
        self._version = -1

    @property
    def _open_database(self) -> Any:
        if self._database is None:
            if self._lost is None or isinstance(self._lost, Revoked):
                raise self._lost or Locked()
            # What was in the way, such as a colleague's change of the keys, may be over.
            self._reopen()
        return self._database

    @property
    def lost(self) -> Revoked | None:
        """Why this session can read nothing any more, where its way in was taken away."""
        return self._lost if isinstance(self._lost, Revoked) else None

    def _reading(self) -> Reading:
        return Reading(self._open_database, self.clock, self.programme, self.actor, self._cache)

    def _writing(self) -> Writing:
        return Writing(self._open_database, self.clock, self.programme, self.actor)

    def _note(self, query: Callable[Concatenate[Writing, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._open_database.atomic("IMMEDIATE"):
            return query(self._writing(), *args, **kwargs)

    def _change(self, change: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        work = self._work(id_of(change))
        with self._database.atomic("IMMEDIATE"):
            answer = change(work, *args, **kwargs)
            follow(work)
            work.finish()
        self.changes += 1
        return answer

    def _witness(self, action: str) -> int:
        work = self._work(action, witness=True)
        with self._database.atomic("IMMEDIATE"):
            return work.witness()

    def _work(self, action: str, *, witness: bool = False) -> Work:
        return Work(
            self._open_database, self.clock, self.programme, self.actor, action, self._audit_key, witness=witness
        )
