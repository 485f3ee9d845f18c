"""What the rules of signals look at: a card as it is stored, dates as ISO text and moments as seconds."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from models.values.days import NEVER

COLUMNS: Final = (
    "c.participant_id, c.code, c.name, c.phase, c.phases, c.began_key, c.release_key, c.contact_key, c.worker, "
    "c.coworker, c.security_level, c.topics, c.risk, c.waiting_key, c.due_key, c.consents, c.review_key, "
    "c.next_review_key, c.owed_key, c.talk_key, c.release_list, c.helped, c.snoozed, c.phase_out_key, c.substance, "
    "c.waits, c.due, c.attempts, c.untold, c.consent_key, c.release_basis, c.parole_key, c.sentence_days, "
    "c.forms, c.unwritten_key, c.support_team"
)


class CardRow(Struct, frozen=True, gc=False):
    """A row of the table `card` in the order of `COLUMNS`; `NEVER` and 0 stand for a date and a moment not known."""

    participant: int
    code: str = ""
    name: str = ""
    phase: int = 0
    phases: str = ""
    began: str = NEVER
    release: str = NEVER
    contact: int = 0
    worker: int | None = None
    coworker: int | None = None
    security_level: str = ""
    topics: int = 0
    risk: int = 0
    waiting: str = NEVER
    due: str = NEVER
    consents: str = ""
    review: str = ""
    next_review: str = NEVER
    owed: str = NEVER
    talk: str = NEVER
    release_list: str = ""
    helped: str = ""
    snoozed: str = ""
    phase_out: str = NEVER
    substance: int = 0
    waits: str = ""
    dues: str = ""
    attempts: int = 0
    untold: int = 0
    consent: str = ""
    basis: str = ""
    parole: str = NEVER
    sentence_days: int = 0
    forms: str = ""
    unwritten: str = NEVER
    team: str = ""


WIDTH: Final = len(CardRow.__struct_fields__)


class Aside(Struct, frozen=True, array_like=True):
    """What a rule's newest snooze rested on, until when it was put aside and on which day.

    How heavy the signal was then, and how much there was of it, is None for one of before that was kept.
    """

    rests: str
    until: str
    made: str
    severity: int | None = None
    measure: int | None = None


class Left(Struct, frozen=True, array_like=True):
    """What is left on one open checklist of a card: open items, done ones nobody verified, the day it was opened."""

    remaining: int
    unverified: int
    opened: str = field(default="")


class Seat(Struct, frozen=True, array_like=True):
    """Somebody's seat in a support team: days as ISO text, `until` the first day without them, `NEVER` where none is.

    `represents` is 1 for a named representative, `left` where the agency left with them; `covered` is the last day on
    which a consent covers sharing with them, empty for none today, `NEVER` where none is needed.
    """

    agency: str
    since: str
    until: str
    represents: int
    left: int
    covered: str


class TeamOnCard(Struct, frozen=True, array_like=True):
    """The support team that lasts: `coordinator` is 1 where one is named, `in_on_it` yes, no or empty.

    `half` is the day on which half of its time has passed, `evaluated` that of its last evaluation with an answer.
    """

    kick_off: str
    ends: str
    agency: str
    coordinator: int
    in_on_it: str
    half: str
    evaluated: str
    seats: tuple[Seat, ...]

    def there(self, on: str) -> tuple[Seat, ...]:
        """Who sits in it on a day."""
        return tuple(seat for seat in self.seats if seat.since <= on < seat.until)

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies in it: the coordinating one, and those whose last one did not leave for good."""
        last = {seat.agency: seat for seat in self.seats}
        return frozenset({self.agency} | {agency for agency, seat in last.items() if not seat.left})
