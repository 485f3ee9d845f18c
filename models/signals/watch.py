"""Every signal of a caseload in order of severity, rule and date, and kept so while the cards change.

A session keeps the whole team's: after a colleague's change the few cards it touched are looked at again, and not the
thousands that stand as they stood. What the rules rest on beside the cards (the day, absences, who has left) is
compared at each look; where that has become another, everybody is looked at anew.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from models.cards.upkeep import touched
from models.signals.card import COLUMNS, CardRow
from models.signals.rules import RULES, Hit, hits, split
from models.signals.sign import is_of
from models.signals.thresholds import Day
from models.storage.binding import AuditedChange
from models.storage.portions import marks
from models.storage.reading import Reading

Noted = tuple[str, int, str, int, int]
"""The date a hit rests on, the participant it is about, the rule, the severity and the number: so they sort."""

Kinds = dict[tuple[int, int], list[Noted]]
_PLACE: Final = {rule.__name__: place for place, rule in enumerate(RULES)}
_FEW: Final = 32
_SINCE: Final = 'SELECT "table", "row", operation, before FROM change WHERE audit > ?'
WATCHED: Final = "(c.phase > 0 OR c.untold > 0 OR c.consent_key > '')"
"""Whoever is followed, and of those phased out they of whom something may be left to do."""
_NEXT: Final = (
    f"SELECT {COLUMNS} FROM card c WHERE {WATCHED} AND c.participant_id > ? ORDER BY c.participant_id LIMIT ?"
)


class Survey(Struct, frozen=True):
    """What there is to notice: `found` in order, and how many of each kind.

    `severities` and `rules` count what is in `found`, the rules also where only one was asked for; `aside` counts those
    put aside, whichever was asked for.
    """

    day: Day
    found: Sequence[Noted]
    severities: Mapping[int, int]
    rules: Mapping[str, int]
    aside: int


class Watch:
    """The signals of the cards that were put into it, on one day.

    Thousands of cards are kept so for as long as a session lasts: each signal is one flat tuple, and dates are shared.
    """

    def __init__(self, day: Day) -> None:
        self.day = day
        # Awake and put aside, each by severity, the heaviest first, and the place of the rule.
        self._kinds: tuple[Kinds, Kinds] = {}, {}
        self._people: dict[int, tuple[tuple[Noted, ...], tuple[Noted, ...]]] = {}
        self._dates: dict[str, str] = {}

    def put(self, cards: Iterable[CardRow]) -> None:
        """Look at these cards, which are not in it."""
        fresh: tuple[Kinds, Kinds] = {}, {}
        for card in cards:
            found = hits(card, self.day)
            if not found:
                continue
            awake, aside = split(card, found, self.day)
            noted = self._noted(card.participant, awake), self._noted(card.participant, aside)
            self._people[card.participant] = noted
            for kinds, side in zip(fresh, noted, strict=True):
                for one in side:
                    kinds.setdefault(_kind(one), []).append(one)
        for kinds, new in zip(self._kinds, fresh, strict=True):
            for kind, listed in new.items():
                _merge(kinds.setdefault(kind, []), listed)

    def _noted(self, participant: int, found: Sequence[Hit]) -> tuple[Noted, ...]:
        shared = self._dates.setdefault
        return tuple([(shared(since, since), participant, rule, level, number) for rule, level, since, number in found])

    def drop(self, participant: int) -> None:
        """Forget a card, whether or not it is in it."""
        for kinds, side in zip(self._kinds, self._people.pop(participant, ()), strict=False):
            for one in side:
                kind = _kind(one)
                listed = kinds[kind]
                del listed[bisect_left(listed, one)]
                if not listed:
                    del kinds[kind]

    def survey(self, rule: str = "", *, snoozed: bool = False) -> Survey:
        """What is awake, or what was put aside; of one rule or family where it is named."""
        kinds = self._kinds[snoozed]
        found: list[Noted] = []
        severities, rules = Counter[int](), Counter[str]()
        for severity, place in sorted(kinds):
            listed, name = kinds[severity, place], RULES[place].__name__
            rules[name] += len(listed)
            if is_of(name, rule):
                severities[-severity] += len(listed)
                found += listed
        return Survey(self.day, found, severities, rules, sum(map(len, self._kinds[True].values())))


class TeamWatch:
    """The whole team's signals, as a session keeps them."""

    def __init__(self) -> None:
        self._watch: Watch | None = None
        self._seen = 0
        self._reached = 0
        self._whole = False

    def look(self, reading: Reading, portion: int = -1) -> Watch | None:
        """The signals as they stand now; None when after `portion` cards (all of them if negative) some are left."""
        day = Day.of(reading)
        if self._watch is None or not day.judges_as(self._watch.day):
            self._watch, self._reached, self._whole = Watch(day), 0, False
            self._seen = _acts(reading)
        watch = self._watch
        self._follow(reading, watch, day)
        if not self._whole:
            rows = reading.sql(_NEXT, [self._reached, portion])
            watch.put([CardRow(*row) for row in rows])
            self._whole = portion < 0 or len(rows) < portion
            # What a day has worked out for these cards is not asked for again.
            watch.day = Day.of(reading)
            self._reached = rows[-1][0] if rows else self._reached
        return watch if self._whole else None

    def _follow(self, reading: Reading, watch: Watch, day: Day) -> None:
        """Look again at whom others' and one's own changes have touched."""
        acts = _acts(reading)
        changes = [AuditedChange(*row) for row in reading.sql(_SINCE, [self._seen])] if acts != self._seen else []
        # What has lapsed by now differs on the same day only for those who were touched.
        watch.day, self._seen = day, acts
        again = touched(reading, changes)
        for number in again:
            watch.drop(number)
        # Those who are still to come are looked at when they come.
        watch.put(cards(reading, [number for number in again if self._whole or number <= self._reached]))


def team(reading: Reading) -> Watch:
    """The whole team's signals, from what the session keeps."""
    watch = reading.cached(TeamWatch).look(reading)
    assert watch is not None
    return watch


def of_cards(reading: Reading, condition: str, values: Sequence[Any]) -> Watch:
    """The signals of the cards `c` for which `condition` holds."""
    watch = Watch(Day.of(reading))
    rows = reading.sql(f"SELECT {COLUMNS} FROM card c WHERE {WATCHED} AND {condition}", values)
    watch.put([CardRow(*row) for row in rows])
    return watch


def cards(reading: Reading, participants: Sequence[int]) -> list[CardRow]:
    """The cards of these participants, also of those phased out."""
    rows = reading.sql(f"SELECT {COLUMNS} FROM card c WHERE c.participant_id IN ({marks(participants)})", participants)
    return [CardRow(*row) for row in rows]


def _acts(reading: Reading) -> int:
    """The number of the last act in the audit."""
    return int(reading.value("SELECT max(seq) FROM audit") or 0)


def _kind(one: Noted) -> tuple[int, int]:
    return -one[3], _PLACE[one[2]]


def _merge(listed: list[Noted], new: list[Noted]) -> None:
    """Put what is new where it belongs."""
    if len(new) > _FEW:
        listed += new
        listed.sort()
        return
    for one in new:
        insort(listed, one)
