"""Search across names, codes and every text: folded, prefix-matching, ranked, with the hit in its context."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import _
from models.contacts.register import few, linked, matching, terms_of
from models.roles.hidden import links
from models.search.index import SEARCHED_COLUMNS, SOURCES, STRIDE, unseen
from models.storage.portions import marks
from models.storage.reading import Reading
from models.values import phone
from models.values.searched import excerpt, is_number, searched
from models.values.searched import terms as terms_in
from models.values.text import words

RANKED_UP_TO: Final = 500
NAME_WEIGHT: Final = 8.0
SHORTEST_IN_TEXT: Final = 2
CONTACTS_UP_TO: Final = 20
"""Further contact persons are found in the register itself, and are not to push what was written out of sight."""
METHOD_UP_TO: Final = 20
"""As many from reviews and minutes stand before the entries, for the same reason."""
METHOD_LOOKED_THROUGH: Final = 500
"""As many of the newest places where common words stand are kept in mind."""
NAMED_AT_MOST: Final = 5
RARE_UP_TO: Final = 500
READ_UP_TO: Final = 300
_OWNERLESS: Final = frozenset({source.table for source in SOURCES} - links().keys())
"""Tables of the method whose rows are about no participant."""


class Hit(Struct, frozen=True):
    """One place where the words stand: a participant's record, an entry of theirs, the register's `contact`, or a part
    of the method.

    `spans` mark the words in `context`, as (start, stop). `part` is one of `index.PARTS` or empty, `opens` the
    id of the review, meeting or whatever it is, 0 for a topic that waits for a meeting; `participant` is 0 and `code`
    empty where the words are about nobody.
    """

    participant: int
    code: str
    name: str
    context: str
    spans: tuple[tuple[int, int], ...]
    entry: int | None = None
    day: date | None = None
    kind: str = ""
    contact: int | None = None
    part: str = ""
    opens: int = 0


def _hit(participant: int, code: str, name: str, parts: Iterable[str], terms: list[str], **place: Any) -> Hit:
    context, spans = excerpt(" · ".join(part for part in parts if part), terms)
    return Hit(participant, code, name, context, tuple(spans), **place)


def find(reading: Reading, text: str, limit: int = 50) -> list[Hit]:
    """What holds every word of `text`, each word as a beginning: participants first, then contact
    persons, then reviews, minutes and the like, then entries.

    Few entries are ranked by weight, many by date alone, newest first, so that the first hits never wait for a
    ranking of everything.
    """
    terms = terms_in(text)
    if not terms:
        return []
    people = _people(reading, terms, limit)
    if len(people) == limit or max(len(term) for term in terms) < SHORTEST_IN_TEXT:
        return people
    people += _contacts(reading, text, terms, min(CONTACTS_UP_TO, limit - len(people)))[: limit - len(people)]
    named = _named(reading, terms) if len(terms) > 1 else []
    people += _method(reading, terms, named, min(METHOD_UP_TO, limit - len(people)))
    if len(people) == limit:
        return people
    # Entries about somebody whom some of the words name, where the other words stand: "arne fisketur".
    chosen = [entry for rest, whom in named for entry in _among(reading, rest, whom)]
    about = _hits(reading, chosen[: limit - len(people)], terms)
    known = {hit.entry for hit in about}
    rest = _entries(reading, terms, limit - len(people) - len(about))
    return people + about + [hit for hit in rest if hit.entry not in known]


def _all(terms: list[str]) -> str:
    """The engine's words for: every one of `terms`, each as a beginning."""
    return " ".join(f'"{term}"*' for term in terms)


def _people(reading: Reading, terms: list[str], limit: int) -> list[Hit]:
    rows = reading.sql(
        "SELECT p.id, p.code, trim(p.given_name || ' ' || p.family_name), "
        f"{', '.join('p.' + column for column in SEARCHED_COLUMNS)} "
        "FROM (SELECT rowid AS number, bm25(people_search, ?, 1.0) AS weight FROM people_search "
        f"WHERE people_search MATCH ?{unseen(reading, 'people_search')} ORDER BY weight LIMIT ?) h "
        "JOIN participant p ON p.id = h.number ORDER BY h.weight, p.code",
        [NAME_WEIGHT, _all(terms), limit],
    )
    return [
        _hit(participant, code, name, [phone.shown(number), *parts], terms)
        for participant, code, name, number, *parts in rows
    ]


