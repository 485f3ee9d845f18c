"""What every form is built on: opening, saving, errors at the field, and a colleague's conflict.

What differs from the texts the fields began with is what the person did: for a record that existed before only that is
sent, with the version it was opened with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.errors import ExinError
from config.words import _
from models.storage.work import Conflict, Gone, NotAllowed
from screens.forms.conflict import ConflictScreen
from screens.forms.line_fields import FormField
from screens.forms.unfinished import UnfinishedForm
from screens.frame.case import Case
from screens.frame.screen import CaseScreen


class FormScreen(UnfinishedForm, abstract=True):
    """A form about one record; the result is the record's id, None when nothing was saved.

    A subclass declares `DRAFTS`, sets `form_name` to the name it is kept under, and gives `fields`,
    `load`, `heading` and `write`.
    """

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case, subject)
        self._saving = False

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        """Save `values` (all of them for a new record, else those that differ); answers the record's id."""
        raise NotImplementedError

    def labels(self) -> Mapping[str, str]:
        """What the fields are called, for a conflict."""
        return {field.about.key: field.about.label for field in self.form.fields}

    async def on_mount(self) -> None:
        try:
            texts = await self.load()
        except ExinError as error:
            self.say_below(error.text, warn=True)
            self.keeper.leave()
            self.dismiss(None)
            return
        self.put_all(texts)
        self.rebase()
        await self._offer_draft()
        self.settle()
        self.draw()
        self.go(self.first_field())

    def why_not(self, action_id: str) -> str:
        if action_id == "form.empty" and self.offered is None and not self.may_take_up:
            return _("There is no unfinished form here to put aside.")
        return ""

    # ------------------------------------------------------------------ saving

    def _values(self) -> dict[str, Any] | None:
        """What is to be saved, None when a field has an error; the focus is then on the first such field."""
        wanted = [field for field in (self.form.fields if self.version is None else self.edited) if field.display]
        values: dict[str, Any] = {}
        bad: list[FormField] = []
        for field in wanted:
            try:
                values[field.about.key] = field.read()
                field.error = ""
            except ExinError as error:
                field.error = error.text
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
        self.say(_("Not saved: {field} needs another look.").format(field=field.about.label), warn=True)

    async def action_save(self) -> None:
        """Save and close."""
        if self._saving or self.keeper.ended:
            return
        if self.version is not None and not self.dirty:
            await self.leave(_("Nothing was changed."))
            return
        values = self._values()
        if values is not None:
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
            await self.keeper.end()
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
        async def chosen(answer: str | None) -> None:
            if answer == "mine":
                try:
                    await self._save(values, conflict.now)
                except ExinError as error:
                    self.say(error.text, warn=True)
            elif answer == "theirs":
                await self.leave(_("Theirs stands. What you wrote is kept as an unfinished form."))

        asked = {
            column: value for column, value in conflict.mine.items() if column in values or _field(column) in values
        }
        conflict.mine = asked
        personal = {field.about.key for field in self.form.fields if field.about.personal}
        await self.app.push_screen(ConflictScreen(self.case, conflict, self.labels(), personal), chosen)

    # ------------------------------------------------------------------ leaving

    async def action_close(self) -> None:
        """Close without saving; what was written is kept and offered again."""
        if self.keeper.ended:
            return
        if self.dirty and self.case.store.actor.may_write:
            await self.leave(_("Not saved, but kept as an unfinished form: open it again to go on."))
        elif self.emptied:
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

    def say_below(self, text: str, *, warn: bool = False) -> None:
        """Say something on the screen that shows when this one is closed."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack and stack.index(self) else None
        if isinstance(below, CaseScreen):
            below.say(text, warn=warn)


def _field(column: str) -> str:
    """The field a column belongs to: a colleague's is stored by id."""
    return column.removesuffix("_id")
