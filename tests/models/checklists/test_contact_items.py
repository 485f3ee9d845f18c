"""Items that are a contact person: satisfied by an agency or by any of several roles, also in lists begun earlier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.checklists import checklists, open_items
from models.checklists import reading as checklist_reading
from models.checklists.open_items import OpenQuery
from models.checklists.reading import Item
from models.contacts import network, people
from models.schema.carrying import carried
from models.store import Store
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def linked(store: Store, person: int, agency: str, role: str, until: date | None = None) -> int:
    contact = store.change_now(people.add, {"name": f"Ola {role}", "agency": agency, "role": role})
    return store.change_now(network.involve, person, contact, {"since": TODAY, "until": until})


def item(store: Store, checklist: int, name: str) -> Item:
    return next(one for one in store.ask_now(checklist_reading.one, checklist).items if one.template.id == name)


def left(store: Store, checklist: int) -> set[str]:
    return {one.name.en for one in store.ask_now(open_items.left, checklist) if one.state == "open"}


@pytest.mark.parametrize(
    ("template", "name", "agency", "role", "does"),
    [
        ("start", "family", "family", "father", True),
        ("start", "family", "family", "family", True),
        ("start", "substance_adviser", "prison", "prison_substance_adviser", True),
        ("start", "substance_adviser", "innsats_ung", "substance_adviser", False),
        ("start", "contact_officer", "prison", "prison_other", False),
        ("release", "family", "family", "mother", True),
        ("release", "nav_contact", "nav", "nav_state", True),
        ("release", "nav_contact", "nav", "nav_municipal", True),
        ("release", "nav_contact", "nav", "nav_debt", False),
        ("release", "prison_contact", "prison", "reintegration_coordinator", True),
        ("release", "probation_contact", "probation", "halfway_house", False),
    ],
)
def test_who_is_linked_answers_the_items_that_mean_them(
    store: Store, person: int, template: str, name: str, agency: str, role: str, does: bool
) -> None:
    checklist = store.change_now(checklists.open_by_hand, person, template)
    before = left(store, checklist)
    linked(store, person, agency, role)
    found = item(store, checklist, name)
    assert (found.state, found.shown) == (("done", f"Ola {role}") if does else ("open", ""))
    assert before - left(store, checklist) == ({found.template.name.en} if does else set())


def test_it_stays_answered_until_the_last_of_them_leaves(store: Store, person: int, hands: Hands) -> None:
    checklist = store.change_now(checklists.open_by_hand, person, "release")
    linked(store, person, "nav", "nav_municipal", TODAY + 3 * DAY)
    linked(store, person, "nav", "nav_state", TODAY + 9 * DAY)
    linked(store, person, "nav", "nav_debt")
    assert item(store, checklist, "nav_contact").shown == "Ola nav_municipal, Ola nav_state"
    for days, shown in ((3, "Ola nav_state"), (5, "Ola nav_state"), (1, "")):
        hands.move(days=days)
        assert item(store, checklist, "nav_contact").shown == shown
        assert ("Contact person at Nav" in left(store, checklist)) is (not shown)
    assert store.ask_now(open_items.count, OpenQuery()) >= 1


def test_a_list_begun_by_an_older_program_is_answered_when_the_vault_comes_up(
    store: Store, person: int, session: Callable[[str], Store]
) -> None:
    """It held one role, and the item was open though the father was linked."""
    checklist = store.change_now(checklists.open_by_hand, person, "start")
    linked(store, person, "family", "father")

    def as_before() -> None:
        with carried(store._database, "checklist", "checklist_item"):
            store._database.execute_sql(
                'UPDATE checklist SET content = replace(content, \'"agency": "family"\', \'"role": "family"\')'
            )
            store._database.execute_sql(
                "UPDATE checklist_item SET value = '', state = 'open', done_by_id = NULL, done_at = NULL "
                "WHERE item = 'family'"
            )

    store._now(as_before)
    rows(store, "UPDATE seal SET value = '9' WHERE key = 'drawn'")
    assert item(store, checklist, "family").template.role == "family"
    store.close()
    again = session("kari")
    found = item(again, checklist, "family")
    assert (found.state, found.shown, found.done_by) == ("done", "Ola father", "")
    assert "Family" not in left(again, checklist)
    assert examined(again).flaws == ()
