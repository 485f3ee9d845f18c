"""What is to come and what was left behind: appointments, tasks, applications' and consents' dates, releases.

Each group is counted up to a bound and read a window at a time through an index, so that the agenda of a team with ten
thousand participants costs what that of one with forty does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from models.storage.portions import marks
from models.storage.reading import Reading
from models.team import caseload
from models.values.days import NEVER

COUNTED: Final = 300
"""As many items of one group are counted and shown; the rest comes up when those are dealt with."""
AFTER_DAYS: Final = 14
WEEK_DAYS: Final = 7
RELEASE_DAYS: Final = 90
GROUPS: Final = ("overdue", "today", "week", "later", "undated", "after")


class AgendaQuery(Struct, frozen=True):
    """Whose: one participant's, else one colleague's with what they cover today, else the whole team's."""

    worker: int | None = None
    participant: int | None = None


class AgendaItem(Struct, frozen=True):
    """One line of the agenda.

    `kind` is appointment, after (attended, to be gone through), task, appeal, complement, consent or release, and `id`
    the record's. `at` is 0 for what has no time of day; `who` are the initials of whose it is, `driver` of who drives.
    """

    kind: str
    id: int
    version: int
    day: date | None
    at: int
    participant: int | None
    code: str
    name: str
    risk_areas: str
    text: str
    with_whom: str
    place: str
    turn: str
    who: str
    driver: str
    prepared: bool
    repeats: str


def groups(reading: Reading, query: AgendaQuery) -> dict[str, int]:
    """How many items each of `GROUPS` holds, `COUNTED` at most."""
    found = {}
    for group in GROUPS:
        statement, values = _group(reading, query, group)
        if statement:
            count = f"SELECT count(*) FROM (SELECT 1 FROM ({statement}) LIMIT {COUNTED})"
            found[group] = int(reading.value(count, values))
    return found


def page(reading: Reading, query: AgendaQuery, counts: dict[str, int], offset: int, limit: int) -> list[AgendaItem]:
    """Items `offset` to `offset + limit` of the groups one after the other, as `groups` counted them."""
    items: list[AgendaItem] = []
    for group, count in counts.items():
        if offset < count and limit > 0:
            part = min(limit, count - offset)
            items += _window(reading, query, group, offset, part)
            limit -= part
            offset = count
        offset -= count
    return items


def coming(reading: Reading, query: AgendaQuery) -> list[AgendaItem]:
    """Everything dated from today on, and nothing left out: for a calendar."""
    found = []
    for group in ("today", "week", "later"):
        found += _window(reading, query, group, 0, -1)
    return found


def _window(reading: Reading, query: AgendaQuery, group: str, offset: int, limit: int) -> list[AgendaItem]:
    statement, values = _group(reading, query, group)
    keys = reading.sql(f"{statement} ORDER BY day, at, kind, id LIMIT ? OFFSET ?", [*values, limit, offset])
    return _filled(reading, keys)


# ---------------------------------------------------------------------- which


class _Source(Struct, frozen=True):
    """Where items of one kind come from: a table, its condition, its date, and how it belongs to a colleague.

    `owners` are the columns that name a colleague; without any it is theirs who are responsible for the participant.
    """

    kind: str
    table: str
    condition: str
    day: str
    at: str = "0"
    owners: tuple[str, ...] = ()
    id: str = "x.id"


_APPOINTMENT: Final = _Source(
    "appointment", "appointment", "x.state = 'planned'", "x.day", "x.at", ("x.worker_id", "x.driver_id")
)
_AFTER: Final = _Source(
    "after", "appointment", "x.state = 'attended' AND x.gone_through = 0", "x.day", "x.at", ("x.worker_id",)
)
_TASK: Final = _Source("task", "task", "x.state = 'open'", "x.due", owners=("x.owner_id",))
_APPEAL: Final = _Source("appeal", "application", "x.appeal_deadline IS NOT NULL", "x.appeal_deadline")
_COMPLEMENT: Final = _Source(
    "complement", "application", "x.decided IS NULL AND x.complement_sent IS NULL AND x.complement_asked IS NOT NULL",
    "x.complement_asked",
)  # fmt: skip
_CONSENT: Final = _Source(
    "consent", "consent",
    "x.withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM consent r WHERE r.participant_id = x.participant_id "
    "AND r.renews_id = x.id)",
    "x.valid_until",
)  # fmt: skip
_RELEASE: Final = _Source("release", "card", f"x.phase > 0 AND x.release_key < '{NEVER}'", "x.release_key",
                          id="x.participant_id")  # fmt: skip


def _group(reading: Reading, query: AgendaQuery, group: str) -> tuple[str, list[Any]]:
    """The keys of one group, as a statement with columns kind, id, day and at, and its values."""
    today = reading.today
    whose = () if query.worker is None else caseload.colleagues(reading, query.worker)
    week = today + timedelta(days=WEEK_DAYS)
    ahead = {_CONSENT: reading.programme.limits.consent_warning_days, _RELEASE: RELEASE_DAYS}
    everything = (_APPOINTMENT, _TASK, _COMPLEMENT, _APPEAL, _CONSENT, _RELEASE)
    match group:
        case "overdue":
            bounds = ("", (today - timedelta(days=1)).isoformat())
            parts = [_part(query, whose, one, *bounds) for one in (_APPOINTMENT, _TASK, _COMPLEMENT)]
        case "today":
            parts = [_part(query, whose, one, today.isoformat(), today.isoformat()) for one in everything]
        case "week":
            first = (today + timedelta(days=1)).isoformat()
            parts = [_part(query, whose, one, first, week.isoformat()) for one in everything]
        case "later":
            first = (week + timedelta(days=1)).isoformat()
            last = {one: (today + timedelta(days=days)).isoformat() for one, days in ahead.items()}
            parts = [_part(query, whose, one, first, last.get(one, NEVER)) for one in everything]
        case "undated":
            parts = [_part(query, whose, _TASK, None, None)]
        case _after:
            since = (today - timedelta(days=AFTER_DAYS)).isoformat()
            parts = [_part(query, whose, _AFTER, since, today.isoformat())]
    statements = [statement for found in parts for statement, _values in found]
    return " UNION ALL ".join(statements), [
        value for found in parts for _statement, values in found for value in values
    ]


