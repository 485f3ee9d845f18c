"""What stands around the demo's participants: sound as the program's own, something for every sign, and nobody's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import asdict

from config.programme import load
from exin_tui.demo.caseload import fill
from models.checklists import reading as checklist_reading
from models.checklists.content import template_of
from models.checklists.upkeep import _Facts, due_for
from models.consents import answer as consent_answer
from models.consents import disclosures
from models.consents import matrix as consent_matrix
from models.contacts import network, people, register
from models.contacts.register import PeopleQuery
from models.goals import reading as goal_reading
from models.plans import agenda, applications, tasks
from models.store import Store
from models.values import phone
from models.values.clock import Clock
from models.values.days import months_later
from models.vault import sealed
from models.vault.keys import KdfParameters

PROGRAMME = load()
TODAY = date(2026, 11, 22)
CLOCK = Clock(ZoneInfo("Europe/Oslo"), lambda: datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
PAST_DAYS = {
    "contact": (),
    "involvement": ("since",),
    "consent": ("given", "withdrawn"),
    "disclosure": ("day",),
    "checklist": ("opened", "closed"),
    "application": ("sent", "complement_asked", "complement_sent", "decided"),
    "goal": ("began", "ended"),
    "step": ("began",),
    "spending": ("day",),
}


def new_store(folder: Path) -> Store:
    unlocked, _recovery = sealed.create(folder, "demo", "et hav av passord", kdf=KdfParameters(16 * 1024, 2, 1))
    store = Store(unlocked, CLOCK, PROGRAMME)
    store.open()
    return store


@pytest.fixture(scope="module", params=[1, 2])
def forty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = new_store(tmp_path_factory.mktemp("forty") / "vault")
    fill(store, participants=40, years=2, seed=request.param)
    yield store
    store.close()


def sql(store: Store, statement: str, *values: object) -> list[tuple[Any, ...]]:
    return store.ask_now(lambda reading: reading.sql(statement, values))


def everybody(store: Store) -> list[int]:
    return [number for (number,) in sql(store, "SELECT id FROM participant ORDER BY id")]


def test_the_register_covers_the_agencies_with_people_who_do_not_exist(forty: Store) -> None:
    groups = forty.ask_now(register.counts, PeopleQuery())
    listed = forty.ask_now(register.find, PeopleQuery(), groups, 0, 1_000)
    assert 30 <= len(listed) <= 75
    assert {agency for agency, _count in groups} == {agency.id for agency in PROGRAMME.agencies}
    for person in listed:
        assert PROGRAMME.role(person.role).agency == person.agency
        assert person.phone == "" or re.fullmatch(r"\+47 01 \d\d \d\d \d\d", person.phone)
        assert phone.fault(person.phone) == ""
        assert person.email == "" or re.fullmatch(r"[a-z0-9.]+@epost\.example", person.email)
    doubled = [person for person in listed if forty.ask_now(register.doubles, {"phone": person.phone}, person.id)]
    assert len(doubled) == 2
    left = forty.ask_now(register.counts, PeopleQuery(left=True))
    assert left == [("nav", 1)]
    # A case is in the register under the words the register itself would have written.
    for person in listed:
        values = {name: getattr(person, name) for name in people.LABELS}
        kept = sql(forty, "SELECT name_key, folded FROM contact WHERE id = ?", person.id)
        assert kept == [tuple(people.derived(values).values())]


def test_nothing_that_has_happened_lies_ahead(forty: Store) -> None:
    for table, columns in PAST_DAYS.items():
        for column in columns:
            (latest,) = sql(forty, f"SELECT max({column}) FROM {table}")[0]
            assert latest is None or latest < TODAY.isoformat(), (table, column)
    for table, column in (("task", "done_at"), ("step", "done_at"), ("checklist_item", "done_at"),
                          ("checklist_item", "verified_at"), ("contact", "created_at")):  # fmt: skip
        assert sql(forty, f"SELECT max({column}) FROM {table}")[0][0] < CLOCK.seconds()


def test_consents_keep_the_rules_of_the_program(forty: Store) -> None:
    months = PROGRAMME.limits.consent_months
    for number in everybody(forty):
        held = forty.ask_now(consent_answer.held, number)
        known = {one.id: one for one in held}
        for one in held:
            agency = PROGRAMME.agency(one.agency)
            assert one.role in {role.id for role in agency.roles}
            assert one.person or not agency.named
            assert one.given <= one.valid_until <= months_later(one.given, months)
            assert one.withdrawn is not None or not one.withdrawal_kept
            assert one.withdrawn is None or one.given <= one.withdrawn
            if one.renews is not None:
                former = known[one.renews]
                assert (former.agency, former.role, former.person) == (one.agency, one.role, one.person)
                assert former.given < one.given
        for one in held:
            # A withdrawal leaves nothing in force with the same person.
            if one.withdrawn is not None:
                assert not any(
                    other.holds(TODAY)
                    and (other.agency, other.role, other.person) == (one.agency, one.role, one.person)
                    for other in held
                )


def test_what_was_withdrawn_aloud_is_told_as_such_and_the_rest_has_its_writing(forty: Store) -> None:
    """The Trondheim report's form: a withdrawal is confirmed in writing, and for one the confirmation is awaited."""
    aloud = {
        number for number in everybody(forty) if any(one.oral for one in forty.ask_now(consent_answer.held, number))
    }
    written = {n for (n,) in sql(forty, "SELECT participant_id FROM consent WHERE withdrawal_kept != ''")}
    told = {
        kind: {n for (n,) in sql(forty, f"SELECT participant_id FROM entry WHERE kind = '{kind}'")}
        for kind in ("consent_withdrawn", "consent_withdrawn_orally")
    }
    assert told == {"consent_withdrawn": written, "consent_withdrawn_orally": aloud}
    assert len(aloud) == 1
    assert written


