"""One event with several: everybody's own line, all or nothing, and nobody named in another's file unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.participants import participants
from models.restrictions import restrictions
from models.storage import drafts
from models.store import Store
from models.timeline import EntryError, TimelineEntry, TimelineQuery
from models.values.clock import Clock
from screens.board.screen import BoardScreen
from screens.frame.case import Case
from screens.participant.record_each_form import RecordEachForm
from tests.screens.board.test_board import board_of, press, words_on

Staged = Callable[[Any], Any]
NAMES = ("Arne", "Berit", "Cato")


def added(store: Store) -> tuple[int, ...]:
    return tuple(store.change_now(participants.add, {"given_name": name, "family_name": "Prøve"}) for name in NAMES)


@pytest.fixture
def people(case: Case) -> tuple[int, ...]:
    return added(case.store)


def entries(store: Store, person: int) -> list[TimelineEntry]:
    return [one for one in store.ask_now(timeline.page, TimelineQuery(person), 0, 50) if one.kind != "enrolled"
            and not store.programme.kind(one.kind).system]  # fmt: skip


def without(store: Store, person: int) -> None:
    """Take somebody out of the sight of whoever works here."""
    store.change_now(restrictions.restrict, person, {"may_see": (), "reason": "trussel"})
    store.actor = replace(store.actor, role="caseworker")


# ---------------------------------------------------------------------- the change


def test_each_has_a_line_of_their_own(case: Case, people: tuple[int, ...]) -> None:
    called = dict(zip(people[:2], NAMES, strict=False))
    assert case.store.change_now(timeline.record_each, called, {"kind": "talk", "text": "Middag", "minutes": 60}) == 2
    [first], [second], none = (entries(case.store, person) for person in people)
    assert (first.text, first.minutes, first.participant) == ("Middag", 60, people[0])
    assert (second.text, second.minutes, second.participant) == ("Middag", 60, people[1])
    assert none == []
    assert first.id != second.id


def test_a_fault_writes_nothing_to_anybody(case: Case, people: tuple[int, ...]) -> None:
    called = dict(zip(people, NAMES, strict=True))
    with pytest.raises(EntryError, match="Minutes"):
        case.store.change_now(timeline.record_each, called, {"kind": "talk", "minutes": 99_999})
    with pytest.raises(EntryError, match="Gone or restricted meanwhile: Dagny"):
        case.store.change_now(timeline.record_each, {**called, 999: "Dagny"}, {"kind": "talk"})
    assert [entries(case.store, person) for person in people] == [[], [], []]


# ---------------------------------------------------------------------- the form


async def test_who_was_restricted_meanwhile_is_named_and_nothing_is_written(
    case: Case, stage: Staged, people: tuple[int, ...]
) -> None:
    app = stage(RecordEachForm(case, people))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", *"Middag")
        without(case.store, people[1])
        await pilot.press("f2")
        await pilot.pause()
        assert "Gone or restricted meanwhile: Berit Prøve." in " ".join(app.text().split())
        assert app.answers == []
        assert app.screen.field("text").written == "Middag"
        await pilot.press("escape")
        await pilot.pause()
    assert [entries(case.store, person) for person in (people[0], people[2])] == [[], []]


async def test_who_is_gone_when_it_opens_is_counted_and_left_out(
    case: Case, stage: Staged, people: tuple[int, ...]
) -> None:
    without(case.store, people[1])
    app = stage(RecordEachForm(case, people))
    async with app.run_test(size=(80, 24)) as pilot:
        text = app.text()
        assert "1 of those marked is gone or restricted" in text
        assert "Arne Prøve, Cato Prøve" in text
        assert "Berit" not in text
        await pilot.press("s", *"Middag", "f2")
        await pilot.pause()
        assert app.answers == [2]
    assert [len(entries(case.store, person)) for person in (people[0], people[2])] == [1, 1]


async def test_naming_one_in_the_others_files_is_said(case: Case, stage: Staged, people: tuple[int, ...]) -> None:
    app = stage(RecordEachForm(case, people))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", *"Laget middag med ")
        assert "The text names" not in app.text()
        await pilot.press(*"cato og")
        await pilot.pause()
        assert "The text names Cato Prøve: it stands in the files of all of them." in app.text()


async def test_what_is_left_unfinished_comes_back_for_the_same_people_only(
    case: Case, stage: Staged, people: tuple[int, ...]
) -> None:
    app = stage(RecordEachForm(case, people[:2]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", *"Halvveis", "escape")
        await pilot.pause()
    [kept] = case.store.ask_now(drafts.kept)
    assert kept.fields["text"] == "Halvveis"
    app = stage(RecordEachForm(case, people))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.screen.choosing
    app = stage(RecordEachForm(case, people[:2]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.field("text").written == "Halvveis"
        await pilot.press("f2")
        await pilot.pause()
    assert case.store.ask_now(drafts.kept) == []
    assert [len(entries(case.store, person)) for person in people] == [1, 1, 0]


async def test_names_are_hidden_in_it(case: Case, stage: Staged, people: tuple[int, ...]) -> None:
    case.private = True
    app = stage(RecordEachForm(case, people))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", *"med arne")
        await pilot.pause()
        assert "EX-001, EX-002, EX-003" in app.text()
        assert "Arne" not in app.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_it_looks_right(
    case: Case, stage: Staged, people: tuple[int, ...], snap_compare: Any, size: tuple[int, int]
) -> None:
    app = stage(RecordEachForm(case, people))
    assert snap_compare(app, terminal_size=size, press=["s", *"Middag hos Cato"])


# ---------------------------------------------------------------------- from the board


@pytest.mark.parametrize("size", [(80, 24), (140, 36)])
async def test_space_marks_r_records_with_each_and_u_takes_all_back(
    store: Store, clock: Clock, size: tuple[int, int]
) -> None:
    people = added(store)
    app = ExinApp(Settings(language="en", board_scope="team", board_sort="name"), store, clock)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "space", "space")
        assert words_on(app).count("✓ ") == 2
        assert "2 marked: r" in words_on(app)
        await press(pilot, "up", "space", "up", "space")
        assert board_of(app).together == people[:1] + people[1:2]
        await press(pilot, "r", "s")
        await pilot.press(*"Middag")
        await press(pilot, "f2")
        assert "Recorded with 2 participants" in words_on(app)
        assert "✓ " not in words_on(app)
        assert [len(entries(store, person)) for person in people] == [1, 1, 0]
        await press(pilot, "u")
        if not isinstance(app.screen, BoardScreen):
            await press(pilot, "down", "enter")
        assert [len(entries(store, person)) for person in people] == [0, 0, 0]


async def test_escape_takes_the_marks_away_before_it_leaves(store: Store, clock: Clock) -> None:
    added(store)
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "escape")
        assert board_of(app).together == ()
        assert "Once more" not in words_on(app)


async def test_who_only_reads_marks_nobody(store: Store, clock: Clock) -> None:
    added(store)
    store.actor = replace(store.actor, role="reader")
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space")
        assert board_of(app).together == ()
