"""Mappings as they are read: each with its answers, and all of them as a profile over time.

Source: the Trondheim report, the mapping interviews of autumn 2009: the persons' own descriptions of their situation,
their needs and the services they want.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

import msgspec
from msgspec import Struct

from config.errors import ExinError
from config.programme.method.instruments import STEPS, Instrument, Service
from config.words import N_, _, p_
from models.goals import reading as goal_reading
from models.plans import applications, tasks
from models.storage.reading import Reading, struct
from models.storage.required import require_one, require_row
from models.tables import MappingAnswer

OPEN, FINISHED, STRUCK = "open", "done", "struck"
STATES: Final = {OPEN: N_("not finished"), FINISHED: N_("finished"), STRUCK: N_("struck out")}
NOT_ASKED: Final = "not_asked"
NO_STEPS: Final = {"none": N_("none"), "declined": N_("will not answer"), NOT_ASKED: N_("not asked")}
"""What stands in place of a step: nothing to help with there, an answer declined, a part that was not gone into."""
GOAL, TASK, APPLICATION = "goal", "task", "application"
KINDS: Final = {GOAL: N_("goal"), TASK: N_("task"), APPLICATION: N_("application")}


class MappingError(ExinError):
    """A mapping or an answer cannot be noted or changed as asked."""


class Answer(Struct, frozen=True):
    """What was said of one part of life, as `models.tables.mappings.MappingAnswer`; services by id."""

    id: int
    version: int
    mapping: int
    participant: int
    domain: str
    step: str
    situation: str
    works: str
    missing: str
    wish: str
    services_now: tuple[str, ...]
    services_wanted: tuple[str, ...]
    our_step: str
    our_view: str

    @property
    def number(self) -> int | None:
        """The step as a number, None where it is none."""
        return int(self.step) if self.step in STEPS else None


class MappingLine(Struct, frozen=True):
    """One mapping with its answers in the order they are asked; `who` are the initials of whoever asked."""

    id: int
    version: int
    participant: int
    instrument: Instrument
    day: date
    place: str
    asked_by: int | None
    who: str
    state: str
    reason: str
    answers: tuple[Answer, ...]

    @property
    def answered(self) -> int:
        """How many parts of life were gone into."""
        return sum(bool(one.step) and one.step != NOT_ASKED for one in self.answers)

    @property
    def left(self) -> tuple[Answer, ...]:
        """The answers of which nothing is noted yet."""
        return tuple(one for one in self.answers if not one.step)

    def of(self, domain: str) -> Answer | None:
        """What was said of one part of life, None where it was not asked about."""
        return next((one for one in self.answers if one.domain == domain), None)


class Followed(Struct, frozen=True):
    """What came of a gap: a goal, task or application in its words, and how it stands; `open` while it goes on."""

    domain: str
    kind: str
    number: int
    words: str
    state: str
    open: bool


class Part(Struct, frozen=True):
    """One part of life over time: an answer or None for each mapping of the profile, and what came of its gaps."""

    domain: str
    answers: tuple[Answer | None, ...]
    followed: tuple[Followed, ...]

    @property
    def last(self) -> Answer | None:
        """What was said last."""
        return next((one for one in reversed(self.answers) if one is not None), None)

    @property
    def change(self) -> int | None:
        """How many steps it went up, or down where below 0, between the last two mappings; None where one has none."""
        two = [one.number if one else None for one in self.answers[-2:]]
        return two[1] - two[0] if len(two) == 2 and two[0] is not None and two[1] is not None else None


class Profile(Struct, frozen=True):
    """All mappings of a participant that stand, the oldest first, and each part of life over them."""

    mappings: tuple[MappingLine, ...]
    parts: tuple[Part, ...]

    @property
    def asked_otherwise(self) -> bool:
        """Whether the last two were made with other questions, steps or services."""
        last = self.mappings[-2:]
        return len(last) == 2 and last[0].instrument != last[1].instrument


def of(reading: Reading, participant: int) -> tuple[MappingLine, ...]:
    """A participant's mappings, the oldest first, the ones struck out among them; in two queries."""
    return _lines(reading, "participant_id = ?", participant)


def one(reading: Reading, mapping: int) -> MappingLine:
    """One mapping. Raises `MappingError` when there is none."""
    return require_one(_lines(reading, "{mapping} = ?", mapping), gone())


def answer(reading: Reading, number: int) -> Answer:
    """One answer. Raises `MappingError` when there is none."""
    return require_one(_answers(reading, "id = ?", number), gone())


def owner_of(reading: Reading, number: int) -> int:
    """The participant whose answer it is. Raises `MappingError` when there is none."""
    return int(require_row(reading, MappingAnswer, number, gone()).participant)