def _contacts(reading: Reading, text: str, terms: list[str], limit: int) -> list[Hit]:
    condition, bound = matching(reading, text)
    rows = reading.sql(
        "SELECT c.id, c.name, c.agency, c.role, c.office, c.phone, c.phone_other, c.email, c.notes FROM contact c "
        f"WHERE {condition} AND c.merged_into_id IS NULL ORDER BY c.active DESC, c.name_key, c.id LIMIT ?",
        [*bound, limit],
    )
    known_by = linked(reading, [number for number, *_rest in rows])
    marked = [*terms, *terms_of(text)]
    hits = []
    for number, name, agency, role, office, first, other, *parts in rows:
        where = [str(reading.programme.agency(agency).name), str(reading.programme.role(role).name) if role else ""]
        reached = [phone.shown(first), phone.shown(other)]
        about = few([known for _participant, _code, known in known_by[number]])
        with_whom = _("linked to {names}").format(names=about) if about else ""
        # Where the name is what was looked for, the rest is read from its beginning.
        inside = [] if _all_stand_in(name, terms) else marked
        hits.append(_hit(0, "", name, [*reached, with_whom, *where, office, *parts], inside, contact=number))
        if is_number(text):
            # Who was it that called, and about whom: each of them can be opened from here.
            hits += [
                _hit(participant, code, known, [*reached, name, *where], marked)
                for participant, code, known in known_by[number]
            ]
    return hits


def _named(reading: Reading, terms: list[str]) -> list[tuple[list[str], list[int]]]:
    """People named by some of `terms`, by the terms left to look for in their texts; the fewest left first."""
    named: dict[int, set[str]] = {}
    apart = unseen(reading, "people_search")
    for term in terms:
        found = reading.sql(
            f"SELECT rowid FROM people_search WHERE people_search MATCH ?{apart} ORDER BY rank LIMIT ?",
            [f'name : "{term}"*', NAMED_AT_MOST],
        )
        for (person,) in found:
            named.setdefault(person, set()).add(term)
    people_by_rest: dict[tuple[str, ...], list[int]] = {}
    for person, own in named.items():
        rest = tuple(term for term in terms if term not in own)
        if rest and max(len(term) for term in rest) >= SHORTEST_IN_TEXT:
            people_by_rest.setdefault(rest, []).append(person)
    return sorted(((list(rest), people) for rest, people in people_by_rest.items()), key=lambda one: len(one[0]))


def _method(reading: Reading, terms: list[str], named: list[tuple[list[str], list[int]]], limit: int) -> list[Hit]:
    """Reviews, intakes, ways out, minutes and hand-overs, those about somebody whom some of the words name first."""
    if not limit:
        return []
    found: list[Hit] = []
    for rest, people in named:
        found += _written(reading, rest, terms, limit, people)
    found += _written(reading, terms, terms, limit)
    return list(dict.fromkeys(found))[:limit]


