"""The caseload board: counts, and cards a window at a time, each one query however large the caseload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from models.signals.card import COLUMNS, WIDTH, CardRow
from models.signals.rules import hits
from models.signals.sign import Sign
from models.signals.thresholds import Day
from models.signals.wording import shown
from models.storage.reading import Reading
from models.team import caseload
from models.values.days import NEVER
from models.values.text import fold

SORTS: Final = ("release", "name", "phase_days", "contact")
_ORDER: Final = {
    "release": "release_key",
    "name": "name_key",
    "phase_days": "began_key",
    "contact": "contact_key",
}


class BoardQuery(Struct, frozen=True):
    """Which cards, in which order: `worker` None is the whole team; `closed` shows those phased out instead."""

    worker: int | None = None
    sort: str = "release"
    text: str = ""
    closed: bool = False


class BoardCard(Struct, frozen=True):
    """One participant on the board; `also` are phases that last beside the leading one."""

    participant: int
    code: str
    name: str
    phase: int
    also: tuple[int, ...]
    began: date | None
    release: date | None
    last_contact: date | None
    worker: int | None
    worker_initials: str
    security_level: str
    stays: str
    prison: str
    topics: int
    risk: bool
    due: date | None = None
    consents: str = ""
    signs: tuple[Sign, ...] = ()

    def days_in_phase(self, today: date) -> int | None:
        """Days since the leading phase began, derived."""
        return None if self.began is None else (today - self.began).days

    def days_to_release(self, today: date) -> int | None:
        """Days until the release date, negative once it has passed; None without one."""
        return None if self.release is None else (self.release - today).days


def _where(reading: Reading, query: BoardQuery) -> tuple[str, list[Any]]:
    parts, values = ["c.phase = 0" if query.closed else "c.phase > 0"], list[Any]()
    if query.worker is not None:
        theirs, whose = caseload.caseload_condition(reading, query.worker)
        parts.append(theirs)
        values += whose
    for word in fold(query.text).split():
        parts.append("c.folded LIKE ? ESCAPE '\\'")
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    return " AND ".join(parts), values


_COLUMNS: Final = f"{COLUMNS}, c.stays, c.prison, coalesce(s.initials, '')"


def _date(key: str) -> date | None:
    return None if key == NEVER else date.fromisoformat(key)


def _card(reading: Reading, row: tuple[Any, ...], day: Day) -> BoardCard:
    def local(seconds: int) -> date | None:
        return reading.clock.local(seconds).date() if seconds else None

    card = CardRow(*row[:WIDTH])
    stays, prison, initials = row[WIDTH:]
    return BoardCard(
        participant=card.participant,
        code=card.code,
        name=card.name,
        phase=card.phase,
        also=tuple(int(number) for number in card.phases.split(",") if number and int(number) != card.phase),
        began=_date(card.began),
        release=_date(card.release),
        last_contact=local(card.contact),
        worker=card.worker,
        worker_initials=initials,
        security_level=card.security_level,
        stays=stays,
        prison=prison,
        topics=card.topics,
        risk=bool(card.risk),
        due=_date(card.due),
        consents=card.consents,
        signs=shown(card, hits(card, day), day),
    )


def counts(reading: Reading, query: BoardQuery) -> dict[int, int]:
    """How many cards each phase holds; phase 0 are those phased out."""
    where, values = _where(reading, query)
    rows = reading.sql(f"SELECT c.phase, count(*) FROM card c WHERE {where} GROUP BY c.phase ORDER BY c.phase", values)
    return {int(phase): int(count) for phase, count in rows}


def column(reading: Reading, query: BoardQuery, phase: int, offset: int, limit: int) -> list[BoardCard]:
    """The cards `offset` to `offset + limit` of one phase."""
    return columns(reading, query, {phase: (offset, limit)})[phase]


def columns(reading: Reading, query: BoardQuery, windows: Mapping[int, tuple[int, int]]) -> dict[int, list[BoardCard]]:
    """A window of cards from each of several phases at once; `windows` gives (offset, limit) by phase."""
    where, values = _where(reading, query)
    order = _ORDER[query.sort]
    parts: list[str] = []
    bound: list[Any] = []
    for phase, (offset, limit) in windows.items():
        parts.append(
            f"SELECT * FROM (SELECT c.* FROM card c WHERE {where} AND c.phase = ? "
            f"ORDER BY c.{order}, c.participant_id LIMIT ? OFFSET ?)"
        )
        bound += [*values, phase, limit, offset]
    found: dict[int, list[BoardCard]] = {phase: [] for phase in windows}
    if not parts:
        return found
    day = Day.of(reading)
    rows = reading.sql(
        f"SELECT {_COLUMNS} FROM ({' UNION ALL '.join(parts)}) c LEFT JOIN staff s ON s.id = c.worker "
        f"ORDER BY c.phase, c.{order}, c.participant_id",
        bound,
    )
    for row in rows:
        found[row[3]].append(_card(reading, row, day))
    return found


def page(reading: Reading, query: BoardQuery, offset: int, limit: int) -> list[BoardCard]:
    """The cards `offset` to `offset + limit` of all phases in a row."""
    where, values = _where(reading, query)
    order = _ORDER[query.sort]
    day = Day.of(reading)
    rows = reading.sql(
        f"SELECT {_COLUMNS} FROM card c LEFT JOIN staff s ON s.id = c.worker WHERE {where} "
        f"ORDER BY c.phase, c.{order}, c.participant_id LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [_card(reading, row, day) for row in rows]


def card(reading: Reading, participant: int) -> BoardCard | None:
    """One participant's card, None when there is none."""
    rows = reading.sql(
        f"SELECT {_COLUMNS} FROM card c LEFT JOIN staff s ON s.id = c.worker WHERE c.participant_id = ?", [participant]
    )
    return _card(reading, rows[0], Day.of(reading)) if rows else None


def cards_where(reading: Reading, condition: str, values: Sequence[Any], limit: int) -> list[BoardCard]:
    """The cards `c` for which `condition` holds, at most `limit`, by release and name; none that is phased out."""
    day = Day.of(reading)
    rows = reading.sql(
        f"SELECT {_COLUMNS} FROM card c LEFT JOIN staff s ON s.id = c.worker WHERE c.phase > 0 AND {condition} "
        "ORDER BY c.release_key, c.name_key LIMIT ?",
        [*values, limit],
    )
    return [_card(reading, row, day) for row in rows]


def place(reading: Reading, query: BoardQuery, participant: int) -> tuple[int, int] | None:
    """Where a participant's card stands, as (phase, offset in it); None when the query leaves it out."""
    where, values = _where(reading, query)
    order = _ORDER[query.sort]
    rows = reading.sql(
        f"SELECT c.phase, c.{order} FROM card c WHERE {where} AND c.participant_id = ?", [*values, participant]
    )
    if not rows:
        return None
    phase, key = rows[0]
    before = reading.value(
        f"SELECT count(*) FROM card c WHERE {where} AND c.phase = ? AND (c.{order}, c.participant_id) < (?, ?)",
        [*values, phase, key, participant],
    )
    return int(phase), int(before)


def neighbour(reading: Reading, query: BoardQuery, participant: int, step: int) -> int | None:
    """The participant `step` places further in the board's order, None past its ends or for one it leaves out."""
    here = place(reading, query, participant)
    if here is None:
        return None
    phase, offset = here
    offset += step + sum(count for number, count in counts(reading, query).items() if number < phase)
    found = page(reading, query, offset, 1) if offset >= 0 else []
    return found[0].participant if found else None
