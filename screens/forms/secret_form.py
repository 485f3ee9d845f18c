"""A form with hidden lines: nothing of it is kept, copied or left standing when something covers it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from config.errors import ExinError
from config.words import _
from screens.forms.body import FormBody, FormHint
from screens.forms.line_fields import About, FormField, LineField
from screens.frame.case import Case
from screens.frame.dialog import Dialog
from screens.textual_inside.workers import run_beside
from screens.widgets.line import ALARM, DIM
from screens.widgets.text_lines import TextLines, TitleLine

PASSPHRASE_LIMIT: Final = 1024
Done = TypeVar("Done")


class SecretField(LineField):
    """A line that shows dots: no form keeps it, and no clipboard is given it."""

    @dataclass
    class Entered(Message):
        """Enter was pressed in the field."""

        field: SecretField

    def __init__(self, about: About) -> None:
        super().__init__(about, limit=PASSPHRASE_LIMIT, password=True, max_length=PASSPHRASE_LIMIT)

    @property
    def kept(self) -> str:
        return ""

    def put(self, text: str) -> None:
        self.value = text

    def read(self) -> str:
        """What is written, as it is: a passphrase may begin or end with a space."""
        return self.value

    def on_paste(self, event: events.Paste) -> None:
        """Put in the first line of what was pasted, as it is."""
        event.stop()
        event.prevent_default()
        self.replace("".join(event.text.splitlines()[:1]), *self.selection)

    def action_copy(self) -> None:
        """Nothing: it leaves the field for nowhere."""

    action_cut = action_copy

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Entered(self))


class SecretForm(Dialog[Done], Generic[Done]):
    """Fields of which some are hidden; dismisses with what `write` answers, None where it was closed.

    `write` runs in a thread. What it refuses is said below the fields, and all stands as it was.
    """

    CSS_PATH = Path(__file__).with_name("form.tcss")  # screens in other rooms inherit it
    SCOPE = "secret"

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.form = FormBody([])
        self._working = False
        self._answer: Done | None = None

    # ------------------------------------------------------------------ what a subclass gives

    def fields(self) -> list[FormField]:
        """The fields in order."""
        raise NotImplementedError

    def heading(self) -> str:
        """The line at the top."""
        raise NotImplementedError

    def explained(self) -> str:
        """What stands above the fields."""
        return ""

    def write(self, values: dict[str, Any]) -> Done:
        """Do it, in a thread; an `ExinError` says why not."""
        raise NotImplementedError

    def said(self) -> str:
        """What is said on the screen below when it is done."""
        return ""

    # ------------------------------------------------------------------ drawing

    def body(self) -> ComposeResult:
        self.form = FormBody(self.fields())
        self._below = TextLines("", id="secret-said")
        yield TitleLine(self.heading())
        yield TextLines(self.explained(), DIM)
        yield self.form
        yield self._below
        yield FormHint()

    async def on_mount(self) -> None:
        self.set_focus(self.form.fields[0])
        self._draw_marks()

    def _draw_marks(self) -> None:
        for field in self.form.fields:
            self.form.draw_label(field)
        here = self.focused
        self.query_one(FormHint).show(here.hint if isinstance(here, FormField) else "")

    on_descendant_focus = on_descendant_blur = _draw_marks

    def on_form_field_edited(self, event: FormField.Edited) -> None:
        event.stop()
        if not self._working:
            self._below.show("")
        event.field.error = ""
        self.form.draw_label(event.field)

    # ------------------------------------------------------------------ keys

    def action_next(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_prev(self) -> None:
        """To the field before."""
        self.focus_previous()

    action_down, action_up = action_next, action_prev

    async def on_secret_field_entered(self, event: SecretField.Entered) -> None:
        """Enter goes on to the next field; in the last one it does what the form is for."""
        event.stop()
        if event.field is self.form.fields[-1]:
            await self.action_act("secret.save")
        else:
            self.focus_next()

    def on_paste(self, event: events.Paste) -> None:
        """Keep nothing of what may be a passphrase."""
        event.stop()
        event.prevent_default()

    def why_not(self, action_id: str) -> str:
        if self._working and action_id in ("secret.save", "secret.close"):
            return _("One moment …")
        return super().why_not(action_id)

    def action_save(self) -> None:
        """Do it; the fields take nothing meanwhile."""
        values: dict[str, Any] = {}
        for field in self.form.fields:
            try:
                values[field.about.key] = field.read()
            except ExinError as error:
                self._refused(error.text, field)
                return
            if isinstance(field, SecretField) and not values[field.about.key]:
                self._refused(_("{field}: it is empty.").format(field=field.about.label), field)
                return
        if "again" in values and values.pop("again") != values["new"]:
            self._refused(_("The two differ."), self.form.fields[-1])
            return
        self._take_nothing(True)
        self._below.show(_("One moment …"), DIM)
        run_beside(self, partial(self._try, values))

    def _take_nothing(self, working: bool) -> None:
        self._working = working
        for field in self.form.fields:
            field.disabled = working

    def _refused(self, text: str, field: FormField) -> None:
        field.error = text
        self._below.show(text, ALARM)
        self.set_focus(field)
        if isinstance(field, LineField):
            # What is typed next takes the place of what was refused, which cannot be read.
            field.action_select_all()
        self._draw_marks()

    async def _try(self, values: dict[str, Any]) -> None:
        try:
            self._answer = await asyncio.to_thread(self.write, values)
        except ExinError as error:
            self._take_nothing(False)
            fields = self.form.fields
            named = (field for field in fields if error.text.startswith(f"{field.about.label}:"))
            hidden = (field for field in fields if isinstance(field, SecretField))
            self._refused(error.text, next(named, None) or next(hidden))
        else:
            self._go()

    def _go(self) -> None:
        """Close once it is done, but from in front only: to dismiss would take away whatever covers this, the lock."""
        if self._answer is not None and self.is_current:
            self.say_below(self.said())
            self.dismiss(self._answer)

    async def back_in_front(self) -> None:
        await super().back_in_front()
        self._go()

    async def on_screen_suspend(self) -> None:
        """Another screen covers or replaces this one: from here on nobody may come back."""
        for field in self.form.fields:
            if isinstance(field, SecretField):
                field.put("")


def new_passphrase(user_hint: str = "") -> list[FormField]:
    """The fields in which a new passphrase is written twice."""
    hint = user_hint or _("A few words that do not belong together. It is assessed as you save.")
    return [
        SecretField(About("new", _("New passphrase"), hint)),
        SecretField(About("again", _("The same once more"), _("Enter or F2 saves."))),
    ]
