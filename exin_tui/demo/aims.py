"""The demo's applications, the participants' own goals and the steps towards them, and small spending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.programme.shapes import Programme
from exin_tui.demo import sayings
from exin_tui.demo.lives import Life
from exin_tui.demo.plans import Line, Planned

# By the place of a life's story: an application that has waited for too long.
_LONG: Final = frozenset({23, 28, 34})
_STORIES: Final = 40
# How many applications there are, by phase: most around the release.
_APPLICATIONS: Final = {2: 0.5, 3: 1.6, 4: 1.8, 5: 1.0, 6: 0.3}
_APPEAL_DAYS: Final = 21
_SPENDING_BACK: Final = 300
_WITHOUT_GOAL: Final = 0.2


class Aim(Struct, frozen=True):
    """A goal to be, with its steps."""

    goal: Planned
    steps: tuple[dict[str, Any], ...]


class Aims:
    """Plans applications, goals and spending; the same seed and date give the same ones."""

    def __init__(self, programme: Programme, seed: int, today: date, noon: Callable[[date], int]) -> None:
        self._limits, self._seed, self._today, self._noon = programme.limits, seed, today, noon

    def applications(self, life: Life) -> Iterator[Planned]:
        """The applications of a life: decided ones, some that wait, now and then one that waits for too long."""
        if life.story.known != "file" or life.closed or life.story.phase not in _APPLICATIONS:
            return
        chance = Random(f"{self._seed}/applications/{life.number}")
        late = life.number % _STORIES in _LONG
        count = round(_APPLICATIONS[life.story.phase] * chance.uniform(0.2, 1.6))
        for agency, office, about, domain in chance.sample(sayings.APPLICATIONS, max(count, late)):
            columns = {"agency": agency, "office": office, "about": about, "domain": domain}
            if late:
                late = False
                yield self._waiting(chance, life, columns, chance.randrange(5, 45) + self._limits.application_days)
            elif chance.random() < 0.55:
                yield self._decided(chance, life, columns)
            elif chance.random() < 0.85:
                yield self._waiting(chance, life, columns, chance.randrange(2, max(3, self._limits.application_days)))
            else:
                yield Planned(columns | {"note": "Mangler underskrift.", "created_at": self._noon(life.over)})

    def _waiting(self, chance: Random, life: Life, columns: dict[str, Any], days: int) -> Planned:
        sent = max(life.began, self._today - timedelta(days=days))
        columns = columns | {"sent": sent, "created_at": self._noon(sent)}
        if chance.random() < 0.25 and sent < life.over:
            asked = sent + timedelta(days=1 + chance.randrange((life.over - sent).days))
            columns["complement_asked"] = asked
            columns["complement_sent"] = life.over if chance.random() < 0.5 else None
            columns["note"] = "Mangler inntektsopplysninger."
        return Planned(columns, (self._sent(columns),))

    def _decided(self, chance: Random, life: Life, columns: dict[str, Any]) -> Planned:
        back = chance.randrange(20, 200)
        sent = max(life.began, self._today - timedelta(days=back))
        decided = min(life.over, sent + timedelta(days=chance.randrange(8, 55)))
        outcome = chance.choice(sayings.OUTCOMES)
        columns = columns | {"sent": sent, "decided": decided, "outcome": outcome, "created_at": self._noon(sent)}
        if outcome == "refused":
            columns["appeal_deadline"] = decided + timedelta(days=_APPEAL_DAYS)
        told = {"agency": columns["agency"], "about": columns["about"], "application_outcome": outcome}
        return Planned(columns, (self._sent(columns), Line("application_decided", self._noon(decided), told)))

    def _sent(self, columns: dict[str, Any]) -> Line:
        told = {"agency": columns["agency"], "about": columns["about"]}
        return Line("application_sent", self._noon(columns["sent"]), told)

    def goals(self, life: Life) -> Iterator[Aim]:
        """The goals of a life in the participant's own words; those of somebody phased out are reached or left."""
        chance = Random(f"{self._seed}/goals/{life.number}")
        if life.story.known != "file" or life.story.phase == 1 or chance.random() < _WITHOUT_GOAL:
            return
        for words, domain, steps in chance.sample(sayings.GOALS, chance.choice((1, 1, 2))):
            began = life.began + timedelta(days=chance.randrange(max(1, (life.over - life.began).days // 2)))
            state = "open"
            if life.closed or chance.random() < 0.12:
                state = "reached" if chance.random() < 0.7 else "left"
            ended = None
            if state != "open":
                ended = began + timedelta(days=chance.randrange(max(1, (life.over - began).days + 1)))
            lines = [Line("goal_set", self._noon(began), {"words": words})]
            if ended is not None:
                lines.append(Line(f"goal_{state}", self._noon(ended), {"words": words}))
            columns = {"words": words, "domain": domain, "began": began, "state": state, "ended": ended}
            yield Aim(
                Planned(columns, tuple(lines)),
                tuple(self._step(chance, life, step, began, ended, reached=state == "reached") for step in steps),
            )

    def _step(
        self,
        chance: Random,
        life: Life,
        step: tuple[str, str, str],
        goal: date,
        ended: date | None,
        *,
        reached: bool,
    ) -> dict[str, Any]:
        words, turn, waits = step
        last = ended or life.over
        span = max(1, (last - goal).days)
        began = goal + timedelta(days=chance.randrange(min(30, span)))
        columns: dict[str, Any] = {"words": words, "turn": turn, "began": began}
        # Responsibility moves to the participant with time (the guide on phases).
        if life.story.phase == 5 and turn == "ours" and chance.random() < 0.7:
            columns["turn"] = "participant"
        if reached or (not waits and chance.random() < 0.45):
            done = began + timedelta(days=chance.randrange(max(1, (last - began).days + 1)))
            return columns | {"state": "done", "done_at": self._noon(done)}
        if not life.closed and chance.random() < 0.3:
            columns["due"] = self._today + timedelta(days=chance.randrange(2, 40))
        return columns | {"waits_for": waits}

    def spending(self, life: Life, worker: int | None) -> Iterator[dict[str, Any]]:
        """Small spending on a life, the last months of it."""
        chance = Random(f"{self._seed}/spending/{life.number}")
        if life.story.known != "file" or life.story.phase == 1 or chance.random() < 0.4:
            return
        first = max(life.began, life.over - timedelta(days=_SPENDING_BACK))
        for _number in range(chance.randrange(1, 4)):
            purpose, what, least, most = chance.choice(sayings.EXPENSES)
            yield {
                "day": first + timedelta(days=chance.randrange((life.over - first).days + 1)),
                "purpose": purpose,
                "amount": chance.randrange(least, most) * 100 + chance.choice((0, 0, 50)),
                "what": what,
                "staff": worker,
            }
