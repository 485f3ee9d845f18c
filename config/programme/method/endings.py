"""Ways out of the programme as data, with their different steps (the EX/IN guide on phase-out)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from config.programme.fields import Fields
from config.programme.labels import Words
from config.programme.overlay import Source, gather
from config.words import _

PHASES: Final = range(1, 7)
"""The guide's six, which a team cannot take away; it may add to them."""


class Ending(Struct, frozen=True):
    """A reason to phase out: what partners are told, what is done with the participant, and which steps it has.

    `phases` are those it usually follows, none for any. `consents_end` ends all consents; `talk` asks for a closing
    talk, `message` for logged attempts and a last message, `hand_over` for the hand-over note. `comes_back` says that
    one may.
    """

    id: str
    name: Words
    tell: Words
    participant: Words
    phases: tuple[int, ...]
    consents_end: bool
    talk: bool
    message: bool
    hand_over: bool
    comes_back: bool = True


def endings(sources: Sequence[Source]) -> tuple[Ending, ...]:
    """From the table `endings`, in order of the files; raises `ProgrammeError`."""
    found: list[Ending] = []
    phases = {*PHASES, *(record.values.get("number") for record in gather(sources, "phases"))}
    for record in gather(sources, "endings"):
        read = Fields(record)
        ending = Ending(
            id=record.id,
            name=read.label("name"),
            tell=read.label("tell"),
            participant=read.label("participant"),
            phases=read.numbers("phases"),
            consents_end=read.flag("consents_end", default=False),
            talk=read.flag("talk", default=False),
            message=read.flag("message", default=False),
            hand_over=read.flag("hand_over", default=False),
            comes_back=read.flag("comes_back", default=True),
        )
        read.done()
        for number in ending.phases:
            if number not in phases:
                raise record.error("phases", _("there is no phase {number}").format(number=number))
        found.append(ending)
    return tuple(found)
