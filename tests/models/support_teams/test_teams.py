"""A support team: one at a time, for a limited time, with its people, routines, tasks, meetings and watch."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import timeline
from models.cards.support_team import covered_until
from models.consents import consents
from models.consents.answer import GivenConsent, judge
from models.contacts import network, people
from models.export import whole as export
from models.meetings import meetings
from models.plans import tasks
from models.roles.rights import NotAllowed
from models.signals import listing as signals
from models.storage import undo
from models.store import Store
from models.support_teams import members, teams
from models.support_teams import reading as team_reading
from models.support_teams.reading import PLANNED, RUNNING, SupportTeamError, TeamFile
from models.tables import SupportTeam
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
Session = Callable[[str], Store]


@pytest.fixture
def team(store: Store, person: int) -> int:
    return store.change_now(teams.begin, person, {
        "agency": "nav", "coordinator": "Ida Berg", "own_words": "Jeg vil bo for meg selv", "in_on_it": "yes",
    })  # fmt: skip


def file(store: Store, team: int) -> TeamFile:
    return store.ask_now(team_reading.file_of, team)


def seat(store: Store, team: int, agency: str, name: str = "", role: str = "", **more: Any) -> int:
    return store.change_now(members.add_member, team, {"agency": agency, "name": name, "role": role, **more})


def test_it_lasts_three_months_from_its_kick_off(store: Store, person: int, team: int) -> None:
    line = file(store, team).team
    assert (line.kick_off, line.ends, line.state(TODAY)) == (TODAY, date(2027, 2, 22), RUNNING)
    assert line.state(TODAY - timedelta(days=1)) == PLANNED
    told = store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 1)
    assert (told[0].kind, told[0].detail["words"]) == ("support_team_begun", "Jeg vil bo for meg selv")


def test_two_at_once_are_refused_and_the_other_is_named(store: Store, person: int, team: int) -> None:
    with pytest.raises(SupportTeamError, match=r"coordinated by Ida Berg, from 22.11.2026 to 22.02.2027. End that one"):
        store.change_now(teams.begin, person, {})
    store.change_now(teams.end, team, 1, {"conclusion": "Bolig fra kommunen", "recommendation": "Fortsett i fase 5"})
    other = store.change_now(teams.begin, person, {})
    found = file(store, other)
    assert [one.id for one in found.earlier] == [team]
    assert found.earlier[0].ended == TODAY
    # The one that ended cannot be made to last beside it.
    with pytest.raises(SupportTeamError, match="coordinated by our own team"):
        store.change_now(teams.change, team, found.earlier[0].version, {"ended": None})
    assert examined(store).flaws == ()


def test_without_a_coordinator_it_is_advised_against_and_kept(store: Store, person: int) -> None:
    assert len(teams.advice({"own_words": "x"})) == 1
    assert teams.advice({"own_words": "x", "coordinator": "Ida"}) == ()
    store.change_now(teams.begin, person, {"own_words": "x", "in_on_it": "yes"})
    assert "team_uncoordinated" in {sign.rule for sign in store.ask_now(signals.of, person)}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ends": date(2026, 11, 21)}, "Ends: the support team would end before its kick-off."),
        ({"ended": date(2026, 11, 23)}, "Ended on: the date is in the future."),
        ({"agency": "nowhere"}, "Coordinated by: the programme knows no agency nowhere."),
        ({"in_on_it": "maybe"}, "Participant in on it: yes or no"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(store: Store, person: int, values: dict[str, Any], said: str) -> None:
    with pytest.raises(SupportTeamError, match=said):
        store.change_now(teams.begin, person, values)
    assert store.ask_now(team_reading.teams_of, person) == ()


def test_it_is_extended_with_a_reason_and_a_later_day(store: Store, person: int, team: int) -> None:
    for values, said in (
        ({"until": date(2027, 2, 22), "reason": "x"}, "Until: a day after 22.02.2027"),
        ({"until": date(2027, 4, 1), "reason": ""}, "Reason: say why"),
    ):
        with pytest.raises(SupportTeamError, match=said):
            store.change_now(teams.extend, team, 1, values)
    store.change_now(teams.extend, team, 1, {"until": date(2027, 4, 1), "reason": "Venter på bolig"})
    found = file(store, team)
    assert found.team.ends == date(2027, 4, 1)
    assert [(one.was, one.until, one.reason) for one in found.extensions] == [
        (date(2027, 2, 22), date(2027, 4, 1), "Venter på bolig")
    ]
    store.change_now(undo.undo)
    assert file(store, team).team.ends == date(2027, 2, 22)
    assert file(store, team).extensions == ()


def test_each_agency_is_told_whose_seat_is_empty(store: Store, team: int) -> None:
    # Nav coordinates, and nobody sits in it for Nav.
    assert file(store, team).unrepresented(TODAY) == ("nav",)
    seat(store, team, "nav", "Ida Berg", "nav_state")
    doctor = seat(store, team, "health", "Dr. Moe", "gp")
    seat(store, team, "police")
    seat(store, team, "prison", "Per", "", deputy=True)
    assert set(file(store, team).unrepresented(TODAY)) == {"police", "prison"}
    store.change_now(members.leave, doctor, 1, agency_left=False)
    assert set(file(store, team).unrepresented(TODAY)) == {"police", "prison", "health"}
    store.change_now(members.leave, doctor, 2, agency_left=True)
    assert set(file(store, team).unrepresented(TODAY)) == {"police", "prison"}
    with pytest.raises(SupportTeamError, match="left the support team already"):
        store.change_now(members.leave, doctor, 3, agency_left=True)


def test_a_second_representative_is_told_and_kept(store: Store, team: int) -> None:
    seat(store, team, "nav", "Ida Berg")
    found = file(store, team)
    assert members.advice(found, None, "nav", deputy=False) == (
        "Ida Berg represents the agency already: one is enough.",
    )
    assert members.advice(found, found.members[0], "nav", deputy=False) == ()
    assert members.advice(found, None, "nav", deputy=True) == ()
    seat(store, team, "nav", "Nils")
    assert len(file(store, team).members) == 2


def test_whom_no_consent_covers_is_known_by_name(store: Store, person: int, team: int) -> None:
    store.change_now(consents.give, person, {
        "agency": "nav", "role": "nav_state", "given": TODAY, "valid_until": date(2026, 12, 24), "person": "Ida Berg",
    })  # fmt: skip
    seat(store, team, "nav", "Ida Berg", "nav_state")
    seat(store, team, "nav", "Nils Dahl", "nav_state", deputy=True)
    seat(store, team, "", "Kari")
    assert [one.called for one in file(store, team).uncovered(TODAY)] == ["Nils Dahl"]
    (sign,) = [one for one in store.ask_now(signals.of, person) if one.rule == "team_consent"]
    assert "1 person" in sign.reason
    assert "Nils" not in sign.reason


def test_a_helper_of_another_agency_is_outside(store: Store, person: int, team: int) -> None:
    contact = store.change_now(people.add, {"name": "Dr. Moe", "agency": "health", "role": "gp"})
    store.change_now(network.involve, person, contact)
    assert file(store, team).outside == ("health",)
    assert "team_outside" in {sign.rule for sign in store.ask_now(signals.of, person)}
    number = seat(store, team, "health", "Dr. Moe", "gp", contact=contact)
    assert file(store, team).outside == ()
    # Who leaves the post leaves the support team, and the agency has nobody.
    store.change_now(people.leave, contact, 1)
    assert store.ask_now(team_reading.member, number).until == TODAY
    assert "health" in file(store, team).unrepresented(TODAY)


def test_a_merged_contact_person_keeps_the_seat(store: Store, team: int) -> None:
    double = store.change_now(people.add, {"name": "Ida B.", "agency": "nav"})
    kept = store.change_now(people.add, {"name": "Ida Berg", "agency": "nav"})
    seat(store, team, "nav", "Ida B.", contact=double)
    store.change_now(people.merge, kept, double)
    (one,) = file(store, team).members
    assert (one.contact, one.called) == (kept, "Ida Berg")


def test_its_tasks_are_the_participants_and_its_meetings_those_of_its_days(
    store: Store, person: int, hands: Hands
) -> None:
    store.change_now(meetings.open_, "support", person)
    hands.move(days=1)
    team = store.change_now(teams.begin, person, {})
    number = store.change_now(tasks.add, person, {"text": "Søke bolig", "turn": "ours"}, team_reading.source_of(team))
    store.change_now(tasks.add, person, {"text": "Noe annet", "turn": "ours"})
    met = store.change_now(meetings.open_, "support", person)
    store.change_now(meetings.open_, "weekly")
    found = file(store, team)
    assert [task.id for task in found.tasks] == [number]
    assert [one.id for one in found.meetings] == [met]


def test_the_watch_is_kept_over_time_and_corrected(store: Store, team: int, hands: Hands) -> None:
    store.change_now(members.watch, team, TODAY, {"goals": ("seen", "tre planer"), "flow": ("fine", "")})
    hands.move(days=7)
    later = TODAY + timedelta(days=7)
    store.change_now(members.watch, team, later, {"goals": ("fine", "")})
    store.change_now(members.watch, team, TODAY, {"goals": ("note", "to planer"), "flow": ("", "")})
    looks = file(store, team).looks
    assert [(look.day, {one.point: (one.state, one.note) for one in look.points.values()}) for look in looks] == [
        (later, {"goals": ("fine", "")}),
        (TODAY, {"goals": ("note", "to planer")}),
    ]
    for day, points, said in (
        (TODAY - timedelta(days=1), {"goals": ("seen", "")}, "between the kick-off and today"),
        (later + timedelta(days=1), {"goals": ("seen", "")}, "between the kick-off and today"),
        (TODAY, {"goals": ("bad", "")}, "one of Fine, Seen, Note"),
        (TODAY, {"luck": ("seen", "")}, "no such point"),
        (TODAY, {"goals": ("", "uten svar")}, "say how it stands"),
    ):
        with pytest.raises(SupportTeamError, match=said):
            store.change_now(members.watch, team, day, points)


def test_all_of_it_goes_out(store: Store, person: int, team: int) -> None:
    seat(store, team, "nav", "Ida Berg", "nav_state")
    store.change_now(members.add_routine, team, {"what": "Møte", "how_often": "hver mandag", "who": "Ida"})
    store.change_now(members.watch, team, TODAY, {"goals": ("seen", "tre planer")})
    store.change_now(teams.extend, team, 1, {"until": date(2027, 4, 1), "reason": "Venter"})
    (found,) = json.loads(export.as_json(store.ask_now(export.participant, person)))["support_teams"]
    # Of the contact person the name goes out, as with a consent.
    columns = {field.name for field in SupportTeam._meta.sorted_fields}
    assert found.keys() >= columns - {"id", "version", "participant", "contact"}
    assert (found["own_words"], found["ends"]) == ("Jeg vil bo for meg selv", "2027-04-01")
    assert found["members"][0]["name"] == "Ida Berg"
    assert found["routines"][0]["how_often"] == "hver mandag"
    assert (found["watch"][0]["point"], found["watch"][0]["note"]) == ("goals", "tre planer")
    assert found["extensions"][0]["reason"] == "Venter"


def test_a_reader_changes_nothing(session: Session, store: Store, person: int, team: int) -> None:
    reader = session("lise")
    for change, args in (
        (teams.begin, (person, {})),
        (teams.extend, (team, 1, {})),
        (teams.end, (team, 1, {})),
        (members.add_member, (team, {})),
        (members.watch, (team, TODAY, {})),
    ):
        with pytest.raises(NotAllowed):
            reader.change_now(change, *args)
    assert rows(store, "SELECT count(*) FROM support_team_member") == [(0,)]


def _consent(given: int, lasts: int, withdrawn: int | None, person: str, known: bool) -> GivenConsent:
    start = date(2026, 1, 1) + timedelta(days=given)
    return GivenConsent(
        id=given * 100 + lasts, version=1, agency="nav", role="nav_state", person=person, contact=None, scope="",
        limits="", given=start, place="", obtained_by=None, obtained_name="", original_at="",
        valid_until=start + timedelta(days=lasts),
        withdrawn=None if withdrawn is None else start + timedelta(days=withdrawn), withdrawal_kept="x", renews=None,
        only_known=known,
    )  # fmt: skip


CONSENTS = st.lists(
    st.builds(
        _consent,
        st.integers(0, 60),
        st.integers(0, 90),
        st.none() | st.integers(0, 120),
        st.sampled_from(["", "Ida", "Nils"]),
        st.booleans(),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(CONSENTS)
def test_a_card_knows_until_when_somebody_is_covered_on_every_day(held: list[GivenConsent]) -> None:
    """As the consents answer day by day, from the day on which the last of them was given."""
    known = covered_until(held, ("nav", "nav_state", "Ida", None))
    first = max((one.given for one in held), default=date(2026, 1, 1))
    for days in range(220):
        day = first + timedelta(days=days)
        covered = judge(held, "nav", "nav_state", "Ida", on=day, warning_days=0).covered
        assert covered == (day.isoformat() <= known), day
