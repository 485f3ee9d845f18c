"""Agreements between agencies on the screen: the list, the page in sections, the forms, and the steering meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models.cooperation import agreements, reading
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.store import Store
from models.values.clock import Clock, oslo
from screens.cooperation.agreement import AgreementScreen
from screens.cooperation.forms import AgreementForm, PartForm
from screens.cooperation.list import AgreementsScreen
from screens.cooperation.paper import AgreementPaperScreen, SteeringAgendaScreen
from screens.cooperation.steering import SteeringScreen
from screens.frame.case import Case
from screens.meetings.minutes import MinutesScreen
from screens.signals.screen import SignalsScreen
from tests.models.case_sample import Hands
from tests.screens.cooperation.agreement_sample import enter
from tests.screens.restrictions.sessions import Sessions

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TEAM = Settings(language="en", board_scope="team", board_view="list")


@pytest.fixture
def clock() -> Clock:
    return Clock(oslo().zone, Hands())


@pytest.fixture
def agreement(store: Store) -> int:
    return enter(store)


def text_of(app: Any) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


def app_of(store: Store, clock: Clock, **settings: Any) -> ExinApp:
    return ExinApp(replace(TEAM, **settings), store, clock)


async def go_to(screen: Any, pilot: Any, wanted: Any) -> None:
    """Put the mark on a row."""
    rows = [screen.moving.row_at(place) for place in range(screen.moving.count)]
    screen.moving.go(next(place for place, row in enumerate(rows) if wanted(row)))
    await pilot.pause()


async def open_list(app: ExinApp, pilot: Any) -> AgreementsScreen:
    """By the palette, in words of one's own."""
    await pilot.press("f10", *"samarbeidsavtale", "enter")
    await pilot.pause()
    assert isinstance(app.screen, AgreementsScreen)
    return app.screen


@pytest.mark.parametrize("word", ["samarbeidsavtale", "styringsgruppe"])
async def test_the_palette_finds_it(store: Store, clock: Clock, agreement: int, word: str) -> None:
    app = app_of(store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *word, "enter")
        await pilot.pause()
        assert isinstance(app.screen, AgreementsScreen)
        assert "Sammen om løslatelsen" in text_of(app)
        assert "met 0 of 2" in text_of(app)


async def test_the_page_says_what_differs_and_the_forms_come_back_to_their_line(
    store: Store, clock: Clock, agreement: int
) -> None:
    app = app_of(store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await open_list(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AgreementScreen)
        await go_to(screen, pilot, lambda row: row.text == "Politistasjonen")
        assert "has not signed, not in the steering group" in text_of(app)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, PartForm)
        await pilot.press("end", *" nord", "f2")
        await pilot.pause()
        assert screen.moving.row is not None
        assert screen.moving.row.text == "Politistasjonen nord"
        await pilot.press("n", *"Skolen", "f2")
        await pilot.pause()
        assert screen.moving.row is not None
        assert (screen.moving.row.text, screen.moving.row.section) == ("Skolen", "parties")


