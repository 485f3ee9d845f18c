"""The examination of what is derived from the checklists: does the tally of each say what its items say?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from config.words import _
from models.checklists import tally as checklist_tally
from models.checklists.content import template_of
from models.examination.finding import SHOWN, Flaw
from models.storage.reading import Reading
from models.storage.writing import rehearsal
from models.values.days import NEVER

AT_ONCE: Final = 500
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


def examine(reading: Reading) -> list[Flaw]:
    """Compare every tally with one counted anew, in transactions that are taken back and too short to be in the way."""
    lists = [row[0] for row in reading.sql("SELECT id FROM checklist ORDER BY id")]
    wrong = {row[0] for row in reading.sql("SELECT checklist_id FROM checklist_tally EXCEPT SELECT id FROM checklist")}
    wrong |= {row[0] for row in reading.sql("SELECT checklist_id FROM checklist_lapse EXCEPT SELECT id FROM checklist")}
    wrong |= {row[0] for row in reading.sql(_FIRST_DAY, [NEVER])}
    for start in range(0, len(lists), AT_ONCE):
        wrong |= _wrong(reading, lists[start : start + AT_ONCE])
    return [
        Flaw(
            f"checklist {number}",
            _("The tally of checklist {number} does not say what its items say.").format(number=number),
        )
        for number in sorted(wrong)[:SHOWN]
    ]


def _wrong(reading: Reading, lists: Sequence[int]) -> set[int]:
    between = [lists[0], lists[-1]]
    with rehearsal(reading) as writing:
        before = _said(reading, between)
        checklist_tally.draw(writing, lists)
        after = _said(reading, between)
    return {number for number in before.keys() | after.keys() if before.get(number) != after.get(number)}


def _said(reading: Reading, between: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """What is said of each checklist, but for the last days of consents: the programme may want others by now."""
    said: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in reading.sql(_TALLIES, between):
        said[row[0]].append(row)
    for checklist, item, day, due, unverified, name, content in reading.sql(_LAPSES, between):
        known = {one.id: one for one in template_of(content).items} if content else {}
        kept = "" if name in known and known[name].kind == "consent" else day
        said[checklist].append((item, kept, due, unverified))
    for rows in said.values():
        rows.sort(key=str)
    return said
