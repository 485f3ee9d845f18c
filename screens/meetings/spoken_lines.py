"""What a meeting shows of the participant who is spoken of, part by part: each is lines of at most so many cells.

Stand-up, weekly and support team put the same parts together as their room allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len

from config.dates import format_date, relative_days, short_date, short_span, short_weekday
from config.words import _, in_quotes, n_
from models.board import BoardCard
from models.goals.reading import DONE, OPEN, OWN, GoalLine
from models.meetings.meetings import WORDS
from models.meetings.reading import DAILY, Item
from models.meetings.spoken_of import More, SpokenOf
from models.phases.way_out import FULL_TERM, PAROLE
from models.plans.agenda import AgendaItem
from models.timeline import ATTEMPTED, TimelineEntry
from screens.board.head import carried
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.participant.timeline_list import words_of
from screens.plans.agenda_list import WHEN as ITEM_WHEN
from screens.plans.agenda_list import what, when
from screens.widgets.facts import SHARE_STYLES, contact_told, release_told, share_words, stays_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, GOOD, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped

Told = list[list[Piece]]
WHEN: Final = ITEM_WHEN + 1
NARROW: Final = 60
"""On fewer cells a day stands above what is on it."""
ENTRY_LINES: Final = 3
_TIED: Final = "\N{NO-BREAK SPACE}"


def indented(lines: Sequence[Sequence[Piece]], by: int) -> Told:
    """The lines, so many cells further to the right."""
    return [[(" " * by, PLAIN), *line] if line else [] for line in lines]


def limited(lines: Told, most: int) -> Told:
    """At most so many lines; where there are more, the last one says that it goes on."""
    return lines if len(lines) <= most else [*lines[: most - 1], [*lines[most - 1], ("…", DIM)]]


def _hanging(first: Sequence[Piece], text: str, room: int, most: int = 1000) -> Told:
    """The text behind what stands first, its further lines below its own beginning where that leaves them room."""
    before = sum(cell_len(words) for words, _style in first)
    hang = before if before <= room // 3 else 2
    head = wrapped(text, max(12, room - before))[0]
    rest = wrapped(text[len(head) :].lstrip(), max(12, room - hang))
    lines: Told = [[*first, (head, PLAIN)], *([(" " * hang + line, PLAIN)] for line in rest if line)]
    return limited(lines, most)


# ---------------------------------------------------------------------- who and where


def phase_told(case: Case, card: BoardCard) -> str:
    """The leading phase by number and name."""
    phase = case.programme.phase(card.phase)
    return f"{phase.number} {phase.name}"


def out_told(case: Case, card: BoardCard) -> str:
    """How far away the way out is, in the fewest words; empty where no day is known."""
    if card.release is None:
        return ""
    if card.basis == FULL_TERM:
        words = _("at the latest {when}")
    elif card.basis == PAROLE:
        words = _("parole {when}")
    else:
        words = _("out {when}") if card.release > case.today else _("released {when}")
    return words.format(when=relative_days(card.release, case.today))


def facts(case: Case, card: BoardCard, room: int) -> Told:
    """Phase and days, whose, the release, the last contact, where they stay, and that there are risk areas."""
    today = case.today
    days = short_span(card.days_in_phase(today) or 0)
    parts = [f"{phase_told(case, card)} {days}", card.worker_initials or _("nobody responsible")]
    if card.release is not None:
        parts.append(release_told(card.release, today, card.basis))
    parts += [contact_told(card.last_contact, today), stays_told(case.programme, card.stays, flat(card.prison))]
    # Nothing breaks within a part, so that a number stays with what it counts.
    text = f"{_TIED}· ".join(part.replace(" ", _TIED) for part in parts if part)
    lines: Told = [[(line.replace(_TIED, " "), PLAIN)] for line in wrapped(text, room)]
    if card.risk:
        lines.append([(_("RISK AREAS"), ALARM)])
    return lines


# ---------------------------------------------------------------------- what was said, and decided


def said_lines(case: Case, said: Sequence[Item], participant: int | None, room: int, *, most: int = 0) -> Told:
    """What was written about the participant in this meeting, a heading over it; nothing where nothing was.

    With `most` it is the last lines, shortened, and how many there are before.
    """
    about = [line for line in said if line.participant == participant and line.worded]
    if not about:
        return []
    shown = about[-most:] if most else about
    lines: Told = [[(_("In this meeting"), HEADING)]]
    if hidden := len(about) - len(shown):
        lines[0].append(("  " + n_("and {count} before", "and {count} before", hidden).format(count=hidden), DIM))
    for line in shown:
        label = f"{_(WORDS[line.kind])}: "
        more = f"  {line.owner} {format_date(line.due) if line.due else ''}".rstrip() if line.task else ""
        text = flat(case.said(line.text, line.code, line.name))
        head, *rest = wrapped(text, max(20, room - cell_len(label)))
        ends: list[Piece] = [("…" if rest and most else "", DIM), (more, DIM), (f"  {line.author}", DIM)]
        lines.append([(label, GOOD), (head, PLAIN), *ends])
        if not most:
            lines += [[(" " * cell_len(label) + words, PLAIN)] for words in rest]
    return lines


def decided_lines(case: Case, found: SpokenOf, room: int, *, most: int = 0) -> Told:
    """What was decided about the participant before, each with its day; at most so many lines each."""
    lines: Told = []
    for item in found.decided:
        day = case.clock.local(item.at).date()
        label = _("Decided {date}").format(date=f"{short_weekday(day)} {format_date(day)}") + ": "
        lines += _hanging([(label, GOOD)], flat(case.said(item.text, item.code, item.name)), room, most or 1000)
    return lines


def topic_lines(case: Case, found: SpokenOf, room: int) -> Told:
    """What is parked for the weekly meeting."""
    lines: Told = []
    for topic in found.topics:
        text = flat(case.said(topic.text, found.card.code, found.card.name))
        lines += _hanging([(_("For the weekly meeting") + ": ", WARN)], text, room)
    return lines


# ---------------------------------------------------------------------- what is new


def news_heading(case: Case, found: SpokenOf, kind: str) -> str:
    """Since when it is new."""
    if not found.since:
        return _("Lately")
    day = format_date(case.clock.local(found.since).date())
    words = _("Since the last stand-up, {date}") if kind == DAILY else _("Since the last meeting, {date}")
    return words.format(date=day)


def news_lines(case: Case, found: SpokenOf, room: int) -> Told:
    """The newest that was recorded since the last meeting, a line each."""
    if not found.news.entries:
        return [[(_("Nothing new."), DIM)]]
    lines: Told = []
    for entry in found.news.entries:
        before = _before(case, entry)
        left = room - sum(cell_len(text) for text, _style in before)
        lines.append([*before, (cut(_words(case, found.card, entry), max(8, left)).rstrip(), PLAIN)])
    if found.news.more:
        lines.append([(_("and {count} more").format(count=found.news.more), DIM)])
    return lines


def lately_lines(case: Case, card: BoardCard, more: More, room: int) -> Told:
    """The last two weeks of the line of time, newest first, in a few lines each; else the last before them."""
    lines: Told = []
    for entry in more.lately:
        lines.append(_before(case, entry))
        words = _words(case, card, entry)
        lines += [[("  " + text, PLAIN)] for text in wrapped(words, room - 2) if words][:ENTRY_LINES]
    return lines or [[(_("Nothing new."), DIM)]]


def _before(case: Case, entry: TimelineEntry) -> list[Piece]:
    day = f"{short_weekday(entry.day)} {short_date(entry.day)} "
    attempted = _("attempted") + " " if entry.outcome == ATTEMPTED else ""
    kind = str(case.programme.kind(entry.kind).name)
    return [(day, DIM), (f"{kind} ", BOLD), (f"{entry.author} ", DIM), (attempted, WARN)]


def _words(case: Case, card: BoardCard, entry: TimelineEntry) -> str:
    return flat(case.said(words_of(entry, case.programme, hidden=case.private) or entry.topic, card.code, card.name))


# ---------------------------------------------------------------------- what presses, and what comes


def pressing_lines(case: Case, card: BoardCard, room: int, *, most: int = 0) -> Told:
    """The signals in words; with `most` as many of them, a line each, and how many more there are."""
    if not card.signs:
        return [[(_("Nothing urgent."), DIM)]]
    lines: Told = []
    shown = card.signs[:most] if most else card.signs
    for sign in shown:
        tag: list[Piece] = [(f"{sign.tag} ", BY_SEVERITY[sign.severity]), (" ", PLAIN)]
        lines += _hanging(tag, case.said(sign.reason, card.code, card.name), room - bool(most) * 4, 1 if most else 1000)
    if left := len(card.signs) - len(shown):
        lines[-1].append((f" +{left}", BOLD))
    return lines


def coming_lines(case: Case, found: SpokenOf, room: int) -> Told:
    """What is agreed next, the overdue first; on few cells the day stands above."""
    lines: Told = []
    for item in found.coming:
        day = _when(case, item)
        late = ALARM if day.startswith("!") else DIM
        if room < NARROW:
            mine = f"  {item.who}" if item.who else ""
            lines.append([(day.strip() or _("Without a date"), late), (mine, DIM)])
            lines += [[("  " + text, PLAIN)] for text in wrapped(what(case, item), room - 2, 2)[:2]]
        else:
            lines.append([(cut(day, WHEN) + " ", late), (cut(what(case, item), room - WHEN - 1).rstrip(), PLAIN)])
    return lines


def _when(case: Case, item: AgendaItem) -> str:
    late = "!" if item.day is not None and item.day < case.today else " "
    return late + when(case, item)


def goal_lines(case: Case, found: SpokenOf, room: int, *, steps: Sequence[str] = (OPEN,)) -> Told:
    """The open goals in the participant's words with how far they are, and their steps that are in such a state."""
    lines: Told = []
    for goal in found.goals:
        far = f"{goal.done}/{len(goal.steps)} " if goal.steps else "– "
        words = case.said(flat(goal.words), found.card.code, found.card.name)
        lines += _hanging([(far, BOLD)], in_quotes(words), room, 1000 if steps else 1)
        if steps:
            lines += _steps(case, found.card, goal, room, steps)
    return lines


