"""The README is short and says how to start; `docs/keys.md` is the registry of keys, as `make keys` writes it."""

from __future__ import annotations

from pathlib import Path

from config import keymap, words

ROOT = Path(__file__).parent.parent


def test_the_page_of_keys_is_the_registrys() -> None:
    words.use("en")
    assert (ROOT / "docs/keys.md").read_text(encoding="utf-8") == keymap.page()


def test_the_readme_says_the_two_commands_and_which_python() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
    assert "Python 3.11 to 3.14" in text


def test_the_readme_is_read_in_three_minutes() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) < 750
