"""Applications and how long they wait: from the day they are sent until the day they are decided.

Waiting for a complement is waiting too, for the participant: nothing is subtracted (the Trondheim report: waiting
time is relapse time).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_participant, require_row
from models.storage.work import Work
from models.tables import Application
from models.values.days import now_or_noon
from models.values.fields import Fields

NOTE_LIMIT: Final = 2_000
DATE_FIELDS: Final = {
    "sent": N_("Sent"),
    "complement_asked": N_("More documents requested"),
    "complement_sent": N_("More documents sent"),
    "decided": N_("Decided"),
    "appeal_deadline": N_("Appeal deadline"),
}
FIELDS: Final = {
    "agency": N_("To whom"),
    "office": N_("Office"),
    "about": N_("About what"),
    "domain": N_("Part of life"),
    **DATE_FIELDS,
    "outcome": N_("Outcome"),
    "note": N_("Note"),
}


class ApplicationError(ExinError):
    """An application cannot be entered or changed as asked."""


_FIELDS: Final = Fields(
    FIELDS, ApplicationError, lines=("agency", "office", "about", "domain", "outcome"), texts=("note",),
    limits={"note": NOTE_LIMIT},
)  # fmt: skip


class Applied(Struct, frozen=True):
    """One application; dates are None until they are known."""

    id: int
    version: int
    participant: int
    agency: str
    office: str
    about: str
    domain: str
    sent: date | None
    complement_asked: date | None
    complement_sent: date | None
    decided: date | None
    outcome: str
    appeal_deadline: date | None
    note: str
    created_at: int

    def days_waiting(self, today: date) -> int | None:
        """How many days it has waited, or waited until it was decided; None before it is sent. Never stored."""
        return None if self.sent is None else ((self.decided or today) - self.sent).days

    @property
    def wants_complement(self) -> bool:
        """Whether the agency has asked for more and not got it."""
        return self.complement_asked is not None and self.complement_sent is None and self.decided is None


class Waiting(Struct, frozen=True):
    """How an agency's undecided applications wait over the whole team, in days."""

    agency: str
    count: int
    median: float
    longest: int


def of(reading: Reading, participant: int) -> tuple[Applied, ...]:
    """A participant's applications: undecided ones first, the longest waiting on top, then the latest decided."""
    query = Application.select().where(Application.participant == participant).order_by(Application.id)
    found = [struct(Applied, row._asdict()) for row in reading.rows(query)]
    waiting = sorted((one for one in found if one.decided is None), key=lambda one: (one.sent or date.max, one.id))
    decided = sorted((one for one in found if one.decided), key=lambda one: (one.decided or date.max, one.id))
    return (*waiting, *reversed(decided))


def one(reading: Reading, application: int) -> Applied:
    """One application. Raises `ApplicationError` when there is none."""
    row = require_row(reading, Application, application, ApplicationError(_("This application is not here any more.")))
    return struct(Applied, row._asdict())


def undecided(reading: Reading, on: date | None = None) -> dict[str, list[tuple[date, int]]]:
    """By agency: when what waits on a day (today when None) was sent, and whose it is, the longest waiting first.

    The agency with most of them comes first.
    """
    now = "SELECT agency, sent, participant_id FROM application WHERE decided IS NULL AND sent IS NOT NULL"
    then = f"{now} AND sent <= ?1 UNION ALL SELECT agency, sent, participant_id FROM application WHERE decided > ?1 "
    rows = reading.sql(now) if on is None else reading.sql(f"{then} AND sent <= ?1", [on.isoformat()])
    found: dict[str, list[tuple[date, int]]] = {}
    for agency, sent, participant in rows:
        found.setdefault(agency, []).append((date.fromisoformat(sent), participant))
    return {agency: sorted(found[agency]) for agency in sorted(found, key=lambda one: (-len(found[one]), one))}


