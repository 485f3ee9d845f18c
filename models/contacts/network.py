"""The people around one participant: who has which part and since when, what is missing, and where it is crowded.

A part lasts from `since` to the day before `until`. Holes and crowding are advice (the Trondheim report: missing and
duplicate helpers are to be visible, and ever new helpers are a way of losing somebody).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from config.words import N_, _
from models import timeline
from models.consents import answer as consent_answer
from models.consents.answer import Answer
from models.contacts.people import PeopleError, check_role
from models.contacts.register import ContactPerson
from models.contacts.register import one as contact_of
from models.participants.sentence import forms
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_participant, require_row
from models.storage.work import Gone, Work
from models.tables import Involvement
from models.values.days import now_or_noon
from models.values.fields import Fields

LABELS: Final = {"role": N_("Role"), "since": N_("Since"), "until": N_("Until"), "note": N_("Note")}
NOTE_LIMIT: Final = 2_000
_FIELDS: Final = Fields(LABELS, PeopleError, lines=("role",), texts=("note",), limits={"note": NOTE_LIMIT})


class Involved(Struct, frozen=True):
    """One contact person's part in a case; `answer` says whether something may be shared with them, `left` their post.

    `new` tells that they came within the weeks that the programme calls new.
    """

    id: int
    version: int
    contact: int
    name: str
    agency: str
    role: str
    office: str
    phone: str
    phone_other: str
    email: str
    since: date
    until: date | None
    note: str
    left: bool
    answer: Answer
    new: bool

    def lasts(self, on: date) -> bool:
        """Whether they have the part on a day."""
        return self.since <= on and (self.until is None or self.until > on)


class AgencyGroup(Struct, frozen=True):
    """The people of one agency; `missing` is an agency that should have somebody now, `crowded` roles with too many.

    `typical` are the roles the guide names among the partners of a phase that lasts, which nobody has; none is missing.
    """

    agency: str
    people: tuple[Involved, ...]
    missing: bool
    crowded: tuple[str, ...]
    typical: tuple[str, ...] = ()


class Network(Struct, frozen=True):
    """Everybody around a participant, by agency in the programme's order, with what is missing and where it is crowded.

    `newcomers` counts those who are new, when they are more than the programme's limit, else 0; `former` had a part
    before, the last first.
    """

    groups: tuple[AgencyGroup, ...]
    newcomers: int
    former: tuple[Involved, ...]

    @property
    def holes(self) -> tuple[str, ...]:
        """The agencies that should have somebody and have nobody."""
        return tuple(group.agency for group in self.groups if group.missing)

    @property
    def crowded(self) -> tuple[str, ...]:
        """The roles that more people have than is good."""
        return tuple(role for group in self.groups for role in group.crowded)

    @property
    def people(self) -> tuple[Involved, ...]:
        """Everybody who has a part now."""
        return tuple(person for group in self.groups for person in group.people)


@action("network.involve", N_("the contact person linked"))
def involve(work: Work, participant: int, contact: int, values: Mapping[str, Any] | None = None) -> int:
    """Link a contact person to a participant; answers the id of their part.

    `values` holds any of `LABELS`; left out, the role is the register's and it begins today. Raises `PeopleError` for
    one who has left their post, a part they have already, or days that contradict each other.
    """
    require_participant(work, participant, PeopleError)
    person = contact_of(work, contact)
    if not person.active:
        raise PeopleError(_("{name} has left the post; choose somebody else.").format(name=person.name))
    given = {"role": person.role, "since": work.today, **(values or {})}
    checked = _checked(work, given, person.agency, None)
    _not_twice(work, participant, person, checked["role"], checked.get("until"))
    row = work.insert(Involvement, participant=participant, contact=contact, agency=person.agency, **checked)
    _tell(work, participant, "contact_linked", row, checked["since"], (person.agency, checked["role"], person.name))
    return row


@action("network.change", N_("the change to somebody's role"))
def change(work: Work, involvement: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change the role, the days or the note of somebody's part; answers the new version. Raises as `involve`."""
    before = _row(work, involvement)
    checked = _checked(work, changes, before.agency, before)
    person, until = contact_of(work, before.contact), checked.get("until", before.until)
    _not_twice(work, before.participant, person, checked.get("role", before.role), until, involvement)
    return work.update(Involvement, involvement, version, **checked)


@action("network.uninvolve", N_("the end of somebody's role"))
def uninvolve(work: Work, involvement: int, version: int, until: date | None = None) -> None:
    """End somebody's part: `until`, today when left out, is the first day without it. It stays in the history."""
    before = _row(work, involvement)
    day = until or work.today
    name = contact_of(work, before.contact).name
    if before.until is not None and before.until <= work.today and before.version == version:
        raise PeopleError(_("{name} has no role any more.").format(name=name))
    checked = _checked(work, {"until": day}, before.agency, before)
    work.update(Involvement, involvement, version, **checked)
    _tell(work, before.participant, "contact_ended", involvement, day, (before.agency, before.role, name))


