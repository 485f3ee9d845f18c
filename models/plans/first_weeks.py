"""The plan of the first weeks after release: contact on set days as tasks, more where substance use is recorded.

Source: the EX/IN guide, close follow-up led by the caseworker. A prompt, never a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.programme.method import FirstWeek
from config.words import N_
from models.cards.upkeep import SUBSTANCE_USED
from models.phases import way_out
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, IN_PRISON
from models.plans import tasks
from models.storage.actions import action
from models.storage.binding import AuditedChange
from models.storage.portions import marks
from models.storage.reading import Reading
from models.storage.touched import Touched
from models.storage.work import Work

SOURCE: Final = "first_weeks"
MOST_AT_ONCE: Final = 20
"""A unit of work that enters people by the hundred brings the tasks it wants."""


class PlannedContact(Struct, frozen=True):
    """One contact of the plan and the day it falls on."""

    contact: FirstWeek
    due: date
    release: date

    @property
    def source(self) -> str:
        """What the task that it becomes keeps of it; the day of release is in it, so that another is planned anew."""
        return f"{SOURCE}:{self.contact.id}:{self.release.isoformat()}"


def suggested(reading: Reading, participant: int, release: date) -> tuple[PlannedContact, ...]:
    """What the plan holds for a release on this day and is no task yet.

    What lies behind is left out, but for what is asked all the same while the first weeks last, and is due today then.
    """
    if (reading.today - release).days > reading.programme.limits.first_weeks_days:
        return ()
    uses = reading.value("SELECT substance_use FROM participant WHERE id = ?", [participant]) in SUBSTANCE_USED
    made = tasks.sources(reading, participant)
    found = []
    for one in reading.programme.method.first_weeks:
        due = release + timedelta(days=one.day)
        if (uses or not one.substance) and (due >= reading.today or one.kept):
            found.append(PlannedContact(one, max(due, reading.today), release))
    return tuple(one for one in found if one.source not in made)


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Plan the first weeks of whoever comes to phase 4, however that is recorded; anew where their release is moved.

    Whoever is back inside is not outside any more: what is open of their plan is declined.
    """
    if work.undoes is not None:
        return
    begun = Touched.by(changes, "phase_period").fresh
    moved = {one.row for one in changes if one.table == "participant" and '"release_date"' in one.before}
    if (not begun and not moved) or len(begun) + len(moved) > MOST_AT_ONCE:
        return
    inside = work.sql(
        f"SELECT participant_id FROM phase_period WHERE id IN ({marks(begun)}) AND phase IN (?, ?) AND ended IS NULL",
        [*begun, IN_PRISON, BEFORE_RELEASE],
    )
    for (participant,) in inside:
        _decline(work, participant)
    rows = work.sql(
        "SELECT participant_id, max(began) FROM phase_period WHERE phase = ? AND ended IS NULL "
        f"AND (id IN ({marks(begun)}) OR participant_id IN ({marks(moved)})) GROUP BY participant_id",
        [AFTER_RELEASE, *begun, *moved],
    )
    for participant, began in rows:
        out = way_out.of(work, participant).day or date.fromisoformat(began)
        if out <= work.today:
            plan(work, participant, out)


@action("first_weeks.plan", N_("the plan of the first weeks"))
def plan(work: Work, participant: int, release: date) -> tuple[int, ...]:
    """Make the tasks of the plan that are not made yet; whoever is responsible sees to them. Answers their ids.

    Those that were planned for another day of release and are still open are declined.
    """
    worker = work.value("SELECT worker_id FROM participant WHERE id = ?", [participant])
    _decline(work, participant, but=release)
    return tuple(
        tasks.add(work, participant, {"text": str(one.contact.text), "owner": worker, "due": one.due}, one.source)
        for one in suggested(work, participant, release)
    )


def _decline(work: Work, participant: int, but: date | None = None) -> None:
    """Decline what is open of a plan, other than that for a release on the day `but`."""
    for task in tasks.of(work, participant):
        kept = but is not None and task.source.endswith(f":{but.isoformat()}")
        if task.source.startswith(f"{SOURCE}:") and task.state == tasks.OPEN and not kept:
            tasks.decline(work, task.id, task.version)
