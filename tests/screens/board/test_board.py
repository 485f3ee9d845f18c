"""The board: what it shows at each size, and every key it knows."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.geometry import Size
from textual.pilot import Pilot

from config import words
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.participants import participants
from models.signals import listing as signals
from models.storage import drafts
from models.store import Store
from models.team import absences, staff
from models.values.clock import Clock
from models.vault import sealed
from screens.board.columns import BoardColumns
from screens.board.screen import BoardScreen
from screens.widgets.key_line import SaidLine
from tests.models.case_sample import note_now
from tests.screens.small_caseload import fill

SIZES = [(80, 24), (120, 36), (200, 60)]
TEAM = Settings(language="nb", board_scope="team")


def board_of(app: ExinApp) -> BoardScreen:
    """The board of a running app."""
    screen = app.screen
    assert isinstance(screen, BoardScreen)
    return screen


def marked(app: ExinApp) -> str:
    """The name under the mark."""
    card = board_of(app).card
    return card.name if card else ""


def words_on(app: ExinApp) -> str:
    """Everything that stands on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until the board has answered each."""
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def counted(pilot: Pilot[None]) -> None:
    """Wait until the head has counted the signals, which it does after the cards are there."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_looks_right(snap_compare, store: Store, clock: Clock, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    fill(store)
    assert snap_compare(ExinApp(TEAM, store, clock), terminal_size=size, run_before=counted)


