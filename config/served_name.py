"""Which names can stand in a forced command and name a folder: a served person's, and no other."""

from __future__ import annotations

import unicodedata

from config.errors import ExinError
from config.words import _

MOST_LETTERS = 60


class NotServable(ExinError):
    """A name that cannot be served."""


def served_name(text: str) -> str:
    """The name in the one form it is compared in (composed, lower case); raises `NotServable`.

    Letters and digits of any script, and single spaces, `.`, `_` and `-` between them: nothing that a shell, a path or
    a line of keys could take for something else.
    """
    name = unicodedata.normalize("NFC", text).strip().casefold()
    plain = all(letter.isalnum() or letter in " ._-" for letter in name)
    if not name or len(name) > MOST_LETTERS or not plain or not name[0].isalnum() or "  " in name or ".." in name:
        raise NotServable(
            _("A name that is served has 1 to {count} letters, digits, spaces, dots or hyphens.").format(
                count=MOST_LETTERS
            )
        )
    return name
