"""Colleagues who are away, from which day to which, and who covers; a fact to be known, which hinders nothing.

Source: the guide on team, a stand-in knows the cases; a participant whose worker is away must not be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.roles.rights import READER
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_one
from models.storage.work import Work
from models.tables import Absence as Row
from models.tables import Staff
from models.values.fields import Fields

LONGEST_DAYS: Final = 3 * 366
YEARS_AWAY: Final = 5
NOTE_LIMIT: Final = 2_000
FIELDS: Final = {
    "staff": N_("Who"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "cover": N_("Who covers"),
    "note": N_("Note"),
}


class AbsenceError(ExinError):
    """An absence cannot be noted or changed as asked."""


_FIELDS: Final = Fields(FIELDS, AbsenceError, texts=("note",), limits={"note": NOTE_LIMIT})


class Absence(Struct, frozen=True):
    """A colleague away from `first` to `last`, both included; `cover` is None while nobody is named."""

    id: int
    version: int
    staff: int
    name: str
    initials: str
    first: date
    last: date
    cover: int | None
    cover_name: str
    note: str


class AbsenceList(Struct, frozen=True):
    """Who is away now, who will be next, and who was last; the first two in order of time, the last newest first."""

    now: tuple[Absence, ...]
    coming: tuple[Absence, ...]
    past: tuple[Absence, ...]


_SELECT: Final = (
    "SELECT a.id, a.version, a.staff_id AS staff, s.name, s.initials, a.first, a.last, a.cover_id AS cover, "
    "coalesce(c.name, '') AS cover_name, a.note "
    "FROM absence a JOIN staff s ON s.id = a.staff_id LEFT JOIN staff c ON c.id = a.cover_id"
)


# ---------------------------------------------------------------------- reading


def listing(reading: Reading, *, past: int = 20) -> AbsenceList:
    """Everybody away now or later, and the latest `past` of those who are back."""
    today = reading.today
    lasting = _which(reading, "a.last >= ? ORDER BY a.first, s.name, a.id", today.isoformat())
    former = _which(reading, "a.last < ? ORDER BY a.last DESC, a.id DESC LIMIT ?", today.isoformat(), past)
    return AbsenceList(
        tuple(one for one in lasting if one.first <= today),
        tuple(one for one in lasting if one.first > today),
        tuple(former),
    )


def one(reading: Reading, absence: int) -> Absence:
    """One absence. Raises `AbsenceError` when there is none."""
    rows = _which(reading, "a.id = ?", absence)
    return require_one(rows, AbsenceError(_("This absence is not here any more.")))


def away(reading: Reading, day: date) -> dict[int, Absence]:
    """Who is away on `day`, by colleague."""
    gone = _which(reading, "a.last >= ?1 AND a.first <= ?1 ORDER BY a.id", day.isoformat())
    return {found.staff: found for found in gone}


def covers(reading: Reading, day: date) -> dict[int, str]:
    """Who is away on `day`, with the initials of whoever covers; empty where nobody who is there does."""
    gone = away(reading, day)
    able = _able(reading) if gone else {}
    return {staff: able[cover] if (cover := _there(found, gone, able)) else "" for staff, found in gone.items()}


def cover_of(reading: Reading, staff: int, day: date) -> int | None:
    """Who covers for a colleague on `day`; None for one who is there, or away with nobody there to cover."""
    return next((cover for cover, theirs in covering(reading, day).items() if staff in theirs), None)


def covering(reading: Reading, day: date) -> dict[int, tuple[int, ...]]:
    """Who covers on `day`, and for which colleagues."""
    gone = away(reading, day)
    able = _able(reading) if gone else {}
    found: dict[int, tuple[int, ...]] = {}
    for staff, absence in gone.items():
        if cover := _there(absence, gone, able):
            found[cover] = (*found.get(cover, ()), staff)
    return found


def during(reading: Reading, part: str, staff: int, first: date, last: date, but: int = 0) -> list[Absence]:
    """The absences within these days in which a colleague has a part: `staff_id` is away, `cover_id` covers.

    The absence `but` is left out.
    """
    which = f"a.{part} = ? AND a.last >= ? AND a.first <= ? AND a.id != ? ORDER BY a.first"
    return _which(reading, which, staff, first.isoformat(), last.isoformat(), but)


def _able(reading: Reading) -> dict[int, str]:
    """Who could cover: the initials of those who are in the team and may write."""
    return {
        staff: str(initials)
        for staff, initials in reading.sql("SELECT id, initials FROM staff WHERE active AND role != ?", [READER])
    }


def _there(absence: Absence, gone: Mapping[int, Absence], able: Mapping[int, str]) -> int | None:
    """Who covers in this absence, None where nobody who is there does.

    A cover who is away too covers for nobody: nobody has agreed to cover for both.
    """
    cover = absence.cover
    return cover if cover in able and cover not in gone else None


def _which(reading: Reading, which: str, *values: object) -> list[Absence]:
    return reading.structs(Absence, f"{_SELECT} WHERE {which}", values)


# ---------------------------------------------------------------------- writing


@action("absences.add", N_("the new absence"))
def add(work: Work, values: Mapping[str, Any]) -> int:
    """Note that a colleague is or will be away; `values` holds `staff`, `first`, `last` and any other of `FIELDS`.

    Answers its id. Raises `AbsenceError` for days that contradict each other or another absence of the same colleague.
    """
    given = {"staff": None, "first": None, "last": None, "cover": None, "note": "", **values}
    return work.insert(Row, **_checked(work, given, 0))


@action("absences.change", N_("the change to the absence"))
def change(work: Work, absence: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change an absence and answer its new version. Raises as `add`, and `Conflict`."""
    present = one(work, absence)
    known = {name: getattr(present, name) for name in FIELDS}
    checked = _checked(work, {**known, **changes}, absence)
    return work.update(Row, absence, version, **{name: checked[name] for name in changes})


