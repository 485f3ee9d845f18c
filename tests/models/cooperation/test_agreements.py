"""Agreements between agencies: what is refused, what is only told, what is owed, and what a steering group decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.cooperation import agreements, reading, signs
from models.cooperation.reading import ACTIVE, ENDED, NAMED, SIGNED, STEERING, Agreement, CooperationError, Held
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import DECISION, MinutesClosed
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from tests.models.case_sample import examined

TODAY = date(2026, 11, 22)
SEVERAL = Callable[[str], Store]


def agreement_in_force(store: Store, **values: object) -> int:
    known = {"title": "Sammen ut", "state": ACTIVE, "convener": "Prosjektlederen", "in_force_from": date(2025, 6, 1)}
    return store.change_now(agreements.add, {**known, **values})


def one(store: Store, number: int) -> Agreement:
    return store.ask_now(reading.agreement, number)


def part(store: Store, kind: str, number: int, **values: object) -> int:
    return store.change_now(agreements.add_part, kind, number, values)


def rules(store: Store) -> list[str]:
    return [found.sign.rule for found in store.ask_now(signs.signs)]


def version(store: Store, kind: str, number: int) -> int:
    return store.ask_now(reading.part, kind, number).version


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "Title: say what"),
        ({"title": "A", "in_force_from": TODAY, "in_force_to": TODAY - timedelta(days=1)}, "ends before it starts"),
        ({"title": "A", "meetings_a_year": "to"}, "whole number"),
        ({"title": "A", "meetings_a_year": "53"}, "whole number"),
        ({"title": "A", "state": "maybe"}, "one of draft, in force, ended"),
        ({"title": "A", "colour": "red"}, "no field called"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_with_a_sentence(
    store: Store, values: dict[str, object], said: str
) -> None:
    with pytest.raises(CooperationError, match=said):
        store.change_now(agreements.add, values)
    assert store.ask_now(reading.listing) == ()


def test_a_change_that_lets_it_end_before_it_starts_is_refused_whichever_day_is_changed(store: Store) -> None:
    number = agreement_in_force(store, in_force_to=date(2027, 1, 1))
    for changes in ({"in_force_to": date(2025, 5, 31)}, {"in_force_from": date(2027, 1, 2)}):
        with pytest.raises(CooperationError, match="In force to: the agreement ends before it starts"):
            store.change_now(agreements.change, number, 1, changes)
    store.change_now(agreements.change, number, 1, {"in_force_to": date(2025, 6, 1)})
    assert one(store, number).in_force_to == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("party", {"agency": ""}, "Agency: say which"),
        ("basis", {"text": "  "}, "Law or agreement: write"),
        ("basis", {"text": "Lov", "valid_from": TODAY, "valid_to": date(2020, 1, 1)}, "Valid to: it ends before"),
        ("member", {"network_group": STEERING, "agency": ""}, "Agency: say which"),
        ("signature", {"agency": "Politiet", "day": TODAY + timedelta(days=1)}, "Signed on: the date is in the future"),
        ("held", {"day": None}, "Held on: say when"),
        ("held", {"day": TODAY + timedelta(days=1)}, "Held on: the date is in the future"),
        ("proposal", {"text": ""}, "Proposal: write"),
        ("proposal", {"text": "A", "decided": TODAY}, "Decision: there is a day"),
        ("proposal", {"text": "A", "decision": "Ja", "decided": date(2020, 1, 1)}, "Decided on: it is before"),
        ("proposal", {"text": "A", "decision": "Ja", "decided": date(2030, 1, 1)}, "Decided on: the date is in the"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_a_sentence(
    store: Store, kind: str, values: dict[str, object], said: str
) -> None:
    number = agreement_in_force(store)
    with pytest.raises(CooperationError, match=said):
        part(store, kind, number, **values)


def test_a_party_stands_once_in_each_place(store: Store) -> None:
    number = agreement_in_force(store)
    part(store, "party", number, agency="Politiet", party_kind=NAMED)
    part(store, "party", number, agency="Politiet", party_kind=SIGNED)
    with pytest.raises(CooperationError, match="Politiet stands there already"):
        part(store, "party", number, agency="POLITIET", party_kind=NAMED)


def test_what_belongs_to_it_keeps_an_agreement(store: Store) -> None:
    number = agreement_in_force(store)
    line = part(store, "basis", number, text="straffegjennomføringsloven § 41")
    with pytest.raises(CooperationError, match="Something belongs"):
        store.change_now(agreements.remove, number, 1)
    store.change_now(agreements.remove_part, "basis", line, 1)
    store.change_now(agreements.remove, number, 1)
    assert store.ask_now(reading.listing) == ()
    store.change_now(undo.undo)
    assert one(store, number).title == "Sammen ut"


def test_a_reader_reads_and_writes_nothing_and_colleagues_meet_a_conflict(store: Store, session: SEVERAL) -> None:
    number = agreement_in_force(store)
    ola, reader = session("ola"), session("lise")
    assert [found.title for found in reader.ask_now(reading.listing)] == ["Sammen ut"]
    with pytest.raises(NotAllowed):
        reader.change_now(agreements.convene, number)
    ola.change_now(agreements.change, number, 1, {"aim": "Samordne"})
    with pytest.raises(Conflict):
        store.change_now(agreements.change, number, 1, {"aim": "Annet"})


# ---------------------------------------------------------------------- as named, as signed


def test_parties_that_are_named_in_three_ways_are_told_apart(store: Store) -> None:
    number = agreement_in_force(store)
    for agency in ("Kommunen", "Fengselet", "Lensmannen"):
        part(store, "party", number, agency=agency, party_kind=NAMED)
    part(store, "party", number, agency="Regionen", party_kind=SIGNED)
    part(store, "signature", number, agency="kommunen", function="Direktør")
    part(store, "member", number, network_group=STEERING, agency="Fengselet")
    file = store.ask_now(reading.file_of, number)
    lacks = {one.agency: file.lacks(one) for one in file.parties}
    assert lacks == {
        "Kommunen": (STEERING,), "Fengselet": (SIGNED,), "Lensmannen": (SIGNED, STEERING),
        "Regionen": (NAMED, STEERING),
    }  # fmt: skip


def test_nothing_is_missing_of_what_the_agreement_does_not_say(store: Store) -> None:
    number = agreement_in_force(store)
    part(store, "party", number, agency="Kommunen", party_kind=NAMED)
    file = store.ask_now(reading.file_of, number)
    assert file.lacks(file.parties[0]) == ()


# ---------------------------------------------------------------------- what is due


@pytest.mark.parametrize("field", ["in_force_to", "revision_due", "report_due"])
def test_a_date_is_told_from_the_limit_on_and_harder_when_it_has_passed(store: Store, field: str) -> None:
    limit = store.programme.limits.agreement_warning_days
    number = agreement_in_force(store, meetings_a_year=0)
    told = []
    for ahead in (limit + 1, limit, 0, -1):
        store.change_now(agreements.change, number, one(store, number).version, {field: TODAY + timedelta(days=ahead)})
        told.append([(found.sign.severity, found.sign.since, found.agreement) for found in store.ask_now(signs.signs)])
    assert told == [
        [],
        [(1, TODAY + timedelta(days=limit), number)],
        [(1, TODAY, number)],
        [(2, TODAY - timedelta(days=1), number)],
    ]


def test_only_agreements_in_force_are_told_of_each_thing_once(store: Store) -> None:
    number = agreement_in_force(
        store, convener="", in_force_to=TODAY, revision_due=TODAY, report_due=TODAY, meetings_a_year=2
    )
    assert sorted(rules(store)) == sorted([signs.ENDS, signs.REVISION, signs.REPORT, signs.OWED, signs.UNCONVENED])
    store.change_now(agreements.change, number, 1, {"state": ENDED})
    assert rules(store) == []


def test_meetings_held_elsewhere_count_and_the_year_ends_on_its_day(store: Store) -> None:
    number = agreement_in_force(store, in_force_from=date(2020, 1, 1))
    assert rules(store) == [signs.OWED]
    for day in (TODAY, TODAY.replace(year=2025) + timedelta(days=1)):
        part(store, "held", number, day=day)
    assert rules(store) == []
    assert one(store, number).held == 2
    part(store, "held", number, day=TODAY.replace(year=2025))
    assert one(store, number).held == 2


@given(
    a_year=st.integers(0, 12),
    lasted=st.integers(-40, 800),
    over=st.booleans(),
    state=st.sampled_from(sorted(reading.STATES)),
)
@settings(max_examples=150, deadline=None)
def test_what_is_expected_grows_with_the_first_year(a_year: int, lasted: int, over: bool, state: str) -> None:
    began = TODAY - timedelta(days=lasted)
    made = Agreement(
        1, 1, "A", state, began, TODAY - timedelta(days=1) if over else None, "", "", "", "", "", "", "", a_year, "",
        "", None, "", None, "", 0,
    )  # fmt: skip
    expected = made.expected(TODAY)
    if state != ACTIVE or over or lasted < 0:
        assert expected == 0
    elif lasted >= 365:
        assert expected == a_year
    else:
        # The nth meeting is owed when n parts of the year have gone.
        assert expected == sum(number * 365 <= a_year * lasted for number in range(1, a_year + 1))


# ---------------------------------------------------------------------- the steering group


def shut(store: Store, meeting: int) -> None:
    store.change_now(meetings.close, meeting, store.ask_now(meeting_reading.one, meeting).version)


def test_steering_groups_of_two_agreements_meet_on_one_day_and_colleagues_join(store: Store, session: SEVERAL) -> None:
    ours, theirs = agreement_in_force(store), agreement_in_force(store, title="En annen")
    first, second = (store.change_now(agreements.convene, number) for number in (ours, theirs))
    ola = session("ola")
    assert first != second
    assert ola.change_now(agreements.convene, ours) == first
    assert ola.actor.staff_id in store.ask_now(meeting_reading.one, first).present
    assert store.ask_now(reading.agreement_of, second) == theirs
    assert examined(store).flaws == ()
    with pytest.raises(meeting_reading.MeetingError, match="open it from there"):
        store.change_now(meetings.open_, "steering")


def test_a_decision_stands_on_the_proposal_and_in_the_minutes_and_is_taken_back_as_one(store: Store) -> None:
    number = agreement_in_force(store)
    proposal = part(store, "proposal", number, text="To samlinger i året", recommendation="Vedtas")
    meeting = store.change_now(agreements.convene, number)
    store.change_now(agreements.decide, proposal, 1, "Som innstilt", meeting)
    (found,) = store.ask_now(reading.file_of, number).proposals
    assert (found.decision, found.decided, found.meeting) == ("Som innstilt", TODAY, meeting)
    (line,) = store.ask_now(meeting_reading.items, meeting)
    assert (line.kind, line.text) == (DECISION, "To samlinger i året: Som innstilt")
    store.change_now(undo.undo)
    (found,) = store.ask_now(reading.file_of, number).proposals
    assert (found.decision, found.decided, found.meeting) == ("", None, None)
    assert store.ask_now(meeting_reading.items, meeting) == ()
    shut(store, meeting)
    with pytest.raises(MinutesClosed):
        store.change_now(agreements.decide, proposal, version(store, "proposal", proposal), "For sent", meeting)


def test_a_meeting_counts_when_it_is_closed_and_its_minutes_are_not_taken_away_here(store: Store) -> None:
    number = agreement_in_force(store, meetings_a_year=1)
    meeting = store.change_now(agreements.convene, number)
    assert rules(store) == [signs.OWED]
    shut(store, meeting)
    assert rules(store) == []
    (held,) = store.ask_now(reading.file_of, number).meetings
    assert isinstance(held, Held)
    with pytest.raises(CooperationError, match="kept here"):
        store.change_now(agreements.remove_part, "held", held.id, held.version)


def test_a_meeting_opened_by_mistake_is_gone_from_the_agreement_too(store: Store) -> None:
    number = agreement_in_force(store)
    meeting = store.change_now(agreements.convene, number)
    store.change_now(meetings.discard, meeting, 1)
    assert store.ask_now(reading.file_of, number).meetings == ()
    assert one(store, number).held == 0
    store.change_now(undo.undo)
    assert [held.meeting for held in store.ask_now(reading.file_of, number).meetings] == [meeting]
