"""What keeps a vault shut, one protection a line: the slots, the roster, the keys, the engine, the files."""

from __future__ import annotations

from typing import Final

from tests.protections.taken import Taken

_ROSTER: Final = ("models/vault/test_roster.py", "models/vault/test_roots.py", "models/vault/test_first_roster.py")
_SLOTS: Final = ("models/vault/test_slots.py", "models/vault/test_sealed.py")
_ROTATION: Final = ("models/vault/test_rotation.py", "models/vault/test_sealed.py")
_KEYS: Final = ("models/vault/test_keys.py", "models/vault/test_first_roster.py")
_ENGINE: Final = ("models/vault/test_engine.py", "models/vault/test_rotation.py")
_PLACE: Final = ("models/vault/test_place.py", "models/vault/test_sealed.py")

ROSTER: Final = (
    Taken(
        "the pin is not compared",
        "models/vault/roster.py", "if pin is not None and not self.reaches(pin):", "if False:", _ROSTER,
    ),
    Taken(
        "anybody signs the roster",
        "models/vault/roster.py", "if not roster.is_signed():", "if False:", _ROSTER,
    ),
    Taken(
        "anybody signs a renewal",
        "models/vault/roster.py", "or not renewal.is_signed(roster, former.verify)", "or False", _ROSTER,
    ),
    Taken(
        "a renewal of a key nothing can be sealed to",
        "models/vault/roster.py", " or not keys.is_usable(renewal.public)", "", _ROSTER,
    ),
    Taken(
        "renewals in any order",
        "models/vault/roster.py",
        "if renewal.generation != standing.generation + 1 or renewal.epoch - standing.epoch not in (0, 1):",
        "if False:", _ROSTER,
    ),
    Taken(
        "renewals on top of another roster",
        "models/vault/roster.py", '"roster": roster.signature.hex()}', '"roster": ""}', _ROSTER,
    ),
    Taken(
        "any root follows",
        "models/vault/roster.py", "if link.follows(self.roster.vault_id, at):", "if True:", _ROSTER,
    ),
    Taken(
        "a link of another vault's roots",
        "models/vault/roster.py", '{"vault": vault_id, "root": root.hex()}', '{"root": root.hex()}', _ROSTER,
    ),
    Taken(
        "a roster of no vault",
        "models/vault/roster.py", '"vault": self.vault_id,', '"vault": 32 * "0",', _ROSTER,
    ),
    Taken(
        "roles that are not signed",
        "models/vault/roster.py", '"verify": one.verify.hex(), "role": one.role}',
        '"verify": one.verify.hex(), "role": READER}', _ROSTER,
    ),
    Taken(
        "a pin shed by unsigned slots",
        "models/vault/slots.py", "            if pin is not None:\n                raise", "            if False:\n                raise",
        _ROSTER,
    ),
    Taken(
        "a roster of another vault",
        "models/vault/slots.py", "if roster.vault_id != self.vault_id:", "if False:", _ROSTER,
    ),
    Taken(
        "slots of another time than the signed",
        "models/vault/slots.py", "if (roster.epoch, roster.generation) != (self.epoch, self.generation):", "if False:",
        _ROSTER,
    ),
    Taken(
        "a signed way in that is missing",
        "models/vault/slots.py", "if roster.members.keys() - publics:", "if False:", _ROSTER,
    ),
    Taken(
        "a way in that nobody signed",
        "models/vault/slots.py", "if publics.keys() - roster.members.keys():", "if False:", _ROSTER,
    ),
    Taken(
        "another key than the signed",
        "models/vault/slots.py",
        "if any(one.public != publics[slot_id] for slot_id, one in roster.members.items()):", "if False:", _ROSTER,
    ),
    Taken(
        "a planted recovery key",
        "models/vault/slots.py", "if roster.recovery != self.recovery.public:", "if False:", _ROSTER,
    ),
    Taken(
        "any number of costs before anything is proved",
        "models/vault/slots.py", "if len({slot.kdf for slot in slots}) > MAXIMUM_COSTS:", "if False:", _ROSTER,
    ),
    Taken(
        "the fingerprint of the database key",
        "models/vault/key_wrapping.py",
        "if roster is not None and roster.fingerprint != keys.fingerprint(key, slots.vault_id):", "if False:", _ROSTER,
    ),
    Taken(
        "the recovery key's pin taken away",
        "models/vault/key_wrapping.py", "            if pinned:\n                raise", "            if False:\n                raise",
        _ROSTER,
    ),
    Taken(
        "the recovery key of pins and of before is one",
        "models/vault/keys.py", 'purpose = b"exin pinned recovery " if pinned else b"exin recovery "',
        'purpose = b"exin recovery "', (*_ROSTER, "models/test_vault_before_rooms.py"),
    ),
    Taken(
        "the root is given to everybody",
        "models/vault/signing.py", 'root=sealed(slot.public, slot.id) if slot.id in leading else b"")',
        "root=sealed(slot.public, slot.id))", _ROSTER,
    ),
    Taken(
        "whoever is unknown leads",
        "models/vault/signing.py", "roles.get(slot.id, READER)", "roles.get(slot.id, LEADER)", _ROSTER,
    ),
    Taken(
        "the root stays when a leader leaves",
        "models/vault/unlocked.py",
        "return root.renewed(self.vault_id) if anew or holders(self._members) - holders(members) else root",
        "return root", _ROSTER,
    ),
    Taken(
        "the root stays at a new recovery key",
        "models/vault/unlocked.py", "signer = self._signer(self._members, anew=True)",
        "signer = self._signer(self._members)", _ROSTER,
    ),
    Taken(
        "the last leader steps down",
        "models/vault/unlocked.py", "if not holders(members) and holders(self._members):", "if False:", _ROSTER,
    ),
    Taken(
        "the newest root is not pinned",
        "models/vault/unlocked.py", "        if self._roster is not None:\n            self._pin_newest()\n",
        "", _ROSTER,
    ),
    Taken(
        "renewals without end",
        "models/vault/unlocked.py", "if len(proof.renewals) >= MAXIMUM_RENEWALS:", "if False:", _ROSTER,
    ),
    Taken(
        "slots beside copies stay at the first roster",
        "models/vault/unlocked.py", "                copies.remove_slots(self.place)\n", "", _ROSTER,
    ),
)  # fmt: skip

