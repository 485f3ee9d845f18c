"""Mapping of a participant: the profile over time, one part of life in full, and the list of mappings."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

mappings = Scope("mappings", N_("Mapping"))
mapping_part = Scope("mapping_part", N_("Part of life over time"))
mapping_list = Scope("mapping_list", N_("Mappings made"))

NO_MAPPING: Final = N_("There is no mapping yet: n begins one.")

ACTIONS: Final = (
    mappings.key("add", "n", N_("New mapping"), N_("Begin a mapping, or go on with one that is not finished."),
                 writes=True),
    mappings.more("read", "enter", N_("Read"), N_("Read all that was said of this part of life, over time."),
                  needs_row=NO_MAPPING),
    mappings.key("edit", "e", N_("Correct"), N_("Correct what was said last of this part of life."),
                 writes=True, needs_row=NO_MAPPING),
    mappings.key("goal", "m", N_("Goal"), N_("Make what is missing or wished for a goal of the participant's own."),
                 writes=True, needs_row=NO_MAPPING),
    mappings.key("task", "t", N_("Task"), N_("Make what is missing a task."), writes=True, needs_row=NO_MAPPING),
    mappings.more("application", "y", N_("Application"), N_("Apply for what is missing."),
                 writes=True, needs_row=NO_MAPPING),
    mappings.more("finish", "f", N_("Finish"), N_("Finish the mapping: whatever is left was not asked."),
                  writes=True, needs_row=NO_MAPPING),
    mappings.more("list", "l", N_("All mappings"),
                  N_("Show the mappings one by one; correct when and by whom, or strike one out."),
                  needs_row=NO_MAPPING),
    mappings.more("paper", "z", N_("Print"), N_("Print the profile, or a blank form to fill in by hand.")),
    *mappings.list_keys(N_("Go back to the participant.")),

    mapping_part.key("edit", "e", N_("Correct"), N_("Correct what was said last of this part of life."), writes=True),
    *mapping_part.list_keys(N_("Go back to the profile.")),

    mapping_list.more("open", "enter", N_("Show"), N_("Show the profile as it was with this mapping as the last one."),
                      needs_row=NO_MAPPING),
    mapping_list.key("edit", "e", N_("Change"), N_("Change when, where and by whom it was asked."),
                     writes=True, needs_row=NO_MAPPING),
    mapping_list.key("strike", "x", N_("Strike out"),
                     N_("Strike the mapping out, with a reason; once more lets it count again."),
                     writes=True, needs_row=NO_MAPPING),
    *mapping_list.list_keys(N_("Go back to the profile.")),
)  # fmt: skip
