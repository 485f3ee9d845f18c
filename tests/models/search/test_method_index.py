"""What is said in reviews, intakes, ways out, meetings and across agencies is found in its context, while it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.cooperation import agreements
from models.gatherings import gatherings
from models.gatherings import members as network_members
from models.gatherings import tasks as gathering_tasks
from models.hand_overs import hand_overs
from models.intake import intake_talks, intakes
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.meetings import meetings
from models.participants import participants
from models.phase_outs import phase_outs
from models.reviews import reviews
from models.search import index as method_search
from models.search import queries as search
from models.search.queries import Hit
from models.signals import snoozes
from models.storage import undo
from models.store import Store
from models.support_teams import members as team_members
from models.support_teams import teams
from models.tables import RECORDS
from models.team import absences
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)


def found(store: Store, text: str) -> list[Hit]:
    return [hit for hit in store.ask_now(search.find, text) if hit.part]


def version_of(store: Store, table: str, row: int) -> int:
    return int(rows(store, f"SELECT version FROM {table} WHERE id = ?", row)[0][0])


@pytest.fixture
def review(store: Store, person: int) -> int:
    number = store.change_now(reviews.begin, person, "1_2")
    store.change_now(reviews.answer, number, "room", "Fisketur med broren er det som teller", None)
    return number


def test_an_answer_is_found_in_its_context_and_opens_its_review(store: Store, person: int, review: int) -> None:
    (hit,) = found(store, "FISKE bror")
    assert (hit.participant, hit.part, hit.opens, hit.day) == (person, "review", review, TODAY)
    assert (hit.code, hit.name) == ("EX-001", "Håkon Sæthre")
    assert [hit.context[start:stop] for start, stop in hit.spans] == ["Fisketur", "broren"]
    assert hit.entry is None
    assert found(store, "tur") == []


def test_who_it_is_about_need_not_stand_in_it(store: Store, person: int, review: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Nils", "family_name": "Fjell"})
    second = store.change_now(reviews.begin, other, "1_2")
    store.change_now(reviews.answer, second, "room", "Også fisketur", None)
    assert [hit.opens for hit in found(store, "håkon fisketur")] == [review]
    assert [hit.opens for hit in found(store, "fisketur nils")] == [second]
    assert {hit.opens for hit in found(store, "fisketur")} == {review, second}


def test_what_is_written_anew_or_taken_back_is_not_found_any_more(store: Store, review: int) -> None:
    store.change_now(reviews.answer, review, "room", "Sykkeltur", 1)
    assert found(store, "fisketur") == []
    assert len(found(store, "sykkeltur")) == 1
    store.change_now(reviews.discard, review, version_of(store, "review", review))
    assert found(store, "sykkeltur") == []
    store.change_now(undo.undo)
    assert len(found(store, "sykkeltur")) == 1
    assert examined(store).flaws == ()


def test_minutes_are_found_with_their_meeting_and_a_parked_topic_waits(store: Store, person: int) -> None:
    meeting = store.change_now(meetings.open_, "weekly")
    store.change_now(meetings.add, meeting, "decision", "Vi kjøper nye dekk")
    store.change_now(meetings.receive, meeting, "Berit fra Wayback", True)
    store.change_now(meetings.park, person, "Barnas skolestart")
    (about_nobody,) = found(store, "dekk")
    assert (about_nobody.participant, about_nobody.part, about_nobody.opens) == (0, "meeting", meeting)
    assert [hit.opens for hit in found(store, "wayback berit")] == [meeting]
    (parked,) = found(store, "skolestart")
    assert (parked.participant, parked.part, parked.opens) == (person, "meeting", 0)


def test_intake_way_out_hand_over_snooze_and_absence_are_found(
    store: Store, person: int, session: Callable[[str], Store]
) -> None:
    candidate = store.change_now(intakes.refer, {"given_name": "Nils"}, "Friomsorgen", "nevnte gitarspill")
    store.change_now(intake_talks.judge, candidate, "motivated", "met", "vil bli snekker")
    store.change_now(intake_talks.hold_talk, candidate, "information", TODAY, note="spurte om svømming")
    store.change_now(phase_outs.begin, person, "own_wish", TODAY, "skal til Tromsø")
    ola = session("ola")
    store.change_now(hand_overs.hand_over, person, ola.actor.staff_id, "liker sjakk")
    store.change_now(absences.add, {"staff": 1, "first": TODAY, "last": TODAY + timedelta(days=2), "note": "fjelltur"})
    for text, owner, part in (
        ("friomsorgen gitar", candidate, "intake"), ("snekker", candidate, "intake"), ("svømming", candidate, "intake"),
        ("tromsø", person, "phase_out"), ("sjakk", person, "hand_over"), ("fjelltur", 0, "absence"),
    ):  # fmt: skip
        assert [(hit.participant, hit.part) for hit in found(store, text)] == [(owner, part)], text
    silent = store.change_now(participants.add, {"given_name": "Per"}, TODAY - timedelta(days=90))
    store.change_now(snoozes.put_aside, silent, None, "silent", TODAY + timedelta(days=5), "er på ferietur")
    assert [(hit.participant, hit.part) for hit in found(store, "ferietur")] == [(silent, "snooze")]


def test_the_newest_come_first_and_they_do_not_push_everything_else_away(store: Store, person: int) -> None:
    for number in range(30):
        store.change_now(meetings.park, person, f"bolig {number}")
    hits = found(store, "bolig")
    assert len(hits) == search.METHOD_UP_TO
    assert hits[0].context == "bolig 29"


def test_every_free_text_of_the_method_is_searched() -> None:
    """What is chosen from a list, or drawn by the program, is not text of a person's."""
    chosen = {
        "review.transition", "review.state", "review.decision", "review.brief", "review_answer.prompt", "intake.ours",
        "intake.theirs", "intake.outcome", "criterion_judgement.criterion", "criterion_judgement.judgement",
        "intake_talk.talk", "intake_talk.covered", "intake_talk.said", "phase_out.reason", "phase_out.state",
        "phase_out.consents", "phase_out.message_how", "snooze.rule", "snooze.rests", "meeting.kind",
        "meeting.present", "meeting_item.kind", "meeting_item.for_kind", "support_team.agency", "support_team.in_on_it",
        "support_team_member.agency", "support_team_member.role", "support_team_watch.point",
        "support_team_watch.state",
        "mapping_answer.domain", "mapping_answer.step", "mapping_answer.services_now", "mapping_answer.services_wanted",
        "mapping_answer.our_step", "individual_plan.state", "individual_plan.agency", "gathering.gathering_kind",
        "gathering.state", "gathering_topic.topic_kind", "gathering_topic.presenters", "gathering_topic.agency",
        "gathering_task.task_when", "gathering_task.task_whom", "gathering_task.agency", "task_answer.agency",
        "cooperation_agreement.state", "group_member.network_group", "network_member.agency",
    }  # fmt: skip
    for source in method_search.SOURCES:
        texts = {
            f"{source.table}.{field.name}"
            for field in RECORDS[source.table]._meta.sorted_fields
            if type(field).__name__ == "TextField"
        }
        assert texts - chosen == {f"{source.table}.{text}" for text in source.texts}
    assert len(method_search.SOURCES) <= method_search.STRIDE


