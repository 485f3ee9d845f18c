"""What the program notices by itself, and the ways to it from the board and from a participant."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

NO_SIGNAL: Final = N_("There is no signal under the mark.")

ACTIONS: Final = (
    Action("participant.signals", ("S",), N_("Signals"), N_("Show what the program notices about the participant."),
           "participant", footer=False),
    Action("signals.open", ("enter",), N_("Open"), N_("Open the participant it is about."), "signals",
           needs_row=NO_SIGNAL),
    Action("signals.explain", ("e",), N_("Why"), N_("Show what the rule is and where it comes from, or the reason."),
           "signals", needs_row=NO_SIGNAL),
    Action("signals.snooze", ("z",), N_("Put aside"), N_("Put the signal aside until a day, with a reason."),
           "signals", needs_row=NO_SIGNAL),
    Action("signals.aside", ("v",), N_("What is aside"), N_("Show what is put aside, or what is awake again."),
           "signals", footer=False),
    Action("signals.wake", ("a",), N_("Wake"), N_("Wake the signal that is put aside."), "signals", footer=False,
           needs_row=NO_SIGNAL),
    Action("signals.filter", ("f",), N_("Filter"), N_("Show one kind of signal only."), "signals"),
    Action("signals.scope", ("m",), N_("Whose"), N_("Switch between my caseload and the whole team."), "signals",
           footer=False),
    Action("signals.worker", ("w",), N_("Worker"), N_("Choose the worker whose caseload is shown."), "signals",
           footer=False),
    Action("signals.close", ("escape", "q"), N_("Close"), N_("Go back to where you were."), "signals", palette=False,
           instead_of="app.quit_or_back"),
    *moves("signals"),
)  # fmt: skip
