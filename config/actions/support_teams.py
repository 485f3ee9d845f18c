"""The support team around one participant."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

support_team = Scope("support_team", N_("Support team"))

NOTHING: Final = N_("Nothing is selected.")

ACTIONS: Final = (
    support_team.key("add", "n", N_("New"), N_("Begin a support team: the kick-off, point by point."), writes=True),
    support_team.key("member", "a", N_("Member"), N_("Take somebody into the support team, or an agency."),
                     writes=True),
    support_team.key("task", "t", N_("Task"), N_("Set a task for the support team, with who does it and when."),
                     writes=True),
    support_team.key("routine", "i", N_("Routine"), N_("Note what is done again and again, and who does it."),
                     writes=True),
    support_team.key("meetings", "m", N_("Meetings"),
                     N_("Show the support team's meetings, hold one or read minutes.")),
    support_team.more("watch", "w", N_("Eye on"),
                     N_("Note how it stands with what makes it easy to slip away, point by point."), writes=True),
    support_team.more("read", "enter", N_("Read"), N_("Read all of what is selected, or go to it."),
                      needs_row=NOTHING),
    support_team.more("edit", "e", N_("Change"), N_("Change what is selected."), writes=True, needs_row=NOTHING),
    support_team.more("done", "space", N_("Done"), N_("The selected task is done."), writes=True, needs_row=NOTHING),
    support_team.more("away", "x", N_("Take away"),
                      N_("The member leaves, the routine is not followed any more, or the task is not done."),
                      writes=True, needs_row=NOTHING),
    support_team.more("extend", "f", N_("Extend"), N_("Let the support team go on for longer, with a reason."),
                      writes=True),
    support_team.more("end", "d", N_("End"), N_("End the support team with a conclusion and a recommendation."),
                      writes=True),
    support_team.more("evaluations", "v", N_("Evaluations"),
                      N_("Show the evaluations of the support team, or begin one: halfway, and at the end.")),
    support_team.more("consents", "s", N_("Consents"), N_("Show the participant's consents.")),
    support_team.more("paper", "z", N_("Print"),
                      N_("Read the agreement of the support team as it is printed, and write it as a PDF.")),
    *support_team.list_keys(N_("Go back to the participant.")),
)  # fmt: skip
