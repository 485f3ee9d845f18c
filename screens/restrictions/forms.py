"""Two forms: who may see a participant, and opening a restricted one with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.words import N_, _
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.restrictions import restrictions
from models.restrictions.restrictions import LABELS, REASON_LIMIT, Restricted
from models.roles.rights import LEADER, Right
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.team import staff
from models.team.staff import Colleague
from screens.forms.choice_field import TicksField
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.widgets.line import DIM, HEADING, Piece


class RestrictForm(FormScreen):
    """Restricts a participant to leaders and named colleagues, or changes to whom; the result is the participant."""

    HELP: ClassVar[str] = N_(
        "From the moment this is saved, the participant and everything about them is there for team leaders and the "
        "colleagues ticked here alone: on no board, in no list, search, number, paper or export of anybody else. In an "
        "emergency a colleague who has the full code can open the participant with a reason; you are shown that."
    )

    TAKES = Right.RESTRICT
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("restrict", N_("Who may see"), lambda case, whom, kept: RestrictForm(case, whom.participant)),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = "restrict"
        self.participant = participant
        self._file: ParticipantFile | None = None

    def fields(self) -> list[FormField]:
        who = _("↑ ↓ and Space; team leaders see everybody. Whoever becomes responsible is ticked by that.")
        why = _("Why not everybody may see them; whoever may, reads it.")
        return [
            TicksField(About("may_see", _(LABELS["may_see"]), who)),
            TextBox(About("reason", _(LABELS["reason"]), why, personal=True), limit=REASON_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        self._file, found, proposed, team = await self.case.store.ask(_known, self.subject)
        field = self.field("may_see")
        assert isinstance(field, TicksField)
        field.offer(named(one for one in team if one.role != LEADER))
        self.version = found.version if found else None
        may_see = found.may_see if found else proposed
        return {"may_see": " ".join(map(str, may_see)), "reason": found.reason if found else ""}

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.code, self._file.name)
        return [(_("Who may see · {who}").format(who=who), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(restrictions.restrict, restrictions.change, values, version)


def _known(
    reading: Reading, participant: int
) -> tuple[ParticipantFile, Restricted | None, tuple[int, ...], list[Colleague]]:
    return (
        participants.file_of(reading, participant),
        restrictions.of(reading, participant),
        restrictions.proposed(reading, participant),
        staff.team(reading),
    )


class OpeningForm(FormScreen):
    """Opens a restricted participant for the rest of the day; the result is the participant."""

    HELP: ClassVar[str] = N_(
        "A participant may be restricted to some colleagues. With the full code and a reason you see them at once, for "
        "the rest of the day. It is written down, and the team leaders are shown it with your reason."
    )

    TAKES = Right.OPEN
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "open_restricted", N_("Open a restricted one"), lambda case, whom, kept: _opening_again(case, kept), teams
        ),
    )

    def __init__(self, case: Case, code: str = "") -> None:
        super().__init__(case, 0)
        self.form_name = "open_restricted"
        self._code = code

    def fields(self) -> list[FormField]:
        code = _("All of it, as EX-012: who is restricted cannot be searched for.")
        why = _("Why you must see them now; the team leaders read it.")
        return [
            LineField(About("code", _("Code"), code), limit=30),
            TextBox(About("reason", _(LABELS["reason"]), why, personal=True), limit=REASON_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        return {"code": self._code}

    def heading(self) -> list[Piece]:
        told = _("You see them until midnight. The team leaders are told that you did, and why.")
        return [(_("Open a restricted participant"), HEADING), (told, DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(restrictions.open_, values["code"], values["reason"])


def _opening_again(case: Case, kept: KeptForm) -> OpeningForm:
    form = OpeningForm(case)
    form.offer.take_up = kept.id
    return form
