"""Meetings and their minutes as they are read: which there are, who was there, and what was said, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.words import _
from models.storage.reading import Reading, struct
from models.storage.required import require_one

DAILY: Final = "daily"
WEEKLY: Final = "weekly"
MONTHLY: Final = "monthly"
SUPPORT: Final = "support"
STEERING: Final = "steering"
KINDS: Final = (DAILY, WEEKLY, MONTHLY, SUPPORT, STEERING)
OPENED_ELSEWHERE: Final = (SUPPORT, STEERING)
"""Opened from whom or what they are about: a participant, an agreement between agencies."""

NOTE: Final = "note"
DECISION: Final = "decision"
TASK: Final = "task"
TOPIC: Final = "topic"
NEED: Final = "need"
HEARD: Final = "heard"
ADDED: Final = "added"
LEFT: Final = "left"
CLOSED: Final = "closed"
REOPENED: Final = "reopened"
WORDLESS: Final = (HEARD, LEFT, CLOSED, REOPENED)
"""Lines that hold no words: gone through, not gone through when it was closed, closed before, opened again."""
DISCUSSED: Final = (NOTE, DECISION, TASK, NEED, HEARD, ADDED)
"""What tells that a participant was gone through; a topic about them is a topic, and not the follow-up."""
GOES_THROUGH: Final = (DAILY, WEEKLY)
"""The meetings that go through everybody, so that whoever was left is told when they are closed."""


class MeetingError(ExinError):
    """A meeting cannot be held, written in or closed as asked."""


class MinutesClosed(MeetingError):
    """The minutes were closed; they can only be added to."""


class MinutesOpen(MeetingError):
    """The minutes are open, and are written in rather than added to."""


class Meeting(Struct, frozen=True):
    """A meeting: `present` are colleagues, `guests` whoever else took part, a line each; closed for good, or open.

    `participant`, `code` and `name` are of the one a support team is about. `last_at` is when a line was last written.
    """

    id: int
    version: int
    kind: str
    day: date
    participant: int | None
    code: str
    name: str
    opened_at: int
    present: tuple[int, ...]
    guests: tuple[str, ...]
    closed_at: int | None
    closed_by: str
    items: int

    @property
    def closed(self) -> bool:
        """Whether the minutes stand for good."""
        return self.closed_at is not None


class Item(Struct, frozen=True):
    """One line of minutes; `meeting` is None for a topic that waits, in `for_kind`; `owner` and `due` are a task's."""

    id: int
    version: int
    meeting: int | None
    participant: int | None
    code: str
    name: str
    kind: str
    text: str
    for_kind: str
    task: int | None
    owner: str
    due: date | None
    state: str
    at: int
    author: str
    author_name: str

    @property
    def worded(self) -> bool:
        """Whether something is written in it."""
        return self.kind not in WORDLESS


class Followed(Struct, frozen=True):
    """A participant who is followed up."""

    participant: int
    code: str
    name: str


class Closing(Struct, frozen=True):
    """A closing of a meeting, with whom it left; `reopened` is the line that says it was opened again."""

    at: int
    who: str
    left: tuple[Item, ...]
    reopened: Item | None = None


# ---------------------------------------------------------------------- meetings

_MEETING: Final = (
    "SELECT m.id, m.version, m.kind, m.day, m.participant_id AS participant, coalesce(c.code, '') AS code, "
    "coalesce(c.name, '') AS name, m.opened_at, m.present, m.guests, m.closed_at, coalesce(s.name, '') AS closed_by, "
    "(SELECT count(*) FROM meeting_item i WHERE i.meeting_id = m.id "
    f"AND i.kind NOT IN {WORDLESS}) AS items "
    "FROM meeting m LEFT JOIN card c ON c.participant_id = m.participant_id LEFT JOIN staff s ON s.id = m.closed_by_id"
)


def _meetings(reading: Reading, which: str, values: Sequence[object]) -> list[Meeting]:
    return [
        struct(
            Meeting,
            row,
            present=tuple(int(one) for one in row["present"].split()),
            guests=tuple(line for line in row["guests"].split("\n") if line),
        )
        for row in reading.named(f"{_MEETING} WHERE {which}", values)
    ]


def one(reading: Reading, meeting: int) -> Meeting:
    """One meeting. Raises `MeetingError` when there is none."""
    rows = _meetings(reading, "m.id = ?", [meeting])
    return require_one(rows, MeetingError(_("This meeting is not here any more.")))


def open_now(reading: Reading, kind: str = "", participant: int | None = None) -> list[Meeting]:
    """The meetings that were opened and not closed, the newest first; of a kind, or a participant's, where given."""
    where, values = _of("m.closed_at IS NULL", kind, participant)
    return _meetings(reading, f"{where} ORDER BY m.day DESC, m.id DESC LIMIT 40", values)


def closed(
    reading: Reading, kind: str = "", participant: int | None = None, offset: int = 0, limit: int = 64
) -> list[Meeting]:
    """Meetings `offset` to `offset + limit` of those that were closed, the newest first."""
    where, values = _of("m.closed_at IS NOT NULL", kind, participant)
    return _meetings(reading, f"{where} ORDER BY m.day DESC, m.id DESC LIMIT ? OFFSET ?", [*values, limit, offset])


def how_many_closed(reading: Reading, kind: str, participant: int | None) -> int:
    """How many meetings were closed."""
    where, values = _of("m.closed_at IS NOT NULL", kind, participant)
    return int(reading.value(f"SELECT count(*) FROM meeting m WHERE {where}", values))