def test_it_looks_right_in_english(snap_compare, store: Store, clock: Clock) -> None:  # type: ignore[no-untyped-def]
    fill(store)
    app = ExinApp(Settings(language="en", board_scope="team", private=True), store, clock)
    assert snap_compare(app, terminal_size=(120, 36), run_before=counted)


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_an_empty_board_says_what_to_do(snap_compare, store: Store, clock: Clock, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    assert snap_compare(ExinApp(TEAM, store, clock), terminal_size=size)


async def test_the_mark_moves_between_cards_and_columns(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        assert marked(app) == "Aksel Moen"
        await press(pilot, "down")
        assert marked(app) == "Åse Østby-Haugerud"
        await press(pilot, "l", "l")
        assert marked(app) == "Gry Aasen"
        await press(pilot, "G")
        assert marked(app) == "Frode Nguyen"
        await press(pilot, "left", "k")
        assert marked(app) == "Bjørn Ådnøy"


async def test_the_list_moves_between_phases(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "right")
        assert marked(app) == "Bjørn Ådnøy"
        await press(pilot, "end")
        assert marked(app) == "Lars Vik"
        await press(pilot, "left", "home")
        assert marked(app) == "Aksel Moen"


async def test_the_filter_narrows_as_it_is_typed_and_esc_clears_it(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", *"saeth")
        assert "Dina Sæther" in words_on(app)
        assert "Aksel" not in words_on(app)
        await press(pilot, "enter")
        assert marked(app) == "Dina Sæther"
        await press(pilot, "escape")
        assert "Aksel Moen" in words_on(app)


async def test_whose_caseload_and_the_order_can_be_changed(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "m")
        assert "Kari Nordmann" in words_on(app)
        assert "Frode Nguyen" not in words_on(app)
        await press(pilot, "m", "s")
        assert "etter navn" in words_on(app)
        await press(pilot, "l", "l")
        assert marked(app) == "Even Lunde"


async def test_names_are_hidden_at_once_and_everywhere(store: Store, clock: Clock) -> None:
    names = fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "p")
        shown = words_on(app)
        assert not [name for name in names if name in shown]
        assert "EX-001" in shown
        await press(pilot, "enter")
        assert "Aksel" not in words_on(app)


async def test_a_filter_is_hidden_with_the_names(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", *"saeth", "enter", "p")
        assert "sae" not in words_on(app)
        assert "filter: •••" in words_on(app)
        assert "EX-005" in words_on(app)
        await press(pilot, "p")
        assert "filter: sae" in words_on(app)


async def test_one_unfinished_form_is_one(store: Store, clock: Clock) -> None:
    note_now(store, drafts.keep, "participant", 0, {"given_name": "Ola"})
    app = ExinApp(replace(TEAM, language="en"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        for _turn in range(100):
            await pilot.pause(0.05)
            if said := app.screen.query_one(SaidLine).said:
                break
        assert said == "1 unfinished form was kept: D shows it."


async def test_leaving_takes_two_presses(store: Store, clock: Clock) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "s", "escape")
        assert app.is_running
        assert app.screen.query_one(SaidLine).said
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_an_action_that_cannot_be_done_says_why(store: Store, clock: Clock) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        assert app.screen.query_one(SaidLine).said == "Det er ingen under markøren."


async def test_what_a_colleague_saves_appears_without_a_key(store: Store, vault_folder: Path, clock: Clock) -> None:
    names = fill(store)
    unlocked = sealed.unlock(vault_folder, "kari", "korrekt hest batteri stift")
    colleague = Store(unlocked, clock, store.programme)
    colleague.open()
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "l")
        assert marked(app) == "Bjørn Ådnøy"
        colleague.change_now(participants.add, {"given_name": "Nytt", "family_name": "Navn"})
        values = {"kind": "phone", "at": clock.seconds(), "text": "Nettopp"}
        colleague.change_now(timeline.record, names["Cecilie Bakke"], values)
        for _second in range(40):
            await pilot.pause(0.1)
            if "Nytt Navn" in words_on(app):
                break
        assert "Nytt Navn" in words_on(app)
        assert marked(app) == "Bjørn Ådnøy"
    colleague.close()


async def test_a_reader_sees_and_is_told_why_nothing_can_be_added(
    store: Store, vault_folder: Path, clock: Clock
) -> None:
    fill(store)
    slot = store.unlocked.add_slot("leser", "korrekt hest batteri stift to", role="reader")
    store.change_now(staff.join, "leser", "Lea Leser", "reader", slot)
    reader = Store(sealed.unlock(vault_folder, "leser", "korrekt hest batteri stift to"), clock, store.programme)
    reader.open()
    app = ExinApp(TEAM, reader, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        assert (
            app.screen.query_one(SaidLine).said == "Du har bare lesetilgang. Spør teamlederen om du trenger å skrive."
        )
        assert "Aksel Moen" in words_on(app)
    reader.close()


async def test_a_readers_board_starts_with_the_whole_team(store: Store, clock: Clock) -> None:
    fill(store)
    store.actor = replace(store.actor, role="reader")
    app = ExinApp(Settings(language="nb", board_scope="mine"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "Aksel Moen" in words_on(app)
        assert "hele teamet" in words_on(app)


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_the_foot_has_the_keys_of_the_morning(store: Store, clock: Clock, language: str) -> None:
    fill(store)
    app = ExinApp(replace(TEAM, language=language), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        foot = app.screen._compositor.render_strips()[-1].text
        wanted = {"nb": ("S Signaler", "M Møter", "q Avslutt", "/ Søk", "? Hjelp"),
                  "en": ("S Signals", "M Meetings", "q Quit", "/ Search", "? Help")}  # fmt: skip
        assert [key for key in wanted[language] if key not in foot] == []


async def test_colleagues_fall_off_the_head_whole(store: Store, clock: Clock) -> None:
    fill(store)
    for number in range(8):
        store.change_now(staff.join, f"k{number}", f"Kim Nr{number}", "caseworker", f"slot-{number}")
    team = {one.user: one.id for one in store.ask_now(staff.team)}
    store.change_now(absences.add, {"staff": team["kari"], "first": clock.today(), "cover": team["ola"]})
    store.change_now(absences.add, {"staff": team["k0"], "first": clock.today()})
    app = ExinApp(replace(TEAM, language="en"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        head = app.screen._compositor.render_strips()[1].text.rstrip()
        assert "(away, OB)" in head
        assert head.endswith("…")
        colleague = r" \w+ \d+(\+\d+)?/\d+·\d+/\d+[ !](\(\+\w+\))?(\(away(, \w+)?\))?"
        assert re.fullmatch(f"({colleague})+ …", head.removeprefix(" Workload "))
        await pilot.resize_terminal(200, 24)
        await press(pilot)
        head = app.screen._compositor.render_strips()[1].text.rstrip()
        assert head.count("/12") == 9
        assert not head.endswith("…")


async def test_undo_takes_back_ones_own_last_change(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        store.change_now(participants.add, {"given_name": "Feil", "family_name": "Person"})
        await press(pilot, "m", "m")
        assert "Feil Person" in words_on(app)
        await press(pilot, "u", "down", "enter")
        cards, angret, told = words_on(app).partition("Angret")
        assert "Feil Person" not in cards
        assert angret
        assert "Feil Person" in told


async def test_a_changed_size_changes_the_view(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "l", "down")
        before = marked(app)
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert marked(app) == before
        assert "Navn" in words_on(app)
        await press(pilot, "v")
        assert marked(app) == before
        assert "3 Før løsl." in words_on(app)
        assert "6 Utfasing" not in words_on(app)
        await press(pilot, "l", "l", "l")
        assert "6 Utfasing" in words_on(app)
        assert "‹" in words_on(app)


async def test_a_screen_that_widens_is_drawn_before_it_is_told_of(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the mark in the last column not all columns are in sight; drawn wide, more are than stand after them."""
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", *["l"] * 6)
        columns = app.screen.query_one(BoardColumns)
        assert columns.first > 0
        # What the compositor does between setting a size and the message about it.
        monkeypatch.setattr(BoardColumns, "size", Size(200, 20))
        assert columns.render_line(0).cell_length == 200
        assert columns.first + columns._shown <= len(columns.columns)


async def test_a_changed_language_holds_at_once(
    store: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "comma", "right", "escape")
        assert "Caseload board" in words_on(app)
        assert marked(app) == "Bjørn Ådnøy"
        await press(pilot, "enter")
        assert "last contact" in words_on(app)


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
async def test_nothing_is_missed_while_the_language_changes(store: Store, clock: Clock, size: tuple[int, int]) -> None:
    """A window that changes, signals that are counted, a colleague who saves: each looks for the board's widgets."""
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f", *"aa", "enter")
        screen = board_of(app)
        words.use("en")
        changing = asyncio.create_task(screen.begin_anew())
        moments = 0
        while not changing.done():
            screen._lay_out()
            screen._draw_head()
            screen.draw_foot()
            screen.say(str(moments))
            moments += 1
            await asyncio.sleep(0)
        await changing
        await press(pilot)
        assert moments > 1
        for said in ("Caseload board", "filter: aa", "Help"):
            assert said in words_on(app)
        assert "Hjelp" not in words_on(app)
        await press(pilot, "escape", "f")
        assert "name, colleague" in words_on(app)


async def test_search_is_one_screen_however_often_it_is_opened(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"bakke", "enter", "slash")
        await press(pilot)
        assert "Cecilie Bakke" in words_on(app)
        assert len(app.screen_stack) == 2


async def test_the_head_counts_what_presses_of_whose_caseload_is_shown(
    store: Store, colleague: Store, clock: Clock
) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await counted(pilot)
        head = words_on(app).splitlines()[0]
        team = store.ask_now(signals.severities)
        assert f"Nå {team[3]}  Snart {team[2]}" in head
        colleague.change_now(participants.add, {"given_name": "Ny", "worker": None})
        await board_of(app).refresh_case()
        await counted(pilot)
        assert f"Nå {team[3] + 1}" in words_on(app).splitlines()[0]
        await press(pilot, "m")
        own = store.ask_now(signals.severities, store.actor.staff_id)
        assert own[3] < team[3]
        assert f"Nå {own[3]}  Snart {own[2]}" in words_on(app).splitlines()[0]
        await press(pilot, "x")
        assert "Nå" not in words_on(app).splitlines()[0]
