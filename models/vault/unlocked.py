"""A way into the sealed vault, open: the session's keys, and the changes of the ways in.

Peewee is not imported before `Unlocked.connect`, so that the passphrase can be asked for and tried early.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from models.vault import copies, files, key_wrapping, keys, signing
from models.vault.errors import (
    DamagedPages,
    KeyNoLongerFits,
    LastLeader,
    NotSigner,
    OlderSlots,
    Revoked,
    SlotsDoNotFit,
    TooManyRenewals,
    VaultError,
)
from models.vault.keys import DEFAULT, KdfParameters
from models.vault.place import VaultPlace, explained
from models.vault.recovery import RecoveryKey
from models.vault.roster import CASEWORKER, LEADER, MAXIMUM_RENEWALS, Member, Members, Roster, holders
from models.vault.rotation import rotate, settle
from models.vault.seal import read_seal, record_generation
from models.vault.signing import Signer
from models.vault.slots import Slot, SlotsFile, new_id, read_slots

if TYPE_CHECKING:
    from models.vault.engine import SealedDatabase


class Unlocked:
    """A way into a vault, open: holds the private key and the database key of this session, and shows neither.

    Not for several threads at once. Its changes need the database for themselves for a moment: call them outside
    transactions. Every change of the ways in reads the slots afresh under the lock, so sessions do not overwrite
    each other. `vault_id` is the vault's, `slot_id` that of the user's way in (None for the recovery key's).

    What was proved once is what everything read later has to follow from. Changing others' ways in raises NotSigner for
    whoever does not hold the root.
    """

    def __init__(
        self,
        place: VaultPlace,
        slots: SlotsFile,
        roster: Roster | None,
        slot_id: str | None,
        private: bytes,
        database_key: bytes,
        user_salt: bytes | None,
        *,
        wrapping: bytes | None = None,
    ) -> None:
        """`wrapping` is the key around the own pin, where that is older than the root in force or is not there."""
        self.place = place
        self.vault_id = slots.vault_id
        self.slot_id = slot_id
        self._slots = slots
        self._roster = roster
        self._private = private
        self._database_key = database_key
        self._user_salt = user_salt
        self._wrapping = wrapping

    def __repr__(self) -> str:
        return f"Unlocked({str(self.place.folder)!r})"

    def forget(self) -> None:
        """Drop the keys; everything but `repr` raises Revoked from here on. Databases already open stay open."""
        self._private = self._database_key = b""
        self._wrapping = None

    @property
    def was_taken_away(self) -> bool:
        """Whether the vault's files list this way in no more, for whoever can read them: no key is needed for it."""
        with explained(self.place):
            listed = read_slots(self.place.slots).slots
        return self.slot_id is not None and self.slot_id not in {slot.id for slot in listed}

    @property
    def slot_ids(self) -> tuple[str, ...]:
        """The ids of all users' ways in, as last read."""
        return tuple(slot.id for slot in self._slots.slots)

    @property
    def generation(self) -> int:
        """How often the slots were written, as last read."""
        return self._slots.generation

    @property
    def signed_generation(self) -> int:
        """The generation that a leader or the recovery key signed last; that of the slots where nothing is signed."""
        proof = self._slots.proof
        return self._slots.generation if proof is None else proof.roster.generation

    def raise_generation(self, least: int) -> int:
        """Write the slots anew, as they are, with a generation beyond `least`; answers it. Raises NotSigner."""
        with self._changing():
            signer = self._signer(self._members)
            self._slots = replace(self._slots, generation=max(self._slots.generation, least))
            self._write(self._slots, signer)
            self._record()
        return self.generation

    @property
    def root(self) -> str:
        """The public half of the root in force, in hexadecimal; empty in a vault that has no roster yet."""
        return "" if self._roster is None else self._roster.root.hex()

    def follows_root(self, root: str) -> bool:
        """Whether the root in force is, or follows from, one that was in force before."""
        proof = self._slots.proof
        return proof is not None and proof.reaches(bytes.fromhex(root))

    @property
    def roles(self) -> dict[str, str] | None:
        """The role of each way in by its id, as signed; None in a vault that has no roster yet."""
        return None if self._roster is None else {slot_id: one.role for slot_id, one in self._roster.members.items()}

    @property
    def role(self) -> str | None:
        """The own role, as signed; the recovery key's is a leader's. None in a vault that has no roster yet."""
        return None if self.roles is None else LEADER if self.slot_id is None else self.roles[self.slot_id]

    @property
    def signs(self) -> bool:
        """Whether this way in holds the root, and so can change who may open the vault."""
        return self.role == LEADER

    def connect(self) -> SealedDatabase:
        """A database open in this thread, checked to belong to these slots.

        Raises Revoked, OlderSlots, ChangedSlots, SlotsDoNotFit, EmptyDatabase, ForeignFile, DamagedPages, Busy,
        DiskFull and the like. Finishes a rotation that was killed. The first time, it pins the newest root.
        """
        database = self._connected()
        if self._roster is not None:
            self._pin_newest()
        return database

    def _connected(self) -> SealedDatabase:
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

    def upgrade(self, roles: Mapping[str, str]) -> None:
        """Give a vault of format 1 a root and a roster, each way in its role of `roles` by its id; nothing if it has.

        Others' pins follow at their next login. For a team leader or the recovery key; who is one, the caller knows.
        """
        with self._changing():
            if self._roster is None:
                slots, members = signing.introduced(self._slots, roles, self.slot_id, self._private)
                root = signing.Root(keys.new_seed(), members)
                self._write(self._pinned(slots, root.pin), root)
                self._record()
                copies.remove_slots(self.place)
        self._pin_newest()

    def forget_wrapping(self) -> None:
        """Drop the key around the own pin, in a vault that somebody else is to upgrade."""
        self._wrapping = None

    def add_slot(self, user: str, passphrase: str, *, role: str = CASEWORKER, kdf: KdfParameters = DEFAULT) -> str:
        """Give a user a way in; its id. Whether the user has one already, only the caller can know."""
        slot_id, private = new_id(), keys.new_private()
        member = Member.of(private, role)
        with self._changing():
            signer = self._signer({**self._members, slot_id: member})
            slot = self._slot(slot_id, user, passphrase, kdf, private, signer)
            self._write(key_wrapping.with_slot(self._slots, slot), signer)
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
            before, after, alone = self._members, dict(self._members), slot_id == self.slot_id
            if slot_id in before:
                after[slot_id] = Member.of(private, before[slot_id].role)
            signer = self._signer(after, alone=alone)
            slot = self._slot(slot_id, user, passphrase, kdf, private, signer)
            # First the way in and then the key: a rotation that is killed is settled by whoever has a way in.
            self._write(key_wrapping.with_slot(former, slot), signer)
            if alone:
                self._private, self._wrapping = private, None
            try:
                self._rotate(self._slots, self._signer(after, alone=alone))
            except VaultError:
                # It is told as not done, so the former passphrase must be the one that opens.
                self._write(former, self._signer(before, alone=alone))
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
            self._rotate(*self._without(slot_id))
            self._record()

    def set_role(self, slot_id: str, role: str) -> None:
        """Give a way in another role; the new database key lets live sessions notice. Nothing if it has the role.

        LookupError for an unknown id, ValueError for a role there is not, LastLeader; NotSigner also where the vault
        has no roster.
        """
        with self._changing():
            if self._roster is None:
                raise NotSigner(self.place.folder)
            former = self._members[slot_id]
            if former.role == role:
                return
            members = {**self._members, slot_id: former.with_role(role)}
            signer = self._signer(members)
            if not holders(members) and holders(self._members):
                raise LastLeader(self.place.folder)
            self._rotate(self._slots, signer)
            self._record()

    def take_back_slot(self, slot_id: str) -> None:
        """Take away a way in that was given just now and that nobody knows of: without a new key, which needs room.

        LookupError for an unknown id.
        """
        with self._changing():
            if self._slots.slot(slot_id) is None:
                raise LookupError(slot_id)
            self._write(*self._without(slot_id))
            self._record()

    def renew_recovery(self) -> RecoveryKey:
        """A new recovery key; the old one, and the database key it led to, open nothing from here on."""
        recovery = RecoveryKey.new()
        with self._changing():
            signer = self._signer(self._members, anew=True)
            slots, key = self._slots, self._database_key
            slot = key_wrapping.recovery_slot(self.vault_id, slots.epoch, recovery.secret, key, signer.pin)
            self._rotate(replace(slots, recovery=slot), signer)
            if self.slot_id is None:
                pinned = signer.pin is not None
                self._private = keys.recovery_private(recovery.secret, self.vault_id, pinned=pinned)
                self._wrapping = None
            self._record()
        return recovery

    def _without(self, slot_id: str) -> tuple[SlotsFile, Signer]:
        kept = tuple(slot for slot in self._slots.slots if slot.id != slot_id)
        left = {other: member for other, member in self._members.items() if other != slot_id}
        return replace(self._slots, slots=kept), self._signer(left)

    @property
    def _members(self) -> Members:
        return {} if self._roster is None else self._roster.members

    @property
    def _pin(self) -> bytes | None:
        return None if self._roster is None else self._roster.root

    def _slot(
        self, slot_id: str, user: str, passphrase: str, kdf: KdfParameters, private: bytes, signer: Signer
    ) -> Slot:
        return key_wrapping.passphrase_slot(
            self._slots, slot_id, user, passphrase, kdf, private, self._database_key, signer.pin
        )

    def _signer(self, members: Members, *, alone: bool = False, anew: bool = False) -> Signer:
        """Who signs a change after which these are the members; `alone` if it is one of the own keys at most.

        A root that was sealed to a key which is no longer a leader's gives way to a new one, and so it does `anew`:
        whoever has that key and the slots of its time has the root.
        """
        proof = self._slots.proof
        if self._roster is None or proof is None:
            return signing.Nobody()
        file = self.place.slots
        if self.signs:
            private = key_wrapping.root_of(self._slots, self._roster, self.slot_id, self._private, file)
            root = signing.Root(private, members, proof.roots)
            return root.renewed(self.vault_id) if anew or holders(self._members) - holders(members) else root
        if self.slot_id is None or not alone:
            raise NotSigner(self.place.folder)
        if len(proof.renewals) >= MAXIMUM_RENEWALS:
            raise TooManyRenewals(self.place.folder)
        seed = key_wrapping.seed_of(self._slots, self.slot_id, self._private, file)
        return signing.Alone(proof, self.slot_id, members[self.slot_id], seed)

    def _proved(self, slots: SlotsFile, database_key: bytes, signer: Signer) -> tuple[SlotsFile, Roster | None]:
        """The slots as signed, and tried: what this session would not take for true it does not write."""
        signed = signer.proved(slots, database_key)
        return signed, self._standing(signed)

    def _rotate(self, kept: SlotsFile, signer: Signer) -> None:
        former = self._database_key
        self._slots, self._database_key = rotate(
            self.place, kept, former, lambda slots, key: self._proved(slots, key, signer)[0]
        )
        self._roster = self._standing(self._slots)
        copies.follow(self.place, former.hex(), self._database_key.hex())

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the lock with the newest slots at hand, proved to belong to the database."""
        with files.exclusively(self.place):
            self._settle_and_read()
            self._opened().close()
            yield

    def _write(self, changed: SlotsFile, signer: Signer) -> None:
        following = replace(changed, generation=self._slots.generation + 1)
        self._put(*self._proved(following, self._database_key, signer))

    def _put(self, slots: SlotsFile, roster: Roster | None) -> None:
        slots = slots.authenticated(self._database_key)
        files.write_whole(self.place, self.place.slots, slots.encoded())
        self._slots, self._roster = slots, roster

    def _pinned(self, slots: SlotsFile, root: bytes) -> SlotsFile:
        """The same with `root` pinned in the own way in, where the key for that is still at hand."""
        wrapping, self._wrapping = self._wrapping, None
        if wrapping is None:
            return slots
        return key_wrapping.with_pin(slots, self.slot_id, self._private, root, wrapping)

    def _pin_newest(self) -> None:
        """Pin the newest root where an older one is pinned, or none; what cannot be done now the next login does."""
        if self._wrapping is not None:
            with suppress(VaultError), files.exclusively(self.place, wait=0):
                self._settle_and_read()
                if self._pin is not None:
                    self._put(self._pinned(self._slots, self._pin), self._roster)
            self._wrapping = None

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
        self._slots, self._roster, self._database_key = slots, self._standing(slots), key

    def _take(self, slots: SlotsFile) -> bytes:
        if not self._private:
            raise Revoked(self.place.folder)
        if slots.vault_id != self.vault_id:
            raise SlotsDoNotFit(self.place.slots, self.place.database)
        roster = self._standing(slots)
        return key_wrapping.database_key(slots, roster, self.slot_id, self._private, self.place.slots)

    def _standing(self, slots: SlotsFile) -> Roster | None:
        """Who the slots are proved to be of, from what this session knows already."""
        return slots.standing(self._pin, self.place.slots)

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
