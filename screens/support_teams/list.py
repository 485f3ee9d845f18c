"""The lines of a support team: its kick-off point by point, people, routines, tasks, meetings, watch and end."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date, short_date
from config.words import N_, _, n_
from models.consents.answer import EXPIRES_SOON
from models.plans import tasks
from models.plans.tasks import ToDo
from models.support_teams.reading import (
    ENDED,
    PLANNED,
    RUNNING,
    Extension,
    Look,
    Member,
    Met,
    Routine,
    TeamFile,
    TeamLine,
)
from models.support_teams.teams import FIELDS, agency_name
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, PLAIN, WARN, Piece, flat

STATES: Final = {PLANNED: N_("planned"), RUNNING: N_("running"), ENDED: N_("ended")}


class Point(Struct, frozen=True):
    """A point of the kick-off or of the end: a field of the support team with its text, or what is `counted` of it."""

    key: str
    name: str
    text: str
    counted: bool = False


class Outside(Struct, frozen=True):
    """An agency that helps and is not in the support team."""

    agency: str


Of = Point | Member | Outside | Routine | ToDo | Met | Look | Extension | TeamLine


def agency_of(case: Case, agency: str) -> str:
    """What an agency is called; one that the programme does not know may be a name, and is hidden as one."""
    known = {one.id for one in case.programme.agencies}
    return HIDDEN if case.private and agency and agency not in known else agency_name(case.programme, agency)


class TeamRow(Struct, frozen=True):
    """One line of the screen, about one thing."""

    of: Of

    @property
    def key(self) -> tuple[str, object]:
        """What stays the same when it is read again."""
        match self.of:
            case Point():
                return "point", self.of.key
            case Outside():
                return "outside", self.of.agency
            case Look():
                return "look", self.of.day
            case _:
                return type(self.of).__name__, self.of.id


def groups_of(case: Case, file: TeamFile) -> list[tuple[str, list[TeamRow]]]:
    """All lines under their headings; a part that has none yet keeps its heading."""
    team = file.team
    ending: list[Of] = [*file.extensions]
    if team.ended is not None:
        ending += [Point(key, _(FIELDS[key]), getattr(team, key)) for key in ("conclusion", "recommendation")]
    to_do = sorted(file.tasks, key=lambda one: (one.state != tasks.OPEN, one.due or date.max, one.id))
    parts: list[tuple[str, Sequence[Of]]] = [
        (_("Kick-off"), _agenda(case, file)),
        (_("Members"), [*file.members, *(Outside(agency) for agency in file.outside)]),
        (_("Routines"), file.routines),
        (_("Tasks"), to_do),
        (_("Meetings"), file.meetings),
        (_("Keep an eye on"), file.looks),
        (_("Time and end"), ending),
        (_("Earlier support teams"), file.earlier),
    ]
    parts = [part for part in parts if part[1] or part[0] != _("Earlier support teams")]
    return [(heading, [TeamRow(one) for one in found]) for heading, found in parts]


def _agenda(case: Case, file: TeamFile) -> list[Point]:
    counts = {
        "tasks": n_("{count} task", "{count} tasks", len(file.tasks)).format(count=len(file.tasks)),
        "routines": n_("{count} routine", "{count} routines", len(file.routines)).format(count=len(file.routines)),
    }
    there = {"tasks": file.tasks, "routines": file.routines}
    return [
        Point(point.id, str(point.name), counts[point.id] if there[point.id] else "", counted=True)
        if point.id in there
        else Point(point.id, str(point.name), getattr(file.team, point.id, ""))
        for point in case.programme.choices["kick_off_point"]
    ]


class TeamList(ColumnedList[TeamRow]):
    """The lines of a support team."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No support team yet. n begins one with its kick-off."))
        self.case, self.about = case, ("", "")

    def said(self, text: str) -> str:
        """What was written, on one line."""
        return flat(self.case.said(text, *self.about))

    def alike(self, row: TeamRow, part: int) -> Hashable:
        return type(row.of)

    def cells(self, row: TeamRow, part: int) -> Sequence[Cell]:
        match row.of:
            case Point() as point:
                box = "[x]" if point.text else "[ ]"
                return [
                    Cell((f"{box} ", GOOD if point.text else PLAIN), (point.name, BOLD), least=26),
                    told(self.said(point.text)),
                ]
            case Member() as one:
                return self._member(one)
            case Outside(agency):
                name = agency_of(self.case, agency)
                return [Cell((name, BOLD), least=12), told(_("helps, and is not in the support team"), WARN)]
            case Routine() as routine:
                return [told(self.said(routine.what)), Cell((self.said(routine.how_often), DIM), least=10),
                        Cell((self.name_of(routine.who), PLAIN), least=10)]  # fmt: skip
            case ToDo() as task:
                return self._to_do(task)
            case Met() as met:
                written = n_("{count} line", "{count} lines", met.items).format(count=met.items)
                state = _("closed") if met.closed else _("open")
                return [Cell((format_date(met.day), PLAIN)), Cell((written, DIM)),
                        Cell((state, DIM if met.closed else GOOD))]  # fmt: skip
            case Look() as look:
                return self._look(look)
            case Extension() as longer:
                days = _("{was} → {until}").format(was=format_date(longer.was), until=format_date(longer.until))
                return [Cell((days, PLAIN)), told(self.said(longer.reason))]
            case TeamLine() as team:
                days = f"{format_date(team.kick_off)} – {format_date(team.ended or team.ends)}"
                return [Cell((days, PLAIN)), told(self.said(team.conclusion), DIM)]

    def _member(self, one: Member) -> list[Cell]:
        here = one.lasts(self.case.today)
        name = self.name_of(one.called) if one.name else _("nobody is named")
        sits = _("deputy") if one.deputy else ""
        days = f"– {short_date(one.until)}" if one.until else short_date(one.since)
        return [
            Cell((agency_of(self.case, one.agency), BOLD if here else DIM), least=12),
            Cell((name, (PLAIN if one.name else WARN) if here else DIM), least=12),
            Cell((sits, DIM)),
            Cell((days, DIM)),
            Cell(self._consent(one) if here else ("", PLAIN), least=10),
        ]

    def _consent(self, one: Member) -> Piece:
        if one.answer is None:
            return "", PLAIN
        if not one.answer.covered:
            return _("no consent"), ALARM
        until = short_date(one.answer.until) if one.answer.until else ""
        return _("consent until {date}").format(date=until), WARN if one.answer.state == EXPIRES_SOON else GOOD

    def name_of(self, name: str) -> str:
        """Somebody's name, while names may show."""
        return HIDDEN if name and self.case.private else name

    def _to_do(self, task: ToDo) -> list[Cell]:
        box = {tasks.OPEN: "[ ]", tasks.DONE: "[x]"}.get(task.state, "[–]")
        turn = str(self.case.programme.choice("turn", task.turn).name)
        whose = str(self.case.programme.agency(task.agency).name) if task.agency else turn
        late = task.state == tasks.OPEN and task.due is not None and task.due < self.case.today
        return [
            Cell((f"{box} ", PLAIN)),
            Cell((whose, BOLD if task.state == tasks.OPEN else DIM), least=12),
            Cell((short_date(task.due) if task.due else "", ALARM if late else DIM)),
            told(self.said(task.text), PLAIN if task.state == tasks.OPEN else DIM),
        ]

    def _look(self, look: Look) -> list[Cell]:
        choice = self.case.programme.choice
        pieces: list[Piece] = []
        for point in self.case.programme.choices["evasion_point"]:
            if (one := look.points.get(point.id)) is not None and one.state != "fine":
                pieces += [("  " if pieces else "", PLAIN), (str(point.name), WARN)]
        fine = str(choice("evasion_state", "fine").name)
        return [Cell((format_date(look.day), PLAIN)), Cell(*(pieces or [(fine, GOOD)]), least=20, worth=1)]


