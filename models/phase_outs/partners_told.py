"""Who is told that somebody leaves the programme: the lines of a phase-out, with whether a consent covers it today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from config.programme.shapes import Programme
from config.words import _
from models.consents import answer as consent_answer
from models.consents import matrix as consent_matrix
from models.consents.answer import Answer, same_person
from models.consents.matrix import Partner
from models.storage.reading import Reading
from models.storage.required import require_row
from models.storage.work import Gone
from models.tables import PhaseOutTold


class ToldLine(Struct, frozen=True):
    """A partner who is to be told; with `told` empty, `how` is why they are not to be told after all.

    `contact` is the contact person linked in this part, `answer` whether a consent covers telling them today.
    """

    id: int
    version: int
    agency: str
    role: str
    person: str
    told: date | None
    told_by: str
    how: str
    contact: int | None
    phone: str
    email: str
    answer: Answer

    @property
    def settled(self) -> bool:
        """Whether they were told, or are not to be told."""
        return self.told is not None or bool(self.how)


def partners_around(reading: Reading, participant: int, day: date) -> list[Partner]:
    """Who is to be told: those around now, and those who were on `day` in a part that nobody has now."""
    now = consent_matrix.partners(reading, participant)
    parts = {(one.agency, one.role) for one in now}
    return [
        *now,
        *(one for one in consent_matrix.partners(reading, participant, day) if (one.agency, one.role) not in parts),
    ]


def told_lines(reading: Reading, participant: int, phase_out: int) -> tuple[ToldLine, ...]:
    """Who is to be told of a phase-out, in the programme's order of agencies."""
    rows = reading.sql(
        "SELECT t.id, t.version, t.agency, t.role, t.person, t.told, coalesce(s.initials, ''), t.how "
        "FROM phase_out_told t LEFT JOIN staff s ON s.id = t.told_by_id WHERE t.phase_out_id = ? ORDER BY t.id",
        [phase_out],
    )
    if not rows:
        return ()
    linked = {(one.agency, one.role, same_person(one.name)): one for one in consent_matrix.linked(reading, participant)}
    held, warning = consent_answer.held(reading, participant), reading.programme.limits.consent_warning_days
    found = []
    for id, version, agency, role, person, told, by, how in rows:
        known = linked.get((agency, role, same_person(person)))
        contact = known.contact if known else None
        answer = consent_answer.judge(
            held, agency, role, person, on=reading.today, warning_days=warning, contact=contact
        )
        day = date.fromisoformat(told) if told else None
        reached = (known.phone, known.email) if known else ("", "")
        found.append(ToldLine(id, version, agency, role, person, day, by, how, contact, *reached, answer))
    return tuple(sorted(found, key=lambda one: _place(reading.programme, one.agency)))


def owner_of(reading: Reading, told: int) -> int:
    """The participant of a line of those to be told. Raises `Gone` when it is not there."""
    return int(told_row(reading, told).participant)


def told_of(reading: Reading, told: int) -> ToldLine:
    """One line of those to be told. Raises `Gone` when it is not there."""
    row = told_row(reading, told)
    return next(one for one in told_lines(reading, row.participant, row.phase_out) if one.id == told)


def told_row(reading: Reading, told: int) -> Any:
    """The row of one line of those to be told. Raises `Gone` when it is not there."""
    return require_row(reading, PhaseOutTold, told, Gone(_("This line is not here any more.")))


def whom_words(programme: Programme, agency: str, role: str) -> str:
    """An agency and a role in words, once where they are called the same."""
    parts = (str(programme.agency(agency).name), str(programme.role(role).name) if role else "")
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _place(programme: Programme, agency: str) -> int:
    ids: Sequence[str] = [known.id for known in programme.agencies]
    return ids.index(agency) if agency in ids else len(ids)
