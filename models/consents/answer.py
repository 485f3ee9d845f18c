"""May we share with this person about this participant today? Judged in one place from the consents that were given.

A consent covers one role of one agency, and where it names a person, that person only (the guide). Of several that
cover, the best one answers; but a withdrawal that names the person is never outdone by an older consent to the
role as a whole. Where none covers any more, what happened last answers: the day told is the day the cover ended.
The guide's form knows a weaker yes beside it, that they may know of EX/IN's work with the person: it covers no sharing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from msgspec import Struct

from config.dates import format_date
from config.words import N_, _, n_
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.values.text import fold

YES: Final = "yes"
EXPIRES_SOON: Final = "expires_soon"
EXPIRED: Final = "expired"
WITHDRAWN: Final = "withdrawn"
NEVER: Final = "never"
KNOWN: Final = "known"
"""They may know that the participant works with EX/IN, and no more."""
STATES: Final = (YES, EXPIRES_SOON, KNOWN, EXPIRED, WITHDRAWN, NEVER)
COVERED: Final = (YES, EXPIRES_SOON)
_REASONS: Final = {
    YES: N_("Consent until {date}."),
    EXPIRED: N_("Consent expired {date}."),
    WITHDRAWN: N_("Consent was withdrawn {date}."),
    NEVER: N_("Consent was never given."),
    KNOWN: N_("They may know that the participant works with EX/IN, and no more, until {date}."),
}
Day = TypeVar("Day", date, str)


class GivenConsent(Struct, frozen=True):
    """One consent as it was given; `valid_until` is its last day, `withdrawn` the day from which it holds no more.

    `only_known` is the weaker yes, `obtained_agency` who obtained it where it was not the team.
    """

    id: int
    version: int
    agency: str
    role: str
    person: str
    contact: int | None
    scope: str
    limits: str
    given: date
    place: str
    obtained_by: int | None
    obtained_name: str
    original_at: str
    valid_until: date
    withdrawn: date | None
    withdrawal_kept: str
    renews: int | None
    only_known: bool = False
    obtained_agency: str = ""

    @property
    def oral(self) -> bool:
        """Whether it was withdrawn by word of mouth and the written confirmation is missing."""
        return self.withdrawn is not None and not self.withdrawal_kept

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.given <= on <= self.valid_until and (self.withdrawn is None or on < self.withdrawn)


class Answer(Struct, frozen=True):
    """The one answer: `state` is one of `STATES`, `until` the day it rests on, `consent` the one that answers.

    `until` is the last day covered, the day it expired or the day of withdrawal; None when nothing was ever given.
    """

    state: str
    until: date | None
    reason: str
    consent: GivenConsent | None

    @property
    def covered(self) -> bool:
        """Whether something may be shared, within the consent's scope and limits."""
        return self.state in COVERED

    @property
    def knows(self) -> bool:
        """Whether they may know that the participant works, or worked, with EX/IN."""
        return self.covered or self.state == KNOWN


def same_person(name: str) -> str:
    """A person's name as consents compare it: case, accents and spaces make no difference."""
    return " ".join(fold(name).split())


def held(reading: Reading, participant: int) -> tuple[GivenConsent, ...]:
    """Every consent a participant ever gave, the oldest first."""
    return held_by(reading, [participant])[participant]


def held_by(reading: Reading, people: Sequence[int]) -> dict[int, tuple[GivenConsent, ...]]:
    """Every consent each of `people` ever gave, the oldest first."""
    rows = reading.named(
        "SELECT c.participant_id AS participant, c.id, c.version, c.agency, c.role, c.person, c.contact_id AS contact, "
        "c.scope, c.limits, c.given, c.place, c.obtained_by_id AS obtained_by, coalesce(s.name, '') AS obtained_name, "
        "c.original_at, c.valid_until, c.withdrawn, c.withdrawal_kept, c.renews_id AS renews, c.only_known, "
        "c.obtained_agency "
        "FROM consent c LEFT JOIN staff s ON s.id = c.obtained_by_id "
        f"WHERE c.participant_id IN ({marks(people)}) ORDER BY c.given, c.id",
        people,
    )
    found: dict[int, list[GivenConsent]] = {one: [] for one in people}
    for row in rows:
        found[row["participant"]].append(struct(GivenConsent, row))
    return {one: tuple(consents) for one, consents in found.items()}


