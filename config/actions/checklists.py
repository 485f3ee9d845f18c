"""The keys of the checklists, and of what is left on them."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

checklist = Scope("checklist", N_("Checklist"))
checklists = Scope("checklists", N_("Checklists"))
open_items = Scope("open_items", N_("What is left"))

ACTIONS: Final = (
    checklist.key("tick", "space", N_("Tick"), N_("Tick the item, or take its tick away."), writes=True),
    checklist.more("value", "enter", N_("Write"), N_("Write what the item holds, or go to where it is entered.")),
    checklist.key("note", "n", N_("Note"), N_("Write a note beside the item."), writes=True),
    checklist.key("set_aside", "x", N_("Not relevant"), N_("Say that the item is not relevant, and why."), writes=True),
    checklist.more("wait", "w", N_("Waits"), N_("Say that the item waits for somebody else."), writes=True),
    checklist.key("verify", "v", N_("Verify"), N_("Confirm a done item as a second person."), writes=True),
    checklist.more("due", "d", N_("Due"), N_("Set the day the item is due."), writes=True),
    checklist.close(N_("Go back; everything is saved already.")),
    *checklist.moves(),

    checklists.key("open", "enter", N_("Open"), N_("Open the checklist under the mark.")),
    checklists.key("anew", "n", N_("Once more"), N_("Open the checklist anew, as the programme has it now."),
                   writes=True),
    checklists.key("shut", "x", N_("Close it"), N_("Close the checklist with a reason, or open it again."),
                   writes=True),
    checklists.close(N_("Go back to the participant.")),
    *checklists.moves(),

    open_items.key("open", "enter", N_("Open"), N_("Open the checklist under the mark."),
                   needs_row=N_("Nothing is left here.")),
    open_items.key("participant", "o", N_("Participant"), N_("Open the participant."),
                   needs_row=N_("Nothing is left here.")),
    open_items.key("what", "f", N_("Show"), N_("Show everything open, what is overdue, or what is not verified.")),
    open_items.key("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    open_items.more("worker", "w", N_("Worker"), N_("Choose the worker whose caseload is shown.")),
    open_items.close(N_("Go back to the board.")),
    *open_items.moves(),
)  # fmt: skip
