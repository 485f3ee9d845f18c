"""Figures as they leave a team: a file that says of which vault, which period and by which definitions it was counted.

A file of several teams is made of theirs and looks like one. The digest tells a file that was changed by hand; it is
no signature.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from config.errors import ExinError
from config.words import _
from models.figures import definitions as figure
from models.figures.counting import Key
from models.figures.periods import Period, PeriodError, written
from models.figures.showing import BASE, Quartiles, Row, Shown, sums
from models.vault.keys import vault_mark

FORMAT: Final = "exin figures"
LARGEST: Final = 8_000_000
"""Bytes of a file that is read: a year of one team takes some hundred thousand."""


class FigureFileError(ExinError):
    """A file of figures cannot be read or added to the others; its text names the file."""


class FiguresFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in a file: see `Shown`. `vaults` are marks that tell one vault from another and name none."""

    format: str
    definitions: int
    rounded_to: int
    period: str
    first: date
    last: date
    made: date
    vaults: tuple[str, ...]
    people: int | None
    rows: dict[str, tuple[Row, ...]]
    quartiles: dict[str, tuple[Quartiles, ...]]
    digest: str = ""


def of_vault(shown: Shown, secret: bytes) -> FiguresFile:
    """The file of one team's rounded figures."""
    if not shown.rounded:
        raise TypeError("exact figures stay in the team")
    return _digested(
        FiguresFile(
            format=FORMAT, definitions=figure.VERSION, rounded_to=BASE, period=shown.period.id,
            first=shown.period.first, last=shown.period.last, made=shown.made, vaults=(vault_mark(secret),),
            people=shown.people, rows=dict(shown.rows), quartiles=dict(shown.quartiles),
        )
    )  # fmt: skip


def as_json(file: FiguresFile) -> bytes:
    """As it is written, to be added to others."""
    return msgspec.json.format(msgspec.json.encode(file, order="deterministic"), indent=1) + b"\n"


def from_json(data: bytes, name: str) -> FiguresFile:
    """The file that was written; `name` is what it is called. Raises `FigureFileError`."""
    try:
        if len(data) > LARGEST:
            raise ValueError
        found = msgspec.json.decode(data, type=FiguresFile)
        period = written(found.period)
    except (msgspec.MsgspecError, ValueError, PeriodError) as error:
        raise FigureFileError(_("{file} is no file of figures.").format(file=name)) from error
    if found.format != FORMAT or not found.vaults or not _fits(found, period):
        raise FigureFileError(_("{file} is no file of figures.").format(file=name))
    if found.digest != _digest(found) or (found.first, found.last) != (period.first, period.last):
        raise FigureFileError(_("{file} was changed after it was written. Ask for it anew.").format(file=name))
    return found


def _fits(file: FiguresFile, period: Period) -> bool:
    """Whether every row has a number a month, or one where it is of a day."""
    return all(
        len(row.months) == (period.length if one.kind == figure.FLOW else 1)
        for one in figure.DEFINITIONS
        for row in file.rows.get(one.id, ())
    )


def as_csv(file: FiguresFile) -> bytes:
    """One line a number: figure, row, month (empty for what is of the last day), number."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow((_("Section"), _("Figure"), _("Row"), _("Month"), _("Number"), _("Definition"), _("Source")))
    months = written(file.period).months
    for one in figure.DEFINITIONS:
        named, behind = (_(figure.SECTIONS[one.section]), _(one.name)), (_(one.words), _(one.source))
        for row in file.rows.get(one.id, ()):
            for place, number in enumerate(row.months):
                month = f"{months[place]:%Y-%m}" if one.kind == figure.FLOW else ""
                write.writerow((*named, _plain(row.label), month, number, *behind))
        for spread in file.quartiles.get(one.id, ()):
            for title, days in (
                (_("quarter"), spread.low),
                (_("half"), spread.middle),
                (_("three quarters"), spread.high),
            ):
                write.writerow((*named, f"{_plain(spread.label)} · {title}", "", f"{days:g}", *behind))
    if file.people is not None:
        words = _("The exact number of people in a phase on the last day.")
        write.writerow((_(figure.SECTIONS[figure.PEOPLE]), _("People"), "", "", file.people, words, ""))
    return out.getvalue().encode("utf-8-sig")


def as_shown(file: FiguresFile) -> Shown:
    """The same as figures of a period."""
    period = written(file.period)
    return Shown(period, file.made, period.months, True, file.people, file.rows, file.quartiles)


# ---------------------------------------------------------------------- several teams


def merged(files: Mapping[str, FiguresFile]) -> FiguresFile:
    """The figures of several teams added up, by the names of their files; quartiles are no sums and are left out.

    Raises `FigureFileError` where a vault is there twice, periods differ, or definitions do.
    """
    names, first = list(files), next(iter(files.values()))
    if len(files) < 2:
        raise FigureFileError(_("{file} is alone. Name the files of at least two teams.").format(file=names[0]))
    seen: dict[str, str] = {}
    for name, file in files.items():
        _check_alike(name, file, names[0], first)
        for vault in file.vaults:
            if vault in seen:
                raise FigureFileError(
                    _("{file} and {other} are of the same vault and the same period.").format(
                        file=name, other=seen[vault]
                    )
                )
        seen.update(dict.fromkeys(file.vaults, name))
    all_files = list(files.values())
    rows = {
        one.id: _added([file.rows.get(one.id, ()) for file in all_files])
        for one in figure.DEFINITIONS
        if one.id != figure.SUMS
    }
    rows[figure.SUMS] = sums(rows[figure.MOVES])
    people = [file.people for file in all_files]
    return _digested(
        replace(
            first,
            made=max(file.made for file in all_files),
            vaults=tuple(sorted(seen)),
            people=None if None in people else sum(one for one in people if one is not None),
            rows={one.id: rows[one.id] for one in figure.DEFINITIONS if rows[one.id]},
            quartiles={},
        )
    )


def _check_alike(name: str, file: FiguresFile, other_name: str, other: FiguresFile) -> None:
    if file.definitions != figure.VERSION or file.rounded_to != BASE:
        told = _("{file} was counted by other definitions ({number}, here {own}). Have it written by the same version.")
        raise FigureFileError(told.format(file=name, number=file.definitions, own=figure.VERSION))
    if file.period == other.period:
        return
    mine, theirs = written(file.period), written(other.period)
    told = (
        _("{file} ({period}) and {other} ({former}) overlap: what is in both would be counted twice.")
        if mine.overlaps(theirs)
        else _("{file} ({period}) and {other} ({former}) are of different periods.")
    )
    raise FigureFileError(told.format(file=name, period=mine.told(), other=other_name, former=theirs.told()))


def _added(tables: Sequence[Sequence[Row]]) -> tuple[Row, ...]:
    found: dict[Key, Row] = {}
    for row in (row for rows in tables for row in rows):
        former = found.get(row.key)
        months = row.months if former is None else tuple(map(sum, zip(former.months, row.months, strict=True)))
        found[row.key] = Row(row.key, former.label if former else row.label, months)
    return tuple(found[key] for key in sorted(found))


def _digested(file: FiguresFile) -> FiguresFile:
    return replace(file, digest=_digest(file))


def _digest(file: FiguresFile) -> str:
    return hashlib.sha256(msgspec.json.encode(replace(file, digest=""), order="deterministic")).hexdigest()


def _plain(label: str) -> str:
    """A label that no table program takes for a formula."""
    return "'" + label if label[:1] in "=+-@" else label
