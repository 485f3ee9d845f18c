"""An evaluation's form as it is kept with the evaluation: JSON that stays as it was when the programme's changes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from msgspec import convert

from config.programme.labels import Words, with_id
from config.programme.method.evaluations import EvaluationForm
from config.programme.shapes import Programme


def content_of(form: EvaluationForm) -> str:
    """The whole form as JSON; two forms have the same content exactly when nothing in them differs."""
    questions = [{**_choice(one), "steps": [_choice(step) for step in one.steps]} for one in form.questions]
    head = {"id": form.id, "version": form.version, "name": form.name.by_language()}
    return json.dumps({**head, "questions": questions, "open": [_choice(one) for one in form.open]}, ensure_ascii=False)


def _choice(one: Any) -> dict[str, Any]:
    return {"id": one.id, "name": one.name.by_language()}


@lru_cache(maxsize=256)
def form_of(content: str) -> EvaluationForm:
    """The form that an evaluation was begun with. What it is offered for is not kept: it is chosen already."""
    return convert({**_worded(json.loads(content)), "about": ()}, EvaluationForm)


def _worded(kept: Any) -> Any:
    """What was kept, with words where names are."""
    if isinstance(kept, list):
        return [_worded(one) for one in kept]
    if isinstance(kept, dict):
        return {key: Words.of(value) if key == "name" else _worded(value) for key, value in kept.items()}
    return kept


def has_changed(programme: Programme, content: str) -> bool:
    """Whether the programme has another form under this id by now, or none."""
    now = with_id(programme.method.evaluations, form_of(content).id)
    return now is None or content_of(now) != content
