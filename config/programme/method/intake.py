"""Intake as data: criteria, the four talks in order, the premises that are said (the EX/IN guide on intake)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from config.programme.fields import read, read_all
from config.programme.labels import Choice, WithId, Words, with_id
from config.programme.overlay import ProgrammeError, Record, Source, at_fault, gather, nested
from config.words import _

MONTHS_LEFT: Final = "months_left"


class Criterion(WithId, frozen=True):
    """A criterion; `computed` is months_left where the dates answer it, else empty."""

    name: Words
    hint: Words
    computed: str = ""


class Talk(WithId, frozen=True):
    """One of the talks; `premises` says that the three things are said in it, `decides` that it ends in a decision."""

    name: Words
    aim: Words
    topics: tuple[Choice, ...]
    premises: bool = False
    decides: bool = False


class IntakeMethod(Struct, frozen=True):
    """All of the intake; the talk that decides stands last."""

    criteria: tuple[Criterion, ...]
    talks: tuple[Talk, ...]
    premises: tuple[Choice, ...]

    def criterion(self, id: str) -> Criterion | None:
        """The criterion with this id, None when the programme no longer has it."""
        return with_id(self.criteria, id)

    def talk(self, id: str) -> Talk | None:
        """The talk with this id, None when the programme no longer has it."""
        return with_id(self.talks, id)


def intake(sources: Sequence[Source]) -> IntakeMethod:
    """From the tables `criteria`, `talks` and `premises`; raises `ProgrammeError`."""
    criteria = read_all(sources, "criteria", Criterion, {"computed": ("", MONTHS_LEFT)})
    return IntakeMethod(criteria, _talks(gather(sources, "talks")), read_all(sources, "premises", Choice))


def _talks(records: Sequence[Record]) -> tuple[Talk, ...]:
    """In order of the files, the one that decides last; exactly one does, and the premises are said in at least one."""
    talks: list[Talk] = []
    deciding: Record | None = None
    for record in records:
        record.values["topics"] = [read(topic, Choice) for topic in nested(record, "topics")]
        talk = read(record, Talk)
        if talk.decides and deciding is not None:
            wrong, other = at_fault(record, deciding, "decides")
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
    team_s = next((record for record in records if record.is_team_s(key)), None)
    if team_s is not None:
        return team_s.error(key, text)
    return records[-1].error(key, text) if records else ProgrammeError(text)
