"""An intake as lines: the criteria, the talks, the premises that are said, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date, short_date
from config.programme.labels import Choice
from config.words import N_, _
from models.intake.reading import ENROLLED, JUDGEMENTS, MET, NOT_MET, OUTCOMES, CriterionLine, IntakeFile, TalkLine
from screens.frame.case import Case
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.windowed_list import Group, WindowedList

STATE: Final = 14
NAME: Final = 47
YES_NO: Final = {"yes": N_("yes"), "no": N_("no"), "": N_("not said")}


class IntakeRow(Struct, frozen=True):
    """One line: a criterion, a talk, or a premise with the day it was said; the decision where none of them is."""

    criterion: CriterionLine | None = None
    talk: TalkLine | None = None
    premise: Choice | None = None
    said: date | None = None


def rows_of(file: IntakeFile, premises: Sequence[Choice]) -> tuple[list[Group], list[IntakeRow]]:
    """The groups with how many lines each has, and the lines."""
    said = file.said
    parts = (
        (_("Criteria"), [IntakeRow(criterion=line) for line in file.criteria]),
        (_("Talks, in this order"), [IntakeRow(talk=line) for line in file.talks]),
        (_("Must have been said"), [IntakeRow(premise=one, said=said.get(one.id)) for one in premises]),
        (_("Decision"), [IntakeRow()]),
    )
    groups = [Group(str(number), heading, len(rows)) for number, (heading, rows) in enumerate(parts)]
    return groups, [row for _heading, rows in parts for row in rows]


class IntakeList(WindowedList[IntakeRow]):
    """State first, then what it is about; `file` is set by the screen."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.file: IntakeFile | None = None

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]

    def draw_row(self, row: IntakeRow, width: int, part: int) -> Sequence[Piece]:
        if row.criterion is not None:
            return self._criterion(row.criterion)
        if row.talk is not None:
            return self._talk(row.talk)
        if row.premise is not None:
            state = _("said {date}").format(date=short_date(row.said)) if row.said else _("not said")
            return [(cut(state, STATE), GOOD if row.said else WARN), (str(row.premise.name), PLAIN)]
        return self._decision()

    def _criterion(self, line: CriterionLine) -> list[Piece]:
        style = {MET: GOOD, NOT_MET: ALARM}.get(line.judgement, WARN)
        if line.judgement in (MET, NOT_MET):
            more = " ".join(part for part in (line.by, short_date(line.judged) if line.judged else "") if part)
        else:
            more = _("dates: {judgement}").format(judgement=_(JUDGEMENTS[line.proposed])) if line.proposed else ""
        note = "" if self.case.private else flat(line.note)
        return [
            (cut(_(JUDGEMENTS.get(line.judgement, line.judgement)), STATE), style),
            (cut(str(line.criterion.name), NAME), PLAIN),
            (more + "  ", DIM),
            (note, PLAIN),
        ]

    def _talk(self, line: TalkLine) -> list[Piece]:
        upcoming = self.file.next_talk if self.file is not None and not self.file.outcome else None
        if line.held is None:
            is_next = upcoming is not None and upcoming.talk.id == line.talk.id
            state: Piece = (cut(_("next") if is_next else _("not held"), STATE), WARN if is_next else DIM)
            return [state, (str(line.talk.name), BOLD if is_next else PLAIN)]
        covered = _("{done} of {all} covered").format(done=len(line.covered), all=len(line.talk.topics))
        return [
            (cut(format_date(line.held), STATE), GOOD),
            (cut(str(line.talk.name), 24), PLAIN),
            (cut(covered if line.talk.topics else "", 20) + " ", DIM),
            (cut("" if self.case.private else flat(line.who), 18), DIM),
        ]

    def _decision(self) -> list[Piece]:
        file = self.file
        if file is None or not file.outcome:
            return [(cut(_("not made"), STATE), DIM), (_("Both sides say whether to go on."), DIM)]
        state = (
            cut(format_date(file.decided) if file.decided else "", STATE),
            GOOD if file.outcome == ENROLLED else WARN,
        )
        told = _(OUTCOMES[file.outcome]) if file.outcome in OUTCOMES else file.outcome
        if file.phase:
            told += f": {file.phase} {self.case.programme.phase(file.phase).name}"
        sides = _("we {ours}, the candidate {theirs}").format(
            ours=_(YES_NO.get(file.ours, file.ours)), theirs=_(YES_NO.get(file.theirs, file.theirs))
        )
        return [state, (told, BOLD), (f"  ({sides})", DIM)]


def detail_lines(case: Case, file: IntakeFile, row: IntakeRow, width: int, height: int) -> list[list[Piece]]:
    """What the line under the mark holds beyond what it shows: the hint, what was covered, notes and reasons."""
    if row.criterion is not None:
        found = [(row.criterion.fact, BOLD), (str(row.criterion.criterion.hint), DIM), (row.criterion.note, PLAIN)]
    elif row.talk is not None:
        line = row.talk
        topics = " · ".join(f"{'✓ ' if topic.id in line.covered else ''}{topic.name}" for topic in line.talk.topics)
        reason = _("Out of order: {reason}").format(reason=line.reason) if line.reason else ""
        found = [(str(line.talk.aim), DIM), (topics, BOLD), (line.note, PLAIN), (reason, PLAIN)]
    elif row.premise is not None:
        found = [(_("It is ticked in the talk where it was said."), DIM)]
    else:
        found = [(file.reason, PLAIN)]
        found += [(_former(one.decided, one.outcome, one.reason), DIM) for one in file.former]
    if case.private:
        found = [piece for piece in found if piece[1] is not PLAIN]
    lines: list[list[Piece]] = []
    for text, style in found:
        if text:
            lines += [[(" " + line, style)] for line in wrapped(flat(text), width - 2, height)]
    return lines[:height]


def _former(decided: date | None, outcome: str, reason: str) -> str:
    day = format_date(decided) if decided else "–"
    told = _(OUTCOMES[outcome]) if outcome in OUTCOMES else outcome
    return _("Earlier: {outcome} {date}. {reason}").format(outcome=told, date=day, reason=reason).strip()
