"""A participant's line of time: what people record, what the program adds, and topics parked for later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.programme.shapes import EntryKind
from config.words import N_, _
from models.storage.actions import action
from models.storage.audit import FormerVersion, history
from models.storage.reading import Reading, struct
from models.storage.required import require_participant
from models.storage.work import Work
from models.tables import Entry
from models.values.fields import Fields

ATTEMPTED: Final = "attempted"
OUTCOMES: Final = ("", "reached", ATTEMPTED)
MINUTES_LIMIT: Final = 24 * 60
FIELDS: Final = {
    "kind": N_("Kind"),
    "at": N_("When"),
    "outcome": N_("Outcome"),
    "minutes": N_("Minutes"),
    "with_whom": N_("With"),
    "place": N_("Where"),
    "text": N_("Text"),
    "topic": N_("Topic for later"),
}


class EntryError(ExinError):
    """An entry cannot be recorded or corrected as asked."""


_FIELDS: Final = Fields(
    FIELDS, EntryError, lines=("with_whom", "place", "topic"), texts=("text",), trimmed=("text",), limits={"topic": 500}
)


class TimelineEntry(Struct, frozen=True):
    """One entry as a list or form shows it; `at` and `topic_taken_at` are stored moments, `detail` a system event's."""

    id: int
    version: int
    participant: int
    at: int
    day: date
    kind: str
    outcome: str
    with_whom: str
    place: str
    minutes: int | None
    text: str
    topic: str
    topic_taken_at: int | None
    detail: Mapping[str, Any]
    author: str


class TimelineQuery(Struct, frozen=True):
    """Which entries: a participant's, of the kinds in `kinds` (all when empty), and of none of those in `but`."""

    participant: int
    kinds: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


@action("timeline.record", N_("the new entry"))
def record(work: Work, participant: int, values: Mapping[str, Any], subject: str = "") -> int:
    """Record something that happened; answers the entry's id.

    `values` holds `kind` and `at` (a stored moment) and any of `FIELDS`; `subject` is the record that it tells of, as
    `table:id`. Who was there writes into what attending the appointment wrote for them, so that one meeting is one
    contact. Raises `EntryError` or `TextTooLong`.
    """
    checked = _checked(work, values)
    if not checked.get("kind"):
        raise EntryError(_("Kind: say what it was."))
    _kind_is_for_people(work, checked["kind"])
    if "at" not in checked:
        checked["at"] = work.clock.seconds()
    require_participant(work, participant, EntryError)
    derived = _derived(work, checked)
    if not subject and (written := same_meeting(work, participant, derived, attended=True)) is not None:
        return _fill(work, written, derived)
    return _insert(work, participant, subject=subject, **derived)


@action("timeline.record_each", N_("the new entry with several"))
def record_each(work: Work, called: Mapping[int, str], values: Mapping[str, Any]) -> int:
    """Record one event with each of several participants, or with none of them; answers how many entries there are.

    `called` are they by number, each as a refusal is to name them. Raises as `record`, or `EntryError` naming those who
    are gone or whom the actor may not see any more.
    """
    there = {number for number in called if work.value("SELECT 1 FROM participant WHERE id = ?", [number])}
    if missing := [name for number, name in called.items() if number not in there or number in work.hidden]:
        told = _("Nothing was recorded with anybody. Gone or restricted meanwhile: {names}.")
        raise EntryError(told.format(names=", ".join(missing)))
    for number in called:
        record(work, number, values)
    return len(called)


@action("timeline.correct", N_("the correction"))
def correct(work: Work, entry: int, version: int, changes: Mapping[str, Any]) -> int:
    """Correct an entry; what it said before stays in its history. Answers the new version, raises as `record`."""
    checked = _checked(work, changes)
    if present := work.first(Entry.select().where(Entry.id == entry)):
        if work.programme.kind(present.kind).system:
            raise EntryError(_("The program wrote this line; change the thing it tells of instead."))
        if checked.get("kind", present.kind) != present.kind:
            _kind_is_for_people(work, checked["kind"])
        whole = {"kind": present.kind, "at": present.at, "outcome": present.outcome, **checked}
        checked |= {name: value for name, value in _derived(work, whole).items() if name not in ("kind", "at")}
    return work.update(Entry, entry, version, **checked)


def tell(work: Work, participant: int, kind: str, at: int, detail: Mapping[str, Any], subject: str = "") -> int:
    """Let the program add a line of its own, whose words are made from `detail` when it is shown; never one ahead."""
    at = min(at, work.clock.seconds())
    told = json.dumps(dict(detail), ensure_ascii=False)
    return _insert(work, participant, at=at, day=work.clock.local(at).date(), kind=kind, detail=told, subject=subject)


def _insert(work: Work, participant: int, **values: Any) -> int:
    author, now = work.actor.staff_id or None, work.clock.seconds()
    return work.insert(Entry, participant=participant, author=author, created_at=now, **values)


