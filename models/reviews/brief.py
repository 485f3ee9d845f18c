"""What the program knows, so that a phase review never asks for it: the brief it opens with, and all that it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from config.words import _
from models.checklists import reading as checklist_reading
from models.consents import matrix as consent_matrix
from models.consents import summary as consent_signs
from models.goals import reading as goal_reading
from models.goals.reading import LEFT, OPEN
from models.mappings import change as mapping_change
from models.mappings.change import MappingChange
from models.participants import participants
from models.participants.contact import ContactBrief, contact_of
from models.participants.participants import ParticipantFile
from models.participants.sentence import share_served
from models.phases.numbers import AFTER_RELEASE
from models.phases.owed_review import SEALED, name_of
from models.phases.phases import PhaseSpan
from models.phases.release import IN_PRISON, ended_by
from models.phases.way_out import DECIDED
from models.plans import applications, first_weeks, tasks
from models.plans.first_weeks import PlannedContact
from models.reviews import intake_decisions
from models.reviews.reading import ReviewFile, Undone, file_of, last_held, tasks_of, undone
from models.reviews.warnings import Warned, warnings
from models.signals import listing as signals
from models.storage.reading import Reading
from models.team import forecast, staff
from models.team.forecast import Outlook
from models.team.staff import Colleague


class SentenceBrief(Struct, frozen=True):
    """Where in the sentence: `share` from 0 to 1, `two_thirds` computed where `candidate`, days to the release.

    `basis` is what `release` is, as `models.phases.way_out` has it.
    """

    start: date | None
    full_term: date | None
    two_thirds: date | None
    candidate: bool
    share: float | None
    release: date | None
    days_to_release: int | None
    release_kind: str
    parole_decision: str
    security_level: str
    prison: str
    stays: str
    basis: str = DECIDED


class PhaseBrief(Struct, frozen=True):
    """A phase that lasts; `long` says that it has lasted longer than the programme expects."""

    number: int
    began: date
    days: int
    long: bool


class ChecklistBrief(Struct, frozen=True):
    """A checklist in use: how many items, how many settled, how many done but not verified."""

    name: str
    items: int
    settled: int
    unverified: int
    closed: date | None


class ConsentBrief(Struct, frozen=True):
    """How one agency's mandatory consent stands, as `models.consents.answer` says it."""

    agency: str
    state: str
    reason: str


class ApplicationBrief(Struct, frozen=True):
    """An application that is not decided; `days` None before it is sent."""

    agency: str
    about: str
    days: int | None
    long: bool
    wants_complement: bool


class GoalBrief(Struct, frozen=True):
    """An open goal in the participant's own words, how many of its steps are done, and the next one and whose it is."""

    words: str
    done: int
    steps: int
    next_step: str
    turn: str


class SignalBrief(Struct, frozen=True):
    """What the program noticed by itself; severity as `models.signals.sign.Sign`."""

    rule: str
    reason: str
    severity: int


class TaskBrief(Struct, frozen=True):
    """A task of the last review and what became of it; `state` as `models.plans.tasks`, `done` when it was closed."""

    text: str
    owner: str
    due: date | None
    state: str
    done: date | None


class LastReview(Struct, frozen=True):
    """What the last review decided: its transition's name, the decision's id, and the tasks.

    `review` is 0 for what was decided at intake.
    """

    review: int
    transition: str
    decision: str
    day: date
    effective: date | None
    next_review: date | None
    reason: str
    tasks: tuple[TaskBrief, ...]


class Brief(Struct, frozen=True):
    """Everything the brief shows, as of `day`; `warnings` are those of the transition under review.

    `mapping` is what changed in it since the last review, None where nothing is mapped.
    """

    day: date
    code: str
    name: str
    worker: str
    coworker: str
    sentence: SentenceBrief
    phases: tuple[PhaseBrief, ...]
    contact: ContactBrief
    checklists: tuple[ChecklistBrief, ...]
    consents: tuple[ConsentBrief, ...]
    applications: tuple[ApplicationBrief, ...]
    goals: tuple[GoalBrief, ...]
    signals: tuple[SignalBrief, ...]
    topics: int
    last: LastReview | None
    warnings: tuple[Warned, ...] = ()
    mapping: MappingChange | None = None


