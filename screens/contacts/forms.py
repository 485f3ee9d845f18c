"""The forms for a contact person of the register, with doubles told while it is filled in, and for a part in a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import events

from config.dates import format_date
from config.words import N_, _
from models.consents import answer as consent_answer
from models.consents.answer import GivenConsent
from models.contacts import network, people, register
from models.contacts.network import NOTE_LIMIT, Involved
from models.contacts.people import NOTES_LIMIT
from models.contacts.register import ContactPerson
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage import drafts
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.values import phone
from models.values.text import words
from screens.forms.choice_field import AgencyField, RoleField
from screens.forms.date_fields import DateField
from screens.forms.doubles import Doubles, Known
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.widgets.line import BOLD, HEADING, PLAIN, WARN, Piece

TELLING: Final = ("name", "agency", "phone", "phone_other", "email")
PERSONAL: Final = {"name", "phone", "phone_other", "email", "notes"}
HINTS: Final = {
    "name": N_("A name and an agency are enough."),
    "role": N_("The role the person has in most cases; each case may have another."),
    "office": N_("The office, the prison or the school."),
    "phone": N_("Eight digits, or + and the country for one from abroad."),
    "notes": N_("When they are reached best, who stands in for them. Nothing about a participant."),
}
WHO: Final = "_contact"
"""Under this an unfinished form remembers whom it would have linked."""


class PhoneField(LineField):
    """A phone number, kept as it is written; the hint shows how it was understood."""

    def read(self) -> Any:
        return phone.checked(super().read(), self.about.label)

    @property
    def shown(self) -> str:
        return phone.shown(self.value)

    @property
    def hint(self) -> str:
        if not self.value.strip():
            return self.about.hint
        return phone.advice(self.value) or phone.shown(self.value)


def _in_register(reading: Reading, kept: KeptForm) -> Whose:
    """A form about a contact person, whom the register may no longer hold."""
    known = register.one(reading, kept.subject).name if kept.subject > 0 else ""
    return Whose(0, _("the register"), kept.fields.get("name", "") or known)


class ContactForm(ReadableForm):
    """Changes a contact person, or enters one when `contact` is None; the result is the id.

    `begin` are the texts a new one begins with.
    """

    HELP: ClassVar[str] = N_(
        "A contact person that the whole team sees. If the same number, address or name stands in the register "
        "already, it is said below: look there first."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("contact", N_("New contact"), lambda case, whom, kept: ContactForm(case, None), _in_register),
        DraftKind(
            "contact_change", N_("Contact"), lambda case, whom, kept: ContactForm(case, kept.subject), _in_register
        ),
    )

    def __init__(self, case: Case, contact: int | None, begin: Mapping[str, str] | None = None) -> None:
        super().__init__(case, contact or 0)
        self.form_name = "contact_change" if contact else "contact"
        self.contact, self.begin = contact, begin or {}
        self._person: ContactPerson | None = None
        self._linked: Sequence[tuple[int, str, str]] = ()
        self.doubles = Doubles(self, self._doubles)
        self.found = False
        """Whether the result is somebody who was in the register already."""

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        return [
            LineField(_about("name")),
            AgencyField(_about("agency"), programme),
            RoleField(_about("role"), programme, empty=True),
            LineField(_about("office")),
            PhoneField(_about("phone")),
            PhoneField(_about("phone_other")),
            LineField(_about("email")),
            TextBox(_about("notes"), limit=NOTES_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        if self.contact is None:
            agency = self.begin.get("agency") or self.case.programme.agencies[0].id
            return {**self.begin, "agency": agency}
        person, self._linked = await self.case.store.ask(_load_contact, self.contact)
        self._person, self.version = person, person.version
        return {name: getattr(self._person, name) for name in people.LABELS}

    def settle(self) -> None:
        self.query_one(RoleField).follow(self.field("agency").written)
        self.doubles.ask_soon()

    def heading(self) -> list[Piece]:
        if self._person is None:
            return [(_("New contact person"), HEADING)]
        name = HIDDEN if self.case.private else self._person.name
        pieces: list[Piece] = [(_("Contact person · {name}").format(name=name), HEADING)]
        if not self._person.active:
            pieces.append((_("Has left the post; kept for the history."), WARN))
        elif self._linked:
            names = register.few([self.case.called(code, name) for _number, code, name in self._linked])
            pieces.append((_("Involved with participants now: {names}").format(names=names), PLAIN))
        return pieces

    def changed(self, field: FormField) -> None:
        if field.about.key == "agency":
            self.settle()
        elif field.about.key in TELLING:
            self.doubles.ask_soon()

    async def _doubles(self) -> list[Known]:
        written = {key: self.field(key).written for key in TELLING}
        found = await self.case.store.ask(register.doubles, written, self.contact or 0)
        return [self._known_as(HIDDEN if self.case.private else double.name, double) for double in found]

    def _known_as(self, name: str, double: ContactPerson) -> Known:
        where = double.office or str(self.case.programme.agency(double.agency).name)
        told = _("In the register already: {name}, {where}.").format(name=name, where=where)
        # Who is corrected is no other one.
        number = 0 if self.contact else double.id
        return Known(number, name, told, words(double.name) == words(self.field("name").written))

    def warnings(self) -> Sequence[str]:
        phones = {key: self.field(key).written for key in register.PHONES}
        return [*people.advice(phones), *self.doubles.told()]

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A phone number is judged when it is written, not while it is."""
        super().on_descendant_blur(event)
        self.draw_warnings()

    async def may_save(self) -> bool:
        if self.contact and not any(field.about.key in TELLING for field in self.edited):
            return True
        answer = await self.doubles.chosen()
        if answer:
            self.found = True
            await self.keep()
            self.keeper.leave()
            self.dismiss(answer)
        return answer == 0

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if self.contact is None:
            return await store.change(people.add, values)
        await store.change(people.change, self.contact, version or 0, values)
        return self.contact


