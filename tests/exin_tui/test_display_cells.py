"""Cells, looks, and the bytes of single changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from exin_tui.display.cells import split_cells
from exin_tui.display.clean import CleanFilter, clean_text
from exin_tui.display.looks import DEFAULT, Looks
from exin_tui.display.painter import Painter


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("aø│", ["a", "ø", "│"]),
        ("日a", ["日", "", "a"]),
        ("e\u0301x", ["e\u0301", "x"]),
        ("\u0301x", ["x"]),
        ("👨‍👩‍👧", ["👨‍👩‍👧", ""]),
        ("🇳🇴🇸🇪", ["🇳🇴", "", "🇸🇪", ""]),
        ("🇳a🇴", ["🇳", "a", "🇴"]),
        ("❤️!", ["❤️", "", "!"]),
        ("a\x1b[2Jb\x9bc", ["a", "[", "2", "J", "b", "c"]),
    ],
)
def test_a_text_is_divided_as_it_is_measured(text: str, cells: list[str]) -> None:
    assert split_cells(text) == cells


@given(st.text(max_size=30))
def test_any_text_has_as_many_cells_as_rich_measures_and_no_control(text: str) -> None:
    cells = split_cells(text)
    assert len(cells) == cell_len(clean_text(text))
    assert not any(
        ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in "".join(cells)
    )


@given(st.text(alphabet=st.characters(), max_size=30))
def test_cleaning_keeps_the_measure(text: str) -> None:
    if "\u200d" not in text and "\ufe0f" not in text:
        assert cell_len(clean_text(text)) == cell_len(text)


def test_the_filter_leaves_clean_segments_alone_and_drops_controls_and_links() -> None:
    clean = [Segment("rolig", Style(bold=True))]
    black = Color.parse("black")
    assert CleanFilter().apply(clean, black) is clean
    unclean = [
        Segment("a\x1bb", Style(link="https://x\x1b]0;y\x07")),
        Segment("\x1b[2J", None, [(ControlType.CLEAR,)]),
        Segment("\x85\u202ec", None),
    ]
    applied = CleanFilter().apply(unclean, black)
    assert [segment.text for segment in applied] == ["ab", "c"]
    assert all(segment.style is None or segment.style.link is None for segment in applied)


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("red", "red", ""),
        ("red", "bold red", "\x1b[1m"),
        ("bold red on blue", "", "\x1b[m"),
        ("bold dim", "bold", "\x1b[;1m"),
        ("red on blue", "green on blue", "\x1b[32m"),
        ("red on blue", "on blue", "\x1b[39m"),
        ("bold #010203 on #040506", "#010203 on #040506", "\x1b[22m"),
        ("bold dim #010203 on #040506", "bold #010203 on #040506", "\x1b[22;1m"),
    ],
)
def test_the_shortest_codes_are_chosen(before: str, after: str, codes: str) -> None:
    looks = Looks(ColorSystem.TRUECOLOR)
    assert looks.codes(looks.number(Style.parse(before)), looks.number(Style.parse(after))) == codes


@pytest.mark.parametrize("system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR])
def test_colours_are_those_rich_would_send(system: ColorSystem) -> None:
    style = Style.parse("#fa505a on #102030")
    looks = Looks(system)
    assert looks.codes(DEFAULT, looks.number(style)) == f"\x1b[{Strip.render_ansi(style, system)}m"


def test_a_terminal_that_knows_resets_only_gets_no_off_code() -> None:
    looks = Looks(ColorSystem.STANDARD, resets_only=True)
    reverse, plain_bold = looks.number(Style.parse("bold reverse")), looks.number(Style.parse("bold"))
    assert looks.codes(reverse, plain_bold) == "\x1b[;1m"


def painted(rows: dict[int, list[Segment]], *, width: int = 20, height: int = 5) -> Painter:
    painter = Painter(Looks(ColorSystem.EIGHT_BIT))
    painter.begin(width, height)
    change(painter, rows)
    painter.flush((0, 0))
    return painter


def change(painter: Painter, rows: dict[int, list[Segment]]) -> None:
    for y, segments in rows.items():
        strip = Strip(segments)
        painter.place(0, y, strip, strip.cell_length)


def test_nothing_is_sent_for_nothing() -> None:
    painter = painted({0: [Segment("abc")]})
    change(painter, {0: [Segment("abc", Style(meta={"row": 3}))]})
    assert painter.flush((0, 0)) == ""


def test_one_letter_costs_a_letter_and_two_moves() -> None:
    painter = painted({2: [Segment("abcdef")]})
    change(painter, {2: [Segment("abcXef")]})
    assert painter.flush((0, 0)) == "\x1b[3;4HX\x1b[H"


def test_a_short_gap_is_written_again_and_a_long_one_jumped() -> None:
    painter = painted({0: [Segment("a.b......c")]})
    change(painter, {0: [Segment("A.B......C")]})
    assert painter.flush((0, 0)) == "\x1b[HA.B\x1b[6CC\r"


def test_the_last_column_leaves_the_cursor_nowhere() -> None:
    painter = painted({})
    change(painter, {1: [Segment("x" * 20)], 2: [Segment("y")]})
    assert painter.flush((0, 0)) == "\x1b[2H" + "x" * 20 + "\x1b[3Hy\x1b[H"


def test_a_row_end_is_erased_only_in_the_terminals_own_look() -> None:
    painter = painted({0: [Segment("x" * 20)], 1: [Segment("x" * 20)]})
    change(painter, {0: [Segment(" " * 20)]})
    assert painter.flush((0, 0)) == "\x1b[H\x1b[K"
    change(painter, {1: [Segment(" " * 20, Style.parse("on red"))]})
    assert "\x1b[K" not in painter.flush((0, 0))


def test_after_a_wide_cell_the_next_is_addressed_and_the_row_written_on() -> None:
    painter = painted({0: [Segment("a👍🏽bc")]})
    change(painter, {0: [Segment("a😀bc")]})
    assert painter.flush((0, 0)).startswith("\x1b[;2H  \b\b😀\x1b[;4Hbc")


def test_a_wide_cluster_that_has_no_room_is_blank() -> None:
    painter = painted({})
    painter.place(18, 0, Strip([Segment("a日")], 3), 3)
    assert "日" not in painter.flush((0, 0))


def test_an_invalid_buffer_is_cleared_first() -> None:
    painter = painted({0: [Segment("abc")]})
    painter.invalidate()
    painter.begin(20, 5)
    change(painter, {0: [Segment("abc")]})
    assert painter.flush((0, 0)) == "\x1b[m\x1b[2J\x1b[Habc\r"
