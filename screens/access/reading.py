"""Reading of files: what one was asked about and answers; for leaders also what nothing explains, asked and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date, format_moment
from config.words import N_, _, n_
from models.access import questions, unusual
from models.access.unusual import ANSWERED, ASKED, CLOSED, LOOKED_BACK_DAYS, Question, Unusual
from models.storage.reading import Reading
from screens.access.answer_form import AnswerForm
from screens.frame.case import Case
from screens.frame.destinations import VISITS
from screens.frame.dialog import ChangedList
from screens.frame.route import Route
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

BELOW: Final = 6
SHOWN_MOMENTS: Final = 8
Row = Question | Unusual


class ReadingScreen(ChangedList):
    """What one was asked stands first; below it, for leaders, what was answered, what nobody was asked about yet."""

    SCOPE = "reading"
    HELP: ClassVar[str] = N_(
        "Where a leader has asked why you looked at a file, you answer here with a sentence. Leaders also see reading "
        "that nothing explains: by somebody who is not responsible, not a co-worker and not covering, was in no "
        "meeting about the participant that day, and has no entry, appointment, task or hand-over with them within a "
        "month. At night, on days off and repeated stands first. It is no accusation: there is often a good reason. "
        "What you have read yourself, only the other leaders see."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"reading.visits": VISITS}

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = WindowedList[Row](self._draw)
        self._mine: frozenset[int] = frozenset()

    def body(self) -> ComposeResult:
        yield Lines(2, id="reading-head")
        yield self.moving
        yield Lines(BELOW, id="reading-detail")

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._draw_detail)

    # ------------------------------------------------------------------ what is shown

    async def refresh_case(self) -> None:
        mine, asked, found = await self.case.store.ask(_listed)
        self._mine = frozenset(one.id for one in mine)
        states = {state: [one for one in asked if one.state == state] for state in (ANSWERED, ASKED, CLOSED)}
        parts: list[tuple[str, str, Sequence[Row]]] = [
            ("mine", _("You are asked"), mine),
            (ANSWERED, _("Answered, to be read"), states[ANSWERED]),
            ("found", _("Nothing explains it"), found),
            (ASKED, _("Asked"), states[ASKED]),
            (CLOSED, _("Closed"), states[CLOSED]),
        ]
        leads = self.case.store.actor.leads
        self.moving.empty = _("Nothing here needs a reason.") if leads else _("Nobody has asked you anything.")
        groups = [Group(id, title, len(rows)) for id, title, rows in parts if rows]
        await self.moving.show_rows([row for _id, _title, rows in parts for row in rows], groups)
        title: list[Piece] = [(" " + _("Reading of files"), HEADING)]
        if leads:
            days = n_("the last {count} day", "the last {count} days", LOOKED_BACK_DAYS)
            title.append(("  " + days.format(count=LOOKED_BACK_DAYS), DIM))
        self.query_one("#reading-head", Lines).show([title])
        self._draw_detail()
        self.draw_foot()

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    def _draw(self, row: Row, width: int, part: int) -> Sequence[Piece]:
        room = max(14, width // 5)
        people: list[Piece] = [
            (" " + cut(row.name, room) + " ", BOLD),
            (cut(self.case.called(row.code, row.participant_name), room) + " ", PLAIN),
        ]
        if isinstance(row, Question):
            words = {ASKED: _("asked {date}"), ANSWERED: _("answered {date}"), CLOSED: _("closed {date}")}[row.state]
            moment = row.closed_at or row.answered_at or row.asked_at
            told = words.format(date=format_date(self.case.clock.local(moment).date()))
            style = DIM if row.state == CLOSED else WARN
            return [*people, (cut(told, 20) + " ", style), ("" if self.case.private else flat(row.answer), DIM)]
        times = n_("{count} time", "{count} times", len(row.moments)).format(count=len(row.moments))
        last = format_moment(self.case.clock.local(row.moments[0]))
        odd = _("at odd hours") if row.odd else ""
        return [
            *people,
            (cut(times, 11) + " ", WARN if len(row.moments) > 1 else PLAIN),
            (last + "  ", DIM),
            (odd, WARN),
        ]

    def _draw_detail(self) -> None:
        pane, row = self.query_one("#reading-detail", Lines), self.moving.row
        if row is None or not pane.size.height:
            pane.show([])
            return
        width = max(10, pane.size.width - 2)
        lines: list[Sequence[Piece]] = [[("─" * pane.size.width, DIM)]]
        if isinstance(row, Question):
            asked = _("{who} asked {when}.").format(
                who=row.asked_by or "–", when=format_moment(self.case.clock.local(row.asked_at))
            )
            lines.append([(" " + asked, DIM)])
            said = row.answer or _("There is no answer yet.")
            lines += [[(" " + line, PLAIN)] for line in wrapped("•••" if self.case.private else said, width)]
        else:
            moments = [format_moment(self.case.clock.local(at)) for at in row.moments[:SHOWN_MOMENTS]]
            more = ["…"] if len(row.moments) > SHOWN_MOMENTS else []
            lines += [[(" " + line, PLAIN)] for line in wrapped(", ".join([*moments, *more]), width)]
        pane.show(lines[:BELOW])

    # ------------------------------------------------------------------ keys

    @property
    def concerned(self) -> int | None:
        row = self.moving.row
        return row.participant if row else None

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        asked = isinstance(row, Question)
        own = isinstance(row, Question) and row.id in self._mine
        if action_id == "reading.answer" and not (own and isinstance(row, Question) and row.state == ASKED):
            return _("Only what you were asked, and have not answered, is answered.")
        if action_id == "reading.ask" and asked:
            return _("It was asked already.")
        if action_id == "reading.finish" and own:
            return _("Another leader closes what you were asked.")
        if action_id == "reading.finish" and (not isinstance(row, Question) or row.state == CLOSED):
            return _("Only what was answered is closed.")
        return ""

    async def action_answer(self) -> None:
        """Say why."""
        row = self.moving.marked
        if isinstance(row, Question) and await self.ask(AnswerForm(self.case, row.id)) is not None:
            await self.catch_up()
            self.say(_("Answered. The leader reads it."))

    async def action_ask(self) -> None:
        """Ask why."""
        row = self.moving.marked
        await self.case.store.change(questions.ask, row.staff, row.participant)
        await self.refresh_case()
        self.say(_("{name} is asked. u to undo.").format(name=row.name))

    async def action_finish(self) -> None:
        """Close it."""
        row = self.moving.marked
        if isinstance(row, Question):
            await self.case.store.change(questions.close, row.id, row.version)
            await self.refresh_case()
            self.say(_("Closed. u to undo."))


def _listed(reading: Reading) -> tuple[list[Question], list[Question], list[Unusual]]:
    """What whoever asks was asked, and for leaders what others were, and what nobody was asked about yet."""
    mine = unusual.mine(reading)
    return (mine, unusual.asked(reading), unusual.unusual(reading)) if reading.actor.leads else (mine, [], [])
