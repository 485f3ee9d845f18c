"""The search indexes, brought up to date with every change: of entries, of participants, and of the method.

The index of the method is of what is written in reviews, intakes, ways out, meetings and hand-overs, in support teams
and mappings, and about the network. It holds rows of several tables: a row's number there is its id times `STRIDE`
plus the place of its table in `SOURCES`, which is never changed, only added to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from models.roles.hidden import links, theirs
from models.storage.binding import AuditedChange
from models.storage.portions import portions, where
from models.storage.touched import Touched
from models.values.searched import searched

if TYPE_CHECKING:
    from models.storage.reading import Reading
    from models.storage.writing import Writing

SEARCHED_COLUMNS: Final = (
    "phone", "email", "address", "district", "risk_areas", "prison", "unit", "nav_state", "nav_municipal", "national_id"
)  # fmt: skip
STRIDE: Final = 64


class Source(Struct, frozen=True):
    """A table that is searched: its texts, the column of its day, and the `part` a hit opens by the id in `opens`.

    Where `day` is NULL its rows have none of their own.
    """

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
    Source(
        "support_team",
        ("coordinator", "own_words", "stabilise", "consent_rule", "judged", "conclusion", "recommendation"),
        "kick_off", "support_team", "id",
    ),
    Source("support_team_member", ("name",), "since", "support_team", "support_team_id"),
    Source("support_team_routine", ("what", "how_often", "who"), "NULL", "support_team", "support_team_id"),
    Source("support_team_watch", ("note",), "day", "support_team", "support_team_id"),
    Source("support_team_extension", ("reason",), "day", "support_team", "support_team_id"),
    Source("mapping_answer", ("situation", "works", "missing", "wish", "our_view"), "NULL", "mapping", "mapping_id"),
    Source("individual_plan", ("note",), "since", "individual_plan", "id"),
    Source("gathering", ("title", "place", "summary"), "first", "gathering", "id"),
    Source("gathering_topic", ("title", "presenter", "notes"), "NULL", "gathering", "gathering_id"),
    Source("gathering_task", ("text", "questions"), "due", "gathering_task", "id"),
    Source("task_answer", ("answer", "obstacle"), "NULL", "gathering_task", "task_id"),
    Source("consultation", ("recipient", "title", "text"), "sent", "gathering", "gathering_id"),
    Source(
        "cooperation_agreement",
        ("title", "background", "aim", "target_group", "consent_clause", "deciders", "duties", "convener",
         "reports_to", "revision_owner", "report_owner", "located"),
        "in_force_from", "agreement", "id",
    ),
    Source("proposal", ("text", "recommendation", "decision"), "made", "agreement", "agreement_id"),
    Source("group_member", ("agency", "name", "function", "reached"), "NULL", "agreement", "agreement_id"),
    Source("network_member", ("name", "function"), "since", "network_member", "id"),
)  # fmt: skip
PARTS: Final = frozenset(source.part for source in SOURCES)
_PLACES: Final = {source.table: place for place, source in enumerate(SOURCES)}


def follow(work: Writing, changes: Sequence[AuditedChange]) -> None:
    """Bring the indexes up to date with `changes`, inside their transaction; what has no text is not in them."""
    found = _rows(work, changes, "entry", "entry_search", ("with_whom", "place", "text", "topic"))
    entries = [(row, searched(body)) for row, *parts in found if (body := _joined(parts)).strip()]
    work.many("INSERT INTO entry_search (rowid, body) VALUES (?, ?)", entries)
    names = ("code", "given_name", "family_name")
    found = _rows(work, changes, "participant", "people_search", (*names, *SEARCHED_COLUMNS))
    people = [(row, searched(" ".join(parts[:3])), searched(_joined(parts[3:]))) for row, *parts in found]
    work.many("INSERT INTO people_search (rowid, name, body) VALUES (?, ?, ?)", people)
    _follow_method(work, changes)


def draw_anew(writing: Writing) -> None:
    """Make the three indexes anew from their tables, inside the transaction under way; what is read may be hidden."""
    for index in ("entry_search", "people_search", "method_search"):
        writing.run(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    for table in ("entry", "participant", *_PLACES):
        for portion in portions(row for (row,) in writing.sql(f'SELECT id FROM "{table}"')):
            follow(writing, [AuditedChange(table, row, "insert", "") for row in portion])


def _follow_method(work: Writing, changes: Sequence[AuditedChange]) -> None:
    first: dict[str, dict[int, str]] = {}
    for change in changes:
        if change.table in _PLACES:
            first.setdefault(change.table, {}).setdefault(change.row, change.operation)
    for table, rows in first.items():
        place = _PLACES[table]
        # Only a row whose first change is its insertion cannot stand in the index yet.
        known = sorted(row for row, operation in rows.items() if operation != "insert")
        work.many("DELETE FROM method_search WHERE rowid = ?", [(row * STRIDE + place,) for row in known])
        for portion in portions(rows):
            found = work.sql(where(f'SELECT id, {", ".join(SOURCES[place].texts)} FROM "{table}"', portion), portion)
            texts = {row: parts for row, *parts in found if "".join(parts).strip(" ")}
            bodies = [(row * STRIDE + place, searched(_joined(parts))) for row, parts in texts.items()]
            work.many("INSERT INTO method_search (rowid, body) VALUES (?, ?)", bodies)


def _rows(
    work: Writing, changes: Sequence[AuditedChange], table: str, index: str, columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The touched rows of a table that are still there, by id; what stands of them in its index is taken out."""
    touched = Touched.by(changes, table)
    for portion in portions(touched.rows):
        # A fresh row is one that the index cannot know yet.
        work.many(f"DELETE FROM {index} WHERE rowid = ?", [(row,) for row in portion if row not in touched.fresh])
        yield from work.sql(where(f"SELECT id, {', '.join(columns)} FROM {table}", portion), portion)


def _joined(parts: Sequence[str]) -> str:
    """One text; what stands in one column is no part of a number in the next."""
    return "\n".join(part for part in parts if part)


def unseen(reading: Reading, index: str) -> str:
    """What to add to a search in an index, so that nothing of hidden participants takes part in it."""
    if not reading.hidden:
        return ""
    if index == "method_search":
        owned = [(place, source.table) for place, source in enumerate(SOURCES) if source.table in links()]
        numbers = [theirs(table, reading.hidden, f"id * {STRIDE} + {place}") for place, table in owned]
    else:
        numbers = [theirs({"people_search": "participant", "entry_search": "entry"}[index], reading.hidden)]
    return f" AND rowid NOT IN ({' UNION ALL '.join(numbers)})"


def faults(reading: Reading) -> tuple[int, int]:
    """How many rows are missing from the index of the method, and how many are there that should not be."""
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
