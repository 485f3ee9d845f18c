"""The lines of a phase-out: the reasons to choose from, or the steps of the chosen one with how each stands.

And what is said above and below them: how the whole stands, and what is to be known about one line.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from config.dates import format_date, short_date
from config.programme.method.endings import Ending
from config.words import N_, _, n_
from models.phase_outs import file as phase_out_file
from models.phase_outs.file import RETURNED, PhaseOutFile, PhaseOutLine, ToldLine
from models.phases.numbers import PHASE_OUT
from models.values import phone
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.windowed_list import Group

REASON, PARTNER, CONSENTS, TALK, ATTEMPTS, MESSAGE, NOTE, CLOSE, FORMER = (
    "reason", "tell", "consents", "talk", "record", "message", "note", "finish", "former",
)  # fmt: skip
"""The kinds of lines; a partner's and each step's is called as the action that does it."""
STEPS: Final = {
    CONSENTS: N_("End the consents"),
    TALK: N_("Closing talk"),
    ATTEMPTS: N_("Attempts to reach"),
    MESSAGE: N_("Last message"),
    NOTE: N_("Hand-over note"),
    CLOSE: N_("Summary, and close"),
}


class StepRow(Struct, frozen=True):
    """One line: a reason to choose, a partner, a step, or a phase-out of before; `state` says how it stands."""

    kind: str
    done: bool = False
    state: str = ""
    ending: Ending | None = None
    partner: ToldLine | None = None
    former: PhaseOutLine | None = None


class PhaseOutList(ColumnedList[StepRow]):
    """Boxes that are ticked by doing the step, and before a reason is chosen the reasons."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Phased out. b notes that the participant has come back."))
        self.case = case
        self.about = ("", "")

    def alike(self, row: StepRow, part: int) -> Hashable:
        return row.kind if row.kind in (REASON, PARTNER, FORMER) else ""

    def cells(self, row: StepRow, part: int) -> Sequence[Cell]:
        if row.ending is not None:
            return [Cell((str(row.ending.name), BOLD), least=16), told(str(row.ending.participant), DIM)]
        if row.former is not None:
            return [Cell((row.state, DIM))]
        if row.partner is not None:
            return self._partner(row.partner)
        return [
            Cell(("[x] " if row.done else "[ ] ", GOOD if row.done else PLAIN), (_(STEPS[row.kind]), BOLD)),
            told(row.state, PLAIN if row.done else WARN),
        ]

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]

    def _partner(self, one: ToldLine) -> list[Cell]:
        whom, name, reach = self._words(one)
        box = "[x]" if one.told else "[–]" if one.how else "[ ]"
        if one.told:
            last = " ".join(part for part in (short_date(one.told), one.told_by, self._said(one.how)) if part), PLAIN
        elif one.how:
            last = _("not to be told: {why}").format(why=self._said(one.how)), DIM
        else:
            last = reach, PLAIN if one.answer.knows else WARN
        return [
            Cell((f"{box} ", GOOD if one.told else PLAIN), (whom, PLAIN), least=24),
            Cell((name, BOLD), least=10),
            Cell(last, least=20),
        ]

    def _said(self, text: str) -> str:
        return self.case.said(text, *self.about)

    def _words(self, one: ToldLine) -> tuple[str, str, str]:
        """Who it is, the name; and for as long as they are to be told, that no consent covers it, and their phone."""
        whom = phase_out_file.whom_words(self.case.programme, one.agency, one.role)
        name = HIDDEN if one.person and self.case.private else one.person
        if one.settled:
            return whom, name, ""
        number = "" if self.case.private else phone.shown(one.phone)
        return whom, name, "  ".join(part for part in ("" if one.answer.knows else _("no consent"), number) if part)


def key_of(row: StepRow) -> tuple[str, object]:
    """What stays the same of a line when it is read anew."""
    about = row.ending.id if row.ending else row.partner.id if row.partner else row.former.id if row.former else 0
    return row.kind, about


def groups_of(case: Case, file: PhaseOutFile) -> list[tuple[str, list[StepRow]]]:
    """The lines under their headings: the reasons, or the steps of the chosen one; and below what was before."""
    found: list[tuple[str, list[StepRow]]] = []
    if file.current is not None:
        found += _steps(case, file, file.current)
    elif not file.phased_out:
        found.append((_("Reasons"), [StepRow(REASON, ending=each) for each in case.programme.method.endings]))
    before = [
        StepRow(FORMER, state=case.said(_former(case, line), file.code, file.name), former=line) for line in file.former
    ]
    if before:
        found.append((_("Before"), before))
    return found


def _former(case: Case, line: PhaseOutLine) -> str:
    name = phase_out_file.ending(case.programme, line.reason).name
    span = f"{name}  {format_date(line.began)} – {format_date(line.closed) if line.closed else ''}".rstrip()
    back = _("back {date}").format(date=format_date(line.returned)) if line.state == RETURNED and line.returned else ""
    return "   ".join(part for part in (span, back, flat(line.return_note)) if part)


