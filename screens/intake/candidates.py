"""Everybody in intake, whoever has waited longest first, and the forms for a candidate whom somebody refers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from config.dates import days_told, short_date
from config.words import N_, _, n_, p_
from models.intake import intakes
from models.intake import reading as intake_reading
from models.intake import waiting as intake_waiting
from models.intake.intake_talks import LABELS, NOTE_LIMIT
from models.intake.reading import IntakeFile
from models.intake.waiting import WaitingLine
from models.participants import participants
from models.participants.participants import LABELS as PERSON
from models.team import staff
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, candidates
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, About, FormField, LineField
from screens.forms.suggest_fields import ListedField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import named
from screens.frame.destinations import INTAKE, PARTICIPANT
from screens.frame.moving import ListKeys
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.participant.form import DATE_HINT, ParticipantDoubles, StaffField
from screens.team.assigning import give_worker
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

WAITS: Final = 1
NAMES: Final = ("given_name", "family_name")
DATES: Final = ("full_term_date", "release_date")
REFERRAL: Final = ("referred_by", "referral_note")


class CandidateList(ColumnedList[WaitingLine]):
    """One line a candidate: how long, for what, who sees to it, who referred them."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody is in intake. n enters somebody who is referred."))
        self.case = case

    def heads(self) -> Sequence[Cell]:
        words = (_("Candidate"), _("waits"), _("for"), _("held"), _("who"), p_("above a column", "since"), "")
        return [Cell((text, DIM), at_right=place == WAITS) for place, text in enumerate(words)]

    def cells(self, row: WaitingLine, part: int) -> Sequence[Cell]:
        days = row.days(self.case.today)
        long = self.case.programme.phase(1).contact_days
        style = ALARM if long and days > 2 * long else WARN if long and days > long else PLAIN
        waits = days_told(days)
        talk = str(row.talk.name) if row.talk is not None else _("the decision")
        total = len(self.case.programme.method.intake.talks)
        return [
            Cell((self.case.called(row.code, row.name), BOLD), least=12),
            Cell((waits, style), at_right=True),
            Cell((talk, PLAIN), least=12),
            Cell((f"{row.held}/{total}", DIM)),
            Cell((row.worker or "–", PLAIN if row.worker else ALARM)),
            Cell((short_date(row.opened), DIM)),
            told(HIDDEN if row.referred_by and self.case.private else flat(row.referred_by), DIM, least=12),
        ]


