"""Every figure against the monthly meeting's numbers, which are held against the export; a year is its months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from models.figures import counting, showing
from models.figures import definitions as figure
from models.figures.counting import Counted
from models.figures.periods import HALF, MONTH, QUARTER, YEAR, Period, PeriodError, around
from models.figures.showing import Shown
from models.meetings import monthly
from models.participants import participants
from models.phases import phases
from models.roles.rights import NotAllowed
from models.store import Store
from tests.models.case_sample import Hands
from tests.models.meetings.random_month import make


def shown(store: Store, period: Period, worker: int | None = None) -> Shown:
    return showing.exact(store.ask_now(counting.count, period, worker))


def numbers(found: Shown, name: str, month: int | None = None) -> dict[tuple[str, ...], int]:
    rows = found.rows.get(name, ())
    return {row.key: n for row in rows if (n := row.total if month is None else row.months[month])}


@pytest.mark.parametrize("seed", [3, 8])
def test_a_month_is_what_the_monthly_meeting_counts(store: Store, hands: Hands, seed: int) -> None:
    make(store, hands, seed, 60)
    today = store.clock.today()
    for step in range(-8, 1):
        period = around(today, MONTH).later(step)
        found, month = shown(store, period), store.ask_now(monthly.figures, period.first)
        assert numbers(found, figure.MOVES) == {(str(a), str(b)): n for a, b, n in month.moved}
        year = month.year[-1]
        assert numbers(found, figure.SUMS) == {
            key: n
            for key, n in {("new",): year.new, ("released",): year.releases,
                           ("ended",): sum(n for _a, b, n in month.moved if b == 6)}.items()
            if n
        }  # fmt: skip
        assert numbers(found, figure.ENDINGS) == {(one.reason,): one.count for one in month.endings if one.count}
        assert numbers(found, figure.RETURNED).get(("back",), 0) == len(month.returned)
        assert numbers(found, figure.WAITING) == {(one.agency,): one.waiting for one in month.waiting if one.waiting}
        assert numbers(found, figure.DECIDED) == {(one.agency,): one.decided for one in month.waiting if one.decided}
        for one in month.waiting:
            if one.decided:
                spread = {row.key: row for row in found.quartiles[figure.WAITED]}
                assert spread[one.agency,].middle == one.decided_median
        contact = {one.phase: one for one in month.contact if one.participants}
        assert numbers(found, figure.PHASES) == {(str(n),): one.participants for n, one in contact.items()}
        for name, field in ((figure.REACHED, "contacts"), (figure.ATTEMPTED, "attempts")):
            told: Counter[int] = Counter()
            for (phase, _kind), many in numbers(found, name).items():
                told[int(phase)] += many
            assert {n: many for n, many in told.items() if n in contact} == {
                n: getattr(one, field) for n, one in contact.items() if getattr(one, field)
            }
        in_force = {(one.agency,): one.covered + one.soon for one in month.consents if one.covered + one.soon}
        assert numbers(found, figure.CONSENTS) == in_force
        assert numbers(found, figure.LACKING) == {(one.agency,): one.lacking for one in month.consents if one.lacking}
        lists = numbers(found, figure.CHECKLISTS)
        assert lists.get((counting.OPEN,), 0) == len({p.participant for v in month.verification for p in v.people})
        loads = {str(one.staff): one.months[0].participants for one in month.workers if one.months[0].participants}
        assert {key[0]: n for key, n in numbers(found, figure.WORKLOAD).items()} == loads


def test_longer_periods_are_the_sum_of_their_months(store: Store, hands: Hands) -> None:
    make(store, hands, 5, 60)
    today = store.clock.today()
    for length in (QUARTER, HALF, YEAR):
        period = around(today, length).later(-1)
        whole = shown(store, period)
        months = [shown(store, Period(first, MONTH)) for first in period.months]
        for one in figure.DEFINITIONS:
            if one.kind == figure.FLOW:
                for place, month in enumerate(months):
                    assert numbers(whole, one.id, place) == numbers(month, one.id), one.id
            if one.kind == figure.STOCK:
                assert numbers(whole, one.id) == numbers(months[-1], one.id), one.id


def test_the_workers_together_are_the_team(store: Store, hands: Hands) -> None:
    make(store, hands, 9, 50)
    period = around(store.clock.today(), QUARTER).later(-1)
    team = shown(store, period)
    theirs = [shown(store, period, worker) for worker in (1, 2, 3, 4)]
    unowned = {row.key: row.total for row in team.rows[figure.MOVES]}
    for one in theirs:
        for key, many in numbers(one, figure.MOVES).items():
            unowned[key] -= many
    assert min(unowned.values()) >= 0
    assert sum(sum(numbers(one, figure.MOVES).values()) for one in theirs) > 0
    assert all(figure.WORKLOAD not in one.rows for one in theirs)


def test_a_release_prepared_in_time(store: Store) -> None:
    for code, ready in (("early", date(2026, 7, 1)), ("late", date(2026, 9, 10))):
        person = store.change_now(participants.add, {"given_name": code, "security_level": "high"}, date(2026, 1, 5), 2)
        store.change_now(phases.begin, person, 3, ready)
        store.change_now(phases.begin, person, 4, date(2026, 10, 5))
    found = shown(store, Period(date(2026, 10, 1), MONTH))
    assert sum(numbers(found, figure.SUMS).values()) == 2
    assert numbers(found, figure.PREPARED) == {("4",): 1}
    spread = {row.key: row for row in found.quartiles[figure.PHASE_DAYS]}
    assert spread["3",].low == 25 + 0.25 * (96 - 25)


def test_a_period_to_come_and_a_worker_for_others_than_leaders(store: Store, session: Callable[[str], Store]) -> None:
    with pytest.raises(PeriodError, match=r"ikke begynt|has not begun"):
        store.ask_now(counting.count, Period(date(2027, 1, 1), YEAR))
    ola = session("ola")
    assert isinstance(ola.ask_now(counting.count, Period(date(2026, 1, 1), YEAR)), Counted)
    with pytest.raises(NotAllowed):
        ola.ask_now(counting.count, Period(date(2026, 1, 1), YEAR), 1)
    with pytest.raises(NotAllowed):
        ola.ask_now(showing.secret)
