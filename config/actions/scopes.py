"""Where actions hold, in the order of the tables in `docs/keys.md`."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import EVERYWHERE, Scope
from config.words import N_

SCOPES: Final = (
    Scope(EVERYWHERE, N_("Everywhere")),
    Scope("board", N_("Board")),
    Scope("participant", N_("Participant")),
    Scope("form", N_("Forms"), typing=True),
    Scope("list", N_("Lists")),
    Scope("prompt", N_("A question"), typing=True),
    Scope("search", N_("Search"), typing=True),
    Scope("palette", N_("Commands"), typing=True),
    Scope("settings", N_("Settings")),
    Scope("consents", N_("Consents")),
    Scope("consent_history", N_("Consents so far")),
    Scope("consents_end", N_("Ending the consents")),
    Scope("phases", N_("Phases")),
    Scope("drafts", N_("Unfinished forms")),
    Scope("conflict", N_("Two versions")),
    Scope("lock", N_("Locked"), typing=True),
    Scope("goals", N_("Own goals")),
    Scope("spending", N_("Small spending")),
    Scope("paper", N_("Paper")),
    Scope("agenda", N_("Agenda")),
    Scope("suggested", N_("Suggested tasks")),
    Scope("applications", N_("Applications")),
    Scope("checklists", N_("Checklists")),
    Scope("checklist", N_("Checklist")),
    Scope("open_items", N_("What is left")),
    Scope("people", N_("Contact persons")),
    Scope("contact_chooser", N_("Choosing a contact person"), typing=True),
    Scope("network", N_("People around")),
    Scope("team_list", N_("The team's list")),
    Scope("intake", N_("Intake")),
    Scope("candidates", N_("In intake")),
    Scope("reviews", N_("Phase reviews")),
    Scope("review", N_("A phase review"), typing=True),
    Scope("review_read", N_("A sealed review")),
    Scope("phase_out", N_("Phase-out")),
    Scope("signals", N_("Signals")),
    Scope("absences", N_("Absences")),
    Scope("hand_overs", N_("Hand-overs")),
    Scope("hand_over_brief", N_("Brief on taking over")),
    Scope("monthly", N_("Monthly meeting")),
    Scope("meetings", N_("Meetings")),
    Scope("meeting", N_("A meeting")),
    Scope("standup", N_("The stand-up")),
    Scope("minutes", N_("Minutes so far")),
    Scope("agreed", N_("What was agreed")),
)
