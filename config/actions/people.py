"""Contact persons: the register, the people around a participant, the team's list."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

NOBODY: Final = N_("There is nobody under the mark.")

ACTIONS: Final = (
    Action("people.open", ("enter",), N_("Open"), N_("Read or change what is known of the person."), "people",
           needs_row=NOBODY),
    Action("people.add", ("n",), N_("New"), N_("Enter a contact person."), "people", writes=True),
    Action("people.filter", ("f",), N_("Filter"), N_("Show only those that match what you type."), "people"),
    Action("people.leave", ("l",), N_("Left the post"),
           N_("The person has left the post: kept and not offered any more. Among those who left: is back."), "people",
           writes=True, needs_row=NOBODY),
    Action("people.merge", ("d",), N_("Double"),
           N_("Mark the person as a double, to be merged into another that you go to."), "people", footer=False,
           writes=True, needs_row=NOBODY),
    Action("people.confirm", ("f2",), N_("Confirm"),
           N_("Merge the marked double into the person under the mark, or delete the one marked for it."), "people",
           footer=False, palette=False, writes=True),
    Action("people.remove", ("x", "delete"), N_("Delete"),
           N_("Mark somebody who was entered by mistake; a second key deletes. Not while linked to anybody."), "people",
           footer=False, palette=False, writes=True, needs_row=NOBODY),
    Action("people.gone", ("v",), N_("Who left"), N_("Show those who left their post, or the others again."), "people",
           footer=False),
    Action("people.close", ("escape", "q"), N_("Close"), N_("Clear the filter, then go back."), "people", palette=False,
           instead_of="app.quit_or_back"),
    *moves("people"),

    Action("contact_chooser.open", ("enter",), N_("Choose"), N_("Choose the person under the mark."),
           "contact_chooser", palette=False, needs_row=NOBODY),
    Action("contact_chooser.add", ("f2",), N_("New"), N_("Enter a contact person who is not in the register yet."),
           "contact_chooser", palette=False, writes=True),
    Action("contact_chooser.close", ("escape", "f4"), N_("Close"), N_("Go back without choosing."), "contact_chooser",
           palette=False, instead_of="app.quit_or_back"),
    *moves("contact_chooser", typing=True),

    Action("network.link", ("n",), N_("Link"), N_("Link somebody from the register, or somebody new."), "network",
           writes=True),
    Action("network.end", ("e",), N_("Stop"), N_("End the part under the mark today; it stays in the history."),
           "network", writes=True, needs_row=NOBODY),
    Action("network.change", ("c",), N_("Change"), N_("Change the role, the days or the note of the part."), "network",
           writes=True, needs_row=NOBODY),
    Action("network.open", ("enter",), N_("Contact"), N_("Open what the register knows of the person."), "network",
           needs_row=NOBODY),
    Action("network.consents", ("s",), N_("Consents"), N_("Show the participant's consents."), "network"),
    Action("network.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "network", palette=False,
           instead_of="app.quit_or_back"),
    *moves("network"),

    Action("team_list.open", ("enter",), N_("People around"), N_("Open the people around the participant."),
           "team_list", needs_row=NOBODY),
    Action("team_list.participant", ("o",), N_("Participant"), N_("Open the participant."), "team_list", footer=False,
           needs_row=NOBODY),
    Action("team_list.paper", ("z",), N_("Print"),
           N_("Read the list as it is printed, with names or codes, and write it as a PDF."), "team_list"),
    Action("team_list.left", ("left", "h"), N_("Left"), N_("Move one agency to the left."), "team_list",
           footer=False, palette=False),
    Action("team_list.right", ("right", "l"), N_("Right"), N_("Move one agency to the right."), "team_list",
           palette=False),
    Action("team_list.close", ("escape", "q"), N_("Close"), N_("Go back to the board."), "team_list", palette=False,
           instead_of="app.quit_or_back"),
    *moves("team_list"),
)  # fmt: skip
