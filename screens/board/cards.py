"""How one card is written, on a narrow column, a wide one, or a line of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.cells import cell_len
from rich.style import Style

from config.dates import short_date, short_span
from config.words import _
from models.board import BoardCard
from models.phases.way_out import FULL_TERM
from screens.widgets.line import BOLD, DIM, GOOD, PLAIN, WARN, Piece, cut, right
from screens.widgets.signs import worded
from screens.widgets.windowed_list import WindowedList

NARROW_LINES: Final = 3
WIDE_LINES: Final = 4
WIDE_FROM: Final = 27
MARKED: Final = "✓ "
RESTRICTED: Final = "⊘"
"""Stands beside the name of whom not everybody sees, where there is no room for the word."""


def called(card: BoardCard, private: bool) -> str:
    """A participant's name, or the code while names are hidden or unknown."""
    return card.code if private or not card.name else card.name


def name_pieces(card: BoardCard, width: int, private: bool, behind: str = "") -> list[Piece]:
    """What a participant is called, on `width` cells and `behind`, and whether only some colleagues see them."""
    if not card.restricted:
        return [(cut(called(card, private), width) + behind, BOLD)]
    mark = _("restricted") if width >= WIDE_FROM else RESTRICTED
    return [(cut(called(card, private), width - cell_len(mark) - 1) + " ", BOLD), (mark + behind, WARN)]


def marked_pieces(card: BoardCard, width: int, private: bool, behind: str = "", *, marked: bool = False) -> list[Piece]:
    """As `name_pieces`, behind a sign where the participant is marked for what is recorded next."""
    sign: list[Piece] = [(MARKED, GOOD)] if marked else []
    return [*sign, *name_pieces(card, width - cell_len(MARKED) * marked, private, behind)]


def release_words(card: BoardCard, today: date) -> str:
    """Days to release as an arrow and a number, or how long since; at most so many to a full term; or nothing."""
    days = card.days_to_release(today)
    if days is None:
        return ""
    if card.basis == FULL_TERM:
        return f"≤{days}d" if days >= 0 else _("past {span}").format(span=short_span(-days))
    return f"→{days}d" if days >= 0 else _("out {span}").format(span=short_span(-days))


def contact_words(card: BoardCard, today: date) -> str:
    """How long since the last contact; a dash when there was none."""
    return "–" if card.last_contact is None else short_span((today - card.last_contact).days)


def column_line(
    card: BoardCard, part: int, width: int, today: date, private: bool, *, marked: bool = False
) -> Sequence[Piece]:
    """Line `part` of a card in a column of the board."""
    if part == 0:
        return marked_pieces(card, width, private, marked=marked)
    days = short_span(card.days_in_phase(today) or 0)
    also = "+" + ",".join(str(number) for number in card.also) if card.also else ""
    worker = card.worker_initials or "??"
    if width < WIDE_FROM:
        if part == 1:
            release = release_words(card, today)
            left = f"{worker} {days}{' ' + also if also else ''}"
            return [(left.ljust(width - len(release)), DIM), (release, _release_style(card, today))]
        return worded(card.signs, width)
    if part == 1:
        beside = " " + _("also phase {phases}").format(phases=also[1:]) if also else ""
        return [(f"{worker} · " + _("{span} in phase").format(span=days) + beside, DIM)]
    if part == 2:
        pieces: list[Piece] = []
        if card.release is not None:
            words = _("latest {date}") if card.basis == FULL_TERM else _("out {date}")
            pieces.append((words.format(date=short_date(card.release)) + " ", DIM))
            pieces += [(release_words(card, today), _release_style(card, today)), (" · ", DIM)]
        return [*pieces, (_("contact {span}").format(span=contact_words(card, today)), DIM)]
    return worded(card.signs, width)


def _release_style(card: BoardCard, today: date) -> Style:
    days = card.days_to_release(today)
    return WARN if days is not None and 0 <= days <= 30 else DIM


class BoardList(WindowedList[BoardCard]):
    """One line a participant; `today` and `private` are set by the screen before it shows rows."""

    COLUMNS: Final = (4, 6, 8, 6)
    today = date.min
    private = False
    together: tuple[int, ...] = ()

    @staticmethod
    def name_width(width: int) -> int:
        """How many cells of a line the name takes."""
        return max(16, min(40, width * 3 // 10))

    def titles(self, width: int) -> Sequence[Piece]:
        """The titles over the columns."""
        worker, phase, release, contact = self.COLUMNS
        return [
            (" " + cut(_("Name"), self.name_width(width)), DIM),
            (cut(_("Wkr"), worker), DIM),
            (right(_("Phase"), phase), DIM),
            (right(_("Out"), release), DIM),
            (right(_("Cont."), contact), DIM),
            ("  " + _("Signals"), DIM),
        ]

    def draw_row(self, row: BoardCard, width: int, part: int) -> Sequence[Piece]:
        name, (worker, phase, release, contact) = self.name_width(width), self.COLUMNS
        also = "+" + ",".join(str(number) for number in row.also) if row.also else ""
        return [
            *marked_pieces(row, name - 1, self.private, " ", marked=row.participant in self.together),
            (cut(row.worker_initials or "??", worker), PLAIN if row.worker else WARN),
            (right(short_span(row.days_in_phase(self.today) or 0) + also, phase), DIM),
            (right(release_words(row, self.today), release), _release_style(row, self.today)),
            (right(contact_words(row, self.today), contact), DIM),
            ("  ", PLAIN),
            *worded(row.signs, max(0, width - name - sum(self.COLUMNS) - 2)),
        ]
