"""The short form of a review that is owed: one page, sealed from it, with the same answers as the long form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.settings import Settings
from exin_tui.app import ExinApp
from models.consents import consents
from models.phases import phases
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.reviews.brief import known_of
from models.storage import drafts
from models.store import Store
from models.values.clock import Clock
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case
from screens.frame.destinations import REVIEW, REVIEWS
from screens.reviews.list import ReviewsScreen
from screens.reviews.screen import ReviewScreen
from screens.reviews.team_list import TeamReviewsScreen
from screens.signals.screen import SignalsScreen
from tests.models.case_sample import note_now, owed_of
from tests.screens.restrictions.sessions import Sessions
from tests.screens.reviews.review_case import SAID, answered, enter

Staged = Callable[[Any], Any]

SIZES = [(80, 24), (120, 36)]
TEXTS = {
    "prompt_room": "Onkelen tar imot", "prompt_limits": "Ingen bolig", "prompt_specific": "Medisin",
    "prompt_own_view": "Vil hjem", "reason": "Løslatt samme dag",
}  # fmt: skip
KEYS_TO_SEAL = 8
"""Enter, four Tabs between the five texts, F2, and the two of its question; what is typed is not counted."""
TEAM = Settings(language="en", board_scope="team", board_view="list")


@pytest.fixture
def person(case: Case) -> int:
    """Released two days ago, with no review of it."""
    number = enter(case.store)
    case.store.change_now(phases.begin, number, 4, date(2026, 11, 20), ending=(2,))
    return number


@pytest.fixture
def review(case: Case, person: int) -> int:
    [owed] = owed_of(case.store, person)
    return owed.id


def screen(case: Case, review: int) -> ReviewScreen:
    return ReviewScreen(case, case.store.ask_now(known_of, review))


def file_of(store: Store, review: int) -> review_reading.ReviewFile:
    return store.ask_now(review_reading.file_of, review)


def said(store: Store, review: int) -> dict[str, str]:
    return {f"prompt_{id}": answer.text for id, answer in file_of(store, review).answers.items()}


def one_line(app: Any) -> str:
    return " ".join(app.text().split())


async def fill_in(pilot: Any, texts: list[str]) -> int:
    """Type the texts with Tab between them; answers how many keys that took beside what was typed."""
    await pilot.press(*texts[0])
    for text in texts[1:]:
        await pilot.press("tab", *text)
    return len(texts) - 1


async def seal(pilot: Any) -> int:
    """Seal from the page; answers how many keys that took."""
    keys = ("f2", "down", "enter")
    await pilot.press(*keys)
    await pilot.pause()
    return len(keys)


# ---------------------------------------------------------------------- one page


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_one_page_with_the_headings_the_own_view_and_what_happened(
    case: Case, stage: Staged, review: int, size: tuple[int, int]
) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = one_line(app)
        for shown in (
            "short form", "Moved 20.11.2026 without a review", "Room for action", "Limits",
            "Matters specific to this follow-up", "The participant's own view", "What happened",
        ):  # fmt: skip
            assert shown in text
        assert "F12 Long form" in text
        assert "F2 Seal" in text
        fields = [field.about.key for field in app.screen.form.fields if field.display]
        assert fields == [*(key for key in TEXTS if key != "reason"), "next_review", "reason"]
        assert app.screen.focused.about.key == "prompt_room"


@pytest.mark.parametrize("way", ["team list", "signal", "participant's list"])
async def test_it_takes_few_keys_from_a_list_to_the_seal(
    store: Store, clock: Clock, case: Case, person: int, review: int, way: str
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*{"team list": "F", "signal": "S", "participant's list": "R"}[way])
        await pilot.pause()
        moving = app.screen.moving
        if way == "signal":
            assert isinstance(app.screen, SignalsScreen)
            while moving.row.sign.rule != "review_owed":
                await pilot.press("down")
        else:
            assert isinstance(app.screen, TeamReviewsScreen if way == "team list" else ReviewsScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        keys = 1 + await fill_in(pilot, list(TEXTS.values())) + await seal(pilot)
        assert not isinstance(app.screen, ReviewScreen)
    assert keys == KEYS_TO_SEAL
    found = file_of(store, review)
    assert {**said(store, review), "reason": found.reason} == TEXTS
    assert (found.line.state, found.line.decision, found.line.effective) == ("sealed", "move", date(2026, 11, 20))
    assert owed_of(store, person) == []
    assert store.ask_now(drafts.kept) == []


async def test_a_heading_without_anything_is_named_and_gone_to(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Onkelen", "tab", "tab", *"Medisin", "f2")
        await pilot.pause()
        assert "something must stand under: Limits." in one_line(app)
        assert app.screen.focused.about.key == "prompt_limits"
        assert app.screen.short
    assert said(case.store, review) == {"prompt_room": "Onkelen", "prompt_specific": "Medisin"}
    assert file_of(case.store, review).line.state == "open"


async def test_warnings_want_what_happened_and_a_day_that_is_wrong_is_pointed_at(
    case: Case, stage: Staged, review: int
) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "go there with Tab, read on with ↓" in one_line(app)
        await pilot.press("f2")
        assert "why the team goes on in spite of the warnings" in one_line(app)
        assert app.screen.focused.about.key == "reason"
        await pilot.press(*"Brått", "tab", *"01.01.2020", "f2")
        assert app.screen.focused.about.key == "next_review"
        assert app.screen.focused.error
        await pilot.press("ctrl+a", "ctrl+k", *"+4w")
        await seal(pilot)
        assert app.answers == [review]
    found = file_of(case.store, review)
    assert (found.line.state, found.reason, found.line.next_review) == ("sealed", "Brått", date(2026, 12, 20))


async def test_the_release_that_is_known_is_sealed_with_it(case: Case, stage: Staged, person: int, review: int) -> None:
    before = case.store.ask_now(known_of, review).record
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.field("reason").put("Brått")
        await seal(pilot)
    after = case.store.ask_now(known_of, review).record
    release = ("release_date", "release_kind", "stays")
    assert [after[key] for key in release] == [before[key] for key in release]
    assert {span.phase for span in case.store.ask_now(phases.of, person) if span.ended is None} == {4}


# ---------------------------------------------------------------------- the two forms of it


async def test_what_is_written_in_one_form_stands_in_the_other(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Onkelen", "f12")
        assert " 1/12" in app.text()
        await pilot.press("f2")
        assert "Onkelen" in app.text()
        await pilot.press(*" og tante", "f2", *"Bolig", "f2", "f2", *"Fredag", "f12", "end", "enter")
        assert "short form" in app.text()
        for text in ("Onkelen og tante", "Bolig"):
            assert text in app.text()
        assert "Fredag" not in app.text()
    assert said(case.store, review) == {
        "prompt_room": "Onkelen og tante", "prompt_limits": "Bolig", "prompt_release_day": "Fredag",
    }  # fmt: skip


async def test_one_gone_on_with_in_the_long_form_opens_there(case: Case, review: int) -> None:
    assert screen(case, review).short
    answered(case.store, review)
    assert screen(case, review).short
    case.store.change_now(reviews.answer, review, "release_day", "Fredag", None)
    assert not screen(case, review).short


async def test_one_that_is_not_owed_has_no_short_form(case: Case, stage: Staged, person: int) -> None:
    stays = case.store.change_now(reviews.begin, person, "stay")
    app = stage(screen(case, stays))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.screen.short
        await pilot.press("f12")
        assert "short form" not in app.text()


async def test_what_was_left_unsaved_in_the_long_form_is_shown_before_it_is_sealed(
    case: Case, stage: Staged, review: int
) -> None:
    answered(case.store, review)
    kept = {"prompt_first_weeks": "Kari ringer", "task_1": "Ringe banken", "reason": "Brått"}
    note_now(case.store, drafts.keep, "review", review, kept)
    app = stage(screen(case, review))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert app.screen.short
        for text in kept.values():
            assert text in app.text()
        await seal(pilot)
    found = file_of(case.store, review)
    assert said(case.store, review)["prompt_first_weeks"] == "Kari ringer"
    assert [task.text for task in found.tasks] == ["Ringe banken"]
    assert case.store.ask_now(drafts.kept) == []


async def test_one_that_was_to_stay_says_so_in_short(case: Case, stage: Staged, review: int) -> None:
    note_now(case.store, drafts.keep, "review", review, {"decision": "stay"})
    app = stage(screen(case, review))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert app.screen.field("decision").display
        assert "Stay" in app.text()


# ---------------------------------------------------------------------- kept, and by several


async def test_unsaved_text_survives_a_lost_line(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await fill_in(pilot, list(TEXTS.values()))
        await app.screen.keep()
    assert said(case.store, review) == {}
    assert case.store.ask_now(drafts.kept)[0].fields == TEXTS
    again = stage(screen(case, review))
    async with again.run_test(size=(80, 24)) as pilot:
        await seal(pilot)
        assert again.answers == [review]
    assert said(case.store, review) == {key: text for key, text in TEXTS.items() if key != "reason"}


async def test_leaving_saves_the_answers_and_keeps_what_happened(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await fill_in(pilot, list(TEXTS.values()))
        await pilot.press("escape")
        assert app.answers == [review]
    assert said(case.store, review) == {key: text for key, text in TEXTS.items() if key != "reason"}
    assert case.store.ask_now(drafts.kept)[0].fields == {"reason": TEXTS["reason"]}


async def test_two_in_the_same_one_lose_no_text(
    case: Case, stage: Staged, review: int, sessions: Sessions, clock: Clock
) -> None:
    ola = sessions("ola")
    mine = stage(screen(case, review))
    theirs = stage(screen(replace(case, store=ola), review))
    async with mine.run_test(size=(80, 24)) as me:
        await me.press(*"Mitt", "tab", *"Mine grenser")
        async with theirs.run_test(size=(80, 24)) as they:
            await they.press(*"Deres", "tab", "tab", *"Deres forhold", "escape")
        await mine.screen.read_again()
        await me.pause()
        assert "Room for action: OS wrote here too" in one_line(mine)
        assert "Deres forhold" in mine.text()
        await me.press("f2")
        assert isinstance(mine.screen, ConflictScreen)
        await me.press("enter", "b")
        assert "Both are saved." in mine.text()
        mine.screen.field("reason").put("Brått")
        await seal(me)
        assert mine.answers == [review]
    assert said(case.store, review) == {
        "prompt_room": "Deres\n\nKN 22.11.2026: Mitt", "prompt_limits": "Mine grenser",
        "prompt_specific": "Deres forhold",
    }  # fmt: skip
    assert file_of(case.store, review).line.state == "sealed"


async def test_one_that_a_colleague_seals_is_left_and_the_unsaved_kept(
    case: Case, stage: Staged, review: int, sessions: Sessions
) -> None:
    ola = sessions("ola")
    app = stage(ReviewsScreen(case, file_of(case.store, review).line.participant))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"Mitt")
        answered(ola, review)
        ola.change_now(reviews.decide, review, file_of(ola, review).line.version, "move", reason="Brått")
        await app.screen.read_again()
        await pilot.pause()
        assert "has sealed this review. What you had not saved is kept" in one_line(app)
    assert case.store.ask_now(drafts.kept)[0].fields["prompt_room"] == "Mitt"
    assert said(case.store, review)["prompt_room"] == SAID


async def test_a_reader_reads_it(stage: Staged, case: Case, review: int, sessions: Sessions) -> None:
    answered(case.store, review)
    reader = replace(case, store=sessions("lise"))
    app = stage(screen(reader, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Mitt", "f2")
        assert SAID in app.text()
        assert "Mitt" not in app.text()
        assert "Seal this review?" not in app.text()
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("f12", "f2")
        assert "2/12" in app.text()
        await pilot.press("escape")
    found = file_of(case.store, review)
    assert (found.line.state, len(found.answers)) == ("open", 3)


async def test_a_signal_leads_to_it_and_to_the_list_where_none_is_owed_any_more(
    case: Case, stage: Staged, person: int, review: int
) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while app.screen.moving.row.sign.rule != "review_owed":
            await pilot.press("down")
        await pilot.press("enter")
        answered(case.store, review)
        case.store.change_now(reviews.decide, review, file_of(case.store, review).line.version, "move", reason="Brått")
        await pilot.press("enter")
    assert app.asked == [(REVIEW, review), (REVIEWS, person)]


# ---------------------------------------------------------------------- looks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("written", [False, True])
def test_how_it_looks(case: Case, stage: Staged, review: int, snap_compare: Any, size: Any, written: bool) -> None:
    if written:
        answered(case.store, review)
    assert snap_compare(stage(screen(case, review)), terminal_size=size, press=["f2"] if written else [])


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks_with_one_warning(case: Case, stage: Staged, person: int, snap_compare: Any, size: Any) -> None:
    for agency in ("prison", "nav", "lawyer", "probation"):
        role = case.programme.agency(agency).roles[0].id
        person_named = {"person": "Ida Vik"} if agency == "lawyer" else {}
        case.store.change_now(consents.give, person, {"agency": agency, "role": role, **person_named})
    [owed] = owed_of(case.store, person)
    assert snap_compare(stage(screen(case, owed.id)), terminal_size=size)
