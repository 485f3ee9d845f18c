"""Restricted participants, as team leaders are shown them."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

restricted = Scope("restricted", N_("Restricted participants"))

NOBODY_RESTRICTED: Final = N_("Nobody is restricted.")

ACTIONS: Final = (
    restricted.key("open", "enter", N_("Participant"), N_("Open the participant."), needs_row=NOBODY_RESTRICTED),
    restricted.key("note", "space n", N_("Noted"), N_("Note that you have seen who opened the participant, and why."),
                   right="restrict", needs_row=NOBODY_RESTRICTED),
    restricted.key("change", "e", N_("Who may see"), N_("Change who may see the participant."),
                   right="restrict", needs_row=NOBODY_RESTRICTED),
    *restricted.list_keys(N_("Go back to the board.")),
)  # fmt: skip
