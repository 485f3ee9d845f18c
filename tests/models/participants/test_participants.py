"""Entering and changing people, the team, unfinished forms, and what is computed from a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.dates import parse_date
from config.programme.shapes import Programme
from models.participants import participants
from models.participants.participants import ParticipantError
from models.participants.sentence import computed_two_thirds, months_left, share_served
from models.phases.way_out import COMMUNITY, FORVARING, REMAND, SENTENCE, SUBSIDIARY
from models.storage import drafts
from models.store import Store
from models.team import staff
from models.values.days import months_later
from models.values.national_id import BadNationalId
from models.values.text import TextTooLong
from tests.models.case_sample import examined, note_now, rows

Session = Callable[[str], Store]


@pytest.fixture(scope="module")
def synthetic() -> str:
    """A number of the tax administration's test people, born 14 May 1987."""
    weights = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
    for individual in range(500):
        number = f"148587{individual:03d}"
        for each in weights:
            number += str((11 - sum(w * int(n) for w, n in zip(each, number, strict=True)) % 11) % 11)
        if len(number) == 11:
            return number
    raise AssertionError


def test_a_name_or_nothing_is_enough(store: Store) -> None:
    nameless = store.change_now(participants.add, {})
    file = store.ask_now(participants.file_of, nameless)
    assert (file.name, file.code, file.worker_name) == ("EX-001", "EX-001", "Kari Nordmann")
    assert [(span.phase, span.began) for span in file.phases] == [(1, date(2026, 11, 22))]
    named = store.change_now(participants.add, {"given_name": " Åse\n", "worker": None}, date(2026, 3, 1), 4)
    file = store.ask_now(participants.file_of, named)
    assert (file.name, file.code, file.worker_name, file.last_contact) == ("Åse", "EX-002", "", 0)
    assert [(span.phase, span.began) for span in file.phases] == [(4, date(2026, 3, 1))]
    with pytest.raises(Exception, match="future"):
        store.change_now(participants.add, {}, date(2026, 11, 23))
    assert rows(store, "SELECT count(*) FROM participant") == [(2,)]


@pytest.mark.parametrize(
    "code", ["EX-004", "ex-004", "EX-0004", "EX-4b", "EX-99999999999999999999", "EX-", "EX-x", "Æ-1"]
)
def test_a_code_nobody_has_is_always_found(store: Store, code: str) -> None:
    store.change_now(participants.add, {"code": code})
    for _again in range(3):
        store.change_now(participants.add, {})
    codes = [each.upper() for (each,) in rows(store, "SELECT code FROM participant")]
    assert len(set(codes)) == 4


def test_a_code_is_ones_own_case_aside(store: Store, person: int) -> None:
    with pytest.raises(ParticipantError, match="Code: ex-001 is another"):
        store.change_now(participants.add, {"code": "ex-001"})
    other = store.change_now(participants.add, {})
    with pytest.raises(ParticipantError, match="Code: EX-001 is another"):
        store.change_now(participants.change, other, 1, {"code": "EX-001"})
    with pytest.raises(ParticipantError, match="cannot be without"):
        store.change_now(participants.change, other, 1, {"code": " "})
    store.change_now(participants.change, person, 1, {"code": "ex-001"})
    assert store.ask_now(participants.file_of, person).code == "ex-001"


def test_the_birth_date_a_number_states_is_filled_in_only_where_none_is_known(store: Store, synthetic: str) -> None:
    stated = date(1987, 5, 14)

    def born(number: int) -> date | None:
        value = store.ask_now(participants.file_of, number).values["birth_date"]
        assert value is None or isinstance(value, date)
        return value

    one = store.change_now(participants.add, {"national_id": f"{synthetic[:6]} {synthetic[6:]}", "birth_date": None})
    assert born(one) == stated
    assert store.ask_now(participants.file_of, one).values["national_id"] == synthetic
    two = store.change_now(participants.add, {"birth_date": date(1990, 1, 1)})
    store.change_now(participants.change, two, 1, {"national_id": synthetic})
    assert born(two) == date(1990, 1, 1), "what a person stated stands; the contradiction is told"
    assert any("birth date" in line for line in participants.advice(store.ask_now(participants.file_of, two).values))
    three = store.change_now(participants.add, {})
    store.change_now(participants.change, three, 1, {"national_id": synthetic})
    assert born(three) == stated
    store.change_now(participants.change, three, 2, {"birth_date": None})
    assert born(three) is None


