"""A session of the crowd through the program itself, without a terminal: every route, a form, the lock."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from textual.pilot import Pilot

from config.errors import ExinError
from config.settings import Settings
from exin_tui.app import ExinApp
from models.roles.rights import Right, allows
from models.values.clock import oslo
from screens.everywhere.drafts import import_all
from screens.everywhere.lock import LockScreen
from screens.frame.destinations import RECORD
from screens.participant.record_form import RecordForm
from tests.crowd.hand import Hand
from tests.screens.board.test_board import words_on
from tests.screens.frame.test_routes import CALLS, arguments, is_plain, values

SIZES: Final = ((80, 24), (120, 36), (200, 60))
LOOK: Final = 3.0
"""Seconds within which a screen that stands has looked for what colleagues changed, on a machine with much to do."""
Routes = list[tuple[Any, list[Any]]]


def routes() -> Routes:
    """Every route that is opened on numbers or codes."""
    import_all()
    found = [values(module, node) for module, node in CALLS]
    return [(route, given) for route, given in found if is_plain(given)]


async def walk(hand: Hand, known: Routes) -> None:
    """Walk until the time is over or the way in is taken away."""
    view, language = hand.chance.choice(("list", "columns")), hand.chance.choice(("nb", "en"))
    settings = Settings(language=language, board_scope="team", board_view=view)
    app = ExinApp(settings, hand.store, oslo())
    async with app.run_test(size=hand.chance.choice(SIZES)) as pilot:
        await settled(app, pilot)
        while time.monotonic() < hand.until and app.is_running and app._exception is None and hand.store.lost is None:
            await step(app, pilot, hand, known)
            await asyncio.sleep(hand.chance.uniform(0, 0.2))


async def settled(app: ExinApp, pilot: Pilot[None]) -> None:
    """Wait until what was asked of the vault is answered and drawn."""
    for _again in range(3):
        if app.is_running:
            await asyncio.wrap_future(app.case.store._thread.submit(int))
            await pilot.pause()


async def step(app: ExinApp, pilot: Pilot[None], hand: Hand, known: Routes) -> None:
    """One screen opened, read and left; or a form written, or the lock."""
    kind, t0 = hand.chance.random(), time.monotonic()
    if kind < 0.05:
        await lock(app, pilot, hand)
    elif kind < 0.2 and allows(hand.store.actor.role, Right.WRITE):
        await write(app, pilot, hand)
    elif kind < 0.3:
        hand.begin("screen: board")
        await app._look_around()
        await settled(app, pilot)
        hand.line["t0"] = t0 - LOOK
        hand.close(words_on(app) if app.is_running else "")
    else:
        route, given = hand.chance.choice(known)
        numbers = hand.plan.numbers if hand.chance.random() < 0.7 else hand.plan.participants
        args = hand.chance.choice(arguments(route, given, hand.chance.choice(numbers), hand.canary().code))
        await opened(app, pilot, hand, route, args, typed=str in given)


async def opened(app: ExinApp, pilot: Pilot[None], hand: Hand, route: Any, args: Any, *, typed: bool = False) -> None:
    """Open a screen, journal its words, and leave it."""
    hand.begin(f"screen: {route.name}")
    depth = len(app.screen_stack)
    try:
        await app.open(route, *args)
        await settled(app, pilot)
        text = words_on(app) if app.is_running else ""
        if app.is_running and len(app.screen_stack) <= depth:
            # It has left by itself, and this is what lay below.
            hand.line["t0"] -= LOOK
    except ExinError as error:
        text = hand.refused(error)
    hand.close(text, typed=typed)
    await back(app, pilot, depth)


async def back(app: ExinApp, pilot: Pilot[None], depth: int) -> None:
    """Leave what lies over the screen it was opened from."""
    while app.is_running and len(app.screen_stack) > depth and not app.locked:
        await app.pop_screen()
    await settled(app, pilot)


async def write(app: ExinApp, pilot: Pilot[None], hand: Hand) -> None:
    """Record something by keys; a form that closed has acknowledged it."""
    whom, depth = hand.anybody(), len(app.screen_stack)
    text = hand.token(whom)
    hand.begin("screen: entry by keys")
    answers: list[object] = []
    came_back = app._came_back

    async def heard(route: Any, answer: object) -> None:
        answers.append(answer)
        await came_back(route, answer)

    setattr(app, came_back.__name__, heard)
    try:
        await app.open(RECORD, whom)
        await settled(app, pilot)
        form = app.screen
        if isinstance(form, RecordForm):
            await pilot.press("n", *text, "f2")
            for _wait in range(200):
                if not app.is_running or app.screen is not form:
                    break
                await pilot.pause(0.05)
            await settled(app, pilot)
        if not isinstance(app.screen, RecordForm):
            # It has closed, or did not open, and this is what lay below.
            hand.line["t0"] -= LOOK
        said = words_on(app) if app.is_running else ""
        # It may be saved without being acknowledged, where the way in was taken away or they were hidden meanwhile.
        hand.line["typed"] = [text, any(isinstance(answer, int) for answer in answers)]
    except ExinError as error:
        said = hand.refused(error)
    finally:
        setattr(app, came_back.__name__, came_back)
    hand.close(said)
    await back(app, pilot, depth)


async def lock(app: ExinApp, pilot: Pilot[None], hand: Hand) -> None:
    """Lock, see that nothing stands there, and unlock by the passphrase; one that was changed ends the session."""
    hand.begin("screen: lock")
    await app.lock()
    await pilot.pause()
    assert isinstance(app.screen, LockScreen)
    hand.close(words_on(app))
    await pilot.press(*hand.passphrase, "enter")
    for _wait in range(100):
        if not app.is_running or not app.locked:
            return
        await pilot.pause(0.1)
    app.exit()
