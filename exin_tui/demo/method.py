"""The demo's intakes, ways out and hand-overs, planned from the phases that a life went through."""

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
from models.intake.intakes import YES

# By the place of a life's story: participants who changed hands, read and not read yet.
_HANDED: Final = {6: 55, 19: 30, 12: 3}
_UNREAD: Final = 12
_STORIES: Final = 40
_DROPPED: Final = "drop_out"
_ALONE: Final = "independence"
_NO_BASIS: Final = "no_basis"


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
