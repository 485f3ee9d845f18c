"""The participant screen: what stands on it at each size, moving in the timeline, and what its keys do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config import settings as config_settings
from config import startup_settings
from config.programme.shapes import Programme
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.consents import consents
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.phases.release import Release
from models.store import Store
from models.timeline import TimelineQuery
from models.values.clock import Clock
from screens.board.screen import BoardScreen
from screens.frame.destinations import PARTICIPANT
from screens.participant.screen import ParticipantScreen
from tests.screens.board.test_board import TEAM, press, words_on
from tests.screens.small_caseload import fill

SIZES = [(80, 24), (120, 36)]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered here is remembered nowhere else."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def faulty_settings(own_settings: None) -> Path:
    file = Path(startup_settings.settings_file())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('sprog = "nb"\n', encoding="utf-8")
    return file


def screen_of(app: ExinApp) -> ParticipantScreen:
    """The participant screen of a running app."""
    assert isinstance(app.screen, ParticipantScreen)
    return app.screen


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_looks_right(snap_compare, store: Store, clock: Clock, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    names = fill(store)

    async def open_one(pilot) -> None:  # type: ignore[no-untyped-def]
        await pilot.app.open(PARTICIPANT, names["Even Lunde"])
        await press(pilot, "down")

    assert snap_compare(ExinApp(TEAM, store, clock), terminal_size=size, run_before=open_one)


def test_it_looks_right_in_english(snap_compare, store: Store, clock: Clock) -> None:  # type: ignore[no-untyped-def]
    names = fill(store)

    async def open_one(pilot) -> None:  # type: ignore[no-untyped-def]
        await pilot.app.open(PARTICIPANT, names["Bjørn Ådnøy"])
        await press(pilot)

    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    assert snap_compare(app, terminal_size=(120, 36), run_before=open_one)


def test_a_candidate_with_a_name_only(snap_compare, store: Store, clock: Clock) -> None:  # type: ignore[no-untyped-def]
    number = store.change_now(participants.add, {"given_name": "Ny"})

    async def open_one(pilot) -> None:  # type: ignore[no-untyped-def]
        await pilot.app.open(PARTICIPANT, number)
        await press(pilot)

    assert snap_compare(ExinApp(TEAM, store, clock), terminal_size=(80, 24), run_before=open_one)


async def test_who_was_never_reached_is_told_so(store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Ny"})
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot)
        assert "no contact yet" in words_on(app)


async def test_after_release_the_prison_is_not_told_as_where_somebody_is(store: Store, clock: Clock) -> None:
    values = {"given_name": "Emre", "prison": "Oslo fengsel", "unit": "Avdeling B", "stays": "in_prison"}
    number = store.change_now(participants.add, values, date(2026, 1, 1), 3)
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot)
        assert "Oslo fengsel · Avdeling B" in words_on(app)
        store.change_now(phases.begin, number, 4, date(2026, 11, 20), release=Release(stays="family"))
        await screen_of(app).read_again()
        assert "Oslo fengsel" not in words_on(app)
        assert "With family" in words_on(app)
        assert "released 20.11.2026" in words_on(app)


async def test_a_release_without_a_word_of_where_to_says_so(store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Emre", "prison": "Oslo fengsel"}, date(2026, 1, 1), 3)
    store.change_now(phases.begin, number, 4, date(2026, 11, 20))
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot)
        assert "where they are staying is not known" in words_on(app)


async def test_a_line_of_the_programs_has_a_day_and_no_hour_that_nobody_told(store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Emre"}, date(2026, 1, 1), 3)
    store.change_now(consents.give, number, {"agency": "nav", "role": "nav_state", "given": date(2026, 11, 20)})
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    for size in SIZES:
        async with app.run_test(size=size) as pilot:
            await app.open(PARTICIPANT, number)
            await press(pilot)
            assert "Consent given 20.11.2026" in " ".join(words_on(app).split())
            assert "12:00" not in words_on(app)
        app = ExinApp(Settings(language="en", board_scope="team"), store, clock)


async def test_opening_and_going_back_keeps_the_place(store: Store, clock: Clock) -> None:
    fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "enter")
        assert "Bjørn Ådnøy" in words_on(app)
        assert "RISIKOOMRÅDER" in words_on(app)
        await press(pilot, "q", "down", "enter")
        assert "Dina Sæther" in words_on(app)
        assert "uten ansvarlig" in words_on(app) or "Ingen har ansvaret" in words_on(app)


async def test_the_neighbours_on_the_board_are_one_key_away(store: Store, clock: Clock) -> None:
    names = fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "n")
        assert screen_of(app).participant == names["Åse Østby-Haugerud"]
        await press(pilot, "n", "n", "b")
        assert screen_of(app).participant == names["Bjørn Ådnøy"]
        await press(pilot, "b", "b", "b")
        assert screen_of(app).participant == names["Aksel Moen"]
        assert "ingen flere i saksoversikten" in words_on(app)


async def test_only_some_kinds_and_a_date_to_jump_to(store: Store, clock: Clock) -> None:
    names = fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, names["Even Lunde"])
        line = screen_of(app).line
        everything = line.count
        await press(pilot, "d", *"13.11", "enter")
        assert line.row is not None
        assert line.row.day.isoformat() == "2026-11-13"
        await press(pilot, "f", "down", "space", "enter")
        assert 0 < line.count < everything
        assert "bare:" in words_on(app)


async def test_only_what_people_did_is_one_line_is_remembered_and_cleared_by_esc(
    store: Store, clock: Clock, programme: Programme
) -> None:
    names = fill(store)
    app = ExinApp(TEAM, store, clock)
    settings = Path(startup_settings.settings_file())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, names["Even Lunde"])
        line = screen_of(app).line
        everything = line.count
        by_people = TimelineQuery(names["Even Lunde"], but=tuple(kind.id for kind in programme.kinds if kind.system))
        await press(pilot, "f", "home", "space", "enter")
        assert 0 < line.count < everything
        assert line.count == sum(count for _month, count in store.ask_now(timeline.months, by_people))
        assert "bare: det vi gjorde" in words_on(app)
        assert config_settings.load(settings).timeline == "people"
        await press(pilot, "q")
        assert isinstance(app.screen, BoardScreen), "q leaves it as it is"
        await app.open(PARTICIPANT, names["Aksel Moen"])
        assert "bare: det vi gjorde" in words_on(app), "of everybody"
    again = ExinApp(config_settings.load(settings), store, clock)
    async with again.run_test(size=(80, 24)) as pilot:
        await again.open(PARTICIPANT, names["Even Lunde"])
        assert "bare: det vi gjorde" in words_on(again)
        await press(pilot, "escape")
        assert screen_of(again).line.count == everything
        assert config_settings.load(settings).timeline == "all"
        await press(pilot, "escape")
        assert isinstance(again.screen, BoardScreen)


async def test_settings_with_a_fault_are_not_written_over_by_a_filter(
    store: Store, clock: Clock, faulty_settings: Path
) -> None:
    names = fill(store)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, names["Even Lunde"])
        await press(pilot, "f", "home", "space", "enter")
        assert "bare: det vi gjorde" in words_on(app)
    with pytest.raises(config_settings.SettingsError, match="sprog"):
        config_settings.load(faulty_settings)


async def test_a_topic_is_taken_up_and_taken_back(store: Store, clock: Clock) -> None:
    names = fill(store)
    number = names["Even Lunde"]
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot, "t")
        assert "Kontakt med broren" in words_on(app)
        await press(pilot, "enter")
        assert store.ask_now(timeline.topics, number) == []
        await press(pilot, "u")
        assert [one.topic for one in store.ask_now(timeline.topics, number)] == ["Kontakt med broren"]


async def test_undo_says_whom_it_was_about_and_asks_before_it_touches_another(store: Store, clock: Clock) -> None:
    names = fill(store)
    even, other = names["Even Lunde"], names["Kaja Lie"]
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, even)
        store.change_now(timeline.record, other, {"kind": "note", "text": "Kajas"})
        store.change_now(timeline.record, even, {"kind": "note", "text": "Evens"})
        await press(pilot, "u")
        assert "Undone: the new entry · Even Lunde." in words_on(app)
        await press(pilot, "p", "u")
        assert f"Undo the new entry · {store.ask_now(participants.file_of, other).code}?" in words_on(app)
        await press(pilot, "p", "enter")
        assert isinstance(app.screen, ParticipantScreen)
        assert _notes(store, other) == ["Kajas"]
        await press(pilot, "u", "down", "enter")
        assert "Undone: the new entry · Kaja Lie." in words_on(app)
        assert _notes(store, other) == []


async def test_undo_past_closed_minutes_says_so_and_asks(store: Store, clock: Clock) -> None:
    even = fill(store)["Even Lunde"]
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        store.change_now(timeline.record, even, {"kind": "note", "text": "Evens"})
        meeting = store.change_now(meetings.open_, "weekly", None)
        store.change_now(meetings.add, meeting, "note", "Sagt")
        store.change_now(meetings.close, meeting, store.ask_now(meeting_reading.one, meeting).version)
        await press(pilot, "u")
        assert "The minutes are closed; they can only be added to." in words_on(app)
        assert "Undo what came before: the new entry · Even Lunde?" in " ".join(words_on(app).split())
        await press(pilot, "down", "enter")
        assert _notes(store, even) == []
        assert "Undone: the new entry · Even Lunde." in words_on(app)


def _notes(store: Store, participant: int) -> list[str]:
    entries = store.ask_now(timeline.page, timeline.TimelineQuery(participant), 0, 50)
    return [entry.text for entry in entries if entry.kind == "note"]


async def test_the_line_of_a_phase_out_opens_it(store: Store, clock: Clock) -> None:
    even = fill(store)["Even Lunde"]
    store.change_now(phase_outs.begin, even, "drop_out", clock.today(), "")
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, even)
        kinds = [entry.kind for entry in store.ask_now(timeline.page, timeline.TimelineQuery(even), 0, 9)]
        await press(pilot, *["down"] * kinds.index("phase_out_began"), "enter")
        assert "Phase-out · Even Lunde" in words_on(app)


async def test_a_long_timeline_is_read_in_windows(store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Mange"})
    for count in range(700):
        values = {"kind": "note", "at": clock.seconds() - count * 86_400, "text": f"notat {count}"}
        store.change_now(timeline.record, number, values)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot, "end")
        assert "notat 699" in words_on(app)
        await press(pilot, "pageup", "pageup", "home")
        assert "notat 0" in words_on(app)


async def test_the_whole_of_an_entry_stands_beside_the_line(store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Lang"})
    text = "Første linje\n" + "ord " * 150 + "\nsiste linje"
    store.change_now(timeline.record, number, {"kind": "note", "at": clock.seconds(), "text": text})
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot)
        assert "siste linje" in words_on(app)
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot)
        assert "Enter viser alt" in words_on(app)
