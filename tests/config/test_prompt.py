"""What the prompt reads by itself is what the whole settings say, and it is read with nothing imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import settings, startup_settings
from config.settings import Settings, SettingsError


def both(path: Path) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """What the prompt reads and what the whole settings say; None where it is refused."""
    try:
        quick: tuple[str, str] | None = startup_settings.language_and_vault(str(path))
    except SettingsError:
        quick = None
    try:
        found = settings.load(path)
        whole: tuple[str, str] | None = (found.language, found.vault)
    except SettingsError:
        whole = None
    return quick, whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("nb", "")),
        ('language = "en"\nvault = "/srv/exin"\n', ("en", "/srv/exin")),
        ("# words\nlanguage='en' # mine\n", ("en", "")),
        ('"language" = "en"\n', ("en", "")),
        ('vault = "/a # b"\n', ("nb", "/a # b")),
        ('vault = "/a" # b"\n', ("nb", "/a")),
        ('vault = "C:\\\\v"\n', ("nb", "C:\\v")),
        ('vault = """\n/a"""\nlanguage = "en"\n', ("en", "/a")),
        ('[keys]\n"board.add" = "n"\n', ("nb", "")),
    ],
)
def test_the_prompt_reads_what_the_settings_say(tmp_path: Path, text: str, expected: tuple[str, str]) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    assert both(tmp_path / "settings.toml") == (expected, expected)


def test_what_the_settings_refuse_for_language_the_prompt_refuses(tmp_path: Path) -> None:
    for text in ('language = "sv"', "language = nb", "vault = 3"):
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        assert both(tmp_path / "settings.toml") == (None, None)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert startup_settings.language_and_vault(str(tmp_path / "none.toml")) == (Settings().language, Settings().vault)


_lines = st.from_regex(
    r"""(language|vault|private|"vault") ?= ?("(nb|en|/v|a\\n|#)?"|'en'|true|3|\"{3}|'{3})( # x)?""", fullmatch=True
)


@given(st.lists(_lines | st.sampled_from(["", "[keys]", '"""', "'''", 'vault = "']), max_size=4))
def test_where_the_settings_can_be_read_the_prompt_reads_the_same(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        quick, whole = both(path)
        assert whole is None or quick == whole


@given(st.text(st.characters(exclude_categories=("C",)), max_size=20), st.sampled_from(["nb", "en"]))
def test_what_is_saved_is_read_by_the_prompt(vault: str, language: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        wanted = Settings(language=language, vault=vault)
        if not vault.isprintable():
            return
        settings.save(path, wanted)
        assert both(path) == ((language, vault), (language, vault))


def test_nothing_is_imported_for_it(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('language = "en"\nvault = "/srv/exin"\nprivate = true\n')
    code = (
        "import os, sys; before = set(sys.modules); from config import startup_settings;"
        f"startup_settings.language_and_vault({str(tmp_path / 'settings.toml')!r});"
        "startup_settings.remembered_user(startup_settings.default_vault());"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code],
                         capture_output=True, check=True, cwd=Path(__file__).parents[2])  # fmt: skip
    assert set(run.stdout.decode().split()) <= {
        "__future__", "config", "config.own_folder", "config.plain_file", "config.startup_settings", "config.words",
    }  # fmt: skip
