"""Large letters: three lines, as wide as they are, and nothing where a letter is not known."""

from __future__ import annotations

from screens.meetings.large_letters import large


def test_a_name_takes_three_lines() -> None:
    assert large("Eli", 40) == [
        "▄▄▄ ▄   ▄",
        "█▄  █   █",
        "█▄▄ █▄▄ █",
    ]


def test_the_letters_of_here_are_known() -> None:
    assert large("A", 9) != large("Å", 9)
    assert large("é", 9) is not None
    assert large("ÆØÅ æøå-0123456789.'", 200) is not None


def test_what_does_not_fit_or_is_not_known_is_left_to_others() -> None:
    assert large("Anne", 10) is None
    assert large("Żółć", 80) is None
    assert large("Олег", 80) is None
    assert large("", 80) == ["", "", ""]
