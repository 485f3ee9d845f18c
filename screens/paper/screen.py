"""What can be printed about a participant: shown as text first, then written as a PDF where the person says."""

from __future__ import annotations

from typing import ClassVar

from config.words import N_, _
from models.paper import documents
from models.paper.document import Document
from models.participants import participants
from models.participants.participants import ParticipantFile
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.paper.document import DocumentScreen


class PaperScreen(DocumentScreen):
    """One document at a time, blank or filled in."""

    HELP: ClassVar[str] = N_(
        "Forms, checklists and sheets about one participant, blank or filled in with what is known. Here stands "
        "what the paper will say. Writing it makes a PDF file where you say; that file is not encrypted, so print "
        "it and delete it. The audit keeps that it was written."
    )

    def __init__(self, case: Case, participant: int, kind: str = "") -> None:
        super().__init__(case)
        self.participant = participant
        self.kind = kind or documents.kinds(case.programme)[0].id
        self.filled = True
        self._file: ParticipantFile | None = None

    # ------------------------------------------------------------------ the document

    async def read(self) -> Document:
        self._file = await self.case.store.ask(participants.file_of, self.participant)
        return await self.case.store.ask(documents.make, self.kind, self.participant if self.filled else None)

    async def to_print(self) -> Document:
        # Exactly what was read before it was asked where to write it.
        return self.document or await self.read()

    def called(self) -> tuple[str, str]:
        who = self.case.called(self._file.code, self._file.name) if self._file else ""
        name = next((kind.name for kind in documents.kinds(self.case.programme) if kind.id == self.kind), "")
        return name, _("filled in · {who}").format(who=who) if self.filled else _("blank")

    def veiled(self) -> str:
        return _("Names are hidden; the paper shows them.") if self.filled and self.case.private else ""

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self._code}" if self.filled else document.file

    def trace(self) -> str:
        return f"paper.write {self.kind} {self._code if self.filled else '-'}"

    @property
    def _code(self) -> str:
        return self._file.code if self._file else ""

    # ------------------------------------------------------------------ keys

    async def action_choose(self) -> None:
        """Choose another document."""
        kinds = documents.kinds(self.case.programme)
        options = [Option(kind.id, kind.name, str(number)) for number, kind in enumerate(kinds, 1)]
        if kind := await choose(self, _("Which document?"), options, chosen=self.kind):
            self.kind = kind
            await self.show(first=True)

    async def action_fill(self) -> None:
        """Blank, or filled in."""
        self.filled = not self.filled
        await self.show(first=True)
