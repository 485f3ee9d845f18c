"""Reviews, intake, ways out, meetings and the like in the export: whole, nested, and named by user name."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from models.export import whole as export
from models.plans import tasks
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import (
    Absence,
    CriterionJudgement,
    HandOver,
    Intake,
    IntakeTalk,
    Meeting,
    MeetingItem,
    PhaseOut,
    PhaseOutTold,
    Record,
    Review,
    ReviewAnswer,
    ReviewNote,
    Snooze,
)

DAY = date(2026, 11, 2)
AT = 1_795_425_000
AT_WRITTEN = "2026-11-23T09:10:00Z"
# Where the rows of each table stand in what goes out, and under which.
NESTED: dict[type[Record], tuple[str, ...]] = {
    Review: ("reviews",),
    ReviewAnswer: ("reviews", "answers"),
    ReviewNote: ("reviews", "notes"),
    Intake: ("intakes",),
    CriterionJudgement: ("intakes", "criteria"),
    IntakeTalk: ("intakes", "talks"),
    PhaseOut: ("phase_outs",),
    PhaseOutTold: ("phase_outs", "told"),
    Snooze: ("snoozes",),
    Meeting: ("meetings",),
    MeetingItem: ("minutes",),
    HandOver: ("hand_overs",),
}


def filled(model: type[Record], **links: int) -> dict[str, Any]:
    """A value of its own in every column of `model`."""
    values: dict[str, Any] = {}
    for field in model._meta.sorted_fields:
        kind = type(field).__name__
        if field.name in ("id", "version"):
            continue
        if field.name in links:
            values[field.name] = links[field.name]
        elif kind == "ForeignKeyField":
            values[field.name] = None if field.rel_model._meta.table_name != "staff" else 1
        elif kind == "DayField":
            values[field.name] = DAY
        elif kind == "IntegerField":
            values[field.name] = AT if field.name == "at" or field.name.endswith("_at") else 2
        else:
            values[field.name] = '{"days": 9}' if field.name == "brief" else f"{field.name} æ"
    return values


@pytest.fixture
def full(store: Store, person: int) -> int:
    """A participant with a row in every table of the method and the rhythm."""
    task = store.change_now(tasks.add, person, {"text": "Ringe boligkontoret", "turn": "ours"})

    @action("test_export_method.enter")
    def enter(work: Work) -> None:
        review = work.insert(Review, **filled(Review, participant=person))
        work.insert(ReviewAnswer, **filled(ReviewAnswer, participant=person, review=review))
        work.insert(ReviewNote, **filled(ReviewNote, participant=person, review=review))
        intake = work.insert(Intake, **filled(Intake, participant=person))
        work.insert(CriterionJudgement, **filled(CriterionJudgement, participant=person, intake=intake))
        talk = filled(IntakeTalk, participant=person, intake=intake)
        work.insert(IntakeTalk, **{**talk, "covered": "plans work", "said": "voluntary"})
        way_out = work.insert(PhaseOut, **filled(PhaseOut, participant=person))
        work.insert(PhaseOutTold, **filled(PhaseOutTold, participant=person, phase_out=way_out))
        work.insert(Snooze, **{**filled(Snooze, participant=person), "staff": None})
        work.insert(HandOver, **filled(HandOver, participant=person))
        meeting = filled(Meeting, participant=person)
        number = work.insert(Meeting, **{**meeting, "kind": "support", "present": "1 99"})
        work.insert(MeetingItem, **{**filled(MeetingItem, participant=person, meeting=number), "task": task})

    store.change_now(enter)
    return person


def out(store: Store, participant: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export.as_json(store.ask_now(export.participant, participant)))
    return found


@pytest.mark.parametrize(("model", "where"), NESTED.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_every_column_goes_out(store: Store, full: int, model: type[Record], where: tuple[str, ...]) -> None:
    found: Any = out(store, full)
    for key in where:
        (found,) = found[key]
    links = {"id", "version", "participant", "review", "intake", "phase_out"}
    columns = {field.name for field in model._meta.sorted_fields} - links
    assert columns <= found.keys()
    for name in columns - {"task", "meeting", "present", "covered", "said", "brief", "kind"}:
        field = model._meta.fields[name]
        wanted: Any = {"ForeignKeyField": "kari", "DayField": DAY.isoformat(), "TextField": f"{name} æ"}.get(
            type(field).__name__, AT_WRITTEN if name == "at" or name.endswith("_at") else 2
        )
        if (model, name) != (Snooze, "staff"):
            assert found[name] == wanted, name
    assert found["former"] == []


def test_what_holds_more_than_one_thing_is_taken_apart(store: Store, full: int) -> None:
    found = out(store, full)
    assert found["reviews"][0]["brief"] == {"days": 9}
    assert found["intakes"][0]["talks"][0]["covered"] == ["plans", "work"]
    assert found["intakes"][0]["talks"][0]["said"] == ["voluntary"]
    # Somebody who is not in the team list stays as written: nothing is left out in silence.
    assert found["meetings"][0]["present"] == ["kari", "99"]
    (line,) = found["minutes"]
    assert (line["meeting"], line["day"], line["task"]) == ("support", DAY.isoformat(), "Ringe boligkontoret")


def test_an_answer_keeps_what_was_said_before(store: Store, full: int) -> None:
    @action("test_export_method.correct")
    def correct(work: Work) -> None:
        work.update(ReviewAnswer, 1, 1, text="rettet")

    store.change_now(correct)
    (answer,) = out(store, full)["reviews"][0]["answers"]
    assert answer["text"] == "rettet"
    assert [former["values"] for former in answer["former"]] == [{"text": "text æ"}]


def test_one_participant_does_not_get_the_lines_about_another(store: Store, full: int) -> None:
    @action("test_export_method.enter_2")
    def enter(work: Work) -> None:
        meeting = work.insert(Meeting, kind="weekly", day=DAY, opened_at=AT)
        for text, participant in (("om alle", None), ("om den ene", full)):
            work.insert(MeetingItem, meeting=meeting, participant=participant, kind="note", text=text, at=AT + 1)
        work.insert(MeetingItem, participant=full, kind="topic", text="parkert", for_kind="weekly", at=AT + 2)

    store.change_now(enter)
    assert [line["text"] for line in out(store, full)["minutes"]] == ["text æ", "om den ene", "parkert"]
    assert out(store, full)["minutes"][2]["meeting"] is None
    assert [meeting["kind"] for meeting in out(store, full)["meetings"]] == ["support"]


def test_the_team_gets_meetings_with_all_their_minutes_absences_and_what_is_parked(store: Store, full: int) -> None:
    @action("test_export_method.enter_3")
    def enter(work: Work) -> None:
        work.insert(Absence, **filled(Absence))
        work.insert(Snooze, **filled(Snooze, staff=1))
        meeting = work.insert(Meeting, kind="daily", day=DAY, opened_at=AT + 9, present="1")
        work.insert(MeetingItem, meeting=meeting, kind="need", text="bilen", at=AT)
        work.insert(MeetingItem, participant=full, kind="topic", text="parkert", for_kind="weekly", at=AT)

    store.change_now(enter)
    found = json.loads(export.as_json(store.ask_now(export.team_wide)))
    support, daily = found["meetings"]
    assert (support["kind"], support["participant"]) == ("support", "EX-001")
    assert [(line["participant"], line["text"]) for line in support["minutes"]] == [("EX-001", "text æ")]
    assert (daily["participant"], daily["present"], daily["day"]) == (None, ["kari"], DAY.isoformat())
    assert [line["text"] for line in daily["minutes"]] == ["bilen"]
    assert [(line["participant"], line["for_kind"]) for line in found["parked"]] == [("EX-001", "weekly")]
    (absence,) = found["absences"]
    assert {name: absence[name] for name in ("staff", "cover", "first")} == {
        "staff": "kari", "cover": "kari", "first": DAY.isoformat()
    }  # fmt: skip
    # Those about participants are in their own parts.
    assert [snooze["staff"] for snooze in found["snoozes"]] == ["kari"]
