"""Settings are changed with few keys, saved at once, and a file with an error is not lost unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import settings as config_settings
from config import words
from config.settings import FIELDS, Settings
from screens.everywhere.settings import SettingsScreen
from screens.frame.case import Case

Staged = Callable[[Any], Any]
SORTS = [choice.value for setting in FIELDS if setting.key == "board_sort" for choice in setting.choices]
DOWN_TO = {setting.key: ["down"] * number for number, setting in enumerate(FIELDS)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A settings file in English, so that the words of a test stay as they are."""
    file = tmp_path / "exin" / "settings.toml"
    config_settings.save(file, Settings(language="en"))
    return file


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "pressed", "value"),
    [
        ("private", ["space"], True),
        ("private", ["enter"], True),
        ("private", ["left", "right"], False),
        ("idle_minutes", ["right", "right"], 12),
        ("idle_minutes", ["h"], 9),
        ("idle_minutes", ["enter", "ctrl+u", "4", "5", "enter"], 45),
        ("board_sort", ["l"], "name"),
        ("board_sort", ["left"], SORTS[-1]),
        ("board_sort", ["right"] * len(SORTS), "release"),
        ("colour", ["enter", "enter"], "ansi"),
        ("vault", ["enter", "slash", "v", "enter"], "/v"),
        ("delta_display", ["space"], False),
    ],
)
async def test_a_change_is_saved_at_once(
    case: Case, stage: Staged, path: Path, key: str, pressed: list[str], value: object
) -> None:
    app = stage(SettingsScreen(case, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*DOWN_TO[key], *pressed)
        await pilot.pause()
        assert getattr(config_settings.load(path), key) == value
        await pilot.press("escape")
        assert app.answers == [config_settings.load(path)]


async def test_the_language_changes_at_once(case: Case, stage: Staged, path: Path) -> None:
    app = stage(SettingsScreen(case, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "English" in app.text()
        await pilot.press("right")
        await pilot.pause()
        assert words.language() == "nb"
        assert "Norsk bokmål" in app.text()
        assert config_settings.load(path).language == "nb"
        await pilot.press("q")
        assert app.answers[0].language == "nb"


async def test_what_does_not_fit_is_said_and_not_saved(case: Case, stage: Staged, path: Path) -> None:
    app = stage(SettingsScreen(case, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*DOWN_TO["idle_minutes"], "enter", "ctrl+u", "0", "enter")
        await pilot.pause()
        assert "a whole number from 1 to 240" in " ".join(app.text().split())
        await pilot.press("ctrl+u", *"ten", "enter")
        await pilot.pause()
        assert "a whole number from 1 to 240" in " ".join(app.text().split())
        await pilot.press("escape", "escape")
        assert app.answers == [Settings(language="en")]
        assert config_settings.load(path).idle_minutes == 10


async def test_minutes_stop_at_their_bounds(case: Case, stage: Staged, path: Path) -> None:
    config_settings.save(path, Settings(language="en", idle_minutes=1))
    app = stage(SettingsScreen(case, path))
    async with app.run_test() as pilot:
        await pilot.press(*DOWN_TO["idle_minutes"], "left", "left")
        assert config_settings.load(path).idle_minutes == 1


async def test_keys_of_ones_own_are_checked_for_clashes(case: Case, stage: Staged, path: Path) -> None:
    app = stage(SettingsScreen(case, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*DOWN_TO["keys"], "enter", "enter")
        await pilot.pause()
        assert "Keys for Help" in app.text()
        await pilot.press("ctrl+u", "slash", "enter")
        await pilot.pause()
        assert "is both app.help and app.search" in app.text()
        await pilot.press("ctrl+u", *"f11", "enter")
        await pilot.pause()
        assert config_settings.load(path).keys == {"app.help": "f11"}
        assert "1 of your own" in app.text()
        await pilot.press("enter", "enter", "ctrl+u", "enter")
        await pilot.pause()
        assert config_settings.load(path).keys == {}


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("idle_minutes = 'often'\n", "often"),
        ("language =\n", "not valid TOML"),
        ('[keys]\n"app.help" = "slash"\n', "is both app.help and app.search"),
    ],
    ids=["value", "toml", "keys"],
)
async def test_a_file_with_an_error_is_written_over_only_when_agreed(
    case: Case, stage: Staged, path: Path, broken: str, sentence: str
) -> None:
    _put(path, broken)
    case.settings = Settings(language="en")
    app = stage(SettingsScreen(case, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert sentence in " ".join(app.text().split())
        await pilot.press(*DOWN_TO["private"], "space", "enter")
        await pilot.pause()
        assert _text(path) == broken
        await pilot.press("space", "escape")
        assert _text(path) == broken
        await pilot.press("space", "down", "enter")
        await pilot.pause()
        assert config_settings.load(path) == Settings(language="en", private=True)
        assert sentence not in " ".join(app.text().split())
        await pilot.press("space")
        assert config_settings.load(path).private is False


async def test_closing_over_a_file_with_an_error_keeps_the_settings_in_force(
    case: Case, stage: Staged, path: Path
) -> None:
    _put(path, "language =")
    case.settings = Settings(language="en", idle_minutes=33)
    app = stage(SettingsScreen(case, path))
    async with app.run_test() as pilot:
        await pilot.press("comma")
        assert app.answers == [case.settings]


async def test_a_file_that_cannot_be_written_is_said(case: Case, stage: Staged, tmp_path: Path) -> None:
    _put(tmp_path / "file", "")
    case.settings = Settings(language="en")
    app = stage(SettingsScreen(case, tmp_path / "file" / "settings.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*DOWN_TO["private"], "space", "down", "enter")
        await pilot.pause()
        assert "cannot be written" in " ".join(app.text().split())
        await pilot.press("q")
        assert app.answers == [case.settings]


async def test_the_setting_under_the_mark_is_explained(case: Case, stage: Staged, path: Path) -> None:
    app = stage(SettingsScreen(case, path))
    async with app.run_test(size=(80, 24)) as pilot:
        for setting in FIELDS:
            await pilot.pause()
            assert setting.explain in " ".join(app.text().split())
            await pilot.press("j")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "error"])
def test_it_looks_right(
    case: Case, stage: Staged, snap_compare: Any, monkeypatch: Any, tmp_path: Path, size: tuple[int, int], whole: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    case.settings = Settings(language="en")
    text = 'language = "en"\n' if whole else "idle_minutes = 500\n"
    Path("settings.toml").write_text(text, encoding="utf-8")
    assert snap_compare(stage(SettingsScreen(case, Path("settings.toml"))), terminal_size=size, press=["down"])
