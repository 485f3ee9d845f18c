"""Every consent there was and what was shared, to read; and the question before all consents end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models.consents import consents, disclosures
from models.consents import matrix as consent_matrix
from models.consents.answer import GivenConsent
from models.consents.disclosures import Shared
from models.consents.matrix import Partner
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from models.values import phone
from screens.consents.wording import whom, withdrawal
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.frame.moving import ReadKeys
from screens.frame.screen import CaseScreen
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.read_lines import ReadLines


class ConsentHistoryScreen(ReadKeys, CaseScreen[None]):
    """The consents of one agency, role and person with what was shared there, or all that was shared."""

    SCOPE = "consent_history"
    HELP: ClassVar[str] = N_(
        "Every consent there was, the newest first, and what was shared: what, with whom, when and on which consent. "
        "What was shared without one stands with the ground it rests on."
    )

    def __init__(self, case: Case, participant: int, where: tuple[str, str, str] | None = None) -> None:
        super().__init__(case)
        self.participant, self.where = participant, where
        self._about = ("", "")
        self.moving = ReadLines()

    def body(self) -> ComposeResult:
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        self.moving.show(partial(self._lay, *await self.case.store.ask(_history, self.participant, self.where)))
        self.draw_foot()

    def _lay(
        self, file: ParticipantFile, consents: Sequence[GivenConsent], shared: Sequence[Shared], width: int
    ) -> list[list[Piece]]:
        who, self._about = self.case.called(file.code, file.name), (file.code, file.name)
        if self.where is None:
            lines: list[list[Piece]] = [[(" " + _("Shared · {who}").format(who=who), HEADING)]]
        else:
            lines = [[(" " + f"{whom(self.case, *self.where)} · {who}", HEADING)], []]
            lines.append([(" " + _("Consents"), BOLD), (f"  {len(consents)}", DIM)])
            renewed = {one.renews for one in consents}
            for one in consents:
                lines += self._consent(one, width, renewed=one.id in renewed)
            if not consents:
                lines.append([("   " + _("Consent was never given."), DIM)])
        lines += [[], [(" " + _("What was shared"), BOLD), (f"  {len(shared)}", DIM)]]
        for each in shared:
            lines += self._disclosure(each, width)
        if not shared:
            lines.append([("   " + _("Nothing is recorded."), DIM)])
        return lines

    def _consent(self, one: GivenConsent, width: int, *, renewed: bool) -> list[list[Piece]]:
        span = f"{format_date(one.given)} – {format_date(one.valid_until)}"
        if one.withdrawn:
            state: Piece = (_("withdrawn {date}").format(date=format_date(one.withdrawn)), ALARM)
        elif renewed:
            state = (_("renewed since"), DIM)
        elif one.holds(self.case.today):
            state = (_("holds"), GOOD)
        else:
            state = (_("expired"), DIM)
        facts = [
            _("a renewal") if one.renews else "",
            one.place,
            one.obtained_name or one.obtained_agency,
            _("original: {where}").format(where=one.original_at) if one.original_at else "",
            withdrawal(one),
            _("may only know of it") if one.only_known else "",
            _("concerns {what}").format(what=one.scope) if one.scope else "",
            _("limits: {what}").format(what=one.limits) if one.limits else "",
        ]
        text = " · ".join(fact for fact in facts if fact)
        return [
            [(f"   {span}  ", PLAIN), state],
            *(_below(self.case.said(text, *self._about), DIM, width) if text else ()),
        ]

    def _disclosure(self, one: Shared, width: int) -> list[list[Piece]]:
        head: list[Piece] = [(f"   {format_date(one.day)}  ", PLAIN)]
        if self.where is None or one.person:
            head.append((whom(self.case, one.agency, one.role, one.person) + "  ", BOLD))
        head.append((one.author, DIM))
        lines = [head, *_below(self.case.said(one.what, *self._about), PLAIN, width)]
        if one.flagged:
            ground = self.case.said(disclosures.ground_name(self.case.programme, one.ground), *self._about)
            lines += _below("! " + _("Without consent. Ground: {ground}").format(ground=ground), WARN, width)
        return lines

    def action_close(self) -> None:
        """Back to the consents."""
        self.dismiss(None)


def _below(text: str, style: Style, width: int) -> list[list[Piece]]:
    return [[("     " + line, style)] for line in wrapped(text, width - 7)]


def _history(
    reading: Reading, participant: int, where: tuple[str, str, str] | None
) -> tuple[ParticipantFile, tuple[GivenConsent, ...], tuple[Shared, ...]]:
    file = participants.file_of(reading, participant)
    if where is None:
        return file, (), disclosures.of(reading, participant)
    shared = disclosures.of(reading, participant, agency=where[0], role=where[1])
    return file, consent_matrix.history(reading, participant, *where), shared


class EndConsentsScreen(ReadKeys, Dialog[bool]):
    """Asks before all consents end, with the list of those to tell; answers True when they were ended."""

    SCOPE = "consents_end"
    HELP: ClassVar[str] = N_(
        "At independence the consents end and the partners are told. The day itself is still covered. Ending can be "
        "undone, and a consent can be given anew at any time."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case)
        self.participant = participant
        self.moving = ReadLines()

    def body(self) -> ComposeResult:
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        tell = await self.case.store.ask(consent_matrix.partners, self.participant)
        self.moving.show(partial(self._lay, tell))
        self.draw_foot()

    def _lay(self, tell: Sequence[Partner], width: int) -> list[list[Piece]]:
        yes, no = self.case.keymap.shown("consents_end.confirm"), self.case.keymap.shown("consents_end.close")
        question = _("All consents end today, as when somebody is independent. {yes} ends them, {no} leaves them.")
        lines: list[list[Piece]] = [
            [(f" {line}", BOLD)] for line in wrapped(question.format(yes=yes, no=no), width - 2)
        ]
        lines += [[], [(" " + _("To be told that consents no longer apply:"), HEADING), (f"  {len(tell)}", DIM)]]
        if not tell:
            lines.append([("   " + _("Nobody: there is no consent in force and no contact person."), DIM)])
        for one in tell:
            person = HIDDEN if one.person and self.case.private else one.person
            where = whom(self.case, one.agency, one.role, "")
            known: Piece = ("", PLAIN) if one.covered else ("  " + _("(no consent in force)"), WARN)
            number = "" if self.case.private else phone.shown(one.phone)
            lines.append([(f"   {person or where}", BOLD), (f"  {where}" if person else "", PLAIN),
                          (f"  {number}" if number else "", PLAIN), known])  # fmt: skip
        return lines

    async def action_confirm(self) -> None:
        """End all consents today."""
        await self.case.store.change(consents.end_all, self.participant)
        self.dismiss(True)
