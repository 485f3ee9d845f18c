"""A document to read on the screen and to write as a PDF where the person says: what all papers have alike."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual.app import ComposeResult

from config import printer
from config.errors import ExinError
from config.outside import OutFile
from config.words import _, n_
from models.access.visits import PRINTED
from models.paper import plain
from models.paper.document import Document
from screens.frame.case import Case
from screens.frame.chooser import agreed
from screens.frame.moving import ReadKeys
from screens.frame.outside import ask_for_file
from screens.frame.screen import CaseScreen
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

WIDEST = 100


class DocumentScreen(ReadKeys, CaseScreen[None]):
    """One document, as text; nothing leaves the vault before a file is asked for.

    A subclass gives `read`, `called`, `stem` and `trace`, and `to_print` where the paper is set otherwise.
    """

    SCOPE = "paper"

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.document: Document | None = None
        self.moving = ReadLines(id="paper-text")

    # ------------------------------------------------------------------ what a subclass gives

    async def read(self) -> Document:
        """The document as it is read here."""
        raise NotImplementedError

    async def to_print(self) -> Document:
        """The document as it is written."""
        return await self.read()

    def called(self) -> tuple[str, str]:
        """What it is called, and in which state it is."""
        raise NotImplementedError

    def stem(self, document: Document) -> str:
        """What the file would be called, without its ending."""
        raise NotImplementedError

    def trace(self) -> str:
        """What the audit keeps of the writing."""
        raise NotImplementedError

    def veiled(self) -> str:
        """What stands in place of the text while it may not be seen; empty when it may."""
        return ""

    # ------------------------------------------------------------------ what is shown

    def body(self) -> ComposeResult:
        yield Lines(3, id="paper-head")
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.moving.focus()

    async def refresh_case(self) -> None:
        await self.show(first=False)

    async def show(self, *, first: bool) -> None:
        """Read the document and show it, from its top if it is the `first` time."""
        self.document = await self.read()
        name, state = self.called()
        warning = _("A file is not encrypted: whoever gets hold of it can read it.")
        self.query_one("#paper-head", Lines).show(
            [[(f" {name}", HEADING), (f"  {state}", BOLD)], [(f" {warning}", WARN)]]
        )
        if first:
            self.moving.top = 0
        self.moving.show(self._lay)
        self.draw_foot()

    def _lay(self, width: int) -> Sequence[Sequence[Piece]]:
        if self.document is None:
            return []
        if veiled := self.veiled():
            return [[(" " + veiled, DIM)]]
        room = width - 2 if self.document.wide else min(WIDEST, width - 2)
        lines = plain.lines(self.document, room)
        return [[(" " + line, BOLD if number == 0 else PLAIN)] for number, line in enumerate(lines)]

    # ------------------------------------------------------------------ keys

    async def action_write(self) -> None:
        """Ask where to, and write the PDF."""
        if self.document is None:
            return
        question = _("Write to which file? It is NOT encrypted; print it and delete it.")
        hint = _("A file on a shared disk or a memory stick is open to others. Esc writes nothing.")
        out = await ask_for_file(self, question, self.stem(self.document), ".pdf", hint)
        if out is not None:
            await self._write(out)

    async def _write(self, out: OutFile) -> None:
        # The library that makes PDFs is heavy, and most sessions print nothing.
        from models.paper import pdf

        document = await self.to_print()
        printed = await asyncio.to_thread(pdf.as_pdf, document, self.case.clock.now())
        # Kept before anything goes out, so that no paper is without its trace.
        await asyncio.to_thread(self.case.store.witness_now, self.trace())
        await asyncio.to_thread(self.case.store.log_now, document.about, PRINTED)
        await asyncio.to_thread(out.write, printed.data)
        pages = n_("{count} page", "{count} pages", printed.pages).format(count=printed.pages)
        told = _("Written, {pages}: {file}").format(pages=pages, file=out.shown)
        if printed.replaced:
            told = pdf.remark(printed.replaced) + " · " + told
        self.say(told, warn=bool(printed.replaced))
        await self._offer_printer(printed.data, told)

    async def _offer_printer(self, data: bytes, told: str) -> None:
        """Ask whether what was written is to be printed here; whoever is served sits elsewhere."""
        if self.case.outputs is not None or not printer.found():
            return
        question = _("It is written. Print it as well, on the printer of this machine?")
        if not await agreed(self, question, no=_("No, the file is enough"), yes=_("Yes, print it now")):
            self.say(told)
            return
        await asyncio.to_thread(self.case.store.witness_now, self.trace().replace("write", "print", 1))
        try:
            await asyncio.to_thread(printer.send, data)
        except ExinError as error:
            self.say(f"{error.text} {told}", warn=True)
        else:
            self.say(_("Sent to the printer.") + " " + told)
