"""The figures of a month as they are printed, to read and to write as a PDF."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from config.words import N_, _
from models.paper import monthly as paper
from models.paper import monthly_sheets
from models.paper.document import Document
from screens.frame.case import Case
from screens.paper.document import DocumentScreen


class MonthlyPaperScreen(DocumentScreen):
    """The figures of one month as they are printed; while names are hidden the paper has codes."""

    HELP: ClassVar[str] = N_(
        "All figures of the month in numbers. Writing it makes a PDF file where you say; that file is not sealed. "
        "While names are hidden the file has codes instead of names."
    )

    def __init__(self, case: Case, month: date) -> None:
        super().__init__(case)
        self.month = month

    async def read(self) -> Document:
        names = not self.case.private
        return await self.case.store.ask(lambda reading: paper.sheet(reading, self.month, names=names))

    def called(self) -> tuple[str, str]:
        return monthly_sheets.month_words(self.month), _("with codes") if self.case.private else _("with names")

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self.month:%Y-%m}"

    def trace(self) -> str:
        return f"paper.write monthly {self.month:%Y-%m}"
