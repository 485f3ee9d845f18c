"""What the program knows before a phase review, as lines: the whole brief, or the parts that belong to one prompt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from rich.style import Style

from config.dates import format_date, relative_days, short_date
from config.programme.shapes import Programme
from config.words import N_, _, n_
from models.consents.answer import COVERED, NEVER, YES
from models.reviews.brief import Brief, LastReview, TaskBrief
from models.team.forecast import MonthLoad
from screens.widgets.facts import release_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece, cut, flat, right, wrapped

LABEL: Final = 12
WHEN: Final = 11
COUNT: Final = 14
Said = list[tuple[str, Style]]
"""Paragraphs of a section, each with its style."""

FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "room": ("goals", "applications", "contact"),
    "limits": ("warnings", "applications", "signals"),
    "specific": ("signals", "phase", "last"),
    "own_view": ("goals",),
    "mutual": ("phase", "contact"),
    "consents_first": ("consents", "lists"),
    "getting_known": ("contact", "sentence"),
    "release_when": ("sentence",),
    "security": ("sentence", "phase"),
    "readiness": ("goals", "contact"),
    "housing_and_money": ("applications", "lists"),
    "who_takes_what": ("consents", "lists"),
    "risk_and_support": ("signals", "applications"),
    "capacity": ("contact",),
    "release_day": ("sentence", "signals"),
    "offices_closed": ("sentence", "signals"),
    "release_list": ("lists", "warnings"),
    "first_weeks": ("contact", "signals"),
    "in_place": ("lists", "applications"),
    "own_hands": ("goals",),
    "less_contact": ("contact",),
    "independence": ("contact", "goals", "signals"),
    "what_remains": ("applications", "lists", "goals"),
    "end_well": ("consents",),
    "why_end": ("contact", "signals"),
    "what_changed": ("sentence", "phase", "last"),
    "what_holds": ("goals", "consents", "applications"),
    "since_last": ("last", "contact"),
    "what_next": ("signals", "lists", "sentence"),
}
"""Which parts of the brief stand beside a prompt; beside a team's own stand `ELSE`."""
ELSE: Final = ("sentence", "phase", "contact")
BRIEF: Final = ("sentence", "phase", "contact", "last", "goals", "applications", "lists", "consents", "signals")
"""The one-screen brief; what a move is warned of stands at its own steps."""


def brief_lines(
    brief: Brief, programme: Programme, width: int, parts: Sequence[str] = BRIEF, *, private: bool = False
) -> list[list[Piece]]:
    """The named `parts` of the brief as labelled lines of `width` cells; `private` leaves names out."""
    room = max(20, width - LABEL - 2)
    lines: list[list[Piece]] = []
    for part in parts:
        label, section = PARTS[part]
        first = True
        for text, style in section(brief, programme, private):
            for line in wrapped(flat(text), room):
                lines.append([(" " + cut(_(label) if first else "", LABEL), DIM), (line, style)])
                first = False
    return lines


# ---------------------------------------------------------------------- the parts


def _sentence(brief: Brief, programme: Programme, private: bool) -> Said:
    one = brief.sentence
    served = [] if one.share is None else [_("{percent} % served").format(percent=round(100 * one.share))]
    if one.two_thirds:
        text = _("2/3 {date} (reckoned)") if one.candidate else _("2/3 {date}")
        served.append(text.format(date=format_date(one.two_thirds)))
    if one.full_term:
        served.append(_("full term {date}").format(date=format_date(one.full_term)))
    when = _("no date of release")
    if one.release:
        when = release_told(one.release, brief.day)
    rest = [one.release_kind, one.parole_decision, one.security_level, one.prison, one.stays]
    return [
        (" · ".join(served) or _("no dates of the sentence are noted"), PLAIN if served else WARN),
        (" · ".join([when, *(part for part in rest if part)]), BOLD if one.release else WARN),
    ]


def _phase(brief: Brief, programme: Programme, private: bool) -> Said:
    return [
        (
            f"{one.number} {programme.phase(one.number).name}, "
            + n_("{count} day", "{count} days", one.days).format(count=one.days)
            + _(", since {date}").format(date=format_date(one.began))
            + (_(": long for this phase") if one.long else ""),
            WARN if one.long else PLAIN,
        )
        for one in brief.phases
    ] or [(_("phased out"), PLAIN)]


def _contact(brief: Brief, programme: Programme, private: bool) -> Said:
    one = brief.contact
    text = _("since {date}: {reached} reached, {attempted} only attempted").format(
        date=format_date(one.since), reached=one.reached, attempted=one.attempted
    )
    if one.expected_days:
        text += "; " + _("expected {wanted}, every {days} days").format(wanted=one.wanted, days=one.expected_days)
    silent = one.silent_days is None or bool(one.expected_days and one.silent_days > one.expected_days)
    last = relative_days(one.last, brief.day) if one.last else _("never")
    text += "; " + _("last {when}").format(when=last)
    return [(text, WARN if silent or one.reached < one.wanted else PLAIN)]


def _lists(brief: Brief, programme: Programme, private: bool) -> Said:
    told: list[str] = []
    whole = True
    for one in brief.checklists:
        text = f"{one.name} {one.settled}/{one.items}"
        if one.unverified:
            text += ", " + _("{count} not verified").format(count=one.unverified)
        if one.closed:
            text += ", " + _("closed {date}").format(date=format_date(one.closed))
        whole = whole and (bool(one.closed) or (one.settled == one.items and not one.unverified))
        told.append(text)
    return [(" · ".join(told), PLAIN if whole else WARN)] if told else [(_("none in use"), DIM)]


