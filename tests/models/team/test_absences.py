"""Absences: who is away and who covers, what is refused in words, and what is only advised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.participants import participants
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from models.team import absences, arranging, caseload, staff
from models.team.absences import AbsenceError
from tests.models.case_sample import Hands, rows

TODAY = date(2026, 11, 22)


@pytest.fixture
def team(store: Store, session: Callable[[str], Store]) -> dict[str, int]:
    for user in ("ola", "lise", "per"):
        session(user)
    return {one.user: one.id for one in store.ask_now(staff.team)}


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def note(store: Store, who: int, first: int, last: int | None = None, cover: int | None = None, **more: Any) -> int:
    values = {"staff": who, "first": day(first), "last": None if last is None else day(last), "cover": cover, **more}
    return store.change_now(absences.add, values)


def test_who_is_away_now_is_next_and_was_last(store: Store, team: dict[str, int]) -> None:
    note(store, team["ola"], -3, 0, team["kari"], note="Ferie")
    note(store, team["per"], 1, 7)
    note(store, team["ola"], -30, -20)
    found = store.ask_now(absences.listing)
    assert [(one.initials, one.first, one.last, one.cover_name, one.note) for one in found.now] == [
        ("OS", day(-3), day(0), "Kari Nordmann", "Ferie")
    ]
    assert [(one.name, one.first, one.last) for one in found.coming] == [("Per Moe", day(1), day(7))]
    assert [one.last for one in found.past] == [day(-20)]
    assert set(store.ask_now(absences.away, TODAY)) == {team["ola"]}
    assert set(store.ask_now(absences.away, day(1))) == {team["per"]}


def test_the_cover_covers_on_every_day_and_on_no_other(store: Store, team: dict[str, int]) -> None:
    note(store, team["ola"], 0, 4, team["kari"])
    covers = [store.ask_now(absences.cover_of, team["ola"], day(number)) for number in range(-1, 6)]
    assert covers == [None, *[team["kari"]] * 5, None]
    assert store.ask_now(caseload.colleagues, team["kari"]) == (team["kari"], team["ola"])


def test_a_cover_who_is_away_too_or_has_left_covers_for_nobody(store: Store, team: dict[str, int]) -> None:
    note(store, team["ola"], 0, 4, team["per"])
    note(store, team["per"], 2, 2)
    assert [store.ask_now(absences.cover_of, team["ola"], day(n)) for n in (1, 2, 3)] == [
        team["per"], None, team["per"],
    ]  # fmt: skip
    store.change_now(staff.leave, "per")
    assert store.ask_now(absences.cover_of, team["ola"], TODAY) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"staff": None}, "Who: say who is away."),
        ({"first": None}, "First day: say from which day."),
        ({"last": date(2026, 11, 21)}, "Last day: it is before the first day."),
        ({"first": date(2062, 1, 1)}, "First day: check the year: 2062."),
        ({"last": date(2031, 1, 1)}, "Last day: nobody is away for that long; check the year."),
        ({"staff": 99}, "Who: this colleague is not here any more."),
        ({"cover": "ola"}, "Who covers: nobody covers for themselves."),
        ({"cover": "lise"}, "Who covers: Lise Berg cannot: the cover works in the team and may write."),
        ({"colour": "red"}, "There is no field called colour."),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    store: Store, team: dict[str, int], changes: dict[str, Any], sentence: str
) -> None:
    values = {"staff": team["ola"], "first": TODAY, **changes}
    if isinstance(values.get("cover"), str):
        values["cover"] = team[values["cover"]]
    with pytest.raises(AbsenceError) as error:
        store.change_now(absences.add, values)
    assert error.value.text == sentence
    assert rows(store, "SELECT count(*) FROM absence") == [(0,)]


def test_two_absences_of_one_colleague_do_not_overlap(store: Store, team: dict[str, int]) -> None:
    first = note(store, team["ola"], 0, 4)
    second = note(store, team["ola"], 5, 9)
    with pytest.raises(AbsenceError) as error:
        note(store, team["ola"], 3, 6)
    assert error.value.text == ("Ola Sørli is away from 22.11.2026 to 26.11.2026 already; change that absence instead.")
    with pytest.raises(AbsenceError):
        store.change_now(absences.change, second, 1, {"first": day(4)})
    store.change_now(absences.change, first, 1, {"last": day(3), "note": "Kurs"})
    assert store.ask_now(absences.one, first).last == day(3)


def test_one_comes_back_sooner_or_later_or_was_never_away(store: Store, team: dict[str, int]) -> None:
    number = note(store, team["ola"], -2, 10)
    version = store.change_now(absences.end, number, 1, TODAY)
    assert store.ask_now(absences.away, TODAY) == {}
    assert store.ask_now(absences.one, number).last == day(-1)
    with pytest.raises(AbsenceError) as error:
        store.change_now(absences.end, number, version, day(-2))
    assert "taken away instead" in error.value.text
    with pytest.raises(Conflict):
        store.change_now(absences.remove, number, 1)
    store.change_now(absences.remove, number, version)
    assert rows(store, "SELECT count(*) FROM absence") == [(0,)]
    assert undo.described(store.change_now(undo.undo)) == "the absence taken away"
    assert store.ask_now(absences.one, number).last == day(-1)


def test_what_is_worth_knowing_is_said_and_hinders_nothing(store: Store, team: dict[str, int]) -> None:
    store.change_now(participants.add, {"given_name": "Ada", "worker": team["ola"]}, None, 2)

    def said(*values: Any) -> list[str]:
        return store.ask_now(arranging.advice, team["ola"], *values)

    assert said(TODAY, None, None) == ["Nobody covers; 1 participant would be without anybody."]
    load = "While covering, Per Moe follows 1 participant of at most 4, 0 of at most 4 in the demanding phases."
    assert said(TODAY, None, team["per"]) == [load]
    note(store, team["per"], 2, 3)
    assert said(TODAY, day(1), team["per"]) == [load]
    assert said(TODAY, day(2), team["per"]) == [
        "Per Moe is away from 24.11.2026 to 25.11.2026 and cannot cover then.", load,
    ]  # fmt: skip
    note(store, team["kari"], 0, 1, team["ola"])
    assert said(TODAY, None, team["per"]) == [
        load,
        "Ola Sørli covers for Kari Nordmann from 22.11.2026 to 23.11.2026; somebody else is needed.",
    ]
    note(store, team["ola"], 0, 2, team["per"])


def test_a_reader_looks_only_and_a_second_hand_is_noticed(
    store: Store, session: Callable[[str], Store], team: dict[str, int], hands: Hands
) -> None:
    number = note(store, team["ola"], 0, 2)
    with pytest.raises(NotAllowed):
        session("lise").change_now(absences.change, number, 1, {"note": "x"})
    session("ola").change_now(absences.change, number, 1, {"last": day(5)})
    with pytest.raises(Conflict) as conflict:
        store.change_now(absences.change, number, 1, {"last": day(3)})
    assert (conflict.value.mine, conflict.value.theirs) == (
        {"last": day(3).isoformat()}, {"last": day(5).isoformat()},
    )  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 6)), max_size=6))
def test_on_no_day_is_anybody_away_twice(store: Store, team: dict[str, int], spans: list[tuple[int, int]]) -> None:
    for number, version in rows(store, "SELECT id, version FROM absence"):
        store.change_now(absences.remove, number, version)
    held: list[tuple[int, int]] = []
    for first, more in spans:
        try:
            note(store, team["ola"], first, first + more)
        except AbsenceError:
            assert any(a <= first + more and first <= b for a, b in held)
        else:
            assert not any(a <= first + more and first <= b for a, b in held)
            held.append((first, first + more))
    for number in range(-10, 17):
        gone = store.ask_now(absences.away, day(number))
        assert bool(gone) == any(a <= number <= b for a, b in held)
