"""The rhythm of the work in a month: phase reviews held and owed, and candidates on their way in.

Source: the EX/IN guide, a review at each transition; four talks and a decision of both sides at intake.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from msgspec import Struct

from config.words import _
from models.intake.reading import ENROLLED
from models.meetings.month import Month, Person
from models.phases.numbers import INTAKE


class ReviewCount(Struct, frozen=True):
    """The reviews of one transition: `held` in the month by what was decided, and those owed at its end."""

    transition: str
    held: tuple[tuple[str, int], ...]
    owed: int
    people: tuple[Person, ...] = ()

    @property
    def many(self) -> int:
        """How many were held."""
        return sum(count for _decision, count in self.held)


class IntakeStep(Struct, frozen=True):
    """What happened to candidates in the month: `step` is referred, a talk's id, enrolled, refused_…, or in_intake."""

    step: str
    count: int
    people: tuple[Person, ...] = ()


NO: Final = "no"
REFERRED, IN_INTAKE = "referred", "in_intake"
REFUSED = ("refused_ours", "refused_theirs", "refused_both", "refused_other")
"""Who said no: the team, the candidate, both, or neither, where it ended for another reason."""


def reviews(month: Month) -> tuple[ReviewCount, ...]:
    """By transition in the programme's order, those that were held or are owed."""
    reading, day = month.reading, month.last.isoformat()
    held: dict[str, Counter[str]] = {}
    owed: Counter[str] = Counter()
    people: dict[str, list[Person]] = {}
    for one in month.reviews:
        if month.since <= one.at < month.until:
            held.setdefault(one.transition, Counter())[one.decision] += 1
            word = str(reading.programme.choice("review_decision", one.decision).name)
            person = month.person(one.participant, reading.clock.local(one.at).date(), word)
        elif one.owed(day, month.until):
            owed[one.transition] += 1
            person = month.person(one.participant, date.fromisoformat(one.moved), _("missing"))
        else:
            continue
        people.setdefault(one.transition, []).append(person)
    known = [one.id for one in reading.programme.method.reviews.transitions]
    decisions = [one.id for one in reading.programme.choices["review_decision"]]
    found = []
    for transition in (*known, *sorted(people.keys() - set(known))):
        if transition in people:
            counted = held.get(transition, Counter())
            order = (*decisions, *sorted(counted.keys() - set(decisions)))
            by = tuple((decision, counted[decision]) for decision in order if counted[decision])
            found.append(ReviewCount(transition, by, owed[transition], tuple(people[transition])))
    return tuple(found)


def intake(month: Month) -> tuple[IntakeStep, ...]:
    """From the referral to the decision, and who was in intake at the end of the month.

    Somebody is referred on the day phase 1 begins, and is in intake while nothing but that phase lasts. Who was refused
    has the first line of the reason beside them, as it was written.
    """
    reading, (first, last) = month.reading, month.span
    found: dict[str, list[Person]] = {REFERRED: []}
    for talk in reading.programme.method.intake.talks:
        found[talk.id] = []
    found |= {step: [] for step in (ENROLLED, *REFUSED, IN_INTAKE)}
    for number, periods in month.periods.items():
        for phase, began, _ended in periods:
            if phase == INTAKE and began >= first:
                found[REFERRED].append(month.person(number, date.fromisoformat(began)))
    for number, decided, outcome, ours, theirs, reason in reading.sql(
        "SELECT participant_id, decided, outcome, ours, theirs, reason FROM intake WHERE outcome != '' "
        "AND decided BETWEEN ? AND ? ORDER BY decided, id",
        [first, last],
    ):
        step, why = (ENROLLED, "") if outcome == ENROLLED else (_refused(ours, theirs), reason.partition("\n")[0])
        found[step].append(month.person(number, date.fromisoformat(decided), why))
    for number, talk, held in reading.sql(
        "SELECT participant_id, talk, held FROM intake_talk WHERE held BETWEEN ? AND ? ORDER BY held, id", [first, last]
    ):
        found.setdefault(talk, []).append(month.person(number, date.fromisoformat(held)))
    found[IN_INTAKE] = [one.as_person(one.began) for one in month.standing.values() if one.phases == {INTAKE}]
    return tuple(IntakeStep(step, len(people), month.by_day(people)) for step, people in found.items())


def _refused(ours: str, theirs: str) -> str:
    by_us, by_them = ours == NO, theirs == NO
    return REFUSED[2 if by_us and by_them else 0 if by_us else 1 if by_them else 3]
