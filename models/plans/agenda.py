"""What is to come and what was left behind: appointments, tasks, applications' and consents' dates, plans, releases.

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

from config.words import N_, _
from models.phases.way_out import FULL_TERM, PAROLE
from models.roles.rights import LEADER
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.team import absences, caseload
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
    "complement": N_("more documents requested"),
    "consent": N_("consent ends"),
    "plan": N_("revision of the individual plan"),
    "release": N_("release"),
}
BASES: Final = {PAROLE: N_("parole"), FULL_TERM: N_("full term, out at the latest")}
"""What the day of a release is where none is decided."""


class AgendaQuery(Struct, frozen=True):
    """Whose: one participant's, else one colleague's with what they cover today, else the whole team's.

    A colleague's own is also what falls to them, so that nothing agreed is on nobody's agenda: what is nobody's, or
    somebody's who has left, is away without cover or may not see the participant, is the responsible worker's; where
    that is nobody who is here, the co-worker's, else the team leaders'. Source: the guide on relationship and
    coordination.
    """

    worker: int | None = None
    participant: int | None = None
    week: date | None = None
    """The first day of a week of which each day is a group, in place of `GROUPS`."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, for a week its days in ISO form."""
        if self.week is None:
            return GROUPS
        return tuple((self.week + timedelta(days=days)).isoformat() for days in range(WEEK_DAYS))


class AgendaItem(Struct, frozen=True):
    """One line of the agenda.

    `kind` is appointment, after (attended, to be gone through), task, appeal, complement, consent, plan (an
    individual plan to be revised) or release, and `id` the record's. `at` is 0 for what has no time of day,
    `minutes` how long it takes; `who` are the initials of whose it is, `driver` of who drives, `absent` of those
    among them who have left, or are away without cover. `basis` is what the day of a release is
    (`models.phases.way_out`).
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
    absent: tuple[str, ...] = ()
    prepared: bool = False
    repeats: str = ""
    minutes: int | None = None
    basis: str = ""

    @property
    def kind_told(self) -> str:
        """What kind of item it is, in words."""
        return _(BASES.get(self.basis) or KINDS[self.kind])


def groups(reading: Reading, query: AgendaQuery) -> dict[str, int]:
    """How many items each group of the query holds, `COUNTED` at most."""
    found = {}
    for group in query.groups:
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


def place(reading: Reading, query: AgendaQuery, counts: dict[str, int], kind: str, id: int) -> int | None:
    """Where an item stands among those that `page` shows, None where it is not among them."""
    offset = 0
    for group, count in counts.items():
        statement, values = _group(reading, query, group)
        rows = reading.sql(f"{statement} ORDER BY day, at, kind, id LIMIT ?", [*values, count])
        for index, row in enumerate(rows):
            if row[:2] == (kind, id):
                return offset + index
        offset += count
    return None


def place_today(reading: Reading, query: AgendaQuery, counts: dict[str, int], participant: int) -> int | None:
    """Where the first appointment a participant has today stands, else what else is today's; None where nothing is."""
    found = _window(reading, query, "today", 0, counts["today"])
    theirs = [
        (item.kind != "appointment", index) for index, item in enumerate(found) if item.participant == participant
    ]
    return counts["overdue"] + min(theirs)[1] if theirs else None


def coming(reading: Reading, query: AgendaQuery) -> list[AgendaItem]:
    """Everything dated from today on, and what repeats also while it is overdue; nothing left out: for a calendar."""
    query = replace(query, week=None)
    overdue = [item for item in _window(reading, query, "overdue", 0, -1) if item.repeats]
    return [*overdue, *(item for group in ("today", "week", "later") for item in _window(reading, query, group, 0, -1))]


def _window(reading: Reading, query: AgendaQuery, group: str, offset: int, limit: int) -> list[AgendaItem]:
    statement, values = _group(reading, query, group)
    rows = reading.sql(f"{statement} ORDER BY day, at, kind, id LIMIT ? OFFSET ?", [*values, limit, offset])
    keys = [(kind, id) for kind, id, _day, _at in rows]
    found: dict[tuple[str, int], AgendaItem] = {}
    for kind in dict.fromkeys(kind for kind, _id in keys):
        wanted = [id for other, id in keys if other == kind]
        found |= {(kind, item.id): item for item in _read(reading, _SOURCES[kind], wanted)}
    return [found[key] for key in keys if key in found]


