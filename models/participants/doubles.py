"""Who is in the caseload already of those who are entered: the same person is followed once, and comes back.

Also the phased out are told of, and the restricted without saying who they are to whom may not see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.words import _
from models.storage.reading import Reading
from models.values.national_id import DIGITS, compact, stated_birth_date
from models.values.text import words

TELLING: Final = ("given_name", "family_name", "birth_date", "national_id")
"""The fields by which somebody is known."""
_COLUMNS: Final = "p.id, p.code, p.given_name, p.family_name, p.birth_date, p.national_id"


class Double(Struct, frozen=True):
    """Somebody who may be the same person; of one whom the reader does not see, `participant` is 0 and no name is told.

    `by` is what is the same: `national_id`, `birth_date` (with the name) or `name`; `left` says they are phased out.
    """

    participant: int
    code: str
    name: str
    by: str
    left: bool

    def told(self, called: str) -> str:
        """The sentence to the person who enters them, with what the other is `called`."""
        if not self.participant:
            same = (
                _("Somebody whom you may not see has this identity number.")
                if self.by == "national_id"
                else _("Somebody whom you may not see has this name and birth date.")
            )
            return same + " " + _("Ask a team leader before you go on.")
        sentences = {
            "national_id": _("{who} has this identity number."),
            "birth_date": _("{who} has this name and birth date."),
            "name": _("{who} has this name."),
        }
        told = sentences[self.by].format(who=called)
        return told + " " + _("They are phased out: it is the same person who comes back.") if self.left else told


class _Known(Struct, frozen=True):
    """Whom one is compared with, or who is entered."""

    name: tuple[str, ...]
    born: date | None
    number: str

    @classmethod
    def of(cls, given: str, family: str, born: date | None, number: str) -> _Known:
        digits = compact(number)
        whole = digits if len(digits) == DIGITS else ""
        return cls(tuple(sorted(words(f"{given} {family}"))), born or stated_birth_date(whole), whole)

    def same(self, other: _Known) -> str:
        """By what they are the same, empty where they are not."""
        if self.number and self.number == other.number:
            return "national_id"
        if not self.name or self.name != other.name:
            return ""
        if self.born and other.born:
            return "birth_date" if self.born == other.born else ""
        # A given name alone is no sign.
        return "name" if len(self.name) > 1 else ""


def doubles(reading: Reading, values: Mapping[str, Any], participant: int = 0) -> list[Double]:
    """Who but `participant` may be the person of `values` (`TELLING`, a birth date as a date), the surest first."""
    given, family, number = (str(values.get(key) or "") for key in ("given_name", "family_name", "national_id"))
    born = values.get("birth_date")
    mine = _Known.of(given, family, born if isinstance(born, date) else None, number)
    order = ("national_id", "birth_date", "name")
    found = [*_seen(reading, mine, participant), *_unseen(reading, mine, participant)]
    return sorted(found, key=lambda one: order.index(one.by))


def _seen(reading: Reading, mine: _Known, participant: int) -> Iterable[Double]:
    named = "SELECT rowid FROM people_search WHERE people_search MATCH ?"
    rows = reading.sql(
        f"SELECT {_COLUMNS}, c.phase = 0 FROM participant p JOIN card c ON c.participant_id = p.id WHERE p.id != ? "
        f"AND ((? != '' AND p.national_id = ?){f' OR p.id IN ({named})' if mine.name else ''}) ORDER BY p.id",
        [participant, mine.number, mine.number, *([_all_in_name(mine.name)] if mine.name else [])],
    )
    for number, code, given, family, born, national_id, left in rows:
        if by := mine.same(_Known.of(given, family, _date(born), national_id)):
            yield Double(number, code, f"{given} {family}".strip(), by, bool(left))


def _unseen(reading: Reading, mine: _Known, participant: int) -> Iterable[Double]:
    """Of those whom the reader does not see; past the view that hides them, and told without their name."""
    if not reading.hidden:
        return
    numbers = ", ".join(map(str, sorted(reading.hidden)))
    rows = reading.sql(
        f"SELECT {_COLUMNS} FROM main.participant p WHERE p.id IN ({numbers}) AND p.id != ?", [participant]
    )
    for _number, _code, given, family, born, national_id in rows:
        by = mine.same(_Known.of(given, family, _date(born), national_id))
        # A name alone would tell of anybody with it.
        if by in ("national_id", "birth_date"):
            yield Double(0, "", "", by, left=False)
            return


def _all_in_name(name: Iterable[str]) -> str:
    return "name : (" + " AND ".join(f'"{word}"' for word in name) + ")"


def _date(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
