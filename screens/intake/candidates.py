"""Everybody in intake, whoever has waited longest for the next talk first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import short_date
from config.words import N_, _, n_
from models.intake import waiting as intake_waiting
from models.intake.waiting import WaitingLine
from screens.frame.case import Case
from screens.frame.destinations import INTAKE, PARTICIPANT
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.intake.referral_form import ReferralForm
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, flat, right
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList

NAME = 24
TALK = 23


class CandidateList(WindowedList[WaitingLine]):
    """One line a candidate: how long, for what, who sees to it, who referred them."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody is in intake. n enters somebody who is referred."))
        self.case = case

    def draw_row(self, row: WaitingLine, width: int, part: int) -> Sequence[Piece]:
        days = row.days(self.case.today)
        long = self.case.programme.phase(1).contact_days
        style = ALARM if long and days > 2 * long else WARN if long and days > long else PLAIN
        waits = n_("{count} day", "{count} days", days).format(count=days)
        talk = str(row.talk.name) if row.talk is not None else _("the decision")
        total = len(self.case.programme.method.intake.talks)
        return [
            (cut(self.case.called(row.code, row.name), NAME) + " ", BOLD),
            (right(waits, 10) + "  ", style),
            (cut(talk, TALK) + " ", PLAIN),
            (cut(f"{row.held}/{total}", 6), DIM),
            (cut(row.worker or "–", 5), PLAIN if row.worker else ALARM),
            (cut(short_date(row.opened), 6) + " ", DIM),
            (flat(row.referred_by), DIM),
        ]


class CandidatesScreen(ListKeys, CaseScreen[int]):
    """The result is a participant when something was changed here, else None."""

    SCOPE = "candidates"
    HELP: ClassVar[str] = N_(
        "Everybody in the intake phase: how long they have waited for the next talk, or for the decision when all "
        "talks are held. Waiting is a risk. A candidate whom another team or agency refers comes in here, in a few "
        "fields."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"candidates.open": INTAKE, "candidates.participant": PARTICIPANT}

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = CandidateList(case)
        self.mine = case.settings.board_scope == "mine" and case.store.actor.may_write
        self._touched: int | None = None
        self._newest: int | None = None

    def body(self) -> ComposeResult:
        yield Lines(2, id="candidates-head")
        yield self.moving

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.set_focus(self.moving)

    @property
    def concerned(self) -> int | None:
        return self.moving.row.participant if self.moving.row is not None else None

    async def refresh_case(self) -> None:
        store, worker = self.case.store, self.case.store.actor.staff_id if self.mine else None
        count = await store.ask(intake_waiting.count, worker)
        await self.moving.show(
            [Group("", "", count)], lambda offset, limit: store.ask(intake_waiting.waiting, worker, offset, limit)
        )
        whose = _("my caseload") if self.mine else _("the whole team")
        told = n_("{count} candidate", "{count} candidates", count).format(count=count)
        titles = " ".join((
            cut(_("Candidate"), NAME), right(_("waits"), 10), "", cut(_("for"), TALK), cut(_("held"), 5),
            cut(_("who"), 4), _("since"),
        ))  # fmt: skip
        self.query_one("#candidates-head", Lines).show([
            [(" " + _("In intake"), HEADING), (f"   {told} · {whose}", PLAIN)], [(f" {titles}", DIM)],
        ])  # fmt: skip
        self._go_to_newest()
        self.draw_foot()

    def _go_to_newest(self) -> None:
        """The mark goes to whoever was just referred, once they are among the rows."""
        for index in range(self.moving.count) if self._newest is not None else ():
            row = self.moving.row_at(index)
            if row is not None and row.participant == self._newest:
                self.moving.go(index)
                self._newest = None

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()

    async def action_refer(self) -> None:
        """Enter somebody who is referred."""
        participant = await self.ask(ReferralForm(self.case))
        if participant is not None:
            self._touched = self._newest = participant
            await self.refresh_case()
            self.say(_("Saved."))

    async def action_scope(self) -> None:
        """My caseload, or the whole team's."""
        self.mine = not self.mine
        await self.refresh_case()

    def action_close(self) -> None:
        """Back to the board."""
        self.dismiss(self._touched)
