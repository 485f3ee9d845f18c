"""What every form is built on: opening, keeping what is unfinished, saving, and a colleague's conflict.

What differs from the texts its fields began with is what the person did: that is kept while it is unfinished, and for a
record that existed before only that is sent, with the version it was opened with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from msgspec.structs import replace

from config.actions import Action
from config.errors import ExinError
from config.words import N_, _
from models.roles.rights import NotAllowed
from models.storage.drafts import VERSION, KeptForm
from models.storage.work import Conflict, Gone, Work
from screens.forms.conflict import ConflictScreen, field_of
from screens.forms.draft_keeper import DraftKind, Keeper, Kept, Offer, declare
from screens.forms.fields_screen import FieldsScreen
from screens.forms.line_fields import FormField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.sudden import take_away
from screens.widgets.line import Piece


class FormScreen(FieldsScreen):
    """A form about one record; the result is the record's id, None when nothing was saved.

    A subclass declares `DRAFTS`, sets `form_name` to one of their names, and gives `fields`, `load`, `heading` and
    `write`. The `subject` of a form about nobody yet is 0.
    """

    SCOPE = "form"
    CSS_PATH = Path(__file__).with_name("form.tcss")  # screens in other rooms inherit it
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = ()

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = cls.__dict__.get("DRAFTS", ())
        if not own and not abstract:
            raise TypeError(f"{cls.__qualname__} does not declare its DRAFTS: what it is kept under, and whose it is")
        for kind in own:
            declare(kind)

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case)
        self.subject = subject
        self.form_name = ""
        self.version: int | None = None
        self.keeper = Keeper(self, lambda: (self.form_name, self.subject), self._unfinished, several=not subject)
        self.offer = Offer(case, self.keeper)
        self._saving = False
        self._could_save = not self.only_reads()
        """Whether whoever opened it could save it then: their role may be another one by now."""

    # ------------------------------------------------------------------ what a subclass gives

    async def load(self) -> Mapping[str, str]:
        """Read what the form is about; answers the texts the fields begin with, and sets `version` of a record."""
        return {}

    async def add_or_change(
        self, add: Callable[[Work, int, Any], int], change: Callable[[Work, int, int, Any], int],
        values: Mapping[str, Any], version: int | None,
    ) -> int:  # fmt: skip
        """Save a new record of whom the form is about, or the changes to the one it was opened on; answers its id."""
        if self.version is None:
            return await self.case.store.change(add, self.subject, values)
        await self.case.store.change(change, self.subject, version or 0, values)
        return self.subject

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        """Save `values` (all of them for a new record, else those that differ); answers the record's id."""
        raise NotImplementedError

    async def may_save(self) -> bool:
        """Whether to save what can be saved: a form may ask something first, and leave by the answer."""
        return True

    def settle(self) -> None:
        """Bring the form's shape in line with what stands in it; called after texts were put in."""

    def changed(self, field: FormField) -> None:
        """A field has another text: what depends on it follows."""

    # ------------------------------------------------------------------ opening

    async def on_mount(self) -> None:
        try:
            texts = await self.load()
            await self.find_whom(self.looked_at)
        except ExinError as error:
            self.keeper.leave()
            await take_away(self, error.text)
            return
        self.put_all(texts)
        self.rebase()
        await self._offer_draft()
        self._begin()

    async def _offer_draft(self) -> None:
        await self.offer.find()

    def _begin(self) -> None:
        """Lay what was left unfinished over the base, and begin at the first field."""
        if self.offer.laid is not None:
            self._fill_in(self.offer.laid)
        self.settle()
        self.draw()
        self.go(self.first_field())

    def head_lines(self) -> list[Piece]:
        return [*super().head_lines(), *self.offer.told(self.case.keymap.shown(f"{self.SCOPE}.empty", self.SCOPE))]

    # ------------------------------------------------------------------ keeping what is unfinished

    def kept_fields(self) -> dict[str, str]:
        """What an unfinished form remembers."""
        kept = {field.about.key: field.kept for field in self.edited}
        return kept if self.version is None else {**kept, VERSION: str(self.version)}

    def on_form_field_edited(self, event: FormField.Edited) -> None:
        """Forget the field's error unless it has just found one itself, and keep the form soon."""
        event.stop()
        field = event.field
        if field.error:
            field.judge()
        self.form.draw_label(field)
        self.changed(field)
        self.draw_hint()
        if self.dirty:
            self.keeper.soon()

    def _unfinished(self) -> Kept | None:
        """What is to be kept now; a form that was put aside stays kept while nothing new is written."""
        if self.dirty:
            # What nobody could ever save here nobody goes on with.
            return self.kept_fields() if self._could_save else None
        return self.keeper.kept if self.offer.emptied else None

    async def keep(self) -> None:
        """Keep what stands in the form inside the vault, now; nothing of one that was saved or not touched."""
        await self.keeper.now()

    async def put_by(self, *, hidden: bool = False) -> str:
        if self.keeper.ended:
            return ""
        await self.keep()
        self.keeper.leave()
        return self.keeper.told(hidden=hidden)

    async def on_screen_suspend(self) -> None:
        """Another screen covers or replaces this one: from here on nobody may come back."""
        await self.keeper.now_or_say()

    # ------------------------------------------------------------------ what was left unfinished before

    def _fill_in(self, kept: KeptForm) -> None:
        """Lay the unfinished form over the base; its own version goes with it, so that what came since is noticed."""
        if self.version is not None and kept.fields.get(VERSION, "").isdecimal():
            self.version = int(kept.fields[VERSION])
        for field in self.form.fields:
            if field.about.key in kept.fields:
                field.put(kept.fields[field.about.key])

    def actions(self) -> list[Action]:
        """In a new form, what the key does is to take up another one."""
        return [
            replace(action, label=N_("Take up")) if action.id == "form.empty" and self.offer.only_named else action
            for action in super().actions()
        ]

    def why_not(self, action_id: str) -> str:
        if action_id == "form.empty" and self.offer.found is None:
            return _("There is no unfinished form here to put aside.")
        return super().why_not(action_id)

    async def action_empty(self) -> None:
        """Put the unfinished form aside, or bring it back while nothing new was written; of several, show the next."""
        offer = self.offer
        if self.keeper.several:
            await offer.go_on()
        elif offer.emptied and self.dirty:
            self.say(_("You have begun anew; the older unfinished form stays aside."), warn=True)
            return
        elif offer.kept is not None:
            if self.dirty:
                await self.keeper.now_or_say()
                offer.kept = replace(offer.kept, fields=self.kept_fields(), saved_at=self.case.clock.seconds())
            offer.emptied = not offer.emptied
        self.put_all(self.base)
        self._drawn_private = None  # an empty field is not hidden
        self._begin()

    # ------------------------------------------------------------------ saving

    def _values(self) -> dict[str, Any] | None:
        """What is to be saved, None when a field has an error; the focus is then on the first such field."""
        wanted = [field for field in (self.form.fields if self.version is None else self.edited) if field.display]
        values: dict[str, Any] = {}
        bad: list[FormField] = []
        for field in wanted:
            values[field.about.key] = field.judge()
            if field.error:
                bad.append(field)
        self._draw_marks()
        if bad:
            self._point_at(bad[0])
            return None
        return values

    def _point_at(self, field: FormField) -> None:
        if field.veiled:
            self.say(field.error, warn=True)
            return
        self.go(field)
        self.form.draw_label(field)
        # What was typed behind the key that saves was for the screen below.
        self.shell.forget_ahead()
        self.say(_("Not saved: {field} needs another look.").format(field=field.about.label), warn=True)

    async def action_save(self) -> None:
        """Save and close."""
        if self._saving or self.keeper.ended:
            return
        if isinstance(self.focused, FormField):
            self.focused.leave()
        if self.version is not None and not self.dirty:
            await self.leave(_("Nothing was changed."))
            return
        values = self._values()
        if values is not None and await self.may_save():
            await self._save(values, self.version)

    async def _save(self, values: dict[str, Any], version: int | None) -> None:
        self._saving = True
        try:
            answer = await self.write(values, version)
        except Conflict as conflict:
            await self.keep()
            await self._choose(conflict, values)
        except (NotAllowed, Gone):
            await self.keep()
            raise
        except ExinError as error:
            self._blame(error)
        else:
            await self.keeper.saved()
            self.dismiss(answer)
        finally:
            self._saving = False

    def blame(self, field: FormField, text: str) -> None:
        """Show at a field what is wrong with it, and go there."""
        field.error = text
        self._point_at(field)

    def _blame(self, error: ExinError) -> None:
        """Show a refusal at the field its sentence names, or at the foot when it names none."""
        for field in self.form.fields:
            if field.display and not field.veiled and error.text.startswith(f"{field.about.label}:"):
                self.blame(field, error.text)
                return
        self.say(error.text, warn=True)

    async def _choose(self, conflict: Conflict, values: dict[str, Any]) -> None:
        conflict.mine = {
            column: value for column, value in conflict.mine.items() if column in values or field_of(column) in values
        }
        personal = {field.about.key for field in self.form.fields if field.about.personal}
        texts = {field.about.key for field in self.form.fields if isinstance(field, TextBox)}
        asked = ConflictScreen(self.case, conflict, self.labels(), personal, self.said, texts)
        answer = await self.ask(asked)
        if answer == "mine":
            await self._save(values, conflict.now)
        elif answer == "both":
            await self._save_both(asked.both, conflict.now)
        elif answer == "theirs":
            await self.leave(_("Theirs stands. What you wrote is kept as an unfinished form."))

    async def _save_both(self, texts: Mapping[str, str], now: int) -> None:
        """Save both texts of a conflict as one; where that is too long for a field, it stands there to be shortened."""
        for key, text in texts.items():
            self.field(key).put(text)
        # Whoever has seen both versions goes on from the newer one.
        if self.version is not None:
            self.version = now
        await self.keep()
        values = self._values()
        if values is not None:
            await self._save(values, now)

    # ------------------------------------------------------------------ leaving

    async def action_close(self) -> None:
        """Close without saving; what was written is kept and offered again."""
        if self.keeper.ended:
            return
        if self.dirty and self._could_save:
            await self.leave(_("Not saved, but kept as an unfinished form: open it again to go on."))
        elif self.offer.emptied:
            await self.keeper.end()
            self.say_below(_("The unfinished form was thrown away."))
            self.dismiss(None)
        else:
            await self.leave("")

    async def leave(self, text: str) -> None:
        """Keep the form, close it, and say `text` on the screen below."""
        await self.keep()
        self.keeper.leave()
        if text:
            self.say_below(text)
        self.dismiss(None)
