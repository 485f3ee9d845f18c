"""The steps of a phase review and what is read in each: the brief, the facts of a prompt, the workload, the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct
from rich.style import Style

from config.dates import format_moment, short_date, short_weekday
from config.programme.method.reviews import Prompt
from config.words import _, n_
from models.participants import participants
from models.phases import phases
from models.phases.numbers import AFTER_RELEASE, PHASE_OUT
from models.phases.phases import PhaseSpan
from models.phases.release import ended_by
from models.plans import first_weeks
from models.plans.first_weeks import PlannedContact
from models.reviews import brief as review_brief
from models.reviews import reading as review_reading
from models.reviews import undone as review_undone
from models.reviews.brief import Brief
from models.reviews.reading import END, LEAVES, OVERLAP, STAYED, ReviewFile
from models.reviews.undone import Undone
from models.storage.reading import Reading
from models.team import forecast, staff
from models.team.forecast import MonthLoad
from models.team.staff import Colleague
from screens.frame.case import Case
from screens.reviews.brief_lines import ELSE, FACTS, brief_lines, load_lines
from screens.reviews.fields import DECIDED, TASKS
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, flat, wrapped

BRIEF_STEP: Final = "brief"
PROMPT_STEP: Final = "prompt"
DECISION_STEP: Final = "decision"
AGREED_STEP: Final = "agreed"
SEAL_STEP: Final = "seal"
LABEL: Final = 20
FIRST_WEEKS: Final = "first_weeks"


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
        }[self.kind]


def steps_of(file: ReviewFile) -> tuple[Step, ...]:
    """The steps in order."""
    asked = (Step(PROMPT_STEP, prompt) for prompt in file.steps)
    return (Step(BRIEF_STEP), *asked, Step(DECISION_STEP), Step(AGREED_STEP), Step(SEAL_STEP))


class Known(Struct, frozen=True):
    """All that the review shows besides what is being written; the three workloads go on, move and end.

    `record` is the participant's record by field, `undone` what was decided before somebody took the sealing back.
    """

    file: ReviewFile
    brief: Brief
    lasting: tuple[PhaseSpan, ...]
    team: tuple[Colleague, ...]
    worker: str
    stays: tuple[MonthLoad, ...]
    moves: tuple[MonthLoad, ...]
    ends: tuple[MonthLoad, ...]
    weeks: tuple[PlannedContact, ...]
    record: Mapping[str, Any]
    undone: Undone | None

    @property
    def releases(self) -> bool:
        """Whether the move that is reviewed is yet to be made and leads out of prison."""
        if self.file.line.moved is not None or self.file.transition.to_phase != AFTER_RELEASE:
            return False
        return bool(ended_by(AFTER_RELEASE, (span.phase for span in self.lasting)))

    def loads(self, decision: str) -> tuple[MonthLoad, ...]:
        """What the worker carries after a decision; a move that was made already changes nothing."""
        if decision == STAYED or (self.file.line.moved is not None and decision != END):
            return self.stays
        return self.ends if decision == END else self.moves


def everything(reading: Reading, review: int) -> Known:
    """All of it in one visit to the vault. Raises `ReviewError` for a review that is not here any more."""
    file = review_reading.file_of(reading, review)
    line = file.line
    row = reading.sql(
        "SELECT p.worker_id, s.name FROM participant p JOIN staff s ON s.id = p.worker_id WHERE p.id = ?",
        [line.participant],
    )
    worker, name = row[0] if row else (None, _("the whole team"))

    def load(move: tuple[int, int, int] | None) -> tuple[MonthLoad, ...]:
        return tuple(forecast.workload(reading, worker, move=move))

    return Known(
        file=file,
        brief=review_brief.brief(reading, line.participant, review),
        lasting=tuple(span for span in phases.of(reading, line.participant) if span.ended is None),
        team=tuple(staff.team(reading, active_only=False)),
        worker=str(name),
        stays=load(None),
        moves=load((line.participant, line.from_phase, line.to_phase)),
        ends=load((line.participant, line.from_phase, PHASE_OUT)),
        record=participants.file_of(reading, line.participant).values,
        undone=review_undone.undone(reading, review),
        weeks=_weeks(reading, file),
    )


def _weeks(reading: Reading, file: ReviewFile) -> tuple[PlannedContact, ...]:
    """The contacts that a release plans, on the day it was or is to be; none for any other move."""
    if file.transition.to_phase != AFTER_RELEASE:
        return ()
    known = reading.value("SELECT release_date FROM participant WHERE id = ?", [file.line.participant])
    day = file.line.moved or (date.fromisoformat(known) if known else reading.today)
    return first_weeks.suggested(reading, file.line.participant, day)


# ---------------------------------------------------------------------- what is read in a step


def page_lines(case: Case, known: Known, step: Step, said: Mapping[str, str], width: int) -> Sequence[Sequence[Piece]]:
    """What is read in a step; `said` is what stands in the fields of the decision and of what was agreed, as shown.

    Besides, its `decided` is the decision's id, `ends` the numbers of the phases that end with it, and `advice` what is
    said of the day, a line each.
    """
    programme = case.programme
    if step.kind == BRIEF_STEP:
        return brief_lines(known.brief, programme, width, private=case.private)
    if step.prompt is not None:
        parts = FACTS.get(step.prompt.id, ELSE)
        lines = brief_lines(known.brief, programme, width, parts, private=case.private)
        return [*_planned(known), *lines] if step.prompt.id == FIRST_WEEKS else lines
    if step.kind == DECISION_STEP:
        return load_lines(known.worker, known.stays, known.loads(said["decided"]), narrow=width < LABEL * 3)
    if step.kind == AGREED_STEP:
        return brief_lines(known.brief, programme, width, ("last",), private=case.private)
    return _summary(case, known, said, width)


def warning_lines(texts: Sequence[str], width: int) -> list[list[Piece]]:
    """Warnings in full, each from a new line on."""
    return [[(" " + line, WARN)] for text in texts for line in wrapped("! " + text, width - 2)]


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


def _summary(case: Case, known: Known, said: Mapping[str, str], width: int) -> list[list[Piece]]:
    """What will be sealed, and what is in the way."""
    lines: list[list[Piece]] = [[]]
    for label, text, style in (*_decided(case, known, said), *_agreed(known, said)):
        for number, line in enumerate(wrapped(flat(text), max(20, width - LABEL - 2))):
            lines.append([(" " + cut("" if number else label, LABEL), DIM), (line, style)])
    lines.append([])
    lines += [
        [(" ! " + _("Nothing stands under: {name}").format(name=prompt.name), ALARM)]
        for prompt in known.file.unanswered
    ]
    if said["decided"] != STAYED:
        advice = filter(None, said["advice"].split("\n"))
        lines += warning_lines([*advice, *(one.text for one in known.brief.warnings)], width)
    key = case.keymap.shown("review.forward", "review")
    lines += [[], [(" " + _("{key} seals the review. After that only notes are added.").format(key=key), HEADING)]]
    return lines


def _decided(case: Case, known: Known, said: Mapping[str, str]) -> Iterator[tuple[str, str, Style]]:
    """What was decided, and what the move does: where to, and what ends with it."""
    for key in DECIDED:
        if said.get(key) and key != "ending":
            yield said[f"label:{key}"], said[key], BOLD if key == "decision" else PLAIN
    line = known.file.line
    if line.moved is not None and said["decided"] != END:
        yield "", _("the move itself was made already"), PLAIN
        return
    if said["decided"] in (*LEAVES, OVERLAP) and "to_phase" not in said:
        yield _("To"), f"{line.to_phase} {case.programme.phase(line.to_phase).name}", PLAIN
    if said["ends"]:
        names = (f"{number} {case.programme.phase(int(number)).name}" for number in said["ends"].split(","))
        yield _("Ends the same day"), ", ".join(names), PLAIN


def _agreed(known: Known, said: Mapping[str, str]) -> Iterator[tuple[str, str, Style]]:
    """Who took part, the tasks, and how much was written."""
    yield _("Who took part"), said.get("present", ""), PLAIN
    tasks = [number for number in range(1, TASKS + 1) if said.get(f"task_{number}", "").strip()]
    for number in tasks:
        rest = ", ".join(part for part in (said.get(f"owner_{number}", ""), said.get(f"due_{number}", "")) if part)
        label = _("Tasks") if number == tasks[0] else ""
        yield label, said[f"task_{number}"] + (f" ({rest})" if rest else ""), PLAIN
    written = sum(bool(answer.text.strip()) for answer in known.file.answers.values())
    asked = len(known.file.steps)
    told = n_("{count} of {all} prompt", "{count} of {all} prompts", asked).format(count=written, all=asked)
    yield _("Written"), told, PLAIN
