"""What is counted and drawn, held against plain counting of random networks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from models.gatherings import attendance, gatherings, members
from models.gatherings.attendance import Invited
from models.gatherings.groups import drawn
from models.gatherings.stability import Share, stability
from models.store import Store

AGENCIES = ("prison", "police", "district", "probation")


def invited(number: int, agency: str) -> Invited:
    return Invited(number, 1, 1, None, f"Navn {number}", agency, "stable", None, (), ())


@given(st.lists(st.sampled_from(AGENCIES), min_size=1, max_size=45), st.integers(1, 12), st.text(max_size=8))
def test_groups_are_even_in_size_and_in_each_agency(agencies: list[str], count: int, seed: str) -> None:
    people = [invited(number, agency) for number, agency in enumerate(agencies, 1)]
    count = min(count, len(people))
    found = drawn(people, count, seed)
    assert set(found) == {one.id for one in people}
    numbers = range(1, count + 1)
    for some in (people, *([one for one in people if one.agency == agency] for agency in AGENCIES)):
        sizes = Counter(found[one.id] for one in some)
        assert max(sizes[number] for number in numbers) - min(sizes[number] for number in numbers) <= 1
    # The same draw is drawn again, whatever the order people stand in.
    assert drawn(list(reversed(people)), count, seed) == found


def test_another_draw_mixes_anew() -> None:
    people = [invited(number, AGENCIES[number % 3]) for number in range(35)]
    assert len({tuple(sorted(drawn(people, 7, str(seed)).items())) for seed in range(20)}) == 20


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 100))
def test_per_cent_are_of_those_asked_and_the_goal_is_the_share_itself(came: int, asked: int, goal: int) -> None:
    came = min(came, asked)
    share = Share(came, asked)
    exact = Fraction(100 * came, asked)
    assert share.percent is not None
    assert abs(share.percent - exact) <= Fraction(1, 2)
    assert share.reaches(goal) == (exact >= goal)


def test_stability_counts_stable_members_who_came_to_any_half_day(store: Store) -> None:
    stable = [("A", "prison"), ("B", "prison"), ("C", "police"), ("D", "police")]
    for name, agency in (*stable, ("E", "police")):
        values = {"name": name, "agency": agency, "stable": name != "E", "since": date(2026, 1, 1)}
        store.change_now(members.add, values)
    days = (date(2026, 3, 3), date(2026, 9, 1))
    for place, day in enumerate(days):
        gathering = store.change_now(gatherings.add, {"title": f"Nr. {place}", "first": day})
        store.change_now(attendance.invite_all, gathering)
        store.change_now(attendance.add_guest, gathering, {"name": "Gjest", "part": "guest"})
        people = {one.name: one for one in store.ask_now(attendance.of, gathering)}
        # A comes before noon, B after it, C and E all day, D only to the second gathering; the guest to the first.
        came = {("A", 1), ("B", 2), ("C", 1), ("C", 2), ("E", 1), *([("D", 2)] if place else [("Gjest", 1)])}
        for name, one in people.items():
            for half in (1, 2):
                store.change_now(attendance.mark, one.id, day, half, (name, half) in came)
    found = store.ask_now(stability)
    assert [(one.stable.came, one.stable.asked) for one in found.held] == [(3, 4), (4, 4)]
    assert found.stable == Share(7, 8)
    assert found.stable.percent == 88
    assert found.agencies == {"prison": Share(4, 4), "police": Share(3, 4)}
    assert [one.others for one in found.held] == [
        {"member": 1, "guest": 1, "manager": 0}, {"member": 1, "guest": 0, "manager": 0},
    ]  # fmt: skip
    assert [share.came for share in found.held[0].halves.values()] == [2, 2]
    assert len(store.ask_now(stability, date(2026, 9, 1)).held) == 1
    assert not found.stable.reaches(90)
    assert found.held[1].stable.reaches(90)
