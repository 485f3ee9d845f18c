"""Who is away, what is handed over, and the brief on taking over."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

NO_ABSENCE: Final = N_("There is no absence under the mark.")
NO_HAND_OVER: Final = N_("There is no hand-over under the mark.")

ACTIONS: Final = (
    Action("absences.add", ("n",), N_("New"), N_("Note that a colleague is or will be away."), "absences", writes=True),
    Action("absences.edit", ("enter", "e"), N_("Change"), N_("Change the days, the cover or the note."), "absences",
           writes=True, needs_row=NO_ABSENCE),
    Action("absences.back", ("b",), N_("Is back"), N_("Note from which day the colleague is back."), "absences",
           writes=True, needs_row=NO_ABSENCE),
    Action("absences.remove", ("d", "delete"), N_("Take away"),
           N_("Take away an absence that did not come about, after a question."), "absences", footer=False,
           writes=True, needs_row=NO_ABSENCE),
    Action("absences.hand_over", ("H",), N_("Hand over"),
           N_("Hand the whole caseload of the colleague over to another."), "absences", writes=True,
           needs_row=NO_ABSENCE),
    Action("absences.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "absences", palette=False,
           instead_of="app.quit_or_back"),
    *moves("absences"),

    Action("hand_overs.open", ("enter",), N_("Brief"), N_("Read what is to be known on taking over."), "hand_overs",
           needs_row=NO_HAND_OVER),
    Action("hand_overs.participant", ("o",), N_("Participant"), N_("Open the participant."), "hand_overs",
           needs_row=NO_HAND_OVER),
    Action("hand_overs.caseload", ("n",), N_("A whole caseload"),
           N_("Hand a whole caseload over to another colleague."), "hand_overs", writes=True),
    Action("hand_overs.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "hand_overs",
           palette=False, instead_of="app.quit_or_back"),
    *moves("hand_overs"),

    Action("hand_over_brief.read", ("r", "enter"), N_("Noted as read"), N_("Note that you have read it, and close."),
           "hand_over_brief", writes=True),
    Action("hand_over_brief.participant", ("o",), N_("Participant"), N_("Open the participant."), "hand_over_brief"),
    Action("hand_over_brief.hand_over", ("H",), N_("Hand over"), N_("Hand the participant over to another colleague."),
           "hand_over_brief", footer=False, writes=True),
    Action("hand_over_brief.write", ("z",), N_("Print"),
           N_("Write it as a PDF file where you say; the file is not sealed."), "hand_over_brief"),
    Action("hand_over_brief.close", ("escape", "q"), N_("Close"), N_("Go back to where you were; it stays unread."),
           "hand_over_brief", palette=False, instead_of="app.quit_or_back"),
    *moves("hand_over_brief"),
)  # fmt: skip
