"""Recording what was shared: whether it is covered is answered while the form is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.consents import disclosures
from models.consents.answer import KNOWN, Answer, judge
from models.consents.disclosures import GROUND_LIMIT, LABELS, OTHER, WHAT_LIMIT
from models.consents.matrix import Linked
from screens.consents.forms import WHOM, SharingForm
from screens.consents.wording import bounds
from screens.forms.choice_field import AgencyField, ChoiceField, RoleField, grounds
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.suggest_fields import PersonField
from screens.forms.text_field import TextBox
from screens.frame.chooser import Option
from screens.widgets.line import BOLD, GOOD, HEADING, WARN, Piece


class DisclosureForm(SharingForm):
    """Records what was shared; the result is its id."""

    HELP: ClassVar[str] = N_(
        "Records what was shared about a participant. Whether a consent covers it is said at once. What was shared "
        "without one is recorded all the same, with the ground it rests on, and stands out in the list."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("disclosure", N_("What was shared"), lambda case, whom, kept: DisclosureForm(case, whom.participant)),
    )

    def fields(self) -> list[FormField]:
        programme = self.case.programme
        return [
            ChoiceField(_about("contact", _("← →: one of the participant's contact persons, or – for somebody else."))),
            AgencyField(_about("agency"), programme),
            RoleField(_about("role", _("← →: the role decides whether it is covered.")), programme, empty=True),
            PersonField(_about("person", _("Who was told; a consent may hold for one person only."), personal=True)),
            DateField(_about("day", _("E.g. 22.11, today or yesterday; not in the future.")), self.case.clock, "past"),
            TextBox(_about("what", _("What was shared, in a few words.")), limit=WHAT_LIMIT),
            ChoiceField(
                _about("only_known", _("Yes where nothing was said but that EX/IN works with the participant.")),
                [Option("", _("No, more was said")), Option("yes", _("Yes, only that they take part"))],
                empty=False,
            ),
            ChoiceField(
                _about("ground", _("← → or the first letter; the last one asks for words of your own.")),
                grounds(programme, self.case.today),
            ),
            LineField(_about("own_words", _("Which ground it rests on, in a few words.")), limit=GROUND_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        await self.read_known()
        contact = self.query_one("#field-contact", ChoiceField)
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
            "contact": str(self.contact_of(agency, role, person) or ""),
            "day": format_date(self.case.today),
        }

    def _called(self, one: Linked) -> str:
        agency = str(self.case.programme.agency(one.agency).name)
        role = str(self.case.programme.role(one.role).name)
        name = "•••" if self.case.private else one.name
        return f"{name} ({agency})" if agency == role else f"{name} ({agency}, {role})"

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        title: Piece = (_("What was shared · {who}").format(who=self.who), HEADING)
        found = self.answer()
        if not self._covered(found):
            return [title, (_("NOT covered: {reason}").format(reason=found.reason), WARN)]
        told = bounds(found.consent)
        return [title, (_("Covered: {reason}").format(reason=found.reason), GOOD), *([(told, BOLD)] if told else [])]

    def answer(self) -> Answer:
        """Whether what stands in the form is covered, on the day in the form."""
        contact = self.field("contact").written
        return judge(
            self._held,
            self.field("agency").written,
            self.field("role").written,
            self.field("person").written,
            on=self.day("day") or self.case.today,
            warning_days=self.case.programme.limits.consent_warning_days,
            contact=int(contact) if contact.isdecimal() else None,
        )

    def _covered(self, found: Answer) -> bool:
        """Whether an answer covers as much as was said."""
        return found.knows if self.field("only_known").written else found.covered

    def settle(self) -> None:
        super().settle()
        self._ask_ground()

    def _ask_ground(self) -> None:
        """The ground is asked for only where nothing covers it, and words of one's own where no choice fits."""
        ground, words, only = self.field("ground"), self.field("own_words"), self.field("only_known")
        found = self.answer()
        only.display = found.state == KNOWN
        asked = not self._covered(found)
        if ground.display != asked:
            ground.display = asked
        own = asked and ground.written == OTHER
        if words.display != own:
            words.display = own
            # The label is drawn by the form, which knows the field's line once it is laid out.
            self.call_after_refresh(self.form.refresh)

    def changed(self, field: FormField) -> None:
        key, contact = field.about.key, self.field("contact")
        chosen = next((one for one in self._linked if str(one.contact) == contact.written), None)
        if chosen is not None:
            there = {"agency": chosen.agency, "role": chosen.role, "person": chosen.name}
            if key == "contact":
                for name, value in there.items():
                    self.field(name).put(value)
            elif key in there and any(self.field(name).written != value for name, value in there.items()):
                # A contact person stays chosen only as long as the form says where that person is.
                contact.put("")
        if key == "ground":
            self._ask_ground()
        if key == "day":
            day = self.day("day") or self.case.today
            self.query_one("#field-ground", ChoiceField).offer(grounds(self.case.programme, day))
        if key in (*WHOM, "day", "only_known"):
            self.settle()
            self.draw()

    def warnings(self) -> Sequence[str]:
        if self._file is None or self._covered(self.answer()):
            return ()
        return [_("No consent covers this. If it was shared all the same, say on what ground; it will be flagged.")]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        contact = values.get("contact")
        wanted = {**values, "contact": int(contact) if contact else None}
        return await self.case.store.change(disclosures.record, self.participant, wanted)


def _about(key: str, hint: str = "", *, personal: bool = False) -> About:
    return About(key, _(LABELS[key]), hint, personal=personal)
