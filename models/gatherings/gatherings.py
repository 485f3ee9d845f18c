"""Gatherings of the professional network: planned, held or cancelled, one or several days.

Source: the report's §§ on the gatherings; two a year of two days each are what it recommends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one
from models.storage.work import Work
from models.tables import Attendance, Gathering, GatheringTopic, Invitation
from models.values.fields import Fields

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
STATES: Final = {PLANNED: N_("planned"), HELD: N_("held"), CANCELLED: N_("cancelled")}
LONGEST_DAYS: Final = 14
SUMMARY_LIMIT: Final = 20_000
ORDINARY: Final = "ordinary"
STANDING: Final = "standing"
FIELDS: Final = {
    "number": N_("Number"),
    "title": N_("Title"),
    "place": N_("Place"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "overnight": N_("Overnight"),
    "gathering_kind": N_("Kind"),
    "responsible": N_("Responsible"),
    "state": N_("State"),
    "summary": N_("Summary"),
}


class GatheringError(ExinError):
    """A gathering, or something that belongs to one, cannot be noted or changed as asked."""


_FIELDS: Final = Fields(
    FIELDS, GatheringError, lines=("title", "place", "gathering_kind", "state"), texts=("summary",),
    limits={"summary": SUMMARY_LIMIT},
)  # fmt: skip


class GatheringLine(Struct, frozen=True):
    """One gathering; `came` of the stable members who were `invited` to it came to at least one half day."""

    id: int
    version: int
    number: int
    title: str
    place: str
    first: date
    last: date
    overnight: bool
    gathering_kind: str
    responsible: int | None
    responsible_name: str
    state: str
    summary: str
    draws: int
    topics: int
    people: int
    noted: int
    invited: int
    came: int

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + timedelta(days=place) for place in range((self.last - self.first).days + 1))

    @property
    def halves(self) -> tuple[tuple[date, int], ...]:
        """Its half days in order: 1 before noon, 2 after it."""
        return tuple((day, half) for day in self.days for half in (1, 2))


_CAME: Final = "SELECT 1 FROM attendance a WHERE a.invitation_id = i.id AND a.came"
_COUNTS: Final = (
    "(SELECT count(*) FROM gathering_topic t WHERE t.gathering_id = g.id) AS topics, "
    "(SELECT count(*) FROM invitation i WHERE i.gathering_id = g.id) AS people, "
    "(SELECT count(*) FROM attendance a WHERE a.gathering_id = g.id) AS noted, "
    "(SELECT count(*) FROM invitation i WHERE i.gathering_id = g.id AND i.part = 'stable') AS invited, "
    f"(SELECT count(*) FROM invitation i WHERE i.gathering_id = g.id AND i.part = 'stable' AND EXISTS ({_CAME})) "
    "AS came"
)


def _which(reading: Reading, which: str, *values: object) -> list[GatheringLine]:
    return reading.structs(
        GatheringLine,
        "SELECT g.id, g.version, g.number, g.title, g.place, g.first, g.last, g.overnight, g.gathering_kind, "
        "g.responsible_id AS responsible, coalesce(s.name, '') AS responsible_name, g.state, g.summary, g.draws, "
        f"{_COUNTS} FROM gathering g LEFT JOIN staff s ON s.id = g.responsible_id {which}",
        values,
    )


def listing(reading: Reading) -> list[GatheringLine]:
    """Every gathering: those to come first, the next of them on top, then the others, the latest on top."""
    found = _which(reading, "ORDER BY g.first, g.id")
    coming = [one for one in found if is_coming(one)]
    return coming + [one for one in reversed(found) if not is_coming(one)]


def is_coming(gathering: GatheringLine) -> bool:
    """Whether it is planned and nobody has noted yet that it was held."""
    return gathering.state == PLANNED


def one(reading: Reading, gathering: int) -> GatheringLine:
    """One gathering. Raises `GatheringError` when there is none."""
    return require_one(_which(reading, "WHERE g.id = ?", gathering), gone())


def next_number(reading: Reading) -> int:
    """The number a new gathering has unless another one is written."""
    return int(reading.value("SELECT coalesce(max(number), 0) + 1 FROM gathering"))


@action("gatherings.add", N_("the new gathering"))
def add(work: Work, values: Mapping[str, Any]) -> int:
    """Plan a gathering, with the standing items that have not ended; answers its id, raises `GatheringError`."""
    checked = _checked(work, {"title": "", "first": None, "gathering_kind": "", "state": "", "number": None, **values})
    gathering = work.insert(Gathering, **checked)
    for place, topic in enumerate(_standing(work)):
        work.insert(GatheringTopic, gathering=gathering, place=place, **topic)
    return gathering


@action("gatherings.change", N_("the change to the gathering"))
def change(work: Work, gathering: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a gathering; answers the new version. Raises `GatheringError`, or `Conflict` as `Work.update`."""
    present = one(work, gathering)
    dates = {"first": present.first, "last": present.last} if {"first", "last"} & changes.keys() else {}
    checked = _checked(work, {**dates, **changes}, gathering)
    if dates:
        _days_are_kept(work, gathering, checked["first"], checked["last"])
    return work.update(Gathering, gathering, version, **checked)


