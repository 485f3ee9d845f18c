"""The slots file: who may open the database, without a single name.

JSON in one exact form: `content` and a plain checksum over it, by which accidental damage is told from a wrong
passphrase; inside, a MAC under the database key, by which deliberate change is, and the signed roster, by which the
person who opens it knows whose keys these are. Format 1, of before there were rosters, is read and written on until a
team leader opens the vault.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from config import plain_file
from config.words import _
from models.vault import fields, keys
from models.vault.errors import ChangedSlots, DamagedSlots, NewerVersion, NotAPlainFile
from models.vault.fields import Unexpected
from models.vault.keys import KdfParameters
from models.vault.roster import Proof, Roster, Unproved, parse_proof

FORMAT: Final = 2
UNSIGNED_FORMAT: Final = 1
MAXIMUM_BYTES: Final = 2 * 1024 * 1024
MAXIMUM_SLOTS: Final = 500
MAXIMUM_COSTS: Final = 4
"""Each cost is one more derivation for whoever opens the vault, and is tried before anything can be proved."""
_MAC_BYTES: Final = 32


@dataclass(frozen=True, repr=False)
class Slot:
    """One user's way in: private half under their passphrase, database key under the public half.

    `root` is the root's private half under the public one of a team leader, empty for others. `seed` is a key to sign
    with, sealed likewise, for whom a team leader made it before their own was known; empty for others.
    """

    id: str
    tag: bytes
    kdf: KdfParameters
    wrapped: bytes
    public: bytes
    sealed: bytes
    root: bytes = b""
    seed: bytes = b""


@dataclass(frozen=True, repr=False)
class RecoverySlot:
    """The recovery key's way in; `pin` is the root it knows under a key of its own, empty where it knows none."""

    public: bytes
    sealed: bytes
    root: bytes = b""
    pin: bytes = b""


@dataclass(frozen=True, repr=False)
class SlotsFile:
    """The whole file; `epoch` counts database keys, `generation` counts rewrites. Format 1 has no `proof`."""

    vault_id: str
    salt: bytes
    epoch: int
    generation: int
    slots: tuple[Slot, ...]
    recovery: RecoverySlot
    proof: Proof | None = None
    mac: bytes = bytes(_MAC_BYTES)

    def slot(self, slot_id: str) -> Slot | None:
        """The slot of that id, if there is one."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def find(self, tag: bytes, kdf: KdfParameters) -> Slot | None:
        """The slot a passphrase's tag points to, if there is one."""
        found = None
        for slot in self.slots:
            if slot.kdf == kdf and hmac.compare_digest(slot.tag, tag):
                found = slot
        return found

    def standing(self, pin: bytes | None, file: Path) -> Roster | None:
        """Who belongs to the vault, proved from the root that `pin` is; None for format 1, which proves nothing.

        Raises ChangedSlots, which names `file`, where the proof does not hold or these slots are not what it speaks of.
        """
        if self.proof is None:
            if pin is not None:
                raise ChangedSlots(file, _("it was signed before, and is not any more"))
            return None
        try:
            roster = self.proof.standing(pin)
        except Unproved as error:
            raise ChangedSlots(file, str(error)) from error
        if roster.vault_id != self.vault_id:
            raise ChangedSlots(file, _("what is signed in it is of another vault"))
        if (roster.epoch, roster.generation) != (self.epoch, self.generation):
            raise ChangedSlots(file, _("it is not of the time that is signed in it"))
        publics = {slot.id: slot.public for slot in self.slots}
        if roster.members.keys() - publics:
            raise ChangedSlots(file, _("somebody who is signed in it is missing"))
        if publics.keys() - roster.members.keys():
            raise ChangedSlots(file, _("it lets in somebody who is not signed in it"))
        if any(one.public != publics[slot_id] for slot_id, one in roster.members.items()):
            raise ChangedSlots(file, _("a key in it is not the one that is signed"))
        if roster.recovery != self.recovery.public:
            raise ChangedSlots(file, _("the recovery key in it is not the one that is signed"))
        return roster

    def authenticated(self, database_key: bytes) -> SlotsFile:
        """The same with the MAC that fits its content."""
        return replace(self, mac=keys.authentication(database_key, self.vault_id, self._unauthenticated()))

    def is_authentic(self, database_key: bytes) -> bool:
        """Whether a holder of the database key wrote this content."""
        expected = keys.authentication(database_key, self.vault_id, self._unauthenticated())
        return hmac.compare_digest(expected, self.mac)

    def encoded(self) -> bytes:
        """The one exact text of the file."""
        content = self._content() | {"mac": self.mac.hex()}
        whole = {"checksum": _checksum(content), "content": content}
        return (json.dumps(whole, sort_keys=True, indent=1) + "\n").encode("ascii")

    def _unauthenticated(self) -> bytes:
        return fields.canonical(self._content())

    def _content(self) -> dict[str, Any]:
        recovery = {"public": self.recovery.public.hex(), "sealed": self.recovery.sealed.hex()}
        content: dict[str, Any] = {
            "format": UNSIGNED_FORMAT if self.proof is None else FORMAT,
            "vault": self.vault_id,
            "salt": self.salt.hex(),
            "epoch": self.epoch,
            "generation": self.generation,
            "slots": [_slot_content(slot, signed=self.proof is not None) for slot in self.slots],
            "recovery": recovery,
        }
        if self.proof is not None:
            recovery |= {"root": self.recovery.root.hex(), "pin": self.recovery.pin.hex()}
            content |= self.proof.content()
        return content


def new_id() -> str:
    """A random id for a vault or a slot: 32 hexadecimal digits."""
    return secrets.token_hex(fields.ID_BYTES)


