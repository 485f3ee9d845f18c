"""Every action a key can start: its id, its keys, and what it is called in footer, help, palette and `docs/keys.md`.

A key is written as Textual names it. Every action has a plain key (a letter or F1-F10), since Esc and combinations
can be lost on the way through tmux and ssh.
"""

from __future__ import annotations

from typing import Final

from config.actions import (
    around,
    board,
    cooperation,
    coordination,
    evaluations,
    everywhere,
    figures,
    gatherings,
    mappings,
    method,
    participant,
    restrictions,
    support_teams,
    team,
)
from config.actions.shapes import EVERYWHERE, Action, Scope

__all__ = ["ACTIONS", "EVERYWHERE", "SCOPES", "Action", "Scope"]

ACTIONS: Final[tuple[Action, ...]] = (
    *everywhere.APP, *board.ACTIONS, *participant.PARTICIPANT, *everywhere.FORM, *everywhere.TEMPLATES,
    *everywhere.READ, *everywhere.SECRET, *everywhere.LIST, *everywhere.CHOOSER, *everywhere.PROMPT, *everywhere.TOLD,
    *everywhere.SEARCH, *everywhere.PALETTE, *everywhere.SETTINGS, *everywhere.PROGRAMME, *participant.PHASES,
    *everywhere.DRAFTS, *everywhere.CONFLICT, *everywhere.LOCK, *participant.GOALS, *participant.SPENDING,
    *participant.PAPER, *coordination.ACTIONS, *method.ACTIONS, *team.ACTIONS, *restrictions.ACTIONS,
    *support_teams.ACTIONS,
    *cooperation.ACTIONS,
    *evaluations.ACTIONS,
    *figures.ACTIONS,
    *around.ACTIONS,
    *gatherings.ACTIONS,
    *mappings.ACTIONS,
)  # fmt: skip
# In the order of the tables in `docs/keys.md`.
SCOPES: Final[tuple[Scope, ...]] = (
    everywhere.app, board.board, participant.participant, everywhere.form, everywhere.template,
    everywhere.own_templates, everywhere.read, everywhere.secret,
    everywhere.lists, everywhere.chooser, everywhere.prompt, everywhere.writing, everywhere.told,
    everywhere.search, everywhere.palette, everywhere.settings, everywhere.programme, coordination.consents,
    coordination.consent_history, coordination.consents_end, participant.phases, everywhere.drafts,
    everywhere.conflict, everywhere.lock, participant.goals, participant.spending, participant.paper,
    coordination.agenda, coordination.suggested,
    coordination.applications, coordination.checklists, coordination.checklist, coordination.open_items,
    coordination.people, coordination.contact_chooser, coordination.network, coordination.team_list, method.intake,
    around.known, around.fragmentation, around.behind,
    method.candidates, method.reviews, method.team_reviews, method.review, method.review_read, method.phase_out,
    method.signals, team.absences, team.hand_overs, team.hand_over_brief, team.monthly, team.behind, team.meetings,
    team.meeting, team.standup, team.minutes, team.agreed, team.users, team.recovery, team.visits, team.reading,
    restrictions.restricted, support_teams.support_team,
    cooperation.cooperation, cooperation.agreement, cooperation.steering,
    evaluations.evaluations, evaluations.sheets, evaluations.result, evaluations.answers,
    figures.figures, figures.figure,
    gatherings.gatherings, gatherings.gathering, gatherings.attendance, gatherings.answers, gatherings.members,
    gatherings.stability,
    mappings.mappings, mappings.mapping_part, mappings.mapping_list,
)  # fmt: skip
