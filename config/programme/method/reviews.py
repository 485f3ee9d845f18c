"""Phase reviews as data: the transitions, and the prompts each of them asks (the EX/IN guide on phases)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from config.programme.fields import FromOne, Known, Number, check_named, read
from config.programme.labels import WithId, Words, with_id
from config.programme.overlay import Record, Source, gather, gather_one
from config.words import _


class Prompt(WithId, frozen=True):
    """One thing a review asks; `heading` marks the three that every review must answer, and the participant's view."""

    name: Words
    hint: Words
    heading: bool = False


class Transition(WithId, frozen=True):
    """A way between phases: 1_2 … 5_6, any_6, back, stay. `from_phase` 0 is any, `to_phase` 0 is where one is.

    `prompts` are asked after the headings; `sets` are consent sets whose lack is warned of; `checklists` are templates
    whose open and unverified items are; `criteria` says that intake criteria are.
    """

    name: Words
    prompts: tuple[str, ...]
    sets: tuple[str, ...]
    checklists: tuple[str, ...]
    from_phase: Number = 0
    to_phase: Number = 0
    criteria: bool = False


class ReviewMethod(Struct, frozen=True):
    """All transitions and prompts; `version` is kept with each review that was begun.

    `first` are the prompts every review begins with and cannot be sealed without, `last` those it ends with.
    """

    version: int
    prompts: tuple[Prompt, ...]
    transitions: tuple[Transition, ...]
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()

    def prompt(self, id: str) -> Prompt | None:
        """The prompt with this id, None when the programme no longer has it."""
        return with_id(self.prompts, id)

    def transition(self, id: str) -> Transition | None:
        """The transition with this id, None when the programme no longer has it."""
        return with_id(self.transitions, id)

    def steps(self, transition: str) -> tuple[Prompt, ...]:
        """What a review of this transition asks, in order; of one that is gone, what every review asks."""
        found = self.transition(transition)
        wanted = (*self.first, *(found.prompts if found else ()), *self.last)
        return tuple(prompt for id in wanted if (prompt := self.prompt(id)) is not None)

    def between(self, from_phase: int, to_phase: int) -> Transition | None:
        """The transition that a move between two phases is; one that skips phases is that of the phase it reaches."""
        exact = (one for one in self.transitions if one.from_phase and (one.from_phase, one.to_phase) ==
                 (from_phase, to_phase))  # fmt: skip
        anywhence = (one for one in self.transitions if not one.from_phase and one.to_phase == to_phase)
        back = (one for one in self.transitions if one.id == BACK and to_phase < from_phase)
        reached = (one for one in self.transitions if one.to_phase == to_phase)
        return next((one for found in (exact, anywhence, back, reached) for one in found), None)


BACK = "back"
STAY = "stay"


class _Head(Struct, frozen=True):
    """The table `reviews`."""

    version: FromOne
    first: tuple[str, ...]
    last: tuple[str, ...]


def reviews(
    sources: Sequence[Source], phases: Collection[int], sets: Collection[str], checklists: Collection[str]
) -> ReviewMethod:
    """From the tables `reviews`, `review_prompts` and `transitions`; raises `ProgrammeError`."""
    record = gather_one(sources, "reviews")
    head = read(record, _Head)
    headings = (*head.first, *head.last)
    prompts = tuple(read(prompt, Prompt, heading=prompt.id in headings) for prompt in gather(sources, "review_prompts"))
    for key in ("first", "last"):
        check_named(record, key, [prompt.id for prompt in prompts])
        _check_each_once(record, key)
    asked = [prompt.id for prompt in prompts if not prompt.heading]
    known: Known = {"prompts": asked, "sets": sets, "checklists": checklists}
    transitions = _transitions(gather(sources, "transitions"), known, [0, *phases])
    return ReviewMethod(head.version, prompts, transitions, head.first, head.last)


def _transitions(records: Sequence[Record], known: Known, phases: Collection[int]) -> tuple[Transition, ...]:
    """In order of the files; one that the program knows keeps its phases, and between two phases there is one."""
    found: list[Transition] = []
    for record in records:
        one = read(record, Transition, {"from_phase": phases, "to_phase": phases, **known})
        for key in ("from_phase", "to_phase"):
            if record.shipped and record.shipped.get(key, 0) != getattr(one, key):
                raise record.error(key, _("a transition the program knows keeps its phases"))
        for key in known:
            _check_each_once(record, key)
        if not record.shipped and any(
            (one.from_phase, one.to_phase) == (other.from_phase, other.to_phase) for other in found
        ):
            raise record.error("from_phase", _("another transition goes between these phases already"))
        found.append(one)
    return tuple(found)


def _check_each_once(record: Record, key: str) -> None:
    """Raise where the entry names the same twice."""
    named = record.values[key]
    if twice := next((id for id in named if named.count(id) > 1), ""):
        raise record.error(key, _("{id} stands twice").format(id=twice))
