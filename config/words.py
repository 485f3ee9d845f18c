"""The words people read: gettext catalogs, Norwegian bokmål first, English as the source.

A further language is one more compiled catalog below `locale`. What it lacks is said in bokmål, and else in English.

The first prompt needs two sentences of them, so a catalog is read when a word is first asked for, and gettext with it.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself costs a fifth of the time until the first prompt
    import gettext
    from typing import Final

LANGUAGES: Final = {"nb": "Norsk bokmål", "en": "English"}
"""Those that are always there and complete, by what each calls itself."""
_LOCALE: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "locale")
_catalog: gettext.NullTranslations | None = None
_language: str = "en"


def use(language: str) -> None:
    """Switch every word from here on to `language`, one of `languages()`; an unknown one falls back to English."""
    global _catalog, _language
    _language = language if known(language) else "en"
    _catalog = None


def language() -> str:
    """The language in force, as a tag."""
    return _language


def known(language: str) -> bool:
    """Whether there are words in a language."""
    return language in LANGUAGES or (language.isalpha() and os.path.isfile(_file(language)))


def languages() -> dict[str, str]:
    """Every language there are words in, by its tag, with what it calls itself: `Language-Team` in a catalog's head."""
    found = dict(LANGUAGES)
    for tag in sorted(os.listdir(_LOCALE)):
        if tag not in found and known(tag):
            found[tag] = _read(tag).info().get("language-team", tag)
    return found


def _words() -> gettext.NullTranslations:
    """The catalog in force, read the first time it is needed."""
    global _catalog
    if _catalog is None:
        import gettext

        _catalog = gettext.NullTranslations()
        try:
            for tag in reversed(_in_turn()):
                further, _catalog = _catalog, _read(tag)
                _catalog.add_fallback(further)
        except FileNotFoundError:
            # A checkout whose words are not compiled yet speaks English.
            return _catalog
    return _catalog


def _read(language: str) -> gettext.GNUTranslations:
    import gettext

    with open(_file(language), "rb") as stream:
        return gettext.GNUTranslations(stream)


def _in_turn() -> list[str]:
    """The catalogs in which a word is looked for, one after the other; what none has is said as it is, in English."""
    if _language == "en":
        return []
    return ["nb"] if _language == "nb" else [_language, "nb"]


def _(message: str) -> str:
    """The words for `message`, an English sentence."""
    return _words().gettext(message) if message else ""


def p_(context: str, message: str) -> str:
    """The words for `message` where it means what `context` says, for an English word with several meanings."""
    return _words().pgettext(context, message)


def n_(singular: str, plural: str, count: int) -> str:
    """The words for `count` of something."""
    return _words().ngettext(singular, plural, count)


def in_quotes(text: str) -> str:
    """What somebody said, in the quotation marks of the language."""
    return _("“{text}”").format(text=text)


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark `message` for the catalog without translating it yet."""
    return message


def glimpse(message: str) -> str:
    """As `_`, for one of the few words before anything is loaded: found in the catalog's file without gettext.

    The messages of an MO file stand in the order of their bytes (GNU gettext manual, "The Format of GNU MO Files").
    """
    if _language == "en":
        return message
    if _catalog is not None:
        return _(message)
    for tag in _in_turn():
        if found := _glimpsed(tag, message):
            return found
    return message


def _glimpsed(language: str, message: str) -> str:
    """The words for a message in the file of one language; empty where it has none."""
    try:
        with open(_file(language), "rb") as stream:
            whole = stream.read()
    except OSError:
        return ""
    order = "little" if whole[:4] == b"\xde\x12\x04\x95" else "big"

    def number(at: int) -> int:
        return int.from_bytes(whole[at : at + 4], order)  # type: ignore[arg-type]  # one of the two literals

    def text(table: int, row: int) -> bytes:
        start = number(table + 8 * row + 4)
        return whole[start : start + number(table + 8 * row)]

    wanted, low, high = message.encode(), 0, number(8)
    while low < high:
        middle = (low + high) // 2
        found = text(number(12), middle)
        if found == wanted:
            return text(number(16), middle).decode()
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return ""


def _file(language: str) -> str:
    return os.path.join(_LOCALE, language, "LC_MESSAGES", "exin.mo")
