"""The README says what the program does: its table of keys is the registry's."""

from __future__ import annotations

from pathlib import Path

from config import keymap, words

README = Path(__file__).parent.parent / "README.md"


def test_the_table_of_keys_is_the_registrys() -> None:
    words.use("en")
    text = README.read_text(encoding="utf-8")
    between = text.partition("<!-- keys: made by `make readme` -->")[2].partition("<!-- /keys -->")[0]
    assert between.strip() == keymap.table().strip()
