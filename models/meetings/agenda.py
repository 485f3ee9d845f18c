"""What a meeting goes through, made from the caseload: the weekly's points, and the stand-up's order of cards.

Bounded whatever the caseload: what does not fit comes up when the rest is dealt with. Source: the EX/IN guide, the
daily meeting for running updates and practical needs, the weekly for the method in each follow-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from models import board, timeline
from models.board import BoardCard
from models.meetings.reading import DISCUSSED, SUPPORT, WEEKLY, Item, Meeting, heard, items, one, parked
from models.roles.rights import READER
from models.signals import listing as signals
from models.signals.sign import Sign
from models.signals.watch import WATCHED
from models.storage.portions import marks
from models.storage.reading import Reading
from models.timeline import TimelineEntry, TimelineQuery

COUNTED: Final = 120
"""As many participants come up in one meeting, and as many cards of one colleague."""
SINCE_SHOWN: Final = 3
SINCE_READ: Final = 24
REVIEWS: Final = ("review_owed", "review_due")
LONG: Final = ("long_in_phase", "discussion_missed")
GROUPS: Final = ("parked", "reviews", "long", "signals", "rest", "heard")


class Point(Struct, frozen=True):
    """One point of an agenda; `participant` is None for a topic about nobody. `group` is why it stands where it does.

    `topics` were parked for this meeting, `signs` are what presses.
    """

    group: str
    participant: int | None
    code: str
    name: str
    worker: str
    signs: tuple[Sign, ...]
    topics: tuple[Item, ...]


class Caseload(Struct, frozen=True):
    """Whose cards a stand-up goes through; `staff` is None for those nobody in the team is responsible for."""

    staff: int | None
    initials: str
    name: str
    count: int


class Since(Struct, frozen=True):
    """What was recorded of a participant since the last meeting: the newest entries, and how many more there are."""

    entries: tuple[TimelineEntry, ...]
    more: int


# ---------------------------------------------------------------------- the weekly


def agenda(reading: Reading, meeting: int) -> tuple[Point, ...]:
    """The points of a meeting in the order of `GROUPS`; those gone through stand last.

    Of a support team it is the one participant, of other meetings than the weekly what was parked for them. Topics
    about nobody come first.
    """
    found = one(reading, meeting)
    # What was parked since it began waits for the next of its kind.
    waiting = [topic for topic in parked(reading, found.kind, found.participant) if topic.at <= found.opened_at]
    if found.kind == SUPPORT and found.participant is not None:
        return (_point(reading, found.participant, "signals", signals.of(reading, found.participant), waiting),)
    done = heard(items(reading, meeting))
    free = [Point("parked", None, "", "", "", (), (topic,)) for topic in waiting if topic.participant is None]
    about: dict[int, list[Item]] = {}
    for topic in waiting:
        if topic.participant is not None:
            about.setdefault(topic.participant, []).append(topic)
    if found.kind != WEEKLY:
        named = [_point(reading, each, "parked", (), topics) for each, topics in about.items()]
        return (*free, *named, *(_point(reading, each, "heard", (), ()) for each in done if each not in about))
    survey = signals.survey(reading)
    closed = {number for (number,) in reading.sql(f"SELECT participant_id FROM card c WHERE phase = 0 AND {WATCHED}")}
    found_of = [noted for noted in survey.found if noted[1] not in closed]
    pressing = list(dict.fromkeys([*about, *(noted[1] for noted in found_of)]))
    # Those whose review is owed or due are never crowded out by other signals.
    due = {noted[1] for noted in found_of if noted[2] in (*REVIEWS, *LONG)}
    chosen = sorted(pressing, key=lambda each: each not in about and each not in due)[:COUNTED]
    wanted = {*chosen, *done}
    lines = signals.lines(reading, survey.day, [noted for noted in found_of if noted[1] in wanted])
    signs: dict[int, list[Sign]] = {}
    for line in lines:
        signs.setdefault(line.participant, []).append(line.sign)
    room = COUNTED - len(chosen)
    followed = "SELECT participant_id FROM card WHERE phase > 0 ORDER BY name_key, participant_id LIMIT ?"
    rest = [each for (each,) in reading.sql(followed, [room + len(wanted)]) if each not in wanted][:room]
    points = [
        _point(reading, each, _group(each, done, about, signs.get(each, ())), signs.get(each, ()), about.get(each, ()))
        for each in dict.fromkeys([*chosen, *rest, *done])
    ]
    return (*free, *sorted(points, key=lambda point: GROUPS.index(point.group)))


def _group(participant: int, heard: list[int], about: Iterable[int], signs: Iterable[Sign]) -> str:
    if participant in heard:
        return "heard"
    rules = {sign.rule for sign in signs}
    if rules.intersection(REVIEWS):
        return "reviews"
    if participant in about:
        return "parked"
    if rules.intersection(LONG):
        return "long"
    return "signals" if rules else "rest"


def _point(reading: Reading, participant: int, group: str, signs: Iterable[Sign], topics: Iterable[Item]) -> Point:
    found = reading.sql(
        "SELECT c.code, c.name, coalesce(s.initials, '') FROM card c LEFT JOIN staff s ON s.id = c.worker "
        "WHERE c.participant_id = ?",
        [participant],
    )
    code, name, worker = found[0] if found else ("", "", "")
    return Point(group, participant, code, name, worker, tuple(signs), tuple(topics))


# ---------------------------------------------------------------------- the stand-up


def caseloads(reading: Reading) -> tuple[Caseload, ...]:
    """Whose cards there are, by name; those nobody in the team is responsible for come first."""
    return tuple(reading.structs(
        Caseload,
        "SELECT s.id AS staff, coalesce(s.initials, '') AS initials, coalesce(s.name, '') AS name, "
        "sum(c.many) AS count FROM (SELECT worker, count(*) AS many FROM card WHERE phase > 0 GROUP BY worker) c "
        "LEFT JOIN staff s ON s.id = c.worker AND s.active AND s.role != ? "
        "GROUP BY s.id ORDER BY s.id IS NOT NULL, s.name, s.id",
        [READER],
    ))  # fmt: skip


def unheard(reading: Reading, meeting: int) -> tuple[int, int]:
    """Where a stand-up goes on: the first caseload with somebody not gone through, and their place; else its start."""
    done = heard(items(reading, meeting))
    for number, load in enumerate(caseloads(reading)):
        for place, card in enumerate(cards(reading, load.staff)):
            if card.participant not in done:
                return number, place
    return 0, 0


def cards(reading: Reading, staff: int | None, keep: Sequence[int] = ()) -> tuple[BoardCard, ...]:
    """The cards of one colleague, or of nobody in the team: what presses most first, then by release and name.

    Those in `keep` come first and in this order, also who is another's by now: what is said of somebody at a meeting
    takes signals from them, or gives them a worker, and must not move them away.
    """
    nobodys = "(c.worker IS NULL OR c.worker IN (SELECT id FROM staff WHERE NOT active OR role = ?))"
    which, values = (nobodys, [READER]) if staff is None else ("c.worker = ?", [staff])
    found = sorted(board.cards_where(reading, which, values, COUNTED), key=_pressing)
    if gone := set(keep).difference(card.participant for card in found):
        found += board.cards_where(reading, f"c.participant_id IN ({marks(gone)})", [*gone], COUNTED)
    places = {participant: place for place, participant in enumerate(keep)}
    return tuple(sorted(found, key=lambda card: places.get(card.participant, len(places))))


def _pressing(card: BoardCard) -> tuple[int, ...]:
    """How many signs of each severity, so that more and heavier ones come first."""
    return tuple(-sum(sign.severity == severity for sign in card.signs) for severity in (3, 2, 1))


def last_before(reading: Reading, meeting: Meeting) -> int:
    """The moment of the meeting before of the same kind in which somebody was gone through, 0 for the first.

    Of a support team it is one of the same participant.
    """
    former = (
        "kind = ? AND participant_id IS ? AND day <= ? AND id < ? AND EXISTS (SELECT 1 FROM meeting_item i "
        f"WHERE i.meeting_id = meeting.id AND i.kind IN {DISCUSSED}) ORDER BY day DESC, id DESC LIMIT 1"
    )
    values = [meeting.kind, meeting.participant, meeting.day.isoformat(), meeting.id]
    return reading.value(f"SELECT opened_at FROM meeting WHERE {former}", values) or 0


def since(reading: Reading, participant: int, moment: int) -> Since:
    """What was recorded since a moment, the newest `SINCE_SHOWN`; what was written at a meeting is no news."""
    entries = timeline.page(reading, TimelineQuery(participant), 0, SINCE_READ)
    news = [entry for entry in entries if entry.at > moment and not entry.kind.startswith("meeting_")]
    return Since(tuple(news[:SINCE_SHOWN]), max(0, len(news) - SINCE_SHOWN))
