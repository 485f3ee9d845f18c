"""A participant's phase reviews: those owed and open, those sealed, and the way to begin one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.errors import ExinError
from config.words import N_, _, n_
from models.intake.reading import OUTCOMES
from models.participants import participants
from models.phases.owed_review import OPEN, OWED, SEALED
from models.reviews import intake_decisions, reviews
from models.reviews import reading as review_reading
from models.reviews.intake_decisions import IntakeDecision
from models.reviews.reading import ReviewLine
from models.storage import drafts
from screens.frame.case import Case
from screens.frame.chooser import Option, agreed, choose
from screens.frame.destinations import INTAKE
from screens.frame.dialog import AboutParticipant
from screens.reviews.fields import REVIEW_FORM
from screens.reviews.screen import screen_of
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines

STATES: Final = {OWED: N_("missing"), OPEN: N_("open"), SEALED: N_("sealed")}


class ReviewList(ColumnedList[ReviewLine | IntakeDecision]):
    """One line a review: its state, its transition, and what it decided or waits for."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("No phase review yet. n begins one."))
        self.case = case

    def alike(self, row: ReviewLine | IntakeDecision, part: int) -> Hashable:
        return ()

    def cells(self, row: ReviewLine | IntakeDecision, part: int) -> Sequence[Cell]:
        known = self.case.programme.method.reviews.transition(row.transition)
        name = str(known.name) if known else row.transition
        if isinstance(row, IntakeDecision):
            told = f"{format_date(row.decided)}  {_(OUTCOMES[row.outcome])}"
            return [Cell((_("at intake"), DIM)), Cell((name, PLAIN), least=20), Cell((told, PLAIN), least=20)]
        state = _("missing") if row.owed and row.state == OWED else _(STATES[row.state])
        style = ALARM if row.owed else WARN if row.state == OPEN else DIM
        return [
            Cell((state, style)),
            Cell((name, PLAIN if row.state == SEALED else BOLD), least=20),
            Cell((self._about(row), PLAIN), least=20),
        ]

    def _about(self, row: ReviewLine) -> str:
        if row.state == SEALED:
            decision = str(self.case.programme.choice("review_decision", row.decision).name) if row.decision else ""
            parts = [format_date(row.sealed) if row.sealed else "", row.sealed_by, decision]
            if row.next_review:
                parts.append(_("next {date}").format(date=format_date(row.next_review)))
            return "  ".join(part for part in parts if part)
        moved = _("moved {date}").format(date=format_date(row.moved)) if row.moved else ""
        if row.state == OWED:
            return moved
        begun = _("begun {date} {who}, {count} answered").format(
            date=format_date(row.opened), who=row.opened_by, count=row.answers
        )
        return f"{begun}  {moved}".strip()


def _held(row: ReviewLine | IntakeDecision) -> date:
    return row.decided if isinstance(row, IntakeDecision) else row.sealed or row.opened


class ReviewsScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    SCOPE = "reviews"
    HELP: ClassVar[str] = N_(
        "The phase reviews of one participant: a review belongs to each transition, and one that was made without, as "
        "at a sudden release, owes it until it is held. An open review can be gone on with by anybody. A sealed one is "
        "read, printed, and added to with notes. The decision of an intake is the review of the move it made: it "
        "stands among them, and Enter opens the intake."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = ReviewList(case)
        self._proposed = ""

    def body(self) -> ComposeResult:
        yield Lines(2, id="reviews-head")
        yield self.moving

    async def refresh_case(self) -> None:
        who = self.participant
        file, lines, decided, self._proposed = await self.case.store.ask(
            lambda reading: (
                participants.file_of(reading, who),
                review_reading.of(reading, who),
                intake_decisions.of(reading, who),
                review_reading.proposed(reading, who),
            )
        )
        waiting = [line for line in lines if line.state != SEALED]
        held: list[ReviewLine | IntakeDecision] = [*(line for line in lines if line.state == SEALED), *decided]
        await self.moving.show_rows([*waiting, *sorted(held, key=_held, reverse=True)])
        title = _("Phase reviews · {who}").format(who=self.case.called(file.code, file.name))
        head: list[list[Piece]] = [[(" " + title, HEADING)]]
        transition = self.case.programme.method.reviews.transition(self._proposed)
        if transition is not None:
            head.append([(" " + _("Now due, it seems: {transition}").format(transition=transition.name), DIM)])
        self.query_one("#reviews-head", Lines).show(head)
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id in ("reviews.open", "reviews.discard") and row is None:
            key = self.case.keymap.shown("reviews.add")
            return _("There is no review yet; {key} begins one.").format(key=key)
        if action_id == "reviews.discard" and (isinstance(row, IntakeDecision) or (row and row.state != OPEN)):
            return _("Only an open review can be discarded.")
        return ""

    async def action_add(self) -> None:
        """Begin a review; the transition that comes next stands first."""
        found = self.case.programme.method.reviews.transitions
        ordered = sorted(found, key=lambda one: one.id != self._proposed)
        options = [
            Option(one.id, str(one.name), hint=_("proposed") if one.id == self._proposed else "") for one in ordered
        ]
        transition = await choose(self, _("A review of which transition?"), options)
        if transition is None:
            return
        before = [row.id for row in await self.case.store.ask(review_reading.of, self.participant) if row.state == OPEN]
        review = await self.case.store.change(reviews.begin, self.participant, transition)
        self._touched = True
        if await self.ask(await screen_of(self.case, review)) is None and review not in before:
            await self._drop_if_empty(review)
        await self.catch_up()
        await self.mark_saved(review)

    async def _drop_if_empty(self, review: int) -> None:
        """Back from a review begun just now: where nothing was written in it by anybody, it is not kept."""
        store = self.case.store
        if await store.ask(drafts.anybodys, REVIEW_FORM, review):
            return
        try:
            found = await store.ask(review_reading.file_of, review)
            if found.line.state == OPEN and not found.answers:
                await store.change(reviews.discard, review, found.line.version)
                owed = _("Nothing was written; the review is missing as before.")
                self.say(owed if found.line.moved else _("Nothing was written, so the review is not kept."))
                await self.catch_up()
        except ExinError as error:
            # A colleague has sealed it or taken it away in the meantime, and that stands.
            await self.read_again()
            self.say(error.text, warn=True)

    async def action_open(self) -> None:
        """Hold the one that is owed, go on with an open one, read a sealed one, or the intake that decided."""
        row = self.moving.row
        if isinstance(row, IntakeDecision):
            await self.open(INTAKE, self.participant)
        elif row is not None:
            answer = await self.ask(await screen_of(self.case, row.id))
            self._touched = self._touched or answer is not None

    async def action_discard(self) -> None:
        """Discard a review opened by mistake, after a question."""
        row = self.moving.row
        if not isinstance(row, ReviewLine):
            return
        discard = n_(
            "Yes, discard it and the {count} answer in it", "Yes, discard it and the {count} answers in it", row.answers
        )
        yes = discard.format(count=row.answers)
        if not await agreed(self, _("Discard this review?"), no=_("No, keep it"), yes=yes):
            return
        await self.case.store.change(reviews.discard, row.id, row.version)
        self._touched = True
        await self.catch_up()
        self.say(_("Discarded; u to undo."))
