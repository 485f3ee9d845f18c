"""Another language while the window changes: every screen is there again, in the language, and nothing is missed."""

from __future__ import annotations

import pytest

from models.participants import participants
from tests.journeys.terminal import ENTER, ESC, Desk, leave, opened

pytestmark = pytest.mark.terminal

SIZES = ((120, 36), (80, 24), (100, 30), (60, 20), (200, 60), (80, 24))


@pytest.mark.parametrize("participant", [False, True], ids=["board", "participant"])
def test_the_window_changes_while_the_language_does(desk: Desk, participant: bool) -> None:
    store = opened(desk.vault)
    for name in ("Arne", "Berit", "Cecilie"):
        store.change_now(participants.add, {"given_name": name})
    store.close()
    terminal = desk.log_in()
    terminal.wait("Arne", "Caseload board")
    for shown, setting in (("Saksoversikt", "▌ Språk"), ("Caseload board", "▌ Language")) * 5:
        if participant:
            terminal.send(ENTER)
            terminal.until(lambda: "Timeline" in terminal.text or "Tidslinje" in terminal.text, "the participant")
        terminal.send(",")
        terminal.until(lambda: "▌ Language" in terminal.text or "▌ Språk" in terminal.text, "the settings")
        terminal.send(" ")
        terminal.wait(setting)
        terminal.send(ESC)
        for size in SIZES:
            terminal.resize(*size)
            terminal.read(0.004)
        terminal.wait(shown, "Arne")
    leave(terminal)
