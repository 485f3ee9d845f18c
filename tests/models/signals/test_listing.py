"""All signals of a caseload: listed, counted, put aside, woken; and what the cards say is what the records say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models import board
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists.reading import OPEN
from models.contacts import network, people
from models.meetings import meetings
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.plans import tasks
from models.roles.rights import NotAllowed
from models.signals import listing as signals
from models.signals import snoozes
from models.signals import team as team_signals
from models.signals.rules import RULES
from models.signals.snoozes import SnoozeError
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from models.team import absences, staff
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def late(store: Store, person: int) -> int:
    """Somebody with a task that was due three days ago; the task's number."""
    return store.change_now(tasks.add, person, {"text": "Ring NAV", "due": TODAY - days(3), "turn": "ours"})


def found(store: Store, person: int) -> dict[str, int]:
    return {sign.rule: sign.severity for sign in store.ask_now(signals.of, person)}


def listed(store: Store, **asked: object) -> list[tuple[int, str]]:
    lines = store.ask_now(lambda reading: signals.listing(reading, **asked))  # type: ignore[arg-type]  # by name
    return [(line.participant, line.sign.rule) for line in lines]


def card(store: Store, person: int, *columns: str) -> tuple[object, ...]:
    return rows(store, f"SELECT {', '.join(columns)} FROM card WHERE participant_id = ?", person)[0]


def test_the_listing_and_the_board_say_the_same(store: Store, late: int, person: int) -> None:
    other = store.change_now(participants.add, {"given_name": "Ola", "worker": None, "risk_areas": "Tøyen"})
    everybody = store.ask_now(board.page, board.BoardQuery(), 0, 10)
    on_cards = sorted((one.participant, sign.rule, sign.severity) for one in everybody for sign in one.signs)
    lines = store.ask_now(signals.listing)
    assert sorted((line.participant, line.sign.rule, line.sign.severity) for line in lines) == on_cards
    assert [line.sign.severity for line in lines] == sorted((line.sign.severity for line in lines), reverse=True)
    assert {rule for _person, rule in listed(store, rule="overdue")} == {"overdue"}
    kari = rows(store, "SELECT id FROM staff WHERE user = 'kari'")[0][0]
    assert {number for number, _rule in listed(store, worker=kari)} == {person}
    assert (other, "no_worker") in listed(store)
    assert listed(store, offset=1, limit=2) == listed(store)[1:3]
    counted = store.ask_now(signals.survey).rules
    assert sum(counted.values()) == len(lines)
    assert counted["risk_areas"] == 1


def test_one_who_is_phased_out_is_not_looked_at(store: Store, late: int, person: int) -> None:
    (span,) = store.ask_now(phases.of, person)
    store.change_now(phases.end, span.id, span.version, TODAY)
    assert listed(store) == []
    assert found(store, person) == {}


def test_a_signal_is_put_aside_and_wakes_on_the_day(store: Store, late: int, person: int, hands: Hands) -> None:
    assert "overdue" in found(store, person)
    store.change_now(snoozes.put_aside, person, None, "overdue", TODAY + days(2), "NAV ringer på tirsdag")
    assert "overdue" not in found(store, person)
    assert (person, "overdue") not in listed(store)
    (line,) = store.ask_now(signals.listing, snoozed=True)
    assert line.aside is not None
    assert (line.sign.rule, line.aside.reason, line.aside.who, line.aside.until) == (
        "overdue", "NAV ringer på tirsdag", "Kari Nordmann", TODAY + days(2),
    )  # fmt: skip
    hands.move(days=1)
    assert "overdue" not in found(store, person)
    hands.move(days=1)
    assert "overdue" in found(store, person)
    assert rows(store, "SELECT reason FROM snooze") == [("NAV ringer på tirsdag",)]


def test_a_signal_wakes_when_the_date_it_rests_on_changes(store: Store, late: int, person: int) -> None:
    store.change_now(snoozes.put_aside, person, None, "overdue", TODAY + days(20), "Venter")
    store.change_now(tasks.add, person, {"text": "Bolig", "due": TODAY - days(5), "turn": "ours"})
    assert "overdue" in found(store, person)


def test_a_signal_is_woken_and_that_is_undone(store: Store, colleague: Store, late: int, person: int) -> None:
    snooze = store.change_now(snoozes.put_aside, person, None, "overdue", TODAY + days(20), "Venter")
    store.change_now(snoozes.wake, snooze, 1)
    assert "overdue" in found(store, person)
    with pytest.raises(Conflict):
        colleague.change_now(snoozes.wake, snooze, 1)
    assert store.change_now(undo.undo, 0) == "snoozes.wake"
    assert "overdue" not in found(store, person)
    assert store.change_now(undo.undo, 0) == "snoozes.put_aside"
    assert "overdue" in found(store, person)
    assert examined(store).flaws == ()


