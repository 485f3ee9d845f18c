"""Intake as data: criteria, the four talks in order, the premises that are said (the EX/IN guide on intake)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from config.programme.fields import Fields
from config.programme.labels import Choice, Words
from config.programme.overlay import ProgrammeError, Record, Source, gather
from config.words import _

MONTHS_LEFT: Final = "months_left"
COMPUTED: Final = (MONTHS_LEFT,)


class Criterion(Struct, frozen=True):
    """A criterion; `computed` is months_left where the dates answer it, else empty."""

    id: str
    name: Words
    hint: Words
    computed: str


class Talk(Struct, frozen=True):
    """One of the talks; `premises` says that the three things are said in it, `decides` that it ends in a decision."""

    id: str
    name: Words
    aim: Words
    topics: tuple[Choice, ...]
    premises: bool
    decides: bool


class IntakeMethod(Struct, frozen=True):
    """All of the intake; the talk that decides stands last."""

    criteria: tuple[Criterion, ...]
    talks: tuple[Talk, ...]
    premises: tuple[Choice, ...]

    def criterion(self, id: str) -> Criterion | None:
        """The criterion with this id, None when the programme no longer has it."""
        return next((one for one in self.criteria if one.id == id), None)

    def talk(self, id: str) -> Talk | None:
        """The talk with this id, None when the programme no longer has it."""
        return next((one for one in self.talks if one.id == id), None)


def intake(sources: Sequence[Source]) -> IntakeMethod:
    """From the tables `criteria`, `talks` and `premises`; raises `ProgrammeError`."""
    return IntakeMethod(
        tuple(_criterion(record) for record in gather(sources, "criteria")),
        _talks(gather(sources, "talks")),
        tuple(_choice(record) for record in gather(sources, "premises")),
    )


def _criterion(record: Record) -> Criterion:
    read = Fields(record)
    found = Criterion(record.id, read.label("name"), read.label("hint"), read.one_of("computed", COMPUTED, default=""))
    read.done()
    return found


def _talks(records: Sequence[Record]) -> tuple[Talk, ...]:
    """In order of the files, the one that decides last; exactly one does, and the premises are said in at least one."""
    talks: list[Talk] = []
    deciding: Record | None = None
    for record in records:
        read = Fields(record)
        talk = Talk(
            id=record.id,
            name=read.label("name"),
            aim=read.label("aim"),
            topics=tuple(_choice(inner) for inner in read.nested("topics")),
            premises=read.flag("premises", default=False),
            decides=read.flag("decides", default=False),
        )
        read.done()
        if talk.decides and deciding is not None:
            wrong, other = (
                (deciding, record) if deciding.is_team_s("decides") and not record.is_team_s("decides")
                else (record, deciding)
            )  # fmt: skip
            raise wrong.error("decides", _("{other} ends in the decision already").format(other=other.id))
        deciding = record if talk.decides else deciding
        talks.append(talk)
    if deciding is None:
        raise _lacks(records, "decides", _("one talk must end in the decision"))
    if not any(talk.premises for talk in talks):
        raise _lacks(records, "premises", _("the premises must be said in one of the talks"))
    return tuple(sorted(talks, key=lambda talk: talk.decides))


def _lacks(records: Sequence[Record], key: str, text: str) -> ProgrammeError:
    """The fault of a key that no talk sets, at the team's entry that took it away where there is one."""
    at_fault = next((record for record in records if record.is_team_s(key)), None)
    if at_fault is not None:
        return at_fault.error(key, text)
    return records[-1].error(key, text) if records else ProgrammeError(text)


def _choice(record: Record) -> Choice:
    read = Fields(record)
    found = Choice(record.id, read.label("name"))
    read.done()
    return found
