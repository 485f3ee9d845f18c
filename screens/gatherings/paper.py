"""The papers of a gathering to read, and to write as a PDF."""

from __future__ import annotations

from typing import ClassVar

from config.words import N_, _
from models.paper import gathering as papers
from models.paper.document import Document
from models.roles.rights import Right
from screens.frame.case import Case
from screens.paper.document import DocumentScreen


class GatheringPaperScreen(DocumentScreen):
    """One paper of a gathering, by its kind; names of professionals stand in it, of participants none."""

    HELP: ClassVar[str] = N_(
        "The papers of a gathering: the programme with who came, a list of attendance to sign, and the answers to its "
        "tasks by agency. Writing one makes a PDF file where you say; that file is not encrypted. The audit keeps "
        "that it was written."
    )

    TAKES = Right.PRINT_LISTS

    def __init__(self, case: Case, gathering: int, kind: str) -> None:
        super().__init__(case)
        self.gathering, self.kind = gathering, kind

    async def read(self) -> Document:
        return await self.case.store.ask(papers.sheet, self.gathering, self.kind)

    def called(self) -> tuple[str, str]:
        return _(papers.KINDS[self.kind]), self.document.title if self.document else ""

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write gathering {self.gathering} {self.kind}"