def heads(case: Case, file: TeamFile) -> list[list[Piece]]:
    """What stands above: when it lasts and who coordinates, and what it lacks today."""
    team, today = file.team, case.today
    state = team.state(today)
    who = [agency_of(case, team.agency), HIDDEN if team.coordinator and case.private else team.coordinator]
    line: list[Piece] = [
        (" " + _(STATES[state]), GOOD if state == RUNNING else DIM),
        (f"  {format_date(team.kick_off)} – {format_date(team.ended or team.ends)}  ", BOLD),
        (_("coordinated by {who}").format(who=", ".join(part for part in who if part)), PLAIN),
    ]
    return [line, lacks(case, file) if state != ENDED else []]


def lacks(case: Case, file: TeamFile) -> list[Piece]:
    """What the support team lacks today, the gravest first."""
    team, today, said = file.team, case.today, []
    if found := file.uncovered(today):
        names = ", ".join(HIDDEN if case.private else one.called for one in found)
        said.append((_("No consent: {names}.").format(names=names), ALARM))
    if team.ends < today:
        said.append((_("Its time is up."), ALARM))
    if agencies := file.unrepresented(today):
        names = ", ".join(agency_of(case, one) for one in agencies)
        said.append((_("Nobody for {agencies}.").format(agencies=names), WARN))
    if not team.coordinator:
        said.append((_("No coordinator."), WARN))
    if team.in_on_it != "yes":
        said.append((_("Not in on it.") if team.in_on_it else _("In on it? Not asked."), WARN))
    return [(" " + text, style) for text, style in said] or [(" " + _("Nothing is missing."), DIM)]


def detail_of(case: Case, row: TeamRow) -> list[tuple[str, bool]]:
    """All of the line under the mark, as texts and whether each is the first of them."""
    name = case.programme.choice
    match row.of:
        case Point() as point:
            return [(point.name, True), (point.text or _("nothing yet"), False)]
        case Member() as one:
            role = str(case.programme.role(one.role).name) if one.role else ""
            reason = "" if case.private or one.answer is None else one.answer.reason
            return [(", ".join(part for part in (role, reason) if part), False)]
        case Look() as look:
            return [
                (f"{name('evasion_point', one.point).name}: {name('evasion_state', one.state).name}"
                 + (f" – {one.note}" if one.note else ""), False)
                for one in look.points.values()
                if one.state != "fine" or one.note
            ]  # fmt: skip
        case Extension() as longer:
            return [(longer.reason, False)]
        case TeamLine() as team:
            return [(team.conclusion, False), (team.recommendation, False)]
        case Routine() as routine:
            who = HIDDEN if routine.who and case.private else routine.who
            return [(routine.what, True), (" · ".join(part for part in (routine.how_often, who) if part), False)]
        case ToDo() as task:
            return [(task.text, True)]
    return []
