"""The figures of the monthly meeting as sheets: what is drawn as bars, and the plain numbers of the same sheet.

The screen, the paper and the minutes all take their words and numbers from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from config.dates import format_date, month_name
from config.programme.shapes import Programme
from config.words import _, n_
from models.meetings.monthly import Figures, Person
from models.paper.document import Column, Table
from models.team.forecast import MonthLoad

Called = Callable[[str, str], str]
"""How a participant is called, by code and name."""


class Series(Struct, frozen=True):
    """One row of bars: what they are, and one value for each label."""

    name: str
    values: tuple[float, ...]


class Sheet(Struct, frozen=True):
    """One page: `labels` and `series` are its bars, `limit` a line across them where there is one (0: none).

    `columns` and `rows` are the same in numbers, and more of them; `note` is a sentence or two below. `behind` has who
    stands behind each row, nobody where a row counts no people or they cannot be told. `as_of` says that the values are
    of today, empty where they are the month's own.
    """

    id: str
    title: str
    note: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    limit: float = 0.0
    behind: tuple[tuple[Person, ...], ...] = ()
    as_of: str = ""

    @property
    def table(self) -> Table:
        """The numbers as a table whose columns share the width by what stands in them."""
        # A title of several words may be broken between them.
        needed = (
            [*map(len, title.split()), *map(len, cells)] for title, *cells in zip(self.columns, *self.rows, strict=True)
        )
        columns = (Column(title, max(sizes) + 1) for title, sizes in zip(self.columns, needed, strict=True))
        return Table(tuple(columns), self.rows)


def sheets(programme: Programme, figures: Figures, called: Called) -> tuple[Sheet, ...]:
    """Every sheet of the month, planning first."""
    found = (
        _coming(figures),
        _load(figures),
        _moves(programme, figures, called),
        _endings(programme, figures),
        _waiting(programme, figures),
        _contact(programme, figures),
        _consents(programme, figures),
    )
    return tuple(one if one.behind else replace(one, behind=((),) * len(one.rows)) for one in found)


def as_of(figures: Figures) -> str:
    """That what is shown is as it stands today."""
    return _("as of today, {date}").format(date=format_date(figures.made))


def month_words(month: date) -> str:
    """As in "November 2026"."""
    return f"{month_name(month.month).capitalize()} {month.year}"


def minutes_text(sheet: Sheet) -> str:
    """The sheet in plain lines, to stand in the minutes as it was on the day."""
    lines = [f"{sheet.title}: {sheet.note}" if sheet.note else f"{sheet.title}:"]
    for first, *others in sheet.rows:
        told = ", ".join(
            f"{column.lower()} {cell}" for column, cell in zip(sheet.columns[1:], others, strict=True) if cell
        )
        lines.append(f"– {first}: {told}")
    return "\n".join(lines)


def _number(value: float) -> str:
    """With a comma, and no decimals where there are none."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _bars(name: str, values: Iterable[float]) -> Series:
    return Series(name, tuple(map(float, values)))


def _rows(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, row)) for row in rows)


def _coming(figures: Figures) -> Sheet:
    months = figures.coming[1:]
    labels = tuple(_("until {date}").format(date=format_date(one.day)) for one in months)
    note = n_("{count} candidate is in intake now.", "{count} candidates are in intake now.", figures.candidates)
    return Sheet(
        "coming",
        _("Releases and starts"),
        note.format(count=figures.candidates),
        labels,
        (
            _bars(_("Releases"), (one.releases for one in months)),
            _bars(_("Preparations to begin"), (one.preparations for one in months)),
        ),
        (_("When"), _("Releases"), _("Preparations to begin"), _("Participants"), _("In demanding phases")),
        _rows(
            (label, one.releases, one.preparations, f"{one.people}/{one.limit}",
             f"{one.demanding}/{one.demanding_limit}")
            for label, one in zip(labels, months, strict=True)
        ),
        as_of=as_of(figures),
    )  # fmt: skip


def _load(figures: Figures) -> Sheet:
    workers = figures.workers
    ends = [format_date(one.day) for one in figures.coming[1:]]
    over = [worker.name for worker in workers if any(month.over for month in worker.months)]
    note = _("Per cent of the fuller of the two limits; 100 is the limit.")
    if over:
        note += " " + _("Over a limit now or later: {names}.").format(names=", ".join(over))
    return Sheet(
        "load",
        _("Workload"),
        note,
        tuple(worker.initials for worker in workers),
        (
            _bars(_("Now"), (worker.months[0].percent for worker in workers)),
            _bars(ends[-1], (worker.months[-1].percent for worker in workers)),
        ),
        (_("Colleague"), _("Now"), *ends),
        tuple((worker.name, *map(_against_limits, worker.months)) for worker in workers),
        limit=100.0,
        as_of=as_of(figures),
    )