async def test_n_in_a_group_adds_to_that_group_and_elsewhere_asks(store: Store, clock: Clock, agreement: int) -> None:
    app = app_of(store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await open_list(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        screen: Any = app.screen
        await go_to(screen, pilot, lambda row: row.section == "project")
        await pilot.press("n")
        await pilot.pause()
        form: Any = app.screen
        assert form.field("network_group").written == "project"
        await pilot.press("escape")
        await pilot.pause()
        screen.moving.go(0)
        await pilot.press("n")
        await pilot.pause()
        assert "Add to what?" in text_of(app)
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, PartForm)
        assert app.screen.kind == "basis"


async def test_an_agreement_that_ends_before_it_starts_keeps_what_was_typed(
    store: Store, clock: Clock, agreement: int
) -> None:
    app = app_of(store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_list(app, pilot)
        await pilot.press("e")
        await pilot.pause()
        form: Any = app.screen
        assert isinstance(form, AgreementForm)
        form.field("in_force_to").put("01.01.2020")
        await pilot.press("f2")
        await pilot.pause()
        assert app.screen is form
        assert "ends before it starts" in text_of(app)
        assert form.field("in_force_to").written == "01.01.2020"
        form.field("in_force_to").put("")
        form.field("convener").put("")
        await pilot.pause()
        assert form.warnings() == ("Nobody is named to convene the steering group.",)
        await pilot.press("f2")
        await pilot.pause()
        assert store.ask_now(reading.agreement, agreement).convener == ""


async def test_a_signal_leads_to_the_agreement_and_the_meeting_that_decides_takes_it_away(
    store: Store, clock: Clock, agreement: int
) -> None:
    store.change_now(agreements.add_part, "held", agreement, {"day": date(2026, 5, 1)})
    app = app_of(store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, SignalsScreen)
        assert "met 1 of 2 times agreed" in text_of(app)
        await go_to(app.screen, pilot, lambda row: row.sign.rule == "steering_owed")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AgreementScreen)
        await pilot.press("M")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SteeringScreen)
        await pilot.press("d", *"Som innstilt", "enter")
        await pilot.pause()
        await pilot.press("d", *"Utsettes", "enter")
        await pilot.pause()
        assert [one.decision for one in store.ask_now(reading.file_of, agreement).proposals] == [
            "Som innstilt", "Utsettes",
        ]  # fmt: skip
        await pilot.press("f", "enter")
        await pilot.pause()
        assert isinstance(app.screen, AgreementScreen)
        assert "times agreed" not in text_of(app)
        await go_to(app.screen, pilot, lambda row: row.section == "meetings" and row.part.meeting)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MinutesScreen)
        assert "Decision: To samlinger" in text_of(app)


async def test_papers_are_read_before_they_are_written(store: Store, clock: Clock, agreement: int) -> None:
    app = app_of(store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await open_list(app, pilot)
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, AgreementPaperScreen)
        assert "Parties, where the agreement names them" in text_of(app)
        await pilot.press("q", "a")
        await pilot.pause()
        assert isinstance(app.screen, SteeringAgendaScreen)
        assert "Det settes av midler" in text_of(app)


async def test_a_reader_reads_the_page_and_is_told_why_nothing_is_written(
    store: Store, clock: Clock, agreement: int, sessions: Sessions
) -> None:
    app = app_of(sessions("lise"), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_list(app, pilot)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, AgreementsScreen)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("M")
        await pilot.pause()
        assert isinstance(app.screen, AgreementScreen)
        assert store.ask_now(meeting_reading.open_now) == []


# ---------------------------------------------------------------------- how it looks


@pytest.mark.parametrize("size", SIZES)
def test_how_the_list_looks(snap_compare: Any, case: Case, stage: Staged, agreement: int, size: Any) -> None:
    assert snap_compare(stage(AgreementsScreen(case)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_page_looks(snap_compare: Any, case: Case, stage: Staged, agreement: int, size: Any) -> None:
    assert snap_compare(stage(AgreementScreen(case, agreement)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_lower_page_looks(snap_compare: Any, case: Case, stage: Staged, agreement: int, size: Any) -> None:
    assert snap_compare(stage(AgreementScreen(case, agreement)), press=["G", "k", "k"], terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_steering_meeting_looks(
    snap_compare: Any, case: Case, stage: Staged, agreement: int, size: Any
) -> None:
    change = case.store.change_now
    meeting = change(agreements.convene, agreement)
    change(meetings.receive, meeting, "Ragna Fossum, Kommunen", True)
    change(meetings.add, meeting, "note", "Prosjektgruppen la fram status.")
    proposal = case.store.ask_now(reading.file_of, agreement).proposals[0]
    change(agreements.decide, proposal.id, proposal.version, "Som innstilt", meeting)
    assert snap_compare(stage(SteeringScreen(case, meeting)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_form_looks(snap_compare: Any, case: Case, stage: Staged, agreement: int, size: Any) -> None:
    assert snap_compare(stage(AgreementForm(case, agreement)), terminal_size=size)