SLOTS: Final = (
    Taken(
        "the MAC of the slots",
        "models/vault/key_wrapping.py", "if len(key) != keys.KEY_BYTES or not slots.is_authentic(key):", "if False:",
        (*_SLOTS, *_ROSTER),
    ),
    Taken(
        "another pair under the own id",
        "models/vault/key_wrapping.py", "if own is None or own.public != keys.public_of(private):", "if own is None:",
        (*_SLOTS, *_ROSTER),
    ),
    Taken(
        "another public half beside the wrapped private one",
        "models/vault/key_wrapping.py", "if keys.public_of(private) != slot.public:", "if False:", (*_SLOTS, *_ROSTER),
    ),
    Taken(
        "the epoch of a sealed key",
        "models/vault/slots.py", 'vault_id.encode(), str(epoch).encode(), (slot_id or "recovery").encode()))',
        'vault_id.encode(), b"1", (slot_id or "recovery").encode()))', _ROTATION,
    ),
    Taken(
        "whose way in a wrapped key is",
        "models/vault/slots.py", "vault_id.encode(), slot_id.encode(), kdf.associated()))",
        "vault_id.encode(), kdf.associated()))", _SLOTS,
    ),
    Taken(
        "what a wrapped key cost",
        "models/vault/slots.py", "vault_id.encode(), slot_id.encode(), kdf.associated()))",
        "vault_id.encode(), slot_id.encode()))", _SLOTS,
    ),
    Taken(
        "whose sealed root it is",
        "models/vault/slots.py", 'root.hex().encode(), (slot_id or "recovery").encode()))', "root.hex().encode()))",
        (*_ROSTER, *_SLOTS),
    ),
    Taken(
        "the checksum of the slots",
        "models/vault/slots.py", 'if whole.get("checksum") != _checksum(content):', "if False:", _SLOTS,
    ),
    Taken(
        "slots in another form than the one",
        "models/vault/slots.py", "if slots.encoded() != data:", "if False:", _SLOTS,
    ),
    Taken(
        "slots without a limit",
        "models/vault/slots.py", "if len(data) > MAXIMUM_BYTES:", "if False:", _SLOTS,
    ),
    Taken(
        "older slots in a session",
        "models/vault/unlocked.py", "if slots.generation < self._slots.generation:", "if False:",
        (*_ROTATION, *_ROSTER),
    ),
    Taken(
        "older slots than the database knows",
        "models/vault/unlocked.py", "if seal.slots_generation > self._slots.generation:", "if False:", _ROTATION,
    ),
    Taken(
        "the generation goes back",
        "models/vault/seal.py", "CAST(value AS INTEGER) < ?", "CAST(value AS INTEGER) != ?", _ROTATION,
    ),
    Taken(
        "a database of another vault",
        "models/vault/unlocked.py", "if seal.vault_id != self.vault_id:", "if False:", _SLOTS,
    ),
    Taken(
        "slots of another vault",
        "models/vault/unlocked.py", "if slots.vault_id != self.vault_id:", "if False:", (*_SLOTS, *_ROSTER),
    ),
)  # fmt: skip