def test_what_is_wrong_is_refused_and_nothing_is_kept(store: Store, person: int, synthetic: str) -> None:
    wrong = synthetic[:10] + str((int(synthetic[10]) + 1) % 10)
    with pytest.raises(BadNationalId) as caught:
        store.change_now(participants.change, person, 1, {"national_id": wrong, "unit": "A"})
    assert wrong not in str(caught.value)
    with pytest.raises(TextTooLong, match="Given name: 201"):
        store.change_now(participants.change, person, 1, {"given_name": "x" * 201})
    assert store.ask_now(participants.file_of, person).version == 1


@pytest.mark.parametrize(
    ("different", "told"),
    [
        ({}, None),
        ({"full_term_date": date(2025, 1, 1)}, "full-term date is before"),
        ({"two_thirds_date": date(2028, 1, 1)}, "outside the sentence"),
        ({"two_thirds_date": date(2025, 1, 1)}, "outside the sentence"),
        ({"release_date": date(2025, 1, 1)}, "release date is before"),
        ({"release_date": date(2028, 1, 1)}, "release date is after"),
        ({"parole_decided": date(2026, 1, 2)}, "decided before"),
    ],
)
def test_dates_that_contradict_are_told_and_saved(store: Store, different: dict[str, date], told: str | None) -> None:
    good = {
        "sentence_start": date(2026, 1, 1), "full_term_date": date(2027, 6, 1), "two_thirds_date": date(2026, 12, 1),
        "release_date": date(2026, 12, 1), "parole_applied": date(2026, 8, 1), "parole_decided": date(2026, 9, 1),
    }  # fmt: skip
    number = store.change_now(participants.add, {**good, **different})
    found = participants.advice(store.ask_now(participants.file_of, number).values)
    assert bool(found) is (told is not None)
    assert told is None or any(told in line for line in found)
    assert participants.advice({}) == []


# ---------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 1, 1), 73, None),
        (date(2026, 1, 1), 74, 60),
        (date(2026, 1, 1), 90, 60),
        (date(2026, 1, 1), 91, 61),
        (date(2026, 1, 1), 365, 244),
        (date(2024, 2, 29), 300, 200),
    ],
)
def test_two_thirds_and_at_least_sixty_days(programme: Programme, start: date, days: int, expected: int | None) -> None:
    """the guide: two thirds served and at least 60 days, ordinarily for sentences of 74 days or more."""
    found = computed_two_thirds("", start, start + timedelta(days=days), programme.limits)
    assert found == (None if expected is None else start + timedelta(days=expected))


@pytest.mark.parametrize("kind", [REMAND, FORVARING, COMMUNITY, SUBSIDIARY])
def test_two_thirds_are_computed_for_a_prison_sentence_and_nothing_else(programme: Programme, kind: str) -> None:
    dates = (date(2026, 1, 1), date(2027, 1, 1), programme.limits)
    assert computed_two_thirds(kind, *dates) is None
    assert computed_two_thirds(SENTENCE, *dates) == computed_two_thirds("", *dates) == date(2026, 9, 2)


def test_without_dates_nothing_is_computed(programme: Programme) -> None:
    day = date(2026, 1, 1)
    for start, full in ((None, day), (day, None), (day, day), (day, day - timedelta(days=1))):
        assert computed_two_thirds(SENTENCE, start, full, programme.limits) is None
        assert share_served(start, full, day) is None
    assert months_left(None, day) is None


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 8000), st.integers(-100, 9000))
def test_the_share_served_grows_from_none_to_all(start: date, days: int, after: int) -> None:
    share = share_served(start, start + timedelta(days=days), start + timedelta(days=after))
    assert share == pytest.approx(min(1, max(0, after / days)))


@pytest.mark.parametrize(
    ("full", "today", "months"),
    [
        (date(2027, 5, 22), date(2026, 11, 22), 6), (date(2027, 5, 21), date(2026, 11, 22), 5),
        (date(2026, 11, 22), date(2026, 11, 22), 0), (date(2026, 1, 1), date(2026, 11, 22), 0),
        (date(2028, 2, 29), date(2027, 2, 28), 12), (date(2027, 2, 28), date(2026, 8, 31), 6),
        (date(2027, 2, 27), date(2026, 8, 31), 5), (date(2027, 4, 30), date(2026, 10, 31), 6),
    ],
)  # fmt: skip
def test_whole_months_left(full: date, today: date, months: int) -> None:
    assert months_left(full, today) == months


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_months_left_are_counted_as_months_later(today: date, months: int) -> None:
    end = months_later(today, months)
    assert months_left(end, today) == months
    assert months_left(end - timedelta(days=1), today) == max(0, months - 1)
    assert parse_date(f"+{months}m", today) == end


# ---------------------------------------------------------------------- the team


