"""Signs in words: the most pressing first, how many more there are, tags where words have no room, and nothing cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.signals.sign import LEGEND, Sign, tag
from screens.widgets.signs import tagged, worded


def sign(rule: str, short: str, severity: int = 2) -> Sign:
    return Sign(rule, tag(rule), short, "Because.", severity, None)


def text(pieces: list[tuple[str, object]]) -> str:
    return "".join(part for part, _style in pieces)


THREE = [sign("silent", "silent 34d", 3), sign("consents", "no consent"), sign("topics", "topic 1", 1)]


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (40, "silent 34d · no consent · topic 1"),
        (33, "silent 34d · no consent · topic 1"),
        (32, "silent 34d · no consent  +1"),
        (26, "silent 34d  +2"),
        (14, "silent 34d  +2"),
        (13, "silent 34d +2"),
        (12, "Co Cs To "),
        (8, "Co Cs To "),
        (7, "Co +2"),
        (4, "+3"),
        (1, ""),
    ],
)
def test_what_has_no_room_is_counted(width: int, told: str) -> None:
    assert text(worded(THREE, width)) == told


def test_one_alone_and_none() -> None:
    assert text(worded(THREE[:1], 10)) == "silent 34d"
    assert text(worded(THREE[:1], 9)) == "Co "
    assert worded([], 20) == tagged([], 20) == []


def test_a_family_has_one_tag() -> None:
    both = [sign("silent", "silent 9d"), sign("first_weeks", "day 9"), sign("consents", "no consent")]
    assert text(tagged(both, 20)) == "Co Cs "


@given(
    st.lists(st.tuples(st.sampled_from(sorted(LEGEND)), st.text("abc 1", min_size=1, max_size=18)), max_size=9),
    st.integers(0, 60),
)
def test_nothing_is_cut_and_everything_is_told_or_counted(rows: list[tuple[str, str]], width: int) -> None:
    signs = [sign(rule, short) for rule, short in rows]
    shorts = [one.short for one in signs]
    told = [f"{shorts[0]} +{len(shorts) - 1}"] if len(shorts) > 1 else []
    for shown in range(1, len(shorts) + 1):
        more = f"  +{len(shorts) - shown}" if shown < len(shorts) else ""
        told.append(" · ".join(shorts[:shown]) + more)
    fitting = [one for one in told if len(one) <= width]
    drawn = text(worded(signs, width))
    assert drawn == (fitting[-1] if fitting else text(tagged(signs, width)))
    assert len(drawn.rstrip()) <= width