def _checked(reading: Reading, values: Mapping[str, Any], agency: str, before: Any | None) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    if "note" in checked:
        checked["note"] = checked["note"].strip()
    if "role" in checked:
        if not checked["role"]:
            raise PeopleError(_("Role: say which role the person has."))
        check_role(reading, checked["role"], agency)
    if "since" in checked and checked["since"] is None:
        checked["since"] = reading.today
    since = checked.get("since") or (before.since if before else reading.today)
    until = checked.get("until", before.until if before else None)
    if since > reading.today:
        raise PeopleError(_("Since: the date is in the future; link the person when it has begun."))
    if until is not None and until < since:
        raise PeopleError(_("Until: the end is before the start."))
    return checked


def _not_twice(
    reading: Reading, participant: int, person: ContactPerson, role: str, until: date | None, but: int = 0
) -> None:
    if until is not None and until <= reading.today:
        return
    if reading.value(
        "SELECT 1 FROM involvement WHERE participant_id = ? AND contact_id = ? AND role = ? AND id != ? "
        "AND (until IS NULL OR until > ?)",
        [participant, person.id, role, but, reading.today.isoformat()],
    ):
        raise PeopleError(_("{name} has this role already.").format(name=person.name))


def _tell(work: Work, participant: int, kind: str, row: int, day: date, whom: tuple[str, str, str]) -> None:
    agency, role, person = whom
    detail = {"agency": agency, "role": role, "person": person, "date": day.isoformat()}
    timeline.tell(work, participant, kind, now_or_noon(work.clock, day), detail, subject=f"involvement:{row}")


def _row(reading: Reading, involvement: int) -> Any:
    return require_row(reading, Involvement, involvement, Gone(_("This role in the case is not here any more.")))


def _all(reading: Reading, participant: int, on: date) -> list[Involved]:
    """Everybody who ever had a part, as the consents stand on a day."""
    rows = reading.named(
        "SELECT i.id, i.version, i.contact_id AS contact, c.name, i.agency, i.role, c.office, c.phone, c.phone_other, "
        'c.email, i.since, i.until, i.note, NOT c.active AS "left" FROM involvement i '
        "JOIN contact c ON c.id = i.contact_id WHERE i.participant_id = ? ORDER BY i.since, i.id",
        [participant],
    )
    held = consent_answer.held(reading, participant) if rows else ()
    limits = reading.programme.limits
    fresh = (on - timedelta(weeks=limits.new_in_weeks)).isoformat()
    found = []
    for row in rows:
        answer = consent_answer.judge(
            held, row["agency"], row["role"], row["name"], on=on, warning_days=limits.consent_warning_days,
            contact=row["contact"],
        )  # fmt: skip
        found.append(struct(Involved, row, answer=answer, new=row["since"] > fresh))
    return found


def involved(reading: Reading, participant: int, on: date | None = None) -> tuple[Involved, ...]:
    """Who has a part in a participant's case on a day (today), by agency, role and since when."""
    day = on or reading.today
    return tuple(_sorted(reading, [one for one in _all(reading, participant, day) if one.lasts(day)]))


def one(reading: Reading, involvement: int) -> tuple[int, Involved]:
    """The participant and one part in their case. Raises `Gone` when there is none."""
    owner = int(_row(reading, involvement).participant)
    return owner, next(each for each in _all(reading, owner, reading.today) if each.id == involvement)


def network(reading: Reading, participant: int) -> Network:
    """Everybody around a participant today, with the consent answer beside each, holes and crowding."""
    today, limits = reading.today, reading.programme.limits
    everybody = _all(reading, participant, today)
    present = _sorted(reading, [one for one in everybody if one.lasts(today)])
    lasting = reading.sql("SELECT phase FROM phase_period WHERE participant_id = ? AND ended IS NULL", [participant])
    phases = {phase for (phase,) in lasting}
    released = reading.sql("SELECT release_kind, parole_decision, stays FROM participant WHERE id = ?", [participant])
    ways = forms(*released[0]) if released else ()
    groups = []
    for agency in _agencies(reading, {one.agency for one in present}):
        people = tuple(one for one in present if one.agency == agency)
        known = reading.programme.agency(agency)
        missing = not people and known.expected(phases, ways)
        there = {one.role for one in people}
        typical = tuple(role.id for role in known.roles if role.id not in there and phases.intersection(role.typical))
        if people or missing or typical:
            counts = Counter(one.role for one in people)
            crowded = tuple(role for role, count in counts.items() if count > limits.crowded_in_role)
            groups.append(AgencyGroup(agency, people, missing, crowded, typical))
    # Where everybody is new it is the beginning of a network and not its turning over.
    new = len({one.contact for one in present if one.new}) if any(not one.new for one in everybody) else 0
    former = [one for one in everybody if not one.lasts(today)]
    former.sort(key=lambda one: (one.until or one.since, one.id), reverse=True)
    return Network(tuple(groups), new if new > limits.crowded_in_role else 0, tuple(former))


def _agencies(reading: Reading, used: set[str]) -> list[str]:
    """The programme's agencies in order, and after them those that are used but no longer in it."""
    known = [agency.id for agency in reading.programme.agencies]
    return [*known, *sorted(used - set(known))]


def _sorted(reading: Reading, people: Sequence[Involved]) -> list[Involved]:
    agencies = _agencies(reading, {one.agency for one in people})
    roles = [role.id for agency in reading.programme.agencies for role in agency.roles]
    return sorted(
        people,
        key=lambda one: (
            agencies.index(one.agency),
            roles.index(one.role) if one.role in roles else len(roles),
            one.since,
            one.id,
        ),
    )
