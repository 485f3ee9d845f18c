"""What a review that is held writes into the case: answers, by several at once; then its sealing, with the move."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from msgspec.structs import replace

from config.errors import ExinError
from config.programme.method.reviews import Prompt
from config.words import _, n_
from models.phases import phases
from models.reviews import decision as review_decision
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.reviews.brief import Known
from models.reviews.reading import END
from models.storage.work import Conflict
from screens.forms.conflict import ConflictScreen
from screens.forms.form import FormScreen
from screens.forms.release_fields import release_of
from screens.frame.chooser import agreed
from screens.frame.destinations import PHASE_OUT
from screens.reviews.fields import AGREED, PROMPT, Decision, planned, prompt_key
from screens.reviews.pages import DECISION_STEP, PROMPT_STEP, Step


def read(screen: FormScreen, keys: Collection[str]) -> dict[str, Any] | None:
    """The values of these fields, None when one has an error; it is then shown and pointed at."""
    values: dict[str, Any] = {}
    for field in screen.form.fields:
        if field.about.key in keys:
            try:
                values[field.about.key] = field.read()
            except ExinError as error:
                screen.blame(field, error.text)
                return None
    return values


class Answers:
    """The answers of a review as they are known, and as they are written on a screen.

    `seen` is the version of each that the person at the keyboard has seen; `saved` says that one was saved here,
    `held_back` that leaving was, since what is written could not be.
    """

    def __init__(self, screen: FormScreen, known: Known) -> None:
        self._screen = screen
        self.known = known
        self.seen: dict[str, int | None] = {}
        self.saved = self.held_back = False

    @property
    def decision(self) -> Decision:
        """What is decided, as it stands in the form now."""
        return Decision(self._screen, self.known)

    def see_all(self) -> None:
        """The person at the keyboard sees every answer as it is known."""
        self.seen = {id: answer.version for id, answer in self.known.file.answers.items()}

    def take_in(self, known: Known) -> None:
        """Let stand in the fields what colleagues wrote, unless something else is being written there."""
        self.known, self._screen.version = known, known.file.line.version
        base = self._screen.base
        for field in self._screen.form.fields:
            key, prompt = field.about.key, field.about.key.removeprefix(PROMPT)
            answer, before = known.file.answers.get(prompt), base.get(key, "")
            if answer is None or key == prompt or answer.text == before or field.written not in (before, answer.text):
                continue
            base[key], self.seen[prompt] = answer.text, answer.version
            if field.written != answer.text:
                field.put(answer.text)

    async def save(self, prompt: Prompt, version: int | None) -> bool:
        """Save what is written to a prompt; False when something is in the way, which is said."""
        screen, store, key = self._screen, self._screen.case.store, prompt_key(prompt.id)
        text = screen.field(key).written
        if text == screen.base.get(key, "") or not store.actor.may_write:
            return True
        try:
            await store.change(reviews.answer, screen.subject, prompt.id, text, version)
        except Conflict as conflict:
            await screen.keep()
            await self._ask_which(conflict, prompt)
            return False
        except ExinError as error:
            await screen.keep()
            screen.blame(screen.field(key), error.text)
            return False
        self.saved = True
        screen.base[key] = text
        await self._reread()
        await screen.keep()
        screen.offer.forget({field.about.key for field in screen.edited})
        return True

    async def _reread(self) -> None:
        """The file as it is after an answer was saved; what stands in the fields stays."""
        screen = self._screen
        file = await screen.case.store.ask(review_reading.file_of, screen.subject)
        for id, answer in file.answers.items():
            if screen.base.get(prompt_key(id), "") == answer.text:
                self.seen[id] = answer.version
        self.take_in(replace(self.known, file=file))

    async def _ask_which(self, conflict: Conflict, prompt: Prompt) -> None:
        """Both versions of an answer; either way the one that is replaced stays in the history."""
        screen, key = self._screen, prompt_key(prompt.id)
        asked = ConflictScreen(
            screen.case, conflict, {"text": str(prompt.name)}, said=screen.said, texts=("text",)
        )  # fmt: skip
        which = await screen.ask(asked)
        if which == "both":
            # Whoever has seen both versions goes on from the newer one, also where both are too long for one answer.
            self.seen[prompt.id] = conflict.now
            screen.field(key).put(asked.both["text"])
        if which == "mine" and await self.save(prompt, conflict.now):
            said = _("Yours is saved.")
        elif which == "both" and await self.save(prompt, conflict.now):
            said = _("Both are saved.")
        elif which == "theirs":
            await self._reread()
            answer = self.known.file.answers[prompt.id]
            screen.base[key], self.seen[prompt.id] = answer.text, answer.version
            screen.field(key).put(answer.text)
            await screen.keep()
            said = _("Theirs stands.")
        else:
            self.say_how_to_leave()
            return
        self.held_back = False
        screen.draw()
        screen.say(said)

    def say_how_to_leave(self) -> None:
        """Say how to leave without saving, where leaving was held back."""
        if self.held_back:
            key = self._screen.case.keymap.shown("review.close", "review")
            told = _("Not saved, but kept; {key} once more leaves it as an unfinished form.")
            self._screen.say(told.format(key=key), warn=True)


class Sealing:
    """Seals the review of a screen, on which `show` goes to a step.

    While it does, `under_way`, that the review is sealed is no news.
    """

    def __init__(self, screen: FormScreen, answers: Answers, show: Callable[[Step], Awaitable[None]]) -> None:
        self._screen, self._answers, self._show = screen, answers, show
        self.under_way = False

    async def ask(self) -> None:
        """Seal after a question; where something is in the way, go there and say what."""
        screen = self._screen
        await screen.refresh_case()
        if screen.keeper.ended:
            return
        if missing := self._answers.known.file.unanswered:
            await self._show(Step(PROMPT_STEP, missing[0]))
            names = ", ".join(str(prompt.name) for prompt in missing)
            told = _("Before it is sealed, something must stand under: {names}.")
            screen.say(told.format(names=names), warn=True)
            return
        if not await self.days_hold():
            return
        reason = screen.field("reason")
        if self._answers.decision.moves and self._answers.known.brief.warnings and not reason.written.strip():
            await self._show(Step(DECISION_STEP))
            screen.go(reason)
            screen.say(_("Say in a sentence why the team goes on in spite of the warnings."), warn=True)
            return
        sealed = _("Yes, seal it; only notes are added after that")
        if await agreed(screen, _("Seal this review?"), no=_("Not yet"), yes=sealed) and screen.version is not None:
            await self._seal(screen.version)

    async def days_hold(self) -> bool:
        """Whether the days of the decision can be; else go to the one that cannot, and say why."""
        screen, store = self._screen, self._screen.case.store
        if not store.actor.may_write:
            return True
        decided = read(screen, self._answers.decision.asked)
        if decided is None:
            return False
        asked = {key: decided[key] for key in ("effective", "next_review", "ending", "to_phase") if key in decided}
        found = await store.ask(review_decision.fault, screen.subject, decided["decision"], **asked)
        if found is None:
            return True
        key, text = found
        if key == review_decision.PHASED_OUT:
            text = self._where(text)
        await self._show(Step(DECISION_STEP))
        screen.blame(screen.field(key if key in decided else "decision"), text)
        return False

    async def _seal(self, version: int) -> None:
        screen, store = self._screen, self._screen.case.store
        decided, agreed = read(screen, self._answers.decision.asked), read(screen, AGREED)
        if decided is None or agreed is None or self.under_way:
            return
        release, tasks = release_of(decided), planned(agreed)
        decided |= {"release": release, "present": agreed["present"], "tasks": tasks}
        clash = None
        self.under_way = True
        try:
            await store.change(reviews.decide, screen.subject, version, **decided)
        except Conflict as conflict:
            await screen.keep()
            clash = conflict
        except review_decision.PhasedOut as error:
            await screen.keep()
            screen.say(self._where(error.text), warn=True)
        except ExinError as error:
            await screen.keep()
            screen.say(error.text, warn=True)
        else:
            await screen.keeper.end()
            screen.say_below(await self._sealed(len(tasks)))
            screen.dismiss(screen.subject)
            if decided["decision"] == END:
                await screen.open(PHASE_OUT, self._answers.known.file.line.participant)
        finally:
            self.under_way = False
        if clash is None:
            return
        # Somebody decided, or took the review up, while this was being decided.
        which = await screen.ask(ConflictScreen(screen.case, clash, screen.labels(), said=screen.said))
        if which == "mine":
            await self._seal(clash.now)
        if which is not None and not screen.keeper.ended:
            await screen.read_again()

    def _where(self, text: str) -> str:
        """The sentence, with where the phase-out is to be seen."""
        key = self._screen.case.keymap.shown("participant.phase_out", "participant")
        return text + " " + _("{key} on the participant shows it.").format(key=key)

    async def _sealed(self, tasks: int) -> str:
        """What the sealing did: the phase that lasts now, and how many tasks were set."""
        case = self._screen.case
        spans = await case.store.ask(phases.lasting, self._answers.known.file.line.participant)
        names = " + ".join(f"{one.phase} {case.programme.phase(one.phase).name}" for one in spans)
        said = _("Sealed. Now: {phase}.").format(phase=names or _("phased out"))
        if not tasks:
            return said
        return said + " " + n_("{count} task set.", "{count} tasks set.", tasks).format(count=tasks)
