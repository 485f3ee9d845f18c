"""The same person twice: known by number, by name and birth date, also phased out, and restricted without a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.participants import participants
from models.participants.doubles import Double, doubles
from models.phases import phases
from models.restrictions import restrictions
from models.store import Store

NUMBER = "14858700095"
BORN = date(1987, 5, 14)


@pytest.fixture
def sara(store: Store) -> int:
    return store.change_now(
        participants.add,
        {"given_name": "Sara Marie", "family_name": "Ødegård", "national_id": NUMBER, "phone": "90000001"},
    )


def found(store: Store, participant: int = 0, **values: Any) -> list[tuple[int, str]]:
    return [(one.participant, one.by) for one in store.ask_now(doubles, values, participant)]


@pytest.mark.parametrize(
    ("values", "by"),
    [
        ({"national_id": NUMBER}, "national_id"),
        ({"national_id": "148587 00095", "given_name": "Annen"}, "national_id"),
        ({"given_name": "sara marie", "family_name": "Oedegaard", "birth_date": BORN}, "birth_date"),
        ({"given_name": "Ødegård", "family_name": "Sara  Marie", "birth_date": BORN}, "birth_date"),
        ({"given_name": "Sara\u00ad Marie", "family_name": "Ødegård"}, "name"),
        ({"given_name": "Sara Marie", "family_name": "Ødegård", "birth_date": date(1987, 5, 15)}, ""),
        ({"given_name": "Sara", "family_name": "Ødegård", "birth_date": BORN}, ""),
        ({"given_name": "Sara Marie"}, ""),
        ({"birth_date": BORN}, ""),
        ({"national_id": NUMBER[:10]}, ""),
        ({}, ""),
    ],
)
def test_whoever_is_there_is_known_by_what_tells_them(store: Store, sara: int, values: Any, by: str) -> None:
    assert found(store, **values) == ([(sara, by)] if by else [])
    assert found(store, sara, **values) == []


def test_a_given_name_alone_is_no_sign_but_with_the_birth_date(store: Store) -> None:
    ali = store.change_now(participants.add, {"given_name": "Ali", "birth_date": BORN})
    assert found(store, given_name="Ali") == []
    assert found(store, given_name="Ali", birth_date=BORN) == [(ali, "birth_date")]


def test_the_date_of_a_d_number_parts_nobody(store: Store) -> None:
    """It may be the day of registration."""
    one = store.change_now(participants.add, {"given_name": "Ion", "family_name": "Popa", "national_id": "41814061033"})
    assert store.ask_now(participants.file_of, one).values["birth_date"] is None
    assert found(store, given_name="Ion", family_name="Popa", birth_date=date(1985, 1, 1)) == [(one, "name")]


def test_the_surest_stands_first(store: Store, sara: int) -> None:
    namesake = store.change_now(participants.add, {"given_name": "Kim", "family_name": "Lie"})
    assert found(store, given_name="Kim", family_name="Lie", national_id=NUMBER) == [
        (sara, "national_id"), (namesake, "name"),
    ]  # fmt: skip


def test_who_is_phased_out_is_told_of_as_one_who_comes_back(store: Store, sara: int) -> None:
    (span,) = store.ask_now(phases.of, sara)
    store.change_now(phases.end, span.id, span.version, store.ask_now(lambda reading: reading.today))
    (one,) = store.ask_now(doubles, {"national_id": NUMBER})
    assert one.left
    assert one.told("Sara") == (
        "Sara has this identity number. They are phased out: it is the same person who comes back."
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"national_id": NUMBER}, "has this identity number"),
        ({"given_name": "Sara Marie", "family_name": "Ødegård", "birth_date": BORN}, "has this name and birth date"),
        ({"given_name": "Sara Marie", "family_name": "Ødegård"}, ""),
    ],
)
def test_a_restricted_one_is_told_of_without_who_it_is(
    store: Store, session: Callable[[str], Store], sara: int, values: Any, told: str
) -> None:
    store.change_now(restrictions.restrict, sara, {"may_see": (), "reason": "kjenner en i teamet"})
    ola = session("ola")
    answers: list[Double] = ola.ask_now(doubles, values)
    assert [one.participant for one in answers] == ([0] if told else [])
    for one in answers:
        assert (one.code, one.name, one.left) == ("", "", False)
        sentence = one.told("X")
        assert told in sentence
        assert "team leader" in sentence
        assert "EX-001" not in sentence
    assert [one.participant for one in store.ask_now(doubles, values)] == [sara]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=30), number=st.text(max_size=12))
@example(name='per" OR name : "x', number="'; --")
@example(name="ー ½ _ AND NOT", number="")
@example(name="\ud800 x", number="")
def test_nothing_that_is_typed_is_a_command(store: Store, sara: int, name: str, number: str) -> None:
    for one in store.ask_now(doubles, {"given_name": name, "family_name": "Ødegård", "national_id": number}):
        assert one.participant == sara
