"""The plan of the first weeks after release: contact on set days as tasks, more where substance use is recorded.

Source: the EX/IN guide, close follow-up led by the caseworker. A prompt, never a score.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from config.programme.method import FirstWeek
from config.words import N_
from models.plans import tasks
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work

SOURCE: Final = "first_weeks"


class PlannedContact(Struct, frozen=True):
    """One contact of the plan and the day it falls on."""

    contact: FirstWeek
    due: date

    @property
    def source(self) -> str:
        """What the task that it becomes keeps of it; the day of release is in it, so that another is planned anew."""
        release = self.due - timedelta(days=self.contact.day)
        return f"{SOURCE}:{self.contact.id}:{release.isoformat()}"


def suggested(reading: Reading, participant: int, release: date) -> tuple[PlannedContact, ...]:
    """What the plan holds for a release on this day and is no task yet; days that lie behind are left out."""
    uses = reading.value("SELECT substance FROM card WHERE participant_id = ?", [participant])
    made = tasks.sources(reading, participant)
    planned = (
        PlannedContact(one, release + timedelta(days=one.day))
        for one in reading.programme.method.first_weeks
        if uses or not one.substance
    )
    return tuple(one for one in planned if one.due >= reading.today and one.source not in made)


@action("first_weeks.plan", N_("the plan of the first weeks"))
def plan(work: Work, participant: int, release: date) -> tuple[int, ...]:
    """Make the tasks of the plan that are not made yet; whoever is responsible sees to them. Answers their ids.

    Those that were planned for another day of release and are still open are declined.
    """
    worker = work.value("SELECT worker_id FROM participant WHERE id = ?", [participant])
    for task in tasks.of(work, participant):
        other = task.source.startswith(f"{SOURCE}:") and not task.source.endswith(f":{release.isoformat()}")
        if other and task.state == tasks.OPEN:
            tasks.decline(work, task.id, task.version)
    return tuple(
        tasks.add(work, participant, {"text": str(one.contact.text), "owner": worker, "due": one.due}, one.source)
        for one in suggested(work, participant, release)
    )
