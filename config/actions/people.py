"""Contact persons: the register, the people around a participant, the team's list."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

people = Scope("people", N_("Contact persons"))
contact_chooser = Scope("contact_chooser", N_("Choosing a contact person"), typing=True)
network = Scope("network", N_("People around"))
team_list = Scope("team_list", N_("The team's list"))

NOBODY: Final = N_("There is nobody under the mark.")

ACTIONS: Final = (
    people.key("open", "enter", N_("Open"), N_("Read or change what is known of the person."), needs_row=NOBODY),
    people.key("add", "n", N_("New"), N_("Enter a contact person."), writes=True),
    people.key("filter", "f", N_("Filter"), N_("Show only those that match what you type.")),
    people.key("leave", "l", N_("Left the post"),
               N_("The person has left the post: kept and not offered any more. Among those who left: is back."),
               writes=True, needs_row=NOBODY),
    people.more("merge", "d", N_("Double"),
                N_("Mark the person as a double, to be merged into another that you go to."),
                writes=True, needs_row=NOBODY),
    people.more("confirm", "f2", N_("Confirm"),
                N_("Merge the marked double into the person under the mark, or delete the one marked for it."),
                palette=False, writes=True),
    people.more("remove", "x delete", N_("Delete"),
                N_("Mark somebody who was entered by mistake; a second key deletes. Not while linked to anybody."),
                palette=False, writes=True, needs_row=NOBODY),
    people.more("gone", "v", N_("Who left"), N_("Show those who left their post, or the others again.")),
    people.close(N_("Clear the filter, then go back.")),
    *people.moves(),

    contact_chooser.key("open", "enter", N_("Choose"), N_("Choose the person under the mark."),
                        palette=False, needs_row=NOBODY),
    contact_chooser.key("add", "f2", N_("New"), N_("Enter a contact person who is not in the register yet."),
                        palette=False, writes=True),
    contact_chooser.close(N_("Go back without choosing.")),
    *contact_chooser.moves(),

    network.key("link", "n", N_("Link"), N_("Link somebody from the register, or somebody new."), writes=True),
    network.key("end", "e", N_("Stop"), N_("End the part under the mark today; it stays in the history."),
                writes=True, needs_row=NOBODY),
    network.key("change", "c", N_("Change"), N_("Change the role, the days or the note of the part."),
                writes=True, needs_row=NOBODY),
    network.key("open", "enter", N_("Contact"), N_("Open what the register knows of the person."), needs_row=NOBODY),
    network.key("consents", "s", N_("Consents"), N_("Show the participant's consents.")),
    network.close(N_("Go back to the participant.")),
    *network.moves(),

    team_list.key("open", "enter", N_("People around"), N_("Open the people around the participant."),
                  needs_row=NOBODY),
    team_list.more("participant", "o", N_("Participant"), N_("Open the participant."), needs_row=NOBODY),
    team_list.key("paper", "z", N_("Print"),
                  N_("Read the list as it is printed, with names or codes, and write it as a PDF.")),
    team_list.more("left", "left h", N_("Left"), N_("Move one agency to the left."), palette=False),
    team_list.key("right", "right l", N_("Right"), N_("Move one agency to the right."), palette=False),
    team_list.close(N_("Go back to the board.")),
    *team_list.moves(),
)  # fmt: skip