def test_who_leaves_and_comes_back_is_the_same_person(store: Store) -> None:
    eva = store.change_now(staff.join, " EVA ", "Eva Lie", "caseworker", "one")
    assert store.ask_now(staff.by_slot, "one") is not None
    store.change_now(staff.leave, "Eva")
    assert store.ask_now(staff.by_slot, "one") is None
    assert [one.user for one in store.ask_now(staff.team)] == ["kari"]
    assert [one.user for one in store.ask_now(staff.team, active_only=False)] == ["eva", "kari"]
    assert store.change_now(staff.join, "eva", "Eva Berg", "reader", "two") == eva
    back = store.ask_now(staff.by_user, "EvA")
    assert (back.name, back.role, back.slot, back.initials) == ("Eva Berg", "reader", "two", "EL")


def test_the_last_leader_stays(store: Store) -> None:
    with pytest.raises(staff.StaffError, match="only team leader"):
        store.change_now(staff.leave, "kari")
    store.change_now(staff.join, "per", "Per Moe", "team_leader", "s")
    store.change_now(staff.leave, "kari")
    assert [one.user for one in store.ask_now(staff.team)] == ["per"]


@pytest.mark.parametrize(
    ("user", "role", "reason"),
    [
        ("", "reader", "user name is needed"),
        ("kari", "reader", "in the team already"),
        ("ny", "boss", "no role called boss"),
    ],
)
def test_who_cannot_join_is_told_why(store: Store, user: str, role: str, reason: str) -> None:
    with pytest.raises(staff.StaffError, match=reason):
        store.change_now(staff.join, user, "Ny", role, "s")
    with pytest.raises(staff.StaffError, match="No colleague"):
        store.change_now(staff.leave, "nemo")


def test_initials_are_nobody_elses(store: Store) -> None:
    names = ["Kari Nordmann", "Karl Nilsen", "Kari Nordmann", "Ø", "Å", "李", "Anne-Mari Bø Dahl", "Kari Nordmann"] * 3
    for number, name in enumerate(names):
        store.change_now(staff.join, f"u{number}", name, "caseworker", f"s{number}")
    initials = [one.initials for one in store.ask_now(staff.team)]
    assert len(set(initials)) == len(initials) == 25
    assert all(2 <= len(each) <= 5 for each in initials)
    assert examined(store).flaws == ()


# ---------------------------------------------------------------------- unfinished forms


def test_an_unfinished_form_is_kept_for_its_writer_alone(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    fields = {"text": "uferdig \ud800\x00 «æ»", "kind": ""}
    note_now(store, drafts.keep, "record", person, fields)
    note_now(store, drafts.keep, "record", person, {**fields, "kind": "phone"})
    asyncio.run(store.note(drafts.keep, "participant", 0, {"name": "N"}))
    assert [(form.form, form.subject) for form in ola.ask_now(drafts.kept)] == []
    (kept,) = store.ask_now(drafts.kept, "record", person)
    assert kept.fields == {**fields, "kind": "phone"}
    assert len(store.ask_now(drafts.kept)) == 2
    note_now(ola, drafts.drop, "record", person)
    assert len(store.ask_now(drafts.kept)) == 2
    note_now(store, drafts.drop, "record", person)
    assert [form.form for form in store.ask_now(drafts.kept)] == ["participant"]
    assert "draft" not in {table for (table,) in rows(store, 'SELECT DISTINCT "table" FROM change')}


def test_the_founder_has_no_forms(store: Store, person: int) -> None:
    from models.storage.reading import FOUNDER

    store.actor = FOUNDER
    note_now(store, drafts.keep, "record", person, {"text": "x"})
    assert rows(store, "SELECT count(*) FROM draft") == [(0,)]


def test_a_birth_date_to_come_is_refused_and_a_release_that_is_past_is_asked_about(store: Store) -> None:
    with pytest.raises(ParticipantError, match="Birth date: the date is in the future"):
        store.change_now(participants.add, {"birth_date": date(2030, 12, 31)})
    number = store.change_now(participants.add, {"given_name": "Åse"})
    with pytest.raises(ParticipantError, match="Birth date: the date is in the future"):
        store.change_now(participants.change, number, 1, {"birth_date": date(2030, 12, 31)})
    today = date(2026, 11, 22)
    values = {"release_date": date(2020, 2, 1), "full_term_date": date(2027, 1, 1)}
    (found,) = participants.advice(values, today)
    assert "The release date is past already" in found
    assert participants.advice(values) == []
    assert "full-term" in participants.advice({"full_term_date": date(2020, 1, 1)}, today)[0]
