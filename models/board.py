"""The caseload board: counts, and cards a window at a time, each one query however large the caseload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from models import board_filter
from models.board_filter import Filter, Meaning
from models.signals.card import COLUMNS, WIDTH, CardRow
from models.signals.rules import hits
from models.signals.sign import Sign
from models.signals.thresholds import Day
from models.signals.wording import shown
from models.storage.reading import Reading
from models.team import caseload
from models.values.days import NEVER

_ORDER: Final = {"release": "release_key", "name": "name_key", "phase_days": "began_key", "contact": "contact_key"}
SORTS: Final = tuple(_ORDER)


class BoardQuery(Struct, frozen=True):
    """Which cards, in which order: `worker` None is the whole team; `closed` shows those phased out instead.

    `text` is the filter, of which `models.board_filter` says what it finds.
    """

    worker: int | None = None
    sort: str = "release"
    text: str = ""
    closed: bool = False


class BoardCard(Struct, frozen=True):
    """One participant on the board; `also` are phases that last beside the leading one.

    `release` is when they come out, as far as is known, and `basis` what that day is (`models.phases.way_out`).
    """

    participant: int
    code: str
    name: str
    phase: int
    also: tuple[int, ...]
    began: date | None
    release: date | None
    basis: str
    last_contact: date | None
    worker: int | None
    worker_initials: str
    stays: str
    prison: str
    topics: int
    risk: bool
    restricted: bool
    signs: tuple[Sign, ...]

    def days_in_phase(self, today: date) -> int | None:
        """Days since the leading phase began, derived."""
        return None if self.began is None else (today - self.began).days

    def days_to_release(self, today: date) -> int | None:
        """Days until the day of release, negative once it has passed; None without one."""
        return None if self.release is None else (self.release - today).days


def meanings(reading: Reading, query: BoardQuery) -> Sequence[Meaning]:
    """What each word of the filter stands for beside a part of a name."""
    return _understood(reading, query).meanings


def _understood(reading: Reading, query: BoardQuery) -> Filter:
    return board_filter.understood(reading, query.text, query.worker, closed=query.closed)


def _where(reading: Reading, query: BoardQuery) -> tuple[str, list[Any]]:
    parts, values = ["c.phase = 0" if query.closed else "c.phase > 0"], list[Any]()
    if query.worker is not None:
        theirs, whose = caseload.caseload_condition(reading, query.worker)
        parts.append(theirs)
        values += whose
    if query.text.strip():
        found = _understood(reading, query)
        parts.append(found.condition)
        values += found.values
    return " AND ".join(parts), values


def _cards(reading: Reading, rest: str, values: Sequence[Any], table: str = "card") -> list[BoardCard]:
    """The cards `c` of the table, or of the query in its place, that the `rest` of the statement asks for."""
    day = Day.of(reading)
    rows = reading.sql(
        f"SELECT {COLUMNS}, c.stays, c.prison, coalesce(s.initials, ''), "
        f"EXISTS (SELECT 1 FROM restriction r WHERE r.participant_id = c.participant_id AND r.lifted IS NULL) "
        f"FROM {table} c LEFT JOIN staff s ON s.id = c.worker {rest}",
        values,
    )
    return [_card(reading, row, day) for row in rows]


def _card(reading: Reading, row: tuple[Any, ...], day: Day) -> BoardCard:
    card = CardRow(*row[:WIDTH])
    stays, prison, initials, restricted = row[WIDTH:]
    return BoardCard(
        participant=card.participant,
        code=card.code,
        name=card.name,
        phase=card.phase,
        also=tuple(int(number) for number in card.phases.split(",") if number and int(number) != card.phase),
        began=_date(card.began),
        release=_date(card.release),
        basis=card.basis,
        last_contact=reading.clock.local(card.contact).date() if card.contact else None,
        worker=card.worker,
        worker_initials=initials,
        stays=stays,
        prison=prison,
        topics=card.topics,
        risk=bool(card.risk),
        restricted=bool(restricted),
        signs=shown(card, hits(card, day), day),
    )


def _date(key: str) -> date | None:
    return None if key == NEVER else date.fromisoformat(key)


def counts(reading: Reading, query: BoardQuery) -> dict[int, int]:
    """How many cards each phase holds; phase 0 are those phased out."""
    where, values = _where(reading, query)
    rows = reading.sql(f"SELECT c.phase, count(*) FROM card c WHERE {where} GROUP BY c.phase ORDER BY c.phase", values)
    return {int(phase): int(count) for phase, count in rows}


def columns(reading: Reading, query: BoardQuery, windows: Mapping[int, tuple[int, int]]) -> dict[int, list[BoardCard]]:
    """A window of cards from each of several phases at once; `windows` gives (offset, limit) by phase."""
    where, values = _where(reading, query)
    order = _ORDER[query.sort]
    window = (
        f"SELECT * FROM (SELECT c.* FROM card c WHERE {where} AND c.phase = ? "
        f"ORDER BY c.{order}, c.participant_id LIMIT ? OFFSET ?)"
    )
    bound = [value for phase, (offset, limit) in windows.items() for value in (*values, phase, limit, offset)]
    found: dict[int, list[BoardCard]] = {phase: [] for phase in windows}
    if windows:
        shown_of_all = f"({' UNION ALL '.join([window] * len(windows))})"
        for one in _cards(reading, f"ORDER BY c.phase, c.{order}, c.participant_id", bound, shown_of_all):
            found[one.phase].append(one)
    return found


def page(reading: Reading, query: BoardQuery, offset: int, limit: int) -> list[BoardCard]:
    """The cards `offset` to `offset + limit` of all phases in a row."""
    where, values = _where(reading, query)
    rest = f"WHERE {where} ORDER BY c.phase, c.{_ORDER[query.sort]}, c.participant_id LIMIT ? OFFSET ?"
    return _cards(reading, rest, [*values, limit, offset])


def card(reading: Reading, participant: int) -> BoardCard | None:
    """One participant's card, None when there is none."""
    return next(iter(_cards(reading, "WHERE c.participant_id = ?", [participant])), None)