@pytest.mark.parametrize(
    ("rule", "until", "reason", "said"),
    [
        ("overdue", TODAY, "Venter", "choose a day to come"),
        ("overdue", TODAY - days(1), "Venter", "choose a day to come"),
        ("overdue", TODAY + days(31), "Venter", "at most 30 days, so to 22.12.2026"),
        ("overdue", TODAY + days(1), "  ", "say why it can wait"),
        ("silent", TODAY + days(1), "Venter", "no such signal"),
        ("nonsense", TODAY + days(1), "Venter", "no such signal"),
    ],
)
def test_what_cannot_be_put_aside(
    store: Store, late: int, person: int, rule: str, until: date, reason: str, said: str
) -> None:
    with pytest.raises(SnoozeError, match=said):
        store.change_now(snoozes.put_aside, person, None, rule, until, reason)
    assert rows(store, "SELECT count(*) FROM snooze") == [(0,)]


def test_a_reader_puts_nothing_aside(session: Callable[[str], Store], late: int, person: int) -> None:
    with pytest.raises(NotAllowed):
        session("lise").change_now(snoozes.put_aside, person, None, "overdue", TODAY + days(2), "Venter")


def test_a_worker_above_capacity_is_noticed_until_it_changes(store: Store) -> None:
    # Kari leads the team, and a leader's caseload is limited to four.
    for number in range(4):
        store.change_now(participants.add, {"given_name": f"Nr {number}"}, None, 2)
    assert store.ask_now(team_signals.staff_signs) == []
    store.change_now(participants.add, {"given_name": "Nr 5"}, None, 2)
    (sign,) = store.ask_now(team_signals.staff_signs)
    assert (sign.sign.rule, sign.sign.severity, sign.sign.short) == ("capacity", 2, "5/4")
    assert sign.sign.reason == "Follows 5 participants, at most 4, and 0 in the demanding phases, at most 4."
    store.change_now(snoozes.put_aside, None, sign.staff, "capacity", TODAY + days(30), "Ola begynner")
    assert store.ask_now(team_signals.staff_signs) == []
    (aside,) = store.ask_now(team_signals.staff_signs, snoozed=True)
    assert aside.aside is not None
    assert aside.aside.reason == "Ola begynner"
    store.change_now(participants.add, {"given_name": "Nr 6"}, None, 2)
    assert len(store.ask_now(team_signals.staff_signs)) == 1


def test_a_colleague_who_covers_must_be_there(store: Store, session: Callable[[str], Store], person: int) -> None:
    ids = {one.user: one.id for one in store.ask_now(staff.team)}
    session("ola")
    ids = {one.user: one.id for one in store.ask_now(staff.team)}
    gone = {"first": TODAY, "last": TODAY + days(4)}
    kari = store.change_now(absences.add, {"staff": ids["kari"], **gone})
    store.change_now(participants.change, person, 1, {"release_date": TODAY + days(3)})
    assert found(store, person)["worker_away"] == 3
    store.change_now(absences.change, kari, 1, {"cover": ids["ola"]})
    assert "worker_away" not in found(store, person)
    store.change_now(absences.add, {"staff": ids["ola"], **gone})
    assert "worker_away" in found(store, person)


def test_one_more_task_wakes_what_was_put_aside_and_so_does_an_agency_s(store: Store, late: int, person: int) -> None:
    until = store.ask_now(snoozes.proposed)
    assert until == TODAY + days(14)
    assert store.ask_now(snoozes.longest) == TODAY + days(30)
    store.change_now(snoozes.put_aside, person, None, "overdue", until, "Venter")
    store.change_now(tasks.add, person, {"text": "Senere", "due": TODAY, "turn": "ours"})
    assert "overdue" not in found(store, person)
    store.change_now(tasks.add, person, {"text": "Svar", "due": TODAY - days(1), "turn": "agency", "agency": "nav"})
    assert "overdue" in found(store, person)
    assert store.change_now(undo.undo) == "tasks.add"
    assert "overdue" not in found(store, person)


def test_what_an_older_vault_put_aside_for_good_ends_after_the_longest_there_is(
    store: Store, late: int, person: int, hands: Hands
) -> None:
    store.change_now(snoozes.put_aside, person, None, "overdue", TODAY + days(20), "Venter")
    rows(store, "UPDATE snooze SET until = '2099-12-31', severity = NULL, measure = NULL")
    old = f'{{"overdue":["{TODAY - days(3)}","2099-12-31","{TODAY}",null,null]}}'
    rows(store, "UPDATE card SET snoozed = ? WHERE participant_id = ?", old, person)
    (line,) = store.ask_now(signals.listing, snoozed=True)
    assert line.aside is not None
    assert line.aside.until == TODAY + days(30)
    hands.move(days=29)
    assert "overdue" not in found(store, person)
    hands.move(days=1)
    assert "overdue" in found(store, person)


# ---------------------------------------------------------------------- what the cards say


def test_a_team_that_meets_without_the_program_is_not_told_so_on_every_card(
    store: Store, person: int, hands: Hands
) -> None:
    hands.move(days=40)
    assert "discussion_missed" not in found(store, person)
    store.change_now(meetings.open_, "weekly")
    assert "discussion_missed" not in found(store, person)
    hands.move(days=11)
    assert "discussion_missed" in found(store, person)
    (sign,) = [one for one in store.ask_now(signals.of, person) if one.rule == "discussion_missed"]
    assert "since its first weekly meeting 11 days ago" in sign.reason


