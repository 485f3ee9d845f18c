"""The form in which a colleague says why they looked at a participant's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.dates import format_moment
from config.errors import ExinError
from config.words import N_, _
from models.access import questions, unusual
from models.access.questions import ANSWER_LIMIT, FIELDS
from models.access.unusual import Question
from models.roles.rights import Right
from models.storage.reading import Reading
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.widgets.line import DIM, HEADING, Piece


def _about(reading: Reading, question: int) -> int | None:
    found = unusual.one(reading, question)
    if found is None:
        raise ExinError(_("This question is not there any more."))
    return found.participant


class AnswerForm(FormScreen):
    """Answers one question; the result is its id. It is about one's own reading, and no look at the file."""

    HELP: ClassVar[str] = N_(
        "A leader has asked why you looked at this participant's file. A sentence is enough, such as that you took the "
        "phone for a colleague. The leader reads it and closes the question. It cannot be changed afterwards."
    )

    TAKES = Right.OWN
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "visit_answer", N_("Why you looked"), lambda case, whom, kept: AnswerForm(case, kept.subject), whose(_about)
        ),
    )

    def __init__(self, case: Case, question: int) -> None:
        super().__init__(case, question)
        self.form_name = "visit_answer"
        self._question: Question | None = None
        self._moments: tuple[int, ...] = ()

    def fields(self) -> list[FormField]:
        hint = _("In a sentence: what you needed to know, and for what.")
        return [TextBox(About("answer", _(FIELDS["answer"]), hint), limit=ANSWER_LIMIT)]

    async def load(self) -> Mapping[str, str]:
        found = await self.case.store.ask(unusual.one, self.subject)
        if found is None:
            raise ExinError(_("This question is not there any more."))
        self._question, self._moments = found, tuple(await self.case.store.ask(unusual.moments, found))
        return {}

    def heading(self) -> list[Piece]:
        asked = self._question
        if asked is None:
            return []
        who = self.case.called(asked.code, asked.participant_name)
        clock = self.case.clock
        when = ", ".join(format_moment(clock.local(at)) for at in self._moments[:3])
        return [
            (_("Why did you look? · {who}").format(who=who), HEADING),
            (_("{who} asks about: {when}").format(who=asked.asked_by or "–", when=when), DIM),
        ]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        seen = self._question.version if self._question else 0
        return await self.case.store.change(questions.answer, self.subject, seen, str(values["answer"]))
