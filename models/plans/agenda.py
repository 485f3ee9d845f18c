"""What is to come and what was left behind: appointments, tasks, applications' and consents' dates, releases.

Each group is counted up to a bound and read a window at a time through an index, so that the agenda of a team with ten
thousand participants costs what that of one with forty does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from config.words import N_
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.team import caseload
from models.values.days import NEVER

COUNTED: Final = 300
"""As many items of one group are counted and shown; the rest comes up when those are dealt with."""
AFTER_DAYS: Final = 14
WEEK_DAYS: Final = 7
RELEASE_DAYS: Final = 90
GROUPS: Final = ("overdue", "today", "week", "later", "undated", "after")
KINDS: Final = {
    "appointment": N_("appointment"),
    "after": N_("go through"),
    "task": N_("task"),
    "appeal": N_("appeal deadline"),
    "complement": N_("complement asked for"),
    "consent": N_("consent ends"),
    "release": N_("release"),
}


class AgendaQuery(Struct, frozen=True):
    """Whose: one participant's, else one colleague's with what they cover today, else the whole team's."""

    worker: int | None = None
    participant: int | None = None


class AgendaItem(Struct, frozen=True):
    """One line of the agenda.

    `kind` is appointment, after (attended, to be gone through), task, appeal, complement, consent or release, and `id`
    the record's. `at` is 0 for what has no time of day, `minutes` how long it takes; `who` are the initials of whose it
    is, `driver` of who drives.
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
    text: str = ""
    with_whom: str = ""
    place: str = ""
    turn: str = ""
    who: str = ""
    driver: str = ""
    prepared: bool = False
    repeats: str = ""
    minutes: int | None = None


def groups(reading: Reading, query: AgendaQuery) -> dict[str, int]:
    """How many items each of `GROUPS` holds, `COUNTED` at most."""
    found = {}
    for group in GROUPS:
        statement, values = _group(reading, query, group)
        found[group] = int(reading.value(f"SELECT count(*) FROM (SELECT 1 FROM ({statement}) LIMIT {COUNTED})", values))
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
    return [item for group in ("today", "week", "later") for item in _window(reading, query, group, 0, -1)]


def _window(reading: Reading, query: AgendaQuery, group: str, offset: int, limit: int) -> list[AgendaItem]:
    statement, values = _group(reading, query, group)
    rows = reading.sql(f"{statement} ORDER BY day, at, kind, id LIMIT ? OFFSET ?", [*values, limit, offset])
    keys = [(kind, id) for kind, id, _day, _at in rows]
    found: dict[tuple[str, int], AgendaItem] = {}
    for kind in dict.fromkeys(kind for kind, _id in keys):
        wanted = [id for other, id in keys if other == kind]
        found |= {(kind, item.id): item for item in _read(reading, _SOURCES[kind], wanted)}
    return [found[key] for key in keys if key in found]


class _Source(Struct, frozen=True):
    """Where items of one kind come from: a table, its condition, its date, and how it belongs to a colleague.

    `says` are the columns of an item that are its own (`own` are the initials of whose it is where it says so itself),
    `beside` what they are joined from. `owners` are the columns that name a colleague; without any it is theirs who are
    responsible for the participant.
    """

    kind: str
    table: str
    condition: str
    day: str
    says: str
    at: str = "0"
    owners: tuple[str, ...] = ()
    beside: str = ""
    id: str = "x.id"
    version: str = "x.version"


_APPOINTMENT: Final = _Source(
    "appointment", "appointment", "x.state = 'planned'", "x.day",
    "x.title AS text, x.with_whom, x.place, s.initials AS own, coalesce(d.initials, '') AS driver, x.prepared, "
    "x.repeats, x.minutes",
    at="x.at", owners=("x.worker_id", "x.driver_id"),
    beside="LEFT JOIN staff s ON s.id = x.worker_id LEFT JOIN staff d ON d.id = x.driver_id",
)  # fmt: skip
_AFTER: Final = replace(
    _APPOINTMENT, kind="after", condition="x.state = 'attended' AND x.gone_through = 0", owners=("x.worker_id",)
)
_TASK: Final = _Source(
    "task", "task", "x.state = 'open'", "x.due",
    "x.text, x.agency AS with_whom, x.turn, s.initials AS own, x.repeats",
    owners=("x.owner_id",), beside="LEFT JOIN staff s ON s.id = x.owner_id",
)  # fmt: skip
_APPEAL: Final = _Source(
    "appeal", "application", "x.appeal_deadline IS NOT NULL", "x.appeal_deadline",
    "x.about AS text, x.agency AS with_whom",
)  # fmt: skip
_COMPLEMENT: Final = replace(
    _APPEAL, kind="complement", day="x.complement_asked",
    condition="x.decided IS NULL AND x.complement_sent IS NULL AND x.complement_asked IS NOT NULL",
)  # fmt: skip
_CONSENT: Final = _Source(
    "consent", "consent",
    "x.withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM consent r WHERE r.participant_id = x.participant_id "
    "AND r.renews_id = x.id)",
    "x.valid_until", "x.role AS text, x.agency AS with_whom",
)  # fmt: skip
_RELEASE: Final = _Source(
    "release", "card", f"x.phase > 0 AND x.release_key < '{NEVER}'", "x.release_key", "x.prison AS place",
    id="x.participant_id", version="0",
)  # fmt: skip
_DATED: Final = (_APPOINTMENT, _TASK, _COMPLEMENT, _APPEAL, _CONSENT, _RELEASE)
_SOURCES: Final = {source.kind: source for source in (*_DATED, _AFTER)}


def _group(reading: Reading, query: AgendaQuery, group: str) -> tuple[str, list[Any]]:
    """The keys of one group, as a statement with columns kind, id, day and at, and its values."""

    def on(days: int) -> str:
        return (reading.today + timedelta(days=days)).isoformat()

    sources, first, last = {
        "overdue": ((_APPOINTMENT, _TASK, _COMPLEMENT), "", on(-1)),
        "today": (_DATED, on(0), on(0)),
        "week": (_DATED, on(1), on(WEEK_DAYS)),
        "later": (_DATED, on(WEEK_DAYS + 1), NEVER),
        "undated": ((_TASK,), None, None),
        "after": ((_AFTER,), on(-AFTER_DAYS), on(0)),
    }[group]
    ahead = {_CONSENT: on(reading.programme.limits.consent_warning_days), _RELEASE: on(RELEASE_DAYS)}
    whose = () if query.worker is None else caseload.colleagues(reading, query.worker)
    parts: list[tuple[str, list[Any]]] = []
    for source in sources:
        parts += _part(query, whose, source, first, ahead.get(source, last) if group == "later" else last)
    return " UNION ALL ".join(statement for statement, _values in parts), [
        value for _statement, values in parts for value in values
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


def _read(reading: Reading, source: _Source, ids: Sequence[int]) -> list[AgendaItem]:
    # A number at a time is bound through JSON, so that a long list is one value.
    rows = reading.named(
        f"SELECT '{source.kind}' AS kind, {source.id} AS id, {source.day} AS day, {source.at} AS at, "
        f"{source.version} AS version, {source.says}, "
        "c.participant_id AS participant, coalesce(c.code, '') AS code, coalesce(c.name, '') AS name, "
        "coalesce(p.risk_areas, '') AS risk_areas, coalesce(w.initials, '') AS responsible "
        f'FROM "{source.table}" x {source.beside} LEFT JOIN card c ON c.participant_id = x.participant_id '
        "LEFT JOIN participant p ON p.id = x.participant_id LEFT JOIN staff w ON w.id = c.worker "
        f"WHERE {source.id} IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    )
    return [struct(AgendaItem, row, who=row.get("own") or row["responsible"]) for row in rows]
