"""What is left on checklists as days go by and nobody writes: consents expire, contact persons leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models.checklists import checklists, open_items
from models.checklists import reading as checklist_reading
from models.checklists.open_items import OpenLine, OpenQuery
from models.checklists.reading import ChecklistError, ChecklistLine, Item
from models.consents import answer as consent_answer
from models.consents import consents
from models.contacts import network, people
from models.export import whole as export
from models.participants import participants
from models.phases import phases
from models.schema import SCHEMA_VERSION
from models.storage import undo
from models.store import Store
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
RELEASE_SET = (("prison", "contact_officer"), ("nav", "nav_state"), ("probation", "probation_contact"))


@pytest.fixture
def listed(store: Store, person: int) -> int:
    """The release checklist of somebody in phase 2."""
    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    return store.change_now(checklists.open_by_hand, person, "release")


def consented(store: Store, person: int, **until: date) -> None:
    for agency, role in RELEASE_SET:
        last = until.get(agency, TODAY + 200 * DAY)
        given = {"agency": agency, "role": role, "given": TODAY, "valid_until": last}
        store.change_now(consents.give, person, given)


def linked(store: Store, person: int, agency: str, role: str, until: date | None) -> int:
    contact = store.change_now(people.add, {"name": f"{role} {until}", "agency": agency, "role": role})
    return store.change_now(network.involve, person, contact, {"since": TODAY, "until": until})


def item(store: Store, checklist: int, name: str) -> Item:
    return next(one for one in store.ask_now(checklist_reading.one, checklist).items if one.template.id == name)


def line(store: Store, checklist: int, what: str = "open") -> OpenLine | None:
    page = store.ask_now(open_items.page, OpenQuery(what=what), 0, 50)
    assert store.ask_now(open_items.count, OpenQuery(what=what)) == len(page)
    return next((one for one in page if one.checklist == checklist), None)


def of(store: Store, person: int, checklist: int) -> ChecklistLine:
    return next(one for one in store.ask_now(checklist_reading.of, person) if one.id == checklist)


def everywhere(store: Store, person: int, checklist: int) -> tuple[int, int]:
    """How many items are left and unverified; every place that says so agrees with the checklist itself."""
    whole = store.ask_now(checklist_reading.one, checklist)
    remaining = sum(not one.settled for one in whole.items)
    found, mine = line(store, checklist), of(store, person, checklist)
    assert (mine.items - mine.settled, mine.unverified) == (remaining, whole.unverified)
    assert (found.remaining if found else 0) == remaining
    assert found is None or found.unverified == whole.unverified
    assert (line(store, checklist, "unverified") is not None) is (whole.unverified > 0)
    left = store.ask_now(open_items.left, checklist)
    assert (sum(not one.unverified for one in left), sum(one.unverified for one in left)) == (
        remaining, whole.unverified,
    )  # fmt: skip
    exported = store.ask_now(export.participant, person)["checklists"]
    written = next(one for one in exported if one["template"] == whole.template.id)["items"]
    assert {one["item"]: one["state"] for one in written} == {one.template.id: one.state for one in whole.items}
    return remaining, whole.unverified


def test_a_consent_that_expires_is_left_on_that_day_though_nobody_writes(
    store: Store, person: int, listed: int, hands: Hands
) -> None:
    before, unverified = everywhere(store, person, listed)
    consented(store, person, probation=TODAY + 10 * DAY)
    assert everywhere(store, person, listed) == (before - 1, unverified + 1)
    hands.move(days=10)
    assert everywhere(store, person, listed) == (before - 1, unverified + 1)
    hands.move(days=1)
    assert everywhere(store, person, listed) == (before, unverified)
    assert item(store, listed, "consent_form").shown == "Probation"
    assert "Consent form" in {one.name.en.split(" (")[0] for one in store.ask_now(open_items.left, listed)}
    assert examined(store).flaws == ()


def test_a_list_on_which_nothing_was_left_comes_back(store: Store, person: int, listed: int, hands: Hands) -> None:
    """Also overdue, where its due day has gone by meanwhile."""
    consented(store, person, nav=TODAY + 10 * DAY)
    form = item(store, listed, "consent_form")
    store.change_now(checklists.set_due, form.id, form.version, TODAY + 5 * DAY)
    rows(store, "UPDATE checklist_item SET state = 'not_relevant' WHERE item != 'consent_form'")
    rows(store, "UPDATE checklist_item SET verified_at = 1")
    store.change_now(consents.give, person, {"agency": "lawyer", "role": "lawyer", "person": "Ada", "given": TODAY})
    assert (line(store, listed), line(store, listed, "due")) == (None, None)
    hands.move(days=11)
    back = line(store, listed)
    assert back is not None
    assert (back.remaining, back.due, back.unverified) == (1, TODAY + 5 * DAY, 0)
    assert line(store, listed, "due") == back
    assert line(store, listed, "unverified") is None


def test_what_was_withdrawn_does_not_last(store: Store, person: int, listed: int, hands: Hands) -> None:
    """The agency has another consent, which is the shorter one."""
    consented(store, person)
    (longer,) = [one for one in store.ask_now(consent_answer.held, person) if one.agency == "nav"]
    shorter = {"agency": "nav", "role": "nav_municipal", "given": TODAY, "valid_until": TODAY + 5 * DAY}
    store.change_now(consents.give, person, shorter)
    store.change_now(consents.withdraw, longer.id, longer.version, TODAY, "Perm 3")
    before = everywhere(store, person, listed)
    hands.move(days=6)
    assert everywhere(store, person, listed) == (before[0] + 1, before[1] - 1)


def test_what_has_lapsed_is_not_looked_for_to_verify(store: Store, person: int, listed: int, hands: Hands) -> None:
    phone = item(store, listed, "contact_details")
    store.change_now(checklists.set_value, phone.id, phone.version, "")
    assert everywhere(store, person, listed)[1] == 0
    linked(store, person, "health", "gp", TODAY + 3 * DAY)
    assert everywhere(store, person, listed)[1] == 1
    hands.move(days=3)
    assert everywhere(store, person, listed)[1] == 0


def test_a_contact_person_whose_last_day_was_known_is_left_from_then(
    store: Store, person: int, listed: int, hands: Hands
) -> None:
    before, _unverified = everywhere(store, person, listed)
    linked(store, person, "health", "gp", TODAY + 3 * DAY)
    assert everywhere(store, person, listed)[0] == before - 1
    hands.move(days=3)
    assert everywhere(store, person, listed)[0] == before
    linked(store, person, "health", "gp", None)
    assert everywhere(store, person, listed)[0] == before - 1
    hands.move(days=4000)
    assert everywhere(store, person, listed)[0] == before - 1


def test_one_of_two_contact_persons_is_enough(store: Store, person: int, listed: int, hands: Hands) -> None:
    linked(store, person, "health", "gp", TODAY + 3 * DAY)
    linked(store, person, "health", "gp", TODAY + 9 * DAY)
    hands.move(days=8)
    assert item(store, listed, "gp").state == "done"
    everywhere(store, person, listed)
    hands.move(days=1)
    assert item(store, listed, "gp").state == "open"
    everywhere(store, person, listed)


def test_what_has_lapsed_can_be_set_aside_and_not_verified(
    store: Store, person: int, listed: int, hands: Hands, session: Callable[[str], Store]
) -> None:
    consented(store, person, nav=TODAY + 10 * DAY)
    hands.move(days=11)
    form = item(store, listed, "consent_form")
    assert (form.state, form.value, form.done_at) == ("open", "", None)
    with pytest.raises(ChecklistError, match="not done yet"):
        session("ola").change_now(checklists.verify, form.id, form.version, "seen")
    store.change_now(checklists.wait, form.id, form.version, "NAV")
    form = item(store, listed, "consent_form")
    assert (form.state, form.reason) == ("waiting", "NAV")
    everywhere(store, person, listed)
    store.change_now(consents.give, person, {"agency": "nav", "role": "nav_state", "given": TODAY + 11 * DAY})
    assert item(store, listed, "consent_form").state == "done"
    everywhere(store, person, listed)


def test_a_closed_checklist_stays_as_it_was_left(store: Store, person: int, listed: int, hands: Hands) -> None:
    consented(store, person, nav=TODAY + 10 * DAY)
    part = linked(store, person, "health", "gp", None)
    store.change_now(checklists.close, listed, 1)
    store.change_now(network.uninvolve, part, 1)
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, {"phone": "22000000"})
    hands.move(days=11)
    assert item(store, listed, "contact_details").value == "+47 40000000"
    assert item(store, listed, "consent_form").state == "done"
    assert (item(store, listed, "gp").state, item(store, listed, "gp").shown) == ("done", "gp None")
    assert line(store, listed) is None
    store.change_now(checklists.reopen, listed, 2)
    assert item(store, listed, "consent_form").state == item(store, listed, "gp").state == "open"
    assert item(store, listed, "contact_details").value == "22000000"
    everywhere(store, person, listed)


def test_taking_back_a_consent_takes_back_what_it_settled(store: Store, person: int, listed: int, hands: Hands) -> None:
    consented(store, person, probation=TODAY + 10 * DAY)
    before = everywhere(store, person, listed)
    longer = {"agency": "probation", "role": "halfway_house", "given": TODAY, "valid_until": TODAY + 20 * DAY}
    store.change_now(consents.give, person, longer)
    store.change_now(undo.undo)
    hands.move(days=11)
    assert everywhere(store, person, listed) == (before[0] + 1, before[1] - 1)


def test_a_vault_of_before_is_counted_when_it_comes_up(
    store: Store, person: int, listed: int, session: Callable[[str], Store], hands: Hands
) -> None:
    """The step brings a column and a table; what stands in them is drawn at once."""
    consented(store, person, nav=TODAY + 10 * DAY)
    kept = rows(store, "SELECT * FROM checklist_tally"), rows(store, "SELECT * FROM checklist_lapse")
    for statement in (
        "DROP TABLE checklist_lapse",
        "ALTER TABLE checklist_tally DROP COLUMN lapse_key",
        "DELETE FROM schema_step WHERE name LIKE '0003%'",
        "PRAGMA user_version = 2",
    ):
        rows(store, statement)
    store.close()
    again = session("kari")
    # What the later steps made was never gone, so they were not carried out again.
    rows(again, f"PRAGMA user_version = {SCHEMA_VERSION}")
    assert (rows(again, "SELECT * FROM checklist_tally"), rows(again, "SELECT * FROM checklist_lapse")) == kept
    hands.move(days=11)
    everywhere(again, person, listed)
    assert examined(again).flaws == ()


def test_a_set_that_wants_more_by_now_is_no_flaw(store: Store, person: int, listed: int) -> None:
    """The programme is the team's to change; a vault is not damaged by it."""
    consented(store, person)
    wider = tuple(
        replace(one, agencies=(*one.agencies, "police")) if one.id == "release" else one
        for one in store.programme.consent_sets
    )
    store.programme = replace(store.programme, consent_sets=wider)
    assert item(store, listed, "consent_form").state == "open"
    assert examined(store).flaws == ()