ROTATION: Final = (
    Taken(
        "a rotation that failed is put in force",
        "models/vault/rotation.py",
        "        if not engine.opens(place, new_key.hex()):\n            _abandon(place)\n            raise\n",
        "        pass\n", _ROTATION,
    ),
    Taken(
        "the epoch stays",
        "models/vault/rotation.py", "epoch = slots.epoch + 1", "epoch = slots.epoch", _ROTATION,
    ),
    Taken(
        "a killed rotation is settled without a look",
        "models/vault/rotation.py", "if engine.opens(place, key.hex()):", "if True:", _ROTATION,
    ),
    Taken(
        "whoever is revoked keeps the key",
        "models/vault/unlocked.py", "            self._rotate(*self._without(slot_id))\n",
        "            self._write(*self._without(slot_id))\n", _ROTATION,
    ),
    Taken(
        "a new passphrase keeps the pair",
        "models/vault/unlocked.py", "former, own, private = self._slots, self._private, keys.new_private()",
        "former, own, private = self._slots, self._private, self._private", (*_ROTATION, *_ROSTER),
    ),
    Taken(
        "a new passphrase keeps the key",
        "models/vault/unlocked.py", "self._rotate(self._slots, self._signer(after, alone=alone))", "pass",
        _ROTATION,
    ),
    Taken(
        "a passphrase that was not changed is the new one",
        "models/vault/unlocked.py", "                self._write(former, self._signer(before, alone=alone))\n", "",
        _ROTATION,
    ),
    Taken(
        "a new recovery key keeps the key",
        "models/vault/unlocked.py", "self._rotate(replace(slots, recovery=slot), signer)",
        "self._write(replace(slots, recovery=slot), signer)", _ROTATION,
    ),
    Taken(
        "copies keep the former key",
        "models/vault/unlocked.py", "copies.follow(self.place, former.hex(), self._database_key.hex())", "pass",
        ("models/vault/test_copies.py",),
    ),
    Taken(
        "slots of before stay beside copies",
        "models/vault/copies.py", "    remove_slots(place)\n    for copy", "    for copy",
        ("models/vault/test_copies.py",),
    ),
    Taken(
        "links among the copies are followed",
        "models/vault/copies.py", "if path.is_file() and not path.is_symlink())", "if path.is_file())",
        ("models/vault/test_copies.py",),
    ),
    Taken(
        "a database held by somebody is not asked first",
        "models/vault/engine.py",
        '            connection.execute("BEGIN IMMEDIATE")\n            connection.execute("ROLLBACK")\n', "", _ENGINE,
    ),
    Taken(
        "the room is not asked first",
        "models/vault/engine.py", "if shutil.disk_usage(place.folder).free < 1.2 * file.stat().st_size:", "if False:",
        _ENGINE,
    ),
    Taken(
        "pages under the former key stay in the log",
        "models/vault/engine.py",
        '            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()\n', "", _ENGINE,
    ),
)  # fmt: skip

