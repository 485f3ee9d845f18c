"""What is to be noticed about agreements between agencies: their dates, and the meetings that their groups owe.

Source: the Trondheim report, its agreement between agencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from config.dates import format_date, relative_days
from config.words import _, n_
from models.cooperation.reading import ACTIVE, Agreement, listing
from models.signals.sign import Sign, tag
from models.signals.team import StaffSign
from models.storage.reading import Reading

ENDS: Final = "agreement_ends"
REVISION: Final = "agreement_revision"
REPORT: Final = "agreement_report"
OWED: Final = "steering_owed"
UNCONVENED: Final = "steering_unconvened"
PASSED, COMING = 2, 1


def signs(reading: Reading) -> list[StaffSign]:
    """What there is to notice about every agreement in force, the heaviest of each first."""
    return [
        StaffSign(None, "", one.title, sign, sign.since.isoformat() if sign.since else "", agreement=one.id)
        for one in listing(reading)
        for sign in of(reading, one)
    ]


def of(reading: Reading, agreement: Agreement) -> tuple[Sign, ...]:
    """What there is to notice about one agreement, the heaviest first."""
    if agreement.state != ACTIVE:
        return ()
    return tuple(sorted(_found(reading, agreement), key=lambda sign: -sign.severity))


def _found(reading: Reading, agreement: Agreement) -> Iterator[Sign]:
    today = reading.today
    near = today + timedelta(days=reading.programme.limits.agreement_warning_days)
    ends = agreement.in_force_to
    if ends is not None and ends <= near:
        over = ends < today
        told = (
            _("In force until {date}, {when}. Extend it, or note that it has ended.")
            if over
            else _("In force until {date}, {when}.")
        )
        yield _sign(ENDS, told.format(date=format_date(ends), when=relative_days(ends, today)), ends, over=over)
    for rule, due, who, words in (
        (REVISION, agreement.revision_due, agreement.revision_owner, _("Revision due {date}, {when}, by {who}.")),
        (REPORT, agreement.report_due, agreement.report_owner, _("Final report due {date}, {when}, by {who}.")),
    ):
        if due is not None and due <= near:
            when = relative_days(due, today)
            told = words.format(date=format_date(due), when=when, who=who or _("nobody named"))
            yield _sign(rule, told, due, over=due < today)
    expected = agreement.expected(today)
    if agreement.held < expected:
        told = n_(
            "The steering group has met {held} of {count} time agreed in twelve months.",
            "The steering group has met {held} of {count} times agreed in twelve months.",
            expected,
        ).format(held=agreement.held, count=expected)
        if agreement.convener:
            told += " " + _("Convened by {who}.").format(who=agreement.convener)
        yield _sign(OWED, told, None, over=True)
    if agreement.meetings_a_year and not agreement.convener:
        yield _sign(UNCONVENED, _("Nobody is named to convene the steering group."), None, over=True)


def _sign(rule: str, reason: str, since: date | None, *, over: bool) -> Sign:
    return Sign(rule, tag(rule), "", reason, PASSED if over else COMING, since)
