"""What forms about what is to come have in common, and their fields: repeating, who is met, which agency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

from config.programme.labels import Choice, Words
from config.programme.shapes import Programme
from config.words import _
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.plans import repeats
from models.plans.appointments import Companion
from models.storage.reading import Reading
from models.team.staff import Colleague
from screens.forms.choice_field import ChoiceField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About
from screens.forms.reading import ReadableForm
from screens.forms.suggest_fields import ListedField
from screens.frame.case import Case
from screens.frame.chooser import Option
from screens.participant.form import StaffField
from screens.widgets.line import HEADING, Piece

FOLLOWING: Final = "following"


def drafts(
    name: str, new: str, changed: str, made: Callable[[Case, int, int | None], FormScreen],
    one: Callable[[Reading, int], Any],
) -> tuple[DraftKind, DraftKind]:  # fmt: skip
    """How a form for a new one and one for changing it are kept, each under its title; the latter is `one`'s."""
    return (
        DraftKind(name, new, lambda case, whom, kept: made(case, whom.participant, None)),
        DraftKind(
            f"{name}_change", changed, lambda case, whom, kept: made(case, whom.participant, kept.subject),
            whose(lambda reading, number: one(reading, number).participant),
        ),
    )  # fmt: skip


class PlanForm(ReadableForm, abstract=True):
    """A new record of one kind, or the record `number`; `participant` is None for the team's; the result is its id.

    A subclass says under which `NAME` it is kept, what its fields are called, and what of `models` it calls.
    """

    NAME: ClassVar[str]
    TITLES: ClassVar[tuple[str, str]]
    """Above a new one and above one that is there (msgids), of `who`."""
    LABELS: ClassVar[Mapping[str, str]]
    CALLS: ClassVar[tuple[Callable[[Reading, int], Any], Callable[..., int], Callable[..., int]]]
    """What answers one, what enters one, and what changes one."""

    def __init__(self, case: Case, participant: int, number: int | None = None) -> None:
        super().__init__(case, participant if number is None else number)
        self.form_name = self.NAME if number is None else f"{self.NAME}_change"
        self.participant: int | None = participant
        self.number = number
        self._file: ParticipantFile | None = None

    def about(self, key: str, hint: str = "", heading: str = "", *, personal: bool = False) -> About:
        """What one of the fields is."""
        return About(key, _(self.LABELS[key]), hint, heading, personal)

    def offer_team(self, key: str, team: Sequence[Colleague], *chosen: int | None) -> None:
        """Let one who is active be chosen, or who was."""
        field = self.field(key)
        assert isinstance(field, StaffField)
        field.offer_team(team, *chosen)

    def texts_of(self, record: object) -> dict[str, str]:
        fields = [field for field in self.form.fields if field.about.key != FOLLOWING]
        return {field.about.key: field.show(getattr(record, field.about.key)) for field in fields}

    def ask_what_moves(self, time: str, repeats: str) -> None:
        """Offer the choice of `FollowingField` while another time stands in `time`, and what it repeats by is kept."""
        field, known = self.field(FOLLOWING), self.number is not None and bool(self.base.get(repeats))
        moved, kept = (self.field(key).written == self.base.get(key) for key in (time, repeats))
        field.display = known and kept and not moved

    def known(self, reading: Reading) -> tuple[ParticipantFile | None, Any | None]:
        """Whom it is for, None for the team, and what is there already."""
        return (
            None if self.participant is None else participants.file_of(reading, self.participant),
            None if self.number is None else self.CALLS[0](reading, self.number),
        )

    def texts_with(self, found: Any, **otherwise: str) -> dict[str, str]:
        """What is there as the fields show it, but for what is written `otherwise`."""
        self.version = found.version
        return self.texts_of(found) | otherwise

    def heading(self) -> list[Piece]:
        who = _("the team") if self._file is None else self.case.called(self._file.code, self._file.name)
        return [(_(self.TITLES[self.number is not None]).format(who=who), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        _one, add, change = self.CALLS
        if self.number is None:
            return await self.case.store.change(add, self.participant, values)
        more = {FOLLOWING: True} if values.pop(FOLLOWING, False) else {}
        await self.case.store.change(change, self.number, version or 0, values, **more)
        return self.number


class YesField(ChoiceField):
    """Yes or no; the value is a bool."""

    def __init__(self, about: About) -> None:
        super().__init__(about, [Option("", _("no"), "n"), Option("1", _("yes"), "y")], empty=False)

    def show(self, stored: bool) -> str:
        return "1" if stored else ""

    def read(self) -> bool:
        return self.written == "1"


class RepeatField(ChoiceField):
    """How something comes again; a rule from elsewhere stays as it is until another is chosen."""

    def __init__(self, about: About) -> None:
        super().__init__(about, [Option(choice, _(name)) for choice, name in repeats.CHOICES.items()])


class FollowingField(ChoiceField):
    """Whether another time is for this one alone, or for those that follow too; the value is a bool."""

    def __init__(self) -> None:
        options = [Option("", _("this one alone"), "t"), Option("1", _("this and those that follow"), "f")]
        super().__init__(About(FOLLOWING, _("Moves")), options, empty=False)

    def read(self) -> bool:
        return self.written == "1"


class CompanionField(ListedField):
    """Whom one meets: anything may be written, and the contact persons of the case are suggested."""

    people = True

    def __init__(self, about: About) -> None:
        super().__init__(about, ())

    def offer_companions(self, companions: Sequence[Companion]) -> None:
        """Suggest these."""
        self.offer(tuple(Choice(str(one.contact), Words(one.name, one.name)) for one in companions))

    def named(self, value: Any) -> tuple[str, int | None]:
        """What `read` answered, and the contact person where it is one that was suggested."""
        known = next((choice for choice in self.choices if str(choice.name) == value), None)
        return str(value), None if known is None else int(known.id)


class AgencyField(ListedField):
    """An agency of the programme, which is answered by its id, or any other as it is written."""

    def __init__(self, about: About, programme: Programme) -> None:
        super().__init__(about, tuple(Choice(agency.id, agency.name) for agency in programme.agencies))

    def read(self) -> str:
        written = str(super().read())
        return next((choice.id for choice in self.choices if str(choice.name) == written), written)
