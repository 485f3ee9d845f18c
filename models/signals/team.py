"""What is to be noticed about the team: who is above capacity, away without cover, and tasks of the team's own.

One line of each, however many participants it touches. Source: the EX/IN guide on the team.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.dates import days_told, format_date
from config.words import N_, _, n_
from models.phases.numbers import AFTER_RELEASE
from models.signals.listing import NOW, Snoozing, snoozed_of
from models.signals.sign import Sign, tag
from models.signals.thresholds import Day
from models.signals.watch import of_cards
from models.storage.reading import Reading
from models.team.workload import phases_of, weigh, workload

CAPACITY: Final = "capacity"
AWAY: Final = "worker_away"
OVERDUE: Final = "overdue"
_TEAM_S: Final = N_("The team's own")


class StaffSign(Struct, frozen=True):
    """What is to be noticed about one colleague, or with `staff` None about what is nobody's but the team's.

    `rests` is what it rests on and `measure` how much there is of it, for putting it aside; `agreement` is the
    agreement between agencies that it is about.
    """

    staff: int | None
    initials: str
    name: str
    sign: Sign
    rests: str
    measure: int = 0
    aside: Snoozing | None = None
    agreement: int | None = None


class Alone(Struct, frozen=True):
    """A participant without anybody while whoever is responsible is away: the release if it falls in those days."""

    participant: int
    code: str
    name: str
    release: date | None
    demanding: bool
    presses: bool


def staff_signs(reading: Reading, *, snoozed: bool = False) -> list[StaffSign]:
    """What there is to notice about the team, or what of it was put aside."""
    found = [*_above_capacity(reading), *_away_alone(reading), *_tasks(reading)]
    kept = snoozed_of(reading, "n.staff_id", sorted({one.staff for one in found if one.staff is not None}))
    signs = []
    for one in found:
        aside = kept.get((one.staff, one.sign.rule)) if one.staff is not None else None
        asleep = aside is not None and _asleep(reading, one, aside)
        if asleep == snoozed:
            signs.append(replace(one, aside=aside if asleep else None))
    return signs


def _asleep(reading: Reading, sign: StaffSign, aside: Snoozing) -> bool:
    heavier = aside.severity is not None and sign.sign.severity > aside.severity
    more = aside.measure is not None and sign.measure > aside.measure
    return aside.rests == sign.rests and reading.today < aside.until and not heavier and not more


def _sign(rule: str, short: str, reason: str, severity: int, since: date | None = None) -> Sign:
    return Sign(rule, tag(rule), short, reason, severity, since)


# ---------------------------------------------------------------------- above capacity


def _above_capacity(reading: Reading) -> Iterator[StaffSign]:
    for one in workload(reading, limit=1_000):
        if not one.over:
            continue
        reason = n_(
            "Follows {count} participant, at most {limit}, and {heavy} in the demanding phases, at most {most}.",
            "Follows {count} participants, at most {limit}, and {heavy} in the demanding phases, at most {most}.",
            one.participants,
        ).format(count=one.participants, limit=one.limit, heavy=one.demanding, most=one.demanding_limit)
        if one.covers:
            reason += " " + _("That is while covering for {names}.").format(names=", ".join(one.covers))
        sign = _sign(CAPACITY, f"{one.people}/{one.limit}", reason, 2)
        yield StaffSign(one.staff, one.initials, one.name, sign, f"{one.participants}/{one.demanding}")


# ---------------------------------------------------------------------- away without cover


def left_alone(reading: Reading, staff: int, first: date, last: date) -> tuple[Alone, ...]:
    """Who would be without anybody from `first` to `last`, if nobody covered: no co-worker is there either."""
    day = Day.of(reading)
    rows = reading.sql(
        "SELECT participant_id, code, name, phases, coworker, release_key FROM card WHERE worker = ? AND phase > 0 "
        "ORDER BY release_key, name_key, participant_id",
        [staff],
    )
    pressing = {noted[1] for noted in of_cards(reading, "c.worker = ?", [staff]).survey().found if noted[3] == NOW}
    found = []
    for participant, code, name, text, coworker, release in rows:
        if day.stands_in(coworker):
            continue
        lasting = phases_of(text)
        falls = max(first.isoformat(), day.today) <= release <= last.isoformat() and max(lasting) < AFTER_RELEASE
        demanding = weigh(reading.programme, lasting).demanding > 0
        out = date.fromisoformat(release) if falls else None
        found.append(Alone(participant, code, name, out, demanding, participant in pressing))
    return tuple(found)


def _away_alone(reading: Reading) -> Iterator[StaffSign]:
    """One line an absence without cover, now or soon; what it would mean is counted and nobody is named."""
    team = reading.sql("SELECT id, initials, name FROM staff WHERE active")
    names = {staff: (str(initials), str(name)) for staff, initials, name in team}
    for staff, spans in Day.of(reading).alone.items():
        for first, last in spans if staff in names else ():
            begins, ends = date.fromisoformat(first), date.fromisoformat(last)
            if people := left_alone(reading, staff, begins, ends):
                initials, name = names[staff]
                yield StaffSign(staff, initials, name, _absent(reading, people, begins, ends), first, len(people))


def _absent(reading: Reading, people: Sequence[Alone], first: date, last: date) -> Sign:
    told = n_(
        "Away from {first} to {last}, and nobody covers for {count} participant.",
        "Away from {first} to {last}, and nobody covers for {count} participants.",
        len(people),
    )
    said = [told.format(first=format_date(first), last=format_date(last), count=len(people))]
    if releases := sum(one.release is not None for one in people):
        falls = n_("{count} release falls in those days.", "{count} releases fall in those days.", releases)
        said.append(falls.format(count=releases))
    if pressing := sum(one.presses for one in people):
        press = n_("{count} has an urgent signal now.", "{count} have an urgent signal now.", pressing)
        said.append(press.format(count=pressing))
    begun = first <= reading.today
    heavy = releases or (begun and any(one.demanding for one in people))
    return _sign(AWAY, _("nobody covers"), " ".join(said), 3 if heavy else 2, first)


# ---------------------------------------------------------------------- the team's own tasks


def _tasks(reading: Reading) -> Iterator[StaffSign]:
    """Tasks about no participant that are overdue, a line for each who is to see to them."""
    rows = reading.sql(
        "SELECT s.id, coalesce(s.initials, ''), coalesce(s.name, ''), min(t.due), count(*) FROM task t "
        "LEFT JOIN staff s ON s.id = t.owner_id AND s.active WHERE t.participant_id IS NULL AND t.state = 'open' "
        "AND t.due < ? GROUP BY s.id ORDER BY 4",
        [reading.today.isoformat()],
    )
    for staff, initials, name, due, many in rows:
        since = date.fromisoformat(due)
        days = (reading.today - since).days
        reason = n_(
            "{count} task of the team's own is overdue, for {time} at most.",
            "{count} tasks of the team's own are overdue, for {time} at most.",
            many,
        ).format(count=many, time=days_told(days))
        sign = _sign(OVERDUE, _("overdue {count}d").format(count=days), reason, 2, since)
        yield StaffSign(staff, initials, name or _(_TEAM_S), sign, due, many)
