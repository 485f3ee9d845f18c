"""The signed roster: who belongs to a vault, with which keys and in which role, and the proof of it.

The root signs the roster. A member who changes their own keys signs a renewal with their former one; it is folded away
when the root signs next. A root that was changed is signed by the one before. Whoever opens the vault has a root pinned
beside their private key, and takes nothing for true that does not follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from config.words import _
from models.vault import fields, keys

LEADER: Final = "team_leader"
CASEWORKER: Final = "caseworker"
READER: Final = "reader"
ROLES: Final = (LEADER, CASEWORKER, READER)
MAXIMUM_RENEWALS: Final = 200
MAXIMUM_ROOTS: Final = 200


class Unproved(Exception):
    """The roster does not follow from the pin; `str` is a translated clause that says why."""


@dataclass(frozen=True, repr=False)
class Member:
    """One way in: the public key things are sealed to, the key its signatures are checked with, and the role."""

    public: bytes
    verify: bytes
    role: str

    @staticmethod
    def of(private: bytes, role: str) -> Member:
        """The holder of a private key; raises ValueError for a role there is not."""
        verify = keys.verify_key(keys.member_seed(private))
        return Member(keys.public_of(private), verify, "").with_role(role)

    def with_role(self, role: str) -> Member:
        """The same in another role; raises ValueError for one there is not."""
        if role not in ROLES:
            raise ValueError(f"there is no role {role!r}")
        return replace(self, role=role)


Members = Mapping[str, Member]
"""The members by the id of their slot."""


def holders(members: Members) -> set[bytes]:
    """The public keys that the root is sealed to, but for the recovery key's."""
    return {one.public for one in members.values() if one.role == LEADER}


@dataclass(frozen=True, repr=False)
class Roster:
    """What the root signs; `recovery` is the public key of the recovery key.

    `fingerprint` is that of the epoch's database key: sealing needs no secret, so somebody could seal one of their own.
    """

    vault_id: str
    root: bytes
    epoch: int
    generation: int
    fingerprint: bytes
    members: Members
    recovery: bytes
    signature: bytes = b""

    def signed(self, root: bytes) -> Roster:
        """The same with the signature of the root's private half."""
        return replace(self, signature=keys.sign(root, self._statement()))

    def is_signed(self) -> bool:
        """Whether the root it names has signed it."""
        return keys.is_signed(self._statement(), self.signature, self.root)

    def content(self) -> dict[str, Any]:
        """The roster as it stands in the file."""
        return self._unsigned() | {"signature": self.signature.hex()}

    def _statement(self) -> bytes:
        return b"exin roster|" + fields.canonical(self._unsigned())

    def _unsigned(self) -> dict[str, Any]:
        return {
            "vault": self.vault_id,
            "root": self.root.hex(),
            "epoch": self.epoch,
            "generation": self.generation,
            "fingerprint": self.fingerprint.hex(),
            "members": {
                slot_id: {"public": one.public.hex(), "verify": one.verify.hex(), "role": one.role}
                for slot_id, one in self.members.items()
            },
            "recovery": self.recovery.hex(),
        }


@dataclass(frozen=True, repr=False)
class Renewal:
    """A member's own change of their keys, or of the database key, signed by the key they had before."""

    slot_id: str
    public: bytes
    verify: bytes
    epoch: int
    generation: int
    fingerprint: bytes
    signature: bytes = b""

    def signed(self, roster: Roster, seed: bytes) -> Renewal:
        """The same with the signature of the member's former key, bound to the roster it follows."""
        return replace(self, signature=keys.sign(seed, self._statement(roster)))

    def is_signed(self, roster: Roster, verify: bytes) -> bool:
        """Whether the holder of the key behind `verify` made it, on top of this roster."""
        return keys.is_signed(self._statement(roster), self.signature, verify)

    def content(self) -> dict[str, Any]:
        """The renewal as it stands in the file."""
        return self._unsigned() | {"signature": self.signature.hex()}

    def _statement(self, roster: Roster) -> bytes:
        bound = {"vault": roster.vault_id, "roster": roster.signature.hex()}
        return b"exin renewal|" + fields.canonical(self._unsigned() | bound)

    def _unsigned(self) -> dict[str, Any]:
        return {
            "slot": self.slot_id,
            "public": self.public.hex(),
            "verify": self.verify.hex(),
            "epoch": self.epoch,
            "generation": self.generation,
            "fingerprint": self.fingerprint.hex(),
        }


