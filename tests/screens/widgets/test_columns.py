"""Columns share a line by what stands in them, and stay where they are while the list is scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult

from screens.widgets.columns import Cell, ColumnedList, Columns, told
from screens.widgets.line import PLAIN
from screens.widgets.windowed_list import PAGE


def cells(name: str, text: str) -> list[Cell]:
    return [Cell((name, PLAIN), least=8), Cell(("KN", PLAIN)), told(text, least=10)]


def drawn(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    columns = Columns()
    for row in rows:
        columns.read(cells(*row))
    return ["".join(text for text, _style in columns.line(cells(*row), width)).rstrip() for row in rows]


def test_what_fits_is_whole_and_stands_below_what_is_above() -> None:
    rows = [("Ada", "ringt"), ("Bjørn-Erik Solberg", "skrevet"), ("Åse", "møtt")]
    tight = ["Ada                KN ringt", "Bjørn-Erik Solberg KN skrevet", "Åse                KN møtt"]
    assert drawn(rows, 30) == tight
    # Where everything has room, the columns stand further apart.
    assert drawn(rows, 40) == [
        "Ada                 KN  ringt",
        "Bjørn-Erik Solberg  KN  skrevet",
        "Åse                 KN  møtt",
    ]


def test_a_name_is_worth_more_than_text_and_text_keeps_its_least() -> None:
    long = "et langt notat om ingenting som aldri tar slutt"
    for width, text in ((40, 18), (30, 10), (26, 10)):
        first, second = drawn([("Ada Moe", long), ("Bjørn-Erik Solberg", long)], width)
        assert second.endswith("…")
        assert len(second) == width
        assert len(first) == width
        assert len(second.partition(" KN ")[2]) >= min(text, width - 22) - 1


def test_one_line_leaves_its_column_rather_than_being_cut_beside_much_room() -> None:
    rows = [("Ada", "et notat på omtrent tretti tegn"), ("Bjørn-Erik Solberg Haugen", "kort")]
    first, second = drawn(rows, 45)
    assert first == "Ada        KN et notat på omtrent tretti tegn"
    assert second.startswith("Bjørn-Erik Solberg Haugen KN kort")


def test_a_column_that_is_empty_takes_no_room() -> None:
    columns = Columns()
    row = [Cell(("a", PLAIN)), Cell(("", PLAIN)), Cell(("b", PLAIN))]
    columns.read(row)
    assert columns.line(row, 10)[0][0] == "a"
    assert "".join(text for text, _style in columns.line(row, 10)).rstrip() == "a  b"


class Names(ColumnedList[str]):
    read: int = 0

    def cells(self, row: str, part: int) -> Sequence[Cell]:
        self.read += 1
        return [Cell((row, PLAIN), least=4), told("tekst " * 20)]


class Stand(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.names = Names()

    def compose(self) -> ComposeResult:
        yield self.names


async def test_columns_do_not_move_with_the_mark_and_are_read_once() -> None:
    app = Stand()
    async with app.run_test(size=(40, 10)) as pilot:
        rows = ["Ada"] * 30 + ["Bjørn-Erik"] * 4 + ["Ada"] * (PAGE - 34)
        await app.names.show_rows(rows)
        await pilot.pause()
        place = app.names.render_line(0).text.index("tekst")
        assert place == len(" Bjørn-Erik ")
        before = app.names.read
        for line in range(40):
            app.names.go(line)
            await pilot.pause()
            assert app.names.render_line(0).text.index("tekst") == place
        # What is drawn is made; nothing is measured anew.
        assert app.names.read - before < 40 * 12


async def test_other_rows_have_other_columns() -> None:
    app = Stand()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.names.show_rows(["Bjørn-Erik"])
        await pilot.pause()
        await app.names.show_rows(["Ada"])
        await pilot.pause()
        assert "▌Ada tekst" in app.names.render_line(0).text
