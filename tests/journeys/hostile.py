"""Strings that want to be more than text, kept in every text field and shown on every screen.

`python -m tests.journeys.hostile 10000` tries that many; the suite tries fewer.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual import events
from textual.driver import Driver
from textual.geometry import Size

from config import programme, words
from config.settings import Settings
from exin_tui.app import ExinApp
from exin_tui.safe_app import SafeApp
from models import timeline
from models.participants import participants
from models.storage import drafts
from models.storage.work import Conflict
from models.store import Store
from models.team import staff
from models.values import clock
from models.vault import sealed
from models.vault.keys import KdfParameters
from screens.forms.conflict import ConflictScreen
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.destinations import ENTRY, RECORD, SEARCH
from screens.frame.route import Route
from screens.frame.screen import DRAFTS
from screens.participant.screen import READ_ENTRY, ParticipantScreen
from tests.models.case_sample import note_now

if __package__:
    from tests.journeys import hostile_method
else:
    from tests.journeys import hostile_method

LINES: Final = (
    "given_name", "family_name", "phone", "email", "district", "prison", "unit", "nav_state", "nav_municipal", "code",
)  # fmt: skip
LONG: Final = ("address", "risk_areas")
ENTRY_LINES: Final = ("with_whom", "place", "topic")
CORRECT = Route[int, int]("screens.participant.record_form", "RecordForm")
ENTRIES: Final = 6
EACH: Final = len(LINES) + len(LONG) + ENTRIES * (len(ENTRY_LINES) + 1)
"""Strings a participant with these entries takes."""

SIZES: Final = ((80, 24), (120, 36), (200, 60))
_WEAK: Final = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
_PASSPHRASE: Final = "korrekt hest batteri stift"
_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What the program itself sends: colours, places, modes, erasing, and the question whether updates can be held together.
_OWN: Final = re.compile(
    r"\x1b\[[0-9;]*m|\x1b\[[0-9]*(?:;[0-9]+)?H|\x1b\[[0-9]*[ABCDX]|\x1b\[\?(?:6|7|25|1004|1049|2004|2026|2048)[hl]"
    r"|\x1b\[[0-2]?[JK]|\x1b\[\?(?:2026|2048)\$p|\x1b\[>1u|\x1b\[<u|\x1b\(B\x0f|\x1b\[r"
)
# How it goes one step where that is shorter: only where changed cells alone are drawn, or (the last) at a line's end.
_STEPS: Final = {True: re.compile("[\b\r\n]"), False: re.compile("\n")}
_FORBIDDEN: Final = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}]")

PIECES: Final = (
    "\x1b[31m", "\x1b[2J", "\x1b]0;title\x07", "\x1b]52;c;YQ==\x07", "\x1b[6n", "\x1bP$q\x1b\\", "\x9b31m",
    "\x9d0;x\x9c", "\x1b[200~", "\x1b[201~", "\x1b", "\x00", "\x07", "\x08\x08", "\x0e", "\x0f", "\x7f",
    "\x85", "\r", "\n", "\t", "\r\n", "[@click=app.quit]x[/]", "[bold", "[/bold]", "[red]",
    "[link=file:///etc/passwd]", "[[", "\\[", "{name}", "%s", "$x", "\u202e", "\u2066", "\u2069", "\u200b",
    "\u200d", "\ufeff", "\u2028", "\u2029", "e\u0301\u0302\u0303", "\u0301", "👨\u200d👩\u200d👧",
    "🏳\ufe0f\u200d🌈", "🇳🇴", "🇳", "👍🏽", "1\ufe0f\u20e3", "日本", "ｱ", "한", "\ud800", "\udfff",
    "\u00ad", "\U000e0001", "ﷺ", "𒐫", "'; DROP TABLE entry; --", '"', "NEAR(", "*", "^", " ", "", "Å",
    "æøå", "a", "0",
)  # fmt: skip

text = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(), max_size=40),
    st.text(st.characters(max_codepoint=0xA0), max_size=40),
    st.builds(lambda piece, times: (piece * times)[:12_000], st.sampled_from(PIECES), st.integers(1, 12_000)),
)


class Captured(Driver):
    """Keeps everything that would go to the terminal."""

    def __init__(self, app: SafeApp[None], **options: Any) -> None:
        super().__init__(app, **options)
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    def start_application_mode(self) -> None:
        size = Size(*(self._size or (80, 24)))
        asyncio.run_coroutine_threadsafe(self._app._post_message(events.Resize(size, size)), loop=self._loop)

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


def less_controls(value: str, *, line: bool) -> str:
    """What is to be kept of `value`, by Unicode's own tables."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign
        for sign in value
        if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _BIDI)
    )
    return re.sub("[\t\n\u2028\u2029]+", " ", kept).strip() if line else kept