@dataclass(frozen=True, repr=False)
class RootLink:
    """A root that took the place of another, which signed it."""

    root: bytes
    signature: bytes

    @staticmethod
    def signed(vault_id: str, former: bytes, root: bytes) -> RootLink:
        """The link from the private half of the former root to the public half of the next."""
        return RootLink(root, keys.sign(former, _link(vault_id, root)))

    def follows(self, vault_id: str, former: bytes) -> bool:
        """Whether the root with the public half `former` signed it."""
        return keys.is_signed(_link(vault_id, self.root), self.signature, former)

    def content(self) -> dict[str, Any]:
        """The link as it stands in the file."""
        return {"root": self.root.hex(), "signature": self.signature.hex()}


@dataclass(frozen=True, repr=False)
class Proof:
    """All that the slots file has to show for who belongs to the vault."""

    roster: Roster
    renewals: tuple[Renewal, ...] = ()
    roots: tuple[RootLink, ...] = ()

    def standing(self, pin: bytes | None) -> Roster:
        """The roster as the renewals leave it; raises Unproved unless every signature follows from `pin`.

        Without a pin, as vaults of before pins left it, the root is taken for what it says it is.
        """
        roster = self.roster
        if pin is not None and not self.reaches(pin):
            raise Unproved(_("the key it is signed with does not follow from the one you know"))
        if not roster.is_signed():
            raise Unproved(_("its signature does not fit"))
        standing = roster
        for renewal in self.renewals:
            former = standing.members.get(renewal.slot_id)
            if former is None or not renewal.is_signed(roster, former.verify) or not keys.is_usable(renewal.public):
                raise Unproved(_("a change of keys was not made by whom it is for"))
            if renewal.generation != standing.generation + 1 or renewal.epoch - standing.epoch not in (0, 1):
                raise Unproved(_("changes of keys are not in their order"))
            renewed = replace(former, public=renewal.public, verify=renewal.verify)
            standing = replace(
                standing,
                epoch=renewal.epoch,
                generation=renewal.generation,
                fingerprint=renewal.fingerprint,
                members={**standing.members, renewal.slot_id: renewed},
            )
        return standing

    def content(self) -> dict[str, Any]:
        """The proof as it stands in the file."""
        return {
            "roster": self.roster.content(),
            "renewals": [renewal.content() for renewal in self.renewals],
            "roots": [link.content() for link in self.roots],
        }

    def reaches(self, pin: bytes) -> bool:
        """Whether the root that signed the roster is the pinned one, or follows from it link by link."""
        at = pin
        for link in self.roots:
            if link.follows(self.roster.vault_id, at):
                at = link.root
        return at == self.roster.root


def parse_proof(content: dict[str, Any]) -> Proof:
    """The proof in the file's content; raises `fields.Unexpected`. Checks no signature."""
    found = fields.mapping(content, "roster")
    roster = Roster(
        vault_id=fields.raw(found, "vault", fields.ID_BYTES).hex(),
        root=fields.raw(found, "root", keys.KEY_BYTES),
        epoch=fields.count(found, "epoch"),
        generation=fields.count(found, "generation"),
        fingerprint=fields.raw(found, "fingerprint", keys.KEY_BYTES),
        members={slot_id: _member(one) for slot_id, one in fields.mapping(found, "members").items()},
        recovery=fields.raw(found, "recovery", keys.KEY_BYTES),
        signature=fields.raw(found, "signature", keys.SIGNATURE_BYTES),
    )
    renewals = fields.listed(content, "renewals", MAXIMUM_RENEWALS)
    roots = fields.listed(content, "roots", MAXIMUM_ROOTS)
    return Proof(roster, tuple(map(_renewal, renewals)), tuple(map(_link_of, roots)))


def _member(content: object) -> Member:
    if not isinstance(content, dict):
        raise fields.Unexpected("members")
    role = content.get("role")
    if role not in ROLES:
        raise fields.Unexpected("role")
    return Member(
        fields.raw(content, "public", keys.KEY_BYTES), fields.raw(content, "verify", keys.KEY_BYTES), str(role)
    )


def _renewal(content: dict[str, Any]) -> Renewal:
    return Renewal(
        slot_id=fields.raw(content, "slot", fields.ID_BYTES).hex(),
        public=fields.raw(content, "public", keys.KEY_BYTES),
        verify=fields.raw(content, "verify", keys.KEY_BYTES),
        epoch=fields.count(content, "epoch"),
        generation=fields.count(content, "generation"),
        fingerprint=fields.raw(content, "fingerprint", keys.KEY_BYTES),
        signature=fields.raw(content, "signature", keys.SIGNATURE_BYTES),
    )


def _link_of(content: dict[str, Any]) -> RootLink:
    return RootLink(fields.raw(content, "root", keys.KEY_BYTES), fields.raw(content, "signature", keys.SIGNATURE_BYTES))


def _link(vault_id: str, root: bytes) -> bytes:
    return b"exin root|" + fields.canonical({"vault": vault_id, "root": root.hex()})
