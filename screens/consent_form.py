"""The forms for a consent: giving one, renewing it, correcting what was noted, and its withdrawal in writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _
from models import consents, participants, staff
from models.consent_answer import GivenConsent, same_person
from models.consents import LABELS, LONG_LIMIT, Linked, latest_end
from models.participants import ParticipantFile
from models.reading import Reading
from models.staff import Colleague
from screens.case import Case
from screens.consents import whom
from screens.form import FormScreen
from screens.participant_form import StaffField
from screens.widgets.form_choice import Option
from screens.widgets.form_fields import About, DateField, FormField, LineField
from screens.widgets.form_text import TextBox
from screens.widgets.line import BOLD, HEADING, PLAIN, Piece
from screens.widgets.whom_fields import AgencyField, PersonField, RoleField

WHOM: Final = ("agency", "role", "person")
DAY_HINT: Final = N_("As in 22.11, today or Monday; not in the future.")


class ConsentForm(FormScreen):
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
            DateField(_about("given", _(DAY_HINT)), clock, "past"),
            DateField(_about("valid_until", until), clock, "future"),
            LineField(_about("place", _("Where it was signed."))),
            StaffField(_about("obtained_by", _("Who in the team obtained it."))),
            LineField(_about("original_at", _("Where the signed sheet lies; copies go on."))),
            TextBox(_about("scope", _("Which case and what it concerns.")), limit=LONG_LIMIT),
            TextBox(_about("limits", _("What is not to be shared, or only some of it.")), limit=LONG_LIMIT),
        ]

    async def read_known(self) -> None:
        """Read what every form here needs, and offer the team in the field for who obtained it."""
        self._file, self.consent, self._linked, team = await self.case.store.ask(
            _known, self.participant, self.consent_id
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


class GiveConsentForm(ConsentForm):
    """Notes a consent that was given; the result is its id. `begin` is the agency, role and person to begin with."""

    TITLE_WORDS = N_("New consent")
    HELP: ClassVar[str] = N_(
        "Notes a consent the participant has signed: for one role of one agency, or for one person there. It holds at "
        "most a year from the day it was given."
    )

    def __init__(self, case: Case, participant: int, begin: tuple[str, str, str] = ("", "", "")) -> None:
        super().__init__(case, participant)
        self.form_name = "consent"
        self.begin = begin
        self._followed = ""

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        return [
            AgencyField(_about("agency"), programme),
            RoleField(_about("role", _("← →: the consent covers this role only.")), programme),
            PersonField(_about("person", _("A name, where it is for one person only."), personal=True)),
            *self.sheet(),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        agency, role, person = self.begin
        agency = agency or self.field("agency").written
        role_field = self.field("role")
        role_field.put(role)
        self._follow(agency)
        self._followed = self._last(self.case.today)
        return {
            "agency": agency,
            "role": role_field.written,
            "person": person,
            "given": format_date(self.case.today),
            "valid_until": self._followed,
            "obtained_by": str(self.case.store.actor.staff_id or ""),
        }

    def settle(self) -> None:
        self._follow(self.field("agency").written)

    def changed(self, field: FormField) -> None:
        if field.about.key == "agency":
            self.settle()
        if field.about.key == "given":
            self._follow_given()
        self.draw_warnings()

    def _follow_given(self) -> None:
        """The end goes with the day it was given until somebody has chosen another one."""
        until, given = self.field("valid_until"), self.day("given")
        if given is not None and until.written in ("", self._followed):
            self._followed = self._last(given)
            until.put(self._followed)

    def _last(self, given: date) -> str:
        return format_date(latest_end(given, self.case.programme.limits.consent_months))

    def kept_fields(self) -> dict[str, str]:
        """Whom it is for is kept with the rest, since the form may be opened again from another line."""
        whom_for = {field.about.key: field.kept for field in self.form.fields if field.about.key in WHOM}
        return {**whom_for, **super().kept_fields()}

    def warnings(self) -> Sequence[str]:
        """What to think of while filling in."""
        agency = self.case.programme.agency(self.field("agency").written)
        if agency.named and not self.field("person").written.strip():
            return [_("A consent for {agency} names a person.").format(agency=agency.name)]
        return ()

    def _follow(self, agency: str) -> None:
        """Bring the roles and the suggested names in line with the agency."""
        role, person = self.field("role"), self.field("person")
        if isinstance(role, RoleField):
            role.follow(agency)
        if isinstance(person, PersonField):
            person.offer([one.name for one in self._linked if one.agency == agency])

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(consents.give, self.participant, self._with_contact(values))

    def _with_contact(self, values: dict[str, Any]) -> dict[str, Any]:
        """Link the consent to the contact person who is meant by the name."""
        wanted = same_person(values["person"])
        same = (
            one.contact
            for one in self._linked
            if (one.agency, one.role) == (values["agency"], values["role"]) and same_person(one.name) == wanted
        )
        return {**values, "contact": next(same, None)}


class RenewConsentForm(GiveConsentForm):
    """Notes that a consent was given anew; the result is the new one's id."""

    TITLE_WORDS = N_("Renew consent")
    HELP: ClassVar[str] = N_(
        "Notes that the participant has renewed a consent, from the day of the new signature. The former one stays in "
        "the history."
    )

    def __init__(self, case: Case, participant: int, consent: int) -> None:
        super().__init__(case, participant)
        self.form_name = "consent_renewal"
        self.subject = self.consent_id = consent

    def fields(self) -> list[FormField]:
        return self.sheet()

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        self._followed = self._last(self.case.today)
        former = self.consent
        return {
            "given": format_date(self.case.today),
            "valid_until": self._followed,
            "obtained_by": str(self.case.store.actor.staff_id or ""),
            "place": former.place if former else "",
            "original_at": former.original_at if former else "",
            "scope": former.scope if former else "",
            "limits": former.limits if former else "",
        }

    def settle(self) -> None:
        """Whom it is for is settled."""

    def warnings(self) -> Sequence[str]:
        if self.consent is not None and self.consent.withdrawn:
            day = format_date(self.consent.withdrawn)
            return [_("It was withdrawn {date}: this is a new consent.").format(date=day)]
        return ()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(consents.renew, self.consent_id, values)