def _against_limits(month: MonthLoad) -> str:
    over = "!" if month.over else ""
    return f"{month.people}/{month.limit} · {month.demanding}/{month.demanding_limit}{over}"


def _moves(programme: Programme, figures: Figures, called: Called) -> Sheet:
    total = sum(count for _from, _to, count in figures.moved)
    note = n_("{count} phase began.", "{count} phases began.", total).format(count=total)
    if total > len(figures.moves):
        note += " " + _("The first {count} are listed.").format(count=len(figures.moves))
    return Sheet(
        "moves",
        _("Transitions"),
        note,
        tuple(f"{before or ''} → {after}".strip() for before, after, _count in figures.moved),
        (_bars(_("Participants"), (count for _before, _after, count in figures.moved)),),
        (_("Participant"), _("Date"), _("From"), _("To")),
        tuple(
            (
                called(move.code, move.name),
                format_date(move.day),
                f"{move.from_phase} {programme.phase(move.from_phase).name}" if move.from_phase else "",
                f"{move.to_phase} {programme.phase(move.to_phase).name}",
            )
            for move in figures.moves
        ),
        behind=tuple(
            (
                Person(
                    move.participant,
                    move.code,
                    move.name,
                    move.day,
                    f"{move.from_phase or ''} → {move.to_phase}".strip(),
                ),
            )
            for move in figures.moves
        ),
    )


def _endings(programme: Programme, figures: Figures) -> Sheet:
    names = {ending.id: str(ending.name) for ending in programme.method.endings}
    rows = [(names.get(reason, reason) if reason else _("no reason noted"), count) for reason, count in figures.endings]
    return Sheet(
        "endings",
        _("Phase-outs by reason"),
        n_("{count} came back.", "{count} came back.", figures.returned).format(count=figures.returned),
        tuple(name for name, _count in rows),
        (_bars(_("Begun this month"), (count for _name, count in rows)),),
        (_("Reason to end"), _("Begun")),
        _rows(rows),
    )


def _waiting(programme: Programme, figures: Figures) -> Sheet:
    waiting = figures.waiting
    names = tuple(str(programme.agency(one.agency).name) for one in waiting)
    return Sheet(
        "waiting",
        _("Waiting times by agency"),
        _("Days since an application was sent. Waiting time is relapse time."),
        names,
        (_bars(_("Median"), (one.median for one in waiting)), _bars(_("Longest"), (one.longest for one in waiting))),
        (_("Agency"), _("Waiting"), _("Median days"), _("Longest"), _("Decided"), _("Median when decided")),
        _rows(
            (name, one.waiting, one.median, one.longest, one.decided, one.decided_median if one.decided else "")
            for name, one in zip(names, waiting, strict=True)
        ),
    )


def _contact(programme: Programme, figures: Figures) -> Sheet:
    shown = [one for one in figures.contact if one.participants or one.expected]
    silent = sum(one.silent for one in shown)
    names = tuple(f"{one.phase} {programme.phase(one.phase).name}" for one in shown)
    note = n_(
        "{count} has been silent for longer than the phase expects.",
        "{count} have been silent for longer than the phase expects.",
        silent,
    ).format(count=silent)
    return Sheet(
        "contact",
        _("Contact by phase"),
        note,
        names,
        (
            _bars(_("Contacts each"), (round(one.each, 1) for one in shown)),
            _bars(_("Expected at least"), (one.expected for one in shown)),
        ),
        (_("Phase"), _("Participants"), _("Contacts"), _("Each"), _("Expected"), _("Attempts"), _("Silent")),
        _rows(
            (name, one.participants, one.contacts, _number(one.each), _number(one.expected), one.attempts, one.silent)
            for name, one in zip(names, shown, strict=True)
        ),
    )


def _consents(programme: Programme, figures: Figures) -> Sheet:
    consents = figures.consents
    names = tuple(str(programme.agency(one.agency).name) for one in consents)
    checked = figures.verification
    note = _(
        "Release checklists with something left: {lists}; items left: {items}; not verified: {unverified}."
    ).format(lists=checked.lists, items=checked.remaining, unverified=checked.unverified)
    return Sheet(
        "consents",
        _("Consents and verification"),
        note,
        names,
        (
            _bars(_("In force"), (one.covered for one in consents)),
            _bars(_("Ends soon"), (one.soon for one in consents)),
            _bars(_("Lacking"), (one.lacking for one in consents)),
        ),
        (_("Agency"), _("In force"), _("Ends soon"), _("Lacking")),
        _rows((name, one.covered, one.soon, one.lacking) for name, one in zip(names, consents, strict=True)),
    )