def test_what_is_written_across_agencies_is_found_where_it_stands(store: Store, person: int) -> None:
    change = store.change_now
    team = change(teams.begin, person, {"own_words": "Vil bo ved elva"})
    change(team_members.add_member, team, {"agency": "nav", "name": "Siv Dahl"})
    change(team_members.watch, team, TODAY, {"flow": ("seen", "Beskjeden kom for sent")})
    mapping = change(mappings.begin, person, {})
    answer = store.ask_now(mapping_reading.one, mapping).answers[0]
    change(mappings.answer, answer.id, answer.version, {"step": "2", "wish": "Et rom med vindu"})
    gathering = change(gatherings.add, {"title": "Angst og rus", "first": TODAY})
    task = change(gathering_tasks.add, gathering, {
        "text": "Drøft sangen", "task_when": "during", "task_whom": "agency", "questions": "Hvem?"
    })  # fmt: skip
    change(gathering_tasks.write, task, {"question": 1, "agency": "nav", "answer": "Kveldsvakta"})
    member = change(network_members.add, {"name": "Per Fjord", "agency": "nav"})
    agreement = change(agreements.add, {"title": "Sammen", "aim": "Ingen på gata"})
    for words, participant, part, opens in (
        ("elva", person, "support_team", team), ("siv dahl", person, "support_team", team),
        ("beskjeden", person, "support_team", team), ("vindu", person, "mapping", mapping),
        ("angst", 0, "gathering", gathering), ("sangen", 0, "gathering_task", task),
        ("kveldsvakta", 0, "gathering_task", task), ("fjord", 0, "network_member", member),
        ("gata", 0, "agreement", agreement),
    ):  # fmt: skip
        assert [(hit.participant, hit.part, hit.opens) for hit in found(store, words)] == [(participant, part, opens)]
    assert [hit.part for hit in found(store, "håkon elva")] == ["support_team"]
    assert examined(store).flaws == ()
