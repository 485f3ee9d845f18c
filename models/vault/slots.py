"""The slots file: who may open the database, without a single name.

JSON in one exact form: `content` and a plain checksum over it, by which accidental damage is told from a wrong
passphrase; inside, a MAC under the database key, by which deliberate change is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from config import plain_file
from config.words import _
from models.vault import keys
from models.vault.errors import DamagedSlots, NewerVersion, NotAPlainFile
from models.vault.keys import KdfParameters

FORMAT: Final = 1
MAXIMUM_BYTES: Final = 1024 * 1024
MAXIMUM_SLOTS: Final = 500
_MAXIMUM_COUNT: Final = 2**53
_ID_BYTES: Final = 16
_MAC_BYTES: Final = 32


class _Unexpected(Exception):
    """The content is not of the form; never leaves this module."""


@dataclass(frozen=True, repr=False)
class Slot:
    """One user's way in: private half under their passphrase, database key under the public half."""

    id: str
    tag: bytes
    kdf: KdfParameters
    wrapped: bytes
    public: bytes
    sealed: bytes


@dataclass(frozen=True, repr=False)
class RecoverySlot:
    """The recovery key's way in."""

    public: bytes
    sealed: bytes


@dataclass(frozen=True, repr=False)
class SlotsFile:
    """The whole file; `epoch` counts database keys, `generation` counts rewrites."""

    vault_id: str
    salt: bytes
    epoch: int
    generation: int
    slots: tuple[Slot, ...]
    recovery: RecoverySlot
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
        return _canonical(self._content())

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "vault": self.vault_id,
            "salt": self.salt.hex(),
            "epoch": self.epoch,
            "generation": self.generation,
            "slots": [_slot_content(slot) for slot in self.slots],
            "recovery": {"public": self.recovery.public.hex(), "sealed": self.recovery.sealed.hex()},
        }


def new_id() -> str:
    """A random id for a vault or a slot: 32 hexadecimal digits."""
    return secrets.token_hex(_ID_BYTES)


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
    except _Unexpected as error:
        raise DamagedSlots(file, _("its field “{field}” is not valid").format(field=error)) from error
    if slots.encoded() != data:
        raise DamagedSlots(file, _("it does not have the form of a slots file"))
    return slots


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


def _checksum(content: object) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _slot_content(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "tag": slot.tag.hex(),
        "kdf": {"memory_kib": slot.kdf.memory_kib, "passes": slot.kdf.passes, "lanes": slot.kdf.lanes},
        "wrapped": slot.wrapped.hex(),
        "public": slot.public.hex(),
        "sealed": slot.sealed.hex(),
    }


def _slots_file(content: dict[str, Any]) -> SlotsFile:
    if content.get("format") != FORMAT:
        raise _Unexpected("format")
    found = content.get("slots")
    if not isinstance(found, list) or len(found) > MAXIMUM_SLOTS:
        raise _Unexpected("slots")
    slots = tuple(_slot(item) for item in found)
    if len({slot.id for slot in slots}) != len(slots) or len({slot.tag for slot in slots}) != len(slots):
        raise _Unexpected("slots")
    recovery = _mapping(content, "recovery")
    return SlotsFile(
        vault_id=_hex(content, "vault", _ID_BYTES).hex(),
        salt=_hex(content, "salt", keys.SALT_BYTES),
        epoch=_count(content, "epoch"),
        generation=_count(content, "generation"),
        slots=slots,
        recovery=RecoverySlot(
            public=_hex(recovery, "public", keys.KEY_BYTES), sealed=_hex(recovery, "sealed", keys.SEALED_BYTES)
        ),
        mac=_hex(content, "mac", _MAC_BYTES),
    )


def _slot(content: object) -> Slot:
    if not isinstance(content, dict):
        raise _Unexpected("slots")
    cost = _mapping(content, "kdf")
    try:
        kdf = KdfParameters(_count(cost, "memory_kib"), _count(cost, "passes"), _count(cost, "lanes"))
    except ValueError as error:
        raise _Unexpected("kdf") from error
    return Slot(
        id=_hex(content, "id", _ID_BYTES).hex(),
        tag=_hex(content, "tag", keys.TAG_BYTES),
        kdf=kdf,
        wrapped=_hex(content, "wrapped", keys.WRAPPED_BYTES),
        public=_hex(content, "public", keys.KEY_BYTES),
        sealed=_hex(content, "sealed", keys.SEALED_BYTES),
    )


def _mapping(content: dict[str, Any], field: str) -> dict[str, Any]:
    value = content.get(field)
    if not isinstance(value, dict):
        raise _Unexpected(field)
    return value


def _hex(content: dict[str, Any], field: str, length: int) -> bytes:
    value = content.get(field)
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * length}}}", value):
        raise _Unexpected(field)
    return bytes.fromhex(value)


def _count(content: dict[str, Any], field: str) -> int:
    value = content.get(field)
    if type(value) is not int or not 1 <= value <= _MAXIMUM_COUNT:
        raise _Unexpected(field)
    return value
