"""What is to come and what is waited for: appointments, tasks and applications."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

agenda = Scope("agenda", N_("Agenda"))
suggested = Scope("suggested", N_("Suggested tasks"))
applications = Scope("applications", N_("Applications"))

NOTHING: Final = N_("There is nothing under the mark.")
NO_APPLICATION: Final = N_("There is no application yet.")

ACTIONS: Final = (
    agenda.key("done", "space", N_("Done"),
               N_("The task is done, the appointment attended or gone through; what repeats is planned anew."),
               writes=True, needs_row=NOTHING),
    agenda.key("later", "plus", N_("Later"), N_("Move it one day on, from today if it is overdue."),
               writes=True, needs_row=NOTHING),
    agenda.more("week", "greater_than_sign", N_("A week later"), N_("Move it a week on, from today if it is overdue."),
                writes=True, needs_row=NOTHING),
    agenda.key("record", "r", N_("Record"),
               N_("Record what happened at the appointment, which is then attended; else with the participant."),
               writes=True),
    agenda.key("add", "n", N_("New"), N_("Make an appointment."), writes=True),
    agenda.key("task", "t", N_("Task"), N_("Set a task."), writes=True),
    agenda.more("open", "enter", N_("Open"), N_("Open what is under the mark, to read or change it."),
                palette=False, needs_row=NOTHING),
    agenda.more("other", "x", N_("Not done"), N_("Say that it was missed, cancelled or declined."),
                writes=True, needs_row=NOTHING),
    agenda.more("prepared", "f", N_("Prepared"), N_("The appointment is prepared, or is not after all."),
                writes=True, needs_row=NOTHING),
    agenda.more("participant", "o", N_("Participant"), N_("Open the participant it concerns."), needs_row=NOTHING),
    agenda.more("suggested", "s", N_("Suggested"), N_("Show the tasks the programme suggests for the phase.")),
    agenda.more("scope", "m", N_("Whose"), N_("Switch between my agenda and the whole team's.")),
    agenda.more("worker", "w", N_("Worker"), N_("Choose the worker whose agenda is shown.")),
    agenda.more("export", "e", N_("Calendar file"),
                N_("Write what is to come as an iCalendar file; the file is not sealed.")),
    agenda.close(N_("Go back.")),
    *agenda.moves(),

    suggested.key("take", "space enter", N_("Take"), N_("Take the task; it goes to whoever is responsible."),
                  writes=True, needs_row=N_("Nothing is left to take or decline.")),
    suggested.key("decline", "x", N_("Decline"), N_("Decline the task; it is not suggested again in this phase."),
                  writes=True, needs_row=N_("Nothing is left to take or decline.")),
    suggested.close(N_("Go back; what is left is offered again.")),
    *suggested.moves(),

    applications.key("add", "n", N_("New"), N_("Enter an application."), writes=True),
    applications.key("sent", "s", N_("Sent"), N_("It was sent today."), writes=True, needs_row=NO_APPLICATION),
    applications.key("complement", "c", N_("Complement"),
                     N_("A complement was asked for today; once more, it was sent today."),
                     writes=True, needs_row=NO_APPLICATION),
    applications.key("decided", "d", N_("Decided"), N_("It was decided today; choose the outcome."),
                     writes=True, needs_row=NO_APPLICATION),
    applications.more("edit", "enter e", N_("Change"), N_("Read or change the application under the mark."),
                      needs_row=NO_APPLICATION),
    applications.close(N_("Go back to the participant.")),
    *applications.moves(),
)  # fmt: skip
