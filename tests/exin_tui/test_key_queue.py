"""A key waits for the one before it, however long that takes."""

from __future__ import annotations

import asyncio
import time

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from exin_tui.key_queue import TypedAhead


class Choice(Static, can_focus=True):
    """A field that tells its screen when it is another one."""

    class Chosen(Message):
        """Another one."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "left":
            event.stop()
            self.post_message(self.Chosen())


class SlowForm(Screen[None]):
    """What is chosen shows a second field, after more than a second: a machine that has other work."""

    BINDINGS = [Binding("f2", "go_on", priority=True)]

    def compose(self) -> ComposeResult:
        yield Choice()
        second = Input(id="second")
        second.display = False
        yield second
        yield Input(id="third")

    async def on_choice_chosen(self) -> None:
        await asyncio.to_thread(time.sleep, 1.2)
        self.query_one("#second").display = True

    def action_go_on(self) -> None:
        self.focus_next()


class Program(TypedAhead[None]):
    def on_mount(self) -> None:
        self.push_screen(SlowForm())


async def test_a_key_does_not_overtake_what_the_one_before_it_shows() -> None:
    app: App[None] = Program()
    async with app.run_test() as pilot:
        app.screen.query_one(Choice).focus()
        app.simulate_key("left")
        await asyncio.sleep(1.1)
        for key in ("f2", "x"):
            app.simulate_key(key)
        await pilot.pause(1.0)
        assert (app.screen.query_one("#second", Input).value, app.screen.query_one("#third", Input).value) == ("x", "")
