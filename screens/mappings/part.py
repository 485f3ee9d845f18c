"""One part of life over time: all that was said of it, the newest first, and what came of its gaps."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models.mappings import reading as mapping_reading
from models.mappings.mappings import ANSWER_FIELDS
from models.mappings.reading import KINDS, Answer, MappingLine, Profile, service_names, step_name
from models.participants import participants
from screens.frame.case import Case
from screens.frame.moving import ReadKeys
from screens.frame.screen import CaseScreen
from screens.mappings.forms import MappingAnswerForm
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, wrapped
from screens.widgets.read_lines import ReadLines

LABEL: Final = 21
OWN: Final = ("situation", "works", "missing", "wish")
SERVICES: Final = ("services_now", "services_wanted")


class PartScreen(ReadKeys, CaseScreen[int]):
    """The result is the participant when something was corrected here, else None."""

    SCOPE = "mapping_part"
    HELP: ClassVar[str] = N_(
        "All that was said of one part of life in each mapping, the newest first: the participant's own view, then the "
        "caseworker's where it differs; on top what came of it."
    )

    def __init__(self, case: Case, participant: int, domain: str) -> None:
        super().__init__(case)
        self.participant, self.domain = participant, domain
        self.moving = ReadLines()
        self._profile = Profile((), ())
        self._about = ("", "")
        self._touched = False

    @property
    def concerned(self) -> int:
        return self.participant

    def body(self) -> ComposeResult:
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        self._about, self._profile = await self.case.store.ask(
            lambda reading: (
                participants.called(reading, self.participant),
                mapping_reading.profile(reading, self.participant),
            )
        )
        self.moving.show(self._lay)
        self.draw_foot()

    def _lay(self, width: int) -> list[list[Piece]]:
        name = self.case.programme.choice("domain", self.domain).name
        lines: list[list[Piece]] = [[(f" {name} · {self.case.called(*self._about)}", HEADING)]]
        part = next((one for one in self._profile.parts if one.domain == self.domain), None)
        if part is None:
            return lines
        for one in part.followed:
            told = f"→ {_(KINDS[one.kind])}: {self._said(one.words)} · {one.state}"
            lines += [[(" " + line, PLAIN if one.open else DIM)] for line in wrapped(told, width - 2)]
        for line, answer in zip(reversed(self._profile.mappings), reversed(part.answers), strict=True):
            if answer is not None:
                lines += [[], *self._told(line, answer, width)]
        return lines

    def _told(self, line: MappingLine, answer: Answer, width: int) -> list[list[Piece]]:
        step = step_name(line.instrument, answer.step) or _("not noted yet")
        head: list[Piece] = [(f" {format_date(line.day)}  ", HEADING), (step, BOLD), (f"  {line.who}", DIM)]
        named = [(key, self._said(getattr(answer, key))) for key in OWN]
        named += [(key, service_names(line.instrument, getattr(answer, key))) for key in SERVICES]
        named += [
            ("our_step", step_name(line.instrument, answer.our_step)),
            ("our_view", self._said(answer.our_view)),
        ]
        found = [head]
        for key, text in named:
            for number, piece in enumerate(wrapped(text, width - LABEL - 2) if text else ()):
                label = _(ANSWER_FIELDS[key]) if not number else ""
                found.append([(f"   {label}".ljust(LABEL), DIM), (piece, PLAIN)])
        return found

    def _said(self, text: str) -> str:
        return self.case.said(text, *self._about)

    async def action_edit(self) -> None:
        """Correct what was said last."""
        part = next((one for one in self._profile.parts if one.domain == self.domain), None)
        if part is None or part.last is None:
            return
        if await self.ask(MappingAnswerForm(self.case, self.participant, part.last.id)) is not None:
            self._touched = True
            await self.read_again()
            self.say(_("Saved."))

    def action_close(self) -> None:
        """Back to the profile."""
        self.dismiss(self.participant if self._touched else None)
