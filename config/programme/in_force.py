"""What holds in the programme and where it comes from: every limit, and every entry of every list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from config.programme.overlay import Source
from config.programme.shapes import Limits, Programme
from config.words import N_

LIMIT_NAMES: Final[Mapping[str, str]] = {
    "participants": N_("Participants for one caseworker, at most"),
    "demanding": N_("Of these in the demanding phases, at most"),
    "candidates_count": N_("Candidates count among the participants"),
    "leader_participants": N_("Participants for a team leader, at most"),
    "intake_months": N_("Months that should be left of the sentence at intake"),
    "release_warning_days": N_("Days before release: preparation has not begun"),
    "release_warning_days_high": N_("Days before release: preparation has not begun, high security"),
    "release_awkward_days": N_("Days before a release on a Friday or by a holiday"),
    "release_unknown_days": N_("Days in the phase without a known day of release"),
    "parole_warning_days": N_("Days before two thirds: parole was not applied for"),
    "before_release_days_high": N_("Days before release: preparation begins, high security"),
    "before_release_days_lower": N_("Days before release: preparation begins, lower security"),
    "two_thirds_min_days": N_("Days served before parole, at least"),
    "two_thirds_from_days": N_("Days a sentence is long before two thirds are computed"),
    "release_checklist_days": N_("Days before release: the release checklist opens"),
    "consent_months": N_("Months a consent is valid, at most"),
    "consent_warning_days": N_("Days before a consent ends"),
    "verify_days": N_("Days before release: ticked, and verified by nobody"),
    "application_days": N_("Days an application has waited"),
    "crowded_in_role": N_("Helpers in one role, at most"),
    "new_in_weeks": N_("Weeks in which new helpers are counted"),
    "spending_relationship": N_("Kroner a year for the relationship"),
    "spending_necessity": N_("Kroner a year for necessities"),
    "phase_out_attempts": N_("Attempts to reach somebody before the follow-up ends"),
    "release_list_days": N_("Days before release: what is left on the release checklist is urgent"),
    "weekly_days": N_("Days since a participant was gone through in a meeting"),
    "talk_days": N_("Days a candidate waits for the next talk"),
    "phase_out_days": N_("Days a phase-out is open"),
    "first_weeks_days": N_("Days after release that are the first weeks"),
    "owed_days": N_("Days after a move in which a phase review is missing"),
    "next_review_days": N_("Days ahead that the next phase review may lie, at most"),
    "aside_days": N_("Days a signal is snoozed, unless said otherwise"),
    "aside_most_days": N_("Days a signal is snoozed, at most"),
    "absence_warning_days": N_("Days ahead: an absence that nobody covers"),
    "brief_contact_days": N_("Days of contact that a phase review looks at"),
    "attendance_goal": N_("Goal for attendance at gatherings, in per cent"),
    "group_size": N_("People in a mixed group"),
}
"""What each limit is called where a person reads it; why it is what it is stands beside it in `limits.toml`."""


class Held(Struct, frozen=True):
    """A limit with its `value`, or an entry of a list; `place` is file and line in the team's own, empty as shipped.

    A value is a number, or whether something is so.
    """

    id: str
    name: str = ""
    value: int | None = None
    place: str = ""


def limits(programme: Programme) -> list[Held]:
    """Every limit, in the order of the file; its name is a msgid."""
    found = []
    for key in Limits.__struct_fields__:
        own = [source for source in programme.team if key in source.data.get("limits", {})]
        place = _place(own[-1], own[-1].line("limits", None, key)) if own else ""
        found.append(Held(key, LIMIT_NAMES.get(key, key), getattr(programme.limits, key), place))
    return found


def lists(programme: Programme) -> list[tuple[str, list[Held]]]:
    """Every list by the name it has in a team's file, with its entries in the order they are offered.

    The method's come last; reading it may take a moment.
    """
    method = programme.method
    named: dict[str, Iterable[tuple[str, object]]] = {
        "phases": ((phase.id, phase.name) for phase in programme.phases),
        "kinds": ((kind.id, kind.name) for kind in programme.kinds),
        "agencies": ((agency.id, agency.name) for agency in programme.agencies),
        "consent_sets": ((known.id, known.name) for known in programme.consent_sets),
        "phase_tasks": ((task.id, task.text) for task in programme.phase_tasks),
        **{
            f"choices.{name}": ((choice.id, choice.name) for choice in choices)
            for name, choices in programme.choices.items()
        },
        "checklists": ((checklist.id, checklist.name) for checklist in programme.checklists),
        "review_prompts": ((prompt.id, prompt.name) for prompt in method.reviews.prompts),
        "transitions": ((transition.id, transition.name) for transition in method.reviews.transitions),
        "criteria": ((criterion.id, criterion.name) for criterion in method.intake.criteria),
        "talks": ((talk.id, talk.name) for talk in method.intake.talks),
        "premises": ((premise.id, premise.name) for premise in method.intake.premises),
        "endings": ((ending.id, ending.name) for ending in method.endings),
        "signals": ((signal.id, signal.name) for signal in method.signals),
        "first_weeks": ((contact.id, contact.text) for contact in method.first_weeks),
        "templates": ((template.id, template.name) for template in method.templates),
    }
    return [
        (name, [Held(id, str(words), None, _from(programme, name, id)) for id, words in entries])
        for name, entries in named.items()
    ]


def _from(programme: Programme, name: str, id: str) -> str:
    if name == "checklists":
        own = [source for source in programme.team_checklists if source.data.get("id") == id]
        return _place(own[-1], 0) if own else ""
    table, _dot, inside = name.partition(".")
    for source in reversed(programme.team):
        found = source.data.get(table)
        entries = found.get(inside) if found and inside else found
        for index, entry in enumerate(entries or ()):
            if entry["id"] == id:
                return _place(source, source.line(name, index) or source.line_of_id(id))
    return ""


def _place(source: Source, line: int) -> str:
    return f"{source.path.name}:{line}" if line else source.path.name
