"""The fields of a phase review: a text a prompt, what is decided, who took part, and the tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType

from config.words import N_, _
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE
from models.phases.phases import PhaseSpan
from models.phases.release import ended_by
from models.plans.tasks import TEXT_LIMIT
from models.reviews import checks as review_checks
from models.reviews.reading import END, GO_BACK, LEAVES, MOVE, OVERLAP, STAYED, ReviewFile
from models.reviews.reviews import REASON_LIMIT
from models.team.staff import Colleague
from screens.forms.body import FormBody
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import About, DateField, FormField, LineField
from screens.forms.release_fields import RELEASE, release_fields
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.widgets.line import ALARM, BOLD, PLAIN, Piece

REVIEW_FORM: Final = "review"
PROMPT: Final = "prompt_"
BACK: Final = "back"
TASKS: Final = 6
DECIDED: Final = ("decision", "to_phase", "effective", *RELEASE, "ending", "next_review", "reason")
AGREED: Final = (
    "present",
    *(f"{name}_{number}" for number in range(1, TASKS + 1) for name in ("task", "owner", "due")),
)
PAST_HINT: Final = N_("As in 22.11, today, yesterday or Monday; not in the future.")
NEXT_HINT: Final = N_("As in +4w, 20.12 or Monday: when the team looks at it again.")


class PromptBox(TextBox, inherit_bindings=False):
    """The text of one prompt, over the whole width; the pages are the steps of the review."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextBox.BINDINGS
        if isinstance(binding, Binding) and binding.key not in ("pageup", "pagedown")
    ]  # fmt: skip


class ReviewBody(FormBody):
    """A form's body in which a prompt's text has no label beside it: its question stands above."""

    def __init__(self, fields: Sequence[FormField]) -> None:
        super().__init__(fields)
        for field in fields:
            if isinstance(field, PromptBox):
                field.styles.margin = (0, 0, 0, 2)

    def _label(self, field: FormField) -> list[Piece]:
        if isinstance(field, PromptBox):
            mark = "▌" if field.has_focus else "!" if field.error else " "
            return [(mark, ALARM if field.error else BOLD if field.has_focus else PLAIN)]
        return super()._label(field)


class NumberField(ChoiceField):
    """A choice of a phase; the value is its number, or None."""

    def read(self) -> int | None:
        return int(self.written) if self.written else None


def prompt_key(prompt: str) -> str:
    """What the field of a prompt is called."""
    return PROMPT + prompt


def all_fields(case: Case, file: ReviewFile) -> list[FormField]:
    """Every field of the review, in the order of its steps."""
    found: list[FormField] = [
        PromptBox(About(prompt_key(prompt.id), str(prompt.name), _("Write what is said; it is saved when you go on.")))
        for prompt in file.steps
    ]
    return [*found, *_decision(case, file), *_agreed(case)]


def _decision(case: Case, file: ReviewFile) -> list[FormField]:
    programme = case.programme
    decided = [
        Option(id, str(programme.choice("review_decision", id).name)) for id in review_checks.decisions(file.transition)
    ]
    earlier = [
        Option(str(phase.number), f"{phase.number} {phase.name}", str(phase.number))
        for phase in programme.phases
        if phase.number < file.line.from_phase
    ]
    return [
        ChoiceField(About("decision", _("Decision"), _("← → or Space for another.")), decided, empty=False),
        NumberField(About("to_phase", _("Back to"), _("Its number, or ← →.")), earlier, empty=False),
        DateField(About("effective", _("From which day"), _(PAST_HINT)), case.clock, "past"),
        *release_fields(case),
        ChoiceField(About("ending", _("Ends the same day"), _("← → or Space: what ends when this begins."))),
        DateField(About("next_review", _("Next review"), _(NEXT_HINT)), case.clock, "future"),
        TextBox(About("reason", _("Reason"), _("Why this; and why in spite of the warnings. Kept with the review.")),
                limit=REASON_LIMIT),
    ]  # fmt: skip


def _agreed(case: Case) -> list[FormField]:
    found: list[FormField] = [
        LineField(About("present", _("Who took part"), _("Everybody who was in on it, the participant too.")),
                  limit=REASON_LIMIT)
    ]  # fmt: skip
    for number in range(1, TASKS + 1):
        heading = _("Tasks that were agreed") if number == 1 else ""
        found += [
            LineField(About(f"task_{number}", _("{number}. What").format(number=number),
                            _("What is to be done; leave it empty when there is no more."), heading), limit=TEXT_LIMIT),
            StaffField(About(f"owner_{number}", "   " + _("Who"), _("← → or a letter: who sees to it."))),
            DateField(About(f"due_{number}", "   " + _("Due"), _("As in tomorrow, Friday, +1w or 24.11.")), case.clock,
                      "future"),
        ]  # fmt: skip
    return found


def decision_shown(file: ReviewFile, decision: str, lasting: Sequence[PhaseSpan]) -> set[str]:
    """Which fields a decision asks for; never what is known already."""
    shown = {"decision", "reason"}
    if decision != END:
        shown.add("next_review")
    if decision == MOVE and (file.transition.from_phase, file.transition.to_phase) == (BEFORE_RELEASE, AFTER_RELEASE):
        shown.update(RELEASE)
    if decision == STAYED or file.line.moved is not None:
        return shown
    shown.add("effective")
    if decision in (GO_BACK, OVERLAP) and file.transition.id == BACK:
        shown.add("to_phase")
    # Of what ends anyway on the way out of prison there is nothing to choose.
    over = ended_by(file.transition.to_phase, (span.phase for span in lasting))
    if decision in LEAVES and len(lasting) > 1 and len(over) < len(lasting):
        shown.add("ending")
    return shown


def offer(form: FormBody, team: Sequence[Colleague], lasting: Sequence[PhaseSpan], case: Case) -> None:
    """Let the fields offer the colleagues there are and the phases that last; to a reader they are there to read."""
    colleagues = [Option(str(one.id), one.name) for one in team if one.active and one.role != "reader"]
    for field in form.fields:
        if not case.store.actor.may_write:
            field.only_read()
        if isinstance(field, StaffField):
            field.offer(colleagues)
        elif isinstance(field, ChoiceField) and field.about.key == "ending":
            named = [Option(str(one.phase), f"{one.phase} {case.programme.phase(one.phase).name}") for one in lasting]
            together = ",".join(str(one.phase) for one in lasting)
            field.offer([*named, Option(together, _("all of them ({numbers})").format(numbers=together))])


def numbers(chosen: str) -> tuple[int, ...]:
    """The phases that a choice of what ends with the move stands for."""
    return tuple(int(number) for number in chosen.split(",") if number)


def planned(values: dict[str, Any]) -> list[tuple[str, int | None, date | None]]:
    """The tasks among the values: those that say what is to be done."""
    return [
        (str(values[f"task_{number}"]), values[f"owner_{number}"], values[f"due_{number}"])
        for number in range(1, TASKS + 1)
        if str(values[f"task_{number}"]).strip()
    ]
