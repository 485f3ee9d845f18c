"""Draw the README's pictures from the demo: `python -m exin_tui.demo.pictures [FOLDER]`, into `docs/pictures` else.

Seed, moment and size of the screen are fixed, so that a picture changes only when the screens do.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from config.outside import OutPlace
from exin_tui.printing import put_line

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from exin_tui.app import ExinApp
    from models.store import Store

FOLDER: Final = Path(__file__).parents[2] / "docs" / "pictures"
SIZE: Final = (120, 36)
MOMENT: Final = "2026-11-22T09:00+01:00"


def draw(folder: Path) -> list[Path]:
    """Write `board.svg` and `timeline.svg` into `folder`; answers their paths."""
    from config import programme, words
    from exin_tui.demo.vault import Size, make
    from models.store import Store
    from models.values.clock import Clock, oslo

    moment = datetime.fromisoformat(MOMENT)
    clock = Clock(oslo().zone, lambda: moment)
    before = words.language()
    words.use("nb")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as private:
        store = Store(make(Path(private) / "vault", Size(), clock, programme.load()), clock, programme.load())
        store.open()
        try:
            pictures = asyncio.run(_pictures(store))
        finally:
            store.close()
            words.use(before)
    written = []
    for name, svg in pictures.items():
        out = replace(OutPlace().file(str(folder / name), ".svg"), replace=True)
        out.write(svg.encode())
        written.append(out.folder / out.name)
    return written


async def _pictures(store: Store) -> dict[str, str]:
    from config.settings import Settings
    from exin_tui.app import ExinApp
    from screens.frame.destinations import PARTICIPANT

    settings = Settings(language="nb", board_scope="team", colour="full")
    app = ExinApp(settings, store, store.clock)
    async with app.run_test(size=SIZE) as pilot:
        await _settled(app, pilot)
        found = {"board.svg": app.export_screenshot(title="EX/IN Saksoversikt")}
        await app.open(PARTICIPANT, _shown(store))
        await _settled(app, pilot)
        found["timeline.svg"] = app.export_screenshot(title="EX/IN Tidslinje")
    return found


async def _settled(app: ExinApp, pilot: Pilot[None]) -> None:
    """Wait until workers and repaints are done; a repaint may start another worker."""
    for _round in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)


def _shown(store: Store) -> int:
    """The participant whose timeline is drawn: somebody lately released, with topics waiting."""
    from models import board
    from models.phases.numbers import AFTER_RELEASE

    cards = store.ask_now(board.columns, board.BoardQuery(), {AFTER_RELEASE: (0, 50)})[AFTER_RELEASE]
    return max(cards, key=lambda card: (card.topics, card.risk, -card.participant)).participant


def main() -> int:
    """Draw, and say what was written."""
    os.environ.pop("NO_COLOR", None)
    for path in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        put_line(str(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
