"""What forms of the work across agencies can be about: by room, by the name a constructor gives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.contacts import individual_plan, known, network, people
from models.cooperation import agreements
from models.cooperation.agreements import PARTS
from models.evaluations import evaluations
from models.evaluations import reading as evaluation_reading
from models.evaluations.sheets import Tally
from models.gatherings import attendance, consultations, gatherings, members, tasks, topics
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.store import Store
from models.support_teams import members as team_members
from models.support_teams import teams


def of_participant(store: Store, participant: int, contact: int, today: date) -> dict[str, dict[str, Any]]:
    """The support team, an evaluation of it, a mapping, a plan; what two around the participant know of each other."""
    change, ask = store.change_now, store.ask_now
    team = change(teams.begin, participant, {"agency": "nav", "kick_off": today, "in_on_it": "yes"})
    open_ = change(evaluations.begin, "support_team", team, {"form": "support_team"})
    closed = change(evaluations.begin, "support_team", team, {"form": "support_team"})
    asked = ask(evaluation_reading.one, closed).form
    counts = {one.id: (0,) * (len(one.steps) - 1) + (5,) for one in asked.questions}
    change(evaluations.enter, closed, Tally(5, counts, {asked.open[0].id: ("Nytt",)}))
    mapping = change(mappings.begin, participant, {})
    other = change(people.add, {"name": "Liv Ås", "agency": "probation", "role": "halfway_house"})
    change(network.involve, participant, other)
    change(known.note, {participant: [contact, other]}, {"ground": "other", "own_words": "Avtalt muntlig"})
    plan = change(individual_plan.add, participant, {"state": "in_place", "since": today})
    return {
        "support_teams": {
            "support_team": team,
            "team": team,
            "member": change(team_members.add_member, team, {"agency": "nav", "name": "Tor Moe"}),
            "routine": change(team_members.add_routine, team, {"what": "Møte"}),
        },
        "evaluations": {
            "about": "support_team",
            "subject": team,
            "evaluation": ask(evaluation_reading.one, open_),
            "answer": ask(evaluation_reading.evaluated, closed).answers[0],
        },
        "mappings": {"mapping": mapping, "answer": ask(mapping_reading.one, mapping).answers[0].id},
        "contacts": {
            "whom": {participant: [contact, other]},
            "row": ask(known.told, participant)[0].id,
            "plan": plan,
        },
    }


def of_the_team(store: Store, today: date) -> dict[str, Mapping[str, Any]]:
    """An agreement with one of each that belongs to it, and a gathering likewise."""
    change = store.change_now
    agreement = change(agreements.add, {"title": "Løslatelse på tvers"})
    parts = {
        kind: change(
            agreements.add_part, kind, agreement, {about.needed: today if about.needed == "day" else "Bydelen"}
        )
        for kind, about in PARTS.items()
    }
    assert set(parts.values()) == {1}, "the first of each table"
    steering = change(agreements.convene, agreement)
    gathering = change(gatherings.add, {"title": "Bolig", "first": today})
    member = change(members.add, {"name": "Siv Dahl", "agency": "nav"})
    task = change(
        tasks.add,
        gathering,
        {"text": "Drøft en sak", "task_when": "during", "task_whom": "agency", "questions": "Hvem?"},
    )
    return {
        "cooperation": {"agreement": agreement, "part": 1, "kind": "party", "steering": steering},
        "gatherings": {
            "gathering": gathering,
            "topic": change(topics.add, gathering, {"title": "Angst", "topic_kind": "subject"}),
            "consultation": change(consultations.add, gathering, {"recipient": "Byrådet", "title": "Boliger"}),
            "member": member,
            "invitation": change(attendance.invite, gathering, member),
            "task": task,
            "answer": change(tasks.write, task, {"question": 1, "agency": "nav", "answer": "Slik"}),
        },
    }
