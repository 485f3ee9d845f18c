"""The form for a participant's own record, and for a new candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.participants import agreed, doubles, participants
from models.participants.agreed import Held
from models.participants.participants import LABELS, LONG_FIELDS, ParticipantFile
from models.participants.sentence import computed_two_thirds
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from models.values.national_id import proposed_birth_date
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.doubles import Doubles, Known
from screens.forms.draft_keeper import DraftKind, candidates
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField, NationalIdField
from screens.forms.reading import ReadableForm
from screens.forms.suggest_fields import ListedField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.frame.destinations import PARTICIPANT
from screens.participant.agreed import follows
from screens.widgets.line import HEADING, Piece

LONG_LIMIT: Final = 2_000
SECTIONS: Final = (
    (
        N_("Person"),
        ("given_name", "family_name", "birth_date", "national_id", "phone", "email", "address", "risk_areas",
         "substance_use", "code"),
    ),
    (N_("Where"), ("stays", "district", "prison", "unit", "security_level")),
    (N_("Sentence"), ("sentence_kind", "sentence_start", "full_term_date", "two_thirds_date")),
    (N_("Release and parole"), ("parole_applied", "parole_decision", "parole_decided", "release_date", "release_kind")),
    (N_("Nav"), ("nav_state", "nav_municipal")),
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
    "sentence_start": N_("The credited start: days on remand count, so it is as much earlier as they were."),
    "full_term_date": N_("The last day of the sentence, or of the time frame of preventive detention."),
    "two_thirds_date": N_("The date the correctional service has given. The computed one beside it is an estimate."),
    "release_date": N_("The day the person leaves prison, as far as it is known."),
}
DATE_HINT: Final = N_("E.g. 22.11.2026, 22/11-26, today, +3d or week 48.")


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
        self.doubles = ParticipantDoubles(self, participant or 0)
        self._file: ParticipantFile | None = None
        self._held: Sequence[Held] = ()

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
            return DateField(about, self.case.clock, "birth" if key == "birth_date" else "nearest")
        if key in participants.STAFF_FIELDS:
            return StaffField(about)
        if key in LONG_FIELDS:
            return TextBox(about, limit=LONG_LIMIT)
        if key == "national_id":
            return NationalIdField(about)
        if key in SUGGESTED:
            return ListedField(about, choices)
        if choices:
            return ChoiceField(about, named(choices))
        return LineField(about)

    async def load(self) -> Mapping[str, str]:
        self._file, team, self._held = await self.case.store.ask(_load_record, self.participant)
        for key in participants.STAFF_FIELDS:
            chosen = self._file.values[key] if self._file else None
            field = self.field(key)
            assert isinstance(field, StaffField)
            offered = field.offer_workers if key == "worker" else field.offer_team
            offered(team, chosen)
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
        if field.about.key in (*participants.DATE_FIELDS, "national_id", "sentence_kind"):
            self.settle()
            self.draw_warnings()
        elif field.about.key == "worker":
            self.draw_warnings()
        if field.about.key in doubles.TELLING:
            self.doubles.ask_soon()

    def settle(self) -> None:
        """What is computed stands beside its field and never in it: the authorities decide, the person knows."""
        limits = self.case.programme.limits
        kind = self.field("sentence_kind").written
        day = computed_two_thirds(kind, self.day("sentence_start"), self.day("full_term_date"), limits)
        self._note("two_thirds_date", _("computed: {date}").format(date=format_date(day)) if day else "")
        number = self.field("national_id")
        born = None if number.veiled or self.day("birth_date") else proposed_birth_date(number.written)
        self._note("birth_date", _("the D-number says {date}: ask").format(date=format_date(born)) if born else "")

    def _note(self, key: str, note: str) -> None:
        field = self.field(key)
        if note != field.note:
            field.note = note
            self.form.draw_label(field)

    def warnings(self) -> Sequence[str]:
        dates: dict[str, Any] = {key: self.day(key) for key in participants.DATE_FIELDS}
        texts = {key: self.field(key).written for key in ("national_id", "phone")}
        entered = self.case.today if self.participant is None else None
        told = [*self.doubles.told(), *participants.advice({**dates, **texts}, entered)]
        chosen, before = self.field("worker").written, self._file.values["worker"] if self._file else None
        return [*told, *(follows(self.case, self._held) if chosen not in ("", str(before or "")) else ())]

    async def may_save(self) -> bool:
        return await self.doubles.may_save()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store = self.case.store
        if self.participant is None:
            given = {key: value for key, value in values.items() if value or key in participants.STAFF_FIELDS}
            return await store.change(participants.add, given)
        await store.change(participants.change, self.participant, version or 0, values)
        return self.participant


class ParticipantDoubles(Doubles):
    """Who in the caseload may be the person of a form; those of a record are asked for where it says otherwise now."""

    def __init__(self, form: FormScreen, participant: int) -> None:
        super().__init__(form, self._known)
        self._participant = participant

    async def _known(self) -> list[Known]:
        form, case = self._form, self._form.case
        if self._participant and not any(field.about.key in doubles.TELLING for field in form.edited):
            return []
        known = {field.about.key for field in form.form.fields}.intersection(doubles.TELLING)
        values = {key: form.day(key) if key == "birth_date" else form.field(key).written for key in known}
        return [
            Known(one.participant, called := case.called(one.code, one.name), one.told(called))
            for one in await case.store.ask(doubles.doubles, values, self._participant)
        ]

    async def may_save(self) -> bool:
        """Ask, and go to somebody who is there already if that is the answer; the form is kept, and below them."""
        answer = await self.chosen()
        if answer:
            await self._form.keep()
            await self._form.open(PARTICIPANT, answer)
        return answer == 0


class StaffField(ChoiceField):
    """A choice of one colleague; the value is the id, or None."""

    of_people = True

    def offer_team(self, team: Iterable[Colleague], *chosen: int | None) -> None:
        """Let one who is active be chosen, or who was."""
        self.offer(named(one for one in team if one.active or one.id in chosen))

    def offer_workers(self, team: Iterable[Colleague], *chosen: int | None) -> None:
        """Let one who can be responsible be chosen, or who was."""
        self.offer(named(one for one in team if one.works or one.id in chosen))

    def read(self) -> int | None:
        return int(self.written) if self.written else None


def _load_record(
    reading: Reading, participant: int | None
) -> tuple[ParticipantFile | None, list[Colleague], Sequence[Held]]:
    """The record, the team, and what waits for whoever is responsible."""
    found = None if participant is None else participants.file_of(reading, participant)
    worker = found.values["worker"] if found else None
    held = agreed.held(reading, worker, participant) if worker is not None else ()
    return found, staff.team(reading, active_only=False), held


def at_field(case: Case, participant: int, field: str) -> ParticipantForm:
    """A participant's record, with one field as the one that is meant."""
    form = ParticipantForm(case, participant)
    form.meant = field
    return form
