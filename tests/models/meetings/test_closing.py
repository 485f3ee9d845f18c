"""A meeting's end: who was not gone through, opening it again on its day, and what counts as gone through."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from models.access.visits import RELATION
from models.cards.upkeep import DISCUSSED as ON_CARDS
from models.export import whole as export
from models.meetings import agenda as meeting_agenda
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import DISCUSSED, Meeting, MeetingError, MinutesClosed, MinutesOpen
from models.paper import minutes, plain
from models.participants import participants
from models.phases import phases
from models.restrictions import restrictions
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.reading import Reading
from models.storage.undo import NothingToUndo
from models.storage.work import Conflict
from models.store import Store
from tests.models.case_sample import Hands, examined, rows

Session = Callable[[str], Store]
CLOSED_AT = r"Kari Nordmann closed this meeting already, on 22\.11\.2026 at 10:00"


def follow(store: Store, name: str, began: date = date(2026, 11, 20)) -> int:
    return store.change_now(participants.add, {"given_name": name, "worker": 1}, began)


@pytest.fixture
def folk(store: Store) -> dict[str, int]:
    return {name: follow(store, name) for name in ("Anne", "Bo", "Cato", "Dag")}


def held(store: Store, kind: str = "weekly", participant: int | None = None) -> int:
    return store.change_now(meetings.open_, kind, participant)


def one(store: Store, meeting: int) -> Meeting:
    return store.ask_now(meeting_reading.one, meeting)


def shut(store: Store, meeting: int) -> None:
    store.change_now(meetings.close, meeting, one(store, meeting).version)


def again(store: Store, meeting: int) -> None:
    store.change_now(meetings.reopen, meeting, one(store, meeting).version)


def kinds(store: Store, meeting: int) -> list[str]:
    return [item.kind for item in store.ask_now(meeting_reading.items, meeting)]


def left(store: Store, meeting: int) -> list[list[str]]:
    """Who was left at each closing."""
    said = store.ask_now(meeting_reading.items, meeting)
    return [[line.name for line in closing.left] for closing in meeting_reading.closings(one(store, meeting), said)]


def paper(store: Store, meeting: int, *, names: bool = True) -> str:
    return "\n".join(plain.lines(store.ask_now(minutes.sheet, meeting, names=names), 90))


def discussed_on(store: Store, participant: int) -> str:
    return str(store.ask_now(Reading.value, "SELECT review_key FROM card WHERE participant_id = ?", [participant]))


# ---------------------------------------------------------------------- who was left


@pytest.mark.parametrize("kind", ["daily", "weekly"])
def test_the_minutes_have_who_was_neither_gone_through_nor_written_about(
    store: Store, folk: dict[str, int], kind: str
) -> None:
    gone = follow(store, "Else")
    (period,) = store.ask_now(phases.of, gone)
    store.change_now(phases.end, period.id, period.version, date(2026, 11, 21))
    meeting = held(store, kind)
    store.change_now(meetings.gone_through, meeting, folk["Anne"])
    store.change_now(meetings.add, meeting, "note", "Trives", folk["Bo"])
    store.change_now(meetings.add, meeting, "topic", "Broren", folk["Cato"])
    told = [each.name for each in store.ask_now(meeting_reading.left_out, one(store, meeting))]
    assert told == ["Cato", "Dag"]
    assert store.ask_now(meeting_reading.followed) == 4
    shut(store, meeting)
    assert left(store, meeting) == [["Cato", "Dag"]]
    assert one(store, meeting).items == 2
    assert "Not gone through: 2\n" in paper(store, meeting)
    assert "Cato · Dag" in paper(store, meeting)
    codes = paper(store, meeting, names=False)
    assert "EX-003 · EX-004" in codes
    assert "Dag" not in codes
    assert not examined(store).flaws


@pytest.mark.parametrize("kind", ["monthly", "support"])
def test_a_meeting_that_goes_through_nobody_leaves_nobody(store: Store, folk: dict[str, int], kind: str) -> None:
    meeting = held(store, kind, folk["Anne"] if kind == "support" else None)
    shut(store, meeting)
    assert kinds(store, meeting) == []
    assert "Nothing was written." in paper(store, meeting)


def test_the_export_tells_of_it(store: Store, folk: dict[str, int]) -> None:
    meeting = held(store)
    shut(store, meeting)
    (found,) = store.ask_now(export.team_wide)["meetings"]
    assert [(line["kind"], line["participant"], line["text"]) for line in found["minutes"]] == [
        ("left", f"EX-00{number}", "") for number in (1, 2, 3, 4)
    ]
    own = store.ask_now(export.participant, folk["Dag"])["minutes"]
    assert [(line["meeting"], line["kind"]) for line in own] == [("weekly", "left")]


def test_who_is_restricted_is_named_to_those_who_see_them_whoever_closes(
    store: Store, session: Session, folk: dict[str, int]
) -> None:
    store.change_now(restrictions.restrict, folk["Dag"], {"may_see": (), "reason": "Kjenner en i teamet"})
    ola = session("ola")
    meeting = held(ola)
    assert [each.name for each in ola.ask_now(meeting_reading.left_out, one(ola, meeting))] == ["Anne", "Bo", "Cato"]
    assert ola.ask_now(meeting_reading.followed) == 3
    shut(ola, meeting)
    assert left(ola, meeting) == [["Anne", "Bo", "Cato"]]
    assert left(store, meeting) == [["Anne", "Bo", "Cato", "Dag"]]
    everything = json.dumps(ola.ask_now(export.team_wide), default=str) + paper(ola, meeting)
    assert "Dag" not in everything
    assert "EX-004" not in everything
    assert "Not gone through: 3\n" in everything
    assert "Not gone through: 4\n" in paper(store, meeting)


def test_who_was_left_was_in_no_meeting_of_that_day(store: Store, folk: dict[str, int]) -> None:
    meeting = held(store)
    store.change_now(meetings.gone_through, meeting, folk["Anne"])
    shut(store, meeting)
    sees = f"SELECT {RELATION} FROM (SELECT '' AS relation, '2026-11-22' AS day, 1 AS staff, ? AS participant) v"
    assert store.ask_now(Reading.value, sees, [folk["Anne"]]) == "meeting"
    assert store.ask_now(Reading.value, sees, [folk["Dag"]]) != "meeting"


# ---------------------------------------------------------------------- closed twice, and opened again


def test_closed_twice_has_its_own_sentence_and_is_closed_once(
    store: Store, session: Session, folk: dict[str, int]
) -> None:
    ola, meeting = session("ola"), held(store)
    version = one(store, meeting).version
    store.change_now(meetings.close, meeting, version)
    with pytest.raises(MinutesClosed, match=CLOSED_AT + r"\. What is missing can be added"):
        ola.change_now(meetings.close, meeting, version)
    assert kinds(store, meeting) == ["left"] * 4


def test_a_leader_opens_it_again_and_both_closings_stand(
    store: Store, session: Session, folk: dict[str, int], hands: Hands
) -> None:
    ola, per = session("ola"), session("per")
    meeting = held(ola)
    ola.change_now(meetings.gone_through, meeting, folk["Anne"])
    shut(ola, meeting)
    store.change_now(meetings.supplement, meeting, "Om Bo", folk["Bo"])
    hands.move(hours=1)
    again(per, meeting)
    assert not one(store, meeting).closed
    assert held(ola) == meeting
    assert not examined(store).flaws
    assert "Closed: not yet" in " ".join(paper(store, meeting).split())
    with pytest.raises(MinutesOpen):
        ola.change_now(meetings.supplement, meeting, "Enda mer")
    ola.change_now(meetings.add, meeting, "note", "Trives", folk["Cato"])
    hands.move(hours=1)
    shut(store, meeting)
    assert left(store, meeting) == [["Bo", "Cato", "Dag"], ["Dag"]]
    text = " ".join(paper(store, meeting).split())
    for line in (
        "Closed: 22.11.2026 10:00 by Ola Sørli Opened again: 22.11.2026 11:00 by Per Moe",
        "Closed: 22.11.2026 12:00 by Kari Nordmann",
        "Not gone through: 1", "Not gone through when it was closed 22.11.2026 10:00: 3", "Bo · Cato · Dag",
    ):  # fmt: skip
        assert line in text, text
    assert text.index("Not gone through: 1") < text.index("Not gone through when")
    assert not examined(store).flaws
    again(store, meeting)
    shut(store, meeting)
    assert left(store, meeting) == [["Bo", "Cato", "Dag"], ["Dag"], ["Dag"]]


def test_an_opening_that_was_taken_back_by_closing_is_not_undone(store: Store, folk: dict[str, int]) -> None:
    meeting = held(store)
    store.change_now(meetings.add, meeting, "note", "Bil")
    shut(store, meeting)
    again(store, meeting)
    store.change_now(undo.undo)
    assert kinds(store, meeting) == ["left"] * 4 + ["closed", "reopened"]
    shut(store, meeting)
    with pytest.raises(NothingToUndo):
        store.change_now(undo.undo)
    again(store, meeting)
    opened = one(store, meeting)
    with pytest.raises(MeetingError, match="Something stands in these minutes"):
        store.change_now(meetings.discard, meeting, opened.version)


@pytest.mark.parametrize("user", ["ola", "lise"])
def test_nobody_but_a_leader_opens_a_meeting_again(
    store: Store, session: Session, folk: dict[str, int], user: str
) -> None:
    theirs, meeting = session(user), held(store)
    shut(store, meeting)
    with pytest.raises(NotAllowed, match=r"Only a team leader opens a closed meeting again\. Ask one"):
        again(theirs, meeting)
    assert one(store, meeting).closed


def test_on_another_day_it_stays_closed_and_is_added_to(store: Store, folk: dict[str, int], hands: Hands) -> None:
    meeting = held(store)
    shut(store, meeting)
    hands.move(days=1)
    refused = r"Kari Nordmann closed this meeting on 22\.11\.2026 at 10:00, and it is opened again on that day only"
    with pytest.raises(MinutesClosed, match=refused + ". What is missing can be added to its minutes"):
        again(store, meeting)
    store.change_now(meetings.supplement, meeting, "Det som mangler")
    assert "reopened" not in kinds(store, meeting)


def test_one_of_yesterday_that_was_closed_today_is_opened_again(
    store: Store, folk: dict[str, int], hands: Hands
) -> None:
    meeting = held(store)
    hands.move(days=1)
    shut(store, meeting)
    again(store, meeting)
    assert not one(store, meeting).closed


def test_one_that_is_open_and_one_beside_another_are_not_opened(store: Store, folk: dict[str, int]) -> None:
    first = held(store)
    with pytest.raises(MeetingError, match="open already"):
        again(store, first)
    shut(store, first)
    second = held(store)
    with pytest.raises(MeetingError, match="Another meeting of this kind is open on that day"):
        again(store, first)
    shut(store, second)
    seen = one(store, first).version
    again(store, first)
    with pytest.raises(MeetingError, match="open already"):
        store.change_now(meetings.reopen, first, seen)
    assert not examined(store).flaws


def test_opening_against_an_older_version_is_a_conflict(store: Store, folk: dict[str, int]) -> None:
    meeting = held(store)
    seen = one(store, meeting).version
    shut(store, meeting)
    with pytest.raises(Conflict):
        store.change_now(meetings.reopen, meeting, seen)


# ---------------------------------------------------------------------- what counts as gone through


def test_the_cards_count_what_the_minutes_count() -> None:
    assert ON_CARDS == DISCUSSED


def test_a_topic_that_was_taken_up_is_no_follow_up(store: Store, folk: dict[str, int]) -> None:
    line = store.change_now(meetings.park, folk["Anne"], "Broren")
    meeting = held(store)
    store.change_now(meetings.take_up, line, 1, meeting)
    store.change_now(meetings.add, meeting, "topic", "Kurset", folk["Anne"])
    assert discussed_on(store, folk["Anne"]) == ""
    shut(store, meeting)
    assert discussed_on(store, folk["Anne"]) == ""
    assert "Anne" in left(store, meeting)[0]


@pytest.mark.parametrize("kind", ["weekly", "support"])
def test_an_empty_meeting_resets_nothing(store: Store, folk: dict[str, int], kind: str) -> None:
    meeting = held(store, kind, folk["Anne"] if kind == "support" else None)
    store.change_now(meetings.add, meeting, "note", "Kaffe mangler", None if kind == "weekly" else folk["Anne"])
    assert discussed_on(store, folk["Anne"]) == ("" if kind == "weekly" else "2026-11-22")
    store.change_now(undo.undo)
    shut(store, meeting)
    assert discussed_on(store, folk["Anne"]) == ""
    assert discussed_on(store, folk["Bo"]) == ""


@pytest.mark.parametrize("kind", ["note", "decision", "task", "need", "heard", "added"])
def test_whatever_is_said_of_a_participant_does(store: Store, folk: dict[str, int], kind: str) -> None:
    meeting = held(store)
    if kind == "heard":
        store.change_now(meetings.gone_through, meeting, folk["Anne"])
    elif kind == "added":
        shut(store, meeting)
        store.change_now(meetings.supplement, meeting, "x", folk["Anne"])
    else:
        store.change_now(meetings.add, meeting, kind, "x", folk["Anne"])
    assert discussed_on(store, folk["Anne"]) == "2026-11-22"
    assert discussed_on(store, folk["Bo"]) == ""


def test_a_stand_up_of_nothing_is_not_the_one_before(store: Store, folk: dict[str, int], hands: Hands) -> None:
    first = held(store, "daily")
    store.change_now(meetings.gone_through, first, folk["Anne"])
    shut(store, first)
    opened = one(store, first).opened_at
    hands.move(hours=2)
    empty = held(store, "daily")
    store.change_now(meetings.add, empty, "need", "Bil")
    store.change_now(undo.undo)
    shut(store, empty)
    hands.move(hours=2)
    assert store.ask_now(meeting_agenda.last_before, one(store, held(store, "daily"))) == opened


def test_a_vault_whose_cards_took_a_meeting_for_a_discussion_is_set_right(
    store: Store, session: Session, folk: dict[str, int]
) -> None:
    shut(store, held(store, "support", folk["Anne"]))
    rows(store, "UPDATE card SET review_key = '2026-11-22'")
    rows(store, "DELETE FROM schema_step WHERE name LIKE '0016%'")
    rows(store, "PRAGMA user_version = 15")
    store.close()
    renewed = session("kari")
    assert discussed_on(renewed, folk["Anne"]) == ""
    assert not examined(renewed).flaws
