"""A checklist's template as it is kept with the checklist: JSON that stays as it was when the template changes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

from msgspec import convert

from config.programme.labels import Words
from config.programme.shapes import ITEM_KINDS, ChecklistTemplate, ItemTemplate

_WHERE_THERE_IS_ONE: Final = ("fact", "role", "roles", "agency", "set", "who")


def content_of(template: ChecklistTemplate) -> str:
    """The whole template as JSON; two templates have the same content exactly when nothing in them differs."""
    groups = [
        {"id": group.id, "name": group.name.by_language(), "items": [_item(item) for item in group.items]}
        for group in template.groups
    ]
    kept = {
        "id": template.id,
        "version": template.version,
        "name": template.name.by_language(),
        "verify": template.verify,
    }
    return json.dumps({**kept, "groups": groups}, ensure_ascii=False)


def _item(item: ItemTemplate) -> dict[str, Any]:
    named = {key: getattr(item, key) for key in _WHERE_THERE_IS_ONE}
    kept = {"id": item.id, "kind": item.kind, "name": item.name.by_language()}
    return kept | {key: known for key, known in named.items() if known}


@lru_cache(maxsize=256)
def template_of(content: str) -> ChecklistTemplate:
    """The template a checklist began with. What opens it is not kept: it is open already."""
    kept = json.loads(content)
    kept["name"] = Words.of(kept["name"])
    for group in kept["groups"]:
        group["name"] = Words.of(group["name"])
        for item in group["items"]:
            item["name"] = Words.of(item["name"])
            # A kind that an older or a newer program knew can still be ticked.
            item["kind"] = item["kind"] if item["kind"] in ITEM_KINDS else "tick"
    return convert({**kept, "opens": "", "age_from": 0, "age_to": 0}, ChecklistTemplate)
