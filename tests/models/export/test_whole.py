"""The export holds all that the vault knows of a participant, as valid and stable JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from config.dates import has_hour
from models import timeline
from models.consents import disclosures
from models.export import whole as export
from models.misplaced import misplaced
from models.participants import participants, spending
from models.phases import phases
from models.plans import appointments, tasks
from models.storage.actions import action
from models.store import Store
from models.tables import Entry, Participant, PhasePeriod
from tests.models.case_sample import Hands, chain, rows
from tests.models.paper import paper_sample

# Where each column stands in the export; ids, versions and what is derived have no meaning outside.
PARTICIPANT_LEFT_OUT = {"id", "version", "created_at"}  # the last is `entered_at`
PHASE_KEYS = {"phase": "phase", "began": "began", "ended": "ended", "reason": "reason"}
ENTRY_KEYS = {
    "at": "at", "day": "day", "kind": "kind", "outcome": "outcome", "with_whom": "with", "place": "where",
    "minutes": "minutes", "text": "text", "topic": "topic", "topic_taken_at": "topic_taken_at", "detail": "detail",
    "author_id": "author", "created_at": "entered_at",
}  # fmt: skip


@pytest.fixture
def full(store: Store, session: Callable[[str], Store], hands: Hands) -> int:
    """A participant of whom everything is known."""
    ola = session("ola")
    texts = {name: f'{name}-æ"\\\t' for name in participants.TEXT_FIELDS if name != "national_id"}
    dates = {name: date(2026, 1, day) for day, name in enumerate(participants.DATE_FIELDS, 1)}
    values = {**texts, **dates, "worker": store.actor.staff_id, "coworker": ola.actor.staff_id, "code": "EX-777"}
    number = store.change_now(participants.add, values, date(2026, 11, 1))
    store.change_now(phases.begin, number, 2, date(2026, 11, 3), ending=(1,), reason="Samtykke på plass")
    entry = store.change_now(
        timeline.record,
        number,
        {"kind": "phone", "text": "først\n«så»", "minutes": 10, "with_whom": "NAV", "place": "Tøyen", "topic": "gjeld"},
    )
    hands.move(hours=1)
    ola.change_now(timeline.correct, entry, 1, {"text": "rettet"})
    store.change_now(timeline.take_up_topic, entry)
    store.change_now(participants.change, number, 1, {"prison": "Ila"})
    return number


def test_every_column_of_every_table_is_there(store: Store, full: int) -> None:
    found = export.participant
    whole = json.loads(export.as_json(store.ask_now(found, full)))
    fields = {field.name for field in Participant._meta.sorted_fields} - PARTICIPANT_LEFT_OUT
    assert fields == set(participants.LABELS)
    record = dict(
        zip(fields, rows(store, f"SELECT {_columns(fields)} FROM participant WHERE id = ?", full)[0], strict=True)
    )
    users = dict(rows(store, "SELECT id, user FROM staff"))
    for field in fields:
        expected = users[record[field]] if field in participants.STAFF_FIELDS else record[field]
        assert whole[field] == expected, field

    assert {f.column_name for f in PhasePeriod._meta.sorted_fields} - {"id", "version", "participant_id"} == set(
        PHASE_KEYS
    )
    stored = rows(store, f"SELECT {', '.join(PHASE_KEYS)} FROM phase_period WHERE participant_id = ? ORDER BY id", full)
    assert [tuple(period[key] for key in PHASE_KEYS.values()) for period in whole["phases"]] == stored
    assert [period["id"] for period in whole["phases"]] == ["intake", "in_prison"]

    derived = {"id", "version", "participant_id", "contact", "subject"}
    assert {f.column_name for f in Entry._meta.sorted_fields} - derived == set(ENTRY_KEYS)
    stored = rows(
        store, f"SELECT {', '.join(ENTRY_KEYS)} FROM entry WHERE participant_id = ? ORDER BY at DESC, id DESC", full
    )
    assert len(whole["timeline"]) == len(stored) > 3
    for line, columns in zip(whole["timeline"], stored, strict=True):
        plain = dict(zip(ENTRY_KEYS, columns, strict=True))
        for column in ("day", "kind", "outcome", "with_whom", "place", "minutes", "text", "topic"):
            assert line[ENTRY_KEYS[column]] == plain[column]
        assert line["author"] == users[plain["author_id"]]
        assert line["detail"] == json.loads(plain["detail"] or "{}")
        for column in ("at", "created_at"):
            # A moment of which only the day is known is told as noon.
            known = has_hour(store.clock.local(plain[column]))
            told = datetime.fromisoformat(line[ENTRY_KEYS[column]])
            assert told.timestamp() == plain[column] - (not known)
        assert (line["topic_taken_at"] is None) is (plain["topic_taken_at"] is None)


def _columns(fields: set[str]) -> str:
    return ", ".join(Participant._meta.combined[field].column_name for field in fields)


def test_what_was_said_before_goes_along(store: Store, full: int) -> None:
    whole = store.ask_now(export.participant, full)
    assert [former["values"] for former in whole["former"]] == [{"prison": 'prison-æ"\\'}]
    (phone,) = [line for line in whole["timeline"] if line["kind"] == "phone"]
    assert [(former["changed_by"], former["values"]) for former in phone["former"]][1:] == [
        ("ola", {"text": "først\n«så»"})
    ]
    assert phone["former"][0]["values"] == {"topic_taken_at": None}
    assert all("former" in line for line in whole["timeline"])


NAMED = {
    "by", "author", "changed_by", "worker", "coworker", "driver", "owner", "opened_by", "done_by", "verified_by",
    "obtained_by",
}  # fmt: skip


def test_whoever_did_something_is_named_by_user_name_everywhere(
    store: Store, session: Callable[[str], Store], hands: Hands
) -> None:
    number = paper_sample.filled(store)
    ola = session("ola")
    ola.change_now(disclosures.record, number, {"agency": "police", "what": "Adressen", "ground": "fvl_13b"})
    ola.change_now(spending.add, number, {"day": date(2026, 11, 1), "purpose": "necessity", "amount": 100, "what": "x"})
    ola.change_now(participants.change, number, 1, {"worker": ola.actor.staff_id, "coworker": 1})
    due = {"text": "Ringe", "turn": "ours", "owner": ola.actor.staff_id}
    ola.change_now(tasks.add, number, due)
    entry = ola.change_now(timeline.record, number, {"kind": "phone", "text": "Ola var her"})
    ola.change_now(timeline.correct, entry, 1, {"text": "Ola ringte"})
    whole = json.loads(export.as_json(store.ask_now(export.participant, number)))
    found: dict[str, set[str | None]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in NAMED:
                    found.setdefault(name, set()).add(inner)
                elif name not in ("values", "detail"):
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(whole)
    users = {one["user"] for one in store.ask_now(export.heading)["staff"]}
    assert users == {"kari", "ola"}
    assert {name: names - users - {None} for name, names in found.items()} == {name: set() for name in found}
    for name in ("by", "author", "changed_by", "worker", "owner"):
        assert "ola" in found[name], name
    for name in ("obtained_by", "opened_by", "done_by", "coworker"):
        assert "kari" in found[name], name


def test_the_same_caseload_gives_the_same_bytes(store: Store, full: int) -> None:
    def text() -> str:
        return export.as_json([store.ask_now(export.heading), store.ask_now(export.participant, full)])

    first = text()
    assert first == text()
    assert "\n" not in first
    assert "æ" in first
    assert json.loads(first)


def test_the_heading_names_team_format_and_how_far_the_audit_reached(store: Store, full: int) -> None:
    heading = store.ask_now(export.heading)
    reached = chain(store)
    assert heading["audit"] == {"count": reached.count, "head": reached.head}
    assert (heading["program"], heading["format"], heading["exported_by"]) == ("exin", 2, "kari")
    assert [(one["user"], one["active"]) for one in heading["staff"]] == [("kari", True), ("ola", True)]
    assert heading["exported_at"] == "2026-11-22T10:00:00Z"
    keys = list(store.ask_now(export.participant, full))
    assert keys[keys.index("phases") :][:2] == ["phases", "timeline"]
    assert keys[-1] == "former"


def test_a_long_line_of_time_is_whole(store: Store, person: int) -> None:
    @action("test_export.many")
    def many(work: Any) -> None:
        for number in range(503):
            timeline.record(work, person, {"kind": "note", "text": str(number)})

    store.change_now(many)
    texts = [line["text"] for line in store.ask_now(export.participant, person)["timeline"] if line["kind"] == "note"]
    assert texts == [str(number) for number in reversed(range(503))]


def test_participants_by_code(store: Store) -> None:
    numbers = [store.change_now(participants.add, {"code": code}) for code in ("B-2", "A-1")]
    assert store.ask_now(export.codes) == [(numbers[1], "A-1"), (numbers[0], "B-2")]


def test_a_participant_who_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(participants.ParticipantError):
        store.ask_now(export.participant, 9)


def test_what_stood_before_names_colleagues_by_user_name_tells_moments_and_nobody_else(
    store: Store, session: Callable[[str], Store], person: int
) -> None:
    """A number of the database means nothing outside it, and whose a moved record was is told in nobody's export."""
    ola, other = session("ola").actor.staff_id, store.change_now(participants.add, {"given_name": "Rett"})
    at = store.clock.seconds() + 86_400
    made = {
        "entry": store.change_now(timeline.record, person, {"kind": "phone", "text": "Ringte"}),
        "appointment": store.change_now(appointments.add, person, {"title": "NAV", "at": at, "worker": ola}),
        "task": store.change_now(tasks.add, person, {"text": "Ringe", "owner": ola}),
    }
    store.change_now(appointments.change, made["appointment"], 1, {"at": at + 3600, "worker": 1})
    store.change_now(tasks.change, made["task"], 1, {"owner": 1})
    for table, row in made.items():
        version = rows(store, f"SELECT version FROM {table} WHERE id = ?", row)[0][0]
        store.change_now(misplaced.move, table, row, version, other, "Feil linje")
    whole = json.loads(export.as_json(store.ask_now(export.participant, other)))
    [entry] = [line for line in whole["timeline"] if line["kind"] == "phone"]
    [meeting], [task] = whole["appointments"], whole["tasks"]
    assert entry["former"] == []
    assert [one["values"] for one in meeting["former"]] == [{"at": export.moment(at), "worker_id": "ola"}]
    assert [one["values"] for one in task["former"]] == [{"owner_id": "ola"}]
    assert "participant_id" not in json.dumps(whole)
