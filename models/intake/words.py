"""What a stored column of an intake says, in words: ids of the programme's criteria, talks, topics and premises."""

from __future__ import annotations

from typing import Final

from config.programme.method.intake import IntakeMethod
from config.words import N_, _
from models.intake.reading import JUDGEMENTS, OUTCOMES

TABLES: Final = ("intake", "criterion_judgement", "intake_talk")
SIDES: Final = {"yes": N_("yes"), "no": N_("no")}


def written(method: IntakeMethod, column: str, value: str) -> str | None:
    """A stored text of one of `TABLES` as people read it; None for free text, and where nothing in it is known."""
    names = {
        "criterion": {one.id: str(one.name) for one in method.criteria},
        "talk": {one.id: str(one.name) for one in method.talks},
        "covered": {topic.id: str(topic.name) for one in method.talks for topic in one.topics},
        "said": {one.id: str(one.name) for one in method.premises},
        "judgement": {id: _(name) for id, name in JUDGEMENTS.items()},
        "outcome": {id: _(name) for id, name in OUTCOMES.items()},
        "ours": {id: _(name) for id, name in SIDES.items()},
        "theirs": {id: _(name) for id, name in SIDES.items()},
    }.get(column)
    ids = value.split() if column in ("covered", "said") else [value]
    if names is None or not names.keys() & set(ids):
        return None
    return "; ".join(names.get(id, id) for id in ids)
