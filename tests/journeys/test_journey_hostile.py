"""Strings that want to be more than text stay text, in the vault and on every screen."""

from __future__ import annotations

import pytest

from tests.journeys import hostile


@pytest.mark.slow
def test_hostile_strings_stay_text() -> None:
    """The whole number is tried by `python -m tests.journeys.hostile 10000`."""
    assert hostile.attempt(2 * 3 * hostile.EACH) >= 2 * 3 * hostile.EACH


def test_what_would_reach_the_terminal_is_noticed() -> None:
    """The check itself: each of these would fail it."""
    for leak in ("\x1b]0;x\x07", "a\x9bb", "\x1b[6n", "\u202e", "\x1b", "\x07"):
        with pytest.raises(AssertionError):
            hostile.assert_clean(f"\x1b[1;31mok\x1b[0m{leak}")