def _consents(brief: Brief, programme: Programme, private: bool) -> Said:
    lacking = [one.agency for one in brief.consents if one.state == NEVER]
    found: Said = []
    if lacking:
        found.append((_("never given: {agencies}").format(agencies=", ".join(lacking)), WARN))
    if covered := [one.agency for one in brief.consents if one.state == YES]:
        found.append((_("given: {agencies}").format(agencies=", ".join(covered)), PLAIN))
    for one in brief.consents:
        if one.state not in (NEVER, YES):
            told = one.reason if not private else _("yes") if one.state in COVERED else _("no")
            found.append((f"{one.agency}: {told}", WARN))
    return found or [(_("none is mandatory now"), DIM)]


def _applications(brief: Brief, programme: Programme, private: bool) -> Said:
    found: Said = []
    for one in brief.applications:
        waits = (
            _("not sent") if one.days is None else n_("{count} day", "{count} days", one.days).format(count=one.days)
        )
        text = f"{one.agency}: {one.about} · {waits}"
        if one.wants_complement:
            text += " · " + _("a complement is asked for")
        found.append((text, WARN if one.long or one.wants_complement else PLAIN))
    return found or [(_("nothing waits for an answer"), DIM)]


def _goals(brief: Brief, programme: Programme, private: bool) -> Said:
    found: Said = []
    for one in brief.goals:
        text = f"“{one.words}”" + (f" {one.done}/{one.steps}" if one.steps else "")
        if one.next_step:
            text += " · " + _("next: {step} ({turn})").format(step=one.next_step, turn=one.turn)
        found.append((text, PLAIN))
    if brief.topics:
        topics = n_("{count} topic is saved for later", "{count} topics are saved for later", brief.topics)
        found.append((topics.format(count=brief.topics), PLAIN))
    return found or [(_("no goal of their own is noted"), WARN)]


def _signals(brief: Brief, programme: Programme, private: bool) -> Said:
    if not brief.signals:
        return [(_("nothing presses"), DIM)]
    return [
        (" ".join(one.reason for one in brief.signals if one.severity == severity), BY_SEVERITY[severity])
        for severity in sorted({one.severity for one in brief.signals}, reverse=True)
    ]


def _warnings(brief: Brief, programme: Programme, private: bool) -> Said:
    return [("! " + one.text, WARN) for one in brief.warnings] or [(_("nothing is missing"), DIM)]


def _last(brief: Brief, programme: Programme, private: bool) -> Said:
    if brief.last is None:
        return [(_("none was held yet"), DIM)]
    return [(_decided(brief.last, programme), PLAIN), *(_became(task, brief) for task in brief.last.tasks)]


def _decided(last: LastReview, programme: Programme) -> str:
    decision = str(programme.choice("review_decision", last.decision).name) if last.decision else ""
    text = f"{format_date(last.day)} {last.transition}: {decision}"
    if last.next_review:
        text += ", " + _("next review {date}").format(date=format_date(last.next_review))
    return text + (f". {last.reason}" if last.reason else "")


def _became(task: TaskBrief, brief: Brief) -> tuple[str, Style]:
    """One task of the last review and what became of it."""
    owner = f" ({task.owner})" if task.owner else ""
    if task.state == "done":
        return f"[x] {task.text}{owner} {short_date(task.done) if task.done else ''}", PLAIN
    if task.state == "declined":
        return f"[–] {task.text}{owner}", DIM
    late = task.due is not None and task.due < brief.day
    due = " · " + _("due {date}").format(date=short_date(task.due)) if task.due else ""
    return f"[ ] {task.text}{owner}{due}", ALARM if late else WARN


PARTS: Final[Mapping[str, tuple[str, Callable[[Brief, Programme, bool], Said]]]] = {
    "sentence": (N_("Sentence"), _sentence),
    "phase": (N_("Phase"), _phase),
    "contact": (N_("Contact"), _contact),
    "last": (N_("Last time"), _last),
    "goals": (N_("Own goals"), _goals),
    "applications": (N_("Waiting"), _applications),
    "lists": (N_("Checklists"), _lists),
    "consents": (N_("Consents"), _consents),
    "signals": (N_("Signals"), _signals),
    "warnings": (N_("Warnings"), _warnings),
}


# ---------------------------------------------------------------------- the workload


def load_lines(
    name: str, before: Sequence[MonthLoad], after: Sequence[MonthLoad], *, narrow: bool = False
) -> list[list[Piece]]:
    """What a worker carries now and in the months to come, without the move and with it; where `narrow`, why below."""
    lines: list[list[Piece]] = [
        [(" " + _("Workload of {name}").format(name=name), HEADING)],
        [(" " * (WHEN + 1) + right(_("participants"), COUNT) + right(_("demanding"), COUNT), DIM)],
    ]
    for number, (stays, moves) in enumerate(zip(before, after, strict=True)):
        comes = []
        if stays.releases:
            comes.append(n_("{count} release", "{count} releases", stays.releases).format(count=stays.releases))
        if stays.preparations:
            comes.append(_("{count} to prepare").format(count=stays.preparations))
        people = _change(stays.participants, moves.participants, stays.limit)
        heavy = _change(stays.demanding, moves.demanding, stays.demanding_limit)
        lines.append([
            (" " + cut(format_date(stays.day) if number else _("now"), WHEN), PLAIN),
            (right(people, COUNT), ALARM if moves.participants > moves.limit else PLAIN),
            (right(heavy, COUNT), ALARM if moves.demanding > moves.demanding_limit else PLAIN),
            (" !" if moves.over else "  ", ALARM),
            ("" if narrow else " " + ", ".join(comes), DIM),
        ])  # fmt: skip
        if narrow and comes:
            lines.append([(" " * (WHEN + 1) + ", ".join(comes), DIM)])
    return lines


def _change(before: int, after: int, limit: int) -> str:
    return f"{before}/{limit}" if before == after else f"{before} → {after}/{limit}"