def cards_where(reading: Reading, condition: str, values: Sequence[Any], limit: int) -> list[BoardCard]:
    """The cards `c` for which `condition` holds, at most `limit`, by release and name; none that is phased out."""
    rest = f"WHERE c.phase > 0 AND {condition} ORDER BY c.release_key, c.name_key LIMIT ?"
    return _cards(reading, rest, [*values, limit])


def everybody(reading: Reading, worker: int | None = None, *, closed: bool = False) -> list[tuple[int, str, str]]:
    """Everybody by name, as (participant, code, name): first those of a colleague's where one is named, and with
    `closed` those phased out last.
    """
    theirs, whose = ("1", []) if worker is None else caseload.caseload_condition(reading, worker)
    followed = "1" if closed else "c.phase > 0"
    return [
        (int(number), code, name)
        for number, code, name in reading.sql(
            f"SELECT c.participant_id, c.code, c.name FROM card c WHERE {followed} "
            f"ORDER BY c.phase = 0, NOT coalesce({theirs}, 0), c.name_key, c.participant_id",
            whose,
        )
    ]


def place(reading: Reading, query: BoardQuery, participant: int) -> tuple[int, int] | None:
    """Where a participant's card stands, as (phase, offset in it); None when the query leaves it out."""
    where, values = _where(reading, query)
    inside = reading.sql(f"SELECT 1 FROM card c WHERE {where} AND c.participant_id = ?", [*values, participant])
    return _before(reading, query, participant) if inside else None


def _before(reading: Reading, query: BoardQuery, participant: int) -> tuple[int, int] | None:
    """The phase of a card, and how many of it the query puts before it, also where it leaves this one out."""
    where, values = _where(reading, query)
    order = _ORDER[query.sort]
    rows = reading.sql(f"SELECT c.phase, c.{order} FROM card c WHERE c.participant_id = ?", [participant])
    if not rows:
        return None
    phase, key = rows[0]
    before = reading.value(
        f"SELECT count(*) FROM card c WHERE {where} AND c.phase = ? AND (c.{order}, c.participant_id) < (?, ?)",
        [*values, phase, key, participant],
    )
    return int(phase), int(before)


def neighbour(reading: Reading, query: BoardQuery, participant: int, step: int) -> int | None:
    """The participant `step` places further in the board's order, None past its ends.

    From one whom the query leaves out it counts from where they would stand: what was recorded a moment ago may have
    taken the signal that the filter was set for. None among those who are followed from one who is phased out.
    """
    here = _before(reading, query, participant)
    if here is None or (here[0] == 0) != query.closed:
        return None
    phase, offset = here
    offset += sum(count for number, count in counts(reading, query).items() if number < phase)
    offset += step if step < 0 or place(reading, query, participant) is not None else step - 1
    found = page(reading, query, offset, 1) if offset >= 0 else []
    return found[0].participant if found else None
