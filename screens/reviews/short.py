"""The short form of a review that a move waits for: headings, the participant's view and what happened, on one page.

It is a page of the review like any step: the fields are those of the long form, and so is what stands in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from config.dates import format_date
from config.programme.shapes import Programme
from config.words import _
from models.reviews import decision as review_decision
from models.reviews.brief import Known
from models.reviews.reading import ReviewFile
from screens.forms.line_fields import About
from screens.frame.case import Case
from screens.reviews.fields import PromptBox, ReviewBody, prompt_key
from screens.reviews.pages import answered_lines
from screens.reviews.writing import Answers
from screens.widgets.line import DIM, WARN, Piece


def asked(programme: Programme, file: ReviewFile) -> tuple[str, ...]:
    """The prompts of the short form: the headings and what every review ends with."""
    return (*file.required, *programme.method.reviews.last)


def begins(programme: Programme, known: Known) -> bool:
    """Whether a review opens in short: a move waits for it, and nothing of the long form stands in it yet."""
    written = {id for id, answer in known.file.answers.items() if answer.text.strip()}
    return known.file.line.owed and known.undone is None and written <= {*asked(programme, known.file)}


def keys(programme: Programme, answers: Answers, edited: Collection[str]) -> set[str]:
    """The fields of the short form, and what was left unsaved in any other: nothing is sealed unseen."""
    file, decision = answers.known.file, answers.decision
    shown = {*(prompt_key(id) for id in asked(programme, file)), "reason", "next_review", *edited}
    if decision.id != review_decision.decisions(file.transition)[0]:
        shown |= decision.asked
    return shown if "next_review" in decision.asked else shown - {"next_review"}


def heading(case: Case, answers: Answers) -> Iterator[Piece]:
    """What the review is owed for, and where a colleague has written what is not seen here yet."""
    file = answers.known.file
    if file.line.moved is not None:
        told = _("Moved {date} without a review. In short here; {key} shows the long form.")
        yield told.format(date=format_date(file.line.moved), key=case.keymap.shown("review.steps", "review")), DIM
    for prompt in file.steps:
        for text, style in answered_lines(case, file, prompt, answers.seen.get(prompt.id))[2:]:
            if style is WARN:
                yield f"{prompt.name}: {text}", style


class Shape:
    """How the fields look in the two forms of a review: in short each prompt has its name above it."""

    def __init__(self, form: ReviewBody, file: ReviewFile) -> None:
        self._form = form
        hints = {prompt_key(prompt.id): str(prompt.hint) for prompt in file.steps}
        self._abouts = {field: (field.about, _in_short(field.about, hints)) for field in form.fields}

    def take(self, *, short: bool) -> None:
        """Let the fields look as in this form; in short the reason comes before the rest of the decision."""
        form = self._form
        form.set_class(short, "short")
        by_key = {field.about.key: field for field in form.fields}
        if short:
            form.move_child(by_key["reason"], before=by_key["decision"])
        else:
            form.move_child(by_key["reason"], after=by_key["next_review"])
        for field, abouts in self._abouts.items():
            field.about = abouts[short]
            if isinstance(field, PromptBox):
                field.styles.margin = (1 if short else 0, 0, 0, 2)
        form.refresh()


def _in_short(about: About, hints: dict[str, str]) -> About:
    if about.key in hints:
        return replace(about, heading=about.label, hint=hints[about.key])
    if about.key == "reason":
        hint = _("In a line: what happened, and why in spite of the warnings. Kept with the review as its reason.")
        return replace(about, label=_("What happened"), hint=hint)
    return about