def root_data(vault_id: str, root: bytes, slot_id: str | None) -> bytes:
    """What the sealed private half of the root with the public half `root` is bound to."""
    return b"|".join((b"exin sealed root", vault_id.encode(), root.hex().encode(), (slot_id or "recovery").encode()))


def seed_data(vault_id: str, slot_id: str) -> bytes:
    """What a sealed key to sign with is bound to."""
    return b"|".join((b"exin sealed seed", vault_id.encode(), slot_id.encode()))


def pin_data(vault_id: str) -> bytes:
    """What the pin of the recovery key is bound to."""
    return b"|".join((b"exin recovery pin", vault_id.encode()))


def wrapping_data(vault_id: str, slot_id: str, kdf: KdfParameters) -> bytes:
    """What a wrapped private key is bound to."""
    return b"|".join((b"exin wrapped", vault_id.encode(), slot_id.encode(), kdf.associated()))


def sealing_data(vault_id: str, epoch: int, slot_id: str | None) -> bytes:
    """What a sealed database key is bound to; the recovery key has no slot id."""
    return b"|".join((b"exin sealed", vault_id.encode(), str(epoch).encode(), (slot_id or "recovery").encode()))


def read_slots(file: Path) -> SlotsFile:
    """The slots in `file`; raises OSError, NotAPlainFile, DamagedSlots or NewerVersion. Checks no MAC yet."""
    try:
        return parse(plain_file.start(file, MAXIMUM_BYTES + 1), file)
    except plain_file.Unfit as error:
        raise NotAPlainFile(file) from error


def parse(data: bytes, file: Path) -> SlotsFile:
    """The slots in `data`; `file` is only named in errors. Anything but the exact form is DamagedSlots."""
    if not data:
        raise DamagedSlots(file, _("it is empty"))
    if len(data) > MAXIMUM_BYTES:
        raise DamagedSlots(file, _("it is far too large"))
    try:
        whole = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise DamagedSlots(file, _("it cannot be read")) from error
    if not isinstance(whole, dict) or not isinstance(whole.get("content"), dict):
        raise DamagedSlots(file, _("it does not have the form of a slots file"))
    content = whole["content"]
    if whole.get("checksum") != _checksum(content):
        raise DamagedSlots(file, _("its checksum does not fit"))
    form = content.get("format")
    if type(form) is int and form > FORMAT:
        raise NewerVersion(file)
    try:
        slots = _slots_file(content)
    except Unexpected as error:
        raise DamagedSlots(file, _("its field “{field}” is not valid").format(field=error)) from error
    if slots.encoded() != data:
        raise DamagedSlots(file, _("it does not have the form of a slots file"))
    return slots


def _checksum(content: object) -> str:
    return hashlib.sha256(fields.canonical(content)).hexdigest()


def _slot_content(slot: Slot, *, signed: bool) -> dict[str, Any]:
    content = {
        "id": slot.id,
        "tag": slot.tag.hex(),
        "kdf": {"memory_kib": slot.kdf.memory_kib, "passes": slot.kdf.passes, "lanes": slot.kdf.lanes},
        "wrapped": slot.wrapped.hex(),
        "public": slot.public.hex(),
        "sealed": slot.sealed.hex(),
    }
    return content | {"root": slot.root.hex(), "seed": slot.seed.hex()} if signed else content


def _slots_file(content: dict[str, Any]) -> SlotsFile:
    form = content.get("format")
    if type(form) is not int or form not in (UNSIGNED_FORMAT, FORMAT):
        raise Unexpected("format")
    signed = form == FORMAT
    slots = tuple(_slot(item, signed=signed) for item in fields.listed(content, "slots", MAXIMUM_SLOTS))
    if len({slot.id for slot in slots}) != len(slots) or len({slot.tag for slot in slots}) != len(slots):
        raise Unexpected("slots")
    if len({slot.kdf for slot in slots}) > MAXIMUM_COSTS:
        raise Unexpected("kdf")
    recovery = fields.mapping(content, "recovery")
    return SlotsFile(
        vault_id=fields.raw(content, "vault", fields.ID_BYTES).hex(),
        salt=fields.raw(content, "salt", keys.SALT_BYTES),
        epoch=fields.count(content, "epoch"),
        generation=fields.count(content, "generation"),
        slots=slots,
        recovery=RecoverySlot(
            public=fields.raw(recovery, "public", keys.KEY_BYTES),
            sealed=fields.raw(recovery, "sealed", keys.SEALED_BYTES),
            root=fields.raw(recovery, "root", keys.SEALED_BYTES) if signed else b"",
            pin=fields.raw(recovery, "pin", 0, keys.WRAPPED_BYTES) if signed else b"",
        ),
        proof=parse_proof(content) if signed else None,
        mac=fields.raw(content, "mac", _MAC_BYTES),
    )


def _slot(content: dict[str, Any], *, signed: bool) -> Slot:
    cost = fields.mapping(content, "kdf")
    try:
        numbers = (fields.count(cost, name) for name in ("memory_kib", "passes", "lanes"))
        kdf = KdfParameters(*numbers)
    except ValueError as error:
        raise Unexpected("kdf") from error
    return Slot(
        id=fields.raw(content, "id", fields.ID_BYTES).hex(),
        tag=fields.raw(content, "tag", keys.TAG_BYTES),
        kdf=kdf,
        wrapped=fields.raw(content, "wrapped", keys.WRAPPED_BYTES, keys.PINNED_BYTES),
        public=fields.raw(content, "public", keys.KEY_BYTES),
        sealed=fields.raw(content, "sealed", keys.SEALED_BYTES),
        root=fields.raw(content, "root", 0, keys.SEALED_BYTES) if signed else b"",
        seed=fields.raw(content, "seed", 0, keys.SEALED_BYTES) if signed else b"",
    )
