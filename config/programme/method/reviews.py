"""Phase reviews as data: the transitions, and the prompts each of them asks (the EX/IN guide on phases)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from config.programme.fields import Fields, not_one_of
from config.programme.labels import Words
from config.programme.overlay import Record, Source, gather, gather_one
from config.words import _


class Prompt(Struct, frozen=True):
    """One thing a review asks; `heading` marks the three that every review must answer, and the participant's view."""

    id: str
    name: Words
    hint: Words
    heading: bool


class Transition(Struct, frozen=True):
    """A way between phases: 1_2 … 5_6, any_6, back, stay. `from_phase` 0 is any, `to_phase` 0 is where one is.

    `prompts` are asked after the headings; `sets` are consent sets whose lack is warned of; `checklists` are templates
    whose open and unverified items are; `criteria` says that intake criteria are.
    """

    id: str
    name: Words
    from_phase: int
    to_phase: int
    prompts: tuple[str, ...]
    sets: tuple[str, ...]
    checklists: tuple[str, ...]
    criteria: bool


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
        return next((prompt for prompt in self.prompts if prompt.id == id), None)

    def transition(self, id: str) -> Transition | None:
        """The transition with this id, None when the programme no longer has it."""
        return next((one for one in self.transitions if one.id == id), None)

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


class Named(Struct, frozen=True):
    """What a transition may name by id: the programme's phases (their numbers), consent sets and checklists."""

    phases: frozenset[int]
    sets: tuple[str, ...]
    checklists: tuple[str, ...]


def reviews(sources: Sequence[Source], named: Named | None = None) -> ReviewMethod:
    """From the tables `reviews`, `review_prompts` and `transitions`; raises `ProgrammeError`.

    Such ids go unchecked without `named`.
    """
    head = gather_one(sources, "reviews")
    read = Fields(head)
    version, first, last = read.number("version", low=1), read.texts("first"), read.texts("last")
    read.done()
    prompts = _prompts(gather(sources, "review_prompts"), (*first, *last))
    ids = [prompt.id for prompt in prompts]
    for key, chosen in (("first", first), ("last", last)):
        _known(head, key, chosen, ids)
    transitions = _transitions(gather(sources, "transitions"), [id for id in ids if id not in (*first, *last)])
    if named is not None:
        _check(gather(sources, "transitions"), named)
    return ReviewMethod(version, prompts, transitions, first, last)


def _prompts(records: Sequence[Record], headings: Collection[str]) -> tuple[Prompt, ...]:
    found = []
    for record in records:
        read = Fields(record)
        found.append(Prompt(record.id, read.label("name"), read.label("hint"), record.id in headings))
        read.done()
    return tuple(found)


def _transitions(records: Sequence[Record], prompts: Sequence[str]) -> tuple[Transition, ...]:
    found: list[Transition] = []
    for record in records:
        read = Fields(record)
        one = Transition(
            id=record.id,
            name=read.label("name"),
            from_phase=read.number("from_phase", default=0),
            to_phase=read.number("to_phase", default=0),
            prompts=read.texts("prompts"),
            sets=read.texts("sets"),
            checklists=read.texts("checklists"),
            criteria=read.flag("criteria", default=False),
        )
        read.done()
        if record.shipped.get("from_phase", 0) != one.from_phase and record.shipped:
            raise record.error("from_phase", _("a transition the program knows keeps its phases"))
        if record.shipped.get("to_phase", 0) != one.to_phase and record.shipped:
            raise record.error("to_phase", _("a transition the program knows keeps its phases"))
        _known(record, "prompts", one.prompts, prompts)
        if not record.shipped and any(
            (one.from_phase, one.to_phase) == (other.from_phase, other.to_phase) for other in found
        ):
            raise record.error("from_phase", _("another transition goes between these phases already"))
        found.append(one)
    return tuple(found)


def _known(record: Record, key: str, named: Sequence[str], known: Collection[str]) -> None:
    for id in named:
        if id not in known:
            raise record.error(key, not_one_of(id, known))
    if len(set(named)) != len(named):
        twice = next(id for id in named if list(named).count(id) > 1)
        raise record.error(key, _("{id} stands twice").format(id=twice))


def _check(records: Sequence[Record], named: Named) -> None:
    """Raise where a transition names a phase, a consent set or a checklist that the programme does not have."""
    numbers = {0, *named.phases}
    for record in records:
        for key in ("from_phase", "to_phase"):
            number = record.values.get(key, 0)
            if number not in numbers:
                raise record.error(key, _("there is no phase {number}").format(number=number))
        _known(record, "sets", record.values["sets"], named.sets)
        _known(record, "checklists", record.values["checklists"], named.checklists)
