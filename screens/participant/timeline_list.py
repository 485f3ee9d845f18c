"""The timeline as lines under months, and one entry in full beside it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from config.dates import format_date, format_hours, format_moment, month_name, short_date, short_weekday
from config.programme.labels import Words
from config.programme.shapes import EntryKind, Programme
from config.words import _
from models.consents.disclosures import ground_name
from models.misplaced.misplaced import RECORDED
from models.participants.participants import LABELS
from models.signals.sign import tag
from models.timeline import TimelineEntry
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped


def month_heading(key: str) -> str:
    """`2026-11` as people say it."""
    year, month = key.split("-")
    return f"{month_name(int(month)).capitalize()} {year}"


_PERSONS: Final = ("person", "partners", "who")
"""What of a line's detail names contact persons or relatives."""


def words_of(entry: TimelineEntry, programme: Programme, *, hidden: bool) -> str:
    """What an entry says: its text, or for the program's own lines a sentence made of what it tells.

    With names `hidden` it names nobody around the participant; what somebody wrote is for `Case.said`.
    """
    kind = programme.kind(entry.kind)
    if kind.template is None:
        return entry.text
    detail = dict(entry.detail)
    if hidden:
        detail |= {name: HIDDEN for name in _PERSONS if detail.get(name)}
    told = _told(detail, programme)
    try:
        return str(kind.template).format_map(told)
    except (KeyError, ValueError, IndexError):
        return str(kind.name)


def _told(detail: Mapping[str, Any], programme: Programme) -> dict[str, str]:
    # What was named in every language there was is told in the one in force.
    told = {key: str(Words.of(value)) if isinstance(value, dict) else str(value) for key, value in detail.items()}
    if "phase" in detail:
        told.setdefault("name", str(programme.phase(int(detail["phase"])).name))
    if "field" in detail:
        told["field"] = _(LABELS.get(str(detail["field"]), str(detail["field"])))
    if "record" in detail:
        told["record"] = _(RECORDED.get(str(detail["record"]), str(detail["record"])))
    if "agency" in detail:
        role = str(programme.role(detail["role"]).name) if detail.get("role") else ""
        parts = (str(programme.agency(detail["agency"]).name), role, detail.get("person", ""))
        told["agency"] = parts[0]
        told["whom"] = ", ".join(dict.fromkeys(part for part in parts if part))
    if "application_outcome" in detail:
        outcome = detail["application_outcome"]
        told["application_outcome"] = str(programme.choice("application_outcome", outcome).name) if outcome else "–"
    if "ground" in detail:
        told["ground"] = ground_name(programme, detail["ground"])
    for name in ("date", "released"):
        if name in detail:
            told[name] = format_date(date.fromisoformat(detail[name])) if detail[name] else "–"
    told.setdefault("name", "–")
    return told


class TimelineList(ColumnedList[TimelineEntry]):
    """One line an entry, newest first; the screen says whom it is `about`, by code and name."""

    def __init__(self, case: Case, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.case = case
        self.programme = case.programme
        self.clock = case.clock
        self.about = ("", "")

    def alike(self, row: TimelineEntry, part: int) -> Hashable:
        return self.programme.kind(row.kind).system

    def measured(self, row: TimelineEntry, part: int) -> Sequence[Cell]:
        kind = self.programme.kind(row.kind)
        if kind.system:
            return ()
        return self._columns_of(row, kind, (row.text or row.topic or row.with_whom, PLAIN))

    def cells(self, row: TimelineEntry, part: int) -> Sequence[Cell]:
        kind = self.programme.kind(row.kind)
        words = words_of(row, self.programme, hidden=self.case.private)
        if kind.system:
            return [Cell((f"{_day(row):14}", DIM), ("• ", DIM), (self._said(words), DIM))]
        attempted = _("attempted") + " " if row.outcome == "attempted" else ""
        topic = tag("topics") + " " if row.topic and row.topic_taken_at is None else ""
        told = self._said(words or row.topic or with_whom(self.case, row))
        return self._columns_of(row, kind, (attempted, WARN), (topic, GOOD), (told, PLAIN))

    def _columns_of(self, row: TimelineEntry, kind: EntryKind, *told: Piece) -> Sequence[Cell]:
        return [
            Cell((f"{_day(row)}{format_hours(self.clock.local(row.at)):5}", PLAIN)),
            Cell((str(kind.name), BOLD), least=10),
            Cell((f"{row.minutes}m" if row.minutes else "", DIM), at_right=True),
            Cell((row.author, DIM)),
            Cell(*told, least=30, worth=1),
        ]

    def _said(self, text: str) -> str:
        return flat(self.case.said(text, *self.about))


def _day(row: TimelineEntry) -> str:
    return f"{short_weekday(row.day)} {cut(short_date(row.day), 6)}"


def when(case: Case, entry: TimelineEntry) -> str:
    """The moment of an entry; of a line the program wrote the day alone, for nobody has told its hour."""
    if case.programme.kind(entry.kind).system:
        return format_date(entry.day)
    return format_moment(case.clock.local(entry.at))


def with_whom(case: Case, entry: TimelineEntry) -> str:
    """Who else was there; hidden with the names."""
    return HIDDEN if entry.with_whom and case.private else entry.with_whom


def entry_facts(entry: TimelineEntry, programme: Programme) -> list[Piece]:
    """How long it took, whether anybody was reached, who wrote it, and whether it was corrected since."""
    facts: list[Piece] = []
    if entry.minutes:
        facts.append((f"  {entry.minutes} min", DIM))
    if entry.outcome == "attempted":
        facts.append(("  " + _("attempted, not reached"), WARN))
    if entry.author:
        facts.append((f"  {entry.author}", DIM))
    if entry.version > 1 and not programme.kind(entry.kind).system:
        facts.append(("  " + _("corrected"), DIM))
    return facts


def entry_lines(entry: TimelineEntry, case: Case, about: tuple[str, str], width: int, height: int) -> list[list[Piece]]:
    """One entry in full as far as `height` lines hold it; the last line says when there is more.

    `about` is the participant's code and name.
    """
    kind = case.programme.kind(entry.kind)
    head: list[Piece] = [(str(kind.name), HEADING), ("  " + when(case, entry), PLAIN)]
    lines = [[*head, *entry_facts(entry, case.programme)]]
    if beside := [part for part in (with_whom(case, entry), case.said(entry.place, *about)) if part]:
        lines.append([(flat(" · ".join(beside)), DIM)])
    words = case.said(words_of(entry, case.programme, hidden=case.private), *about)
    lines += [[(line, PLAIN)] for line in wrapped(words, width, height)]
    if entry.topic:
        topic = flat(case.said(entry.topic, *about))
        state = _("taken up") if entry.topic_taken_at else _("for later")
        lines += [[(line, GOOD)] for line in wrapped(_("Topic") + f": {topic} ({state})", width, 3)]
    if len(lines) > height:
        lines = [*lines[: height - 1], [(_("… there is more: Enter shows all of it"), DIM)]]
    return lines