def test_every_state_of_consent_is_found_and_most_are_in_order(forty: Store) -> None:
    followed = [n for (n,) in sql(forty, "SELECT participant_id FROM card WHERE phase BETWEEN 2 AND 5")]
    states = [
        answer.answer.state for n in followed for answer in forty.ask_now(consent_matrix.set_answers, n, "intake")
    ]
    # The weaker yes answers for no set.
    assert set(states) == {*consent_answer.STATES} - {consent_answer.KNOWN}
    assert states.count(consent_answer.YES) > 0.7 * len(states)
    released = [n for (n,) in sql(forty, "SELECT participant_id FROM card WHERE phase IN (3, 4)")]
    ready = [n for n in released if not forty.ask_now(consent_matrix.missing, n, "release")]
    assert 0 < len(ready) < len(released)


def test_whoever_is_phased_out_in_independence_has_no_consent_in_force(forty: Store) -> None:
    closed = [n for (n,) in sql(forty, "SELECT participant_id FROM card WHERE phase = 0")]
    assert closed
    for number in closed:
        assert not any(one.holds(TODAY) for one in forty.ask_now(consent_answer.held, number))
        assert forty.ask_now(network.involved, number) == ()
    told = sql(forty, "SELECT participant_id FROM entry WHERE kind = 'consents_ended'")
    assert {number for (number,) in told} <= set(closed)


def test_disclosures_rest_on_consents_that_held_and_one_is_flagged(forty: Store) -> None:
    flagged = 0
    for number in everybody(forty):
        for shared in forty.ask_now(disclosures.of, number):
            answer = forty.ask_now(
                consent_answer.answer, number, shared.agency, shared.role, shared.person, shared.day, shared.contact
            )
            assert answer.covered == (not shared.flagged) == (shared.consent is not None) == (shared.ground == "")
            flagged += shared.flagged
    assert flagged == 1
    assert sql(forty, "SELECT count(*) FROM disclosure")[0][0] > 5