def _load_contact(reading: Reading, contact: int) -> tuple[ContactPerson, Sequence[tuple[int, str, str]]]:
    return register.one(reading, contact), register.linked(reading, [contact])[contact]


def _about(key: str) -> About:
    return About(key, _(people.LABELS[key]), _(HINTS.get(key, "")), personal=key in PERSONAL)


class InvolvementForm(FormScreen):
    """Links `contact`, or changes the part `involvement`; the result is the id of the part.

    With neither, the unfinished form that was kept says who is to be linked. A new part begins with the role the
    register knows, or with the first of `roles` where it is none of them.
    """

    HELP: ClassVar[str] = N_(
        "Which role the person has in this case, and since when. What is past stays in the history."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "involvement", N_("Person to link"), lambda case, whom, kept: InvolvementForm(case, whom.participant)
        ),
        DraftKind(
            "involvement_change",
            N_("Role in the case"),
            lambda case, whom, kept: InvolvementForm(case, whom.participant, involvement=kept.subject),
            whose(lambda reading, number: network.one(reading, number)[0]),
        ),
    )

    def __init__(
        self,
        case: Case,
        participant: int,
        contact: int | None = None,
        involvement: int | None = None,
        *,
        roles: Sequence[str] = (),
    ) -> None:
        super().__init__(case, involvement or participant)
        self.form_name = "involvement_change" if involvement else "involvement"
        self.participant, self.contact, self.involvement = participant, contact or 0, involvement
        self._wanted = roles
        self._file: ParticipantFile | None = None
        self._person: ContactPerson | None = None
        self._held: Sequence[GivenConsent] = ()

    def fields(self) -> list[FormField]:
        clock, labels = self.case.clock, network.LABELS
        role = About("role", _(labels["role"]), _("← →: the role the person has here."))
        since = About("since", _(labels["since"]), _("E.g. 22.11, today or Monday; not in the future."))
        until = About("until", _(labels["until"]), _("The first day without them; empty while it lasts."))
        note = About("note", _(labels["note"]), _("What is agreed with this person in this case."), personal=True)
        return [
            RoleField(role, self.case.programme),
            DateField(since, clock, "past"),
            *([DateField(until, clock, "nearest")] if self.involvement is not None else []),
            TextBox(note, limit=NOTE_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file, person, part, self._held = await self.case.store.ask(
            _load_involvement, self.participant, self.contact, self.involvement
        )
        self._person, self.contact = person, person.id
        role = self.query_one(RoleField)
        known = part.role if part else person.role
        role.put(known if part or not self._wanted or known in self._wanted else self._wanted[0])
        role.follow(part.agency if part else person.agency)
        if part is None:
            return {"role": role.written, "since": format_date(self.case.today)}
        self.version = part.version
        until = format_date(part.until) if part.until else ""
        return {"role": role.written, "since": format_date(part.since), "until": until, "note": part.note}

    def heading(self) -> list[Piece]:
        if self._file is None or self._person is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        name = HIDDEN if self.case.private else self._person.name
        agency = self.case.programme.agency(self._person.agency).name
        return [(_("People around · {who}").format(who=who), HEADING), (f"{name}, {agency}", BOLD)]

    def changed(self, field: FormField) -> None:
        if field.about.key == "role":
            self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        """Whether a consent covers the role that is chosen."""
        person = self._person
        if person is None:
            return ()
        answer = consent_answer.judge(
            self._held,
            person.agency,
            self.field("role").written,
            person.name,
            on=self.case.today,
            warning_days=self.case.programme.limits.consent_warning_days,
            contact=person.id,
        )
        words = _("No consent covers sharing in this role: {reason}")
        return () if answer.covered else (words.format(reason=answer.reason),)

    def kept_fields(self) -> dict[str, str]:
        kept = super().kept_fields()
        return kept if self.involvement is not None else {**kept, WHO: str(self.contact)}

    async def _offer_draft(self) -> None:
        """One that would have linked somebody else is not laid over this one."""
        found = await self.case.store.ask(drafts.kept, self.form_name, self.subject)
        if found and found[0].fields.get(WHO, str(self.contact)) == str(self.contact):
            await super()._offer_draft()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if self.involvement is None:
            return await store.change(network.involve, self.participant, self.contact, values)
        await store.change(network.change, self.involvement, version or 0, values)
        return self.involvement


def _load_involvement(
    reading: Reading, participant: int, contact: int, involvement: int | None
) -> tuple[ParticipantFile, ContactPerson, Involved | None, Sequence[GivenConsent]]:
    part = network.one(reading, involvement)[1] if involvement else None
    if part is None and not contact:
        kept = drafts.kept(reading, "involvement", participant)
        contact = int(kept[0].fields.get(WHO, "0")) if kept else 0
    return (
        participants.file_of(reading, participant),
        register.one(reading, part.contact if part else contact),
        part,
        consent_answer.held(reading, participant),
    )
