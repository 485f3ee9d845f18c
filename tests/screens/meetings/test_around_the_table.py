"""What meetings show of whom they speak of, at every size: panels across the room, the weekly's card, and who is given.

Nothing on them tells a hidden name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from config import words
from models import timeline
from models.consents import consents
from models.contacts import network, people
from models.goals import goals
from models.goals import reading as goal_reading
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.participants import participants
from models.plans import tasks
from models.store import Store
from models.team import absences, staff
from screens.frame.case import Case
from screens.intake.candidates import CandidatesScreen
from screens.meetings.large_letters import large
from screens.meetings.screen import MeetingScreen
from screens.meetings.standup import StandupScreen
from screens.signals.screen import SignalsScreen
from screens.team.hand_over_form import HandOverForm
from tests.screens import small_caseload

Staged = Callable[[Any], Any]
PANELS = ("What is urgent", "The last two weeks", "Agreed next", "Goals and steps", "People around, and what may be")
SIZES = [(80, 24), (120, 36), (200, 60)]


@pytest.fixture
def folk(case: Case) -> dict[str, int]:
    return small_caseload.fill(case.store)


@pytest.fixture
def dina(case: Case, folk: dict[str, int]) -> int:
    """Somebody nobody is responsible for, with one of everything, and her name in every text."""
    store, person = case.store, folk["Dina Sæther"]
    now = store.clock.seconds()
    for days, text in ((3, "Dina ringte om boligen"), (40, "Lenge siden")):
        store.change_now(
            timeline.record, person, {"kind": "phone", "at": now - days * 86_400, "text": text, "minutes": 10}
        )
    goal = store.change_now(goals.add, person, {"words": "Dina vil ha egen bolig"})
    for step in ("Dina ringer kommunen", "Skrive søknad"):
        store.change_now(goals.add_step, goal, {"words": step, "turn": "participant"})
    (line,) = store.ask_now(goal_reading.of, person)
    store.change_now(goals.do, line.steps[1].id, line.steps[1].version)
    contact = store.change_now(people.add, {"name": "Nina Nav", "agency": "nav", "role": "nav_municipal"})
    store.change_now(network.involve, person, contact, None)
    store.change_now(consents.give, person, {"agency": "nav", "role": "nav_municipal", "given": date(2026, 11, 1)})
    store.change_now(tasks.add, person, {"text": "Følge Dina til banken", "due": date(2026, 11, 25)})
    weekly = store.change_now(meetings.open_, "weekly", None)
    store.change_now(meetings.add, weekly, "decision", "Dina søker plass i Oslo", person)
    store.change_now(meetings.close, weekly, store.ask_now(meeting_reading.one, weekly).version)
    return person


@pytest.fixture
def daily(case: Case, dina: int) -> int:
    return case.store.change_now(meetings.open_, "daily", None)


@pytest.fixture
def weekly(case: Case, dina: int) -> int:
    return case.store.change_now(meetings.open_, "weekly", None)


def ids(case: Case) -> dict[str, int]:
    return {one.initials: one.id for one in case.store.ask_now(staff.team)}


def worker(case: Case, participant: int) -> int | None:
    return case.store.ask_now(participants.file_of, participant).values["worker"]


def away(case: Case, initials: str, cover: int | None = None) -> int:
    today = case.store.clock.today()
    values = {"staff": ids(case)[initials], "first": today, "last": today + timedelta(days=4), "cover": cover}
    return case.store.change_now(absences.add, values)


def line_with(text: str, found: str) -> str:
    return next(" ".join(line.split()) for line in text.splitlines() if found in line)


# ---------------------------------------------------------------------- the stand-up from across the room


async def test_a_large_screen_shows_all_panels(case: Case, stage: Staged, dina: int, daily: int) -> None:
    case.store.change_now(meetings.add, daily, "note", "Sagt nå", dina)
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        text = app.text()
        for shown in (
            *PANELS, "Nobody is responsible.", "Note: Sagt nå", "Decided Sun 22.11.2026: Dina søker plass i Oslo",
            "Dina ringte om boligen", "Følge Dina til banken", "1/2 “Dina vil ha egen bolig”",
            "[ ] Dina ringer kommunen · The participant", "[x] Skrive søknad", "Nina Nav", "may be shared: until",
        ):  # fmt: skip
            assert shown in text, shown
        assert "Lenge siden" not in text
        assert text.count("Sagt nå") == 1
        for told in ("Dina Sæther", "2 In prison"):
            drawn = large(told, 190, double=told == "Dina Sæther")
            assert drawn is not None
            assert drawn[-1] in text
        await pilot.press("pagedown")
        assert "Workload KN 5+2/4·2/4!" in " ".join(app.text().split())


async def test_a_low_terminal_stays_lean_and_two_columns_have_goals(
    case: Case, stage: Staged, dina: int, daily: int
) -> None:
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not any(panel in app.text() for panel in PANELS)
        assert "1/2 “" not in app.text()
        assert app.screen.found.spoken.more is None
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "1/2 “Dina vil ha egen bolig”" in app.text()
        assert "Workload" not in app.text()
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        await pilot.pause()
        assert all(panel in app.text() for panel in PANELS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", [StandupScreen, MeetingScreen])
async def test_hidden_names_are_in_no_panel(
    case: Case, stage: Staged, dina: int, daily: int, weekly: int, kind: Any, size: tuple[int, int]
) -> None:
    case.store.change_now(meetings.add, daily, "note", "Dina sier ja", dina)
    case.store.change_now(meetings.add, weekly, "note", "Dina sier ja", dina)
    app = stage(kind(case, daily if kind is StandupScreen else weekly))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _step in range(30):
            if app.screen.about()[0] == dina:
                break
            await pilot.press("down")
        await pilot.pause()
        assert "Dina" in app.text()
        await pilot.press("p")
        await pilot.pause()
        text = app.text()
        assert "EX-005" in text or large("EX-005", 190, double=True)[-1] in text
        for name in ("Dina", "Sæther", "Nina Nav"):
            assert name not in text
        for told in ("Dina Sæther", "Dina"):
            for double in (True, False):
                assert (large(told, 190, double=double) or [""])[1] not in text


# ---------------------------------------------------------------------- the weekly's card


@pytest.mark.parametrize("size", SIZES)
async def test_the_weekly_shows_last_weeks_decision_the_facts_and_the_goals(
    case: Case, stage: Staged, dina: int, weekly: int, size: tuple[int, int]
) -> None:
    case.store.change_now(meetings.add, weekly, "decision", "Kari tar saken", dina)
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _step in range(30):
            if app.screen.about()[0] == dina:
                break
            await pilot.press("down")
        await pilot.pause()
        text = app.text()
        assert "Decision: Kari tar saken" in text
        assert "Decided Sun 22.11.2026: Dina søker plass i Oslo" in text
        assert "Decided Sun 22.11.2026: Kari" not in text
        assert "2 In prison 12w · nobody responsible" in text
        assert "release 18.09.2027" in text
        assert "last contact 3 d ago" in text
        assert "Nobody is responsible." in text
        assert "1/2 “Dina vil ha egen bolig”" in text
        assert ("Dina ringte om boligen" in text) is (size == (200, 60))
        assert ("The last two weeks" in text) is (size == (200, 60))
        # Each has their own: what was read of one is not shown of the next.
        await pilot.press("down")
        await pilot.pause()
        assert "egen bolig" not in app.text()
        assert "In prison" in app.text() or "Before" in app.text() or "After" in app.text() or "Rei" in app.text()


async def test_what_does_not_fit_of_the_one_selected_is_read_on(
    case: Case, stage: Staged, dina: int, weekly: int
) -> None:
    for number in range(14):
        case.store.change_now(goals.add, dina, {"words": f"Mål nummer {number}"})
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while app.screen.about()[0] != dina:
            await pilot.press("down")
        await pilot.pause()
        assert "▾" in app.text()
        assert "Mål nummer 13" not in app.text()
        for _page in range(4):
            await pilot.press("right")
        await pilot.pause()
        assert "▾" not in app.text()
        assert "Mål nummer 13" in app.text()
        await pilot.press("right")
        assert "There is no more to read." in app.text()
        for _page in range(4):
            await pilot.press("left")
        await pilot.pause()
        assert "▾" in app.text()


# ---------------------------------------------------------------------- giving a worker, and a cover


async def test_somebody_without_a_worker_is_given_one_and_stays_where_they_were(
    case: Case, stage: Staged, folk: dict[str, int], dina: int, daily: int
) -> None:
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "H Responsible" in app.text().splitlines()[-1]
        await pilot.press("H")
        text = app.text()
        assert "Who is to be responsible for Dina Sæther?" in text
        assert line_with(text, "Ola Berg").endswith("Ola Berg 7 places left (5/12), demanding 3 of 6")
        assert "no place left (5+2/4)" in line_with(text, "Kari Nordmann")
        await pilot.press("O", "enter")
        await pilot.pause()
        assert worker(case, dina) == ids(case)["OB"]
        assert "Ola Berg is responsible for Dina Sæther now. u to undo." in app.text()
        assert "▸?? 1/1" in app.text()
        assert app.screen.about()[0] == dina
        await pilot.press("u")
        await pilot.pause()
        assert worker(case, dina) is None
        await pilot.press("H", "O", "enter")
        await pilot.pause()
        assert app.screen.about()[0] == dina
        await pilot.press("space")
        # Whoever comes after her comes next, and nobody is left out.
        assert "▸KN 1/8" in app.text()
        await pilot.press("left", "pagedown")
        assert "▸OB 1/6" in app.text()


async def test_whose_worker_is_here_is_handed_over_by_the_form(
    case: Case, stage: Staged, folk: dict[str, int], dina: int, daily: int
) -> None:
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "H")
        await pilot.pause()
        assert isinstance(app.screen, HandOverForm)
        await pilot.press("escape")
        away(case, "KN", ids(case)["OB"])
        await app.screen.read_again()
        await pilot.press("H")
        assert "Who is to be responsible for" in app.text()
        assert "Kari Nordmann" not in app.text().splitlines()[2]
        # Whoever covers stands under the mark.
        assert app.screen.moving.row.label == "Ola Berg"


async def test_an_absence_that_nobody_covers_is_given_a_cover(
    case: Case, stage: Staged, folk: dict[str, int], daily: int
) -> None:
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("A")
        assert "Nobody is away today without somebody who covers." in app.text()
        assert "A Cover" not in app.text()
        number = away(case, "OB")
        await app.screen.read_again()
        await pilot.pause()
        assert "OB away to 26.11.2026, nobody covers" in app.text()
        assert "A Cover" in app.text().splitlines()[-1]
        before = app.screen.about()
        await pilot.press("A")
        assert "Who covers for Ola Berg to 26.11.2026?" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "Kari Nordmann covers for Ola Berg. u to undo." in app.text()
        assert "OB away to 26.11.2026, KN covers" in app.text()
        assert app.screen.about() == before
    assert case.store.ask_now(absences.one, number).cover == ids(case)["KN"]


async def test_of_several_absences_it_is_asked_which(
    case: Case, stage: Staged, folk: dict[str, int], daily: int
) -> None:
    case.store.change_now(staff.join, "per", "Per Moe", "caseworker", "")
    away(case, "PM")
    number = away(case, "OB")
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "pagedown", "A")
        assert "Who is to be covered for?" in app.text()
        # Whose participant is spoken of comes first.
        await pilot.press("enter", "K", "enter")
        await pilot.pause()
    assert case.store.ask_now(absences.one, number).cover == ids(case)["KN"]


async def test_a_cover_who_will_be_away_is_named_with_the_days_and_covers(
    case: Case, stage: Staged, folk: dict[str, int], daily: int
) -> None:
    number = away(case, "OB")
    case.store.change_now(
        absences.add, {"staff": ids(case)["KN"], "first": date(2026, 11, 25), "last": date(2026, 11, 30)}
    )
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("A", "K", "enter")
        await pilot.pause()
        told = (
            "covers for Ola Berg. u to undo. Kari Nordmann is away from 25.11.2026 to 30.11.2026 and cannot cover then."
        )
        assert told in " ".join(app.text().split())
    assert case.store.ask_now(absences.one, number).cover == ids(case)["KN"]


async def test_a_cover_who_is_away_covers_nobody(case: Case, stage: Staged, folk: dict[str, int], daily: int) -> None:
    away(case, "KN")
    away(case, "OB", ids(case)["KN"])
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "OB away to 26.11.2026, nobody covers" in app.text()


async def test_a_reader_is_offered_neither(
    case: Case, stage: Staged, folk: dict[str, int], dina: int, daily: int
) -> None:
    away(case, "OB")
    case.store.actor = replace(case.store.actor, role="reader")
    for screen in (StandupScreen(case, daily), SignalsScreen(case), CandidatesScreen(case)):
        app = stage(screen)
        async with app.run_test(size=(200, 60)) as pilot:
            await pilot.pause()
            assert "H Responsible" not in app.text()
            assert "A Cover" not in app.text()
            await pilot.press("H")
            assert "read access only" in app.text()
    assert worker(case, dina) is None


async def test_somebody_is_given_a_worker_from_the_lists_too(
    case: Case, stage: Staged, folk: dict[str, int], dina: int, weekly: int
) -> None:
    aksel = folk["Aksel Moen"]
    version = case.store.ask_now(participants.file_of, aksel).version
    case.store.change_now(participants.change, aksel, version, {"worker": None})
    app = stage(CandidatesScreen(case))
    app.shown.mine = False
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*(() if app.screen.moving.row.participant == aksel else ("down",)))
        await pilot.press("H", "O", "enter")
        await pilot.pause()
        assert "Ola Berg is responsible for Aksel Moen now." in app.text()
        assert app.screen.moving.row.participant == aksel
    assert worker(case, aksel) == ids(case)["OB"]
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _step in range(20):
            if getattr(app.screen.moving.row, "participant", None) == dina:
                break
            await pilot.press("down")
        await pilot.press("H", "O", "enter")
        await pilot.pause()
        assert "Ola Berg is responsible for Dina Sæther now." in app.text()
    assert worker(case, dina) == ids(case)["OB"]


async def test_a_colleague_who_changed_them_meanwhile_is_told_of(
    case: Case, stage: Staged, dina: int, daily: int, colleague: Store
) -> None:
    app = stage(StandupScreen(case, daily))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("H")
        version = colleague.ask_now(participants.file_of, dina).version
        colleague.change_now(participants.change, dina, version, {"worker": colleague.actor.staff_id})
        await pilot.press("O", "enter")
        await pilot.pause()
        assert isinstance(app.screen, StandupScreen)
        assert "is responsible for" not in app.text()
    assert worker(case, dina) == colleague.actor.staff_id


# ---------------------------------------------------------------------- large letters


def test_a_ring_does_not_touch_its_letter() -> None:
    assert large("Å", 20) == ["▄▀▄", "█▄█", "▀ ▀"] or large("Å", 20) == [" ▀", "▄▀▄", "█▀█"]
    drawn = large("Åse", 60, double=True)
    assert drawn is not None
    assert len(drawn) == 6
    assert drawn[1].startswith("   ")
    assert large("Åse", 20, double=True) is None


# ---------------------------------------------------------------------- how they look


@pytest.mark.parametrize("size", SIZES)
def test_how_the_stand_up_looks_of_somebody_known(
    snap_compare: Any, case: Case, stage: Staged, dina: int, daily: int, size: tuple[int, int]
) -> None:
    away(case, "OB")
    case.store.change_now(meetings.add, daily, "note", "Kari ringer i dag", dina)
    assert snap_compare(stage(StandupScreen(case, daily)), terminal_size=size)


def test_how_places_look(snap_compare: Any, case: Case, stage: Staged, dina: int, daily: int) -> None:
    assert snap_compare(stage(StandupScreen(case, daily)), terminal_size=(80, 24), press=["H"])


@pytest.mark.parametrize("size", SIZES)
def test_how_the_stand_up_looks_in_norwegian(
    snap_compare: Any, case: Case, stage: Staged, dina: int, daily: int, size: tuple[int, int]
) -> None:
    before = words.language()
    words.use("nb")
    try:
        assert snap_compare(stage(StandupScreen(case, daily)), terminal_size=size)
    finally:
        words.use(before)
