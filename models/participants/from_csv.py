"""Participants from a CSV file: a row a participant; all of them are entered, or nobody.

The file is a spreadsheet's: semicolon, comma or tab between its cells, UTF-8 or the Windows letters (cp1252). Which
column is which field is read from the headings, in Norwegian or English. What is said of a row is its number, the field
and the reason, never what stood in it: the sentences end up on shared screens and in mails.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from config import plain_file
from config.errors import ExinError
from config.reasons import reason
from config.words import N_, _
from models.participants import participants
from models.participants.doubles import doubles
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.values.national_id import DIGITS, compact
from models.values.text import fold, words

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 16 * 1024 * 1024
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "kode"),
    "given_name": ("given name", "first name", "fornavn"),
    "family_name": ("family name", "last name", "surname", "etternavn"),
    "national_id": ("national identity number", "fødselsnummer", "personnummer", "fnr"),
    "birth_date": ("birth date", "date of birth", "fødselsdato", "født"),
    "phone": ("phone", "mobile", "telefon", "mobil", "tlf"),
    "email": ("e-mail", "email", "e-post", "epost"),
    "address": ("address", "adresse"),
    "sentence_start": ("sentence start", "soningsstart"),
    "full_term_date": ("full-term date", "full tid"),
    "two_thirds_date": ("two-thirds date", "2/3 tid", "to tredjedels tid"),
    "release_date": ("release date", "løslatelsesdato", "løslatelse"),
}
"""The fields that a file can hold, and what their columns are called besides the field's own label."""
EXACT: Final = {"national_id", "phone", *participants.DATE_FIELDS}
_FORMS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


class ImportFault(ExinError):
    """The file cannot be taken in as it is."""


class Table(Struct, frozen=True):
    """A file's headings, the field of each column (empty where it is left out), and its rows by their number."""

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class Findings(Struct, frozen=True):
    """Who of a table would be entered, by row; why others are `refused`, and what is `noticed` all the same."""

    found: tuple[tuple[int, Mapping[str, Any]], ...]
    refused: tuple[str, ...]
    noticed: tuple[str, ...]


def read(path: Path) -> Table:
    """The table in a file. Raises `ImportFault`."""
    try:
        data = plain_file.read(path, MOST_BYTES)
    except OSError as error:
        raise ImportFault(_("{file} cannot be read: {reason}.").format(file=path.name, reason=reason(error))) from error
    return parse(_decoded(data, path.name))


