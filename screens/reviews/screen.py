"""A phase review (drøft) held to its end: saved step by step, decided with its workload and warnings seen, sealed."""

from __future__ import annotations

from typing import Any, ClassVar

from config.errors import ExinError
from config.words import N_, _, n_
from models.phases import phases
from models.reviews import checks as review_checks
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.reviews.reading import END
from models.storage.drafts import KeptForm
from models.storage.work import Conflict, Gone, NotAllowed
from screens.forms.conflict import ConflictScreen
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.line_fields import FormField
from screens.forms.release_fields import release_of
from screens.frame.chooser import Option, choose
from screens.frame.destinations import PHASE_OUT
from screens.frame.route import Route
from screens.reviews.fields import AGREED, DECIDED, REVIEW_FORM, numbers, planned, prompt_key
from screens.reviews.pages import BRIEF_STEP, DECISION_STEP, SEAL_STEP, Step
from screens.reviews.steps import ReviewSteps
from screens.widgets.read_lines import ReadLines


class ReviewScreen(ReviewSteps):
    """Holds one review that is owed or open; the result is its id when it was sealed or written in, else None."""

    HELP: ClassVar[str] = N_(
        "A phase review, step by step. First what the program knows; then what there is room for, what limits, and "
        "what is special here; then the questions of this transition and the participant's own view; then the "
        "decision, with what it does to the workload, and what was agreed. What you write is saved when you leave a "
        "step, so you can stop anywhere and anybody can go on; two can write at once. Sealing closes it for good: "
        "after that only notes are added."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            REVIEW_FORM,
            N_("Phase review"),
            Route[Whose, KeptForm]("screens.reviews.list", "review_again"),
            whose(lambda reading, review: review_reading.file_of(reading, review).line.participant),
        ),
    )

    # ------------------------------------------------------------------ going on and saving

    async def action_forward(self) -> None:
        """Save the step and go to the next; from the last, seal."""
        if self.step.kind == SEAL_STEP:
            await self._ask_to_seal()
        elif await self._saved() and (self.step.kind != DECISION_STEP or await self._days_hold()):
            await self._show(self.at + 1)

    async def action_backward(self) -> None:
        """Save the step and go to the one before."""
        if await self._saved():
            await self._show(self.at - 1)

    async def action_steps(self) -> None:
        """Choose a step from all of them; those with something written say so."""
        if not await self._saved():
            return
        options = [
            Option(str(number), f"{number + 1:>2} {step.name}", hint=self._state_of(step))
            for number, step in enumerate(self.steps)
        ]
        if step := await choose(self, _("Which step?"), options, chosen=str(self.at)):
            await self._show(int(step))

    def _state_of(self, step: Step) -> str:
        if step.prompt is None:
            return ""
        if self.field(prompt_key(step.prompt.id)).written.strip():
            return _("written")
        return _("must be answered") if step.prompt.id in self._file.required else ""

    async def _show(self, at: int) -> None:
        self._held_back = False
        self.at = max(0, min(at, len(self.steps) - 1))
        if self.step.kind in (BRIEF_STEP, DECISION_STEP, SEAL_STEP):
            await self.refresh_case()
        self._lay_out()
        self.draw()
        self.go(self.first_field())

    async def _saved(self) -> bool:
        """Save what is written in this step; False when something is in the way, which is said."""
        step = self.step
        if step.prompt is None:
            return self._read(self._keys(step)) is not None
        return await self._answer(step, self._seen.get(step.prompt.id))

    async def _answer(self, step: Step, version: int | None) -> bool:
        assert step.prompt is not None
        prompt, field = step.prompt.id, self.field(prompt_key(step.prompt.id))
        text = field.written
        if text == self.base.get(field.about.key, "") or not self.case.store.actor.may_write:
            return True
        try:
            await self.case.store.change(reviews.answer, self.subject, prompt, text, version)
        except Conflict as conflict:
            await self.keep()
            await self._ask_which(conflict, step)
            return False
        except ExinError as error:
            await self.keep()
            field.error = error.text
            self._point_at(field)
            return False
        self._wrote = True
        self.base[field.about.key] = text
        await self._reread()
        await self.keep()
        self.forget_offer()
        return True

    async def _reread(self) -> None:
        """The file as it is after an answer was saved; what stands in the fields stays."""
        self._file = await self.case.store.ask(review_reading.file_of, self.subject)
        self.version = self._file.line.version
        for prompt in self._file.steps:
            key, answer = prompt_key(prompt.id), self._file.answers.get(prompt.id)
            if answer is not None and self.base.get(key, "") == answer.text:
                self._seen[prompt.id] = answer.version
            else:
                self._take_in(prompt.id)

    async def _ask_which(self, conflict: Conflict, step: Step) -> None:
        """Both versions of an answer; either way the one that is replaced stays in the history."""

        async def chosen(which: str | None) -> None:
            assert step.prompt is not None
            key = prompt_key(step.prompt.id)
            if which == "mine" and await self._answer(step, conflict.now):
                self.draw()
                self.say(_("Yours is saved."))
            elif which == "theirs":
                await self._reread()
                answer = self._file.answers[step.prompt.id]
                self.base[key], self._seen[step.prompt.id] = answer.text, answer.version
                self.field(key).put(answer.text)
                await self.keep()
                self.draw()
                self.say(_("Theirs stands."))
            elif self._held_back:
                self._say_how_to_leave()

        labels = {"text": step.name}
        await self.app.push_screen(ConflictScreen(self.case, conflict, labels), chosen)

    def _read(self, keys: set[str]) -> dict[str, Any] | None:
        """The values of these fields, None when one has an error; it is then shown and pointed at."""
        values: dict[str, Any] = {}
        for field in self.form.fields:
            if field.about.key not in keys:
                continue
            try:
                values[field.about.key] = field.read()
            except ExinError as error:
                field.error = error.text
                self._point_at(field)
                return None
        return values

    # ------------------------------------------------------------------ sealing

    async def _ask_to_seal(self) -> None:
        await self.refresh_case()
        if self.keeper.ended:
            return
        if missing := self._file.unanswered:
            at = next(
                number for number, step in enumerate(self.steps) if step.prompt and step.prompt.id == missing[0].id
            )
            await self._show(at)
            names = ", ".join(str(prompt.name) for prompt in missing)
            self.say(_("Before it is sealed, something must stand under: {names}.").format(names=names), warn=True)
            return
        if not await self._days_hold():
            return
        if self.moves and self.known and self.known.brief.warnings and not self.field("reason").written.strip():
            await self._show(next(number for number, step in enumerate(self.steps) if step.kind == DECISION_STEP))
            self.go(self.field("reason"))
            self.say(_("Say in a sentence why the team goes on in spite of the warnings."), warn=True)
            return
        options = [Option("no", _("Not yet")), Option("yes", _("Yes, seal it; only notes are added after that"))]
        if await choose(self, _("Seal this review?"), options, chosen="no") == "yes":
            await self._seal(self.version)

    async def _days_hold(self) -> bool:
        """Whether the days of the decision can be; else go to the one that cannot, and say why."""
        if not self.case.store.actor.may_write:
            return True
        decided = self._read(self._decided_keys())
        if decided is None:
            return False
        asked = {key: decided[key] for key in ("effective", "next_review", "to_phase") if key in decided}
        found = await self.case.store.ask(
            review_checks.fault, self.subject, decided["decision"], ending=numbers(decided.get("ending", "")), **asked
        )
        if found is None:
            return True
        key, text = found
        if self.step.kind != DECISION_STEP:
            await self._show(next(number for number, step in enumerate(self.steps) if step.kind == DECISION_STEP))
        field = self.field(key if key in decided else "decision")
        field.error = text
        self._point_at(field)
        return False

    async def _seal(self, version: int | None) -> None:
        decided, agreed = self._read(self._decided_keys()), self._read(set(AGREED))
        if decided is None or agreed is None or self._saving or version is None:
            return
        self._saving = True
        try:
            await self.case.store.change(reviews.decide, self.subject, version, **self._decision(decided, agreed))
        except Conflict as conflict:
            await self.keep()
            await self._ask_whose(conflict)
        except (NotAllowed, Gone) as error:
            await self.keep()
            self.say(error.text, warn=True)
        except ExinError as error:
            self.say(error.text, warn=True)
        else:
            await self.keeper.end()
            self.say_below(await self._sealed(len(planned(agreed))))
            self.dismiss(self.subject)
            if decided["decision"] == END:
                await self.open(PHASE_OUT, self._file.line.participant)
        finally:
            self._saving = False

    async def _sealed(self, tasks: int) -> str:
        """What the sealing did: the phase that lasts now, and how many tasks were set."""
        spans = await self.case.store.ask(phases.of, self._file.line.participant)
        names = [f"{one.phase} {self.case.programme.phase(one.phase).name}" for one in spans if one.ended is None]
        said = _("Sealed. Now: {phase}.").format(phase=" + ".join(names) or _("phased out"))
        if not tasks:
            return said
        return said + " " + n_("{count} task set.", "{count} tasks set.", tasks).format(count=tasks)

    def _decided_keys(self) -> set[str]:
        return {key for key in DECIDED if key in self._keys(Step(DECISION_STEP))}

    def _decision(self, decided: dict[str, Any], agreed: dict[str, Any]) -> dict[str, Any]:
        ending = numbers(decided.pop("ending", ""))
        release = release_of(decided)
        return {**decided, "ending": ending, "release": release, "present": agreed["present"], "tasks": planned(agreed)}

    async def _ask_whose(self, conflict: Conflict) -> None:
        """Somebody decided, or took the review up, while this was being decided."""

        async def chosen(which: str | None) -> None:
            if which == "mine":
                await self._seal(conflict.now)
            if which is not None and not self.keeper.ended:
                await self.refresh_case()

        await self.app.push_screen(ConflictScreen(self.case, conflict, self.labels()), chosen)

    # ------------------------------------------------------------------ leaving and moving

    async def action_close(self) -> None:
        """Save the step and leave; a decision that was begun is kept as an unfinished form."""
        if self.keeper.ended:
            return
        if self.step.prompt is not None and not self._held_back and not await self._saved():
            self._held_back = True
            self._say_how_to_leave()
            return
        kept = _("Kept: open the review again to go on.") if self._wrote or self.dirty else ""
        unsaved = _("Not saved, but kept as an unfinished form: open it again to go on.")
        await self.leave(unsaved if self._held_back else kept)

    def _say_how_to_leave(self) -> None:
        key = self.case.keymap.shown("review.close", "review")
        self.say(_("Not saved, but kept; {key} once more leaves it as an unfinished form.").format(key=key), warn=True)

    def changed(self, field: FormField) -> None:
        """What is written after leaving was held back is to be saved like everything else."""
        self._held_back = False
        super().changed(field)

    async def leave(self, text: str) -> None:
        await self.keep()
        self.keeper.leave()
        if text:
            self.say_below(text)
        self.dismiss(self.subject if self._wrote else None)

    def action_up(self) -> None:
        """Scroll what is read, or go to the field above."""
        if self.query_one(ReadLines).has_focus:
            self._read_on(-1)
        else:
            self.focus_previous()

    def action_down(self) -> None:
        """Scroll what is read, or go to the field below."""
        facts = self.query_one(ReadLines)
        if facts.has_focus and (facts.more or not self.form.display):
            self._read_on(1)
        else:
            self.focus_next()

    def _read_on(self, lines: int) -> None:
        self.query_one(ReadLines).move(lines)
        self._draw_title()
