"""Time as a parameter, so that a test or a replay can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from config.dates import format_moment
from config.words import _

CLOCKS_DIFFER: Final = 5 * 60
"""So many seconds a moment that has been may lie ahead: whoever was there had another clock."""


class Clock(Struct, frozen=True):
    """Tells the moment (UTC, whole seconds) and the team's date; `now` can be replaced to freeze or move time."""

    zone: ZoneInfo
    now_utc: Callable[[], datetime] = lambda: datetime.now(UTC)

    def now(self) -> datetime:
        """The present moment, aware, in UTC, without microseconds."""
        return self.now_utc().astimezone(UTC).replace(microsecond=0)

    def seconds(self) -> int:
        """The present moment as whole seconds since the epoch, the form in which moments are stored."""
        return int(self.now().timestamp())

    def today(self) -> date:
        """Today's date where the team works."""
        return self.now().astimezone(self.zone).date()

    def local(self, seconds: int) -> datetime:
        """A stored moment as the team's wall clock shows it."""
        return datetime.fromtimestamp(seconds, tz=self.zone)

    def stored(self, local: datetime) -> int:
        """A wall-clock time of the team's zone as a stored moment; a time that occurs twice means the first."""
        return int(local.replace(tzinfo=self.zone).timestamp())

    def lies_ahead(self, seconds: int) -> bool:
        """Whether a stored moment has not been yet."""
        return seconds > self.seconds() + CLOCKS_DIFFER

    def occurs(self, local: datetime) -> int:
        """How often a naive wall-clock time occurs: not at all where the clocks go on past it, twice where back."""
        first, second = (local.replace(tzinfo=self.zone, fold=fold).timestamp() for fold in (0, 1))
        return 1 + (first < second) - (first > second)


def passed_over(moment: datetime) -> str:
    """The sentence for a time that the clocks pass over."""
    text = _("{moment} does not come: that night the clocks go from 02:00 to 03:00.")
    return text.format(moment=format_moment(moment))


def twice(moment: datetime) -> str:
    """The sentence for a time that comes twice."""
    text = _("{moment} comes twice in the night when the clocks go back; the first is meant.")
    return text.format(moment=format_moment(moment))


def oslo() -> Clock:
    """The clock of a Norwegian team."""
    return Clock(ZoneInfo("Europe/Oslo"))
