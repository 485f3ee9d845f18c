"""Whatever is agreed is on somebody's own agenda: somebody's who is here, and who may see whom it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from models.hand_overs import hand_overs
from models.participants import agreed, participants
from models.plans import agenda, applications, appointments, tasks
from models.plans.agenda import AgendaItem, AgendaQuery
from models.restrictions import restrictions
from models.storage import undo
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Staff
from models.team import absences, staff
from tests.models.case_sample import examined

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
KINDS = ("goes along", "drives", "task", "undated task", "afterwards", "overdue")


@pytest.fixture
def team(store: Store, session: Callable[[str], Store]) -> dict[str, int]:
    """kari and per lead, ola is a caseworker and so is eva."""
    for user in ("ola", "per"):
        session(user)
    store.change_now(staff.join, "eva", "Eva Lie", "caseworker", "")
    return {one.user: one.id for one in store.ask_now(staff.team)}


@pytest.fixture
def person(store: Store, team: dict[str, int]) -> int:
    return store.change_now(participants.add, {"given_name": "Håkon", "worker": team["ola"]})


def put(store: Store, person: int | None, kind: str, whose: int | None, other: int | None = None) -> None:
    """One agreed thing that is `whose`; where it has two who have a part, `other` has the other."""
    if kind.endswith("task"):
        store.change_now(tasks.add, person, {"text": kind, "owner": whose, "due": TODAY if kind == "task" else None})
        return
    day = TODAY - DAY if kind in ("afterwards", "overdue") else TODAY
    parts = {"worker": other, "driver": whose} if kind == "drives" else {"worker": whose}
    at = store.clock.stored(datetime.combine(day, time(9)))
    number = store.change_now(appointments.add, person, {"title": kind, "at": at, **parts})
    if kind == "afterwards":
        store.change_now(appointments.attend, number, 1)


def shown(store: Store, worker: int) -> list[AgendaItem]:
    query = AgendaQuery(worker=worker)
    return store.ask_now(agenda.page, query, store.ask_now(agenda.groups, query), 0, 1_000)


def on_agenda_of(store: Store, team: dict[str, int], text: str) -> set[str]:
    found = set()
    for user, number in team.items():
        many = [item for item in shown(store, number) if item.text == text]
        assert len(many) <= 1, "once is enough"
        found |= {user} if many else set()
    return found


@action("test_whose.gone")
def gone(work: Work, number: int) -> None:
    """Out of the team as it was done before anything was moved along."""
    work.update(Staff, number, None, active=False, slot="")


def away(store: Store, number: int, cover: int | None = None) -> None:
    store.change_now(absences.add, {"staff": number, "first": TODAY, "last": TODAY + 5 * DAY, "cover": cover})


SITUATIONS: dict[str, Callable[[Store, dict[str, int]], None]] = {
    "there": lambda store, team: None,
    "has left": lambda store, team: store.change_now(gone, team["eva"]),
    "away without cover": lambda store, team: away(store, team["eva"]),
    "away with a cover": lambda store, team: away(store, team["eva"], team["per"]),
    "away with a cover who is away": lambda store, team: (
        away(store, team["eva"], team["per"]), away(store, team["per"])
    )[0],
}  # fmt: skip
WHOSE = {"there": set[str](), "away with a cover": {"per"}, "away with a cover who is away": {"ola", "per"}}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_nobody_sees_to_is_the_responsible_worker_s(
    store: Store, team: dict[str, int], person: int, situation: str, kind: str
) -> None:
    put(store, person, kind, team["eva"], team["eva"])
    SITUATIONS[situation](store, team)
    found = on_agenda_of(store, team, kind)
    assert found - {"eva"} == WHOSE.get(situation, {"ola"})
    if situation != "has left":
        assert "eva" in found, "it stays on her own"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "drives"])
def test_what_is_nobody_s_is_the_responsible_worker_s(
    store: Store, team: dict[str, int], person: int, kind: str
) -> None:
    put(store, person, kind, None)
    assert on_agenda_of(store, team, kind) == {"ola"}


def test_a_driver_who_is_gone_leaves_the_drive_to_the_responsible_worker(
    store: Store, team: dict[str, int], person: int
) -> None:
    put(store, person, "drives", team["eva"], team["per"])
    assert on_agenda_of(store, team, "drives") == {"eva", "per"}
    store.change_now(gone, team["eva"])
    assert on_agenda_of(store, team, "drives") - {"eva"} == {"ola", "per"}
    (item,) = [item for item in shown(store, team["ola"]) if item.text == "drives"]
    assert (item.driver, item.absent) == ("EL", ("EL",))


@pytest.mark.parametrize("kind", KINDS)
def test_where_nobody_responsible_is_here_it_is_the_co_worker_s_else_the_leaders(
    store: Store, team: dict[str, int], person: int, kind: str
) -> None:
    put(store, person, kind, team["ola"])
    away(store, team["ola"])
    assert on_agenda_of(store, team, kind) == {"ola", "kari", "per"}
    store.change_now(participants.change, person, 1, {"coworker": team["eva"]})
    assert on_agenda_of(store, team, kind) == {"ola", "eva"}
    store.change_now(participants.change, person, 2, {"worker": None})
    assert on_agenda_of(store, team, kind) == {"ola", "eva"}


def test_dates_of_a_participant_without_anybody_are_the_leaders(
    store: Store, team: dict[str, int], person: int
) -> None:
    asked = {"agency": "nav", "about": "bolig", "sent": TODAY - 9 * DAY, "complement_asked": TODAY - DAY}
    store.change_now(applications.add, person, asked)
    assert on_agenda_of(store, team, "bolig") == {"ola"}
    store.change_now(gone, team.pop("ola"))
    assert on_agenda_of(store, team, "bolig") == {"kari", "per"}


def test_the_team_s_own_is_the_leaders_while_nobody_has_it(store: Store, team: dict[str, int]) -> None:
    put(store, None, "task", None)
    assert on_agenda_of(store, team, "task") == {"kari", "per"}
    put(store, None, "undated task", team["eva"])
    assert on_agenda_of(store, team, "undated task") == {"eva"}
    store.change_now(gone, team["eva"])
    assert on_agenda_of(store, team, "undated task") - {"eva"} == {"kari", "per"}


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_may_not_see_is_told_nothing_and_somebody_who_may_is(
    store: Store, session: Callable[[str], Store], team: dict[str, int], person: int, kind: str
) -> None:
    put(store, person, kind, team["ola"], team["ola"])
    store.change_now(hand_overs.hand_over, person, team["per"], "")
    store.change_now(restrictions.restrict, person, {"may_see": [team["per"]], "reason": "Slektning i teamet"})
    ola = session("ola")
    assert ola.ask_now(agreed.held, team["per"], person) == []
    assert not [item for item in shown(ola, team["ola"]) if item.participant == person]
    assert "per" in on_agenda_of(store, team, kind)


def test_what_is_somebody_s_who_may_not_see_is_the_responsible_worker_s(
    store: Store, session: Callable[[str], Store], team: dict[str, int], person: int
) -> None:
    for kind in KINDS:
        put(store, person, kind, team["eva"], team["eva"])
    store.change_now(restrictions.restrict, person, {"may_see": [team["ola"]], "reason": "Slektning i teamet"})
    ola = session("ola")
    assert {item.text for item in shown(ola, team["ola"])} == set(KINDS)


def test_a_cover_who_may_not_see_leaves_it_to_the_leaders(store: Store, team: dict[str, int], person: int) -> None:
    store.change_now(restrictions.restrict, person, {"may_see": [team["ola"]], "reason": "Slektning i teamet"})
    put(store, person, "task", None)
    away(store, team["ola"], team["eva"])
    assert {"kari", "per"} <= on_agenda_of(store, team, "task")


# ---------------------------------------------------------------------- what moves along


def parts(store: Store, person: int) -> set[tuple[str, int | None]]:
    found = {(one.title, one.worker) for one in store.ask_now(appointments.of, person)}
    found |= {(f"{one.title} driver", one.driver) for one in store.ask_now(appointments.of, person)}
    return found | {(one.text, one.owner) for one in store.ask_now(tasks.of, person)}


MOVES: dict[str, Callable[[Store, dict[str, int], int], object]] = {
    "hand-over": lambda store, team, person: store.change_now(hand_overs.hand_over, person, team["eva"], ""),
    "form": lambda store, team, person: store.change_now(participants.change, person, 1, {"worker": team["eva"]}),
    "caseload": lambda store, team, person: store.change_now(hand_overs.hand_over_all, team["ola"], team["eva"], ""),
}


@pytest.mark.parametrize("how", MOVES)
def test_what_waits_for_the_former_worker_moves_along_and_back(
    store: Store, team: dict[str, int], person: int, how: str
) -> None:
    ola, eva = team["ola"], team["eva"]
    for kind in KINDS:
        put(store, person, kind, ola)
    put(store, person, "drives", team["per"])
    before = parts(store, person)
    listed = store.ask_now(agreed.held, ola, person)
    assert {(one.text, one.part) for one in listed} == {
        ("goes along", "worker"), ("drives", "driver"), ("task", "owner"), ("undated task", "owner"),
        ("overdue", "worker"),
    }  # fmt: skip
    assert listed[0].text == "overdue"
    MOVES[how](store, team, person)
    after = parts(store, person)
    assert {
        ("goes along", eva),
        ("drives driver", eva),
        ("task", eva),
        ("undated task", eva),
        ("overdue", eva),
    } <= after
    # What is over, and what is others', stays.
    assert {("afterwards", ola), ("drives driver", team["per"])} <= after
    assert store.ask_now(agreed.held, ola, person) == []
    store.change_now(undo.undo)
    assert parts(store, person) == before
    assert examined(store).flaws == ()


def test_whoever_leaves_leaves_what_is_theirs_to_the_responsible(
    store: Store, team: dict[str, int], person: int
) -> None:
    for kind in KINDS:
        put(store, person, kind, team["eva"], team["eva"])
    own = store.change_now(participants.add, {"given_name": "Bo", "worker": team["eva"]})
    put(store, own, "task", team["eva"])
    told = store.ask_now(agreed.left_behind, team["eva"])
    assert {one.participant for one, _who in told} == {person}
    assert {who for _one, who in told} == {team["ola"]}
    store.change_now(staff.leave, "eva")
    assert {one.text for one in store.ask_now(agreed.held, team["ola"], person)} == set(KINDS) - {"afterwards"}
    del team["eva"]
    assert on_agenda_of(store, team, "afterwards") == {"ola"}
    # Nobody is responsible for hers now: it is on the leaders' agenda until somebody is.
    (item,) = [item for item in shown(store, team["kari"]) if item.participant == own]
    assert (item.text, item.absent) == ("task", ("EL",))


def test_to_nobody_nothing_moves(store: Store, team: dict[str, int], person: int) -> None:
    put(store, person, "task", team["ola"])
    store.change_now(participants.change, person, 1, {"worker": None})
    assert ("task", team["ola"]) in parts(store, person)
    assert on_agenda_of(store, team, "task") == {"ola"}


@pytest.mark.parametrize("user", ["kari", "ola"])
def test_what_falls_to_somebody_is_found_through_an_index(
    store: Store, team: dict[str, int], person: int, user: str
) -> None:
    put(store, person, "task", None)
    store.change_now(restrictions.restrict, person, {"may_see": [team["ola"]], "reason": "Slektning i teamet"})
    away(store, team["ola"], team["per"])
    store.change_now(gone, team["eva"])
    query = AgendaQuery(worker=team[user])
    for asked in (query, AgendaQuery(worker=team[user], week=TODAY)):
        for group in asked.groups:
            statement, values = store.ask_now(agenda._group, asked, group)
            plan = store.ask_now(lambda reading: reading.sql(f"EXPLAIN QUERY PLAN {statement}", values))  # noqa: B023
            assert [row[3] for row in plan if row[3].startswith("SCAN") and row[3] != "SCAN CONSTANT ROW"] == []
