"""Collecting the words of every floor into the catalogs of all languages and compiling them.

`python -m config.locale.compile` updates each `exin.po` there is and its `exin.mo`; with `--check` it writes nothing,
lists what is wrong and exits with 1. Bokmål has every word; a further language may lack some. A catalog holds no dates,
machine names or line numbers, so that it changes only when words do.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from msgspec import Struct

from config.errors import ExitCode

ROOT: Final = Path(__file__).resolve().parents[2]
FLOORS: Final = ("config", "models", "screens", "exin_tui")
LANGUAGE: Final = "nb"
CATALOG: Final = Path(__file__).parent / LANGUAGE / "LC_MESSAGES" / "exin.po"

_KEYWORDS: Final = {"_": None, "n_": (1, 2), "N_": None, "p_": ((1, "c"), 2), "glimpse": None}
_COMMENT: Final = "# The words of EX/IN TUI in {name}. Update with: python -m config.locale.compile"
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")


class _QuietCatalog(Catalog):
    """A catalog whose head says nothing of when, where and by which tool it was made."""

    name = ""
    """What the language calls itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "exin-tui"),
            *([("Language-Team", self.name)] if self.name else []),
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file's head says is not kept."""


class Fault(Struct, frozen=True):
    """One thing wrong with the catalog: what kind, and the msgid or file."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


def collect(root: Path = ROOT) -> Catalog:
    """Every msgid that the code of the four floors marks, without translations."""
    catalog = _empty(LANGUAGE)
    for floor in FLOORS:
        found = extract_from_dir(root / floor, [("**.py", "python")], keywords=_KEYWORDS, directory_filter=_is_ours)
        for _file, _line, message, _comments, context in found:
            catalog.add(message, context=context)
    return catalog


def faults(root: Path = ROOT, file: Path = CATALOG) -> list[Fault]:
    """What is wrong: msgids missing, fuzzy, obsolete or with other placeholders, and a stale compiled catalog."""
    words, known = collect(root), _read(file)
    found: list[Fault] = []
    for message in _messages(words):
        former = known.get(message.id, message.context)
        if former is None or not _translated(former):
            if known.locale_identifier == LANGUAGE:
                found.append(Fault("missing", _name(message)))
        elif former.fuzzy:
            found.append(Fault("fuzzy", _name(message)))
        else:
            found.extend(_placeholder_faults(former))
    obsolete = {_name(message) for message in (*_messages(known), *known.obsolete.values())}
    found.extend(
        Fault("obsolete", name) for name in sorted(obsolete - {_name(message) for message in _messages(words)})
    )
    binary = file.with_suffix(".mo")
    if not binary.is_file() or binary.read_bytes() != _as_mo(known):
        found.append(Fault("stale", binary.name))
    return found


def update(root: Path = ROOT, file: Path = CATALOG) -> None:
    """Write `file` anew with exactly the msgids the code has now, keeping translations, and compile it beside."""
    known = _read(file)
    catalog = _empty(str(known.locale_identifier), known.name)
    for message in _messages(collect(root)):
        former = known.get(message.id, message.context)
        fits = former is not None and not former.fuzzy and former.pluralizable == message.pluralizable
        catalog.add(message.id, former.string if former is not None and fits else None, context=message.context)
    file.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    file.write_bytes(out.getvalue())
    file.with_suffix(".mo").write_bytes(_as_mo(_read(file)))


def files(folder: Path = CATALOG.parents[2]) -> list[Path]:
    """Every catalog there is, bokmål first."""
    others = sorted(folder.glob("*/LC_MESSAGES/exin.po"))
    return sorted(others, key=lambda file: _language_of(file) != LANGUAGE)


def _language_of(file: Path) -> str:
    return file.parents[1].name


def _as_mo(catalog: _QuietCatalog) -> bytes:
    """Without what is not translated, so that it is looked for in the next language.

    The file stands in the order of its bytes, which begin with the context; Babel would leave it out of the order.
    """
    out = io.BytesIO()
    whole = _empty(str(catalog.locale_identifier), catalog.name)
    for message in filter(_translated, _messages(catalog)):
        first, *plural = _ids(message)
        key = f"{message.context}\4{first}" if message.context else first
        whole.add((key, *plural) if plural else key, message.string, flags=message.flags)
    write_mo(out, whole)
    return out.getvalue()


def _translated(message: Message) -> bool:
    return bool(_strings(message)) and all(_strings(message))


def _empty(language: str, name: str = "") -> _QuietCatalog:
    catalog = _QuietCatalog(locale=language, charset="utf-8", fuzzy=False)
    catalog.name = name
    catalog.header_comment = _COMMENT.format(name=name or "Norwegian bokmål")
    return catalog


def _read(file: Path) -> _QuietCatalog:
    """The catalog in `file`, empty when there is none."""
    language = _language_of(file)
    if not file.is_file():
        return _empty(language)
    with file.open("rb") as source:
        found = read_po(source, locale=language, charset="utf-8")
    catalog = _empty(language, "" if "LANGUAGE" in found.language_team else found.language_team)
    for message in _messages(found):
        catalog.add(message.id, message.string, flags=message.flags, context=message.context)
    catalog.obsolete.update(found.obsolete)
    return catalog


def _messages(catalog: Catalog) -> Iterator[Message]:
    """Every message but the head."""
    return (message for message in catalog if message.id)


def _name(message: Message) -> str:
    name = _ids(message)[0]
    return f"{message.context}: {name}" if message.context else name


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _placeholder_faults(message: Message) -> Iterator[Fault]:
    """A translation may leave out what one of the plural's two msgids leaves out, and nothing else."""
    wanted = [set(_PLACEHOLDER.findall(text)) for text in _ids(message)]
    for text in _strings(message):
        if set(_PLACEHOLDER.findall(text)) not in wanted:
            yield Fault("placeholders", _name(message))


def _is_ours(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "__pycache__"))


def main(arguments: Sequence[str]) -> int:
    """Update, or check with `--check`; the exit code is 1 when something is left to translate."""
    found: list[Fault] = []
    for file in files():
        if "--check" not in arguments:
            update(file=file)
        found += faults(file=file)
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return ExitCode.FINDINGS if found else ExitCode.DONE


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