class CorrectConsentForm(ConsentForm):
    """Corrects what was noted of a consent; the result is its id."""

    TITLE_WORDS = N_("Consent")
    HELP: ClassVar[str] = N_(
        "What was noted of a consent. A mistake is corrected here, and here a consent is made to end earlier; a "
        "withdrawal and a renewal have keys of their own in the list."
    )

    def __init__(self, case: Case, participant: int, consent: int) -> None:
        super().__init__(case, participant, consent)
        self.form_name = "consent_correction"

    def fields(self) -> list[FormField]:
        person = PersonField(_about("person", _("A name, where it is for one person only."), personal=True))
        return [person, *self.sheet()]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        assert self.consent is not None
        one = self.consent
        self.version = one.version
        return {
            "person": one.person,
            "given": format_date(one.given),
            "valid_until": format_date(one.valid_until),
            "place": one.place,
            "obtained_by": str(one.obtained_by or ""),
            "original_at": one.original_at,
            "scope": one.scope,
            "limits": one.limits,
        }

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        await self.case.store.change(consents.correct, self.consent_id, version or 0, values)
        return self.consent_id


class WithdrawConsentForm(ConsentForm):
    """Notes that a consent was withdrawn in writing; the result is its id."""

    TITLE_WORDS = N_("Withdraw consent")
    HELP: ClassVar[str] = N_(
        "Notes a withdrawal: the day, and where the writing is kept. From that day nothing is covered by this consent, "
        "nor by the one it renewed."
    )

    def __init__(self, case: Case, participant: int, consent: int) -> None:
        super().__init__(case, participant, consent)
        self.form_name = "consent_withdrawal"

    def fields(self) -> list[FormField]:
        return [
            DateField(_about("withdrawn", _(DAY_HINT)), self.case.clock, "past"),
            LineField(_about("withdrawal_kept", _("A withdrawal is in writing: where the writing is kept."))),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        return {"withdrawn": format_date(self.case.today)}

    def heading(self) -> list[Piece]:
        pieces = super().heading()
        if self.consent is not None:
            span = format_date(self.consent.given), format_date(self.consent.valid_until)
            text = _("Given {given}, valid until {until}.").format(given=span[0], until=span[1])
            pieces.append((text, PLAIN))
        return pieces

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        known = version if version is not None else self.consent.version if self.consent else 0
        day, kept = values.get("withdrawn") or self.case.today, values.get("withdrawal_kept", "")
        await self.case.store.change(consents.withdraw, self.consent_id, known, day, kept)
        return self.consent_id


def form_named(case: Case, form: str, participant: int, subject: int) -> ConsentForm:
    """The form that is kept under this name, about `subject`."""
    match form:
        case "consent_renewal":
            return RenewConsentForm(case, participant, subject)
        case "consent_correction":
            return CorrectConsentForm(case, participant, subject)
        case "consent_withdrawal":
            return WithdrawConsentForm(case, participant, subject)
        case _new:
            return GiveConsentForm(case, participant)


def _about(key: str, hint: str = "", *, personal: bool = False) -> About:
    return About(key, _(LABELS[key]), hint, personal=personal)


def _known(
    reading: Reading, participant: int, consent: int
) -> tuple[ParticipantFile, GivenConsent | None, tuple[Linked, ...], list[Colleague]]:
    return (
        participants.file_of(reading, participant),
        consents.one(reading, participant, consent) if consent else None,
        consents.linked(reading, participant),
        staff.team(reading, active_only=False),
    )
