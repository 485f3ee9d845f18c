"""Who around a participant was told of whom: when, by whom, and on which consent or ground; and who does not know yet.

Source: the Trondheim report, in which everybody's contact person in each agency is known to the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.words import N_, _
from models import timeline
from models.consents import answer as consent_answer
from models.consents.answer import Answer, GivenConsent
from models.consents.disclosures import GROUND_LIMIT, ground_of
from models.contacts import network
from models.contacts.network import Involved
from models.contacts.register import one as contact_of
from models.storage.actions import action
from models.storage.portions import marks
from models.storage.reading import Reading, struct
from models.storage.required import require_one, require_participant
from models.storage.work import Gone, Work
from models.tables import ToldOf
from models.values.days import now_or_noon
from models.values.fields import Fields

LABELS: Final = {"day": N_("When"), "ground": N_("Ground"), "own_words": N_("Which ground")}


class KnownError(ExinError):
    """It cannot be noted as asked that people know of each other; a field at fault begins the sentence."""


Whom = Mapping[int, Sequence[int]]
"""Contact persons by the participant around whom they are."""
_FIELDS: Final = Fields(
    LABELS, KnownError, lines=("ground", "own_words"), limits={"ground": GROUND_LIMIT, "own_words": GROUND_LIMIT}
)


class Told(Struct, frozen=True):
    """That one contact person was told of another; `consent` tells whether it rests on one, else `ground` says on what.

    `by` is the name of the colleague who told them.
    """

    id: int
    version: int
    participant: int
    told: int
    told_name: str
    told_agency: str
    of: int
    of_name: str
    of_agency: str
    day: date
    by: str
    consent: int | None
    ground: str


class Knower(Struct, frozen=True):
    """A contact person with what they were told, and the others around who they were not told of.

    `around` tells that they have a part now; of one who has none any more, nobody is missing.
    """

    contact: int
    name: str
    agency: str
    role: str
    around: bool
    told: tuple[Told, ...]
    unknown: tuple[Involved, ...] = ()


class Gap(Struct, frozen=True):
    """An agency none of whose people around a participant was told of anybody at the agencies `of`."""

    agency: str
    of: tuple[str, ...]


@action("known.note", N_("that people know of each other"))
def note(work: Work, whom: Whom, values: Mapping[str, Any] | None = None, *, covered: bool = False) -> int:
    """Note that contact persons know of each other: `whom` are some of those around, by participant.

    `values` holds any of `LABELS`; left out, it is today. Whoever's consent covers it was told on that, the others on
    the ground given; with `covered`, those others were not told. Answers how many were told of somebody; what stands
    already stays. Raises `KnownError` or `DisclosureError`.
    """
    given = _FIELDS.checked(values or {})
    day = given.get("day") or work.today
    if day > work.today:
        raise KnownError(_("When: the date is in the future; note it when they have been told."))
    count = 0
    for participant, contacts in whom.items():
        require_participant(work, participant, KnownError)
        people = [one for one in _around(work, participant) if one.contact in contacts]
        if len(people) < 2:
            raise KnownError(_("It takes two people who have a part in the case now."))
        count += _note(work, participant, people, day, given if not covered else None)
    if not count:
        raise KnownError(_("Nobody was told of anybody they did not know of already."))
    return count


def _note(work: Work, participant: int, people: Sequence[Involved], day: date, given: Mapping[str, Any] | None) -> int:
    """Note it of one participant; without what is `given`, only who is covered was told."""
    stand = {(one.told, one.of) for one in told(work, participant)}
    held = consent_answer.held(work, participant)
    rows = []
    for one, other in permutations(people, 2):
        if (one.contact, other.contact) in stand:
            continue
        found = _cover(work, held, one, day)
        if found.covered or given is not None:
            rows.append({
                "participant": participant, "told": one.contact, "of": other.contact, "day": day,
                "told_by": work.actor.staff_id or None, **_rests(work, found, given or {}),
            })  # fmt: skip
    work.insert_many(ToldOf, rows)
    if rows:
        concerned = {number for row in rows for number in (row["told"], row["of"])}
        names = [one.name for one in people if one.contact in concerned]
        detail = {"partners": "; ".join(names), "date": day.isoformat()}
        timeline.tell(work, participant, "told_of_each_other", now_or_noon(work.clock, day), detail)
    return len({row["told"] for row in rows})


def _rests(work: Work, found: Answer, given: Mapping[str, Any]) -> dict[str, Any]:
    """What it rests on that somebody was told: the consent that covers it, else the ground given."""
    if found.covered:
        return {"consent": found.consent.id if found.consent else None, "ground": ""}
    return {"consent": None, "ground": ground_of(work.programme, given, found)}


@action("known.change", N_("the change to who was told of whom"))
def change(work: Work, row: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change the day on which somebody was told, or the ground it rests on; answers the new version. Raises as `note`.

    On another day another consent may cover it.
    """
    before = one(work, row)
    given = {"day": before.day, "ground": before.ground, **_FIELDS.checked(changes)}
    if given["day"] is None or given["day"] > work.today:
        raise KnownError(_("When: give the day they were told, which is not in the future."))
    person = contact_of(work, before.told)
    roles = [each.role for each in network.involved(work, before.participant) if each.contact == before.told]
    held, days = consent_answer.held(work, before.participant), work.programme.limits.consent_warning_days
    answers = [
        consent_answer.judge(
            held, person.agency, role, person.name, on=given["day"], warning_days=days, contact=person.id
        )
        for role in (roles or [person.role])
    ]  # fmt: skip
    found = next((each for each in answers if each.covered), answers[0])
    return work.update(ToldOf, row, version, day=given["day"], **_rests(work, found, given))