class CandidatesScreen(ListKeys, CaseScreen[int]):
    """The result is a participant when something was changed here, else None."""

    moving: CandidateList
    SCOPE = "candidates"
    HELP: ClassVar[str] = N_(
        "Everybody in the intake phase: how long they have waited for the next talk, or for the decision when all "
        "talks are held. Waiting is a risk. A candidate whom another team or agency refers comes in here, in a few "
        "fields."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {"candidates.open": INTAKE, "candidates.participant": PARTICIPANT}

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving = CandidateList(case)
        self.mine = case.settings.board_scope == "mine" and case.store.actor.may_write
        self._touched: int | None = None
        self._newest: int | None = None

    def body(self) -> ComposeResult:
        yield Lines(1, id="candidates-head")
        yield self.moving.titles
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    @property
    def concerned(self) -> int | None:
        return self.moving.row.participant if self.moving.row is not None else None

    async def refresh_case(self) -> None:
        store, worker = self.case.store, self.case.store.actor.staff_id if self.mine else None
        count = await store.ask(intake_waiting.count, worker)
        await self.moving.show(
            [Group("", "", count)], lambda offset, limit: store.ask(intake_waiting.waiting, worker, offset, limit)
        )
        whose = _("my caseload") if self.mine else _("the whole team")
        many = n_("{count} candidate", "{count} candidates", count).format(count=count)
        self.query_one("#candidates-head", Lines).show(
            [[(" " + _("In intake"), HEADING), (f"   {many} · {whose}", PLAIN)]]
        )
        self._go_to_newest()
        self.draw_foot()

    def _go_to_newest(self) -> None:
        """The mark goes to whoever was just referred, once they are among the rows."""
        for index in range(self.moving.count) if self._newest is not None else ():
            row = self.moving.row_at(index)
            if row is not None and row.participant == self._newest:
                self.moving.go(index)
                self._newest = None

    def on_windowed_list_marked(self) -> None:
        self.draw_foot()

    async def action_refer(self) -> None:
        """Enter somebody who is referred."""
        participant = await self.ask(ReferralForm(self.case))
        if participant is not None:
            self._touched = self._newest = participant
            await self.refresh_case()
            self.say(_("Saved."))

    async def action_assign(self) -> None:
        """Make a colleague responsible for the candidate under the mark, who stays under it."""
        participant = self.moving.marked.participant
        if told := await give_worker(self, participant):
            self._touched = self._newest = participant
            await self.refresh_case()
            self.say(told)

    async def action_scope(self) -> None:
        """My caseload, or the whole team's."""
        self.mine = not self.mine
        await self.refresh_case()

    def action_close(self) -> None:
        """Back to the board."""
        self.dismiss(self._touched)


def _referral_fields() -> list[FormField]:
    who = _("The team, the office and the person who asks.")
    why = _("What they say about it, and what the candidate has been told.")
    return [
        LineField(About("referred_by", _(LABELS["referred_by"]), who)),
        TextBox(About("referral_note", _(LABELS["referral_note"]), why), limit=NOTE_LIMIT),
    ]


class ReferralForm(FormScreen):
    """Enters a candidate; the result is the participant's id."""

    HELP: ClassVar[str] = N_(
        "A candidate whom another team or agency refers, in a few fields. Who refers is asked for; everything else can "
        "come later, in the participant's record. The intake begins today."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("referral", N_("Referral"), lambda case, whom, kept: ReferralForm(case), candidates),
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case, 0)
        self.form_name = "referral"
        self.doubles = ParticipantDoubles(self, 0)

    def fields(self) -> list[FormField]:
        choices = self.case.programme.choices
        return [
            *(LineField(About(key, _(PERSON[key]), personal=True)) for key in NAMES),
            DateField(
                About("birth_date", _(PERSON["birth_date"]), _(DATE_HINT), personal=True), self.case.clock, "birth"
            ),
            ListedField(About("prison", _(PERSON["prison"])), choices["prison"]),
            ChoiceField(About("security_level", _(PERSON["security_level"])), named(choices["security_level"])),
            *(DateField(About(key, _(PERSON[key]), _(DATE_HINT)), self.case.clock, "nearest") for key in DATES),
            StaffField(About("worker", _(PERSON["worker"]))),
            *_referral_fields(),
        ]

    async def load(self) -> Mapping[str, str]:
        team = await self.case.store.ask(staff.team)
        worker = self.field("worker")
        assert isinstance(worker, StaffField)
        worker.offer_workers(team)
        return {"worker": str(self.case.store.actor.staff_id or "")}

    def heading(self) -> list[Piece]:
        return [(_("A candidate who is referred"), HEADING)]

    def changed(self, field: FormField) -> None:
        self.draw_warnings()
        if field.about.key in (*NAMES, "birth_date"):
            self.doubles.ask_soon()

    def warnings(self) -> Sequence[str]:
        """Who is there already, and what looks wrong among the dates."""
        dates = {key: self.day(key) for key in ("birth_date", *DATES)}
        return [*self.doubles.told(), *participants.advice(dates, self.case.today)]

    async def may_save(self) -> bool:
        return await self.doubles.may_save()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        person = {name: value for name, value in values.items() if name not in REFERRAL}
        return await self.case.store.change(intakes.refer, person, *(values[name] for name in REFERRAL))


class ReferralChangeForm(FormScreen):
    """Corrects who referred a candidate and what was said; the result is the intake's id."""

    HELP: ClassVar[str] = N_("Who referred the candidate, and what they said about it.")

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "referral_change", N_("Referral"), lambda case, whom, kept: ReferralChangeForm(case, whom.participant)
        ),
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.form_name = "referral_change"
        self.participant = participant
        self._file: IntakeFile | None = None

    def fields(self) -> list[FormField]:
        return _referral_fields()

    async def load(self) -> Mapping[str, str]:
        self._file = await self.case.store.ask(intake_reading.file_of, self.subject)
        self.version = self._file.version
        return self.texts_of(self._file)

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        who = self.case.called(self._file.person.code, self._file.person.name)
        return [(_("Referral · {who}").format(who=who), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.case.store.change(intakes.change_referral, self.subject, version or 0, values)
