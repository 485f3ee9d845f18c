"""Two forms: handing one participant over to a colleague, and handing over a whole caseload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from config.words import N_, _, n_
from models.hand_overs import hand_overs
from models.hand_overs.hand_overs import FIELDS, NOTE_LIMIT
from models.participants import agreed, participants
from models.participants.agreed import Held
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from models.team import absences, staff
from models.team.staff import Colleague
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.participant.agreed import follows
from screens.participant.form import StaffField
from screens.widgets.line import DIM, HEADING, Piece


class _Handing(FormScreen, abstract=True):
    """What both forms have: to whom, the note, and what taking over would mean for that colleague."""

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case, subject)
        self._names: Mapping[int, str] = {}
        self._advice: Mapping[int, Sequence[str]] = {}
        self._held: Sequence[Held] = ()

    def fields(self) -> list[FormField]:
        hint = _("← → or the first letter. Open tasks, and appointments to go along to or drive, follow.")
        note = _("What the one who takes over should know first; kept with the hand-over.")
        return [
            StaffField(About("worker", _(FIELDS["to_staff"]), hint)),
            TextBox(About("note", _(FIELDS["note"]), note), limit=NOTE_LIMIT),
        ]

    async def _offer_team(self, worker: int | None, people: Sequence[int]) -> Mapping[str, str]:
        """Offer the team but for the `worker` of now; answers the texts, with whoever is likeliest to take over."""
        # What it would mean for each is read once, so that choosing costs nothing.
        team, cover, self._advice, self._held = await self.case.store.ask(_who_could, worker, people)
        self._names = {one.id: one.name for one in team}
        field = self.field("worker")
        assert isinstance(field, StaffField)
        could = [one for one in team if one.works and one.id != worker]
        field.offer(named(could))
        return {"worker": str(cover or "")}

    def going_along(self) -> list[Piece]:
        """What waits for the one who hands over and becomes the other's, for the lines above the fields."""
        return [(line, DIM) for line in follows(self.case, self._held)]

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
        self.participant = participant
        self._file: ParticipantFile | None = None

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(participants.file_of, self.subject)
        return await self._offer_team(self._file.values["worker"], [self.subject])

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        now = _("Responsible now: {name}").format(name=self._file.worker_name or _("nobody"))
        return [(_("Hand over · {who}").format(who=who), HEADING), (now, DIM), *self.going_along()]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        seen = version or (self._file.version if self._file else None)
        return await self.case.store.change(hand_overs.hand_over, self.subject, values["worker"], values["note"], seen)


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
        self._people: Sequence[int] = ()

    async def load(self) -> Mapping[str, str]:
        self._people = await self.case.store.ask(hand_overs.caseload, self.subject)
        return await self._offer_team(self.subject, self._people)

    def heading(self) -> list[Piece]:
        if not self._names:
            return []
        count = n_("{count} participant goes over.", "{count} participants go over.", len(self._people))
        return [
            (_("Hand over the whole caseload · {name}").format(name=self._names.get(self.subject, "")), HEADING),
            (count.format(count=len(self._people)), DIM),
            *self.going_along(),
        ]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        self._receiver = self._names.get(values["worker"], "")
        return await self.case.store.change(hand_overs.hand_over_all, self.subject, values["worker"], values["note"])

    def told(self, count: int) -> str:
        """What was done, for the screen below to say."""
        words = n_(
            "{count} participant was handed over to {name}. u to undo.",
            "{count} participants were handed over to {name}. u to undo.",
            count,
        )
        return words.format(count=count, name=self._receiver)


def _who_could(
    reading: Reading, worker: int | None, people: Sequence[int]
) -> tuple[list[Colleague], int | None, dict[int, Sequence[str]], list[Held]]:
    """Everybody who is or was in the team, whoever covers today, what taking over would mean, and what goes along."""
    team = staff.team(reading, active_only=False)
    cover = None if worker is None else absences.cover_of(reading, worker, reading.today)
    held = [] if worker is None else [one for one in agreed.held(reading, worker) if one.participant in people]
    return team, cover, {one.id: hand_overs.advice(reading, one.id, people) for one in team if one.active}, held
