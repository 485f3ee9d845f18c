"""Small spending on one participant, and the sums of the year: the participant's, the team's against its limits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models.participants import spending
from models.participants.participants import ParticipantFile
from models.participants.spending import Account, Expense, format_amount
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.dialog import AboutParticipant
from screens.participant.spending_form import SpendingForm
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, cut, flat, right
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group, WindowedList


class ExpenseList(WindowedList[Expense]):
    """One line an expense, the newest first, under its year."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing spent yet. n notes the first expense."))
        self.case = case

    def draw_row(self, row: Expense, width: int, part: int) -> Sequence[Piece]:
        purpose = str(self.case.programme.choice("spending_purpose", row.purpose).name)
        return [
            (f"{format_date(row.day)}  ", PLAIN),
            (right(format_amount(row.amount), 10) + " kr  ", BOLD),
            (cut(purpose, 14) + " ", DIM),
            (cut(row.who, 4), DIM),
            (flat(row.what), PLAIN),
        ]


class SpendingScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    SCOPE = "spending"
    HELP: ClassVar[str] = N_(
        "What was spent on one participant, for the relationship or for necessities. On top stand the sums of this "
        "year: for the participant, and for the whole team beside what the team may spend."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = ExpenseList(case)
        self._person: ParticipantFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(6, id="spending-head")
        yield self.moving

    async def refresh_case(self) -> None:
        account = await self.case.store.ask(spending.account, self.participant, self.case.today.year)
        self._person = account.person
        years = [(str(year), len(list(rows))) for year, rows in groupby(account.expenses, lambda one: one.day.year)]
        await self.moving.show_rows(account.expenses, [Group(year, year, count) for year, count in years])
        self.query_one("#spending-head", Lines).show(self._head(account))
        self.draw_foot()

    def _head(self, account: Account) -> list[list[Piece]]:
        limits = self.case.programme.limits
        name = self.case.programme.choice
        lines: list[list[Piece]] = [
            [(" " + _("Small spending · {who}").format(who=self._who()), HEADING)],
            [
                (cut("", 17), PLAIN), (right(_("this person"), 16), DIM),
                (right(_("the team {year}").format(year=account.team.year), 16), DIM), (right(_("of"), 12), DIM),
            ],
        ]  # fmt: skip
        for purpose, own, team, limit in (
            (spending.RELATIONSHIP, account.own.relationship, account.team.relationship, limits.spending_relationship),
            (spending.NECESSITY, account.own.necessity, account.team.necessity, limits.spending_necessity),
        ):
            past = team > limit * 100
            over = _("over by {amount}").format(amount=format_amount(team - limit * 100)) if past else ""
            lines.append([
                (cut(f" {name('spending_purpose', purpose).name}", 17), PLAIN),
                (right(format_amount(own), 16), BOLD),
                (right(format_amount(team), 16), ALARM if past else PLAIN),
                (right(format_amount(limit * 100), 12), DIM),
                (f"  {over}", ALARM),
            ])  # fmt: skip
        return lines

    def why_not(self, action_id: str) -> str:
        changes = ("spending.add", "spending.edit", "spending.remove")
        if action_id in changes and not self.case.store.actor.may_write:
            return _("You have read access only. Ask the team leader if you need to write.")
        if action_id in changes[1:] and self.moving.row is None:
            return _("There is no expense under the mark.")
        return ""

    async def action_add(self) -> None:
        """Note an expense."""
        await self.app.push_screen(SpendingForm(self.case, self.participant, self._who()), self._saved)

    async def action_edit(self) -> None:
        """Change the expense under the mark."""
        await self.app.push_screen(SpendingForm(self.case, self.participant, self._who(), self.moving.row), self._saved)

    async def action_remove(self) -> None:
        """Take the expense under the mark away, after a question."""
        row = self.moving.row
        if row is None:
            return
        what = f"{format_date(row.day)} {format_amount(row.amount)} kr, {flat(row.what)}"
        options = [Option("no", _("No, keep it")), Option("yes", _("Yes, take it away"))]
        if await choose(self, _("Take this away? {what}").format(what=what), options) == "yes":
            await self.case.store.change(spending.remove, row.id, row.version)
            self._touched = True
            await self.refresh_case()
            self.say(_("Taken away; u brings it back."))

    def _who(self) -> str:
        return self.case.called(self._person.code, self._person.name) if self._person else ""
