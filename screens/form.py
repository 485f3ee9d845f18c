"""What every form does alike: focus, hints, errors at the field, unfinished forms, saving, and a colleague's conflict.

A form knows its fields and the texts they began with, its base. What differs from the base is what the person did:
that is kept as an unfinished form, and for a record that existed before only that is sent, with the version it was
opened with.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from textual.app import ComposeResult
from textual.timer import Timer
from textual.widget import Widget

from config.dates import format_moment
from config.errors import ExinError
from config.words import _
from models import drafts
from models.drafts import KeptForm
from models.work import Conflict, Gone, NotAllowed
from screens.base import CaseScreen
from screens.case import Case
from screens.conflict import ConflictScreen
from screens.widgets.form import FormBody, FormHint, FormLines
from screens.widgets.form_fields import FormField, LineField
from screens.widgets.line import DIM, WARN, Piece

KEEP_AFTER: Final = 1.0
KEEP_AT_LEAST_EVERY: Final = 5.0
VERSION: Final = "_version"


class FormScreen(CaseScreen[int]):
    """A form about one record; the result is the record's id, None when nothing was saved.

    A subclass sets `form_name`, under which it is kept, and gives `fields`, `load`, `heading` and `write`.
    """

    SCOPE = "form"
    CSS_PATH = "form.tcss"

    def __init__(self, case: Case, subject: int) -> None:
        super().__init__(case)
        self.subject = subject
        self.form_name = ""
        self.version: int | None = None
        self.form = FormBody([])
        self.base: dict[str, str] = {}
        self.offered: KeptForm | None = None
        self.emptied = False
        self._timer: Timer | None = None
        self._unkept_since = 0.0
        self._ended = False
        self._saving = False
        self._drawn_private: bool | None = None
        self._in_vault: dict[str, str] | None = None

    # ------------------------------------------------------------------ what a subclass gives

    def fields(self) -> list[FormField]:
        """The fields in order."""
        raise NotImplementedError

    def tail(self) -> list[Widget]:
        """What stands below the fields."""
        return []

    async def load(self) -> Mapping[str, str]:
        """Read what the form is about; answers the texts the fields begin with, and sets `version` of a record."""
        return {}

    def heading(self) -> list[Piece]:
        """The lines above the fields."""
        return []

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        """Save `values` (all of them for a new record, else those that differ); answers the record's id."""
        raise NotImplementedError

    def first_field(self) -> Widget:
        """Where the focus begins."""
        return next(field for field in self.form.fields if field.display and not field.veiled)

    def warnings(self) -> Sequence[str]:
        """What looks wrong in the form as a whole, and does not hinder saving."""
        return ()

    def labels(self) -> Mapping[str, str]:
        """What the fields are called, for a conflict."""
        return {field.about.key: field.about.label for field in self.form.fields}

    # ------------------------------------------------------------------ composing and loading

    def body(self) -> ComposeResult:
        self.form = FormBody(self.fields(), *self.tail())
        yield FormLines(6, id="form-head")
        yield self.form
        yield FormLines(3, id="form-warnings")
        yield FormHint()

    async def on_screen_suspend(self) -> None:
        """Another screen covers or replaces this one: from here on nobody may come back."""
        await self._keep_or_say()

    async def on_mount(self) -> None:
        try:
            texts = await self.load()
        except ExinError as error:
            self.say_below(error.text, warn=True)
            self._ended = True
            self.dismiss(None)
            return
        self.put_all(texts)
        self.rebase()
        await self._offer_draft()
        self.settle()
        self.draw()
        self.go(self.first_field())

    def settle(self) -> None:
        """Bring the form's shape in line with what stands in it; called after texts were put in."""

    def put_all(self, texts: Mapping[str, str]) -> None:
        """Let these texts stand in the fields; a field that is not named becomes empty."""
        for field in self.form.fields:
            field.error = ""
            field.put(texts.get(field.about.key, ""))

    def rebase(self) -> None:
        """What stands in the fields now is what the form begins with."""
        self.base = {field.about.key: field.written for field in self.form.fields}

    def field(self, key: str) -> FormField:
        """One field by its key."""
        return next(field for field in self.form.fields if field.about.key == key)

    # ------------------------------------------------------------------ drawing

    def draw(self) -> None:
        """Everything around the fields, and which of them are hidden."""
        if self.case.private != self._drawn_private:
            self._drawn_private = self.case.private
            self._veil()
        lines = list(self.heading())
        if self.offered is not None:
            lines.append(self._offer(self.offered))
        self.query_one("#form-head", FormLines).show(lines)
        self.draw_warnings()
        self.draw_hint()
        self.draw_foot()

    def _veil(self) -> None:
        """Hide at once what tells who it is; a field that is still empty can be filled in, and shows what is typed."""
        for field in self.form.fields:
            field.veil(self.case.private and field.about.personal and bool(field.written))
        here = self.focused
        if isinstance(here, FormField) and here.veiled:
            fields = [*self.form.fields, *self.form.fields][self.form.fields.index(here) :]
            self.set_focus(next((field for field in fields if field.display and not field.veiled), None))

    def _offer(self, kept: KeptForm) -> Piece:
        when = format_moment(self.case.clock.local(kept.saved_at))
        key = self.case.keymap.shown(f"{self.SCOPE}.empty", self.SCOPE)
        if self.emptied:
            return _("The form you left unfinished {when} is put aside; {key} brings it back.").format(
                when=when, key=key
            ), DIM
        return _("You left this unfinished {when}; here it is. {key} puts it aside.").format(when=when, key=key), WARN

    def draw_warnings(self) -> None:
        """Say what looks wrong in the form as a whole."""
        self.query_one("#form-warnings", FormLines).show([("! " + text, WARN) for text in self.warnings()])

    def draw_hint(self) -> None:
        """Say what is wrong with the field with the focus, or what it expects."""
        field = self.focused
        if isinstance(field, FormField):
            self.query_one(FormHint).show(field.error or field.hint, warn=bool(field.error))
        else:
            self.query_one(FormHint).show("")

    async def refresh_case(self) -> None:
        self.draw()

    def go(self, field: Widget) -> None:
        """Give a field the focus, with the heading of its section in sight."""
        self.set_focus(field)
        self.draw_hint()
        if isinstance(field, FormField):
            # A screen that is only being opened gives the focus without the event that would select.
            if isinstance(field, LineField) and field.select_on_focus:
                field.action_select_all()
            self.call_after_refresh(self.form.show_heading, field)

    def on_descendant_focus(self) -> None:
        self._draw_marks()

    def on_descendant_blur(self) -> None:
        self._draw_marks()

    def _draw_marks(self) -> None:
        for field in self.form.fields:
            if field.display:
                self.form.draw_label(field)
        self.draw_hint()

    def why_not(self, action_id: str) -> str:
        if action_id == "form.save":
            if not self.case.store.actor.may_write:
                return _("You have read access only. Ask the team leader if you need to write.")
            return ""
        if action_id == "form.empty" and self.offered is None:
            return _("There is no unfinished form here to put aside.")
        return ""

    # ------------------------------------------------------------------ editing and keeping

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
        self._keep_soon()

    def changed(self, field: FormField) -> None:
        """A field has another text: what depends on it follows."""

    def _keep_soon(self) -> None:
        if self._ended or not self.dirty:
            return
        now = time.monotonic()
        if self._timer is None:
            self._unkept_since = now
        else:
            self._timer.stop()
        left = self._unkept_since + KEEP_AT_LEAST_EVERY - now
        self._timer = self.set_timer(max(0.0, min(KEEP_AFTER, left)), self._keep_or_say)

    async def _keep_or_say(self) -> None:
        try:
            await self.keep()
        except ExinError as error:
            self.say(error.text, warn=True)

    async def keep(self) -> None:
        """Keep what stands in the form inside the vault, now; nothing of one that was saved or not touched."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._ended:
            return
        wanted = self.kept_fields() if self.dirty else None
        if wanted == self._in_vault or (wanted is None and self.emptied):
            # Nothing to write, so nothing is asked of a vault that may be closed by now.
            return
        if wanted is None:
            await self._drop()
        else:
            await self.case.store.note(drafts.keep, self.form_name, self.subject, wanted)
            self._in_vault = wanted

    async def _drop(self) -> None:
        await self.case.store.note(drafts.drop, self.form_name, self.subject)
        self._in_vault = None

    async def _offer_draft(self) -> None:
        found = await self.case.store.ask(drafts.kept, self.form_name, self.subject)
        if found:
            self.offered = found[0]
            self._in_vault = found[0].fields
            self._fill_in(found[0])

    def _fill_in(self, kept: KeptForm) -> None:
        """Lay the unfinished form over the base; its own version goes with it, so that what came since is noticed."""
        if self.version is not None and kept.fields.get(VERSION, "").isdecimal():
            self.version = int(kept.fields[VERSION])
        for field in self.form.fields:
            if field.about.key in kept.fields:
                field.put(kept.fields[field.about.key])

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
        if self._saving or self._ended:
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
            await self._end()
            self.dismiss(answer)
        finally:
            self._saving = False

    def _blame(self, error: ExinError) -> None:
        """Show a refusal at the field its sentence names, or at the foot when it names none."""
        for field in self.form.fields:
            if field.display and not field.veiled and error.text.startswith(f"{field.about.label}:"):
                field.error = error.text
                self._point_at(field)
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

    async def _end(self) -> None:
        self._ended = True
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self._drop()

    # ------------------------------------------------------------------ leaving

    async def action_close(self) -> None:
        """Close without saving; what was written is kept and offered again."""
        if self._ended:
            return
        if self.dirty and self.case.store.actor.may_write:
            await self.leave(_("Not saved, but kept as an unfinished form: open it again to go on."))
        elif self.emptied:
            await self._end()
            self.say_below(_("The unfinished form was thrown away."))
            self.dismiss(None)
        else:
            await self.leave("")

    async def leave(self, text: str) -> None:
        """Keep the form, close it, and say `text` on the screen below."""
        await self.keep()
        self._ended = True
        if text:
            self.say_below(text)
        self.dismiss(None)

    def say_below(self, text: str, *, warn: bool = False) -> None:
        """Say something on the screen that shows when this one is closed."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack and stack.index(self) else None
        if isinstance(below, CaseScreen):
            below.say(text, warn=warn)

    def action_empty(self) -> None:
        """Put the unfinished form aside, or bring it back while nothing new was written."""
        if self.offered is None:
            return
        if self.emptied and self.dirty:
            self.say(_("You have begun anew; the older unfinished form stays aside."), warn=True)
            return
        self.emptied = not self.emptied
        self.put_all(self.base)
        if not self.emptied:
            self._fill_in(self.offered)
        self.settle()
        self._veil()
        self.draw()
        self.go(self.first_field())

    # ------------------------------------------------------------------ moving

    def action_next(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_prev(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_up(self) -> None:
        """To the field above."""
        self.focus_previous()

    def action_down(self) -> None:
        """To the field below."""
        self.focus_next()

    def action_page_up(self) -> None:
        """To the section before."""
        self._to_section(-1)

    def action_page_down(self) -> None:
        """To the next section."""
        self._to_section(1)

    def _to_section(self, direction: int) -> None:
        here = self.focused if isinstance(self.focused, FormField) else None
        field = self.form.section(here, direction)
        if field is not None:
            self.go(field)


def _field(column: str) -> str:
    """The field a column belongs to: a colleague's is stored by id."""
    return column.removesuffix("_id")
