"""Ways out of the programme as data, with their different steps (the EX/IN guide on phase-out)."""

from __future__ import annotations

from config.programme.labels import WithId, Words


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
