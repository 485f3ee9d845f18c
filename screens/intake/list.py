"""An intake as lines: the criteria, the talks, the premises that are said, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from rich.style import Style

from config.dates import format_date, short_date
from config.programme.labels import Choice
from config.words import N_, _
from models.intake.reading import ENROLLED, JUDGEMENTS, MET, NOT_MET, OUTCOMES, CriterionLine, IntakeFile, TalkLine
from screens.frame.case import Case
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat, wrapped
from screens.widgets.windowed_list import Group

STATE: Final = 14
NAME: Final = 30
YES_NO: Final = {"yes": N_("yes"), "no": N_("no"), "": N_("not said")}


class PremiseLine(Struct, frozen=True):
    """One premise, and the day it was said."""

    premise: Choice
    said: date | None


IntakeRow = CriterionLine | TalkLine | PremiseLine | IntakeFile
"""What a line is about; the whole of the intake stands for its decision."""


def rows_of(file: IntakeFile, premises: Sequence[Choice]) -> tuple[list[Group], list[IntakeRow]]:
    """The groups with how many lines each has, and the lines."""
    said = file.said
    parts: tuple[tuple[str, Sequence[IntakeRow]], ...] = (
        (_("Criteria"), file.criteria),
        (_("Talks, in this order"), file.talks),
        (_("Must have been said"), [PremiseLine(one, said.get(one.id)) for one in premises]),
        (_("Decision"), [file]),
    )
    groups = [Group(str(number), heading, len(rows)) for number, (heading, rows) in enumerate(parts)]
    return groups, [row for _heading, rows in parts for row in rows]


class IntakeList(ColumnedList[IntakeRow]):
    """State first, then what it is about; `file` is set by the screen."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.file: IntakeFile | None = None

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]

    def cells(self, row: IntakeRow, part: int) -> Sequence[Cell]:
        match row:
            case CriterionLine():
                return self._criterion(row)
            case TalkLine():
                return self._talk(row)
            case PremiseLine(premise, said):
                state = _("said {date}").format(date=short_date(said)) if said else _("not said")
                return [_state(state, GOOD if said else WARN), Cell((str(premise.name), PLAIN))]
        return self._decision(row)

    def _criterion(self, line: CriterionLine) -> list[Cell]:
        style = {MET: GOOD, NOT_MET: ALARM}.get(line.judgement, WARN)
        if line.judgement in (MET, NOT_MET):
            more = " ".join(part for part in (line.by, short_date(line.judged) if line.judged else "") if part)
        else:
            more = _("dates: {judgement}").format(judgement=_(JUDGEMENTS[line.proposed])) if line.proposed else ""
        note = "" if self.case.private else flat(line.note)
        return [
            _state(_(JUDGEMENTS.get(line.judgement, line.judgement)), style),
            Cell((str(line.criterion.name), PLAIN), least=NAME),
            Cell((more, DIM)),
            told(note, least=0),
        ]

    def _talk(self, line: TalkLine) -> list[Cell]:
        upcoming = self.file.next_talk if self.file is not None and not self.file.outcome else None
        if line.held is None:
            is_next = upcoming is not None and upcoming.talk.id == line.talk.id
            state = _state(_("next") if is_next else _("not held"), WARN if is_next else DIM)
            return [state, Cell((str(line.talk.name), BOLD if is_next else PLAIN))]
        covered = _("{done} of {all} covered").format(done=len(line.covered), all=len(line.talk.topics))
        return [
            _state(format_date(line.held), GOOD),
            Cell((str(line.talk.name), PLAIN)),
            Cell((covered if line.talk.topics else "", DIM)),
            Cell(("" if self.case.private else flat(line.who), DIM)),
        ]

    def _decision(self, file: IntakeFile) -> list[Cell]:
        if not file.outcome:
            return [_state(_("not made"), DIM), Cell((_("Both sides say whether to go on."), DIM))]
        day = format_date(file.decided) if file.decided else ""
        outcome = _(OUTCOMES[file.outcome]) if file.outcome in OUTCOMES else file.outcome
        if file.phase:
            outcome += f": {file.phase} {self.case.programme.phase(file.phase).name}"
        sides = _("we {ours}, the candidate {theirs}").format(
            ours=_(YES_NO.get(file.ours, file.ours)), theirs=_(YES_NO.get(file.theirs, file.theirs))
        )
        return [_state(day, GOOD if file.outcome == ENROLLED else WARN), Cell((outcome, BOLD), (f"  ({sides})", DIM))]


def _state(text: str, style: Style) -> Cell:
    """What stands first in every line, and as wide in all of them."""
    return Cell((text, style), wide=STATE - 1)


def detail_lines(case: Case, row: IntakeRow, width: int, height: int) -> list[list[Piece]]:
    """What the line under the mark holds beyond what it shows: the hint, what was covered, notes and reasons."""
    match row:
        case CriterionLine():
            hint = str(row.criterion.hint).replace("{months}", str(case.programme.limits.intake_months))
            found = [(row.fact, BOLD), (hint, DIM), (row.note, PLAIN)]
        case TalkLine():
            topics = " · ".join(f"{'✓ ' if topic.id in row.covered else ''}{topic.name}" for topic in row.talk.topics)
            reason = _("Out of order: {reason}").format(reason=row.reason) if row.reason else ""
            found = [(str(row.talk.aim), DIM), (topics, BOLD), (row.note, PLAIN), (reason, PLAIN)]
        case PremiseLine():
            found = [(_("It is ticked in the talk where it was said."), DIM)]
        case IntakeFile():
            found = [
                (row.reason, PLAIN),
                *((_earlier(one.decided, one.outcome, one.reason), DIM) for one in row.former),
            ]
    if case.private:
        found = [piece for piece in found if piece[1] is not PLAIN]
    lines = [(line, style) for text, style in found if text for line in wrapped(flat(text), width - 2, height)]
    return [[(" " + line, style)] for line, style in lines[:height]]


def _earlier(decided: date | None, outcome: str, reason: str) -> str:
    day = format_date(decided) if decided else "–"
    told = _(OUTCOMES[outcome]) if outcome in OUTCOMES else outcome
    return _("Earlier: {outcome} {date}. {reason}").format(outcome=told, date=day, reason=reason).strip()
