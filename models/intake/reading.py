"""A candidate's way in as it stands: criteria with their judgement, the talks, and who waits for the next one.

Source: the EX/IN guide on intake: criteria, four talks in order, a decision of both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.dates import format_date
from config.programme.method.intake import MONTHS_LEFT, Criterion, Talk
from config.programme.shapes import Limits
from config.words import N_, _, n_
from models.consents import matrix as consent_matrix
from models.consents.summary import INTAKE_SET
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.participants.sentence import months_left
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, HIGH_SECURITY, IN_PRISON, INTAKE
from models.phases.way_out import CUSTODY, FULL_TERM, WayOut
from models.storage.reading import Reading, struct
from models.storage.work import Gone
from models.tables import Intake

MET, NOT_MET, TO_JUDGE = "met", "not_met", "to_judge"
JUDGEMENTS: Final = {TO_JUDGE: N_("to be assessed"), MET: N_("met"), NOT_MET: N_("not met")}
ENROLLED, ENDED = "enrolled", "ended"
OUTCOMES: Final = {ENROLLED: N_("enrolled"), ENDED: N_("no basis")}


class CriterionLine(Struct, frozen=True):
    """One criterion as it was judged; `version` is 0 while nobody has, `proposed` what the dates answer, `fact` why."""

    criterion: Criterion
    version: int = 0
    judgement: str = TO_JUDGE
    note: str = ""
    judged: date | None = None
    by: str = ""
    proposed: str = ""
    fact: str = ""


class TalkLine(Struct, frozen=True):
    """One talk; `id` and `version` are 0 and `held` is None while it was not held, `reason` is why out of order."""

    talk: Talk
    id: int = 0
    version: int = 0
    held: date | None = None
    who: str = ""
    covered: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    note: str = ""
    reason: str = ""


class FormerIntake(Struct, frozen=True):
    """An earlier time somebody was a candidate."""

    opened: date
    decided: date | None
    outcome: str
    reason: str


class IntakeFile(Struct, frozen=True, kw_only=True):
    """All of one intake; `id` and `version` are 0 for a candidate whose intake nothing was written in yet.

    `opened` is None where there is none to speak of: never a candidate in here. `ours`, `theirs`, `outcome` and the
    rest of the decision are as in the table.
    """

    id: int = 0
    version: int = 0
    person: ParticipantFile
    opened: date | None
    referred_by: str = ""
    referral_note: str = ""
    ours: str = ""
    theirs: str = ""
    decided: date | None = None
    outcome: str = ""
    phase: int | None = None
    reason: str = ""
    criteria: tuple[CriterionLine, ...]
    talks: tuple[TalkLine, ...]
    former: tuple[FormerIntake, ...]

    @property
    def next_talk(self) -> TalkLine | None:
        """The first talk that was not held, None when all were."""
        return next((line for line in self.talks if line.held is None), None)

    @property
    def said(self) -> Mapping[str, date]:
        """When each premise was said for the first time."""
        found: dict[str, date] = {}
        for line in self.talks:
            for premise in line.said if line.held else ():
                found[premise] = min(line.held or date.max, found.get(premise, date.max))
        return found

    @property
    def moved_on(self) -> date | None:
        """When an intake that nobody has decided was left for another phase; None while it lasts or is decided."""
        spans = [span for span in self.person.phases if span.phase == INTAKE]
        if self.outcome or not spans or any(span.ended is None for span in spans):
            return None
        return max(span.ended for span in spans if span.ended)

    @property
    def waits_since(self) -> date | None:
        """Since when the candidate waits for the next talk, or for the decision; None when it is decided."""
        if self.outcome or self.opened is None or self.moved_on is not None:
            return None
        return max((line.held for line in self.talks if line.held), default=self.opened)


def current(reading: Reading, participant: int) -> tuple[Any | None, date | None]:
    """The row of the intake that counts, None while none was written, and when its period of phase 1 began.

    While phase 1 lasts that is the undecided one of this period; else the last there was.
    """
    began = reading.value(
        "SELECT max(began) FROM phase_period WHERE participant_id = ? AND phase = ? AND ended IS NULL",
        [participant, INTAKE],
    )
    query = Intake.select().where(Intake.participant == participant).order_by(Intake.id.desc())
    if began is None:
        return reading.first(query), None
    day = date.fromisoformat(began)
    return reading.first(query.where((Intake.outcome == "") & (Intake.opened >= day))), day


def file_of(reading: Reading, participant: int) -> IntakeFile:
    """One candidate's intake. Raises `ParticipantError` when there is nobody."""
    person = participants.file_of(reading, participant)
    row, began = current(reading, participant)
    written = {} if row is None else row._asdict()
    intake = written.get("id", 0)
    former = reading.structs(
        FormerIntake,
        "SELECT opened, decided, outcome, reason FROM intake WHERE participant_id = ? AND outcome != '' AND id != ? "
        "ORDER BY id DESC",
        [participant, intake],
    )
    lists = {"criteria": _criteria(reading, intake, person), "talks": _talks(reading, intake), "former": former}
    return struct(IntakeFile, {"opened": began, **written}, person=person, **lists)


