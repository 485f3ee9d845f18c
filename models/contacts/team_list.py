"""The team's one current list: every active participant with the contact person of each agency.

Source: the Trondheim report, where everybody knows everybody's counterpart.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from models.consents import answer as consent_answer
from models.contacts import known
from models.contacts.known import Gap
from models.storage.portions import marks
from models.storage.reading import Reading


class Listed(Struct, frozen=True):
    """The contact person of one agency, first by role and then by who has been there longest; `others` are beside.

    `covered` says whether something may be shared with them today.
    """

    contact: int
    name: str
    phone: str
    role: str
    others: int
    covered: bool


class TeamLine(Struct, frozen=True):
    """One participant of the list; an agency without anybody is not in `contacts`, a `missing` one should be.

    `gaps` are the agencies that do not know of others.
    """

    participant: int
    code: str
    name: str
    worker: str
    contacts: Mapping[str, Listed]
    missing: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()


def agencies(reading: Reading) -> tuple[str, ...]:
    """The columns of the list: the programme's agencies."""
    return tuple(agency.id for agency in reading.programme.agencies)


def count(reading: Reading) -> int:
    """How many participants are active."""
    return int(reading.value("SELECT count(*) FROM card WHERE phase > 0"))


def place(reading: Reading, participant: int) -> int | None:
    """Where a participant stands in the list, None for one who is not in it."""
    rows = reading.sql("SELECT name_key FROM card WHERE participant_id = ? AND phase > 0", [participant])
    if not rows:
        return None
    before = f"SELECT count(*) FROM {reading.by_index('card', 'card_list')} WHERE phase > 0 AND "
    return int(reading.value(f"{before}(name_key, participant_id) < (?, ?)", [*rows[0], participant]))


def team_list(reading: Reading, offset: int, limit: int) -> list[TeamLine]:
    """The participants `offset` to `offset + limit`, by name, each with the contact person of each agency."""
    looked_through = reading.by_index("card", "card_list")
    cards = reading.sql(
        # What lies before the page is stepped over in the index alone; only the page's own cards are read. The index is
        # named, since the engine does not see from a bound limit that a page is short and would sort everybody.
        "SELECT c.participant_id, c.code, c.name, coalesce(s.initials, ''), c.phases, c.forms "
        f"FROM (SELECT participant_id FROM {looked_through} WHERE phase > 0 ORDER BY name_key, participant_id "
        "LIMIT ? OFFSET ?) page JOIN card c ON c.participant_id = page.participant_id "
        "LEFT JOIN staff s ON s.id = c.worker ORDER BY c.name_key, c.participant_id",
        [limit, offset],
    )
    people = [row[0] for row in cards]
    found: dict[int, dict[str, list[tuple[str, int, str, str]]]] = {person: {} for person in people}
    today = reading.today.isoformat()
    rows = reading.sql(
        "SELECT i.participant_id, i.agency, i.role, c.id, c.name, c.phone FROM involvement i "
        f"JOIN contact c ON c.id = i.contact_id WHERE i.participant_id IN ({marks(people)}) "
        "AND i.since <= ? AND (i.until IS NULL OR i.until > ?) ORDER BY i.since, i.id",
        [*people, today, today],
    )
    for participant, agency, role, contact, name, phone in rows:
        found[participant].setdefault(agency, []).append((role, contact, name, phone))
    roles = {role.id: rank for agency in reading.programme.agencies for rank, role in enumerate(agency.roles)}
    consents, warning = consent_answer.held_by(reading, people), reading.programme.limits.consent_warning_days
    gaps = known.gaps_among(reading, {
        person: {agency: {each[1] for each in several} for agency, several in agencies.items()}
        for person, agencies in found.items()
    })  # fmt: skip
    lines = []
    for participant, code, name, worker, phases, forms in cards:
        contacts = {}
        for agency, several in found[participant].items():
            role, contact, person, phone = min(several, key=lambda each: roles.get(each[0], len(roles)))
            others = len({each[1] for each in several}) - 1
            covered = consent_answer.judge(
                consents[participant], agency, role, person,
                on=reading.today, warning_days=warning, contact=contact,
            ).covered  # fmt: skip
            contacts[agency] = Listed(contact, person, phone, role, others, covered)
        lasting = {int(number) for number in phases.split(",") if number}
        missing = tuple(
            agency.id
            for agency in reading.programme.agencies
            if agency.id not in contacts and agency.expected(lasting, forms.split(","))
        )
        lines.append(TeamLine(participant, code, name, worker, contacts, missing, gaps[participant]))
    return lines
