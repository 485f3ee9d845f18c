"""What every session of the crowd knows: the vault, who is in the team, who is restricted, and by which words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from config import programme
from exin_tui.demo import vault as demo
from exin_tui.demo.access import DEMO_PASSPHRASE, DEMO_USER
from models.restrictions import restrictions
from models.roles.rights import CASEWORKER, LEADER, READER
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Participant, Snooze, VisitQuestion
from models.team import staff
from models.values.clock import oslo
from models.vault import sealed
from models.vault.keys import KdfParameters
from tests.models.roles.canaries import enter

WEAK: Final = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
COMMON: Final = "kanari"
LETTERS: Final = "bdfgjklmpqvwxz"
ACTS, SCREENS = "acts", "screens"


class Person(Struct, frozen=True):
    """Somebody with a session of their own; `way` is what they use, acts or screens."""

    user: str
    name: str
    role: str
    staff: int
    way: str


class Canary(Struct, frozen=True):
    """A participant of whom every table tells with a word of theirs alone; only `owner` restricts them."""

    participant: int
    code: str
    word: str
    owner: str


class Plan(Struct, frozen=True):
    """`numbers` are rows of the canaries in any table; `roles_of` and `coming_of` are who gets roles and keys anew."""

    folder: str
    people: list[Person]
    canaries: list[Canary]
    participants: list[int]
    numbers: list[int]
    restricted: dict[int, tuple[int, ...]]
    files: list[str]
    roles_of: list[str]
    coming_of: list[str]

    @property
    def home(self) -> Path:
        """Where journals and passphrases lie, beside the vault."""
        return Path(self.folder).parent

    def person(self, user: str) -> Person:
        """Whoever has this user name."""
        return next(one for one in self.people if one.user == user)

    def write(self) -> Path:
        """Write it where sessions read it."""
        file = self.home / "plan.json"
        file.write_bytes(msgspec.json.encode(self))
        return file


def read(file: Path) -> Plan:
    """The plan that was written there."""
    return msgspec.json.decode(file.read_bytes(), type=Plan)


# ---------------------------------------------------------------------- passphrases


def choose_passphrase(plan: Plan, user: str, word: str) -> str:
    """A new passphrase for a user, noted before it holds: whoever comes in tries the newest first."""
    passphrase = f"{word} hest batteri stift {os.urandom(4).hex()}"
    note_passphrase(plan.home, user, passphrase)
    return passphrase


def note_passphrase(home: Path, user: str, passphrase: str) -> None:
    """Note that this may open the vault for the user."""
    with (home / f"{user}.passphrases").open("a") as file:
        file.write(passphrase + "\n")


def passphrases(plan: Plan, user: str) -> list[str]:
    """All that may open the vault for a user, the newest first."""
    return (plan.home / f"{user}.passphrases").read_text().splitlines()[::-1]


# ---------------------------------------------------------------------- making it


def roles(sessions: int) -> list[str]:
    """Two leaders or more, a reader in four, the rest caseworkers."""
    leaders, readers = max(2, sessions // 6), max(1, sessions // 4)
    return [LEADER] * leaders + [READER] * readers + [CASEWORKER] * (sessions - leaders - readers)


def make(home: Path, sessions: int, canaries: int, participants: int) -> Plan:
    """A demo's vault with a team of `sessions`, some of whose participants are canaries."""
    folder = home / "vault"
    demo.make(folder, demo.Size(participants=participants, years=0.5), oslo(), programme.load()).forget()
    store = Store(sealed.unlock(folder, DEMO_USER, DEMO_PASSPHRASE), oslo(), programme.load())
    store.open()
    try:
        people = _join(store, home, sessions)
        leaders = [one.user for one in people if one.role == LEADER]
        made = [
            store.change_now(_enter, f"KX-{number:03}", COMMON + LETTERS[number] * 3, store.actor.staff_id)
            for number in range(1, canaries + 1)
        ]
        known = [
            Canary(rows["participant"], f"KX-{number:03}", COMMON + LETTERS[number] * 3, leaders[number % len(leaders)])
            for number, rows in enumerate(made, 1)
        ]
        # Half of them are hidden from the beginning.
        for one in known[::2]:
            store.change_now(restrictions.restrict, one.participant, {"may_see": (), "reason": f"{one.word} grunn"})
        restricted = {one.participant: one.may_see for one in store.ask_now(restrictions.everybody)}
        everybody = [number for (number,) in store.ask_now(lambda reading: reading.sql("SELECT id FROM participant"))]
    finally:
        store.close()
    writers = [one.user for one in people if one.role == CASEWORKER]
    return Plan(
        folder=str(folder), people=people, canaries=known, participants=everybody,
        numbers=sorted({number for rows in made for number in rows.values()}), restricted=restricted,
        files=sorted(path.name for path in folder.iterdir()), roles_of=writers[:1], coming_of=writers[1:3],
    )  # fmt: skip


def _join(store: Store, home: Path, sessions: int) -> list[Person]:
    people = []
    for number, role in enumerate(roles(sessions), 1):
        user, name = f"u{number:02}", f"Person {number:02}"
        passphrase = f"korrekt hest batteri stift {number}"
        note_passphrase(home, user, passphrase)
        slot = store.unlocked.add_slot(user, passphrase, role=role, kdf=WEAK)
        way = SCREENS if number % 4 == 0 else ACTS
        people.append(Person(user, name, role, store.change_now(staff.join, user, name, role, slot), way))
    return people


@action("test_crowd.enter")
def _enter(work: Work, code: str, word: str, leader: int) -> dict[str, int]:
    """A canary as in the tests of what is hidden; answers its rows' ids by table."""
    made = {str(model._meta.table_name): number for model, number in enter(work, code, word, leader).items()}
    # A signal is put aside for somebody or for a colleague, never for both; an answer has its moment.
    work.update(Snooze, made[str(Snooze._meta.table_name)], None, staff=None)
    work.update(VisitQuestion, made[str(VisitQuestion._meta.table_name)], None, answered_at=work.clock.seconds())
    made["participant"] = made[str(Participant._meta.table_name)]
    return made


def whole(value: Any) -> str:
    """All that an answer says."""
    return value if isinstance(value, str) else repr(value)
