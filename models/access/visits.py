"""The access log: who has looked at whose file, when and how, and in what relation; never what was read.

It is a chain of its own beside the audit, under the same key: looking changes nothing, and must not make the audit
longer. A row that was altered, inserted or removed breaks it there, and so does a tail that was cut off, as long as the
database's own count of rows ever given (`sqlite_sequence`) is not put back too; against that the head is noted outside.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import N_
from models.storage import chain
from models.storage.chain import FIRST_LINK, ChainState
from models.storage.reading import Reading
from models.storage.writing import Writing

AWAY_SECONDS: Final = 30 * 60
"""A visit is over when a person was not at the participant's for so long, and at midnight."""
ROWS_AT_ONCE: Final = 5_000
NEAR_DAYS: Final = 31
"""How near to a visit an entry, an appointment, a finished task or a hand-over lies that explains it."""

OPENED: Final = "opened"
FOUND: Final = "found"
PRINTED: Final = "printed"
EXPORTED: Final = "exported"
KINDS: Final = {
    OPENED: N_("opened"),
    FOUND: N_("found by searching"),
    PRINTED: N_("printed"),
    EXPORTED: N_("exported"),
}
MANY: Final = "many"
OTHER: Final = "other"
RELATIONS: Final = {
    "responsible": N_("responsible"),
    "coworker": N_("co-worker"),
    "covering": N_("covering"),
    MANY: N_("in a list of many"),
    "meeting": N_("in a meeting"),
    "working": N_("entry, appointment or task"),
    "hand_over": N_("hand-over"),
    OTHER: N_("other"),
}
"""Why somebody had to do with a participant; the first four are known at once and stored, the rest when it is read."""


class Look(Struct, frozen=True):
    """A participant's file was seen `at` a moment by whoever has the session; `many` is for one among others'."""

    participant: int
    kind: str
    at: int
    many: bool = False


class Looks:
    """What one session has looked at: `waiting` is to be written, on whichever thread, and kept until it is."""

    def __init__(self) -> None:
        self.waiting: deque[Look] = deque()
        self._last: dict[int, tuple[int, date]] = {}

    def at(self, participant: int, kind: str, now: int, today: date) -> None:
        """Note a look; one that goes on with a visit is none of its own."""
        last, day = self._last.get(participant, (0, None))
        self._last[participant] = (now, today)
        if day != today or not 0 <= now - last < AWAY_SECONDS:
            self.waiting.append(Look(participant, kind, now))

    def take(self) -> list[Look]:
        """What is to be written now; give back what could not be."""
        taken = []
        while self.waiting:
            taken.append(self.waiting.popleft())
        return taken

    def give_back(self, looks: Sequence[Look]) -> None:
        """Keep what could not be written for the next time."""
        self.waiting.extendleft(reversed(looks))


# ---------------------------------------------------------------------- writing

_AT_IT_ALREADY: Final = (
    f"SELECT 1 FROM visit WHERE participant = ? AND staff IS ? AND day = ? AND at > ? AND at <= ? "
    f"AND kind IN ('{OPENED}', '{FOUND}')"
)
_KNOWN_AT_ONCE: Final = (
    "SELECT CASE WHEN p.worker_id = ?1 THEN 'responsible' WHEN p.coworker_id = ?1 THEN 'coworker' "
    "WHEN EXISTS (SELECT 1 FROM absence a WHERE a.cover_id = ?1 AND a.staff_id IN (p.worker_id, p.coworker_id) "
    "AND ?2 BETWEEN a.first AND a.last) THEN 'covering' ELSE '' END FROM participant p WHERE p.id = ?3"
)


