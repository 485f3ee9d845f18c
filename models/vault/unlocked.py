"""A way into the sealed vault, open: the session's keys, and the changes of the ways in.

Peewee is not imported before `Unlocked.connect`, so that the passphrase can be asked for and tried early.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from models.vault import files, key_wrapping, keys
from models.vault.errors import DamagedPages, KeyNoLongerFits, OlderSlots, Revoked, SlotsDoNotFit, VaultError
from models.vault.keys import DEFAULT, KdfParameters
from models.vault.place import VaultPlace, explained
from models.vault.recovery import RecoveryKey
from models.vault.rotation import rotate, settle
from models.vault.seal import read_seal, record_generation
from models.vault.slots import SlotsFile, new_id, read_slots

if TYPE_CHECKING:
    from models.vault.engine import SealedDatabase


class Unlocked:
    """A way into a vault, open: holds the private key and the database key of this session, and shows neither.

    Not for several threads at once. Its changes need the database for themselves for a moment: call them outside
    transactions. Every change of the ways in reads the slots afresh under the lock, so sessions do not overwrite
    each other. `vault_id` is the vault's, `slot_id` that of the user's way in (None for the recovery key's).
    """

    def __init__(
        self,
        place: VaultPlace,
        slots: SlotsFile,
        slot_id: str | None,
        private: bytes,
        database_key: bytes,
        user_salt: bytes | None,
    ) -> None:
        self.place = place
        self.vault_id = slots.vault_id
        self.slot_id = slot_id
        self._slots = slots
        self._private = private
        self._database_key = database_key
        self._user_salt = user_salt

    def __repr__(self) -> str:
        return f"Unlocked({str(self.place.folder)!r})"

    def forget(self) -> None:
        """Drop the keys; everything but `repr` raises Revoked from here on. Databases already open stay open."""
        self._private = self._database_key = b""

    @property
    def slot_ids(self) -> tuple[str, ...]:
        """The ids of all users' ways in, as last read."""
        return tuple(slot.id for slot in self._slots.slots)

    @property
    def generation(self) -> int:
        """How often the slots were written, as last read."""
        return self._slots.generation

    def raise_generation(self, least: int) -> int:
        """Write the slots anew, as they are, with a generation beyond `least`; answers it."""
        with self._changing():
            self._slots = replace(self._slots, generation=max(self._slots.generation, least))
            self._write(self._slots)
            self._record()
        return self.generation

    def connect(self) -> SealedDatabase:
        """A database open in this thread, checked to belong to these slots.

        Raises Revoked, OlderSlots, SlotsDoNotFit, EmptyDatabase, ForeignFile, DamagedPages, Busy, DiskFull and the
        like. Finishes a rotation that was killed.
        """
        from models.vault import engine

        self.place.require()
        self._read()
        try:
            return self._opened()
        except DamagedPages as error:
            raise engine.with_pages(error, self.place, self._database_key.hex()) from error
        except (KeyNoLongerFits, OlderSlots):
            # A colleague may have changed slots or key since they were read: look again while nobody can.
            with files.exclusively(self.place):
                self._settle_and_read()
                try:
                    return self._opened()
                except KeyNoLongerFits as error:
                    raise engine.diagnose(self.place, self._database_key.hex()) from error

    def reload(self) -> None:
        """Take the new database key after a colleague's rotation, when a live connection met KeyNoLongerFits.

        Close that connection and `connect` again. Raises Revoked when this way in was taken away.
        """
        with files.exclusively(self.place):
            self._settle_and_read()

    def add_slot(self, user: str, passphrase: str, *, kdf: KdfParameters = DEFAULT) -> str:
        """Give a user a way in; its id. Whether the user has one already, only the caller can know."""
        slot_id = new_id()
        with self._changing():
            private = keys.new_private()
            slot = key_wrapping.passphrase_slot(
                self._slots, slot_id, user, passphrase, kdf, private, self._database_key
            )
            self._write(key_wrapping.with_slot(self._slots, slot))
            self._record()
        return slot_id

    def change_passphrase(self, user: str, passphrase: str, *, kdf: KdfParameters = DEFAULT) -> None:
        """Put this session's own way in under another passphrase, and let the former open nothing from here on.

        ValueError for another user or the recovery key.
        """
        if self.slot_id is None or keys.user_salt(self._slots.salt, user) != self._user_salt:
            raise ValueError("only the own passphrase can be changed; replace_slot is for others")
        self.replace_slot(self.slot_id, user, passphrase, kdf=kdf)

    def replace_slot(self, slot_id: str, user: str, passphrase: str, *, kdf: KdfParameters = DEFAULT) -> str:
        """Give a user a new way in under the same id, which is returned: a new pair, and a new database key.

        Were the pair kept, a copy of the former slots and the former passphrase would open what is written from now on.
        Sessions the user still has open end at their next `connect`. LookupError for an id that is not there.
        """
        with self._changing():
            if self._slots.slot(slot_id) is None:
                raise LookupError(slot_id)
            former, own, private = self._slots, self._private, keys.new_private()
            slot = key_wrapping.passphrase_slot(former, slot_id, user, passphrase, kdf, private, self._database_key)
            # First the way in and then the key: a rotation that is killed is settled by whoever has a way in.
            self._write(key_wrapping.with_slot(former, slot))
            if slot_id == self.slot_id:
                self._private = private
            try:
                self._rotate(self._slots)
            except VaultError:
                # It is told as not done, so the former passphrase must be the one that opens.
                self._write(former)
                self._private = own
                raise
            finally:
                self._record()
        return slot_id

    def remove_slot(self, slot_id: str) -> None:
        """Take away a user's way in and give the database a new key, so that what they may have kept opens nothing new.

        ValueError for the own way in, through which a killed rotation is finished; LookupError for an unknown id.
        """
        if slot_id == self.slot_id:
            raise ValueError("a session cannot take away its own way in")
        with self._changing():
            if self._slots.slot(slot_id) is None:
                raise LookupError(slot_id)
            kept = tuple(slot for slot in self._slots.slots if slot.id != slot_id)
            self._rotate(replace(self._slots, slots=kept))
            self._record()

    def take_back_slot(self, slot_id: str) -> None:
        """Take away a way in that was given just now and that nobody knows of: without a new key, which needs room.

        LookupError for an unknown id.
        """
        with self._changing():
            if self._slots.slot(slot_id) is None:
                raise LookupError(slot_id)
            self._write(replace(self._slots, slots=tuple(slot for slot in self._slots.slots if slot.id != slot_id)))
            self._record()

    def renew_recovery(self) -> RecoveryKey:
        """A new recovery key; the old one, and the database key it led to, open nothing from here on."""
        recovery = RecoveryKey.new()
        private = keys.recovery_private(recovery.secret, self.vault_id)
        with self._changing():
            slot = replace(self._slots.recovery, public=keys.public_of(private))
            self._rotate(replace(self._slots, recovery=slot))
            if self.slot_id is None:
                self._private = private
            self._record()
        return recovery

    def _rotate(self, kept: SlotsFile) -> None:
        self._slots, self._database_key = rotate(self.place, kept, self._database_key)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the lock with the newest slots at hand, proved to belong to the database."""
        with files.exclusively(self.place):
            self._settle_and_read()
            self._opened().close()
            yield

    def _write(self, changed: SlotsFile) -> None:
        changed = replace(changed, generation=self._slots.generation + 1).authenticated(self._database_key)
        files.write_whole(self.place, self.place.slots, changed.encoded())
        self._slots = changed

    def _record(self) -> None:
        """Tell the database of the newest slots; what cannot be told now the next `connect` tells."""
        with suppress(VaultError):
            self._opened().close()

    def _settle_and_read(self) -> None:
        files.clear_strays(self.place)
        settle(self.place, self._take)
        self._read()

    def _read(self) -> None:
        """Take slots and database key as they now stand in the file; never older ones than before."""
        with explained(self.place):
            slots = read_slots(self.place.slots)
        key = self._take(slots)
        if slots.generation < self._slots.generation:
            raise OlderSlots(self.place.slots)
        self._slots, self._database_key = slots, key

    def _take(self, slots: SlotsFile) -> bytes:
        if not self._private:
            raise Revoked(self.place.folder)
        if slots.vault_id != self.vault_id:
            raise SlotsDoNotFit(self.place.slots, self.place.database)
        return key_wrapping.database_key(slots, self.slot_id, self._private, self.place.slots)

    def _opened(self) -> SealedDatabase:
        """A database open in this thread with the key at hand, which belongs to the slots and knows of them."""
        from models.vault.engine import SealedDatabase, plainly

        database = SealedDatabase(self.place, self._database_key.hex())
        database.connect()
        try:
            with plainly(self.place):
                seal = read_seal(database)
                if seal.vault_id != self.vault_id:
                    raise SlotsDoNotFit(self.place.slots, self.place.database)
                if seal.slots_generation > self._slots.generation:
                    raise OlderSlots(self.place.slots)
                if seal.slots_generation < self._slots.generation:
                    record_generation(database, self._slots.generation)
        except BaseException:
            database.close()
            raise
        return database
