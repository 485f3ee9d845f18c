"""The fields of a phase review: a text a prompt, what is decided, who took part, the tasks; and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar, Final

from msgspec import Struct
from textual.binding import Binding, BindingType

from config.dates import format_date
from config.errors import ExinError
from config.programme.method.reviews import BACK
from config.words import N_, _
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, PHASE_OUT
from models.phases.phases import PhaseSpan
from models.phases.release import UNKNOWN, ended_by
from models.plans.tasks import TEXT_LIMIT
from models.reviews import decision as review_decision
from models.reviews.brief import Known
from models.reviews.decision import AHEAD, ended_with
from models.reviews.reading import END, GO_BACK, LEAVES, MOVE, OVERLAP, STAYED, ReviewFile, Undone
from models.reviews.reviews import REASON_LIMIT
from models.team.forecast import MonthLoad
from models.team.staff import Colleague
from screens.forms.body import FormBody
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.release_fields import RELEASE, release_advice, release_fields, release_known
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.participant.form import StaffField
from screens.phases.fields import DAY_HINT, EndingField, PhaseField
from screens.widgets.line import ALARM, BOLD, PLAIN, Piece

REVIEW_FORM: Final = "review"
PROMPT: Final = "prompt_"
TASKS: Final = 6
DECIDED: Final = ("decision", "to_phase", "effective", *RELEASE, "ending", "next_review", "reason")
TASK: Final = ("task", "owner", "due")
AGREED: Final = ("present", *(f"{name}_{number}" for number in range(1, TASKS + 1) for name in TASK))
NEXT_HINT: Final = N_("E.g. +4w, 20.12 or Monday: when the team looks at it again.")


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
        Option(id, str(programme.choice("review_decision", id).name))
        for id in review_decision.decisions(file.transition)
    ]
    earlier = [phase for phase in programme.phases if phase.number < file.line.from_phase]
    return [
        ChoiceField(About("decision", _("Decision"), _("← → or Space for another.")), decided, empty=False),
        PhaseField(About("to_phase", _("Back to"), _("Type its number or use ← →.")), earlier),
        DateField(About("effective", _("From which day"), _(DAY_HINT)), case.clock, "past", ahead=_(AHEAD)),
        *release_fields(case),
        EndingField(),
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
            DateField(About(f"due_{number}", "   " + _("Due"), _("E.g. tomorrow, Friday, +1w or 24.11.")), case.clock,
                      "future"),
        ]  # fmt: skip
    return found


def offer(form: FormBody, team: Sequence[Colleague], lasting: Sequence[PhaseSpan], case: Case) -> None:
    """Let the fields offer the colleagues there are and the phases that last; to a reader they are there to read."""
    colleagues = named(one for one in team if one.works)
    for field in form.fields:
        if not case.store.actor.may_write:
            field.only_read()
        if isinstance(field, StaffField):
            field.offer(colleagues)
        elif isinstance(field, EndingField):
            field.offer_phases(case, lasting)


class Decision(Struct, frozen=True):
    """What stands in a form as the decision: which fields it asks for, what ends with it, what it is warned of."""

    page: FormScreen
    known: Known

    @property
    def id(self) -> str:
        """The decision itself, by its id."""
        return self.page.field("decision").written

    @property
    def moves(self) -> bool:
        """Whether it is anything but to stay."""
        return self.id != STAYED

    @property
    def asked(self) -> set[str]:
        """Which fields it asks for; never what is known already."""
        line, transition, id = self.known.file.line, self.known.file.transition, self.id
        asked = {"decision", "reason"}
        if id != END:
            asked.add("next_review")
        if id == MOVE and (transition.from_phase, transition.to_phase) == (BEFORE_RELEASE, AFTER_RELEASE):
            asked.update(RELEASE)
        if id == STAYED or line.moved is not None:
            return asked
        asked.add("effective")
        if id in (GO_BACK, OVERLAP) and transition.id == BACK:
            asked.add("to_phase")
        # Of what ends anyway on the way out of prison there is nothing to choose.
        lasting = self.known.lasting
        over = ended_by(transition.to_phase, (span.phase for span in lasting))
        if id in LEAVES and len(lasting) > 1 and len(over) < len(lasting):
            asked.add("ending")
        return asked

    @property
    def agreed(self) -> set[str]:
        """The fields of who took part and of the tasks, one more than there are."""
        filled = sum(bool(self.page.field(key).written) for key in AGREED if key.startswith("task_"))
        return {key for key in AGREED if "_" not in key or int(key[-1]) <= filled + 1}

    def shown(self, key: str) -> str:
        """What stands in a field, as it is shown; nothing where the decision does not ask for it."""
        if key in DECIDED and key not in self.asked:
            return ""
        field = self.page.field(key)
        return field.shown if isinstance(field, ChoiceField) and field.written else field.written

    @property
    def reached(self) -> int:
        """The phase that begins with it, 0 where none does: to stay, or a move that was made before."""
        line, id = self.known.file.line, self.id
        if id == STAYED or (line.moved is not None and id != END):
            return 0
        chosen = self.page.field("to_phase").read() if "to_phase" in self.asked else None
        return PHASE_OUT if id == END else chosen or line.to_phase

    @property
    def ends(self) -> tuple[int, ...]:
        """The phases that end with it, unless the move was made before."""
        if not (reached := self.reached):
            return ()
        named = self.page.field("ending").read() if "ending" in self.asked else ()
        lasting = tuple(span.phase for span in self.known.lasting)
        return ended_with(self.id, self.known.file.line.from_phase, reached, lasting, named)

    @property
    def loads(self) -> tuple[Sequence[MonthLoad], Sequence[MonthLoad]]:
        """What the worker carries without it and with it; a move that was made already changes nothing."""
        outlook, now = self.known.outlook, self.known.outlook.months()
        if not (reached := self.reached):
            return now, now
        return now, outlook.months(frozenset({*(span.phase for span in self.known.lasting), reached} - {*self.ends}))

    @property
    def warned(self) -> list[str]:
        """What a move is warned of, and what the day of a release that is yet to be made brings with it."""
        if not self.moves:
            return []
        advice: list[str] = []
        if self.known.releases and self.id == MOVE:
            with suppress(ExinError):
                day = self.page.field("effective").read() or self.page.case.today
                advice = release_advice(day, self.known.record["release_date"])
        return [*advice, *(one.text for one in self.known.brief.warnings)]


def planned(values: dict[str, Any]) -> list[tuple[str, int | None, date | None]]:
    """The tasks among the values: those that say what is to be done."""
    return [
        (str(values[f"task_{number}"]), values[f"owner_{number}"], values[f"due_{number}"])
        for number in range(1, TASKS + 1)
        if str(values[f"task_{number}"]).strip()
    ]


def first_texts(known: Known, actor: str) -> dict[str, str]:
    """What a review's fields begin with; whoever is at the keyboard, `actor`, took part, and whoever has written."""
    line, answers = known.file.line, known.file.answers
    wrote = {answer.written_by for answer in answers.values()}
    names = [one.name for one in known.team if one.initials in wrote]
    return {
        **{prompt_key(id): answer.text for id, answer in answers.items()},
        **release_known(known.record),
        "decision": review_decision.decisions(known.file.transition)[0],
        "to_phase": str(line.to_phase),
        "ending": str(line.from_phase) if any(span.phase == line.from_phase for span in known.lasting) else "",
        "present": ", ".join(dict.fromkeys([actor, *names])),
        **(_decided_before(known.undone) if known.undone is not None else {}),
    }


def _decided_before(undone: Undone) -> dict[str, str]:
    """What stood in the fields when the review was sealed, as far as anything did."""
    told = {
        **{
            key: getattr(undone, key)
            for key in ("decision", "to_phase", "effective", "next_review", "reason", "present")
        },
        "release_kind": undone.release.kind,
        "stays": undone.release.stays if undone.release.stays != UNKNOWN else "",
        "ending": ",".join(str(phase) for phase in undone.ending),
    }
    for number, task in enumerate(undone.tasks[:TASKS], 1):
        told |= {f"{name}_{number}": value for name, value in zip(TASK, task, strict=True)}
    return {key: format_date(value) if isinstance(value, date) else str(value) for key, value in told.items() if value}
