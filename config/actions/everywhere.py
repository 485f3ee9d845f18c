"""What holds everywhere, and what it opens: the search, the commands, the settings, the lock."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import EVERYWHERE, Action, moves
from config.words import N_

APP: Final = (
    Action("app.help", ("question_mark", "f1"), N_("Help"), N_("Show the keys and what you can do here."), EVERYWHERE),
    Action("app.palette", ("ctrl+p", "f10"), N_("Commands"), N_("Find any command by typing part of its name."),
           EVERYWHERE, footer=False, palette=False),
    Action("app.search", ("slash", "f3"), N_("Search"), N_("Search names, codes and everything written."), EVERYWHERE),
    Action("app.lock", ("L", "f9"), N_("Lock"), N_("Lock the screen until the passphrase is given again."), EVERYWHERE,
           footer=False),
    Action("app.privacy", ("p", "f8"), N_("Hide names"), N_("Show codes instead of names, or show names again."),
           EVERYWHERE, footer=False),
    Action("app.repaint", ("ctrl+l", "f5"), N_("Redraw"), N_("Draw the whole screen again if it is garbled."),
           EVERYWHERE, footer=False),
    Action("app.settings", ("comma", "f7"), N_("Settings"), N_("Change language, colours, keys and more."), EVERYWHERE,
           footer=False),
    Action("app.drafts", ("D", "f6"), N_("Unfinished"), N_("Show the forms you did not finish, to go on with one."),
           EVERYWHERE, footer=False),
    Action("app.quit_or_back", ("q", "escape"), N_("Back"), N_("Go back one screen, or quit from the board."),
           EVERYWHERE),
    Action("app.undo", ("u",), N_("Undo"), N_("Undo the last change you made."), EVERYWHERE, footer=False),
)  # fmt: skip
SEARCH: Final = (
    Action("search.open", ("enter",), N_("Open"), N_("Open the participant or the entry under the mark."), "search",
           palette=False, needs_row=N_("There is nothing to open.")),
    Action("search.new", ("f3",), N_("New search"), N_("Empty the line and search for something else."), "search",
           instead_of="app.search"),
    Action("search.close", ("escape", "f4"), N_("Close"), N_("Go back; the search is still here the next time."),
           "search", palette=False, instead_of="app.quit_or_back"),
    *moves("search", typing=True),
)  # fmt: skip
PALETTE: Final = (
    Action("palette.run", ("enter",), N_("Do it"), N_("Do what stands under the mark."), "palette", palette=False),
    Action("palette.close", ("escape", "f4"), N_("Close"), N_("Close without doing anything."), "palette",
           palette=False, instead_of="app.quit_or_back"),
    *moves("palette", typing=True),
)  # fmt: skip
SETTINGS: Final = (
    Action("settings.next", ("right", "l", "space"), N_("Next value"), N_("Choose the next value; saved at once."),
           "settings", palette=False),
    Action("settings.previous", ("left", "h"), N_("Previous value"), N_("Choose the previous value; saved at once."),
           "settings", footer=False, palette=False),
    Action("settings.edit", ("enter",), N_("Change"), N_("Write the value, or choose the next one; saved at once."),
           "settings", palette=False),
    Action("settings.close", ("escape", "q"), N_("Close"), N_("Close the settings; everything is saved already."),
           "settings", palette=False, instead_of="app.quit_or_back"),
    *moves("settings"),
)  # fmt: skip
LOCK: Final = (
    Action("lock.unlock", ("enter",), N_("Unlock"), N_("Unlock with the passphrase that is written."), "lock",
           palette=False),
    Action("lock.quit", ("f4",), N_("Quit"), N_("Leave the program; you are asked to press the key twice."), "lock",
           palette=False, instead_of="app.quit_or_back"),
)  # fmt: skip
