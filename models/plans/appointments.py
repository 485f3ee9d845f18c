"""Appointments: agreed, prepared, attended or missed or cancelled, and gone through afterwards with the participant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from config.dates import format_hours
from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import N_, _
from models import timeline
from models.plans import repeats
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import Appointment, Entry
from models.timeline import MINUTES_LIMIT
from models.values.clock import Clock, passed_over
from models.values.fields import Fields

PLANNED: Final = "planned"
ATTENDED: Final = "attended"
MISSED: Final = "missed"
CANCELLED: Final = "cancelled"
STATES: Final = {PLANNED: N_("planned"), ATTENDED: N_("attended"), MISSED: N_("missed"), CANCELLED: N_("cancelled")}
YEARS_AHEAD: Final = 10
YEARS_BACK: Final = 20
YEAR: Final = 365
NOTE_LIMIT: Final = 2_000
FIELDS: Final = {
    "title": N_("What"),
    "at": N_("When"),
    "minutes": N_("Until"),
    "with_whom": N_("With"),
    "contact": N_("Contact person"),
    "place": N_("Where"),
    "worker": N_("Who goes along"),
    "driver": N_("Who drives"),
    "prepared": N_("Prepared"),
    "repeats": N_("Repeats"),
    "note": N_("Note"),
}


class AppointmentError(ExinError):
    """An appointment cannot be made, changed or closed as asked."""


_FIELDS: Final = Fields(
    FIELDS, AppointmentError, lines=("title", "with_whom", "place"), texts=("note",), limits={"note": NOTE_LIMIT}
)


class Agreed(Struct, frozen=True):
    """One appointment; `at` is a stored moment, `day` its local date, `driver` and `worker` are colleagues' ids.

    `series` is the first of those that repeat, None for the first itself; `moved_from` is the moment that the rule has
    for it, None while it is at its own.
    """

    id: int
    version: int
    participant: int
    at: int
    day: date
    minutes: int | None
    title: str
    with_whom: str
    contact: int | None
    place: str
    driver: int | None
    worker: int | None
    note: str
    prepared: bool
    state: str
    gone_through: bool
    repeats: str
    series: int | None
    moved_from: int | None

    @property
    def by_rule(self) -> int:
        """The moment that its rule has for it, from which those that follow are counted."""
        return self.at if self.moved_from is None else self.moved_from

    @property
    def first(self) -> int:
        """The first of its series, which may be itself."""
        return self.series or self.id

    @property
    def called(self) -> str:
        """What it is, or with whom where that is all that is known."""
        return self.title or self.with_whom


def hours(clock: Clock, at: int, minutes: int | None) -> str:
    """From when to when, as in 09:00–10:00, of what begins at a stored moment and lasts so many minutes."""
    return format_hours(clock.local(at), clock.local(at + minutes * 60) if minutes else None)


class Companion(Struct, frozen=True):
    """A contact person who has a part in the participant's case now."""

    contact: int
    name: str


def companions(reading: Reading, participant: int) -> tuple[Companion, ...]:
    """Who may be met: the contact persons around a participant, by name."""
    return tuple(reading.structs(
        Companion,
        "SELECT DISTINCT c.id AS contact, c.name FROM involvement i JOIN contact c ON c.id = i.contact_id "
        "WHERE i.participant_id = ? AND i.until IS NULL AND c.active ORDER BY c.name_key, c.id",
        [participant],
    ))  # fmt: skip


def of(reading: Reading, participant: int) -> tuple[Agreed, ...]:
    """A participant's appointments in order of time."""
    query = Appointment.select().where(Appointment.participant == participant).order_by(Appointment.at, Appointment.id)
    return tuple(struct(Agreed, row._asdict()) for row in reading.rows(query))


def of_series(reading: Reading, first: int) -> tuple[Agreed, ...]:
    """An appointment and what it repeated as, in the order in which their rule has them."""
    query = Appointment.select().where((Appointment.id == first) | (Appointment.series == first))
    found = [struct(Agreed, row._asdict()) for row in reading.rows(query)]
    return tuple(sorted(found, key=lambda one: (one.by_rule, one.id)))


