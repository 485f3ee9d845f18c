"""Phase reviews: their list, one that is held, one that is sealed."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

reviews = Scope("reviews", N_("Phase reviews"))
review = Scope("review", N_("A phase review"), typing=True)
review_read = Scope("review_read", N_("A sealed review"))

ACTIONS: Final = (
    reviews.key("add", "n", N_("New review"), N_("Begin a phase review; the transition that comes next is proposed."),
                writes=True),
    reviews.key("open", "enter", N_("Open"),
                N_("Hold the review that is owed, go on with an open one, or read a sealed one.")),
    reviews.key("discard", "d delete", N_("Discard"),
                N_("Discard a review that was opened by mistake, after a question."), writes=True),
    reviews.close(N_("Go back to where you were.")),
    *reviews.moves(),

    review.key("forward", "f2 pagedown enter ctrl+s", N_("Next step"),
               N_("Save what is written and go to the next step; in the last step, seal the review.")),
    review.key("backward", "pageup ctrl+t", N_("Step before"), N_("Save what is written and go to the step before.")),
    review.key("steps", "f12 ctrl+g", N_("Steps"), N_("Show all steps and go to one of them.")),
    review.more("empty", "f6", N_("Put aside"), N_("Put aside what you left unsaved in this review, or bring it back."),
                instead_of="app.drafts"),
    review.close(N_("Save what is written and leave the review; anybody can take it up.")),
    review.more("next", "tab", N_("Next field"), N_("Go to the next field."), palette=False),
    review.more("prev", "shift+tab", N_("Previous field"), N_("Go to the previous field."), palette=False),
    review.more("up", "up", N_("Up"), N_("Scroll up, or go to the field above."), palette=False),
    review.more("down", "down", N_("Down"), N_("Scroll down, or go to the field below."), palette=False),

    review_read.key("note", "n", N_("Note"), N_("Add a note to the sealed review, with today's date and your name."),
                    writes=True),
    review_read.key("write", "z", N_("Print"),
                    N_("Write the review as a PDF file where you say; the file is not sealed.")),
    review_read.close(N_("Go back to where you were.")),
    *review_read.moves(),
)  # fmt: skip
