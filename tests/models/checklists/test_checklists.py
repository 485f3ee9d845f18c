"""Checklists: what opens them, what is done and by whom, and the version each keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from config.programme.labels import Words
from config.programme.shapes import ChecklistTemplate, ItemGroup, ItemTemplate
from models import timeline
from models.checklists import checklists, open_items
from models.checklists import reading as checklist_reading
from models.checklists import upkeep as checklist_upkeep
from models.checklists.checklists import SameHand
from models.checklists.content import content_of, template_of
from models.checklists.open_items import OpenQuery
from models.checklists.reading import ChecklistError, ChecklistInUse, Item
from models.export import whole as export
from models.participants import participants
from models.phases import phases
from models.storage import undo
from models.storage.actions import action
from models.storage.work import Conflict, Work
from models.store import Store
from models.tables import Contact, Involvement
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def enrol(store: Store, person: int, phase: int = 2) -> None:
    store.change_now(phases.begin, person, phase, TODAY, ending=(1,))


def change(store: Store, person: int, **values: Any) -> None:
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, values)


def open_ones(store: Store, person: int) -> list[str]:
    return [line.template for line in store.ask_now(checklist_reading.of, person) if line.opened and not line.closed]


def shown(store: Store, person: int, template: str) -> ChecklistInUse:
    line = next(line for line in store.ask_now(checklist_reading.of, person) if line.template == template and line.id)
    return store.ask_now(checklist_reading.one, line.id)


def item(store: Store, person: int, template: str, name: str) -> Item:
    return next(one for one in shown(store, person, template).items if one.template.id == name)


def do(store: Store, action: Callable[..., Any], found: Item, *values: Any) -> Any:
    return store.change_now(action, found.id, found.version, *values)


@action("test_checklists.link")
def link(work: Work, person: int, role: str, name: str) -> int:
    contact = work.insert(Contact, name=name, agency="health", role=role, created_at=0, name_key=name)
    return work.insert(Involvement, participant=person, contact=contact, agency="health", role=role, since=work.today)


def test_the_start_checklist_opens_at_enrolment_and_only_once(store: Store, person: int) -> None:
    assert open_ones(store, person) == []
    enrol(store, person)
    assert open_ones(store, person) == ["start"]
    store.change_now(phases.begin, person, 5, TODAY, ending=(2,))
    change(store, person, phone="40000001")
    assert open_ones(store, person) == ["start"]


def test_nothing_opens_for_somebody_who_ends_in_intake(store: Store, person: int) -> None:
    enrol(store, person, 6)
    assert open_ones(store, person) == []


@pytest.mark.parametrize(
    ("values", "opens"),
    [
        ({"release_date": TODAY + 400 * DAY, "release_kind": "parole"}, True),
        ({"parole_decision": "granted"}, True),
        ({"release_date": TODAY + 90 * DAY}, True),
        ({"release_date": TODAY + 91 * DAY}, False),
        ({"release_date": TODAY - DAY}, False),
        ({"release_kind": "parole"}, False),
        ({"parole_decision": "pending"}, False),
    ],
)
def test_what_opens_the_release_checklist(store: Store, person: int, values: dict[str, Any], opens: bool) -> None:
    enrol(store, person)
    change(store, person, **values)
    assert ("release" in open_ones(store, person)) is opens


def test_no_release_checklist_for_somebody_who_is_out(store: Store, person: int) -> None:
    enrol(store, person, 4)
    change(store, person, parole_decision="granted")
    assert open_ones(store, person) == ["start"]


@pytest.mark.parametrize(
    ("birth", "district", "opens"),
    [
        (date(2008, 11, 22), "alna", True),
        (date(2008, 11, 23), "alna", False),
        (date(2000, 11, 23), "alna", True),
        (date(2000, 11, 22), "alna", False),
        (date(2005, 1, 1), "", False),
        (None, "alna", False),
    ],
)
def test_the_procedure_with_nav_by_age_and_district(
    store: Store, person: int, birth: date | None, district: str, opens: bool
) -> None:
    change(store, person, birth_date=birth, district=district)
    enrol(store, person)
    assert ("nav" in open_ones(store, person)) is opens


@pytest.mark.parametrize(
    ("own", "district", "opens"),
    [
        (("alna",), "Alna", True),
        (("Lillestrøm", "alna"), "lillestrom ", True),
        (("alna",), "Bjerke", False),
        ((), "Bjerke", True),
        (("alna",), "", False),
    ],
)
def test_the_procedure_with_nav_opens_for_the_team_s_own_district(
    store: Store, person: int, own: tuple[str, ...], district: str, opens: bool
) -> None:
    store.programme = replace(store.programme, own_districts=own)
    change(store, person, birth_date=date(2005, 1, 1), district=district)
    enrol(store, person)
    assert ("nav" in open_ones(store, person)) is opens


def test_a_date_that_passes_by_is_due_until_it_is_opened(store: Store, person: int, hands: Hands) -> None:
    def due(*whose: int) -> list[tuple[int, str]]:
        return [(owner, template.id) for owner, template in store.ask_now(checklist_upkeep.due, *whose)]

    enrol(store, person)
    change(store, person, release_date=TODAY + 100 * DAY)
    assert due() == []
    hands.move(days=10)
    assert due() == [(person, "release")]
    assert due(person) == [(person, "release")]
    assert store.change_now(checklists.open_due) == 1
    assert open_ones(store, person) == ["start", "release"]
    assert due() == []


def test_any_can_be_opened_by_hand_but_not_twice(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "nav")
    assert open_ones(store, person) == ["nav"]
    with pytest.raises(ChecklistError, match="is open already"):
        store.change_now(checklists.open_by_hand, person, "nav")
    with pytest.raises(ChecklistError, match="no checklist called cake"):
        store.change_now(checklists.open_by_hand, person, "cake")


def test_a_tick_says_who_and_when_and_is_told_and_taken_back(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    do(store, checklists.tick, item(store, person, "release", "housing"))
    found = item(store, person, "release", "housing")
    assert (found.state, found.done_by, found.done_at) == ("done", "KN", store.clock.seconds())
    told = store.ask_now(timeline.page, timeline.TimelineQuery(person, ("item_ticked",)), 0, 9)
    assert [entry.detail["item"]["en"] for entry in told] == ["Housing settled"]
    assert store.change_now(undo.undo) == "checklists.tick"
    assert item(store, person, "release", "housing").state == "open"
    do(store, checklists.tick, item(store, person, "release", "housing"))
    do(store, checklists.untick, item(store, person, "release", "housing"))
    assert item(store, person, "release", "housing").done_at is None
    assert not store.ask_now(timeline.page, timeline.TimelineQuery(person, ("item_ticked",)), 0, 9)


def test_waiting_not_relevant_note_and_due(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    with pytest.raises(ChecklistError, match="Say why"):
        do(store, checklists.not_relevant, item(store, person, "release", "dps"), " ")
    do(store, checklists.not_relevant, item(store, person, "release", "dps"), "Ikke behov")
    do(store, checklists.wait, item(store, person, "release", "housing"), "Kommunen")
    do(store, checklists.note, item(store, person, "release", "housing"), "Visning torsdag")
    do(store, checklists.set_due, item(store, person, "release", "housing"), TODAY)
    dps, housing = item(store, person, "release", "dps"), item(store, person, "release", "housing")
    assert (dps.state, dps.reason, dps.settled) == ("not_relevant", "Ikke behov", True)
    assert (housing.state, housing.reason, housing.note) == ("waiting", "Kommunen", "Visning torsdag")
    assert (housing.due, housing.settled) == (TODAY, False)


def test_a_value_is_written_and_its_item_is_done(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    terms = item(store, person, "release", "release_terms")
    with pytest.raises(ChecklistError, match="Write it first"):
        do(store, checklists.tick, terms)
    do(store, checklists.set_value, terms, "Møteplikt")
    assert item(store, person, "release", "release_terms").state == "done"
    do(store, checklists.set_value, item(store, person, "release", "service_notice"), TODAY)
    assert item(store, person, "release", "service_notice").value == "2026-11-22"
    with pytest.raises(ChecklistError, match="This is a date"):
        do(store, checklists.set_value, item(store, person, "release", "service_notice"), "i går")
    do(store, checklists.set_value, item(store, person, "release", "release_terms"), "")
    assert item(store, person, "release", "release_terms").state == "open"
    with pytest.raises(ChecklistError, match="nothing to write"):
        do(store, checklists.set_value, item(store, person, "release", "housing"), "x")


def test_the_same_fact_is_entered_once(store: Store, person: int) -> None:
    enrol(store, person)
    do(store, checklists.set_value, item(store, person, "start", "full_term_date"), date(2027, 5, 1))
    assert store.ask_now(participants.file_of, person).values["full_term_date"] == date(2027, 5, 1)
    assert item(store, person, "start", "full_term_date").done_by == "KN"
    change(store, person, full_term_date=date(2027, 6, 1), two_thirds_date=date(2027, 1, 1))
    assert item(store, person, "start", "full_term_date").value == "2027-06-01"
    assert item(store, person, "start", "two_thirds_date").state == "done"
    with pytest.raises(ChecklistError, match="known elsewhere"):
        do(store, checklists.untick, item(store, person, "start", "two_thirds_date"))
    change(store, person, two_thirds_date=None)
    assert item(store, person, "start", "two_thirds_date").state == "open"
    assert store.change_now(undo.undo) == "participants.change"
    assert item(store, person, "start", "two_thirds_date").value == "2027-01-01"


def test_what_is_known_elsewhere_is_changed_there_and_nowhere_else(store: Store, person: int) -> None:
    enrol(store, person)
    change(store, person, two_thirds_date=date(2027, 1, 1))
    store.change_now(link, person, "gp", "Ada Lie")
    for name in ("two_thirds_date", "gp"):
        known = item(store, person, "start", name)
        for refused, values in (
            (checklists.untick, ()),
            (checklists.not_relevant, ("Nei",)),
            (checklists.wait, ("X",)),
        ):
            with pytest.raises(ChecklistError, match="known elsewhere; change it there"):
                do(store, refused, known, *values)
        assert item(store, person, "start", name) == known


def test_what_is_known_when_it_opens_is_done(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    phone = item(store, person, "release", "contact_details")
    assert (phone.state, phone.value, phone.done_by) == ("done", "+47 40000000", "")


def test_a_contact_item_is_the_link(store: Store, person: int) -> None:
    enrol(store, person)
    with pytest.raises(ChecklistError, match="Link the contact person"):
        do(store, checklists.tick, item(store, person, "start", "gp"))
    involvement = store.change_now(link, person, "gp", "Ada Lie")
    assert (item(store, person, "start", "gp").state, item(store, person, "start", "gp").shown) == ("done", "Ada Lie")

    @action("test_checklists.leave")
    def leave(work: Work) -> None:
        work.update(Involvement, involvement, None, until=work.today)

    store.change_now(leave)
    assert item(store, person, "start", "gp").state == "open"


def test_the_consent_item_reads_the_consents(store: Store, person: int, hands: Hands) -> None:
    from models.consents import consents

    store.change_now(checklists.open_by_hand, person, "release")
    form = item(store, person, "release", "consent_form")
    assert (form.state, form.shown) == ("open", "Correctional service, Nav, Probation")
    for agency, role in (("prison", "contact_officer"), ("nav", "nav_state"), ("probation", "probation_contact")):
        store.change_now(consents.give, person, {"agency": agency, "role": role, "given": TODAY})
    assert item(store, person, "release", "consent_form").state == "done"
    hands.move(days=400)
    assert item(store, person, "release", "consent_form").state == "open"


def test_a_second_person_verifies_never_the_one_who_ticked(
    store: Store, person: int, session: Callable[[str], Store]
) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    with pytest.raises(ChecklistError, match="not done yet"):
        do(store, checklists.verify, item(store, person, "release", "housing"), "seen")
    do(store, checklists.tick, item(store, person, "release", "housing"))
    with pytest.raises(SameHand, match="You ticked this yourself; a second person verifies it: Housing"):
        do(store, checklists.verify, item(store, person, "release", "housing"), "seen")
    ola = session("ola")
    with pytest.raises(ChecklistError, match="who confirmed it"):
        do(ola, checklists.verify, item(store, person, "release", "housing"), " ")
    unverified = shown(store, person, "release").unverified
    do(ola, checklists.verify, item(store, person, "release", "housing"), "agency_phone")
    found = item(store, person, "release", "housing")
    assert (found.verified_by, found.verified_source) == ("OS", "agency_phone")
    assert shown(store, person, "release").unverified == unverified - 1


def test_a_verification_does_not_outlive_the_value(store: Store, person: int, session: Callable[[str], Store]) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    do(store, checklists.set_value, item(store, person, "release", "new_address"), "Storgata 1")
    do(session("ola"), checklists.verify, item(store, person, "release", "new_address"), "seen")
    change(store, person, address="Storgata 2")
    found = item(store, person, "release", "new_address")
    assert (found.value, found.verified_at) == ("Storgata 2", None)


def test_somebody_else_s_tick_is_not_written_over(store: Store, person: int, session: Callable[[str], Store]) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    seen = item(store, person, "release", "housing")
    do(session("ola"), checklists.not_relevant, seen, "Bor hjemme")
    with pytest.raises(Conflict):
        do(store, checklists.tick, seen)


def test_a_closed_one_keeps_everything_and_changes_nothing(store: Store, person: int) -> None:
    number = store.change_now(checklists.open_by_hand, person, "release")
    store.change_now(checklists.close, number, 1, "Feil person")
    assert open_ones(store, person) == []
    with pytest.raises(ChecklistError, match="is closed"):
        do(store, checklists.tick, item(store, person, "release", "housing"))
    store.change_now(checklists.reopen, number, 2)
    do(store, checklists.tick, item(store, person, "release", "housing"))


def test_what_is_left_across_the_caseload(store: Store, person: int, session: Callable[[str], Store]) -> None:
    enrol(store, person)
    change(store, person, release_date=TODAY + 30 * DAY)
    other = store.change_now(participants.add, {"given_name": "Ida", "release_date": TODAY + 9 * DAY, "worker": None})
    enrol(store, other)
    lines = store.ask_now(open_items.page, OpenQuery(), 0, 50)
    assert [(line.participant, line.checklist_name.en) for line in lines] == [
        (other, "Start checklist"),
        (other, "Release checklist"),
        (person, "Start checklist"),
        (person, "Release checklist"),
    ]
    kari = store.actor.staff_id
    assert store.ask_now(open_items.count, OpenQuery(worker=kari)) == 2
    assert store.ask_now(open_items.count, OpenQuery(what="due")) == 0
    do(store, checklists.set_due, item(store, person, "release", "housing"), TODAY)
    do(store, checklists.tick, item(store, person, "release", "bank_id"))
    (due,) = store.ask_now(open_items.page, OpenQuery(what="due"), 0, 9)
    assert (due.participant, due.due, due.remaining) == (person, TODAY, 17)
    left = store.ask_now(open_items.left, due.checklist)
    assert left[0].name.en == "Housing settled"
    assert left[-1].unverified
    assert {line.participant for line in store.ask_now(open_items.page, OpenQuery(what="unverified"), 0, 9)} == {person}
    store.change_now(phases.begin, other, 6, TODAY, ending=(2,))
    assert {line.participant for line in store.ask_now(open_items.page, OpenQuery(), 0, 9)} == {person}


def steps(store: Store, work: Callable[[], Any]) -> int:
    """How many hundreds of steps of the engine something takes: the same on every machine."""
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    store._now(lambda: store._database.connection().set_progress_handler(count, 100))
    work()
    store._now(lambda: store._database.connection().set_progress_handler(None, 0))
    return counted[0]


def test_ticking_and_what_is_left_cost_the_same_on_a_larger_caseload(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")

    def measured() -> tuple[int, int, int]:
        found = item(store, person, "release", "housing")
        mine = OpenQuery(worker=store.actor.staff_id)
        return (
            steps(store, lambda: do(store, checklists.tick if found.state == "open" else checklists.untick, found)),
            steps(store, lambda: store.ask_now(checklist_reading.one, 1)),
            steps(store, lambda: store.ask_now(open_items.page, mine, 0, 64)),
        )

    enrol(store, person)
    measured()
    few = measured()
    for _number in range(120):
        other = store.change_now(participants.add, {"given_name": "Ida", "worker": None})
        enrol(store, other)
    measured()
    many = measured()
    assert all(later <= before * 1.25 + 3 for before, later in zip(few, many, strict=True)), (few, many)


WORDS = st.builds(Words, st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
ITEMS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5, unique=True)


@st.composite
def templates(draw: st.DrawFn, version: int = 1) -> ChecklistTemplate:
    kinds = st.sampled_from(["tick", "text", "date", "address"])
    items = tuple(ItemTemplate(id, draw(WORDS), draw(kinds)) for id in draw(ITEMS))
    group = ItemGroup("one", draw(WORDS), items)
    return ChecklistTemplate("moving", draw(st.integers(1, 9)), draw(WORDS), "", draw(st.booleans()), 0, 0, (group,))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(templates(), min_size=1, max_size=4), ticks=st.lists(st.integers(0, 4), max_size=4))
def test_a_checklist_keeps_the_template_it_began_with(
    store: Store, history: list[ChecklistTemplate], ticks: list[int]
) -> None:
    """However the template changes: the items stay, ticks stay, and a newer one is said exactly when it differs."""
    person = store.change_now(participants.add, {"given_name": "Ida"})
    shipped = store.programme
    try:
        began: dict[int, ChecklistTemplate] = {}
        done: dict[int, set[str]] = {}
        for current in history:
            store.programme = replace(shipped, checklists=(*shipped.checklists, current))
            if content_of(current) not in {content_of(known) for known in began.values()}:
                number = store.change_now(checklists.open_by_hand, person, "moving")
                began[number], done[number] = current, set()
            for number, template in began.items():
                found = store.ask_now(checklist_reading.one, number)
                for place in ticks:
                    one = found.items[place % len(found.items)]
                    if one.template.kind == "tick" and one.template.id not in done[number]:
                        do(store, checklists.tick, one)
                        done[number].add(one.template.id)
                found = store.ask_now(checklist_reading.one, number)
                assert found.template == replace(template, opens="", age_from=0, age_to=0)
                assert [one.template for one in found.items] == list(template.items)
                assert {one.template.id for one in found.items if one.state == "done"} == done[number]
                assert bool(found.newer) is (content_of(current) != content_of(template))
    finally:
        store.programme = shipped


def test_the_export_holds_the_checklists(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")
    do(store, checklists.set_value, item(store, person, "release", "release_terms"), "Møteplikt")
    (exported,) = store.ask_now(export.participant, person)["checklists"]
    terms = next(one for one in exported["items"] if one["item"] == "release_terms")
    assert (terms["value"], terms["state"], terms["done_by"], len(exported["items"])) == (
        "Møteplikt",
        "done",
        "kari",
        19,
    )
    assert [group["id"] for group in exported["content"]["groups"]] == ["information", "measures", "contacts"]


def test_content_goes_there_and_back(store: Store) -> None:
    for template in store.programme.checklists:
        assert template_of(content_of(template)).groups == template.groups
        assert template_of(content_of(template)).verify == template.verify