@action("timeline.take_up_topic", N_("the topic taken up"))
def take_up_topic(work: Work, entry: int) -> None:
    """Note that a topic parked for later was taken up, now; one taken up already keeps its moment."""
    if work.value("SELECT 1 FROM entry WHERE id = ? AND (topic = '' OR topic_taken_at IS NOT NULL)", [entry]):
        return
    work.update(Entry, entry, None, topic_taken_at=work.clock.seconds())


# ---------------------------------------------------------------------- one meeting is one contact


MET: Final = ("visit", "outing", "talk", "meeting")
"""The groups of kinds in which people meet."""
SHORT: Final = 15
"""What takes fewer minutes by itself, as a call does, is no meeting: a call on the way to one is another contact."""
AROUND: Final = 30 * 60
"""Seconds before and after an appointment in which what is recorded may be about it."""


def same_meeting(work: Work, participant: int, of: Mapping[str, Any], *, attended: bool) -> Any:
    """The entry that tells of the meeting that `of`, an entry's values, would tell of; None where none does.

    With `attended` it is what attending an appointment wrote for who asks, as long as nobody has added to it, else what
    somebody recorded who did not yet say that it was the appointment. It is of the same kind on the same day, or of
    another in which people meet at the same time. The nearest in time counts.
    """
    kind = work.programme.kind(of["kind"])
    if not of["contact"] or kind.form:
        return None
    rows = (
        "SELECT e.id, e.kind, e.at, coalesce(e.minutes, 0) AS minutes FROM entry e JOIN appointment a "
        "ON e.subject = 'appointment:' || a.id WHERE e.participant_id = ? AND e.day = ? AND e.contact = 1 "
        "AND e.text = a.title AND e.topic = '' AND e.author_id IS ?"
        if attended
        else "SELECT e.id, e.kind, e.at, coalesce(e.minutes, 0) AS minutes FROM entry e WHERE e.participant_id = ? "
        "AND e.day = ? AND e.contact = 1 AND e.subject = '' AND e.author_id IS ?"
    )
    author = work.actor.staff_id or None
    found = work.named(rows, [participant, of["day"].isoformat(), author])
    alike = [row for row in found if _alike(work, kind, of, row)]
    nearest = min(alike, key=lambda row: (abs(row["at"] - of["at"]), row["id"]), default=None)
    return None if nearest is None else work.first(Entry.select().where(Entry.id == nearest["id"]))


