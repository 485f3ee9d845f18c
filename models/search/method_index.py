"""The search index of what is written in reviews, intakes, ways out, meetings and hand-overs, and looking in it.

One full-text index holds rows of several tables: a row's number there is its id times `STRIDE` plus the place of its
table in `SOURCES`, which is never changed, only added to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from models.storage.portions import marks, portions
from models.values.text import excerpt, fold

if TYPE_CHECKING:
    from models.storage.audit import AuditedChange
    from models.storage.reading import Reading
    from models.storage.work import Work

STRIDE: Final = 16
LOOKED_THROUGH: Final = 500
"""As many of the newest places where common words stand are kept in mind."""


class Source(Struct, frozen=True):
    """A table that is searched: its texts, the column of its day, and the `part` a hit opens by the id in `opens`."""

    table: str
    texts: tuple[str, ...]
    day: str
    part: str
    opens: str


SOURCES: Final = (
    Source("review", ("reason", "present"), "opened", "review", "id"),
    Source("review_answer", ("text",), "written_at", "review", "review_id"),
    Source("review_note", ("text",), "at", "review", "review_id"),
    Source("intake", ("referred_by", "referral_note", "reason"), "opened", "intake", "id"),
    Source("criterion_judgement", ("note",), "judged", "intake", "intake_id"),
    Source("intake_talk", ("who", "note", "reason"), "held", "intake", "intake_id"),
    Source("phase_out", ("words", "summary", "closed_reason", "return_note"), "began", "phase_out", "id"),
    Source("meeting", ("guests",), "day", "meeting", "id"),
    Source("meeting_item", ("text",), "at", "meeting", "meeting_id"),
    Source("hand_over", ("note",), "day", "hand_over", "id"),
    Source("snooze", ("reason",), "snoozed", "snooze", "id"),
    Source("absence", ("note",), "first", "absence", "id"),
)
PARTS: Final = frozenset(source.part for source in SOURCES)
_PLACES: Final = {source.table: place for place, source in enumerate(SOURCES)}
_OWNERLESS: Final = frozenset({"absence"})


class Found(Struct, frozen=True):
    """One place where the words stand; `participant` is 0 and `code` empty where the line is about nobody.

    `part` is what it stands in (one of `PARTS`), `opens` the id of that, 0 for a topic that waits for a meeting.
    """

    participant: int
    code: str
    name: str
    part: str
    opens: int
    day: date | None
    context: str
    spans: tuple[tuple[int, int], ...]


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Bring the index up to date with `changes`, inside their transaction."""
    touched: dict[str, set[int]] = {}
    known: dict[str, set[int]] = {}
    for change in changes:
        if change.table not in _PLACES:
            continue
        rows = touched.setdefault(change.table, set())
        # Only a row whose first change is its insertion cannot stand in the index yet.
        if change.operation != "insert" and change.row not in rows:
            known.setdefault(change.table, set()).add(change.row)
        rows.add(change.row)
    for table, rows in touched.items():
        _index(work, table, rows, known.get(table, set()))


def _index(work: Work, table: str, rows: set[int], known: set[int]) -> None:
    place = _PLACES[table]
    if known:
        work.many("DELETE FROM method_search WHERE rowid = ?", [(row * STRIDE + place,) for row in sorted(known)])
    for portion in portions(rows):
        found = work.sql(
            f'SELECT id, {", ".join(SOURCES[place].texts)} FROM "{table}" WHERE id IN ({marks(portion)})', portion
        )
        bodies = [(row * STRIDE + place, fold(body)) for row, *parts in found if (body := _body(parts)).strip(" ")]
        work.many("INSERT INTO method_search (rowid, body) VALUES (?, ?)", bodies)


def _body(parts: Sequence[str]) -> str:
    return " ".join(part for part in parts if part)


def find(reading: Reading, query: str, terms: list[str], limit: int, people: Sequence[int] = ()) -> list[Found]:
    """Where all that the engine's `query` asks for stands, the newest first, at most `limit`; `terms` are marked.

    With `people`, only what is about one of them.
    """
    numbers = [
        number
        for (number,) in reading.sql(
            "SELECT rowid FROM method_search WHERE method_search MATCH ? ORDER BY rowid DESC LIMIT ?",
            [query, LOOKED_THROUGH],
        )
    ]
    hits = sorted(_hits(reading, numbers, terms, people), key=lambda hit: hit.day or date.min, reverse=True)
    return hits[:limit]


def _hits(reading: Reading, numbers: Sequence[int], terms: list[str], people: Sequence[int]) -> Iterator[Found]:
    for place, source in enumerate(SOURCES):
        rows = [number // STRIDE for number in numbers if number % STRIDE == place]
        if rows:
            yield from _in_source(reading, source, rows, terms, people)


def _in_source(
    reading: Reading, source: Source, rows: Sequence[int], terms: list[str], people: Sequence[int]
) -> Iterator[Found]:
    if source.table in _OWNERLESS:
        if people:
            return
        owner, joined = "0, '', ''", ""
    else:
        owner = "coalesce(p.id, 0), coalesce(p.code, ''), coalesce(trim(p.given_name || ' ' || p.family_name), '')"
        joined = "LEFT JOIN participant p ON p.id = x.participant_id"
    about = f" AND x.participant_id IN ({marks(people)})" if people else ""
    found = reading.sql(
        f"SELECT {owner}, coalesce(x.{source.opens}, 0), x.{source.day}, "
        f"{', '.join('x.' + text for text in source.texts)} "
        f'FROM "{source.table}" x {joined} WHERE x.id IN ({marks(rows)}){about} ORDER BY x.id DESC',
        [*rows, *people],
    )
    for participant, code, name, opens, day, *parts in found:
        context, spans = excerpt(" · ".join(part for part in parts if part), terms)
        yield Found(participant, code, name, source.part, opens, _day(reading, day), context, tuple(spans))


def _day(reading: Reading, value: Any) -> date | None:
    """A day from what its column holds: a stored moment, a date as text, or nothing."""
    if not value:
        return None
    return reading.clock.local(value).date() if isinstance(value, int) else date.fromisoformat(value)


def faults(reading: Reading) -> tuple[int, int]:
    """How many rows are missing from the index, and how many are there that should not be."""
    missing = stray = 0
    for place, source in enumerate(SOURCES):
        condition = f"trim({' || '.join(source.texts)}) != ''"
        missing += reading.value(
            f'SELECT count(*) FROM "{source.table}" WHERE {condition} '
            f"AND id * {STRIDE} + {place} NOT IN (SELECT id FROM method_search_docsize)"
        )
        stray += reading.value(
            f"SELECT count(*) FROM method_search_docsize WHERE id % {STRIDE} = {place} "
            f'AND id / {STRIDE} NOT IN (SELECT id FROM "{source.table}" WHERE {condition})'
        )
    beyond = reading.value(f"SELECT count(*) FROM method_search_docsize WHERE id % {STRIDE} >= {len(SOURCES)}")
    return missing, stray + beyond