def _steps(case: Case, file: PhaseOutFile, line: PhaseOutLine) -> list[tuple[str, list[StepRow]]]:
    ending = phase_out_file.ending(case.programme, line.reason)
    limit = case.programme.limits.phase_out_attempts

    def dated(kind: str, day: date | None, more: str = "") -> StepRow:
        state = " ".join(part for part in (format_date(day), more) if part) if day else _("not yet")
        return StepRow(kind, done=day is not None, state=state)

    steps = []
    if ending.consents_end or line.consents is not None:
        in_force = n_("{count} in force", "{count} in force", file.in_force).format(count=file.in_force)
        ended = _("ended {date}").format(date=format_date(line.consents)) if line.consents else _("none in force")
        steps.append(StepRow(CONSENTS, done=not file.in_force, state=in_force if file.in_force else ended))
    if ending.talk or line.closing_talk is not None:
        steps.append(dated(TALK, line.closing_talk))
    if ending.message:
        state = n_("{count} attempt (at least {limit})", "{count} attempts (at least {limit})", file.attempts).format(
            count=file.attempts, limit=limit
        )
        steps.append(StepRow(ATTEMPTS, done=file.attempts >= limit, state=state))
    if ending.message or line.last_message is not None:
        steps.append(dated(MESSAGE, line.last_message, case.said(line.message_how, file.code, file.name)))
    if ending.hand_over or line.hand_over is not None:
        steps.append(dated(NOTE, line.hand_over))
    partners = [StepRow(PARTNER, done=one.settled, partner=one) for one in line.told]
    told = _("Partners to tell") if partners else _("No partners to inform; n adds somebody")
    groups = [(told, partners), (_("With the participant"), steps)]
    counted = [
        (f"{name} {sum(row.done for row in rows)}/{len(rows)}" if rows else name, rows)
        for name, rows in groups
        if rows or rows is partners
    ]
    return [*counted, (_("The end"), [dated(CLOSE, line.closed)])]


def standing_of(case: Case, file: PhaseOutFile) -> list[Piece]:
    """How the phase-out stands: its reason, since when, and how many boxes are open before the last one."""
    line = file.current
    if line is None:
        if file.phased_out:
            return [(" " + _("Phased out, without a phase-out on record."), PLAIN)]
        if leaving := next((span for span in file.lasting if span.phase == PHASE_OUT), None):
            told = _("{phase} began {date}; choose the reason.").format(
                phase=case.programme.phase(PHASE_OUT).name, date=format_date(leaving.began)
            )
            return [(" " + told, WARN)]
        return [(" " + _("Not being phased out. Choose the reason to begin."), PLAIN)]
    name = str(phase_out_file.ending(case.programme, line.reason).name)
    if line.closed is not None:
        told = _("closed {date} by {who}").format(date=format_date(line.closed), who=line.closed_by or "–")
        return [(f" {name}", BOLD), (f"  {told}", PLAIN)]
    since = _("since {date}").format(date=format_date(line.began))
    boxes = [row for _heading, rows in _steps(case, file, line) for row in rows if row.kind != CLOSE]
    count = sum(not row.done for row in boxes)
    left = n_("{count} thing left", "{count} things left", count).format(count=count)
    left = left if count else _("nothing left")
    return [(f" {name}", BOLD), (f"  {since}", PLAIN), (f"  {left}",
            WARN if count else GOOD), (f"  {flat(case.said(line.words, file.code, file.name))}", DIM)]  # fmt: skip


def detail_of(case: Case, file: PhaseOutFile, row: StepRow) -> list[Piece]:
    """What is to be known about a line, a piece each from a new line on."""
    if row.ending is not None:
        partners = _("Partners are told: {words}").format(words=row.ending.tell)
        return [(partners, PLAIN), (_("Participant: {words}").format(words=row.ending.participant), PLAIN)]
    if row.former is not None:
        return [(row.former.summary, PLAIN), (row.former.return_note, BOLD)]
    line = file.current
    if line is None:
        return []
    ending = phase_out_file.ending(case.programme, line.reason)
    if row.partner is not None:
        tell = _("Say: {words}").format(words=ending.tell)
        answer = row.partner.answer
        whom = " · ".join(whom_parts(case, row.partner))
        return [(whom, BOLD), (answer.reason, GOOD if answer.knows else WARN), (tell, PLAIN)]
    if row.kind == ATTEMPTS:
        day = format_date(file.last_contact) if file.last_contact else _("never")
        found = [(_("Counted from the timeline since the last contact: {date}.").format(date=day), PLAIN)]
        if file.contact_since is not None:
            again = _("There was contact again, {date}: see whether the phase-out is to go on.")
            found.append((again.format(date=format_date(file.contact_since)), WARN))
        return found
    if row.kind == CLOSE:
        if line.closed is not None:
            why = _("Closed all the same: {why}").format(why=line.closed_reason) if line.closed_reason else ""
            return [(line.summary, PLAIN), (why, WARN)]
        return [(text, WARN) for text in phase_out_file.lacking(case.programme, file)] or [
            (_("Everything is done."), GOOD)
        ]
    return [(str(ending.participant), PLAIN)]


def whom_parts(case: Case, one: ToldLine) -> list[str]:
    """Who a partner is and how to reach them, whole; without name and numbers while names are hidden."""
    name = HIDDEN if one.person and case.private else one.person
    known = () if case.private else (phone.shown(one.phone), one.email)
    return [part for part in (phase_out_file.whom_words(case.programme, one.agency, one.role), name, *known) if part]
