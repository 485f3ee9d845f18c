"""Agreements between agencies, what belongs to one, and the meetings of its steering group."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

cooperation = Scope("cooperation", N_("Cooperation agreements"))
agreement = Scope("agreement", N_("A cooperation agreement"))
steering = Scope("steering", N_("A steering group's meeting"))

NO_AGREEMENT: Final = N_("No cooperation agreement is selected.")
NO_LINE: Final = N_("No line is selected.")
NO_POINT: Final = N_("No point is selected.")
MEET: Final = N_("Open a meeting of the steering group, or join the one that is open today.")
AGENDA: Final = N_("Read the agenda of the steering group's next meeting as it is printed, and write it as a PDF.")
PAPER: Final = N_("Read the agreement as it is printed, and write it as a PDF.")

ACTIONS: Final = (
    cooperation.key("open", "enter", N_("Open"), N_("Open the agreement: what it says and all that belongs to it."),
                    needs_row=NO_AGREEMENT),
    cooperation.key("add", "n", N_("New"), N_("Note an agreement between agencies."), writes=True),
    cooperation.key("edit", "e", N_("Change"), N_("Change what the agreement says."), writes=True,
                    needs_row=NO_AGREEMENT),
    cooperation.key("meet", "M", N_("Hold"), MEET, writes=True, needs_row=NO_AGREEMENT),
    cooperation.more("agenda", "a", N_("Meeting agenda"), AGENDA, needs_row=NO_AGREEMENT),
    cooperation.more("paper", "z", N_("Print"), PAPER, needs_row=NO_AGREEMENT),
    cooperation.more("remove", "x delete", N_("Take away"),
                     N_("Take away an agreement that was noted by mistake and to which nothing belongs."),
                     writes=True, needs_row=NO_AGREEMENT),
    *cooperation.list_keys(N_("Go back to where you were.")),

    agreement.key("read", "enter", N_("Read"),
                  N_("Read all of the selected line; of a meeting, go into it or read its minutes."),
                  needs_row=NO_LINE),
    agreement.key("add", "n", N_("New"), N_("Add to the part of the agreement that is selected."), writes=True),
    agreement.key("edit", "e", N_("Change"), N_("Change the selected line."), writes=True, needs_row=NO_LINE),
    agreement.key("meet", "M", N_("Hold"), MEET, writes=True),
    agreement.more("agenda", "a", N_("Meeting agenda"), AGENDA),
    agreement.more("paper", "z", N_("Print"), PAPER),
    agreement.more("remove", "x delete", N_("Take away"), N_("Take the selected line away, after a question."),
                   writes=True, needs_row=NO_LINE),
    *agreement.list_keys(N_("Go back to where you were.")),

    steering.key("decide", "d", N_("Decision"),
                 N_("Write what was decided: on the selected proposal, else in general."), writes=True),
    steering.key("note", "n", N_("Note"), N_("Write a note in the minutes."), writes=True),
    steering.key("task", "t", N_("Task"), N_("Set a task, for whoever is responsible to see to."), writes=True),
    steering.more("present", "i", N_("Present"), N_("Mark which colleagues are present."), writes=True),
    steering.key("guests", "I", N_("Guests"), N_("Mark who takes part from the other agencies."), writes=True),
    steering.more("lines", "v", N_("Minutes so far"), N_("Read the minutes as they stand.")),
    steering.key("finish", "f", N_("Finish"), N_("Go through what was agreed, and close the meeting."), writes=True),
    steering.more("open", "enter", N_("Agreement"),
                  N_("Open the agreement that the meeting is about."), needs_row=NO_POINT),
    steering.more("agenda", "a", N_("Meeting agenda"), AGENDA),
    steering.more("close", "escape q", N_("Leave"), N_("Leave the meeting open, to come back to it."), palette=False,
                  instead_of="app.quit_or_back"),
    *steering.moves(),
)  # fmt: skip
