"""The phases as a ribbon over the sentence, with today and the sentence's dates under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from msgspec import Struct
from rich.cells import cell_len

from config.dates import format_date
from config.words import _
from models.participants.participants import ParticipantFile
from models.phases.phases import PhaseSpan
from screens.widgets.line import BOLD, DIM, PLAIN, WARN, Piece

MARGIN_DAYS: Final = 30


class Milestone(Struct, frozen=True):
    """A date under the ribbon; the most important ones are placed first."""

    day: date
    words: str
    strong: bool = False


def ribbon(file: ParticipantFile, today: date, width: int) -> list[list[Piece]]:
    """Two lines of `width` cells: the phases, solid until today; and the dates, each under its place."""
    stones = milestones(file.values, file.two_thirds_candidate, today)
    start, stop = _span(file, stones, today)
    return [_phases(file.phases, start, stop, today, width), _marks(stones, start, stop, width)]


def milestones(values: Mapping[str, Any], candidate: date | None, today: date) -> list[Milestone]:
    """Today and the dates of the sentence that are known; a computed two-thirds date is marked as a candidate."""
    stones = []
    if release := values["release_date"]:
        stones.append(Milestone(release, _("release {date}").format(date=format_date(release)), strong=True))
    stones.append(Milestone(today, _("today"), strong=True))
    if two_thirds := values["two_thirds_date"]:
        stones.append(Milestone(two_thirds, _("2/3 {date}").format(date=format_date(two_thirds))))
    elif candidate:
        stones.append(Milestone(candidate, _("2/3 candidate {date}").format(date=format_date(candidate))))
    if full := values["full_term_date"]:
        stones.append(Milestone(full, _("full term {date}").format(date=format_date(full))))
    return stones


def _span(file: ParticipantFile, stones: Sequence[Milestone], today: date) -> tuple[date, date]:
    days = [stone.day for stone in stones] + [span.began for span in file.phases]
    if begins := file.values["sentence_start"]:
        days.append(begins)
    first, last = min(days), max(days)
    return first, max(last, first + timedelta(days=MARGIN_DAYS), today + timedelta(days=1))


def _phases(spans: Sequence[PhaseSpan], start: date, stop: date, today: date, width: int) -> list[Piece]:
    total = (stop - start).days
    pieces: list[Piece] = []
    shown = 0
    for cell in range(width):
        day = start + timedelta(days=total * cell // width)
        live = [span for span in spans if span.began <= day and (span.ended is None or day <= span.ended)]
        if day > today or not live:
            pieces.append(("┈" if day > today else "·", DIM))
            shown = 0
        else:
            leading = max(live, key=lambda span: (span.began, span.phase)).phase
            new = leading != shown
            heavy = leading in (3, 4)
            pieces.append((str(leading) if new else "━", BOLD if new else (WARN if heavy else PLAIN)))
            shown = leading
    return [("".join(text for text, _style in run), style) for style, run in groupby(pieces, key=lambda one: one[1])]


def _marks(stones: Sequence[Milestone], start: date, stop: date, width: int) -> list[Piece]:
    """Each milestone as an arrow and words at its place, moved aside or left out where there is no room."""
    total = max(1, (stop - start).days)
    taken: list[tuple[int, int, Milestone]] = []
    for stone in sorted(stones, key=lambda stone: not stone.strong):
        at = min(width - 1, (stone.day - start).days * width // total)
        size = cell_len(stone.words) + 2
        for left in (at, at - size + 1, at - size // 2):
            right_edge = left + size
            if left < 0 or right_edge > width:
                continue
            if all(right_edge < begin or left > end for begin, end, _other in taken):
                taken.append((left, right_edge, stone))
                break
    pieces: list[Piece] = []
    place = 0
    for left, edge, stone in sorted(taken, key=lambda one: one[0]):
        at = min(width - 1, (stone.day - start).days * width // total)
        words = f"▲ {stone.words}" if at == left else f"{stone.words} ▲"
        pieces += [(" " * (left - place), PLAIN), (words, BOLD if stone.strong else DIM)]
        place = edge
    return pieces