STEPS = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(RELEASE_SET), st.integers(0, 30)),
    st.tuples(st.just("withdraw"), st.sampled_from(RELEASE_SET), st.none()),
    st.tuples(st.just("link"), st.sampled_from((("health", "gp"), ("nav", "nav_municipal"))), st.integers(0, 20)),
    st.tuples(st.just("tick"), st.sampled_from(("housing", "dps")), st.none()),
    st.tuples(st.just("move"), st.none(), st.integers(1, 15)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEPS, min_size=1, max_size=10))
def test_every_place_agrees_with_the_checklist_on_every_day(
    store: Store, hands: Hands, history: list[tuple[str, Any, Any]]
) -> None:
    person = store.change_now(participants.add, {"given_name": "Ida"})
    store.change_now(phases.begin, person, 2, store.clock.today(), ending=(1,))
    listed = store.change_now(checklists.open_by_hand, person, "release")
    for number, (step, what, days) in enumerate(history):
        today = store.clock.today()
        if step == "move":
            hands.move(days=days)
        elif step == "give":
            values = {"agency": what[0], "role": what[1], "given": today, "valid_until": today + days * DAY}
            store.change_now(consents.give, person, values)
        elif step == "withdraw":
            held = [
                one for one in store.ask_now(consent_answer.held, person) if one.agency == what[0] and not one.withdrawn
            ]
            if held:
                store.change_now(consents.withdraw, held[-1].id, held[-1].version, today, "Perm")
        elif step == "link":
            contact = store.change_now(people.add, {"name": f"Nn {number}", "agency": what[0], "role": what[1]})
            store.change_now(network.involve, person, contact, {"since": today, "until": today + days * DAY})
        else:
            found = item(store, listed, what)
            store.change_now(checklists.tick, found.id, found.version)
        everywhere(store, person, listed)
    assert examined(store).flaws == ()
