"""Whose each unfinished form is, as what keeps it has declared."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

from msgspec import Struct

import screens
from config.errors import ExinError
from models.storage import drafts
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.draft_keeper import DraftKind, Whose, kind_of
from screens.widgets.line import flat

EXCERPT: Final = 120


class Unfinished(Struct, frozen=True):
    """An unfinished form: `kind` is None where nothing here keeps one of its name, `whose` where that is not known."""

    kept: KeptForm
    kind: DraftKind | None
    whose: Whose | None

    @property
    def excerpt(self) -> str:
        """The beginning of what was written, less what a form fills in by itself."""
        fields = self.kept.fields
        keys = (
            "text",
            "topic",
            "reason",
            "risk_areas",
            "unit",
            "with_whom",
            "place",
            "what",
            "scope",
            "withdrawal_kept",
            "title",
            "about",
            "note",
            "referral_note",
            "words",
            "summary",
            "return_note",
        )
        texts = [fields.get(key, "") for key in keys]
        texts += [text for key, text in fields.items() if key.startswith("prompt_")]
        return flat(" ".join(text for text in texts if text))[:EXCERPT]


def import_all() -> None:
    """Import every module of the screens, so that each has declared what it keeps; most are imported when used."""
    for module in pkgutil.walk_packages(screens.__path__, screens.__name__ + "."):
        importlib.import_module(module.name)


def all_unfinished(reading: Reading) -> list[Unfinished]:
    """The forms this person left unfinished with whom each is about, newest first; after `import_all`."""
    return [_with_whom(reading, kept) for kept in drafts.kept(reading)]


def _with_whom(reading: Reading, kept: KeptForm) -> Unfinished:
    kind = kind_of(kept.form)
    if kind is None:
        return Unfinished(kept, None, None)
    try:
        return Unfinished(kept, kind, kind.owner(reading, kept))
    except ExinError:
        return Unfinished(kept, kind, None)
