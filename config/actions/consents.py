"""The keys of the consents, of how they came about, and of their end."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

consents = Scope("consents", N_("Consents"))
consent_history = Scope("consent_history", N_("Consents so far"))
consents_end = Scope("consents_end", N_("Ending the consents"))

ACTIONS: Final = (
    consents.key("give", "n", N_("New"), N_("Note a consent the participant has given."), writes=True),
    consents.key("renew", "e", N_("Renew"), N_("Note that the consent under the mark was renewed."), writes=True),
    consents.key("withdraw", "w", N_("Withdraw"), N_("Note that the consent under the mark was withdrawn in writing."),
                 writes=True),
    consents.key("disclose", "d", N_("Share"),
                 N_("Record what was shared with whoever the mark is at; whether it is covered is said at once."),
                 writes=True),
    consents.more("history", "h", N_("History"), N_("Show every consent ever given here, and what was shared.")),
    consents.more("shared", "s", N_("All shared"), N_("Show everything that was shared about the participant.")),
    consents.more("correct", "enter", N_("Open"),
                  N_("Read all of the consent under the mark, correct it, or let it end earlier."),
                  palette=False, writes=True),
    consents.key("end_all", "x", N_("End all"),
                 N_("End all consents, as when somebody is independent; shows first who is to be told."), writes=True),
    consents.close(N_("Go back to the participant.")),
    *consents.moves(),

    consent_history.close(N_("Go back to the consents.")),
    *consent_history.moves(),

    consents_end.key("confirm", "f2", N_("End all consents"), N_("End all consents today."), palette=False),
    consents_end.close(N_("Go back and leave the consents as they are."), label=N_("Leave them")),
    *consents_end.moves(),
)  # fmt: skip
