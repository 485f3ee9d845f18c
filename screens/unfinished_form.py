"""Unfinished forms: kept inside the vault while they are written, offered again, put aside or brought back.

A form knows the texts its fields began with, its base. What differs from the base is what the person did, and that is
what is kept.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from config.dates import format_moment
from config.words import _
from models.drafts import KeptForm
from screens.case import Case
from screens.form_page import FormPage
from screens.keeping import Keeper, Kept
from screens.widgets.form_fields import FormField
from screens.widgets.line import DIM, WARN, Piece

VERSION: Final = "_version"


class UnfinishedForm(FormPage):
    """A form whose texts are not lost; a subclass sets `form_name`, under which it is kept."""

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case, subject)
        self.form_name = ""
        self.version: int | None = None
        self.base: dict[str, str] = {}
        self.offered: KeptForm | None = None
        self.emptied = False
        self.keeper = Keeper(self, lambda: (self.form_name, self.subject), self._unfinished)

    async def on_screen_suspend(self) -> None:
        """Another screen covers or replaces this one: from here on nobody may come back."""
        await self.keeper.now_or_say()

    # ------------------------------------------------------------------ what differs from the base

    def rebase(self) -> None:
        """What stands in the fields now is what the form begins with."""
        self.base = {field.about.key: field.written for field in self.form.fields}

    @property
    def edited(self) -> list[FormField]:
        """The fields that differ from what the form began with."""
        return [field for field in self.form.fields if field.written != self.base.get(field.about.key, "")]

    @property
    def dirty(self) -> bool:
        """Whether there is anything to lose."""
        return bool(self.edited)

    def kept_fields(self) -> dict[str, str]:
        """What an unfinished form remembers."""
        kept = {field.about.key: field.kept for field in self.edited}
        return kept if self.version is None else {**kept, VERSION: str(self.version)}

    # ------------------------------------------------------------------ keeping

    def on_form_field_edited(self, event: FormField.Edited) -> None:
        """Forget the field's error unless it has just found one itself, and keep the form soon."""
        event.stop()
        field = event.field
        if field.error:
            known = field.own_error()
            field.error = field.error if known is not None else ""
            self.form.draw_label(field)
        self.changed(field)
        self.draw_hint()
        if self.dirty:
            self.keeper.soon()

    def _unfinished(self) -> Kept | None:
        """What is to be kept now; a form that was put aside stays kept while nothing new is written."""
        if self.dirty:
            return self.kept_fields()
        return self.keeper.kept if self.emptied else None

    async def keep(self) -> None:
        """Keep what stands in the form inside the vault, now; nothing of one that was saved or not touched."""
        await self.keeper.now()

    # ------------------------------------------------------------------ offering

    async def _offer_draft(self) -> None:
        self.offered = await self.keeper.found()
        if self.offered is not None:
            self._fill_in(self.offered)

    def _fill_in(self, kept: KeptForm) -> None:
        """Lay the unfinished form over the base; its own version goes with it, so that what came since is noticed."""
        if self.version is not None and kept.fields.get(VERSION, "").isdecimal():
            self.version = int(kept.fields[VERSION])
        for field in self.form.fields:
            if field.about.key in kept.fields:
                field.put(kept.fields[field.about.key])

    def head_lines(self) -> list[Piece]:
        lines = super().head_lines()
        if self.offered is not None:
            lines.append(self._offer(self.offered))
        return lines

    def _offer(self, kept: KeptForm) -> Piece:
        when = format_moment(self.case.clock.local(kept.saved_at))
        key = self.case.keymap.shown(f"{self.SCOPE}.empty", self.SCOPE)
        if self.emptied:
            return _("The form you left unfinished {when} is put aside; {key} brings it back.").format(
                when=when, key=key
            ), DIM
        return _("You left this unfinished {when}; here it is. {key} puts it aside.").format(when=when, key=key), WARN

    async def action_empty(self) -> None:
        """Put the unfinished form aside as it stands now, or bring it back while nothing new was written."""
        if self.offered is None:
            return
        if self.emptied and self.dirty:
            self.say(_("You have begun anew; the older unfinished form stays aside."), warn=True)
            return
        if not self.emptied and self.dirty:
            await self.keeper.now_or_say()
            self.offered = replace(self.offered, fields=self.kept_fields(), saved_at=self.case.clock.seconds())
        self.emptied = not self.emptied
        self.put_all(self.base)
        if not self.emptied:
            self._fill_in(self.offered)
        self.settle()
        self._veil()
        self.draw()
        self.go(self.first_field())

    def forget_offer(self) -> None:
        """Offer nothing to put aside any more once all that was left unfinished has been saved."""
        if self.offered is not None and not self.emptied:
            unsaved = {field.about.key for field in self.edited}
            if not unsaved.intersection(self.offered.fields):
                self.offered = None