@action("absences.end", N_("the end of the absence"))
def end(work: Work, absence: int, version: int, back: date) -> int:
    """Note that a colleague is back from `back` on, sooner or later than was thought. Raises as `change`."""
    present = one(work, absence)
    if back <= present.first:
        raise AbsenceError(
            _("{name} was to be away from {first}; back by then, the absence is to be taken away instead.").format(
                name=present.name, first=format_date(present.first)
            )
        )
    return change(work, absence, version, {"last": back - timedelta(days=1)})


@action("absences.remove", N_("the absence taken away"))
def remove(work: Work, absence: int, version: int) -> None:
    """Take away an absence that did not come about; the audit keeps it."""
    work.remove(Row, absence, version)


def _checked(work: Reading, values: Mapping[str, Any], absence: int) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    checked["note"] = checked["note"].strip()
    staff, first, cover = checked["staff"], checked["first"], checked["cover"]
    if staff is None:
        raise _FIELDS.wrong("staff", _("{field}: say who is away."))
    if first is None:
        raise _FIELDS.wrong("first", _("{field}: say from which day."))
    last = checked["last"] = checked["last"] or first
    if last < first:
        raise _FIELDS.wrong("last", _("{field}: it is before the first day."))
    if abs(first.year - work.today.year) > YEARS_AWAY:
        impossible = _("{field}: check the year: {year}.")
        raise _FIELDS.wrong("first", impossible, year=first.year)
    if (last - first).days > LONGEST_DAYS:
        raise _FIELDS.wrong("last", _("{field}: nobody is away for that long; check the year."))
    name = work.value("SELECT name FROM staff WHERE id = ?", [staff])
    if name is None:
        raise _FIELDS.wrong("staff", _("{field}: this colleague is not here any more."))
    for other in during(work, "staff_id", staff, first, last, absence):
        away_then = _("{name} is away from {first} to {last} already; change that absence instead.")
        raise AbsenceError(away_then.format(name=name, first=format_date(other.first), last=format_date(other.last)))
    if cover is not None:
        _can_cover(work, staff, cover, absence)
    return checked


def _can_cover(work: Reading, staff: int, cover: int, absence: int) -> None:
    if cover == staff:
        raise _FIELDS.wrong("cover", _("{field}: nobody covers for themselves."))
    known = work.value("SELECT cover_id FROM absence WHERE id = ?", [absence]) if absence else None
    found = work.first(Staff.select().where(Staff.id == cover))
    # One who has left since stays named in an absence of before.
    if cover != known and (found is None or not found.active or found.role == READER):
        cannot = _("{field}: {name} cannot: the cover works in the team and may write.")
        raise _FIELDS.wrong("cover", cannot, name=found.name if found else "?")
