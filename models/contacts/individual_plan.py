"""The individual plan of a participant (individuell plan): how it stands, who coordinates it, when it is revised.

Source: the Trondheim report, which names it beside the support team as what holds the services together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.contacts.register import one as contact_of
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_participant, require_row
from models.storage.work import Gone, Work
from models.tables import IndividualPlan
from models.values.days import now_or_noon
from models.values.fields import Fields

LABELS: Final = {
    "state": N_("How it stands"),
    "since": N_("Since"),
    "coordinator": N_("Coordinator"),
    "agency": N_("Their agency"),
    "revision": N_("Next revision"),
    "note": N_("Note"),
}
STATES: Final = "individual_plan"
"""The choices of `state`."""
IN_PLACE: Final = "in_place"
NOTE_LIMIT: Final = 2_000


class PlanError(ExinError):
    """An individual plan cannot be noted as asked; the sentence begins with the field at fault."""


_FIELDS: Final = Fields(
    LABELS, PlanError, lines=("state", "agency"), texts=("note",), limits={"note": NOTE_LIMIT}, trimmed=("note",)
)


class Plan(Struct, frozen=True):
    """The individual plan of a participant; `coordinator_name` is empty where nobody is named."""

    id: int
    version: int
    participant: int
    state: str
    since: date
    coordinator: int | None
    coordinator_name: str
    agency: str
    revision: date | None
    note: str

    def overdue(self, on: date) -> bool:
        """Whether the day of its revision has passed."""
        return self.state == IN_PLACE and self.revision is not None and self.revision < on


@action("individual_plan.add", N_("the individual plan"))
def add(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Note how a participant's individual plan stands; answers its id. Raises `PlanError` also where there is one."""
    require_participant(work, participant, PlanError)
    if of(work, participant) is not None:
        raise PlanError(_("There is an individual plan already; change that one."))
    checked = _checked(work, {"state": "", "since": None, **values}, None)
    plan = work.insert(IndividualPlan, participant=participant, **checked)
    _tell(work, participant, plan, None)
    return plan


@action("individual_plan.change", N_("the change to the individual plan"))
def change(work: Work, plan: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change how the plan stands, who coordinates it or when it is revised; answers the new version.

    Raises as `add`, and as `Work.update`. Where another state is chosen and no day with it, it is so since today.
    """
    before = _one(work, plan)
    if changes.get("state", before.state) != before.state and "since" not in changes:
        changes = {**changes, "since": work.today}
    new = work.update(IndividualPlan, plan, version, **_checked(work, changes, before))
    _tell(work, before.participant, plan, before)
    return new


def of(reading: Reading, participant: int) -> Plan | None:
    """The individual plan of a participant, None where nothing is noted of one."""
    return next(iter(_plans(reading, "x.participant_id = ?", participant)), None)


def owner_of(reading: Reading, plan: int) -> int:
    """The participant whose plan it is. Raises `Gone`."""
    return _one(reading, plan).participant


def _one(reading: Reading, plan: int) -> Plan:
    require_row(reading, IndividualPlan, plan, Gone(_("This individual plan is not here any more.")))
    return _plans(reading, "x.id = ?", plan)[0]


def _plans(reading: Reading, which: str, number: int) -> list[Plan]:
    rows = reading.named(
        "SELECT x.id, x.version, x.participant_id AS participant, x.state, x.since, x.coordinator_id AS coordinator, "
        "coalesce(c.name, '') AS coordinator_name, x.agency, x.revision, x.note FROM individual_plan x "
        f"LEFT JOIN contact c ON c.id = x.coordinator_id WHERE {which}",
        [number],
    )
    return [struct(Plan, row) for row in rows]


def _checked(reading: Reading, values: Mapping[str, Any], before: Plan | None) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    if "state" in checked and checked["state"] not in {one.id for one in reading.programme.choices[STATES]}:
        raise PlanError(_("How it stands: choose one of the list."))
    agency = checked.get("agency", "")
    if agency and agency not in {one.id for one in reading.programme.agencies}:
        raise _FIELDS.wrong("agency", _("{field}: the programme knows no agency {name}."), name=agency)
    if "since" in checked:
        checked["since"] = checked["since"] or reading.today
        if checked["since"] > reading.today:
            raise PlanError(_("Since: the date is in the future; note it when it is so."))
    if checked.get("coordinator"):
        # Where somebody of the register coordinates it, their agency is known.
        checked["agency"] = contact_of(reading, checked["coordinator"]).agency
    elif "coordinator" in checked:
        checked["coordinator"] = None
    since = checked.get("since") or (before.since if before else reading.today)
    revision = checked.get("revision")
    if revision is not None and revision < since:
        raise PlanError(_("Next revision: the day lies before {date}, since when it is so.").format(
            date=format_date(since)
        ))  # fmt: skip
    return checked


def _tell(work: Work, participant: int, plan: int, before: Plan | None) -> None:
    """Let the line of time tell another state, and a new day for the revision."""
    now = _one(work, plan)
    subject = f"individual_plan:{plan}"
    if before is None or now.state != before.state:
        state = work.programme.choice(STATES, now.state).name.by_language()
        detail: dict[str, Any] = {"state": state, "date": now.since.isoformat()}
        timeline.tell(work, participant, "individual_plan", now_or_noon(work.clock, now.since), detail, subject)
    if now.revision is not None and (before is None or now.revision != before.revision):
        detail = {"date": now.revision.isoformat()}
        timeline.tell(work, participant, "individual_plan_revision", work.clock.seconds(), detail, subject)
