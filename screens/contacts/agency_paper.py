"""The one current list for one agency on paper: only what the participants' consents cover for it."""

from __future__ import annotations

from typing import ClassVar

from config.words import N_, _
from models.paper import agency_list
from models.paper.document import Document
from models.roles.rights import Right
from screens.frame.case import Case
from screens.paper.document import DocumentScreen


class AgencyPaperScreen(DocumentScreen):
    """The list as `agency` may have it; while names are hidden, it has codes and parts instead of names and phones."""

    HELP: ClassVar[str] = N_(
        "The participants whose consent covers the agency today, with who else is around them and what the consent "
        "says. Whoever's consent does not cover it is left out; of whom they may only know that they take part, no "
        "more is said. Writing it makes a PDF file where you say; that file is not encrypted. Note what was shared "
        "when the list is handed over."
    )

    TAKES = Right.PRINT_LISTS

    def __init__(self, case: Case, agency: str) -> None:
        super().__init__(case)
        self.agency = agency

    async def read(self) -> Document:
        names = not self.case.private
        return await self.case.store.ask(lambda reading: agency_list.sheet(reading, self.agency, names=names))

    def called(self) -> tuple[str, str]:
        name = self.case.programme.agency(self.agency).name
        state = _("with codes") if self.case.private else _("with names")
        return _("The list for {agency}").format(agency=name), state

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write agency_list {self.agency} {'codes' if self.case.private else 'names'}"
