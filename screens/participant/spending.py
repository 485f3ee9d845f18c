"""Small spending on one participant: what was spent with the sums of the year, and the form for one expense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, ClassVar

from textual.app import ComposeResult

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.participants import spending
from models.participants.participants import ParticipantFile
from models.participants.spending import FIELDS, Account, Expense, Sums, format_amount, parse_amount
from models.storage.drafts import KeptForm
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DATE_WIDTH, DateField
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.frame import chooser
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.frame.dialog import AboutParticipant
from screens.participant.wrong_person import put_right
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, Piece, cut, flat, right
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group


class ExpenseList(ColumnedList[Expense]):
    """One line an expense, the newest first, under its year."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nothing spent yet. n notes the first expense."))
        self.case, self.about = case, ("", "")

    def cells(self, row: Expense, part: int) -> Sequence[Cell]:
        purpose = str(self.case.programme.choice("spending_purpose", row.purpose).name)
        return [
            Cell((format_date(row.day), PLAIN)),
            Cell((f"{format_amount(row.amount)} kr ", BOLD), at_right=True),
            Cell((purpose, DIM), least=10),
            Cell((row.who, DIM)),
            told(flat(self.case.said(row.what, *self.about))),
        ]


class SpendingScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: ExpenseList
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
        self.moving.about = account.person.code, account.person.name
        years = [(str(year), len(list(rows))) for year, rows in groupby(account.expenses, lambda one: one.day.year)]
        await self.moving.show_rows(account.expenses, [Group(year, year, count) for year, count in years])
        self.query_one("#spending-head", Lines).show(self._head(account))
        self.draw_foot()

    def _head(self, account: Account) -> list[list[Piece]]:
        limits = self.case.programme.limits
        name = self.case.programme.choice
        lines: list[list[Piece]] = [
            [(" " + _("Small expenses · {who}").format(who=self._who()), HEADING)],
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
        if account.team.nav_failed:
            lines.append([
                (cut(" " + _("where Nav failed"), 17), DIM), (right(format_amount(account.own.nav_failed), 16), DIM),
                (right(format_amount(account.team.nav_failed), 16), DIM),
            ])  # fmt: skip
        return lines

    async def action_add(self) -> None:
        """Note an expense."""
        await self.app.push_screen(SpendingForm(self.case, self.participant, self._who()), self._saved)

    def _form(self) -> SpendingForm:
        """The form of the expense under the mark."""
        return SpendingForm(self.case, self.participant, self._who(), self.moving.marked)

    async def action_read(self) -> None:
        """Read all of the expense under the mark."""
        await self.app.push_screen(self._form().to_read(), self._saved)

    async def action_edit(self) -> None:
        """Change the expense under the mark."""
        await self.app.push_screen(self._form(), self._saved)

    async def action_misplaced(self) -> None:
        """The expense under the mark was about somebody else."""
        row = self.moving.marked
        if told := await put_right(self, "spending", row.id, row.version, self.participant):
            await self._changed()
            self.say(told)

    async def action_remove(self) -> None:
        """Take the expense under the mark away, after a question."""
        row = self.moving.marked
        said = flat(self.case.said(row.what, *self.moving.about))
        what = f"{format_date(row.day)} {format_amount(row.amount)} kr, {said}"
        question = _("Take this away? {what}").format(what=what)
        if await chooser.agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
            await self.case.store.change(spending.remove, row.id, row.version)
            self._touched = True
            await self.refresh_case()
            self.say(_("Taken away; u to undo."))

    def _who(self) -> str:
        return self.case.called(self._person.code, self._person.name) if self._person else ""


class AmountField(LineField):
    """Kroner as people write them; `read` answers øre, None when it is empty."""

    def __init__(self, about: About) -> None:
        super().__init__(about, select=True)
        self.styles.width = DATE_WIDTH

    def show(self, stored: int) -> str:
        return format_amount(stored)

    def read(self) -> int | None:
        return parse_amount(self.value) if self.value.strip() else None

    @property
    def hint(self) -> str:
        """How what is written was understood."""
        try:
            amount = self.read()
        except ExinError:
            return self.about.hint
        return f"{format_amount(amount)} kr" if amount else self.about.hint


async def _expense_again(case: Case, whom: Whose, kept: KeptForm) -> SpendingForm:
    expense = await case.store.ask(spending.one, kept.subject)
    return SpendingForm(case, whom.participant, case.called(whom.code, whom.name), expense)


class SpendingForm(ReadableForm):
    """Notes an expense, or changes `expense`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "Small expenses for a participant: for the relationship, such as a shared meal, or for a necessity, such "
        "as a doctor's fee. Going over the team's sum for the year is warned of and does not hinder saving."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "spending_new",
            N_("New expense"),
            lambda case, whom, kept: SpendingForm(case, whom.participant, case.called(whom.code, whom.name)),
        ),
        DraftKind(
            "spending",
            N_("Expense"),
            _expense_again,
            whose(lambda reading, expense: spending.one(reading, expense).participant),
        ),
    )

    def __init__(self, case: Case, participant: int, who: str, expense: Expense | None = None) -> None:
        super().__init__(case, expense.id if expense else participant)
        self.form_name = "spending" if expense else "spending_new"
        self.participant, self.who, self.expense = participant, who, expense
        self._team: dict[int, Sums] = {}

    def fields(self) -> list[FormField]:
        purposes = [
            Option(choice.id, str(choice.name), str(choice.name)[:1].lower())
            for choice in self.case.programme.choices["spending_purpose"]
        ]
        return [
            DateField(About("day", _(FIELDS["day"]), _("E.g. 22.11, today or Monday; not in the future.")),
                      self.case.clock, "past"),
            ChoiceField(About("purpose", _(FIELDS["purpose"]), _("← → or its first letter.")), purposes, empty=False),
            AmountField(About("amount", _(FIELDS["amount"]), _("Kroner, e.g. 89, 89,50 or 1 200."))),
            LineField(About("what", _(FIELDS["what"]), _("A few words, e.g. doctor's fee, dinner on Friday."))),
            ChoiceField(About("cause", _(FIELDS["cause"])), named(self.case.programme.choices[spending.CAUSES])),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        this_year = self.case.today.year
        for year in {this_year, this_year - 1, self.expense.day.year if self.expense is not None else this_year}:
            self._team[year] = await self.case.store.ask(spending.sums, year)
        if self.expense is None:
            return {"day": format_date(self.case.today), "purpose": spending.RELATIONSHIP}
        self.version = self.expense.version
        return self.texts_of(self.expense)

    def heading(self) -> list[Piece]:
        return [(_("Small expenses · {who}").format(who=self.called), HEADING)]

    def first_field(self) -> FormField:
        return self.field("amount") if self.expense is None else self.form.fields[0]

    def settle(self) -> None:
        """Why it fell to the team is asked of a necessity."""
        cause, asked = self.field("cause"), self.field("purpose").written == spending.NECESSITY
        if cause.display != asked:
            cause.display = asked
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
        self.settle()
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        """What the team's year would come to with this."""
        try:
            day: date | None = self.field("day").read()
            amount: int | None = self.field("amount").read()
        except ExinError:
            return ()
        year = (day or self.case.today).year
        if not amount or year not in self._team:
            return ()
        sums, was = self._team[year], self.expense
        if was is not None and was.day.year == year:
            sums = spending.with_more(sums, was.purpose, -was.amount)
        purpose = self.field("purpose").written
        before = spending.over(self.case.programme.limits, sums)
        after = spending.over(self.case.programme.limits, spending.with_more(sums, purpose, amount))
        return [sentence for sentence in after if sentence not in before]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(spending.add, spending.change, values, version)
