"""The keys of the board."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Action, moves
from config.words import N_

ACTIONS: Final = (
    Action("board.open", ("enter",), N_("Open"), N_("Open the participant under the mark."), "board", palette=False),
    Action("board.record", ("r",), N_("Record"), N_("Record what happened with the participant."), "board"),
    Action("board.add", ("n",), N_("New"), N_("Add a candidate or a participant."), "board",
           footer=False),
    Action("board.scope", ("m",), N_("Who"), N_("Switch between my caseload, the whole team and one worker."),
           "board"),
    Action("board.signals", ("S",), N_("Signals"), N_("Show what the program notices by itself across the caseload."),
           "board"),
    Action("board.meetings", ("M",), N_("Meetings"),
           N_("Show the meetings: hold a stand-up, a weekly or a monthly one, or read minutes."), "board"),
    Action("board.worker", ("w",), N_("Worker"), N_("Choose the worker whose caseload is shown."), "board",
           footer=False),
    Action("board.sort", ("s",), N_("Sort"), N_("Sort by the next of release, name, days in phase and last contact."),
           "board", footer=False),
    Action("board.filter", ("f",), N_("Filter"), N_("Show only the participants that match what you type."), "board",
           footer=False),
    Action("board.view", ("v",), N_("View"), N_("Switch between columns and a list."), "board", footer=False),
    Action("board.closed", ("x",), N_("Phased out"), N_("Show or hide those who are phased out."), "board",
           footer=False),
    Action("board.left", ("left", "h"), N_("Left"), N_("Move one column to the left."), "board", footer=False,
           palette=False),
    Action("board.right", ("right", "l"), N_("Right"), N_("Move one column to the right."), "board", footer=False,
           palette=False),
    Action("board.agenda", ("a",), N_("Agenda"), N_("Show what is to come and what is overdue, mine or the team's."),
           "board", footer=False),
    Action("board.open_items", ("c",), N_("What is left"), N_("Show what is left on the checklists of the caseload."),
           "board", footer=False),
    Action("board.people", ("o",), N_("Contact persons"), N_("Show the register of contact persons."), "board",
           footer=False),
    Action("board.team_list", ("i",), N_("The team's list"),
           N_("Show every participant with the contact person of each agency."), "board", footer=False),
    Action("board.candidates", ("I",), N_("In intake"),
           N_("Show who is in intake and how long each waits, or enter somebody who is referred."), "board",
           footer=False),
    Action("board.reviews", ("R",), N_("Phase reviews"),
           N_("Show the phase reviews of the participant under the mark, begin one or go on with one."), "board",
           footer=False),
    Action("board.phase_out", ("U",), N_("Phase-out"),
           N_("Show how the participant under the mark leaves the programme, or note that they came back."), "board",
           footer=False),
    Action("board.absences", ("A",), N_("Absences"), N_("Show which colleagues are away now or later, and who covers."),
           "board", footer=False),
    Action("board.hand_overs", ("H",), N_("Hand-overs"),
           N_("Show what was handed to you, and hand over a whole caseload."), "board", footer=False),
    Action("board.quit", ("q", "escape"), N_("Quit"),
           N_("Clear the filter, or leave the program; you are asked to press the key twice."), "board", palette=False,
           instead_of="app.quit_or_back"),
    *moves("board"),
)  # fmt: skip
