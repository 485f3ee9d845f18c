"""Every figure by name, with what is counted in words and where the notion comes from.

Files that are added up must have been counted by the same definitions: whoever changes what is counted gives `VERSION`
the next number.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from config.words import N_

VERSION: Final = 1

STOCK, FLOW, SPREAD = "stock", "flow", "spread"
"""As it stands on the last day; what happened in the period, month by month; the quartiles of a length of time."""
PHASES, MOVES, SUMS, PHASE_DAYS, PREPARED, REVIEWED = "phases", "moves", "sums", "phase_days", "prepared", "reviewed"
ENDINGS, RETURNED, REACHED, ATTEMPTED, CONSENTS, LACKING = (
    "endings", "returned", "reached", "attempted", "consents", "lacking",
)  # fmt: skip
CHECKLISTS, WAITING, DECIDED, WAITED, DONE, WORKLOAD = (
    "checklists", "waiting", "decided", "waited", "done", "workload",
)  # fmt: skip


class Definition(Struct, frozen=True):
    """One figure; `leaves` False is one that stays within the team, `of` is the figure a spread lies behind."""

    id: str
    section: str
    kind: str
    name: str
    words: str
    source: str
    leaves: bool = True
    of: str = ""


PEOPLE, FLOWS, CONTACT, SERVICES, HANDS, TEAM = "people", "flows", "contact", "services", "hands", "team"
SECTIONS: Final = {
    PEOPLE: N_("Who is followed"),
    FLOWS: N_("On the way through"),
    CONTACT: N_("Contact"),
    SERVICES: N_("Consents and agencies"),
    HANDS: N_("In whose hands"),
    TEAM: N_("The team"),
}
_GUIDE_PHASES: Final = N_("The EX/IN guide on the six phases.")

DEFINITIONS: Final = (
    Definition(
        PHASES, PEOPLE, STOCK, N_("Participants and candidates by phase"),
        N_("Everybody in a phase at the end of the period, in the phase that leads: the one begun last. "
           "Who is in phase 1 alone is a candidate."),
        _GUIDE_PHASES,
    ),
    Definition(
        SUMS, FLOWS, FLOW, N_("In, out and released"),
        N_("Who became a participant or is one again, who moved out of prison, and whose phase-out began. "
           "Sums of the transitions below."),
        _GUIDE_PHASES,
    ),
    Definition(
        MOVES, FLOWS, FLOW, N_("Transitions"),
        N_("Every phase that began, with the phase that lasted until then. From 0 is somebody who was in none."),
        _GUIDE_PHASES,
    ),
    Definition(
        PHASE_DAYS, FLOWS, SPREAD, N_("Days in a phase"),
        N_("Days from the beginning of the phase to the transition out of it, of those who moved on in the period."),
        _GUIDE_PHASES, of=MOVES,
    ),
    Definition(
        PREPARED, FLOWS, FLOW, N_("Releases prepared in time"),
        N_("Of those who moved out of prison: those whose phase 3 had begun as many days before as their security "
           "level asks for."),
        N_("The EX/IN guide: preparation begins one to three months before release."),
    ),
    Definition(
        REVIEWED, FLOWS, FLOW, N_("Transitions with a review"),
        N_("Transitions whose phase review was sealed after the former phase began and by the end of the month of the "
           "transition."),
        N_("The EX/IN guide: a review at each transition."),
    ),
    Definition(
        ENDINGS, FLOWS, FLOW, N_("Phase-outs by reason"),
        N_("Phase-outs that began; without a reason where only the phase says so."),
        N_("The EX/IN guide on phase-out."),
    ),
    Definition(
        RETURNED, FLOWS, FLOW, N_("Came back"),
        N_("Participants noted as back after a phase-out."),
        N_("The EX/IN guide: whoever was phased out may come back."),
    ),
    Definition(
        REACHED, CONTACT, FLOW, N_("Contacts by phase and kind"),
        N_("Contacts in which the participant was reached, by the phase that led at the end of the month."),
        N_("The EX/IN guide on the relationship."),
    ),
    Definition(
        ATTEMPTED, CONTACT, FLOW, N_("Attempts by phase and kind"),
        N_("Attempts at contact in which the participant was not reached, by the phase that led at the end of the "
           "month."),
        N_("The EX/IN guide: an attempt is no contact, and attempts are repeated."),
    ),
    Definition(
        CONSENTS, SERVICES, STOCK, N_("Consents in force"),
        N_("Participants whose phases ask for the agency's consent and who have one at the end of the period."),
        N_("The EX/IN guide on consents."),
    ),
    Definition(
        LACKING, SERVICES, STOCK, N_("Consents lacking"),
        N_("Participants whose phases ask for the agency's consent and who have none at the end of the period. "
           "Stays within the team: beside those in force it would give small numbers away."),
        N_("The EX/IN guide on consents."), leaves=False,
    ),
    Definition(
        CHECKLISTS, SERVICES, STOCK, N_("Release checklists"),
        N_("Participants with a release checklist on which something is left or not verified at the end of the "
           "period, and those of them with something done that nobody has verified."),
        N_("The EX/IN guide on the release procedure."),
    ),
    Definition(
        WAITING, SERVICES, STOCK, N_("Applications that wait"),
        N_("Applications sent to the agency and not decided at the end of the period."),
        N_("The Trondheim report on waiting times."),
    ),
    Definition(
        DECIDED, SERVICES, FLOW, N_("Applications decided"),
        N_("Applications that the agency decided in the period."),
        N_("The Trondheim report on waiting times."),
    ),
    Definition(
        WAITED, SERVICES, SPREAD, N_("Days until decided"),
        N_("Days from sending to decision of the applications decided in the period."),
        N_("The Trondheim report on waiting times."), of=DECIDED,
    ),
    Definition(
        DONE, HANDS, FLOW, N_("Tasks and steps done"),
        N_("Tasks about participants and steps towards their goals that were done, by whose turn it was. "
           "Responsibility moves to the participant as the months go."),
        N_("The EX/IN guide: responsibility is handed over step by step."),
    ),
    Definition(
        WORKLOAD, TEAM, STOCK, N_("Workload against limits"),
        N_("Participants of each colleague at the end of the period against the most there should be. Stays within "
           "the team: colleagues are few."),
        N_("The EX/IN guide: at most 12 participants, of whom 6 in the demanding phases."), leaves=False,
    ),
)  # fmt: skip
BY_ID: Final = {one.id: one for one in DEFINITIONS}

NO_SUM: Final = frozenset({SUMS, CONSENTS, LACKING, CHECKLISTS})
"""Figures whose rows have no sum that says anything: the same people may be in several."""
