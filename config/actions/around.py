"""How those around a participant hold together: who knows of whom, and the help in plain counts."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

known = Scope("known", N_("Who knows whom"))
fragmentation = Scope("fragmentation", N_("Fragmentation"))
behind = Scope("fragmentation_behind", N_("What is counted"))

NOTHING_TOLD: Final = N_("Nobody was told of anybody here.")
NOTHING: Final = N_("Nothing is selected.")

ACTIONS: Final = (
    known.key("tell", "r", N_("Know each other"), N_("Note that everybody around knows of each other from today."),
              writes=True),
    known.key("read", "enter", N_("Read"), N_("Read who was told, when, by whom and on what."),
              needs_row=NOTHING_TOLD),
    known.key("edit", "e", N_("Change"), N_("Change the day or the ground."), writes=True, needs_row=NOTHING_TOLD),
    known.more("misplaced", "x W", N_("Strike out"), N_("Strike out what was noted by mistake, with a reason."),
              writes=True, needs_row=NOTHING_TOLD),
    *known.list_keys(N_("Go back to the people around.")),

    fragmentation.key("open", "enter", N_("What is counted"), N_("Show what lies behind the selected count."),
                      needs_row=NOTHING),
    fragmentation.key("period", "f", N_("Period"), N_("Count over one, three, six or twelve months.")),
    *fragmentation.list_keys(N_("Go back to the people around.")),

    behind.key("open", "enter", N_("Open"), N_("Go to where it stands."), needs_row=NOTHING),
    *behind.list_keys(N_("Go back to the counts.")),
)  # fmt: skip
