"""Recording what happened, in a few keys, and correcting what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from config.dates import format_moment
from config.words import N_, _
from models import participants, timeline
from models.audit import FormerVersion
from models.drafts import KeptForm
from models.reading import Reading
from models.timeline import TimelineEntry
from screens.case import Case
from screens.form import FormScreen
from screens.widgets.form import FormLines
from screens.widgets.form_choice import ChoiceField, Option
from screens.widgets.form_fields import About, FormField, LineField, MinutesField, MomentField
from screens.widgets.form_text import TextBox
from screens.widgets.kind_list import KindList
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat, strip, wrapped
from screens.widgets.timeline_list import words_of


class RecordForm(FormScreen):
    """A new entry, which begins with its kind, or the correction of `entry`; the result is the entry's id.

    A new one costs few keys: the kind's letter, the minutes, Enter, the text, save.
    """

    FORM = "record"
    HELP: ClassVar[str] = N_(
        "What happened. First its kind, by letter; then the minutes, Enter, and the text. The rest can be left as it "
        "is. A topic for later stays with the participant until it is taken up. What is corrected keeps its former text."
    )

    def __init__(self, case: Case, participant: int, *, entry: int | None = None, title: str = "") -> None:
        self.participant = participant
        self.entry = entry
        self.title_text = title
        self.kinds = KindList([kind for kind in case.programme.kinds if not kind.system])
        self._former = FormerVersions()
        self._name = ""
        self._risk = ""
        self._read_only = ""
        self._opened_at = case.clock.seconds()
        self._shown_kind = ""
        super().__init__(case, participant if entry is None else entry)
        if entry is not None:
            self.form_name = "correction"

    # ------------------------------------------------------------------ the form

    def fields(self) -> list[FormField]:
        """In the order in which they are filled in; those often left empty come last."""
        names = timeline.FIELDS
        kinds = [Option(kind.id, str(kind.name), kind.key) for kind in self.kinds.kinds]
        outcomes = [Option(choice.id, str(choice.name)) for choice in self.case_of.programme.choices["outcome"]]
        return [
            ChoiceField(About("kind", _(names["kind"]), _("A letter chooses, ← → go through the kinds.")), kinds, empty=False),
            MomentField(
                About("at", _(names["at"]), _("As in 14:30, yesterday 9, 22.11 14:30 or only a date.")),
                self.case_of.clock,
                "past",
            ),
            ChoiceField(About("outcome", _(names["outcome"])), outcomes, empty=False),
            MinutesField(About("minutes", _(names["minutes"]), _("As in 10, 90, 1h30 or 1:30; Enter goes on to the text."))),
            TextBox(About("text", _(names["text"]), _("What happened, in your own words. Tab leaves the text."))),
            LineField(About("with_whom", _(names["with_whom"]), _("Others who were there."))),
            LineField(About("place", _(names["place"]), _("Where it was."))),
            LineField(
                About("topic", _(names["topic"]), _("Something to bring up when the time is right; it stays in sight.")),
                limit=500,
            ),
        ]

    def tail(self) -> list[Widget]:
        return [self._former]

    def body(self) -> ComposeResult:
        self.form.display = False
        for widget in super().body():
            yield widget
            if isinstance(widget, FormLines) and widget.id == "form-head":
                yield self.kinds

    async def load(self) -> Mapping[str, str]:
        found = await self.case.store.ask(_about, self.participant, self.entry)
        self.file, self._entry, former = found
        if self._entry is None:
            return {"at": format_moment(self.case.clock.local(self._opened_at))}
        self.version = self._entry.version
        kind = self.case.programme.kind(self._entry.kind)
        if kind.system:
            self._read_only = _("The program wrote this line; change the thing it tells of instead.")
        self._former.show(former, self._former_lines)
        return _texts(self._entry, self.case)
