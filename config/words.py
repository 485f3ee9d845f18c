"""The words people read: gettext catalogs, Norwegian bokmål first, English as the source."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("nb", "en")
_LOCALE: Final = Path(__file__).parent / "locale"
_catalog: gettext.NullTranslations = gettext.NullTranslations()
_language: str = "en"


def use(language: str) -> None:
    """Switch every word from here on to `language`, one of `LANGUAGES`; an unknown one falls back to English."""
    global _catalog, _language
    _language = language if language in LANGUAGES else "en"
    if _language == "en":
        _catalog = gettext.NullTranslations()
    else:
        _catalog = gettext.translation("exin", localedir=str(_LOCALE), languages=[_language], fallback=True)


def language() -> str:
    """The language in force, as a tag of `LANGUAGES`."""
    return _language


def _(message: str) -> str:
    """The words for `message`, an English sentence."""
    return _catalog.gettext(message) if message else ""


def n_(singular: str, plural: str, count: int) -> str:
    """The words for `count` of something."""
    return _catalog.ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark `message` for the catalog without translating it yet."""
    return message
