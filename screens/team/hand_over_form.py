"""Two forms: handing one participant over to a colleague, and handing over a whole caseload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from config.words import N_, _, n_
from models.hand_overs import hand_overs
from models.hand_overs.hand_overs import FIELDS, NOTE_LIMIT, READER
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from models.team import absences, staff
from models.team.staff import Colleague
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.widgets.line import DIM, HEADING, Piece


class _Handing(FormScreen, abstract=True):
    """What both forms have: to whom, the note, and what taking over would mean for that colleague."""

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case, subject)
        self.people: Sequence[int] = ()
        self._advice: Mapping[int, Sequence[str]] = {}

    def fields(self) -> list[FormField]:
        hint = _("← → or the first letter. Open tasks and coming appointments follow.")
        note = _("What the one who takes over should know first; kept with the hand-over.")
        return [
            StaffField(About("worker", _(FIELDS["to_staff"]), hint)),
            TextBox(About("note", _(FIELDS["note"]), note), limit=NOTE_LIMIT),
        ]

    def _offer_team(self, team: Sequence[Colleague], but: int | None) -> None:
        field = self.field("worker")
        assert isinstance(field, StaffField)
        field.offer([Option(str(one.id), one.name) for one in team if one.role != READER and one.id != but])

    async def _foresee(self, team: Sequence[Colleague]) -> None:
        """What it would mean for each colleague, read once, so that choosing costs nothing."""
        self._advice = await self.case.store.ask(_advice, [one.id for one in team], self.people)

    def changed(self, field: FormField) -> None:
        if field.about.key == "worker":
            self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        chosen = self.field("worker").written
        return self._advice.get(int(chosen), ()) if chosen else ()


class HandOverForm(_Handing):
    """Hands one participant over; the result is the id of the hand-over."""

    HELP: ClassVar[str] = N_(
        "Makes another colleague responsible. What was yours to do with the participant is theirs from then on. The "
        "colleague finds a brief of everything known, with your note on top, until it is noted as read."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("hand_over", N_("Hand over"), lambda case, whom, kept: HandOverForm(case, whom.participant)),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = "hand_over"
        self._file: ParticipantFile | None = None

    async def load(self) -> Mapping[str, str]:
        file, team, cover = await self.case.store.ask(_one, self.subject)
        self._file = file
        self.people = (self.subject,)
        self._offer_team(team, file.values["worker"])
        await self._foresee(team)
        return {"worker": str(cover or "")}

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        now = _("Responsible now: {name}").format(name=self._file.worker_name or _("nobody"))
        return [(_("Hand over · {who}").format(who=who), HEADING), (now, DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        seen = self._file.version if self._file else None
        return await self.case.store.change(
            hand_overs.hand_over, self.subject, values["worker"], values["note"], version or seen
        )


class CaseloadForm(_Handing):
    """Hands a colleague's whole caseload over; the result is how many participants."""

    HELP: ClassVar[str] = N_(
        "Makes another colleague responsible for everybody a colleague is responsible for now. Each of them comes with "
        "a brief, to be read one by one. A colleague who would be over a limit is warned of, and a note then says why. "
        "It can be undone as a whole."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "hand_over_all", N_("Whole caseload"), lambda case, whom, kept: CaseloadForm(case, kept.subject), teams
        ),
    )

    def __init__(self, case: Case, from_staff: int) -> None:
        super().__init__(case, from_staff)
        self.form_name = "hand_over_all"
        self._receiver = ""
        self._name_now = ""

    async def load(self) -> Mapping[str, str]:
        self._name_now, self.people, team, cover = await self.case.store.ask(_all, self.subject)
        self._offer_team(team, self.subject)
        await self._foresee(team)
        return {"worker": str(cover or "")}

    def heading(self) -> list[Piece]:
        if not self._name_now:
            return []
        count = n_("{count} participant goes over.", "{count} participants go over.", len(self.people))
        return [
            (_("Hand over the whole caseload · {name}").format(name=self._name_now), HEADING),
            (count.format(count=len(self.people)), DIM),
        ]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        store, to_staff = self.case.store, values["worker"]
        count = await store.change(hand_overs.hand_over_all, self.subject, to_staff, values["note"])
        self._receiver = next((one.name for one in await store.ask(staff.team) if one.id == to_staff), "")
        return count

    def told(self, count: int) -> str:
        """What was done, for the screen below to say."""
        words = n_(
            "{count} participant was handed over to {name}. u takes it back.",
            "{count} participants were handed over to {name}. u takes it back.",
            count,
        )
        return words.format(count=count, name=self._receiver)


def _one(reading: Reading, participant: int) -> tuple[ParticipantFile, list[Colleague], int | None]:
    file = participants.file_of(reading, participant)
    return file, staff.team(reading), _cover(reading, file.values["worker"])


def _all(reading: Reading, from_staff: int) -> tuple[str, Sequence[int], list[Colleague], int | None]:
    name = str(reading.value("SELECT name FROM staff WHERE id = ?", [from_staff]) or "")
    return name, hand_overs.caseload(reading, from_staff), staff.team(reading), _cover(reading, from_staff)


def _cover(reading: Reading, worker: int | None) -> int | None:
    """Whoever covers today is the likeliest to take over."""
    return None if worker is None else absences.cover_of(reading, worker, reading.today)


def _advice(reading: Reading, team: Sequence[int], people: Sequence[int]) -> dict[int, Sequence[str]]:
    return {one: hand_overs.advice(reading, one, people) for one in team}
