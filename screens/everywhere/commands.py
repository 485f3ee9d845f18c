"""What can be done from a screen, as the palette finds it: by its own keys, on other screens, by kind of entry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from msgspec import Struct

from config.actions.shapes import WRITE
from config.actions.synonyms import OF_GROUPS, SYNONYMS
from config.programme.labels import Words
from config.words import _
from models.roles.rights import Right
from models.values.text import fold
from screens.board.screen import BoardScreen
from screens.frame.destinations import AGREEMENTS, RECORD_BEGUN
from screens.frame.dialog import Dialog
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.participant.screen import ParticipantScreen

FURTHER: Final[Mapping[str, Route[[]]]] = {"gatherings.agreements": AGREEMENTS}
"""Screens of the team's that another screen than the board has a key for."""


class Command(Struct, frozen=True):
    """One line: `words` are folded and found besides what is shown, `run` does it on the screen below."""

    id: str
    label: str
    key: str
    explain: str
    words: str
    refusal: Callable[[], str]
    run: Callable[[], Awaitable[None]]


def commands(of: CaseScreen[Any]) -> list[Command]:
    """All that can be done from the screen, its own actions first; from what is to be answered first, only those."""
    found = list(_own(of))
    if isinstance(of, Dialog):
        return found
    labels = {one.label for one in found}
    return [*found, *(one for one in (*_screens(of), *_kinds(of)) if one.label not in labels)]


def _own(of: CaseScreen[Any]) -> Iterator[Command]:
    keymap = of.case.keymap
    for action in of.actions():
        if action.palette:
            yield Command(
                action.id, _(action.label), keymap.shown(action.id, of.SCOPE), _(action.explain),
                fold(f"{action.label} {SYNONYMS.get(action.id, '')}"),
                partial(of.refusal, action.id), partial(of.action_act, action.id),
            )  # fmt: skip


def _screens(of: CaseScreen[Any]) -> Iterator[Command]:
    """The screens of the participant concerned, then the team's."""
    routes: list[tuple[str, Any, tuple[int, ...]]] = []
    if (participant := of.concerned) is not None:
        own = dict(ParticipantScreen.OPENS_OF)
        if not isinstance(of, ParticipantScreen):
            own["board.open"] = BoardScreen.OPENS_OF["board.open"]
        routes += [(id, route, (participant,)) for id, route in own.items()]
    routes += [(id, route, ()) for id, route in (*BoardScreen.OPENS.items(), *FURTHER.items())]
    for id, route, args in routes:
        action = of.case.keymap.action(id)
        yield Command(
            id, _(action.label), "", _(action.explain), fold(f"{action.label} {SYNONYMS.get(id, '')}"),
            partial(of.not_allowed, of.right_to(action)), partial(of.open, route, *args),
        )  # fmt: skip


def _kinds(of: CaseScreen[Any]) -> Iterator[Command]:
    """Every kind of entry for the participant concerned, and what is recorded most."""
    if (participant := of.concerned) is None:
        return
    programme = of.case.programme
    groups = {kind.id: kind.group for kind in programme.kinds}
    these: list[tuple[str, Words, str]] = [
        *((kind.id, kind.name, kind.id) for kind in programme.kinds if not kind.system),
        *((quick.id, quick.name, quick.kind) for quick in programme.quick),
    ]
    for id, name, kind in these:
        yield Command(
            f"{WRITE}.{id}", str(name), "", _("Record it with the participant."),
            fold(f"{' '.join(name.every())} {OF_GROUPS.get(groups[kind], '')} {SYNONYMS['board.record']}"),
            partial(of.not_allowed, Right.WRITE), partial(of.open, RECORD_BEGUN, participant, id),
        )  # fmt: skip
