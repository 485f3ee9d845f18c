"""The list of the team's phase reviews on the screen: by state, of a caseload, opened by Enter, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.phases.owed_review import OWED
from models.restrictions import restrictions
from models.reviews import reading as review_reading
from models.store import Store
from models.values.clock import Clock, oslo
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT, REVIEW, REVIEWS
from screens.participant.screen import ParticipantScreen
from screens.reviews.screen import ReviewScreen
from screens.reviews.sealed import SealedReviewScreen
from screens.reviews.team_list import TeamReviewsPaperScreen, TeamReviewsScreen
from tests.models.case_sample import Hands, rows
from tests.models.reviews.team_reviews_sample import enter
from tests.screens.restrictions.sessions import Sessions

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36), (200, 60)]
TEAM = Settings(language="en", board_scope="team", board_view="list")


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return Clock(oslo().zone, hands)


@pytest.fixture
def team(store: Store, hands: Hands) -> dict[str, int]:
    return enter(store, hands)


def names(app: Any) -> list[str]:
    """The given names down the list."""
    found = [line.lstrip(" ▌").split(" ") for line in app.text().splitlines()]
    return [words[0] for words in found if words[0] in ("Ada", "Bo", "Cato", "Dina", "Emil", "Frida")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "nb"])
async def test_every_state_is_told_with_what_came_of_it(
    store: Store, clock: Clock, team: dict[str, int], size: tuple[int, int], language: str
) -> None:
    app = ExinApp(Settings(language=language, board_scope="team"), store, clock)
    told = {
        "en": (
            "Missing  2",
            "Open  1",
            "Held  4",
            "missing for 40 days",
            "1 answered",
            "Stay",
            "Move on",
            "02.12.2026",
        ),
        "nb": ("Mangler  2", "Åpne  1", "Holdt  4", "mangler i 40 dager", "1 besvart", "Bli i fasen", "Gå videre"),
    }
    async with app.run_test(size=size) as pilot:
        await pilot.press("F")
        assert isinstance(app.screen, TeamReviewsScreen)
        lines = app.screen._compositor.render_strips()
        text = "\n".join("".join(segment.text for segment in line) for line in lines)
        for said in told[language]:
            assert said in text


async def test_enter_opens_the_review_and_one_comes_back_to_it(
    store: Store, clock: Clock, team: dict[str, int]
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("F", "enter")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, TeamReviewsScreen)
        await pilot.press("down", "down", "down", "enter")
        assert isinstance(app.screen, SealedReviewScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, TeamReviewsScreen)
        assert app.screen.moving.mark == 3
        await pilot.press("o")
        assert isinstance(app.screen, ParticipantScreen)


async def test_one_goes_on_to_the_participant_and_their_reviews(
    case: Case, stage: Staged, team: dict[str, int]
) -> None:
    app = stage(TeamReviewsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "o", "R")
        (owed,) = [line for line in case.store.ask_now(review_reading.of, team["Bo"]) if line.owed]
        assert app.asked == [(REVIEW, owed.id), (PARTICIPANT, team["Bo"]), (REVIEWS, team["Bo"])]


async def test_the_filter_shows_one_state_and_the_days_agreed(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(TeamReviewsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert names(app) == ["Bo", "Ada", "Cato", "Emil", "Dina", "Frida", "Emil"]
        await pilot.press("f")
        for option in ("All reviews", "Missing", "Open", "Next review agreed", "Held"):
            assert option in app.text()
        await pilot.press("down", "down", "down", "enter")
        assert names(app) == ["Frida", "Dina"]
        assert "only: Next review agreed" in app.text()
        assert "next review 19.11.2026 (3 d ago)" in app.text()
        await pilot.press("f", "home", "down", "enter")
        assert names(app) == ["Bo", "Ada"]
        await pilot.press("s")
        assert "by name" in app.text()
        assert names(app) == ["Bo", "Ada"]


async def test_a_caseload_is_chosen_as_in_other_lists(case: Case, stage: Staged, team: dict[str, int]) -> None:
    app = stage(TeamReviewsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        assert names(app) == ["Bo", "Emil", "Emil"]
        assert "Kari Nordmann" in app.text()
        await pilot.press("w", *"Ola", "enter")
        assert names(app) == ["Ada", "Cato", "Dina", "Frida"]
        await pilot.press("m", "m")
        assert "the whole team" in app.text()


async def test_hidden_names_are_codes_here_and_on_paper(case: Case, stage: Staged, team: dict[str, int]) -> None:
    case.private = True
    app = stage(TeamReviewsScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "EX-002" in app.text()
        await pilot.press("z")
        assert isinstance(app.screen, TeamReviewsPaperScreen)
        assert "with codes" in app.text()
        assert "EX-002" in app.text()
        assert not [name for name in team if f"{name} " in app.text()]


async def test_the_paper_is_of_what_was_chosen_and_is_in_the_audit(
    case: Case, stage: Staged, team: dict[str, int], tmp_path: Path
) -> None:
    screen = TeamReviewsScreen(case)
    app = stage(screen)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f", "down", "enter", "z")
        assert isinstance(app.screen, TeamReviewsPaperScreen)
        assert "Missing (2)" in app.text()
        assert "Held" not in app.text()
        await app.screen._write(case.out_place.file(str(tmp_path / "list.pdf"), ".pdf"))
    assert (tmp_path / "list.pdf").is_file()
    acts = [act for (act,) in rows(case.store, "SELECT action FROM audit")]
    assert acts.count("paper.write team_reviews names") == 1
    assert screen.query_shown.state == OWED


async def test_no_line_is_of_somebody_who_is_hidden(
    store: Store, clock: Clock, sessions: Sessions, team: dict[str, int]
) -> None:
    store.change_now(restrictions.restrict, team["Bo"], {"may_see": (), "reason": "Kjenner en i teamet"})
    app = ExinApp(TEAM, sessions("lise"), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        lines = app.screen._compositor.render_strips()
        text = "\n".join("".join(segment.text for segment in line) for line in lines)
        assert "Missing  1" in text
        assert "Ada Moe" in text
        assert "Bo Dahl" not in text


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, team: dict[str, int], size: tuple[int, int]
) -> None:
    assert snap_compare(stage(TeamReviewsScreen(case)), terminal_size=size, press=["end"])