def judge(
    consents: Iterable[GivenConsent],
    agency: str,
    role: str,
    person: str = "",
    *,
    on: date,
    warning_days: int,
    contact: int | None = None,
) -> Answer:
    """What the consents say about sharing with `person` (anybody in the role when empty) in `role` of `agency`.

    `contact` is the person's number in the register, which answers also where the name is written otherwise.
    """
    wanted = same_person(person)
    in_role = [one for one in consents if (one.agency, one.role) == (agency, role) and one.given <= on]
    named = [
        one
        for one in in_role
        if one.person and (same_person(one.person) == wanted or (contact is not None and one.contact == contact))
    ]
    wide = [one for one in in_role if not one.person]
    refused = [one.withdrawn for one in named if one.withdrawn is not None and one.withdrawn <= on]
    standing = [one for one in wide if not refused or one.given > max(refused)]
    found = best([*named, *standing], on, warning_days)
    known = [one for one in (*named, *standing) if one.only_known and one.holds(on)]
    if known and not found.covered:
        last = max(known, key=lambda one: (one.valid_until, one.given, one.id))
        return Answer(KNOWN, last.valid_until, _reason(KNOWN, last.valid_until, on), last)
    others = sorted({one.person for one in in_role if one.person and one.holds(on) and not one.only_known})
    if found.state == NEVER and others:
        return Answer(NEVER, None, _("Never given for this; only for {names}.").format(names=", ".join(others)), None)
    return found


def state_of(until: Day | None, withdrawn: Day | None, on: Day, near: Day) -> tuple[str, Day | None]:
    """The judgement itself and the day it rests on: what is in force, else what happened last, an end or a withdrawal.

    `until` is the latest last day of what was not withdrawn, `withdrawn` the latest withdrawal, `near` the last day on
    which an end is near; all dates, or all ISO text, as a board card keeps them.
    """
    if until and until >= on:
        return (EXPIRES_SOON if until <= near else YES), until
    if withdrawn and (not until or until < withdrawn):
        return WITHDRAWN, withdrawn
    return (EXPIRED, until) if until else (NEVER, None)


def best(consents: Iterable[GivenConsent], on: date, warning_days: int) -> Answer:
    """The best answer of these, by `state_of`; where two rest on the same day, the one given last answers.

    A weaker yes answers nothing here but by its withdrawal.
    """
    begun = [one for one in consents if one.given <= on]
    off = [one for one in begun if one.withdrawn is not None and one.withdrawn <= on]
    kept = [one for one in begun if (one.withdrawn is None or one.withdrawn > on) and not one.only_known]
    last = max(kept, key=lambda one: (one.valid_until, one.given, one.id), default=None)
    refused = max(off, key=lambda one: (one.withdrawn or on, one.given, one.id), default=None)
    state, day = state_of(
        last.valid_until if last else None, refused.withdrawn if refused else None, on, on + timedelta(warning_days)
    )
    return Answer(state, day, _reason(state, day, on), refused if state == WITHDRAWN else last)


def _reason(state: str, day: date | None, on: date) -> str:
    told, left = format_date(day) if day else "", (day - on).days if day else 0
    if state != EXPIRES_SOON:
        return _(_REASONS[state]).format(date=told)
    if not left:
        return _("Consent until {date}, which is the last day: renew it.").format(date=told)
    text = n_(
        "Consent until {date}, {days} day left: renew it.", "Consent until {date}, {days} days left: renew it.", left
    )
    return text.format(date=told, days=left)


def answer(
    reading: Reading,
    participant: int,
    agency: str,
    role: str,
    person: str = "",
    on: date | None = None,
    contact: int | None = None,
) -> Answer:
    """May we share about `participant` with this person in this role, `on` that day (today when None)?"""
    return judge(
        held(reading, participant),
        agency,
        role,
        person,
        on=on or reading.today,
        warning_days=reading.programme.limits.consent_warning_days,
        contact=contact,
    )
