"""Reading the register of contact persons: found as one types, in windows however many there are, and doubles told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from msgspec import Struct

from config.words import _
from models.storage.portions import marks
from models.storage.reading import Reading
from models.storage.work import Gone
from models.values import phone
from models.values.searched import terms
from models.values.text import clean_line, fold, plain_signs, words

PHONES: Final = ("phone", "phone_other")
DOUBLES_SHOWN: Final = 5
NAMED_AT_MOST: Final = 5


class ContactPerson(Struct, frozen=True):
    """One person of the register; `cases` counts the participants they are involved with now."""

    id: int
    version: int
    name: str
    agency: str
    role: str
    office: str
    phone: str
    phone_other: str
    email: str
    notes: str
    active: bool
    merged_into: int | None
    cases: int


class PeopleQuery(Struct, frozen=True):
    """Which contact persons: those whose words begin with `text`, of one agency or all; `left` shows who has left."""

    text: str = ""
    agency: str = ""
    left: bool = False


def _people(reading: Reading, which: str, values: Sequence[object]) -> list[ContactPerson]:
    return reading.structs(
        ContactPerson,
        "SELECT c.id, c.version, c.name, c.agency, c.role, c.office, c.phone, c.phone_other, c.email, c.notes, "
        "c.active, c.merged_into_id AS merged_into, (SELECT count(DISTINCT i.participant_id) FROM involvement i "
        f"WHERE i.contact_id = c.id AND (i.until IS NULL OR i.until > ?)) AS cases FROM contact c WHERE {which}",
        [reading.today.isoformat(), *values],
    )


def one(reading: Reading, contact: int) -> ContactPerson:
    """One contact person. Raises `Gone` when there is none."""
    found = _people(reading, "c.id = ?", [contact])
    if not found:
        raise Gone(_("This contact person is not in the register any more."))
    return found[0]


def doubles(reading: Reading, values: Mapping[str, Any], contact: int = 0) -> list[ContactPerson]:
    """Who in the register has the same phone, the same e-mail, or the same name in the same agency; at most a few."""
    told = _reached((values.get(name) or "" for name in PHONES), clean_line(values.get("email") or ""))
    parts = ["instr(c.folded, ?) > 0"] * len(told)
    bound: list[Any] = [f" {word} " for word in told]
    name = words(values.get("name") or "")
    if name:
        parts.append("(c.agency = ? AND substr(c.folded, 1, ?) = ?)")
        beginning = f" {' '.join(name)} "
        bound += [values.get("agency") or "", len(beginning), beginning]
    if not parts:
        return []
    found = _people(
        reading,
        f"({' OR '.join(parts)}) AND c.merged_into_id IS NULL AND c.id != ? "
        "ORDER BY c.active DESC, c.name_key, c.id LIMIT ?",
        [*bound, contact, 10 * DOUBLES_SHOWN],
    )
    return [
        one for one in found if words(one.name) == name or told & _reached((one.phone, one.phone_other), one.email)
    ][:DOUBLES_SHOWN]


def _reached(phones: Iterable[str], email: str) -> set[str]:
    """What somebody is reached by, as it is compared."""
    return {*(number for written in phones for number in phone.reached_by(written)), fold(email)} - {""}


def matching(reading: Reading, text: str) -> tuple[str, list[Any]]:
    """A condition on `contact c` for what was typed: every word begins a word of the record, its agency or its role."""
    parts, bound = list[str](), list[Any]()
    for term in terms_of(text):
        agencies = reading.programme.agencies
        roles = [role for agency in agencies for role in agency.roles]
        choices = ["c.folded LIKE ? ESCAPE '\\'"]
        bound.append("% " + term.replace("_", "\\_") + "%")
        for column, known in (("agency", agencies), ("role", roles)):
            if ids := [one.id for one in known if _begins(term, *one.name.every())]:
                choices.append(f"c.{column} IN ({marks(ids)})")
                bound += ids
        parts.append(f"({' OR '.join(choices)})")
    return " AND ".join(parts) or "1", bound


def terms_of(text: str) -> list[str]:
    """The words of what was typed; a phone number is one word however it is grouped."""
    bare = "".join(sign for sign in plain_signs(text) if sign not in " +()-/.")
    if bare.isdecimal() and len(bare) > 1:
        return [bare.removeprefix("00")]
    return terms(text)


def linked(reading: Reading, contacts: list[int]) -> dict[int, list[tuple[int, str, str]]]:
    """By contact person: the participants they have part in today, as (id, code, name), by name."""
    found: dict[int, list[tuple[int, str, str]]] = {contact: [] for contact in contacts}
    today = reading.today.isoformat()
    rows = reading.sql(
        "SELECT DISTINCT i.contact_id, p.id, p.code, trim(p.given_name || ' ' || p.family_name) "
        "FROM involvement i JOIN participant p ON p.id = i.participant_id "
        f"WHERE i.contact_id IN ({marks(contacts)}) AND i.since <= ? AND (i.until IS NULL OR i.until > ?) "
        "ORDER BY p.family_name, p.given_name, p.id",
        [*contacts, today, today],
    )
    for contact, participant, code, name in rows:
        found[contact].append((participant, code, name or code))
    return found


def few(names: Sequence[str]) -> str:
    """The first of the names, and how many more there are."""
    more = len(names) - NAMED_AT_MOST
    return ", ".join(names[:NAMED_AT_MOST]) + (f" +{more}" if more > 0 else "")


def _begins(term: str, *names: str) -> bool:
    return any(word.startswith(term) for name in names for word in words(name))


def _where(reading: Reading, query: PeopleQuery) -> tuple[str, list[Any]]:
    condition, bound = matching(reading, query.text)
    where = f"c.active = ? AND c.merged_into_id IS NULL AND {condition}"
    bound = [not query.left, *bound]
    return (f"{where} AND c.agency = ?", [*bound, query.agency]) if query.agency else (where, bound)


def counts(reading: Reading, query: PeopleQuery) -> list[tuple[str, int]]:
    """The agencies that have somebody and how many, in the programme's order, those it no longer names last."""
    where, bound = _where(reading, query)
    found = dict(reading.sql(f"SELECT c.agency, count(*) FROM contact c WHERE {where} GROUP BY c.agency", bound))
    known = [agency.id for agency in reading.programme.agencies if agency.id in found]
    return [(agency, found[agency]) for agency in [*known, *sorted(found.keys() - set(known))]]