def _written(
    reading: Reading, wanted: list[str], terms: list[str], limit: int, people: Sequence[int] = ()
) -> list[Hit]:
    """Where all the words `wanted` stand in the index of the method, the newest first; `terms` are marked.

    With `people`, only what is about one of them.
    """
    numbers = reading.sql(
        f"SELECT rowid FROM method_search WHERE method_search MATCH ?{unseen(reading, 'method_search')} "
        "ORDER BY rowid DESC LIMIT ?",
        [_all(wanted), METHOD_LOOKED_THROUGH],
    )
    hits: list[Hit] = []
    for place, source in enumerate(SOURCES):
        rows = [number // STRIDE for (number,) in numbers if number % STRIDE == place]
        if not rows or (people and source.table in _OWNERLESS):
            continue
        owner, joined = "0, '', ''", ""
        if source.table not in _OWNERLESS:
            owner = "coalesce(p.id, 0), coalesce(p.code, ''), coalesce(trim(p.given_name || ' ' || p.family_name), '')"
            joined = "LEFT JOIN participant p ON p.id = x.participant_id"
        about = f" AND x.participant_id IN ({marks(people)})" if people else ""
        day = source.day if source.day == "NULL" else f"x.{source.day}"
        found = reading.sql(
            f"SELECT {owner}, coalesce(x.{source.opens}, 0), {day}, "
            f"{', '.join('x.' + text for text in source.texts)} "
            f'FROM "{source.table}" x {joined} WHERE x.id IN ({marks(rows)}){about} ORDER BY x.id DESC',
            [*rows, *people],
        )
        hits += [
            _hit(participant, code, name, parts, terms, part=source.part, opens=opens, day=_day(reading, day))
            for participant, code, name, opens, day, *parts in found
        ]
    return sorted(hits, key=lambda hit: hit.day or date.min, reverse=True)[:limit]


def _day(reading: Reading, value: Any) -> date | None:
    """A day from what its column holds: a stored moment, a date as text, or nothing."""
    if not value:
        return None
    return reading.clock.local(value).date() if isinstance(value, int) else date.fromisoformat(value)


def _among(reading: Reading, terms: list[str], people: list[int]) -> list[int]:
    """The entries of some people in which every term stands, newest first.

    Rare words are looked up in the index, and those of the people kept; for common ones the people's newest entries
    are read, for the index would have to be walked through.
    """
    rare = reading.sql(
        f"SELECT rowid FROM entry_search WHERE entry_search MATCH ?{unseen(reading, 'entry_search')} "
        "ORDER BY rowid DESC LIMIT ?",
        [_all(terms), RARE_UP_TO + 1],
    )
    if len(rare) <= RARE_UP_TO:
        found = reading.sql(
            f"SELECT id FROM entry WHERE id IN ({marks(rare)}) AND participant_id IN ({marks(people)}) "
            "ORDER BY at DESC",
            [*(row for (row,) in rare), *people],
        )
        return [row for (row,) in found]
    rows = reading.sql(
        f"SELECT id, with_whom, place, text, topic FROM entry WHERE participant_id IN ({marks(people)}) "
        "ORDER BY at DESC LIMIT ?",
        [*people, READ_UP_TO],
    )
    return [row for row, *parts in rows if _all_stand_in(" ".join(parts), terms)]


def _all_stand_in(text: str, terms: list[str]) -> bool:
    found = words(searched(text))
    return all(any(word.startswith(term) for word in found) for term in terms)


def _entries(reading: Reading, terms: list[str], limit: int) -> list[Hit]:
    query = _all(terms)
    newest = reading.sql(
        f"SELECT rowid FROM entry_search WHERE entry_search MATCH ?{unseen(reading, 'entry_search')} "
        "ORDER BY rowid DESC LIMIT ?",
        [query, RANKED_UP_TO + 1],
    )
    if len(newest) <= RANKED_UP_TO:
        newest = reading.sql(
            f"SELECT rowid FROM entry_search WHERE entry_search MATCH ?{unseen(reading, 'entry_search')} "
            "ORDER BY bm25(entry_search), rowid DESC LIMIT ?",
            [query, limit],
        )
    return _hits(reading, [number for (number,) in newest[:limit]], terms)


def _hits(reading: Reading, chosen: list[int], terms: list[str]) -> list[Hit]:
    rows = reading.sql(
        "SELECT e.id, e.participant_id, p.code, trim(p.given_name || ' ' || p.family_name), e.day, e.kind, e.text, "
        "e.topic, e.with_whom, e.place FROM entry e JOIN participant p ON p.id = e.participant_id "
        f"WHERE e.id IN ({marks(chosen)})",
        chosen,
    )
    found = {
        entry: _hit(participant, code, name, parts, terms, entry=entry, day=date.fromisoformat(day), kind=kind)
        for entry, participant, code, name, day, kind, *parts in rows
    }
    return [found[entry] for entry in chosen if entry in found]
