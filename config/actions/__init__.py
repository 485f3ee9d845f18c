"""Every action a key can start: its id, its keys, and what it is called in footer, help, palette and `docs/keys.md`.

A key is written as Textual names it. Every action has a plain key (a letter or F1-F10), since Esc and combinations
can be lost on the way through tmux and ssh.
"""

from __future__ import annotations

from typing import Final

from config.actions import (
    agenda,
    board,
    checklists,
    consents,
    everywhere,
    forms,
    hand_overs,
    intake,
    meetings,
    participant,
    people,
    phase_out,
    reviews,
    signals,
)
from config.actions.shapes import EVERYWHERE, Action, Scope

__all__ = ["ACTIONS", "EVERYWHERE", "SCOPES", "Action", "Scope"]

ACTIONS: Final[tuple[Action, ...]] = (
    *everywhere.APP, *board.ACTIONS, *participant.PARTICIPANT, *forms.FORM, *forms.LIST, *forms.PROMPT,
    *everywhere.SEARCH, *everywhere.PALETTE, *everywhere.SETTINGS, *participant.PHASES, *forms.DRAFTS, *forms.CONFLICT,
    *everywhere.LOCK, *participant.GOALS, *participant.SPENDING, *participant.PAPER, *agenda.ACTIONS,
    *consents.ACTIONS, *checklists.ACTIONS, *people.ACTIONS, *intake.ACTIONS, *reviews.ACTIONS, *phase_out.ACTIONS,
    *signals.ACTIONS, *hand_overs.ACTIONS, *meetings.ACTIONS,
)  # fmt: skip
# In the order of the tables in `docs/keys.md`.
SCOPES: Final[tuple[Scope, ...]] = (
    everywhere.app, board.board, participant.participant, forms.form, forms.lists, forms.prompt, everywhere.search,
    everywhere.palette, everywhere.settings, consents.consents, consents.consent_history, consents.consents_end,
    participant.phases, forms.drafts, forms.conflict, everywhere.lock, participant.goals, participant.spending,
    participant.paper, agenda.agenda, agenda.suggested, agenda.applications, checklists.checklists,
    checklists.checklist, checklists.open_items, people.people, people.contact_chooser, people.network,
    people.team_list, intake.intake, intake.candidates, reviews.reviews, reviews.review, reviews.review_read,
    phase_out.phase_out, signals.signals, hand_overs.absences, hand_overs.hand_overs, hand_overs.hand_over_brief,
    meetings.monthly, meetings.meetings, meetings.meeting, meetings.standup, meetings.minutes, meetings.agreed,
)  # fmt: skip
