"""A participant's consents: agency × role × person, what may be shared with whom, until when, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _, n_
from models.consents import disclosures
from models.consents import matrix as consent_matrix
from models.consents.answer import EXPIRED, EXPIRES_SOON, KNOWN, NEVER, WITHDRAWN, YES
from models.consents.matrix import MatrixRow, SetAnswer
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from screens.consents.disclosure_form import DisclosureForm
from screens.consents.forms import (
    CorrectConsentForm,
    GiveConsentForm,
    GivenConsentForm,
    RenewConsentForm,
    SheetForm,
    Whom,
    WithdrawConsentForm,
)
from screens.consents.history import ConsentHistoryScreen, EndConsentsScreen
from screens.consents.wording import bounds, state_words, withdrawal
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.dialog import AboutParticipant
from screens.participant.wrong_person import put_right
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

DETAIL_LINES: Final = 4
STATE_ROOM: Final = 30
"""Cells that are left for what the consent says."""
STYLES: Final = {YES: GOOD, EXPIRES_SOON: WARN, EXPIRED: ALARM, WITHDRAWN: ALARM, NEVER: DIM, KNOWN: WARN}


def whom_of(row: MatrixRow) -> Whom:
    """The agency, role and person of a row."""
    return row.agency, row.role, row.person


class MatrixList(ColumnedList[MatrixRow]):
    """One line a role or a named person, under the agency."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("The programme has no agencies."))
        self.case, self.about = case, ("", "")
        self.chosen: list[Whom] = []

    def cells(self, row: MatrixRow, part: int) -> Sequence[Cell]:
        box = "[x] " if whom_of(row) in self.chosen else "  "
        person = HIDDEN if row.person and self.case.private else row.person
        style = PLAIN if row.answer.state == NEVER and row.sets else STYLES[row.answer.state]
        again = " " + n_("{count} time", "{count} times", row.times).format(count=row.times) if row.times > 1 else ""
        return [
            Cell((box, BOLD), (str(self.case.programme.role(row.role).name), PLAIN), least=24),
            Cell((flat(person), BOLD), least=14),
            Cell((state_words(row.answer), style), (again, DIM), least=STATE_ROOM),
        ]

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        return [(group.heading, HEADING)]


class ConsentsScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    moving: MatrixList
    SCOPE = "consents"
    HELP: ClassVar[str] = N_(
        "What the participant has agreed may be shared, and with whom. A consent covers one role of one agency, or the "
        "one person it names; it is renewed within a year. A withdrawal ends the sharing at once, also one that was "
        "said aloud; its written confirmation is noted with the same key when it has come. Nothing here is ever lost: "
        "the history shows every consent there was."
    )

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = self._matrix = MatrixList(case)

    def body(self) -> ComposeResult:
        yield Lines(1 + len(self.case.programme.consent_sets), id="consents-head")
        yield self.moving
        yield Lines(DETAIL_LINES, id="consents-detail")

    async def refresh_case(self) -> None:
        file, rows, sets, flagged = await self.case.store.ask(_load_consents, self.participant)
        groups = [
            Group(agency, str(self.case.programme.agency(agency).name), len(list(found)))
            for agency, found in groupby(rows, lambda row: row.agency)
        ]
        self.moving.about = file.code, file.name
        await self.moving.show_rows(rows, groups)
        who = self.case.called(file.code, file.name)
        title: list[Piece] = [(" " + _("Consents · {who}").format(who=who), HEADING)]
        if flagged:
            without = n_("{count} shared without consent", "{count} shared without consent", flagged)
            title.append(("   " + without.format(count=flagged), WARN))
        self.query_one("#consents-head", Lines).show([title, *(self._set_line(*one) for one in sets)])
        self._draw_detail()
        self.draw_foot()

    def _set_line(self, name: str, answers: tuple[SetAnswer, ...]) -> list[Piece]:
        pieces: list[Piece] = [(f" {name}: ", DIM)]
        for each in answers:
            mark, style = ("✓", GOOD) if each.answer.covered else ("–", ALARM)
            if each.answer.state == EXPIRES_SOON:
                mark, style = "!", WARN
            pieces.append((f"{mark} {self.case.programme.agency(each.agency).name}  ", style))
        lacking = sum(not each.answer.covered for each in answers)
        words = _("lacks {count}").format(count=lacking) if lacking else _("all there")
        return [*pieces, (words, ALARM if lacking else GOOD)]

    def _draw_detail(self) -> None:
        lines: list[list[Piece]] = [[("─" * max(1, self.app.size.width), DIM)]]
        if row := self.moving.row:
            lines.append([(" " + row.answer.reason, STYLES[row.answer.state])])
            if shown := row.answer.consent or row.last:
                facts = [
                    _("given {date}").format(date=format_date(shown.given)),
                    withdrawal(shown),
                    _("to the role as a whole") if shown.person != row.person else "",
                    shown.place,
                    shown.obtained_name or shown.obtained_agency,
                    _("original: {where}").format(where=shown.original_at) if shown.original_at else "",
                ]
                said = self.case.said(" · ".join(fact for fact in facts if fact), *self.moving.about)
                lines += [[(" " + said, PLAIN)], [(" " + self.case.said(bounds(shown), *self.moving.about), BOLD)]]
        self.query_one("#consents-detail", Lines).show(lines)

    def on_resize(self) -> None:
        if self.is_mounted:
            self._draw_detail()

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    def why_not(self, action_id: str) -> str:
        name = action_id.removeprefix("consents.")
        row = self.moving.row
        if name in ("renew", "withdraw", "correct", "read", "misplaced") and (row is None or row.last is None):
            key = self.case.keymap.shown("consents.give")
            return _("No consent was given here yet: {key} gives one.").format(key=key)
        if name == "withdraw" and row and row.last and row.last.withdrawn and not row.last.oral:
            return _("It was withdrawn {date}.").format(date=format_date(row.last.withdrawn))
        return ""

    @property
    def _whom(self) -> tuple[str, str, str]:
        """The agency, role and person under the mark."""
        row = self.moving.row
        return whom_of(row) if row else ("", "", "")

    async def _about_last(self, form: type[GivenConsentForm]) -> None:
        """Open a form about the consent given last here."""
        if (row := self.moving.row) and row.last:
            await self.app.push_screen(form(self.case, self.participant, row.last.id), self._saved)

    async def action_misplaced(self) -> None:
        """The consent given last under the mark was somebody else's."""
        row = self.moving.row
        last = row.last if row is not None else None
        if last is not None and (told := await put_right(self, "consent", last.id, last.version, self.participant)):
            await self._changed()
            self.say(told)

    async def action_give(self) -> None:
        """Note the consents that are marked as one sheet; else one, with the agency and the role under the mark."""
        if chosen := self.moving.chosen:
            await self.app.push_screen(SheetForm(self.case, self.participant, chosen), self._sheet_saved)
            return
        await self.app.push_screen(GiveConsentForm(self.case, self.participant, self._whom), self._saved)

    async def _sheet_saved(self, number: int | None) -> None:
        if number:
            self.moving.chosen = []
        await self._saved(number)

    def action_mark(self) -> None:
        """Mark whom a sheet is for, or take the mark away, and go on to the next line."""
        row = self.moving.row
        if row is None:
            return
        chosen, whom = self.moving.chosen, whom_of(row)
        if whom in chosen:
            chosen.remove(whom)
        elif self.case.programme.agency(row.agency).named and not row.person:
            agency = self.case.programme.agency(row.agency).name
            key = self.case.keymap.shown("consents.give", self.SCOPE)
            told = _("A consent for {agency} names a person: {key} without marks gives it.")
            self.say(told.format(agency=agency, key=key), warn=True)
            return
        else:
            chosen.append(whom)
        self.moving.redraw_row(self.moving.mark)
        self.moving.move(1)
        count = n_("{count} marked: {key} notes it.", "{count} marked: {key} notes them as one sheet.", len(chosen))
        key = self.case.keymap.shown("consents.give", self.SCOPE)
        self.say(count.format(count=len(chosen), key=key) if chosen else "")

    def action_close(self) -> None:
        """Take the marks away first; then back to the participant."""
        if self.moving.chosen:
            self.moving.chosen = []
            self.moving.refresh()
            self.say("")
        else:
            super().action_close()

    async def action_renew(self) -> None:
        """Renew the consent under the mark."""
        await self._about_last(RenewConsentForm)

    async def action_read(self) -> None:
        """Read all of the consent under the mark."""
        if (row := self.moving.row) and row.last:
            form = CorrectConsentForm(self.case, self.participant, row.last.id).to_read()
            await self.app.push_screen(form, self._saved)

    async def action_correct(self) -> None:
        """Correct the consent under the mark, or let it end earlier."""
        await self._about_last(CorrectConsentForm)

    async def action_withdraw(self) -> None:
        """Note that the consent under the mark was withdrawn, or that an oral withdrawal was confirmed in writing."""
        await self._about_last(WithdrawConsentForm)

    async def action_disclose(self) -> None:
        """Record what was shared, beginning with whom the mark is at."""
        await self.app.push_screen(DisclosureForm(self.case, self.participant, self._whom), self._shared)

    async def _shared(self, number: int | None) -> None:
        if number:
            await self._changed()

    def is_saved(self, row: MatrixRow, number: int) -> bool:
        return row.last is not None and row.last.id == number

    async def action_history(self) -> None:
        """Every consent ever given here, and what was shared."""
        if self.moving.row:
            await self.app.push_screen(ConsentHistoryScreen(self.case, self.participant, self._whom))

    async def action_shared(self) -> None:
        """Everything that was shared about the participant, with whom and on what ground."""
        await self.app.push_screen(ConsentHistoryScreen(self.case, self.participant))

    async def action_end_all(self) -> None:
        """End all consents, as at independence; who is to be told is shown first."""
        if await self.ask(EndConsentsScreen(self.case, self.participant)):
            self._touched = True
            await self.refresh_case()
            self.say(_("The consents end today. Who is to be told stands in the timeline."))


def _load_consents(
    reading: Reading, participant: int
) -> tuple[ParticipantFile, tuple[MatrixRow, ...], tuple[tuple[str, tuple[SetAnswer, ...]], ...], int]:
    """All that the screen shows, in one visit to the vault."""
    return (
        participants.file_of(reading, participant),
        consent_matrix.matrix(reading, participant),
        tuple(
            (str(one.name), consent_matrix.set_answers(reading, participant, one.id))
            for one in reading.programme.consent_sets
        ),
        disclosures.flagged(reading, participant),
    )
