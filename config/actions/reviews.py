"""Phase reviews: their list, one that is held, one that is sealed."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

ACTIONS: Final = (
    Action("reviews.add", ("n",), N_("New review"),
           N_("Begin a phase review; the transition that comes next is proposed."), "reviews", writes=True),
    Action("reviews.open", ("enter",), N_("Open"),
           N_("Hold the review that is owed, go on with an open one, or read a sealed one."), "reviews"),
    Action("reviews.discard", ("d", "delete"), N_("Discard"),
           N_("Discard a review that was opened by mistake, after a question."), "reviews", writes=True),
    Action("reviews.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "reviews", palette=False,
           instead_of="app.quit_or_back"),
    *moves("reviews"),

    Action("review.forward", ("f2", "pagedown", "enter", "ctrl+s"), N_("Next step"),
           N_("Save what is written and go to the next step; in the last step, seal the review."), "review"),
    Action("review.backward", ("pageup", "ctrl+t"), N_("Step before"),
           N_("Save what is written and go to the step before."), "review"),
    Action("review.steps", ("f12", "ctrl+g"), N_("Steps"), N_("Show all steps and go to one of them."), "review"),
    Action("review.empty", ("f6",), N_("Put aside"),
           N_("Put aside what you left unsaved in this review, or bring it back."), "review", footer=False,
           instead_of="app.drafts"),
    Action("review.close", ("escape", "f4"), N_("Close"),
           N_("Save what is written and leave the review; anybody can take it up."), "review", palette=False,
           instead_of="app.quit_or_back"),
    Action("review.next", ("tab",), N_("Next field"), N_("Go to the next field."), "review", footer=False,
           palette=False),
    Action("review.prev", ("shift+tab",), N_("Previous field"), N_("Go to the previous field."), "review", footer=False,
           palette=False),
    Action("review.up", ("up",), N_("Up"), N_("Scroll up, or go to the field above."), "review", footer=False,
           palette=False),
    Action("review.down", ("down",), N_("Down"), N_("Scroll down, or go to the field below."), "review", footer=False,
           palette=False),

    Action("review_read.note", ("n",), N_("Note"),
           N_("Add a note to the sealed review, with today's date and your name."), "review_read", writes=True),
    Action("review_read.write", ("z",), N_("Print"),
           N_("Write the review as a PDF file where you say; the file is not sealed."), "review_read"),
    Action("review_read.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "review_read",
           palette=False, instead_of="app.quit_or_back"),
    *moves("review_read"),
)  # fmt: skip
