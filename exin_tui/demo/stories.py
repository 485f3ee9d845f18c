"""What situation each participant of the demo is in: a mixture like a real team's, and something for every sign."""

from __future__ import annotations

from random import Random
from typing import Final

from msgspec import Struct

CLOSED: Final = 0


class Story(Struct, frozen=True):
    """One situation: the leading phase now (0 is phased out) and what stands out in it.

    `release` is "", "week", "near", "near_high", "friday", "passed", "two_thirds" or "unknown"; `path` the phases
    somebody phased out went through. `fresh` is somebody just out, who uses substances; `returned` somebody who had
    left and is back.
    """

    phase: int
    known: str = "file"
    worker: bool = True
    silent: bool = False
    long: bool = False
    overlap: bool = False
    release: str = ""
    topics: int = 0
    risk: bool = False
    path: tuple[int, ...] = ()
    fresh: bool = False
    returned: bool = False


# Forty: few in intake, most in prison, then those before and after release, some re-establishing, few leaving.
STORIES: Final[tuple[Story, ...]] = (
    Story(1, known="name", worker=False),
    Story(1, known="given_name", silent=True),
    Story(1),
    Story(1, risk=True),
    Story(1, long=True, topics=1),
    Story(2, release="unknown"),
    Story(2, release="two_thirds"),
    Story(2),
    Story(2, topics=2),
    Story(2, risk=True),
    Story(2),
    Story(2, topics=1),
    Story(2),
    Story(2, release="near"),
    Story(2, release="near_high", topics=1),
    Story(2, release="friday"),
    Story(2, silent=True),
    Story(2, worker=False),
    Story(3, release="week"),
    Story(3, topics=1),
    Story(3, overlap=True),
    Story(3, overlap=True, risk=True),
    Story(3, release="passed"),
    Story(3, release="friday", silent=True),
    Story(3, long=True),
    Story(4, fresh=True),
    Story(4, topics=3, risk=True),
    Story(4, silent=True),
    Story(4, long=True),
    Story(4, returned=True),
    Story(5, overlap=True),
    Story(5),
    Story(5, topics=1),
    Story(5, silent=True),
    Story(5, long=True, risk=True),
    Story(6),
    Story(6, long=True, silent=True),
    Story(CLOSED, path=(1, 2, 3, 4, 5, 6)),
    Story(CLOSED, path=(1, 2, 3, 4, 6)),
    Story(CLOSED, path=(1, 6)),
)
_ENDINGS: Final = ((1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 6), (1, 6))
_ORDINARY: Final = tuple(Story(phase) for phase in range(1, 7))


def stories(participants: int, years: float, chance: Random) -> list[Story]:
    """A situation for each of so many participants; the more years, the more of the ordinary ones are over by now."""
    over = min(0.5, 0.06 * max(0.0, years - 2))
    told = []
    for number in range(participants):
        story = STORIES[number % len(STORIES)]
        if story in _ORDINARY and chance.random() < over:
            story = Story(CLOSED, path=chance.choice(_ENDINGS))
        told.append(story)
    return told