_Part = tuple[str, list[Any]]
"""A piece of SQL and the values bound in it."""


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
    "x.title AS text, x.with_whom, x.place, x.minutes, s.initials AS own, coalesce(d.initials, '') AS driver, "
    "x.prepared, x.repeats",
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
_PLAN: Final = _Source(
    "plan", "individual_plan", "x.state = 'in_place' AND x.revision IS NOT NULL", "x.revision",
    "x.agency AS with_whom",
)  # fmt: skip
_RELEASE: Final = _Source(
    "release", "card", f"x.phase > 0 AND x.release_key < '{NEVER}'", "x.release_key",
    "x.prison AS place, x.release_basis AS basis",
    id="x.participant_id", version="0",
)  # fmt: skip
_DATED: Final = (_APPOINTMENT, _TASK, _COMPLEMENT, _APPEAL, _CONSENT, _PLAN, _RELEASE)
_SOURCES: Final = {source.kind: source for source in (*_DATED, _AFTER)}


def _group(reading: Reading, query: AgendaQuery, group: str) -> tuple[str, list[Any]]:
    """The keys of one group, as a statement with columns kind, id, day and at, and its values."""

    def on(days: int) -> str:
        return (reading.today + timedelta(days=days)).isoformat()

    known: dict[str, tuple[tuple[_Source, ...], str | None, str | None]] = {
        "overdue": ((_APPOINTMENT, _TASK, _COMPLEMENT, _PLAN), "", on(-1)),
        "today": (_DATED, on(0), on(0)),
        "week": (_DATED, on(1), on(WEEK_DAYS)),
        "later": (_DATED, on(WEEK_DAYS + 1), NEVER),
        "undated": ((_TASK,), None, None),
        "after": ((_AFTER,), on(-AFTER_DAYS), on(0)),
    }
    sources, first, last = known.get(group, (_DATED, group, group))
    ahead = {_CONSENT: on(reading.programme.limits.consent_warning_days), _RELEASE: on(RELEASE_DAYS)}
    whose = None if query.worker is None or query.participant is not None else _whose(reading, query.worker)
    parts: list[_Part] = []
    for source in sources:
        parts += _part(query, whose, source, first, ahead.get(source, last) if group == "later" else last)
    return " UNION ALL ".join(statement for statement, _values in parts), [
        value for _statement, values in parts for value in values
    ]


class _Whose(Struct, frozen=True):
    """A colleague with those of whom they cover, for whom nobody sees to anything, and whose rest is theirs.

    The latter are conditions on a card `c`. Team leaders, who lead, have the team's own too.
    """

    theirs: tuple[int, ...]
    unattended: tuple[int, ...]
    cards: tuple[_Part, ...]
    leads: bool

    def falls_to(self, source: _Source) -> _Part:
        """The condition on `x` for being nobody's who sees to it, and not theirs by itself."""
        gone, theirs = f"IN ({marks(self.unattended)})", f"IN ({marks(self.theirs)})"
        nobody = [f"{source.owners[0]} IS NULL", *(f"{owner} {gone}" for owner in source.owners)]
        nobody += [f"({owner} IS NOT NULL AND {_UNSEEN.format(owner=owner)})" for owner in source.owners]
        own = "".join(f" AND coalesce({owner}, 0) NOT {theirs}" for owner in source.owners)
        return f"({' OR '.join(nobody)}){own}", [
            *self.unattended * len(source.owners),
            *self.theirs * len(source.owners),
        ]