def test_every_checklist_that_is_due_is_open_and_its_facts_are_the_facts(forty: Store) -> None:
    lists = sql(forty, "SELECT id, participant_id, template, content, closed FROM checklist")
    assert {template for _id, _owner, template, _content, _closed in lists} >= {"start", "release"}
    for number in everybody(forty):
        assert forty.ask_now(due_for, number) == ()
    for row, owner, _template, content, closed in lists:
        template = template_of(content)
        items = dict(sql(forty, "SELECT item, value FROM checklist_item WHERE checklist_id = ?", row))
        assert list(items) == [item.id for item in template.items]
        for item in template.items:
            known = forty.ask_now(
                lambda reading, item=item, owner=owner, list=template.id: _Facts(reading, owner).of(list, item)
            )
            assert known is None or closed or known == items[item.id], (row, item.id)


def test_checklists_are_partly_done_some_of_it_verified_by_another_and_some_of_it_late(forty: Store) -> None:
    states = {state for (state,) in sql(forty, "SELECT DISTINCT state FROM checklist_item")}
    assert states == {"open", "done", "waiting", "not_relevant"}
    assert sql(forty, "SELECT count(*) FROM checklist_item WHERE state != 'done' AND done_at IS NOT NULL") == [(0,)]
    assert sql(forty, "SELECT count(*) FROM checklist_item WHERE state = 'not_relevant' AND reason = ''") == [(0,)]
    verified = sql(forty, "SELECT done_by_id, verified_by_id, done_at, verified_at FROM checklist_item "
                          "WHERE verified_at IS NOT NULL")  # fmt: skip
    assert len(verified) > 5
    assert all(done != by and at <= later for done, by, at, later in verified)
    for what in ("open", "due", "unverified"):
        assert sql(forty, {"open": "SELECT 1 FROM checklist_tally WHERE remaining > 0",
                           "due": f"SELECT 1 FROM checklist_tally WHERE due_key <= '{TODAY}'",
                           "unverified": "SELECT 1 FROM checklist_tally WHERE unverified > 0"}[what])  # fmt: skip
    # The release checklists of those in phase 3 are under way: neither empty nor all done.
    lines = [
        line
        for (number,) in sql(forty, "SELECT participant_id FROM card WHERE phase = 3")
        for line in forty.ask_now(checklist_reading.of, number)
        if line.template == "release" and line.id
    ]
    assert lines
    assert any(0 < line.settled < line.items for line in lines)


def test_the_agenda_has_something_in_every_group(forty: Store) -> None:
    groups = forty.ask_now(agenda.groups, agenda.AgendaQuery())
    assert all(groups[name] > 0 for name in agenda.GROUPS), groups
    late = sql(forty, "SELECT count(DISTINCT participant_id) FROM appointment WHERE state = 'planned' AND day < ?",
               TODAY.isoformat())  # fmt: skip
    assert late[0][0] <= 5
    states = {state for (state,) in sql(forty, "SELECT DISTINCT state FROM appointment")}
    assert states >= {"planned", "attended", "missed"}
    assert {
        prepared for (prepared,) in sql(forty, "SELECT DISTINCT prepared FROM appointment WHERE state = 'planned'")
    } == {0, 1}
    closed = sql(forty, "SELECT count(*) FROM appointment WHERE state != 'planned' AND day >= ?", TODAY.isoformat())
    assert closed == [(0,)]
    for at, day in sql(forty, "SELECT at, day FROM appointment"):
        assert CLOCK.local(at).date().isoformat() == day
        assert 8 <= CLOCK.local(at).hour <= 16


