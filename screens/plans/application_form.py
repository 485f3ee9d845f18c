"""Entering an application and changing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _, n_
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import applications
from models.plans.applications import DATE_FIELDS, FIELDS, NOTE_LIMIT, Applied
from models.storage.reading import Reading
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField, LineField, SuggestField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.plans.fields import AgencyField
from screens.widgets.line import DIM, HEADING, Piece


class ApplicationForm(FormScreen):
    """A new application, or `application`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "An application: to whom, about what, and its dates. It waits from the day it is sent until the day it is "
        "decided, also while a complement is asked for."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "application", N_("New application"), lambda case, whom, kept: ApplicationForm(case, whom.participant)
        ),
        DraftKind(
            "application_change",
            N_("Application"),
            lambda case, whom, kept: ApplicationForm(case, whom.participant, kept.subject),
            whose(lambda reading, number: applications.one(reading, number).participant),
        ),
    )

    def __init__(self, case: Case, participant: int, application: int | None = None) -> None:
        super().__init__(case, participant if application is None else application)
        self.form_name = "application" if application is None else "application_change"
        self.participant = participant
        self.application = application
        self._file: ParticipantFile | None = None
        self._applied: Applied | None = None

    def fields(self) -> list[FormField]:
        programme, clock = self.case.programme, self.case.clock
        day = _("As in 22.11, today, yesterday or -3w.")
        return [
            AgencyField(_about("agency"), programme),
            LineField(_about("office")),
            LineField(_about("about", _("What is applied for."))),
            ChoiceField(_about("domain"), [Option(one.id, str(one.name)) for one in programme.choices["domain"]]),
            DateField(_about("sent", day, _("Waiting")), clock, "past"),
            DateField(_about("complement_asked", day), clock, "past"),
            DateField(_about("complement_sent", day), clock, "past"),
            DateField(_about("decided", day, _("Decision")), clock, "past"),
            ChoiceField(
                _about("outcome"), [Option(one.id, str(one.name)) for one in programme.choices["application_outcome"]]
            ),
            DateField(_about("appeal_deadline", _("The last day for an appeal.")), clock, "future"),
            TextBox(_about("note"), limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file, self._applied = await self.case.store.ask(_load_application, self.participant, self.application)
        if self._applied is None:
            return {}
        self.version = self._applied.version
        return {key: self._text(key, getattr(self._applied, key)) for key in FIELDS}

    def _text(self, key: str, value: Any) -> str:
        field = self.field(key)
        if isinstance(value, date):
            return format_date(value)
        return field.show(value) if isinstance(field, SuggestField) else str(value or "")

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        title = _("New application · {who}") if self._applied is None else _("Application · {who}")
        lines: list[Piece] = [(title.format(who=who), HEADING)]
        days = self._applied.days_waiting(self.case.today) if self._applied else None
        if days is not None and self._applied is not None:
            still = self._applied.decided is None
            waits = n_("It has waited {count} day.", "It has waited {count} days.", days)
            waited = n_("It waited {count} day.", "It waited {count} days.", days)
            lines.append(((waits if still else waited).format(count=days), DIM))
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

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if self.application is None:
            return await self.case.store.change(applications.add, self.participant, values)
        await self.case.store.change(applications.change, self.application, version or 0, values)
        return self.application


def _about(key: str, hint: str = "", heading: str = "") -> About:
    return About(key, _(FIELDS[key]), hint, heading)


def _load_application(
    reading: Reading, participant: int, application: int | None
) -> tuple[ParticipantFile, Applied | None]:
    found = participants.file_of(reading, participant)
    return found, None if application is None else applications.one(reading, application)