# Somebody who may not see a restricted participant is told nothing of what is theirs there.
_UNSEEN: Final = (
    "EXISTS (SELECT 1 FROM restriction r JOIN staff o ON o.id = {owner} WHERE r.participant_id = x.participant_id "
    f"AND r.lifted IS NULL AND o.role != '{LEADER}' AND instr(' ' || r.may_see || ' ', ' ' || o.id || ' ') = 0)"
)
_RESTRICTED: Final = (
    "EXISTS (SELECT 1 FROM restriction r WHERE r.participant_id = c.participant_id AND r.lifted IS NULL)"
)


def _whose(reading: Reading, worker: int) -> _Whose:
    theirs = caseload.colleagues(reading, worker)
    gone = tuple(one for one in caseload.unattended(reading) if one not in theirs)
    left_to: list[_Part] = [("c.worker IS NULL", [])]
    if gone:
        left_to.append((f"c.worker IN ({marks(gone)})", [*gone]))
    cards: list[_Part] = [(f"c.worker IN ({marks(theirs)})", [*theirs])]
    cards += [(f"{alone} AND c.coworker = ?", [*values, worker]) for alone, values in left_to]
    if leads := reading.value("SELECT role FROM staff WHERE id = ?", [worker]) == LEADER:
        others = f"(c.coworker IS NULL OR c.coworker IN ({marks(gone)}) OR {_RESTRICTED}) AND c.coworker IS NOT ?"
        cards += [(f"{alone} AND {others}", [*values, *gone, worker]) for alone, values in left_to]
        # Whoever covers for somebody need not be among those who may see a restricted participant.
        if away := [one for one in absences.away(reading, reading.today) if one not in (*theirs, *gone)]:
            cards.append((f"c.worker IN ({marks(away)}) AND {_RESTRICTED}", away))
    return _Whose(theirs, gone, tuple(cards), leads)


def _part(
    query: AgendaQuery, whose: _Whose | None, source: _Source, first: str | None, last: str | None
) -> list[_Part]:
    """Statements for one source between two dates, both inclusive; None for what has no date."""
    between, values = f"{source.day} IS NULL", list[Any]()
    if first is not None:
        between, values = f"{source.day} BETWEEN ? AND ?", [first, last]
    head = f"SELECT '{source.kind}' AS kind, {source.id} AS id, {source.day} AS day, {source.at} AS at FROM"
    where = f"{source.condition} AND {between}"
    if query.participant is not None:
        return [(f'{head} "{source.table}" x WHERE x.participant_id = ? AND {where}', [query.participant, *values])]
    if whose is None:
        return [(f'{head} "{source.table}" x WHERE {where}', values)]
    joined = f'{head} card c CROSS JOIN "{source.table}" x ON x.participant_id = c.participant_id'
    if not source.owners:
        return [
            (f"{joined} WHERE {card} AND c.phase > 0 AND {where}", [*bound, *values]) for card, bound in whose.cards
        ]
    nobodys, gone = whose.falls_to(source)
    statements = [
        (f"{joined} WHERE {card} AND {nobodys} AND {where}", [*bound, *gone, *values]) for card, bound in whose.cards
    ]
    if source.table == "task" and whose.leads:
        # What is the team's own and nobody's is the leaders' to see to.
        statements.append((f"{head} task x WHERE x.participant_id IS NULL AND {nobodys} AND {where}", [*gone, *values]))
    theirs = f"IN ({marks(whose.theirs)})"
    for place, owner in enumerate(source.owners):
        # Somebody who goes along and drives too sees the item once.
        once = "".join(f" AND coalesce({before}, 0) NOT {theirs}" for before in source.owners[:place])
        bound = [*whose.theirs, *values, *whose.theirs * place]
        statements.append((f'{head} "{source.table}" x WHERE {owner} {theirs} AND {where}{once}', bound))
    return statements


def _read(reading: Reading, source: _Source, ids: Sequence[int]) -> list[AgendaItem]:
    left = caseload.unattended(reading)
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
    gone = dict(reading.sql(f"SELECT initials, id FROM staff WHERE id IN ({marks(left)})", left))
    return [
        struct(
            AgendaItem, row, who=row.get("own") or row["responsible"],
            absent=tuple(one for one in dict.fromkeys((row.get("own"), row.get("driver"))) if one in gone),
        )
        for row in rows
    ]  # fmt: skip
