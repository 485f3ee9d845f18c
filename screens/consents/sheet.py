"""The sheet of a consent as a form: its fields, and what every form about a consent reads and says on top."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from config.errors import ExinError
from config.words import N_, _
from models.consents import matrix as consent_matrix
from models.consents.answer import GivenConsent
from models.consents.consents import LABELS, LONG_LIMIT
from models.consents.matrix import Linked
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from screens.consents.wording import whom
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.widgets.line import BOLD, HEADING, Piece

DAY_HINT: Final = N_("As in 22.11, today or Monday; not in the future.")


class ConsentForm(FormScreen, abstract=True):
    """What the forms about a consent share: whom it is for, the team, and the sheet's own fields."""

    TITLE_WORDS: ClassVar[str] = ""

    def __init__(self, case: Case, participant: int, consent: int = 0) -> None:
        super().__init__(case, consent or participant)
        self.participant = participant
        self.consent_id = consent
        self.consent: GivenConsent | None = None
        self._file: ParticipantFile | None = None
        self._linked: tuple[Linked, ...] = ()

    def sheet(self) -> list[FormField]:
        """The fields of the sheet itself, from the day it was given to what it concerns."""
        clock, months = self.case.clock, self.case.programme.limits.consent_months
        until = _("At most {months} months after it was given; earlier if the participant wants.").format(months=months)
        return [
            DateField(about("given", _(DAY_HINT)), clock, "past"),
            DateField(about("valid_until", until), clock, "future"),
            LineField(about("place", _("Where it was signed."))),
            StaffField(about("obtained_by", _("Who in the team obtained it."))),
            LineField(about("original_at", _("Where the signed sheet lies; copies go on."))),
            TextBox(about("scope", _("Which case and what it concerns.")), limit=LONG_LIMIT),
            TextBox(about("limits", _("What is not to be shared, or only some of it.")), limit=LONG_LIMIT),
        ]

    async def read_known(self) -> None:
        """Read what every form here needs, and offer the team in the field for who obtained it."""
        self._file, self.consent, self._linked, team = await self.case.store.ask(
            _load_consent, self.participant, self.consent_id
        )
        fields = [field for field in self.form.fields if isinstance(field, StaffField)]
        for field in fields:
            chosen = self.consent.obtained_by if self.consent else None
            field.offer([Option(str(each.id), each.name) for each in team if each.active or each.id == chosen])

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        pieces: list[Piece] = [(f"{_(self.TITLE_WORDS)} · {who}", HEADING)]
        if self.consent is not None:
            one = self.consent
            pieces.append((whom(self.case, one.agency, one.role, one.person), BOLD))
        return pieces

    def day(self, key: str) -> date | None:
        """The date in a field, None where it is none."""
        try:
            found: date | None = self.field(key).read()
        except ExinError:
            return None
        return found


def about(key: str, hint: str = "", *, personal: bool = False) -> About:
    """What a field of a consent is, called as the rules call it."""
    return About(key, _(LABELS[key]), hint, personal=personal)


def _load_consent(
    reading: Reading, participant: int, consent: int
) -> tuple[ParticipantFile, GivenConsent | None, tuple[Linked, ...], list[Colleague]]:
    return (
        participants.file_of(reading, participant),
        consent_matrix.one(reading, participant, consent) if consent else None,
        consent_matrix.linked(reading, participant),
        staff.team(reading, active_only=False),
    )
