"""The keys of the intake, and of the list of those in it."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

intake = Scope("intake", N_("Intake"))
candidates = Scope("candidates", N_("In intake"))

ACTIONS: Final = (
    intake.key("judge", "space", N_("Judge"),
               N_("Judge the criterion under the mark: met, not met, to be judged; first what the dates propose."),
               writes=True),
    intake.key("note", "n", N_("Note"), N_("Write why the criterion is judged as it is."), writes=True),
    intake.key("talk", "t", N_("Next talk"), N_("Record the talk that comes next."), writes=True),
    intake.key("decide", "d", N_("Decide"), N_("Decide, both sides: enrolled, or no basis."), writes=True),
    intake.more("open", "enter", N_("Open"), N_("Open what is under the mark: the note, the talk, the decision."),
                palette=False),
    intake.more("referral", "e", N_("Referral"), N_("Correct who referred the candidate and what they said."),
                writes=True),
    intake.more("consents", "s", N_("Consents"), N_("Show the participant's consents.")),
    intake.close(N_("Go back; everything is saved already.")),
    *intake.moves(),

    candidates.key("open", "enter", N_("Intake"), N_("Open the intake of the candidate."),
                   needs_row=N_("Nobody is in intake.")),
    candidates.key("refer", "n", N_("Referral"), N_("Enter a candidate who is referred."), writes=True),
    candidates.key("participant", "o", N_("Participant"), N_("Open the participant."),
                   needs_row=N_("Nobody is in intake.")),
    candidates.key("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    candidates.close(N_("Go back to the board.")),
    *candidates.moves(),
)  # fmt: skip
