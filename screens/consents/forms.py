"""The forms for a consent: giving one, renewing it, correcting what was noted, and its withdrawal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date, months_told
from config.words import N_, _, n_
from models.consents import consents
from models.consents import matrix as consent_matrix
from models.consents.answer import GivenConsent, held, same_person
from models.consents.consents import LABELS, LONG_LIMIT
from models.consents.matrix import Linked
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from models.values.days import months_later
from screens.consents.wording import whom
from screens.forms.choice_field import AgencyField, ChoiceField, RoleField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.suggest_fields import PersonField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.widgets.line import BOLD, HEADING, PLAIN, Piece

DAY_HINT: Final = N_("E.g. 22.11, today or Monday; not in the future.")
WHOM: Final = ("contact", "agency", "role", "person")
SAME_SHEET_DAYS: Final = 30
"""How long after the day on it what a sheet said is offered for the next consent."""
TEXTS: Final = ("place", "original_at", "scope", "limits", "obtained_agency")
ONLY_KNOWN: Final = "known"
"""What stands in the form for the weaker yes; nothing for the whole one."""


class SharingForm(ReadableForm, abstract=True):
    """What the forms about sharing have alike: what is known of the participant, and an agency, a role and a person.

    `begin` is the agency, role and person to begin with.
    """

    def __init__(self, case: Case, participant: int, begin: tuple[str, str, str] = ("", "", "")) -> None:
        super().__init__(case, participant)
        self.form_name = self.DRAFTS[0].name
        self.participant, self.begin, self.consent_id = participant, begin, 0
        self.consent: GivenConsent | None = None
        self._file: ParticipantFile | None = None
        self._held: tuple[GivenConsent, ...] = ()
        self._linked: tuple[Linked, ...] = ()

    async def read_known(self) -> None:
        """Read what every form here needs, and offer the team where somebody of it is to be chosen."""
        self._file, self._held, self._linked, self.consent, team = await self.case.store.ask(
            _load_sharing, self.participant, self.consent_id
        )
        for field in self.query(StaffField):
            field.offer_team(team, self.consent.obtained_by if self.consent else None)

    def settle(self) -> None:
        """Where an agency is chosen, its roles are offered, and the names known there."""
        for agency in self.query(AgencyField):
            self.query_one(RoleField).follow(agency.written)
            self.query_one(PersonField).suggest([one.name for one in self._linked if one.agency == agency.written])

    def contact_of(self, agency: str, role: str, person: str) -> int | None:
        """The contact person who is meant by a name."""
        wanted = agency, role, same_person(person)
        same = (one.contact for one in self._linked if (one.agency, one.role, same_person(one.name)) == wanted)
        return next(same, None)

    def kept_fields(self) -> dict[str, str]:
        """Whom it is about, where that is chosen, is kept with the rest: it may be opened again from another line."""
        kept = {field.about.key: field.kept for field in self.form.fields}
        whom_for = {key: text for key, text in kept.items() if key in WHOM} if "agency" in kept else {}
        return {**whom_for, **super().kept_fields()}

    @property
    def who(self) -> str:
        """The participant, by code while names are hidden."""
        return self.case.called(self._file.code, self._file.name) if self._file else ""


class ConsentForm(SharingForm, abstract=True):
    """A form about one consent, with the sheet's own fields."""

    _followed = ""
    """The last day that was put in by itself."""

    def sheet(self) -> list[FormField]:
        """The fields of the sheet itself, from the day it was given to what it concerns."""
        clock, months = self.case.clock, self.case.programme.limits.consent_months
        until = _("At most {time} after it was given; earlier if the participant wants.")
        much = Option("", _("What is necessary may be shared")), Option(ONLY_KNOWN, _("They may only know of EX/IN"))
        return [
            DateField(_about("given", _(DAY_HINT)), clock, "past"),
            DateField(_about("valid_until", until.format(time=months_told(months))), clock, "future"),
            LineField(_about("place", _("Where it was signed."))),
            StaffField(_about("obtained_by", _("Who in the team obtained it."))),
            LineField(_about("original_at", _("Where the signed sheet lies; copies go on."))),
            LineField(_about("obtained_agency", _("Which agency and who there, where another one obtained it."))),
            ChoiceField(
                _about("only_known", _("The weaker yes: that EX/IN works with them, and nothing else.")),
                much,
                empty=False,
            ),
            TextBox(_about("scope", _("Which case and what it concerns.")), limit=LONG_LIMIT),
            TextBox(_about("limits", _("What is not to be shared, or only some of it.")), limit=LONG_LIMIT),
        ]

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        pieces: list[Piece] = [(f"{_(self.DRAFTS[0].title)} · {self.who}", HEADING)]
        if one := self.consent:
            pieces.append((whom(self.case, one.agency, one.role, one.person), BOLD))
        return pieces

    def signed_today(self) -> dict[str, str]:
        """The texts of a sheet that is signed today."""
        self._followed = self._last(self.case.today)
        return {
            "given": format_date(self.case.today),
            "valid_until": self._followed,
            "obtained_by": str(self.case.store.actor.staff_id or ""),
        }

    def signed_lately(self) -> dict[str, str]:
        """The texts of a sheet like the one that was noted last, which lies near in time; else of one signed today."""
        texts = self.signed_today()
        last = max(self._held, key=lambda one: one.id, default=None)
        if last is None or last.withdrawn or (self.case.today - last.given).days > SAME_SHEET_DAYS:
            return texts
        self._followed = self._last(last.given)
        lately = {"given": format_date(last.given), "valid_until": self._followed, "place": last.place}
        lately |= {"original_at": last.original_at, "obtained_agency": last.obtained_agency}
        return {**texts, **lately, "obtained_by": str(last.obtained_by or "")}

    def changed(self, field: FormField) -> None:
        if field.about.key == "agency":
            self.settle()
        # The end goes with the day it was given until somebody has chosen another one.
        if field.about.key == "given" and self._followed and (given := self.day("given")):
            until = self.field("valid_until")
            if until.written in ("", self._followed):
                self._followed = self._last(given)
                until.put(self._followed)
        self.draw_warnings()

    def _last(self, given: date) -> str:
        return format_date(months_later(given, self.case.programme.limits.consent_months))


