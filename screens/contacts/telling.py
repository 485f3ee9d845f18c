"""Noting that people around a participant know of each other: at once where consents cover it, else with the ground."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _, n_
from models.consents.answer import Answer
from models.consents.disclosures import GROUND_LIMIT, OTHER
from models.contacts import known
from models.contacts.known import LABELS, Whom
from models.storage.drafts import KeptForm
from screens.forms.choice_field import ChoiceField, grounds
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.line_fields import HIDDEN, About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.screen import CaseScreen
from screens.widgets.line import HEADING, Piece

WHOM: Final = "_whom"
"""Under this an unfinished form remembers who was to know of each other."""
NAMED: Final = 3


async def tell_each_other(screen: CaseScreen[Any], whom: Whom) -> int | None:
    """Note, from an action, that `whom` know of each other from today; answers how many were told, None for nothing.

    Where no consent covers somebody it is asked whether they were told all the same.
    """
    case = screen.case
    if not whom:
        screen.say(_("It takes two people who have a part in the case now."), warn=True)
        return None
    lacking = await case.store.ask(known.uncovered, whom, case.today)
    if not lacking:
        return await case.store.change(known.note, whom)
    question = n_(
        "No consent covers telling {count} of them: {names}.", "No consent covers telling {count} of them: {names}.",
        len(lacking),
    ).format(count=len(lacking), names=_some(case, lacking))  # fmt: skip
    how = await choose(screen, question, [
        Option("covered", _("Only those were told whom a consent covers"), "o"),
        Option("all", _("All were told; say the ground"), "a"),
    ])  # fmt: skip
    if how == "covered":
        return await case.store.change(known.note, whom, covered=True)
    if how != "all":
        return None
    count: int | None = await screen.ask(ToldForm(case, next(iter(whom)), whom))
    return count


def told(count: int) -> str:
    """What there is to say when it was noted."""
    return n_(
        "{count} was told of somebody. u to undo.", "{count} were told of others. u to undo.", count
    ).format(count=count)  # fmt: skip


def _some(case: Case, lacking: Sequence[tuple[str, Answer]]) -> str:
    if case.private:
        return HIDDEN
    more = f" +{len(lacking) - NAMED}" if len(lacking) > NAMED else ""
    return ", ".join(name for name, _answer in lacking[:NAMED]) + more


def _whom(kept: KeptForm) -> Whom:
    return {int(one): people for one, people in json.loads(kept.fields.get(WHOM, "{}")).items()}


class ToldForm(ReadableForm):
    """Notes that `whom` know of each other, on a ground; or changes one `row` of it. The result is how many were told.

    Of a row, the result is its number.
    """

    HELP: ClassVar[str] = N_(
        "Who was told of whom. Telling one agency of another is sharing: whoever a consent covers was told on that. "
        "Others may have been told all the same; then the ground is said."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "told_new", N_("Know each other"), lambda case, whom, kept: ToldForm(case, whom.participant, _whom(kept))
        ),
        DraftKind(
            "told", N_("Who was told of whom"),
            lambda case, whom, kept: ToldForm(case, whom.participant, {}, kept.subject),
            whose(lambda reading, row: known.one(reading, row).participant),
        ),
    )  # fmt: skip

    def __init__(self, case: Case, participant: int, whom: Whom, row: int | None = None) -> None:
        super().__init__(case, row or participant)
        self.form_name = "told" if row else "told_new"
        self.participant, self.whom, self.row = participant, whom, row
        self._lacking: Sequence[tuple[str, Answer]] = ()
        self._pair = ("", "")

    def fields(self) -> list[FormField]:
        return [
            DateField(_about("day", _("E.g. 22.11, today or yesterday; not in the future.")), self.case.clock, "past"),
            ChoiceField(
                _about("ground", _("Of those whom no consent covers. ← → or the first letter.")),
                grounds(self.case.programme, self.case.today),
            ),
            LineField(_about("own_words", _("Which ground it rests on, in a few words.")), limit=GROUND_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        if self.row is None:
            self._lacking = await self.case.store.ask(known.uncovered, self.whom, self.case.today)
            return {"day": format_date(self.case.today)}
        found = await self.case.store.ask(known.one, self.row)
        self.version, self._pair = found.version, (found.told_name, found.of_name)
        return {"day": format_date(found.day), "ground": found.ground}

    def settle(self) -> None:
        """Words of one's own are asked for where no choice fits."""
        words, asked = self.field("own_words"), self.field("ground").written == OTHER
        if words.display != asked:
            words.display = asked
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
        self.settle()
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        hidden = self.case.private
        return [f"{HIDDEN if hidden else name}: {answer.reason}" for name, answer in self._lacking]

    def heading(self) -> list[Piece]:
        if self.row is None:
            return [(_("Know of each other · {who}").format(who=self.called), HEADING)]
        one, other = (HIDDEN, HIDDEN) if self.case.private else self._pair
        return [(_("{one} was told of {other}").format(one=one, other=other), HEADING)]

    def kept_fields(self) -> dict[str, str]:
        whom = json.dumps({one: list(people) for one, people in self.whom.items()})
        return super().kept_fields() | ({} if self.row else {WHOM: whom})

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if self.row is None:
            return await self.case.store.change(known.note, self.whom, values)
        await self.case.store.change(known.change, self.row, version or 0, values)
        return self.row


def _about(key: str, hint: str = "") -> About:
    return About(key, _(LABELS[key]), hint)
