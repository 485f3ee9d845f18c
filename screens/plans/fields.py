"""Fields that forms about what is to come have in common: repeating, yes or no, an end, and who is met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from textual.suggester import SuggestFromList

from config.date_parser import read_clock
from config.dates import parse_minutes
from config.programme.labels import Choice, Words
from config.programme.shapes import Programme
from config.words import _
from models.plans import repeats
from models.plans.appointments import Companion
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import DATE_WIDTH, About, LineField, SuggestField
from screens.frame.chooser import Option


class YesField(ChoiceField):
    """Yes or no; the value is a bool."""

    def __init__(self, about: About) -> None:
        super().__init__(about, [Option("", _("no"), "n"), Option("1", _("yes"), "y")], empty=False)

    def read(self) -> bool:
        return self.written == "1"


class RepeatField(ChoiceField):
    """How something comes again; a rule from elsewhere stays as it is until another is chosen."""

    def __init__(self, about: About) -> None:
        super().__init__(about, [Option(choice, _(name)) for choice, name in repeats.CHOICES.items()])


class UntilField(LineField):
    """When something ends, or how long it takes: a clock time is answered as such, anything else as minutes."""

    def __init__(self, about: About) -> None:
        super().__init__(about, select=True)
        self.styles.width = DATE_WIDTH

    def read(self) -> time | int | None:
        plain = " ".join(self.value.lower().split())
        if not plain:
            return None
        clock = read_clock(plain) if ":" in plain or "." in plain or plain.startswith(("kl", "at ")) else None
        return parse_minutes(plain) if clock is None else clock


class CompanionField(SuggestField):
    """Whom one meets: anything may be written, and the contact persons of the case are suggested."""

    def __init__(self, about: About) -> None:
        super().__init__(about, ())

    def offer(self, companions: Sequence[Companion]) -> None:
        """Suggest these."""
        self.choices = tuple(Choice(str(one.contact), Words(one.name, one.name)) for one in companions)
        names = [one.name for one in companions]
        self.suggester = SuggestFromList(names, case_sensitive=False) if names else None

    def named(self, value: Any) -> tuple[str, int | None]:
        """What `read` answered, and the contact person where it is one that was suggested."""
        known = next((choice for choice in self.choices if str(choice.name) == value), None)
        return str(value), None if known is None else int(known.id)


class AgencyField(SuggestField):
    """An agency of the programme, which is answered by its id, or any other as it is written."""

    def __init__(self, about: About, programme: Programme) -> None:
        super().__init__(about, tuple(Choice(agency.id, agency.name) for agency in programme.agencies))

    def read(self) -> str:
        written = str(super().read())
        return next((choice.id for choice in self.choices if str(choice.name) == written), written)
