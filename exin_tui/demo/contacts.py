"""The demo's register of contact persons, shared by the team, and who of them has a part in which life.

Offices are those of the lives: a contact officer works where somebody is held, a caseworker at somebody's Nav office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from exin_tui.demo import names
from exin_tui.demo.lives import Life
from models.contacts.people import derived
from models.phases.numbers import BEFORE_RELEASE
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Contact

_INSIDE: Final = "prison"
_MUNICIPAL: Final = "nav_municipal"
# Of every office that somebody of the lives needs: how many at least, and one more for so many participants.
_AT_OFFICES: Final = (
    ("prison", "contact_officer", 1, 14),
    ("nav", _MUNICIPAL, 1, 16),
)
# For the whole team: agency, role, office, how many at least, one more for so many participants.
_SHARED: Final = (
    ("prison", "reintegration_coordinator", "Tilbakeføringskontoret", 2, 60),
    ("prison", "prison_social_worker", "Sosialtjenesten i fengselet", 2, 90),
    ("prison", "tog_contact", "TOG", 1, 400),
    ("nav", "nav_prison_adviser", "Nav i fengsel", 1, 90),
    ("nav", "nav_state", "Nav", 2, 40),
    ("nav", "nav_debt", "Nav Gjeldsrådgivning", 1, 120),
    ("probation", "probation_contact", "Friomsorgskontoret", 2, 40),
    ("innsats_ung", "substance_adviser", "Innsats Ung", 1, 120),
    ("police", "police_contact", "Forebyggende avsnitt", 1, 200),
    ("voluntary", "nettverk_etter_soning", "Nettverk etter soning", 1, 80),
    ("voluntary", "wayback", "Wayback", 1, 150),
    ("lawyer", "lawyer", "Advokatfellesskapet Liksom", 3, 25),
    ("health", "gp", "Legesenteret på Påfunnstorget", 2, 40),
    ("health", "dps", "DPS Eksempelfaret", 1, 120),
    ("district", "substance_counsellor", "Bydelen", 1, 120),
    ("school", "school_gvo", "Voksenopplæringen", 1, 120),
    ("workplace", "workplace", "Luftslott Bygg AS", 1, 60),
)
_KIN: Final = ("mother", "family", "family", "sibling", "father")
_HAS_KIN: Final = 0.22
_NOTES: Final = (
    "Best å ringe før lunsj.",
    "Svarer raskest på e-post.",
    "Deltid: ikke mandager.",
    "Permisjon til nyttår.",
)

# Which roles somebody has around them, by the phase they are in, with how likely; those of a prison end at its gate.
_AROUND: Final[dict[int, dict[str, float]]] = {
    1: {"contact_officer": 0.6, "lawyer": 0.6, "reintegration_coordinator": 0.3},
    2: {"contact_officer": 0.95, "reintegration_coordinator": 0.7, "prison_social_worker": 0.4, "lawyer": 0.98,
        "nav_prison_adviser": 0.6, _MUNICIPAL: 0.75, "gp": 0.4, "tog_contact": 0.15, "substance_adviser": 0.2},
    3: {"contact_officer": 0.97, "reintegration_coordinator": 0.85, "lawyer": 0.98, "nav_prison_adviser": 0.5,
        _MUNICIPAL: 0.95, "nav_state": 0.6, "gp": 0.6, "probation_contact": 0.8, "prison_social_worker": 0.5,
        "nettverk_etter_soning": 0.25},
    4: {"contact_officer": 0.9, "lawyer": 0.98, _MUNICIPAL: 0.97, "nav_state": 0.8, "gp": 0.8,
        "probation_contact": 0.85, "dps": 0.3, "substance_counsellor": 0.25, "nettverk_etter_soning": 0.3,
        "nav_debt": 0.3, "police_contact": 0.1},
    5: {"contact_officer": 0.6, "lawyer": 0.98, _MUNICIPAL: 0.9, "nav_state": 0.7, "gp": 0.9, "probation_contact": 0.4,
        "wayback": 0.25, "workplace": 0.3, "school_gvo": 0.25, "nav_debt": 0.3, "dps": 0.2},
    6: {_MUNICIPAL: 0.8, "gp": 0.7, "nettverk_etter_soning": 0.3},
    0: {"contact_officer": 0.9, _MUNICIPAL: 0.9, "lawyer": 0.9},
}  # fmt: skip
# With this one three people at Nav have the same part, and came lately: crowding is to be seen (the Trondheim report).
_CROWDED: Final = 27


class Known(Struct, frozen=True):
    """One contact person of the register, by the id they have there."""

    id: int
    name: str
    agency: str
    role: str
    office: str


class Part(Struct, frozen=True):
    """Somebody's part in a life, to be; `until` is None while it lasts."""

    who: Known
    since: date
    until: date | None
    note: str = ""

    def lasts(self, day: date) -> bool:
        """Whether they have it on a day."""
        return self.since <= day and (self.until is None or self.until > day)


