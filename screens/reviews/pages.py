"""The steps of a phase review and what is read in each: the brief, the facts of a prompt, the workload, the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from rich.style import Style

from config.dates import days_told, format_date, format_moment, relative_days, short_date, short_weekday
from config.programme.method.reviews import Prompt
from config.programme.shapes import Programme
from config.words import N_, _, in_quotes, n_
from models.consents.answer import COVERED, NEVER, YES
from models.mappings import change as mapping_change
from models.reviews.brief import Brief, Known, TaskBrief
from models.reviews.reading import END, LEAVES, OVERLAP, ReviewFile
from models.team.forecast import MonthLoad
from screens.frame.case import Case
from screens.reviews.fields import DECIDED, TASK, TASKS, Decision
from screens.widgets.facts import release_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece, cut, flat, right, wrapped

BRIEF_STEP: Final = "brief"
PROMPT_STEP: Final = "prompt"
DECISION_STEP: Final = "decision"
AGREED_STEP: Final = "agreed"
SEAL_STEP: Final = "seal"
SHORT_STEP: Final = "short"
"""The short form, which is a page of its own and none of the steps."""
LABEL: Final = 20
FIRST_WEEKS: Final = "first_weeks"
BRIEF_LABEL: Final = 12
WHEN: Final = 11
COUNT: Final = 14
Row = tuple[str, str, Style]
"""A paragraph with its label, empty where it belongs to the one above."""
Said = list[tuple[str, Style]]
"""Paragraphs of a section, each with its style."""

FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "room": ("goals", "applications", "contact"),
    "limits": ("warnings", "applications", "signals"),
    "specific": ("signals", "phase", "last"),
    "own_view": (
        "goals",
        "mapping",
    ),
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
    "independence": ("contact", "goals", "mapping", "signals"),
    "what_remains": ("applications", "lists", "goals"),
    "end_well": ("consents",),
    "why_end": ("contact", "signals"),
    "what_changed": ("sentence", "phase", "last", "mapping"),
    "what_holds": ("goals", "consents", "applications"),
    "since_last": ("last", "contact", "mapping"),
    "what_next": ("signals", "lists", "sentence"),
}
"""Which parts of the brief stand beside a prompt; beside a team's own stand `ELSE`."""
ELSE: Final = ("sentence", "phase", "contact")
BRIEF: Final = (
    "sentence", "phase", "contact", "last", "mapping", "goals", "applications", "lists", "consents", "signals",
)  # fmt: skip
"""The one-screen brief; what a move is warned of stands at its own steps."""


class Step(Struct, frozen=True):
    """One step; `prompt` is what it asks, None for those that are the same in every review."""

    kind: str
    prompt: Prompt | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        if self.prompt is not None:
            return str(self.prompt.name)
        return {
            BRIEF_STEP: _("What is known"),
            DECISION_STEP: _("The decision"),
            AGREED_STEP: _("Who took part, and what was agreed"),
            SEAL_STEP: _("Seal the review"),
            SHORT_STEP: _("The short form"),
        }[self.kind]


SHORT: Final = Step(SHORT_STEP)
SEALS: Final = (SEAL_STEP, SHORT_STEP)
DECISIONS: Final = (DECISION_STEP, SHORT_STEP)
"""The pages on which a review is sealed, and on which it is decided."""


def steps_of(file: ReviewFile) -> tuple[Step, ...]:
    """The steps in order."""
    asked = (Step(PROMPT_STEP, prompt) for prompt in file.steps)
    return (Step(BRIEF_STEP), *asked, Step(DECISION_STEP), Step(AGREED_STEP), Step(SEAL_STEP))


# ---------------------------------------------------------------------- what is read in a step


def page_lines(case: Case, known: Known, step: Step, decision: Decision, width: int) -> list[list[Piece]]:
    """What is read in a step; the workload and the summary go by what is decided."""
    if step.kind == DECISION_STEP:
        return load_lines(known.worker, *decision.loads, narrow=width < LABEL * 3)
    if step.kind == SEAL_STEP:
        return _summary(case, known, decision, width)
    parts: Sequence[str] = ("last",) if step.kind == AGREED_STEP else BRIEF
    if step.prompt is not None:
        parts = FACTS.get(step.prompt.id, ELSE)
    rows = [
        ("" if number else _(label), case.said(text, known.file.code, known.file.person), style)
        for label, section in (PARTS[part] for part in parts)
        for number, (text, style) in enumerate(section(known.brief, case.programme, case.private))
    ]
    planned = _planned(known) if step.prompt is not None and step.prompt.id == FIRST_WEEKS else []
    return [*planned, *_labelled(rows, BRIEF_LABEL, width)]


