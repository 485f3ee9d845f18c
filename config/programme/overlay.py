"""Reading the programme's TOML files and laying a team's own over them, remembering where every value came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.errors import ExinError
from config.quoted import quoted
from config.words import _


class ProgrammeError(ExinError):
    """The programme's data cannot be used; the text names the file, the line if known, the key and the fault."""


@dataclass(frozen=True)
class Source:
    """One TOML file: its text for finding lines, its data, and whether it ships with the program."""

    path: Path
    text: str
    data: Mapping[str, Any]
    shipped: bool

    @classmethod
    def read(cls, path: Path, *, shipped: bool) -> Source:
        """Read and parse `path`; raises `ProgrammeError`."""
        import tomllib

        try:
            text = path.read_text(encoding="utf-8")
            return cls(path, text, tomllib.loads(text), shipped)
        except UnicodeDecodeError as fault:
            raise ProgrammeError(_("{file} is not written in UTF-8.").format(file=path)) from fault
        except OSError as fault:
            raise ProgrammeError(
                _("{file} cannot be read: {reason}.").format(file=path, reason=fault.strerror)
            ) from fault
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            raise ProgrammeError(_("{file} is not valid TOML: {reason}.").format(file=path, reason=fault)) from fault

    def error(self, where: str, text: str, line: int = 0) -> ProgrammeError:
        """The error for the key `where`; `line` 0 looks for it among the keys above the first table."""
        line = line or self._top_line(where.split(".")[0])
        place = f"{self.path}:{line}" if line else str(self.path)
        return ProgrammeError(f"{place}: {quoted(where)}: {text}")

    def line(self, table: str, index: int | None = None, key: str = "") -> int:
        """The line of `key` in a table, or of the table's head; 0 when it is written in a way this does not follow.

        `index` counts the entries of an array of tables from 0; None means a plain table.
        """
        name = re.escape(table)
        head = rf"^\s*\[\[\s*{name}\s*\]\]" if index is not None else rf"^\s*\[\s*{name}\s*\]"
        lines = self.text.splitlines()
        heads = [number for number, text in enumerate(lines, 1) if re.match(head, text)]
        if len(heads) <= (index or 0):
            return 0
        first = heads[index or 0]
        for number in range(first + 1, len(lines) + 1):
            text = lines[number - 1]
            if re.match(r"\s*\[\[?\s*[\w\"']", text):
                break
            if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", text):
                return number
        return first

    def _top_line(self, key: str) -> int:
        """The line of a key above the first table; 0 when it is not there."""
        for number, text in enumerate(self.text.splitlines(), 1):
            if text.lstrip().startswith("["):
                return 0
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", text):
                return number
        return 0

    def line_of_id(self, id: str) -> int:
        """The first line that sets `id` to this value; 0 when there is none."""
        pattern = re.compile(rf"""\bid\s*=\s*["']{re.escape(id)}["']""")
        return next((number for number, text in enumerate(self.text.splitlines(), 1) if pattern.search(text)), 0)


@dataclass(frozen=True)
class Spot:
    """Where one entry of a table stands in one file."""

    source: Source
    table: str
    index: int | None
    id: str

    def error(self, key: str, text: str) -> ProgrammeError:
        """The error for one key of the entry, or for the entry when `key` is empty."""
        label = f"{self.table}.{self.id}" if self.id else self.table
        line = self.source.line(self.table, self.index, key)
        if not line and self.id:
            line = self.source.line_of_id(self.id)
        return self.source.error(f"{label}.{key}" if key else label, text, line)


@dataclass
class Record:
    """One entry after the files are laid over each other: values, and the spot each value came from."""

    id: str
    spot: Spot
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    shipped: dict[str, Any] = field(default_factory=dict)

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
        seen: set[str] = set()
        for index, values in enumerate(found):
            where = Spot(source, table, index, "")
            if not isinstance(values, Mapping):
                raise where.error("", _("expected a table, found {found}").format(found=quoted(values)))
            id = values.get("id")
            if not isinstance(id, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", id):
                raise where.error("id", _("every entry needs an id of lower-case letters a-z, digits and underscores"))
            spot = Spot(source, table, index, id)
            if id in seen:
                raise spot.error("id", _("this id stands twice in the same file"))
            seen.add(id)
            records.setdefault(id, Record(id, spot)).take(spot, values)
    return tuple(records.values())


def gather_one(sources: Iterable[Source], table: str) -> Record:
    """A plain table, a later file's keys laid over an earlier one's."""
    record: Record | None = None
    for source in sources:
        if table not in source.data:
            continue
        spot = Spot(source, table, None, "")
        values = source.data[table]
        if not isinstance(values, Mapping):
            raise spot.error("", _("expected a table, found {found}").format(found=quoted(values)))
        if record is None:
            record = Record("", spot)
        record.take(spot, values)
    if record is None:
        raise ProgrammeError(_("The programme has no table {table}.").format(table=table))
    return record
