"""Recording what was shared: whether it is covered is answered while the form is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import N_, _
from models.consents import disclosures
from models.consents import matrix as consent_matrix
from models.consents.answer import Answer, GivenConsent, held, judge, same_person
from models.consents.disclosures import GROUND_LIMIT, GROUNDS, LABELS, OTHER, WHAT_LIMIT
from models.consents.matrix import Linked
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.forms.choice_field import AgencyField, ChoiceField, RoleField
from screens.forms.draft_keeper import DraftKind
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, DateField, FormField, LineField, PersonField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.widgets.line import BOLD, GOOD, HEADING, WARN, Piece, flat

DAY_HINT: Final = N_("As in 22.11, today or yesterday; not in the future.")
ASKED: Final = ("contact", "agency", "role", "person", "day")


class DisclosureForm(FormScreen):
    """Records what was shared; the result is its id. It begins with the agency, role and person of `begin`."""

    HELP: ClassVar[str] = N_(
        "Records what was shared about a participant. Whether a consent covers it is said at once. What was shared "
        "without one is recorded all the same, with the ground it rests on, and stands out in the list."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("disclosure", N_("What was shared"), lambda case, whom, kept: DisclosureForm(case, whom.participant)),
    )

    def __init__(self, case: Case, participant: int, begin: tuple[str, str, str] = ("", "", "")) -> None:
        super().__init__(case, participant)
        self.form_name = "disclosure"
        self.participant, self.begin = participant, begin
        self._file: ParticipantFile | None = None
        self._consents: tuple[GivenConsent, ...] = ()
        self._linked: tuple[Linked, ...] = ()

    # ------------------------------------------------------------------ the form

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        return [
            ChoiceField(_about("contact", _("← →: one of the participant's contact persons, or – for somebody else."))),
            AgencyField(_about("agency"), programme),
            RoleField(_about("role", _("← →: the role decides whether it is covered.")), programme, empty=True),
            PersonField(_about("person", _("Who was told; a consent may hold for one person only."), personal=True)),
            DateField(_about("day", _(DAY_HINT)), self.case.clock, "past"),
            TextBox(_about("what", _("What was shared, in a few words.")), limit=WHAT_LIMIT),
            ChoiceField(
                _about("ground", _("← → or the first letter; the last one asks for words of your own.")),
                grounds(programme),
            ),
            LineField(_about("own_words", _("Which ground it rests on, in a few words.")), limit=GROUND_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file, self._consents, self._linked = await self.case.store.ask(
            _load_consents_and_people, self.participant
        )
        contact = self.field("contact")
        assert isinstance(contact, ChoiceField)
        contact.offer([Option(str(one.contact), self._called(one)) for one in self._linked])
        contact.display = bool(self._linked)
        agency, role, person = self.begin
        if not agency and self._linked:
            agency, role, person = self._linked[0].agency, self._linked[0].role, self._linked[0].name
        agency = agency or self.field("agency").written
        return {
            "agency": agency,
            "role": role,
            "person": person,
            "contact": self._contact_of(agency, role, person),
            "day": format_date(self.case.today),
        }

    def _called(self, one: Linked) -> str:
        agency = str(self.case.programme.agency(one.agency).name)
        role = str(self.case.programme.role(one.role).name)
        name = "•••" if self.case.private else one.name
        return f"{name} ({agency})" if agency == role else f"{name} ({agency}, {role})"

    def _contact_of(self, agency: str, role: str, person: str) -> str:
        wanted = same_person(person)
        same = (
            str(one.contact)
            for one in self._linked
            if (one.agency, one.role) == (agency, role) and same_person(one.name) == wanted
        )
        return next(same, "")

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        pieces: list[Piece] = [(_("What was shared · {who}").format(who=who), HEADING)]
        found = self.answer()
        if not found.covered:
            return [*pieces, (_("NOT covered: {reason}").format(reason=found.reason), WARN)]
        pieces.append((_("Covered: {reason}").format(reason=found.reason), GOOD))
        one = found.consent
        if one is not None and (one.limits or one.scope):
            parts = [_("concerns {what}").format(what=flat(one.scope)) if one.scope else "",
                     _("limits: {what}").format(what=flat(one.limits)) if one.limits else ""]  # fmt: skip
            pieces.append((" · ".join(part for part in parts if part), BOLD))
        return pieces

    # ------------------------------------------------------------------ may we share

    def answer(self) -> Answer:
        """Whether what stands in the form is covered, on the day in the form."""
        contact = self.field("contact").written
        return judge(
            self._consents,
            self.field("agency").written,
            self.field("role").written,
            self.field("person").written,
            on=self._day() or self.case.today,
            warning_days=self.case.programme.limits.consent_warning_days,
            contact=int(contact) if contact.isdecimal() else None,
        )

    def _day(self) -> date | None:
        try:
            day: date | None = self.field("day").read()
        except ExinError:
            return None
        return day

    def settle(self) -> None:
        agency = self.field("agency").written
        role, person = self.field("role"), self.field("person")
        if isinstance(role, RoleField):
            role.follow(agency)
        if isinstance(person, PersonField):
            person.offer([one.name for one in self._linked if one.agency == agency])
        self._ask_ground()

    def kept_fields(self) -> dict[str, str]:
        """With whom it was shared is kept with the rest, since the form may be opened again from another line."""
        whom = {key: self.field(key).kept for key in ("contact", "agency", "role", "person")}
        return {**whom, **super().kept_fields()}

    def _ask_ground(self) -> None:
        """The ground is asked for only where nothing covers it, and words of one's own where no choice fits."""
        ground, words = self.field("ground"), self.field("own_words")
        asked = not self.answer().covered
        if ground.display != asked:
            ground.display = asked
        own = asked and ground.written == OTHER
        if words.display != own:
            words.display = own
            # The label is drawn by the form, which knows the field's line once it is laid out.
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
        key = field.about.key
        if key == "contact":
            chosen = next((one for one in self._linked if str(one.contact) == field.written), None)
            if chosen is not None:
                for name, value in (("agency", chosen.agency), ("role", chosen.role), ("person", chosen.name)):
                    self.field(name).put(value)
        if key in ("agency", "role", "person"):
            self._let_go_of_contact()
        if key == "ground":
            self._ask_ground()
        if key in ASKED:
            self.settle()
            self.draw()

    def _let_go_of_contact(self) -> None:
        """A contact person stays chosen only as long as the form says where that person is."""
        contact = self.field("contact")
        here = self.field("agency").written, self.field("role").written, self.field("person").written
        chosen = next((one for one in self._linked if str(one.contact) == contact.written), None)
        if chosen is not None and (chosen.agency, chosen.role, chosen.name) != here:
            contact.put("")

    def warnings(self) -> Sequence[str]:
        if self._file is None or self.answer().covered:
            return ()
        return [_("No consent covers this. If it was shared all the same, say on what ground; it will be flagged.")]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        contact = str(values.get("contact") or "")
        wanted = {**values, "contact": int(contact) if contact.isdecimal() else None}
        return await self.case.store.change(disclosures.record, self.participant, wanted)


def grounds(programme: Programme) -> list[Option]:
    """The grounds of the programme's data, and last the one for words of one's own."""
    known = [Option(choice.id, str(choice.name)) for choice in programme.choices.get(GROUNDS, ())]
    own = next((option for option in known if option.value == OTHER), Option(OTHER, _("Another ground (say which)")))
    return [*(option for option in known if option.value != OTHER), own]


def _about(key: str, hint: str = "", *, personal: bool = False) -> About:
    return About(key, _(LABELS[key]), hint, personal=personal)


def _load_consents_and_people(
    reading: Reading, participant: int
) -> tuple[ParticipantFile, tuple[GivenConsent, ...], tuple[Linked, ...]]:
    return (
        participants.file_of(reading, participant),
        held(reading, participant),
        consent_matrix.linked(reading, participant),
    )
