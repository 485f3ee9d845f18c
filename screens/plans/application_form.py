"""Entering an application and changing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from config.errors import ExinError
from config.words import N_, _, n_
from models.plans import applications
from models.plans.applications import DATE_FIELDS, FIELDS, NOTE_LIMIT, Applied
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind
from screens.forms.line_fields import FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.chooser import named
from screens.plans.form import AgencyField, PlanForm, drafts
from screens.widgets.line import DIM, Piece


class ApplicationForm(PlanForm):
    """A new application or one that is there."""

    HELP: ClassVar[str] = N_(
        "An application: to whom, about what, and its dates. It waits from the day it is sent until the day it is "
        "decided, also while more documents are requested."
    )

    NAME = "application"
    TITLES = (N_("New application · {who}"), N_("Application · {who}"))
    LABELS = FIELDS
    CALLS = (applications.one, applications.add, applications.change)
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = drafts(
        NAME, N_("New application"), N_("Application"), lambda *made: ApplicationForm(*made), applications.one
    )
    _applied: Applied | None = None

    def fields(self) -> list[FormField]:
        programme, clock = self.case.programme, self.case.clock
        outcomes = named(programme.choices["application_outcome"])
        day = _("E.g. 22.11, today, yesterday or -3w.")
        return [
            AgencyField(self.about("agency"), programme),
            LineField(self.about("office")),
            LineField(self.about("about", _("What is applied for."))),
            ChoiceField(self.about("domain"), named(programme.choices["domain"])),
            DateField(self.about("sent", day, _("Waiting")), clock, "past"),
            DateField(self.about("complement_asked", day), clock, "past"),
            DateField(self.about("complement_sent", day), clock, "past"),
            DateField(self.about("decided", day, _("Decision")), clock, "past"),
            ChoiceField(self.about("outcome"), outcomes),
            DateField(self.about("appeal_deadline", _("The last day for an appeal.")), clock, "future"),
            TextBox(self.about("note"), limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file, self._applied = await self.case.store.ask(self.known)
        return {} if self._applied is None else self.texts_with(self._applied)

    def heading(self) -> list[Piece]:
        lines, found = super().heading(), self._applied
        days = found.days_waiting(self.case.today) if found is not None else None
        if found is not None and days is not None:
            waits = n_("It has waited {count} day.", "It has waited {count} days.", days)
            waited = n_("It waited {count} day.", "It waited {count} days.", days)
            lines.append(((waited if found.decided else waits).format(count=days), DIM))
        return lines

    def changed(self, field: FormField) -> None:
        if field.about.key in DATE_FIELDS or field.about.key == "outcome":
            self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        values: dict[str, Any] = {"outcome": self.field("outcome").written}
        for key in DATE_FIELDS:
            try:
                values[key] = self.field(key).read()
            except ExinError:
                values[key] = None
        return applications.advice(values, self.case.today)