@action("gatherings.set_state", N_("the state of the gathering"))
def set_state(work: Work, gathering: int, version: int, state: str) -> int:
    """Note that a gathering is planned, held or cancelled; answers the new version."""
    return work.update(Gathering, gathering, version, **_checked(work, {"state": state}, gathering))


@action("gatherings.remove", N_("the gathering taken away"))
def remove(work: Work, gathering: int, version: int) -> None:
    """Take away a gathering that was entered by mistake; one to which anybody came is cancelled, never taken away."""
    if one(work, gathering).noted:
        raise GatheringError(_("Attendance is noted for this gathering: it stays. Note it as cancelled, if it was."))
    for table in ("gathering_task", "consultation"):
        if work.value(f"SELECT 1 FROM {table} WHERE gathering_id = ?", [gathering]):
            raise GatheringError(_("Tasks or submissions belong to this gathering: it stays. Note it as cancelled."))
    for model in (Invitation, GatheringTopic):
        for row in work.rows(model.select(model.id).where(model.gathering == gathering)):
            work.remove(model, row.id, None)
    work.remove(Gathering, gathering, version)


def _checked(work: Work, values: Mapping[str, Any], gathering: int = 0) -> dict[str, Any]:
    found = _FIELDS.checked(values)
    if "title" in found and not found["title"]:
        raise _FIELDS.wrong("title", _("{field}: say what the gathering is called."))
    if "gathering_kind" in found:
        found["gathering_kind"] = found["gathering_kind"] or ORDINARY
    if "state" in found:
        found["state"] = found["state"] or PLANNED
        if found["state"] not in STATES:
            raise _FIELDS.wrong("state", _("{field}: planned, held or cancelled."))
    if "number" in found:
        found["number"] = _number(work, found["number"], gathering)
    if "first" in found:
        _in_order(found)
    if found.get("state") == HELD and (begins := found.get("first") or _first(work, gathering)) > work.today:
        raise _FIELDS.wrong(
            "state", _("{field}: the gathering begins on {day} and was not held yet."), day=format_date(begins)
        )
    return found


def _first(work: Work, gathering: int) -> date:
    return one(work, gathering).first


def _number(work: Work, number: int | None, gathering: int) -> int:
    if number is None:
        return next_number(work)
    if number < 1:
        raise _FIELDS.wrong("number", _("{field}: a whole number from 1."))
    other = work.value("SELECT title FROM gathering WHERE number = ? AND id != ?", [number, gathering])
    if other is not None:
        raise _FIELDS.wrong("number", _("{field}: {title} has this number already."), title=other)
    return number


def _in_order(found: dict[str, Any]) -> None:
    """See to that the days are there, in order, and not too many. One day is its own last one."""
    if found["first"] is None:
        raise _FIELDS.wrong("first", _("{field}: say on which day the gathering begins."))
    found["last"] = found.get("last") or found["first"]
    if found["last"] < found["first"]:
        told = _("{field}: the last day, {last}, comes before the first, {first}.")
        raise _FIELDS.wrong("last", told, last=format_date(found["last"]), first=format_date(found["first"]))
    if (found["last"] - found["first"]).days >= LONGEST_DAYS:
        raise _FIELDS.wrong("last", _("{field}: a gathering lasts {days} days at most."), days=LONGEST_DAYS)


def _days_are_kept(work: Work, gathering: int, first: date, last: date) -> None:
    query = Attendance.select(Attendance.day).where(Attendance.gathering == gathering).order_by(Attendance.day)
    outside = [row.day for row in work.rows(query) if not first <= row.day <= last]
    if outside:
        told = _("{field}: attendance is noted on {day}. Take that away first, or keep the day.")
        raise _FIELDS.wrong("first" if outside[0] < first else "last", told, day=format_date(outside[0]))


def _standing(work: Work) -> list[dict[str, Any]]:
    """The standing items that go on, as the latest gathering that has each of them has it."""
    query = GatheringTopic.select().where(GatheringTopic.topic_kind == STANDING).order_by(GatheringTopic.id)
    series: dict[int, list[Any]] = {}
    for row in work.rows(query):
        series.setdefault(row.series or row.id, []).append(row)
    kept = ("title", "topic_kind", "presenters", "presenter", "agency", "minutes")
    return [
        {**{name: getattr(rows[-1], name) for name in kept}, "series": first}
        for first, rows in series.items()
        if all(row.ended is None for row in rows)
    ]


def gone() -> GatheringError:
    """What is raised for a gathering that is not there."""
    return GatheringError(_("This gathering is not here any more."))
