"""The register of contact persons: entered, found, left, merged, and never deleted while history needs them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models import timeline
from models.consents import consents, disclosures
from models.contacts import network, people, register
from models.contacts.people import PeopleError
from models.contacts.register import PeopleQuery
from models.participants import participants
from models.roles.rights import NotAllowed
from models.search import queries as search
from models.storage import undo
from models.storage.actions import action
from models.storage.work import Conflict, Gone, Work
from models.store import Store
from models.values.phone import BadPhone
from models.values.text import TextTooLong
from tests.models.case_sample import examined, rows

Enter = Callable[..., int]


@pytest.fixture
def contact(store: Store) -> Enter:
    def enter(name: str, agency: str = "nav", **values: Any) -> int:
        return store.change_now(people.add, {"name": name, "agency": agency, **values})

    return enter


def listed(store: Store, **query: Any) -> list[str]:
    """Everybody the register shows, read in windows of two."""
    asked = PeopleQuery(**query)
    groups = store.ask_now(register.counts, asked)
    found: list[str] = []
    for offset in itertools.count(0, 2):
        window = store.ask_now(register.find, asked, groups, offset, 2)
        if not window:
            assert len(found) == sum(count for _agency, count in groups)
            return found
        found += [person.name for person in window]
    raise AssertionError


def test_a_name_and_an_agency_are_enough(store: Store, contact: Enter) -> None:
    number = contact("  Kari\tNordmann ", role="nav_state", phone="22 05 50 00", email="kari@nav.no", office="Grorud")
    person = store.ask_now(register.one, number)
    assert (person.name, person.agency, person.role, person.phone) == (
        "Kari Nordmann", "nav", "nav_state", "22 05 50 00",
    )  # fmt: skip
    assert (person.active, person.merged_into, person.cases) == (True, None, 0)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " "}, "^Name: "),
        ({"agency": ""}, "^Agency: "),
        ({"role": "contact_officer"}, "^Role: Contact officer is not a role anybody has in Nav"),
        ({"email": "kari(at)nav.no"}, "^E-mail: "),
        ({"email": "kari@nav"}, "^E-mail: "),
        ({"shoe_size": "44"}, "no field called shoe_size"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(store: Store, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(PeopleError, match=sentence):
        store.change_now(people.add, {"name": "Kari", "agency": "nav", **values})
    assert listed(store) == []


@pytest.mark.parametrize("field", ["phone", "phone_other"])
def test_a_phone_number_of_nine_digits_is_refused(store: Store, contact: Enter, field: str) -> None:
    with pytest.raises(BadPhone, match="nine digits; a Norwegian number has eight"):
        contact("Kari", **{field: "220550001"})
    number = contact("Kari", **{field: "+46 8 123 456 78"})
    with pytest.raises(BadPhone):
        store.change_now(people.change, number, 1, {field: "123456789"})
    with pytest.raises(TextTooLong):
        store.change_now(people.change, number, 1, {"notes": "x" * 2001})
    assert getattr(store.ask_now(register.one, number), field) == "+46 8 123 456 78"


def test_changes_are_checked_against_the_whole_and_the_version(store: Store, contact: Enter) -> None:
    number = contact("Kari", role="nav_state")
    store.change_now(people.change, number, 1, {"agency": "prison"})
    assert store.ask_now(register.one, number).role == ""
    with pytest.raises(PeopleError, match="not a role anybody has in Correctional service"):
        store.change_now(people.change, number, 2, {"role": "gp"})
    with pytest.raises(Conflict):
        store.change_now(people.change, number, 1, {"office": "Ila"})
    with pytest.raises(Gone):
        store.change_now(people.change, 99, 1, {"office": "Ila"})
    store.change_now(people.change, number, 2, {"name": "Åse Berg", "phone": "400 00 000"})
    for typed in ("aase", "berg", "40000000", "+4740", "400 0"):
        assert listed(store, text=typed) == ["Åse Berg"], typed
    assert listed(store, text="kari") == []


def test_readers_enter_nobody(session: Callable[[str], Store]) -> None:
    with pytest.raises(NotAllowed):
        session("lise").change_now(people.add, {"name": "Kari", "agency": "nav"})


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Ole Moe", "Berit Vik", "Åse Sæthre", "Old Team"]),
        ("saethre", ["Åse Sæthre"]),
        ("aase nav", ["Åse Sæthre"]),
        ("nav", ["Berit Vik", "Åse Sæthre"]),
        ("state", ["Åse Sæthre"]),
        ("statlig", ["Åse Sæthre"]),
        ("officer ole", ["Ole Moe"]),
        ("ila", ["Ole Moe"]),
        ("22 05", ["Åse Sæthre"]),
        ("0047 22055000", ["Åse Sæthre"]),
        ("ase@nav", ["Åse Sæthre"]),
        ("aethre", []),
        ("%", ["Ole Moe", "Berit Vik", "Åse Sæthre", "Old Team"]),
        ("_", []),
        ("nav moe", []),
    ],
)
def test_found_as_one_types_by_agency_and_name(store: Store, contact: Enter, typed: str, names: list[str]) -> None:
    contact("Åse Sæthre", role="nav_state", phone="+47 22055000", email="ase@nav.no")
    contact("Berit Vik")
    contact("Old Team", "no_longer_known")
    contact("Ole Moe", "prison", role="contact_officer", office="Ila")
    assert listed(store, text=typed) == names


def test_one_agency_and_where_somebody_stands(store: Store, contact: Enter) -> None:
    ids = {name: contact(name, agency) for name, agency in (("B", "nav"), ("A", "nav"), ("C", "prison"), ("D", "nav"))}
    query = PeopleQuery()
    groups = store.ask_now(register.counts, query)
    assert groups == [("prison", 1), ("nav", 3)]
    order = ["C", "A", "B", "D"]
    assert listed(store) == order
    assert [store.ask_now(register.place, query, groups, ids[name]) for name in order] == [0, 1, 2, 3]
    assert store.ask_now(register.place, PeopleQuery(text="a"), groups, ids["B"]) is None
    assert listed(store, agency="nav") == ["A", "B", "D"]


def test_doubles_are_told_by_number_address_or_name(store: Store, contact: Enter) -> None:
    contact("Åse Sæthre", phone="22 05 50 00", email="Ase@NAV.no", office="Grorud")
    contact("Berit Vik", phone_other="+4722055000")
    cases: list[tuple[dict[str, str], list[str]]] = [
        ({"phone": "004722055000"}, ["Berit Vik", "Åse Sæthre"]),
        ({"phone_other": "220 55 000"}, ["Berit Vik", "Åse Sæthre"]),
        ({"email": "ase@nav.no"}, ["Åse Sæthre"]),
        ({"name": "AASE  Saethre", "agency": "nav"}, ["Åse Sæthre"]),
        ({"name": "Åse", "agency": "nav"}, []),
        ({"name": "Åse Sæthre", "agency": "prison"}, []),
        ({"email": "se@nav.no", "phone": "2205500"}, []),
        ({}, []),
    ]
    for values, names in cases:
        assert [double.name for double in store.ask_now(register.doubles, values)] == names, values
    assert store.ask_now(register.doubles, {"email": "ase@nav.no"}, 1) == []
    assert people.advice({"phone": "12345678"}) == ["The phone number is one that nobody has been given."]


def test_who_left_is_kept_and_not_offered_and_has_no_part_any_more(store: Store, contact: Enter, person: int) -> None:
    kari = contact("Kari", role="nav_state")
    other = store.change_now(participants.add, {"given_name": "Bo"})
    part = store.change_now(network.involve, person, kari, {"since": date(2026, 5, 1)})
    store.change_now(network.involve, other, kari)
    assert store.change_now(people.leave, kari, 1) == 2
    assert (listed(store), listed(store, left=True)) == ([], ["Kari"])
    assert store.ask_now(network.involved, person) == ()
    (before,) = store.ask_now(network.network, person).former
    assert (before.id, before.since, before.until, before.left) == (part, date(2026, 5, 1), date(2026, 11, 22), True)
    kinds = [kind for (kind,) in rows(store, "SELECT kind FROM entry WHERE participant_id = ? ORDER BY id", person)]
    assert kinds[-2:] == ["contact_linked", "contact_ended"]
    with pytest.raises(PeopleError, match="has left the post already"):
        store.change_now(people.leave, kari, 2)
    with pytest.raises(PeopleError, match="has left the post; choose somebody else"):
        store.change_now(network.involve, person, kari)
    assert undo.described(store.change_now(undo.undo, store.opened_at_audit)) == "that the contact person left"
    assert len(store.ask_now(network.involved, person)) == 1
    store.change_now(people.leave, kari, store.ask_now(register.one, kari).version)
    store.change_now(people.come_back, kari, store.ask_now(register.one, kari).version)
    assert listed(store) == ["Kari"]
    assert examined(store).flaws == ()


def test_a_contact_is_not_deleted_while_linked(store: Store, contact: Enter, person: int) -> None:
    kari, ola, per = contact("Kari", role="nav_state"), contact("Ola"), contact("Per")
    store.change_now(network.involve, person, kari)
    with pytest.raises(PeopleError, match="Kari is linked to 1 participant and cannot be deleted"):
        store.change_now(people.remove, kari, 1)
    store.change_now(consents.give, person, {"agency": "nav", "role": "nav_state", "person": "Ola", "contact": ola})
    with pytest.raises(PeopleError, match="Ola stands in what was recorded"):
        store.change_now(people.remove, ola, 1)
    store.change_now(people.remove, per, 1)
    assert listed(store) == ["Kari", "Ola"]
    store.change_now(undo.undo, store.opened_at_audit)
    assert listed(store) == ["Kari", "Ola", "Per"]


def test_everything_follows_a_merge_and_comes_back_with_undo(store: Store, contact: Enter, person: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Bo"})
    keep = contact("Kari Nordmann", role="nav_state", phone="22 05 50 00")
    double = contact("K. Nordmann", role="nav_state", phone="400 00 000", email="kari@nav.no", office="Grorud")
    store.change_now(network.involve, person, keep, {"since": date(2026, 6, 1)})
    store.change_now(network.involve, person, double, {"since": date(2026, 3, 1)})
    store.change_now(network.involve, other, double)
    store.change_now(
        consents.give, person, {"agency": "nav", "role": "nav_state", "person": "K. Nordmann", "contact": double}
    )
    store.change_now(
        disclosures.record,
        person,
        {"agency": "nav", "role": "nav_state", "person": "K. Nordmann", "contact": double, "what": "Løslatelsesdato"},
    )
    tables = ("contact", "involvement", "consent", "disclosure")

    def state() -> list[Any]:
        return [
            [
                tuple(value for place, value in enumerate(row) if place != 1)
                for row in rows(store, f"SELECT * FROM {table} ORDER BY id")
            ]
            for table in tables
        ]

    before = state()
    assert store.change_now(people.merge, keep, double) == 4
    kari = store.ask_now(register.one, keep)
    assert (kari.phone, kari.phone_other, kari.email, kari.office) == (
        "22 05 50 00", "400 00 000", "kari@nav.no", "Grorud",
    )  # fmt: skip
    assert listed(store) == ["Kari Nordmann"]
    assert listed(store, left=True) == []
    assert listed(store, text="40000000") == ["Kari Nordmann"]
    (part,) = store.ask_now(network.involved, person)
    assert (part.contact, part.since, part.answer.covered) == (keep, date(2026, 3, 1), True)
    assert [one.contact for one in store.ask_now(network.involved, other)] == [keep]
    assert rows(store, "SELECT DISTINCT contact_id FROM consent UNION SELECT contact_id FROM disclosure") == [(keep,)]
    assert store.ask_now(register.one, double).merged_into == keep
    with pytest.raises(PeopleError, match="merged with another already"):
        store.change_now(people.merge, double, keep)
    with pytest.raises(PeopleError, match="two different people"):
        store.change_now(people.merge, keep, keep)
    with pytest.raises(PeopleError, match="merged with another and stays so"):
        store.change_now(people.come_back, double, store.ask_now(register.one, double).version)
    assert examined(store).flaws == ()
    store.change_now(undo.undo, store.opened_at_audit)
    assert state() == before
    assert examined(store).flaws == ()


def test_a_merge_of_merged_ones_leads_to_the_last(store: Store, contact: Enter) -> None:
    one, two, three = contact("A"), contact("B"), contact("C", "prison", role="contact_officer")
    store.change_now(people.merge, two, one)
    store.change_now(people.merge, three, two)
    assert [store.ask_now(register.one, number).merged_into for number in (one, two, three)] == [three, three, None]
    assert store.ask_now(register.one, three).role == "contact_officer"


def test_the_search_finds_contacts_between_people_and_entries(store: Store, contact: Enter) -> None:
    moe = store.change_now(participants.add, {"given_name": "Per", "family_name": "Moe"})
    store.change_now(timeline.record, moe, {"kind": "note", "text": "Ringte Kari Moe i NAV"})
    kari = contact("Kari Moe", role="nav_state", phone="22 05 50 00", office="Grorud")
    gone = contact("Kari Berg", office="Moelven")
    store.change_now(people.leave, gone, 1)
    hits = store.ask_now(search.find, "moe")
    assert [(hit.participant, hit.contact, hit.entry is None) for hit in hits] == [
        (moe, None, True), (0, kari, True), (0, gone, True), (moe, None, False),
    ]  # fmt: skip
    (hit,) = [hit for hit in store.ask_now(search.find, "2205 5000") if hit.contact]
    assert (hit.contact, hit.name) == (kari, "Kari Moe")
    assert hit.context == "22 05 50 00 · Nav · State caseworker · Grorud"
    assert [hit.contact for hit in store.ask_now(search.find, "kari state")] == [kari]
    assert len(store.ask_now(search.find, "moe", 2)) == 2


def test_a_register_of_thousands_is_read_by_index(store: Store) -> None:
    @action("test_people.many")
    def many(work: Work) -> None:
        for number in range(3_000):
            people.add(work, {"name": f"Person {number:04d}", "agency": ("nav", "prison")[number % 2]})

    store.change_now(many)
    query = PeopleQuery()
    groups = store.ask_now(register.counts, query)
    assert [person.name for person in store.ask_now(register.find, query, groups, 1_499, 2)] == [
        "Person 2999", "Person 0000",
    ]  # fmt: skip
    assert [person.name for person in store.ask_now(register.find, query, groups, 2_998, 64)] == [
        "Person 2996", "Person 2998",
    ]  # fmt: skip
    plan = rows(
        store,
        "EXPLAIN QUERY PLAN SELECT c.id FROM contact c WHERE c.agency = 'nav' AND c.active = 1 "
        "AND c.merged_into_id IS NULL AND 1 ORDER BY c.name_key, c.id LIMIT 64 OFFSET 1000",
    )
    (step,) = [line[3] for line in plan]
    assert step.endswith("INDEX contact_agency (agency=? AND active=? AND merged_into_id=?)")
