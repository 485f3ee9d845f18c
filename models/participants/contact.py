"""What a phase review knows of contact: how often there was any over the last months, and what the phase expects.

Source: the EX/IN guide, contact frequency matters in every phase; in the last, independence looks like withdrawal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from msgspec import Struct

from config.programme.shapes import Programme
from models.participants.participants import ParticipantFile
from models.phases.phases import PhaseSpan
from models.storage.reading import Reading


class ContactBrief(Struct, frozen=True):
    """Contacts since `since`: how many reached, how many only attempted; also those before the last review.

    `expected_days` is the most days between contacts that is expected now, 0 for none; `wanted` how many contacts all
    of that time would hold by what the phases that lasted then expect; `silent_days` the days since the last contact.
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
    first = min((span.began for span in record.phases), default=reading.today)
    since = max(first, reading.today - timedelta(days=reading.programme.limits.brief_contact_days))
    midnight = reading.clock.stored(datetime.combine(since, time()))
    reached, attempted = reading.sql(
        "SELECT coalesce(sum(contact = 1), 0), coalesce(sum(contact = 0), 0) FROM entry "
        "WHERE participant_id = ? AND outcome != '' AND at >= ?",
        [record.id, midnight],
    )[0]
    met = reading.clock.local(record.last_contact).date() if record.last_contact else None
    expected = _expected(reading.programme, record.phases, reading.today)
    days = [since + timedelta(days=number) for number in range((reading.today - since).days)]
    each = (_expected(reading.programme, record.phases, day) for day in days)
    wanted = int(sum(Fraction(1, between) for between in each if between))
    silent = None if met is None else (reading.today - met).days
    return ContactBrief(since, reached, attempted, expected, wanted, met, silent)


def _expected(programme: Programme, spans: Sequence[PhaseSpan], day: date) -> int:
    """The most days between contacts that the phases of a day expect, each from its first day on; 0 where none does."""
    lasting = (span.phase for span in spans if span.began <= day and (span.ended is None or day < span.ended))
    return min((between for phase in lasting if (between := programme.phase(phase).contact_days)), default=0)
