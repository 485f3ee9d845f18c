"""What leaves a team gives nobody away, whatever is put beside it: by linear programming, and by trying everything."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from models.figures import counting, showing
from models.figures import definitions as figure
from models.figures.counting import Cell, Counted
from models.figures.periods import MONTH, QUARTER, YEAR, Period, around
from models.figures.showing import BASE, POSSIBLE, drawn, rounded, told_people
from models.store import Store
from tests.models.case_sample import WEAK, Hands
from tests.models.figures.attacker import Attacker, caseload, first_month, truth
from tests.models.meetings.random_month import make

LOOKED_AT = 30


@pytest.mark.parametrize("seed", range(6))
def test_every_number_of_one_to_four_keeps_four_values(seed: int) -> None:
    chance = Random(seed)
    months = caseload(chance, chance.randint(20, 200), first_month(), 4)
    secret = chance.randbytes(32)
    attacker = Attacker([rounded(one, secret) for one in months])
    small = [name for name, number in truth(months).items() if 1 <= number <= 4]
    assert small
    for name in chance.sample(small, min(LOOKED_AT, len(small))):
        possible = attacker.possible(name)
        assert truth(months)[name] in possible
        assert len(possible) >= POSSIBLE, (name, possible)


def _of_phases(*numbers: int) -> Counted:
    people = itertools.count(1)
    cells = tuple(
        Cell((str(phase),), "", ({next(people): 1 for _one in range(number)},))
        for phase, number in enumerate(numbers, 1)
    )
    period = first_month()
    return Counted(period, None, period.last, (period.first,), sum(numbers), {figure.PHASES: cells}, {})


def test_of_small_tables_every_value_is_tried() -> None:
    """The attacker knows the rule to the letter: which tables could have been written like this, however drawn?"""
    tables = list(itertools.product(range(8), repeat=3))

    def written(table: tuple[int, ...]) -> set[tuple[tuple[int, ...], int | None]]:
        ways = [{number // BASE * BASE, -(-number // BASE) * BASE} for number in table]
        return {(shown, told_people(sum(table), shown)) for shown in itertools.product(*ways)}

    possible: dict[tuple[tuple[int, ...], int | None], set[tuple[int, ...]]] = {}
    for table in itertools.product(range(15), repeat=3):
        for way in written(table):
            possible.setdefault(way, set()).add(table)
    for table in tables:
        for way in written(table):
            for place, number in enumerate(table):
                if 1 <= number <= 4:
                    assert len({one[place] for one in possible[way]}) >= POSSIBLE, (table, way)


def test_what_is_shown_is_what_the_small_tables_assume() -> None:
    for numbers in itertools.product(range(8), repeat=3):
        shown = rounded(_of_phases(*numbers), b"x" * 32)
        seen = {row.key: row.total for row in shown.rows.get(figure.PHASES, ())}
        told = tuple(seen.get((str(phase),), 0) for phase in (1, 2, 3))
        assert all(part in {n // BASE * BASE, -(-n // BASE) * BASE} for part, n in zip(told, numbers, strict=True))
        assert shown.people == told_people(sum(numbers), told)
        assert shown.people is None or shown.people >= 5


def test_the_same_people_give_the_same_number_in_every_figure_and_period() -> None:
    for count in range(12):
        people = dict.fromkeys(range(count), 1)
        cell = (Cell(("a",), "", (people,)),)
        numbers = set()
        for period in (first_month(), around(first_month().first, YEAR)):
            for name in (figure.PHASES, figure.CONSENTS, figure.CHECKLISTS):
                counted = Counted(period, None, period.last, (period.first,), count, {name: cell}, {})
                numbers.add(sum(row.total for row in rounded(counted, b"s" * 32).rows.get(name, ())))
        assert numbers == {drawn(b"s" * 32, people)}


def test_the_draw_has_no_leaning() -> None:
    """Of many vaults the numbers shown are as many as there are: up with the chance of what is over."""
    chance = Random(11)
    for count in range(1, 10):
        shown = [drawn(chance.randbytes(32), dict.fromkeys(range(count), 1)) for _vault in range(4_000)]
        assert set(shown) <= {count // BASE * BASE, -(-count // BASE) * BASE}
        assert sum(shown) / len(shown) == pytest.approx(count, abs=0.15)


def test_longer_periods_are_summed_from_what_the_months_showed(store: Store, hands: Hands) -> None:
    make(store, hands, 5, 80)
    secret = store.ask_now(showing.secret)
    year = around(store.clock.today(), YEAR).later(-1)
    for period in (year, around(year.last, QUARTER)):
        whole = rounded(store.ask_now(counting.count, period), secret)
        months = [rounded(store.ask_now(counting.count, Period(first, MONTH)), secret) for first in period.months]
        for name, shown in whole.rows.items():
            assert all(number % BASE == 0 for row in shown for number in row.months)
            assert figure.BY_ID[name].leaves
            if figure.BY_ID[name].kind == figure.FLOW:
                for place, month in enumerate(months):
                    told = {row.key: row.total for row in month.rows.get(name, ()) if row.total}
                    assert {row.key: row.months[place] for row in shown if row.months[place]} == told
            else:
                assert {row.key: row.total for row in shown} == {
                    row.key: row.total for row in months[-1].rows.get(name, ())
                }
        assert whole.people == months[-1].people


def test_a_changed_key_of_the_database_changes_no_figure(store: Store, hands: Hands) -> None:
    make(store, hands, 6, 40)
    period = around(store.clock.today(), QUARTER).later(-1)
    before = rounded(store.ask_now(counting.count, period), store.ask_now(showing.secret))
    key = store.unlocked._database_key
    slot = store.unlocked.add_slot("ola", "femten grå måker flyr nordover", kdf=WEAK)
    store.ways_in_now(lambda unlocked: unlocked.remove_slot(slot))
    assert store.unlocked._database_key != key
    assert rounded(store.ask_now(counting.count, period), store.ask_now(showing.secret)) == before


def test_quartiles_leave_only_of_enough_people_and_in_whole_weeks(store: Store, hands: Hands) -> None:
    make(store, hands, 5, 150)
    secret = store.ask_now(showing.secret)
    left = withheld = 0
    for length in (YEAR, MONTH):
        counted = store.ask_now(counting.count, around(store.clock.today(), length).later(-1))
        people = {(name, one.key): one.people for name, lengths in counted.lengths.items() for one in lengths}
        spread = rounded(counted, secret).quartiles
        for name, told in spread.items():
            for one in told:
                assert people.pop((name, one.key)) >= 10
                assert all(days % 7 == 0 for days in (one.low, one.middle, one.high))
                left += 1
        withheld += sum(many < 10 for many in people.values())
    assert left
    assert withheld
