"""Reading the programme's TOML files and laying a team's own over them, remembering where every value came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from config import toml_file
from config.errors import ExinError
from config.quoted import quoted
from config.words import _


class ProgrammeError(ExinError):
    """The programme's data cannot be used; the text names the file, the line if known, the key and the fault."""


class Source(Struct, frozen=True):
    """One TOML file: its text for finding lines, its data, and whether it ships with the program."""

    path: Path
    text: str
    data: Mapping[str, Any]
    shipped: bool

    @classmethod
    def read(cls, path: Path, *, shipped: bool) -> Source:
        """Read and parse `path`; raises `ProgrammeError`."""
        return cls(path, *toml_file.read(path, ProgrammeError), shipped)

    def error(self, where: str, text: str, line: int = 0) -> ProgrammeError:
        """The error for the key `where`; `line` 0 looks for it among the keys above the first table."""
        line = line or self._line_of_key(where.split(".")[0])
        place = f"{self.path}:{line}" if line else str(self.path)
        return ProgrammeError(f"{place}: {quoted(where)}: {text}")

    def line(self, table: str, index: int | None = None, key: str = "") -> int:
        """The line of `key` in a table, or of the table's head; 0 when it is written in a way this does not follow.

        `index` counts the entries of an array of tables from 0; None means a plain table.
        """
        name = re.escape(table)
        head = rf"\s*\[\[\s*{name}\s*\]\]" if index is not None else rf"\s*\[\s*{name}\s*\]"
        heads = [number for number, text in enumerate(self.text.splitlines(), 1) if re.match(head, text)]
        if len(heads) <= (index or 0):
            return 0
        first = heads[index or 0]
        return (self._line_of_key(key, first) if key else 0) or first

    def _line_of_key(self, key: str, after: int = 0) -> int:
        """The line below `after`, and above the next table, that sets the key; 0 when there is none."""
        for number, text in enumerate(self.text.splitlines()[after:], after + 1):
            if re.match(r"\s*\[\[?\s*[\w\"']", text):
                break
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", text):
                return number
        return 0

    def line_of_id(self, id: str, after: int = 0, nth: int = 0, key: str = "") -> int:
        """The line below `after` that sets `id` to this value for the `nth` time from 0; 0 when there is none.

        With `key`, the line of that key in the same table where it is found, written in one line or in several.
        """
        pattern = re.compile(rf"""\bid\s*=\s*["']{re.escape(id)}["']""")
        lines = self.text.splitlines()
        found = [number for number in range(after + 1, len(lines) + 1) if pattern.search(lines[number - 1])]
        if len(found) <= nth:
            return 0
        for number in range(found[nth], len(lines) + 1) if key else ():
            if number > found[nth] and re.match(r"\s*[\[{\]]", lines[number - 1]):
                break
            if re.search(rf"\b{re.escape(key)}\s*[=.]", lines[number - 1]):
                return number
        return found[nth]


class Spot(Struct, frozen=True):
    """Where one entry of a table stands in one file; an entry inside another one stands below line `after`."""

    source: Source
    table: str
    index: int | None
    id: str
    after: int = 0

    @property
    def head(self) -> int:
        """Line where the entry starts; for a nested entry, the line of its id; 0 if unknown."""
        found = 0 if self.after or not self.table else self.source.line(self.table, self.index)
        return found or (self.source.line_of_id(self.id, self.after) if self.id else 0) or self.after

    def error(self, key: str, text: str, nth: int = 0) -> ProgrammeError:
        """The error for one key of the entry, or for the entry when `key` is empty; `nth` of several with its id."""
        label = ".".join(part for part in (self.table, self.id, key) if part)
        line = 0 if self.after else self.source.line(self.table, self.index, key)
        if not line and self.id:
            line = self.source.line_of_id(self.id, self.after, nth, key)
        return self.source.error(label, text, line or self.after)


