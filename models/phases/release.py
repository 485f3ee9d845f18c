"""What the day somebody leaves prison writes in their record: the day, its kind, and where they stay from then on.

Source: the EX/IN guide, 3 → 4 is the moment the participant no longer stays in a prison, so nothing of before lasts on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.words import _
from models import timeline
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, INTAKE, PHASE_OUT
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Participant

INSIDE: Final = (2, 3)
PRISON: Final = "in_prison"
IN_PRISON: Final = ("", PRISON)
"""Where somebody stays who is told by the prison: noted so, or not noted at all."""
UNKNOWN: Final = "unknown"


class Release(Struct, frozen=True):
    """What is known of a release besides its day: its kind, and where the person stays now; empty for not known."""

    kind: str = ""
    stays: str = ""


def outside(phase: int) -> bool:
    """Whether a phase belongs to life after the prison."""
    return AFTER_RELEASE <= phase < PHASE_OUT


def ended_by(phase: int, lasting: Iterable[int]) -> tuple[int, ...]:
    """Which of the phases that last cannot go on beside `phase`: outside, nothing of before the release does."""
    return tuple(one for one in lasting if one <= BEFORE_RELEASE) if outside(phase) else ()


def left_prison(reading: Reading, participant: int, ended: Collection[int], day: date) -> bool:
    """Whether to leave these phases is to leave the prison; a candidate may have been out before."""
    inside = [phase for phase in ended if phase <= BEFORE_RELEASE]
    if not inside or inside != [INTAKE]:
        return bool(inside)
    release, stays = _release_and_place(reading, participant)
    return stays == PRISON or (release is not None and release >= day)


def too_early(reading: Reading, participant: int, day: date) -> str:
    """Why a release cannot be on `day`: it is before the sentence began; empty where it can."""
    start = reading.value("SELECT sentence_start FROM participant WHERE id = ?", [participant])
    if not start or (began := date.fromisoformat(start)) <= day:
        return ""
    told = _("A release on {day} is before the sentence began, {start}.")
    return told.format(day=format_date(day), start=format_date(began))


def record(work: Work, participant: int, day: date, release: Release, *, sure: bool) -> date:
    """Write what a release on `day` changes in the record; answers the day of release that stands there then.

    `sure` says that `day` is that of the release; else it replaces only a day that is not known or still to come.
    Where the person stays is open from then on, unless it is said or was noted as somewhere outside already.
    """
    known, stays = _release_and_place(work, participant)
    changes: dict[str, Any] = {"release_kind": release.kind} if release.kind else {}
    if known is None or known > work.today or (sure and known != day):
        changes["release_date"] = day
    if release.stays or stays in IN_PRISON:
        changes["stays"] = release.stays or UNKNOWN
    work.update(Participant, participant, None, **changes)
    if changes.get("release_date", known) != known:
        detail = {"field": "release_date", "date": day.isoformat()}
        timeline.tell(work, participant, "dates_changed", work.clock.seconds(), detail)
    return day if "release_date" in changes or known is None else known


def back_inside(work: Work, participant: int) -> None:
    """Whoever is back in prison is told by the prison again, where nothing else was noted since the release."""
    if _release_and_place(work, participant)[1] == UNKNOWN:
        work.update(Participant, participant, None, stays=PRISON)


def _release_and_place(reading: Reading, participant: int) -> tuple[date | None, str]:
    release, stays = reading.sql("SELECT release_date, stays FROM participant WHERE id = ?", [participant])[0]
    return date.fromisoformat(release) if release else None, str(stays)
