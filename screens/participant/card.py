"""A participant's card: how they are reached, and who is around them, how to reach those and whether one may share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from config.words import _
from models.contacts.network import Involved
from models.participants.participants import ParticipantFile
from models.values import phone
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.facts import share_words
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, Piece, cut, flat

COMPACT: Final = 2
"""How many lines the card takes above the timeline: always as many, or whoever is turned to would move the others."""


def compact_lines(case: Case, file: ParticipantFile, people: Sequence[Involved], width: int) -> list[list[Piece]]:
    """The participant's own phone, address and e-mail; below, who is around, as many as there is room for."""
    reached = _reached(case, file)
    own: Piece = (" " + (" · ".join(reached) or _("no phone or address noted")), PLAIN if reached else DIM)
    around: list[Piece] = []
    for one in people:
        if sum(len(text) for text, _style in around) >= width:
            break
        mark, style = ("✓", GOOD) if one.answer.covered else ("–", ALARM)
        around += [(f" {mark} ", style), (_name(case, one), PLAIN), (" " + _phone(case, one), BOLD)]
    return [[own], around or [(" " + _("nobody around is noted"), DIM)]]


def card_lines(
    case: Case, file: ParticipantFile, people: Sequence[Involved], width: int, height: int
) -> list[list[Piece]]:
    """The whole card, at most `height` lines; two lines for each of those around."""
    lines: list[list[Piece]] = [[(_("How to reach"), HEADING)]]
    lines += [[(cut(part, width), PLAIN)] for part in _reached(case, file) or [_("no phone or address noted")]]
    for number, one in enumerate(people):
        if len(lines) + 2 > height - (number + 1 < len(people)):
            more = _("and {count} more").format(count=len(people) - number)
            return [*lines[: height - 1], [(more, DIM)]]
        role = str(case.programme.role(one.role).name)
        lines.append([(_name(case, one), BOLD), (f"  {role}", PLAIN)])
        told = share_words(one.answer)
        lines.append([(f"  {_phone(case, one) or '–'}", PLAIN), ("  " + told, GOOD if one.answer.covered else ALARM)])
    return lines[:height]


def _reached(case: Case, file: ParticipantFile) -> list[str]:
    if case.private:
        return [HIDDEN]
    values = file.values
    known = phone.shown(values["phone"]), flat(values["address"]), values["email"]
    return [part for part in known if part]


def _name(case: Case, one: Involved) -> str:
    return HIDDEN if case.private else one.name


def _phone(case: Case, one: Involved) -> str:
    return "" if case.private else phone.shown(one.phone or one.phone_other)
