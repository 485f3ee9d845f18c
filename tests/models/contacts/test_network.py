"""The people around a participant: parts with their days, consent beside each, holes, crowding, and the team's list."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from models import board
from models.consents import consents
from models.contacts import network, people, team_list
from models.contacts.people import PeopleError
from models.export import whole as export
from models.participants import participants
from models.phases import phases
from models.storage import undo
from models.storage.reading import Reading
from models.storage.work import Conflict, Gone
from models.store import Store
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
Enter = Callable[..., int]


@pytest.fixture
def contact(store: Store) -> Enter:
    def enter(name: str, agency: str = "nav", **values: Any) -> int:
        return store.change_now(people.add, {"name": name, "agency": agency, **values})

    return enter


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def names(store: Store, person: int, on: date | None = None) -> list[str]:
    return [one.name for one in store.ask_now(network.involved, person, on)]


def test_a_part_begins_with_the_registers_role_today_and_is_told(store: Store, contact: Enter, person: int) -> None:
    kari = contact("Kari", role="nav_state")
    number = store.change_now(network.involve, person, kari)
    (part,) = store.ask_now(network.involved, person)
    assert (part.id, part.agency, part.role, part.since, part.until, part.left) == (
        number, "nav", "nav_state", TODAY, None, False,
    )  # fmt: skip
    ((_kind, detail, subject),) = rows(
        store, "SELECT kind, detail, subject FROM entry WHERE kind = 'contact_linked' AND participant_id = ?", person
    )
    assert json.loads(detail)["person"] == "Kari"
    assert subject == f"involvement:{number}"
    assert undo.described(store.change_now(undo.undo, store.opened_at_audit)) == "the contact person linked"
    assert names(store, person) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"role": ""}, "^Role: say which"),
        ({"role": "gp"}, "^Role: GP is not a role anybody has in Nav"),
        ({"since": TODAY + timedelta(days=1)}, "^Since: the date is in the future"),
        ({"since": ago(3), "until": ago(4)}, "^Until: the end is before the start"),
        ({"shoe": 44}, "no field called shoe"),
    ],
)
def test_contradictions_are_said_at_their_field(
    store: Store, contact: Enter, person: int, values: dict[str, Any], sentence: str
) -> None:
    kari = contact("Kari", role="nav_state")
    with pytest.raises(PeopleError, match=sentence):
        store.change_now(network.involve, person, kari, values)
    with pytest.raises(PeopleError, match="participant is not here"):
        store.change_now(network.involve, 999, kari)
    with pytest.raises(Gone):
        store.change_now(network.involve, person, 999)


def test_the_same_part_is_had_once_at_a_time(store: Store, contact: Enter, person: int) -> None:
    kari = contact("Kari", role="nav_state")
    first = store.change_now(network.involve, person, kari)
    with pytest.raises(PeopleError, match="Kari has this role already"):
        store.change_now(network.involve, person, kari)
    second = store.change_now(network.involve, person, kari, {"role": "nav_debt"})
    with pytest.raises(PeopleError, match="has this role already"):
        store.change_now(network.change, second, 1, {"role": "nav_state"})
    store.change_now(network.uninvolve, first, 1)
    store.change_now(network.change, second, 1, {"role": "nav_state", "note": " ny "})
    assert [(one.role, one.note) for one in store.ask_now(network.involved, person)] == [("nav_state", "ny")]
    with pytest.raises(PeopleError, match="has this role already"):
        store.change_now(network.change, first, 2, {"until": None})


def test_a_part_ends_on_a_day_and_stays_in_the_history(store: Store, contact: Enter, person: int) -> None:
    kari = contact("Kari", role="nav_state")
    part = store.change_now(network.involve, person, kari, {"since": ago(100)})
    with pytest.raises(PeopleError, match="the end is before the start"):
        store.change_now(network.uninvolve, part, 1, ago(101))
    store.change_now(network.uninvolve, part, 1, ago(10))
    assert [names(store, person, ago(days)) for days in (101, 100, 11, 10, 0)] == [[], ["Kari"], ["Kari"], [], []]
    assert [one.until for one in store.ask_now(network.network, person).former] == [ago(10)]
    with pytest.raises(PeopleError, match="Kari has no role any more"):
        store.change_now(network.uninvolve, part, 2)
    with pytest.raises(Conflict):
        store.change_now(network.uninvolve, part, 1)
    ((at,),) = rows(store, "SELECT day FROM entry WHERE kind = 'contact_ended'")
    assert at == ago(10).isoformat()


def test_the_consent_answer_stands_beside_each(store: Store, contact: Enter, person: int) -> None:
    for name, role in (("Kari", "nav_state"), ("Ola", "nav_municipal"), ("Per", "nav_debt"), ("Liv", "nav_other")):
        store.change_now(network.involve, person, contact(name, role=role))
    give = {"agency": "nav"}
    store.change_now(consents.give, person, {**give, "role": "nav_state", "given": ago(10)})
    store.change_now(consents.give, person, {**give, "role": "nav_municipal", "given": ago(350)})
    old = store.change_now(consents.give, person, {**give, "role": "nav_other", "given": ago(50)})
    store.change_now(consents.withdraw, old, 1, ago(3), "Mappe 4")
    found = {one.name: one.answer.state for one in store.ask_now(network.network, person).people}
    assert found == {"Kari": "yes", "Ola": "expires_soon", "Per": "never", "Liv": "withdrawn"}


def test_agencies_that_should_have_somebody_are_holes_by_phase(store: Store, contact: Enter, person: int) -> None:
    def holes() -> tuple[str, ...]:
        return store.ask_now(network.network, person).holes

    assert holes() == ()
    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    assert holes() == ("prison", "nav")
    part = store.change_now(network.involve, person, contact("Kari", role="nav_state"))
    assert holes() == ("prison",)
    store.change_now(phases.begin, person, 4, TODAY)
    # Friomsorgen is expected where there is parole, and not of whoever is released at full term.
    assert holes() == ("health",)
    for kind, wanted in (("full_term", ()), ("parole", ("probation",))):
        (version,) = rows(store, "SELECT version FROM participant WHERE id = ?", person)[0]
        store.change_now(participants.change, person, version, {"release_kind": kind})
        assert holes() == (*wanted, "health")
    store.change_now(phases.begin, person, 2, TODAY)
    # Back inside, nothing is known of the next release.
    assert holes() == ("prison", "health")
    store.change_now(network.uninvolve, part, 1)
    groups = store.ask_now(network.network, person).groups
    assert [(group.agency, group.people) for group in groups if group.missing] == [
        (agency, ()) for agency in ("prison", "nav", "health")
    ]


def test_the_partners_the_guide_names_are_shown_and_nothing_is_missing_without_them(
    store: Store, contact: Enter, person: int
) -> None:
    def typical() -> dict[str, tuple[str, ...]]:
        found = store.ask_now(network.network, person)
        return {group.agency: group.typical for group in found.groups if group.typical and not group.missing}

    assert typical() == {}
    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    assert typical() == {"police": ("police_contact",), "voluntary": ("nettverk_etter_soning", "wayback")}
    store.change_now(network.involve, person, contact("Kari", role="nav_state"))
    assert typical()["nav"] == ("nav_municipal",)
    store.change_now(phases.begin, person, 4, TODAY)
    assert set(typical()) == {"nav", "voluntary", "district", "school"}
    card = store.ask_now(board.card, person)
    assert card is not None
    (told,) = [sign.reason for sign in card.signs if sign.rule == "agency_missing"]
    assert told == "No contact person at Health."


def test_too_many_in_one_role_and_ever_new_helpers_are_crowding(
    store: Store, contact: Enter, person: int, hands: Hands
) -> None:
    def add(name: str, days: int, role: str = "nav_state") -> None:
        store.change_now(network.involve, person, contact(name, role=role), {"since": ago(days)})

    for name in ("A", "B"):
        add(name, 40)
    assert store.ask_now(network.network, person).crowded == ()
    add("C", 41)
    found = store.ask_now(network.network, person)
    assert (found.crowded, found.groups[0].crowded) == (("nav_state",), ("nav_state",))
    assert found.newcomers == 0, "everybody is new, so it is a beginning"
    add("Gamle", 42, "nav_debt")
    assert [(one.name, one.new) for one in store.ask_now(network.network, person).people] == [
        ("C", True), ("A", True), ("B", True), ("Gamle", False),
    ]  # fmt: skip
    assert store.ask_now(network.network, person).newcomers == 3
    hands.move(days=2)
    assert store.ask_now(network.network, person).newcomers == 0


def test_agencies_stand_in_the_programmes_order_with_unknown_ones_last(
    store: Store, contact: Enter, person: int
) -> None:
    for name, agency, role in (
        ("Mor", "family", "mother"), ("Ukjent", "gone_agency", "was"), ("Kari", "nav", "nav_debt"),
        ("Nils", "nav", "nav_state"), ("Ole", "prison", "contact_officer"),
    ):  # fmt: skip
        store.change_now(network.involve, person, contact(name, agency), {"role": role})
    assert names(store, person) == ["Ole", "Nils", "Kari", "Mor", "Ukjent"]
    groups = store.ask_now(network.network, person).groups
    assert [group.agency for group in groups] == ["prison", "nav", "family", "gone_agency"]


def test_the_teams_list_has_everybody_with_each_agencys_contact(store: Store, contact: Enter) -> None:
    people_ids = []
    for given, family in (("Åse", "Østby"), ("Bo", "Aas"), ("Cato", "Berg"), ("Ute", "Aven")):
        people_ids.append(store.change_now(participants.add, {"given_name": given, "family_name": family}))
    ase, bo, cato, out = people_ids
    (period,) = store.ask_now(phases.of, out)
    store.change_now(phases.end, period.id, period.version, TODAY)
    store.change_now(phases.begin, bo, 2, TODAY, ending=(1,))
    debt, state = contact("Gjeld", role="nav_debt"), contact("Stat", role="nav_state", phone="22 05 50 00")
    store.change_now(network.involve, ase, debt, {"since": ago(100)})
    store.change_now(network.involve, ase, state)
    store.change_now(network.involve, cato, debt)
    ended = store.change_now(network.involve, bo, state)
    store.change_now(network.uninvolve, ended, 1)
    assert store.ask_now(team_list.count) == 3
    lines = [line for offset in range(3) for line in store.ask_now(team_list.team_list, offset, 1)]
    assert [line.participant for line in lines] == [cato, ase, bo]
    assert lines == store.ask_now(team_list.team_list, 0, 10)
    nav = lines[1].contacts["nav"]
    assert (nav.name, nav.phone, nav.role, nav.others) == ("Stat", "22 05 50 00", "nav_state", 1)
    assert (lines[2].contacts, lines[2].missing, lines[2].worker) == ({}, ("prison", "nav"), "KN")
    assert store.ask_now(team_list.team_list, 3, 10) == []
    assert [store.ask_now(team_list.place, one) for one in (cato, ase, bo, out)] == [0, 1, 2, None]


def test_the_teams_list_says_with_whom_one_may_share_as_the_people_around_do(store: Store, contact: Enter) -> None:
    ase, bo = (store.change_now(participants.add, {"given_name": name}) for name in ("Åse", "Bo"))
    kari = contact("Kari", role="nav_state")
    lawyer = contact("Ada", agency="lawyer", role="lawyer")
    for person in (ase, bo):
        store.change_now(network.involve, person, kari)
        store.change_now(network.involve, person, lawyer)
    store.change_now(consents.give, ase, {"agency": "nav", "role": "nav_state", "given": ago(400)})
    store.change_now(consents.give, bo, {"agency": "nav", "role": "nav_state", "given": ago(4)})
    store.change_now(consents.give, bo, {"agency": "lawyer", "role": "lawyer", "person": "ada"})
    for line in store.ask_now(team_list.team_list, 0, 10):
        around = {one.agency: one.answer.covered for one in store.ask_now(network.involved, line.participant)}
        assert {agency: listed.covered for agency, listed in line.contacts.items()} == around
    assert [sorted(one for one, listed in line.contacts.items() if listed.covered)
            for line in store.ask_now(team_list.team_list, 0, 10)] == [["lawyer", "nav"], []]  # fmt: skip


def plans(store: Store, monkeypatch: pytest.MonkeyPatch, mark: str = "") -> list[str]:
    """How the engine goes about each statement of a page of the team's list and of its count, a line a step.

    `mark` sets the questions apart from those asked before: a plan is kept as long as its question is the same.
    """
    asked: list[tuple[str, Sequence[object]]] = []
    ask, ask_one = Reading.sql, Reading.value

    def sql(reading: Reading, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        asked.append((statement, values))
        return ask(reading, statement, values)

    def value(reading: Reading, statement: str, values: Sequence[object] = ()) -> Any:
        asked.append((statement, values))
        return ask_one(reading, statement, values)

    with monkeypatch.context() as patched:
        patched.setattr(Reading, "sql", sql)
        patched.setattr(Reading, "value", value)
        assert len(store.ask_now(team_list.team_list, 1, 2)) == 2
        assert store.ask_now(team_list.count) == 4
    assert len(asked) == 4
    return [
        line[3]
        for statement, values in asked
        for line in rows(store, f"EXPLAIN QUERY PLAN {statement} /* {mark} */", *values)
    ]


@pytest.fixture
def listed(store: Store, contact: Enter) -> None:
    """Participants enough for a page that others come before, each with a contact person."""
    kari = contact("Kari", role="nav_state")
    for number in range(4):
        one = store.change_now(participants.add, {"given_name": "P", "family_name": f"{number}"})
        store.change_now(network.involve, one, kari)


SORTS = "USE TEMP B-TREE FOR ORDER BY"


def flaws(steps: list[str]) -> list[str]:
    """What makes a page of the list cost more the longer the list is.

    That is to go through a whole table, or to sort before the page is cut out; `page` is what was cut out.
    """
    before = steps[: steps.index("SCAN page")]
    whole = [step for step in steps if step.startswith("SCAN ") and "INDEX" not in step and step != "SCAN page"]
    return whole + [step for step in before if step == SORTS]


@pytest.mark.usefixtures("listed")
def test_a_page_of_the_list_is_found_in_the_index_and_the_rest_looked_up_for_its_rows_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = plans(store, monkeypatch)
    assert flaws(steps) == []
    found = [step for step in steps if "INDEX" in step]
    assert found[:2] == [
        "SCAN card USING INDEX card_list",
        "SEARCH i USING INDEX involvement_participant (participant_id=?)",
    ]
    assert [step.rpartition(" ")[2] for step in found[2:]] == ["(participant_id=?)", "(phase>?)"], (
        "who knows, the count"
    )
    assert steps.count(SORTS) == 2, "the page's participants, and their contact persons"


@pytest.mark.usefixtures("listed")
def test_the_flaws_of_a_plan_are_seen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test above rests on: an index that is gone, or one that holds another order, shows."""
    rows(store, "DROP INDEX involvement_participant")
    assert flaws(plans(store, monkeypatch, "without")) == ["SCAN i"]
    rows(store, "CREATE INDEX involvement_participant ON involvement (participant_id, until)")
    rows(store, "DROP INDEX card_list")
    rows(store, "CREATE INDEX card_list ON card (code, participant_id) WHERE phase > 0")
    assert flaws(plans(store, monkeypatch, "in another order")) == [SORTS]


def test_the_export_holds_each_part_with_the_contact_and_what_was_said_before(
    store: Store, contact: Enter, person: int
) -> None:
    kari = contact("Kari", role="nav_state", phone="22 05 50 00", email="k@nav.no", office="Grorud", notes="ring")
    part = store.change_now(network.involve, person, kari, {"since": ago(9), "note": "fast"})
    store.change_now(network.change, part, 1, {"role": "nav_debt"})
    (found,) = json.loads(export.as_json(store.ask_now(export.participant, person)))["people"]
    assert [former["values"] for former in found.pop("former")] == [{"role": "nav_state"}]
    assert found == {
        "agency": "nav", "role": "nav_debt", "since": ago(9).isoformat(), "until": None, "note": "fast",
        "contact": {
            "name": "Kari", "agency": "nav", "role": "nav_state", "office": "Grorud", "phone": "22 05 50 00",
            "phone_other": "", "email": "k@nav.no", "notes": "ring", "in_post": True,
        },
    }  # fmt: skip
    assert examined(store).flaws == ()