def one(reading: Reading, appointment: int) -> Agreed:
    """One appointment. Raises `AppointmentError` when there is none."""
    row = require_row(reading, Appointment, appointment, AppointmentError(_("This appointment is not here any more.")))
    return struct(Agreed, row._asdict())


@action("appointments.add", N_("the new appointment"))
def add(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Make an appointment; `values` holds `at`, and `title` or `with_whom`, and any other of `FIELDS`.

    Answers its id. Raises `AppointmentError`, `RepeatError` or `TextTooLong`.
    """
    require_participant(work, participant, AppointmentError)
    return work.insert(Appointment, participant=participant, **_checked(work, values))


@action("appointments.change", N_("the change to the appointment"))
def change(work: Work, appointment: int, version: int, changes: Mapping[str, Any], *, following: bool = False) -> int:
    """Change an appointment and answer its new version. Raises as `add`, and `Conflict`.

    Another time moves this one alone; with `following` its rule counts from there, and those that follow move along.
    """
    present = one(work, appointment)
    new = work.update(Appointment, appointment, version, **_checked(work, changes, present, following=following))
    if present.state == PLANNED:
        _stay(work, one(work, appointment))
    else:
        _follow(work, present, one(work, appointment))
    return new


@action("appointments.move", N_("the appointment moved"))
def move(work: Work, appointment: int, version: int, days: int) -> date:
    """Move a planned appointment by days, from today where it lies behind, at the same time of day.

    Fewer than none is earlier, and not earlier than today. Answers the new day. Raises as `move_to`.
    """
    return move_to(work, appointment, version, moved_day(work, one(work, appointment).day, days))


@action("appointments.move_to", N_("the appointment moved"))
def move_to(work: Work, appointment: int, version: int, day: date, clock: time | None = None) -> date:
    """Move a planned appointment to a day, at the same time of day unless another is given; answers the day.

    What follows by a rule stays where it was. Raises `AppointmentError`, also for a time that the clocks pass over.
    """
    present = _planned(work, appointment)
    moment = datetime.combine(day, clock or work.clock.local(present.at).time())
    at = work.clock.stored(moment)
    _possible(work, at)
    if not work.clock.occurs(moment):
        raise AppointmentError(passed_over(moment))
    work.update(Appointment, appointment, version, at=at, day=day, moved_from=_moved_from(present, at))
    _stay(work, one(work, appointment))
    return day


def moved_day(work: Reading, day: date, days: int) -> date:
    """The day so many days after `day`, or after today where that lies behind. Raises `AppointmentError`."""
    if days < 0 and day + timedelta(days=days) < work.today:
        raise AppointmentError(_("That day would have passed. Open it with Enter to set such a day."))
    return max(day, work.today) + timedelta(days=days)


@action("appointments.prepare", N_("the appointment noted as prepared"))
def prepare(work: Work, appointment: int, version: int, prepared: bool) -> None:
    """Note that an appointment is prepared, or that it is not after all."""
    work.update(Appointment, appointment, version, prepared=prepared)


@action("appointments.attend", N_("the appointment noted as attended"))
def attend(work: Work, appointment: int, version: int, entry: Mapping[str, Any] | None = None) -> int:
    """Note that it took place, which is contact, and in the same step what happened (`entry`, as `timeline.record`).

    Without it the entry says what was agreed, or is the one somebody has recorded of the meeting already. Answers the
    entry's id. One that repeats is planned anew for its next time.
    """
    present = _close(work, appointment, version, ATTENDED)
    if entry is not None:
        return timeline.record(work, present.participant, entry, _subject(present))
    return _write(work, present, "reached")


@action("appointments.miss", N_("the appointment noted as missed"))
def miss(work: Work, appointment: int, version: int) -> None:
    """Note that the participant did not come, which is an attempt where such a meeting would be contact.

    One that repeats is planned anew.
    """
    present = _close(work, appointment, version, MISSED)
    if work.programme.kind(kind_of(work.programme, present.title)).contact:
        _write(work, present, timeline.ATTEMPTED)
    else:
        _tell(work, present, "appointment_missed")


@action("appointments.cancel", N_("the appointment cancelled"))
def cancel(work: Work, appointment: int, version: int, *, series: bool = False) -> None:
    """Note that it was called off; with `series` all that is planned of it is too, and nothing follows any more."""
    present = _close(work, appointment, version, CANCELLED, ends=series)
    _tell(work, present, "appointment_cancelled")
    if series:
        for other in of_series(work, present.first):
            if other.state == PLANNED:
                _tell(work, _close(work, other.id, other.version, CANCELLED, ends=True), "appointment_cancelled")


@action("appointments.go_through", N_("the appointment noted as gone through"))
def go_through(work: Work, appointment: int, version: int) -> None:
    """Note that an attended appointment was gone through with the participant. Raises `AppointmentError`."""
    if one(work, appointment).state != ATTENDED:
        raise AppointmentError(_("Only what was attended can be gone through."))
    work.update(Appointment, appointment, version, gone_through=True)


# ---------------------------------------------------------------------- what the timeline says of it


def kind_of(programme: Programme, title: str) -> str:
    """The kind of entry for an appointment: the one its title begins with, else the first that is a meeting."""
    kinds = [kind for kind in programme.kinds if not kind.system and not kind.form]
    said = title.casefold()
    names = [(name.casefold(), kind) for kind in kinds for name in kind.name.every() if kind.contact]
    # The longest name first: a support-team meeting before a meeting.
    called = sorted((pair for pair in names if said.startswith(pair[0])), key=lambda pair: -len(pair[0]))
    return called[0][1].id if called else next((kind.id for kind in kinds if kind.group == "meeting"), kinds[0].id)


def entry_of(reading: Reading, appointment: int) -> int | None:
    """The entry that says what happened at an appointment, None where there is none."""
    # What the program tells by itself has details, and what people recorded has none.
    statement = "SELECT id FROM entry WHERE subject = ? AND detail = '' ORDER BY id DESC LIMIT 1"
    found = reading.value(statement, [f"appointment:{appointment}"])
    return None if found is None else int(found)


def _write(work: Work, present: Agreed, outcome: str) -> int:
    """Have the timeline say that the participant was met or did not come, in an entry to which people may add."""
    kind = work.programme.kind(kind_of(work.programme, present.title))
    at = min(present.at, work.clock.seconds())
    values: dict[str, Any] = {
        "kind": kind.id, "at": at, "outcome": outcome, "with_whom": present.with_whom, "place": present.place,
        "text": present.title,
    }  # fmt: skip
    if outcome == timeline.ATTEMPTED:
        missed = work.programme.kind("appointment_missed").template
        values["text"] = str(missed).format(title=present.called) if missed else present.called
    else:
        values["minutes"] = present.minutes or kind.minutes or None
        of = {**values, "contact": kind.contact, "day": work.clock.local(at).date()}
        if (written := timeline.same_meeting(work, present.participant, of, attended=False)) is not None:
            work.update(Entry, written.id, written.version, subject=_subject(present))
            return int(written.id)
    return timeline.record(work, present.participant, values, _subject(present))


def _follow(work: Work, before: Agreed, after: Agreed) -> None:
    """Let the entry of an attended appointment say the same, unless somebody has given it other words."""
    number = entry_of(work, before.id)
    row = work.first(Entry.select().where(Entry.id == number)) if number is not None else None
    if row is None:
        return
    changes: dict[str, Any] = {
        name: getattr(after, name)
        for name in ("with_whom", "place", "minutes")
        if getattr(before, name) != getattr(after, name) and getattr(row, name) == getattr(before, name)
    }
    if before.title != after.title and row.text == before.title:
        changes["text"] = after.title
    if before.at != after.at:
        changes["at"] = min(after.at, work.clock.seconds())
    if changes:
        timeline.correct(work, row.id, row.version, changes)


def _subject(present: Agreed) -> str:
    return f"appointment:{present.id}"


# ---------------------------------------------------------------------- what every change does


_COMES_AGAIN: Final = (
    "participant", "minutes", "title", "with_whom", "contact", "place", "driver", "worker", "note", "repeats",
)  # fmt: skip


def _close(work: Work, appointment: int, version: int, state: str, *, ends: bool = False) -> Agreed:
    present = _planned(work, appointment)
    if state != CANCELLED and present.day > work.today:
        raise AppointmentError(_("The date is in the future; move it or cancel it, or record it on the day."))
    work.update(Appointment, appointment, version, state=state)
    if present.repeats and not ends and (found := _next_time(work, present)) is not None:
        _plan_anew(work, present, found)
    return present


def _moved_from(present: Agreed, at: int) -> int | None:
    return present.by_rule if present.repeats and at != present.by_rule else None


def _stay(work: Work, moved: Agreed) -> None:
    """Plan the next of a series where the one before it now comes after it: it is not to wait for that one."""
    if moved.repeats and (found := _next_time(work, moved)) is not None and work.clock.stored(found) < moved.at:
        _plan_anew(work, moved, found)


def _next_time(work: Reading, present: Agreed) -> datetime | None:
    """When a series goes on after one of its times, in local time; None where it does not, or is planned already."""

    def local(at: int) -> datetime:
        return work.clock.local(at).replace(tzinfo=None)

    all_of_it = of_series(work, present.first)
    if any(other.by_rule > present.by_rule for other in all_of_it):
        return None
    taken = {local(other.at) for other in all_of_it if other.state == PLANNED or other.id == present.id}
    began, after = local(present.by_rule), local(work.clock.seconds())
    return repeats.following(present.repeats, began, after, taken, comes=work.clock.occurs)


def _plan_anew(work: Work, present: Agreed, found: datetime) -> None:
    again = {name: getattr(present, name) for name in _COMES_AGAIN}
    work.insert(Appointment, at=work.clock.stored(found), day=found.date(), series=present.first, **again)


def _planned(work: Reading, appointment: int) -> Agreed:
    present = one(work, appointment)
    if present.state != PLANNED:
        raise AppointmentError(_("This appointment is {state} already.").format(state=_(STATES[present.state])))
    return present


def _checked(
    work: Reading, values: Mapping[str, Any], present: Agreed | None = None, *, following: bool = False
) -> dict[str, Any]:
    """What is written, with the local day of its moment, and the rule that its choice of repeating stands for."""
    checked = _FIELDS.checked(values)
    if checked.get("at") is not None:
        _possible(work, checked["at"])
    minutes = checked.get("minutes")
    if minutes is not None and minutes < 0:
        raise AppointmentError(_("Until: the end is before the start."))
    if minutes is not None and minutes > MINUTES_LIMIT:
        raise AppointmentError(_("Until: at most a day and a night ({limit} minutes).").format(limit=MINUTES_LIMIT))
    whole = {**(asdict(present) if present is not None else {}), **checked}
    if whole.get("at") is None:
        raise AppointmentError(_("When: an appointment needs a time."))
    if not whole.get("title") and not whole.get("with_whom"):
        raise AppointmentError(_("What: say what it is, or with whom."))
    day = work.clock.local(whole["at"]).date()
    if "at" in checked:
        checked["day"] = day
        if present is not None and present.repeats and following:
            checked.setdefault("repeats", repeats.choice_of(present.repeats))
        elif present is not None:
            checked["moved_from"] = _moved_from(present, checked["at"])
    if "repeats" in checked:
        checked |= {"repeats": repeats.rule_for(checked["repeats"], day), "moved_from": None}
    return checked


def _possible(work: Reading, at: int) -> None:
    """A year that is a slip of the finger is refused; the past is not."""
    try:
        year = work.clock.local(at).year
    except (ValueError, OverflowError, OSError):
        year = 0
    if not work.today.year - YEARS_BACK <= year <= work.today.year + YEARS_AHEAD:
        raise AppointmentError(_("When: check the year: {year}.").format(year=year or "?"))


def advice(clock: Clock, at: int, repeats_by: str = "") -> list[str]:
    """What looks wrong of an appointment at a stored moment, with its choice of repeating, and hinders nothing."""
    found = []
    if at < clock.seconds():
        behind = _("That time has passed: use Record (r).")
        found.append(behind)
    if repeats_by:
        began = clock.local(at).replace(tzinfo=None)
        rule = repeats.rule_for(repeats_by, began.date())
        times = repeats.between(rule, began, began + timedelta(days=YEAR))
        found += [_("{passed} That one is left out.").format(passed=passed_over(one))
                  for one in times if not clock.occurs(one)]  # fmt: skip
    return found


def _tell(work: Work, appointment: Agreed, kind: str) -> None:
    detail = {"title": appointment.called}
    timeline.tell(work, appointment.participant, kind, appointment.at, detail, _subject(appointment))
