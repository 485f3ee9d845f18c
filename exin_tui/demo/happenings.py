"""What happened with one participant of the demo, as rows of the timeline: when, with whom and in which words."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.dates import DAY_ONLY
from config.programme.shapes import EntryKind, Programme
from exin_tui.demo import names, phrases
from exin_tui.demo.lives import Life, Period
from models.phases.numbers import BEFORE_RELEASE
from models.values.clock import Clock

# Days between two entries, and how often each kind comes, by phase: closest around the release (the guide on phases).
_INTERVAL: Final = {1: 9.0, 2: 12.0, 3: 4.0, 4: 2.8, 5: 9.0, 6: 14.0}
_KINDS: Final[dict[int, dict[str, int]]] = {
    1: {"talk": 3, "phone": 4, "message": 2, "meeting": 1, "note": 2},
    2: {"visit_mapping": 2, "visit_progress": 4, "visit_relationship": 4, "phone": 4, "leave": 1, "escorted_leave": 1,
        "meeting": 1, "support_team": 1, "note": 2, "event": 1},
    3: {"visit_progress": 4, "visit_relationship": 2, "phone": 5, "meeting": 3, "support_team": 1, "leave": 2,
        "talk": 1, "note": 2, "message": 1},
    4: {"phone": 5, "talk": 4, "meeting": 3, "message": 4, "support_team": 1, "event": 1, "note": 2},
    5: {"phone": 4, "message": 4, "talk": 3, "meeting": 1, "event": 1, "note": 1},
    6: {"message": 2, "phone": 2, "talk": 1, "note": 1},
}  # fmt: skip
_SHY_OF_TEXT: Final = 0.04
_LONG: Final = 0.025
_TOPIC: Final = 0.03
_HOLDERS: Final = {
    "kb": "kontaktbetjent {name}", "tk": "TK {name}", "nav": "{name} på Nav", "adv": "advokat {name}",
    "lege": "fastlege {name}", "fri": "{name} i friomsorgen",
}  # fmt: skip
_KIN: Final = ("mor", "far", "storesøster", "broren", "samboeren", "tante", "onkel", "bestefar")
_WITH: Final = {"meeting": ("nav", "fri", "lege"), "support_team": ("nav", "tk", "fri"), "note": ("kb", "nav", "tk")}
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?] )[a-zæøå]", re.MULTILINE)
_OUTINGS: Final = ("Sentrum", "Hos familien", "Kjøpesenteret", "Ved sjøen")
_PLACES_OUT: Final = ("Kafé", "Kontoret", "I bilen", "Hjemme", "På tur", "Biblioteket", "Treningssenteret")


class Telling(Struct, frozen=True):
    """One row to be, of the life with the number `owner`.

    It tells of a phase period, whose place is `period`, or of the record that `subject` names, or of neither.
    """

    owner: int
    at: int
    period: int | None
    columns: dict[str, Any]
    subject: str = ""


class Diary:
    """Makes the entries of lives; the same seed and date give the same ones."""

    def __init__(self, programme: Programme, clock: Clock, seed: int) -> None:
        self._programme = programme
        self._seed = seed
        self._today = clock.today()
        self._zone_noon: Callable[[date], int] = cache(lambda day: clock.stored(datetime.combine(day, time(12))))
        self._tells = cache(phrases.tells)
        self._kinds: dict[str, EntryKind] = {kind.id: kind for kind in programme.kinds}

    def natural(self, life: Life) -> float:
        """How many entries people would write about a life if nothing else is asked for."""
        return sum(weight for _period, _days, weight in self._stretches(life))

    def system(self, life: Life, worker: str) -> list[Telling]:
        """The program's own lines: the phases as `models.phases.phases` tells them, and what was changed on the way."""
        told = []
        for place, period in enumerate(life.periods):
            told.append(self._line(life, "phase_began", period.began, {"phase": period.phase}, place))
            if period.ended is not None:
                told.append(self._line(life, "phase_ended", period.ended, {"phase": period.phase}, place))
        chance = Random(f"{self._seed}/system/{life.number}")
        release = life.columns.get("release_date")
        span = (life.over - life.began).days
        if release is not None and chance.random() < 0.4 and span > 1:
            day = life.began + timedelta(days=chance.randrange(span))
            told.append(self._line(life, "dates_changed", day, {"field": "release_date", "date": release.isoformat()}))
        if worker and chance.random() < 0.15 and span > 1:
            day = life.began + timedelta(days=chance.randrange(span))
            told.append(self._line(life, "worker_changed", day, {"name": worker}))
        return told

    def entries(self, life: Life, count: int) -> list[Telling]:
        """So many entries by people, spread as the phases ask; the last contact is when the story says."""
        chance = Random(f"{self._seed}/diary/{life.number}")
        stretches = self._stretches(life)
        if not stretches or count < 1:
            return []
        helpers = _helpers(chance)
        bounds = list(accumulate(weight for _period, _days, weight in stretches))
        rows = []
        for place in range(count):
            position = (place + chance.random()) / count * bounds[-1]
            chosen = min(bisect_right(bounds, position), len(stretches) - 1)
            period, days, weight = stretches[chosen]
            share = 1 - (bounds[chosen] - position) / weight
            day = min(period.began + timedelta(days=int(days * share)), life.over)
            rows.append((self._working_day(chance, day, period), period))
        rows.sort(key=lambda row: row[0])
        quiet = self._quiet_from(chance, life)
        if quiet is None and not life.closed:
            rows[-1] = (self._lately(chance, life, rows[-1][0]), life.periods[-1])
        told = []
        recent: deque[str] = deque(maxlen=12)
        for place, (day, period) in enumerate(rows):
            silent = quiet is not None and day >= quiet
            last = place == count - 1 and quiet is None and not life.closed
            columns = self._columns(chance, life, period, day, helpers, recent, silent=silent, reached=last)
            told.append(Telling(life.number, columns["at"], None, columns))
        self._park(chance, life, told)
        return told

    def _stretches(self, life: Life) -> list[tuple[Period, int, float]]:
        found = []
        for period in life.periods:
            days = ((period.ended or life.over) - period.began).days + 1
            if days > 0:
                found.append((period, days, days / _INTERVAL[period.phase]))
        return found

    def _quiet_from(self, chance: Random, life: Life) -> date | None:
        """The day after the last contact of somebody silent, early enough for the sign to see it."""
        if not life.story.silent:
            return None
        if life.story.known != "file":
            return life.began
        limit = self._programme.phase(life.story.phase).contact_days
        return self._today - timedelta(days=limit + chance.randrange(3, 8 + limit // 2))

    def _lately(self, chance: Random, life: Life, day: date) -> date:
        limit = self._programme.phase(life.story.phase).contact_days or 30
        latest = self._today - timedelta(days=chance.randrange(1, max(2, limit * 6 // 10)))
        return min(life.over, max(day, latest, life.periods[-1].began))

    def _working_day(self, chance: Random, day: date, period: Period) -> date:
        """Mostly a weekday: a weekend is moved back to the Friday, unless that is before the phase."""
        over = day.isoweekday() - 5
        if over > 0 and chance.random() < 0.85:
            day = max(day - timedelta(days=over), period.began)
        return day

    def _line(self, life: Life, kind: str, day: date, detail: dict[str, Any], period: int | None = None) -> Telling:
        # A day alone, as the program tells it.
        at = self._zone_noon(day) + DAY_ONLY.second
        columns = {
            "at": at,
            "day": day,
            "kind": kind,
            "detail": json.dumps(detail, ensure_ascii=False),
            "created_at": at,
        }
        return Telling(life.number, at, period, columns)

    def _columns(
        self,
        chance: Random,
        life: Life,
        period: Period,
        day: date,
        helpers: dict[str, str],
        recent: deque[str],
        *,
        silent: bool,
        reached: bool,
    ) -> dict[str, Any]:
        roll = chance.random
        wanted = _KINDS[period.phase]
        kind = self._kinds[chance.choices(list(wanted), list(wanted.values()))[0]]
        if (reached and not kind.contact) or (silent and kind.contact):
            kind = self._kinds["phone" if roll() < 0.7 else "message"]
        calls = kind.id in ("phone", "message")
        attempted = calls and (silent or (not reached and roll() < 0.1))
        hour = chance.randrange(17, 21) if period.phase in (4, 5) and roll() < 0.2 else chance.randrange(8, 16)
        at = self._zone_noon(day) + (hour - 12) * 3600 + chance.randrange(0, 60, 5) * 60
        outcome = ("attempted" if attempted else "reached") if kind.contact else ""
        text = self._text(chance, kind.id, period.phase, recent, attempted=attempted)
        inside = period.phase <= BEFORE_RELEASE
        return {
            "at": at,
            "day": day,
            "kind": kind.id,
            "outcome": outcome,
            "contact": outcome == "reached",
            "with_whom": helpers[chance.choice(_WITH[kind.id])] if kind.id in _WITH and roll() < 0.7 else "",
            "place": self._place(chance, life, kind, inside=inside),
            "minutes": _minutes(chance, kind, attempted=attempted),
            "text": _filled(text, helpers),
            "created_at": at + chance.randrange(5, 170) * 60,
        }

    def _place(self, chance: Random, life: Life, kind: EntryKind, *, inside: bool) -> str:
        if kind.group in ("writing", "event") or kind.id == "phone":
            return ""
        if inside and kind.group in ("visit", "talk"):
            prison = str(life.columns.get("prison", ""))
            return prison if prison and chance.random() < 0.8 else "Besøksrommet"
        if kind.group == "outing":
            return chance.choice(_OUTINGS)
        if kind.group == "meeting":
            return str(life.columns.get("nav_state", "")) or "Møterom 2"
        return chance.choice(_PLACES_OUT)

    def _text(self, chance: Random, kind: str, phase: int, recent: deque[str], *, attempted: bool) -> str:
        roll = chance.random()
        if attempted:
            return _unlike(chance, phrases.ATTEMPTS[kind], recent)
        if roll < _SHY_OF_TEXT:
            return ""
        if kind == "message" and roll < 0.9:
            return _unlike(chance, phrases.MESSAGES, recent)
        if kind == "event":
            return _unlike(chance, phrases.EVENTS_INSIDE if phase <= BEFORE_RELEASE else phrases.EVENTS_OUT, recent)
        first = _unlike(chance, self._tells(phase, kind), recent)
        if roll > 1 - _LONG:
            parts = chance.sample(phrases.LONG, chance.randrange(2, 7))
            return "\n\n".join([first, *parts])
        if roll > 0.5:
            return f"{first} {_unlike(chance, phrases.FOLLOWS, recent)}"
        return first

    def _park(self, chance: Random, life: Life, told: list[Telling]) -> None:
        """Give some entries a topic for later, taken up since; as many of the newest as the story wants still wait."""
        waiting = life.story.topics
        for telling in reversed(told):
            columns = telling.columns
            if not columns["contact"]:
                continue
            if waiting:
                waiting -= 1
                columns["topic"] = chance.choice(phrases.TOPICS)
            elif chance.random() < _TOPIC:
                taken = columns["day"] + timedelta(days=chance.randrange(5, 60))
                if taken < self._today:
                    columns["topic"] = chance.choice(phrases.TOPICS)
                    columns["topic_taken_at"] = self._zone_noon(taken) + chance.randrange(-180, 180) * 60


def _helpers(chance: Random) -> dict[str, str]:
    """Who stands around one participant, the same through all of the timeline."""
    found = {role: shape.format(name=names.family_name(chance)) for role, shape in _HOLDERS.items()}
    return found | {"far": chance.choice(_KIN)}


def _unlike(chance: Random, pool: Sequence[str], recent: deque[str]) -> str:
    """One of the pool, and if that can be had without much trouble none that was written lately."""
    for _attempt in range(4):
        found = chance.choice(pool)
        if found not in recent:
            break
    recent.append(found)
    return found


def _filled(text: str, helpers: dict[str, str]) -> str:
    if "{" not in text:
        return text
    return _SENTENCE_START.sub(lambda found: found.group().upper(), text.format_map(helpers))


def _minutes(chance: Random, kind: EntryKind, *, attempted: bool) -> int | None:
    if attempted or not kind.minutes:
        return None
    return max(5, int(kind.minutes * chance.choice((0.5, 1, 1, 1, 1.5, 2))) // 5 * 5)
