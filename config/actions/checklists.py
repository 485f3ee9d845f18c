"""The keys of the checklists, and of what is left on them."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

ACTIONS: Final = (
    Action("checklist.tick", ("space",), N_("Tick"), N_("Tick the item, or take its tick away."), "checklist",
           writes=True),
    Action("checklist.value", ("enter",), N_("Write"), N_("Write what the item holds, or go to where it is entered."),
           "checklist", footer=False),
    Action("checklist.note", ("n",), N_("Note"), N_("Write a note beside the item."), "checklist", writes=True),
    Action("checklist.set_aside", ("x",), N_("Not relevant"), N_("Say that the item is not relevant, and why."),
           "checklist", writes=True),
    Action("checklist.wait", ("w",), N_("Waits"), N_("Say that the item waits for somebody else."), "checklist",
           footer=False, writes=True),
    Action("checklist.verify", ("v",), N_("Verify"), N_("Confirm a done item as a second person."), "checklist",
           writes=True),
    Action("checklist.due", ("d",), N_("Due"), N_("Set the day the item is due."), "checklist", footer=False,
           writes=True),
    Action("checklist.close", ("escape", "q"), N_("Close"), N_("Go back; everything is saved already."), "checklist",
           palette=False, instead_of="app.quit_or_back"),
    *moves("checklist"),

    Action("checklists.open", ("enter",), N_("Open"), N_("Open the checklist under the mark."), "checklists"),
    Action("checklists.anew", ("n",), N_("Once more"), N_("Open the checklist anew, as the programme has it now."),
           "checklists", writes=True),
    Action("checklists.shut", ("x",), N_("Close it"), N_("Close the checklist with a reason, or open it again."),
           "checklists", writes=True),
    Action("checklists.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "checklists",
           palette=False, instead_of="app.quit_or_back"),
    *moves("checklists"),

    Action("open_items.open", ("enter",), N_("Open"), N_("Open the checklist under the mark."), "open_items",
           needs_row=N_("Nothing is left here.")),
    Action("open_items.participant", ("o",), N_("Participant"), N_("Open the participant."), "open_items",
           needs_row=N_("Nothing is left here.")),
    Action("open_items.what", ("f",), N_("Show"), N_("Show everything open, what is overdue, or what is not verified."),
           "open_items"),
    Action("open_items.scope", ("m",), N_("Whose"), N_("Switch between my caseload and the whole team."),
           "open_items"),
    Action("open_items.worker", ("w",), N_("Worker"), N_("Choose the worker whose caseload is shown."), "open_items",
           footer=False),
    Action("open_items.close", ("escape", "q"), N_("Close"), N_("Go back to the board."), "open_items", palette=False,
           instead_of="app.quit_or_back"),
    *moves("open_items"),
)  # fmt: skip
