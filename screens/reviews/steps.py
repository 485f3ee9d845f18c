"""The steps of a phase review on the screen: shown one by one, and written in by several.

What is written to a prompt is a row of its own, so that a colleague can take the review up or write in it at the same
time. What is not saved yet is kept as an unfinished form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from config.actions import Action
from config.words import N_, _
from models.phases.owed_review import SEALED, ReviewError
from models.reviews import reading as review_reading
from models.reviews.reading import ReviewFile
from models.storage.drafts import KeptForm
from screens.forms.body import FormHint, FormLines
from screens.forms.form import FormScreen
from screens.forms.line_fields import FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.reviews.decision import about_release, first_texts, said_in
from screens.reviews.fields import (
    AGREED,
    PROMPT,
    REVIEW_FORM,
    ReviewBody,
    all_fields,
    decision_shown,
    offer,
    prompt_key,
)
from screens.reviews.pages import (
    AGREED_STEP,
    BRIEF_STEP,
    DECISION_STEP,
    SEAL_STEP,
    Known,
    Step,
    answered_lines,
    everything,
    page_lines,
    steps_of,
    warning_lines,
)
from screens.widgets.line import BOLD, HEADING, Piece, cut, right
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

BESIDE_FROM: Final = 110
AROUND: Final = 7
"""The lines of a step that are neither facts nor fields nor warnings: title, heading, gap, hint, message and keys."""
WARNINGS_LEAST: Final = 3
FACTS_LEAST: Final = 3
SEEN: Final = "_seen:"


class ReviewSteps(FormScreen, abstract=True):
    """Shows a review and keeps what is not saved; `at` is the step that is shown."""

    SCOPE = "review"
    CSS_PATH: ClassVar[Any] = [FormScreen.CSS_PATH, Path(__file__).with_name("review.tcss")]

    def __init__(self, case: Case, file: ReviewFile) -> None:
        super().__init__(case, file.line.id)
        self.form_name = REVIEW_FORM
        self.steps = steps_of(file)
        self.at = 0
        self.known: Known | None = None
        self._file = file
        self._seen: dict[str, int | None] = {}
        self._wrote = False
        self._above = self._held_back = False

    # ------------------------------------------------------------------ composing and loading

    def fields(self) -> list[FormField]:
        return all_fields(self.case, self._file)

    def body(self) -> ComposeResult:
        self.form = ReviewBody(self.fields())
        yield Lines(1, id="review-title")
        yield FormLines(5, id="form-head")
        with Container(id="review-body"):
            yield ReadLines(id="review-facts")
            yield self.form
        yield FormLines(3, id="form-warnings")
        yield FormHint()

    async def load(self) -> Mapping[str, str]:
        self.known = known = await self.case.store.ask(everything, self.subject)
        self._file, self.version = known.file, known.file.line.version
        offer(self.form, known.team, known.lasting, self.case)
        self._seen = {id: answer.version for id, answer in known.file.answers.items()}
        return first_texts(known, self.case.store.actor.name)

    def first_field(self) -> Widget:
        fields = [field for field in self.form.fields if field.display and field.can_focus]
        return fields[0] if fields and not self._above else self.query_one(ReadLines)

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
            self.known = known = await self.case.store.ask(everything, self.subject)
        except ReviewError as error:
            await self.leave(error.text)
            return
        if known.file.line.state == SEALED and not self._saving:
            said = _("{who} has sealed this review.").format(who=known.file.line.sealed_by)
            kept = " " + _("What you had not saved is kept: add it as a note.") if self.edited_prompts else ""
            await self.leave(said + kept)
            return
        self._file, self.version = known.file, known.file.line.version
        for prompt in known.file.steps:
            self._take_in(prompt.id)
        self.draw()

    @property
    def edited_prompts(self) -> bool:
        """Whether something is written to a prompt that is not saved."""
        return any(field.about.key.startswith(PROMPT) for field in self.edited)

    def _take_in(self, prompt: str) -> None:
        key, answer = prompt_key(prompt), self._file.answers.get(prompt)
        found = next((field for field in self.form.fields if field.about.key == key), None)
        if answer is None or found is None or self.base.get(key, "") == answer.text:
            return
        if found.written == self.base.get(key, "") or found.written == answer.text:
            self.base[key] = answer.text
            self._seen[prompt] = answer.version
            if found.written != answer.text:
                found.put(answer.text)

    # ------------------------------------------------------------------ drawing

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.at]

    def _keys(self, step: Step) -> set[str]:
        """The fields of a step, as far as the decision asks for them."""
        if step.prompt is not None:
            return {prompt_key(step.prompt.id)}
        if step.kind == DECISION_STEP:
            lasting = self.known.lasting if self.known else ()
            return decision_shown(self._file, self.field("decision").written, lasting)
        if step.kind == AGREED_STEP:
            filled = sum(bool(self.field(key).written) for key in AGREED if key.startswith("task_"))
            return {key for key in AGREED if "_" not in key or int(key[-1]) <= filled + 1}
        return set()

    def _lay_out(self) -> None:
        keys = self._keys(self.step)
        for field in self.form.fields:
            field.display = field.about.key in keys
        self.form.display = bool(keys)
        self.query_one(FormHint).display = bool(keys)
        self.form.scroll_to(y=0, animate=False)
        self._lay_facts()

    def _lay_facts(self) -> None:
        width, height = self.app.size
        beside = width >= BESIDE_FROM and bool(self._keys(self.step))
        self.query_one("#review-body").set_class(beside, "beside")
        facts, warnings = self.query_one(ReadLines), self.query_one("#form-warnings", FormLines)
        rows = sum(2 if isinstance(field, TextBox) else 1 for field in self.form.fields if field.display)
        room = height - AROUND - rows
        least = 0 if beside else FACTS_LEAST
        # All warnings are read before anything is decided: below the fields where they fit, else above, to be scrolled.
        self._above = len(warning_lines(self._warned(), width)) > max(WARNINGS_LEAST, room - least)
        warnings.allow(max(WARNINGS_LEAST, room - least))
        self.draw_warnings()
        facts.show(self._page)
        facts.top = 0
        if beside or not self.form.display:
            facts.styles.height = "1fr"
            return
        most = room if self._above else min((height - 8) // 2, room - warnings.rows(width))
        if not self._warned():
            most = (height - 8) // 2
        facts.styles.height = min(len(self._page(width)), max(FACTS_LEAST, most))

    def _page(self, width: int) -> Sequence[Sequence[Piece]]:
        if self.known is None:
            return ()
        above = [*warning_lines(self._warned(), width), []] if self._above else []
        return [*above, *page_lines(self.case, self.known, self.step, self._said(), width)]

    def _said(self) -> dict[str, str]:
        """What stands in the fields of the decision and of what was agreed, as it is shown."""
        asked = self._keys(Step(DECISION_STEP)) | set(AGREED)
        return said_in(self.form, self.known, asked, self.case.today) if self.known is not None else {}

    def on_resize(self) -> None:
        if self.is_mounted and self.known is not None:
            self._lay_facts()

    def draw(self) -> None:
        super().draw()
        if self.known is None:
            return
        self.query_one(ReadLines).show(self._page)
        # What is below is known when the page has its height.
        self.call_after_refresh(self._draw_title)

    def _draw_title(self) -> None:
        who = self.case.called(self._file.code, self._file.person)
        below = "↓ " if self.query_one(ReadLines).more else ""
        place = f"{below}{self.at + 1}/{len(self.steps)} "
        title = " " + _("Phase review · {who} · {transition}").format(who=who, transition=self._file.name)
        width = max(20, self.app.size.width - len(place))
        self.query_one("#review-title", Lines).show([[(cut(title, width), HEADING), (right(place, len(place)), BOLD)]])

    def actions(self) -> list[Action]:
        """In the last step, what the key does is to seal."""
        sealing = self.step.kind == SEAL_STEP
        return [
            replace(action, label=N_("Seal")) if sealing and action.id == "review.forward" else action
            for action in super().actions()
        ]

    def draw_hint(self) -> None:
        """What a field expects is nothing to whoever may only read."""
        if self.case.store.actor.may_write:
            super().draw_hint()
        else:
            self.query_one(FormHint).show(self.only_reads())

    def heading(self) -> list[Piece]:
        step = self.step
        if step.prompt is None:
            return [(step.name, BOLD)] if step.kind != BRIEF_STEP else []
        return answered_lines(self.case, self._file, step.prompt, self._seen.get(step.prompt.id))

    def warnings(self) -> Sequence[str]:
        """What a move is warned of, below the fields of the decision unless it stands above them."""
        return () if self._above else self._warned()

    def _warned(self) -> Sequence[str]:
        if self.step.kind != DECISION_STEP or self.known is None or not self.moves:
            return ()
        about = about_release(self.form, self.known, self.case.today)
        return [*about, *(one.text for one in self.known.brief.warnings)]

    @property
    def moves(self) -> bool:
        """Whether the decision is anything but to stay."""
        return self.field("decision").written != review_reading.STAYED

    def changed(self, field: FormField) -> None:
        """The decision, and each task that is named, ask for more."""
        if field.about.key == "decision" or field.about.key.startswith("task_"):
            keys = self._keys(self.step)
            for each in self.form.fields:
                each.display = each.about.key in keys
            if field.about.key == "decision":
                self._lay_facts()
        elif field.about.key == "effective":
            self._lay_facts()

    def why_not(self, action_id: str) -> str:
        if action_id == "review.backward" and not self.at:
            return _("This is the first step.")
        if action_id == "review.empty" and self.offer.kept is None:
            return _("There is no unfinished form here to put aside.")
        if action_id == "review.forward" and self.step.kind == SEAL_STEP:
            return self.only_reads()
        return ""

    # ------------------------------------------------------------------ keeping what is not saved

    def kept_fields(self) -> dict[str, str]:
        kept = {field.about.key: field.kept for field in self.edited}
        seen = {SEEN + id: str(version) for id, version in self._seen.items() if prompt_key(id) in kept and version}
        return {**kept, **seen}

    def _fill_in(self, kept: KeptForm) -> None:
        """Lay over what was left unsaved, with the versions it was written against, so that what came since shows."""
        for field in self.form.fields:
            if (key := field.about.key) in kept.fields:
                field.put(kept.fields[key])
                if step := next((one for one in self.steps if one.prompt and prompt_key(one.prompt.id) == key), None):
                    assert step.prompt is not None
                    seen = kept.fields.get(SEEN + step.prompt.id, "")
                    self._seen[step.prompt.id] = int(seen) if seen.isdecimal() else None

    async def action_empty(self) -> None:
        """Put what was left unsaved aside, or bring it back."""
        seen: dict[str, int | None] = {id: answer.version for id, answer in self._file.answers.items()}
        if self.offer.emptied:
            self._seen = seen
        await super().action_empty()
        if self.offer.emptied:
            self._seen = seen