class GiveConsentForm(ConsentForm):
    """Notes a consent that was given; the result is its id."""

    HELP: ClassVar[str] = N_(
        "Notes a consent the participant has signed: for one role of one agency, or for one person there. It holds at "
        "most a year from the day it was given."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("consent", N_("New consent"), lambda case, whom, kept: GiveConsentForm(case, whom.participant)),
    )

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
        self.field("agency").put(agency or self.field("agency").written)
        self.field("role").put(role)
        self.settle()
        begun = {"agency": self.field("agency").written, "role": self.field("role").written, "person": person}
        return {**begun, **self.signed_lately()}

    def warnings(self) -> Sequence[str]:
        """What to think of while filling in."""
        agency = self.case.programme.agency(self.field("agency").written)
        if agency.named and not self.field("person").written.strip():
            return [_("A consent for {agency} names a person.").format(agency=agency.name)]
        return ()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        contact = self.contact_of(values["agency"], values["role"], values["person"])
        return await self.case.store.change(consents.give, self.participant, {**as_given(values), "contact": contact})


Whom = tuple[str, str, str]
"""An agency, a role, and a person or nobody in particular."""
WHOM_ALL: Final = "_whom"
"""Under this an unfinished sheet remembers for whom it is."""


def _sheet_again(case: Case, whom: Whose, kept: KeptForm) -> SheetForm:
    wanted = [tuple(each) for each in json.loads(kept.fields.get(WHOM_ALL, "[]"))]
    return SheetForm(case, whom.participant, [(agency, role, person) for agency, role, person in wanted])


