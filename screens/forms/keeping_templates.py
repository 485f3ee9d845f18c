"""A person's own templates: read from their settings file, changed there, and kept only where they are about nobody.

The file is not sealed, so a name that may be a participant's is asked about, and a national identity number refused.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from config import settings as config_settings
from config import startup_settings
from config import templates as own
from config.settings import SettingsError
from config.templates import Template, TemplateError
from config.words import _
from models.participants import participants
from models.values import national_id, own_name
from models.values.text import INVISIBLE
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.screen import CaseScreen

NAME_WIDTH: Final = 32
SHOWN: Final = 9
"""Lines of the template under the mark that are shown below a list."""
BLANK: Final = "…"
"""What stands in place of a name that is taken out."""
_WORD: Final = re.compile(r"\w+")
_UNSEEN: Final = dict.fromkeys(map(ord, INVISIBLE))


def read_own(case: Case) -> str:
    """Take in the person's own templates as they stand in their file now; answers what is wrong with it, or nothing."""
    try:
        found = config_settings.load(_file())
    except SettingsError as error:
        return error.text
    case.settings = replace(case.settings, templates=found.templates)
    return ""


async def change_own(case: Case, alter: Callable[[Sequence[Template]], tuple[Template, ...]]) -> None:
    """Change the person's own templates in their file; raises `SettingsError` or `TemplateError`."""
    changed = await asyncio.to_thread(config_settings.change_templates, _file(), alter)
    case.settings = replace(case.settings, templates=changed.templates)


def template_name(written: str) -> str:
    """A template's name as it was written. Raises `TemplateError`."""
    name = " ".join(seen(written).split())
    if fault := own.name_fault(name):
        raise TemplateError(_("The name {fault}.").format(fault=fault))
    refuse_numbers(name)
    return name


def refuse_numbers(text: str) -> None:
    """Raise `TemplateError` where a national identity number stands in the text."""
    if national_id.masked(text) != text:
        raise TemplateError(
            _("Not kept: there is a national identity number in it, and the settings file is not encrypted.")
        )


async def about_nobody(
    screen: CaseScreen[Any], template: Template, about: Sequence[tuple[str, str]] = ()
) -> Template | None:
    """The template as it may be kept, asked about where a participant's name stands in it; None where it may not.

    From an action of `screen`.
    """
    whole = f"{template.name}\n{template.text}"
    known = [*about, *await screen.case.store.ask(participants.named_in, whole)]
    names = {name: code for code, name in known if name and own_name.masked(whole, name, BLANK) != whole}
    if not names:
        return template
    words = names.values() if screen.case.private else _named(whole, names)
    question = _("This may be a participant's name: {words}. A template must hold none.").format(words=", ".join(words))
    options = [
        Option("no", _("Do not keep it; change it first")),
        Option("blank", _("Keep it with … in place of the name")),
        Option("as_is", _("Keep it as it is: that is nobody's name here")),
    ]
    answer = await choose(screen, question, options)
    if answer == "blank":
        for name in names:
            template = Template(*(own_name.masked(one, name, BLANK) for one in (template.name, template.text)))
    return template if answer in ("blank", "as_is") else None


def _file() -> Path:
    return Path(startup_settings.settings_file())


def seen(text: str) -> str:
    """A text less the signs that show nothing."""
    return text.translate(_UNSEEN)


def _named(text: str, names: Collection[str]) -> list[str]:
    """The words of a text that are part of a name, once each."""
    words = dict.fromkeys(_WORD.findall(text))
    return [word for word in words if any(own_name.masked(word, name, BLANK) != word for name in names)]
