"""One person's public SSH key: well formed, plain, and of a kind that is strong enough."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from msgspec import Struct

from config import plain_file
from config.errors import ExinError
from config.reasons import reason
from config.words import _

KINDS: Final = (
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
)  # fmt: skip
LEAST_RSA_BITS: Final = 3072
_MOST_BYTES: Final = 16 * 1024


class KeyRefused(ExinError):
    """What was given is not one public key that can be let in; the text says why."""


class PublicKey(Struct, frozen=True):
    """A key as it stands in a line of keys: its `kind`, and its `body` in base 64."""

    kind: str
    body: str

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` shows it: SHA256 and base 64."""
        key = serialization.load_ssh_public_key(f"{self.kind} {self.body}".encode())
        digest = serialization.ssh_key_fingerprint(key, hashes.SHA256())
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def from_file(path: Path) -> PublicKey:
    """The one key in a file of a few lines; raises `KeyRefused`."""
    try:
        data = plain_file.read(path, _MOST_BYTES)
    except OSError as error:
        raise KeyRefused(_("{file} cannot be read: {reason}.").format(file=path, reason=reason(error))) from error
    return parse(data, str(path))


def parse(data: bytes, where: str) -> PublicKey:
    """The one key in `data`, which is named `where` in errors; its comment is left out. Raises `KeyRefused`."""
    if b"PRIVATE KEY" in data:
        text = _("{file} is a private key, which never leaves its owner's machine; the public one ends in .pub.")
        raise KeyRefused(text.format(file=where))
    try:
        lines = [line for line in plain_file.decoded(data).splitlines() if line.strip()]
    except UnicodeDecodeError:
        raise KeyRefused(_("{file} is not written in UTF-8.").format(file=where)) from None
    if len(lines) > 1:
        raise KeyRefused(_("{file} holds more than one line; a key is one.").format(file=where))
    words = lines[0].split(maxsplit=2) if lines else []
    if len(words) < 2 or words[0] not in KINDS:
        text = _("{file} is not a public key of a kind that is let in: {kinds}.")
        raise KeyRefused(text.format(file=where, kinds=", ".join(KINDS)))
    try:
        key = serialization.load_ssh_public_key(f"{words[0]} {words[1]}".encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyRefused(_("{file} is not a well-formed public key.").format(file=where)) from error
    if isinstance(key, RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        text = _("{file} is too weak: an RSA key has at least {bits} bits. Better: ssh-keygen -t ed25519")
        raise KeyRefused(text.format(file=where, bits=LEAST_RSA_BITS))
    return PublicKey(words[0], words[1])
