"""A person's settings: chosen with the arrows or written, and saved at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import ComposeResult

from config import settings as config_settings
from config import words
from config.keymap import KeymapError, build, written
from config.settings import FIELDS, Field, Settings, SettingsError
from config.words import N_, _, n_
from screens.forms.own_templates import OwnTemplatesScreen
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.dialog import Dialog
from screens.frame.moving import ListKeys
from screens.frame.prompt import PromptScreen
from screens.frame.route import Route
from screens.widgets.line import ALARM, BOLD, DIM, PLAIN, Piece, cut
from screens.widgets.text_lines import TextLines, TitleLine
from screens.widgets.windowed_list import WindowedList


def shown(setting: Field, settings: Settings) -> str:
    """The value of a setting as a person reads it."""
    value = getattr(settings, setting.key)
    match setting.kind:
        case "bool":
            return _("Yes") if value else _("No")
        case "choice":
            return next((_(choice.label) for choice in setting.choices if choice.value == value), str(value))
        case "keys" | "templates":
            return n_("{count} of your own", "{count} of your own", len(value)).format(count=len(value))
    return str(value) or _("(the default)")


class SettingsScreen(ListKeys, Dialog[Settings]):
    """Dismisses with the settings as saved, their keys free of clashes; `case` stays as it was.

    What it starts from is the file at `path`, which somebody may have edited meanwhile. A file with an error is shown
    with its sentence, and is written over only after the person has agreed. Only words change at once: screens made
    before still have the former ones, so make them anew.
    """

    CSS_PATH = "settings.tcss"
    SCOPE = "settings"
    OPENS: ClassVar[Mapping[str, Route[[]]]] = {
        "settings.programme": Route[[]]("screens.everywhere.programme", "ProgrammeScreen", quiet=True)
    }
    HELP = N_(
        "Every change is saved at once in your settings file. Language and keys change at once; colours, the vault and "
        "what is sent to the terminal the next time you start."
    )

    def __init__(self, case: Case, path: Path) -> None:
        super().__init__(case)
        self._path = path
        self._fault = ""
        self._settings = case.settings
        self.moving = WindowedList(self._draw_field)
        try:
            found = config_settings.load(path)
            build(found.keys)
            self._settings = found
        except (SettingsError, KeymapError) as error:
            self._fault = error.text

    def body(self) -> ComposeResult:
        self._title = TitleLine(_("Settings"), str(self._path))
        self._explained = TextLines(style=DIM, id="explained")
        self._wrong = TextLines(self._fault, ALARM, id="wrong")
        yield self._title
        yield TextLines(self.case.store.unlocked.place.way_of_running(), DIM, id="running")
        yield self._wrong
        yield self.moving
        yield self._explained

    async def on_mount(self) -> None:
        self.moving.focus()
        await self.moving.show_rows(FIELDS)

    def _draw_field(self, row: Field, width: int, part: int) -> Sequence[Piece]:
        label = max(cell_len(_(setting.label)) for setting in FIELDS) + 3
        return [(" " + cut(_(row.label), label), PLAIN), (shown(row, self._settings), BOLD)]

    @property
    def _field(self) -> Field:
        return FIELDS[self.moving.mark]

    def on_windowed_list_marked(self) -> None:
        self._explained.show(_(self._field.explain))

    # ------------------------------------------------------------------ changing

    async def action_next(self) -> None:
        """Choose the next value."""
        await self._step(1)

    async def action_previous(self) -> None:
        """Choose the previous value."""
        await self._step(-1)

    async def action_edit(self) -> None:
        """Write the value; where there is nothing to write, choose the next one."""
        match self._field.kind:
            case "int" | "text":
                await self._write_value(self._field)
            case "keys":
                await self._write_keys()
            case "templates":
                await self._own_templates()
            case _kind:
                await self._step(1)

    async def _step(self, by: int) -> None:
        setting = self._field
        value = getattr(self._settings, setting.key)
        match setting.kind:
            case "bool":
                await self._change({setting.key: not value})
            case "int":
                await self._change({setting.key: max(setting.low, min(value + by, setting.high))})
            case "choice":
                values = [choice.value for choice in setting.choices]
                place = values.index(value) if value in values else -by
                await self._change({setting.key: values[(place + by) % len(values)]})
            case _kind:
                await self.action_edit()

    async def _write_value(self, setting: Field) -> None:
        def parse(text: str) -> dict[str, Any]:
            plain = text.strip()
            number = setting.kind == "int" and plain.isascii() and plain.removeprefix("-").isdecimal()
            values = {setting.key: int(plain) if number else plain}
            config_settings.check(values, self._path)
            return values

        before = str(getattr(self._settings, setting.key))
        prompt = PromptScreen(self.case, _(setting.label), parse, initial=before, hint=_(setting.explain))
        values = await self.ask(prompt)
        await self._change(values or {})

    async def _write_keys(self) -> None:
        """Ask which action is to have other keys; the shipped ones come back when nothing is written."""
        options = [
            Option(action.id, _(action.label), hint=f"{' '.join(map(written, action.keys))}  ({action.id})")
            for action in build(self._settings.keys)
        ]
        action_id = await choose(self, _("Which action?"), options)
        if action_id is None:
            return
        action = build({}).action(action_id)

        def parse(text: str) -> dict[str, Any]:
            own = {name: keys for name, keys in self._settings.keys.items() if name != action_id}
            if text.strip():
                own[action_id] = text.strip()
            build(own)
            return {"keys": own}

        hint = _("Several keys with spaces between, such as f6 or ctrl+r. Empty: {keys}, as shipped.")
        prompt = PromptScreen(
            self.case,
            _("Keys for {action}").format(action=_(action.label)),
            parse,
            initial=self._settings.keys.get(action_id, " ".join(action.keys)),
            hint=hint.format(keys=" ".join(map(written, action.keys))),
        )
        values = await self.ask(prompt)
        await self._change(values or {})

    async def _own_templates(self) -> None:
        """Rename and remove one's own templates, which is saved at once."""
        await self.ask(OwnTemplatesScreen(self.case))
        self._settings = replace(self._settings, templates=self.case.settings.templates)
        self.moving.refresh()

    # ------------------------------------------------------------------ saving

    async def _change(self, values: dict[str, Any]) -> None:
        """Save at once, and draw everything again: the language may be another one; ask first over a faulty file."""
        changed = replace(self._settings, **values)
        if changed == self._settings:
            return
        if self._fault:
            question = _("The settings file has an error. Write a new one in its place?")
            options = (
                Option("keep", _("Leave the file as it is"), hint=_("nothing is changed")),
                Option("replace", _("Write a new file"), hint=_("what stands there is lost")),
            )
            if await choose(self, question, options) != "replace":
                return
        try:
            build(changed.keys)
            if self._fault:
                await asyncio.to_thread(config_settings.save, self._path, changed)
            else:
                changed = await asyncio.to_thread(config_settings.change, self._path, self._settings, changed)
        except (SettingsError, KeymapError) as error:
            self._wrong.show(error.text)
            return
        self._fault = ""
        self._settings = changed
        words.use(changed.language)
        self._title.show(_("Settings"), str(self._path))
        self._wrong.show("")
        self._explained.show(_(self._field.explain))
        self.moving.refresh()
        self.draw_foot()

    def action_close(self) -> None:
        """Close with the settings in force."""
        self.dismiss(self._settings)

    async def action_settings(self) -> None:
        """Close by the key that came here."""
        self.action_close()

    def why_not(self, action_id: str) -> str:
        return "" if action_id == "app.settings" else super().why_not(action_id)

    def settled(self, action_id: str) -> bool:
        return action_id == "app.settings"
