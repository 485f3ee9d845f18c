"""The keys of the phase-out."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

phase_out = Scope("phase_out", N_("Phase-out"))

ACTIONS: Final = (
    phase_out.key("do", "enter space", N_("Do it"), N_("Do the step under the mark, or begin for the reason."),
                  writes=True),
    phase_out.key("tell", "t", N_("Told"), N_("Note that a partner was told."), writes=True),
    phase_out.more("leave_out", "x", N_("Not told"),
                   N_("Say that the partner is not to be told, and why; once more takes it back."), writes=True),
    phase_out.more("add", "n", N_("Add partner"), N_("Add somebody from the register who is to be told."), writes=True),
    phase_out.more("consents", "e", N_("End consents"), N_("End all consents; who is to be told is shown first."),
                   writes=True),
    phase_out.more("talk", "c", N_("Closing talk"), N_("Note that the closing talk was held."), writes=True),
    phase_out.more("record", "r", N_("Record"), N_("Record an attempt, or what else happened."), writes=True),
    phase_out.more("message", "m", N_("Last message"), N_("Note that the last message was sent."), writes=True),
    phase_out.more("note", "o", N_("Hand-over note"),
                   N_("Show the hand-over note, and note when the new place got it.")),
    phase_out.key("finish", "f", N_("Finish"), N_("Close the phase-out with a summary."), writes=True),
    phase_out.key("back", "b", N_("Came back"), N_("Note that the participant has come back."), writes=True),
    phase_out.close(N_("Go back to where you were.")),
    *phase_out.moves(),
)  # fmt: skip
