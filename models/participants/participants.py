"""The people the team follows: their file, entering them, and changing what is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.dates import relative_days
from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.participants import agreed
from models.participants.sentence import computed_two_thirds
from models.phases import phases, way_out
from models.phases.way_out import WayOut
from models.restrictions.restrictions import admit
from models.roles.rights import READER
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import Participant, Staff
from models.values import phone
from models.values.fields import Fields
from models.values.national_id import stated_birth_date, validated

CODE_PREFIX: Final = "EX-"
LONG_FIELDS: Final = {"risk_areas", "address"}
TEXT_FIELDS: Final = {
    "code": N_("Code"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "national_id": N_("National identity number"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "district": N_("District"),
    "stays": N_("Lives"),
    "risk_areas": N_("Risk areas"),
    "substance_use": N_("Substance use"),
    "prison": N_("Prison"),
    "unit": N_("Unit"),
    "security_level": N_("Security level"),
    "parole_decision": N_("Parole decision"),
    "release_kind": N_("Kind of release"),
    "nav_state": N_("Nav office, state"),
    "nav_municipal": N_("Nav office, municipal"),
    "sentence_kind": N_("Kind of sentence"),
}
DATE_FIELDS: Final = {
    "birth_date": N_("Birth date"),
    "sentence_start": N_("Sentence start"),
    "full_term_date": N_("Full-term date"),
    "two_thirds_date": N_("Two-thirds date"),
    "parole_applied": N_("Parole applied for"),
    "parole_decided": N_("Parole decided"),
    "release_date": N_("Release date"),
}
STAFF_FIELDS: Final = {"worker": N_("Responsible"), "coworker": N_("Co-worker")}
LABELS: Final = {**TEXT_FIELDS, **DATE_FIELDS, **STAFF_FIELDS}


class ParticipantError(ExinError):
    """A participant cannot be entered, found or changed as asked."""


_FIELDS: Final = Fields(
    LABELS, ParticipantError, lines=TEXT_FIELDS.keys() - LONG_FIELDS, texts=LONG_FIELDS,
    limits=dict.fromkeys(LONG_FIELDS, 2_000),
)  # fmt: skip


class ParticipantFile(Struct, frozen=True):
    """Everything in a participant's own record.

    `computed_two_thirds` comes from the sentence and is always said to be computed; `way_out` is when the person comes
    out, as far as is known; `values` are the fields by name, dates as dates, staff as ids or None.
    """

    id: int
    version: int
    values: Mapping[str, Any]
    worker_name: str
    coworker_name: str
    computed_two_thirds: date | None
    way_out: WayOut
    phases: tuple[phases.PhaseSpan, ...]
    last_contact: int
    topics: int

    @property
    def code(self) -> str:
        """What the participant is called where no name may show."""
        return str(self.values["code"])

    @property
    def name(self) -> str:
        """Given and family name, or the code while neither is known."""
        return f"{self.values['given_name']} {self.values['family_name']}".strip() or self.code


def file_of(reading: Reading, participant: int) -> ParticipantFile:
    """One participant's file. Raises `ParticipantError` when there is none."""
    worker, coworker = Staff.alias(), Staff.alias()
    row = reading.first(
        Participant.select(Participant, worker.name.alias("worker_name"), coworker.name.alias("coworker_name"))
        .join_from(Participant, worker, "LEFT JOIN", on=(Participant.worker == worker.id))
        .join_from(Participant, coworker, "LEFT JOIN", on=(Participant.coworker == coworker.id))
        .where(Participant.id == participant)
    )
    if row is None:
        raise ParticipantError(_("This participant is not here any more."))
    contact, topics = reading.sql("SELECT contact_key, topics FROM card WHERE participant_id = ?", [participant])[0]
    values, spans = {name: getattr(row, name) for name in LABELS}, phases.of(reading, participant)
    start, full = row.sentence_start, row.full_term_date
    return ParticipantFile(
        id=row.id,
        version=row.version,
        values=values,
        worker_name=row.worker_name or "",
        coworker_name=row.coworker_name or "",
        computed_two_thirds=computed_two_thirds(row.sentence_kind, start, full, reading.programme.limits),
        way_out=way_out.way_out(values, (span.phase for span in spans if span.ended is None)),
        phases=spans,
        last_contact=contact,
        topics=topics,
    )


def called(reading: Reading, participant: int) -> tuple[str, str]:
    """The code and the name of a participant, empty where there is none."""
    found = reading.sql("SELECT code, name FROM card WHERE participant_id = ?", [participant])
    return (str(found[0][0]), str(found[0][1])) if found else ("", "")


def named_in(reading: Reading, text: str) -> list[tuple[str, str]]:
    """The code and the name of every participant whose whole, given or family name stands in a text."""
    found = reading.sql(
        "SELECT c.code, c.name FROM card c JOIN participant p ON p.id = c.participant_id WHERE "
        "(p.given_name != '' AND instr(?1, p.given_name)) OR (p.family_name != '' AND instr(?1, p.family_name))",
        [text],
    )
    # A longer name first: "Bo Moe" before "Bo".
    return sorted(((str(code), str(name)) for code, name in found), key=lambda one: -len(one[1]))


def next_code(reading: Reading) -> str:
    """A code nobody has: it tells nothing about the person."""
    last = reading.value(
        "SELECT max(CAST(substr(code, ?) AS INTEGER)) FROM participant WHERE upper(code) GLOB ? AND length(code) < 15",
        [len(CODE_PREFIX) + 1, f"{CODE_PREFIX}[0-9]*"],
    )
    return f"{CODE_PREFIX}{int(last or 0) + 1:03d}"