def _steps(case: Case, card: BoardCard, goal: GoalLine, room: int, states: Sequence[str]) -> Told:
    lines: Told = []
    for step in sorted(goal.steps, key=lambda step: step.state != OPEN):
        if step.state not in states:
            continue
        box: Piece = ("  [x] ", GOOD) if step.state == DONE else ("  [ ] ", PLAIN)
        whose = str(case.programme.choice("turn", step.turn).name)
        text = flat(case.said(step.words, card.code, card.name)) + ("" if step.state == DONE else f" · {whose}")
        late = step.state == OPEN and step.due is not None and step.due < case.today
        told = _hanging([box], text, room)
        if step.due and step.state == OPEN:
            told[-1].append((f"  {short_date(step.due)}", ALARM if late else DIM))
        if step.state == DONE or step.turn != OWN:
            told = [[(words, DIM if style == PLAIN else style) for words, style in line] for line in told]
        lines += told
    return lines


# ---------------------------------------------------------------------- who is around


def around_lines(case: Case, more: More, room: int) -> Told:
    """Who has a part in the case, each with whether something may be shared; no names while they are hidden."""
    lines: Told = []
    for person in more.around:
        role = str(case.programme.role(person.role).name)
        name = HIDDEN if case.private else person.name
        told, share = f"{role} · {name}", f"  {share_words(person.answer)}"
        style = SHARE_STYLES[person.answer.state]
        if cell_len(told + share) <= room:
            lines.append([(told, PLAIN), (share, style)])
        else:
            lines += [[(cut(told, room).rstrip(), PLAIN)], [(cut(share, room).rstrip(), style)]]
    return lines or [[(_("Nobody yet."), DIM)]]


def load_lines(more: More, away: Mapping[int, str], room: int) -> Told:
    """What the worker carries, as on the head of the board, on one line or two."""
    if more.load is None:
        return []
    label: list[Piece] = [(_("Workload"), DIM)]
    pieces = carried(more.load, away)
    fits = sum(cell_len(text) for text, _style in (*label, *pieces)) <= room
    return [[*label, *pieces]] if fits else [label, pieces]
