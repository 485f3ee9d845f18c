"""Text templates for the fields of forms as data: what a team writes again and again, worded once."""

from __future__ import annotations

from collections.abc import Sequence

from config.programme.fields import read
from config.programme.labels import Passage, WithId, Words
from config.programme.overlay import Record, Source, at_fault, gather
from config.templates import name_fault, same, text_fault
from config.words import _


class TextTemplate(WithId, frozen=True):
    """A text that is put into a field as it stands; it holds nothing about anybody."""

    name: Words
    text: Passage


def templates(sources: Sequence[Source]) -> tuple[TextTemplate, ...]:
    """In order of the files. What is written once holds in every language; no two are called the same in one."""
    named: dict[tuple[str, str], Record] = {}
    found = []
    for record in gather(sources, "templates"):
        for key, fault_of in (("name", name_fault), ("text", text_fault)):
            written = record.values.get(key)
            if isinstance(written, str):
                record.values[key] = written = {"nb": written, "en": written}
            for text in written.values() if isinstance(written, dict) else ():
                if isinstance(text, str) and (fault := fault_of(text)):
                    raise record.error(key, fault)
        template = read(record, TextTemplate)
        for language, name in template.name.by_language().items():
            other = named.setdefault((language, same(name)), record)
            if other is not record:
                wrong, known = at_fault(record, other, "name")
                raise wrong.error("name", _("{other} has this name already").format(other=known.id))
        found.append(template)
    return tuple(found)
