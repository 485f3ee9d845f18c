"""What is to come and what is waited for: appointments, tasks and applications."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

NOTHING: Final = N_("There is nothing under the mark.")
NO_APPLICATION: Final = N_("There is no application yet.")

ACTIONS: Final = (
    Action("agenda.done", ("space",), N_("Done"),
           N_("The task is done, the appointment attended or gone through; what repeats is planned anew."), "agenda",
           writes=True, needs_row=NOTHING),
    Action("agenda.later", ("plus",), N_("Later"), N_("Move it one day on, from today if it is overdue."), "agenda",
           writes=True, needs_row=NOTHING),
    Action("agenda.week", ("greater_than_sign",), N_("A week later"),
           N_("Move it a week on, from today if it is overdue."), "agenda", footer=False, writes=True,
           needs_row=NOTHING),
    Action("agenda.record", ("r",), N_("Record"),
           N_("Record what happened at the appointment, which is then attended; else with the participant."), "agenda",
           writes=True),
    Action("agenda.add", ("n",), N_("New"), N_("Make an appointment."), "agenda", writes=True),
    Action("agenda.task", ("t",), N_("Task"), N_("Set a task."), "agenda", writes=True),
    Action("agenda.open", ("enter",), N_("Open"), N_("Open what is under the mark, to read or change it."), "agenda",
           footer=False, palette=False, needs_row=NOTHING),
    Action("agenda.other", ("x",), N_("Not done"), N_("Say that it was missed, cancelled or declined."), "agenda",
           footer=False, writes=True, needs_row=NOTHING),
    Action("agenda.prepared", ("f",), N_("Prepared"), N_("The appointment is prepared, or is not after all."), "agenda",
           footer=False, writes=True, needs_row=NOTHING),
    Action("agenda.participant", ("o",), N_("Participant"), N_("Open the participant it concerns."), "agenda",
           footer=False, needs_row=NOTHING),
    Action("agenda.suggested", ("s",), N_("Suggested"), N_("Show the tasks the programme suggests for the phase."),
           "agenda", footer=False),
    Action("agenda.scope", ("m",), N_("Whose"), N_("Switch between my agenda and the whole team's."), "agenda",
           footer=False),
    Action("agenda.worker", ("w",), N_("Worker"), N_("Choose the worker whose agenda is shown."), "agenda",
           footer=False),
    Action("agenda.export", ("e",), N_("Calendar file"),
           N_("Write what is to come as an iCalendar file; the file is not sealed."), "agenda", footer=False),
    Action("agenda.close", ("escape", "q"), N_("Close"), N_("Go back."), "agenda", palette=False,
           instead_of="app.quit_or_back"),
    *moves("agenda"),

    Action("suggested.take", ("space", "enter"), N_("Take"), N_("Take the task; it goes to whoever is responsible."),
           "suggested", writes=True, needs_row=N_("Nothing is left to take or decline.")),
    Action("suggested.decline", ("x",), N_("Decline"), N_("Decline the task; it is not suggested again in this phase."),
           "suggested", writes=True, needs_row=N_("Nothing is left to take or decline.")),
    Action("suggested.close", ("escape", "q"), N_("Close"), N_("Go back; what is left is offered again."), "suggested",
           palette=False, instead_of="app.quit_or_back"),
    *moves("suggested"),

    Action("applications.add", ("n",), N_("New"), N_("Enter an application."), "applications", writes=True),
    Action("applications.sent", ("s",), N_("Sent"), N_("It was sent today."), "applications", writes=True,
           needs_row=NO_APPLICATION),
    Action("applications.complement", ("c",), N_("Complement"),
           N_("A complement was asked for today; once more, it was sent today."), "applications", writes=True,
           needs_row=NO_APPLICATION),
    Action("applications.decided", ("d",), N_("Decided"), N_("It was decided today; choose the outcome."),
           "applications", writes=True, needs_row=NO_APPLICATION),
    Action("applications.edit", ("enter", "e"), N_("Change"), N_("Read or change the application under the mark."),
           "applications", footer=False, needs_row=NO_APPLICATION),
    Action("applications.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "applications",
           palette=False, instead_of="app.quit_or_back"),
    *moves("applications"),
)  # fmt: skip