def brief(reading: Reading, review: int) -> Brief:
    """The brief for a review, of a sealed one what was kept with it. Raises `ReviewError` for one that is not here."""
    file = file_of(reading, review)
    if file.line.state == SEALED and file.brief:
        return msgspec.json.decode(file.brief, type=Brief)
    return _made(reading, file, warnings(reading, file.line.participant, file.line.transition))


def to_keep(reading: Reading, file: ReviewFile, warned: tuple[Warned, ...]) -> str:
    """The brief as it is kept with a review that is sealed, with the warnings that were gone past."""
    return msgspec.json.encode(_made(reading, file, warned)).decode()


def _made(reading: Reading, file: ReviewFile, warned: tuple[Warned, ...]) -> Brief:
    participant = file.line.participant
    record = participants.file_of(reading, participant)
    spans = [span for span in record.phases if span.ended is None]
    last = _last(reading, participant, file.line.id)
    return Brief(
        day=reading.today,
        code=record.code,
        name=record.name,
        worker=record.worker_name,
        coworker=record.coworker_name,
        sentence=_sentence(reading, record),
        phases=tuple(_phase(reading, span) for span in spans),
        contact=contact_of(reading, record),
        checklists=tuple(
            ChecklistBrief(str(line.name), line.items, line.settled, line.unverified, line.closed)
            for line in checklist_reading.of(reading, participant)
            if line.id
        ),
        consents=_consents(reading, participant, _wanted(reading, spans, file.transition.sets)),
        applications=_applications(reading, participant),
        goals=_goals(reading, participant),
        signals=tuple(SignalBrief(sign.rule, sign.reason, sign.severity) for sign in signals.of(reading, participant)),
        topics=record.topics,
        last=last,
        warnings=warned,
        mapping=mapping_change.since(reading, participant, last.day if last else None),
    )


def _sentence(reading: Reading, record: ParticipantFile) -> SentenceBrief:
    values, out = record.values, record.way_out
    inside = values["stays"] in IN_PRISON

    def chosen(field: str) -> str:
        return str(reading.programme.choice(field, values[field]).name) if values[field] else ""

    return SentenceBrief(
        start=values["sentence_start"],
        full_term=values["full_term_date"],
        two_thirds=values["two_thirds_date"] or record.computed_two_thirds,
        candidate=values["two_thirds_date"] is None,
        share=share_served(values["sentence_start"], values["full_term_date"], reading.today),
        release=out.day,
        days_to_release=None if out.day is None else (out.day - reading.today).days,
        release_kind=chosen("release_kind"),
        parole_decision=chosen("parole_decision"),
        security_level=chosen("security_level") if inside else "",
        prison=chosen("prison") if inside else "",
        stays=chosen("stays"),
        basis=out.basis,
    )


def _phase(reading: Reading, span: PhaseSpan) -> PhaseBrief:
    days, limit = span.days(reading.today), reading.programme.phase(span.phase).long_days
    return PhaseBrief(span.phase, span.began, days, bool(limit) and days > limit)


def _wanted(reading: Reading, spans: Sequence[PhaseSpan], sets: Collection[str]) -> tuple[str, ...]:
    """The agencies whose consent must be there: those a review's move is warned of, else those of the phases."""
    if not sets:
        return tuple(consent_signs.wanted(reading.programme, tuple(span.phase for span in spans)))
    agencies = (agency for one in reading.programme.consent_sets if one.id in sets for agency in one.agencies)
    return tuple(dict.fromkeys(agencies))


def _consents(reading: Reading, participant: int, wanted: Sequence[str]) -> tuple[ConsentBrief, ...]:
    """Each agency whose consent must be there, all of them by name."""
    found: dict[str, ConsentBrief] = {}
    for known in reading.programme.consent_sets:
        if not set(known.agencies) & set(wanted):
            continue
        for one in consent_matrix.set_answers(reading, participant, known.id):
            if one.agency in wanted:
                agency = str(reading.programme.agency(one.agency).name)
                found[one.agency] = ConsentBrief(agency, one.answer.state, one.answer.reason)
    return tuple(found[agency] for agency in wanted)