def warning_lines(texts: Sequence[str], width: int) -> list[list[Piece]]:
    """Warnings in full, each from a new line on."""
    return [[(" " + line, WARN)] for text in texts for line in wrapped("! " + text, width - 2)]


def folded_line(case: Case, count: int, *, here: bool) -> list[Piece]:
    """How many warnings there are, above those that do not all fit; `here` is the focus on them."""
    told = n_(
        "{count} warning: go there with {key}, read on with ↓.",
        "{count} warnings: go there with {key}, read on with ↓.",
        count,
    )
    key = case.keymap.shown("review.next", "review")
    return [(("▌" if here else " ") + told.format(count=count, key=key), ALARM)]


def answered_lines(case: Case, file: ReviewFile, prompt: Prompt, seen: int | None) -> list[Piece]:
    """A prompt's name and question, and who wrote under it; `seen` is the version the person at the keyboard saw."""
    lines: list[Piece] = [(str(prompt.name), BOLD), (str(prompt.hint), PLAIN)]
    answer = file.answers.get(prompt.id)
    if answer is None or not answer.text:
        return lines
    told, style = _("{who} wrote {when}"), DIM
    if answer.version != seen:
        told, style = _("{who} wrote here too {when}; when you go on you choose."), WARN
    when = format_moment(case.clock.local(answer.written_at))
    return [*lines, (told.format(who=answer.written_by, when=when), style)]


def _planned(known: Known) -> list[list[Piece]]:
    """The plan of the first weeks, a line a contact; a move that is sealed makes these tasks."""
    if not known.weeks:
        return []
    contacts: list[list[Piece]] = [
        [(" " + cut(f"{short_weekday(one.due)} {short_date(one.due)}", LABEL - 6), DIM), (str(one.contact.text), PLAIN)]
        for one in known.weeks
    ]
    return [[(" " + _("Tasks that the move makes"), HEADING)], *contacts]


def _summary(case: Case, known: Known, decision: Decision, width: int) -> list[list[Piece]]:
    """What will be sealed, and what is in the way."""
    rows = (*_decided(case, known, decision), *_agreed(known, decision))
    lines = [[], *_labelled(rows, LABEL, width), []]
    lines += [
        [(" ! " + _("Nothing stands under: {name}").format(name=prompt.name), ALARM)]
        for prompt in known.file.unanswered
    ]
    lines += warning_lines(decision.warned, width)
    key = case.keymap.shown("review.forward", "review")
    return [
        *lines,
        [],
        [(" " + _("{key} seals the review. After that only notes are added.").format(key=key), HEADING)],
    ]


def _decided(case: Case, known: Known, decision: Decision) -> Iterator[Row]:
    """What was decided, and what the move does: where to, and what ends with it."""
    for key in DECIDED:
        if key != "ending" and (shown := decision.shown(key)):
            yield decision.page.field(key).about.label, shown, BOLD if key == "decision" else PLAIN
    line = known.file.line
    if line.moved is not None and decision.id != END:
        yield "", _("the move itself was made already"), PLAIN
        return
    if decision.id in (*LEAVES, OVERLAP) and "to_phase" not in decision.asked:
        yield _("To"), f"{line.to_phase} {case.programme.phase(line.to_phase).name}", PLAIN
    if ends := decision.ends:
        names = (f"{number} {case.programme.phase(number).name}" for number in ends)
        yield _("Ends the same day"), ", ".join(names), PLAIN


def _agreed(known: Known, decision: Decision) -> Iterator[Row]:
    """Who took part, the tasks, and how much was written."""
    yield _("Who took part"), decision.shown("present"), PLAIN
    label = _("Tasks")
    for number in range(1, TASKS + 1):
        task, *rest = (decision.shown(f"{name}_{number}") for name in TASK)
        if task.strip():
            more = ", ".join(part for part in rest if part)
            yield label, task + (f" ({more})" if more else ""), PLAIN
            label = ""
    written = sum(bool(answer.text.strip()) for answer in known.file.answers.values())
    asked = len(known.file.steps)
    told = n_("{count} of {all} prompt", "{count} of {all} prompts", asked).format(count=written, all=asked)
    yield _("Written"), told, PLAIN


