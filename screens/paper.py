"""What can be printed about a participant: shown as text first, then written as a PDF where the person says."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult

from config.errors import ExinError
from config.words import N_, _, n_
from models import participants
from models.paper import documents, file, plain
from models.paper.document import Document
from models.participants import ParticipantFile
from models.reading import Reading
from screens.base import CaseScreen
from screens.case import Case
from screens.chooser import ChooserScreen, Option
from screens.prompt import PromptScreen
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

WIDEST = 100


class PaperScreen(CaseScreen[None]):
    """One document at a time, blank or filled in; nothing leaves the vault before a file is asked for."""

    SCOPE = "paper"
    CSS_PATH = "paper.tcss"
    HELP: ClassVar[str] = N_(
        "Forms, checklists and sheets about one participant, blank or filled in with what is known. Here stands what "
        "the paper will say. Writing it makes a PDF file where you say; that file is not sealed, so print it and "
        "delete it. The audit keeps that it was written."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant
        self.kind = documents.kinds(case.programme)[0].id
        self.filled = True
        self._file: ParticipantFile | None = None
        self._document: Document | None = None

    def body(self) -> ComposeResult:
        yield Lines(3, id="paper-head")
        yield ReadLines(id="paper-text")

    async def on_mount(self) -> None:
        await self.refresh_case()
        self.query_one(ReadLines).focus()

    # ------------------------------------------------------------------ what is shown

    async def refresh_case(self) -> None:
        await self._show(first=False)

    async def _show(self, *, first: bool) -> None:
        chosen = self.participant if self.filled else None
        found, self._document = await self.case.store.ask(_made, self.kind, self.participant, chosen)
        self._file = found
        who = self.case.called(found.code, found.name)
        name = next((kind.name for kind in documents.kinds(self.case.programme) if kind.id == self.kind), "")
        state = _("filled in · {who}").format(who=who) if self.filled else _("blank")
        warning = _("A file is not sealed: whoever gets hold of it can read it.")
        self.query_one("#paper-head", Lines).show(
            [[(f" {name}", HEADING), (f"  {state}", BOLD)], [(f" {warning}", WARN)]]
        )
        page = self.query_one(ReadLines)
        if first:
            page.top = 0
        page.show(self._lay)
        self.draw_foot()

    def _lay(self, width: int) -> Sequence[Sequence[Piece]]:
        if self._document is None:
            return []
        if self.filled and self.case.private:
            return [[(" " + _("Names are hidden; the paper shows them."), DIM)]]
        lines = plain.lines(self._document, min(WIDEST, width - 2))
        return [[(" " + line, BOLD if number == 0 else PLAIN)] for number, line in enumerate(lines)]

    # ------------------------------------------------------------------ keys

    async def action_choose(self) -> None:
        """Choose another document."""
        kinds = documents.kinds(self.case.programme)
        options = [Option(kind.id, kind.name, str(number)) for number, kind in enumerate(kinds, 1)]

        async def chosen(answer: str | tuple[str, ...] | None) -> None:
            if isinstance(answer, str):
                self.kind = answer
                await self._show(first=True)

        screen = ChooserScreen(self.case, _("Which document?"), options, chosen=(self.kind,))
        await self.app.push_screen(screen, chosen)

    async def action_fill(self) -> None:
        """Blank, or filled in."""
        self.filled = not self.filled
        await self._show(first=True)

    async def action_write(self) -> None:
        """Ask where to, and write the PDF."""
        if self._document is None or self._file is None:
            return
        code = f"-{self._file.code}" if self.filled else ""
        initial = f"~/{self._document.file}{code}.pdf"
        vault = self.case.store.unlocked.place.folder
        prompt = PromptScreen(
            self.case,
            _("Write to which file? It is NOT sealed; print it and delete it."),
            lambda text: file.place_of(text, vault),
            initial=initial,
            hint=_("A file on a shared disk or a memory stick is open to others. Esc writes nothing."),
        )
        await self.app.push_screen(prompt, self._to)

    async def _to(self, path: Path | None) -> None:
        if path is None:
            return
        if file.is_there(path):
            options = [Option("no", _("No, keep the file that is there")), Option("yes", _("Yes, write over it"))]

            async def answered(answer: str | tuple[str, ...] | None) -> None:
                if answer == "yes":
                    await self._write(path, replace=True)

            title = _("{file} is there already. Write over it?").format(file=path.name)
            await self.app.push_screen(ChooserScreen(self.case, title, options), answered)
            return
        await self._write(path, replace=False)

    async def _write(self, path: Path, *, replace: bool) -> None:
        # The library that makes PDFs is heavy, and most sessions print nothing.
        from models.paper import pdf

        document, found = self._document, self._file
        if document is None or found is None:
            return
        try:
            printed = await asyncio.to_thread(pdf.as_pdf, document, self.case.clock.now())
            # Kept before anything goes out, so that no paper is without its trace.
            action = f"paper.write {self.kind} {found.code if self.filled else '-'}"
            await asyncio.to_thread(self.case.store.witness_now, action)
            await asyncio.to_thread(file.write, path, printed.data, replace=replace)
        except ExinError as error:
            self.say(error.text, warn=True)
            return
        pages = n_("{count} page", "{count} pages", printed.pages).format(count=printed.pages)
        told = _("Written, {pages}: {file}").format(pages=pages, file=path)
        if printed.replaced:
            told = pdf.remark(printed.replaced) + " · " + told
        self.say(told, warn=bool(printed.replaced))

    def action_up(self) -> None:
        self.query_one(ReadLines).move(-1)

    def action_down(self) -> None:
        self.query_one(ReadLines).move(1)

    def action_page_up(self) -> None:
        page = self.query_one(ReadLines)
        page.move(-page.page)

    def action_page_down(self) -> None:
        page = self.query_one(ReadLines)
        page.move(page.page)

    def action_first(self) -> None:
        page = self.query_one(ReadLines)
        page.move(-page.top)

    def action_last(self) -> None:
        self.query_one(ReadLines).move(100_000)

    def action_close(self) -> None:
        """Back to the participant."""
        self.dismiss(None)


def _made(reading: Reading, kind: str, participant: int, filled_for: int | None) -> tuple[ParticipantFile, Document]:
    return participants.file_of(reading, participant), documents.make(reading, kind, filled_for)
