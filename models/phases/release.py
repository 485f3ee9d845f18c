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
from models import tables, timeline
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, INTAKE, PHASE_OUT
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Participant
from models.values.days import now_or_noon

INSIDE: Final = (2, 3)
_OF_SENTENCE: Final = (
    "release_kind", "sentence_kind", "sentence_start", "full_term_date", "two_thirds_date", "parole_applied",
    "parole_decision", "parole_decided",
)  # fmt: skip
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


def open_day(reading: Reading, participant: int) -> bool:
    """Whether the day of release is not known, or still to come."""
    known = _release_and_place(reading, participant)[0]
    return known is None or known > reading.today


def record(work: Work, participant: int, day: date, release: Release, *, sure: bool) -> date:
    """Write what a release on `day` changes in the record; answers the day of release that stands there then.

    `sure` says that `day` is that of the release; else it replaces only a day that is not known or still to come.
    Where the person stays is open from then on, unless it is said or was noted as somewhere outside already.
    """
    known, stays = _release_and_place(work, participant)
    changes: dict[str, Any] = {"release_kind": release.kind} if release.kind else {}
    if open_day(work, participant) or (sure and known != day):
        changes["release_date"] = day
    if release.stays or stays in IN_PRISON:
        changes["stays"] = release.stays or UNKNOWN
    work.update(Participant, participant, None, **changes)
    if changes.get("release_date", known) != known:
        detail = {"field": "release_date", "date": day.isoformat()}
        timeline.tell(work, participant, "dates_changed", work.clock.seconds(), detail)
    return day if "release_date" in changes or known is None else known


class PastRelease(Struct, frozen=True):
    """A release that is history, and the day the person was back."""

    release_date: date
    release_kind: str
    returned: date


def history(reading: Reading, participant: int) -> tuple[PastRelease, ...]:
    """A participant's releases that are history, in order of time."""
    return tuple(
        reading.structs(
            PastRelease,
            "SELECT release_date, release_kind, returned FROM past_release WHERE participant_id = ? "
            "ORDER BY release_date, id",
            [participant],
        )
    )


def back_inside(work: Work, participant: int, day: date, was_out: date | None) -> None:
    """Let the release from which somebody is back on `day` be history, and the prison tell of them again.

    `was_out` is since when they had been outside, as far as the phases tell. What of the sentence lay behind then is
    history with it: nothing is computed from it any more. What lies ahead goes on, as after a home detention.
    """
    becomes_history(work, participant, day, was_out)
    if _release_and_place(work, participant)[1] == UNKNOWN:
        work.update(Participant, participant, None, stays=PRISON)


def becomes_history(work: Work, participant: int, day: date, was_out: date | None, before: date | None = None) -> None:
    """Move a release that lies behind `before` (`day`) out of the record, with what it ended of the sentence."""
    row = work.first(Participant.select().where(Participant.id == participant))
    assert row is not None
    released = row.release_date if row.release_date is not None else was_out
    if released is None or released > (before or day):
        return
    kept = {name: getattr(row, name) for name in _OF_SENTENCE}
    work.insert(tables.PastRelease, participant=participant, release_date=released, returned=day, **kept)
    emptied = dict.fromkeys(("release_date", "parole_applied", "parole_decided"), None)
    changes: dict[str, Any] = {**emptied, "release_kind": "", "parole_decision": ""}
    if row.two_thirds_date is not None and row.two_thirds_date <= day:
        changes["two_thirds_date"] = None
    if row.full_term_date is not None and row.full_term_date <= day:
        changes |= {"full_term_date": None, "sentence_start": None, "sentence_kind": ""}
    work.update(Participant, participant, None, **changes)
    detail = {"released": released.isoformat(), "kind": row.release_kind, "date": day.isoformat()}
    timeline.tell(work, participant, "release_past", now_or_noon(work.clock, day), detail)


def _release_and_place(reading: Reading, participant: int) -> tuple[date | None, str]:
    release, stays = reading.sql("SELECT release_date, stays FROM participant WHERE id = ?", [participant])[0]
    return date.fromisoformat(release) if release else None, str(stays)
