"""What is left on each open checklist, counted at every change, and the day from which more will be left.

A consent that expires and a contact person whose last day is known change what is left while nobody writes. So beside
the counts stands the first day on which something done is done no longer, and for each such item its own
(`checklist_lapse`). Both tables are drawn from the items, the consents and the parts, and say nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from config.programme.shapes import ItemTemplate
from models.checklists.content import template_of
from models.phases import way_out
from models.phases.numbers import PHASE_OUT
from models.storage.portions import marks, portions
from models.storage.reading import Reading
from models.storage.writing import Writing
from models.values.days import NEVER

LAPSED_ALREADY: Final = ""
"""Before every day: what the consents do not cover at all."""


def draw(writing: Writing, checklists: Iterable[int]) -> None:
    """Count anew what is left on these checklists; only those that need somebody, or will, have a row.

    Called inside a transaction.
    """
    for portion in portions(checklists):
        writing.run(f"DELETE FROM checklist_tally WHERE checklist_id IN ({marks(portion)})", portion)
        writing.run(f"DELETE FROM checklist_lapse WHERE checklist_id IN ({marks(portion)})", portion)
        writing.many("INSERT INTO checklist_lapse VALUES (?, ?, ?, ?, ?)", _lapses(writing, portion))
        found = writing.sql(
            "SELECT k.id, k.participant_id, k.content, p.worker_id, count(i.id), "
            "sum(i.state IN ('open', 'waiting')), sum(i.state = 'waiting'), "
            "sum(i.state = 'done' AND i.verified_at IS NULL), "
            "min(CASE WHEN i.state IN ('open', 'waiting') THEN coalesce(i.due, ?) ELSE ? END), "
            "coalesce((SELECT min(l.lapse_key) FROM checklist_lapse l WHERE l.checklist_id = k.id), ?) "
            "FROM checklist k JOIN participant p ON p.id = k.participant_id "
            "JOIN checklist_item i ON i.checklist_id = k.id "
            f"WHERE k.id IN ({marks(portion)}) AND k.closed IS NULL AND EXISTS (SELECT 1 FROM phase_period f "
            "WHERE f.participant_id = k.participant_id AND f.ended IS NULL AND f.phase < ?) GROUP BY k.id",
            [NEVER, NEVER, NEVER, *portion, PHASE_OUT],
        )
        outs = way_out.of_several(writing, list({row[1] for row in found}))
        rows = [
            (number, owner, worker, outs[owner].day or NEVER, *counts,
             unverified if template_of(content).verify else 0, due, lapse)
            for number, owner, content, worker, *counts, unverified, due, lapse in found
        ]  # fmt: skip
        writing.many(
            "INSERT INTO checklist_tally VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [row for row in rows if row[5] or row[7] or row[9] < NEVER],
        )


def draw_all(writing: Writing) -> None:
    """Count every checklist anew, as a schema that has just come wants it. Called inside a transaction."""
    draw(writing, [number for (number,) in writing.sql("SELECT id FROM checklist")])


def _lapses(reading: Reading, checklists: Sequence[int]) -> list[tuple[int, int, str, str, int]]:
    """The done items that are done until a day: item, checklist, the first day without, due day, still unverified."""
    found = reading.sql(
        "SELECT k.content, i.item, i.participant_id, i.id, i.checklist_id, coalesce(i.due, ?), i.verified_at IS NULL "
        "FROM checklist k JOIN checklist_item i ON i.checklist_id = k.id "
        f"WHERE k.id IN ({marks(checklists)}) AND k.closed IS NULL AND i.state = 'done' AND i.value != ''",
        [NEVER, *checklists],
    )
    wanted = [
        (template, item, *row)
        for content, name, *row in found
        for template in [template_of(content)]
        for item in template.items
        # Of a kind that time alone can undo.
        if item.id == name and item.kind in ("contact", "consent") and not item.fact
    ]
    days = Days(reading, {person for _template, _item, person, *_row in wanted})
    lapses = [
        (row, checklist, days.without(person, template.id, item), due, int(unverified and template.verify))
        for template, item, person, row, checklist, due, unverified in wanted
    ]
    return [lapse for lapse in lapses if lapse[2] < NEVER]


class Days:
    """The first day on which participants are without a contact person in a role, or without a set of consents.

    `on` is the day at whose end it is asked, today when None: a consent withdrawn later had not been withdrawn then.
    """

    def __init__(self, reading: Reading, people: Iterable[int], on: date | None = None) -> None:
        day = (on or reading.today).isoformat()
        self._programme = reading.programme
        self._sets = {one.id: one.agencies for one in reading.programme.consent_sets}
        self._covered: dict[tuple[int, str], str] = {}
        self._parts: dict[tuple[int, str], str] = {}
        for portion in portions(people):
            # A consent is given and withdrawn on days that have been: only its end lies ahead.
            for person, agency, last in reading.sql(
                f"SELECT participant_id, agency, max(valid_until) FROM consent WHERE participant_id IN "
                f"({marks(portion)}) AND given <= ? AND (withdrawn IS NULL OR withdrawn > ?) AND NOT only_known "
                "GROUP BY participant_id, agency",
                [*portion, day, day],
            ):
                self._covered[person, agency] = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
            for person, role, until in reading.sql(
                "SELECT participant_id, role, max(coalesce(until, ?)) FROM involvement WHERE participant_id IN "
                f"({marks(portion)}) GROUP BY participant_id, role",
                [NEVER, *portion],
            ):
                self._parts[person, role] = until

    def without(self, person: int, checklist: str, item: ItemTemplate) -> str:
        """The first day without what an item of a checklist is, `NEVER` where none is known."""
        if item.kind == "contact":
            roles = self._programme.contact_roles(checklist, item)
            return max((self._parts.get((person, role), LAPSED_ALREADY) for role in roles), default=LAPSED_ALREADY)
        agencies = self._sets.get(item.set, ())
        return min((self._covered.get((person, agency), LAPSED_ALREADY) for agency in agencies), default=LAPSED_ALREADY)
