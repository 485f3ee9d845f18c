"""Unfinished forms: kept inside the vault while they are written, offered again, put aside or brought back.

A form knows the texts its fields began with, its base. What differs from the base is what the person did, and that is
what is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from msgspec.structs import replace

from config.actions import Action
from config.dates import format_moment
from config.words import N_, _
from models.storage.drafts import KeptForm
from screens.forms.draft_keeper import DraftKind, Keeper, Kept, declare
from screens.forms.line_fields import FormField
from screens.forms.page import FormPage
from screens.frame.case import Case
from screens.widgets.line import DIM, WARN, Piece

VERSION: Final = "_version"


class UnfinishedForm(FormPage):
    """A form whose texts are not lost; a subclass declares `DRAFTS`, and sets `form_name` to one of their names.

    A form about nobody yet, whose `subject` is 0, begins empty: what was left of another one is about somebody else.
    It is offered, and `take_up` is the one to begin with, by its row.
    """

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = ()

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = cls.__dict__.get("DRAFTS", ())
        if not own and not abstract:
            raise TypeError(f"{cls.__qualname__} does not declare its DRAFTS: what it is kept under, and whose it is")
        for kind in own:
            declare(kind)

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case, subject)
        self.form_name = ""
        self.version: int | None = None
        self.base: dict[str, str] = {}
        self.offered: KeptForm | None = None
        self.emptied = False
        self.take_up = 0
        self._next: KeptForm | None = None
        self.keeper = Keeper(self, lambda: (self.form_name, self.subject), self._unfinished, several=not subject)

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
        if self.keeper.several:
            begun = await self.keeper.all()
            self._go_on_with(next((one for one in begun if one.id == self.take_up), None), begun)
        elif self.offered is not None:
            self._fill_in(self.offered)

    def _go_on_with(self, kept: KeptForm | None, begun: Sequence[KeptForm]) -> None:
        """Lay one of several over the base, or nothing for a new form; know which of them comes after it."""
        self.offered = kept
        self.keeper.take(kept)
        if kept is not None:
            self._fill_in(kept)
        self._next = _after(kept.subject if kept is not None else None, begun)

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
        elif self._next is not None:
            when, key = format_moment(self.case.clock.local(self._next.saved_at)), self._key()
            words = _("This form is new. You left another one unfinished {when}: {key} takes it up.")
            lines.append((words.format(when=when, key=key), DIM))
        return lines

    def actions(self) -> list[Action]:
        """In a new form, what the key does is to take up another one."""
        return [
            replace(action, label=N_("Take up")) if action.id == "form.empty" and self.may_take_up else action
            for action in super().actions()
        ]

    @property
    def may_take_up(self) -> bool:
        """Whether this is a new form, and another one was left unfinished."""
        return self.offered is None and self._next is not None

    def _key(self) -> str:
        return self.case.keymap.shown(f"{self.SCOPE}.empty", self.SCOPE)

    def _offer(self, kept: KeptForm) -> Piece:
        when = format_moment(self.case.clock.local(kept.saved_at))
        key = self._key()
        if self.emptied:
            return _("The form you left unfinished {when} is put aside; {key} brings it back.").format(
                when=when, key=key
            ), DIM
        return _("You left this unfinished {when}; here it is. {key} puts it aside.").format(when=when, key=key), WARN

    async def action_empty(self) -> None:
        """Put the unfinished form aside as it stands now, or bring it back while nothing new was written."""
        if self.keeper.several:
            await self._to_next()
            return
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
        self._show_anew()

    def _show_anew(self) -> None:
        self.settle()
        self._veil()
        self.draw()
        self.go(self.first_field())

    async def _to_next(self) -> None:
        """Keep what stands here, and go on with the one begun before it; after the first of all comes a new form."""
        await self.keeper.now()
        here, begun = self.keeper.number, await self.keeper.all()
        self.put_all(self.base)
        self._go_on_with(_after(here, begun), begun)
        self._show_anew()

    def forget_offer(self) -> None:
        """Offer nothing to put aside any more once all that was left unfinished has been saved."""
        if self.offered is not None and not self.emptied:
            unsaved = {field.about.key for field in self.edited}
            if not unsaved.intersection(self.offered.fields):
                self.offered = None


def _after(number: int | None, begun: Sequence[KeptForm]) -> KeptForm | None:
    """Which of several was begun before the one of this number; the one begun last for a new form."""
    return next((one for one in begun if number is None or one.subject > number), None)
