"""The minutes of a meeting to read: as they are printed, and never changed once closed, only added to."""

from __future__ import annotations

from typing import Any, ClassVar

from config.words import N_, _
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.meetings.reading import Meeting
from models.paper import minutes
from models.paper.document import Document
from screens.forms.text_prompt import KeptText
from screens.frame.case import Case
from screens.frame.chooser import agreed
from screens.frame.screen import CaseScreen
from screens.meetings.line import ADDED, something
from screens.paper.document import DocumentScreen


async def opened_again(screen: CaseScreen[Any], meeting: Meeting) -> bool:
    """Open a meeting again after a question, from an action of `screen`; answers whether it was."""
    question = _("Open the meeting again? Its minutes say for good that it was closed, and who opened it.")
    if not await agreed(screen, question, no=_("No, leave it closed"), yes=_("Yes, open it again")):
        return False
    await screen.case.store.change(meetings.reopen, meeting.id, meeting.version)
    await screen.catch_up()
    return True


class MinutesScreen(DocumentScreen):
    """One meeting's minutes; while names are hidden they and the paper have codes."""

    SCOPE = "minutes"
    HELP: ClassVar[str] = N_(
        "The minutes of a meeting: what was agreed, what was said, who was there, and of a meeting that goes through "
        "everybody who was left. Once the meeting is closed they are not changed any more; what is added stands there "
        "with its own date and author. What was closed by mistake a team leader opens again on the same day; the "
        "minutes keep both. Writing them makes a PDF file where you say; that file is not encrypted, so print it and "
        "delete it. While names are hidden the file has codes instead of names. The audit keeps that it was written."
    )

    meeting: Meeting

    def __init__(self, case: Case, meeting: int) -> None:
        super().__init__(case)
        self.number = meeting

    @property
    def looked_at(self) -> int | None:
        return self.meeting.participant if self.document else None

    async def read(self) -> Document:
        number, names = self.number, not self.case.private
        self.meeting, document = await self.case.store.ask(
            lambda reading: (meeting_reading.one(reading, number), minutes.sheet(reading, number, names=names))
        )
        return document

    def called(self) -> tuple[str, str]:
        return self.document.title if self.document else "", _("closed") if self.meeting.closed else _("open")

    def stem(self, document: Document) -> str:
        return document.file

    def trace(self) -> str:
        return f"paper.write minutes {self.number} {'codes' if self.case.private else 'names'}"

    def why_not(self, action_id: str) -> str:
        if action_id == "minutes.add" and not self.meeting.closed:
            return _("The meeting is still open; write it in the minutes.")
        return _("This meeting is open already.") if action_id == "minutes.reopen" and not self.meeting.closed else ""

    async def action_add(self) -> None:
        """Add to closed minutes."""

        async def add(text: str) -> str:
            await self.case.store.change(meetings.supplement, self.number, something(text))
            return _("Added. u to undo.")

        title = _("What is to be added? It stands there with today's date and your name.")
        prompt = KeptText(self.case, title, add, ADDED.name, self.number, limit=meetings.TEXT_LIMIT, label=_("Text"))
        told = await self.ask(prompt)
        if told is not None:
            await self.catch_up()
            # What was added stands at the end.
            self.action_last()
            self.say(told)

    async def action_reopen(self) -> None:
        """Open a meeting again that was closed by mistake."""
        if await opened_again(self, self.meeting):
            self.say(_("Open again; it stands on top of the meetings, and everybody can write in it."))
