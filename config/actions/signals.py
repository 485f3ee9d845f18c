"""What the program notices by itself, and the ways to it from the board and from a participant."""

from __future__ import annotations

from typing import Final

from config.actions.participant import participant
from config.actions.shapes import Scope
from config.words import N_

signals = Scope("signals", N_("Signals"))

NO_SIGNAL: Final = N_("There is no signal under the mark.")

ACTIONS: Final = (
    participant.more("signals", "S", N_("Signals"), N_("Show what the program notices about the participant.")),
    signals.key("open", "enter", N_("Open"), N_("Open the participant it is about."), needs_row=NO_SIGNAL),
    signals.key("explain", "e", N_("Why"), N_("Show what the rule is and where it comes from, or the reason."),
                needs_row=NO_SIGNAL),
    signals.key("snooze", "z", N_("Put aside"), N_("Put the signal aside until a day, with a reason."),
                needs_row=NO_SIGNAL),
    signals.more("aside", "v", N_("What is aside"), N_("Show what is put aside, or what is awake again.")),
    signals.more("wake", "a", N_("Wake"), N_("Wake the signal that is put aside."), needs_row=NO_SIGNAL),
    signals.key("filter", "f", N_("Filter"), N_("Show one kind of signal only.")),
    signals.more("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    signals.more("worker", "w", N_("Worker"), N_("Choose the worker whose caseload is shown.")),
    signals.close(N_("Go back to where you were.")),
    *signals.moves(),
)  # fmt: skip
