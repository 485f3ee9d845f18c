"""The keys of the intake, and of the list of those in it."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

ACTIONS: Final = (
    Action("intake.judge", ("space",), N_("Judge"),
           N_("Judge the criterion under the mark: met, not met, to be judged; first what the dates propose."),
           "intake", writes=True),
    Action("intake.note", ("n",), N_("Note"), N_("Write why the criterion is judged as it is."), "intake", writes=True),
    Action("intake.talk", ("t",), N_("Next talk"), N_("Record the talk that comes next."), "intake", writes=True),
    Action("intake.decide", ("d",), N_("Decide"), N_("Decide, both sides: enrolled, or no basis."), "intake",
           writes=True),
    Action("intake.open", ("enter",), N_("Open"), N_("Open what is under the mark: the note, the talk, the decision."),
           "intake", footer=False, palette=False),
    Action("intake.referral", ("e",), N_("Referral"), N_("Correct who referred the candidate and what they said."),
           "intake", footer=False, writes=True),
    Action("intake.consents", ("s",), N_("Consents"), N_("Show the participant's consents."), "intake", footer=False),
    Action("intake.close", ("escape", "q"), N_("Close"), N_("Go back; everything is saved already."), "intake",
           palette=False, instead_of="app.quit_or_back"),
    *moves("intake"),

    Action("candidates.open", ("enter",), N_("Intake"), N_("Open the intake of the candidate."), "candidates",
           needs_row=N_("Nobody is in intake.")),
    Action("candidates.refer", ("n",), N_("Referral"), N_("Enter a candidate who is referred."), "candidates",
           writes=True),
    Action("candidates.participant", ("o",), N_("Participant"), N_("Open the participant."), "candidates",
           needs_row=N_("Nobody is in intake.")),
    Action("candidates.scope", ("m",), N_("Whose"), N_("Switch between my caseload and the whole team."), "candidates"),
    Action("candidates.close", ("escape", "q"), N_("Close"), N_("Go back to the board."), "candidates", palette=False,
           instead_of="app.quit_or_back"),
    *moves("candidates"),
)  # fmt: skip
