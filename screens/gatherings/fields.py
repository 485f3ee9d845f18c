"""Fields and words that the screens of the network share."""

from __future__ import annotations

from typing import Any

from config.errors import ExinError
from config.words import _
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import HIDDEN, LineField
from screens.frame.case import Case


class NumberField(LineField):
    """A whole number; empty is None."""

    def read(self) -> Any:
        text = super().read()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or len(text) > 6:
            raise ExinError(_("{field}: “{text}” is no whole number.").format(field=self.about.label, text=text))
        return int(text)


class NumberChoice(ChoiceField):
    """A choice of one of a few numbers, such as those of people or groups; none is None."""

    of_people = True

    def read(self) -> int | None:
        return int(self.written) if self.written else None


def called(case: Case, name: str, agency: str) -> str:
    """A name as it is shown: hidden with the names where it is a private person's, as in the register."""
    return HIDDEN if case.private and case.programme.agency(agency).named else name


def agency_name(case: Case, agency: str) -> str:
    """What an agency is called; a dash for none."""
    return str(case.programme.agency(agency).name) if agency else "–"
