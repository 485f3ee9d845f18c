"""The programme as the rest of the program sees it: frozen, whole and already checked.

Numbers of days are calendar days; 0 in `contact_days` or `long_days` means that nothing is ever noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from config.programme.labels import Choice, Words

if TYPE_CHECKING:
    from config.programme.method import Method
    from config.programme.overlay import Source

GROUPS = ("visit", "outing", "talk", "meeting", "writing", "event", "system")


class Phase(Struct, frozen=True):
    """One of the phases a participant moves through (the EX/IN guide's six)."""

    number: int
    id: str
    name: Words
    short: Words
    aim: Words
    demanding: bool
    contact_days: int
    long_days: int


class EntryKind(Struct, frozen=True):
    """What an entry in the timeline may be; `key` is the letter that chooses it, empty for a system kind.

    `form` names the form in which it is recorded while that belongs to the phase, empty for the form of every entry.
    """

    id: str
    key: str
    name: Words
    group: str
    contact: bool
    minutes: int
    system: bool
    template: Words | None
    form: str = ""


class Limits(Struct, frozen=True):
    """The numbers a team may set; what each means stands beside it in `limits.toml`."""

    participants: int
    demanding: int
    leader_participants: int
    intake_months: int
    release_warning_days: int
    before_release_days_high: int
    before_release_days_lower: int
    two_thirds_min_days: int
    two_thirds_from_days: int
    release_checklist_days: int
    consent_months: int
    consent_warning_days: int
    verify_days: int
    application_days: int
    crowded_in_role: int
    new_in_weeks: int
    spending_relationship: int
    spending_necessity: int
    phase_out_attempts: int
    release_list_days: int
    weekly_days: int
    talk_days: int
    phase_out_days: int
    first_weeks_days: int
    owed_days: int
    brief_contact_days: int


class AgencyRole(Struct, frozen=True):
    """A part somebody has in an agency; `consent` says that it stands in the consent form."""

    id: str
    agency: str
    name: Words
    consent: bool


class Agency(Struct, frozen=True):
    """An agency around a participant; in `phases` it should have somebody; `named`: its consents name a person."""

    id: str
    name: Words
    phases: tuple[int, ...]
    named: bool
    roles: tuple[AgencyRole, ...]


class ConsentSet(Struct, frozen=True):
    """Agencies whose consent must be there at one point of the programme."""

    id: str
    name: Words
    agencies: tuple[str, ...]


ITEM_KINDS = ("tick", "date", "text", "address", "contact", "consent")
OPENS = ("enrolment", "release", "nav")
# The fields of a participant's record that an item may be, and of which kinds the item is then.
FACTS: Mapping[str, tuple[str, ...]] = {
    "birth_date": ("date",),
    "sentence_start": ("date",),
    "full_term_date": ("date",),
    "two_thirds_date": ("date",),
    "parole_applied": ("date",),
    "parole_decided": ("date",),
    "release_date": ("date",),
    "phone": ("text",),
    "email": ("text",),
    "address": ("text", "address"),
    "unit": ("text",),
    "nav_state": ("text",),
    "nav_municipal": ("text",),
}


class ItemTemplate(Struct, frozen=True):
    """One item: `fact` is the participant's field it is, `role` the contact, `set` the consents, `who` a column."""

    id: str
    name: Words
    kind: str
    fact: str
    role: str
    set: str
    who: str


class ItemGroup(Struct, frozen=True):
    """Items under one heading."""

    id: str
    name: Words
    items: tuple[ItemTemplate, ...]


class ChecklistTemplate(Struct, frozen=True):
    """A checklist as data; `opens` says what opens it by itself: enrolment, release, nav, or nothing (empty).

    With `verify`, done items want a second person. Ages are inclusive, 0 for no bound.
    """

    id: str
    version: int
    name: Words
    opens: str
    verify: bool
    age_from: int
    age_to: int
    groups: tuple[ItemGroup, ...]

    @property
    def items(self) -> tuple[ItemTemplate, ...]:
        """Every item, in order."""
        return tuple(item for group in self.groups for item in group.items)


class PhaseTask(Struct, frozen=True):
    """A task that is suggested when a phase begins; `strand` is coordination or relationship."""

    id: str
    phase: int
    strand: str
    turn: str
    text: Words


class Programme(Struct, frozen=True, dict=True):
    """Phases in order, entry kinds in the order they are offered, choices by list, limits, and coordination."""

    version: int
    phases: tuple[Phase, ...]
    kinds: tuple[EntryKind, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    limits: Limits
    agencies: tuple[Agency, ...] = ()
    consent_sets: tuple[ConsentSet, ...] = ()
    checklists: tuple[ChecklistTemplate, ...] = ()
    phase_tasks: tuple[PhaseTask, ...] = ()
    team: tuple[Source, ...] = ()

    @cached_property
    def method(self) -> Method:
        """What the board does not need: reviews, intake, ways out, signals in words; read when first asked for."""
        from config.programme.method import Named, build

        return build(
            self.team,
            Named(
                phases=frozenset(phase.number for phase in self.phases),
                sets=tuple(one.id for one in self.consent_sets),
                checklists=tuple(one.id for one in self.checklists),
            ),
        )

    def phase(self, number: int) -> Phase:
        """The phase with this number; a neutral one when the programme no longer has it, so old data always shows."""
        for phase in self.phases:
            if phase.number == number:
                return phase
        name = Words(nb=str(number), en=str(number))
        return Phase(number, f"phase_{number}", name, name, Words("", ""), demanding=False, contact_days=0, long_days=0)

    def kind(self, id: str) -> EntryKind:
        """The entry kind with this id; a neutral one made of the id when it is unknown, so old data always shows."""
        for kind in self.kinds:
            if kind.id == id:
                return kind
        label = id.replace("_", " ").strip() or "?"
        return EntryKind(id, "", Words(label, label), "event", contact=False, minutes=0, system=False, template=None)

    def choice(self, list_name: str, id: str) -> Choice:
        """The choice with this id in a list; free text outside the list comes back as a choice that shows as typed."""
        for choice in self.choices.get(list_name, ()):
            if choice.id == id:
                return choice
        return Choice(id, Words(id, id))

    def agency(self, id: str) -> Agency:
        """The agency with this id; a neutral one when it is unknown, so old data always shows."""
        for agency in self.agencies:
            if agency.id == id:
                return agency
        label = id.replace("_", " ").strip() or "?"
        return Agency(id, Words(label, label), (), named=False, roles=())

    def role(self, id: str) -> AgencyRole:
        """The agency role with this id; a neutral one when it is unknown."""
        for agency in self.agencies:
            for role in agency.roles:
                if role.id == id:
                    return role
        label = id.replace("_", " ").strip() or "?"
        return AgencyRole(id, "", Words(label, label), consent=False)

    def checklist(self, id: str) -> ChecklistTemplate | None:
        """The checklist template with this id, None when there is none any more."""
        return next((template for template in self.checklists if template.id == id), None)
