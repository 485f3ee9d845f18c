"""Who is away, what is handed over, and the brief on taking over."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

absences = Scope("absences", N_("Absences"))
hand_overs = Scope("hand_overs", N_("Hand-overs"))
hand_over_brief = Scope("hand_over_brief", N_("Brief on taking over"))

NO_ABSENCE: Final = N_("There is no absence under the mark.")
NO_HAND_OVER: Final = N_("There is no hand-over under the mark.")

ACTIONS: Final = (
    absences.key("add", "n", N_("New"), N_("Note that a colleague is or will be away."), writes=True),
    absences.key("edit", "enter e", N_("Change"), N_("Change the days, the cover or the note."),
                 writes=True, needs_row=NO_ABSENCE),
    absences.key("back", "b", N_("Is back"), N_("Note from which day the colleague is back."),
                 writes=True, needs_row=NO_ABSENCE),
    absences.more("remove", "d delete", N_("Take away"),
                  N_("Take away an absence that did not come about, after a question."),
                  writes=True, needs_row=NO_ABSENCE),
    absences.key("hand_over", "H", N_("Hand over"), N_("Hand the whole caseload of the colleague over to another."),
                 writes=True, needs_row=NO_ABSENCE),
    absences.close(N_("Go back to where you were.")),
    *absences.moves(),

    hand_overs.key("open", "enter", N_("Brief"), N_("Read what is to be known on taking over."),
                   needs_row=NO_HAND_OVER),
    hand_overs.key("participant", "o", N_("Participant"), N_("Open the participant."), needs_row=NO_HAND_OVER),
    hand_overs.key("caseload", "n", N_("A whole caseload"), N_("Hand a whole caseload over to another colleague."),
                   writes=True),
    hand_overs.close(N_("Go back to where you were.")),
    *hand_overs.moves(),

    hand_over_brief.key("read", "r enter", N_("Noted as read"), N_("Note that you have read it, and close."),
                        writes=True),
    hand_over_brief.key("participant", "o", N_("Participant"), N_("Open the participant.")),
    hand_over_brief.more("hand_over", "H", N_("Hand over"), N_("Hand the participant over to another colleague."),
                         writes=True),
    hand_over_brief.key("write", "z", N_("Print"), N_("Write it as a PDF file where you say; the file is not sealed.")),
    hand_over_brief.close(N_("Go back to where you were; it stays unread.")),
    *hand_over_brief.moves(),
)  # fmt: skip
