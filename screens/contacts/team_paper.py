"""The team's list on paper: read as text first, then written as a PDF where the person says."""

from __future__ import annotations

from typing import ClassVar, Final

from config.words import N_, _
from models.paper import team
from models.paper.document import Document
from screens.paper.document import DocumentScreen

NAME_ROOM: Final = 20
AGENCY_ROOM: Final = 16


class TeamPaperScreen(DocumentScreen):
    """While names are hidden, the paper has codes and parts instead of names and phones, as the screen."""

    HELP: ClassVar[str] = N_(
        "The team's list as it is today: every participant with the contact person of each agency. Writing it makes a "
        "PDF file where you say; that file is not sealed, so print it and delete it. While names are hidden the file "
        "has codes instead of names, and no phones. The audit keeps that it was written."
    )

    async def read(self) -> Document:
        return await self._made(max(1, (self.app.size.width - 2 - NAME_ROOM) // AGENCY_ROOM))

    async def to_print(self) -> Document:
        return await self._made(team.BESIDE)

    async def _made(self, beside: int) -> Document:
        names = not self.case.private
        return await self.case.store.ask(lambda reading: team.sheet(reading, names=names, beside=beside))

    def called(self) -> tuple[str, str]:
        return _("The team's list"), _("with codes") if self.case.private else _("with names")

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write team_list {'codes' if self.case.private else 'names'}"

    async def on_resize(self) -> None:
        """As many agencies stand beside one another as there is room for."""
        if self.document is not None:
            await self.read_again()