class SheetForm(ConsentForm):
    """Notes the consents of one signed sheet, to all of `wanted` at once; the result is the last one's id."""

    HELP: ClassVar[str] = N_(
        "Notes all consents of one sheet the participant has signed: whom they are to was marked in the list, and what "
        "the sheet says is written once. One undo takes all of them back."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (DraftKind("consent_sheet", N_("Consents of one sheet"), _sheet_again),)

    def __init__(self, case: Case, participant: int, wanted: Sequence[Whom]) -> None:
        super().__init__(case, participant)
        self.wanted = tuple(wanted)

    def fields(self) -> list[FormField]:
        return self.sheet()

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        return self.signed_lately()

    def heading(self) -> list[Piece]:
        names = " · ".join(whom(self.case, *each) for each in self.wanted)
        count = n_("{count} consent: {names}", "{count} consents: {names}", len(self.wanted))
        return [*super().heading(), (count.format(count=len(self.wanted), names=names), BOLD)]

    def kept_fields(self) -> dict[str, str]:
        return {**super().kept_fields(), WHOM_ALL: json.dumps(self.wanted, ensure_ascii=False)}

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        to = [(*each, self.contact_of(*each)) for each in self.wanted]
        return await self.case.store.change(consents.give_sheet, self.participant, to, as_given(values))


class GivenConsentForm(ConsentForm, abstract=True):
    """A form about a consent that was given."""

    def __init__(self, case: Case, participant: int, consent: int) -> None:
        super().__init__(case, participant)
        self.subject = self.consent_id = consent


class RenewConsentForm(GivenConsentForm):
    """Notes that a consent was given anew; the result is the new one's id."""

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

    def fields(self) -> list[FormField]:
        return self.sheet()

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        assert self.consent is not None
        texts = {name: getattr(self.consent, name) for name in TEXTS}
        return {**self.signed_today(), **texts, "only_known": ONLY_KNOWN if self.consent.only_known else ""}

    def warnings(self) -> Sequence[str]:
        if self.consent is not None and self.consent.withdrawn:
            day = format_date(self.consent.withdrawn)
            return [_("It was withdrawn {date}: this is a new consent.").format(date=day)]
        return ()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(consents.renew, self.consent_id, as_given(values))


class CorrectConsentForm(GivenConsentForm):
    """Corrects what was noted of a consent; the result is its id."""

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

    def fields(self) -> list[FormField]:
        person = PersonField(_about("person", _("A name, where it is for one person only."), personal=True))
        return [person, *self.sheet()]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        assert self.consent is not None
        one = self.consent
        self.version = one.version
        return {
            "only_known": ONLY_KNOWN if one.only_known else "",
            "person": one.person,
            "given": format_date(one.given),
            "valid_until": format_date(one.valid_until),
            "obtained_by": str(one.obtained_by or ""),
            **{name: getattr(one, name) for name in TEXTS},
        }

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        await self.case.store.change(consents.correct, self.consent_id, version or 0, as_given(values))
        return self.consent_id


class WithdrawConsentForm(GivenConsentForm):
    """Notes that a consent was withdrawn, or where the writing is that confirms it; the result is its id."""

    HELP: ClassVar[str] = N_(
        "Notes a withdrawal: the day, and where the writing is kept. From that day nothing is covered by this consent, "
        "nor by the one it renewed. What was said aloud counts at once: leave empty where it is kept, and note that "
        "here when the writing has come."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "consent_withdrawal",
            N_("Withdraw consent"),
            lambda case, whom, kept: WithdrawConsentForm(case, whom.participant, kept.subject),
            whose(consent_matrix.owner_of),
        ),
    )

    def fields(self) -> list[FormField]:
        kept = _("Where the writing is kept; empty when it was said aloud and is to be confirmed.")
        return [
            DateField(_about("withdrawn", _(DAY_HINT)), self.case.clock, "past"),
            LineField(_about("withdrawal_kept", kept)),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        said = self.consent.withdrawn if self.consent else None
        # The day on which it was said stands; what is left is the writing.
        self.field("withdrawn").display = said is None
        return {"withdrawn": format_date(said or self.case.today)}

    def warnings(self) -> Sequence[str]:
        if self.consent is None or self.field("withdrawal_kept").written.strip():
            return ()
        if self.consent.oral:
            return [_("Withdrawn orally {date}.").format(date=format_date(self.consent.withdrawn or self.case.today))]
        return [_("Without a place it counts as said aloud: the sharing stops, and the confirmation is missing.")]

    def heading(self) -> list[Piece]:
        pieces = super().heading()
        if one := self.consent:
            text = _("Given {given}, valid until {until}.")
            pieces.append((text.format(given=format_date(one.given), until=format_date(one.valid_until)), PLAIN))
        return pieces

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        known = version if version is not None else self.consent.version if self.consent else 0
        day, kept = values.get("withdrawn") or self.case.today, values.get("withdrawal_kept", "")
        if self.consent is not None and self.consent.oral:
            await self.case.store.change(consents.confirm_withdrawal, self.consent_id, known, kept)
            return self.consent_id
        await self.case.store.change(consents.withdraw, self.consent_id, known, day, kept)
        return self.consent_id


def as_given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a sheet as a consent keeps them."""
    return {**values, "only_known": values.get("only_known") == ONLY_KNOWN}


def _about(key: str, hint: str = "", *, personal: bool = False) -> About:
    """What a field of a consent is, called as the rules call it."""
    return About(key, _(LABELS[key]), hint, personal=personal)


def _load_sharing(
    reading: Reading, participant: int, consent: int
) -> tuple[ParticipantFile, tuple[GivenConsent, ...], tuple[Linked, ...], GivenConsent | None, list[Colleague]]:
    return (
        participants.file_of(reading, participant),
        held(reading, participant),
        consent_matrix.linked(reading, participant),
        consent_matrix.one(reading, participant, consent) if consent else None,
        staff.team(reading, active_only=False),
    )
