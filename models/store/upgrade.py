"""Bringing an open vault up to date with this program: its schema, what is drawn by it, and its signed roster."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from models.cards.upkeep import draw_card
from models.checklists import tally as checklist_tally
from models.checklists import upkeep as checklist_upkeep
from models.contacts import people
from models.schema import SCHEMA_VERSION, bring_up_to_date
from models.schema.carrying import carried
from models.search import index as search_index
from models.storage.reading import Reading
from models.storage.writing import Writing
from models.team import staff
from models.vault.errors import Busy, DiskFull, ReadOnlyPlace
from models.vault.files import exclusively
from models.vault.place import VaultPlace
from models.vault.seal import note, noted
from models.vault.unlocked import Unlocked

_DRAWN: Final = "drawn"
"""What is noted beside the seal: the schema whose rules the cards were drawn by."""


def upgrade(writing: Writing, place: VaultPlace) -> None:
    """Bring the schema up to date after a verified copy, and draw what follows from it anew."""
    database = writing._database

    def keep_copy(version: int) -> None:
        from models.vault import copies, health

        stamp = writing.clock.now().strftime("%Y%m%dT%H%M%SZ")
        # As the vault's own folder, or the first who upgrades would keep the others from theirs.
        VaultPlace(place.copies).create_folder(shared=place.shared)
        copies.remove_halves(place)
        health.verified_copy(database, copies.free_name(place, f"before-schema-{version}-{stamp}"))

    upgraded = bring_up_to_date(database, lambda: exclusively(place), keep_copy)
    # An upgrade may have been cut off between the two.
    if upgraded or noted(database, _DRAWN) != str(SCHEMA_VERSION):
        _draw_anew(writing)


def _draw_anew(writing: Writing) -> None:
    """Draw what follows by the rules of a schema that has just come: a step moves columns and knows none."""
    with writing._database.atomic("IMMEDIATE"):
        _let_contacts_answer(writing)
        # A card says what is left on the checklists.
        checklist_tally.draw_all(writing)
        for (participant,) in writing.sql("SELECT id FROM participant"):
            draw_card(writing, participant)
        search_index.draw_anew(writing)
        _draw_register_anew(writing)
        note(writing._database, _DRAWN, str(SCHEMA_VERSION))


def _let_contacts_answer(writing: Writing) -> None:
    """What a checklist's open items say of contact persons, where this program accepts more than one role."""
    answered = checklist_upkeep.answered_since(writing)
    if answered:
        with carried(writing._database, "checklist_item"):
            now = writing.clock.seconds()
            writing.many(
                "UPDATE checklist_item SET value = ?, state = 'done', reason = '', done_at = ? WHERE id = ?",
                [(value, now, row) for value, row in answered],
            )


def _draw_register_anew(writing: Writing) -> None:
    """What sorts and finds contact persons stands in their records, which the audit holds: it takes the new in."""
    stale = people.derived_otherwise(writing)
    if stale:
        with carried(writing._database, "contact"):
            writing.many("UPDATE contact SET name_key = ?, folded = ? WHERE id = ?", stale)


def sign_first_roster(reading: Reading, unlocked: Unlocked) -> None:
    """Let whoever leads bring the slots of before there were rosters up to date; others go on with them.

    Where there is no room or no peace for it, the next one who leads does.
    """
    if unlocked.roles is None and reading.actor.leads and (roles := staff.roles(reading)):
        with suppress(Busy, DiskFull, ReadOnlyPlace):
            unlocked.upgrade(roles)
    unlocked.forget_wrapping()
