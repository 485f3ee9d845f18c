"""Hand-overs: who becomes responsible, what follows, the brief, and that it is unread until it was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models import timeline
from models.consents import consents
from models.contacts import network, people
from models.hand_overs import brief, hand_overs
from models.hand_overs.hand_overs import HandOverError
from models.participants import participants
from models.phases import phases
from models.plans import appointments, tasks
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from models.team import absences, staff
from models.timeline import TimelineQuery
from tests.models.case_sample import Hands, hand_overs_of, rows

TODAY = date(2026, 11, 22)


@pytest.fixture
def team(store: Store, session: Callable[[str], Store]) -> dict[str, int]:
    for user in ("ola", "lise", "per"):
        session(user)
    return {one.user: one.id for one in store.ask_now(staff.team)}


def worker_of(store: Store, person: int) -> tuple[int | None, int | None]:
    values = store.ask_now(participants.file_of, person).values
    return values["worker"], values["coworker"]


def test_another_becomes_responsible_and_it_is_told(store: Store, team: dict[str, int], person: int) -> None:
    store.change_now(participants.change, person, 1, {"coworker": team["ola"]})
    store.change_now(hand_overs.hand_over, person, team["ola"], " Ring moren først. ", 2)
    assert worker_of(store, person) == (team["ola"], None)
    (line,) = hand_overs_of(store, person)
    assert (line.from_name, line.to_name, line.day, line.note, line.read_at) == (
        "Kari Nordmann", "Ola Sørli", TODAY, "Ring moren først.", None,
    )  # fmt: skip
    entry = store.ask_now(timeline.page, TimelineQuery(person), 0, 1)[0]
    assert (entry.kind, dict(entry.detail)) == ("handed_over", {"from": "Kari Nordmann", "to": "Ola Sørli"})
    assert rows(store, "SELECT worker FROM card WHERE participant_id = ?", person) == [(team["ola"],)]


def test_what_the_former_worker_was_to_do_follows(store: Store, team: dict[str, int], person: int) -> None:
    mine, others = team["kari"], team["per"]
    task = store.change_now(tasks.add, person, {"text": "Ring NAV", "owner": mine})
    nobodys = store.change_now(tasks.add, person, {"text": "Skaff ID"})
    kept = store.change_now(tasks.add, person, {"text": "Hent nøkkel", "owner": others})
    done = store.change_now(tasks.add, person, {"text": "Ferdig", "owner": mine})
    store.change_now(tasks.finish, done, 1)
    meeting = store.change_now(
        appointments.add, person, {"title": "NAV", "at": store.clock.seconds() + 90_000, "worker": mine, "driver": mine}
    )
    store.change_now(hand_overs.hand_over, person, team["ola"], "")
    owners = {one.id: one.owner for one in store.ask_now(tasks.of, person)}
    assert owners == {task: team["ola"], nobodys: None, kept: others, done: mine}
    found = store.ask_now(appointments.one, meeting)
    assert (found.worker, found.driver) == (team["ola"], team["ola"])
    assert undo.described(store.change_now(undo.undo)) == "the hand-over"
    assert worker_of(store, person)[0] == mine
    assert store.ask_now(tasks.one, task).owner == mine
    assert hand_overs_of(store, person) == ()


def test_it_is_unread_until_the_new_one_has_read_it(
    store: Store, session: Callable[[str], Store], team: dict[str, int], person: int, hands: Hands
) -> None:
    number = store.change_now(hand_overs.hand_over, person, team["ola"], "")
    ola = session("ola")
    assert [one.id for one in ola.ask_now(hand_overs.unread)] == [number]
    assert store.ask_now(hand_overs.unread) == ()
    assert ola.ask_now(hand_overs.unread_count) == 1
    with pytest.raises(HandOverError) as error:
        store.change_now(hand_overs.mark_read, number, 1)
    assert error.value.text == "Only Ola Sørli, who takes over, can note it as read."
    hands.move(hours=1)
    ola.change_now(hand_overs.mark_read, number, 1)
    assert ola.ask_now(hand_overs.unread) == ()
    (line,) = hand_overs_of(store, person)
    assert line.read_at == ola.clock.seconds()


def test_handed_on_before_it_was_read_it_is_the_next_ones_to_read(
    store: Store, session: Callable[[str], Store], team: dict[str, int], person: int
) -> None:
    store.change_now(hand_overs.hand_over, person, team["ola"], "")
    store.change_now(hand_overs.hand_over, person, team["per"], "")
    ola = session("ola")
    assert [one.ask_now(hand_overs.unread_count) for one in (ola, session("per"))] == [0, 1]
    last = store.change_now(hand_overs.hand_over, person, team["ola"], "")
    assert ola.ask_now(hand_overs.unread_count) == 1
    ola.change_now(hand_overs.mark_read, last, 1)
    assert ola.ask_now(hand_overs.unread) == ()


def test_a_whole_caseload_goes_at_once_and_back_at_once(store: Store, team: dict[str, int]) -> None:
    held = [store.change_now(participants.add, {"given_name": name}) for name in ("Ada", "Bo", "Cato")]
    other = store.change_now(participants.add, {"given_name": "Dag", "worker": team["per"]})
    store.change_now(phases.begin, held[2], 6, TODAY, ending=(1,))
    rows_before = store.ask_now(hand_overs.caseload, team["kari"])
    assert store.change_now(hand_overs.hand_over_all, team["kari"], team["ola"], "Permisjon") == len(rows_before) == 3
    assert store.ask_now(hand_overs.caseload, team["ola"]) == tuple(held)
    assert worker_of(store, other)[0] == team["per"]
    store.change_now(undo.undo)
    assert store.ask_now(hand_overs.caseload, team["kari"]) == tuple(held)
    with pytest.raises(HandOverError) as error:
        store.change_now(hand_overs.hand_over_all, team["ola"], team["per"], "")
    assert error.value.text == "Ola Sørli is responsible for nobody just now."
    with pytest.raises(HandOverError):
        store.change_now(hand_overs.hand_over_all, team["kari"], team["kari"], "")


def test_a_whole_caseload_over_the_limit_wants_a_reason_and_gets_through(store: Store, team: dict[str, int]) -> None:
    for number in range(13):
        store.change_now(participants.add, {"given_name": f"Nr{number}"}, None, 2)
    with pytest.raises(HandOverError) as error:
        store.change_now(hand_overs.hand_over_all, team["kari"], team["ola"], "  ")
    told = "Note: Ola Sørli would have 13 participants; the limit is 12. Write why it is done all the same."
    assert error.value.text == told
    assert store.ask_now(hand_overs.caseload, team["ola"]) == ()
    assert store.change_now(hand_overs.hand_over_all, team["kari"], team["ola"], "Kari slutter") == 13
    assert {line.note for line in store.ask_now(hand_overs.latest)} == {"Kari slutter"}


def test_nobody_is_handed_to_a_reader(store: Store, team: dict[str, int]) -> None:
    held = [store.change_now(participants.add, {"given_name": name}) for name in ("Ada", "Bo")]
    with pytest.raises(HandOverError) as error:
        store.change_now(hand_overs.hand_over_all, team["kari"], team["lise"], "Permisjon")
    assert error.value.text == "To whom: Lise Berg has read access only and cannot be responsible."
    assert {worker_of(store, person)[0] for person in held} == {team["kari"]}
    assert store.ask_now(hand_overs.latest) == ()


def test_what_cannot_be_is_refused_in_words(
    store: Store, session: Callable[[str], Store], team: dict[str, int], person: int
) -> None:
    def refused(to: int | None) -> str:
        with pytest.raises(HandOverError) as error:
            store.change_now(hand_overs.hand_over, person, to, "")
        return error.value.text

    assert refused(None) == "To whom: say who takes over."
    assert refused(team["kari"]) == "To whom: Kari Nordmann is responsible already."
    assert refused(team["lise"]) == "To whom: Lise Berg has read access only and cannot be responsible."
    assert refused(99) == "To whom: this colleague is not in the team."
    with pytest.raises(HandOverError):
        store.change_now(hand_overs.hand_over, 999, team["ola"], "")
    with pytest.raises(NotAllowed):
        session("lise").change_now(hand_overs.hand_over, person, team["ola"], "")
    session("ola").change_now(participants.change, person, 1, {"worker": team["per"]})
    with pytest.raises(Conflict) as conflict:
        store.change_now(hand_overs.hand_over, person, team["ola"], "", 1)
    assert conflict.value.theirs == {"worker_id": team["per"]}
    assert worker_of(store, person)[0] == team["per"]


def test_too_many_and_away_is_said_before_it_is_decided(store: Store, team: dict[str, int]) -> None:
    many = [store.change_now(participants.add, {"given_name": f"N{number}"}, None, 2) for number in range(13)]
    for number in many[:7]:
        store.change_now(phases.begin, number, 3, TODAY, ending=(2,))

    def said(to: str, people: list[int]) -> list[str]:
        return store.ask_now(hand_overs.advice, team[to], people)

    assert said("ola", many[:6]) == []
    assert said("ola", many) == [
        "Ola Sørli would have 13 participants; the limit is 12.",
        "Ola Sørli would have 7 in the demanding phases; the limit is 6.",
    ]
    assert said("kari", many[:1])[0] == "Kari Nordmann would have 13 participants; the limit is 4."
    store.change_now(absences.add, {"staff": team["ola"], "first": TODAY, "last": TODAY + timedelta(days=3)})
    assert said("ola", many[:1]) == ["Ola Sørli is away until 25.11.2026."]


def test_the_brief_holds_what_is_agreed_due_missing_and_risky(store: Store, team: dict[str, int], person: int) -> None:
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, {"risk_areas": "Sentrum kveldstid"})
    now = store.clock.seconds()
    store.change_now(appointments.add, person, {"title": "Møte med NAV", "at": now + 90_000})
    store.change_now(tasks.add, person, {"text": "Ring saksbehandler"})
    declined = store.change_now(tasks.add, person, {"text": "Uaktuelt"})
    store.change_now(tasks.decline, declined, 1)
    store.change_now(timeline.record, person, {"kind": "phone", "topic": "Broren", "text": "Gikk greit"})
    contact = store.change_now(people.add, {"name": "Siri NAV", "agency": "nav", "role": "nav_municipal"})
    store.change_now(network.involve, person, contact)
    until = date(2027, 10, 1)
    given = {"agency": "prison", "role": "contact_officer", "given": TODAY, "valid_until": until, "place": "Oslo"}
    store.change_now(consents.give, person, given)
    store.change_now(hand_overs.hand_over, person, team["ola"], "Ta det rolig")
    found = store.ask_now(brief.brief, person)
    assert found.handed is not None
    assert (found.handed.from_name, found.handed.to_name, found.handed.note) == (
        "Kari Nordmann", "Ola Sørli", "Ta det rolig",
    )  # fmt: skip
    assert found.file.values["risk_areas"] == "Sentrum kveldstid"
    assert [one.topic for one in found.topics] == ["Broren"]
    assert [one.title for one in found.appointments] == ["Møte med NAV"]
    assert [one.text for one in found.tasks] == ["Ring saksbehandler"]
    assert [one.name for one in found.network.people] == ["Siri NAV"]
    covered = {one.agency: one.answer.covered for one in found.consents}
    assert covered == {"prison": True, "nav": False, "lawyer": False}
    assert [one.text for one in found.entries] == ["Gikk greit"]
    assert "risk_areas" in {sign.rule for sign in found.signs}


def test_one_nobody_handed_over_has_a_brief_too(store: Store, person: int) -> None:
    found = store.ask_now(brief.brief, person)
    assert found.handed is None
    assert [span.phase for span in found.file.phases] == [1]
