"""The form for a participant's own record, and for a new candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.participants import participants
from models.participants.participants import LABELS, LONG_FIELDS, ParticipantFile
from models.participants.sentence import two_thirds_candidate
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind, candidates
from screens.forms.line_fields import About, DateField, FormField, LineField, NationalIdField, SuggestField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.widgets.line import HEADING, Piece

LONG_LIMIT: Final = 2_000
SECTIONS: Final = (
    (
        N_("Person"),
        ("given_name", "family_name", "birth_date", "national_id", "phone", "email", "address", "risk_areas",
         "substance_use", "code"),
    ),
    (N_("Where"), ("stays", "district", "prison", "unit", "security_level")),
    (N_("Sentence"), ("sentence_start", "full_term_date", "two_thirds_date")),
    (N_("Release and parole"), ("parole_applied", "parole_decision", "parole_decided", "release_date", "release_kind")),
    (N_("NAV"), ("nav_state", "nav_municipal")),
    (N_("Team"), ("worker", "coworker")),
)  # fmt: skip
PERSONAL: Final = {
    "given_name", "family_name", "birth_date", "national_id", "phone", "email", "address", "risk_areas",
    "substance_use",
}  # fmt: skip
SUGGESTED: Final = {"district", "prison"}
HINTS: Final = {
    "given_name": N_("A name is enough to begin with; everything else can be filled in later."),
    "national_id": N_("Eleven digits; D-numbers too. Shown in full only while you are here."),
    "risk_areas": N_("Where the person is at risk if seen; shown before a visit is planned."),
    "substance_use": N_(
        "As the participant tells it; nothing chosen is not recorded. Yes: a prompt in the first weeks."
    ),
    "code": N_("What stands where names are hidden. Left empty, the program gives one."),
    "two_thirds_date": N_("The date the authorities have given. A computed candidate beside it is a candidate only."),
    "release_date": N_("The day the person leaves prison, as far as it is known."),
}
DATE_HINT: Final = N_("As in 22.11.2026, 22/11-26, today, +3d or week 48.")


class ParticipantForm(ReadableForm):
    """Changes a participant's record, or enters a candidate when `participant` is None; the result is the id."""

    HELP: ClassVar[str] = N_(
        "Everything known about a participant. Nothing has to be filled in. Only what you change is saved, so a "
        "colleague can work on the same record. What looks wrong is said below and does not hinder saving."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "participant",
            N_("Participant"),
            lambda case, whom, kept: ParticipantForm(case, whom.participant or None),
            candidates,
        ),
    )

    def __init__(self, case: Case, participant: int | None = None) -> None:
        super().__init__(case, participant or 0)
        self.form_name = "participant"
        self.participant = participant
        self._file: ParticipantFile | None = None

    def fields(self) -> list[FormField]:
        return [
            self._field(key, _(heading) if number == 0 else "")
            for heading, keys in SECTIONS
            for number, key in enumerate(keys)
        ]

    def _field(self, key: str, heading: str) -> FormField:
        hint = HINTS.get(key, DATE_HINT if key in participants.DATE_FIELDS else "")
        about = About(key, _(LABELS[key]), _(hint), heading, personal=key in PERSONAL)
        choices = self.case.programme.choices.get(key, ())
        if key in participants.DATE_FIELDS:
            return DateField(about, self.case.clock, "past" if key == "birth_date" else "nearest")
        if key in participants.STAFF_FIELDS:
            return StaffField(about)
        if key in LONG_FIELDS:
            return TextBox(about, limit=LONG_LIMIT)
        if key == "national_id":
            return NationalIdField(about)
        if key in SUGGESTED:
            return SuggestField(about, choices)
        if choices:
            return ChoiceField(about, named(choices))
        return LineField(about)

    async def load(self) -> Mapping[str, str]:
        self._file, team = await self.case.store.ask(_load_record, self.participant)
        for key in participants.STAFF_FIELDS:
            chosen = self._file.values[key] if self._file else None
            field = self.field(key)
            assert isinstance(field, StaffField)
            field.offer_team(team, chosen)
        if self._file is None:
            return {"worker": str(self.case.store.actor.staff_id or "")}
        self.version = self._file.version
        return {key: self.field(key).show(value) for key, value in self._file.values.items()}

    def heading(self) -> list[Piece]:
        if self._file is None:
            return [(_("New candidate"), HEADING)]
        who = self.case.called(self._file.code, self._file.name)
        return [(_("Participant · {who}").format(who=who), HEADING)]

    def changed(self, field: FormField) -> None:
        if field.about.key in participants.DATE_FIELDS or field.about.key == "national_id":
            self.settle()
            self.draw_warnings()

    def settle(self) -> None:
        """The computed date stands beside the field and never in it: the authorities decide."""
        field, limits = self.field("two_thirds_date"), self.case.programme.limits
        day = two_thirds_candidate(self.day("sentence_start"), self.day("full_term_date"), limits)
        note = _("candidate, computed: {date}").format(date=format_date(day)) if day else ""
        if note != field.note:
            field.note = note
            self.form.draw_label(field)

    def warnings(self) -> Sequence[str]:
        dates: dict[str, Any] = {key: self.day(key) for key in participants.DATE_FIELDS}
        texts = {key: self.field(key).written for key in ("national_id", "phone")}
        entered = self.case.today if self.participant is None else None
        return participants.advice({**dates, **texts}, entered)

    def on_descendant_blur(self) -> None:
        """A phone number is judged when it is written, not while it is."""
        super().on_descendant_blur()
        self.draw_warnings()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if self.participant is None:
            given = {key: value for key, value in values.items() if value or key in participants.STAFF_FIELDS}
            return await store.change(participants.add, given)
        await store.change(participants.change, self.participant, version or 0, values)
        return self.participant


class StaffField(ChoiceField):
    """A choice of one colleague; the value is the id, or None."""

    def offer_team(self, team: Iterable[Colleague], *chosen: int | None) -> None:
        """Let one who is active be chosen, or who was."""
        self.offer(named(one for one in team if one.active or one.id in chosen))

    def read(self) -> int | None:
        return int(self.written) if self.written else None


def _load_record(reading: Reading, participant: int | None) -> tuple[ParticipantFile | None, list[Colleague]]:
    found = None if participant is None else participants.file_of(reading, participant)
    return found, staff.team(reading, active_only=False)


def at_field(case: Case, participant: int, field: str) -> ParticipantForm:
    """A participant's record, with one field as the one that is meant."""
    form = ParticipantForm(case, participant)
    form.meant = field
    return form
