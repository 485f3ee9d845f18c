"""Recording one event with each of several participants: a shared meal, a visit that met more than one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_moment
from config.words import N_, _, n_
from models import timeline
from models.participants import participants
from models.storage.reading import Reading
from models.values.text import fold
from screens.forms.draft_keeper import DraftKind
from screens.frame.case import Case
from screens.participant.kind_list import KindList
from screens.participant.record_form import RecordForm
from screens.widgets.line import BOLD, HEADING, WARN, Piece

EACH: Final = "record_each"
LEAST_NAME: Final = 3
"""Shorter names are words of every text."""


class RecordEachForm(RecordForm):
    """A new entry with each of `people`; the result is how many were written."""

    HELP: ClassVar[str] = N_(
        "One event with each of those named above. The same entry is written on every one's own timeline, with all of "
        "them or with nobody, and one undo takes all of them back. Whoever reads one file reads that text: name none "
        "of the others in it."
    )

    SHARES: ClassVar[bool] = False

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            EACH, N_("New entry with several"), lambda case, whom, kept: RecordEachForm(case, people_of(kept.form))
        ),
    )

    def __init__(self, case: Case, people: tuple[int, ...]) -> None:
        super().__init__(case, 0)
        # Under whom and with whom it is kept: another choice of people is another unfinished form.
        self.subject = people[0] if people else 0
        self.form_name = f"{EACH}:{','.join(map(str, people))}"
        self.keeper.several = False
        self.people = people
        self._names: Mapping[int, tuple[str, str]] = {}
        # A talk of the intake is one person's own, in a form of its own.
        self.kinds = KindList([kind for kind in self.kinds.kinds if not kind.form], case.programme.quick)

    async def load(self) -> Mapping[str, str]:
        self._names = await self.case.store.ask(_names_of, self.people)
        if not self._names:
            raise timeline.EntryError(_("None of them is here any more."))
        return {"at": format_moment(self.case.clock.local(self._opened_at))}

    @property
    def whom(self) -> str:
        count = len(self._names)
        return n_("{count} participant", "{count} participants", count).format(count=count)

    def _called(self) -> dict[int, str]:
        return {number: self.case.called(code, name) for number, (code, name) in self._names.items()}

    def heading(self) -> list[Piece]:
        lines: list[Piece] = [(_("Record with {who}").format(who=self.whom), HEADING)]
        lines.append((", ".join(self._called().values()), BOLD))
        if missing := len(self.people) - len(self._names):
            told = n_(
                "{count} of those marked is gone or restricted, and left out.",
                "{count} of those marked are gone or restricted, and left out.",
                missing,
            )
            lines.append((told.format(count=missing), WARN))
        return lines

    def warnings(self) -> Sequence[str]:
        """Whom the text names: it will stand in the files of the others."""
        if self.choosing:
            return ()
        words = set(fold(" ".join(self.field(key).written for key in ("text", "topic"))).split())
        named = [
            self.case.called(code, name)
            for code, name in self._names.values()
            if any(part in words for part in fold(name).split() if len(part) >= LEAST_NAME)
        ]
        if not named:
            return ()
        told = _("The text names {names}: it stands in the files of all of them.")
        return (told.format(names=", ".join(named)),)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if self.field("at").written == self.base["at"]:
            values = {**values, "at": self._opened_at}
        count = await self.case.store.change(timeline.record_each, self._called(), values)
        told = _("Recorded with {who}. {key} to undo.")
        self.say_below(told.format(who=self.whom, key=self.case.keymap.shown("app.undo")))
        return count


def people_of(form: str) -> tuple[int, ...]:
    """With whom an unfinished form was begun."""
    return tuple(int(number) for number in form.partition(":")[2].split(",") if number.isdecimal())


def _names_of(reading: Reading, people: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and name of those who are there, by number."""
    found = {}
    for number in people:
        if reading.value("SELECT 1 FROM participant WHERE id = ?", [number]):
            file = participants.file_of(reading, number)
            found[number] = (file.code, file.name)
    return found
