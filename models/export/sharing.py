"""Consents and disclosures as plain data, for the export: what may be shared with whom, and what was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.consents import disclosures
from models.consents.answer import held
from models.storage.reading import Reading


def sharing(
    reading: Reading,
    number: int,
    users: Mapping[int, str],
    former: Callable[[Reading, str, int], list[dict[str, Any]]],
    moment: Callable[[int], str],
) -> dict[str, Any]:
    """The sections `consents` and `disclosures` of a participant's export; a consent is referred to by its number.

    The number counts a participant's consents from 1, the oldest first.
    """
    consents = held(reading, number)
    numbers = {one.id: place for place, one in enumerate(consents, 1)}
    entered = dict(reading.sql("SELECT id, created_at FROM consent WHERE participant_id = ?", [number]))
    return {
        "consents": [
            {
                "number": numbers[one.id],
                "agency": one.agency,
                "role": one.role,
                "person": one.person,
                "concerns": one.scope,
                "limits": one.limits,
                "given": one.given.isoformat(),
                "place": one.place,
                "obtained_by": users.get(one.obtained_by or 0),
                "original_at": one.original_at,
                "valid_until": one.valid_until.isoformat(),
                "withdrawn": one.withdrawn.isoformat() if one.withdrawn else None,
                "withdrawal_kept": one.withdrawal_kept,
                "renews": numbers.get(one.renews or 0),
                "entered_at": moment(entered[one.id]),
                "former": former(reading, "consent", one.id),
            }
            for one in consents
        ],
        "disclosures": [
            {
                "day": one.day.isoformat(),
                "what": one.what,
                "agency": one.agency,
                "role": one.role,
                "person": one.person,
                "consent": numbers.get(one.consent or 0),
                "ground": one.ground,
                "flagged": one.flagged,
                "by": users.get(one.by or 0),
                "entered_at": moment(one.created_at),
                "former": former(reading, "disclosure", one.id),
            }
            for one in reversed(disclosures.of(reading, number))
        ],
    }
