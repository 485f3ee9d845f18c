"""Signs on a card and in a list: the most pressing in words, how many more there are, or tags where no words fit."""

from __future__ import annotations

from collections.abc import Sequence

from models.signals.sign import Sign
from screens.widgets.line import BY_SEVERITY, DIM, PLAIN, Piece

BETWEEN = " · "


def worded(signs: Sequence[Sign], width: int) -> list[Piece]:
    """As many signs in words as `width` cells hold, in their order, and how many more; else their tags."""
    pieces: list[Piece] = []
    left = width
    for place, sign in enumerate(signs):
        before = BETWEEN if place else ""
        if len(before) + len(sign.short) + len(_more(len(signs) - place - 1)) > left:
            break
        pieces += [(before, DIM), (sign.short, BY_SEVERITY[sign.severity])]
        left -= len(before) + len(sign.short)
    else:
        return pieces
    if place:
        return [*pieces, (_more(len(signs) - place), PLAIN)]
    # One cell before the number is enough where there is no room for two.
    more = _more(len(signs) - 1)[1:]
    if len(signs[0].short) + len(more) <= width:
        return [(signs[0].short, BY_SEVERITY[signs[0].severity]), (more, PLAIN)]
    return tagged(signs, width)


def tagged(signs: Sequence[Sign], width: int) -> list[Piece]:
    """The tags of the signs' families as far as `width` cells hold them, and how many more families there are."""
    families: dict[str, int] = {}
    for sign in signs:
        families.setdefault(sign.tag, sign.severity)
    pieces: list[Piece] = []
    left = width
    for place, (tag, severity) in enumerate(families.items()):
        later = len(families) - place - 1
        if len(tag) + (len(f" +{later}") if later else 0) > left:
            rest = f"+{later + 1}"
            return [*pieces, (rest, PLAIN)] if len(rest) <= left else pieces
        pieces += [(tag, BY_SEVERITY[severity]), (" ", PLAIN)]
        left -= len(tag) + 1
    return pieces


def _more(count: int) -> str:
    return f"  +{count}" if count else ""
