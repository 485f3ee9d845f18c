"""A support team is begun, corrected, extended and ended: one at a time around a participant, and for a limited time.

Source: the Trondheim report, annex 5: three months, one coordinating agency, an aim that is told from the start and a
conclusion at the end. Advice stands in `advice`; only what cannot be is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.programme.shapes import Programme
from config.words import N_, _
from models import timeline
from models.storage.actions import action
from models.storage.required import require_participant
from models.storage.work import Work
from models.support_teams import reading as team_reading
from models.support_teams.reading import SupportTeamError, TeamLine
from models.tables import SupportTeam, SupportTeamExtension
from models.values.days import now_or_noon
from models.values.fields import Fields

FIELDS: Final = {
    "kick_off": N_("Kick-off"),
    "ends": N_("Ends"),
    "agency": N_("Coordinated by"),
    "coordinator": N_("Coordinator"),
    "contact": N_("Contact person"),
    "in_on_it": N_("Participant in on it"),
    "own_words": N_("In their own words"),
    "stabilise": N_("Kept stable"),
    "consent_rule": N_("What may be shared"),
    "judged": N_("How it is assessed"),
    "ended": N_("Ended on"),
    "conclusion": N_("Conclusion"),
    "recommendation": N_("Recommendation"),
}
EXTENDING: Final = {"until": N_("Until"), "reason": N_("Reason")}
TEXT_LIMIT: Final = 2_000
_TEXTS: Final = ("own_words", "stabilise", "consent_rule", "judged", "conclusion", "recommendation")
_FIELDS: Final = Fields(
    FIELDS, SupportTeamError, lines=("agency", "coordinator", "in_on_it"), texts=_TEXTS, trimmed=_TEXTS,
    limits=dict.fromkeys(_TEXTS, TEXT_LIMIT),
)  # fmt: skip
_EXTENDING: Final = Fields(EXTENDING, SupportTeamError, lines=("reason",))


@action("support_teams.begin", N_("the new support team"))
def begin(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Begin a support team; `values` holds any of `FIELDS`. Answers its id.

    The kick-off is today and the end as many months later as the programme says, where nothing else is given. Raises
    `SupportTeamError` for days that contradict each other, or while another support team lasts.
    """
    require_participant(work, participant, SupportTeamError)
    checked = _checked(work, participant, {"kick_off": None, "ends": None, **values}, None)
    number = work.insert(SupportTeam, participant=participant, **checked)
    _tell(work, participant, "support_team_begun", number, checked["kick_off"], checked.get("own_words", ""))
    return number


@action("support_teams.change", N_("the change to the support team"))
def change(work: Work, number: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change a support team; answers the new version. Raises as `begin`, or `Conflict` as `Work.update`."""
    before = team_reading.team(work, number)
    return work.update(SupportTeam, number, version, **_checked(work, before.participant, changes, before))


@action("support_teams.extend", N_("the extension of the support team"))
def extend(work: Work, number: int, version: int, values: Mapping[str, Any]) -> int:
    """Let a support team go on `until` a later day, with a `reason`; answers the id of the extension."""
    before, checked = team_reading.team(work, number), _EXTENDING.checked(values)
    until, reason = checked.get("until"), checked.get("reason", "")
    if before.ended is not None:
        raise SupportTeamError(_("This support team has ended; begin a new one."))
    if until is None or until <= before.ends:
        raise _EXTENDING.wrong(
            "until", _("{field}: a day after {date}, when it ends now."), date=format_date(before.ends)
        )
    if not reason:
        raise _EXTENDING.wrong("reason", _("{field}: say why it goes on."))
    work.update(SupportTeam, number, version, ends=until)
    found = work.insert(
        SupportTeamExtension, support_team=number, participant=before.participant, day=work.today, was=before.ends,
        until=until, reason=reason,
    )  # fmt: skip
    _tell(work, before.participant, "support_team_extended", number, until, reason)
    return found


@action("support_teams.end", N_("the end of the support team"))
def end(work: Work, number: int, version: int, values: Mapping[str, Any]) -> int:
    """End a support team with its `conclusion` and `recommendation`, today unless `ended` is given; the new version."""
    before = team_reading.team(work, number)
    checked = _checked(work, before.participant, {**values, "ended": values.get("ended") or work.today}, before)
    found = work.update(SupportTeam, number, version, **checked)
    words = checked.get("conclusion", before.conclusion)
    if before.ended is None:
        _tell(work, before.participant, "support_team_ended", number, checked["ended"], words)
    return found


def advice(values: Mapping[str, str]) -> tuple[str, ...]:
    """What is worth knowing of what is written in a support team's fields; it hinders nothing."""
    found = []
    if not values.get("coordinator", "").strip():
        found.append(_("Nobody is named as the coordinator: a support team needs one who holds it together."))
    if not values.get("own_words", "").strip():
        found.append(_("The participant's own words are missing: they come first."))
    return tuple(found)


def _checked(work: Work, participant: int, values: Mapping[str, Any], before: TeamLine | None) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    if "kick_off" in checked:
        checked["kick_off"] = checked["kick_off"] or work.today
    kick_off = checked["kick_off"] if before is None else checked.get("kick_off", before.kick_off)
    if "ends" in checked:
        checked["ends"] = checked["ends"] or team_reading.usual_end(work.programme, kick_off)
    ends = checked["ends"] if before is None else checked.get("ends", before.ends)
    ended = checked.get("ended", before.ended if before else None)
    if ends < kick_off:
        raise _FIELDS.wrong("ends", _("{field}: the support team would end before its kick-off."))
    if ended is not None and ended > work.today:
        raise _FIELDS.wrong("ended", _("{field}: the date is in the future."))
    if ended is not None and ended < kick_off:
        raise _FIELDS.wrong("ended", _("{field}: the support team would end before its kick-off."))
    _known(work, checked)
    if ended is None:
        _alone(work, participant, before.id if before else 0)
    return checked


def _known(work: Work, checked: Mapping[str, Any]) -> None:
    agency, agencies = checked.get("agency", ""), work.programme.agencies
    if agency and agency not in {one.id for one in agencies}:
        raise _FIELDS.wrong("agency", _("{field}: the programme knows no agency {name}."), name=agency)
    if checked.get("in_on_it") and checked["in_on_it"] not in {one.id for one in work.programme.choices["in_on_it"]}:
        raise _FIELDS.wrong("in_on_it", _("{field}: yes or no, or empty while nobody has asked."))


def _alone(work: Work, participant: int, but: int) -> None:
    """Raise `SupportTeamError` while another support team of the participant's lasts."""
    for other in team_reading.teams_of(work, participant):
        if other.ended is None and other.id != but:
            raise SupportTeamError(lasts_already(work.programme, other))


def lasts_already(programme: Programme, other: TeamLine) -> str:
    """Why no other support team can begin beside this one."""
    text = _("There is a support team already, coordinated by {who}, from {since} to {until}. End that one first.")
    since, until = format_date(other.kick_off), format_date(other.ends)
    return text.format(since=since, until=until, who=other.coordinator or agency_name(programme, other.agency))


def agency_name(programme: Programme, agency: str) -> str:
    """What an agency of a support team is called; the empty one is the team's own."""
    return str(programme.agency(agency).name) if agency else _("our own team")


def _tell(work: Work, participant: int, kind: str, number: int, day: date, words: str) -> None:
    at = now_or_noon(work.clock, day)
    timeline.tell(work, participant, kind, at, {"date": day.isoformat(), "words": words}, f"support_team:{number}")
