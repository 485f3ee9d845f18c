"""A document as a PDF in A4: on one page where it fits in readable type, else on as many as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from config import words
from config.words import _
from models.paper.document import (
    BOX,
    TICKED,
    Bar,
    Bars,
    Block,
    Document,
    Fields,
    Heading,
    Signatures,
    Table,
    Text,
    column_sizes,
)
from models.paper.letters import CORE, Setting, setting

if TYPE_CHECKING:
    from fpdf import FPDF

FITS: Final = ((10.5, 3.4), (10.5, 1.6), (10.0, 1.6), (9.5, 1.6), (9.0, 1.4), (8.5, 1.2))
"""What is tried for one page: the type in points, and the air in each row of a table in millimetres."""
SEVERAL_PAGES: Final = (10.0, 1.6)
SEVERAL_WIDE: Final = (8.5, 1.4)
"""A sheet that lies has many narrow columns, in which long names are to stand whole."""

_MARGIN: Final = 17.0
_FOOT: Final = 16.0
_GREY: Final = 130
_POINT: Final = 25.4 / 72
_BOX_SIDE: Final = 3.2


class Printed(Struct, frozen=True):
    """A PDF; `replaced` are the words in which a letter could not be shown and another stands in its place."""

    data: bytes
    pages: int
    replaced: tuple[str, ...]


def as_pdf(
    document: Document, now: datetime, *, places: Sequence[tuple[Path, Path]] | None = None, compress: bool = True
) -> Printed:
    """The document as a PDF; `now` is its date, `places` as in `letters.setting`. It names nobody in its properties."""
    how = setting(document, places)
    for fit in FITS:
        sheet = _Sheet(document, how, fit, now, compress, most_pages=1)
        if not sheet.full:
            break
    else:
        sheet = _Sheet(document, how, SEVERAL_WIDE if document.wide else SEVERAL_PAGES, now, compress)
    return Printed(bytes(sheet.pdf.output()), sheet.pdf.page_no(), how.replaced)


def remark(replaced: Sequence[str]) -> str:
    """What a print says of the letters it could not show."""
    return _("Some letters cannot be shown in this print; correct by hand: {words}").format(words=", ".join(replaced))


class _Sheet:
    """A document set on pages, from the top; every measure in millimetres but the type's size.

    With `most_pages`, given up as soon as it takes more.
    """

    def __init__(
        self,
        document: Document,
        how: Setting,
        fit: tuple[float, float],
        now: datetime,
        compress: bool,
        most_pages: int = 0,
    ) -> None:
        self.size, self.air = fit
        self.how, self.most_pages = how, most_pages
        self.line = self.size * _POINT * 1.28
        self.pdf = _new_pdf(how, how.shown(document.foot), now, compress, wide=document.wide)
        self.pdf.set_title(document.title)
        self.pdf.add_page()
        self.left, self.width = float(self.pdf.l_margin), float(self.pdf.epw)
        self._type(self.size + 5, bold=True)
        self._lines(document.title, (self.size + 5) * _POINT * 1.2)
        self.pdf.set_draw_color(0)
        self.pdf.set_line_width(0.4)
        self._rule(self.pdf.get_y() + 1)
        self.pdf.set_y(self.pdf.get_y() + 1)
        self.pdf.set_line_width(0.2)
        remarks = [Text(remark(how.replaced), strong=True)] if how.replaced else []
        blocks = [*document.blocks, *remarks]
        for place, block in enumerate(blocks):
            if self.full:
                break
            if isinstance(block, Heading):
                # Nobody is to find it alone at the foot of a page.
                self._need(self.line * 2.05 + self._beginning(blocks[place + 1 : place + 2]))
            self._put(block)

    @property
    def full(self) -> bool:
        """Whether it takes more pages than it may."""
        return 0 < self.most_pages < self.pdf.page_no()

    def _beginning(self, following: Sequence[Block]) -> float:
        """How much room the beginning of the block below a heading takes: of a table the titles and a row."""
        if not following or not isinstance(following[0], Table):
            return self.line * 2.85
        table = following[0]
        sizes = self._sizes(table)
        _titles, height = self._title_lines(table, sizes)
        self._type(self.size)
        row = max(map(len, self._parts(table, table.rows[0], sizes))) if table.rows else 0
        return self.line * 0.6 + height + max(self.line * row + self.air, self.line * 2)

    def _put(self, block: Block) -> None:
        """Set one block below what stands already."""
        match block:
            case Heading(text):
                self._gap(0.9)
                self._type(self.size + 1.5, bold=True)
                self._lines(text, self.line * 1.15)
            case Text(text, strong, small):
                self._gap(0.35)
                self._type(self.size - (1 if small else 0), bold=strong)
                self._lines(text, self.line * (0.9 if small else 1.0))
            case Fields(pairs):
                self._gap(0.5)
                self._fields(pairs)
            case Table():
                self._gap(0.6)
                self._table(block)
            case Bars(bars):
                self._gap(0.2)
                self._bars(bars)
            case Signatures(labels):
                self._signatures(labels)

    def _fields(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value on a line of their own; an empty value is a rule to write on."""
        self._type(self.size, bold=True)
        widest = max(self.pdf.get_string_width(self.how.shown(label)) for label, _value in pairs)
        room = min(widest + 4, self.width / 2) if widest else 0.0
        for label, value in pairs:
            self._type(self.size)
            told = self._broken(value, self.width - room) if value else [""]
            self._type(self.size, bold=True)
            names = self._broken(label, room) if label else [""]
            text = self.line * max(len(told), len(names))
            height = text + (0.8 if value else 1.0 + self.air / 2)
            self._need(height)
            below = self.pdf.get_y() + height
            self._column(names, self.left, below - text)
            self._type(self.size)
            self._column(told, self.left + room, below - text)
            if not value:
                self.pdf.line(self.left + room, below, self.left + self.width, below)
            self.pdf.set_y(below)
        self._gap(0.2)

    def _table(self, table: Table) -> None:
        sizes = self._sizes(table)
        self._titles(table, sizes)
        for row in table.rows:
            if self.full:
                return
            self._row(table, row, sizes)

    def _bars(self, bars: Sequence[Bar]) -> None:
        """Label, bar and what is told of it on one line each."""
        self._type(self.size)
        label, told = (
            max(self.pdf.get_string_width(self.how.shown(text)) for text in texts) + 3
            for texts in ([bar.label for bar in bars], [bar.told for bar in bars])
        )
        label = min(label, self.width / 2)
        room = self.width - label - told
        for bar in bars:
            names = self._broken(bar.label, label)
            self._need(self.line * len(names))
            top = self.pdf.get_y()
            self._column(names, self.left, top)
            long = room * bar.percent / 100
            self.pdf.set_fill_color(_GREY)
            if long:
                self.pdf.rect(self.left + label, top + self.line * 0.2, long, self.line * 0.65, style="F")
            self._column([self.how.shown(bar.told)], self.left + label + long + 1, top)
            self.pdf.set_y(top + self.line * len(names))

    def _sizes(self, table: Table) -> list[float]:
        """How wide the columns are, so that no word of the tables' own is broken where there is room beside it."""
        written = [place for place, column in enumerate(table.columns) if column.kind != BOX]
        needed = [0.0] * len(table.columns)
        for bold, rows in ((True, [[column.title for column in table.columns]]), (False, table.rows)):
            self._type(self.size, bold=bold)
            for row in rows:
                for place in range(len(table.columns)) if bold else written:
                    words = (self.pdf.get_string_width(self.how.shown(word)) for word in row[place].split())
                    needed[place] = max(needed[place], *words, 0.0)
        margins = 2 + 2 * self.pdf.c_margin + 0.1
        sizes = [max(_BOX_SIDE + 4, need + margins if need else 0.0) for need in needed]
        boxes = sum(size for size, column in zip(sizes, table.columns, strict=True) if column.kind == BOX)
        shared = column_sizes(
            [table.columns[place].share for place in written],
            [needed[place] + margins for place in written],
            self.width - boxes,
        )
        for place, size in zip(written, shared, strict=True):
            sizes[place] = size
        return sizes

    def _titles(self, table: Table, sizes: Sequence[float]) -> None:
        titles, height = self._title_lines(table, sizes)
        self._need(height + self.line * 2)
        top = self.pdf.get_y()
        self._cells(titles, sizes, top)
        self.pdf.set_draw_color(0)
        self._rule(top + height)

    def _title_lines(self, table: Table, sizes: Sequence[float]) -> tuple[list[list[str]], float]:
        """The lines of the columns' titles, and how high the highest is."""
        self._type(self.size, bold=True)
        named = zip(table.columns, sizes, strict=True)
        titles = [self._broken(column.title, size - 2) if column.title else [""] for column, size in named]
        return titles, self.line * max(map(len, titles)) + 1.2

    def _row(self, table: Table, row: Sequence[str], sizes: Sequence[float]) -> None:
        self._type(self.size)
        parts = self._parts(table, row, sizes)
        height = self.line * max(map(len, parts)) + self.air
        if not self._fits(height):
            self.pdf.add_page()
            self._titles(table, sizes)
            self._type(self.size)
        top = self.pdf.get_y()
        above = (self.air - 1.2) / 2
        self._cells(parts, sizes, top + above)
        left = self.left
        for column, cell, size in zip(table.columns, row, sizes, strict=True):
            if column.kind == BOX:
                self._box(left + 1, top + (self.line - _BOX_SIDE) / 2 + 0.6 + above, cell == TICKED)
            left += size
        self.pdf.set_draw_color(_GREY)
        self._rule(top + height)

    def _parts(self, table: Table, row: Sequence[str], sizes: Sequence[float]) -> list[list[str]]:
        """The lines of each cell of a row; a box has no text."""
        return [
            [""] if column.kind == BOX else self._broken(cell, size - 2)
            for column, cell, size in zip(table.columns, row, sizes, strict=True)
        ]

    def _cells(self, parts: Sequence[Sequence[str]], sizes: Sequence[float], top: float) -> None:
        left = self.left
        for part, size in zip(parts, sizes, strict=True):
            self._column(part, left, top + 0.6)
            left += size

    def _box(self, left: float, top: float, ticked: bool) -> None:
        self.pdf.set_draw_color(0)
        self.pdf.rect(left, top, _BOX_SIDE, _BOX_SIDE)
        if ticked:
            self.pdf.set_line_width(0.45)
            self.pdf.line(left + 0.6, top + 0.6, left + _BOX_SIDE - 0.6, top + _BOX_SIDE - 0.6)
            self.pdf.line(left + 0.6, top + _BOX_SIDE - 0.6, left + _BOX_SIDE - 0.6, top + 0.6)
            self.pdf.set_line_width(0.2)

    def _signatures(self, labels: Sequence[str]) -> None:
        height = self.line * 3.2
        self._need(height + self.line)
        top = self.pdf.get_y() + height - self.line
        size = self.width / len(labels)
        self._type(self.size - 1)
        for number, label in enumerate(labels):
            left = self.left + number * size
            self.pdf.set_draw_color(0)
            self.pdf.line(left, top, left + size - 6, top)
            self._column(self._broken(label, size - 6), left, top + 0.6)
        self.pdf.set_y(top + self.line * 1.2)

    def _type(self, size: float, *, bold: bool = False) -> None:
        self.pdf.set_font("body" if self.how.face else "Helvetica", style="B" if bold else "", size=size)

    def _broken(self, text: str, width: float) -> list[str]:
        """The text in lines that fit, in the type that is set."""
        if not text:
            return [""]
        found: Any = self.pdf.multi_cell(
            width, self.line, self.how.shown(text), dry_run=True, output="LINES", align="L"
        )
        # For its own fonts the library answers the bytes of cp1252 as if they were latin-1.
        return [str(line) if self.how.face else str(line).encode("latin-1").decode(CORE) for line in found] or [""]

    def _lines(self, text: str, height: float) -> None:
        for line in self._broken(text, self.width):
            self._need(height)
            self._column([line], self.left, self.pdf.get_y())
            self.pdf.set_y(self.pdf.get_y() + height)

    def _column(self, lines: Sequence[str], left: float, top: float) -> None:
        for number, line in enumerate(lines):
            if line:
                self.pdf.text(left + 0.4, top + self.line * (number + 0.78), line)

    def _rule(self, y: float) -> None:
        """A line from margin to margin, below which it goes on."""
        self.pdf.line(self.left, y, self.left + self.width, y)
        self.pdf.set_y(y)

    def _gap(self, lines: float) -> None:
        self.pdf.set_y(self.pdf.get_y() + self.line * lines)

    def _fits(self, height: float) -> bool:
        return bool(self.pdf.get_y() + height <= self.pdf.h - _FOOT)

    def _need(self, height: float) -> None:
        """Begin a new page where less than `height` is left."""
        if not self._fits(height):
            self.pdf.add_page()


def _new_pdf(how: Setting, foot: str, now: datetime, compress: bool, *, wide: bool) -> FPDF:
    from fpdf import FPDF as _FPDF

    class Pages(_FPDF):
        """Pages with a foot: what it is, and which page of how many."""

        def footer(self) -> None:
            self.set_y(-11)
            self.set_font("body" if how.face else "Helvetica", size=8)
            self.set_text_color(90)
            self.cell(self.epw - 20, 5, foot)
            self.cell(20, 5, f"{self.page_no()}/{{nb}}", align="R")
            self.set_text_color(0)

    pdf = Pages(orientation="landscape" if wide else "portrait", format="A4")
    pdf.core_fonts_encoding = CORE
    pdf.set_compression(compress)
    pdf.set_margins(_MARGIN, _MARGIN - 2)
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(now)
    pdf.set_creator("EX/IN")
    pdf.set_lang({"nb": "nb-NO"}.get(words.language(), words.language()))
    if how.face:
        pdf.add_font("body", "", how.face.regular)
        pdf.add_font("body", "B", how.face.bold)
    return pdf
