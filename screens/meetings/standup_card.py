"""One participant as a stand-up shows them: who and where, what is said here, what is new, what presses, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from config.dates import format_date, short_date, short_span, short_weekday
from config.words import _, n_
from models.board import BoardCard
from models.meetings.agenda import Caseload, Since
from models.meetings.meetings import WORDS
from models.meetings.reading import HEARD, Item, Meeting, heard
from models.plans.agenda import AgendaItem
from models.team.absences import Absence
from screens.frame.case import Case
from screens.meetings.large_letters import large
from screens.participant.timeline_list import words_of
from screens.plans.agenda_list import WHEN as ITEM_WHEN
from screens.plans.agenda_list import what, when
from screens.widgets.facts import contact_told, release_told, stays_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped
from screens.widgets.signs import tagged

LARGE_FROM: Final = 30
SAID_ON_LOW: Final = 4
SIDE: Final = 38
TAGS: Final = 8
WHEN: Final = ITEM_WHEN + 1

_TIED: Final = "\N{NO-BREAK SPACE}"

Told = list[list[Piece]]


class StandupRead(Struct, frozen=True):
    """Everything a stand-up shows, read in one visit to the vault."""

    meeting: Meeting
    said: tuple[Item, ...]
    since: int
    loads: tuple[Caseload, ...]
    cards: tuple[BoardCard, ...]
    news: Since | None
    coming: tuple[AgendaItem, ...]
    topics: tuple[Item, ...]
    away: Mapping[int, Absence]
    initials: Mapping[int, str]

    @property
    def heard(self) -> frozenset[int]:
        """Who was gone through."""
        return frozenset(heard(self.said))


def card_lines(case: Case, found: StandupRead, card: BoardCard, width: int, height: int) -> Told:
    """The lines about one participant; a low terminal has the last that was said here, shortened, and how many more."""
    room, low = max(20, width - 4), height < LARGE_FROM
    lines = _title(case, card, room, ticked=card.participant in found.heard, low=low)
    lines += [[("  " + text.replace(_TIED, " "), PLAIN)] for text in wrapped(_facts(case, card), room)]
    if card.risk:
        lines.append([("  " + _("RISK AREAS"), ALARM)])
    # What was just written is seen at once, also where the rest does not fit.
    lines += _spoken(case, found, card.participant, room, low=low)
    for topic in found.topics:
        lines.append(
            [
                ("  " + _("For the weekly meeting") + ": ", WARN),
                (flat(case.said(topic.text, card.code, card.name)), PLAIN),
            ]
        )
    since = _("Lately")
    if found.since:
        day = format_date(case.clock.local(found.since).date())
        since = _("Since the last stand-up, {date}").format(date=day)
    lines += [[], [("  " + since, HEADING)], *_news(case, card, found.news, room), []]
    for sign in card.signs:
        head, *rest = wrapped(case.said(sign.reason, card.code, card.name), room - 5)
        lines.append([(f"  {sign.tag} ", BY_SEVERITY[sign.severity]), (" " + head, PLAIN)])
        lines += [[("      " + text, PLAIN)] for text in rest]
    if not card.signs:
        lines.append([("  " + _("Nothing urgent."), DIM)])
    if found.coming:
        lines += [[], [("  " + _("Next"), HEADING)]]
        lines += [
            [(f"  {_when(case, item)} ", DIM), (cut(what(case, item), room - WHEN).rstrip(), PLAIN)]
            for item in found.coming
        ]
    return lines


def side_lines(case: Case, found: StandupRead, load: int, place: int) -> Told:
    """Everybody of a caseload, for beside the one who is spoken of."""
    if not found.loads:
        return []
    lines: Told = [[(" " + (found.loads[load].name or _("Nobody responsible")), HEADING)]]
    for number, card in enumerate(found.cards):
        mark, tick = "▌" if number == place else " ", "✓" if card.participant in found.heard else " "
        name = cut(case.called(card.code, card.name), SIDE - TAGS - 4) + " "
        lines.append([(f"{mark}{tick} ", GOOD), (name, BOLD if number == place else PLAIN), *tagged(card.signs, TAGS)])
    return lines


def _title(case: Case, card: BoardCard, room: int, *, ticked: bool, low: bool) -> Told:
    """Who is spoken of, in large letters where there is room for them."""
    name = case.called(card.code, card.name)
    tick = "  ✓ " + _("gone through") if ticked else ""
    drawn = None if low else large(name, room)
    if drawn is None:
        return [[("  " + name, BOLD), (tick, GOOD)]]
    return [*([("  " + line, BOLD)] for line in drawn), [(tick, GOOD)]]


def _facts(case: Case, card: BoardCard) -> str:
    today, phase = case.today, case.programme.phase(card.phase)
    days = short_span(card.days_in_phase(today) or 0)
    parts = [f"{phase.number} {phase.name} {days}", card.worker_initials or _("nobody responsible")]
    if card.release is not None:
        parts.append(release_told(card.release, today, card.basis))
    parts += [contact_told(card.last_contact, today), stays_told(case.programme, card.stays, flat(card.prison))]
    # Nothing breaks within a part, so that a number stays with what it counts.
    return " · ".join(part.replace(" ", _TIED) for part in parts if part)


def _spoken(case: Case, found: StandupRead, participant: int, room: int, *, low: bool) -> Told:
    """What was written of the participant in this meeting."""
    said = [line for line in found.said if line.participant == participant and line.kind != HEARD]
    if not said:
        return []
    shown = said[-SAID_ON_LOW:] if low else said
    lines: Told = [[], [("  " + _("In this meeting"), HEADING)]]
    if hidden := len(said) - len(shown):
        lines[-1].append(("  " + n_("and {count} before", "and {count} before", hidden).format(count=hidden), DIM))
    for line in shown:
        label = f"  {_(WORDS[line.kind])}: "
        more = f"  {line.owner} {format_date(line.due) if line.due else ''}".rstrip() if line.task else ""
        head, *rest = wrapped(flat(case.said(line.text, line.code, line.name)), max(20, room - cell_len(label)))
        lines.append([(label, GOOD), (head, PLAIN)])
        if not low:
            lines += [[(" " * cell_len(label) + text, PLAIN)] for text in rest]
        elif rest:
            lines[-1].append(("…", DIM))
        lines[-1] += [(more, DIM), (f"  {line.author}", DIM)]
    return lines


def _news(case: Case, card: BoardCard, news: Since | None, room: int) -> Told:
    if news is None or not news.entries:
        return [[("  " + _("Nothing new."), DIM)]]
    lines: Told = []
    for entry in news.entries:
        kind = str(case.programme.kind(entry.kind).name)
        told = flat(case.said(words_of(entry, case.programme) or entry.topic, card.code, card.name))
        head = f"  {short_weekday(entry.day)} {short_date(entry.day)} "
        attempted = _("attempted") + " " if entry.outcome == "attempted" else ""
        before: list[Piece] = [(head, DIM), (f"{kind} ", BOLD), (f"{entry.author} ", DIM), (attempted, WARN)]
        left = room - sum(cell_len(text) for text, _style in before)
        lines.append([*before, (cut(told, max(8, left)).rstrip(), PLAIN)])
    if news.more:
        lines.append([("  " + _("and {count} more").format(count=news.more), DIM)])
    return lines


def _when(case: Case, item: AgendaItem) -> str:
    late = "!" if item.day is not None and item.day < case.today else " "
    return cut(late + when(case, item), WHEN)
