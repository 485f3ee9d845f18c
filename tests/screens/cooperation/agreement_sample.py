"""An agreement between agencies with one of everything, as people enter it."""

from __future__ import annotations

from datetime import date

from models.cooperation import agreements
from models.store import Store


def enter(store: Store) -> int:
    """Enter it; in force for more than a year, with a final report due soon and no steering meeting held."""
    number = store.change_now(
        agreements.add,
        {
            "title": "Sammen om løslatelsen", "state": "active", "in_force_from": date(2025, 6, 1),
            "in_force_to": date(2027, 6, 1), "aim": "Bedre tjenester ved dialog mellom instansene.",
            "convener": "Prosjektlederen", "report_owner": "Prosjektgruppen", "report_due": date(2026, 12, 10),
            "meetings_a_year": 2,
        },
    )  # fmt: skip
    for kind, values in (
        ("party", {"agency": "Kommunen", "party_kind": "named"}),
        ("party", {"agency": "Politistasjonen", "party_kind": "named"}),
        ("party", {"agency": "Regionen", "party_kind": "signed"}),
        ("basis", {"text": "straffegjennomføringsloven § 41", "valid_to": date(2026, 1, 1)}),
        ("member", {"network_group": "steering", "agency": "Kommunen", "name": "Ragna Fossum", "function": "Leder"}),
        ("member", {"network_group": "project", "agency": "Fengselet", "name": "Eivind Strand"}),
        ("signature", {"agency": "Kommunen", "function": "Direktør", "day": date(2025, 6, 1)}),
        ("proposal", {"text": "To samlinger i året", "recommendation": "Det settes av midler",
                      "made": date(2026, 11, 1)}),
        ("proposal", {"text": "Friomsorgen inn i prosjektgruppen", "made": date(2026, 11, 2)}),
    ):  # fmt: skip
        store.change_now(agreements.add_part, kind, number, values)
    return number