def _applications(reading: Reading, participant: int) -> tuple[ApplicationBrief, ...]:
    limit = reading.programme.limits.application_days
    found = []
    for one in applications.of(reading, participant):
        if one.decided is None:
            days = one.days_waiting(reading.today)
            agency = str(reading.programme.agency(one.agency).name)
            found.append(ApplicationBrief(agency, one.about, days, (days or 0) > limit, one.wants_complement))
    return tuple(found)


def _goals(reading: Reading, participant: int) -> tuple[GoalBrief, ...]:
    found = []
    for goal in goal_reading.of(reading, participant):
        if goal.state != OPEN:
            continue
        following = next((step for step in goal.steps if step.state == OPEN), None)
        turn = str(reading.programme.choice("turn", following.turn).name) if following else ""
        counted = sum(step.state != LEFT for step in goal.steps)
        found.append(GoalBrief(goal.words, goal.done, counted, following.words if following else "", turn))
    return tuple(found)


def _last(reading: Reading, participant: int, before: int) -> LastReview | None:
    """The last review before this one; the decision of an intake is one."""
    line = last_held(reading, participant, before)
    at_intake = next(iter(intake_decisions.of(reading, participant)), None)
    if at_intake is not None and (line is None or (line.sealed or line.opened) < at_intake.decided):
        name = str(name_of(reading, at_intake.transition))
        day = at_intake.decided
        return LastReview(0, name, at_intake.decision, day, day, None, at_intake.reason, ())
    if line is None:
        return None
    owners = dict(reading.sql("SELECT id, initials FROM staff"))
    return LastReview(
        review=line.id,
        transition=str(name_of(reading, line.transition)),
        decision=line.decision,
        day=line.sealed or line.opened,
        effective=line.effective,
        next_review=line.next_review,
        reason=file_of(reading, line.id).reason,
        tasks=tuple(_task(reading, task, owners) for task in tasks_of(reading, participant, line.id)),
    )


def _task(reading: Reading, task: tasks.ToDo, owners: dict[int, str]) -> TaskBrief:
    done = None if task.done_at is None else reading.clock.local(task.done_at).date()
    return TaskBrief(task.text, owners.get(task.owner or 0, ""), task.due, task.state, done)


# ---------------------------------------------------------------------- while it is held


class Known(Struct, frozen=True):
    """What is known of a review; `outlook` is what the workload of the worker is counted from.

    `record` is the participant's record by field, `weeks` the contacts that a release plans, none for any other move,
    `undone` what was decided before somebody took the sealing back.
    """

    file: ReviewFile
    brief: Brief
    lasting: tuple[PhaseSpan, ...]
    team: tuple[Colleague, ...]
    worker: str
    outlook: Outlook
    weeks: tuple[PlannedContact, ...]
    record: Mapping[str, Any]
    undone: Undone | None

    @property
    def releases(self) -> bool:
        """Whether the move that is reviewed is yet to be made and leads out of prison."""
        if self.file.line.moved is not None or self.file.transition.to_phase != AFTER_RELEASE:
            return False
        return bool(ended_by(AFTER_RELEASE, (span.phase for span in self.lasting)))


def known_of(reading: Reading, review: int) -> Known:
    """All of it in one visit to the vault. Raises `ReviewError` for a review that is not here any more."""
    file = file_of(reading, review)
    line = file.line
    person = participants.file_of(reading, line.participant)
    record = person.values
    weeks: tuple[PlannedContact, ...] = ()
    if file.transition.to_phase == AFTER_RELEASE:
        day = line.moved or person.way_out.day or reading.today
        weeks = first_weeks.suggested(reading, line.participant, day)

    return Known(
        file=file,
        brief=brief(reading, review),
        lasting=tuple(span for span in person.phases if span.ended is None),
        team=tuple(staff.team(reading, active_only=False)),
        worker=person.worker_name or _("the whole team"),
        outlook=forecast.outlook(reading, record["worker"], line.participant),
        weeks=weeks,
        record=record,
        undone=undone(reading, review),
    )