@action("participants.add", N_("the new participant"))
def add(work: Work, values: Mapping[str, Any], began: date | None = None, phase: int = 1) -> int:
    """Enter a candidate; a name is enough, and so is nothing but the code the program gives.

    The intake phase begins `began`, or today. Answers the new id. Raises `ParticipantError` or `BadNationalId`.
    """
    checked = cleaned(values, work.today)
    if not checked.get("birth_date"):
        checked["birth_date"] = stated_birth_date(checked.get("national_id") or "")
    checked.setdefault("worker", work.actor.staff_id or None)
    _may_be_responsible(work, checked)
    if not checked.get("code"):
        checked["code"] = next_code(work)
    _code_is_free(work, checked["code"], 0)
    participant = work.insert(Participant, created_at=work.clock.seconds(), **checked)
    phases.begin(work, participant, phase, began or work.today)
    return participant


@action("participants.change", N_("the change to the participant"))
def change(work: Work, participant: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change fields of a participant's record; answers the new version. Raises `Conflict` as `Work.update`.

    A birth date that the identity number states is filled in where none is known. A new responsible worker or release
    date is also told in the timeline; what was agreed and waits for the former worker is the new one's.
    """
    checked = cleaned(changes, work.today)
    if "code" in checked:
        if not checked["code"]:
            raise ParticipantError(_("Code: a participant cannot be without one."))
        _code_is_free(work, checked["code"], participant)
    before = work.first(Participant.select().where(Participant.id == participant))
    if before is not None and checked.get("national_id") and "birth_date" not in checked and not before.birth_date:
        checked["birth_date"] = stated_birth_date(checked["national_id"])
    _may_be_responsible(work, checked, before)
    admit(work, participant, [checked[role] for role in ("worker", "coworker") if role in checked])
    new = work.update(Participant, participant, version, **checked)
    if before is not None and before.worker and checked.get("worker") not in (None, before.worker):
        agreed.hand_on(work, agreed.held(work, before.worker, participant), checked["worker"])
    if before is not None:
        _tell(work, participant, before, checked)
    return new


def cleaned(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """`values` cleaned. Raises `ParticipantError`, `BadNationalId` or `TextTooLong`."""
    checked = _FIELDS.checked(values)
    if checked.get("national_id"):
        checked["national_id"] = validated(checked["national_id"])
    if checked.get("birth_date") and checked["birth_date"] > today:
        raise ParticipantError(_("Birth date: the date is in the future."))
    return checked


def _code_is_free(work: Reading, code: str, participant: int) -> None:
    taken = work.value("SELECT id FROM participant WHERE code = ? COLLATE NOCASE AND id != ?", [code, participant])
    if taken is not None:
        raise ParticipantError(_("Code: {code} is another participant's.").format(code=code))


def _may_be_responsible(work: Reading, checked: Mapping[str, Any], before: Any = None) -> None:
    """Refuse a colleague with read access only, but for one who was named before. A co-worker may look along."""
    staff = checked.get("worker")
    if staff is None or (before is not None and staff == before.worker):
        return
    name = work.value("SELECT name FROM staff WHERE id = ? AND role = ?", [staff, READER])
    if name is not None:
        sentence = _("{field}: {name} has read access only and cannot be responsible.")
        raise ParticipantError(sentence.format(field=_(STAFF_FIELDS["worker"]), name=name))


def _tell(work: Work, participant: int, before: Any, checked: Mapping[str, Any]) -> None:
    if "worker" in checked and checked["worker"] != before.worker:
        name = work.value("SELECT name FROM staff WHERE id = ?", [checked["worker"]]) or "–"
        timeline.tell(work, participant, "worker_changed", work.clock.seconds(), {"name": name})
    for name in ("full_term_date", "two_thirds_date", "release_date"):
        if name in checked and (day := checked[name]) != getattr(before, name):
            detail = {"field": name, "date": day.isoformat() if day else ""}
            timeline.tell(work, participant, "dates_changed", work.clock.seconds(), detail)


def advice(values: Mapping[str, Any], entered: date | None = None) -> list[str]:
    """What looks wrong among a record's dates, in sentences; none of it hinders saving.

    `entered` is the day on which somebody new is entered: then what is over already is likely a slip of the pen.
    """
    start, full, two_thirds = values.get("sentence_start"), values.get("full_term_date"), values.get("two_thirds_date")
    release, applied, decided = values.get("release_date"), values.get("parole_applied"), values.get("parole_decided")
    birth, number = values.get("birth_date"), values.get("national_id") or ""

    def before(one: date | None, other: date | None) -> bool:
        return bool(one and other and one < other)

    def ago(day: date | None) -> str:
        return relative_days(day, entered) if day and entered else ""

    doubts = (
        (before(full, start), _("The full-term date is before the sentence starts.")),
        (before(two_thirds, start) or before(full, two_thirds), _("The two-thirds date is outside the sentence.")),
        (before(release, start), _("The release date is before the sentence starts.")),
        (before(full, release), _("The release date is after the full term.")),
        (before(release, entered), _("The release date is past already, {ago}.").format(ago=ago(release))),
        (before(full, entered), _("The full-term date is past already, {ago}.").format(ago=ago(full))),
        (before(entered, birth), _("Birth date: the date is in the future.")),
        (before(decided, applied), _("Parole was decided before it was applied for.")),
        (
            birth and stated_birth_date(number) not in (None, birth),
            _("The birth date is not the one the identity number states."),
        ),
    )
    of_phone = phone.advice(values.get("phone") or "")
    return [*(sentence for holds, sentence in doubts if holds), *([of_phone] if of_phone else ())]


def open_periods(reading: Reading, participant: int) -> list[int]:
    """The numbers of the phases that last now."""
    return sorted(span.phase for span in phases.of(reading, participant) if span.ended is None)
