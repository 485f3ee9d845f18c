"""The examination of a whole vault: pages, schema, links, records, indexes, cards, tallies, rules, audit, log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from config.words import N_, _
from models.access import visits
from models.cards.upkeep import draw_card
from models.checklists import tally as checklist_tally
from models.checklists.content import template_of
from models.examination.rules import RULES
from models.schema import SCHEMA_VERSION
from models.search import index as method_search
from models.storage import audit
from models.storage.binding import Fault, misfits
from models.storage.chain import ChainState
from models.storage.portions import portions
from models.storage.reading import Reading
from models.storage.writing import Writing, rehearsal
from models.tables import RECORDS, TABLES
from models.values.days import NEVER
from models.vault import health
from models.vault.engine_errors import ENGINE_ERRORS

SHOWN: Final = 5
"""How many flaws of one kind are named."""
_TALLIES: Final = (
    "SELECT checklist_id, participant_id, worker, release_key, items, remaining, waiting, unverified, due_key "
    "FROM checklist_tally WHERE checklist_id BETWEEN ? AND ?"
)
_LAPSES: Final = (
    "SELECT l.checklist_id, l.item_id, l.lapse_key, l.due_key, l.unverified, i.item, k.content FROM checklist_lapse l "
    "LEFT JOIN checklist_item i ON i.id = l.item_id LEFT JOIN checklist k ON k.id = l.checklist_id "
    "WHERE l.checklist_id BETWEEN ? AND ?"
)
_FIRST_DAY: Final = (
    "SELECT t.checklist_id FROM checklist_tally t WHERE t.lapse_key != coalesce((SELECT min(l.lapse_key) "
    "FROM checklist_lapse l WHERE l.checklist_id = t.checklist_id), ?)"
)
_MISFITS: Final = {
    Fault.UNAUDITED: N_("Row {row} of {table} stands in no audit row: it came past the program."),
    Fault.BACK: N_("Row {row} of {table} is there, but the audit tells that it was taken away."),
    Fault.MISSING: N_("Row {row} of {table} is gone, and no audit row tells that it was taken away."),
    Fault.DIFFERS: N_("Row {row} of {table} does not say what the audit tells that it became."),
    Fault.UNBOUND: N_("Row {row} of {table} was written by an earlier program after the upgrade; nothing holds it."),
    Fault.ALTERED: N_("Row {row} of {table} was not what the audit tells when audit row {act} changed it."),
}
Said = dict[int, Any]
"""What is said of each card or checklist, by its number."""


class Flaw(Struct, frozen=True):
    """One thing that is wrong: where, and in a sentence what."""

    where: str
    text: str


class Examination(Struct, frozen=True):
    """What was found, and how far the audit chain reached; `head` is what to note down outside the vault.

    `warnings` are what somebody should look into, and no sign that anything is wrong with the vault.
    """

    flaws: tuple[Flaw, ...]
    count: int
    head: str
    warnings: tuple[Flaw, ...] = ()


def examine(reading: Reading, audit_key: bytes, step: Callable[[str], None] = lambda _name: None) -> Examination:
    """Examine everything that can be told from inside the open database; `step` is told what comes next."""
    flaws: list[Flaw] = []
    chain = looked = ChainState(0, "", None)
    try:
        for name, look in (
            (_("pages"), _pages),
            (_("schema"), _schema),
            (_("links between records"), _links),
            (_("records against the audit"), _misfits),
            (_("search index"), _search),
            (_("board cards"), _cards),
            (_("what is left on the checklists"), _tallies),
            (_("reviews, ways out and meetings"), _broken_rules),
        ):
            step(name)
            flaws += look(reading)
        step(_("audit chain"))
        chain = audit.check(reading, audit_key)
        step(_("access log"))
        looked = visits.check(reading, audit_key)
    except ENGINE_ERRORS:
        # What stands on a damaged page cannot be examined; the page is named already.
        if not flaws:
            raise
    if chain.broken_at is not None:
        text = _("The audit chain breaks at row {row}: it, or the row before, was altered.")
        flaws.append(Flaw("audit", text.format(row=chain.broken_at)))
    if looked.broken_at is not None:
        text = _("The access log breaks at row {row}: it, or the row before, was altered or taken away.")
        flaws.append(Flaw("visits", text.format(row=looked.broken_at)))
    text = _("Row {row} of the audit is earlier than the row before it: a clock was put back, or the row is not true.")
    warnings = tuple(Flaw("audit", text.format(row=row)) for row in chain.ran_back)
    return Examination(tuple(flaws), chain.count, chain.head, warnings)


def _pages(reading: Reading) -> list[Flaw]:
    found = health.damaged_pages(reading._database) or health.damaged_structure(reading._database)
    return [Flaw("pages", one.text) for one in found[:SHOWN]]


def _schema(reading: Reading) -> list[Flaw]:
    flaws = []
    version = reading.value("PRAGMA user_version")
    if version != SCHEMA_VERSION:
        text = _("The schema is version {found}, not {expected}.").format(found=version, expected=SCHEMA_VERSION)
        flaws.append(Flaw("schema", text))
    for table in TABLES:
        name = table._meta.table_name
        present = {row[1] for row in reading.sql(f'PRAGMA table_info("{name}")')}
        flaws += [
            Flaw("schema", _("Table {table} lacks the column {column}.").format(table=name, column=column))
            for column in sorted(set(table._meta.columns) - present)
        ]
    return flaws


def _links(reading: Reading) -> list[Flaw]:
    text = _("Row {row} of {table} points to a row of {parent} that is not there.")
    return [
        Flaw(f"{table} {row}", text.format(row=row, table=table, parent=parent))
        for table, row, parent, _number in reading.sql("PRAGMA foreign_key_check")[:SHOWN]
    ]


def _search(reading: Reading) -> list[Flaw]:
    text = _("{index}: records missing: {missing}; there that should not be: {stray}.")
    flaws = []
    for index, (missing, stray) in (
        ("people_search", _unlike(reading, "people_search", "participant", "1")),
        ("entry_search", _unlike(reading, "entry_search", "entry", "trim(text || topic || with_whom || place) != ''")),
        ("method_search", method_search.faults(reading)),
    ):
        if missing or stray:
            flaws.append(Flaw("search", text.format(index=index, missing=missing, stray=stray)))
        try:
            with rehearsal(reading) as writing:
                writing.run(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
        except ENGINE_ERRORS as error:
            if str(error):
                flaws.append(Flaw("search", f"{index}: {error}"))
    return flaws


def _unlike(reading: Reading, index: str, source: str, condition: str) -> tuple[int, int]:
    """How many rows of `source` for which `condition` holds the index lacks, and how many others it has."""
    missing = reading.value(
        f"SELECT count(*) FROM {source} WHERE {condition} AND id NOT IN (SELECT id FROM {index}_docsize)"
    )
    stray = reading.value(
        f"SELECT count(*) FROM {index}_docsize WHERE id NOT IN (SELECT id FROM {source} WHERE {condition})"
    )
    return missing, stray


def _cards(reading: Reading) -> list[Flaw]:
    def said(between: list[int]) -> Said:
        return {row[0]: row for row in reading.sql("SELECT * FROM card WHERE participant_id BETWEEN ? AND ?", between)}

    def draw(writing: Writing, people: list[int]) -> None:
        for person in people:
            draw_card(writing, person)

    text = _("The board card of participant {number} does not say what the record says.")
    wrong = _numbers(reading, "SELECT participant_id FROM card EXCEPT SELECT id FROM participant")
    wrong += sorted(_drawn_otherwise(reading, "participant", said, draw))
    return [Flaw(f"card {number}", text.format(number=number)) for number in wrong[:SHOWN]]


def _tallies(reading: Reading) -> list[Flaw]:
    def said(between: list[int]) -> Said:
        """All but the last days of consents: the programme may want others by now."""
        found: Said = defaultdict(list)
        for row in reading.sql(_TALLIES, between):
            found[row[0]].append(row)
        for checklist, item, day, due, unverified, name, content in reading.sql(_LAPSES, between):
            known = {one.id: one for one in template_of(content).items} if content else {}
            kept = "" if name in known and known[name].kind == "consent" else day
            found[checklist].append((item, kept, due, unverified))
        return {checklist: sorted(rows, key=str) for checklist, rows in found.items()}

    text = _("The tally of checklist {number} does not say what its items say.")
    wrong = _drawn_otherwise(reading, "checklist", said, checklist_tally.draw)
    for table in ("checklist_tally", "checklist_lapse"):
        wrong.update(_numbers(reading, f"SELECT checklist_id FROM {table} EXCEPT SELECT id FROM checklist"))
    wrong.update(_numbers(reading, _FIRST_DAY, NEVER))
    return [Flaw(f"checklist {number}", text.format(number=number)) for number in sorted(wrong)[:SHOWN]]


def _drawn_otherwise(
    reading: Reading, table: str, said: Callable[[list[int]], Said], draw: Callable[[Writing, list[int]], None]
) -> set[int]:
    """The rows of `table` of which something else is said once it is drawn anew.

    That is done in transactions that are taken back and too short to be in the way.
    """
    wrong = set()
    for rows in portions(_numbers(reading, f"SELECT id FROM {table}")):
        between = [rows[0], rows[-1]]
        with rehearsal(reading) as writing:
            before = said(between)
            draw(writing, rows)
            after = said(between)
        wrong |= {number for number in before.keys() | after.keys() if before.get(number) != after.get(number)}
    return wrong


def _misfits(reading: Reading) -> list[Flaw]:
    """At most `SHOWN` rows of each table, and every counter that would give a number a second time."""
    flaws = []
    for table in RECORDS:
        found = islice(misfits(reading._database, table), SHOWN)
        flaws += [
            Flaw(f"{table} {row}", _(_MISFITS[fault]).format(row=row, table=table, act=act))
            for row, fault, act in found
        ]
        told = reading.value('SELECT max("row") FROM change WHERE "table" = ?', [table]) or 0
        if told > (reading.value("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]) or 0):
            text = _("The counter of {table} is behind: it would give a number that is taken.")
            flaws.append(Flaw(table, text.format(table=table)))
    return flaws


def _numbers(reading: Reading, query: str, *values: object) -> list[int]:
    return [row[0] for row in reading.sql(query, values)]


def _broken_rules(reading: Reading) -> list[Flaw]:
    """Every rule, and at most `SHOWN` rows that break each."""
    return [
        Flaw(f"{table} {row}", _(text).format(row=row, table=table))
        for table, condition, text in RULES
        for row in _numbers(reading, f'SELECT x.id FROM "{table}" x {condition} ORDER BY x.id LIMIT ?', SHOWN)
    ]
