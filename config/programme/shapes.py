"""The programme as the rest of the program sees it: frozen, whole and already checked.

Numbers of days are calendar days; 0 in `contact_days` or `long_days` means that nothing is ever noticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from config.programme.fields import FromOne, Number
from config.programme.labels import Choice, WithId, Words, with_id

if TYPE_CHECKING:
    from config.programme.method import Method
    from config.programme.overlay import Source

GROUPS = ("visit", "outing", "talk", "meeting", "writing", "event", "system")


class Phase(WithId, frozen=True):
    """One of the phases a participant moves through (the EX/IN guide's six)."""

    number: FromOne
    name: Words
    short: Words
    aim: Words
    demanding: bool
    contact_days: Number
    long_days: Number


class EntryKind(WithId, frozen=True):
    """What an entry in the timeline may be; `key` is the letter that chooses it, empty for a system kind.

    `form` names the form in which it is recorded while that belongs to the phase, empty for the form of every entry.
    """

    name: Words
    group: str
    key: str = ""
    contact: bool = False
    minutes: Number = 0
    system: bool = False
    template: Words | None = None
    form: str = ""


class QuickRecord(WithId, frozen=True):
    """What is recorded so often that one key of the list of kinds fills it in; `saves` records it at once.

    `key` is a capital letter or a digit, so that it is none of a kind's. An attempt takes no minutes by itself.
    """

    key: str
    name: Words
    kind: str
    outcome: str = ""
    minutes: Number = 0
    saves: bool = False


class Limits(Struct, frozen=True):
    """The numbers a team may set; what each means stands beside it in `limits.toml`."""

    participants: Number
    demanding: Number
    leader_participants: Number
    candidates_count: bool
    intake_months: Number
    release_warning_days: Number
    release_warning_days_high: Number
    release_awkward_days: Number
    release_unknown_days: Number
    parole_warning_days: Number
    before_release_days_high: Number
    before_release_days_lower: Number
    two_thirds_min_days: Number
    two_thirds_from_days: Number
    release_checklist_days: Number
    consent_months: Number
    consent_warning_days: Number
    verify_days: Number
    application_days: Number
    crowded_in_role: Number
    new_in_weeks: Number
    spending_relationship: Number
    spending_necessity: Number
    phase_out_attempts: Number
    release_list_days: Number
    weekly_days: Number
    talk_days: Number
    phase_out_days: Number
    first_weeks_days: Number
    owed_days: Number
    aside_days: FromOne
    aside_most_days: FromOne
    absence_warning_days: Number
    next_review_days: Number
    brief_contact_days: Number


class AgencyRole(WithId, frozen=True):
    """A part somebody has in an agency; `consent`: it stands in the consent form; `typical`: the phases it belongs to.

    Nothing is missing where nobody has a typical role.
    """

    name: Words
    consent: bool = False
    typical: tuple[int, ...] = ()
    agency: str = ""


class Agency(WithId, frozen=True):
    """An agency around a participant; in `phases` it should have somebody; `named`: its consents name a person.

    With `forms`, it should only where the person is released or stays in one of these ways.
    """

    name: Words
    phases: tuple[int, ...] = ()
    forms: tuple[str, ...] = ()
    named: bool = False
    roles: tuple[AgencyRole, ...] = ()

    def expected(self, phases: Iterable[int], forms: Collection[str]) -> bool:
        """Whether somebody should be there in these phases, of one released or staying in these ways (the guide)."""
        return not set(self.phases).isdisjoint(phases) and (not self.forms or not set(self.forms).isdisjoint(forms))


class ConsentSet(WithId, frozen=True):
    """Agencies whose consent must be there at one point of the programme."""

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


class ItemTemplate(WithId, frozen=True):
    """One item: `fact` is the participant's field it is, `set` the consents, `who` a column.

    A contact item is satisfied by a person in `role`, in any of `roles`, or in any role of `agency`.
    """

    name: Words
    kind: str
    fact: str = ""
    role: str = ""
    roles: tuple[str, ...] = ()
    agency: str = ""
    set: str = ""
    who: str = ""


class ItemGroup(WithId, frozen=True):
    """Items under one heading."""

    name: Words
    items: tuple[ItemTemplate, ...]


class ChecklistTemplate(WithId, frozen=True):
    """A checklist as data; `opens` says what opens it by itself: enrolment, release, nav, or nothing (empty).

    With `verify`, done items want a second person. Ages are inclusive, 0 for no bound.
    """

    version: FromOne
    name: Words
    opens: str = ""
    verify: bool = False
    age_from: Number = 0
    age_to: Number = 0
    groups: tuple[ItemGroup, ...] = ()

    @property
    def items(self) -> tuple[ItemTemplate, ...]:
        """Every item, in order."""
        return tuple(item for group in self.groups for item in group.items)


class PhaseTask(WithId, frozen=True):
    """A task that is suggested when a phase begins; `strand` is coordination or relationship."""

    phase: FromOne
    strand: str
    text: Words
    turn: str = "ours"


class Programme(Struct, frozen=True, dict=True):
    """Phases in order, entry kinds in the order they are offered, choices by list, limits, and coordination.

    `fault` is what is wrong with the team's own files as they stand now, where what is in force is not what they say.
    `former` is what was in force before, where it had phases that are here no more; it holds while somebody is in one.
    """

    version: int
    journal: str
    own_districts: tuple[str, ...]
    phases: tuple[Phase, ...]
    kinds: tuple[EntryKind, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    limits: Limits
    quick: tuple[QuickRecord, ...] = ()
    agencies: tuple[Agency, ...] = ()
    consent_sets: tuple[ConsentSet, ...] = ()
    checklists: tuple[ChecklistTemplate, ...] = ()
    phase_tasks: tuple[PhaseTask, ...] = ()
    team: tuple[Source, ...] = ()
    team_checklists: tuple[Source, ...] = ()
    fault: str = ""
    former: Programme | None = None

    @cached_property
    def method(self) -> Method:
        """What the board does not need: reviews, intake, ways out, signals in words; read when first asked for."""
        from config.programme.method import build

        return build(
            self.team,
            phases=[phase.number for phase in self.phases],
            sets=[known.id for known in self.consent_sets],
            checklists=[known.id for known in self.checklists],
        )

    @cached_property
    def _kinds(self) -> dict[str, EntryKind]:
        return {kind.id: kind for kind in self.kinds}

    @cached_property
    def _roles(self) -> dict[str, AgencyRole]:
        return {role.id: role for agency in self.agencies for role in agency.roles}

    def phase(self, number: int) -> Phase:
        """The phase with this number; a neutral one when the programme no longer has it, so old data always shows."""
        for phase in self.phases:
            if phase.number == number:
                return phase
        name = Words(nb=str(number), en=str(number))
        return Phase(f"phase_{number}", number, name, name, Words("", ""), demanding=False, contact_days=0, long_days=0)

    def kind(self, id: str) -> EntryKind:
        """The entry kind with this id; a neutral one made of the id when it is unknown, so old data always shows."""
        return self._kinds.get(id) or EntryKind(id, _made_of(id), "event")

    def choice(self, list_name: str, id: str) -> Choice:
        """The choice with this id in a list; free text outside the list comes back as a choice that shows as typed."""
        return with_id(self.choices.get(list_name, ()), id) or Choice(id, Words(id, id))

    def agency(self, id: str) -> Agency:
        """The agency with this id; a neutral one when it is unknown, so old data always shows."""
        return with_id(self.agencies, id) or Agency(id, _made_of(id))

    def role(self, id: str) -> AgencyRole:
        """The agency role with this id; a neutral one when it is unknown."""
        return self._roles.get(id) or AgencyRole(id, _made_of(id))

    def checklist(self, id: str) -> ChecklistTemplate | None:
        """The checklist template with this id, None when there is none any more."""
        return with_id(self.checklists, id)

    def contact_roles(self, checklist: str, item: ItemTemplate) -> tuple[str, ...]:
        """The roles of which any satisfies a contact item of this checklist, as it is kept; the first is offered first.

        A list in use keeps its words, and accepts beside what it began with whom the programme accepts today.
        """
        template = self.checklist(checklist)
        today = with_id(template.items, item.id) if template else None
        found = [
            role
            for one in ([today] if today is not None and today.kind == item.kind else []) + [item]
            for role in (one.role, *one.roles, *(role.id for role in self.agency(one.agency).roles))
            if role
        ]
        return tuple(dict.fromkeys(found))


def _made_of(id: str) -> Words:
    """What is called by an id that the programme no longer has."""
    label = id.replace("_", " ").strip() or "?"
    return Words(label, label)
