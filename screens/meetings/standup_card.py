"""One participant as a stand-up shows them: who and where, what is said here, what is new, what presses, what comes.

On a low terminal it is the leanest; with room for two columns, what is next and the goals stand in the second, and a
screen that is looked at from across the room has large letters and panels side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import zip_longest
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from config.words import _
from models.board import BoardCard
from models.goals.reading import DONE, OPEN
from models.meetings.agenda import Caseload
from models.meetings.reading import Item, Meeting, heard
from models.meetings.spoken_of import More, SpokenOf
from models.team.absences import Absence
from screens.frame.case import Case
from screens.meetings import spoken_lines as parts
from screens.meetings.large_letters import large
from screens.meetings.spoken_lines import Told, indented, limited
from screens.widgets.line import BOLD, BY_SEVERITY, DIM, GOOD, HEADING, PLAIN, Piece, cut
from screens.widgets.signs import tagged

TALL_FROM: Final = 30
TWO_FROM: Final = 110
PANELS_FROM: Final = (160, 40)
SAID_ON_LOW: Final = 4
SIDE: Final = 38
TAGS: Final = 8
LISTED: Final = 10
"""As many of a caseload stand above what else is beside the card."""
BETWEEN: Final = 2
HUGE_FROM: Final = 50
"""From as many lines on the name is twice as large, and what presses stands in large letters, too."""
AROUND: Final = 6
"""The lines of head and foot."""


class Room(Enum):
    """What a terminal has room for."""

    LOW = "low"
    TALL = "tall"
    TWO = "two columns"
    PANELS = "panels"

    @classmethod
    def of(cls, width: int, height: int) -> Room:
        """The room of so many columns and lines."""
        if width >= PANELS_FROM[0] and height >= PANELS_FROM[1]:
            return cls.PANELS
        if width >= TWO_FROM:
            return cls.TWO
        return cls.TALL if height >= TALL_FROM else cls.LOW


class StandupRead(Struct, frozen=True):
    """Everything a stand-up shows, read in one visit to the vault.

    `covers` has the initials of whoever covers for those who are away, empty where nobody does who is there.
    """

    meeting: Meeting
    said: tuple[Item, ...]
    loads: tuple[Caseload, ...]
    load: int
    cards: tuple[BoardCard, ...]
    place: int
    spoken: SpokenOf | None
    away: Mapping[int, Absence]
    covers: Mapping[int, str]
    initials: Mapping[int, str]

    @property
    def heard(self) -> frozenset[int]:
        """Who was gone through."""
        return frozenset(heard(self.said))

    @property
    def card(self) -> BoardCard | None:
        """The participant who is spoken of."""
        return self.spoken.card if self.spoken is not None else None


def card_lines(case: Case, found: StandupRead, spoken: SpokenOf, size: tuple[int, int, int]) -> Told:
    """The lines about the one who is spoken of; `size` is the room for them, and how many columns the terminal has."""
    width, height, columns = size
    room, space = max(20, width - 4), Room.of(columns, height)
    lines = [*_title(case, found, spoken.card, room, height), *parts.facts(case, spoken.card, room)]
    if space is Room.PANELS and spoken.more is not None:
        rows = height - AROUND - len(lines) - 2
        return [*indented(lines, 2), [], *indented(_panels(case, found, spoken, spoken.more, room, rows), 2)]
    low = height < TALL_FROM
    lines += [] if low else parts.decided_lines(case, spoken, room)
    # What was just written is seen at once, also where the rest does not fit.
    if said := parts.said_lines(case, found.said, spoken.card.participant, room, most=SAID_ON_LOW if low else 0):
        lines += [[], *said]
    lines += parts.topic_lines(case, spoken, room)
    lines += [[], [(parts.news_heading(case, spoken, found.meeting.kind), HEADING)]]
    lines += [*parts.news_lines(case, spoken, room), [], *parts.pressing_lines(case, spoken.card, room)]
    if space is not Room.TWO:
        lines += _after(case, spoken, room, goals=space is Room.TALL)
    return indented(lines, 2)


def _after(case: Case, spoken: SpokenOf, room: int, *, goals: bool) -> Told:
    """What is next and, where asked for, the goals, each under its heading."""
    lines: Told = []
    if spoken.coming:
        lines += [[], [(_("Next"), HEADING)], *parts.coming_lines(case, spoken, room)]
    if goals and spoken.goals:
        lines += [[], [(_("Goals"), HEADING)], *parts.goal_lines(case, spoken, room)]
    return lines


def side_lines(case: Case, found: StandupRead, width: int, height: int, space: Room) -> Told:
    """Everybody of a caseload, for beside the one who is spoken of; in the second of two columns also what is next."""
    if not found.loads:
        return []
    title: list[Piece] = [(" " + (found.loads[found.load].name or _("Nobody responsible")), HEADING)]
    spoken = found.spoken
    listed = height - 2 if space is Room.PANELS else min(LISTED, max(3, height // 3))
    lines: Told = [title]
    if space is Room.PANELS and spoken is not None and spoken.more is not None:
        lines += indented(parts.load_lines(spoken.more, found.covers, width - 1), 1)
    first = max(0, min(found.place - listed // 2, len(found.cards) - listed))
    for number, card in enumerate(found.cards[first : first + listed], first):
        mark, tick = "▌" if number == found.place else " ", "✓" if card.participant in found.heard else " "
        name = cut(case.called(card.code, card.name), width - TAGS - 4) + " "
        style = BOLD if number == found.place else PLAIN
        lines.append([(f"{mark}{tick} ", GOOD), (name, style), *tagged(card.signs, TAGS)])
    if space is Room.TWO and spoken is not None:
        lines += indented(_after(case, spoken, width - 2, goals=True), 1)
    return lines


def side_width(columns: int, space: Room) -> int:
    """How wide what stands beside the card is."""
    return max(SIDE, columns // 5 if space is Room.PANELS else columns * 3 // 8)


def _title(case: Case, found: StandupRead, card: BoardCard, room: int, height: int) -> Told:
    """Who is spoken of, in letters as large as there is room for; from across the room also phase and way out."""
    name = case.called(card.code, card.name)
    tick = "  ✓ " + _("gone through") if card.participant in found.heard else ""
    tall = height >= TALL_FROM
    panels = found.spoken is not None and found.spoken.more is not None
    huge = panels and height >= HUGE_FROM
    drawn = (large(name, room, double=True) if huge else None) or (large(name, room) if tall else None)
    if drawn is None:
        return [[(name, BOLD), (tick, GOOD)]]
    lines: Told = [[(line, BOLD)] for line in drawn]
    if panels:
        told = [text for text in (parts.phase_told(case, card), parts.out_told(case, card)) if text]
        lines += _across(told, room, PLAIN)
        if huge:
            style = BY_SEVERITY[card.signs[0].severity] if card.signs else PLAIN
            lines += _across([sign.short for sign in card.signs], room, style)
    return [*lines, [(tick, GOOD)]]


def _across(texts: Sequence[str], room: int, style: Style = PLAIN) -> Told:
    """As many of these as fit on one line of large letters, below an empty one."""
    for count in range(len(texts), 0, -1):
        if (drawn := large("  ·  ".join(texts[:count]), room)) is not None:
            return [[], *([(line, style)] for line in drawn)]
    return []


def _panels(case: Case, found: StandupRead, spoken: SpokenOf, more: More, room: int, rows: int) -> Told:
    """Three columns: what presses, is said here and who is around; the last two weeks; what is agreed, and the goals.

    The weeks have so many `rows`; what else there is more of is scrolled to.
    """
    width = (room - 2 * BETWEEN) // 3
    now = parts.said_lines(case, found.said, spoken.card.participant, width)
    now += parts.topic_lines(case, spoken, width)
    decided = parts.decided_lines(case, spoken, width)
    pressing = parts.pressing_lines(case, spoken.card, width)
    lately = parts.lately_lines(case, spoken.card, more, width)
    coming = parts.coming_lines(case, spoken, width) or [[(_("Nothing is agreed."), DIM)]]
    goals = parts.goal_lines(case, spoken, width, steps=(OPEN, DONE)) or [[(_("No goal yet."), DIM)]]
    return _beside(
        [
            [
                *_panel(_("What is urgent"), pressing, width),
                *([[], *decided] if decided else []),
                *([[], *now] if now else []),
                [],
                *_panel(_("People around, and what may be shared"), parts.around_lines(case, more, width), width),
            ],
            _panel(_("The last two weeks"), limited(lately, rows), width),
            [*_panel(_("Agreed next"), coming, width), [], *_panel(_("Goals and steps"), goals, width)],
        ],
        width,
    )


def _panel(title: str, lines: Told, width: int) -> Told:
    rule = "─" * max(0, width - cell_len(title) - 1)
    return [[(title + " ", HEADING), (rule, DIM)], *lines]


def _beside(columns: Sequence[Told], width: int) -> Told:
    """The columns side by side, each so many cells wide."""
    lines: Told = []
    for across in zip_longest(*columns, fillvalue=()):
        line: list[Piece] = []
        for pieces in across:
            line += [*_filled(pieces, width), (" " * BETWEEN, PLAIN)]
        lines.append(line)
    return lines


def _filled(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces in exactly so many cells."""
    line: list[Piece] = []
    left = width
    for text, style in pieces:
        if (size := cell_len(text)) > left:
            text, size = cut(text, left), left
        line.append((text, style))
        left -= size
    return [*line, (" " * left, PLAIN)] if left else line
