"""Forms, the lists and questions that answer them, and those left unfinished or in conflict."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

FORM: Final = (
    Action("form.save", ("ctrl+s", "f2"), N_("Save"), N_("Save what is filled in."), "form", writes=True),
    Action("form.close", ("escape", "f4"), N_("Close"),
           N_("Close the form; what is not saved is kept and offered again."), "form", palette=False,
           instead_of="app.quit_or_back"),
    Action("form.empty", ("f6",), N_("Put aside"),
           N_("Put the unfinished form aside that was filled in, or bring it back."), "form",
           instead_of="app.drafts"),
    Action("form.next", ("tab",), N_("Next field"), N_("Go to the next field."), "form", palette=False),
    Action("form.prev", ("shift+tab",), N_("Previous field"), N_("Go to the previous field."), "form", footer=False,
           palette=False),
    Action("form.up", ("up",), N_("Field above"), N_("Go to the field above."), "form", footer=False, palette=False),
    Action("form.down", ("down",), N_("Field below"), N_("Go to the field below."), "form", footer=False,
           palette=False),
    Action("form.page_up", ("pageup",), N_("Section before"), N_("Go to the section before."), "form", footer=False,
           palette=False),
    Action("form.page_down", ("pagedown",), N_("Next section"), N_("Go to the next section."), "form", footer=False,
           palette=False),
)  # fmt: skip
LIST: Final = (
    Action("list.open", ("enter",), N_("Choose"), N_("Open or choose the line under the mark."), "list", palette=False),
    Action("list.close", ("escape", "q"), N_("Close"), N_("Close the list without choosing."), "list", palette=False,
           instead_of="app.quit_or_back"),
    Action("list.mark", ("space",), N_("Mark"),
           N_("Mark the line or take its mark away, where several can be chosen."), "list", palette=False),
    *moves("list"),
)  # fmt: skip
PROMPT: Final = (
    Action("prompt.accept", ("enter",), N_("Done"), N_("Use what is written."), "prompt", palette=False),
    Action("prompt.close", ("escape", "f4"), N_("Close"), N_("Close without an answer."), "prompt", palette=False,
           instead_of="app.quit_or_back"),
)  # fmt: skip
DRAFTS: Final = (
    Action("drafts.open", ("enter",), N_("Go on"), N_("Open the form under the mark, filled in."), "drafts",
           palette=False, needs_row=N_("There is no unfinished form.")),
    Action("drafts.discard", ("d", "delete"), N_("Throw away"),
           N_("Mark the unfinished form as one to throw away; a second key does it."), "drafts", palette=False,
           needs_row=N_("There is no unfinished form.")),
    Action("drafts.confirm", ("f2",), N_("Yes, throw it away"),
           N_("Throw the marked form away for good; it cannot be undone."), "drafts", palette=False),
    Action("drafts.close", ("escape", "q"), N_("Close"), N_("Go back and leave the forms as they are."), "drafts",
           palette=False, instead_of="app.quit_or_back"),
    *moves("drafts"),
)  # fmt: skip
CONFLICT: Final = (
    Action("conflict.mine", ("m",), N_("Keep mine"),
           N_("Save my version over the other one; the other is kept in the history."), "conflict"),
    Action("conflict.theirs", ("t",), N_("Keep theirs"), N_("Leave the other version; mine is kept as unfinished."),
           "conflict"),
    Action("conflict.back", ("escape", "q"), N_("Back to the form"), N_("Go back to the form without choosing yet."),
           "conflict", palette=False, instead_of="app.quit_or_back"),
    *moves("conflict"),
)  # fmt: skip
