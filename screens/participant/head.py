"""What stands on top of a participant: who and which phase, where and when out, what presses; the sentence's ribbon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from config.dates import format_date, short_date, short_span
from config.words import _, n_
from models.board import BoardCard
from models.participants.participants import ParticipantFile
from models.phases.phases import PhaseSpan
from models.phases.way_out import DECIDED
from models.signals.sign import Sign
from screens.frame.case import Case
from screens.widgets.facts import contact_told, release_told, stays_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece, cut

MARGIN_DAYS: Final = 30


def head_lines(case: Case, file: ParticipantFile, card: BoardCard | None, today: date, width: int) -> list[list[Piece]]:
    """Three lines of `width` cells: who and which phase; where and when out; what presses."""
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
    told = [(sign, case.said(sign.reason, file.code, file.name)) for sign in (card.signs if card else ())]
    return [first, second, _pressing(told, width) or [(" " + _("Nothing urgent."), DIM)]]


def _pressing(told: Sequence[tuple[Sign, str]], width: int) -> list[Piece]:
    """As many signs as are told whole, the first one always; how many more there are stands at the end."""
    pieces: list[Piece] = []
    left = width
    for place, (sign, reason) in enumerate(told):
        later = len(told) - place
        tag = f" {sign.tag} "
        room = left - cell_len(tag) - (cell_len(f" +{later - 1} ") if later > 1 else 0)
        if place and cell_len(reason) + 1 > room:
            return [*pieces, (f" +{later} ", BOLD)]
        reason = cut(reason, min(cell_len(reason), max(1, room - 1))) + " "
        pieces += [(tag, BY_SEVERITY[sign.severity]), (reason, PLAIN)]
        left -= cell_len(tag) + cell_len(reason)
    return pieces


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


class Milestone(Struct, frozen=True):
    """A date on the ribbon with the sign that stands for it there, and its words."""

    day: date
    words: str
    sign: str = "◆"


def ribbon(file: ParticipantFile, today: date, width: int) -> list[list[Piece]]:
    """Two lines of `width` cells: the phases by number, solid until today, a sign on each date; the dates in words.

    The dates stand in the order of their signs. Those there is no room for are left out, the least important first.
    """
    stones = _milestones(file, today)
    days = [*(stone.day for stone in stones), *(span.began for span in file.phases)]
    start = min(days)
    stop = max(*days, start + timedelta(days=MARGIN_DAYS), today + timedelta(days=1))
    cells = _phases(file.phases, start, stop, today, width)
    told = _with_room(stones, width)
    for stone in told:
        at = min(width - 1, (stone.day - start).days * width // (stop - start).days)
        # Neither another sign nor the name of a phase gives way.
        free = (each for each in (at, at + 1, at + 2, at - 1) if 0 <= each < width and cells[each][0] in _LINES)
        if (place := next(free, None)) is not None:
            cells[place] = stone.sign, BOLD
    bar = [("".join(text for text, _style in run), style) for style, run in groupby(cells, key=lambda one: one[1])]
    words: list[Piece] = [(_told(stone), BOLD if stone is stones[0] else PLAIN) for stone in told]
    return [bar, words if len(stones) > 1 else [*words, (_("no dates of the sentence noted"), DIM)]]


_LINES: Final = "━·┈"


def _milestones(file: ParticipantFile, today: date) -> list[Milestone]:
    """Today and the dates of the sentence that are known, the most important first; a computed one says so."""
    values, out, two_thirds = file.values, file.way_out, file.values["two_thirds_date"]
    computed = _("2/3 {date}") if two_thirds else _("2/3 approx. {date} (computed)")
    dates = (
        (out.day if out.basis == DECIDED else None, _("release {date}")),
        (two_thirds or file.computed_two_thirds, computed),
        (values["full_term_date"], _("full term {date}")),
        (values["sentence_start"], _("sentence from {date}")),
    )
    known = [
        Milestone(day, words.format(date=short_date(day) if day.year == today.year else format_date(day)))
        for day, words in dates
        if day
    ]
    return [Milestone(today, _("today"), "▲"), *known]


def _told(stone: Milestone) -> str:
    return f"{stone.sign} {stone.words}  "


def _with_room(stones: Sequence[Milestone], width: int) -> list[Milestone]:
    """Those whose words have room on one line, in the order of time."""
    shown = list(stones)
    while len(shown) > 1 and sum(cell_len(_told(stone)) for stone in shown) > width:
        shown.pop()
    return sorted(shown, key=lambda stone: stone.day)


def _phases(spans: Sequence[PhaseSpan], start: date, stop: date, today: date, width: int) -> list[Piece]:
    """A piece for each cell: which phase leads on that day, its number where it begins."""
    first, total, now = start.toordinal(), (stop - start).days, today.toordinal()
    lasting = [
        (span.began.toordinal(), span.phase, span.ended.toordinal() if span.ended else date.max.toordinal())
        for span in spans
    ]
    cells: list[Piece] = []
    shown, begins, label = 0, 0, ""
    for cell in range(width):
        day = first + total * cell // width
        leading = 0 if day > now else max((span for span in lasting if span[0] <= day <= span[2]), default=(0, 0))[1]
        if not leading:
            cells.append(("┈" if day > now else "·", DIM))
        elif leading != shown:
            begins, label = cell, _("P{phase}").format(phase=leading)
        if leading:
            written = label[cell - begins : cell - begins + 1]
            cells.append((written, BOLD) if written else ("━", WARN if leading in (3, 4) else PLAIN))
        shown = leading
    return cells
