"""Who could be seen by whom at which moment, by the journals of those who changed it; knows nothing of the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from models.roles.rights import LEADER
from tests.crowd.plan import Plan

UNKNOWN: Final = "unknown"
LONG_AGO: Final = float("-inf")


class Told:
    """What held from when on: each change came to hold at some moment between its beginning and its answer."""

    def __init__(self, first: Any) -> None:
        self._steps: list[tuple[float, float, Any]] = [(LONG_AGO, LONG_AGO, first)]

    def add(self, begun: float, done: float, value: Any) -> None:
        """It became `value` between the two."""
        self._steps.append((begun, done, value))
        self._steps.sort(key=lambda step: step[:2])

    def between(self, since: float, until: float) -> list[Any]:
        """All that may have held at some moment between the two."""
        standing = [step for step in self._steps if step[1] <= since]
        return [standing[-1][2], *(value for begun, done, value in self._steps if done > since and begun < until)]


class Oracle:
    """Answers for an interval of time, and says when it cannot know."""

    def __init__(self, plan: Plan, lines: Iterable[tuple[str, dict[str, Any]]]) -> None:
        self.plan = plan
        self._states = {number: Told(plan.restricted.get(number)) for number in plan.participants}
        self._roles = {one.staff: Told(one.role) for one in plan.people}
        self._openings: list[tuple[int, int, float, float, str]] = []
        staff = {one.user: one.staff for one in plan.people}
        for user, line in lines:
            for participant, state, begun, done in line.get("states", ()):
                self._states[participant].add(begun, done, state)
            if "role" in line:
                whose, role, begun, done = line["role"]
                self._roles[whose].add(begun, done, role)
            if "opened" in line:
                self._openings.append((staff[user], line["opened"], line["t0"], line["t1"], line["day"]))

    def hidden(self, staff: int, participant: int, since: float, until: float, day: str) -> bool | None:
        """Whether the participant was hidden from the colleague all the time, None where it may have changed."""
        if LEADER in (roles := self._roles[staff].between(since, until)):
            return False if set(roles) == {LEADER} else None
        opened = [one for one in self._openings if one[:2] == (staff, participant) and one[2] <= until]
        if any(done <= since and when == day for _staff, _whom, _begun, done, when in opened):
            return False
        if opened:
            return None
        found = {self._hides(state, staff) for state in self._states[participant].between(since, until)}
        return found.pop() if len(found) == 1 else None

    @staticmethod
    def _hides(state: Any, staff: int) -> bool | None:
        if state == UNKNOWN:
            return None
        return state is not None and staff not in state

    def count(self, staff: int, since: float, until: float, day: str) -> int | None:
        """How many participants there are for the colleague, None where that may have changed."""
        answers = self._answers(staff, since, until, day)
        return None if None in answers else answers.count(False)

    def _answers(self, staff: int, since: float, until: float, day: str) -> Sequence[bool | None]:
        return [self.hidden(staff, number, since, until, day) for number in self.plan.participants]