def _part(
    query: AgendaQuery, whose: tuple[int, ...], source: _Source, first: str | None, last: str | None
) -> list[tuple[str, list[Any]]]:
    """Statements for one source between two dates, both inclusive; None for what has no date."""
    between, values = f"{source.day} IS NULL", list[Any]()
    if first is not None:
        between, values = f"{source.day} BETWEEN ? AND ?", [first, last]
    head = f"SELECT '{source.kind}' AS kind, {source.id} AS id, {source.day} AS day, {source.at} AS at FROM"
    where = f"{source.condition} AND {between}"
    if query.participant is not None:
        return [(f'{head} "{source.table}" x WHERE x.participant_id = ? AND {where}', [query.participant, *values])]
    if query.worker is None:
        return [(f'{head} "{source.table}" x WHERE {where}', values)]
    theirs = f"IN ({marks(whose)})"
    if source.table == "card":
        return [(f"{head} card x WHERE x.worker {theirs} AND {where}", [*whose, *values])]
    if not source.owners:
        joined = f'{head} card c CROSS JOIN "{source.table}" x ON x.participant_id = c.participant_id'
        return [(f"{joined} WHERE c.worker {theirs} AND c.phase > 0 AND {where}", [*whose, *values])]
    statements = []
    for place, owner in enumerate(source.owners):
        # Somebody who goes along and drives too sees the item once.
        once = "".join(f" AND coalesce({before}, 0) NOT {theirs}" for before in source.owners[:place])
        bound = [*whose, *values, *whose * place]
        statements.append((f'{head} "{source.table}" x WHERE {owner} {theirs} AND {where}{once}', bound))
    return statements


# ---------------------------------------------------------------------- what


def _filled(reading: Reading, keys: Sequence[tuple[Any, ...]]) -> list[AgendaItem]:
    """The items that the keys name, in their order; one query a table."""
    wanted: dict[str, list[int]] = {}
    for kind, id, _day, _at in keys:
        wanted.setdefault(kind, []).append(id)
    rows: dict[tuple[str, int], AgendaItem] = {}
    for kind, ids in wanted.items():
        for item in _read(reading, kind, ids):
            rows[kind, item.id] = item
    return [rows[kind, id] for kind, id, _day, _at in keys if (kind, id) in rows]


_DETAILS: Final = {
    "appointment": "x.id, x.version, x.day, x.at, x.title, x.with_whom, x.place, '', coalesce(s.initials, ''), "
    "coalesce(d.initials, ''), x.prepared, x.repeats FROM appointment x LEFT JOIN staff s ON s.id = x.worker_id "
    "LEFT JOIN staff d ON d.id = x.driver_id",
    "task": "x.id, x.version, x.due, 0, x.text, x.agency, '', x.turn, coalesce(s.initials, ''), '', 0, x.repeats "
    "FROM task x LEFT JOIN staff s ON s.id = x.owner_id",
    "appeal": "x.id, x.version, x.appeal_deadline, 0, x.about, x.agency, '', '', '', '', 0, '' FROM application x",
    "complement": "x.id, x.version, x.complement_asked, 0, x.about, x.agency, '', '', '', '', 0, '' FROM application x",
    "consent": "x.id, x.version, x.valid_until, 0, x.role, x.agency, '', '', '', '', 0, '' FROM consent x",
    "release": "x.participant_id, 0, x.release_key, 0, '', '', x.prison, '', '', '', 0, '' FROM card x",
}


def _read(reading: Reading, kind: str, ids: Sequence[int]) -> Iterable[AgendaItem]:
    details = _DETAILS["appointment" if kind == "after" else kind]
    columns, _from, tables = details.partition(" FROM ")
    own = "x.participant_id" if kind == "release" else "x.id"
    # A number at a time is bound through JSON, so that a long list is one value.
    rows = reading.sql(
        f"SELECT {columns}, c.participant_id, c.code, c.name, coalesce(p.risk_areas, ''), coalesce(w.initials, '') "
        f"FROM {tables} "
        "LEFT JOIN card c ON c.participant_id = x.participant_id LEFT JOIN participant p ON p.id = x.participant_id "
        "LEFT JOIN staff w ON w.id = c.worker "
        f"WHERE {own} IN (SELECT value FROM json_each(?))",
        [f"[{','.join(str(id) for id in ids)}]"],
    )
    for row in rows:
        (id, version, day, at, text, whom, place, turn, who, driver, prepared, repeats, owner, code, name, risk, by) = (
            row
        )
        yield AgendaItem(
            kind, id, version, date.fromisoformat(day) if day else None, at, owner, code or "", name or "", risk,
            text, whom, place, turn, who or by, driver, bool(prepared), repeats,
        )  # fmt: skip
