"""The demo's phase reviews, planned from the phases that a life went through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.programme.method.reviews import BACK
from config.programme.shapes import Programme
from exin_tui.demo import method_words as said
from exin_tui.demo.lives import CLOSING, Life, Period
from exin_tui.demo.plans import Line, Noon
from exin_tui.demo.staffing import Hands, Team
from models.phases.owed_review import OPEN, OWED, SEALED
from models.reviews.reading import END, GO_BACK, MOVE, OVERLAP, STAYED

# By the place of a life's story: a move that owes its review, one that is being prepared, a review whose day has come,
# and one that has looked ahead.
_OWED: Final = frozenset({25, 30})
_OPEN: Final = frozenset({13, 20})
_DUE: Final = frozenset({24, 28})
_LOOKED: Final = frozenset({7, 31})
_STORIES: Final = 40
_TASKS_BACK: Final = 60


class Reviewed(Struct, frozen=True):
    """A review to be: its answers by prompt, notes added later with their day, and what it set to do."""

    columns: dict[str, Any]
    answers: tuple[tuple[str, str], ...]
    at: int
    lines: tuple[Line, ...]
    note: tuple[int, str] | None = None
    task: dict[str, Any] | None = None


class Reviews:
    """Plans the reviews a team holds and owes; the same seed and date give the same."""

    def __init__(self, programme: Programme, team: Team, seed: int, today: date, noon: Noon) -> None:
        self._method, self._team, self._seed, self._today, self._noon = programme.method, team, seed, today, noon
        self._decisions = {choice.id: choice.name for choice in programme.choices["review_decision"]}

    def of(self, life: Life, hands: Hands) -> Iterator[Reviewed]:
        """The reviews of a life, the oldest first."""
        if life.story.known != "file":
            return
        chance = Random(f"{self._seed}/reviews/{life.number}")
        place, last = life.number % _STORIES, life.periods[-1]
        for before, now in zip(life.periods, life.periods[1:], strict=False):
            if now is last and place in _OWED:
                yield self._owed(before, now)
            else:
                yield self._moved(chance, life, hands, before, now, newest=now is last)
        if life.closed:
            return
        if place in _OPEN and last.phase in (2, 3):
            yield self._opened(chance, last, hands)
        for places, ahead in ((_DUE, -4), (_LOOKED, 20)):
            if place in places and (self._today - last.began).days > 12:
                yield self._stayed(chance, life, hands, self._today + timedelta(days=ahead))

    def _row(self, from_phase: int, to_phase: int, opened: date, by: int | None) -> tuple[dict[str, Any], Any]:
        stays = from_phase == to_phase
        reviews = self._method.reviews
        known = reviews.transition("stay") if stays else reviews.between(from_phase, to_phase)
        assert known is not None
        return {
            "transition": known.id, "from_phase": from_phase, "to_phase": to_phase, "opened": opened, "opened_by": by,
            "prompts_version": reviews.version,
        }, known  # fmt: skip

    def _owed(self, before: Period, now: Period) -> Reviewed:
        columns, known = self._row(before.phase, now.phase, now.began, self._team.leader)
        told = {"transition": {"nb": known.name.nb, "en": known.name.en}}
        line = Line("review_owed", self._noon(now.began), told)
        return Reviewed(columns | {"state": OWED, "moved": now.began}, (), 0, (line,))

    def _opened(self, chance: Random, last: Period, hands: Hands) -> Reviewed:
        day = max(last.began, self._today - timedelta(days=2))
        columns, known = self._row(last.phase, last.phase + 1, day, hands[0])
        answers = ((name, chance.choice(said.ANSWERS[name])) for name in self._asked(known.id) if name in said.ANSWERS)
        return Reviewed(columns | {"state": OPEN}, tuple(answers)[:2], self._noon(day), ())

    def _moved(
        self, chance: Random, life: Life, hands: Hands, before: Period, now: Period, *, newest: bool
    ) -> Reviewed:
        opened = max(before.began, now.began - timedelta(days=chance.randrange(0, 6)))
        columns, known = self._row(before.phase, now.phase, opened, hands[0])
        moved = GO_BACK if known.id == BACK else MOVE
        decision = END if now.phase == CLOSING else OVERLAP if before.ended is None else moved
        columns |= {"decision": decision, "effective": now.began}
        if chance.random() < 0.1:
            columns["reason"] = chance.choice(said.WHY)
        return self._sealed(chance, life, hands, columns, now.began, whole=newest)

    def _stayed(self, chance: Random, life: Life, hands: Hands, again: date) -> Reviewed:
        last = life.periods[-1]
        day = max(last.began, self._today - timedelta(days=chance.randrange(10, 40)))
        columns, _known = self._row(last.phase, last.phase, day, hands[0])
        day = min(day, again - timedelta(days=1))
        return self._sealed(
            chance, life, hands, columns | {"opened": day, "decision": STAYED, "next_review": again}, day, whole=True
        )

    def _asked(self, transition: str) -> list[str]:
        return [prompt.id for prompt in self._method.reviews.steps(transition)]

    def _sealed(
        self, chance: Random, life: Life, hands: Hands, columns: dict[str, Any], day: date, *, whole: bool
    ) -> Reviewed:
        """A review that was held; of older ones only what every review asks was written down."""
        at, by = self._noon(day), hands[0] or self._team.leader
        answers = [
            (prompt, chance.choice(said.ANSWERS.get(prompt, said.FURTHER)))
            for prompt in self._asked(columns["transition"])
            if whole or prompt in said.ANSWERS
        ]
        known = self._method.reviews.transition(columns["transition"])
        decided = self._decisions[columns["decision"]]
        assert known is not None
        told = {"transition": {"nb": known.name.nb, "en": known.name.en},
                "decision": {"nb": decided.nb, "en": decided.en}}  # fmt: skip
        present = dict.fromkeys(self._team.names.get(one or 0, "") for one in (by, hands[1], self._team.leader))
        columns = columns | {
            "state": SEALED, "sealed_at": at, "sealed_by": by, "present": ", ".join(name for name in present if name)
        }  # fmt: skip
        added = at + chance.randrange(1, 4) * 86_400
        note = (added, chance.choice(said.NOTES)) if whole and added < self._noon(life.over) else None
        task = None
        if whole and not life.closed and (self._today - day).days < _TASKS_BACK and chance.random() < 0.6:
            task = {"text": chance.choice(said.TASKS), "owner": by, "created_at": at,
                    "due": self._today + timedelta(days=chance.randrange(1, 14))}  # fmt: skip
        return Reviewed(columns, tuple(answers), at, (Line("review_held", at, told),), note, task)
