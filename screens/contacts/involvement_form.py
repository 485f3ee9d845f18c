"""The form for somebody's part in a participant's case: the role, since when, until when, and a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.consents import answer as consent_answer
from models.consents.answer import GivenConsent
from models.contacts import network, register
from models.contacts.network import LABELS, NOTE_LIMIT, Involved
from models.contacts.register import ContactPerson
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage import drafts
from models.storage.reading import Reading
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, About, DateField, FormField
from screens.forms.text_field import TextBox
from screens.forms.whom_fields import RoleField
from screens.frame.case import Case
from screens.widgets.line import BOLD, HEADING, Piece

WHO: Final = "_contact"
"""Under this an unfinished form remembers whom it would have linked."""


class InvolvementForm(FormScreen):
    """Links `contact`, or changes the part `involvement`; the result is the id of the part.

    With neither, the unfinished form that was kept says who is to be linked. A new part begins with `role`, or with the
    one the register knows.
    """

    HELP: ClassVar[str] = N_(
        "Which part the person has in this case, and since when. What is past stays in the history."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "involvement", N_("Person to link"), lambda case, whom, kept: InvolvementForm(case, whom.participant)
        ),
        DraftKind(
            "involvement_change",
            N_("Part in the case"),
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
        role: str = "",
    ) -> None:
        super().__init__(case, involvement or participant)
        self.form_name = "involvement_change" if involvement else "involvement"
        self.participant, self.contact, self.involvement = participant, contact or 0, involvement
        self._wanted = role
        self._file: ParticipantFile | None = None
        self._person: ContactPerson | None = None
        self._held: Sequence[GivenConsent] = ()

    def fields(self) -> list[FormField]:
        clock = self.case.clock
        role = RoleField(About("role", _(LABELS["role"]), _("← →: the part the person has here.")), self.case.programme)
        since = About("since", _(LABELS["since"]), _("As in 22.11, today or Monday; not in the future."))
        until = About("until", _(LABELS["until"]), _("The first day without them; empty while it lasts."))
        note = About("note", _(LABELS["note"]), _("What is agreed with this person in this case."), personal=True)
        fields: list[FormField] = [role, DateField(since, clock, "past")]
        if self.involvement is not None:
            fields.append(DateField(until, clock))
        return [*fields, TextBox(note, limit=NOTE_LIMIT)]

    async def load(self) -> Mapping[str, str]:
        self._file, person, part, self._held = await self.case.store.ask(
            _load_involvement, self.participant, self.contact, self.involvement
        )
        self._person, self.contact = person, person.id
        role = self.query_one(RoleField)
        role.put(part.role if part else self._wanted or person.role)
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