def test_a_meeting_about_the_participant_is_a_discussion_and_a_stand_up_is_not(store: Store, person: int) -> None:
    daily = store.change_now(meetings.open_, "daily")
    store.change_now(meetings.add, daily, "note", "Skal på visning", person)
    assert card(store, person, "review_key") == ("",)
    weekly = store.change_now(meetings.open_, "weekly")
    line = store.change_now(meetings.add, weekly, "note", "Gjennomgått", person)
    assert card(store, person, "review_key") == ("2026-11-22",)
    assert rows(store, "SELECT meeting_id FROM meeting_item WHERE id = ?", line) == [(weekly,)]
    store.change_now(undo.undo, 0)
    assert card(store, person, "review_key") == ("",)
    store.change_now(meetings.park, person, "Bolig")
    assert card(store, person, "review_key") == ("",)
    assert examined(store).flaws == ()


def test_a_support_team_s_meeting_counts_when_something_was_said(store: Store, person: int) -> None:
    for said in (False, True):
        meeting = store.change_now(meetings.open_, "support", person)
        assert card(store, person, "review_key") == ("",)
        if said:
            store.change_now(meetings.add, meeting, "note", "Alle var der")
        (version,) = rows(store, "SELECT version FROM meeting WHERE id = ?", meeting)[0]
        store.change_now(meetings.close, meeting, version)
    assert card(store, person, "review_key") == ("2026-11-22",)


def test_who_helps_and_until_when_stands_on_the_card(store: Store, person: int) -> None:
    contact = store.change_now(people.add, {"name": "Nina", "agency": "nav", "role": "nav_state"})
    part = store.change_now(network.involve, person, contact)
    assert card(store, person, "helped") == ('{"nav":"9999-12-31"}',)
    store.change_now(network.uninvolve, part, 1, TODAY + days(9))
    assert card(store, person, "helped") == ('{"nav":"2026-12-01"}',)
    store.change_now(undo.undo, 0)
    store.change_now(undo.undo, 0)
    assert card(store, person, "helped") == ("",)


def test_what_is_left_on_the_release_checklist_stands_on_the_card(store: Store, person: int) -> None:
    store.change_now(phases.begin, person, 3, TODAY, ending=(1,))
    (version,) = rows(store, "SELECT version FROM participant")[0]
    store.change_now(participants.change, person, version, {"release_date": TODAY + days(5)})
    (text,) = card(store, person, "release_list")
    left = int(re.search(r'"release":\[(\d+),', str(text)).group(1))  # type: ignore[union-attr]  # it is there
    (checklist,) = [one for one in store.ask_now(checklist_reading.of, person) if one.template == "release"]
    item = next(
        one for one in store.ask_now(checklist_reading.one, checklist.id).items
        if one.template.kind == "tick" and one.state == OPEN
    )  # fmt: skip
    store.change_now(checklists.tick, item.id, item.version)
    assert f'"release":[{left - 1},' in str(card(store, person, "release_list")[0])
    assert found(store, person)["unverified"] == 3
    (version,) = rows(store, "SELECT version FROM checklist WHERE id = ?", checklist.id)[0]
    store.change_now(checklists.close, checklist.id, version, "Alt er ordnet")
    assert '"release":null' in str(card(store, person, "release_list")[0])
    assert "release_list" not in found(store, person)
    assert examined(store).flaws == ()


def test_a_phase_out_begun_while_its_phase_lasts_stands_on_the_card(store: Store, person: int, hands: Hands) -> None:
    store.change_now(phases.begin, person, 6, TODAY, ending=(1,))
    hands.move(days=1)
    store.change_now(phase_outs.begin, person, "independence")
    assert card(store, person, "phase_out_key") == ("2026-11-23",)


def test_substance_use_is_a_prompt_only_where_it_was_recorded(store: Store, person: int) -> None:
    for answer, kept in (("none", 0), ("yes", 1), ("", 0)):
        (version,) = rows(store, "SELECT version FROM participant")[0]
        store.change_now(participants.change, person, version, {"substance_use": answer})
        assert card(store, person, "substance") == (kept,)


@pytest.mark.parametrize(
    "doctoring",
    ["review_key = '2026-01-01'", "talk_key = '9999-12-31'", "helped = '{}'", "snoozed = 'x'", "owed_key = ''",
     "next_review_key = ''", "release_list = 'x'", "phase_out_key = ''", "substance = 1"],
)  # fmt: skip
def test_a_card_that_says_otherwise_is_found(store: Store, person: int, doctoring: str) -> None:
    rows(store, f"UPDATE card SET {doctoring}")
    assert [flaw.where for flaw in examined(store).flaws] == [f"card {person}"]


def test_every_rule_is_documented_in_one_line() -> None:
    assert all(rule.__doc__ and "\n" not in rule.__doc__ and rule.__doc__.endswith(".") for rule in RULES)
