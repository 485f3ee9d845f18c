"""What a board card says of the support team that lasts: days by agency and person, and no judgement.

So the card stays true as days pass. Of the consents it keeps until when each person is covered, by the name that was
noted in the support team: a card is not drawn anew when the register calls somebody otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from config.programme.method.evaluations import SUPPORT_TEAM
from models.consents import answer as consent_answer
from models.consents.answer import GivenConsent
from models.storage.reading import Reading
from models.values.days import NEVER

_EVALUATED: Final = "SELECT max(day) FROM evaluation WHERE about = ? AND subject = ? AND returned > 0"


def drawn(reading: Reading, participant: int) -> dict[str, Any]:
    """The card's column as JSON, in the order of `models.signals.card.TeamOnCard`; empty without a support team."""
    found = reading.sql(
        "SELECT id, kick_off, ends, agency, coordinator != '', in_on_it FROM support_team "
        "WHERE participant_id = ? AND ended IS NULL ORDER BY kick_off DESC, id DESC LIMIT 1",
        [participant],
    )
    if not found:
        return {"support_team": ""}
    number, kick_off, ends, *team = found[0]
    first, last = date.fromisoformat(kick_off), date.fromisoformat(ends)
    half = (first + (last - first) / 2).isoformat()
    evaluated = reading.value(_EVALUATED, [SUPPORT_TEAM, number]) or ""
    rows = reading.sql(
        "SELECT m.agency, m.role, m.name, m.contact_id, m.deputy, m.since, m.until, m.agency_left "
        "FROM support_team_member m WHERE m.support_team_id = ? ORDER BY m.since, m.id",
        [number],
    )
    held = consent_answer.held(reading, participant) if rows else ()
    people = [
        [
            agency, since, until or NEVER, int(bool(name) and not deputy), int(agency_left),
            covered_until(held, (agency, role, name, contact)) if agency and name else NEVER,
        ]
        for agency, role, name, contact, deputy, since, until, agency_left in rows
    ]  # fmt: skip
    return {"support_team": json.dumps([kick_off, ends, *team, half, evaluated, people], separators=(",", ":"))}


def covered_until(held: Iterable[GivenConsent], whom: tuple[str, str, str, int | None]) -> str:
    """The last day on which the consents cover sharing with somebody, empty where there is none.

    `whom` is agency, role, name and number in the register. Cover that ends does not come back without a new consent.
    """
    consents = tuple(held)
    agency, role, name, contact = whom
    ends = {one.valid_until for one in consents}
    ends |= {one.withdrawn - timedelta(days=1) for one in consents if one.withdrawn is not None}
    for day in sorted(ends, reverse=True):
        if consent_answer.judge(consents, agency, role, name, on=day, warning_days=0, contact=contact).covered:
            return day.isoformat()
    return ""
