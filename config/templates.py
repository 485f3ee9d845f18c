"""Text templates: what may stand in one wherever it is kept, a team's in the programme and a person's in the settings.

One is put into a field as it stands, so nothing may be in it that steers a terminal or that nobody sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.plain import plain
from config.quoted import quoted
from config.words import _

NAME_LIMIT: Final = 60
TEXT_LIMIT: Final = 4_000
MOST: Final = 50
"""So many of a person's own: the settings are read at every start."""
_KEYS: Final = ("name", "text")


class TemplateError(ExinError):
    """A template cannot be kept as it is; the text names it and says what is wrong."""


class Template(Struct, frozen=True):
    """A text that is used again, and what it is called."""

    name: str
    text: str


def same(name: str) -> str:
    """A name as two templates may not both have it: case and spaces make no difference."""
    return " ".join(name.casefold().split())


def name_fault(name: str) -> str:
    """What is wrong with a name, a clause; empty when nothing is."""
    return _fault(name, NAME_LIMIT, "")


def text_fault(text: str) -> str:
    """What is wrong with a text, a clause; empty when nothing is."""
    return _fault(text, TEXT_LIMIT, "\n\t")


def _fault(text: str, limit: int, keep: str) -> str:
    if not text.strip():
        return _("is empty")
    if len(text) > limit:
        return _("has {count} characters; at most {limit} fit").format(count=len(text), limit=limit)
    if plain(text, keep) == text:
        return ""
    at = next(number for number, sign in enumerate(text) if sign not in keep and plain(sign) != sign)
    return _("has a sign in line {line} that nobody sees or that steers the terminal: {sign}").format(
        line=text.count("\n", 0, at) + 1, sign=f"U+{ord(text[at]):04X}"
    )


def read(found: object) -> tuple[Template, ...]:
    """A person's own, from what a TOML file has under `[[templates]]`; raises `TemplateError` at the first fault."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TemplateError(_("expected a list of tables, each written under [[{table}]]").format(table="templates"))
    templates = tuple(_one(values, number) for number, values in enumerate(found, 1))
    check(templates)
    return templates


def _one(values: dict[str, Any], number: int) -> Template:
    name, text = (values.get(key) for key in _KEYS)
    called = quoted(name) if isinstance(name, str) and name.strip() else _("no. {number}").format(number=number)
    if extra := [key for key in values if key not in _KEYS]:
        fault = _("there is no such key; known are {known}").format(known=", ".join(_KEYS))
        raise TemplateError(f"{called}: {quoted(extra[0])}: {fault}")
    if not isinstance(name, str) or not isinstance(text, str):
        raise TemplateError(f"{called}: " + _("needs a name and a text, both in quotes"))
    return Template(name, text)


def check(templates: Sequence[Template]) -> None:
    """Raise `TemplateError` where these cannot be somebody's own templates."""
    if len(templates) > MOST:
        told = _("there are {count} templates; at most {most} fit")
        raise TemplateError(told.format(count=len(templates), most=MOST))
    seen: set[str] = set()
    for number, one in enumerate(templates, 1):
        called = quoted(one.name) if one.name.strip() else _("no. {number}").format(number=number)
        if fault := name_fault(one.name):
            raise TemplateError(f"{called}: " + _("the name {fault}").format(fault=fault))
        if fault := text_fault(one.text):
            raise TemplateError(f"{called}: " + _("the text {fault}").format(fault=fault))
        if same(one.name) in seen:
            raise TemplateError(f"{called}: " + _("there are two templates of this name"))
        seen.add(same(one.name))


def called(templates: Sequence[Template], name: str) -> Template | None:
    """The one of this name."""
    return next((one for one in templates if same(one.name) == same(name)), None)


def with_one(templates: Sequence[Template], new: Template, over: Template | None) -> tuple[Template, ...]:
    """`templates` with another one, in place of `over` where that stands there under its name.

    Raises `TemplateError` where another one of the name has come meanwhile, from another session.
    """
    there = called(templates, new.name)
    if there is not None and there != over:
        raise TemplateError(_("{name}: another session has kept one of this name just now.").format(name=new.name))
    kept = tuple(new if one == there else one for one in templates) if there else (*templates, new)
    check(kept)
    return kept


def renamed(templates: Sequence[Template], old: Template, name: str) -> tuple[Template, ...]:
    """`templates` with another name for one. Raises `TemplateError` where it is gone, or the name is another one's."""
    there = called(templates, name)
    if there is not None and there != old:
        raise TemplateError(_("{name}: there is one of this name already.").format(name=name))
    if old not in templates:
        raise TemplateError(_("{name}: another session has changed or removed it.").format(name=old.name))
    kept = tuple(Template(name, one.text) if one == old else one for one in templates)
    check(kept)
    return kept


def without(templates: Sequence[Template], old: Template) -> tuple[Template, ...]:
    """`templates` less one, which may be gone already."""
    return tuple(one for one in templates if one != old)
