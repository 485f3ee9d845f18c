"""Who was told of whom: noted for several at once, on a consent or a ground, with what is still not known in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from config.errors import ExinError
from models import column_words, timeline
from models.consents import consents
from models.consents.disclosures import DisclosureError
from models.contacts import known, network, people, team_list
from models.contacts.known import Gap, KnownError
from models.export import whole as export
from models.misplaced import misplaced
from models.misplaced.misplaced import MisplacedError
from models.participants import participants
from models.phases import phases
from models.storage import undo
from models.storage.work import Gone
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def around(store: Store, person: int) -> dict[str, int]:
    """Contact persons of three agencies, two of one; the prison's and Nav's roles are covered by a consent."""
    change, found = store.change_now, dict[str, int]()
    for name, agency, role in (
        ("Ole Moe", "prison", "contact_officer"), ("Kari Nordmann", "nav", "nav_state"),
        ("Siri Dahl", "nav", "nav_state"), ("Per Politi", "police", "police_contact"),
    ):  # fmt: skip
        found[name] = change(people.add, {"name": name, "agency": agency})
        change(network.involve, person, found[name], {"since": TODAY - 30 * DAY, "role": role})
    for agency, role in (("prison", "contact_officer"), ("nav", "nav_state")):
        change(consents.give, person, {"agency": agency, "role": role, "scope": "Alt", "given": TODAY - 9 * DAY})
    return found


def pairs(store: Store, person: int) -> set[tuple[str, str]]:
    return {(one.told_name, one.of_name) for one in store.ask_now(known.told, person)}


def everybody(store: Store, person: int) -> dict[int, tuple[int, ...]]:
    return store.ask_now(known.around, [person])


def test_those_named_know_of_each_other_both_ways_on_their_consents(
    store: Store, person: int, around: dict[str, int]
) -> None:
    two = {person: (around["Ole Moe"], around["Kari Nordmann"])}
    assert store.ask_now(known.uncovered, two, TODAY) == ()
    assert store.change_now(known.note, two) == 2
    assert pairs(store, person) == {("Ole Moe", "Kari Nordmann"), ("Kari Nordmann", "Ole Moe")}
    first = store.ask_now(known.told, person)[0]
    assert (first.day, first.by, first.ground) == (TODAY, "Kari Nordmann", "")
    assert first.consent is not None
    line = store.ask_now(timeline.page, TimelineQuery(person), 0, 1)[0]
    assert (line.kind, dict(line.detail)["partners"]) == (
        "told_of_each_other", "Ole Moe; Kari Nordmann",
    )  # fmt: skip
    with pytest.raises(KnownError, match="already"):
        store.change_now(known.note, two)
    assert undo.described(store.change_now(undo.undo, store.opened_at_audit)) == "that people know of each other"
    assert pairs(store, person) == set()
    assert examined(store).flaws == ()


def test_whoever_no_consent_covers_needs_a_ground_and_nobody_is_noted_without(
    store: Store, person: int, around: dict[str, int]
) -> None:
    whom = everybody(store, person)
    ((name, answer),) = store.ask_now(known.uncovered, whom, TODAY)
    assert (name, answer.covered) == ("Per Politi (Police)", False)
    with pytest.raises(DisclosureError, match=r"^Ground: no consent covers this"):
        store.change_now(known.note, whom)
    assert pairs(store, person) == set()
    assert store.change_now(known.note, whom, {"ground": "other", "own_words": "Avtale på møtet"}) == 4
    by_police = {one.ground for one in store.ask_now(known.told, person) if one.told_name == "Per Politi"}
    assert by_police == {"Avtale på møtet"}
    assert {one.ground for one in store.ask_now(known.told, person) if one.told_name != "Per Politi"} == {""}


def test_only_those_covered_are_told_and_they_are_told_of_all(
    store: Store, person: int, around: dict[str, int]
) -> None:
    assert store.change_now(known.note, everybody(store, person), covered=True) == 3
    assert {one for one, _other in pairs(store, person)} == {"Ole Moe", "Kari Nordmann", "Siri Dahl"}
    assert ("Ole Moe", "Per Politi") in pairs(store, person)
    assert store.ask_now(known.gaps, [person])[person] == (Gap("police", ("prison", "nav")),)
    with pytest.raises(KnownError):
        store.change_now(known.note, everybody(store, person), covered=True)


@pytest.mark.parametrize(
    ("whom", "values", "said"),
    [
        (("Ole Moe",), {}, "It takes two people"),
        (("Ole Moe", "Kari Nordmann"), {"day": TODAY + DAY}, "^When: the date is in the future"),
        (("Ole Moe", "Kari Nordmann"), {"ground": "x" * 600}, "Ground"),
        (("Ole Moe", "Kari Nordmann"), {"whatever": "x"}, "no field called whatever"),
    ],
)
def test_what_cannot_be_noted_is_said_in_a_sentence(
    store: Store, person: int, around: dict[str, int], whom: tuple[str, ...], values: dict[str, Any], said: str
) -> None:
    with pytest.raises(ExinError, match=said):
        store.change_now(known.note, {person: [around[name] for name in whom]}, values)
    assert pairs(store, person) == set()


def test_somebody_whose_part_has_ended_is_not_told(store: Store, person: int, around: dict[str, int]) -> None:
    part = next(one for one in store.ask_now(network.involved, person) if one.name == "Ole Moe")
    store.change_now(network.uninvolve, part.id, part.version)
    with pytest.raises(KnownError, match="takes two"):
        store.change_now(known.note, {person: (around["Ole Moe"], around["Kari Nordmann"])})


def test_gaps_are_told_by_agency_and_colleagues_are_not_missed(
    store: Store, person: int, around: dict[str, int]
) -> None:
    """One person of an agency who was told is enough; who came later for an agency is not known."""
    assert store.ask_now(known.gaps, [person])[person] == (
        Gap("prison", ("nav", "police")), Gap("nav", ("prison", "police")), Gap("police", ("prison", "nav")),
    )  # fmt: skip
    store.change_now(known.note, {person: (around["Ole Moe"], around["Kari Nordmann"])})
    assert store.ask_now(known.gaps, [person])[person] == (
        Gap("prison", ("police",)), Gap("nav", ("police",)), Gap("police", ("prison", "nav")),
    )  # fmt: skip
    knowers = {one.name: one for one in store.ask_now(known.knowers, person)}
    assert [one.name for one in knowers["Siri Dahl"].unknown] == ["Ole Moe", "Per Politi"]
    assert [one.name for one in knowers["Ole Moe"].unknown] == ["Siri Dahl", "Per Politi"]
    part = next(one for one in store.ask_now(network.involved, person) if one.name == "Ole Moe")
    store.change_now(network.uninvolve, part.id, part.version)
    assert store.ask_now(known.gaps, [person])[person] == (Gap("nav", ("police",)), Gap("police", ("nav",)))
    assert not {one.name: one for one in store.ask_now(known.knowers, person)}["Ole Moe"].around


def test_the_teams_list_tells_the_gaps(store: Store, person: int, around: dict[str, int]) -> None:
    store.change_now(phases.begin, person, 3, TODAY - 20 * DAY)
    other = store.change_now(participants.add, {"given_name": "Nina"}, TODAY)
    store.change_now(phases.begin, other, 3, TODAY - 20 * DAY)
    lines = {line.participant: line.gaps for line in store.ask_now(team_list.team_list, 0, 20)}
    assert lines[person] == store.ask_now(known.gaps, [person])[person]
    assert lines[other] == ()


def test_a_day_or_a_ground_is_corrected_and_the_consent_of_that_day_answers(
    store: Store, person: int, around: dict[str, int]
) -> None:
    store.change_now(known.note, {person: (around["Ole Moe"], around["Kari Nordmann"])})
    row = store.ask_now(known.told, person)[0]
    with pytest.raises(DisclosureError, match="Ground"):
        store.change_now(known.change, row.id, row.version, {"day": TODAY - 20 * DAY})
    with pytest.raises(KnownError, match=r"^When"):
        store.change_now(known.change, row.id, row.version, {"day": TODAY + DAY})
    words = {"ground": "other", "own_words": "Muntlig lov"}
    version = store.change_now(known.change, row.id, row.version, {"day": TODAY - 20 * DAY, **words})
    found = store.ask_now(known.one, row.id)
    assert (found.day, found.consent, found.ground) == (TODAY - 20 * DAY, None, "Muntlig lov")
    store.change_now(known.change, row.id, version, {"day": TODAY - 5 * DAY})
    found = store.ask_now(known.one, row.id)
    assert (found.consent is not None, found.ground) == (True, "")


def test_what_was_noted_by_mistake_is_struck_out_with_a_reason_and_never_moved(
    store: Store, person: int, around: dict[str, int]
) -> None:
    store.change_now(known.note, {person: (around["Ole Moe"], around["Kari Nordmann"])})
    row = store.ask_now(known.told, person)[0]
    other = store.change_now(participants.add, {"given_name": "Nina"}, TODAY)
    with pytest.raises(MisplacedError, match="only be struck out"):
        store.change_now(misplaced.move, "told_of", row.id, row.version, other, "Feil")
    with pytest.raises(MisplacedError, match="Reason"):
        store.change_now(misplaced.strike, "told_of", row.id, row.version, " ")
    store.change_now(misplaced.strike, "told_of", row.id, row.version, "Ble ikke sagt")
    assert pairs(store, person) == {("Kari Nordmann", "Ole Moe")}
    with pytest.raises(Gone):
        store.ask_now(known.one, row.id)


def test_merged_contact_persons_know_as_one(store: Store, person: int, around: dict[str, int]) -> None:
    store.change_now(known.note, {person: tuple(around[one] for one in ("Ole Moe", "Kari Nordmann", "Siri Dahl"))})
    store.change_now(people.merge, around["Kari Nordmann"], around["Siri Dahl"])
    found = [(one.told_name, one.of_name) for one in store.ask_now(known.told, person)]
    assert sorted(found) == [("Kari Nordmann", "Ole Moe"), ("Ole Moe", "Kari Nordmann")]
    assert examined(store).flaws == ()


def test_who_was_told_cannot_be_deleted_from_the_register(store: Store, person: int, around: dict[str, int]) -> None:
    store.change_now(known.note, {person: (around["Ole Moe"], around["Kari Nordmann"])})
    rows(store, "DELETE FROM involvement WHERE contact_id = ?", around["Ole Moe"])
    with pytest.raises(people.PeopleError, match="stands in what was recorded"):
        store.change_now(people.remove, around["Ole Moe"], 1)


def test_the_columns_are_told_in_words(store: Store, person: int, around: dict[str, int]) -> None:
    assert store.ask_now(column_words.written, "told_of", "told_id", around["Ole Moe"]) == "Ole Moe"
    assert store.ask_now(column_words.written, "told_of", "day", "2026-11-22") == "22.11.2026"


@pytest.mark.parametrize(
    ("doctored", "said"),
    [
        ("UPDATE told_of SET of_id = told_id WHERE id = 1", "or stands twice"),
        ("UPDATE told_of SET told_id = of_id, of_id = told_id WHERE id = 1", "or stands twice"),
        ("UPDATE told_of SET consent_id = NULL WHERE id = 1", "neither a consent nor a ground"),
        ("UPDATE told_of SET ground = 'x' WHERE id = 1", "neither a consent nor a ground, or on both"),
        ("UPDATE consent SET participant_id = participant_id + 1", "somebody else's consent"),
    ],
)
def test_what_contradicts_itself_is_found_by_the_examination(
    store: Store, person: int, around: dict[str, int], doctored: str, said: str
) -> None:
    store.change_now(participants.add, {"given_name": "Nina"}, TODAY)
    store.change_now(known.note, {person: (around["Ole Moe"], around["Kari Nordmann"])})
    rows(store, doctored)
    assert any(said in flaw.text for flaw in examined(store).flaws)


def test_the_export_tells_who_was_told_by_name_and_on_which_consent(
    store: Store, person: int, around: dict[str, int]
) -> None:
    whom = {person: (around["Ole Moe"], around["Per Politi"])}
    store.change_now(known.note, whom, {"ground": "other", "own_words": "Muntlig lov"})
    found = store.ask_now(export.participant, person)["told_of"]
    consent = next(one["number"] for one in store.ask_now(export.participant, person)["consents"]
                   if one["agency"] == "prison")  # fmt: skip
    assert [(one["told"], one["of"], one["consent"], one["ground"], one["told_by"]) for one in found] == [
        ("Ole Moe", "Per Politi", consent, "", "kari"), ("Per Politi", "Ole Moe", None, "Muntlig lov", "kari"),
    ]  # fmt: skip
