"""Coordination: agenda and applications, consents, checklists, contact persons."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

agenda = Scope("agenda", N_("Agenda"))
suggested = Scope("suggested", N_("Suggested tasks"))
applications = Scope("applications", N_("Applications"))
consents = Scope("consents", N_("Consents"))
consent_history = Scope("consent_history", N_("Consents so far"))
consents_end = Scope("consents_end", N_("Ending the consents"))
checklist = Scope("checklist", N_("Checklist"))
checklists = Scope("checklists", N_("Checklists"))
open_items = Scope("open_items", N_("What is left"))
people = Scope("people", N_("Contact persons"))
contact_chooser = Scope("contact_chooser", N_("Choosing a contact person"), typing=True)
network = Scope("network", N_("People around"))
team_list = Scope("team_list", N_("The team's list"))

NOTHING: Final = N_("Nothing is selected.")
NO_APPLICATION: Final = N_("There is no application yet.")
NOBODY: Final = N_("Nobody is selected.")

ACTIONS: Final = (
    agenda.key("done", "space", N_("Done"),
               N_("The task is done, the appointment attended or gone through; what repeats is planned anew."),
               writes=True, needs_row=NOTHING),
    agenda.key("later", "plus", N_("Later"), N_("Move it one day on, from today if it is overdue."),
               writes=True, needs_row=NOTHING),
    agenda.more("earlier", "minus", N_("Earlier"), N_("Move it one day back, not before today."),
                writes=True, needs_row=NOTHING),
    agenda.more("to_day", "d", N_("To a day"), N_("Move it to the day that you type, with a time of day or without."),
                writes=True, needs_row=NOTHING),
    agenda.more("week", "greater_than_sign", N_("A week later"), N_("Move it a week on, from today if it is overdue."),
                writes=True, needs_row=NOTHING),
    agenda.key("record", "r", N_("Record"),
               N_("Record what happened at the appointment, which is then attended; else with the participant."),
               writes=True),
    agenda.key("add", "n", N_("New"), N_("Make an appointment."), writes=True),
    agenda.more("misplaced", "W", N_("Wrong person"),
                N_("Move what is selected to the participant it was about, or strike it out."), writes=True),
    agenda.key("task", "t", N_("Task"), N_("Set a task."), writes=True),
    agenda.more("open", "enter", N_("Open"), N_("Read what is selected, or go to where it stands."),
                palette=False, needs_row=NOTHING),
    agenda.more("edit", "e", N_("Change"), N_("Change what is selected."), writes=True, needs_row=NOTHING),
    agenda.more("other", "x", N_("Not done"), N_("Say that it was missed, cancelled or declined."),
                writes=True, needs_row=NOTHING),
    agenda.more("prepared", "f", N_("Prepared"), N_("The appointment is prepared, or is not after all."),
                writes=True, needs_row=NOTHING),
    agenda.more("participant", "o", N_("Participant"), N_("Open the participant it concerns."), needs_row=NOTHING),
    agenda.more("suggested", "s", N_("Suggested"), N_("Show the tasks the programme suggests for the phase.")),
    agenda.more("scope", "m", N_("Whose"), N_("Switch between my agenda and the whole team's.")),
    agenda.more("worker", "w", N_("Colleague"), N_("Choose the colleague whose agenda is shown.")),
    agenda.more("view", "v", N_("Week"), N_("Switch between the list and the week, day by day.")),
    agenda.more("before", "left", N_("Week before"), N_("Show the week before.")),
    agenda.more("after", "right", N_("Week after"), N_("Show the week after.")),
    agenda.more("export", "z", N_("Calendar file"),
                N_("Write what is to come as an iCalendar file; the file is not encrypted."), right="export"),
    *agenda.list_keys(N_("Go back.")),

    suggested.key("take", "space enter", N_("Take"), N_("Take the task; it goes to whoever is responsible."),
                  writes=True, needs_row=N_("Nothing is left to take or decline.")),
    suggested.key("decline", "x", N_("Decline"), N_("Decline the task; it is not suggested again in this phase."),
                  writes=True, needs_row=N_("Nothing is left to take or decline.")),
    *suggested.list_keys(N_("Go back; what is left is offered again.")),

    applications.key("add", "n", N_("New"), N_("Enter an application."), writes=True),
    applications.key("sent", "s", N_("Sent"), N_("It was sent today."), writes=True, needs_row=NO_APPLICATION),
    applications.key("complement", "c", N_("More docs"),
                     N_("More documents were requested today; once more, they were sent today."),
                     writes=True, needs_row=NO_APPLICATION),
    applications.key("decided", "d", N_("Decided"), N_("It was decided today; choose the outcome."),
                     writes=True, needs_row=NO_APPLICATION),
    applications.more("read", "enter", N_("Read"), N_("Read all of the selected application."),
                      needs_row=NO_APPLICATION),
    applications.more("edit", "e", N_("Change"), N_("Change the selected application."),
                      writes=True, needs_row=NO_APPLICATION),
    *applications.list_keys(N_("Go back to the participant.")),

    consents.key("give", "n", N_("New"),
                 N_("Note a consent the participant has given, or all that are marked as one sheet."), writes=True),
    consents.more("mark", "space", N_("Mark"), N_("Mark whom a signed sheet is for, or take the mark away."),
                  writes=True),
    consents.key("renew", "f", N_("Renew"), N_("Note that the selected consent was renewed."), writes=True),
    consents.key("withdraw", "w", N_("Withdraw"),
                 N_("Note that the selected consent was withdrawn, aloud or in writing, or that the writing has "
                    "come."),
                 writes=True),
    consents.more("misplaced", "W", N_("Wrong person"),
                  N_("Move what is selected to the participant it was about, or strike it out."), writes=True),
    consents.key("disclose", "d", N_("Share"),
                 N_("Record what was shared with the selected person; whether it is covered is said at once."),
                 writes=True),
    consents.more("history", "h", N_("History"), N_("Show every consent ever given here, and what was shared.")),
    consents.more("shared", "s", N_("All shared"), N_("Show everything that was shared about the participant.")),
    consents.more("read", "enter", N_("Read"), N_("Read all of the selected consent."), palette=False),
    consents.more("correct", "e", N_("Correct"), N_("Correct the selected consent, or let it end earlier."),
                  writes=True),
    consents.key("end_all", "x", N_("End all"),
                 N_("End all consents, as when somebody is independent; shows first who is to be told."), writes=True),
    *consents.list_keys(N_("Go back to the participant.")),

    *consent_history.list_keys(N_("Go back to the consents.")),

    consents_end.key("confirm", "f2", N_("End all consents"), N_("End all consents today."), palette=False),
    *consents_end.list_keys(N_("Go back and leave the consents as they are."), label=N_("Leave them")),

    checklist.key("tick", "space", N_("Tick"), N_("Tick the item, or take its tick away."), writes=True),
    checklist.more("value", "enter", N_("Write"), N_("Write what the item holds, or go to where it is entered.")),
    checklist.key("note", "n", N_("Note"), N_("Write a note beside the item."), writes=True),
    checklist.key("set_aside", "x", N_("Not relevant"), N_("Say that the item is not relevant, and why."), writes=True),
    checklist.more("wait", "w", N_("Waits"), N_("Say that the item waits for somebody else."), writes=True),
    checklist.key("verify", "v", N_("Verify"), N_("Confirm a done item as a second person."), writes=True),
    checklist.more("due", "d", N_("Due"), N_("Set the day the item is due."), writes=True),
    *checklist.list_keys(N_("Go back; everything is saved already.")),

    checklists.key("open", "enter", N_("Open"), N_("Open the selected checklist.")),
    checklists.key("anew", "n", N_("Once more"), N_("Open the checklist anew, as the programme has it now."),
                   writes=True),
    checklists.key("shut", "x", N_("Close it"), N_("Close the checklist with a reason, or open it again."),
                   writes=True),
    *checklists.list_keys(N_("Go back to the participant.")),

    open_items.key("open", "enter", N_("Open"), N_("Open the selected checklist."),
                   needs_row=N_("Nothing is left here.")),
    open_items.key("participant", "o", N_("Participant"), N_("Open the participant."),
                   needs_row=N_("Nothing is left here.")),
    open_items.key("what", "f", N_("Show"), N_("Show everything open, what is overdue, or what is not verified.")),
    open_items.key("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    open_items.more("worker", "w", N_("Colleague"), N_("Choose the colleague whose caseload is shown.")),
    *open_items.list_keys(N_("Go back to the board.")),

    people.key("open", "enter", N_("Read"), N_("Read what is known of the person, and whose they are."),
               needs_row=NOBODY),
    people.more("edit", "e", N_("Change"), N_("Change what is known of the person."), writes=True, needs_row=NOBODY),
    people.key("add", "n", N_("New"), N_("Enter a contact person."), writes=True),
    people.key("filter", "f", N_("Filter"), N_("Show only those that match what you type.")),
    people.key("leave", "l", N_("Left the post"),
               N_("The person has left the post: kept and not offered any more. Among those who left: is back."),
               writes=True, needs_row=NOBODY),
    people.more("merge", "d", N_("Duplicate"),
                N_("Mark the person as a duplicate, to be merged into another that you go to."),
                writes=True, needs_row=NOBODY),
    people.more("confirm", "f2", N_("Confirm"),
                N_("Merge the marked duplicate into the selected person, or delete the one marked for it."),
                palette=False, writes=True),
    people.more("remove", "x delete", N_("Delete"),
                N_("Mark somebody who was entered by mistake; a second key deletes. Not while linked to anybody."),
                palette=False, writes=True, needs_row=NOBODY),
    people.more("gone", "v", N_("Who left"), N_("Show those who left their post, or the others again.")),
    *people.list_keys(N_("Clear the filter, then go back.")),

    contact_chooser.key("open", "enter", N_("Choose"), N_("Choose the selected person."),
                        palette=False, needs_row=NOBODY),
    contact_chooser.key("add", "f2", N_("New"), N_("Enter a contact person who is not in the register yet."),
                        palette=False, writes=True),
    *contact_chooser.list_keys(N_("Go back without choosing.")),

    network.key("link", "n", N_("Link"), N_("Link somebody from the register, or somebody new."), writes=True),
    network.key("end", "x", N_("Stop"), N_("End the selected role today; it stays in the history."),
                writes=True, needs_row=NOBODY),
    network.key("change", "e", N_("Change"), N_("Change the role, the days or the note."),
                writes=True, needs_row=NOBODY),
    network.key("open", "enter", N_("Contact"), N_("Read what the register knows of the person."), needs_row=NOBODY),
    network.key("consents", "s", N_("Consents"), N_("Show the participant's consents.")),
    network.more("mark", "space", N_("Mark"), N_("Mark who is to know of the others, or take the mark away."),
                 writes=True, needs_row=NOBODY),
    network.more("tell", "r", N_("Know each other"),
                 N_("Note that those who are marked know of each other from today; where none is, everybody."),
                 writes=True, needs_row=NOBODY),
    network.more("known", "t", N_("Who knows whom"), N_("Show who was told of whom, and who does not know yet.")),
    network.more("fragmentation", "f", N_("Fragmentation"),
                 N_("Show in plain counts how the help holds together, over time.")),
    network.more("plan", "i", N_("Individual plan"),
                 N_("Read how the individual plan stands, or note it: who coordinates it and its next revision.")),
    *network.list_keys(N_("Go back to the participant.")),

    team_list.key("open", "enter", N_("People around"), N_("Open the people around the participant."),
                  needs_row=NOBODY),
    team_list.more("participant", "o", N_("Participant"), N_("Open the participant."), needs_row=NOBODY),
    team_list.key("paper", "z", N_("Print"),
                  N_("Read the list as it is printed, with names or codes, and write it as a PDF.")),
    team_list.more("mark", "space", N_("Mark"),
                   N_("Mark the participant, or take the mark away: what is noted next is for each one marked."),
                   writes=True, needs_row=NOBODY),
    team_list.more("tell", "r", N_("Know each other"),
                   N_("Note that all around the participant, or each one marked, know of each other from today."),
                   writes=True, needs_row=NOBODY),
    team_list.more("known", "t", N_("Who knows whom"), N_("Show who was told of whom, and who does not know yet."),
                   needs_row=NOBODY),
    team_list.more("agency", "a", N_("For an agency"),
                   N_("Read the list as one agency may have it: only what the participants' consents cover.")),
    team_list.move("left", "left h", N_("Left"), N_("Move one agency to the left.")),
    team_list.key("right", "right l", N_("Right"), N_("Move one agency to the right."), palette=False),
    *team_list.list_keys(N_("Go back to the board.")),
)  # fmt: skip
