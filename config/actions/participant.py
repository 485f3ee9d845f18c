"""A participant, and what is kept of them one by one: phases, goals, expenses and paper."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

participant = Scope("participant", N_("Participant"))
phases = Scope("phases", N_("Phases"))
goals = Scope("goals", N_("Own goals"))
spending = Scope("spending", N_("Small expenses"))
paper = Scope("paper", N_("Paper"))

NO_ENTRY: Final = N_("No entry is selected.")
NO_GOAL: Final = N_("There is no goal yet: note one first.")
NO_EXPENSE: Final = N_("No expense is selected.")

PARTICIPANT: Final = (
    participant.key("record", "r", N_("Record"), N_("Record what happened with the participant."), writes=True),
    participant.key("edit", "e", N_("Edit"), N_("Edit who the participant is, the sentence and the dates."),
                    writes=True),
    participant.key("consents", "s", N_("Consents"),
                    N_("Show what may be shared and with whom, and note consents and what was shared.")),
    participant.key("checklists", "c", N_("Checklists"), N_("Show the checklists, or open one.")),
    participant.more("clear", "escape F", N_("Show all"),
                     N_("Show all of the timeline again; where all is shown, go back to where you were."),
                     palette=False, instead_of="app.quit_or_back"),
    participant.more("read", "enter", N_("Read entry"),
                     N_("Read the selected entry in full; from a line of the program's, go to what it tells of."),
                     needs_row=NO_ENTRY),
    participant.more("next", "n", N_("Next"), N_("Go to the next participant on the board.")),
    participant.more("agenda", "v", N_("Agreements"), N_("Show the appointments and tasks of the participant.")),
    participant.more("phases", "a", N_("Phases"), N_("Show the phases, begin one or end one.")),
    participant.more("network", "o", N_("People around"),
                     N_("Show who is involved, what may be shared with them, and who is missing.")),
    participant.more("goals", "m", N_("Own goals"),
                     N_("Show the participant's own goals, their steps and whose each is.")),
    participant.more("mappings", "B", N_("Mapping"),
                     N_("Show how life stands part by part over time, and map it again.")),
    participant.more("reviews", "R", N_("Phase reviews"),
                     N_("Show the phase reviews of the participant, begin one or go on with one.")),
    participant.more("applications", "y", N_("Applications"), N_("Show the applications and how long they wait.")),
    participant.more("prev", "b", N_("Previous"), N_("Go to the previous participant on the board.")),
    participant.more("kinds", "f", N_("Kinds"),
                     N_("Show only what people did, or only some kinds of entries.")),
    participant.more("date", "d", N_("Date"), N_("Jump to a date in the timeline.")),
    participant.more("topics", "t", N_("Topics"), N_("Show the topics saved for later.")),
    participant.more("intake", "i", N_("Intake"), N_("Show the criteria, the talks and the decision of the intake.")),
    participant.more("paper", "z", N_("Print"),
                     N_("Make a form, a checklist or a sheet, blank or filled in, to read or to print.")),
    participant.more("phase_out", "U", N_("Phase-out"),
                     N_("Show how the participant leaves EX/IN, step by step, or note that they came back.")),
    participant.more("hand_over", "H", N_("Hand over"),
                     N_("Hand the participant over to another colleague, or read the brief of one handed to you.")),
    participant.more("support_team", "M", N_("Support team"),
                     N_("Show the participant's support team: its people, routines, tasks, meetings and watch.")),
    participant.more("spending", "w", N_("Small expenses"),
                     N_("Show what was spent on the participant, and note an expense.")),
    participant.more("misplaced", "W", N_("Wrong person"),
                     N_("Move what is selected to the participant it was about, or strike it out."), writes=True,
                     needs_row=NO_ENTRY),
    participant.more("visits", "V", N_("Access log"),
                     N_("Show who has looked at the participant's file, when and how, and print it.")),
    participant.more("restrict", "X", N_("Who may see"),
                     N_("Restrict the participant to some colleagues, change to whom, or lift the restriction."),
                     right="restrict"),
    participant.key("close", "q", N_("Back"), N_("Go back to where you were."), palette=False,
                    instead_of="app.quit_or_back"),
    *participant.moves(),
)  # fmt: skip
PHASES: Final = (
    phases.key("begin", "n", N_("Begin a phase"), N_("Begin a phase; others may go on beside it."), writes=True),
    phases.key("end", "x", N_("End phase"), N_("End the selected phase."), writes=True),
    phases.more("suggested", "s", N_("Suggested tasks"), N_("Show the tasks the programme suggests for the phase.")),
    phases.more("reviews", "R", N_("Phase reviews"), N_("Show the phase reviews, to hold one that is missing.")),
    *phases.list_keys(N_("Go back to the participant.")),
)  # fmt: skip
GOALS: Final = (
    goals.key("add", "n", N_("New goal"), N_("Note a goal in the participant's own words."), writes=True),
    goals.key("step", "s", N_("New step"), N_("Note a step towards the selected goal."),
              writes=True, needs_row=NO_GOAL),
    goals.key("tick", "space x", N_("Done"), N_("The step is done, or the goal reached; once more opens it again."),
              writes=True, needs_row=NO_GOAL),
    goals.key("turn", "t", N_("Pass on"), N_("Give the step to the next: the participant, the team, an agency."),
              writes=True, needs_row=NO_GOAL),
    goals.more("read", "enter", N_("Read"), N_("Read all of the selected goal or step."), needs_row=NO_GOAL),
    goals.more("edit", "e", N_("Change"), N_("Change the selected goal or step."),
               writes=True, needs_row=NO_GOAL),
    goals.more("leave", "d", N_("Let go"), N_("Let go of the goal or the step; it stays in the list."),
               writes=True, needs_row=NO_GOAL),
    *goals.list_keys(N_("Go back to the participant.")),
)  # fmt: skip
SPENDING: Final = (
    spending.key("add", "n", N_("New expense"), N_("Note an expense."), writes=True),
    spending.more("read", "enter", N_("Read"), N_("Read all of the selected expense."), needs_row=NO_EXPENSE),
    spending.key("edit", "e", N_("Change"), N_("Change the selected expense."),
                 writes=True, needs_row=NO_EXPENSE),
    spending.more("misplaced", "W", N_("Wrong person"),
                  N_("Move what is selected to the participant it was about, or strike it out."),
                  writes=True, needs_row=NO_EXPENSE),
    spending.key("remove", "d delete", N_("Take away"), N_("Take away an expense noted by mistake, after a question."),
                 writes=True, needs_row=NO_EXPENSE),
    *spending.list_keys(N_("Go back to the participant.")),
)  # fmt: skip
PAPER: Final = (
    paper.key("choose", "d enter", N_("Document"), N_("Choose the form, the checklist or the sheet.")),
    paper.key("fill", "f", N_("Blank or filled"), N_("Leave the lines empty, or fill in what is known.")),
    paper.key("write", "s", N_("Write PDF"), N_("Write it as a PDF file where you say; the file is not encrypted."),
              right="print"),
    *paper.list_keys(N_("Go back to where you were.")),
)  # fmt: skip
