"""An agreement between agencies as it is printed, and the agenda of its steering group."""

from __future__ import annotations

from typing import ClassVar

from config.words import N_, _
from models.paper import agreements as paper
from models.paper.document import Document
from screens.frame.case import Case
from screens.paper.document import DocumentScreen


class AgreementPaperScreen(DocumentScreen):
    """The agreement with its parties, groups and signatures."""

    HELP: ClassVar[str] = N_(
        "The agreement between agencies as it stands here. Writing it makes a PDF file where you say; that file is not "
        "encrypted. The audit keeps that it was written."
    )
    NAME: ClassVar[str] = N_("Cooperation agreement")
    KIND: ClassVar[str] = "agreement"

    def __init__(self, case: Case, agreement: int) -> None:
        super().__init__(case)
        self.agreement = agreement

    async def read(self) -> Document:
        return await self.case.store.ask(paper.sheet, self.agreement)

    def called(self) -> tuple[str, str]:
        return _(self.NAME), self.document.title if self.document else ""

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write {self.KIND} {self.agreement}"


class SteeringAgendaScreen(AgreementPaperScreen):
    """The agenda of the steering group's next meeting."""

    HELP: ClassVar[str] = N_(
        "The agenda of the steering group's next meeting, made from the agreement: proposals with the project group's "
        "recommendation, what is due, and what has been done. It names no participant. Writing it makes a PDF file "
        "where you say; that file is not encrypted. The audit keeps that it was written."
    )
    NAME: ClassVar[str] = N_("Meeting agenda")
    KIND: ClassVar[str] = "steering_agenda"

    async def read(self) -> Document:
        return await self.case.store.ask(paper.agenda, self.agreement)

    def called(self) -> tuple[str, str]:
        return _("Steering group"), _(self.NAME)
