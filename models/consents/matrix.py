"""What the consents say, asked for: the matrix of the form, the sets, the history, and who is to be told of an end.

Source: the EX/IN guide's consent form (agency × role × named person) and its minimum sets.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from config.errors import ExinError
from config.words import _
from models.consents.answer import Answer, GivenConsent, best, held, judge, same_person
from models.storage.reading import Reading
from models.storage.required import require_row
from models.tables import Consent


class ConsentError(ExinError):
    """A consent cannot be given, renewed or withdrawn as asked; the sentence begins with the field at fault."""


class MatrixRow(Struct, frozen=True):
    """One agency × role × person of the consent form; `person` is empty for the role as a whole.

    `sets` are the consent sets that want this agency, `last` the consent given last to exactly this, which is not
    always the one that answers, and `times` how many were ever given.
    """

    agency: str
    role: str
    person: str
    answer: Answer
    sets: tuple[str, ...]
    last: GivenConsent | None
    times: int


class SetAnswer(Struct, frozen=True):
    """How one agency of a consent set stands: the best answer of all its roles."""

    agency: str
    answer: Answer


class Linked(Struct, frozen=True):
    """A contact person who is linked to the participant now."""

    contact: int
    agency: str
    role: str
    name: str
    phone: str
    email: str


class Partner(Struct, frozen=True):
    """Somebody to tell that the consents end; `covered` says whether one is in force with them."""

    agency: str
    role: str
    person: str
    phone: str
    covered: bool


def row_of(reading: Reading, consent: int) -> Any:
    """The row of a consent. Raises `ConsentError` when it is not there."""
    return require_row(reading, Consent, consent, ConsentError(_("This consent is not here any more.")))


def owner_of(reading: Reading, consent: int) -> int:
    """Whose a consent is. Raises `ConsentError` when it is not there."""
    return int(row_of(reading, consent).participant)


def one(reading: Reading, participant: int, consent: int) -> GivenConsent:
    """One consent of a participant's. Raises `ConsentError` when it is not there."""
    found = next((each for each in held(reading, participant) if each.id == consent), None)
    if found is None:
        raise ConsentError(_("This consent is not here any more."))
    return found


def history(reading: Reading, participant: int, agency: str, role: str, person: str = "") -> tuple[GivenConsent, ...]:
    """Every consent ever given to this role and person, the newest first."""
    wanted = same_person(person)
    found = [each for each in held(reading, participant) if (each.agency, each.role) == (agency, role)]
    return tuple(each for each in reversed(found) if same_person(each.person) == wanted)


def matrix(reading: Reading, participant: int) -> tuple[MatrixRow, ...]:
    """The consent form with its answers: every agency × role of the form, and every person a consent names.

    In the programme's order; what the programme no longer knows comes last. A role as a whole stands there where it is
    in the form, or where a consent to it was given; not beside named persons of an agency that wants names.
    """
    consents, day = held(reading, participant), reading.today
    warning = reading.programme.limits.consent_warning_days
    given: dict[tuple[str, str], dict[str, list[GivenConsent]]] = {}
    for each in consents:
        given.setdefault((each.agency, each.role), {}).setdefault(same_person(each.person), []).append(each)
    places: list[tuple[str, str, bool, bool]] = [
        (agency.id, role.id, role.consent, agency.named)
        for agency in reading.programme.agencies
        for role in agency.roles
    ]
    known = {(agency, role) for agency, role, _form, _named in places}
    places += [(agency, role, False, False) for agency, role in given if (agency, role) not in known]
    rows = []
    for agency, role, in_form, named in places:
        people = given.get((agency, role), {})
        sets = tuple(each.id for each in reading.programme.consent_sets if agency in each.agencies)
        whole = "" in people or (in_form and not (named and people))
        for key in [*([""] if whole else []), *sorted(key for key in people if key)]:
            person = people[key][-1].person if key else ""
            found = judge(consents, agency, role, person, on=day, warning_days=warning)
            own = people.get(key, [])
            rows.append(MatrixRow(agency, role, person, found, sets, own[-1] if own else None, len(own)))
    return tuple(rows)


def set_answers(reading: Reading, participant: int, set_id: str) -> tuple[SetAnswer, ...]:
    """How every agency of a consent set stands; empty when the programme has no such set."""
    consents, warning = held(reading, participant), reading.programme.limits.consent_warning_days
    agencies = next((each.agencies for each in reading.programme.consent_sets if each.id == set_id), ())
    return tuple(
        SetAnswer(agency, best([each for each in consents if each.agency == agency], reading.today, warning))
        for agency in agencies
    )


def missing(reading: Reading, participant: int, set_id: str) -> tuple[SetAnswer, ...]:
    """The agencies of a consent set with which nothing may be shared, each with why."""
    return tuple(each for each in set_answers(reading, participant, set_id) if not each.answer.covered)


def linked(reading: Reading, participant: int, on: date | None = None) -> tuple[Linked, ...]:
    """The contact persons linked to a participant on a day (today), by agency and name."""
    day = (on or reading.today).isoformat()
    return tuple(
        reading.structs(
            Linked,
            "SELECT c.id AS contact, i.agency, i.role, c.name, c.phone, c.email FROM involvement i "
            "JOIN contact c ON c.id = i.contact_id WHERE i.participant_id = ? AND i.since <= ? "
            "AND (i.until IS NULL OR i.until > ?) ORDER BY i.agency, c.name",
            [participant, day, day],
        )
    )


def partners(reading: Reading, participant: int, on: date | None = None) -> tuple[Partner, ...]:
    """Who is to be told when the consents end: those a consent covers, and the contact persons linked now."""
    day = on or reading.today
    found: dict[tuple[str, str, str], Partner] = {}
    consents, warning = held(reading, participant), reading.programme.limits.consent_warning_days
    for one in linked(reading, participant, day):
        asked = judge(consents, one.agency, one.role, one.name, on=day, warning_days=warning, contact=one.contact)
        key = (one.agency, one.role, same_person(one.name))
        found[key] = Partner(one.agency, one.role, one.name, one.phone, asked.covered)
    for each in consents:
        somebody = any(known[:2] == (each.agency, each.role) for known in found)
        if each.holds(day) and (each.person or not somebody):
            key = (each.agency, each.role, same_person(each.person))
            found.setdefault(key, Partner(each.agency, each.role, each.person, "", covered=True))
    order = {agency.id: place for place, agency in enumerate(reading.programme.agencies)}
    return tuple(sorted(found.values(), key=lambda each: (order.get(each.agency, 99), each.role, each.person)))