def write(writing: Writing, key: bytes, looks: Sequence[Look]) -> None:
    """Add a row for each look, inside a transaction.

    Left out is one that goes on with a visit which another session of the same person has written; what was printed or
    exported never is, for each time something left the vault.
    """
    staff = writing.actor.staff_id or None
    number = int(writing.value("SELECT seq FROM sqlite_sequence WHERE name = 'visit'") or 0)
    former = str(writing.value("SELECT mac FROM visit ORDER BY seq DESC LIMIT 1") or FIRST_LINK)
    rows: list[Sequence[object]] = []
    for look in looks:
        day = writing.clock.local(look.at).date().isoformat()
        within = [look.participant, staff, day, look.at - AWAY_SECONDS, look.at + AWAY_SECONDS]
        if look.kind in (OPENED, FOUND) and writing.value(_AT_IT_ALREADY, within) is not None:
            continue
        relation = str(writing.value(_KNOWN_AT_ONCE, [staff, day, look.participant]) or "")
        number += 1
        content = [number, look.at, day, staff, look.participant, look.kind, relation or (MANY if look.many else "")]
        former = chain.code_of(key, former, _content(content))
        rows.append([*content, former])
    writing.many(
        "INSERT INTO visit (seq, at, day, staff, participant, kind, relation, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _content(row: Sequence[object]) -> list[object]:
    """What of a row the chain covers: all of it, under a name that no row of the audit has."""
    return ["visit", *row]


# ---------------------------------------------------------------------- examining


def check(reading: Reading, key: bytes) -> ChainState:
    """Follow the log from its first row to the last; a tail that is missing is said to break it behind the last."""
    state = chain.follow(key, ((row[0], _content(row), code) for row, code in _rows(reading)))
    given = int(reading.value("SELECT seq FROM sqlite_sequence WHERE name = 'visit'") or 0)
    if state.broken_at is None and given != state.count:
        return ChainState(state.count, state.head, state.count + 1)
    return state


def _rows(reading: Reading) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The rows in order with their codes, in pages."""
    start = 0
    while found := reading.sql(
        "SELECT seq, at, day, staff, participant, kind, relation, mac FROM visit WHERE seq > ? ORDER BY seq LIMIT ?",
        [start, ROWS_AT_ONCE],
    ):
        yield from ((tuple(row[:-1]), str(row[-1])) for row in found)
        start = int(found[-1][0])


# ---------------------------------------------------------------------- reading

_NEAR: Final = f"BETWEEN date(v.day, '-{NEAR_DAYS} days') AND date(v.day, '+{NEAR_DAYS} days')"
RELATION: Final = f"""CASE WHEN v.relation != '' THEN v.relation
    WHEN EXISTS (SELECT 1 FROM meeting m WHERE m.day = v.day AND ' ' || m.present || ' ' LIKE '% ' || v.staff || ' %'
        AND (m.participant_id = v.participant OR EXISTS (SELECT 1 FROM meeting_item i WHERE i.meeting_id = m.id
            AND i.participant_id = v.participant AND i.kind != 'left'))) THEN 'meeting'
    WHEN EXISTS (SELECT 1 FROM entry e WHERE e.participant_id = v.participant AND e.author_id = v.staff
        AND e.day {_NEAR})
    OR EXISTS (SELECT 1 FROM appointment a WHERE a.participant_id = v.participant
        AND v.staff IN (a.worker_id, a.driver_id) AND a.day {_NEAR})
    OR EXISTS (SELECT 1 FROM task t WHERE t.participant_id = v.participant AND t.owner_id = v.staff
        AND (t.state = 'open' OR date(t.done_at, 'unixepoch') {_NEAR})) THEN 'working'
    WHEN EXISTS (SELECT 1 FROM hand_over h WHERE h.participant_id = v.participant
        AND v.staff IN (h.from_staff_id, h.to_staff_id) AND h.day {_NEAR}) THEN 'hand_over'
    ELSE '{OTHER}' END"""
"""One of `RELATIONS` for a row `v` of the log: what was known at once, or what its surroundings tell since."""


class Visit(Struct, frozen=True):
    """One row of a participant's log; `user` and `name` are empty for the recovery key, which is nobody's."""

    seq: int
    at: int
    day: date
    user: str
    name: str
    kind: str
    relation: str


def days(reading: Reading, participant: int) -> list[tuple[date, int]]:
    """The days on which somebody looked at a participant's file, newest first, with how often."""
    found = reading.sql(
        "SELECT day, count(*) FROM visit WHERE participant = ? GROUP BY day ORDER BY day DESC", [participant]
    )
    return [(date.fromisoformat(day), count) for day, count in found]


def of(reading: Reading, participant: int, offset: int = 0, limit: int = -1) -> list[Visit]:
    """A participant's log, newest first, `limit` rows from `offset`, or all."""
    return reading.structs(
        Visit,
        f"SELECT v.seq, v.at, v.day, coalesce(s.user, '') AS user, coalesce(s.name, '') AS name, v.kind, "
        f"{RELATION} AS relation "
        "FROM visit v LEFT JOIN staff s ON s.id = v.staff WHERE v.participant = ? "
        "ORDER BY v.day DESC, v.at DESC, v.seq DESC LIMIT ? OFFSET ?",
        [participant, limit, offset],
    )
