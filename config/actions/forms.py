"""Forms, the lists and questions that answer them, and those left unfinished or in conflict."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

form = Scope("form", N_("Forms"), typing=True)
lists = Scope("list", N_("Lists"))
prompt = Scope("prompt", N_("A question"), typing=True)
drafts = Scope("drafts", N_("Unfinished forms"))
conflict = Scope("conflict", N_("Two versions"))

FORM: Final = (
    form.key("save", "ctrl+s f2", N_("Save"), N_("Save what is filled in."), writes=True),
    form.close(N_("Close the form; what is not saved is kept and offered again.")),
    form.key("empty", "f6", N_("Put aside"), N_("Put the unfinished form aside that was filled in, or bring it back."),
             instead_of="app.drafts"),
    form.key("next", "tab", N_("Next field"), N_("Go to the next field."), palette=False),
    form.more("prev", "shift+tab", N_("Previous field"), N_("Go to the previous field."), palette=False),
    form.more("up", "up", N_("Field above"), N_("Go to the field above."), palette=False),
    form.more("down", "down", N_("Field below"), N_("Go to the field below."), palette=False),
    form.more("page_up", "pageup", N_("Section before"), N_("Go to the section before."), palette=False),
    form.more("page_down", "pagedown", N_("Next section"), N_("Go to the next section."), palette=False),
)  # fmt: skip
LIST: Final = (
    lists.key("open", "enter", N_("Choose"), N_("Open or choose the line under the mark."), palette=False),
    lists.close(N_("Close the list without choosing.")),
    lists.key("mark", "space", N_("Mark"), N_("Mark the line or take its mark away, where several can be chosen."),
              palette=False),
    *lists.moves(),
)  # fmt: skip
PROMPT: Final = (
    prompt.key("accept", "enter", N_("Done"), N_("Use what is written."), palette=False),
    prompt.close(N_("Close without an answer.")),
)  # fmt: skip
DRAFTS: Final = (
    drafts.key("open", "enter", N_("Go on"), N_("Open the form under the mark, filled in."),
               palette=False, needs_row=N_("There is no unfinished form.")),
    drafts.key("discard", "d delete", N_("Throw away"),
               N_("Mark the unfinished form as one to throw away; a second key does it."),
               palette=False, needs_row=N_("There is no unfinished form.")),
    drafts.key("confirm", "f2", N_("Yes, throw it away"),
               N_("Throw the marked form away for good; it cannot be undone."), palette=False),
    drafts.close(N_("Go back and leave the forms as they are.")),
    *drafts.moves(),
)  # fmt: skip
CONFLICT: Final = (
    conflict.key("mine", "m", N_("Keep mine"),
                 N_("Save my version over the other one; the other is kept in the history.")),
    conflict.key("theirs", "t", N_("Keep theirs"), N_("Leave the other version; mine is kept as unfinished.")),
    conflict.key("back", "escape q", N_("Back to the form"), N_("Go back to the form without choosing yet."),
                 palette=False, instead_of="app.quit_or_back"),
    *conflict.moves(),
)  # fmt: skip
