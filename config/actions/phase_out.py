"""The keys of the phase-out."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

ACTIONS: Final = (
    Action("phase_out.do", ("enter", "space"), N_("Do it"), N_("Do the step under the mark, or begin for the reason."),
           "phase_out", writes=True),
    Action("phase_out.tell", ("t",), N_("Told"), N_("Note that a partner was told."), "phase_out", writes=True),
    Action("phase_out.leave_out", ("x",), N_("Not told"),
           N_("Say that the partner is not to be told, and why; once more takes it back."), "phase_out", footer=False,
           writes=True),
    Action("phase_out.add", ("n",), N_("Add partner"), N_("Add somebody from the register who is to be told."),
           "phase_out", footer=False, writes=True),
    Action("phase_out.consents", ("e",), N_("End consents"),
           N_("End all consents; who is to be told is shown first."), "phase_out", footer=False, writes=True),
    Action("phase_out.talk", ("c",), N_("Closing talk"), N_("Note that the closing talk was held."), "phase_out",
           footer=False, writes=True),
    Action("phase_out.record", ("r",), N_("Record"), N_("Record an attempt, or what else happened."), "phase_out",
           footer=False, writes=True),
    Action("phase_out.message", ("m",), N_("Last message"), N_("Note that the last message was sent."), "phase_out",
           footer=False, writes=True),
    Action("phase_out.note", ("o",), N_("Hand-over note"),
           N_("Show the hand-over note, and note when the new place got it."), "phase_out", footer=False),
    Action("phase_out.finish", ("f",), N_("Finish"), N_("Close the phase-out with a summary."), "phase_out",
           writes=True),
    Action("phase_out.back", ("b",), N_("Came back"), N_("Note that the participant has come back."), "phase_out",
           writes=True),
    Action("phase_out.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "phase_out",
           palette=False, instead_of="app.quit_or_back"),
    *moves("phase_out"),
)  # fmt: skip
