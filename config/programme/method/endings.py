"""Ways out of the programme as data, with their different steps (the EX/IN guide on phase-out)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from config.programme.fields import check_phases, read_all
from config.programme.labels import WithId, Words
from config.programme.overlay import Source, gather


class Ending(WithId, frozen=True):
    """A reason to phase out: what partners are told, what is done with the participant, and which steps it has.

    `phases` are those it usually follows, none for any. `consents_end` ends all consents; `talk` asks for a closing
    talk, `message` for logged attempts and a last message, `hand_over` for the hand-over note. `comes_back` says that
    one may.
    """

    name: Words
    tell: Words
    participant: Words
    phases: tuple[int, ...] = ()
    consents_end: bool = False
    talk: bool = False
    message: bool = False
    hand_over: bool = False
    comes_back: bool = True


def endings(sources: Sequence[Source], phases: Collection[int]) -> tuple[Ending, ...]:
    """From the table `endings`, in order of the files; raises `ProgrammeError`."""
    found = read_all(sources, "endings", Ending)
    for record in gather(sources, "endings"):
        check_phases(record, "phases", phases)
    return found