KEYS: Final = (
    Taken("memory as cheap as one likes", "models/vault/keys.py", "range(16 * 1024, 1024", "range(1, 1024", _KEYS),
    Taken("memory without an end", "models/vault/keys.py", "1024 * 1024 + 1)", "2**40)", _KEYS),
    Taken("one pass will do", "models/vault/keys.py", "_PASSES: Final = range(2, 17)", "_PASSES: Final = range(1, 17)", _KEYS),
    Taken("cheaper by default", "models/vault/keys.py", "memory_kib: int = 64 * 1024", "memory_kib: int = 16 * 1024", _KEYS),
    Taken("another salt than ever", "models/vault/keys.py", 'b"exin salt"', 'b"exin salz"', _KEYS),
    Taken("one salt for all users", "models/vault/keys.py", "vault_salt + name)", "vault_salt)", _KEYS),
    Taken("another tag than ever", "models/vault/keys.py", 'b"exin slot tag"', 'b"exin slot tagg"', _KEYS),
    Taken("another binding than ever", "models/vault/slots.py", 'b"exin sealed", vault_id', 'b"exin seal", vault_id', _KEYS),
    Taken(
        "what is not composed",
        "models/vault/keys.py", 'secret = unicodedata.normalize("NFC", passphrase)', "secret = passphrase", _KEYS,
    ),
    Taken(
        "a key of low order",
        "models/vault/keys.py", "    except ValueError:\n        return False\n    return True",
        "    except ValueError:\n        return True\n    return True", (*_KEYS, *_ROSTER),
    ),
    Taken(
        "any signature",
        "models/vault/keys.py", "not a key at all\n        return False", "not a key at all\n        return True",
        _ROSTER,
    ),
    Taken(
        "what a sealed key is bound to",
        "models/vault/keys.py", "return once_public + cipher.encrypt(bytes(NONCE_BYTES), key, associated)",
        'return once_public + cipher.encrypt(bytes(NONCE_BYTES), key, b"")', _KEYS,
    ),
    Taken("short passphrases", "models/vault/passphrase.py", "if length < MINIMUM_LENGTH:", "if False:",
          ("models/vault/test_passphrase.py",)),
    Taken("Norwegian passphrases", "models/vault/passphrase.py", "    _teach_norwegian()\n    verdict", "    verdict",
          ("models/vault/test_passphrase.py",)),
    Taken("what is tried first", "models/vault/passphrase.py", "and not known:", "and True:",
          ("models/vault/test_passphrase.py",)),
    Taken("a mistyped group", "models/vault/recovery.py", "if -1 in values or values[3] != _group_check(place, values[:3]):",
          "if -1 in values:", ("models/vault/test_recovery.py",)),
    Taken("a mistyped recovery key", "models/vault/recovery.py",
          "if number & (1 << _CHECK_BITS) - 1 != _whole_check(secret):", "if False:", ("models/vault/test_recovery.py",)),
)  # fmt: skip

