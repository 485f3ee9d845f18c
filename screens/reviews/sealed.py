"""A sealed phase review: to read, to print, and to add dated notes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.words import N_, _, n_
from models.paper import review as review_paper
from models.paper.document import Document
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.reviews.reading import ReviewFile
from models.storage import drafts
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.paper.document import DocumentScreen
from screens.reviews.fields import PROMPT, REVIEW_FORM
from screens.widgets.line import BOLD, DIM, HEADING, Piece
from screens.widgets.lines import Lines

NOTE_FORM = "review_note"


class SealedReviewScreen(DocumentScreen):
    """Reads one sealed review; nothing in it changes any more."""

    SCOPE = "review_read"
    HELP: ClassVar[str] = N_(
        "A phase review that was sealed: what was known then, what was said, what was decided, and what came of "
        "it. Nothing in it changes any more; what is learnt later is added as a note with its own date and name. "
        "Printing makes a PDF file where you say; that file is not encrypted."
    )

    def __init__(self, case: Case, file: ReviewFile) -> None:
        super().__init__(case)
        self._file = file

    @property
    def looked_at(self) -> int | None:
        return self._file.line.participant

    async def read(self) -> Document:
        review = self._file.line.id
        self._file, document = await self.case.store.ask(
            lambda reading: (review_reading.file_of(reading, review), review_paper.review(reading, review))
        )
        return document

    async def to_print(self) -> Document:
        # Exactly what was read before it was asked where to write it.
        return self.document or await self.read()

    def called(self) -> tuple[str, str]:
        return str(self._file.name), self.case.called(self._file.code, self._file.person)

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self._file.code}"

    def trace(self) -> str:
        return f"paper.write review {self._file.code}"

    def veiled(self) -> str:
        return _("Names are hidden; the review shows them.") if self.case.private else ""

    async def show(self, *, first: bool) -> None:
        await super().show(first=first)
        name, who = self.called()
        count = len(self._file.notes)
        state = _("sealed")
        if count:
            added = n_("sealed; {count} note added since", "sealed; {count} notes added since", count)
            state = added.format(count=count)
        self.query_one("#paper-head", Lines).show([
            [(" " + _("Phase review · {who}").format(who=who), HEADING), (f"  {name}", BOLD)],
            [(f" {state}", DIM)],
        ])  # fmt: skip

    async def action_note(self) -> None:
        """Add a note."""
        note = await self.ask(ReviewNoteForm(self.case, self._file.line.id))
        if note is not None:
            await self.catch_up()
            self.action_last()
            self.say(_("The note is added."))


class ReviewNoteForm(FormScreen):
    """Adds a note to a sealed review; the result is the note's id."""

    HELP: ClassVar[str] = N_(
        "A note to a review that is sealed: it stands below the review with today's date and your name, and in the "
        "timeline. It cannot be changed afterwards."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            NOTE_FORM,
            N_("Note on a review"),
            lambda case, whom, kept: ReviewNoteForm(case, kept.subject),
            whose(lambda reading, review: review_reading.file_of(reading, review).line.participant),
        ),
    )

    def __init__(self, case: Case, review: int) -> None:
        super().__init__(case, review)
        self.form_name = NOTE_FORM
        self.participant = 0

    def fields(self) -> list[FormField]:
        return [TextBox(About("text", _("Note"), _("What was learnt since, or what should have been there.")))]

    async def load(self) -> Mapping[str, str]:
        """What was left unsaved in the review when a colleague sealed it is offered as a note."""
        file = await self.case.store.ask(review_reading.file_of, self.subject)
        self.participant = file.line.participant
        left = await self.case.store.ask(drafts.kept, REVIEW_FORM, self.subject)
        texts = [text.strip() for one in left for key, text in one.fields.items() if key.startswith(PROMPT)]
        return {"text": "\n\n".join(text for text in texts if text)}

    def heading(self) -> list[Piece]:
        return [(_("Note on the phase review · {who}").format(who=self.called), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        note = await self.case.store.change(reviews.add_note, self.subject, str(values["text"]))
        await self.case.store.note(drafts.drop, REVIEW_FORM, self.subject)
        return note