@dataclass
class Register:
    """Everybody who can have a part: by role, by role and office, and the kin of a life by its number."""

    by_role: dict[str, list[Known]] = field(default_factory=dict)
    by_office: dict[tuple[str, str], list[Known]] = field(default_factory=dict)
    kin: dict[int, list[Known]] = field(default_factory=dict)
    left: list[Known] = field(default_factory=list)

    def parts(self, life: Life, seed: int, today: date) -> list[Part]:
        """Who has, or had, a part in a life."""
        if life.story.known != "file":
            return []
        chance = Random(f"{seed}/around/{life.number}")
        gate = next((period.began for period in life.periods if period.phase == BEFORE_RELEASE + 1), None)
        found = []
        for role, likely in _AROUND[life.story.phase].items():
            if chance.random() > likely or role not in self.by_role:
                continue
            who = self._one(chance, role, life)
            since = min(life.over, life.began + timedelta(days=chance.randrange(0, 40)))
            until = None
            if who.agency == _INSIDE and gate is not None:
                since, until = min(since, gate), gate
            if life.closed:
                until = max(since, min(until or life.over, life.over))
            found.append(Part(who, since, until, chance.choice(_NOTES) if chance.random() < 0.08 else ""))
        found += [Part(who, life.began, life.over if life.closed else None) for who in self.kin.get(life.number, ())]
        if not life.closed and life.number % 40 == _CROWDED:
            found += self._crowd(found, life, today)
        if self.left and chance.random() < 0.06 and life.over > life.began:
            found.append(Part(chance.choice(self.left), life.began, life.over))
        return found

    def _one(self, chance: Random, role: str, life: Life) -> Known:
        office = str(life.columns.get("prison" if role == "contact_officer" else role, ""))
        return chance.choice(self.by_office.get((role, office)) or self.by_role[role])

    def _crowd(self, found: list[Part], life: Life, today: date) -> list[Part]:
        """Enough in one role, all of them new, that it is too many."""
        present = {part.who.id for part in found}
        others = [who for who in self.by_role.get(_MUNICIPAL, ()) if who.id not in present]
        lately = max(life.began, today - timedelta(days=12))
        return [Part(who, lately, None) for who in others[:3]]


def enrol(store: Store, lives: Sequence[Life], seed: int) -> Register:
    """Write the contact persons whom these lives need, and answer them."""
    rows, owners = _rows(lives, seed, store)
    ids = store.change_now(enter, rows) if rows else []
    register = Register()
    for row, number, owner in zip(rows, ids, owners, strict=True):
        who = Known(number, row["name"], row["agency"], row["role"], row["office"])
        if owner is not None:
            register.kin.setdefault(owner, []).append(who)
        elif not row.get("active", True):
            register.left.append(who)
        else:
            register.by_role.setdefault(who.role, []).append(who)
            register.by_office.setdefault((who.role, who.office), []).append(who)
    return register


@action("contacts.enter")
def enter(work: Work, rows: list[dict[str, Any]]) -> list[int]:
    """Write contact persons as `people.add` would."""
    return work.insert_many(Contact, [row | derived(row) for row in rows])


def _rows(lives: Sequence[Life], seed: int, store: Store) -> tuple[list[dict[str, Any]], list[int | None]]:
    chance, today = Random(f"{seed}/contacts"), store.clock.today()
    known = [life for life in lives if life.story.known == "file"]
    began = min((life.began for life in lives), default=today)
    at = store.clock.stored(datetime.combine(began, time(12)))
    maker = _Maker(chance, today, at)
    if known:
        for agency, role, least, each in _AT_OFFICES:
            column = "prison" if role == "contact_officer" else role
            for office, needed in _counted(str(life.columns.get(column, "")) for life in known):
                maker.several(least + needed // each, agency, role, office)
        for agency, role, office, least, each in _SHARED:
            maker.several(least + len(known) // each, agency, role, office)
        left = maker.one("nav", "nav_state", "Nav")
        left |= {"active": False, "notes": "Har sluttet, saken gikk til nærmeste leder."}
        maker.double()
    owners: list[int | None] = [None] * len(maker.rows)
    for life in known:
        if chance.random() < _HAS_KIN:
            maker.one("family", chance.choice(_KIN), "")
            owners.append(life.number)
    return maker.rows, owners


def _counted(offices: Iterable[str]) -> list[tuple[str, int]]:
    return sorted((office, count) for office, count in Counter(offices).items() if office)


class _Maker:
    """Makes contact persons, no two with one telephone number or e-mail address."""

    def __init__(self, chance: Random, today: date, at: int) -> None:
        self._chance, self._today, self._at = chance, today, at
        self._taken: set[str] = set()
        self.rows: list[dict[str, Any]] = []

    def several(self, count: int, agency: str, role: str, office: str) -> None:
        """So many in one role at one office."""
        for _number in range(count):
            self.one(agency, role, office)

    def one(self, agency: str, role: str, office: str) -> dict[str, Any]:
        """One more, whose row may be changed before it is written."""
        chance = self._chance
        who = names.person(chance, self._today)
        while who.phone in self._taken or who.email in self._taken:
            who = names.person(chance, self._today)
        self._taken |= {who.phone, who.email}
        private = agency == "family"
        row: dict[str, Any] = {
            "name": f"{who.given_name} {who.family_name}",
            "agency": agency,
            "role": role,
            "office": office,
            "phone": who.phone if private or chance.random() < 0.95 else "",
            "email": who.email if not private and chance.random() < 0.85 else "",
            "notes": chance.choice(_NOTES) if chance.random() < 0.1 else "",
            "created_at": self._at,
        }
        self.rows.append(row)
        return row

    def double(self) -> None:
        """Enter the first lawyer once more, as happens to a busy team: the name shortened, the number the same."""
        first = next(row for row in self.rows if row["role"] == "lawyer")
        given, *rest = first["name"].split()
        again = first | {"name": " ".join([f"{given[0]}.", *rest]), "email": "", "notes": ""}
        again["phone"] = first["phone"] = first["phone"] or names.phone(self._chance)
        self.rows.append(again)
