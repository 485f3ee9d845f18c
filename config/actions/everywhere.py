"""What holds everywhere, what it opens, and forms with the lists and questions that answer them."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import EVERYWHERE, Scope
from config.words import N_

app = Scope(EVERYWHERE, N_("Everywhere"))
search = Scope("search", N_("Search"), typing=True)
palette = Scope("palette", N_("Commands"), typing=True)
settings = Scope("settings", N_("Settings"))
programme = Scope("programme", N_("Programme"))
lock = Scope("lock", N_("Locked"), typing=True)
form = Scope("form", N_("Forms"), typing=True)
template = Scope("template", N_("Text templates"), typing=True)
own_templates = Scope("own_templates", N_("Your own templates"))
read = Scope("read", N_("A page to read"))
secret = Scope("secret", N_("Passphrases"), typing=True)
lists = Scope("list", N_("Lists"))
chooser = Scope("chooser", N_("Choosing"), typing=True)
prompt = Scope("prompt", N_("A question"), typing=True)
writing = Scope("writing", N_("A text to write"), typing=True)
told = Scope("told", N_("What happened meanwhile"), typing=True)
drafts = Scope("drafts", N_("Unfinished forms"))
conflict = Scope("conflict", N_("Two versions"))

TEMPLATE_KEYS: Final = "ctrl+o insert"
TEMPLATE: Final = N_("Put a text template in at the cursor, or keep what is written as one.")
NO_TEMPLATE: Final = N_("You have no template of your own. What stands in a field is kept as one there.")

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
    search.key("open", "enter", N_("Open"), N_("Open the selected participant or entry."), palette=False,
               needs_row=N_("There is nothing to open.")),
    search.key("new", "f3", N_("New search"),
               N_("Empty the line; in an empty one, bring back what you searched for before."),
               instead_of="app.search"),
    *search.list_keys(N_("Go back; the search is still here the next time.")),
)  # fmt: skip
PALETTE: Final = (
    palette.key("run", "enter", N_("Do it"), N_("Do what is selected."), palette=False),
    *palette.list_keys(N_("Close without doing anything.")),
)  # fmt: skip
SETTINGS: Final = (
    settings.key("next", "right l space", N_("Next value"), N_("Choose the next value; saved at once."), palette=False),
    settings.move("previous", "left h", N_("Previous value"), N_("Choose the previous value; saved at once.")),
    settings.key("edit", "enter", N_("Change"), N_("Write the value, or choose the next one; saved at once."),
                 palette=False),
    settings.key("passphrase", "K", N_("Passphrase"), N_("Change your own passphrase."),
                 instead_of="app.passphrase"),
    settings.more("programme", "P", N_("Programme"),
                  N_("Show the limits and lists that hold in the programme and where each comes from."),
                  palette=False),
    *settings.list_keys(N_("Close the settings; everything is saved already.")),
)  # fmt: skip
PROGRAMME: Final = (
    programme.key("change", "enter", N_("Change"), N_("Write another number for the selected limit."),
                  right="team", needs_row=N_("There is nothing to change."), palette=False),
    *programme.list_keys(N_("Back to the settings.")),
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
    form.more("template", TEMPLATE_KEYS, N_("Template"), TEMPLATE, writes=True),
    form.move("prev", "shift+tab", N_("Previous field"), N_("Go to the previous field.")),
    form.move("up", "up", N_("Field above"), N_("Go to the field above.")),
    form.move("down", "down", N_("Field below"), N_("Go to the field below.")),
    form.move("page_up", "pageup", N_("Section before"), N_("Go to the section before.")),
    form.move("page_down", "pagedown", N_("Next section"), N_("Go to the next section.")),
)  # fmt: skip
TEMPLATES: Final = (
    template.key("open", "enter", N_("Put in"), N_("Put the selected template in at the cursor of the field."),
                 palette=False, needs_row=N_("There is no such template.")),
    template.key("keep", "f2 ctrl+s", N_("Keep as template"),
                 N_("Keep what is selected in the field, or all of it, as a template of your own."), palette=False),
    template.key("own", "f7", N_("Your own"), N_("Rename or remove the templates you have kept."), palette=False,
                 instead_of="app.settings"),
    *template.list_keys(N_("Go back to the field without putting anything in.")),

    own_templates.key("rename", "enter e", N_("Rename"), N_("Give the selected template another name."),
                      palette=False, needs_row=NO_TEMPLATE),
    own_templates.key("remove", "d delete", N_("Remove"), N_("Remove the selected template, after a question."),
                      palette=False, needs_row=NO_TEMPLATE),
    *own_templates.list_keys(N_("Go back; everything is saved already.")),
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
    lists.key("open", "enter", N_("Choose"), N_("Open or choose the selected line."), palette=False),
    lists.close(N_("Close the list without choosing.")),
    lists.key("mark", "space", N_("Mark"), N_("Mark the line or take its mark away, where several can be chosen."),
              palette=False),
    *lists.moves(),
)  # fmt: skip
CHOOSER: Final = (
    chooser.key("open", "enter", N_("Choose"), N_("Choose the selected line, or all that are marked."),
                palette=False),
    chooser.close(N_("Clear what is typed, or close the list without choosing.")),
    chooser.key("mark", "space", N_("Mark"), N_("Mark the line or take its mark away, where several can be chosen."),
                palette=False),
    *chooser.moves(),
)  # fmt: skip
PROMPT: Final = (
    prompt.key("accept", "enter", N_("Done"), N_("Use what is written."), palette=False),
    prompt.close(N_("Close without an answer.")),
    prompt.key("template", TEMPLATE_KEYS, N_("Template"), TEMPLATE, writes=True),

    writing.key("accept", "enter", N_("Done"), N_("Write what stands here."), palette=False),
    writing.close(N_("Close; what stands here is kept and offered again.")),
    writing.key("new_line", "ctrl+n f7", N_("New line"), N_("Begin a new line in the text."), palette=False,
                instead_of="app.settings"),
    writing.key("template", TEMPLATE_KEYS, N_("Template"), TEMPLATE, writes=True),
)  # fmt: skip
TOLD: Final = (
    told.key("close", "enter escape f4", N_("Go on"), N_("Go on where the program is now; letters do nothing here."),
             palette=False, instead_of="app.quit_or_back"),
)  # fmt: skip
DRAFTS: Final = (
    drafts.key("open", "enter", N_("Go on"), N_("Open the selected form, filled in."),
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
