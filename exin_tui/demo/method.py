"""The demo's phase reviews, intakes, ways out and hand-overs, planned from the phases that a life went through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.programme.shapes import Programme
from exin_tui.demo import method_words as said
from exin_tui.demo.consents import Given
from exin_tui.demo.lives import CLOSING, Life, Period
from exin_tui.demo.plans import Line, Noon
from exin_tui.demo.staffing import Team
from models.intakes import YES
from models.reviews import END, MOVE, OPEN, OVERLAP, OWED, SEALED, STAYED

Hands = tuple[int | None, int | None]

# By the place of a life's story: a move that owes its review, one that is being prepared, a review whose day has come,
# one that has looked ahead, and participants who changed hands: read, and not read yet.
_OWED: Final = frozenset({25, 30})
_OPEN: Final = frozenset({13, 20})
_DUE: Final = frozenset({24, 28})
_LOOKED: Final = frozenset({7, 31})
_HANDED: Final = {6: 55, 19: 30, 12: 3}
_UNREAD: Final = 12
_STORIES: Final = 40
_TASKS_BACK: Final = 60
_DROPPED: Final = "drop_out"
_ALONE: Final = "independence"
_NO_BASIS: Final = "no_basis"


class Reviewed(Struct, frozen=True):
    """A review to be: its answers by prompt, notes added later with their day, and what it set to do."""

    columns: dict[str, Any]
    answers: tuple[tuple[str, str], ...]
    at: int
    lines: tuple[Line, ...]
    note: tuple[int, str] | None = None
    task: dict[str, Any] | None = None


class Came(Struct, frozen=True):
    """An intake to be, with how the criteria were judged and the talks that were held."""

    columns: dict[str, Any]
    criteria: tuple[dict[str, Any], ...]
    talks: tuple[dict[str, Any], ...]
    lines: tuple[Line, ...]


class Left(Struct, frozen=True):
    """A way out to be, and who was told or is to be."""

    columns: dict[str, Any]
    told: tuple[dict[str, Any], ...]
    lines: tuple[Line, ...]


class Method:
    """Plans what the method asks of a team; the same seed and date give the same."""

    def __init__(self, programme: Programme, team: Team, seed: int, today: date, noon: Noon) -> None:
        self._method, self._team, self._seed, self._today, self._noon = programme.method, team, seed, today, noon
        self._decisions = {choice.id: choice.name for choice in programme.choices["review_decision"]}

    # ------------------------------------------------------------------ reviews

    def reviews(self, life: Life, hands: Hands) -> Iterator[Reviewed]:
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
        columns, _known = self._row(before.phase, now.phase, opened, hands[0])
        decision = END if now.phase == CLOSING else OVERLAP if before.ended is None else MOVE
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

    # ------------------------------------------------------------------ intake

    def intake(self, life: Life, worker: int | None) -> Came | None:
        """How a life came in; None where nothing but a name is known, or the intake was before the program's time."""
        first = life.periods[0]
        if first.phase != 1 or life.story.known == "name":
            return None
        chance = Random(f"{self._seed}/intake/{life.number}")
        into = life.periods[1] if len(life.periods) > 1 else None
        decided = into.began if into else None
        by = chance.choice(said.REFERRED_BY) if chance.random() < 0.7 or life.story.known != "file" else ""
        columns: dict[str, Any] = {"opened": first.began, "referred_by": by}
        lines = []
        if by:
            columns["referral_note"] = chance.choice(said.REFERRAL)
            lines.append(Line("intake_referred", self._noon(first.began), {"who": by}))
        if into is not None and decided is not None:
            columns |= {"decided": decided, "ours": YES, "theirs": YES, "outcome": "enrolled", "phase": into.phase}
            if into.phase == CLOSING:
                columns |= {"ours": "no", "outcome": "ended", "phase": None, "reason": said.NO_BASIS}
                lines.append(Line("intake_ended", self._noon(decided), {"why": said.NO_BASIS}))
            else:
                lines.append(Line("enrolled", self._noon(decided), {}))
        if life.story.known != "file":
            return Came(columns, (), (), tuple(lines))
        talks = tuple(self._talks(chance, life, decided))
        criteria = tuple(self._judged(chance, decided or life.over, worker, whole=decided is not None))
        return Came(columns, criteria, talks, tuple(lines))

    def _talks(self, chance: Random, life: Life, decided: date | None) -> Iterator[dict[str, Any]]:
        """The talks in their order, over the time of the intake; a candidate still has some to come."""
        method, began = self._method.intake, life.periods[0].began
        count = len(method.talks)
        last = decided or life.over
        if decided is None:
            # Somebody long in intake waits for the next one; the others had theirs lately.
            count, last = (1, began + timedelta(days=6)) if life.story.long else (chance.randrange(2, count), life.over)
        elif life.periods[1].phase == CLOSING:
            count = 2
        span = max(0, (min(last, life.over) - began).days)
        for place, talk in enumerate(method.talks[:count]):
            yield {
                "talk": talk.id,
                "held": began + timedelta(days=span * (place + 1) // count),
                "who": "Deltakeren og vi",
                "covered": " ".join(topic.id for topic in talk.topics if chance.random() < 0.85),
                "said": " ".join(one.id for one in method.premises) if talk.premises else "",
                "note": said.TALKS[min(place, len(said.TALKS) - 1)],
            }

    def _judged(self, chance: Random, day: date, worker: int | None, *, whole: bool) -> Iterator[dict[str, Any]]:
        for place, criterion in enumerate(self._method.intake.criteria):
            if not whole and place > 1:
                return
            met = whole or chance.random() < 0.6
            yield {
                "criterion": criterion.id, "judgement": "met" if met else "to_judge", "judged": day,
                "judged_by": worker, "note": said.JUDGED[min(place, len(said.JUDGED) - 1)],
            }  # fmt: skip

    # ------------------------------------------------------------------ out, back and on

    def leavings(self, life: Life, given: Sequence[Given], worker: int | None) -> Iterator[Left]:
        """How a life left the programme, or is about to, or did and came back."""
        chance = Random(f"{self._seed}/leaving/{life.number}")
        for place, period in enumerate(life.periods):
            if period.phase != CLOSING:
                continue
            following = life.periods[place + 1] if place + 1 < len(life.periods) else None
            reason = _ALONE
            if life.story.path == (1, CLOSING):
                reason = _NO_BASIS
            elif following is not None or life.story.silent or (life.closed and 5 not in life.story.path):
                reason = _DROPPED
            yield self._left(chance, life, period, following, reason, given, worker)

    def _left(
        self,
        chance: Random,
        life: Life,
        period: Period,
        following: Period | None,
        reason: str,
        given: Sequence[Given],
        worker: int | None,
    ) -> Left:
        ending = next(one for one in self._method.endings if one.id == reason)
        named = {"ending": {"nb": ending.name.nb, "en": ending.name.en}}
        lines = [Line("phase_out_began", self._noon(period.began), named)]
        columns: dict[str, Any] = {"reason": reason, "began": period.began}
        day = period.ended
        talked = day or (period.began if chance.random() < 0.5 else None)
        if ending.talk and talked is not None:
            columns["closing_talk"] = talked
            lines.append(Line("closing_talk", self._noon(talked), {"date": talked.isoformat()}))
        if ending.message and day is not None:
            columns |= {"last_message": day, "message_how": said.MESSAGE}
            told = {"date": day.isoformat(), "how": said.MESSAGE}
            lines.append(Line("last_message", self._noon(day), told))
        if day is not None:
            if ending.consents_end and life.closed:
                columns["consents"] = day.isoformat()
            columns |= {"state": "closed", "closed": day, "closed_by": worker, "summary": said.LEFT[reason]}
            lines.append(Line("phase_out_closed", self._noon(day), named | {"summary": said.LEFT[reason]}))
        if following is not None:
            columns |= {"state": "returned", "returned": following.began, "return_note": said.CAME_BACK}
            told = {"date": following.began.isoformat(), "note": said.CAME_BACK}
            lines.append(Line("phase_out_returned", self._noon(following.began), told))
        return Left(columns, tuple(self._told(chance, life, period, given, worker)), tuple(lines))

    def _told(
        self, chance: Random, life: Life, period: Period, given: Sequence[Given], worker: int | None
    ) -> Iterator[dict[str, Any]]:
        last = period.ended or life.over
        if period.ended is not None and not life.closed:
            given = [one for one in given if one.columns["given"] < period.ended]
        whom = {one.columns["agency"]: one.columns for one in given}
        for agency, columns in whom.items():
            told = period.ended is not None or chance.random() < 0.5
            day = period.began + timedelta(days=chance.randrange((last - period.began).days + 1))
            yield {
                "agency": agency, "role": columns["role"], "person": columns["person"], "told": day if told else None,
                "told_by": worker if told else None, "how": chance.choice(said.TOLD) if told else "",
            }  # fmt: skip

    def handed(self, life: Life, worker: int | None) -> tuple[dict[str, Any], Line] | None:
        """How a life came to its worker from another, where it did."""
        place = life.number % _STORIES
        if place not in _HANDED or worker is None or life.closed or len(self._team.caseworkers) < 2:
            return None
        day = self._today - timedelta(days=_HANDED[place])
        if day <= life.began:
            return None
        chance = Random(f"{self._seed}/handed/{life.number}")
        former = chance.choice([one for one in (*self._team.caseworkers, self._team.leader) if one != worker])
        at = self._noon(day)
        columns = {
            "from_staff": former, "to_staff": worker, "day": day, "note": chance.choice(said.HAND_OVER),
            "read_at": None if place == _UNREAD else at + 7_200,
        }  # fmt: skip
        told = {"from": self._team.names[former], "to": self._team.names[worker]}
        return columns, Line("handed_over", at, told)