class Record(Struct):
    """One entry after the files are laid over each other: values, and the spot each value came from."""

    id: str
    spot: Spot
    values: dict[str, Any] = {}
    spots: dict[str, Spot] = {}
    shipped: dict[str, Any] = {}

    def take(self, spot: Spot, values: Mapping[str, Any]) -> None:
        """Lay `values` over what is there, field by field."""
        for key, value in values.items():
            self.values[key] = value
            self.spots[key] = spot
            if spot.source.shipped:
                self.shipped[key] = value

    def is_team_s(self, key: str) -> bool:
        """Whether a team's file set `key`: of two values that cannot stand together, that one is at fault."""
        return key in self.spots and not self.spots[key].source.shipped

    def error(self, key: str, text: str) -> ProgrammeError:
        """The error for `key`, at the file that set it, else at the file that began the entry."""
        return self.spots.get(key, self.spot).error(key, text)

    def missing(self, key: str) -> ProgrammeError:
        """The error for a key that must be there and is not."""
        return self.error(key, _("is missing"))


def at_fault(second: Record, first: Record, key: str) -> tuple[Record, Record]:
    """Of two entries that cannot both have `key` so, the one at fault and the other: a team's file before a shipped."""
    return (first, second) if first.is_team_s(key) and not second.is_team_s(key) else (second, first)


def gather(sources: Iterable[Source], table: str) -> tuple[Record, ...]:
    """The entries of an array of tables (`table` dotted if nested); a known id is replaced field by field."""
    records: dict[str, Record] = {}
    for source in sources:
        found: Any = source.data
        for part in table.split("."):
            found = found.get(part, []) if isinstance(found, Mapping) else []
        if not isinstance(found, list):
            raise source.error(
                table, _("expected a list of tables, each written under [[{table}]]").format(table=table)
            )
        _lay(records, [(Spot(source, table, index, ""), values) for index, values in enumerate(found)])
    return tuple(records.values())


def _lay(records: dict[str, Record], entries: Iterable[tuple[Spot, object]]) -> None:
    """Lay one file's entries of a table over `records` by their ids."""
    seen: set[str] = set()
    for where, values in entries:
        if not isinstance(values, Mapping):
            raise where.error("", _("expected a table, found {found}").format(found=quoted(values)))
        id = id_of(where, values)
        spot = replace(where, id=id)
        if id in seen:
            raise spot.error("id", _("this id stands twice in the same file"), nth=1)
        seen.add(id)
        records.setdefault(id, Record(id, spot)).take(spot, values)


def id_of(where: Spot, values: Mapping[str, Any]) -> str:
    """The id of an entry. Raises `ProgrammeError` where there is none or it is not made of plain letters."""
    id = values.get("id")
    if not isinstance(id, str) or not re.fullmatch(r"[a-z0-9][a-z0-9_]*", id):
        raise where.error("id", _("every entry needs an id of lower-case letters a-z, digits and underscores"))
    return id


def nested(record: Record, key: str) -> tuple[Record, ...]:
    """The entries of the list `key` inside an entry, the shipped ones first; a known id is replaced field by field."""
    layers = [(record.spot, record.shipped[key])] if record.is_team_s(key) and key in record.shipped else []
    if key in record.values:
        layers.append((record.spots[key], record.values[key]))
    records: dict[str, Record] = {}
    for spot, found in layers:
        if not isinstance(found, list):
            raise spot.error(key, _("expected a list of tables, found {found}").format(found=quoted(found)))
        where = Spot(spot.source, f"{spot.table}.{key}", None, "", spot.head)
        _lay(records, [(where, values) for values in found])
    return tuple(records.values())


def gather_one(sources: Iterable[Source], table: str) -> Record:
    """A plain table, a later file's keys laid over an earlier one's."""
    record: Record | None = None
    for source in sources:
        if table in source.data:
            spot, values = Spot(source, table, None, ""), source.data[table]
            if not isinstance(values, Mapping):
                raise spot.error("", _("expected a table, found {found}").format(found=quoted(values)))
            record = record or Record("", spot)
            record.take(spot, values)
    if record is None:
        raise ProgrammeError(_("The programme has no table {table}.").format(table=table))
    return record
