"""The keys of a vault: from a passphrase, between a pair, around the database key, and those that sign."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
SIGNATURE_BYTES: Final = 64
WRAPPED_BYTES: Final = NONCE_BYTES + KEY_BYTES + 16
"""A wrapped key alone: a private key without a pin, or the pin of the recovery key."""
PINNED_BYTES: Final = WRAPPED_BYTES + KEY_BYTES
SEALED_BYTES: Final = KEY_BYTES + KEY_BYTES + 16

_MEMORY_KIB: Final = range(16 * 1024, 1024 * 1024 + 1)
_PASSES: Final = range(2, 17)
_LANES: Final = range(1, 17)


class DoesNotOpen(Exception):
    """A wrapped or sealed key is not what was written, or was not meant for this key."""


class KdfParameters(Struct, frozen=True):
    """What one guess of a passphrase costs (Argon2id, RFC 9106): KiB of memory, passes and lanes.

    Raises ValueError below 16 MiB or two passes, so that a changed file cannot make guessing cheap, and for sizes
    that would only serve to exhaust the machine.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        allowed = self.memory_kib in _MEMORY_KIB and self.passes in _PASSES and self.lanes in _LANES
        if not allowed:
            raise ValueError(f"unsafe key derivation: {self}")

    def associated(self) -> bytes:
        """The parameters as associated data."""
        return f"argon2id m={self.memory_kib} t={self.passes} p={self.lanes}".encode()


DEFAULT: Final = KdfParameters()


@dataclass(frozen=True, repr=False)
class PassphraseKeys:
    """What a user name and passphrase give: the tag that finds their slot and the key that opens it."""

    tag: bytes
    wrapping: bytes


def normalized_user(user: str) -> str:
    """A user name in the one form in which it counts: composed, without case and outer blanks."""
    composed = unicodedata.normalize("NFC", user.strip())
    return unicodedata.normalize("NFC", composed.casefold())


def user_salt(vault_salt: bytes, user: str) -> bytes:
    """The salt of one user in one vault; it stands in no file, so that no file tells who the users are."""
    name = normalized_user(user).encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"exin salt" + vault_salt + name).digest()[:SALT_BYTES]


def passphrase_keys(passphrase: str, salt: bytes, kdf: KdfParameters) -> PassphraseKeys:
    """Derive the keys of a passphrase, composed to NFC so that every keyboard gives the same; slow on purpose."""
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    master = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib
    ).derive(secret)
    return PassphraseKeys(
        tag=_expand(master, b"exin slot tag", TAG_BYTES), wrapping=_expand(master, b"exin slot wrapping", KEY_BYTES)
    )


def new_private() -> bytes:
    """A new X25519 private key, raw."""
    return X25519PrivateKey.generate().private_bytes_raw()


def recovery_private(secret: bytes, vault_id: str, *, pinned: bool) -> bytes:
    """The private key of a recovery secret in one vault.

    One that comes with a pin is another one, so that nobody can take the pin away and call it a key of before pins.
    """
    purpose = b"exin pinned recovery " if pinned else b"exin recovery "
    return _expand(secret, purpose + vault_id.encode(), KEY_BYTES)


def recovery_wrapping(secret: bytes, vault_id: str) -> bytes:
    """The key around the pin of a recovery secret in one vault."""
    return _expand(secret, b"exin recovery pin " + vault_id.encode(), KEY_BYTES)


def public_of(private: bytes) -> bytes:
    """The public half of a raw X25519 private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def is_usable(public: bytes) -> bool:
    """Whether something can be sealed to a public key: whoever chose it may have chosen one of low order."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return False
    return True


def new_seed() -> bytes:
    """A new key to sign with (Ed25519), raw."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def member_seed(private: bytes) -> bytes:
    """The key a member signs with, which follows from their private key, so that no further secret is kept."""
    return _expand(private, b"exin member signature", KEY_BYTES)


def verify_key(seed: bytes) -> bytes:
    """The public half of a key to sign with."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, content: bytes) -> bytes:
    """A signature over `content`."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(content)


def is_signed(content: bytes, signature: bytes, verify: bytes) -> bool:
    """Whether the holder of the key behind `verify` signed `content`."""
    try:
        Ed25519PublicKey.from_public_bytes(verify).verify(signature, content)
    except (InvalidSignature, ValueError):  # ValueError: not a key at all
        return False
    return True


def wrap(secret: bytes, wrapping: bytes, associated: bytes) -> bytes:
    """Encrypt a private key, a pin or both under a wrapping key, bound to `associated`; with a nonce of its own."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, secret, associated)


def unwrap(wrapped: bytes, wrapping: bytes, associated: bytes) -> bytes:
    """What is inside `wrapped`; raises DoesNotOpen."""
    try:
        return AESGCM(wrapping).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], associated)
    except InvalidTag as error:
        raise DoesNotOpen from error


def seal(key: bytes, public: bytes, associated: bytes) -> bytes:
    """Encrypt a key to a public key, bound to `associated`; needs no secret of the receiver."""
    once = X25519PrivateKey.generate()
    once_public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    # The key is used for this one message only, so the nonce may be constant.
    cipher = AESGCM(_expand(shared, b"exin seal" + once_public + public, KEY_BYTES))
    return once_public + cipher.encrypt(bytes(NONCE_BYTES), key, associated)


def unseal(sealed: bytes, private: bytes, associated: bytes) -> bytes:
    """The key inside `sealed`; raises DoesNotOpen."""
    once_public, encrypted = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    own = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(once_public))
        cipher = AESGCM(_expand(shared, b"exin seal" + once_public + public_of(private), KEY_BYTES))
        return cipher.decrypt(bytes(NONCE_BYTES), encrypted, associated)
    except (InvalidTag, ValueError) as error:  # ValueError: a public key of low order
        raise DoesNotOpen from error


def fingerprint(database_key: bytes, vault_id: str) -> bytes:
    """What tells a database key from another and gives neither away."""
    return _expand(database_key, b"exin database key " + vault_id.encode(), KEY_BYTES)


def authentication(database_key: bytes, vault_id: str, content: bytes) -> bytes:
    """What only a holder of the database key can compute over the slots."""
    key = _expand(database_key, b"exin slots " + vault_id.encode(), KEY_BYTES)
    return hmac.new(key, content, hashlib.sha256).digest()


def figures_secret(audit_key: bytes) -> bytes:
    """What the rounding of figures is drawn by; it follows from what a change of the database key leaves as it is."""
    return _expand(audit_key, b"exin figures", KEY_BYTES)


def vault_mark(figures: bytes) -> str:
    """What tells the figures of one vault from those of another and names neither, from its secret for figures."""
    return _expand(figures, b"exin figures mark", TAG_BYTES).hex()


def _expand(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(secret)