def _alike(work: Reading, kind: EntryKind, of: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    other = work.programme.kind(row["kind"])
    if kind.id == other.id:
        return True
    meets = all(one.group in MET and one.minutes >= SHORT and not one.form for one in (kind, other))
    begins, ends = of["at"], of["at"] + (of.get("minutes") or 0) * 60
    return meets and row["at"] - AROUND <= ends and begins <= row["at"] + row["minutes"] * 60 + AROUND


def _fill(work: Work, written: Any, values: Mapping[str, Any]) -> int:
    """Write what happened into what attending an appointment wrote; its own moment stays where the other is later."""
    said = values.get("text", "")
    filled = {name: value for name, value in values.items() if value not in ("", None)}
    if said and written.text:
        filled["text"] = f"{written.text}: {said}"
    if values["at"] > written.at + (written.minutes or 0) * 60:
        del filled["at"]
    work.update(Entry, written.id, written.version, **filled)
    return int(written.id)


# ---------------------------------------------------------------------- what every entry is checked for


def _kind_is_for_people(work: Reading, kind: str) -> None:
    if kind not in {known.id for known in work.programme.kinds if not known.system}:
        raise EntryError(_("Kind: {kind} is not one that people record.").format(kind=kind))


def _checked(work: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    if checked.get("outcome", "") not in OUTCOMES:
        raise EntryError(_("Outcome: reached, attempted or nothing, not {value}.").format(value=checked["outcome"]))
    minutes = checked.get("minutes")
    if minutes is not None and not 0 <= minutes <= MINUTES_LIMIT:
        raise EntryError(_("Minutes: at most a day and a night ({limit}).").format(limit=MINUTES_LIMIT))
    if "at" in checked and work.clock.lies_ahead(checked["at"]):
        raise EntryError(_("When: the time is in the future. What is to come belongs among the appointments."))
    return checked


def _derived(work: Reading, checked: Mapping[str, Any]) -> dict[str, Any]:
    """`checked` with the local day, and whether it counts as contact: a contact kind, and not only attempted."""
    kind = work.programme.kind(checked["kind"])
    outcome = checked.get("outcome", "")
    if kind.contact and not outcome:
        outcome = "reached"
    return {
        **checked,
        "outcome": outcome if kind.contact else "",
        "contact": kind.contact and outcome == "reached",
        "day": work.clock.local(checked["at"]).date(),
    }


def _entries(reading: Reading, which: str, values: Sequence[object]) -> list[TimelineEntry]:
    rows = reading.named(
        "SELECT e.id, e.version, e.participant_id AS participant, e.at, e.day, e.kind, e.outcome, e.with_whom, "
        "e.place, e.minutes, e.text, e.topic, e.topic_taken_at, e.detail, coalesce(s.initials, '') AS author "
        f"FROM entry e LEFT JOIN staff s ON s.id = e.author_id WHERE {which}",
        values,
    )
    return [struct(TimelineEntry, row, detail=json.loads(row["detail"] or "{}")) for row in rows]


def _where(query: TimelineQuery) -> tuple[str, list[Any]]:
    kinds = f" AND e.kind IN ({', '.join('?' * len(query.kinds))})" if query.kinds else ""
    but = f" AND e.kind NOT IN ({', '.join('?' * len(query.but))})" if query.but else ""
    return f"e.participant_id = ?{kinds}{but}", [query.participant, *query.kinds, *query.but]


def months(reading: Reading, query: TimelineQuery) -> list[tuple[str, int]]:
    """The months that have entries, newest first, as (`YYYY-MM`, how many)."""
    where, values = _where(query)
    statement = f"SELECT substr(e.day, 1, 7) AS month, count(*) FROM entry e WHERE {where} GROUP BY 1 ORDER BY 1 DESC"
    return [(month, count) for month, count in reading.sql(statement, values)]


def page(reading: Reading, query: TimelineQuery, offset: int, limit: int) -> list[TimelineEntry]:
    """Entries `offset` to `offset + limit` of the newest first."""
    where, values = _where(query)
    return _entries(reading, f"{where} ORDER BY e.at DESC, e.id DESC LIMIT ? OFFSET ?", [*values, limit, offset])


def before(reading: Reading, query: TimelineQuery, day: date) -> int:
    """How many entries are newer than `day`: the offset of the first entry on or before it."""
    if day == date.max:
        return 0
    where, values = _where(query)
    midnight = reading.clock.stored(datetime.combine(day + timedelta(days=1), time()))
    return int(reading.value(f"SELECT count(*) FROM entry e WHERE {where} AND e.at >= ?", [*values, midnight]))


def shows(reading: Reading, query: TimelineQuery, entry: int) -> bool:
    """Whether the entry is among what the query asks for."""
    where, values = _where(query)
    return bool(reading.value(f"SELECT count(*) FROM entry e WHERE {where} AND e.id = ?", [*values, entry]))


def position(reading: Reading, query: TimelineQuery, entry: int) -> int:
    """The offset of one entry among the newest first."""
    where, values = _where(query)
    newer = f"SELECT count(*) FROM entry e, entry x WHERE {where} AND x.id = ? AND (e.at, e.id) > (x.at, x.id)"
    return int(reading.value(newer, [*values, entry]))


def one(reading: Reading, entry: int) -> TimelineEntry:
    """One entry. Raises `EntryError` when there is none."""
    found = _entries(reading, "e.id = ?", [entry])
    if not found:
        raise EntryError(_("This entry is not here any more."))
    return found[0]


_WITHIN: Final = {
    "checklist_item": "SELECT checklist_id FROM checklist_item WHERE id = ?",
    "meeting_item": "SELECT meeting_id FROM meeting_item WHERE id = ?",
}
"""What the row of a subject is a part of."""


def subject_of(reading: Reading, entry: int) -> tuple[str, int, int]:
    """What a line of the program's own is about: the table, the row, and what that is a part of.

    The table is empty where it is about no row, and the last 0 where the row is no part, or is gone.
    """
    table, _colon, text = str(reading.value("SELECT subject FROM entry WHERE id = ?", [entry]) or "").partition(":")
    if not text.isdecimal():
        return "", 0, 0
    row = int(text)
    return table, row, int(reading.value(_WITHIN[table], [row]) or 0) if table in _WITHIN else 0


def topics(reading: Reading, participant: int) -> list[TimelineEntry]:
    """The topics parked for later that were not taken up, oldest first."""
    which = "e.participant_id = ? AND e.topic != '' AND e.topic_taken_at IS NULL ORDER BY e.at, e.id"
    return _entries(reading, which, [participant])


def kinds_used(reading: Reading, participant: int) -> list[tuple[str, int]]:
    """Which kinds a participant's line holds and how many of each, most first."""
    statement = "SELECT kind, count(*) FROM entry WHERE participant_id = ? GROUP BY kind ORDER BY 2 DESC, kind"
    return [(kind, count) for kind, count in reading.sql(statement, [participant])]


def former(reading: Reading, entry: int) -> list[FormerVersion]:
    """What an entry said before each correction, newest first."""
    return history(reading, "entry", entry)
