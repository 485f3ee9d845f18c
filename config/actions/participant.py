"""A participant, and what is kept of them one by one: phases, goals, expenses and paper."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

NO_GOAL: Final = N_("There is no goal yet: note one first.")
NO_EXPENSE: Final = N_("There is no expense under the mark.")

PARTICIPANT: Final = (
    Action("participant.record", ("r",), N_("Record"), N_("Record what happened with the participant."), "participant"),
    Action("participant.edit", ("e",), N_("Edit"), N_("Edit who the participant is, the sentence and the dates."),
           "participant"),
    Action("participant.correct", ("enter",), N_("Open entry"),
           N_("Read the entry under the mark in full, or correct it."), "participant", footer=False),
    Action("participant.kinds", ("f",), N_("Kinds"), N_("Show only some kinds of entries."), "participant",
           footer=False),
    Action("participant.date", ("d",), N_("Date"), N_("Jump to a date in the timeline."), "participant",
           footer=False),
    Action("participant.topics", ("t",), N_("Topics"), N_("Show the topics saved for later."), "participant",
           footer=False),
    Action("participant.phases", ("a",), N_("Phases"), N_("Show the phases, begin one or end one."), "participant",
           footer=False),
    Action("participant.consents", ("s",), N_("Consents"),
           N_("Show what may be shared and with whom, and note consents and what was shared."), "participant"),
    Action("participant.next", ("n",), N_("Next"), N_("Go to the next participant on the board."), "participant",
           footer=False),
    Action("participant.prev", ("b",), N_("Previous"), N_("Go to the previous participant on the board."),
           "participant", footer=False),
    Action("participant.goals", ("m",), N_("Own goals"),
           N_("Show the participant's own goals, their steps and whose each is."), "participant", footer=False),
    Action("participant.spending", ("w",), N_("Small spending"),
           N_("Show what was spent on the participant, and note an expense."), "participant", footer=False),
    Action("participant.paper", ("z",), N_("Print"),
           N_("Make a form, a checklist or a sheet, blank or filled in, to read or to print."), "participant",
           footer=False),
    Action("participant.agenda", ("v",), N_("Agreements"), N_("Show the appointments and tasks of the participant."),
           "participant", footer=False),
    Action("participant.applications", ("y",), N_("Applications"), N_("Show the applications and how long they wait."),
           "participant", footer=False),
    Action("participant.checklists", ("c",), N_("Checklists"), N_("Show the checklists, or open one."),
           "participant"),
    Action("participant.network", ("o",), N_("People around"),
           N_("Show who is involved, what may be shared with them, and who is missing."), "participant", footer=False),
    Action("participant.intake", ("i",), N_("Intake"),
           N_("Show the criteria, the talks and the decision of the intake."), "participant", footer=False),
    Action("participant.reviews", ("R",), N_("Phase reviews"),
           N_("Show the phase reviews of the participant, begin one or go on with one."), "participant", footer=False),
    Action("participant.phase_out", ("U",), N_("Phase-out"),
           N_("Show how the participant leaves the programme, step by step, or note that they came back."),
           "participant", footer=False),
    Action("participant.hand_over", ("H",), N_("Hand over"),
           N_("Hand the participant over to another colleague, or read the brief of one handed to you."), "participant",
           footer=False),
    Action("participant.meetings", ("M",), N_("Support team"),
           N_("Show the meetings of the participant's support team, hold one or read minutes."), "participant",
           footer=False),
    *moves("participant"),
)  # fmt: skip
PHASES: Final = (
    Action("phases.begin", ("n",), N_("Begin a phase"), N_("Begin a phase; others may go on beside it."), "phases",
           writes=True),
    Action("phases.end", ("e",), N_("End phase"), N_("End the phase under the mark."), "phases", writes=True),
    Action("phases.suggested", ("s",), N_("Suggested tasks"),
           N_("Show the tasks the programme suggests for the phase."), "phases", footer=False),
    Action("phases.reviews", ("R",), N_("Phase reviews"),
           N_("Show the phase reviews, to hold one that is owed."), "phases", footer=False),
    Action("phases.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "phases", palette=False,
           instead_of="app.quit_or_back"),
    *moves("phases"),
)  # fmt: skip
GOALS: Final = (
    Action("goals.add", ("n",), N_("New goal"), N_("Note a goal in the participant's own words."), "goals",
           writes=True),
    Action("goals.step", ("s",), N_("New step"), N_("Note a step towards the goal under the mark."), "goals",
           writes=True, needs_row=NO_GOAL),
    Action("goals.tick", ("space", "x"), N_("Done"),
           N_("The step is done, or the goal reached; once more opens it again."), "goals",
           writes=True, needs_row=NO_GOAL),
    Action("goals.turn", ("t",), N_("Whose"), N_("Give the step to the next: the participant, the team, an agency."),
           "goals", writes=True, needs_row=NO_GOAL),
    Action("goals.edit", ("enter", "e"), N_("Change"), N_("Change the goal or the step under the mark."), "goals",
           footer=False, writes=True, needs_row=NO_GOAL),
    Action("goals.leave", ("d",), N_("Let go"), N_("Let go of the goal or the step; it stays in the list."), "goals",
           footer=False, writes=True, needs_row=NO_GOAL),
    Action("goals.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "goals", palette=False,
           instead_of="app.quit_or_back"),
    *moves("goals"),
)  # fmt: skip
SPENDING: Final = (
    Action("spending.add", ("n",), N_("New expense"), N_("Note an expense."), "spending", writes=True),
    Action("spending.edit", ("enter", "e"), N_("Change"), N_("Change the expense under the mark."), "spending",
           writes=True, needs_row=NO_EXPENSE),
    Action("spending.remove", ("d", "delete"), N_("Take away"),
           N_("Take away an expense noted by mistake, after a question."), "spending",
           writes=True, needs_row=NO_EXPENSE),
    Action("spending.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "spending",
           palette=False, instead_of="app.quit_or_back"),
    *moves("spending"),
)  # fmt: skip
PAPER: Final = (
    Action("paper.choose", ("d", "enter"), N_("Document"), N_("Choose the form, the checklist or the sheet."), "paper"),
    Action("paper.fill", ("f",), N_("Blank or filled"), N_("Leave the lines empty, or fill in what is known."),
           "paper"),
    Action("paper.write", ("s",), N_("Write PDF"),
           N_("Write it as a PDF file where you say; the file is not sealed."), "paper"),
    Action("paper.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "paper", palette=False,
           instead_of="app.quit_or_back"),
    *moves("paper"),
)  # fmt: skip
