"""Fields of a date, of a moment, of a length: what people write, read leniently and said back while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from config.date_parser import Meaning
from config.dates import (
    DateError,
    Written,
    format_date,
    format_hours,
    format_moment,
    parse_date,
    parse_minutes,
    parse_until,
    parse_written,
    understood,
)
from config.errors import ExinError
from config.words import _
from models.values.clock import Clock, passed_over, twice
from screens.forms.line_fields import About, LineField

DATE_WIDTH: Final = 18


class UnderstoodField(LineField):
    """What people write in many ways: put into the one form when the field is left, and while it is typed said back.

    What stands in it is selected when the field gets the focus, so that typing replaces it.
    """

    def __init__(self, about: About) -> None:
        super().__init__(about, select=True)
        self.styles.width = DATE_WIDTH

    @property
    def beside(self) -> str:
        told = self._told() if self.has_focus else ""
        return f"→ {told}" if told else self.note

    @property
    def kept(self) -> str:
        """In full: "tomorrow" means another day next week."""
        return self._if_read(self._in_full) or self.value

    def leave(self) -> None:
        if self.kept != self.value:
            self.put(self.kept)

    def _told(self) -> str:
        """How what is written was understood, empty where it was not."""
        return self._if_read(self._back)

    def _if_read(self, said: Callable[[], str]) -> str:
        try:
            return said() if self.value.strip() else ""
        except ExinError:
            return ""

    def _in_full(self) -> str:
        """What is written, in its one form. Raises `ExinError`."""
        raise NotImplementedError

    def _back(self) -> str:
        """What is written, said back. Raises `ExinError`."""
        return self._in_full()


class DateField(UnderstoodField):
    """A date as people write it, of which the form says what it stands for; empty is None.

    What has happened does not lie ahead; `ahead` says so in other words of a `date`.
    """

    def __init__(self, about: About, clock: Clock, meaning: Meaning, *, ahead: str = "") -> None:
        super().__init__(about)
        self.clock = clock
        self.meaning = meaning
        self.ahead = ahead

    def read(self) -> Any:
        if not self.value.strip():
            return None
        day = self._day()
        if self.meaning == "past" and day > self.clock.today():
            raise DateError(self.ahead.format(date=format_date(day))) if self.ahead else lies_ahead(self.about.label)
        return day

    def _day(self) -> date:
        return parse_date(self.value, self.clock.today(), self.meaning)

    def _in_full(self) -> str:
        return format_date(self._day())

    def _back(self) -> str:
        return understood(self._day(), self.clock.today())


class MomentField(UnderstoodField):
    """A moment as people write it; `read` answers the stored moment.

    Of one that is `timed` the time of day has to be written; another is of the day alone, or now today. Where its end
    is written too (`Friday 14-15`), `until` takes it.
    """

    def __init__(
        self, about: About, clock: Clock, meaning: Meaning, until: MinutesField, *, timed: bool = False
    ) -> None:
        super().__init__(about)
        self.clock = clock
        self.meaning = meaning
        self.until = until
        self.timed = timed

    def read(self) -> Any:
        found = self._written()
        if self.timed and not found.timed:
            text = _("{date}: at what time? Write for example {date} 10:00.")
            raise DateError(text.format(date=format_date(found.at)))
        if not self.clock.occurs(found.at):
            raise DateError(passed_over(found.at))
        at = self.clock.stored(found.at)
        if self.meaning == "past" and self.clock.lies_ahead(at):
            raise lies_ahead(self.about.label)
        return at

    @property
    def begins(self) -> datetime | None:
        """When it begins, naive and local; None while no moment is written, or none with its time of day."""
        try:
            found = self._written()
        except ExinError:
            return None
        return found.at if found.timed or not self.timed else None

    def show(self, stored: int) -> str:
        return format_moment(self.clock.local(stored))

    @property
    def remark(self) -> str:
        begins = self.begins
        return "" if begins is None or self.clock.occurs(begins) < 2 else twice(begins)

    def leave(self) -> None:
        try:
            found = self._written()
        except ExinError:
            return
        if found.ends is not None:
            self.until.end(found.at, found.ends)
        super().leave()

    def _written(self) -> Written:
        now = self.clock.local(self.clock.seconds())
        return parse_written(self.value, now.date(), now.time(), self.meaning)

    def _in_full(self) -> str:
        found = self._written()
        return format_moment(found.at) if found.timed or not self.timed else format_date(found.at)

    def _back(self) -> str:
        found = self._written()
        hours = "" if self.timed and not found.timed else f" {format_hours(found.at, found.ends)}".rstrip()
        day, comma, away = understood(found.at.date(), self.clock.today()).rpartition(", ")
        return day + hours + comma + away


def lies_ahead(label: str) -> DateError:
    """The error of a field with what has not been yet in a place for what has."""
    return DateError(_("{field}: the date is in the future; record it when it has happened.").format(field=label))


class MinutesField(UnderstoodField):
    """A number of minutes; empty is None."""

    def read(self) -> Any:
        return parse_minutes(self.value) if self.value.strip() else None

    def end(self, begins: datetime, ends: datetime) -> None:
        """Take it that what begins and ends at these naive local times lasts so long."""
        self.put(str((ends - begins) // timedelta(minutes=1)))

    def _in_full(self) -> str:
        return str(parse_minutes(self.value))

    def _back(self) -> str:
        return f"{parse_minutes(self.value)} min"


class UntilField(MinutesField):
    """When something ends, or how long it takes; answered in minutes. Beside it stands from when to when."""

    def __init__(self, about: About, clock: Clock, begins: Callable[[], datetime | None]) -> None:
        super().__init__(about)
        self.clock = clock
        self.begins = begins

    def show(self, stored: int | None) -> str:
        return "" if stored is None else f"{stored} min"

    @property
    def beside(self) -> str:
        told = self._told()
        return f"→ {told}" if told else self.note

    def read(self) -> Any:
        if not self.value.strip():
            return None
        written, begins = self._written(), self.begins()
        if isinstance(written, int) or begins is None:
            return written if isinstance(written, int) else None
        ends = datetime.combine(begins.date(), written)
        if ends < begins:
            raise DateError(_("Until: the end is before the start."))
        if not self.clock.occurs(ends):
            raise DateError(passed_over(ends))
        return (self.clock.stored(ends) - self.clock.stored(begins)) // 60

    def end(self, begins: datetime, ends: datetime) -> None:
        self.put(format_hours(ends))

    def _written(self) -> time | int:
        begins = self.begins()
        return parse_until(self.value, begins.time() if begins else time.max)

    def _in_full(self) -> str:
        written = self._written()
        return f"{written} min" if isinstance(written, int) else f"{written:%H:%M}"

    def _back(self) -> str:
        begins, minutes = self.begins(), self.read()
        if begins is None or minutes is None:
            return ""
        stored = self.clock.stored(begins)
        return format_hours(self.clock.local(stored), self.clock.local(stored + minutes * 60))
