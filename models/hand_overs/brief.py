"""What a colleague who takes over a participant reads: one value with everything that is agreed, due, missing or risky.

Source: the guide on coordination (one place that knows every agreement, date, contact person, application and consent)
and on team (areas where a participant is at risk are known before a visit is planned).
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from models import board, timeline
from models.consents import answer as consent_answer
from models.consents import summary as consent_signs
from models.consents.matrix import SetAnswer
from models.contacts import network
from models.contacts.network import Network
from models.goals import reading as goal_reading
from models.goals.reading import OPEN, GoalLine
from models.hand_overs import hand_overs
from models.hand_overs.hand_overs import HandOver
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import applications, appointments, tasks
from models.plans.applications import Applied
from models.plans.appointments import Agreed
from models.plans.tasks import ToDo
from models.signals.sign import Sign
from models.storage.reading import Reading
from models.timeline import TimelineEntry, TimelineQuery

LAST_ENTRIES: Final = 6


class Brief(Struct, frozen=True):
    """Everything the brief shows; `handed` is None where nobody ever handed the participant over.

    `consents` are the mandatory ones of the phases that last, by agency. `entries` are the latest that people wrote,
    newest first.
    """

    file: ParticipantFile
    handed: HandOver | None
    signs: tuple[Sign, ...]
    topics: tuple[TimelineEntry, ...]
    appointments: tuple[Agreed, ...]
    tasks: tuple[ToDo, ...]
    applications: tuple[Applied, ...]
    consents: tuple[SetAnswer, ...]
    network: Network
    goals: tuple[GoalLine, ...]
    entries: tuple[TimelineEntry, ...]


def brief(reading: Reading, participant: int) -> Brief:
    """What the one who takes over must know, first things first. Raises `ParticipantError` when there is none."""
    file = participants.file_of(reading, participant)
    card = board.card(reading, participant)
    phases = (card.phase, *card.also) if card is not None and card.phase else ()
    held, warning = consent_answer.held(reading, participant), reading.programme.limits.consent_warning_days
    people = tuple(kind.id for kind in reading.programme.kinds if not kind.system)
    return Brief(
        file=file,
        handed=hand_overs.last(reading, participant),
        signs=card.signs if card is not None else (),
        topics=tuple(timeline.topics(reading, participant)),
        appointments=tuple(one for one in appointments.of(reading, participant) if one.state == appointments.PLANNED),
        tasks=tuple(one for one in tasks.of(reading, participant) if one.state == tasks.OPEN),
        applications=tuple(one for one in applications.of(reading, participant) if one.decided is None),
        consents=tuple(
            SetAnswer(each, consent_answer.best([one for one in held if one.agency == each], reading.today, warning))
            for each in consent_signs.wanted(reading.programme, phases)
        ),
        network=network.network(reading, participant),
        goals=tuple(goal for goal in goal_reading.of(reading, participant) if goal.state == OPEN),
        entries=tuple(timeline.page(reading, TimelineQuery(participant, people), 0, LAST_ENTRIES)),
    )
