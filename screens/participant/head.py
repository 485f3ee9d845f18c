"""What stands on top of a participant: who and which phase, where and when out, what presses; the sentence's ribbon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from config.dates import format_date, short_span
from config.words import _, n_
from models.board import BoardCard
from models.participants.participants import ParticipantFile
from models.phases.phases import PhaseSpan
from models.phases.way_out import DECIDED
from screens.frame.case import Case
from screens.widgets.facts import contact_told, release_told, stays_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece

MARGIN_DAYS: Final = 30


def head_lines(case: Case, file: ParticipantFile, card: BoardCard | None, today: date) -> list[list[Piece]]:
    """Three lines: who and which phase; where and when out; what presses."""
    values = file.values
    lasting = [span for span in file.phases if span.ended is None]
    phases = " + ".join(
        f"{span.phase} {case.programme.phase(span.phase).name} {short_span(span.days(today))}" for span in lasting
    )
    name = case.called(file.code, file.name)
    first: list[Piece] = [(f" {name}", BOLD)]
    if name != file.code:
        first.append((f"  {file.code}", DIM))
    if values["birth_date"] and not case.private:
        age = _age(values["birth_date"], today)
        first.append(("  " + n_("{age} year", "{age} years", age).format(age=age), DIM))
    first.append(("   " + (phases or _("phased out")), HEADING))
    workers = " / ".join(one for one in (file.worker_name, file.coworker_name) if one)
    first.append(("   " + (workers or _("nobody responsible")), PLAIN if workers else ALARM))
    places = [values["prison"], values["unit"]]
    if values["security_level"]:
        places.append(str(case.programme.choice("security_level", values["security_level"]).name))
    inside = " · ".join(str(part) for part in places if part) or _("no prison noted")
    where = stays_told(case.programme, values["stays"], inside)
    risk = [(" " + _("RISK AREAS") + " ", ALARM)] if values["risk_areas"].strip() else []
    second: list[Piece] = [*risk]
    if card is not None and card.restricted:
        second.append((" " + _("RESTRICTED") + " ", ALARM))
    if out := file.way_out.day:
        second.append((f" {release_told(out, today, file.way_out.basis)}  ", BOLD))
    contact = case.clock.local(file.last_contact).date() if file.last_contact else None
    second.append((" " + contact_told(contact, today), PLAIN))
    second.append(("   " + where, DIM))
    third: list[Piece] = []
    for sign in card.signs if card else ():
        third += [
            (f" {sign.letter} ", BY_SEVERITY[sign.severity]),
            (case.said(sign.reason, file.code, file.name) + " ", PLAIN),
        ]
    return [first, second, third or [(" " + _("Nothing presses."), DIM)]]


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


class Milestone(Struct, frozen=True):
    """A date under the ribbon; the most important ones are placed first."""

    day: date
    words: str
    strong: bool


def ribbon(file: ParticipantFile, today: date, width: int) -> list[list[Piece]]:
    """Two lines of `width` cells: the phases, solid until today; and the dates, each under its place."""
    stones = _milestones(file, today)
    days = [*(stone.day for stone in stones), *(span.began for span in file.phases)]
    if begins := file.values["sentence_start"]:
        days.append(begins)
    start = min(days)
    stop = max(*days, start + timedelta(days=MARGIN_DAYS), today + timedelta(days=1))
    return [_phases(file.phases, start, stop, today, width), _marks(stones, start, stop, width)]


def _milestones(file: ParticipantFile, today: date) -> list[Milestone]:
    """Today and the dates of the sentence that are known; a computed two-thirds date is marked as computed."""
    values, out = file.values, file.way_out
    two_thirds = values["two_thirds_date"]
    computed = _("2/3 {date}") if two_thirds else _("2/3 approx. {date} (computed)")
    stones = (
        (out.day if out.basis == DECIDED else None, _("release {date}"), True),
        (today, _("today"), True),
        (two_thirds or file.computed_two_thirds, computed, False),
        (values["full_term_date"], _("full term {date}"), False),
    )
    return [Milestone(day, words.format(date=format_date(day)), strong) for day, words, strong in stones if day]


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