def assert_clean(written: str, *, delta: bool = False) -> None:
    """Nothing but the program's own sequences and printable text went out."""
    rest = _STEPS[delta].sub("", _OWN.sub("", written))
    found = _FORBIDDEN.search(rest)
    assert found is None, f"reached the terminal: {rest[max(0, found.start() - 30) : found.start() + 30]!r}"


@contextmanager
def founded() -> Iterator[Path]:
    """A folder with a vault to copy from."""
    with tempfile.TemporaryDirectory(prefix="exin-hostile-") as folder:
        unlocked, _recovery = sealed.create(Path(folder) / "first", "kari", _PASSPHRASE, kdf=_WEAK)
        store = Store(unlocked, clock.oslo(), programme.load())
        store.open()
        store.change_now(staff.join, "kari", "Kari Nordmann", "team_leader", unlocked.slot_id or "")
        store.close()
        yield Path(folder)


def try_all(folder: Path, texts: list[str], number: int) -> None:
    """Keep `texts` in a vault of their own and show them everywhere; raises AssertionError for what got through."""
    vault = folder / f"try-{number}"
    shutil.copytree(folder / "first", vault)
    store = Store(sealed.unlock(vault, "kari", _PASSPHRASE), clock.oslo(), programme.load())
    store.open()
    try:
        kept = _keep(store, texts)
        method = [
            hostile_method.keep(store, participant, texts[place * EACH : (place + 1) * EACH], _kept_text)
            for place, (participant, _entry) in enumerate(kept)
        ]
        asyncio.run(_show(store, kept, method, texts, SIZES[number % len(SIZES)], delta=number % 2 == 0))
    finally:
        store.close()
        shutil.rmtree(vault)


def _kept_text(value: str) -> str:
    return less_controls(value, line=False)


def _keep(store: Store, texts: list[str]) -> list[tuple[int, int]]:
    """The ids of participants and their entries; what is stored is what was given less the controls."""
    kept = []
    for start in range(0, len(texts) - EACH + 1, EACH):
        some = iter(texts[start : start + EACH])
        values = {name: next(some)[:180] for name in LINES} | {name: next(some)[:1900] for name in LONG}
        values["code"] = f"{start} {values['code']}"
        participant = store.change_now(participants.add, values)
        found = store.ask_now(participants.file_of, participant).values
        for name, value in values.items():
            assert found[name] == less_controls(value, line=name in LINES), name
        for _ in range(ENTRIES):
            entry = {name: next(some)[:180] for name in ENTRY_LINES} | {"text": next(some)}
            number = store.change_now(timeline.record, participant, {"kind": "phone", "outcome": "reached", **entry})
            line = store.ask_now(timeline.one, number)
            for name in ENTRY_LINES:
                assert getattr(line, name) == less_controls(entry[name], line=True), name
            assert line.text == less_controls(entry["text"], line=False).strip("\n")
        kept.append((participant, number))
    return kept