def profile(reading: Reading, participant: int, until: int | None = None) -> Profile:
    """The mappings that stand, up to the one of the number `until`, part by part of life.

    The parts stand in the order of the last mapping; those that only earlier ones asked about come behind.
    """
    found = [line for line in of(reading, participant) if line.state != STRUCK]
    numbers = [line.id for line in found]
    if until in numbers:
        found = found[: numbers.index(until) + 1]
    domains = dict.fromkeys(one.domain for line in reversed(found) for one in line.answers)
    came = followed(reading, participant)
    return Profile(
        tuple(found),
        tuple(
            Part(domain, tuple(line.of(domain) for line in found), tuple(one for one in came if one.domain == domain))
            for domain in domains
        ),
    )


def followed(reading: Reading, participant: int) -> tuple[Followed, ...]:
    """What came of a participant's gaps, in the order in which it came; what is there no more is left out."""
    rows = reading.sql(
        "SELECT domain, kind, number FROM mapping_follow WHERE participant_id = ? ORDER BY id", [participant]
    )
    kinds = {kind for _domain, kind, _number in rows}
    known = {(kind, one.id): told for kind in kinds for one, told in _TOLD[kind](reading, participant)}
    return tuple(
        Followed(domain, kind, number, *known[kind, number]) for domain, kind, number in rows if (kind, number) in known
    )


def advice(mappings: Sequence[MappingLine], day: date | None, but: int | None = None) -> list[str]:
    """What looks odd about the day of a mapping and hinders nothing; `but` is the number of the mapping itself."""
    if any(line.day == day and line.id != but and line.state != STRUCK for line in mappings):
        return [_("There is a mapping of that day already; both stand side by side.")]
    return []


def step_name(instrument: Instrument, step: str) -> str:
    """A step in words, or what stands in its place; empty for nothing."""
    if (found := instrument.step(step)) is not None:
        return f"{step} {found.name}"
    return _(NO_STEPS[step]) if step in NO_STEPS else step


def service_names(instrument: Instrument, ids: Sequence[str]) -> str:
    """Services by name with a comma between; one the instrument does not know, by its id."""
    known: dict[str, Service] = {one.id: one for one in instrument.services}
    return ", ".join(str(known[id].name) if id in known else id for id in ids)


def content_of(instrument: Instrument) -> str:
    """The whole instrument as JSON; two have the same content exactly when nothing in them differs."""
    return msgspec.json.encode(instrument).decode()


@lru_cache(maxsize=64)
def instrument_of(content: str) -> Instrument:
    """The instrument a mapping was begun with."""
    return msgspec.json.decode(content, type=Instrument)


def gone() -> MappingError:
    """What is raised for a mapping that is not there."""
    return MappingError(_("This mapping is not here any more."))


# ---------------------------------------------------------------------- rows


def _lines(reading: Reading, which: str, number: int) -> tuple[MappingLine, ...]:
    answers: dict[int, list[Answer]] = {}
    for one in _answers(reading, which.format(mapping="mapping_id"), number):
        answers.setdefault(one.mapping, []).append(one)
    rows = reading.named(
        "SELECT id, version, participant_id AS participant, content, day, place, asked_by_id AS asked_by, "
        "coalesce((SELECT initials FROM staff WHERE staff.id = asked_by_id), '') AS who, state, reason "
        f"FROM life_mapping WHERE {which.format(mapping='id')} ORDER BY day, id",
        [number],
    )
    return tuple(
        struct(MappingLine, row, instrument=instrument_of(row["content"]), answers=answers.get(row["id"], []))
        for row in rows
    )


def _answers(reading: Reading, which: str, number: int) -> list[Answer]:
    rows = reading.named(
        "SELECT id, version, mapping_id AS mapping, participant_id AS participant, domain, step, situation, works, "
        "missing, wish, services_now, services_wanted, our_step, our_view FROM mapping_answer "
        f"WHERE {which} ORDER BY id",
        [number],
    )
    return [
        struct(Answer, row, services_now=row["services_now"].split(), services_wanted=row["services_wanted"].split())
        for row in rows
    ]


Told = tuple[str, str, bool]


def _goals(reading: Reading, participant: int) -> list[tuple[Any, Told]]:
    states = {goal_reading.REACHED: _("reached"), goal_reading.LEFT: p_("of a goal", "left")}
    return [
        (one, (one.words, states.get(one.state, _("open")), one.state == goal_reading.OPEN))
        for one in goal_reading.of(reading, participant)
    ]


def _tasks(reading: Reading, participant: int) -> list[tuple[Any, Told]]:
    return [
        (one, (one.text, _(tasks.STATES[one.state]), one.state == tasks.OPEN)) for one in tasks.of(reading, participant)
    ]


def _applications(reading: Reading, participant: int) -> list[tuple[Any, Told]]:
    found = []
    for one in applications.of(reading, participant):
        outcome = str(reading.programme.choice("application_outcome", one.outcome).name) if one.outcome else ""
        state = (outcome or _("decided")) if one.decided else _("sent") if one.sent else _("not sent")
        found.append((one, (one.about, state.lower(), one.decided is None)))
    return found


_TOLD: Final[dict[str, Callable[[Reading, int], list[tuple[Any, Told]]]]] = {
    GOAL: _goals, TASK: _tasks, APPLICATION: _applications,
}  # fmt: skip