def _called(reading: Reading, person: Involved) -> str:
    return f"{person.name} ({reading.programme.agency(person.agency).name})"


def _cover(reading: Reading, held: Iterable[GivenConsent], person: Involved, on: date) -> Answer:
    days = reading.programme.limits.consent_warning_days
    return consent_answer.judge(
        held, person.agency, person.role, person.name, on=on, warning_days=days, contact=person.contact
    )


def _around(reading: Reading, participant: int) -> tuple[Involved, ...]:
    """Each contact person with a part today once: in the first of their parts that a consent covers, else the first."""
    found: dict[int, Involved] = {}
    for one in network.involved(reading, participant):
        before = found.setdefault(one.contact, one)
        if one.answer.covered and not before.answer.covered:
            found[one.contact] = one
    return tuple(found.values())


def uncovered(reading: Reading, whom: Whom, on: date) -> tuple[tuple[str, Answer], ...]:
    """Whom of those to be told no consent covers on a day, by name and agency, with the answer."""
    found = []
    for participant, contacts in whom.items():
        held = consent_answer.held(reading, participant)
        people = [one for one in _around(reading, participant) if one.contact in contacts]
        answers = [(_called(reading, one), _cover(reading, held, one, on)) for one in people]
        found += [(name, answer) for name, answer in answers if not answer.covered]
    return tuple(found)


def told(reading: Reading, participant: int) -> tuple[Told, ...]:
    """Who was told of whom about a participant, by day."""
    return _rows(reading, "t.participant_id = ?", participant)


def one(reading: Reading, row: int) -> Told:
    """One of them. Raises `Gone`."""
    return require_one(_rows(reading, "t.id = ?", row), Gone(_("This is not noted here any more.")))


def _rows(reading: Reading, which: str, number: int) -> tuple[Told, ...]:
    rows = reading.named(
        "SELECT t.id, t.version, t.participant_id AS participant, t.told_id AS told, c.name AS told_name, "
        "c.agency AS told_agency, t.of_id AS 'of', o.name AS of_name, o.agency AS of_agency, t.day, "
        "coalesce(s.name, '') AS 'by', t.consent_id AS consent, t.ground FROM told_of t "
        "JOIN contact c ON c.id = t.told_id JOIN contact o ON o.id = t.of_id "
        f"LEFT JOIN staff s ON s.id = t.told_by_id WHERE {which} ORDER BY t.day, t.id",
        [number],
    )
    return tuple(struct(Told, row) for row in rows)


def knowers(reading: Reading, participant: int) -> tuple[Knower, ...]:
    """Everybody around a participant with whom they know of and whom not, then those who were told and have left.

    Colleagues of one agency are not missed: they are expected to know of each other.
    """
    rows, people = told(reading, participant), _around(reading, participant)
    found = {one.contact: Knower(one.contact, one.name, one.agency, one.role, True, ()) for one in people}
    for row in rows:
        before = found.get(row.told) or Knower(row.told, row.told_name, row.told_agency, "", False, ())
        found[row.told] = replace(before, told=(*before.told, row))
    return tuple(
        replace(one, unknown=tuple(
            other for other in people
            if one.around and other.agency != one.agency and other.contact not in {row.of for row in one.told}
        ))
        for one in found.values()
    )  # fmt: skip


def gaps(reading: Reading, participants: Sequence[int]) -> dict[int, tuple[Gap, ...]]:
    """By participant: which agencies among those around do not know of which others, in the programme's order."""
    today = reading.today.isoformat()
    agencies: dict[int, dict[str, set[int]]] = {one: {} for one in participants}
    for participant, agency, contact in reading.sql(
        f"SELECT participant_id, agency, contact_id FROM involvement WHERE participant_id IN ({marks(participants)}) "
        "AND since <= ? AND (until IS NULL OR until > ?)",
        [*participants, today, today],
    ):
        agencies[participant].setdefault(agency, set()).add(contact)
    return gaps_among(reading, agencies)


def gaps_among(reading: Reading, agencies: Mapping[int, Mapping[str, set[int]]]) -> dict[int, tuple[Gap, ...]]:
    """The same of those who are around, by participant and agency."""
    participants = list(agencies)
    known: dict[int, set[tuple[int, int]]] = {one: set() for one in participants}
    for participant, one, other in reading.sql(
        f"SELECT participant_id, told_id, of_id FROM told_of WHERE participant_id IN ({marks(participants)})",
        participants,
    ):
        known[participant].add((one, other))
    order = [agency.id for agency in reading.programme.agencies]
    return {
        participant: _gaps(sorted(around, key=lambda one: (one not in order, one in order and order.index(one), one)),
                           around, known[participant])
        for participant, around in agencies.items()
    }  # fmt: skip


def _gaps(order: Sequence[str], around: Mapping[str, set[int]], known: set[tuple[int, int]]) -> tuple[Gap, ...]:
    """The gaps among agencies, each with its people; one told person of an agency is enough."""
    found = []
    for agency in order:
        lacking = tuple(
            other
            for other in order
            if other != agency and not any((one, two) in known for one in around[agency] for two in around[other])
        )
        if lacking:
            found.append(Gap(agency, lacking))
    return tuple(found)


def around(reading: Reading, participants: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Everybody with a part today, by participant; those around whom there are fewer than two are left out."""
    found = {one: tuple(person.contact for person in _around(reading, one)) for one in participants}
    return {one: people for one, people in found.items() if len(people) > 1}
