"""Two forms: a member of the network, and somebody who is invited to a gathering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.contacts import register
from models.gatherings import attendance, groups, members
from models.storage.reading import Reading
from screens.forms.choice_field import AgencyField, ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.gatherings.fields import NumberChoice, called
from screens.plans.form import YesField
from screens.widgets.line import HEADING, Piece


class MemberForm(ReadableForm):
    """Takes somebody into the network, with `contact` from the register, or changes `member`; the result is the id."""

    HELP: ClassVar[str] = N_(
        "A member of the professional network. A stable member is expected at every gathering, and counts when it is "
        "said how many came. Who leaves is kept with their last day, and takes part as a guest after it."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("network_member_new", N_("New member"),
                  lambda case, whom, kept: MemberForm(case, contact=int(kept.fields.get("contact") or 0)), teams),
        DraftKind("network_member", N_("Member of the network"),
                  lambda case, whom, kept: MemberForm(case, kept.subject), teams),
    )  # fmt: skip

    def __init__(self, case: Case, member: int = 0, contact: int = 0) -> None:
        super().__init__(case, member)
        self.form_name = "network_member" if member else "network_member_new"
        self.contact = contact

    def fields(self) -> list[FormField]:
        label = {name: _(text) for name, text in members.FIELDS.items()}
        past = _("E.g. 22.11 or 1.9.2025.")
        return [
            NumberChoice(About("contact", label["contact"], _("The contact person of the register; – for none."))),
            LineField(About("name", label["name"], _("Stands as the register has it where somebody is chosen there."))),
            AgencyField(About("agency", label["agency"]), self.case.programme),
            LineField(About("function", label["function"], _("What the member does there, e.g. contact officer."))),
            YesField(About("stable", label["stable"], _("Expected at every gathering."))),
            DateField(About("since", label["since"], past), self.case.clock, "nearest"),
            DateField(About("until", label["until"], past + " " + _("Empty while they belong to it.")),
                      self.case.clock, "nearest"),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        found = await self.case.store.ask(members.one, self.subject) if self.subject else None
        contact = found.contact if found else self.contact
        person = await self.case.store.ask(register.one, contact) if contact else None
        field = self.field("contact")
        assert isinstance(field, NumberChoice)
        if person is not None:
            field.offer([Option(str(person.id), called(self.case, person.name, person.agency))])
        field.display = person is not None
        if found is not None:
            self.version = found.version
            return self.texts_of(found)
        begun = {"stable": "1", "since": format_date(self.case.today)}
        if person is not None:
            role = str(self.case.programme.role(person.role).name) if person.role else ""
            begun |= {"contact": str(person.id), "name": person.name, "agency": person.agency, "function": role}
        return begun

    def heading(self) -> list[Piece]:
        return [(_("Member of the network") if self.subject else _("New member"), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if not self.subject:
            return await self.case.store.change(members.add, values)
        await self.case.store.change(members.change, self.subject, version or 0, values)
        return self.subject


class InvitationForm(ReadableForm):
    """Invites somebody from outside the network to a gathering, or changes `invitation`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "Who is invited without being a member: a guest who gives a talk, or a manager who looks in. Guests and "
        "managers are counted apart; only stable members count when it is said how many came."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("invitation_new", N_("New guest"), lambda case, whom, kept: InvitationForm(case, kept.subject),
                  teams),
        DraftKind("invitation", N_("Invitation"), lambda case, whom, kept: InvitationForm(case, 0, kept.subject),
                  teams),
    )  # fmt: skip

    def __init__(self, case: Case, gathering: int, invitation: int = 0) -> None:
        super().__init__(case, invitation or gathering)
        self.form_name = "invitation" if invitation else "invitation_new"
        self.gathering, self.invitation = gathering, invitation

    def fields(self) -> list[FormField]:
        label = {name: _(text) for name, text in attendance.FIELDS.items()}
        parts = named(self.case.programme.choices["gathering_part"])
        agencies = named(self.case.programme.agencies)
        return [
            LineField(About("name", label["name"])),
            ChoiceField(About("agency", label["agency"], _("← → or the first letter; – for none of them.")), agencies),
            ChoiceField(About("part", label["part"]), parts, empty=False),
            NumberChoice(About("group_number", label["group_number"], _("As it was drawn, or by hand."))),
        ]

    async def load(self) -> Mapping[str, str]:
        if not self.invitation:
            self.field("group_number").display = False
            return {"part": attendance.GUEST}
        found, numbers = await self.case.store.ask(_asked, self.invitation)
        field = self.field("group_number")
        assert isinstance(field, NumberChoice)
        field.offer([Option(str(number), str(number)) for number in numbers])
        field.display = bool(numbers)
        if found.member is not None:
            # What a member is called and comes from is noted with the member.
            self.field("name").only_read()
            self.field("agency").only_read()
        self.version = found.version
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(_("Invitation") if self.invitation else _("New guest"), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(attendance.add_guest, attendance.change, values, version)


def _asked(reading: Reading, invitation: int) -> tuple[attendance.Invited, list[int]]:
    """The invitation, and the numbers of the groups that are drawn for its gathering."""
    found = attendance.one(reading, invitation)
    return found, list(groups.of(attendance.of(reading, found.gathering)))
