"""Who was here last and who is here now.

Of each colleague only the sessions that are open stay, and the last one that is not: enough to tell when they were here
last, and no record of anybody's hours. None of it is in the audit.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from config.errors import ExinError
from models.roles.rights import Right, allows
from models.storage.reading import Reading
from models.storage.writing import Writing
from models.team import staff
from models.vault.engine_errors import ENGINE_ERRORS

if TYPE_CHECKING:
    from models.vault.engine import SealedDatabase

SERVED: Final = "served"
TERMINAL: Final = "terminal"
COMMAND_LINE: Final = "command_line"
"""Where from, which is all that is kept of it."""
TOUCH_SECONDS: Final = 120
"""How often a session says that it is still there."""
LIVE_SECONDS: Final = 300
"""How long after it was there last a session that did not end in order is taken to be open."""
LONG_DAYS: Final = 60
"""After how many days without a login it is said of a colleague."""
_OPEN: Final = "closed_at IS NULL AND abs(last_seen_at - ?) <= ?"


class User(Struct, frozen=True):
    """A colleague with when they logged in last, if that was noted, and how many open sessions there are.

    `given` says that the passphrase is still the one somebody else gave them, `long` that they were not here for long.
    Of others only a team leader is told when and whether they were here.
    """

    id: int
    user: str
    name: str
    role: str
    active: bool
    slot: str
    last: int | None
    live: int
    given: bool
    long: bool


def begin(writing: Writing, place: str) -> int:
    """Note that whoever acts has logged in, in place of what ended before; the number of the session."""
    who, now = writing.actor.staff_id, writing.clock.seconds()
    writing.run(f"DELETE FROM session WHERE staff_id = ? AND NOT ({_OPEN})", [who, now, LIVE_SECONDS])
    writing.run(
        "INSERT INTO session (staff_id, opened_at, last_seen_at, place) VALUES (?, ?, ?, ?)", [who, now, now, place]
    )
    return int(writing.value("SELECT last_insert_rowid()"))


def go_on(writing: Writing, session: int) -> None:
    """Note that a session is still there."""
    writing.run("UPDATE session SET last_seen_at = ? WHERE id = ?", [writing.clock.seconds(), session])


def end(writing: Writing, session: int) -> None:
    """Note that a session has ended."""
    now = writing.clock.seconds()
    writing.run("UPDATE session SET last_seen_at = ?, closed_at = ? WHERE id = ?", [now, now, session])


def end_others(writing: Writing, staff_id: int, session: int = 0) -> None:
    """Note that all sessions of a colleague's but one have ended: the way in they came by is not there any more."""
    now = writing.clock.seconds()
    writing.run(
        "UPDATE session SET closed_at = ? WHERE staff_id = ? AND id != ? AND closed_at IS NULL",
        [now, staff_id, session],
    )


def note_given(writing: Writing, staff_id: int) -> None:
    """Note that somebody else chose the passphrase of a colleague, and that nobody is here by the former one."""
    writing.run(
        "INSERT OR REPLACE INTO first_passphrase (staff_id, given_at) VALUES (?, ?)",
        [staff_id, writing.clock.seconds()],
    )
    end_others(writing, staff_id)


def note_chosen(writing: Writing, session: int) -> None:
    """Note that whoever acts has chosen their own passphrase, and that nobody else is here by the former one."""
    writing.run("DELETE FROM first_passphrase WHERE staff_id = ?", [writing.actor.staff_id])
    end_others(writing, writing.actor.staff_id, session)


def passphrase_given(reading: Reading) -> bool:
    """Whether the passphrase of whoever asks is one that somebody else gave them."""
    asked = "SELECT 1 FROM first_passphrase WHERE staff_id = ?"
    return reading.value(asked, [reading.actor.staff_id]) is not None


def users(reading: Reading) -> list[User]:
    """The team by name, those who have left last, with when each was here last."""
    now, everybody = reading.clock.seconds(), allows(reading.actor.role, Right.TEAM)
    seen = {
        who: (last, live)
        for who, last, live in reading.sql(
            f"SELECT staff_id, max(opened_at), sum({_OPEN}) FROM session GROUP BY staff_id", [now, LIVE_SECONDS]
        )
        if everybody or who == reading.actor.staff_id
    }
    given = {who for (who,) in reading.sql("SELECT staff_id FROM first_passphrase")}
    found = []
    for one in sorted(staff.team(reading, active_only=False), key=lambda one: not one.active):
        last, live = seen.get(one.id, (None, 0))
        if one.id == reading.actor.staff_id:
            # Whoever asks is here, also where that is not noted yet.
            live = max(live, 1)
        days = 0 if last is None else (reading.today - reading.clock.local(last).date()).days
        long = one.active and days > LONG_DAYS and not live
        given_still = one.active and one.id in given
        found.append(
            User(
                one.id, one.user, one.name, one.role, one.active, one.slot,
                last, live if one.active else 0, given_still, long,
            )
        )  # fmt: skip
    return found


class Presence:
    """This session's own row: on the vault's thread only. What is in the way of it is no matter, and nothing waits."""

    def __init__(self, place: str) -> None:
        """`place` is one of those above; empty for a session that is not noted."""
        self._place = place
        self.number = 0
        self._due = 0.0

    @property
    def due(self) -> bool:
        """Whether it is time to say that this session is there."""
        return bool(self._place) and time.monotonic() >= self._due

    def say_here(self, database: SealedDatabase, writing: Writing) -> None:
        """Say that this session is there; the first time, that it has begun."""
        if not self.due or not writing.actor.staff_id:
            return
        self._due = time.monotonic() + TOUCH_SECONDS
        with suppress(*ENGINE_ERRORS, ExinError), database.unwaiting(), database.atomic("IMMEDIATE"):
            if self.number:
                go_on(writing, self.number)
            else:
                self.number = begin(writing, self._place)

    def end(self, database: SealedDatabase, writing: Writing) -> None:
        """Say that this session has ended; another may begin."""
        number, self.number, self._due = self.number, 0, 0.0
        if number:
            with suppress(*ENGINE_ERRORS, ExinError), database.unwaiting(), database.atomic("IMMEDIATE"):
                end(writing, number)
