"""The programme as the rest of the program sees it: frozen, whole and already checked.

Numbers of days are calendar days; 0 in `contact_days` or `long_days` means that nothing is ever noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config import words

GROUPS = ("visit", "outing", "talk", "meeting", "writing", "event", "system")


@dataclass(frozen=True)
class Words:
    """A label in both languages; as text it is the label in the language in force."""

    nb: str
    en: str

    def __str__(self) -> str:
        return self.nb if words.language() == "nb" else self.en


@dataclass(frozen=True)
class Phase:
    """One of the phases a participant moves through (the EX/IN guide's six)."""

    number: int
    id: str
    name: Words
    short: Words
    aim: Words
    demanding: bool
    contact_days: int
    long_days: int


@dataclass(frozen=True)
class EntryKind:
    """What an entry in the timeline may be; `key` is the letter that chooses it, empty for a system kind."""

    id: str
    key: str
    name: Words
    group: str
    contact: bool
    minutes: int
    system: bool
    template: Words | None


@dataclass(frozen=True)
class Choice:
    """One value of a list a person chooses from."""

    id: str
    name: Words


@dataclass(frozen=True)
class Limits:
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


@dataclass(frozen=True)
class Programme:
    """Phases in order, entry kinds in the order they are offered, lists of choices by name, and limits."""

    version: int
    phases: tuple[Phase, ...]
    kinds: tuple[EntryKind, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    limits: Limits

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