ENGINE: Final = (
    Taken("an engine that damages", "models/vault/engine.py", "if version < _OLDEST_SQLITE:", "if False:", _ENGINE),
    Taken("a passphrase in the place of a key", "models/vault/engine.py",
          'if not re.fullmatch(r"[0-9a-fA-F]{64}", key):', "if False:", _ENGINE),
    Taken("a missing database is made anew", "models/vault/engine.py", '"?mode=rw"', '"?mode=rwc"', _ENGINE),
    Taken("a foreign database", "models/vault/engine.py",
          'if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:', "if False:", _ENGINE),
    Taken("a torn last page", "models/vault/engine.py", "if size % _PAGE_BYTES and not logged:", "if False:",
          (*_ENGINE, "models/vault/test_sealed.py")),
    Taken("a torn last page beside a log is refused", "models/vault/engine.py",
          "if size % _PAGE_BYTES and not logged:", "if size % _PAGE_BYTES:", _ENGINE),
    Taken("a plain database", "models/vault/engine.py", "if start == _PLAIN_HEADER:", "if False:", _ENGINE),
    Taken("saved is not on the disk", "models/vault/engine.py", '("synchronous", "FULL")', '("synchronous", "OFF")', _ENGINE),
    Taken("what is deleted stays", "models/vault/engine.py", '("secure_delete", "ON")', '("secure_delete", "OFF")', _ENGINE),
    Taken("sorting in a file", "models/vault/engine.py", '("temp_store", "2")', '("temp_store", "1")', _ENGINE),
    Taken("the engine writes across the screen", "models/vault/engine.py", "    _silence()\n    connection",
          "    connection", _ENGINE),
    Taken("somebody else's work is not waited for", "models/vault/engine.py",
          "BUSY_MILLISECONDS: Final = 8000", "BUSY_MILLISECONDS: Final = 0", (*_ENGINE, "models/test_store.py")),
)  # fmt: skip

FILES: Final = (
    Taken("slots that a loss of power takes", "models/vault/files.py",
          "        stream.flush()\n        os.fsync(handle)\n", "        stream.flush()\n", _ROTATION),
    Taken("a name that a loss of power takes", "models/vault/files.py",
          "            raise\n        sync_folder(place.folder)\n", "            raise\n", _ROTATION),
    Taken("next slots that a loss of power takes", "models/vault/files.py",
          "        os.replace(place.next_slots, place.slots)\n        sync_folder(place.folder)\n",
          "        os.replace(place.next_slots, place.slots)\n", _ROTATION),
    Taken("strays of the killed stay", "models/vault/files.py", "            stray.unlink(missing_ok=True)\n",
          "            pass\n", ("models/vault/test_kills.py", "models/vault/test_roster_kills.py", "models/vault/test_sealed.py")),
    Taken("nobody is kept out", "models/vault/files.py",
          "fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)", "fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)",
          ("models/vault/test_sealed.py", "models/vault/test_roots.py")),
    Taken("the lock leads to another file", "models/vault/files.py",
          'getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)\n    try:', 'getattr(os, "O_CLOEXEC", 0)\n    try:',
          _PLACE),
    Taken("the lock has another name", "models/vault/files.py", " or found.st_nlink != 1:", ":", _PLACE),
    Taken("the folder is a link", "models/vault/place.py", "os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)",
          "os.O_RDONLY | os.O_DIRECTORY)", _PLACE),
    Taken("the folders above are the group's", "models/vault/place.py", "parent.mkdir(PRIVATE)", "parent.mkdir(0o777)",
          _PLACE),
    Taken("the folder is the group's unasked", "models/vault/place.py", "SHARED if shared or group else PRIVATE)",
          "SHARED)", _PLACE),
    Taken("files are the group's unasked", "models/vault/place.py", "return 0o660 if self.shared else 0o600",
          "return 0o660", _PLACE),
    Taken("files are their owner's by the umask", "models/vault/files.py",
          "    with os.fdopen(handle, \"wb\") as stream:\n        _share_handle(handle, mode)\n",
          "    with os.fdopen(handle, \"wb\") as stream:\n", _PLACE),
    Taken("a vault on a network file system", "models/vault/place.py", "if kind is not None:", "if False:", _PLACE),
    Taken("a planted name makes a living vault none", "models/vault/place.py",
          "return _there(self.slots) or (_there(self.database) and not self._in_the_making())",
          "return (_there(self.slots) or _there(self.database)) and not self._in_the_making()", _PLACE),
    Taken("a vault is made over another", "models/vault/sealed.py",
          "        if place.exists():\n            raise VaultExists(place.folder)\n", "", _PLACE),
    Taken("a killed making is destroyed", "models/vault/place.py", "                    path.rename(aside / path.name)\n",
          "                    path.unlink()\n", _PLACE),
    Taken("a vault counts before its key was shown", "models/vault/sealed.py",
          "place = VaultPlace(folder.absolute(), making=True)", "place = VaultPlace(folder.absolute())", _PLACE),
)  # fmt: skip
