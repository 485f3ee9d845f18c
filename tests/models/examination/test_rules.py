"""What the database does not keep of reviews, intakes, ways out and meetings is named when it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.consents import consents
from models.contacts import known, network, people
from models.cooperation import agreements
from models.evaluations import evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.sheets import Tally
from models.examination.rules import RULES
from models.gatherings import attendance, gatherings
from models.gatherings import members as network_members
from models.hand_overs import hand_overs
from models.intake import intake_talks, intakes
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.phase_outs import phase_outs
from models.phases import phases
from models.reviews import reviews
from models.store import Store
from models.support_teams import members, teams
from models.team import absences
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)


@pytest.fixture
def worked(store: Store, person: int) -> int:
    """A participant with one of everything, made as people make it."""
    intakes_of = store.change_now(intakes.refer, {"given_name": "Nils"}, "Friomsorgen", "kjent fra før")
    store.change_now(intake_talks.judge, intakes_of, "motivated", "met")
    store.change_now(intake_talks.hold_talk, intakes_of, "information", TODAY)
    review = store.change_now(reviews.begin, person, "1_2")
    store.change_now(reviews.answer, review, "room", "mye", None)
    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    meeting = store.change_now(meetings.open_, "weekly")
    store.change_now(meetings.add, meeting, "task", "ringe", person)
    store.change_now(meetings.close, meeting, store.ask_now(meeting_reading.one, meeting).version)
    store.change_now(meetings.supplement, meeting, "glemt")
    store.change_now(meetings.park, person, "jobb")
    store.change_now(meetings.open_, "support", person)
    store.change_now(meetings.open_, "daily")
    store.change_now(absences.add, {"staff": 1, "first": TODAY, "last": TODAY + timedelta(days=3)})
    store.change_now(phase_outs.begin, person, "own_wish")
    team = store.change_now(teams.begin, person, {"own_words": "Bolig"})
    store.change_now(teams.extend, team, 1, {"until": date(2027, 3, 1), "reason": "Venter på bolig"})
    store.change_now(members.add_member, team, {"agency": "nav", "name": "Kari"})
    store.change_now(members.add_routine, team, {"what": "Møte hver mandag"})
    store.change_now(members.watch, team, TODAY, {"goals": ("seen", "")})
    agreement = store.change_now(agreements.add, {"title": "Sammen", "in_force_from": TODAY})
    store.change_now(agreements.add_part, "proposal", agreement, {"text": "To samlinger"})
    change, ask = store.change_now, store.ask_now
    evaluation = change(evaluations.begin, "support_team", team, {"form": "support_team"})
    form = ask(evaluation_reading.one, evaluation).form
    counts = {one.id: (0,) * (len(one.steps) - 1) + (5,) for one in form.questions}
    change(evaluations.enter, evaluation, Tally(5, counts, {}))
    gathering = change(gatherings.add, {"title": "Bolig", "first": TODAY})
    member = change(network_members.add, {"name": "Siv Dahl", "agency": "nav"})
    invited = change(attendance.invite, gathering, member)
    change(attendance.mark, invited, TODAY, 1, True)
    mapping = change(mappings.begin, person, {})
    answer = ask(mapping_reading.one, mapping).answers[0].id
    change(mappings.follow_task, answer, {"text": "Søke bolig"})
    around = [change(people.add, {"name": name, "agency": "nav", "role": "nav_state"}) for name in ("Tor", "Liv")]
    for contact in around:
        change(network.involve, person, contact)
    assert change(consents.give, intakes_of, {"agency": "nav", "role": "nav_state", "given": TODAY}) == 1
    change(known.note, {person: around}, {"ground": "other", "own_words": "Avtalt muntlig"})
    return person


def test_what_people_do_has_no_flaw(store: Store, worked: int) -> None:
    assert examined(store).flaws == ()


COPIES = {
    "intake": "participant_id, version, opened, referred_by, referral_note, ours, theirs, outcome, reason",
    "phase_out": "participant_id, version, reason, began, state, words, consents, message_how, summary, "
                 "closed_reason, return_note",
    "meeting": "kind, version, day, participant_id, opened_at, present, guests",
    "absence": "staff_id, version, first, last, note",
    "support_team": "participant_id, version, agency, coordinator, kick_off, ends, in_on_it, own_words, stabilise, "
                    "consent_rule, judged, conclusion, recommendation",
    "invitation": "gathering_id, version, member_id, name, agency, part, group_number",
    "support_team_watch": "participant_id, version, support_team_id, day, point, state, note",
}  # fmt: skip


def again(table: str, condition: str = "1") -> str:
    """A statement that enters a row of `table` a second time."""
    return f"INSERT INTO {table} ({COPIES[table]}) SELECT {COPIES[table]} FROM {table} WHERE {condition}"


DAMAGE = [
    ("UPDATE review_answer SET participant_id = 2", "review_answer 1", "somebody else"),
    ("UPDATE criterion_judgement SET participant_id = 1", "criterion_judgement 1", "somebody else"),
    ("UPDATE intake_talk SET participant_id = 1", "intake_talk 1", "somebody else"),
    ("INSERT INTO review_note (version, review_id, participant_id, at, text) VALUES (1, 1, 2, 1, 'x')",
     "review_note 1", "somebody else"),
    ("INSERT INTO phase_out_told (version, phase_out_id, participant_id, agency, role, person, how) "
     "VALUES (1, 1, 2, 'nav', '', '', '')", "phase_out_told 1", "somebody else"),
    ("UPDATE review SET state = 'shut' WHERE id = 1", "review 1", "neither missing"),
    ("UPDATE review SET state = 'sealed', decision = 'move' WHERE id = 1", "review 1", "sealed without"),
    ("UPDATE review SET state = 'sealed', sealed_at = 5 WHERE id = 1", "review 1", "sealed without"),
    ("UPDATE review SET sealed_at = 5 WHERE id = 1", "review 1", "is not sealed"),
    ("UPDATE review SET state = 'owed', moved = NULL WHERE id = 1", "review 1", "no move"),
    ("UPDATE intake SET outcome = 'ended'", "intake 1", "outcome without a day"),
    ("UPDATE intake SET decided = '2026-11-01'", "intake 1", "a day without an outcome"),
    (again("intake"), "intake 2", "beside another"),
    ("UPDATE phase_out SET state = 'x'", "phase_out 1", "neither open"),
    ("UPDATE phase_out SET state = 'closed'", "phase_out 1", "without a day"),
    ("UPDATE phase_out SET returned = '2026-11-22'", "phase_out 1", "has one and is not"),
    (again("phase_out"), "phase_out 2", "beside another"),
    ("INSERT INTO past_release (version, participant_id, release_date, release_kind, returned, sentence_kind, "
     "parole_decision) VALUES (1, 1, '2026-05-01', '', '2026-04-30', '', '')",
     "past_release 1", "ended before it began"),
    ("INSERT INTO snooze (version, rule, rests, until, reason, snoozed) VALUES (1, 'x', '', '2026-12-01', '', '')",
     "snooze 1", "not about one"),
    (again("meeting", "kind = 'daily'"), "meeting 4", "beside another"),
    ("UPDATE meeting SET participant_id = NULL WHERE kind = 'support'", "meeting 2", "without a participant"),
    ("UPDATE meeting SET participant_id = 1 WHERE kind = 'daily'", "meeting 3", "is the team's"),
    ("UPDATE meeting_item SET meeting_id = NULL WHERE kind = 'task'", "meeting_item 1", "belongs to no meeting"),
    ("UPDATE meeting_item SET for_kind = ''", "meeting_item 4", "waits for none"),
    ("UPDATE meeting_item SET task = 77 WHERE kind = 'task'", "meeting_item 1", "a task that is not there"),
    ("UPDATE meeting SET closed_at = NULL WHERE id = 1", "meeting_item 3", "not closed"),
    ("UPDATE absence SET last = '2026-11-21'", "absence 1", "ends before"),
    ("UPDATE absence SET cover_id = staff_id", "absence 1", "whoever is away"),
    (again("absence"), "absence 2", "overlaps"),
    *(
        (f"UPDATE support_team_{part} SET participant_id = 2", f"support_team_{part} 1", "somebody else")
        for part in ("extension", "member", "routine", "watch")
    ),
    ("UPDATE support_team SET ends = '2026-11-21'", "support_team 1", "before its kick-off"),
    (again("support_team"), "support_team 2", "lasts beside another"),
    ("UPDATE support_team_extension SET until = was", "support_team_extension 1", "longer"),
    ("UPDATE support_team_member SET until = '2026-11-21'", "support_team_member 1", "before they came"),
    ("UPDATE support_team_member SET agency_left = 1", "support_team_member 1", "their agency left"),
    (again("support_team_watch"), "support_team_watch 2", "a second time"),
    ("UPDATE cooperation_agreement SET in_force_to = '2020-01-01'", "cooperation_agreement 1", "ends before it starts"),
    ("UPDATE proposal SET decided = '2026-11-22'", "proposal 1", "a day without a decision"),
    ("UPDATE evaluation SET returned = 4", "evaluation 1", "more answers than sheets"),
    ("INSERT INTO evaluation_answer (version, evaluation_id, question, text, themes) "
     "WITH n(i) AS (VALUES (1), (2), (3), (4), (5), (6)) SELECT 1, 1, 'x', 'y', '' FROM n",
     "evaluation 1", "more texts than sheets"),
    ("UPDATE evaluation_count SET count = -1 WHERE id = 1", "evaluation_count 1", "less than none"),
    ("UPDATE gathering SET last = '2026-11-21'", "gathering 1", "ends before"),
    (again("invitation"), "invitation 2", "a second time"),
    ("UPDATE attendance SET day = '2026-11-23'", "attendance 1", "not of its gathering"),
    ("UPDATE mapping_answer SET participant_id = 2", "mapping_answer 1", "somebody else"),
    ("UPDATE mapping_follow SET participant_id = 2", "mapping_follow 1", "somebody else"),
    ("UPDATE mapping_follow SET domain = 'x'", "mapping_follow 1", "another part of life"),
    ("UPDATE told_of SET told_id = of_id", "told_of 1", "tells of the person"),
    ("UPDATE told_of SET consent_id = 1, ground = ''", "told_of 1", "somebody else's consent"),
    ("UPDATE told_of SET ground = ''", "told_of 1", "neither a consent nor a ground"),
    ("INSERT INTO visit_question (version, participant_id, staff_id, visit, asked_at, answer) "
     "VALUES (1, 1, 1, 1, 1, 'x')", "visit_question 1", "an answer without a time"),
]  # fmt: skip


@pytest.mark.parametrize(("doctoring", "where", "named"), DAMAGE, ids=[f"{at}: {what}" for _do, at, what in DAMAGE])
def test_what_contradicts_itself_is_named(store: Store, worked: int, doctoring: str, where: str, named: str) -> None:
    rows(store, doctoring)
    flaws = examined(store).flaws
    assert any(flaw.where == where and named in flaw.text for flaw in flaws), flaws


def test_every_rule_has_its_damage() -> None:
    """A rule that no damage of these breaks would never be seen to fail."""
    assert len({(table, text) for table, _condition, text in RULES}) == len(RULES)
    assert {table for table, _condition, _text in RULES} == {where.split()[0] for _do, where, _named in DAMAGE}
    assert len(DAMAGE) >= len(RULES)


@pytest.mark.parametrize(
    ("doctoring", "named"),
    [
        (
            "INSERT INTO method_search (rowid, body) VALUES (99999, 'x')",
            "method_search: records missing: 0; there that should not be: 1",
        ),
        (
            "INSERT INTO method_search (rowid, body) VALUES (63, 'x')",
            "method_search: records missing: 0; there that should not be: 1",
        ),
        (
            "DELETE FROM method_search WHERE rowid = 1 * 64 + 1",
            "method_search: records missing: 1; there that should not be: 0",
        ),
        (
            "UPDATE meeting_item SET text = ' ' WHERE kind = 'topic'",
            "method_search: records missing: 0; there that should not be: 1",
        ),
    ],
)
def test_damage_to_the_index_is_named(store: Store, worked: int, doctoring: str, named: str) -> None:
    rows(store, doctoring)
    assert any(flaw.where == "search" and named in flaw.text for flaw in examined(store).flaws)


def test_a_hand_over_leaves_nothing_wrong(store: Store, worked: int, session: Callable[[str], Store]) -> None:
    ola = session("ola")
    store.change_now(hand_overs.hand_over, worked, ola.actor.staff_id, "Ring på tirsdag")
    assert examined(store).flaws == ()