def test_tasks_are_everybodys_and_suggestions_that_were_taken_are_not_offered_again(forty: Store) -> None:
    turns = {turn for (turn,) in sql(forty, "SELECT DISTINCT turn FROM task WHERE state = 'open'")}
    assert turns == {"ours", "participant", "agency"}
    assert sql(forty, "SELECT count(*) FROM task WHERE participant_id IS NULL")[0][0] > 0
    taken = sql(forty, "SELECT participant_id, source FROM task WHERE source LIKE ?", f"{tasks.SUGGESTED}:%")
    assert taken
    for number, source in taken:
        _kind, task, period = source.split(":")
        lasts = sql(forty, "SELECT participant_id, phase FROM phase_period WHERE id = ? AND ended IS NULL", int(period))
        assert lasts == [(number, next(one.phase for one in PROGRAMME.phase_tasks if one.id == task))]
        assert source not in {one.source for one in forty.ask_now(tasks.suggested, number)}


def test_applications_wait_some_for_too_long_and_none_contradicts_itself(forty: Store) -> None:
    waited, decided = [], 0
    for number in everybody(forty):
        for one in forty.ask_now(applications.of, number):
            forty.ask_now(applications._agrees, asdict(one))
            assert applications.advice(asdict(one), TODAY) == []
            decided += one.decided is not None
            if one.sent is not None and one.decided is None:
                waited.append(one.days_waiting(TODAY) or 0)
    assert decided
    assert 0 < sum(days > PROGRAMME.limits.application_days for days in waited) < len(waited)


def test_goals_have_steps_and_ended_ones_an_end(forty: Store) -> None:
    found = [goal for number in everybody(forty) for goal in forty.ask_now(goal_reading.of, number)]
    assert {goal.state for goal in found} >= {"open", "reached"}
    domains = {choice.id for choice in PROGRAMME.choices["domain"]}
    for goal in found:
        assert goal.steps
        assert goal.domain in domains
        assert (goal.ended is None) == (goal.state == "open")
        for step in goal.steps:
            assert step.began >= goal.began
            assert step.done is None or step.began <= step.done
    assert any(step.waits for goal in found for step in goal.steps)


def test_somebody_is_crowded_and_somebody_has_a_hole(forty: Store) -> None:
    nets = [forty.ask_now(network.network, number) for number in everybody(forty)]
    assert any(net.crowded for net in nets)
    assert any(net.holes for net in nets)
    assert any(net.newcomers for net in nets)
    assert any(net.former for net in nets)


def test_lines_of_the_timeline_tell_of_records_that_are_there(forty: Store) -> None:
    known = {kind.id for kind in PROGRAMME.kinds if kind.system} | {"intake_talk"}
    rows = sql(forty, "SELECT participant_id, kind, detail, subject FROM entry WHERE subject LIKE '%:%'")
    told = set()
    for owner, kind, detail, subject in rows:
        table, _colon, row = subject.partition(":")
        assert kind in known or table == "appointment"
        assert json.loads(detail or "{}") or kind in ("enrolled", "intake_talk") or kind not in known
        assert sql(forty, f'SELECT participant_id FROM "{table}" WHERE id = ?', int(row)) == [(owner,)]
        told.add(kind)
    assert told >= {"consent_given", "consent_withdrawn", "disclosed", "disclosed_uncovered", "application_sent",
                    "application_decided", "goal_set", "meeting", "task_done", "phase_began"}  # fmt: skip


def test_a_few_participants_get_each_checklist_once(tmp_path: Path) -> None:
    """So few that the program opens what is due by itself: it must find everything open already."""
    store = new_store(tmp_path / "vault")
    try:
        fill(store, participants=12, years=1, seed=1)
        assert sql(store, "SELECT count(*) FROM checklist") != [(0,)]
        assert (
            sql(store, "SELECT participant_id, template, count(*) FROM checklist GROUP BY 1, 2 HAVING count(*) > 1")
            == []
        )
        # Nothing was corrected on the way: what was written was what the program would have written.
        assert sql(store, "SELECT count(*) FROM change WHERE operation = 'update'") == [(0,)]
    finally:
        store.close()