def parse(text: str) -> Table:
    """The table in a text. Raises `ImportFault`."""
    between = max(";,\t", key=text.partition("\n")[0].count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        raise ImportFault(_("This is no CSV file: {reason}.").format(reason=error)) from error
    headings = tuple(cell.strip() for cell in lines[0]) if lines else ()
    fields = _fields(headings)
    rows = tuple((number, tuple(row)) for number, row in enumerate(lines[1:], 2) if any(cell.strip() for cell in row))
    if not rows:
        raise ImportFault(
            _("There is nobody in the file: the first row has the headings, each row below a participant.")
        )
    if len(rows) > MOST_ROWS:
        raise ImportFault(_("The file is too long: at most {most} rows are taken in.").format(most=MOST_ROWS))
    return Table(headings, fields, rows)


def template() -> bytes:
    """A file with the headings alone, as Excel opens it: its mark first, semicolons between."""
    return ("\ufeff" + ";".join(_(participants.LABELS[name]) for name in WORDS) + "\r\n").encode()


def examine(reading: Reading, table: Table) -> Findings:
    """Look at every row, and whether somebody is in the caseload already or twice in the file; nothing is changed."""
    found, refused, noticed = list[tuple[int, Mapping[str, Any]]](), list[str](), list[str]()
    earlier = dict[Any, int]()
    for number, cells in table.rows:
        try:
            values = participants.cleaned(_values(table, cells), reading.today)
            _known(reading, number, values, noticed)
            _twice(number, values, earlier)
        except ExinError as error:
            refused.append(_("Row {row}: {fault}").format(row=number, fault=error.text))
        else:
            found.append((number, values))
    return Findings(tuple(found), tuple(refused), tuple(noticed))


@action("from_csv.take_in", N_("the participants from a file"))
def take_in(work: Work, table: Table) -> int:
    """Enter everybody in the table, with nobody responsible yet; answers how many. Raises `ImportFault` for any row."""
    findings = examine(work, table)
    if findings.refused:
        raise ImportFault(_("Nobody was entered. {faults}").format(faults=findings.refused[0]))
    for _number, values in findings.found:
        participants.add(work, {**values, "worker": None})
    return len(findings.found)


def _decoded(data: bytes, name: str) -> str:
    try:
        return plain_file.decoded(data)
    except UnicodeDecodeError as error:
        try:
            if b"\0" not in data:
                return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
        raise ImportFault(_("{file} is not UTF-8 text: save it as “CSV UTF-8”.").format(file=name)) from error


def _fields(headings: Sequence[str]) -> tuple[str, ...]:
    known = {fold(word): field for field, named in WORDS.items() for word in named}
    known |= {fold(_(participants.LABELS[field])): field for field in WORDS}
    fields = tuple(known.get(fold(heading), "") for heading in headings)
    for place, (heading, field) in enumerate(zip(headings, fields, strict=True)):
        alike = [fold(one) for one in headings[:place]]
        if heading and (fold(heading) in alike or (field and field in fields[:place])):
            raise ImportFault(_("Column {column}: an earlier column has the same heading.").format(column=place + 1))
    if not {"given_name", "family_name", "national_id", "code"} & set(fields):
        raise ImportFault(_("No heading says who somebody is: name, identity number or code."))
    return fields


def _values(table: Table, cells: Sequence[str]) -> dict[str, Any]:
    if any(cell.strip() for cell in cells[len(table.fields) :]):
        raise ImportFault(_("there are more cells than headings."))
    values = dict[str, Any]()
    for field, cell in zip(table.fields, cells, strict=False):
        written = cell.strip()
        if not field or not written:
            continue
        label = _(participants.LABELS[field])
        if field in EXACT and written.startswith("="):
            raise ImportFault(_("{field}: a formula stands there; write what it shows.").format(field=label))
        if field == "national_id" and len(compact(written)) == DIGITS - 1:
            told = _("{field}: ten digits; a spreadsheet may have taken the zero in front.")
            raise ImportFault(told.format(field=label))
        values[field] = _day(written, label) if field in participants.DATE_FIELDS else written
    return values


def _day(written: str, label: str) -> date:
    for form in _FORMS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise ImportFault(_("{field}: no date; write 30.11.2026 or 2026-11-30.").format(field=label))


def _known(reading: Reading, number: int, values: Mapping[str, Any], noticed: list[str]) -> None:
    """Refuse who is surely in the caseload, and notice who has the name of somebody."""
    taken = "SELECT 1 FROM participant WHERE code != '' AND code = ? COLLATE NOCASE"
    if reading.value(taken, [values.get("code", "")]) is not None:
        raise ImportFault(_("Code: another participant has it."))
    for double in doubles(reading, values)[:1]:
        told = double.told(double.code)
        if double.participant:
            theirs = participants.file_of(reading, double.participant).values
            differs = [_(participants.LABELS[name]) for name, value in values.items() if theirs[name] != value]
            told += " " + _("What differs: {fields}.").format(fields=", ".join(differs) or "–")
        if double.by != "name":
            raise ImportFault(told)
        noticed.append(_("Row {row}: {fault}").format(row=number, fault=told))


def _twice(number: int, values: Mapping[str, Any], earlier: dict[Any, int]) -> None:
    """Refuse who stands in an earlier row of the file, by code, identity number, or name and birth date."""
    name = tuple(sorted(words(f"{values.get('given_name', '')} {values.get('family_name', '')}")))
    born = values.get("birth_date")
    signs = [("code", str(values.get("code") or "").casefold()), ("number", values.get("national_id"))]
    signs += [("name", (name, born))] if name and born else []
    for sign in signs:
        if sign[1] and (row := earlier.setdefault(sign, number)) != number:
            raise ImportFault(_("the same person or code stands in row {row}.").format(row=row))
