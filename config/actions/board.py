"""The keys of the board."""

from __future__ import annotations

from typing import Final

from config.actions.method import TEAM_REVIEWS
from config.actions.shapes import Scope
from config.words import N_

board = Scope("board", N_("Board"))

ACTIONS: Final = (
    board.key("open", "enter", N_("Open"), N_("Open the selected participant."), palette=False),
    board.key("record", "r", N_("Record"), N_("Record what happened with the participant."), writes=True),
    board.key("scope", "m", N_("Who"), N_("Switch between my caseload, the whole team and one colleague.")),
    board.key("signals", "S", N_("Signals"), N_("Show what the program notices by itself across the caseload.")),
    board.key("meetings", "M", N_("Meetings"),
              N_("Show the meetings: hold a stand-up, a weekly or a monthly one, or read minutes.")),
    board.more("mark", "space", N_("Mark"),
               N_("Mark the participant or take the mark away: what is recorded next is with each one marked."),
               writes=True),
    board.more("add", "n", N_("New"), N_("Add a candidate or a participant."), writes=True),
    board.more("agenda", "a", N_("Agenda"), N_("Show what is to come and what is overdue, mine or the team's.")),
    board.more("filter", "f", N_("Filter"),
               N_("Show only the participants that match what you type: names, colleagues, prisons, agencies, "
                  "signals.")),
    board.more("open_items", "c", N_("What is left"), N_("Show what is left on the checklists of the caseload.")),
    board.more("sort", "s", N_("Sort"), N_("Sort by the next of release, name, days in phase and last contact.")),
    board.more("view", "v", N_("View"), N_("Switch between columns and a list.")),
    board.more("worker", "w", N_("Colleague"), N_("Choose the colleague whose caseload is shown.")),
    board.more("checklist", "C", N_("Checklist"),
               N_("Open the last checklist of the selected participant, at what is open on it.")),
    board.more("team_list", "i", N_("The team's list"),
               N_("Show every participant with the contact person of each agency.")),
    board.more("reviews", "R", N_("Phase reviews"),
               N_("Show the phase reviews of the selected participant, begin one or go on with one.")),
    board.more("team_reviews", "F", N_("The team's reviews"), TEAM_REVIEWS),
    board.more("phase_out", "U", N_("Phase-out"),
               N_("Show how the selected participant leaves EX/IN, or note that they came back.")),
    board.more("candidates", "I", N_("In intake"),
               N_("Show who is in intake and how long each waits, or enter somebody who is referred.")),
    board.more("absences", "A", N_("Absences"), N_("Show which colleagues are away now or later, and who covers.")),
    board.more("hand_overs", "H", N_("Hand-overs"), N_("Show what was handed to you, and hand over a whole caseload.")),
    board.more("gatherings", "N", N_("Network"),
               N_("Show the professional network: its gatherings, who comes to them, its members.")),
    board.more("people", "o", N_("Contact persons"), N_("Show the register of contact persons.")),
    board.more("closed", "x", N_("Phased out"), N_("Show or hide those who are phased out.")),
    board.more("users", "T", N_("Users"),
               N_("Show who may open the vault and who is here now; for leaders, let in and take access away.")),
    board.more("reading", "V", N_("Reading"),
               N_("Answer why you looked at somebody's file; for leaders, reading that nothing explains.")),
    board.more("restricted", "X", N_("Restricted"),
               N_("Show who is restricted to some colleagues, and who opened one of them with a reason."),
               right="restrict"),
    board.move("left", "left h", N_("Left"), N_("Move one column to the left.")),
    board.move("right", "right l", N_("Right"), N_("Move one column to the right.")),
    board.key("quit", "q escape", N_("Quit"),
              N_("Clear the filter, or leave the program; you are asked to press the key twice."),
              palette=False, instead_of="app.quit_or_back"),
    *board.moves(),
)  # fmt: skip
