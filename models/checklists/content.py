"""A checklist's template as it is kept with the checklist: JSON that stays as it was when the template changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from config.programme.labels import Words
from config.programme.shapes import ITEM_KINDS, ChecklistTemplate, ItemGroup, ItemTemplate


def content_of(template: ChecklistTemplate) -> str:
    """The whole template as JSON; two templates have the same content exactly when nothing in them differs."""
    return json.dumps(
        {
            "id": template.id,
            "version": template.version,
            "name": _words(template.name),
            "verify": template.verify,
            "groups": [
                {"id": group.id, "name": _words(group.name), "items": [_item(item) for item in group.items]}
                for group in template.groups
            ],
        },
        ensure_ascii=False,
    )


@lru_cache(maxsize=256)
def template_of(content: str) -> ChecklistTemplate:
    """The template a checklist began with. What opens it is not kept: it is open already."""
    kept = json.loads(content)
    groups = tuple(
        ItemGroup(group["id"], _from(group["name"]), tuple(_item_from(item) for item in group["items"]))
        for group in kept["groups"]
    )
    return ChecklistTemplate(
        kept["id"], kept["version"], _from(kept["name"]), "", kept["verify"], age_from=0, age_to=0, groups=groups
    )


def _words(words: Words) -> dict[str, str]:
    return {"nb": words.nb, "en": words.en}


def _from(kept: Mapping[str, str]) -> Words:
    return Words(nb=kept["nb"], en=kept["en"])


def _item(item: ItemTemplate) -> dict[str, Any]:
    named = {"fact": item.fact, "role": item.role, "set": item.set, "who": item.who}
    return {
        "id": item.id,
        "kind": item.kind,
        "name": _words(item.name),
        **{key: text for key, text in named.items() if text},
    }


def _item_from(kept: Mapping[str, Any]) -> ItemTemplate:
    # A kind that an older or a newer program knew can still be ticked.
    kind = kept["kind"] if kept["kind"] in ITEM_KINDS else "tick"
    return ItemTemplate(
        id=kept["id"],
        name=_from(kept["name"]),
        kind=kind,
        fact=kept.get("fact", ""),
        role=kept.get("role", ""),
        set=kept.get("set", ""),
        who=kept.get("who", ""),
    )
