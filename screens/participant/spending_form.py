"""The form for one expense, which says at once when the team's sum for the year is passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models.participants import spending
from models.participants.spending import FIELDS, Expense, Sums, format_amount, parse_amount
from models.storage.drafts import KeptForm
from screens.forms.choice_field import ChoiceField, Option
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import DATE_WIDTH, About, DateField, FormField, LineField
from screens.frame.case import Case
from screens.widgets.line import HEADING, Piece


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


class SpendingForm(FormScreen):
    """Notes an expense, or changes `expense`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "Small spending on a participant: for the relationship, such as a shared meal, or for a necessity, such as a "
        "doctor's fee. Going over the team's sum for the year is warned of and does not hinder saving."
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
            DateField(About("day", _(FIELDS["day"]), _("As in 22.11, today or Monday; not in the future.")),
                      self.case.clock, "past"),
            ChoiceField(About("purpose", _(FIELDS["purpose"]), _("← → or its first letter.")), purposes, empty=False),
            AmountField(About("amount", _(FIELDS["amount"]), _("Kroner, as in 89, 89,50 or 1 200."))),
            LineField(About("what", _(FIELDS["what"]), _("A few words, as in: doctor's fee, dinner on Friday."))),
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
        return [(_("Small spending · {who}").format(who=self.who), HEADING)]

    def first_field(self) -> FormField:
        return self.field("amount") if self.expense is None else self.form.fields[0]

    def changed(self, field: FormField) -> None:
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
