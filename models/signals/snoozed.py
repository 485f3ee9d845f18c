"""Which hits are put aside: until a day, and only while they rest on the date they rested on then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from models.signals.card import CardRow
from models.signals.rules import Hit
from models.signals.sign import Sign
from models.signals.thresholds import Day
from models.signals.wording import sign

Snoozed = dict[str, tuple[str, str]]
_SNOOZED: Final = msgspec.json.Decoder(Snoozed)


def snoozed(card: CardRow) -> Snoozed:
    """By rule: the date the signal rested on when it was put aside, and the day it wakes."""
    return _SNOOZED.decode(card.snoozed) if card.snoozed else {}


def sleeps(hit: Hit, kept: Snoozed, today: str) -> bool:
    """Whether a hit is put aside today; on the day itself it is awake again."""
    rests, until = kept.get(hit[0], ("", ""))
    return today < until and rests == hit[2]


def split(card: CardRow, found: Sequence[Hit], today: str) -> tuple[Sequence[Hit], Sequence[Hit]]:
    """The hits that are awake, and those put aside."""
    if not card.snoozed:
        return found, ()
    kept = snoozed(card)
    aside = [hit for hit in found if sleeps(hit, kept, today)]
    return [hit for hit in found if hit not in aside], aside


def shown(card: CardRow, found: Sequence[Hit], day: Day) -> tuple[Sign, ...]:
    """The signs of a card that are awake, the most pressing first."""
    awake, _aside = split(card, found, day.today)
    return tuple(sign(card, hit, day) for hit in sorted(awake, key=_pressing))


def _pressing(hit: Hit) -> int:
    return -hit[1]
