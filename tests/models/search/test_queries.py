"""Search: people before entries, every word, beginnings of words, and nothing a person types is a command."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models import timeline
from models.contacts import network, people
from models.participants import participants
from models.restrictions import restrictions
from models.search import queries as search
from models.storage import undo
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.values.text import fold, words
from tests.models.case_sample import Hands, examined

NATIONAL = "14858700095"


@pytest.fixture
def caseload(store: Store) -> Callable[..., int]:
    def enter(given: str, family: str, *texts: str, **fields: Any) -> int:
        number = store.change_now(participants.add, {"given_name": given, "family_name": family, **fields})
        for text in texts:
            store.change_now(timeline.record, number, {"kind": "note", "text": text})
        return number

    return enter


def found(store: Store, text: str, limit: int = 50) -> list[tuple[int, bool]]:
    return [(hit.participant, hit.entry is None) for hit in store.ask_now(search.find, text, limit)]


def test_people_come_before_entries(store: Store, caseload: Callable[..., int]) -> None:
    one = caseload("Per", "Moe", "Snakket med Håkon om bolig")
    two = caseload("Håkon", "Sæthre", "Ringte")
    three = caseload("Nils", "Lie", address="Haakons gate 3")
    assert found(store, "håkon") == [(two, True), (three, True), (one, False)]
    assert found(store, "håkon", 1) == [(two, True)]
    assert found(store, "håkon", 2) == [(two, True), (three, True)]


@pytest.mark.parametrize(
    "typed",
    ["saethre", "Sæth", "SÆTHRE", "hak", "haakon s", "saet håk", "ex-001", "EX-0", "40000000", "grønl", "GROENLAND"],
)
def test_people_are_found_as_people_write_them(store: Store, caseload: Callable[..., int], typed: str) -> None:
    one = caseload("Håkon", "Sæthre", phone="+47 40000000", risk_areas="Grønland torg")
    caseload("Per", "Moe")
    assert one in [hit.participant for hit in store.ask_now(search.find, typed)]


@pytest.mark.parametrize("typed", ["akon", "saethrer", "sæthre moe", "bolig", "on"])
def test_the_middle_of_a_word_or_half_of_the_words_is_no_hit(
    store: Store, caseload: Callable[..., int], typed: str
) -> None:
    caseload("Håkon", "Sæthre", "Ringte om arbeid")
    assert found(store, typed) == []


def test_all_words_stand_in_one_entry_and_are_marked(store: Store, caseload: Callable[..., int]) -> None:
    caseload("Per", "Moe", "Ringte om bolig", "Møte om gjeld", "Bolig og gjeld: møtte Håkon " + "x " * 300)
    (hit,) = store.ask_now(search.find, "gjeld bol")
    assert [hit.context[start:stop] for start, stop in hit.spans] == ["Bolig", "gjeld"]
    assert len(hit.context) < 120
    assert (hit.kind, hit.code, hit.name) == ("note", "EX-001", "Per Moe")
    assert hit.day is not None


def test_where_and_with_whom_and_topics_are_searched(store: Store, person: int) -> None:
    values = {"kind": "note", "text": "a", "with_whom": "Advokat Berg", "place": "Tøyen", "topic": "barnefordeling"}
    entry = store.change_now(timeline.record, person, values)
    for typed in ("berg", "toyen", "barne", "advokat toeyen"):
        assert [hit.entry for hit in store.ask_now(search.find, typed)] == [entry]


def test_few_are_ranked_by_weight_and_many_by_date(
    store: Store, caseload: Callable[..., int], hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    caseload("Per", "Moe", "bolig bolig bolig bolig", "lang tekst " * 30 + "bolig", "lang tekst " * 30 + "bolig")
    first = [hit.entry for hit in store.ask_now(search.find, "bolig")]
    assert first[0] == min(entry for entry in first if entry)
    monkeypatch.setattr(search, "RANKED_UP_TO", 2)
    newest = [hit.entry for hit in store.ask_now(search.find, "bolig")]
    assert newest == sorted((entry for entry in newest if entry), reverse=True)
    assert set(newest) == set(first)
    assert [hit.entry for hit in store.ask_now(search.find, "bolig", 1)] == newest[:1]


@pytest.mark.parametrize(
    "typed", ["arne fisketur", "arne fisk", "arne bolig gjeld", "arne bol", "arne toyen", "per bolig"]
)
def test_common_words_about_somebody_named_find_what_rare_ones_do(
    store: Store, caseload: Callable[..., int], typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("Fisketur i dag", "Om bolig og gjeld", "Bolig igjen", "Gjeld", "Boligen på Tøyen", "storfisketur")
    caseload("Arne", "Moe", *texts)
    caseload("Per", "Lie", *texts)
    rare = {(hit.participant, hit.entry) for hit in store.ask_now(search.find, typed)}
    assert rare
    monkeypatch.setattr(search, "RARE_UP_TO", 0)
    assert {(hit.participant, hit.entry) for hit in store.ask_now(search.find, typed)} == rare


def test_a_thousand_entries_answer_with_the_newest(store: Store, person: int) -> None:
    @action("test_search.many")
    def many(work: Work) -> None:
        for number in range(search.RANKED_UP_TO + 50):
            timeline.record(work, person, {"kind": "note", "text": f"bolig {number}"})

    store.change_now(many)
    hits = store.ask_now(search.find, "bolig", 10)
    assert [hit.context for hit in hits] == [f"bolig {search.RANKED_UP_TO + 49 - number}" for number in range(10)]


SYNTAX = [
    '"', "*", "AND", "OR", "NOT", "NEAR(a b)", "-", ":", "^", "name:per", "body : x", "(", ")", "+", "{name}:", '"per',
    "per*", "per AND", "NOT per", "\x00", "';--", "%", "_", "a_b", "½", "ー", "per OR NOT", "\ud800",
]  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30) | st.lists(st.sampled_from(SYNTAX), max_size=4).map(" ".join))
@example(typed=" ".join(SYNTAX))
@example(typed="x" * 5000)
def test_nothing_that_is_typed_is_a_command(store: Store, person: int, typed: str) -> None:
    for hit in store.ask_now(search.find, typed):
        assert hit.participant == person
        assert words(typed)


@pytest.mark.parametrize(
    "typed", ["per AND moe", "per -moe", "per:moe", '"per moe"', "(per) moe*", "^per +moe", "per_moe"]
)
def test_signs_between_words_only_part_them(store: Store, caseload: Callable[..., int], typed: str) -> None:
    plain = caseload("Per", "Moe")
    both = caseload("Per And", "Moe")
    expected = {both} if "AND" in typed else {plain, both}
    if typed != "per_moe":
        assert {hit.participant for hit in store.ask_now(search.find, typed)} == expected


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(categories=["L", "N", "Zs", "Po"]), min_size=1, max_size=40))
@example(text="OEE")
@example(text="køen koeen KOEEN blaaaktig")
def test_what_was_written_is_found_by_each_of_its_words(store: Store, person: int, text: str) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": text})
    for typed in re.findall(r"\w+", text):
        folded = words(typed)
        plain = all(each.isascii() and "_" not in each for each in folded)
        if plain and max(map(len, folded), default=0) > 1:
            assert entry in [hit.entry for hit in store.ask_now(search.find, typed, 500)]
    store.change_now(undo.undo, store.opened_at_audit)


def test_what_is_corrected_changed_or_undone_is_found_no_longer(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "kanarifugl"})
    assert found(store, "kanari") == [(person, False)]
    store.change_now(timeline.correct, entry, 1, {"text": "papegøye"})
    assert (found(store, "kanari"), found(store, "papegoye")) == ([], [(person, False)])
    store.change_now(undo.undo, store.opened_at_audit)
    assert (found(store, "kanari"), found(store, "papegoye")) == ([(person, False)], [])
    store.change_now(undo.undo, store.opened_at_audit)
    assert found(store, "kanari") == []
    store.change_now(participants.change, person, 1, {"given_name": "Nils"})
    assert (found(store, "håkon"), found(store, "nils")) == ([], [(person, True)])
    assert examined(store).flaws == ()


def test_one_letter_looks_among_people_only(store: Store, caseload: Callable[..., int]) -> None:
    one = caseload("Per", "Moe", "pppp p")
    assert found(store, "p") == [(one, True)]
    assert found(store, "") == found(store, " - ") == []
    assert fold("p") == "p"


@pytest.mark.parametrize("typed", ["arne fisketur", "fiske nilsen", "fisketur arne nilsen", "ex-001 fisketur"])
def test_a_name_and_what_happened_find_it_together(store: Store, caseload: Callable[..., int], typed: str) -> None:
    one = caseload("Arne", "Nilsen", "Dro på fisketur", "Ringte")
    caseload("Per", "Moe", "Dro på fisketur")
    assert found(store, typed) == [(one, False)]


def test_one_entry_is_found_once(store: Store, caseload: Callable[..., int]) -> None:
    one = caseload("Arne", "Nilsen", "Arne dro på fisketur")
    assert found(store, "arne fisketur") == [(one, False)]


@pytest.mark.parametrize("stored", ["900 00 001", "90000001", "+47 90000001", "0047 900 00 001", "mor: 90 00 00 01"])
@pytest.mark.parametrize("asked", ["900 00 001", "90000001", "90 00 00 01", "+4790000001", "0047 90 00 00 01"])
def test_a_participant_is_found_by_phone_in_any_grouping(store: Store, stored: str, asked: str) -> None:
    other = store.change_now(participants.add, {"given_name": "Annen", "phone": "90055555"})
    person = store.change_now(participants.add, {"given_name": "Rett", "phone": stored})
    assert [hit.participant for hit in store.ask_now(search.find, asked)] == [person]
    assert other != person


@pytest.mark.parametrize("between", ["", " ", "-", "\u00a0"], ids=ascii)
def test_a_national_number_is_found_and_never_printed_whole(store: Store, between: str) -> None:
    person = store.change_now(participants.add, {"given_name": "Rett", "national_id": NATIONAL, "prison": "Rom"})
    store.change_now(timeline.record, person, {"kind": "note", "text": f"Fikk nr. {NATIONAL[:6]} {NATIONAL[6:]}"})
    for text in (NATIONAL[:6] + between + NATIONAL[6:], "rett", "rom", "fikk"):
        hits = store.ask_now(search.find, text)
        assert hits
        assert hits[0].participant == person
        assert all(NATIONAL[6:] not in hit.context for hit in hits)


def test_a_number_tells_whose_it_is_and_about_whom(store: Store) -> None:
    first, second, former = (
        store.change_now(participants.add, {"given_name": name, "family_name": "Nordmann"})
        for name in ("Anne", "Berit", "Carl")
    )
    contact = store.change_now(people.add, {"name": "Kari Moe", "agency": "nav", "phone": "22 05 05 00"})
    for person in (first, second, former):
        store.change_now(network.involve, person, contact, {"role": "nav_state"})
    (gone,) = store.ask_now(network.involved, former)
    store.change_now(network.change, gone.id, gone.version, {"until": store.ask_now(lambda reading: reading.today)})
    hits = store.ask_now(search.find, "+47 22050500")
    assert [(hit.contact, hit.participant) for hit in hits] == [(contact, 0), (None, first), (None, second)]
    assert "linked to Anne Nordmann, Berit Nordmann" in hits[0].context
    assert all("Kari Moe" in hit.context for hit in hits[1:])
    (hit,) = store.ask_now(search.find, "kari moe")
    assert "linked to Anne Nordmann, Berit Nordmann" in hit.context


@pytest.mark.parametrize("stored", ["900 00 001", "90000001", "+47 90000001", "0047 900 00 001", "90 00 00 01"])
@pytest.mark.parametrize("asked", ["900 00 001", "90000001", "90 00 00 01", "+4790000001", "0047 90 00 00 01"])
@pytest.mark.parametrize("column", ["phone", "phone_other"])
def test_a_contact_person_and_whose_they_are_are_found_by_phone_in_any_grouping(
    store: Store, stored: str, asked: str, column: str
) -> None:
    person = store.change_now(participants.add, {"given_name": "Anne", "family_name": "Nordmann"})
    mother = store.change_now(people.add, {"name": "Mor Nordmann", "agency": "family", column: stored})
    store.change_now(people.add, {"name": "En annen", "agency": "nav", "phone": "90000011"})
    store.change_now(network.involve, person, mother, {"role": "mother"})
    hits = store.ask_now(search.find, asked)
    assert [(hit.contact, hit.participant) for hit in hits] == [(mother, 0), (None, person)]


def test_a_number_tells_nothing_of_whom_one_does_not_see(store: Store, session: Callable[[str], Store]) -> None:
    ola = session("ola")
    seen, hidden = (store.change_now(participants.add, {"given_name": name}) for name in ("Anne", "Kanari"))
    shared = store.change_now(people.add, {"name": "Berit Moe", "agency": "nav", "phone": "22 05 05 00"})
    theirs = store.change_now(people.add, {"name": "Mor", "agency": "family", "phone": "90 00 00 01"})
    for person, contact in ((seen, shared), (hidden, shared), (hidden, theirs)):
        role = {"role": "nav_state" if contact == shared else "mother"}
        store.change_now(network.involve, person, contact, role)
    store.change_now(restrictions.restrict, hidden, {"may_see": (), "reason": "Trussel"})
    assert {hit.participant for hit in store.ask_now(search.find, "22050500")} == {0, seen, hidden}
    assert [hit.participant for hit in ola.ask_now(search.find, "22050500")] == [0, seen]
    assert "Kanari" not in repr(ola.ask_now(search.find, "22050500"))
    assert store.ask_now(search.find, "90000001")
    assert ola.ask_now(search.find, "90000001") == []