def _of(state: str, kind: str, participant: int | None) -> tuple[str, list[Any]]:
    """The condition on meetings in a state: of a kind, or a participant's, where given."""
    wanted = {"m.kind = ?": kind or None, "m.participant_id = ?": participant}
    given = {condition: value for condition, value in wanted.items() if value is not None}
    return " AND ".join([state, *given]), list(given.values())


# ---------------------------------------------------------------------- what was said

_ITEM: Final = (
    "SELECT i.id, i.version, i.meeting_id AS meeting, i.participant_id AS participant, coalesce(c.code, '') AS code, "
    "coalesce(c.name, '') AS name, i.kind, i.text, i.for_kind, i.task, coalesce(o.initials, '') AS owner, t.due, "
    "coalesce(t.state, '') AS state, i.at, coalesce(s.initials, '') AS author, "
    "coalesce(s.name, '') AS author_name FROM meeting_item i "
    "LEFT JOIN card c ON c.participant_id = i.participant_id LEFT JOIN task t ON t.id = i.task "
    "LEFT JOIN staff o ON o.id = t.owner_id LEFT JOIN staff s ON s.id = i.author_id"
)


def _items(reading: Reading, which: str, *values: object) -> tuple[Item, ...]:
    return tuple(reading.structs(Item, f"{_ITEM} WHERE {which}", values))


def items(reading: Reading, meeting: int) -> tuple[Item, ...]:
    """What stands in the minutes, in the order in which it was written."""
    return _items(reading, "i.meeting_id = ? ORDER BY i.at, i.id", meeting)


def heard(said: Iterable[Item]) -> list[int]:
    """The participants who were gone through, of what was said in a meeting."""
    return [one.participant for one in said if one.kind == HEARD and one.participant is not None]


def discussed(said: Iterable[Item]) -> frozenset[int]:
    """The participants who were gone through or of whom something was written, of what was said in a meeting."""
    return frozenset(one.participant for one in said if one.kind in DISCUSSED and one.participant is not None)


def followed(reading: Reading) -> int:
    """How many participants are followed up, whom a meeting may go through."""
    return int(reading.value("SELECT count(*) FROM card WHERE phase > 0"))


def left_out(reading: Reading, meeting: Meeting) -> tuple[Followed, ...]:
    """Who is followed up and was not gone through, by name; nobody in a meeting that does not go through everybody."""
    if meeting.kind not in GOES_THROUGH:
        return ()
    return tuple(reading.structs(
        Followed,
        "SELECT participant_id AS participant, code, name FROM card WHERE phase > 0 AND participant_id NOT IN "
        "(SELECT participant_id FROM meeting_item WHERE meeting_id = ? AND participant_id IS NOT NULL "
        f"AND kind IN {DISCUSSED}) ORDER BY name_key, participant_id",
        [meeting.id],
    ))  # fmt: skip


def closings(meeting: Meeting, said: Iterable[Item]) -> tuple[Closing, ...]:
    """Each closing of a meeting in its order, of all that stands in the minutes; the last one holds, where it does."""
    found: list[Closing] = []
    left: list[Item] = []
    for line in sorted(said, key=lambda each: each.id):
        if line.kind == LEFT:
            left.append(line)
        elif line.kind == CLOSED:
            found.append(Closing(line.at, line.author_name, tuple(left)))
            left = []
        elif line.kind == REOPENED:
            found[-1] = replace(found[-1], reopened=line)
    if meeting.closed_at is not None:
        found.append(Closing(meeting.closed_at, meeting.closed_by, tuple(left)))
    return tuple(found)


def item(reading: Reading, number: int) -> Item:
    """One line. Raises `MeetingError` when there is none."""
    rows = _items(reading, "i.id = ?", number)
    return require_one(rows, MeetingError(_("This line of the minutes is not here any more.")))


def parked(reading: Reading, for_kind: str, participant: int | None = None, limit: int = 100) -> tuple[Item, ...]:
    """The topics that wait for a meeting of a kind, the oldest first; one participant's where given."""
    whose, values = ("", []) if participant is None else (" AND i.participant_id = ?", [participant])
    which = f"i.meeting_id IS NULL AND i.for_kind = ?{whose} ORDER BY i.at, i.id LIMIT ?"
    return _items(reading, which, for_kind, *values, limit)


def decided(reading: Reading, meeting: Meeting, participant: int, since: int, limit: int = 3) -> tuple[Item, ...]:
    """What was decided about a participant since a moment at other meetings than this, newest first; else the last."""
    which = "i.participant_id = ? AND i.kind = ? AND i.meeting_id != ? AND i.at <= ? ORDER BY i.at DESC, i.id DESC"
    values = [participant, DECISION, meeting.id, meeting.closed_at or reading.clock.seconds()]
    found = _items(reading, f"{which} LIMIT ?", *values, limit)
    return tuple(item for item in found if item.at >= since) or found[:1]


def agreed(reading: Reading, meeting: Meeting) -> tuple[Item, ...]:
    """What was agreed: decisions, tasks and practical needs in the order written, then what waits for another."""
    said = [one for one in items(reading, meeting.id) if one.kind in (DECISION, TASK, NEED)]
    meanwhile = "i.for_kind != '' AND i.at >= ? AND i.at <= coalesce(?, i.at) ORDER BY i.at, i.id"
    waiting = _items(reading, meanwhile, meeting.opened_at, meeting.closed_at)
    about = [one for one in waiting if meeting.participant in (None, one.participant)]
    return (*said, *(one for one in about if one.meeting != meeting.id))