def find(
    reading: Reading, query: PeopleQuery, groups: list[tuple[str, int]], offset: int, limit: int
) -> list[ContactPerson]:
    """The contact persons `offset` to `offset + limit`, by agency in the order of `groups` and by name there."""
    where, bound = _where(reading, query)
    found: list[ContactPerson] = []
    for agency, count in groups:
        if offset < count and len(found) < limit:
            found += _people(
                reading,
                f"c.agency = ? AND {where} ORDER BY c.name_key, c.id LIMIT ? OFFSET ?",
                [agency, *bound, limit - len(found), offset],
            )
        offset = max(0, offset - count)
    return found


def place(reading: Reading, query: PeopleQuery, groups: list[tuple[str, int]], contact: int) -> int | None:
    """Where a contact person stands in the list, None when they are not in it."""
    where, bound = _where(reading, query)
    mine = reading.sql(f"SELECT c.agency, c.name_key FROM contact c WHERE c.id = ? AND {where}", [contact, *bound])
    if not mine:
        return None
    agency, key = mine[0]
    before = sum(count for _agency, count in takewhile(lambda group: group[0] != agency, groups))
    inside = reading.value(
        f"SELECT count(*) FROM contact c WHERE c.agency = ? AND {where} AND (c.name_key, c.id) < (?, ?)",
        [agency, *bound, key, contact],
    )
    return before + int(inside)
