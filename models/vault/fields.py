"""The fields of the slots file, each taken in its one exact form."""

from __future__ import annotations

import json
import re
from typing import Any, Final

MAXIMUM_COUNT: Final = 2**53
ID_BYTES: Final = 16


class Unexpected(Exception):
    """A field is not of its form; `models.vault.slots.parse` tells it by its name."""


def canonical(content: object) -> bytes:
    """The one text of `content` that is signed, authenticated and summed."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


def mapping(content: object, field: str) -> dict[str, Any]:
    """The object `field` of an object."""
    value = content.get(field) if isinstance(content, dict) else None
    if not isinstance(value, dict):
        raise Unexpected(field)
    return value


def listed(content: dict[str, Any], field: str, most: int) -> list[dict[str, Any]]:
    """The list `field`, of at most so many objects."""
    value = content.get(field)
    if not isinstance(value, list) or len(value) > most or not all(isinstance(item, dict) for item in value):
        raise Unexpected(field)
    return value


def raw(content: dict[str, Any], field: str, *lengths: int) -> bytes:
    """The bytes of `field`, of one of the lengths."""
    value = content.get(field)
    if not isinstance(value, str) or not re.fullmatch(r"([0-9a-f]{2})*", value) or len(value) // 2 not in lengths:
        raise Unexpected(field)
    return bytes.fromhex(value)


def count(content: dict[str, Any], field: str) -> int:
    """The whole number of `field`, from 1."""
    value = content.get(field)
    if type(value) is not int or not 1 <= value <= MAXIMUM_COUNT:
        raise Unexpected(field)
    return value
