"""What holds everywhere, what it opens, and forms with the lists and questions that answer them."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import EVERYWHERE, Scope
from config.words import N_

app = Scope(EVERYWHERE, N_("Everywhere"))
search = Scope("search", N_("Search"), typing=True)
palette = Scope("palette", N_("Commands"), typing=True)
settings = Scope("settings", N_("Settings"))
lock = Scope("lock", N_("Locked"), typing=True)
form = Scope("form", N_("Forms"), typing=True)
read = Scope("read", N_("A page to read"))
secret = Scope("secret", N_("Passphrases"), typing=True)
lists = Scope("list", N_("Lists"))
prompt = Scope("prompt", N_("A question"), typing=True)
drafts = Scope("drafts", N_("Unfinished forms"))
conflict = Scope("conflict", N_("Two versions"))

APP: Final = (
    app.key("help", "question_mark f1", N_("Help"), N_("Show the keys and what you can do here.")),
    app.key("search", "slash f3", N_("Search"), N_("Search names, codes and everything written.")),
    app.key("quit_or_back", "q escape", N_("Back"), N_("Go back one screen, or quit from the board.")),
    app.more("undo", "u", N_("Undo"), N_("Undo the last change you made; what you wrote is an unfinished form again.")),
    app.more("palette", "ctrl+p f10", N_("Commands"), N_("Find any command by typing part of its name."),
             palette=False),
    app.more("privacy", "p f8", N_("Hide names"), N_("Show codes instead of names, or show names again.")),
    app.more("drafts", "D f6", N_("Unfinished"), N_("Show the forms you did not finish, to go on with one.")),
    app.more("lock", "L f9", N_("Lock"), N_("Lock the screen until the passphrase is given again.")),
    app.more("settings", "comma f7", N_("Settings"), N_("Change language, colours, keys and more.")),
    app.more("redo", "Y", N_("Redo"), N_("Do again what you undid last.")),
    app.more("open_restricted", "O", N_("Open restricted"),
             N_("Open a participant who is restricted to some colleagues, with the full code and a reason."),
             right="open"),
    app.more("passphrase", "K", N_("Passphrase"), N_("Change your own passphrase.")),
    app.more("repaint", "ctrl+l f5", N_("Redraw"), N_("Draw the whole screen again if it is garbled.")),
)  # fmt: skip
SEARCH: Final = (
    search.key("open", "enter", N_("Open"), N_("Open the participant or the entry under the mark."), palette=False,
               needs_row=N_("There is nothing to open.")),
    search.key("new", "f3", N_("New search"), N_("Empty the line and search for something else."),
               instead_of="app.search"),
    *search.list_keys(N_("Go back; the search is still here the next time.")),
)  # fmt: skip
PALETTE: Final = (
    palette.key("run", "enter", N_("Do it"), N_("Do what stands under the mark."), palette=False),
    *palette.list_keys(N_("Close without doing anything.")),
)  # fmt: skip
SETTINGS: Final = (
    settings.key("next", "right l space", N_("Next value"), N_("Choose the next value; saved at once."), palette=False),
    settings.move("previous", "left h", N_("Previous value"), N_("Choose the previous value; saved at once.")),
    settings.key("edit", "enter", N_("Change"), N_("Write the value, or choose the next one; saved at once."),
                 palette=False),
    settings.key("passphrase", "K", N_("Passphrase"), N_("Change your own passphrase."),
                 instead_of="app.passphrase"),
    *settings.list_keys(N_("Close the settings; everything is saved already.")),
)  # fmt: skip
LOCK: Final = (
    lock.key("unlock", "enter", N_("Unlock"), N_("Unlock with the passphrase that is written."), palette=False),
    lock.key("quit", "f4", N_("Quit"), N_("Leave the program; you are asked to press the key twice."),
             palette=False, instead_of="app.quit_or_back"),
)  # fmt: skip
FORM: Final = (
    form.key("save", "ctrl+s f2", N_("Save"), N_("Save what is filled in."), writes=True),
    form.close(N_("Close the form; what is not saved is kept and offered again.")),
    form.key("empty", "f6", N_("Put aside"), N_("Put the unfinished form aside that was filled in, or bring it back."),
             instead_of="app.drafts"),
    form.key("next", "tab", N_("Next field"), N_("Go to the next field."), palette=False),
    form.move("prev", "shift+tab", N_("Previous field"), N_("Go to the previous field.")),
    form.move("up", "up", N_("Field above"), N_("Go to the field above.")),
    form.move("down", "down", N_("Field below"), N_("Go to the field below.")),
    form.move("page_up", "pageup", N_("Section before"), N_("Go to the section before.")),
    form.move("page_down", "pagedown", N_("Next section"), N_("Go to the next section.")),
)  # fmt: skip
READ: Final = (
    read.key("correct", "e", N_("Correct"), N_("Correct what stands here."), writes=True),
    *read.list_keys(N_("Go back to where you were.")),
)  # fmt: skip
SECRET: Final = (
    secret.key("save", "ctrl+s f2", N_("Save"), N_("Do it with what is filled in."), palette=False),
    secret.close(N_("Close; nothing is changed, and nothing of what is written is kept.")),
    secret.key("next", "tab", N_("Next field"), N_("Go to the next field."), palette=False),
    secret.move("prev", "shift+tab", N_("Previous field"), N_("Go to the previous field.")),
    secret.move("up", "up", N_("Field above"), N_("Go to the field above.")),
    secret.move("down", "down", N_("Field below"), N_("Go to the field below.")),
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
    *drafts.list_keys(N_("Go back and leave the forms as they are.")),
)  # fmt: skip
CONFLICT: Final = (
    conflict.key("mine", "m", N_("Keep mine"),
                 N_("Save my version over the other one; the other is kept in the history.")),
    conflict.key("theirs", "t", N_("Keep theirs"), N_("Leave the other version; mine is kept as unfinished.")),
    conflict.key("back", "escape q", N_("Back to the form"), N_("Go back to the form without choosing yet."),
                 palette=False, instead_of="app.quit_or_back"),
    *conflict.moves(),
)  # fmt: skip
