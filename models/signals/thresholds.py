"""One day as the rules need it: every threshold worked out once, so that a rule only compares.

Dates are ISO text, which compares as dates do; contact is compared as moments, at local midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from config.programme.shapes import Programme
from models.consents import summary as consent_signs
from models.roles.rights import READER
from models.signals.card import CardRow, Left
from models.storage.reading import Reading
from models.values.clock import Clock

_LISTS: Final = msgspec.json.Decoder(dict[str, Left | None])
_HELPED: Final = msgspec.json.Decoder(dict[str, str])


class Lasting(Struct, frozen=True, gc=False):
    """What follows from the phases that last at once.

    `silent_before` and `silent_twice` are moments: a contact before them is too long ago, or twice as long as the
    strictest of the phases allows; the days beside them say the same of the day a phase began. 0 and empty: never.
    `long_before` is about the leading phase.
    """

    numbers: tuple[int, ...]
    furthest: int
    demanding: bool
    contact_days: int
    silent_before: int
    silent_before_day: str
    silent_twice: int
    silent_twice_day: str
    long_before: str
    consents: tuple[str, ...]
    agencies: tuple[str, ...]


class Day:
    """The thresholds of a day.

    `away` are colleagues who are away, `alone` those away without cover now or soon, by the first and last days of it;
    `left` have left and `readers` may only read. `first_weekly` is the day of the first weekly meeting the team kept in
    the program, empty while there was none.
    """

    def __init__(
        self,
        programme: Programme,
        clock: Clock,
        *,
        away: frozenset[int] = frozenset(),
        alone: Mapping[int, tuple[tuple[str, str], ...]] | None = None,
        left: frozenset[int] = frozenset(),
        readers: frozenset[int] = frozenset(),
        lapsed: Mapping[tuple[int, str], tuple[int, int]] | None = None,
        first_weekly: str = "",
    ) -> None:
        limits = programme.limits
        self.programme, self.clock = programme, clock
        self.date = clock.today()
        self.away, self.alone, self.left, self.lapsed = away, alone or {}, left, lapsed or {}
        self.readers = readers
        self.today = self._in(0)
        self.release_near = self._in(limits.release_warning_days)
        self.release_near_high = self._in(limits.release_warning_days_high)
        self.prepare_high = self._in(limits.before_release_days_high)
        self.prepare_lower = self._in(limits.before_release_days_lower)
        self.list_due = self._in(limits.release_checklist_days)
        self.list_presses = self._in(limits.release_list_days)
        self.verify = self._in(limits.verify_days)
        self.awkward = self._in(limits.release_awkward_days)
        self.parole_near = self._in(limits.parole_warning_days)
        self.undated = self._in(-limits.release_unknown_days)
        self.next_review = self._in(limits.next_review_days)
        self.furthest_ahead = max(
            self.release_near, self.release_near_high, self.prepare_high, self.prepare_lower, self.verify, self.awkward
        )
        self.consent_ends = self._in(limits.consent_warning_days)
        self.team_ends = self._in(limits.support_team_warning_days)
        self.waiting = self._in(-limits.application_days)
        # A team that meets without the program is not told on every card that it has not met.
        self.first_weekly, self.weekly = first_weekly, self._in(-limits.weekly_days) if first_weekly else ""
        self.talk = self._in(-limits.talk_days)
        self.phase_out = self._in(-limits.phase_out_days)
        self.first_weeks = self._in(-limits.first_weeks_days)
        self.attempts = limits.phase_out_attempts
        self.longest_aside = self._in(-limits.aside_most_days)
        self.release_lists = tuple(one.id for one in programme.checklists if one.opens == "release")
        self._lasting: dict[tuple[int, str], Lasting] = {}
        self._expected: dict[tuple[tuple[int, ...], str], tuple[str, ...]] = {}
        self._missing: dict[tuple[tuple[str, ...], str], tuple[int, str]] = {}

    @classmethod
    def of(cls, reading: Reading) -> Day:
        """Today, with who is away and which done items have lapsed since somebody last looked."""
        today = reading.today.isoformat()
        soon = (reading.today + timedelta(days=reading.programme.limits.absence_warning_days)).isoformat()
        absent = reading.sql(
            "SELECT staff_id, first, last, cover_id FROM absence WHERE first <= ? AND last >= ? ORDER BY first, id",
            [soon, today],
        )
        away = frozenset(staff for staff, first, _last, _cover in absent if first <= today)
        left = frozenset(row for (row,) in reading.sql("SELECT id FROM staff WHERE active = 0"))
        readers = frozenset(row for (row,) in reading.sql("SELECT id FROM staff WHERE active AND role = ?", [READER]))
        lapsed = {
            (participant, template): (count, unverified)
            for participant, template, count, unverified in reading.sql(
                "SELECT k.participant_id, k.template, count(*), sum(l.unverified) FROM checklist_lapse l "
                "JOIN checklist k ON k.id = l.checklist_id WHERE l.lapse_key <= ? GROUP BY 1, 2",
                [today],
            )
        }
        alone: dict[int, tuple[tuple[str, str], ...]] = {}
        for staff, first, last, cover in absent:
            gone_too = any(other == cover and begins <= last and ends >= first for other, begins, ends, _c in absent)
            if cover is None or cover == staff or cover in left | readers or gone_too:
                alone[staff] = (*alone.get(staff, ()), (first, last))
        first_weekly = reading.value("SELECT min(day) FROM meeting WHERE kind = 'weekly'") or ""
        return cls(
            reading.programme, reading.clock, away=away, alone=alone, left=left,
            readers=readers, lapsed=lapsed, first_weekly=first_weekly,
        )  # fmt: skip

    def _in(self, days: int) -> str:
        return (self.date + timedelta(days=days)).isoformat()

    def judges_as(self, other: Day) -> bool:
        """Whether a card that was not touched is judged alike on both."""
        return (
            (self.today, self.first_weekly, self.away, self.left, self.readers, self.alone)
            == (other.today, other.first_weekly, other.away, other.left, other.readers, other.alone)
            and self.programme is other.programme
        )  # fmt: skip

    def stands_in(self, coworker: int | None) -> bool:
        """Whether a co-worker is there, who sees to what a colleague without cover leaves."""
        return coworker is not None and not (
            coworker in self.away or coworker in self.alone or coworker in self.left or coworker in self.readers
        )

    def later(self, day: str, days: int) -> str:
        """A day so many days later."""
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if days else day

    def on(self, moment: int) -> str:
        """The local day of a moment."""
        return self.clock.local(moment).date().isoformat()

    def days_since(self, day: str) -> int:
        """How many days ago a day was, negative for one to come."""
        return (self.date - date.fromisoformat(day)).days

    def lasting(self, phase: int, phases: str) -> Lasting:
        """What follows from the leading phase and all that last, worked out once for each set of them."""
        key = (phase, phases)
        if key not in self._lasting:
            self._lasting[key] = self._work_out(phase, phases)
        return self._lasting[key]

    def _work_out(self, phase: int, phases: str) -> Lasting:
        numbers = tuple(sorted({phase, *(int(number) for number in phases.split(",") if number)}))
        known = [self.programme.phase(number) for number in numbers]
        contact = min((one.contact_days for one in known if one.contact_days), default=0)
        long = self.programme.phase(phase).long_days
        return Lasting(
            numbers=numbers,
            furthest=numbers[-1],
            demanding=any(one.demanding for one in known),
            contact_days=contact,
            silent_before=self._midnight(-contact) if contact else 0,
            silent_before_day=self._in(-contact) if contact else "",
            silent_twice=self._midnight(-2 * contact) if contact else 0,
            silent_twice_day=self._in(-2 * contact) if contact else "",
            long_before=self._in(-long) if long else "",
            consents=consent_signs.wanted(self.programme, numbers),
            agencies=tuple(one.id for one in self.programme.agencies if set(numbers).intersection(one.phases)),
        )

    def _midnight(self, days: int) -> int:
        return self.clock.stored(datetime.combine(self.date + timedelta(days=days), time()))

    def expected(self, card: CardRow, lasting: Lasting) -> tuple[str, ...]:
        """The agencies that should have somebody now, of one released and staying as the card says."""
        key = (lasting.numbers, card.forms)
        found = self._expected.get(key)
        if found is None:
            ways, agency = card.forms.split(","), self.programme.agency
            kept = (one for one in lasting.agencies if agency(one).expected(lasting.numbers, ways))
            found = self._expected[key] = tuple(kept)
        return found

    def missing(self, agencies: tuple[str, ...], helped: str) -> tuple[int, str]:
        """How many of these agencies nobody helps from, and the last day somebody did, empty for never."""
        key = (agencies, helped)
        found = self._missing.get(key)
        if found is None:
            until = self.helped(helped)
            ended = [until.get(agency, "") for agency in agencies if until.get(agency, "") <= self.today]
            found = self._missing[key] = len(ended), max(ended, default="")
        return found

    @staticmethod
    def helped(text: str) -> Mapping[str, str]:
        """By agency, the first day without the last of its people; `NEVER` while no end is known."""
        return _HELPED.decode(text) if text else {}

    def left_on(self, participant: int, text: str) -> Left | None:
        """What is left on the open release checklists of a card on this day; None where there is none open."""
        if not text:
            return None
        kept = _LISTS.decode(text)
        remaining, unverified, opened = 0, 0, ""
        for template in self.release_lists:
            left = kept.get(template)
            if left is None:
                continue
            more, less = self.lapsed.get((participant, template), (0, 0))
            remaining += left.remaining + more
            unverified += left.unverified - less
            opened = min(opened, left.opened) if opened else left.opened
        return Left(remaining, unverified, opened) if opened else None

    def had_list(self, text: str) -> bool:
        """Whether a release checklist was ever opened for a card."""
        return bool(text) and any(template in _LISTS.decode(text) for template in self.release_lists)
