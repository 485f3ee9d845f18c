"""The figures of the monthly meeting as sheets: what is drawn as bars, and the plain numbers of the same sheet.

The screen, the paper and the minutes all take their words and numbers from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from config.dates import format_date, month_name
from config.programme.shapes import Programme
from config.words import _, n_
from models.intake.reading import ENROLLED
from models.meetings.month import Person
from models.meetings.month_rhythm import IN_INTAKE, REFERRED, REFUSED
from models.meetings.monthly import MOVES_LISTED, Figures
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
    stands behind each row, nobody where a row counts no people. `as_of` says that the values are of today, empty where
    they are the month's own. `bars_note` explains the bars alone.
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
    bars_note: str = ""

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
        _verification(figures),
        _reviews(programme, figures),
        _intake(programme, figures),
        _year(figures),
    )
    return tuple(one if one.behind else replace(one, behind=((),) * len(one.rows)) for one in found)


def for_minutes(programme: Programme, figures: Figures) -> tuple[Sheet, ...]:
    """The same for minutes, which everybody reads: by code, and without the line of one whom not everybody sees."""
    seen = tuple(move for move in figures.moves if move.participant not in figures.restricted)
    return sheets(programme, replace(figures, moves=seen), lambda code, _name: code)


def month_words(month: date) -> str:
    """As in "November 2026"."""
    return f"{month_name(month.month).capitalize()} {month.year}"


def minutes_text(sheet: Sheet) -> str:
    """The sheet in plain lines, to stand in the minutes as it was on the day."""
    title = f"{sheet.title} ({sheet.as_of})" if sheet.as_of else sheet.title
    lines = [f"{title}: {sheet.note}" if sheet.note else f"{title}:"]
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


def _agency_names(programme: Programme, agencies: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(programme.agency(one).name) for one in agencies)


def _coming(figures: Figures) -> Sheet:
    ahead = figures.ahead
    labels = tuple(
        _("until {date}").format(date=format_date(one.until)) if one.until else _("overdue") for one in ahead
    )
    note = n_("{count} candidate is in intake now.", "{count} candidates are in intake now.", figures.candidates)
    return Sheet(
        "coming",
        _("Releases and starts"),
        _("Overdue: the day has passed, and they are still inside or not in preparation.") + " "
        + note.format(count=figures.candidates),
        labels,
        (
            _bars(_("Releases"), (len(one.releases) for one in ahead)),
            _bars(_("Preparations to begin"), (len(one.preparations) for one in ahead)),
        ),
        (_("When"), _("Releases"), _("Preparations to begin"), _("Participants"), _("In demanding phases")),
        _rows(
            (label, len(one.releases), len(one.preparations), f"{load.people}/{load.limit}",
             f"{load.demanding}/{load.demanding_limit}")
            for label, one, load in zip(labels, ahead, figures.coming, strict=True)
        ),
        behind=tuple((*one.releases, *one.preparations) for one in ahead),
        as_of=_("as of today, {date}").format(date=format_date(figures.made)) if figures.past else "",
    )  # fmt: skip


def _load(figures: Figures) -> Sheet:
    workers = figures.workers
    if figures.past:
        times = [format_date(figures.last)]
    else:
        times = [_("Now"), *(format_date(one.day) for one in figures.coming[1:])]
    over = [worker.name for worker in workers if any(month.over for month in worker.months)]
    told = _("Over a limit then: {names}.") if figures.past else _("Over a limit now or later: {names}.")
    drawn = dict.fromkeys((0, len(times) - 1))
    return Sheet(
        "load",
        _("Workload"),
        told.format(names=", ".join(over)) if over else "",
        tuple(worker.initials for worker in workers),
        tuple(_bars(times[place], (worker.months[place].percent for worker in workers)) for place in drawn),
        (_("Colleague"), *times),
        tuple((worker.name, *map(_against_limits, worker.months)) for worker in workers),
        limit=100.0,
        behind=tuple(worker.people for worker in workers),
        bars_note=_("Per cent of the fuller of the two limits; 100 is the limit."),
    )


def _against_limits(month: MonthLoad) -> str:
    over = "!" if month.over else ""
    return f"{month.people}/{month.limit} · {month.demanding}/{month.demanding_limit}{over}"


def _moves(programme: Programme, figures: Figures, called: Called) -> Sheet:
    total = sum(count for _from, _to, count in figures.moved)
    note = n_("{count} phase began.", "{count} phases began.", total).format(count=total)
    if total > MOVES_LISTED:
        note += " " + _("The first {count} are listed.").format(count=MOVES_LISTED)
    return Sheet(
        "moves",
        _("Transitions"),
        note,
        tuple(_step(before, after) for before, after, _count in figures.moved),
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
        behind=tuple((move.as_person(_step(move.from_phase, move.to_phase)),) for move in figures.moves),
    )


def _step(before: int, after: int) -> str:
    return f"{before or ''} → {after}".strip()


def _endings(programme: Programme, figures: Figures) -> Sheet:
    names = {ending.id: str(ending.name) for ending in programme.method.endings}
    endings, back = figures.endings, figures.returned
    rows = [(names.get(one.reason, one.reason) if one.reason else _("no reason noted"), one.count) for one in endings]
    return Sheet(
        "endings",
        _("Phase-outs by reason"),
        n_("{count} came back.", "{count} came back.", len(back)).format(count=len(back)),
        tuple(name for name, _count in rows),
        (_bars(_("Begun this month"), (count for _name, count in rows)),),
        (_("Reason to end"), _("Begun")),
        _rows([*rows, (_("came back"), len(back))] if back else rows),
        behind=(*(one.people for one in endings), *([back] if back else [])),
    )


def _waiting(programme: Programme, figures: Figures) -> Sheet:
    waiting = figures.waiting
    names = _agency_names(programme, (one.agency for one in waiting))
    return Sheet(
        "waiting",
        _("Waiting times by agency"),
        _("Days since an application was sent. Waiting time is relapse time."),
        names,
        (_bars(_("Median"), (one.median for one in waiting)), _bars(_("Longest"), (one.longest for one in waiting))),
        (_("Agency"), _("Waiting"), _("Median days"), _("Longest"), _("Decided"), _("Median when decided")),
        _rows(
            (name, one.waiting, _number(one.median), one.longest, one.decided,
             _number(one.decided_median) if one.decided else "")
            for name, one in zip(names, waiting, strict=True)
        ),
        behind=tuple(one.people for one in waiting),
    )  # fmt: skip


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
        behind=tuple(one.people for one in shown),
    )


def _consents(programme: Programme, figures: Figures) -> Sheet:
    consents = figures.consents
    names = _agency_names(programme, (one.agency for one in consents))
    return Sheet(
        "consents",
        _("Consents"),
        _("Of those who should have one in their phases."),
        names,
        (
            _bars(_("In force"), (one.covered for one in consents)),
            _bars(_("Ends soon"), (one.soon for one in consents)),
            _bars(_("Lacking"), (one.lacking for one in consents)),
        ),
        (_("Agency"), _("In force"), _("Ends soon"), _("Lacking")),
        _rows((name, one.covered, one.soon, one.lacking) for name, one in zip(names, consents, strict=True)),
        behind=tuple(one.people for one in consents),
    )


def _verification(figures: Figures) -> Sheet:
    checked = figures.verification
    note = _("Release checklists with something left: {lists}; items left: {items}; not verified: {unverified}.")
    return Sheet(
        "verification",
        _("Release checklists"),
        note.format(
            lists=sum(one.lists for one in checked),
            items=sum(one.remaining for one in checked),
            unverified=sum(one.unverified for one in checked),
        ),
        tuple(one.initials for one in checked),
        (
            _bars(_("Items left"), (one.remaining for one in checked)),
            _bars(_("Not verified"), (one.unverified for one in checked)),
        ),
        (_("Colleague"), _("Checklists"), _("Items left"), _("Not verified")),
        _rows((one.name, one.lists, one.remaining, one.unverified) for one in checked),
        behind=tuple(one.people for one in checked),
    )


def _reviews(programme: Programme, figures: Figures) -> Sheet:
    reviews, method = figures.reviews, programme.method.reviews
    names = tuple(
        str(known.name) if (known := method.transition(one.transition)) else one.transition for one in reviews
    )
    owed = sum(one.owed for one in reviews)
    held = sum(one.many for one in reviews)
    return Sheet(
        "reviews",
        _("Phase reviews"),
        _("Held in the month: {held}. Missing at its end: {owed}.").format(held=held, owed=owed),
        names,
        (_bars(_("Held"), (one.many for one in reviews)), _bars(_("Missing"), (one.owed for one in reviews))),
        (_("Transition"), _("Held"), _("Missing"), _("Decided")),
        _rows(
            (name, one.many, one.owed, _decided(programme, one.held)) for name, one in zip(names, reviews, strict=True)
        ),
        behind=tuple(one.people for one in reviews),
    )


def _decided(programme: Programme, held: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{programme.choice('review_decision', decision).name} {count}" for decision, count in held)


def _intake(programme: Programme, figures: Figures) -> Sheet:
    names = {talk.id: _("Talk: {name}").format(name=talk.name) for talk in programme.method.intake.talks} | {
        REFERRED: _("Referred"), ENROLLED: _("Enrolled"), IN_INTAKE: _("In intake at the end of the month"),
        **dict(zip(REFUSED, (
            _("No basis: the team says no"), _("No basis: the candidate says no"), _("No basis: both say no"),
            _("No basis: for another reason"),
        ), strict=True)),
    }  # fmt: skip
    steps = figures.intake
    labels = tuple(names.get(one.step, one.step) for one in steps)
    return Sheet(
        "intake",
        _("Intake"),
        _("Referrals, talks and decisions of the month; who is in intake, at its end."),
        labels,
        (_bars(_("Candidates"), (one.count for one in steps)),),
        (_("What happened"), _("Candidates")),
        _rows((label, one.count) for label, one in zip(labels, steps, strict=True)),
        behind=tuple(one.people for one in steps),
    )


def _year(figures: Figures) -> Sheet:
    months = figures.year
    labels = tuple(month_words(one.month) for one in months)
    return Sheet(
        "year",
        _("Twelve months"),
        _("Participants and missing reviews as they stood at the end of each month; the rest is what happened in it."),
        labels,
        (_bars(_("Participants"), (one.participants for one in months)),),
        (
            _("Month"), _("Participants"), _("Releases"), _("Came in"), _("Ended"), _("Contacts"), _("Reviews"),
            _("Missing"),
        ),
        _rows(
            (label, one.participants, one.releases, one.new, one.ended, one.contacts, one.reviews, one.owed)
            for label, one in zip(labels, months, strict=True)
        ),
        behind=tuple(one.people for one in months),
    )  # fmt: skip
