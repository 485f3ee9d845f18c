"""The demo's reviews, intakes, ways out and meetings: as the program would have written them, and something of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.programme import load
from exin_tui.demo.caseload import fill
from exin_tui.demo.lives import live
from exin_tui.demo.stories import STORIES
from models.examination import whole as examination
from models.hand_overs import hand_overs
from models.intake import reading as intake_reading
from models.intake import waiting as intake_waiting
from models.meetings import reading as meeting_reading
from models.meetings.reading import closed as held
from models.phase_outs import file as phase_out_file
from models.reviews import brief as review_brief
from models.reviews import decision as review_decision
from models.reviews import reading as review_reading
from models.search import queries as search
from models.signals import listing as signals
from models.store import Store
from models.team import absences
from models.values.clock import Clock
from models.vault import sealed
from models.vault.keys import KdfParameters

PROGRAMME = load()
METHOD = PROGRAMME.method
TODAY = date(2026, 11, 22)
CLOCK = Clock(ZoneInfo("Europe/Oslo"), lambda: datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
PAST = {
    "review": ("opened", "moved", "effective"), "intake": ("opened", "decided"), "intake_talk": ("held",),
    "phase_out": ("began", "closing_talk", "last_message", "closed", "returned"), "phase_out_told": ("told",),
    "meeting": ("day",), "hand_over": ("day",), "criterion_judgement": ("judged",),
}  # fmt: skip
MOMENTS = {
    "review": ("sealed_at",), "review_answer": ("written_at",), "review_note": ("at",), "meeting_item": ("at",),
    "meeting": ("opened_at", "closed_at"), "hand_over": ("read_at",),
}  # fmt: skip


def filled(folder: Path, seed: int, participants: int = 40, years: float = 2) -> Store:
    unlocked, _recovery = sealed.create(folder, "demo", "et hav av passord", kdf=KdfParameters(16 * 1024, 2, 1))
    store = Store(unlocked, CLOCK, PROGRAMME)
    store.open()
    fill(store, participants=participants, years=years, seed=seed)
    return store


@pytest.fixture(scope="module", params=[1, 2])
def forty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(tmp_path_factory.mktemp("forty") / "vault", request.param)
    yield store
    store.close()


def sql(store: Store, statement: str, *values: object) -> list[tuple[Any, ...]]:
    return store.ask_now(lambda reading: reading.sql(statement, values))


def everybody(store: Store) -> list[int]:
    return [number for (number,) in sql(store, "SELECT id FROM participant ORDER BY id")]


def test_nothing_that_has_happened_lies_ahead(forty: Store) -> None:
    for table, columns in PAST.items():
        for column in columns:
            (latest,) = sql(forty, f"SELECT max({column}) FROM {table}")[0]
            assert latest is not None, (table, column)
            assert latest < TODAY.isoformat(), (table, column)
    for table, columns in MOMENTS.items():
        for column in columns:
            assert 0 < sql(forty, f"SELECT max({column}) FROM {table}")[0][0] < CLOCK.seconds(), (table, column)


def test_the_examination_finds_nothing_wrong(forty: Store) -> None:
    assert forty._now(lambda: examination.examine(forty._reading(), forty._audit_key)).flaws == ()


def test_reviews_are_sealed_open_and_owed_and_what_the_method_asks_is_answered(forty: Store) -> None:
    found = [line for number in everybody(forty) for line in forty.ask_now(review_reading.of, number)]
    assert {line.state for line in found} == {"sealed", "open", "owed"}
    assert {line.transition for line in found} == {one.id for one in METHOD.reviews.transitions}
    assert {line.decision for line in found} - {""} == set(review_reading.DECISIONS)
    for line in found:
        transition = METHOD.reviews.transition(line.transition)
        assert transition is not None
        if line.state == "sealed":
            whole = forty.ask_now(review_reading.file_of, line.id)
            assert whole.unanswered == ()
            assert whole.present
            # What was known then, not what is known now.
            brief = forty.ask_now(review_brief.brief, line.id)
            assert brief.day == line.sealed
            assert brief.code in {code for (code,) in sql(forty, "SELECT code FROM participant")}
            assert brief.phases
            assert line.decision in review_decision.decisions(transition)
            assert (line.next_review is not None) == (line.decision == "stay")
        assert line.owed == (line.state == "owed")


def test_nothing_is_reviewed_after_it_is_over(tmp_path: Path) -> None:
    """In a team of many years more of the ordinary lives are over."""
    store = filled(tmp_path / "vault", 1, participants=200, years=9)
    try:
        over = sql(
            store,
            "SELECT r.id FROM review r JOIN card c ON c.participant_id = r.participant_id WHERE c.phase = 0 "
            "AND (r.state != 'sealed' OR r.transition = 'stay')",
        )
        assert over == []
        assert sql(store, "SELECT count(*) FROM card WHERE phase = 0")[0][0] > 25
    finally:
        store.close()


def test_every_move_has_its_review_or_owes_it(forty: Store) -> None:
    moves = sql(
        forty,
        "SELECT n.participant_id, n.began FROM phase_period n JOIN participant p ON p.id = n.participant_id "
        "WHERE p.sentence_start IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM phase_period f WHERE f.participant_id = n.participant_id AND f.began < n.began)",
    )
    assert len(moves) > 30
    for participant, day in moves:
        assert sql(
            forty, "SELECT 1 FROM review WHERE participant_id = ?1 AND (effective = ?2 OR moved = ?2)", participant, day
        ), (participant, day)


def test_intakes_are_decided_or_under_way_with_talks_in_their_order(forty: Store) -> None:
    outcomes = {outcome for (outcome,) in sql(forty, "SELECT outcome FROM intake")}
    assert outcomes == {"", "enrolled", "ended"}
    order = [talk.id for talk in METHOD.intake.talks]
    for number in everybody(forty):
        file = forty.ask_now(intake_reading.file_of, number)
        talks = sql(forty, "SELECT talk, held FROM intake_talk WHERE participant_id = ? ORDER BY id", number)
        assert [talk for talk, _held in talks] == order[: len(talks)]
        assert [day for _talk, day in talks] == sorted(day for _talk, day in talks)
        assert file is not None
    whole = "SELECT count(*) FROM intake i WHERE outcome = 'enrolled' AND "
    count = "(SELECT count(*) FROM intake_talk t WHERE t.intake_id = i.id) "
    assert sql(forty, f"{whole}{count} = {len(order)}") == sql(forty, f"{whole} 1")
    assert len(forty.ask_now(intake_waiting.waiting)) >= 4
    # A talk stands on the line of time, and counts as contact.
    told = sql(forty, "SELECT subject, contact, outcome FROM entry WHERE subject LIKE 'intake_talk:%'")
    assert len(told) == sql(forty, "SELECT count(*) FROM intake_talk")[0][0]
    assert {(contact, outcome) for _subject, contact, outcome in told} == {(1, "reached")}


def test_ways_out_of_each_reason_and_one_that_led_back(forty: Store) -> None:
    kinds = set(sql(forty, "SELECT reason, state FROM phase_out"))
    assert kinds >= {
        ("independence", "closed"), ("drop_out", "closed"), ("no_basis", "closed"), ("independence", "open"),
        ("drop_out", "open"), ("drop_out", "returned"),
    }  # fmt: skip
    for number in everybody(forty):
        file = forty.ask_now(phase_out_file.file_of, number)
        assert not file.phased_out or (file.current is not None and file.current.state == "closed")
        if file.current is not None and file.current.reason == "independence" and file.phased_out:
            assert file.current.consents == file.current.closed
            assert file.in_force == 0
            assert all(line.told is not None for line in file.current.told)


def test_meetings_of_every_kind_were_held_and_something_waits(forty: Store) -> None:
    found = [one for kind in meeting_reading.KINDS for one in forty.ask_now(held, kind)]
    assert {one.kind for one in found} == set(meeting_reading.KINDS)
    assert all(one.day < TODAY and one.present for one in found)
    assert all(one.participant for one in found if one.kind == meeting_reading.SUPPORT)
    assert {kind for (kind,) in sql(forty, "SELECT DISTINCT kind FROM meeting_item")} >= {
        meeting_reading.NOTE, meeting_reading.DECISION, meeting_reading.HEARD, meeting_reading.NEED,
        meeting_reading.TOPIC,
    }  # fmt: skip
    waits = sql(forty, "SELECT for_kind, participant_id FROM meeting_item WHERE meeting_id IS NULL")
    assert {kind for kind, _whom in waits} == {"weekly", "monthly"}
    assert {whom is None for _kind, whom in waits} == {True, False}


def test_somebody_is_away_covered_and_somebody_is_not_and_participants_changed_hands(forty: Store) -> None:
    away = forty.ask_now(absences.away, TODAY)
    assert {one.cover is None for one in away.values()} == {True, False}
    assert sql(forty, "SELECT count(*) FROM absence WHERE cover_id = staff_id") == [(0,)]
    latest = forty.ask_now(hand_overs.latest)
    assert {one.read_at is None for one in latest} == {True, False}
    for one in latest:
        assert one.from_staff != one.to_staff
        assert sql(forty, "SELECT worker_id FROM participant WHERE id = ?", one.participant) == [(one.to_staff,)]


def test_signals_are_put_aside_and_others_of_the_rule_are_not(forty: Store) -> None:
    rules = {rule for (rule,) in sql(forty, "SELECT rule FROM snooze")}
    assert rules
    counts = forty.ask_now(signals.survey).rules
    for rule in rules:
        assert forty.ask_now(lambda reading, rule=rule: signals.listing(reading, rule=rule, snoozed=True))
        assert counts[rule] > 0


def test_lines_of_the_timeline_tell_of_what_is_there_in_words_of_both_languages(forty: Store) -> None:
    wanted = {
        "review_held", "review_owed", "review_note", "intake_referred", "intake_ended", "enrolled", "phase_out_began",
        "closing_talk", "last_message", "phase_out_closed", "phase_out_returned", "handed_over", "meeting_note",
        "meeting_decision",
    }  # fmt: skip
    seen = set()
    for owner, kind, detail, subject in sql(forty, "SELECT participant_id, kind, detail, subject FROM entry"):
        if kind not in wanted:
            continue
        table, _colon, row = subject.partition(":")
        assert sql(forty, f'SELECT participant_id FROM "{table}" WHERE id = ?', int(row)) == [(owner,)]
        told = json.loads(detail)
        template = str(PROGRAMME.kind(kind).template)
        assert all(f"{{{name}}}" in template or name == "date" for name in told), kind
        seen.add(kind)
    assert seen == wanted


def test_what_the_team_said_is_found(forty: Store) -> None:
    parts = {hit.part for word in ("vi", "samtale", "nav") for hit in forty.ask_now(search.find, word, 100)}
    assert parts >= {"review", "meeting", "intake"}


def test_whoever_is_back_had_left(forty: Store) -> None:
    story = next(story for story in STORIES if story.returned)
    life = live(7, story, 3, 1, TODAY, PROGRAMME)
    assert [period.phase for period in life.periods[-3:]] == [4, 6, 4]
    assert life.periods[-2].ended is not None
    assert life.periods[-2].ended < life.periods[-1].began
    assert life.columns["release_date"] == next(one.began for one in life.periods if one.phase == 4)
    # Too short a time holds no way out and back.
    short = live(7, story, 0.3, 1, TODAY, PROGRAMME)
    assert 6 not in [period.phase for period in short.periods]


def test_a_second_filling_meets_in_the_same_meetings(tmp_path: Path) -> None:
    store = filled(tmp_path / "vault", 1, participants=12, years=1)
    try:
        before = sql(store, "SELECT count(*) FROM meeting WHERE participant_id IS NULL")
        gone_through = sql(store, "SELECT count(*) FROM meeting_item WHERE kind = 'heard'")[0][0]
        fill(store, participants=12, years=1, seed=2)
        assert sql(store, "SELECT count(*) FROM meeting WHERE participant_id IS NULL") == before
        assert sql(store, "SELECT count(*) FROM meeting_item WHERE kind = 'heard'")[0][0] > gone_through
    finally:
        store.close()
