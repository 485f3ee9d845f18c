"""The individual plan of a participant, to read and to note: how it stands, who coordinates it, when it is revised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.contacts import individual_plan, network
from models.contacts.individual_plan import IN_PLACE, LABELS, NOTE_LIMIT, STATES, Plan
from models.contacts.network import Involved
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.line_fields import HIDDEN, About, FormField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.widgets.line import HEADING, Piece


async def _again(case: Case, whom: Whose, kept: KeptForm) -> IndividualPlanForm:
    return IndividualPlanForm(case, whom.participant, kept.subject if kept.form == "individual_plan" else None)


class IndividualPlanForm(ReadableForm):
    """Notes the individual plan of a participant, or changes `plan`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "The individual plan: whether it is wanted, applied for, in place or declined, and since when. The coordinator "
        "is one of those around the participant, or only an agency. The next revision stands on the agenda while the "
        "plan is in place; each step is told on the timeline."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("individual_plan_new", N_("New individual plan"), _again),
        DraftKind("individual_plan", N_("Individual plan"), _again, whose(individual_plan.owner_of)),
    )

    def __init__(self, case: Case, participant: int, plan: int | None = None) -> None:
        super().__init__(case, plan or participant)
        self.form_name = "individual_plan" if plan else "individual_plan_new"
        self.participant, self.plan = participant, plan

    def fields(self) -> list[FormField]:
        clock, programme = self.case.clock, self.case.programme
        return [
            ChoiceField(_about("state", _("← → or the first letters.")), named(programme.choices[STATES]), empty=False),
            DateField(_about("since", _("E.g. 22.11, today or Monday; not in the future.")), clock, "past"),
            ChoiceField(_about("coordinator", _("← →: one of those around the participant, or – for none of them."))),
            ChoiceField(
                _about("agency", _("Where the coordinator is, if it is none of those.")), named(programme.agencies)
            ),
            DateField(_about("revision", _("When it is to be gone through; may be empty.")), clock, "future"),
            TextBox(_about("note"), limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        found, people = await self.case.store.ask(_load, self.participant)
        options = {str(one.contact): self._called(one.name, one.agency) for one in people}
        if found is not None and found.coordinator is not None:
            options.setdefault(str(found.coordinator), self._called(found.coordinator_name, found.agency))
        self.query_one("#field-coordinator", ChoiceField).offer([Option(id, text) for id, text in options.items()])
        if found is None or self.plan is None:
            return {"state": IN_PLACE, "since": format_date(self.case.today)}
        self.version = found.version
        return {**self.texts_of(found), "coordinator": str(found.coordinator or "")}

    def _called(self, name: str, agency: str) -> str:
        return f"{HIDDEN if self.case.private else name} ({self.case.programme.agency(agency).name})"

    def settle(self) -> None:
        """The agency is asked for where nobody is named, whose agency is known."""
        agency, asked = self.field("agency"), not self.field("coordinator").written
        if agency.display != asked:
            agency.display = asked
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
        self.settle()
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        if self.field("state").written != IN_PLACE:
            return ()
        lacking = []
        if not self.field("coordinator").written and not self.field("agency").written:
            lacking.append(_("Nobody coordinates the plan."))
        if not self.field("revision").written:
            lacking.append(_("There is no day on which the plan is gone through next."))
        return lacking

    def heading(self) -> list[Piece]:
        return [(_("Individual plan · {who}").format(who=self.called), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if "coordinator" in values:
            values = {**values, "coordinator": int(values["coordinator"]) if values["coordinator"] else None}
        return await self.add_or_change(individual_plan.add, individual_plan.change, values, version)


def _about(key: str, hint: str = "") -> About:
    return About(key, _(LABELS[key]), hint, personal=key in ("coordinator", "note"))


def _load(reading: Reading, participant: int) -> tuple[Plan | None, tuple[Involved, ...]]:
    return individual_plan.of(reading, participant), network.involved(reading, participant)
