"""What a meeting of a steering group goes through: proposals with recommendation, what is due, and what has been done.

Source: the Trondheim report, in which the project group prepares cases and the steering group decides.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from config.words import N_, _
from models.cooperation import signs
from models.cooperation.reading import PROJECT, STEERING, AgreementFile, Prepared, agreement_of, file_of
from models.signals.sign import Sign
from models.storage.reading import Reading

PROPOSALS, DUE, FIGURES, DECIDED = "proposals", "due", "figures", "decided"
GROUPS: Final = {
    PROPOSALS: N_("Proposals of the project group"),
    DUE: N_("Due in the agreement"),
    FIGURES: N_("Figures"),
    DECIDED: N_("Decided in this meeting"),
}


class SteeringPoint(Struct, frozen=True):
    """One point of an agenda: a proposal, something due, or a figure in words."""

    group: str
    text: str
    proposal: Prepared | None = None
    sign: Sign | None = None


def of_meeting(reading: Reading, meeting: int) -> tuple[AgreementFile, tuple[SteeringPoint, ...]]:
    """The agreement a meeting is about, and the points. Raises `CooperationError` for another kind of meeting."""
    found = file_of(reading, agreement_of(reading, meeting))
    return found, points(reading, found, meeting)


def points(reading: Reading, found: AgreementFile, meeting: int | None = None) -> tuple[SteeringPoint, ...]:
    """The points of the next meeting, or of `meeting` with what was decided in it last."""
    return (
        *(SteeringPoint(PROPOSALS, one.text, one) for one in found.open_proposals),
        *(SteeringPoint(DUE, sign.reason, sign=sign) for sign in signs.of(reading, found.agreement)),
        *(SteeringPoint(DUE, _lapsed(one.text)) for one in found.bases if not one.holds(reading.today)),
        *(SteeringPoint(FIGURES, text) for text in figures(reading, found)),
        *(
            SteeringPoint(DECIDED, one.text, one)
            for one in found.proposals
            if meeting is not None and one.meeting == meeting
        ),
    )


def _lapsed(text: str) -> str:
    return _("Not valid today: {text}").format(text=text)


def figures(reading: Reading, found: AgreementFile) -> tuple[str, ...]:
    """What the cooperation has come to, without a word of any participant."""
    held, expected = found.agreement.held, found.agreement.expected(reading.today)
    decided = [one for one in found.proposals if one.decided is not None]
    return (
        _("Meetings of the steering group in twelve months: {held} of {expected}").format(held=held, expected=expected),
        _("Proposals decided: {decided} of {count}").format(decided=len(decided), count=len(found.proposals)),
        _("Members: {steering} in the steering group, {project} in the project group").format(
            steering=len(found.group(STEERING)), project=len(found.group(PROJECT))
        ),
    )
