"""What a phase review knows of contact: how often there was any over the last months, and what the phase expects.

Source: the EX/IN guide, contact frequency matters in every phase; in the last, independence looks like withdrawal.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from models.participants.participants import ParticipantFile
from models.storage.reading import Reading


class ContactBrief(Struct, frozen=True):
    """Contacts since `since`: how many reached, how many only attempted; also those before the last review.

    `expected_days` is the most days between contacts that the phase expects, 0 for none; `wanted` how many contacts the
    part of that time that lies in the phase would hold by that; `silent_days` the days since the last contact.
    """

    since: date
    reached: int
    attempted: int
    expected_days: int
    wanted: int
    last: date | None
    silent_days: int | None


def contact_of(reading: Reading, record: ParticipantFile) -> ContactBrief:
    """The contact with one participant as of today."""
    spans = [span for span in record.phases if span.ended is None]
    leading = max(spans, key=lambda span: (span.began, span.phase)) if spans else None
    expected = reading.programme.phase(leading.phase).contact_days if leading else 0
    first = min((span.began for span in record.phases), default=reading.today)
    since = max(first, reading.today - timedelta(days=reading.programme.limits.brief_contact_days))
    midnight = reading.clock.stored(datetime.combine(since, time()))
    reached, attempted = reading.sql(
        "SELECT coalesce(sum(contact = 1), 0), coalesce(sum(contact = 0), 0) FROM entry "
        "WHERE participant_id = ? AND outcome != '' AND at >= ?",
        [record.id, midnight],
    )[0]
    met = reading.clock.local(record.last_contact).date() if record.last_contact else None
    # What the phase expects, it expects from its first day on.
    wanted = (reading.today - max(since, leading.began)).days // expected if leading and expected else 0
    silent = None if met is None else (reading.today - met).days
    return ContactBrief(since, reached, attempted, expected, wanted, met, silent)
