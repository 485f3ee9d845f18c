"""What Textual offers to take out of the program, and is not there."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.driver import Driver
from textual.filter import NoColor
from textual.widgets import Input, Static

from exin_tui.safe_app import SafeApp

SECRET = "Kanarifugl-4711"


class KeepingDriver(Driver):
    """Keeps what is written, and whether the mouse was asked for."""

    written = ""

    def write(self, data: str) -> None:
        self.written += data

    def start_application_mode(self) -> None: ...

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


class Trial(SafeApp[None]):
    def compose(self) -> ComposeResult:
        yield Static(SECRET, markup=False)
        yield Input(SECRET, id="open")
        yield Input(SECRET, id="hidden", password=True)


def keeping(app: SafeApp[Any]) -> KeepingDriver:
    assert isinstance(app._driver, KeepingDriver)
    return app._driver


async def test_there_is_no_palette_of_textuals_own() -> None:
    app = Trial(driver_class=KeepingDriver)
    async with app.run_test(headless=False):
        assert not app.ENABLE_COMMAND_PALETTE
        assert list(app.get_system_commands(app.screen)) == []


async def test_no_way_to_a_file_writes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    app = Trial(driver_class=KeepingDriver)
    async with app.run_test(headless=False) as pilot:
        app.action_screenshot("a.svg", str(tmp_path))
        app.deliver_screenshot("b.svg", str(tmp_path))
        app.save_screenshot("c.svg", str(tmp_path))
        app.deliver_text(io.StringIO(SECRET), save_directory=str(tmp_path), save_filename="d.txt")
        app.deliver_binary(io.BytesIO(SECRET.encode()), save_directory=str(tmp_path), save_filename="e.bin")
        assert SECRET not in app.export_screenshot()
        await pilot.pause(0.2)
    assert os.listdir(tmp_path) == []


async def test_what_is_copied_stays_inside_until_it_is_forgotten() -> None:
    app = Trial(driver_class=KeepingDriver)
    async with app.run_test(headless=False) as pilot:
        entry = app.query_one("#open", Input)
        entry.focus()
        await pilot.pause()
        entry.select_all()
        await pilot.press("ctrl+c")
        assert app.clipboard == SECRET
        assert "\x1b]" not in keeping(app).written
        app.set_clipboard("")
        assert app.clipboard == ""


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x"])
async def test_a_passphrase_is_never_copied(key: str) -> None:
    app = Trial(driver_class=KeepingDriver)
    async with app.run_test(headless=False) as pilot:
        app.query_one("#hidden", Input).focus()
        await pilot.pause()
        app.query_one("#hidden", Input).select_all()
        await pilot.press(key)
        assert app.clipboard == ""
        assert "\x1b]" not in keeping(app).written


async def test_the_mouse_is_never_asked_for() -> None:
    app = Trial(driver_class=KeepingDriver)
    async with app.run_test(headless=False):
        assert app._build_driver(False, False, True, None)._mouse is False


@pytest.mark.parametrize(
    ("environ", "colour", "without"),
    [
        ({"TERM": "xterm-256color"}, "auto", False),
        ({"TERM": "vt100"}, "auto", True),
        ({"TERM": "vt220"}, "full", True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "auto", True),
        ({"TERM": "xterm-256color"}, "none", True),
    ],
)
def test_colour_follows_setting_environment_and_terminal(
    environ: dict[str, str], colour: Any, without: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    app = SafeApp[None](colour=colour, driver_class=KeepingDriver)
    assert app.no_color is without
    assert any(isinstance(present, NoColor) for present in app._filters) is without


class Slow(SafeApp[None]):
    """Still at work while it is left."""

    def __init__(self, fault: Exception | None) -> None:
        super().__init__()
        self.fault = fault

    def compose(self) -> ComposeResult:
        yield Static("", id="here")

    async def on_mount(self) -> None:
        here = self.query_one("#here")
        self.exit()
        await here.remove()
        if self.fault is not None:
            raise self.fault
        self.query_one("#here")


async def test_what_a_screen_misses_while_the_person_leaves_is_no_error() -> None:
    app = Slow(None)
    await app.run_async(headless=True)
    assert app.return_code == 0


async def test_any_other_error_while_the_person_leaves_is_one() -> None:
    app = Slow(ValueError("x"))
    await app.run_async(headless=True)
    assert app.return_code == 70


async def test_an_error_reaches_the_test_that_runs_the_app() -> None:
    class Failing(Trial):
        def on_mount(self) -> None:
            raise ValueError(SECRET)

    app = Failing(driver_class=KeepingDriver)
    with pytest.raises(ValueError):
        async with app.run_test(headless=False):
            pass
    assert app.return_code == 70