def _labelled(rows: Iterable[Row], label_width: int, width: int) -> list[list[Piece]]:
    return [
        [(" " + cut("" if number else label, label_width), DIM), (line, style)]
        for label, text, style in rows
        for number, line in enumerate(wrapped(flat(text), max(20, width - label_width - 2)))
    ]


# ---------------------------------------------------------------------- the parts


def _sentence(brief: Brief, programme: Programme, private: bool) -> Said:
    one = brief.sentence
    served = [] if one.share is None else [_("{percent} % served").format(percent=round(100 * one.share))]
    if one.two_thirds:
        text = _("2/3 {date} (computed)") if one.candidate else _("2/3 {date}")
        served.append(text.format(date=format_date(one.two_thirds)))
    if one.full_term:
        served.append(_("full term {date}").format(date=format_date(one.full_term)))
    when = release_told(one.release, brief.day, one.basis) if one.release else _("no date of release")
    rest = [one.release_kind, one.parole_decision, one.security_level, one.prison, one.stays]
    return [
        (" · ".join(served) or _("no dates of the sentence are noted"), PLAIN if served else WARN),
        (" · ".join([when, *(part for part in rest if part)]), BOLD if one.release else WARN),
    ]


def _phase(brief: Brief, programme: Programme, private: bool) -> Said:
    return [
        (
            f"{one.number} {programme.phase(one.number).name}, "
            + days_told(one.days)
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
        every = n_("expected {wanted}; now every day", "expected {wanted}; now every {days} days", one.expected_days)
        text += "; " + every.format(wanted=one.wanted, days=one.expected_days)
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
        waits = _("not sent") if one.days is None else days_told(one.days)
        text = f"{one.agency}: {one.about} · {waits}"
        if one.wants_complement:
            text += " · " + _("more documents are requested")
        found.append((text, WARN if one.long or one.wants_complement else PLAIN))
    return found or [(_("nothing waits for an answer"), DIM)]


def _goals(brief: Brief, programme: Programme, private: bool) -> Said:
    found: Said = []
    for one in brief.goals:
        text = in_quotes(one.words) + (f" {one.done}/{one.steps}" if one.steps else "")
        if one.next_step:
            text += " · " + _("next: {step} ({turn})").format(step=one.next_step, turn=one.turn)
        found.append((text, PLAIN))
    if brief.topics:
        topics = n_("{count} topic is saved for later", "{count} topics are saved for later", brief.topics)
        found.append((topics.format(count=brief.topics), PLAIN))
    return found or [(_("no goal of their own is noted"), WARN)]


def _mapping(brief: Brief, programme: Programme, private: bool) -> Said:
    if brief.mapping is None:
        return []
    down = any(one.steps < 0 for one in brief.mapping.parts)
    return [(mapping_change.told(brief.mapping, programme), WARN if down else PLAIN)]


def _signals(brief: Brief, programme: Programme, private: bool) -> Said:
    if not brief.signals:
        return [(_("nothing urgent"), DIM)]
    return [
        (" ".join(one.reason for one in brief.signals if one.severity == severity), BY_SEVERITY[severity])
        for severity in sorted({one.severity for one in brief.signals}, reverse=True)
    ]


def _warnings(brief: Brief, programme: Programme, private: bool) -> Said:
    return [("! " + one.text, WARN) for one in brief.warnings] or [(_("nothing is missing"), DIM)]


def _last(brief: Brief, programme: Programme, private: bool) -> Said:
    if brief.last is None:
        return [(_("none was held yet"), DIM)]
    last = brief.last
    decision = str(programme.choice("review_decision", last.decision).name) if last.decision else ""
    text = f"{format_date(last.day)} {last.transition}: {decision}"
    if last.next_review:
        text += ", " + _("next review {date}").format(date=format_date(last.next_review))
    if last.reason:
        text += f". {last.reason}"
    return [(text, PLAIN), *(_became(task, brief) for task in last.tasks)]


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
    "mapping": (N_("Mapping"), _mapping),
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
        if stays.releases or moves.releases:
            releases = n_("{count} release", "{count} releases", moves.releases)
            comes.append(releases.format(count=_change(stays.releases, moves.releases)))
        if stays.preparations or moves.preparations:
            comes.append(_("{count} to prepare").format(count=_change(stays.preparations, moves.preparations)))
        people = f"{_change(stays.participants, moves.participants)}/{stays.limit}"
        heavy = f"{_change(stays.demanding, moves.demanding)}/{stays.demanding_limit}"
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


def _change(before: int, after: int) -> str:
    return str(before) if before == after else f"{before} → {after}"
