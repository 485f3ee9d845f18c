"""The forms for a consent: giving one, renewing it, correcting what was noted, and its withdrawal in writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.consents import consents
from models.consents import matrix as consent_matrix
from models.consents.answer import same_person
from models.values.days import months_later
from screens.consents.sheet import DAY_HINT, ConsentForm, about
from screens.forms.choice_field import AgencyField, RoleField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.line_fields import DateField, FormField, LineField, PersonField
from screens.frame.case import Case
from screens.widgets.line import PLAIN, Piece

WHOM: Final = ("agency", "role", "person")


class GiveConsentForm(ConsentForm):
    """Notes a consent that was given; the result is its id. `begin` is the agency, role and person to begin with."""

    TITLE_WORDS = N_("New consent")
    HELP: ClassVar[str] = N_(
        "Notes a consent the participant has signed: for one role of one agency, or for one person there. It holds at "
        "most a year from the day it was given."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("consent", N_("New consent"), lambda case, whom, kept: GiveConsentForm(case, whom.participant)),
    )

    def __init__(self, case: Case, participant: int, begin: tuple[str, str, str] = ("", "", "")) -> None:
        super().__init__(case, participant)
        self.form_name = "consent"
        self.begin = begin
        self._followed = ""

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        return [
            AgencyField(about("agency"), programme),
            RoleField(about("role", _("← →: the consent covers this role only.")), programme),
            PersonField(about("person", _("A name, where it is for one person only."), personal=True)),
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
        return format_date(months_later(given, self.case.programme.limits.consent_months))

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

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "consent_renewal",
            N_("Renew consent"),
            lambda case, whom, kept: RenewConsentForm(case, whom.participant, kept.subject),
            whose(consent_matrix.owner_of),
        ),
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

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "consent_correction",
            N_("Consent"),
            lambda case, whom, kept: CorrectConsentForm(case, whom.participant, kept.subject),
            whose(consent_matrix.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, consent: int) -> None:
        super().__init__(case, participant, consent)
        self.form_name = "consent_correction"

    def fields(self) -> list[FormField]:
        person = PersonField(about("person", _("A name, where it is for one person only."), personal=True))
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

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "consent_withdrawal",
            N_("Withdraw consent"),
            lambda case, whom, kept: WithdrawConsentForm(case, whom.participant, kept.subject),
            whose(consent_matrix.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, consent: int) -> None:
        super().__init__(case, participant, consent)
        self.form_name = "consent_withdrawal"

    def fields(self) -> list[FormField]:
        return [
            DateField(about("withdrawn", _(DAY_HINT)), self.case.clock, "past"),
            LineField(about("withdrawal_kept", _("A withdrawal is in writing: where the writing is kept."))),
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
