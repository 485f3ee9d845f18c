"""All signals of the caseload in one pass over the cards, and the words of those that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from models.signals.rules import hits
from models.signals.sign import Sign
from models.signals.thresholds import Day
from models.signals.watch import Noted, Survey, TeamWatch, cards, of_cards, team
from models.signals.wording import shown, sign
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.team import caseload

NOW: Final = 3


class Snoozing(Struct, frozen=True):
    """A signal put aside: by whom and when, why, what was true then, the day it wakes; `version` is for waking it."""

    id: int
    version: int
    until: date
    reason: str
    who: str
    snoozed: date
    rests: str
    severity: int | None
    measure: int | None


class SignalLine(Struct, frozen=True):
    """One signal of one participant; `aside` says who put it aside, None while it is awake."""

    participant: int
    code: str
    name: str
    worker: int | None
    worker_initials: str
    sign: Sign
    aside: Snoozing | None = None


def of(reading: Reading, participant: int) -> tuple[Sign, ...]:
    """The signs of one participant that are awake, the most pressing first."""
    day = Day.of(reading)
    return tuple(sign for card in cards(reading, [participant]) for sign in shown(card, hits(card, day), day))


def survey(
    reading: Reading,
    *,
    worker: int | None = None,
    participant: int | None = None,
    rule: str = "",
    snoozed: bool = False,
) -> Survey:
    """One pass over the cards of the team, of a colleague or of a participant: every hit, or those put aside.

    `rule` names one rule, or a family of them, which alone is then found.
    """
    if worker is not None:
        watch = of_cards(reading, *caseload.caseload_condition(reading, worker))
    elif participant is not None:
        watch = of_cards(reading, "c.participant_id = ?", [participant])
    else:
        watch = team(reading)
    return watch.survey(rule, snoozed=snoozed)


def read_on(reading: Reading, portion: int) -> bool:
    """Look at as many more of the team's cards for the session to keep; answers whether that was the last of them."""
    return reading.cached(TeamWatch).look(reading, portion) is not None


def severities(reading: Reading, worker: int | None = None) -> Mapping[int, int]:
    """How many signals of each severity are awake in the caseload of the team or of a colleague."""
    return survey(reading, worker=worker).severities


def listing(
    reading: Reading, *, worker: int | None = None, rule: str = "", snoozed: bool = False, offset: int = 0,
    limit: int = 64,
) -> list[SignalLine]:  # fmt: skip
    """Signals `offset` to `offset + limit` of the team or of a colleague, the most pressing first."""
    looked = survey(reading, worker=worker, rule=rule, snoozed=snoozed)
    return lines(reading, looked.day, looked.found[offset : offset + limit], snoozed=snoozed)


def pressing(
    reading: Reading, *, worker: int | None = None, participant: int | None = None, limit: int = 3
) -> tuple[int, Sequence[SignalLine]]:
    """How many signals of a colleague's or a participant's press now, and the first of them in words."""
    looked = survey(reading, worker=worker, participant=participant)
    count = looked.severities.get(NOW, 0)
    return count, lines(reading, looked.day, looked.found[: min(count, limit)])


def lines(reading: Reading, day: Day, found: Sequence[Noted], *, snoozed: bool = False) -> list[SignalLine]:
    """The words of some of a survey's, with who is responsible, and who put them aside if they are."""
    initials = dict(reading.sql("SELECT id, initials FROM staff")) if found else {}
    people = sorted({noted[1] for noted in found})
    found_cards = {card.participant: card for card in cards(reading, people)}
    kept = snoozed_of(reading, "n.participant_id", people) if snoozed else {}
    return [
        SignalLine(
            participant=card.participant,
            code=card.code,
            name=card.name,
            worker=card.worker,
            worker_initials=initials.get(card.worker, ""),
            sign=sign(card, (rule, severity, since, number), day),
            aside=kept.get((card.participant, rule)),
        )
        for since, participant, rule, severity, number in found
        # Somebody who was phased out a moment ago is no longer spoken of; the screen reads anew at once.
        if (card := found_cards.get(participant)) is not None and (card.phase or rule == "phase_out_open")
    ]


_SNOOZES: Final = (
    "SELECT {owner} AS owner, n.rule, n.id, n.version, n.until, n.reason, coalesce(s.name, '') AS who, n.snoozed, "
    "n.rests, n.severity, n.measure FROM snooze n LEFT JOIN staff s ON s.id = n.snoozed_by_id "
    "WHERE {owner} IN ({marks}) ORDER BY n.id"
)


def snoozed_of(reading: Reading, owner: str, numbers: Sequence[int]) -> dict[tuple[int, str], Snoozing]:
    """The newest snooze of each rule of these participants or colleagues: `owner` is the column of theirs."""
    most = timedelta(days=reading.programme.limits.aside_most_days)
    rows = reading.named(_SNOOZES.format(owner=owner, marks=marks(numbers)), numbers) if numbers else []
    found = {}
    for row in rows:
        one = struct(Snoozing, row)
        # One of before there was a limit ends as if there had been.
        found[row["owner"], row["rule"]] = replace(one, until=min(one.until, one.snoozed + most))
    return found
