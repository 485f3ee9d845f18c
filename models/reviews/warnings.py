"""What a phase review warns of by name: missing consents, open and unverified items, criteria not met, talks not held.

Advice, never a wall: a team that goes on in spite of it says why, and the reason is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from config.programme.method.intake import MONTHS_LEFT
from config.programme.method.reviews import Transition
from config.words import _
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE
from models.consents import matrix as consent_matrix
from models.intake.reading import MET, NOT_MET, file_of, months_proposal
from models.phases import way_out
from models.storage.reading import Reading

CONSENTS, CHECKLIST, UNVERIFIED, CRITERIA, TALKS, DECISION = (
    "consents", "checklist", "unverified", "criteria", "talks", "decision",
)  # fmt: skip
JUDGED = (MET, NOT_MET)


class Warned(Struct, frozen=True):
    """One thing that is not as it should be, by the kind of it; `names` say what."""

    kind: str
    text: str
    names: tuple[str, ...]


def warnings(reading: Reading, participant: int, transition: str) -> tuple[Warned, ...]:
    """Everything that a move by this transition is warned of today, each by name."""
    found = reading.programme.method.reviews.transition(transition)
    if found is None:
        return ()
    return (
        *_consents(reading, participant, found),
        *_checklists(reading, participant, found),
        *((*_criteria(reading, participant), *_undecided(reading, participant)) if found.criteria else ()),
    )


def _consents(reading: Reading, participant: int, transition: Transition) -> list[Warned]:
    lacking: dict[str, str] = {}
    for id in transition.sets:
        for one in consent_matrix.missing(reading, participant, id):
            lacking[one.agency] = f"{reading.programme.agency(one.agency).name}: {one.answer.reason}"
    if not lacking:
        return []
    names = tuple(str(reading.programme.agency(agency).name) for agency in lacking)
    return [
        Warned(CONSENTS, _("Mandatory consents are missing. {told}").format(told=" ".join(lacking.values())), names)
    ]


def _checklists(reading: Reading, participant: int, transition: Transition) -> list[Warned]:
    found: list[Warned] = []
    for line in checklist_reading.of(reading, participant):
        if line.template not in transition.checklists or line.closed is not None:
            continue
        if not line.id:
            found.append(Warned(CHECKLIST, _("{checklist} was never opened.").format(checklist=line.name), ()))
            continue
        shown = checklist_reading.one(reading, line.id)
        left = [str(item.template.name) for item in shown.items if not item.settled]
        unsure = [
            str(item.template.name)
            for item in shown.items
            if shown.template.verify and item.state == DONE and item.verified_at is None
        ]
        found += _named(CHECKLIST, _("Open on {checklist}: {items}."), left, checklist=line.name)
        found += _named(UNVERIFIED, _("Not verified on {checklist}: {items}."), unsure, checklist=line.name)
    return found


def _named(kind: str, sentence: str, items: Sequence[str], **said: object) -> list[Warned]:
    """A warning that tells the items by name, none where there are none."""
    return [Warned(kind, sentence.format(items=", ".join(items), **said), tuple(items))] if items else []


def _criteria(reading: Reading, participant: int) -> list[Warned]:
    """Criteria of the intake that lasts, or was last, which were found not to be met or are still to be judged."""
    rows = reading.sql(
        "SELECT criterion, judgement FROM criterion_judgement WHERE intake_id = "
        "(SELECT max(id) FROM intake WHERE participant_id = ?)",
        [participant],
    )
    judged = dict(rows)
    unmet: list[str] = []
    unjudged: list[str] = []
    for criterion in reading.programme.method.intake.criteria:
        judgement = judged.get(criterion.id, "")
        if judgement not in JUDGED and criterion.computed == MONTHS_LEFT:
            judgement, _told = months_proposal(way_out.of(reading, participant), reading)
        if judgement == NOT_MET:
            unmet.append(str(criterion.name))
        elif judgement != MET:
            unjudged.append(str(criterion.name))
    return [
        *_named(CRITERIA, _("Criteria not met: {items}."), unmet),
        *_named(CRITERIA, _("Criteria still to be assessed: {items}."), unjudged),
    ]


def _undecided(reading: Reading, participant: int) -> list[Warned]:
    """An intake that both sides have not decided, and its talks that were not held."""
    file = file_of(reading, participant)
    if file.outcome:
        return []
    found = []
    if unheld := tuple(str(line.talk.name) for line in file.talks if line.held is None):
        found.append(Warned(TALKS, _("Talks not held: {names}.").format(names="; ".join(unheld)), unheld))
    told = _("The intake is not decided by both sides; their decision is still to be noted.")
    return [*found, Warned(DECISION, told, ())]