async def _show(
    store: Store,
    kept: list[tuple[int, int]],
    method: list[hostile_method.Kept],
    texts: list[str],
    size: tuple[int, int],
    *,
    delta: bool,
) -> None:
    words.use("en")
    chosen = Settings(language="en", board_scope="team", delta_display=delta)
    app = ExinApp(chosen, store, store.clock, driver_class=Captured)
    async with app.run_test(headless=False, size=size) as pilot:

        async def seen() -> None:
            for _ in range(200):
                await asyncio.sleep(0.005)
                front = app.screen
                if not (front._dirty_widgets or front._compositor._dirty_regions or front._layout_required):
                    break
            driver = app._driver
            assert isinstance(driver, Captured)
            assert_clean("".join(driver.written), delta=delta)
            driver.written.clear()

        async def back(depth: int = 1) -> None:
            while len(app.screen_stack) > depth:
                await app.pop_screen()

        await seen()
        for other in SIZES:
            await pilot.resize_terminal(*other)
            for key in ("G", "g", "v", "v", "right", "down", "m"):
                await pilot.press(key)
                await seen()
        await pilot.resize_terminal(*size)
        for place, (participant, entry) in enumerate(kept):
            await app.open(ENTRY, participant, entry)
            await seen()
            for _ in range(ENTRIES - 1):
                app.screen.action_down()  # type: ignore[attr-defined]  # it is the participant's screen
                await seen()
            await pilot.press("t")
            await seen()
            await back(2)
            for opening in (
                app.open(READ_ENTRY, participant, entry),
                app.open(CORRECT, participant, entry),
                app.open(ParticipantScreen.OPENS_OF["participant.edit"], participant),
            ):
                await opening
                await seen()
                await pilot.press("pagedown", "pagedown", "pagedown")
                await seen()
                await back(2)
            some = texts[place * EACH : (place + 1) * EACH]
            note_now(store, drafts.keep, "record", participant, {"kind": "phone", "text": some[0], "topic": some[1]})
            note_now(store, drafts.keep, "participant", participant, {"given_name": some[2], "address": some[3]})
            fields = [*LINES, *LONG]
            mine, theirs = dict(zip(fields, some, strict=False)), dict(zip(fields, reversed(some), strict=False))
            conflict = Conflict("participant", participant, mine, theirs, 9, some[4])
            for screen in (
                ConflictScreen(app.case, conflict, dict(zip(fields, some, strict=False))),
                ChooserScreen(app.case, some[5], [Option(str(n), one, hint=one) for n, one in enumerate(some)]),
            ):
                await app.push_screen(screen)
                await seen()
                await back(2)
            # Kept forms are laid over the fields as they were typed, before anything was cleaned.
            for opening in (
                app.open(RECORD, participant),
                app.open(ParticipantScreen.OPENS_OF["participant.edit"], participant),
            ):
                await opening
                await seen()
                await back(2)
            await back()
        for written in method:
            await hostile_method.show(app, pilot.press, seen, back, written)
        await app.open(DRAFTS)
        await seen()
        await back()
        await app.open(SEARCH)
        for wanted in texts[:: max(1, len(texts) // 6)]:
            app.screen.query_one("Input").value = wanted[:40]  # type: ignore[attr-defined]  # only Input is found
            await pilot.pause(0.15)
            await seen()
        await back()
        for key in ("question_mark", "p"):
            await pilot.press(key)
            await seen()
        await back()
        assert app._error is None


def attempt(count: int, participants_each: int = 3) -> int:
    """Try about `count` generated strings; answers how many it were."""
    done = 0
    with founded() as folder:
        size = EACH * participants_each

        @settings(
            max_examples=max(1, count // size),
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(st.lists(text, min_size=size, max_size=size))
        def each(texts: list[str]) -> None:
            nonlocal done
            try_all(folder, texts, done // size)
            done += size

        each()
    return done


if __name__ == "__main__":
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{attempt(wanted)} strings kept, shown and none of them more than text")