def by_agency(reading: Reading) -> tuple[Waiting, ...]:
    """Waiting time of the team's undecided applications by agency, the agency with most of them first."""
    rows = reading.sql(
        "SELECT agency, count(*), min(sent) FROM application WHERE decided IS NULL AND sent IS NOT NULL "
        "GROUP BY agency ORDER BY count(*) DESC, agency"
    )
    found = []
    for agency, count, oldest in rows:
        middle = reading.sql(
            "SELECT sent FROM application WHERE agency = ? AND decided IS NULL AND sent IS NOT NULL "
            "ORDER BY sent LIMIT ? OFFSET ?",
            [agency, 2 - count % 2, (count - 1) // 2],
        )
        days = [(reading.today - date.fromisoformat(sent)).days for (sent,) in middle]
        longest = (reading.today - date.fromisoformat(oldest)).days
        found.append(Waiting(agency, count, median(days), longest))
    return tuple(found)


@action("applications.add", N_("the new application"))
def add(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Enter an application; `values` holds `agency`, `about` and any other of `FIELDS`. Answers its id.

    Raises `ApplicationError` or `TextTooLong`.
    """
    require_participant(work, participant, ApplicationError)
    checked = _FIELDS.checked({"agency": "", "about": "", **values})
    _agrees(work, checked)
    application = work.insert(Application, participant=participant, created_at=work.clock.seconds(), **checked)
    _tell(work, one(work, application), checked)
    return application


@action("applications.change", N_("the change to the application"))
def change(work: Work, application: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change an application and answer its new version. Raises as `add`, and `Conflict`."""
    present = one(work, application)
    checked = _FIELDS.checked(changes)
    _agrees(work, {**asdict(present), **checked})
    new = work.update(Application, application, version, **checked)
    moved = {name: value for name, value in checked.items() if value != getattr(present, name)}
    _tell(work, one(work, application), moved)
    return new


_IN_ORDER: Final = (
    ("decided", "sent", N_("Decided: it cannot be decided before it is sent; say when it was sent."),
     N_("Decided: it cannot be decided before it was sent.")),
    ("complement_asked", "sent", N_("More documents requested: nothing is asked about what is not sent."),
     N_("More documents requested: that comes after the application was sent.")),
    ("complement_sent", "complement_asked", N_("More documents sent: say when they were requested."),
     N_("More documents sent: they cannot be sent before they were requested.")),
    ("appeal_deadline", "decided", N_("Appeal deadline: there is nothing to appeal before a decision."),
     N_("Appeal deadline: it cannot be before the decision.")),
)  # fmt: skip
"""Which date follows which, and what is said where that one is missing, and where it comes after."""


def _agrees(work: Reading, whole: Mapping[str, Any]) -> None:
    """Raise `ApplicationError` with its own sentence for each contradiction; what is merely odd is `advice`."""
    if not whole["agency"]:
        raise ApplicationError(_("To whom: say who is to decide."))
    if not whole["about"]:
        raise ApplicationError(_("About what: say what is applied for."))
    for name in ("sent", "complement_asked", "complement_sent", "decided"):
        if (day := whole.get(name)) is not None and day > work.today:
            label = _(DATE_FIELDS[name])
            raise ApplicationError(_("{field}: the date is in the future; record it on the day.").format(field=label))
    for later, earlier, without, before in _IN_ORDER:
        day, since = whole.get(later), whole.get(earlier)
        if day and not since:
            raise ApplicationError(_(without))
        if day and since and day < since:
            raise ApplicationError(_(before))
    if whole.get("outcome") and not whole.get("decided"):
        raise ApplicationError(_("Outcome: say when it was decided."))


def advice(values: Mapping[str, Any], today: date) -> list[str]:
    """What looks wrong and hinders nothing."""
    found = []
    if values.get("decided") and not values.get("outcome"):
        found.append(_("It is decided; the outcome is not noted yet."))
    if (sent := values.get("sent")) and today - sent > timedelta(days=730):
        found.append(_("It was sent more than two years ago."))
    return found


def _tell(work: Work, application: Applied, moved: Mapping[str, Any]) -> None:
    """What happened to an application, in the participant's line of time."""
    detail = {"agency": application.agency, "about": application.about}
    for name, more in (("sent", {}), ("decided", {"application_outcome": application.outcome})):
        if moved.get(name):
            timeline.tell(
                work, application.participant, f"application_{name}", now_or_noon(work.clock, moved[name]),
                {**detail, **more}, f"application:{application.id}",
            )  # fmt: skip
