"""What changed in the mapping since a day, part by part of life, as a phase review reads it.

Source: the Trondheim report, mapping interviews: the persons' own experience of their situation, over time.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date
from config.programme.method.instruments import STEPS
from config.programme.shapes import Programme
from config.words import _, n_
from models.mappings import reading as mapping_reading
from models.mappings.reading import NO_STEPS, NOT_ASKED, Answer
from models.storage.reading import Reading

TOLD: Final = 3
"""So many parts of life are named; the others are counted."""


class PartChange(Struct, frozen=True):
    """A part of life that stands otherwise: what was said `before` and what is said now, as a step or in its place."""

    domain: str
    before: str
    after: str

    @property
    def steps(self) -> int:
        """How many steps it went up, or down where below 0; 0 where one of the two is no step."""
        return int(self.after) - int(self.before) if {self.before, self.after} <= set(STEPS) else 0


class MappingChange(Struct, frozen=True):
    """The mapping of `day` against the one of `before`, None where there is none to hold it against.

    `parts` are those that stand otherwise, what went down first; `otherwise` says that other questions were asked.
    """

    day: date
    before: date | None
    parts: tuple[PartChange, ...]
    otherwise: bool = False


def since(reading: Reading, participant: int, day: date | None) -> MappingChange | None:
    """What changed since the mapping that was known on `day`, the first one where none was or without a day.

    None where nothing is mapped. A part that was not gone into stands as it did the time before.
    """
    profile = mapping_reading.profile(reading, participant)
    lines = profile.mappings
    if not lines:
        return None
    known = max(1, sum(day is not None and line.day <= day for line in lines))
    if known == len(lines):
        return MappingChange(lines[-1].day, None, ())
    found = (
        PartChange(part.domain, _standing(part.answers[:known]), _standing(part.answers)) for part in profile.parts
    )
    changed = [one for one in found if one.before and one.after and one.before != one.after]
    changed.sort(key=lambda one: (one.steps >= 0, -abs(one.steps)))
    otherwise = lines[known - 1].instrument != lines[-1].instrument
    return MappingChange(lines[-1].day, lines[known - 1].day, tuple(changed), otherwise)


def told(change: MappingChange, programme: Programme) -> str:
    """What changed in words, what went down first."""
    day = format_date(change.day)
    if change.before is None:
        return _("mapped {date}, not again since").format(date=day)
    parts = [
        f"{programme.choice('domain', one.domain).name} {_step(one.before)}→{_step(one.after)}"
        for one in change.parts[:TOLD]
    ]
    if more := len(change.parts) - len(parts):
        parts.append(n_("{count} more", "{count} more", more).format(count=more))
    text = _("from {before} to {date}: {changes}").format(
        before=format_date(change.before), date=day, changes=", ".join(parts) or _("no part of life stands otherwise")
    )
    return text + (". " + _("Asked with different forms: compare with care.") if change.otherwise else "")


def _step(step: str) -> str:
    return _(NO_STEPS[step]) if step in NO_STEPS else step


def _standing(answers: tuple[Answer | None, ...]) -> str:
    """What was said last, empty where it was never gone into."""
    said = (one.step for one in reversed(answers) if one is not None)
    return next((step for step in said if step not in ("", NOT_ASKED)), "")
