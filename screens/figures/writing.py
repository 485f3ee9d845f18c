"""What leaves the team: the rounded figures of a period to read, as a PDF, and as a file for other programs."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from config.words import N_, _
from models.figures import counting, files, showing
from models.figures.files import FiguresFile
from models.figures.periods import Period, check_over
from models.paper import figures as paper
from models.paper.document import Document
from models.roles.rights import Right
from screens.frame.case import Case
from screens.frame.outside import ask_for_file
from screens.frame.screen import CaseScreen
from screens.paper.document import DocumentScreen


async def _rounded(case: Case, period: Period) -> FiguresFile:
    check_over(period, case.today)
    secret = await case.store.ask(showing.secret)
    counted = await counting.in_portions(case.store, period)
    return files.of_vault(showing.rounded(counted, secret), secret)


async def write_file(screen: CaseScreen[Any], period: Period, *, csv: bool) -> None:
    """Ask on behalf of a screen where to, and write; what happened is said on that screen."""
    case = screen.case
    file = await _rounded(case, period)
    hint = _("Nobody is named in it, and every number is rounded.")
    stem = _("figures") + f"-{period.id}"
    out = await ask_for_file(screen, _("Write it to which file?"), stem, ".csv" if csv else ".json", hint)
    if out is None:
        return
    # Kept before anything goes out, so that no file is without its trace.
    await asyncio.to_thread(case.store.witness_now, f"export.figures {period.id}")
    await asyncio.to_thread(out.write, files.as_csv(file) if csv else files.as_json(file))
    screen.say(_("Written: {file}").format(file=out.shown))


class FiguresPaperScreen(DocumentScreen):
    """The figures of a period as they leave the team: rounded."""

    TAKES = Right.FIGURES
    HELP: ClassVar[str] = N_(
        "The figures of the period as they leave the team: rounded, so that nobody can be counted back. Writing makes "
        "a PDF file where you say."
    )

    def __init__(self, case: Case, period: Period) -> None:
        super().__init__(case)
        self.period = period

    async def read(self) -> Document:
        return paper.of_file(await _rounded(self.case, self.period))

    def called(self) -> tuple[str, str]:
        return _("Figures: {period}").format(period=self.period.told()), _("rounded, without persons")

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self.period.id}"

    def trace(self) -> str:
        return f"paper.write figures {self.period.id}"