def owner_of(reading: Reading, talk: int) -> int:
    """Whose a talk is. Raises `Gone` when it is not there."""
    found = reading.value("SELECT participant_id FROM intake_talk WHERE id = ?", [talk])
    if found is None:
        raise Gone(_("This talk is not here any more; somebody has taken it away."))
    return int(found)


def _criteria(reading: Reading, intake: int, person: ParticipantFile) -> list[CriterionLine]:
    rows = reading.named(
        "SELECT j.criterion, j.version, j.judgement, j.note, j.judged, coalesce(s.initials, '') AS by "
        "FROM criterion_judgement j LEFT JOIN staff s ON s.id = j.judged_by_id WHERE j.intake_id = ?",
        [intake],
    )
    written = {row["criterion"]: row for row in rows}
    found = []
    for criterion in reading.programme.method.intake.criteria:
        proposed, fact = months_proposal(person.way_out, reading) if criterion.computed == MONTHS_LEFT else ("", "")
        row = written.get(criterion.id, {})
        found.append(struct(CriterionLine, row, criterion=criterion, proposed=proposed, fact=fact))
    return found


def _talks(reading: Reading, intake: int) -> list[TalkLine]:
    rows = reading.named(
        "SELECT talk, id, version, held, who, covered, said, note, reason FROM intake_talk WHERE intake_id = ?",
        [intake],
    )
    for row in rows:
        row |= {"covered": row["covered"].split(), "said": row["said"].split()}
    written = {row["talk"]: row for row in rows}
    return [struct(TalkLine, written.get(talk.id, {}), talk=talk) for talk in reading.programme.method.intake.talks]


def months_proposal(out: WayOut, reading: Reading) -> tuple[str, str]:
    """What the day somebody comes out answers to the months that should be left, and that in words; nothing without."""
    left = months_left(out.day, reading.today)
    if left is None or out.day is None:
        return "", _("Neither full-term nor release date is known.")
    wanted = reading.programme.limits.intake_months
    if out.basis == FULL_TERM:
        told = n_("{count} month to full term {date}", "{count} months to full term {date}", left)
    else:
        told = n_("{count} month to release {date}", "{count} months to release {date}", left)
    time = told.format(count=left, date=format_date(out.day))
    return MET if left >= wanted else NOT_MET, _("{time}; at least {wanted}.").format(time=time, wanted=wanted)


def fitting_phase(person: ParticipantFile, limits: Limits, today: date) -> int:
    """The phase that fits where somebody is when both sides agree: in prison, before release, or out already."""
    values, release = person.values, person.way_out.day
    if values["stays"] not in CUSTODY or (release is not None and release <= today):
        return AFTER_RELEASE
    high = values["security_level"] == HIGH_SECURITY
    lead = limits.before_release_days_high if high else limits.before_release_days_lower
    return BEFORE_RELEASE if release is not None and release - today <= timedelta(days=lead) else IN_PRISON


def talk_warnings(file: IntakeFile, talk: str, held: date) -> tuple[str, ...]:
    """Which talks should have come before this one, in sentences."""
    found = []
    for line in file.talks:
        if line.talk.id == talk:
            break
        if line.held is None:
            found.append(_("{talk} comes first and is not held yet.").format(talk=line.talk.name))
        elif line.held > held:
            later = _("{talk} comes first and was held later, {date}.")
            found.append(later.format(talk=line.talk.name, date=format_date(line.held)))
    return tuple(found)


def decision_warnings(reading: Reading, participant: int) -> tuple[str, ...]:
    """What speaks against enrolling as things stand, each by name: a sentence for each sort of it."""
    file = file_of(reading, participant)
    said, known = file.said, reading.programme
    failed = [str(line.criterion.name) for line in file.criteria if line.judgement == NOT_MET]
    unjudged = [str(line.criterion.name) for line in file.criteria if line.judgement not in (MET, NOT_MET)]
    unheld = [str(line.talk.name) for line in file.talks if line.held is None]
    unsaid = [str(premise.name) for premise in known.method.intake.premises if premise.id not in said]
    lacking = [str(known.agency(one.agency).name) for one in consent_matrix.missing(reading, participant, INTAKE_SET)]
    found = (
        (_("Criteria not met: {names}."), failed),
        (_("Criteria not assessed: {names}."), unjudged),
        (_("Talks not held: {names}."), unheld),
        (_("Not said: {names}."), unsaid),
        (_("Consents missing: {names}."), lacking),
    )
    return tuple(sentence.format(names="; ".join(names)) for sentence, names in found if names)
