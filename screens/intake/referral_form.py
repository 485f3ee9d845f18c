"""The short form for a candidate whom somebody refers, and the one that corrects what the referral said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.words import N_, _
from models.intake import intakes
from models.intake import reading as intake_reading
from models.intake.intake_talks import LABELS, NOTE_LIMIT
from models.intake.reading import IntakeFile
from models.participants import participants
from models.participants.participants import LABELS as PERSON
from models.team import staff
from screens.forms.choice_field import ChoiceField, Option, options_of
from screens.forms.draft_keeper import DraftKind, candidates
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField, LineField, SuggestField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.participant.form import DATE_HINT, StaffField
from screens.widgets.line import HEADING, Piece

NAMES: Final = ("given_name", "family_name")
DATES: Final = ("full_term_date", "release_date")
REFERRAL: Final = ("referred_by", "referral_note")


def _referral_fields() -> list[FormField]:
    who = _("The team, the office and the person who asks.")
    why = _("What they say about it, and what the candidate has been told.")
    return [
        LineField(About("referred_by", _(LABELS["referred_by"]), who)),
        TextBox(About("referral_note", _(LABELS["referral_note"]), why), limit=NOTE_LIMIT),
    ]


class ReferralForm(FormScreen):
    """Enters a candidate; the result is the participant's id."""

    HELP: ClassVar[str] = N_(
        "A candidate whom another team or agency refers, in a few fields. Who refers is asked for; everything else can "
        "come later, in the participant's record. The intake begins today."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("referral", N_("Referral"), lambda case, whom, kept: ReferralForm(case), candidates),
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case, 0)
        self.form_name = "referral"

    def fields(self) -> list[FormField]:
        choices = self.case.programme.choices
        return [
            *(LineField(About(key, _(PERSON[key]), personal=True)) for key in NAMES),
            DateField(
                About("birth_date", _(PERSON["birth_date"]), _(DATE_HINT), personal=True), self.case.clock, "past"
            ),
            SuggestField(About("prison", _(PERSON["prison"])), choices["prison"]),
            ChoiceField(About("security_level", _(PERSON["security_level"])), options_of(choices["security_level"])),
            *(DateField(About(key, _(PERSON[key]), _(DATE_HINT)), self.case.clock) for key in DATES),
            StaffField(About("worker", _(PERSON["worker"]))),
            *_referral_fields(),
        ]

    async def load(self) -> Mapping[str, str]:
        team = await self.case.store.ask(staff.team)
        worker = self.field("worker")
        assert isinstance(worker, StaffField)
        worker.offer([Option(str(one.id), one.name) for one in team])
        return {"worker": str(self.case.store.actor.staff_id or "")}

    def heading(self) -> list[Piece]:
        return [(_("A candidate who is referred"), HEADING)]

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        """What looks wrong among the dates."""
        return participants.advice({key: self.day(key) for key in ("birth_date", *DATES)}, self.case.today)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        person = {name: value for name, value in values.items() if name not in REFERRAL}
        return await self.case.store.change(intakes.refer, person, *(values[name] for name in REFERRAL))


class ReferralChangeForm(FormScreen):
    """Corrects who referred a candidate and what was said; the result is the intake's id."""

    HELP: ClassVar[str] = N_("Who referred the candidate, and what they said about it.")

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "referral_change", N_("Referral"), lambda case, whom, kept: ReferralChangeForm(case, whom.participant)
        ),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = "referral_change"
        self._file: IntakeFile | None = None

    def fields(self) -> list[FormField]:
        return _referral_fields()

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(intake_reading.file_of, self.subject)
        self.version = self._file.version
        return self.texts_of(self._file)

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.person.code, self._file.person.name)
        return [(_("Referral · {who}").format(who=who), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(intakes.change_referral, self.subject, version or 0, values)
