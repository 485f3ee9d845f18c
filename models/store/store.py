"""One open vault for one person, read and written on a thread of its own.

`ask` runs a function of a `Reading`, `change` one of a `Work`, both by name:
`await store.change(timeline.record, participant, values)`. What a change is called in the audit, it declares itself:
see `models.storage.actions`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from config.errors import ExinError
from config.programme import fingerprint
from config.programme.shapes import Programme
from models.access import visits
from models.access.visits import Look, Looks
from models.followers import follow
from models.phases import phases
from models.roles.hidden import Hidden, hidden_from
from models.roles.rights import NotAllowed, Right, of_act, require
from models.storage import last_seen
from models.storage.actions import id_of, right_of
from models.storage.last_seen import OlderThanSeen
from models.storage.reading import FOUNDER, Actor, Cache, Reading
from models.storage.work import Work
from models.storage.writing import Writing
from models.store.damage import with_pages
from models.store.errors import Locked, NotInTeam, SomebodyElses
from models.store.hearing import Hearing
from models.store.narrow import Narrow
from models.store.remembering import Remembering
from models.store.upgrade import sign_first_roster, upgrade
from models.team import staff
from models.team.sessions import Presence
from models.values.clock import Clock
from models.vault.engine_errors import ENGINE_ERRORS
from models.vault.errors import (
    CannotUnlock,
    KeyNoLongerFits,
    Revoked,
    explain,
)
from models.vault.seal import note, noted

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked

P = ParamSpec("P")
T = TypeVar("T")

_EXPLAINED: Final[tuple[type[Exception], ...]] = (*ENGINE_ERRORS, KeyNoLongerFits)
_PROGRAMME: Final = "programme"
"""What is noted beside the seal: the programme last witnessed."""
_ROTATIONS: Final = 5
"""How often the key may be rotated while one question waits for its turn."""


class Store:
    """One open vault for one person. Every method that touches the database runs on the store's own thread."""

    def __init__(
        self,
        unlocked: Unlocked,
        clock: Clock,
        programme: Programme,
        memory: last_seen.Memory | None = None,
        place: str = "",
    ) -> None:
        """`place` is where the session comes from, of `models.team.sessions`; empty for one that is not noted."""
        self.unlocked = unlocked
        self.clock = clock
        self.programme = programme
        self.actor: Actor = FOUNDER
        self.opened_at_audit = 0
        self.changes = 0
        """Changes this session has made or noticed; another number means that what was read before may be old."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._database: Any = None
        self._narrow = Narrow()
        self._lost: ExinError | None = None
        self._audit_key = b""
        self._hearing = Hearing()
        self._cache: Cache = {}
        self._remembering = Remembering(memory)
        self.acted = 0
        """The number in the audit of the last change this session has made."""
        self._ended = False
        self._looks = Looks()
        self.presence = Presence(place)

    def open(self, *, accept_older: bool = False) -> None:
        """Open the database, bring its schema up to date, and find out who the key belongs to.

        Raises the errors of `models.vault.errors`, `NotInTeam` for a key that belongs to nobody, and `OlderThanSeen`
        for a state older than is remembered. A team leader may `accept_older`; `NotAllowed` for anybody else. The
        actor is the founder where nobody is in the team yet, and for the recovery key.
        """
        try:
            self._now(lambda: self._open(accept_older=accept_older))
        except (NotInTeam, NotAllowed, OlderThanSeen):
            self._now(self._close)
            raise

    def _open(self, *, accept_older: bool = False) -> None:
        self._database, self._lost = self.unlocked.connect(), None
        older = self._remembering.compare(self._founding(), self.unlocked)
        if older is not None and not accept_older:
            raise older
        upgrade(self._writing(), self.unlocked.place)
        key = self._database.execute_sql("SELECT value FROM seal WHERE key = 'audit_key'").fetchone()
        self._audit_key = bytes.fromhex(key[0])
        self.actor = self._whose()
        if older is not None:
            self._accept(older)
        sign_first_roster(self._reading(), self.unlocked)
        if not self.opened_at_audit:
            self.programme = phases.with_those_in_use(self._founding(), self.programme)
            self._witness_programme()
            self.opened_at_audit = int(self._reading().value("SELECT coalesce(max(seq), 0) FROM audit"))
        self._hearing.begin(self._database, self.unlocked.place.database)
        self.changes += 1
        # Nobody is to wait for the disk before the first screen; the end of the session does.
        self._remembering.keep(self._reading(), self.unlocked, wait=False)

    @property
    def told(self) -> tuple[str, ...]:
        """What whoever has opened the vault is to be told, in sentences."""
        fault = self.programme.fault
        return (fault, *self._remembering.told) if fault else self._remembering.told

    def _accept(self, older: OlderThanSeen) -> None:
        """Go on with an older state, so that everybody's memory follows: openly, and for team leaders only."""
        require(self.actor.role, Right.ACCEPT_OLDER)
        generation = self.unlocked.raise_generation(older.seen.generation + last_seen.MARGIN)
        self._witness(f"{last_seen.ACCEPTED} {generation}")

    def _whose(self) -> Actor:
        """Who acts with the key: without the check a key that was left over would act with the founder's rights."""
        reading, slot = self._founding(), self.unlocked.slot_id
        found = staff.by_slot(reading, slot) if slot is not None else None
        if found is None and slot is not None and staff.anybody(reading):
            raise NotInTeam
        return staff.in_role(found, self.unlocked.role) if found else FOUNDER

    def _witness_programme(self) -> None:
        """Write down in the audit that the team's programme is another than at the last opening, whoever sees it."""
        found = fingerprint(self.programme)
        if noted(self._database, _PROGRAMME) == found:
            return
        with self._database.atomic("IMMEDIATE"):
            # A colleague may have been quicker.
            if noted(self._database, _PROGRAMME) != found:
                note(self._database, _PROGRAMME, found)
                act = f"programme.changed {found or 'shipped'}"
                self._work(act, of_act(act)).witness()

    def found_now(self, user: str, name: str, role: str) -> None:
        """Put the first person into the team of a vault that has nobody yet, and act as them."""
        self.change_now(staff.join, user, name, role, self.unlocked.slot_id or "")
        self.actor = self._now(self._whose)

    def lock(self) -> None:
        """Close the database and forget the keys; `unlock_again` is the way back, and until then nothing is read."""
        # What could not be written of the access log is kept, and told when it is tried again.
        with suppress(ExinError):
            self.write_looks_now()
        self._now(self._close_remembered)
        self._lost = self.lost
        self.unlocked.forget()

    def unlock_again(self, passphrase: str) -> None:
        """Open the vault again for the same person.

        Raises `CannotUnlock` for a wrong passphrase, and `Revoked` where none can be right: the vault's files list the
        way in that was open no more. `NotInTeam` and `SomebodyElses` are told to whoever has just opened it.
        """
        from models.vault.sealed import unlock

        actor, before = self.actor, self.unlocked
        folder = before.place.folder
        try:
            self.unlocked = unlock(folder, actor.user, passphrase)
        except CannotUnlock:
            if before.was_taken_away:
                raise Revoked(folder) from None
            raise
        try:
            self._now(self._open)
            if self.actor.staff_id != actor.staff_id:
                raise SomebodyElses
        except OlderThanSeen:
            self._now(self._close)
            self.lock()
            raise
        except (NotInTeam, SomebodyElses):
            self.actor = actor
            self.lock()
            raise

    def close(self) -> None:
        """Close the database and end the thread; closing twice is no error.

        Raises the errors of `models.vault.errors` where the end of the access log could not be written: all is closed
        then too.
        """
        try:
            if self._database is not None:
                self.write_looks_now()
        finally:
            if self._database is not None:
                self._now(lambda: self._close_remembered(journal=True))
            self._ended = True
            self._thread.shutdown(wait=True)

    def _close_remembered(self, *, journal: bool = False) -> None:
        if self._database is not None:
            self.presence.end(self._database, self._writing())
            self._remembering.keep(self._founding(), self.unlocked, journal=journal)
        self._close()

    def _close(self) -> None:
        self._narrow.close()
        if self._database is not None:
            self._database.close()
        self._database = None
        self._cache.clear()

    def ask_now(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query and wait for it."""
        return self._now(lambda: query(self._reading(), *args, **kwargs))

    def examine_now(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what examines the vault, of which a part would not be whole: it tells of rows by number, of nobody."""

        def examine() -> T:
            reading = Reading(self._open_database, self.clock, self.programme, self.actor)
            return query(reading, *args, **kwargs)

        return self._now(examine)

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

    def note_now(self, query: Callable[Concatenate[Writing, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `note`, and wait for it."""
        return self._now(lambda: self._note(query, *args, **kwargs))

    def be_seen(self) -> None:
        """Note that this session is here, where it is time to; nobody waits for it."""
        if self.presence.due and self._database is not None and not self._ended:
            self._thread.submit(self._be_seen)

    def ways_in_now(self, change: Callable[[Unlocked], T]) -> T:
        """Change who may open the vault, and wait for it; raises what `change` raises. The session goes on after it.

        The database is closed meanwhile: on a full disk, the room that its log gives back is all there is.
        """
        if self._ended:
            raise Locked
        return self._thread.submit(self._change_ways_in, change).result()

    def witness_now(self, action: str) -> int:
        """Write down in the audit that something was done which changes nothing, such as an export."""
        return self._now(lambda: self._witness(action))

    def look(self, participant: int, kind: str = visits.OPENED) -> bool:
        """Note that a participant's file is seen; answers whether something is to be written of it, by `write_looks`.

        It costs no look into the vault, so that whoever looks does not wait.
        """
        self._looks.at(participant, kind, self.clock.seconds(), self.clock.today())
        return bool(self._looks.waiting)

    async def write_looks(self) -> None:
        """Write into the access log what waits for it; what cannot be written waits on."""
        await self._later(self._write_looks)

    def write_looks_now(self) -> None:
        """As `write_looks`, and wait for it; where nothing waits, the vault is not asked."""
        if self._looks.waiting:
            self._now(self._write_looks)

    def log_now(self, participants: Sequence[int], kind: str) -> None:
        """Write into the access log that these were printed or exported, and wait until it is on the disk."""
        at, many = self.clock.seconds(), len(participants) > 1
        self._now(lambda: self._log([Look(one, kind, at, many) for one in participants]))

    async def changed_elsewhere(self) -> bool:
        """Whether another session has changed something since this was last asked; where nothing was written, one look
        at a file. What leaves no row in the audit, such as a visit or a draft, is no change.

        A vault that is locked tells nothing, and the first question after it is opened again starts anew. Raises
        `Revoked` once this session's way in was taken away, whoever has noticed it.
        """
        if self.lost is not None:
            raise self.lost
        if self._database is None or not self._hearing.something_written(self.unlocked.place.database):
            return False
        return await self._later(self._hear)

    def _hear(self) -> bool:
        changed = self._hearing.hear(self._open_database)
        self.changes += changed
        return changed

    def _now(self, task: Callable[[], T]) -> T:
        return self._submitted(task).result()

    async def _later(self, task: Callable[[], T]) -> T:
        return await asyncio.wrap_future(self._submitted(task))

    def _submitted(self, task: Callable[[], T]) -> Future[T]:
        """`task` on the vault's thread; raises `Locked` for what is still under way when the session is over."""
        if self._ended:
            raise Locked
        return self._thread.submit(self._translating_errors, task)

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
                    raise with_pages(known, self._database, self.unlocked.place) from None
            self._reopen()
        raise AssertionError("the last round answers or raises")

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
        # A new connection counts versions anew, and the rotation was somebody else's doing.
        self._hearing.begin_anew()

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
        """A look at what the actor may see: whoever is restricted by now is not there, as from the next look on."""
        hidden = self._hidden_now()
        if self._narrow.turn_to(hidden):
            self._cache.clear()
        database = self._narrow.beside(self._open_database)
        return Reading(database, self.clock, self.programme, self.actor, self._cache, hidden)

    def _founding(self) -> Reading:
        """A look at everything, as the founder's; for what the store itself has to know."""
        return Reading(self._open_database, self.clock, self.programme, FOUNDER)

    def _hidden_now(self) -> Hidden:
        today = self.clock.today().isoformat()
        return hidden_from(self._open_database, self.actor.role, self.actor.staff_id, today)

    def _writing(self) -> Writing:
        return Writing(self._open_database, self.clock, self.programme, self.actor)

    def _note(self, query: Callable[Concatenate[Writing, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._open_database.atomic("IMMEDIATE"):
            return query(self._writing(), *args, **kwargs)

    def _be_seen(self) -> None:
        if self._database is not None:
            self.presence.say_here(self._database, self._writing())

    def _change_ways_in(self, change: Callable[[Unlocked], T]) -> T:
        if self._open_database:
            self._close()
        try:
            return change(self.unlocked)
        finally:
            # What is in the way now is told by whatever asks next.
            with suppress(ExinError):
                self._reopen()
                self._remembering.keep_ways_in(self._founding(), self.unlocked)

    def _change(self, change: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        work = self._work(id_of(change), right_of(change))
        with self._database.atomic("IMMEDIATE"):
            # As it stands now, behind whatever a colleague has just committed.
            work.hidden = self._hidden_now()
            answer = change(work, *args, **kwargs)
            with work.past_restrictions():
                follow(work)
            act = work.finish()
        self.acted = act or self.acted
        self._hearing.did(act)
        self.changes += 1
        self._remembering.keep_ways_in(self._founding(), self.unlocked)
        return answer

    def _write_looks(self) -> None:
        looks = self._looks.take()
        try:
            self._log(looks)
        except BaseException:
            self._looks.give_back(looks)
            raise

    def _log(self, looks: Sequence[Look]) -> None:
        if looks:
            with self._open_database.atomic("IMMEDIATE"):
                visits.write(self._writing(), self._audit_key, looks)

    def _witness(self, action: str) -> int:
        work = self._work(action, of_act(action))
        with self._database.atomic("IMMEDIATE"):
            act = work.witness()
        self._hearing.did(act)
        self._remembering.keep_ways_in(self._founding(), self.unlocked)
        return act

    def _work(self, action: str, right: Right = Right.WRITE) -> Work:
        return Work(self._open_database, self.clock, self.programme, self.actor, action, self._audit_key, right)
