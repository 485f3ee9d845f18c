"""The examination of a whole vault: pages, schema, links, search index, board cards, tallies, audit chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from config.words import _
from models.cards.upkeep import draw_card
from models.examination import method as examination_method
from models.examination import tallies as examination_tallies
from models.examination.finding import SHOWN, Flaw
from models.schema import SCHEMA_VERSION
from models.search import index as method_search
from models.storage import audit
from models.storage.reading import Reading
from models.storage.writing import rehearsal
from models.tables import TABLES

CARDS_AT_ONCE: Final = 500
_CARDS: Final = "SELECT * FROM card WHERE participant_id BETWEEN ? AND ?"


class Examination(Struct, frozen=True):
    """What was found, and how far the audit chain reached; `head` is what to note down outside the vault."""

    flaws: tuple[Flaw, ...]
    count: int
    head: str


def examine(reading: Reading, audit_key: bytes, step: Callable[[str], None] = lambda _name: None) -> Examination:
    """Examine everything that can be told from inside the open database; `step` is told what comes next."""
    from models.vault.engine_errors import ENGINE_ERRORS

    flaws: list[Flaw] = []
    for name, look in (
        (_("pages"), _pages),
        (_("schema"), _schema),
        (_("links between records"), _links),
        (_("search index"), _search),
        (_("board cards"), _cards),
        (_("what is left on the checklists"), examination_tallies.examine),
        (_("reviews, ways out and meetings"), examination_method.examine),
    ):
        step(name)
        try:
            flaws += look(reading)
        except ENGINE_ERRORS:
            # What stands on a damaged page cannot be examined; the page is named already.
            if not flaws:
                raise
            return Examination(tuple(flaws), 0, "")
    step(_("audit chain"))
    try:
        chain = audit.check(reading, audit_key)
    except ENGINE_ERRORS:
        if not flaws:
            raise
        return Examination(tuple(flaws), 0, "")
    if chain.broken_at is not None:
        flaws.append(
            Flaw(
                "audit",
                _("The audit chain breaks at row {row}: it, or the row before, was altered.").format(
                    row=chain.broken_at
                ),
            )
        )
    return Examination(tuple(flaws), chain.count, chain.head)


def _pages(reading: Reading) -> list[Flaw]:
    from models.vault import health

    found = health.damaged_pages(reading._database) or health.damaged_structure(reading._database)
    return [Flaw("pages", one.text) for one in found[:SHOWN]]


def _schema(reading: Reading) -> list[Flaw]:
    flaws = []
    version = reading.value("PRAGMA user_version")
    if version != SCHEMA_VERSION:
        flaws.append(
            Flaw(
                "schema",
                _("The schema is version {found}, not {expected}.").format(found=version, expected=SCHEMA_VERSION),
            )
        )
    for table in TABLES:
        name = table._meta.table_name
        present = {row[1] for row in reading.sql(f'PRAGMA table_info("{name}")')}
        flaws += [
            Flaw("schema", _("Table {table} lacks the column {column}.").format(table=name, column=column))
            for column in sorted(set(table._meta.columns) - present)
        ]
    return flaws


def _links(reading: Reading) -> list[Flaw]:
    return [
        Flaw(
            f"{table} {row}",
            _("Row {row} of {table} points to a row of {parent} that is not there.").format(
                row=row, table=table, parent=parent
            ),
        )
        for table, row, parent, _number in reading.sql("PRAGMA foreign_key_check")[:SHOWN]
    ]


def _search(reading: Reading) -> list[Flaw]:
    flaws = []
    for index, (missing, stray) in (
        ("people_search", _unlike(reading, "people_search", "participant", "1")),
        ("entry_search", _unlike(reading, "entry_search", "entry", "trim(text || topic || with_whom || place) != ''")),
        ("method_search", method_search.faults(reading)),
    ):
        if missing or stray:
            flaws.append(
                Flaw(
                    "search",
                    _("{index}: {missing} records are missing, {stray} are there that should not be.").format(
                        index=index, missing=missing, stray=stray
                    ),
                )
            )
        broken = _index_fault(reading, index)
        if broken:
            flaws.append(Flaw("search", f"{index}: {broken}"))
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


def _index_fault(reading: Reading, index: str) -> str:
    """What the full-text engine says of its own index, empty when it is sound."""
    from models.vault.engine_errors import ENGINE_ERRORS

    try:
        with rehearsal(reading) as writing:
            writing.run(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    except ENGINE_ERRORS as error:
        return str(error)
    return ""


def _cards(reading: Reading) -> list[Flaw]:
    """Compare every card with one drawn anew, in transactions that are taken back and too short to be in the way."""
    people = [row[0] for row in reading.sql("SELECT id FROM participant ORDER BY id")]
    wrong = [row[0] for row in reading.sql("SELECT participant_id FROM card EXCEPT SELECT id FROM participant")]
    for start in range(0, len(people), CARDS_AT_ONCE):
        wrong += _wrong_cards(reading, people[start : start + CARDS_AT_ONCE])
    return [
        Flaw(
            f"card {number}",
            _("The board card of participant {number} does not say what the record says.").format(number=number),
        )
        for number in wrong[:SHOWN]
    ]


def _wrong_cards(reading: Reading, people: list[int]) -> list[int]:
    between = [people[0], people[-1]]
    with rehearsal(reading) as writing:
        before = {row[0]: row for row in reading.sql(_CARDS, between)}
        for (person,) in reading.sql("SELECT id FROM participant WHERE id BETWEEN ? AND ?", between):
            draw_card(writing, person)
        after = {row[0]: row for row in reading.sql(_CARDS, between)}
    return sorted(number for number in before.keys() | after.keys() if before.get(number) != after.get(number))
