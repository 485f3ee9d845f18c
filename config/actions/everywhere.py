"""What holds everywhere, and what it opens: the search, the commands, the settings, the lock."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import EVERYWHERE, Scope
from config.words import N_

app = Scope(EVERYWHERE, N_("Everywhere"))
search = Scope("search", N_("Search"), typing=True)
palette = Scope("palette", N_("Commands"), typing=True)
settings = Scope("settings", N_("Settings"))
lock = Scope("lock", N_("Locked"), typing=True)

APP: Final = (
    app.key("help", "question_mark f1", N_("Help"), N_("Show the keys and what you can do here.")),
    app.more("palette", "ctrl+p f10", N_("Commands"), N_("Find any command by typing part of its name."),
             palette=False),
    app.key("search", "slash f3", N_("Search"), N_("Search names, codes and everything written.")),
    app.more("lock", "L f9", N_("Lock"), N_("Lock the screen until the passphrase is given again.")),
    app.more("privacy", "p f8", N_("Hide names"), N_("Show codes instead of names, or show names again.")),
    app.more("repaint", "ctrl+l f5", N_("Redraw"), N_("Draw the whole screen again if it is garbled.")),
    app.more("settings", "comma f7", N_("Settings"), N_("Change language, colours, keys and more.")),
    app.more("drafts", "D f6", N_("Unfinished"), N_("Show the forms you did not finish, to go on with one.")),
    app.key("quit_or_back", "q escape", N_("Back"), N_("Go back one screen, or quit from the board.")),
    app.more("undo", "u", N_("Undo"), N_("Undo the last change you made.")),
)  # fmt: skip
SEARCH: Final = (
    search.key("open", "enter", N_("Open"), N_("Open the participant or the entry under the mark."), palette=False),
    search.key("new", "f3", N_("New search"), N_("Empty the line and search for something else."),
               instead_of="app.search"),
    search.close(N_("Go back; the search is still here the next time.")),
    *search.moves(),
)  # fmt: skip
PALETTE: Final = (
    palette.key("run", "enter", N_("Do it"), N_("Do what stands under the mark."), palette=False),
    palette.close(N_("Close without doing anything.")),
    *palette.moves(),
)  # fmt: skip
SETTINGS: Final = (
    settings.key("next", "right l space", N_("Next value"), N_("Choose the next value; saved at once."), palette=False),
    settings.more("previous", "left h", N_("Previous value"), N_("Choose the previous value; saved at once."),
                  palette=False),
    settings.key("edit", "enter", N_("Change"), N_("Write the value, or choose the next one; saved at once."),
                 palette=False),
    settings.close(N_("Close the settings; everything is saved already.")),
    *settings.moves(),
)  # fmt: skip
LOCK: Final = (
    lock.key("unlock", "enter", N_("Unlock"), N_("Unlock with the passphrase that is written."), palette=False),
    lock.key("quit", "f4", N_("Quit"), N_("Leave the program; you are asked to press the key twice."),
             palette=False, instead_of="app.quit_or_back"),
)  # fmt: skip
