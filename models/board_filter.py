"""What the words of the board's filter find beside a name and a code: colleagues, prisons, agencies and signals.

Each word narrows. A word of a few letters is sought in names and codes alone, but for a colleague's initials; one that
begins somebody's name stands for no signal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from config import words as languages
from config.programme.labels import Words
from config.words import N_, _
from models.signals import listing as signals
from models.signals.sign import FAMILIES, LEGEND
from models.storage.portions import marks
from models.storage.reading import Reading
from models.values.text import fold, words

SHORTEST: Final = 3
KINDS: Final[Mapping[str, str]] = {
    "worker": N_("worker or co-worker {names}"),
    "prison": N_("prison {names}"),
    "agency": N_("contact person at {names}"),
    "signal": N_("signal {names}"),
}
"""How it is told what a word stands for, by what that is."""


class Meaning(Struct, frozen=True):
    """One word of a filter, folded, and what it stands for beside a part of a name: names by the kind they are of."""

    word: str
    names: Mapping[str, tuple[str, ...]]


class Filter(Struct, frozen=True):
    """What a filter comes to: a condition on a card `c`, its values, and what each of its words stands for."""

    condition: str
    values: tuple[Any, ...]
    meanings: tuple[Meaning, ...]


def understood(reading: Reading, text: str, worker: int | None = None, *, closed: bool = False) -> Filter:
    """What a filter comes to in the caseload of the team or of a colleague, or among those phased out.

    The session keeps the last one, for the board asks several times of it at each key.
    """
    return reading.cached(_Kept).find(reading, text, worker, closed)


class _Kept:
    """The last filter that was understood, while what it rests on stands as it stood."""

    def __init__(self) -> None:
        self._asked: tuple[Any, ...] = ()
        self._found = Filter("1", (), ())

    def find(self, reading: Reading, text: str, worker: int | None, closed: bool) -> Filter:
        # Whoever has written since, on this connection or another.
        written = reading.value("PRAGMA data_version"), reading.value("SELECT total_changes()")
        asked = text, worker, closed, written, reading.today, reading.hidden, languages.language()
        if asked != self._asked:
            found = [_word(reading, word, worker, closed) for word in fold(text).split()]
            self._found = Filter(
                " AND ".join(condition for condition, _values, _meaning in found) or "1",
                tuple(value for _condition, values, _meaning in found for value in values),
                tuple(meaning for _condition, _values, meaning in found),
            )
            self._asked = asked
        return self._found


def _word(reading: Reading, word: str, worker: int | None, closed: bool) -> tuple[str, list[Any], Meaning]:
    names: dict[str, tuple[str, ...]] = {}
    staff = reading.sql("SELECT id, name, initials FROM staff ORDER BY name, id")
    initials = any(fold(short) == word for _id, _name, short in staff)
    # Two letters stand in many names; where they are a colleague's initials, a name has to begin with them.
    anywhere = "% " if initials else "%"
    parts, bound = ["c.folded LIKE ? ESCAPE '\\'"], list[Any]([f"{anywhere}{_escaped(word)}%"])

    def either(kind: str, found: Iterable[str], condition: str, values: Iterable[Any]) -> None:
        names[kind] = tuple(dict.fromkeys(found))
        parts.append(condition)
        bound.extend(values)

    if theirs := [(number, name) for number, name, short in staff if fold(short) == word or _begins(word, name)]:
        numbers = [number for number, _name in theirs]
        one_of = marks(numbers)
        condition = f"c.worker IN ({one_of}) OR c.coworker IN ({one_of})"
        either("worker", (name for _number, name in theirs), condition, [*numbers, *numbers])
    if len(word) >= SHORTEST:
        kept = reading.sql("SELECT DISTINCT prison FROM card WHERE prison != '' ORDER BY prison")
        if prisons := [prison for (prison,) in kept if _begins(word, prison)]:
            either("prison", prisons, f"c.prison IN ({marks(prisons)})", prisons)
        if agencies := [one for one in reading.programme.agencies if _begins(word, *_called(one))]:
            today = reading.today.isoformat()
            condition = (
                f"c.participant_id IN (SELECT participant_id FROM involvement WHERE agency IN ({marks(agencies)}) "
                "AND since <= ? AND (until IS NULL OR until > ?))"
            )
            values = [*(one.id for one in agencies), today, today]
            either("agency", (str(one.name) for one in agencies), condition, values)
        # Per is in "person" and Inger in "ingen": whoever types a name looks for nothing that presses.
        named = reading.sql("SELECT 1 FROM card c WHERE c.folded LIKE ? ESCAPE '\\' LIMIT 1", [f"% {_escaped(word)}%"])
        if not closed and not named:
            meant = {
                one.id: str(one.name)
                for one in reading.programme.method.signals
                if _begins(word, *_called(one), *_family(one.id))
            }
            if meant and (people := _by_signal(reading, meant, worker)):
                # One value, however many they are.
                condition = "c.participant_id IN (SELECT value FROM json_each(?))"
                everybody = json.dumps(sorted(set[int]().union(*people.values())))
                either("signal", (meant[rule] for rule in people), condition, [everybody])
    return f"({' OR '.join(parts)})", bound, Meaning(word, names)


def _by_signal(reading: Reading, rules: Collection[str], worker: int | None) -> dict[str, set[int]]:
    """By those of these rules that hold of somebody: whom its awake signals are about."""
    people: dict[str, set[int]] = {}
    for _since, participant, rule, _level, _number in signals.survey(reading, worker=worker).found:
        if rule in rules:
            people.setdefault(rule, set()).add(participant)
    return people


def _begins(word: str, *names: str) -> bool:
    """Whether the word is one of the names', or the beginning of one that is not too short to mean something."""
    short = len(word) < SHORTEST
    return any(one == word or (not short and one.startswith(word)) for name in names for one in words(name))


def _called(one: Any) -> tuple[str, ...]:
    """What something of the programme is called, by whoever looks for it in any language."""
    name: Words = one.name
    return one.id.replace("_", " "), *name.every()


def _family(rule: str) -> tuple[str, ...]:
    """What the family of a signal is called, in the language in force."""
    family = LEGEND[rule][0] if rule in LEGEND else ""
    return (family.replace("_", " "), _(FAMILIES[family].name)) if family else ()


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
