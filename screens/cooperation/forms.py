"""Forms of an agreement between agencies: what it says, and each kind of what belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final

from config.words import N_, _
from models.cooperation import agreements, reading
from models.cooperation.agreements import FIELDS, PARTS, TEXT_LIMIT, TEXTS
from models.cooperation.reading import BASIS, DRAFT, HELD, MEMBER, PARTY, PROPOSAL, SIGNATURE, STATES
from models.storage.drafts import KeptForm
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, teams
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.widgets.line import DIM, HEADING, Piece

PAST: Final = ("day", "made", "decided")
DATES: Final = (
    *PAST, "valid_from", "valid_to", "in_force_from", "in_force_to", "revision_due", "report_due",
)  # fmt: skip
CHOICES: Final = ("party_kind", "network_group")
HEADINGS: Final = {
    "background": N_("What it says"), "convener": N_("The groups"), "revision_owner": N_("Revision and final report"),
}  # fmt: skip
HINTS: Final = {
    "located": N_("Where the signed document lies: archive, case number."),
    "consent_clause": N_("When consent is obtained, and which agency obtains it."),
    "deciders": N_("The office that decides who takes part."),
    "duties": N_("What the agencies are to develop together, a line each."),
    "convener": N_("Function or name; without one the meetings do not come about."),
    "meetings_a_year": N_("How many meetings the steering group is to have a year; 0 for none."),
    "revision_due": N_("When it is revised, write the next date or empty it."),
    "report_due": N_("When it is delivered, empty the date."),
    "agency": N_("As the agreement writes it."),
    "party_kind": N_("An agency named in several places stands here once for each."),
    "day": N_("Empty until it is signed."),
    "recommendation": N_("What the project group recommends."),
    "decision": N_("What the steering group decided; empty while it waits."),
}
TITLES: Final[Mapping[str, str]] = {
    PARTY: N_("Party of an agreement"),
    BASIS: N_("Legal basis"),
    MEMBER: N_("Member of a group"),
    SIGNATURE: N_("Signature"),
    HELD: N_("Steering meeting held elsewhere"),
    PROPOSAL: N_("Proposal"),
}


def _field(case: Case, name: str, label: str, *, texts: Collection[str]) -> FormField:
    """The field of a column: a date, a choice, several lines or one."""
    about = About(
        name, _(label), _(HINTS[name]) if name in HINTS else "", _(HEADINGS[name]) if name in HEADINGS else ""
    )
    if name in DATES:
        return DateField(about, case.clock, "past" if name in PAST else "nearest")
    if name == "state":
        return ChoiceField(about, [Option(state, _(words)) for state, words in STATES.items()], empty=False)
    if name in CHOICES:
        return ChoiceField(about, named(case.programme.choices[name]), empty=False)
    return TextBox(about, limit=TEXT_LIMIT) if name in texts else LineField(about)


class AgreementForm(ReadableForm):
    """Notes an agreement, or changes one; the result is its id."""

    HELP: ClassVar[str] = N_(
        "What an agreement between agencies says: when it is in force, why it was made, for whom, who decides, how "
        "often the steering group meets, and who is to revise it and report on it. Its parties, groups and proposals "
        "are lines of their own on its page."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "agreement_new", N_("New cooperation agreement"), lambda case, whom, kept: AgreementForm(case), teams
        ),
        DraftKind(
            "agreement", N_("Cooperation agreement"), lambda case, whom, kept: AgreementForm(case, kept.subject), teams
        ),
    )

    def __init__(self, case: Case, agreement: int = 0, *, meant: str = "") -> None:
        super().__init__(case, agreement)
        self.form_name = "agreement" if agreement else "agreement_new"
        self.meant = meant
        self._title = ""

    def fields(self) -> list[FormField]:
        return [_field(self.case, name, label, texts=TEXTS) for name, label in FIELDS.items()]

    async def load(self) -> Mapping[str, str]:
        if not self.subject:
            return {"state": DRAFT, "meetings_a_year": "2"}
        found = await self.case.store.ask(reading.agreement, self.subject)
        self.version, self._title = found.version, found.title
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(self._title or _("New cooperation agreement"), HEADING)]

    def first_field(self) -> FormField:
        return self.field(self.meant) if self.meant else self.form.fields[0]

    def warnings(self) -> Sequence[str]:
        if self.field("convener").written.strip() or self.field("meetings_a_year").written.strip() == "0":
            return ()
        return (_("Nobody is named to convene the steering group."),)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if not self.subject:
            return await store.change(agreements.add, values)
        await store.change(agreements.change, self.subject, version or 0, values)
        return self.subject


async def _part_again(case: Case, whom: Whose, kept: KeptForm) -> PartForm:
    _agreement, kind, *new = kept.form.split("_")
    if new:
        return PartForm(case, kind, kept.subject)
    found = await case.store.ask(reading.part, kind, kept.subject)
    return PartForm(case, kind, found.agreement, found.id)


class PartForm(ReadableForm):
    """Notes what belongs to an agreement, of a kind of `PARTS`, or changes `part`; the result is its id.

    `begins` is what stands in a new one.
    """

    HELP: ClassVar[str] = N_(
        "One line of what belongs to an agreement between agencies: a party as the agreement names it, a law or "
        "another agreement that it rests on, a member of the steering group or the project group, a signature, a "
        "meeting that was held elsewhere, or a proposal of the project group with recommendation and decision."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = tuple(
        DraftKind(f"agreement_{kind}{new}", title, _part_again, teams)
        for kind, title in TITLES.items()
        for new in ("_new", "")
    )

    def __init__(
        self, case: Case, kind: str, agreement: int, part: int = 0, begins: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(case, part or agreement)
        self.form_name = f"agreement_{kind}" if part else f"agreement_{kind}_new"
        self.kind, self.agreement, self.part, self.begins = kind, agreement, part, begins or {}
        self._title = ""

    def fields(self) -> list[FormField]:
        fields = PARTS[self.kind].fields
        return [_field(self.case, name, label, texts=fields.texts) for name, label in fields.labels.items()]

    async def load(self) -> Mapping[str, str]:
        found = await self.case.store.ask(reading.agreement, self.agreement)
        self._title = found.title
        if not self.part:
            return self.begins
        present = await self.case.store.ask(reading.part, self.kind, self.part)
        self.version = present.version
        return self.texts_of(present)

    def heading(self) -> list[Piece]:
        return [(_(TITLES[self.kind]), HEADING), (self._title, DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if not self.part:
            return await store.change(agreements.add_part, self.kind, self.agreement, values)
        await store.change(agreements.change_part, self.kind, self.part, version or 0, values)
        return self.part
