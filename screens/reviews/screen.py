"""A phase review (drøft) that is held: shown step by step, written in by several, decided, sealed.

What is written to a prompt is a row of its own, so that a colleague can take the review up or write in it at the same
time. What is not saved yet is kept as an unfinished form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from config.actions import Action
from config.programme.method.reviews import Prompt
from config.words import N_, _
from models.phases.owed_review import SEALED, ReviewError
from models.reviews import reading as review_reading
from models.reviews.brief import Known, known_of
from models.storage.drafts import KeptForm
from screens.forms.body import FormHint, FormLines
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.screen import CaseScreen
from screens.frame.sudden import take_away
from screens.reviews import short as short_form
from screens.reviews.fields import PROMPT, REVIEW_FORM, ReviewBody, all_fields, first_texts, offer, prompt_key
from screens.reviews.pages import (
    AGREED_STEP,
    BRIEF_STEP,
    DECISION_STEP,
    DECISIONS,
    SEALS,
    SHORT,
    SHORT_STEP,
    Step,
    answered_lines,
    folded_line,
    page_lines,
    steps_of,
    warning_lines,
)
from screens.reviews.sealed import SealedReviewScreen
from screens.reviews.writing import Answers, Sealing, read
from screens.widgets.line import BOLD, HEADING, Piece, cut, right
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

BESIDE_FROM: Final = 110
AROUND: Final = 7
"""The lines of a step that are neither facts nor fields nor warnings: title, heading, gap, hint, message and keys."""
BESIDE_WIDTH: Final = 55
WARNINGS_LEAST: Final = 3
FACTS_LEAST: Final = 3
SEEN: Final = "_seen:"


class ReviewScreen(FormScreen):
    """Holds one review that is owed or open; the result is its id when it was sealed or written in, else None.

    `at` is the step that is shown, unless it is held in `short`.
    """

    SCOPE = "review"
    CSS_PATH: ClassVar[Any] = [FormScreen.CSS_PATH, Path(__file__).with_name("review.tcss")]
    HELP: ClassVar[str] = N_(
        "A phase review, step by step. First what the program knows; then what there is room for, what limits, and "
        "what is special here; then the questions of this transition and the participant's own view; then the "
        "decision, with what it does to the workload, and what was agreed. What you write is saved when you leave a "
        "step, so you can stop anywhere and anybody can go on; two can write at once. A review that is missing since a "
        "move opens in short, on one page, and is sealed from it; what stands in one form stands in the other. Sealing "
        "closes it for good: after that only notes are added."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            REVIEW_FORM,
            N_("Phase review"),
            lambda case, whom, kept: screen_of(case, kept.subject),
            whose(lambda reading, review: review_reading.file_of(reading, review).line.participant),
        ),
    )

    def __init__(self, case: Case, known: Known) -> None:
        super().__init__(case, known.file.line.id)
        self.form_name = REVIEW_FORM
        self.steps = steps_of(known.file)
        self.at = 0
        self.short = short_form.begins(case.programme, known)
        self.answers = Answers(self, known)
        self.sealing = Sealing(self, self.answers, self.show)
        self._folded = False

    # ------------------------------------------------------------------ composing and loading

    def fields(self) -> list[FormField]:
        return all_fields(self.case, self.known.file)

    def body(self) -> ComposeResult:
        self.form = ReviewBody(self.fields())
        self._shape = short_form.Shape(self.form, self.known.file)
        yield Lines(1, id="review-title")
        yield FormLines(5, id="form-head")
        with Container(id="review-body"):
            yield ReadLines(id="review-facts")
            yield self.form
        yield ReadLines(id="review-warnings")
        yield FormLines(3, id="form-warnings")
        yield FormHint()

    async def load(self) -> Mapping[str, str]:
        known = self.known
        self.version = known.file.line.version
        offer(self.form, known.team, known.lasting, self.case)
        self.answers.see_all()
        return first_texts(known, self.case.store.actor.name)

    def first_field(self) -> Widget:
        fields = [field for field in self.form.fields if field.display and field.can_focus]
        return fields[0] if fields else self.facts

    def settle(self) -> None:
        """Show the step, or the one where something was left unsaved."""
        if self.offer.laid is not None and not self.at:
            keys = set(self.offer.laid.fields)
            found = (number for number, step in enumerate(self.steps) if keys.intersection(self._keys(step)))
            self.at = next(found, 0)
        self._lay_out()

    async def refresh_case(self) -> None:
        """Take in what colleagues wrote, but for what is being written here; leave when the review was closed."""
        try:
            known = await self.case.store.ask(known_of, self.subject)
        except ReviewError as error:
            await take_away(self, error.text)
            return
        if known.file.line.state == SEALED and not self.sealing.under_way:
            said = _("{who} has sealed this review.").format(who=known.file.line.sealed_by)
            if any(field.about.key.startswith(PROMPT) for field in self.edited):
                said += " " + _("What you had not saved is kept: add it as a note.")
            await take_away(self, said)
            return
        self.answers.take_in(known)
        self.draw()

    # ------------------------------------------------------------------ drawing

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return SHORT if self.short else self.steps[self.at]

    @property
    def known(self) -> Known:
        """All that is known of the review."""
        return self.answers.known

    @property
    def looked_at(self) -> int | None:
        return self.known.file.line.participant

    @property
    def facts(self) -> ReadLines:
        """What is read in the step."""
        return self.query_one("#review-facts", ReadLines)

    @property
    def warned(self) -> ReadLines:
        """What a move is warned of."""
        return self.query_one("#review-warnings", ReadLines)

    def _keys(self, step: Step) -> Collection[str]:
        """The fields of a step, as far as the decision asks for them."""
        if step.prompt is not None:
            return {prompt_key(step.prompt.id)}
        if step.kind == SHORT_STEP:
            return short_form.keys(self.case.programme, self.answers, [field.about.key for field in self.edited])
        if step.kind == DECISION_STEP:
            return self.answers.decision.asked
        return self.answers.decision.agreed if step.kind == AGREED_STEP else ()

    def _show_fields(self) -> Collection[str]:
        """Show the fields of the step and no other; answers their keys."""
        keys = self._keys(self.step)
        for field in self.form.fields:
            field.display = field.about.key in keys
        return keys

    def _lay_out(self) -> None:
        self._shape.take(short=self.short)
        asks = bool(self._show_fields())
        self.form.display = asks
        self.query_one(FormHint).display = asks
        self.form.scroll_to(y=0, animate=False)
        self._lay_facts()

    def _lay_facts(self) -> None:
        width, height = self.app.size
        beside = width >= BESIDE_FROM and bool(self._keys(self.step))
        self.query_one("#review-body").set_class(beside, "beside")
        facts, decides = self.facts, self.step.kind in DECISIONS
        page = len(self._page(BESIDE_WIDTH if beside else width))
        facts.show(self._page)
        facts.top = 0
        facts.display = bool(page)
        # What the decision does to the workload is always seen whole, and the warnings have what is left.
        most = page if decides else max(FACTS_LEAST, (height - 8) // 2)
        facts.styles.height = "1fr" if beside or not self.form.display else min(page, most)
        fields = [field for field in self.form.fields if field.display]
        rows = sum((2 if isinstance(field, TextBox) else 1) + bool(field.about.heading) for field in fields)
        room = height - AROUND - (max(rows, page) if beside else rows + page)
        self._lay_warned(width, max(WARNINGS_LEAST, room) if decides else 0)

    def _lay_warned(self, width: int, room: int) -> None:
        """Below the fields, all of them where they fit, else with their number above and to be scrolled."""
        lines = len(warning_lines(self._warned(), width))
        self._folded, self.warned.can_focus = lines > room, lines > room
        self.warned.display = bool(room and lines)
        self.warned.styles.height = min(lines, room)
        self.warned.top = 0
        self.warned.show(self._warnings_page)

    def _page(self, width: int) -> Sequence[Sequence[Piece]]:
        if self.short and self.app.size.width < BESIDE_FROM:
            return []
        return page_lines(self.case, self.known, self.step, self.answers.decision, width)

    def _warnings_page(self, width: int) -> Sequence[Sequence[Piece]]:
        lines, count = warning_lines(self._warned(), width), len(self._warned())
        return [folded_line(self.case, count, here=self.warned.has_focus), *lines] if self._folded else lines

    def on_resize(self) -> None:
        if self.is_mounted:
            self._lay_facts()

    def draw(self) -> None:
        super().draw()
        self.facts.show(self._page)
        # What is below is known when the page has its height.
        self.call_after_refresh(self._draw_title)

    def _draw_title(self) -> None:
        file = self.known.file
        who = self.case.called(file.code, file.person)
        below = "↓ " if self.facts.more else ""
        place = below + (_("short form") if self.short else f"{self.at + 1}/{len(self.steps)}") + " "
        title = " " + _("Phase review · {who} · {transition}").format(who=who, transition=file.name)
        width = max(20, self.app.size.width - len(place))
        self.query_one("#review-title", Lines).show([[(cut(title, width), HEADING), (right(place, len(place)), BOLD)]])

    def actions(self) -> list[Action]:
        """In the last step and in the short form, what the key does is to seal."""
        labels = {"review.forward": N_("Seal")} if self.step.kind in SEALS else {}
        if self.short:
            labels["review.steps"] = N_("Long form")
        return [
            replace(action, label=labels[action.id]) if action.id in labels else action for action in super().actions()
        ]

    def draw_hint(self) -> None:
        """What a field expects is nothing to whoever may only read."""
        if self.case.store.actor.may_write:
            super().draw_hint()
        else:
            self.query_one(FormHint).show(self.only_reads())

    def heading(self) -> list[Piece]:
        step = self.step
        if self.short:
            return list(short_form.heading(self.case, self.answers))
        if step.prompt is None:
            return [(step.name, BOLD)] if step.kind != BRIEF_STEP else []
        return answered_lines(self.case, self.known.file, step.prompt, self.answers.seen.get(step.prompt.id))

    def draw_warnings(self) -> None:
        super().draw_warnings()
        self.warned.show(self._warnings_page)

    def _warned(self) -> Sequence[str]:
        return self.answers.decision.warned if self.step.kind in DECISIONS else ()

    def changed(self, field: FormField) -> None:
        """The decision, and each task that is named, ask for more; what is written is to be saved on leaving, too."""
        self.answers.held_back = False
        if field.about.key == "decision" or field.about.key.startswith("task_"):
            self._show_fields()
        if field.about.key in ("decision", "effective", "to_phase", "ending"):
            self._lay_facts()

    def why_not(self, action_id: str) -> str:
        if action_id == "review.backward" and (self.short or not self.at):
            return _("This is the first step.")
        if action_id == "review.empty" and self.offer.kept is None:
            return _("There is no unfinished form here to put aside.")
        if action_id == "review.forward" and self.step.kind in SEALS:
            return self.only_reads()
        return super().why_not(action_id)

    # ------------------------------------------------------------------ keeping what is not saved

    def kept_fields(self) -> dict[str, str]:
        kept = {field.about.key: field.kept for field in self.edited}
        for id, version in self.answers.seen.items():
            if version and prompt_key(id) in kept:
                kept[SEEN + id] = str(version)
        return kept

    def _fill_in(self, kept: KeptForm) -> None:
        """Lay over what was left unsaved, with the versions it was written against, so that what came since shows."""
        for field in self.form.fields:
            if (key := field.about.key) in kept.fields:
                field.put(kept.fields[key])
                if key.startswith(PROMPT):
                    prompt = key.removeprefix(PROMPT)
                    seen = kept.fields.get(SEEN + prompt, "")
                    self.answers.seen[prompt] = int(seen) if seen.isdecimal() else None

    async def action_empty(self) -> None:
        """Put what was left unsaved aside, or bring it back."""
        if self.offer.emptied:
            self.answers.see_all()
        await super().action_empty()
        if self.offer.emptied:
            self.answers.see_all()

    # ------------------------------------------------------------------ going on and saving

    async def action_forward(self) -> None:
        """Save the step and go to the next; from the last, seal."""
        if not await self._saved():
            return
        if self.step.kind in SEALS:
            await self.sealing.ask()
        elif self.step.kind != DECISION_STEP or await self.sealing.days_hold():
            await self._show(self.at + 1)

    async def action_backward(self) -> None:
        """Save the step and go to the one before."""
        if await self._saved():
            await self._show(self.at - 1)

    async def action_steps(self) -> None:
        """Choose a step from all of them; those with something written say so. In short, go on in the long form."""
        if not await self._saved():
            return
        if self.short:
            await self._show(self.at)
            return
        options = [
            Option(str(number), f"{number + 1:>2} {step.name}", hint=self._state_of(step))
            for number, step in enumerate(self.steps)
        ]
        options += [Option(SHORT_STEP, f"   {SHORT.name}")] if self.known.file.line.owed else []
        if step := await choose(self, _("Which step?"), options, chosen=str(self.at)):
            await self._show(self.at if step == SHORT_STEP else int(step), short=step == SHORT_STEP)

    def _state_of(self, step: Step) -> str:
        if step.prompt is None:
            return ""
        if self.field(prompt_key(step.prompt.id)).written.strip():
            return _("written")
        return _("must be answered") if step.prompt.id in self.known.file.required else ""

    async def show(self, step: Step) -> None:
        """Go to a step, unless it is shown already; in short, to its field on the page."""
        if self.short:
            if step.prompt is not None:
                self.go(self.field(prompt_key(step.prompt.id)))
        elif step != self.step:
            await self._show(self.steps.index(step))

    async def _show(self, at: int, *, short: bool = False) -> None:
        self.answers.held_back, self.short = False, short
        self.at = max(0, min(at, len(self.steps) - 1))
        if self.step.kind in (BRIEF_STEP, DECISION_STEP, *SEALS):
            await self.refresh_case()
        self._lay_out()
        self.draw()
        self.go(self.first_field())

    async def _saved(self) -> bool:
        """Save what is written in this step; False when something is in the way, which is said."""
        for prompt in self._prompts:
            if not await self.answers.save(prompt, self.answers.seen.get(prompt.id)):
                return False
        return bool(self._prompts) or read(self, self._keys(self.step)) is not None

    @property
    def _prompts(self) -> Sequence[Prompt]:
        """What is written to on the page that is shown, each saved by itself; in short any that was left unsaved."""
        return self.known.file.steps if self.short else [self.step.prompt] if self.step.prompt else []

    # ------------------------------------------------------------------ leaving and moving

    async def action_close(self) -> None:
        """Save the step and leave; a decision that was begun is kept as an unfinished form."""
        if self.keeper.ended:
            return
        if self._prompts and not self.answers.held_back:
            self.answers.held_back = True
            if not await self._saved():
                self.answers.say_how_to_leave()
                return
            self.answers.held_back = False
        kept = _("Kept: open the review again to go on.") if self.answers.saved or self.dirty else ""
        unsaved = _("Not saved, but kept as an unfinished form: open it again to go on.")
        await self.leave(unsaved if self.answers.held_back else kept)

    async def leave(self, text: str) -> None:
        await self.keep()
        self.keeper.leave()
        if text:
            self.say_below(text)
        self.dismiss(self.subject if self.answers.saved else None)

    def action_up(self) -> None:
        """Scroll what is read, or go to the field above."""
        here = self.focused
        if isinstance(here, ReadLines) and here.top:
            self._read_on(here, -1)
        elif here is not self.facts:
            self.focus_previous()

    def action_down(self) -> None:
        """Scroll what is read, or go to the field below."""
        here = self.focused
        if isinstance(here, ReadLines) and (here is self.warned or here.more or not self.form.display):
            self._read_on(here, 1)
        else:
            self.focus_next()

    def _read_on(self, read: ReadLines, lines: int) -> None:
        read.move(lines)
        self._draw_title()


async def screen_of(case: Case, review: int) -> CaseScreen[Any]:
    """The screen for a review: to write in it, or a sealed one to read. Raises `ReviewError` when it is gone."""
    file = await case.store.ask(review_reading.file_of, review)
    if file.line.state == SEALED:
        return SealedReviewScreen(case, file)
    return ReviewScreen(case, await case.store.ask(known_of, review))
