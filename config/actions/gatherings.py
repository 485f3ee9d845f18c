"""The professional network: its gatherings, who comes to them, its members."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

gatherings = Scope("gatherings", N_("Network"))
gathering = Scope("gathering", N_("Gathering"))
attendance = Scope("attendance", N_("Attendance"))
answers = Scope("task_answers", N_("Answers"))
members = Scope("network_members", N_("Members of the network"))
stability = Scope("stability", N_("Stability"))

NO_GATHERING: Final = N_("There is no gathering yet.")
NOBODY: Final = N_("Nobody is selected.")
NOTHING: Final = N_("Nothing is selected.")

ACTIONS: Final = (
    gatherings.key("open", "enter", N_("Open"), N_("Open the selected gathering: programme, people, tasks, summary."),
                   needs_row=NO_GATHERING),
    gatherings.key("add", "n", N_("New"), N_("Plan a gathering; standing items come into it by themselves."),
                   writes=True),
    gatherings.key("attendance", "a", N_("Attendance"), N_("Note who came to the selected gathering."),
                   needs_row=NO_GATHERING),
    gatherings.key("members", "o", N_("Members"), N_("Show who belongs to the network.")),
    gatherings.key("stability", "s", N_("Stability"),
                   N_("Show how many of the stable members came, by gathering and by agency.")),
    gatherings.more("edit", "e", N_("Change"), N_("Change the selected gathering."),
                    writes=True, needs_row=NO_GATHERING),
    gatherings.more("away", "x", N_("Cancelled"),
                    N_("Note that the gathering is cancelled, or take away one entered by mistake."),
                    writes=True, needs_row=NO_GATHERING),
    *gatherings.list_keys(N_("Go back to the board.")),

    gathering.key("open", "enter", N_("Read"), N_("Read all of what is selected; of a task, its answers."),
                  needs_row=NOTHING),
    gathering.key("add", "n", N_("New"), N_("Add a topic, a task, or something that is sent outside."), writes=True),
    gathering.key("attendance", "a", N_("Attendance"), N_("Invite people, and note who came.")),
    gathering.key("groups", "m", N_("Mixed groups"), N_("Draw mixed groups, evenly across agencies."), writes=True),
    gathering.key("paper", "z", N_("Print"),
                  N_("Read the programme with the list of attendance as it is printed, and write it as a PDF.")),
    gathering.more("edit", "e", N_("Change"), N_("Change what is selected."), writes=True, needs_row=NOTHING),
    gathering.more("done", "space", N_("Done"), N_("The task is done, or is not after all."),
                   writes=True, needs_row=NOTHING),
    gathering.more("later", "plus", N_("Later"), N_("Move the topic one place down the programme."),
                   writes=True, needs_row=NOTHING),
    gathering.more("earlier", "minus", N_("Earlier"), N_("Move the topic one place up the programme."),
                   writes=True, needs_row=NOTHING),
    gathering.more("away", "x", N_("Take away"),
                   N_("Take away what is selected; a standing item can also end from here on."),
                   writes=True, needs_row=NOTHING),
    *gathering.list_keys(N_("Go back to the gatherings.")),

    attendance.key("mark", "space", N_("Came"), N_("They came; once more, they did not; once more, it is not noted."),
                   writes=True, needs_row=NOBODY),
    attendance.key("all_came", "a", N_("All came"),
                   N_("Everybody came to this half day of whom nothing is noted yet."), writes=True, needs_row=NOBODY),
    attendance.key("next_half", "right tab l", N_("Next half day"), N_("Go to the next half day.")),
    attendance.move("previous_half", "left shift+tab h", N_("Half day before"), N_("Go to the half day before.")),
    attendance.key("invite_all", "i", N_("Invite all"),
                   N_("Invite every member of the network who is not invited yet."), writes=True),
    attendance.key("add", "n", N_("New"), N_("Invite one member, or somebody outside the network."), writes=True),
    attendance.key("groups", "m", N_("Mixed groups"), N_("Draw mixed groups, evenly across agencies."), writes=True),
    attendance.more("read", "enter", N_("Read"), N_("Read what is noted of the selected person."), needs_row=NOBODY),
    attendance.more("edit", "e", N_("Change"), N_("Change what the selected person takes part as, or the group."),
                    writes=True, needs_row=NOBODY),
    attendance.more("away", "x", N_("Take off"), N_("Take the invitation back; not where attendance is noted."),
                    writes=True, needs_row=NOBODY),
    *attendance.list_keys(N_("Go back to the gathering; everything is saved already.")),

    answers.key("add", "n", N_("New"), N_("Write what a member, an agency or a group answered."), writes=True),
    answers.key("read", "enter", N_("Read"), N_("Read all of the selected answer."), needs_row=NOTHING),
    answers.key("side", "v", N_("Side by side"), N_("Show the answers of the agencies beside each other.")),
    answers.more("edit", "e", N_("Change"), N_("Change the selected answer."), writes=True, needs_row=NOTHING),
    answers.more("away", "x", N_("Take away"), N_("Take the selected answer away."), writes=True, needs_row=NOTHING),
    *answers.list_keys(N_("Go back to the gathering.")),

    members.key("read", "enter", N_("Read"), N_("Read all that is noted of the member."), needs_row=NOBODY),
    members.key("add", "n", N_("New"), N_("Take somebody into the network by name."), writes=True),
    members.key("add_contact", "o", N_("From the register"),
                N_("Take a contact person of the register into the network."), writes=True),
    members.key("edit", "e", N_("Change"), N_("Change what is noted of the member."), writes=True, needs_row=NOBODY),
    members.more("stable", "space", N_("Stable"), N_("The member is a stable one, or is not after all."),
                 writes=True, needs_row=NOBODY),
    members.more("away", "x", N_("Left"),
                 N_("Note the last day in the network, or take away one entered by mistake."),
                 writes=True, needs_row=NOBODY),
    *members.list_keys(N_("Go back to the gatherings.")),

    *stability.list_keys(N_("Go back to the gatherings.")),
)  # fmt: skip
