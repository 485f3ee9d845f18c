"""The fields of a move between phases: which one begins, and what ends with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from config.programme.shapes import Phase
from config.words import N_, _
from models.phases.phases import PhaseSpan
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import About
from screens.frame.case import Case
from screens.frame.chooser import Option

DAY_HINT: Final = N_("E.g. 22.11, today, yesterday or Monday; not in the future.")


class PhaseField(ChoiceField):
    """A choice of a phase; the value is its number, or None."""

    def __init__(self, about: About, phases: Iterable[Phase]) -> None:
        options = [Option(str(one.number), f"{one.number} {one.name}", str(one.number)) for one in phases]
        super().__init__(about, options, empty=False)

    def read(self) -> int | None:
        return int(self.written) if self.written else None


class EndingField(ChoiceField):
    """Which of the phases that last end the same day: one, or all of several; the value is their numbers."""

    def __init__(self) -> None:
        super().__init__(About("ending", _("Ends the same day"), _("← → or Space: what ends when this begins.")))

    def offer_phases(self, case: Case, lasting: Sequence[PhaseSpan]) -> None:
        """Let these phases be chosen from."""
        options = [Option(str(one.phase), f"{one.phase} {case.programme.phase(one.phase).name}") for one in lasting]
        if len(lasting) > 1:
            together = ",".join(str(one.phase) for one in lasting)
            options.append(Option(together, _("all of them ({numbers})").format(numbers=together)))
        self.offer(options)

    def read(self) -> tuple[int, ...]:
        return tuple(int(number) for number in self.written.split(",") if number)
