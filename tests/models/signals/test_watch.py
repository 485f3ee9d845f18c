"""What a session keeps of all signals is what a session finds that looks at everybody for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from models import timeline
from models.checklists import reading as checklist_reading
from models.consents import consents
from models.contacts import network, people
from models.meetings import meetings
from models.participants import participants
from models.phases import phases
from models.plans import tasks
from models.signals import listing as signals
from models.signals import snoozes
from models.signals.watch import Noted
from models.storage import undo
from models.store import Store
from models.team import absences, staff
from tests.models.case_sample import Hands, rows

TODAY = date(2026, 11, 22)
Look = Callable[[], None]


def days(number: int) -> timedelta:
    return timedelta(days=number)


def noticed(store: Store, **asked: object) -> tuple[list[Noted], dict[int, int], dict[str, int], int]:
    found = store.ask_now(lambda reading: signals.survey(reading, **asked))  # type: ignore[arg-type]  # by name
    return list(found.found), dict(found.severities), dict(found.rules), found.aside


@pytest.fixture
def alike(store: Store, session: Callable[[str], Store]) -> Iterator[Look]:
    """Compare what this session keeps with what one finds that has just begun, awake and put aside."""

    def compare() -> None:
        fresh = session("kari")
        for asked in ({}, {"snoozed": True}, {"rule": "overdue"}):
            assert noticed(store, **asked) == noticed(fresh, **asked)
        fresh.close()

    store.ask_now(signals.survey)
    yield compare
    compare()


def everybody(store: Store) -> list[int]:
    """Six people of Kari's, each in another state."""
    found = [store.change_now(participants.add, {"given_name": f"Nr {number}"}) for number in range(6)]
    for number, phase in zip(found[1:], (2, 3, 4, 5), strict=False):
        store.change_now(phases.begin, number, phase, TODAY, ending=(1,))
    store.change_now(tasks.add, found[0], {"text": "Ring NAV", "due": TODAY - days(3), "turn": "ours"})
    return found


def test_what_a_colleague_changes_is_noticed(store: Store, colleague: Store, alike: Look) -> None:
    one, two, three, four, *_rest = everybody(colleague)
    alike()
    assert "overdue" in noticed(store)[2]
    colleague.change_now(snoozes.put_aside, one, None, "overdue", TODAY + days(2), "Venter")
    alike()
    assert noticed(store)[3] == 1
    colleague.change_now(tasks.add, two, {"text": "Ring", "due": TODAY - days(1), "turn": "ours"})
    alike()
    role = store.programme.agency("prison").roles[0].id
    colleague.change_now(consents.give, three, {"agency": "prison", "role": role, "given": TODAY})
    alike()
    contact = colleague.change_now(people.add, {"name": "Nina", "agency": "nav", "role": "nav_state"})
    colleague.change_now(network.involve, four, contact)
    alike()
    (version,) = rows(store, "SELECT version FROM participant WHERE id = ?", two)[0]
    colleague.change_now(participants.change, two, version, {"release_date": TODAY + days(5), "worker": None})
    alike()
    assert "no_worker" in noticed(store)[2]
    (span,) = [each for each in store.ask_now(phases.of, two) if each.ended is None]
    colleague.change_now(phases.end, span.id, span.version, TODAY)
    alike()
    assert not [one for one in noticed(store)[0] if one[1] == two]
    colleague.change_now(undo.undo, 0)
    alike()
    weekly = colleague.change_now(meetings.open_, "weekly")
    colleague.change_now(meetings.add, weekly, "note", "Gjennomgått", three)
    alike()


def test_one_s_own_change_is_noticed_and_one_who_is_gone_is_forgotten(store: Store, alike: Look) -> None:
    before = noticed(store)
    store.change_now(participants.add, {"given_name": "Feil", "risk_areas": "Tøyen"})
    alike()
    assert noticed(store) != before
    store.change_now(undo.undo, 0)
    alike()
    assert noticed(store) == before


def test_a_day_an_absence_and_who_leaves_have_everybody_looked_at_anew(
    store: Store, session: Callable[[str], Store], alike: Look, hands: Hands
) -> None:
    session("ola")
    everybody(store)
    alike()
    kari = next(one.id for one in store.ask_now(staff.team) if one.user == "kari")
    store.change_now(participants.add, {"given_name": "Ut", "release_date": TODAY + days(3)}, TODAY, 3)
    store.change_now(absences.add, {"staff": kari, "first": TODAY, "last": TODAY + days(4)})
    alike()
    assert "worker_away" in noticed(store)[2]
    hands.move(days=45)
    alike()
    assert {"silent", "independence"} <= noticed(store)[2].keys()


def test_an_item_that_lapses_is_noticed(store: Store, colleague: Store, alike: Look, hands: Hands) -> None:
    """A contact person's last day opens the item again, on that day and without anybody's writing."""
    _one, _two, three, *_rest = everybody(colleague)
    (version,) = rows(store, "SELECT version FROM participant WHERE id = ?", three)[0]
    colleague.change_now(participants.change, three, version, {"release_date": TODAY + days(20)})
    (checklist,) = [one for one in store.ask_now(checklist_reading.of, three) if one.template == "release"]
    item = next(
        one.template
        for one in store.ask_now(checklist_reading.one, checklist.id).items
        if one.template.kind == "contact" and not one.template.fact
    )
    role, *_roles = store.programme.contact_roles("release", item)
    contact = colleague.change_now(
        people.add, {"name": "Nina", "agency": store.programme.role(role).agency, "role": role}
    )
    before = left(store, three)
    part = colleague.change_now(network.involve, three, contact)
    assert left(store, three) == before - 1
    colleague.change_now(network.uninvolve, part, 1, TODAY + days(1))
    alike()
    assert left(store, three) == before - 1
    hands.move(days=1)
    alike()
    assert left(store, three) == before


def left(store: Store, person: int) -> int:
    """How many items the signal counts on the release checklist."""
    return next(one[4] for one in noticed(store)[0] if one[1:3] == (person, "release_list"))


@pytest.mark.parametrize("portion", [1, 4])
def test_read_in_portions_while_others_write(store: Store, colleague: Store, portion: int) -> None:
    people = everybody(colleague)
    looks = 1
    while not store.ask_now(signals.read_on, portion):
        # One who was looked at already, and one who is still to come.
        for person in (people[0], people[-1]):
            values = {"kind": "phone", "at": colleague.clock.seconds() - looks * 86_400, "text": f"Nr {looks}"}
            colleague.change_now(timeline.record, person, values)
            colleague.change_now(tasks.add, person, {"text": "Mer", "due": TODAY - days(9 - looks), "turn": "ours"})
        looks += 1
        assert looks < 20
    assert looks > 1
    assert noticed(store) == noticed(colleague)


def test_a_locked_session_keeps_nothing(store: Store, passphrase: str) -> None:
    everybody(store)
    before = noticed(store)
    store.lock()
    assert not store._cache
    store.unlock_again(passphrase)
    assert noticed(store) == before
