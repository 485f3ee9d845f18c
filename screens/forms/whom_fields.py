"""Agency, role and person in a form: the roles follow the agency, and the persons known there are suggested."""

from __future__ import annotations

from collections.abc import Sequence

from textual.suggester import SuggestFromList

from config.programme.shapes import Programme
from config.words import _
from screens.forms.choice_field import ChoiceField, Option
from screens.forms.line_fields import About, LineField


class AgencyField(ChoiceField):
    """A choice of one agency."""

    def __init__(self, about: About, programme: Programme) -> None:
        super().__init__(about, [Option(agency.id, str(agency.name)) for agency in programme.agencies], empty=False)

    @property
    def hint(self) -> str:
        return _("← → or the first letter: {count} agencies.").format(count=len(self.options))


class RoleField(ChoiceField):
    """A choice of one role of the agency that is chosen beside it; with `empty`, of none."""

    def __init__(self, about: About, programme: Programme, *, empty: bool = False) -> None:
        super().__init__(about, empty=empty)
        self.programme = programme

    def follow(self, agency: str) -> None:
        """Offer the roles of `agency`; a role of another one gives way to the first."""
        roles = self.programme.agency(agency).roles
        known = {role.id for role in roles}
        if self.written not in known and (self.written or not self.empty):
            self.put("" if self.empty or not roles else roles[0].id)
        self.offer([Option(role.id, str(role.name)) for role in roles])


class PersonField(LineField):
    """A person's name, with the names known in the agency as suggestions."""

    def offer(self, names: Sequence[str]) -> None:
        """Suggest these names."""
        self.suggester = SuggestFromList(list(names), case_sensitive=False) if names else None
