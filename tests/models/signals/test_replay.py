"""Made-up participants, replayed day by day: on each day the signals are those that are expected.

The table of the first, over three years, is reasoned from the guide, the report and the team's limits as they are
shipped, and not from the rules; so are those of the further ones, which stand with their tales.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.signals import listing as signals
from models.signals.rules import RULES
from models.store import Store
from tests.models.case_sample import Hands
from tests.models.signals.further_tales import TALES
from tests.models.signals.signals_tale import VIKTOR, Expected, Story, Tale, span

EXPECTED: Expected = {
    # Referred on the 8th, Kari takes the case on the 10th.
    "no_worker": (span("2024-01-08", "2024-01-09", 3),),
    # Four talks in order: the first on 15 January, the next not within two weeks, but on 12 February.
    "candidate_waiting": (span("2024-01-30", "2024-02-11", 2),),
    # A volunteer's consent was withdrawn on the phone on 10 March; the letter came on the 19th.
    "withdrawal_unwritten": (span("2025-03-10", "2025-03-18", 2),),
    "consents": (
        # Mandatory ones are gathered during intake, to know; given on the day of the agreement.
        span("2024-01-08", "2024-02-25", 1),
        # Valid to 25 February 2025: told thirty days before, expired for two days, renewed on the 28th.
        span("2025-01-26", "2025-02-25", 2),
        span("2025-02-26", "2025-02-27", 3),
        # From phase 3 on the minimum at release: probation was never asked, until the 16th.
        span("2025-07-14", "2025-07-15", 3),
        # Valid to 27 February 2026, renewed on 2 February.
        span("2026-01-28", "2026-02-01", 2),
        # Ended with the phase-out; back on 2 November, given anew on the 5th.
        span("2026-11-02", "2026-11-04", 3),
    ),
    "agency_missing": (
        # In prison: the correctional service (from 28 February) and NAV (from 4 March).
        span("2024-02-26", "2024-03-03", 1),
        # Transferred: the old prison's person is gone on the 5th, the new one's is there on the 11th.
        span("2024-11-05", "2024-11-10", 1),
        # Before release probation comes in (from the 18th), after it health (from the 8th).
        span("2025-07-14", "2025-07-17", 2),
        span("2025-09-05", "2025-09-07", 2),
    ),
    "topics": (span("2024-05-06", "2024-05-19", 1),),
    "risk_areas": (span("2024-06-03", "2024-06-09", 1),),
    # The last weekly before the summer was on 3 July, the first after it on the 31st; ten days are allowed.
    "discussion_missed": (span("2024-07-14", "2024-07-30", 1),),
    "silent": (
        # In prison thirty days: contact on 2 September, then on 14 October.
        span("2024-10-03", "2024-10-13", 2),
        # After release seven days: contact on 20 October, then on the 31st.
        span("2025-10-28", "2025-10-30", 3),
    ),
    # The leave was on Saturday the 18th, and nobody noted how it went before the 21st.
    "overdue": (span("2025-01-19", "2025-01-20", 2),),
    # Parole for Friday 5 September, said from three months before; moved to the Thursday on 20 June.
    "release_awkward": (span("2025-06-07", "2025-06-19", 2),),
    "release_list": (
        # In effect since the parole date is set; pressing from thirty days before 4 September, done on 25 August.
        span("2025-04-01", "2025-08-04", 1),
        span("2025-08-05", "2025-08-24", 2),
    ),
    # The last week before 4 September begins on 28 August; Ola verifies on 1 September.
    "unverified": (span("2025-08-28", "2025-08-31", 3),),
    # Lower security: three months before 5 September; two months before the 4th it is more than advice.
    "preparation_due": (span("2025-06-07", "2025-07-05", 2),),
    "release_unprepared": (span("2025-07-06", "2025-07-13", 3),),
    # Phase 3 began without a review, which was held a week later and decided to look again on 11 August.
    "review_owed": (span("2025-07-14", "2025-07-20", 2),),
    "review_due": (
        span("2025-08-11", "2025-08-17", 2),
        # The review at release decided on 3 November; it was held on the 10th.
        span("2025-11-03", "2025-11-09", 2),
    ),
    # Out on the 4th, heard of on the 5th.
    "released_unmoved": (span("2025-09-04", "2025-09-04", 3),),
    # Substance use is recorded: the first four weeks, to day 28.
    "first_weeks": (span("2025-09-05", "2025-10-02", 2),),
    # Phase 5: contact on 2 March, then on 20 April; put aside from the 10th to the 15th.
    "independence": (span("2026-04-02", "2026-04-09", 2), span("2026-04-15", "2026-04-19", 2)),
    # Away from 28 August to 7 September, noted on the 25th and without cover until the 29th; out on 4 September.
    "worker_away": (span("2025-08-25", "2025-08-28", 3),),
    # Sent on 20 May, decided on 10 July; thirty days are waited quietly.
    "application_waiting": (span("2026-06-20", "2026-07-09", 2),),
    # The phase-out began on 3 August and was closed on 12 October; thirty days open, sixty in the phase.
    "phase_out_open": (
        span("2026-09-03", "2026-10-11", 2),
        # Closed with partners who were told by word of mouth, which nobody noted; until the way back on 2 November.
        span("2026-10-12", "2026-11-01", 2),
    ),
    "long_in_phase": (span("2026-10-03", "2026-10-11", 1),),
}


def expected(table: Expected, day: date) -> dict[str, int]:
    return {rule: severity for rule, spans in table.items() for first, last, severity in spans if first <= day <= last}


ALL = ((VIKTOR, EXPECTED), *TALES)


@pytest.mark.parametrize(("story", "table"), ALL, ids=[story.about for story, _table in ALL])
def test_on_each_day_the_signals_are_those_expected(
    store: Store, session: Callable[[str], Store], hands: Hands, story: Story, table: Expected
) -> None:
    tale = Tale(store, session("ola"), hands, story)
    wrong: list[str] = []
    for day in tale.days():
        found = {sign.rule: sign.severity for sign in store.ask_now(signals.of, tale.person)}
        if found != expected(table, day):
            differing = sorted(found.items() ^ expected(table, day).items())
            wrong.append(f"{day}: found {found}, expected {expected(table, day)}; {differing}")
    assert wrong == [], "\n".join(wrong)
    assert tale.today == story.last + timedelta(days=1)


def test_the_tales_meet_every_rule_there_is() -> None:
    assert {rule for _story, table in ALL for rule in table} == {rule.__name__ for rule in RULES}
