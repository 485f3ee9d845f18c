"""The fields of a record: what is written comes out clean and of the size that fits, by the name a person knows."""

from __future__ import annotations

from typing import Any

import pytest

from config.errors import ExinError
from models.values.fields import Fields
from models.values.text import LINE_LIMIT, TextTooLong


class ShelfError(ExinError):
    """A shelf cannot be put up as asked."""


SHELF = Fields(
    {"name": "Name", "notes": "Notes", "story": "Story", "width": "Width"}, ShelfError, lines=("name",),
    texts=("notes", "story"), trimmed=("notes",), limits={"notes": 20},
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"name": "  Ved\tdøra\n"}, {"name": "Ved døra"}),
        ({"notes": "\n\n  lav\nbred\n\n"}, {"notes": "  lav\nbred"}),
        ({"story": "\n  lav\n\n"}, {"story": "\n  lav\n\n"}),
        ({"name": None, "notes": None, "width": None}, {"name": "", "notes": "", "width": None}),
        ({"width": 80}, {"width": 80}),
        ({}, {}),
    ],
)
def test_what_is_written_is_kept_clean_and_all_else_as_it_is(given: dict[str, Any], kept: dict[str, Any]) -> None:
    assert SHELF.checked(given) == kept


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"colour": "red"}, ShelfError, "There is no field called colour."),
        ({"name": "x" * (LINE_LIMIT + 1)}, TextTooLong, f"Name: {LINE_LIMIT + 1} characters, at most {LINE_LIMIT}"),
        ({"notes": "x" * 21}, TextTooLong, "Notes: 21 characters, at most 20"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(given: dict[str, Any], error: type[ExinError], words: str) -> None:
    with pytest.raises(error, match=words):
        SHELF.checked(given)
