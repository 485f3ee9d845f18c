"""The form for one contact person of the register, with doubles told while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual.timer import Timer

from config.errors import ExinError
from config.words import N_, _
from models.contacts import people, register
from models.contacts.people import LABELS, NOTES_LIMIT
from models.contacts.register import ContactPerson
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.values import phone
from screens.forms.draft_keeper import DraftKind, Whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, About, FormField, LineField
from screens.forms.text_field import TextBox
from screens.forms.whom_fields import AgencyField, RoleField
from screens.frame.case import Case
from screens.widgets.line import HEADING, PLAIN, WARN, Piece

QUIET_SECONDS: Final = 0.15
"""How long nobody types before the register is asked for doubles."""

TELLING: Final = ("name", "agency", "phone", "phone_other", "email")
PERSONAL: Final = {"name", "phone", "phone_other", "email", "notes"}
HINTS: Final = {
    "name": N_("A name and an agency are enough."),
    "role": N_("The part the person has in most cases; each case may have another."),
    "office": N_("The office, the prison or the school."),
    "phone": N_("Eight digits, or + and the country for one from abroad."),
    "notes": N_("When they are reached best, who stands in for them. Nothing about a participant."),
}


class PhoneField(LineField):
    """A phone number, kept as it is written; the hint shows how it was understood."""

    def read(self) -> Any:
        return phone.checked(super().read(), self.about.label)

    @property
    def hint(self) -> str:
        if not self.value.strip():
            return self.about.hint
        return phone.advice(self.value) or phone.shown(self.value)


def _in_register(reading: Reading, kept: KeptForm) -> Whose:
    """A form about a contact person, whom the register may no longer hold."""
    known = register.one(reading, kept.subject).name if kept.subject > 0 else ""
    return Whose(0, _("the register"), kept.fields.get("name", "") or known)


class ContactForm(FormScreen):
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
        self._advice: list[str] = []
        self._asking: Timer | None = None

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
        self._person = await self.case.store.ask(register.one, self.contact)
        self.version = self._person.version
        return {name: getattr(self._person, name) for name in LABELS}

    def settle(self) -> None:
        self.query_one(RoleField).follow(self.field("agency").written)
        self._ask_soon()

    def heading(self) -> list[Piece]:
        if self._person is None:
            return [(_("New contact person"), HEADING)]
        name = HIDDEN if self.case.private else self._person.name
        pieces: list[Piece] = [(_("Contact person · {name}").format(name=name), HEADING)]
        if not self._person.active:
            pieces.append((_("Has left the post; kept for the history."), WARN))
        elif self._person.cases:
            pieces.append((_("Involved with participants now: {count}").format(count=self._person.cases), PLAIN))
        return pieces

    def changed(self, field: FormField) -> None:
        if field.about.key == "agency":
            self.settle()
        elif field.about.key in TELLING:
            self._ask_soon()

    def _ask_soon(self) -> None:
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(QUIET_SECONDS, self._ask)

    async def _ask(self) -> None:
        if not self.is_current:
            return
        written = {key: self.field(key).written for key in TELLING}
        try:
            self._advice = await self.case.store.ask(people.advice, written, self.contact or 0)
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        return () if self.case.private else self._advice

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if self.contact is None:
            return await store.change(people.add, values)
        await store.change(people.change, self.contact, version or 0, values)
        return self.contact


def _about(key: str) -> About:
    return About(key, _(LABELS[key]), _(HINTS.get(key, "")), personal=key in PERSONAL)
