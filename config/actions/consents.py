"""The keys of the consents, of how they came about, and of their end."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

ACTIONS: Final = (
    Action("consents.give", ("n",), N_("New"), N_("Note a consent the participant has given."), "consents",
           writes=True),
    Action("consents.renew", ("e",), N_("Renew"), N_("Note that the consent under the mark was renewed."), "consents",
           writes=True),
    Action("consents.withdraw", ("w",), N_("Withdraw"),
           N_("Note that the consent under the mark was withdrawn in writing."), "consents", writes=True),
    Action("consents.disclose", ("d",), N_("Share"),
           N_("Record what was shared with whoever the mark is at; whether it is covered is said at once."),
           "consents", writes=True),
    Action("consents.history", ("h",), N_("History"),
           N_("Show every consent ever given here, and what was shared."), "consents", footer=False),
    Action("consents.shared", ("s",), N_("All shared"),
           N_("Show everything that was shared about the participant."), "consents", footer=False),
    Action("consents.correct", ("enter",), N_("Open"),
           N_("Read all of the consent under the mark, correct it, or let it end earlier."), "consents", footer=False,
           palette=False, writes=True),
    Action("consents.end_all", ("x",), N_("End all"),
           N_("End all consents, as when somebody is independent; shows first who is to be told."), "consents",
           writes=True),
    Action("consents.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "consents",
           palette=False, instead_of="app.quit_or_back"),
    *moves("consents"),

    Action("consent_history.close", ("escape", "q"), N_("Close"), N_("Go back to the consents."), "consent_history",
           palette=False, instead_of="app.quit_or_back"),
    *moves("consent_history"),

    Action("consents_end.confirm", ("f2",), N_("End all consents"), N_("End all consents today."), "consents_end",
           palette=False),
    Action("consents_end.close", ("escape", "q"), N_("Leave them"), N_("Go back and leave the consents as they are."),
           "consents_end", palette=False, instead_of="app.quit_or_back"),
    *moves("consents_end"),
)  # fmt: skip
