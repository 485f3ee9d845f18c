"""Writes reviews, intakes, ways out and minutes of the demo's participants in the unit of work that enters them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from exin_tui.demo.consents import Given
from exin_tui.demo.happenings import Telling
from exin_tui.demo.known import known
from exin_tui.demo.lives import Life
from exin_tui.demo.method import Method
from exin_tui.demo.plans import Line
from exin_tui.demo.reviews import Reviewed, Reviews
from exin_tui.demo.rhythm import Rhythm
from exin_tui.demo.staffing import Hands, Team
from models.phases.owed_review import SEALED
from models.signals import snoozes
from models.signals.listing import listing
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.store import Store
from models.tables import (
    CriterionJudgement,
    HandOver,
    Intake,
    IntakeTalk,
    Meeting,
    MeetingItem,
    PhaseOut,
    PhaseOutTold,
    Review,
    ReviewAnswer,
    ReviewNote,
    Task,
)

Tell = Callable[[Life, Line, str], None]
_TALK_MINUTES: Final = 60
# Signals that are put aside in the demo, once each, for so many days and why.
_ASIDE: Final = (
    ("application_waiting", 6, "Saksbehandler har lovet svar denne uken."),
    ("agency_missing", 14, "Ny kontaktperson er meldt; navnet kommer."),
    ("long_in_phase", 21, "Venter på flytting; vi ser på det da."),
)


class MethodWriting:
    """Plans and writes what the method and the team's rhythm leave behind."""

    def __init__(self, store: Store, team: Team, seed: int, noon: Callable[[date], int]) -> None:
        given = (store.programme, team, seed, store.clock.today(), noon)
        self._clock, self._leader, self._names, self._noon = store.clock, team.leader, team.names, noon
        self._phase_reviews, self._method, self._rhythm = Reviews(*given), Method(*given), Rhythm(*given)
        self._talks = {talk.id: talk.name.nb for talk in store.programme.method.intake.talks}

    def enter_team(self, work: Work) -> None:
        """Write the team's own meetings and absences."""
        self._rhythm.enter_team(work)

    def enter(
        self,
        work: Work,
        lives: Sequence[Life],
        ids: dict[int, int],
        given: dict[int, list[Given]],
        workers: dict[int, Hands],
    ) -> list[Telling]:
        """Write all of it about a group of participants; answers the lines of their timelines."""
        told: list[Telling] = []

        def tell(life: Life, line: Line, subject: str) -> None:
            columns = {
                "at": line.at,
                "day": self._clock.local(line.at).date(),
                "kind": line.kind,
                "detail": json.dumps(line.detail, ensure_ascii=False),
                "created_at": line.at,
            }
            told.append(Telling(life.number, line.at, None, columns, subject))

        self._reviews(work, lives, ids, workers, tell)
        told += self._intakes(work, lives, ids, workers, tell)
        self._leavings(work, lives, ids, given, workers, tell)
        self._hand_overs(work, lives, ids, workers, tell)
        self._meetings(work, lives, ids, workers, tell)
        return told

    def _reviews(
        self, work: Work, lives: Sequence[Life], ids: dict[int, int], workers: dict[int, Hands], tell: Tell
    ) -> None:
        held = [(life, one) for life in lives for one in self._phase_reviews.of(life, workers[life.number])]
        codes = dict(work.sql("SELECT id, code FROM participant WHERE id >= ?", [min(ids.values(), default=0)]))

        def columns(life: Life, one: Reviewed) -> dict[str, Any]:
            found = one.columns | {"participant": ids[life.number]}
            if one.at and found["state"] == SEALED:
                worker, coworker = (self._names.get(number or 0, "") for number in workers[life.number])
                day = self._clock.local(one.at).date()
                found["brief"] = known(work.programme, life, day, codes[ids[life.number]], (worker, coworker))
            return found

        rows = work.insert_many(Review, [columns(life, one) for life, one in held])
        answers, notes, tasks = [], [], []
        for (life, one), row in zip(held, rows, strict=True):
            worker, coworker = workers[life.number]
            whose = {"review": row, "participant": ids[life.number]}
            answers += [
                whose | {"prompt": prompt, "text": text, "written_at": one.at - 1_800,
                         "written_by": (coworker if place % 3 == 2 else None) or worker or self._leader}
                for place, (prompt, text) in enumerate(one.answers)
            ]  # fmt: skip
            for line in one.lines:
                tell(life, line, f"review:{row}")
            if one.note is not None:
                notes.append(whose | {"at": one.note[0], "author": worker or self._leader, "text": one.note[1]})
                detail = json.loads(json.dumps(one.lines[0].detail)) | {"words": one.note[1]}
                del detail["decision"]
                tell(life, Line("review_note", one.note[0], detail), f"review:{row}")
            if one.task is not None:
                tasks.append(one.task | {"participant": ids[life.number], "source": f"review:{row}"})
        work.insert_many(ReviewAnswer, answers)
        work.insert_many(ReviewNote, notes)
        work.insert_many(Task, tasks)

    def _intakes(
        self, work: Work, lives: Sequence[Life], ids: dict[int, int], workers: dict[int, Hands], tell: Tell
    ) -> list[Telling]:
        came = [
            (life, one)
            for life in lives
            if (one := self._method.intake(life, workers[life.number][0] or self._leader)) is not None
        ]
        rows = work.insert_many(Intake, [one.columns | {"participant": ids[life.number]} for life, one in came])
        criteria: list[dict[str, Any]] = []
        talks: list[tuple[Life, dict[str, Any]]] = []
        for (life, one), row in zip(came, rows, strict=True):
            whose = {"intake": row, "participant": ids[life.number]}
            criteria += [columns | whose for columns in one.criteria]
            talks += [(life, columns | whose) for columns in one.talks]
            for line in one.lines:
                tell(life, line, f"intake:{row}")
        work.insert_many(CriterionJudgement, criteria)
        made = work.insert_many(IntakeTalk, [columns for _life, columns in talks])
        return [self._talk(life, columns, row) for (life, columns), row in zip(talks, made, strict=True)]

    def _talk(self, life: Life, columns: dict[str, Any], row: int) -> Telling:
        """A talk's entry in the timeline, which counts as contact, as `intake_talks.hold_talk` writes it."""
        at = self._noon(columns["held"])
        entry = {
            "at": at, "day": columns["held"], "kind": "intake_talk", "outcome": "reached", "contact": True,
            "with_whom": columns["who"], "place": "", "minutes": _TALK_MINUTES,
            "text": f"{self._talks[columns['talk']]}. {columns['note']}", "created_at": at + 1_800,
        }  # fmt: skip
        return Telling(life.number, at, None, entry, f"intake_talk:{row}")

    def _leavings(
        self,
        work: Work,
        lives: Sequence[Life],
        ids: dict[int, int],
        given: dict[int, list[Given]],
        workers: dict[int, Hands],
        tell: Tell,
    ) -> None:
        left = [
            (life, one)
            for life in lives
            for one in self._method.leavings(life, given[life.number], workers[life.number][0])
        ]
        rows = work.insert_many(PhaseOut, [one.columns | {"participant": ids[life.number]} for life, one in left])
        partners = []
        for (life, one), row in zip(left, rows, strict=True):
            whose = {"phase_out": row, "participant": ids[life.number]}
            partners += [columns | whose for columns in one.told]
            for line in one.lines:
                tell(life, line, f"phase_out:{row}")
        work.insert_many(PhaseOutTold, partners)

    def _hand_overs(
        self, work: Work, lives: Sequence[Life], ids: dict[int, int], workers: dict[int, Hands], tell: Tell
    ) -> None:
        found = [(life, self._method.handed(life, workers[life.number][0])) for life in lives]
        handed = [(life, *one) for life, one in found if one is not None]
        rows = work.insert_many(
            HandOver, [columns | {"participant": ids[life.number]} for life, columns, _line in handed]
        )
        for (life, _columns, line), row in zip(handed, rows, strict=True):
            tell(life, line, f"hand_over:{row}")

    def _meetings(
        self, work: Work, lives: Sequence[Life], ids: dict[int, int], workers: dict[int, Hands], tell: Tell
    ) -> None:
        met = [(life, self._rhythm.support(life, workers[life.number][0])) for life in lives]
        teams = [(life, columns) for life, columns in met if columns is not None]
        made = work.insert_many(Meeting, [columns | {"participant": ids[life.number]} for life, columns in teams])
        support = {
            life.number: (row, columns["day"]) for (life, columns), row in zip(teams, made, strict=True)
        }  # fmt: skip
        spoken = [
            (life, one)
            for life in lives
            for one in self._rhythm.about(life, workers[life.number][0], support.get(life.number))
        ]
        rows = work.insert_many(
            MeetingItem,
            [one.columns | {"meeting": one.meeting, "participant": ids[life.number]} for life, one in spoken],
        )
        for (life, one), row in zip(spoken, rows, strict=True):
            if one.line is not None:
                tell(life, one.line, f"meeting_item:{row}")


@action("method_writing.put_aside")
def put_aside(work: Work) -> None:
    """Put a few signals aside, of rules that still have others, as the team does it."""
    for rule, days, why in _ASIDE:
        found = _awake(work, rule)
        if len(found) > 1:
            snoozes.put_aside(work, found[-1], None, rule, work.today + timedelta(days=days), why)


def _awake(reading: Reading, rule: str) -> list[int]:
    return [line.participant for line in listing(reading, rule=rule, limit=8)]
