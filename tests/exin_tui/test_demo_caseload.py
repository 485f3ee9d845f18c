"""The demo's caseload: the same each time, sound as the program's own, and nobody's."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from config.programme import load
from exin_tui.demo import names, phrases, support_teams
from exin_tui.demo.caseload import fill
from exin_tui.demo.lives import live
from exin_tui.demo.stories import STORIES
from models import board, timeline
from models.examination.whole import Examination, examine
from models.export import whole as export
from models.participants import participants
from models.phases import phases
from models.phases.phases import PhaseSpan
from models.signals.rules import RULES
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.store import Store
from models.tables import Application, Appointment, Consent, Entry, Record, Task
from models.team import staff, workload
from models.values.clock import Clock
from models.values.national_id import validated
from models.values.text import clean_text
from models.vault import sealed
from models.vault.keys import KdfParameters

PROGRAMME = load()
TODAY = date(2026, 11, 22)
AROUND = (
    "contact", "involvement", "consent", "disclosure", "checklist", "checklist_item", "appointment", "task",
    "application", "goal", "step", "spending", "review", "review_answer", "review_note", "intake",
    "criterion_judgement", "intake_talk", "phase_out", "phase_out_told", "snooze", "meeting", "meeting_item", "absence",
    "hand_over",
)  # fmt: skip
TABLES = ("staff", "participant", "phase_period", "entry", *AROUND)
RULE_NAMES = {rule.__name__ for rule in RULES}


def clock(hour: int = 8, day: date = TODAY) -> Clock:
    return Clock(ZoneInfo("Europe/Oslo"), lambda: datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC))


def new_store(folder: Path, time: Clock) -> Store:
    unlocked, _recovery = sealed.create(folder, "demo", "et hav av passord", kdf=KdfParameters(16 * 1024, 2, 1))
    store = Store(unlocked, time, PROGRAMME)
    store.open()
    return store


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = new_store(tmp_path_factory.mktemp("forty") / "vault", clock())
    fill(store, participants=40, years=2, seed=1)
    yield store
    store.close()


def sql(store: Store, statement: str) -> list[tuple[Any, ...]]:
    return store.ask_now(lambda reading: reading.sql(statement))


def examined(store: Store) -> Examination:
    return store._now(lambda: examine(store._reading(), store._audit_key))


def content(store: Store) -> list[list[tuple[Any, ...]]]:
    return [sql(store, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]


def cards(store: Store, *, closed: bool = False) -> list[board.BoardCard]:
    return store.ask_now(board.page, board.BoardQuery(closed=closed), 0, 10_000)


def test_the_same_seed_and_date_give_the_same_caseload(tmp_path: Path, forty: Store) -> None:
    evening, other = new_store(tmp_path / "a", clock(hour=21)), new_store(tmp_path / "b", clock())
    try:
        fill(evening, participants=40, years=2, seed=1)
        fill(other, participants=40, years=2, seed=2)
        assert content(evening) == content(forty)
        for table, mine, theirs in zip(TABLES, content(other), content(forty), strict=True):
            assert theirs, table
            assert mine != theirs or table in ("staff", "absence")
    finally:
        evening.close()
        other.close()


DAYS = (date(2026, 2, 28), date(2027, 7, 1), date(2028, 12, 29))


@pytest.mark.parametrize(("day", "seed"), [(TODAY, 1), *product(DAYS, (2, 3, 4))])
def test_every_sign_is_found_whatever_the_seed_and_the_day(tmp_path: Path, seed: int, day: date) -> None:
    store = new_store(tmp_path / "vault", clock(day=day))
    try:
        fill(store, participants=40, years=2, seed=seed)
        store.change_now(support_teams.enter)
        assert {sign.rule for card in cards(store) for sign in card.signs} == RULE_NAMES
        # Most participants need no attention for silence: else the sign would say nothing.
        assert sum(any(sign.rule == "silent" for sign in card.signs) for card in cards(store)) <= 8
    finally:
        store.close()


def test_the_board_looks_like_a_team(forty: Store) -> None:
    counts = forty.ask_now(board.counts, board.BoardQuery())
    assert counts == {1: 5, 2: 13, 3: 7, 4: 5, 5: 5, 6: 2}
    assert forty.ask_now(board.counts, board.BoardQuery(closed=True)) == {0: 3}
    assert {card.also for card in cards(forty)} >= {(), (2,), (4,)}
    assert any(card.name and " " not in card.name for card in cards(forty))
    bare = sql(forty, "SELECT count(*) FROM participant WHERE sentence_start IS NULL AND phone = '' AND prison = ''")
    assert bare[0][0] == 2


def test_the_workload_has_a_limit_passed_and_a_leader_with_some_of_their_own(forty: Store) -> None:
    loads = {load.name: load for load in forty.ask_now(workload.workload)}
    assert loads["Ola Nordmann"].participants == 13
    assert loads["Ola Nordmann"].covers == ("AN",), "the leader is away, and their participants count for the cover"
    assert [name for name, load in loads.items() if load.over] == ["Ola Nordmann"]
    leader = forty.ask_now(staff.by_user, "demo")
    assert leader.role == "team_leader"
    assert loads[leader.name].participants == PROGRAMME.limits.leader_participants
    mine = forty.ask_now(board.counts, board.BoardQuery(worker=leader.id))
    assert 8 <= sum(mine.values()) <= 16
    assert {colleague.role for colleague in forty.ask_now(staff.team)} == {"team_leader", "caseworker", "reader"}


def test_the_examination_finds_nothing_wrong(forty: Store) -> None:
    assert examined(forty).flaws == ()


def test_nobody_is_a_real_person(forty: Store) -> None:
    numbers = [number for (number,) in sql(forty, "SELECT national_id FROM participant WHERE national_id != ''")]
    assert len(numbers) > 10
    for number in numbers:
        assert int(number[2:4]) > 80, "no living person has it"
        assert validated(number) == number
    phones = [phone for (phone,) in sql(forty, "SELECT phone FROM participant WHERE phone != ''")]
    assert phones
    assert all(re.fullmatch(r"\+47 01 \d\d \d\d \d\d", phone) for phone in phones)
    emails = [email for (email,) in sql(forty, "SELECT email FROM participant WHERE email != ''")]
    assert emails
    assert all(re.fullmatch(r"[a-z0-9.]+@epost\.example", email) for email in emails)
    everything = " ".join(str(value) for table in content(forty)[1:] for row in table for value in row)
    assert re.findall(r"@(?!epost\.example)", everything) == []
    # No other telephone number has found its way into the notes.
    notes = " ".join(text for (text,) in sql(forty, "SELECT text FROM entry"))
    assert re.findall(r"\d[\d ]{6,}\d", notes) == []


def test_an_identity_number_tells_the_birth_date(forty: Store) -> None:
    chance = Random("numbers")
    for _number in range(300):
        who = names.person(chance, TODAY)
        assert validated(who.national_id) == who.national_id
        assert int(who.national_id[2:4]) > 80, "no living person has it"
        assert 18 <= (TODAY - who.birth_date).days / 365 <= 60
    for row in forty.ask_now(lambda reading: _files(reading)):
        # That nobody has the number is as it should be.
        assert [text for text in participants.advice(row.values) if "nobody has been given" not in text] == []


def _files(reading: Reading) -> list[participants.ParticipantFile]:
    return [participants.file_of(reading, number) for (number,) in reading.sql("SELECT id FROM participant")]


def test_texts_are_what_a_person_could_have_saved(forty: Store) -> None:
    rows = sql(forty, "SELECT text, topic, with_whom, place, kind, outcome, contact, minutes, at, day FROM entry")
    kinds = {kind.id: kind for kind in PROGRAMME.kinds}
    for text, topic, with_whom, place, kind, outcome, contact, minutes, at, day in rows:
        for value in (text, topic, with_whom, place):
            assert clean_text(value) == value
            assert "{" not in value
            assert value == value.strip()
        assert outcome in (("reached", "attempted") if kinds[kind].contact else ("",))
        assert bool(contact) == (outcome == "reached")
        assert minutes is None or 0 < minutes <= timeline.MINUTES_LIMIT
        assert forty.clock.local(at).date().isoformat() == day
        assert date.fromisoformat(day) < TODAY
    written = [text for text, *_others, kind, outcome, _c, _m, _a, _d in rows if text and not kinds[kind].system]
    assert len(set(written)) > len(written) / 3
    assert max(len(text) for text in written) > 800


def test_what_is_written_in_bulk_is_what_the_program_writes_one_by_one(tmp_path: Path, forty: Store) -> None:
    """The same participants entered by hand: equal rows, cards and search, but for ids and the moment of writing."""
    store = new_store(tmp_path / "vault", clock())
    try:
        for user, name, role in sql(forty, "SELECT user, name, role FROM staff ORDER BY id"):
            store.change_now(staff.join, user, name, role, "")
        chosen = [number for (number,) in sql(forty, "SELECT id FROM participant WHERE id % 5 = 0")]
        for number in chosen:
            _by_hand(forty, store, number)
        codes = {card.code: card for card in [*cards(forty), *cards(forty, closed=True)]}
        again = [*cards(store), *cards(store, closed=True)]
        assert len(again) == len(chosen)
        for card in again:
            theirs = codes[card.code]
            assert replace(card, participant=theirs.participant, signs=()) == replace(theirs, signs=())
            assert _of_what_was_entered(card) == _of_what_was_entered(theirs)
            query = "SELECT {} FROM entry WHERE participant_id = {} ORDER BY at, kind, detail, text"
            told = "at, day, kind, outcome, contact, with_whom, place, minutes, text, topic, detail, subject != ''"
            first = sql(forty, query.format(told, codes[card.code].participant))
            assert sql(store, query.format(told, card.participant)) == first
        assert examined(store).flaws == ()
    finally:
        store.close()


def _by_hand(source: Store, target: Store, number: int) -> None:
    found = source.ask_now(participants.file_of, number)
    first, *others = sorted(found.phases, key=lambda span: (span.began, span.phase))
    values = {name: value for name, value in found.values.items() if value not in ("", None)}
    values["worker"] = found.values["worker"]
    made = target.change_now(participants.add, values, first.began, first.phase)
    for span in others:
        # In order of time: out of prison, everything of before that still lasts would end.
        _end_by_hand(target, made, found.phases, span.began)
        target.change_now(phases.begin, made, span.phase, span.began, reviewed=True)
    _end_by_hand(target, made, found.phases, TODAY)
    for table in (Consent, Application, Task, Appointment):
        name, keys = table._meta.table_name, [field for field in table._meta.sorted_field_names if field != "id"]
        listed = ", ".join(f'"{table._meta.fields[key].column_name}"' for key in keys)
        for row in sql(source, f"SELECT {listed} FROM {name} WHERE participant_id = {number} ORDER BY id"):
            given = {key: table._meta.fields[key].python_value(value) for key, value in zip(keys, row, strict=True)}
            # Whom the demo knows is not known here, and whose consent a consent renews neither.
            nobody = {
                key: None for key in ("contact", "renews", "obtained_by", "owner", "worker", "driver") if key in given
            }
            target.change_now(_put, table, {**given, **nobody, "participant": made})
    columns = "subject, kind, at, outcome, minutes, with_whom, place, text, topic, topic_taken_at, detail"
    for row in sql(source, f"SELECT {columns} FROM entry WHERE participant_id = {number} ORDER BY id"):
        subject, kind, at, outcome, minutes, with_whom, place, text, topic, taken, detail = row
        if kind in ("phase_began", "phase_ended"):
            continue
        if PROGRAMME.kind(kind).system:
            target.change_now(_tell, made, kind, at, json.loads(detail), subject)
            continue
        given = {"kind": kind, "at": at, "minutes": minutes, "with_whom": with_whom, "place": place}
        given |= {"outcome": "" if outcome == "reached" else outcome, "text": text, "topic": topic}
        entry = target.change_now(timeline.record, made, given)
        if subject:
            # A talk of the intake has its entry, as `intake_talks.hold_talk` links it.
            target.change_now(_put_subject, entry, subject)
        if taken is not None:
            target.change_now(timeline.take_up_topic, entry)


def _end_by_hand(target: Store, made: int, spans: Sequence[PhaseSpan], day: date) -> None:
    """End what lasts there and was over by this day."""
    for own in target.ask_now(phases.of, made):
        ended = next(span.ended for span in spans if (span.phase, span.began) == (own.phase, own.began))
        if own.ended is None and ended is not None and ended <= day:
            target.change_now(phases.end, own.id, own.version, ended)


@action("test_demo_caseload.tell")
def _tell(work: Work, *told: Any) -> None:
    timeline.tell(work, *told)


@action("test_demo_caseload.put_subject")
def _put_subject(work: Work, entry: int, subject: str) -> None:
    work.update(Entry, entry, None, subject=subject)


def _of_what_was_entered(card: board.BoardCard) -> list[str]:
    """The signs that rest on what is entered by hand here: not on checklists, people around, reviews and meetings."""
    others = {
        "release_list", "unverified", "agency_missing", "review_due", "review_owed", "discussion_missed",
        "long_in_phase", "candidate_waiting", "phase_out_open", "worker_away",
    }  # fmt: skip
    return [sign.rule for sign in card.signs if sign.rule not in others]


@action("test_demo_caseload.put")
def _put(work: Work, table: type[Record], values: dict[str, Any]) -> None:
    del values["version"]
    work.insert(table, **values)


def test_phases_follow_one_another_and_prison_ends_in_a_day() -> None:
    for number, story in enumerate(STORIES * 5):
        life = live(number, story, 2, 9, TODAY, PROGRAMME)
        began = [period.began for period in life.periods]
        assert began == sorted(began)
        assert all(period.ended is None or period.began <= period.ended < TODAY for period in life.periods)
        assert life.closed == all(period.ended is not None for period in life.periods)
        # Of somebody who is back, the first way out of prison.
        by_phase = {period.phase: period for period in reversed(life.periods)}
        if 3 in by_phase and 4 in by_phase:
            assert by_phase[3].ended == by_phase[4].began == life.columns["release_date"]


def test_years_and_entries_are_as_asked(tmp_path: Path) -> None:
    store = new_store(tmp_path / "vault", clock())
    try:
        filled = fill(store, participants=50, years=6, seed=3, entries=5_000)
        assert (filled.participants, filled.entries) == (50, 5_000)
        assert sql(store, "SELECT count(*) FROM entry") == [(5_000,)]
        oldest = date.fromisoformat(sql(store, "SELECT min(day) FROM entry")[0][0])
        assert 2 < (TODAY - oldest).days / 365 <= 6.1
        again = fill(store, participants=7, years=0.2, seed=4)
        assert again.participants == 7
        assert sql(store, "SELECT count(*), count(DISTINCT code) FROM participant") == [(57, 57)]
        assert examined(store).flaws == ()
    finally:
        store.close()


@pytest.mark.parametrize("participants_wanted", [0, 1, 2, 6])
def test_small_caseloads_work_too(tmp_path: Path, participants_wanted: int) -> None:
    store = new_store(tmp_path / "vault", clock())
    try:
        assert fill(store, participants=participants_wanted, years=1, seed=1).participants == participants_wanted
        assert examined(store).flaws == ()
    finally:
        store.close()


@pytest.mark.slow
def test_a_thousand_participants(tmp_path: Path) -> None:
    store = new_store(tmp_path / "vault", clock())
    try:
        assert fill(store, participants=1_000, years=3, seed=1, entries=20_000).entries == 20_000
        loads = Counter(load.participants for load in store.ask_now(workload.workload, (), 1_000))
        assert max(loads) == 13
        assert loads[13] == 1
        assert sum(count for load, count in loads.items() if 8 <= load <= 12) >= 0.9 * sum(loads.values())
        assert examined(store).flaws == ()
    finally:
        store.close()


def test_every_kind_has_words_and_every_stage_its_own() -> None:
    roles = {"kb", "tk", "nav", "adv", "lege", "fri", "far"}
    for phase in range(1, 7):
        for kind in (kind.id for kind in PROGRAMME.kinds if not kind.system):
            for text in phrases.tells(phase, kind):
                assert set(re.findall(r"{(\w+)}", text)) <= roles
    tells = [phrases.TELLS[stage]["any"] for stage in phrases.STAGE.values()]
    assert len(set(tells)) == 6


def test_an_export_of_the_demo_is_whole(forty: Store) -> None:
    assert "EX-001" in export.as_json(forty.ask_now(export.participant, 1))
