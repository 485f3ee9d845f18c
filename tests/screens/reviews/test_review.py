"""A phase review on the screen: step by step, saved as each is left, by several at once, decided and sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from config import words
from models.intake import intakes
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.phases.release import Release
from models.plans import tasks
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.reviews import warnings as review_warnings
from models.reviews.brief import known_of
from models.storage import drafts, undo
from models.store import Store
from models.team import staff
from models.values.text import TEXT_LIMIT
from screens.board.screen import BoardScreen
from screens.everywhere.drafts import DraftsScreen
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case
from screens.frame.destinations import INTAKE, PHASE_OUT, REVIEW, REVIEWS
from screens.frame.screen import CaseScreen
from screens.participant.screen import ParticipantScreen
from screens.reviews.list import ReviewsScreen
from screens.reviews.screen import ReviewScreen
from screens.reviews.sealed import ReviewNoteForm, SealedReviewScreen
from screens.widgets.read_lines import ReadLines
from tests.models.case_sample import note_now, owed_of
from tests.screens.reviews.review_case import SAID, answered, enter

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
STEPS = 15
DECISION, AGREED, SEAL = 12, 13, 14


class Below(CaseScreen[None]):
    """What lies below a review."""


@pytest.fixture
def person(case: Case) -> int:
    return enter(case.store)


@pytest.fixture
def review(case: Case, person: int) -> int:
    return case.store.change_now(reviews.begin, person, "2_3")


def screen(case: Case, review: int) -> ReviewScreen:
    return ReviewScreen(case, case.store.ask_now(known_of, review))


def file_of(case: Case, review: int) -> review_reading.ReviewFile:
    return case.store.ask_now(review_reading.file_of, review)


def said(case: Case, review: int) -> dict[str, str]:
    return {prompt: answer.text for prompt, answer in file_of(case, review).answers.items()}


def one_line(app: Any) -> str:
    return " ".join(app.text().split())


async def to_step(pilot: Any, step: int) -> None:
    """Go to a step by the list of steps."""
    await pilot.press("f12", "home", *["down"] * step, "enter")


# ---------------------------------------------------------------------- steps


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_with_everything_that_is_known(
    case: Case, stage: Staged, review: int, size: tuple[int, int]
) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = one_line(app)
    for known in (
        "2 → 3", "1/15", "69 % served", "release 08.01.2027 (in 47 d)", "2 In prison, 205 days", "3 reached",
        "Ha et sted å bo", "Nav: Startlån · 63 days", "Start checklist 1/16", "never given: Correctional service, Nav",
        "Last time none was held yet",
    ):  # fmt: skip
        assert known in text


@pytest.mark.parametrize(("language", "told", "label", "below"), [
    ("en", "from 22.08.2026 to 22.11.2026: Economy and debt 3→2, Mental and physical health 1→4, "
     "Practical skills and papers 1→4, 3 more", "Mapping", "Own goals"),
    ("nb", "fra 22.08.2026 til 22.11.2026: Økonomi og gjeld 3→2, Psykisk og fysisk helse 1→4, "
     "Praktiske ferdigheter og papirer 1→4, 3 til", "Kartlegging", "Egne mål"),
])  # fmt: skip
async def test_it_tells_what_changed_in_the_mapping_in_two_lines(
    case: Case, stage: Staged, person: int, review: int, language: str, told: str, label: str, below: str
) -> None:
    words.use(language)
    for day, steps in ((date(2026, 8, 22), "253412213"), (date(2026, 11, 22), "452443244")):
        mapping = case.store.change_now(mappings.begin, person, {"day": day})
        for one, step in zip(case.store.ask_now(mapping_reading.one, mapping).answers, steps, strict=True):
            case.store.change_now(mappings.answer, one.id, one.version, {"step": step})
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"{label} {told} {below}" in one_line(app)
        labels = [line[1:13].strip() for line in app.text().splitlines()]
        assert labels.index(below) - labels.index(label) == 2


async def test_the_headings_then_the_prompts_of_the_transition_then_the_own_view(
    case: Case, stage: Staged, review: int
) -> None:
    app = stage(screen(case, review))
    seen = []
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(1, STEPS + 1):
            assert f" {number}/15" in app.text()
            seen.append(app.screen.step.name)
            await pilot.press("f2")
        assert seen[1:4] == ["Room for action", "Limits", "Matters specific to this follow-up"]
        assert seen[4] == "When is the release?"
        assert seen[11:] == [
            "The participant's own view", "The decision", "Who took part, and what was agreed", "Seal the review",
        ]  # fmt: skip


async def test_each_prompt_has_its_facts_beside_it(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 4)
        assert "release 08.01.2027" in app.text()
        assert "Startlån" not in app.text()
        await to_step(pilot, 7)
        assert "Startlån · 63 days" in app.text()


async def test_what_is_written_is_saved_when_the_step_is_left(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Jobb", "enter", *"Bolig")
        assert said(case, review) == {}
        await pilot.press("pagedown")
        assert said(case, review) == {"room": "Jobb\nBolig"}
        await pilot.press(*"Gjeld", "pageup")
        assert said(case, review) == {"room": "Jobb\nBolig", "limits": "Gjeld"}
        assert "KN wrote" in app.text()
        await pilot.press("escape")
        assert app.answers == [review]
    assert case.store.ask_now(drafts.kept) == []


async def test_a_review_left_is_taken_up_with_what_stands_in_it(case: Case, stage: Staged, review: int) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f12")
        assert "written" in app.text()
        await pilot.press("home", "down", "enter")
        assert SAID in app.text()
        await pilot.press("end", *" Fint.", "f2")
    assert said(case, review)["room"] == SAID + " Fint."


async def test_unsaved_text_survives_a_lost_line(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", "f2", *"Halvt skrevet")
        await app.screen.keep()
    assert said(case, review) == {}
    again = stage(screen(case, review))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert again.screen.step.name == "Limits"
        assert "Halvt skrevet" in again.text()
        await pilot.press("f2")
    assert said(case, review) == {"limits": "Halvt skrevet"}
    assert case.store.ask_now(drafts.kept) == []


async def test_unsaved_text_can_be_put_aside_and_brought_back(case: Case, stage: Staged, review: int) -> None:
    note_now(case.store, drafts.keep, "review", review, {"prompt_room": "Gammelt"})
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Gammelt" in app.text()
        await pilot.press("f6")
        assert "Gammelt" not in app.text()
        await pilot.press("f6")
        assert "Gammelt" in app.text()


async def test_what_was_left_is_offered_until_it_is_saved(case: Case, stage: Staged, review: int) -> None:
    note_now(case.store, drafts.keep, "review", review, {"prompt_room": "Gammelt"})
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" og nytt", "f6")
        assert "Gammelt" not in app.text()
        await pilot.press("f6")
        assert "Gammelt og nytt" in app.text()
        assert "You left this unfinished" in app.text()
        await pilot.press("f2")
        assert "You left this unfinished" not in app.text()
    assert said(case, review) == {"room": "Gammelt og nytt"}


# ---------------------------------------------------------------------- two at once


async def test_what_a_colleague_writes_is_seen_and_nothing_of_mine_is_lost(
    case: Case, colleague: Store, stage: Staged, review: int
) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Mitt")
        colleague.change_now(reviews.answer, review, "limits", "Deres", None)
        await app.screen.read_again()
        assert "Mitt" in app.text()
        await pilot.press("f2")
        assert "Deres" in app.text()
        assert " wrote " in app.text()
    assert said(case, review) == {"room": "Mitt", "limits": "Deres"}


@pytest.mark.parametrize(("key", "stands"), [("m", "Mitt"), ("t", "Deres")])
async def test_both_versions_of_one_answer_are_shown(
    case: Case, colleague: Store, stage: Staged, review: int, key: str, stands: str
) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Mitt")
        colleague.change_now(reviews.answer, review, "room", "Deres", None)
        await app.screen.read_again()
        await pilot.pause()
        assert "wrote here too" in app.text()
        await pilot.press("f2")
        assert isinstance(app.screen, ConflictScreen)
        assert "Mitt" in app.text()
        assert "Deres" in app.text()
        await pilot.press("enter", key)
        assert isinstance(app.screen, ReviewScreen)
        assert stands in app.text()
        await pilot.press("f2")
        assert app.screen.step.name == "Limits"
    assert said(case, review) == {"room": stands}
    assert case.store.ask_now(drafts.kept) == []


async def test_both_can_stand_one_after_the_other(case: Case, colleague: Store, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Mitt")
        colleague.change_now(reviews.answer, review, "room", "Deres", None)
        await app.screen.read_again()
        await pilot.press("f2")
        assert "b keeps both texts" in one_line(app)
        await pilot.press("enter", "b")
        assert isinstance(app.screen, ReviewScreen)
        assert "Both are saved." in app.text()
        await pilot.press("f2")
        assert app.screen.step.name == "Limits"
    assert said(case, review) == {"room": "Deres\n\nKN 22.11.2026: Mitt"}
    assert case.store.ask_now(drafts.kept) == []


async def test_both_that_are_too_long_for_one_answer_stay_to_be_shortened(
    case: Case, colleague: Store, stage: Staged, review: int
) -> None:
    app = stage(screen(case, review))
    theirs = "d" * (TEXT_LIMIT - 10)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Mitt")
        colleague.change_now(reviews.answer, review, "room", theirs, None)
        await app.screen.read_again()
        await pilot.press("f2")
        await pilot.press("enter", "b")
        assert f"at most {TEXT_LIMIT} fit. Nothing was saved" in one_line(app)
        assert app.screen.field("prompt_room").written == f"{theirs}\n\nKN 22.11.2026: Mitt"
        assert said(case, review) == {"room": theirs}
        await pilot.press("home", *["delete"] * 15, "f2")
        assert app.screen.step.name == "Limits"
    assert said(case, review)["room"].endswith("ddd\n\nMitt")


async def test_going_back_from_the_choice_keeps_what_was_written(
    case: Case, colleague: Store, stage: Staged, review: int
) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Mitt")
        colleague.change_now(reviews.answer, review, "room", "Deres", None)
        await pilot.press("f2", "escape")
        assert "Mitt" in app.text()
    assert said(case, review) == {"room": "Deres"}


async def test_a_second_esc_leaves_what_cannot_be_saved_as_an_unfinished_form(
    case: Case, colleague: Store, stage: Staged, review: int
) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"Mitt")
        colleague.change_now(reviews.answer, review, "room", "Deres", None)
        await pilot.press("escape")
        assert isinstance(app.screen, ConflictScreen)
        await pilot.press("escape")
        assert "Esc once more leaves it as an unfinished form" in one_line(app)
        await pilot.press("escape")
        assert app.answers == [None]
    (kept,) = case.store.ask_now(drafts.kept)
    assert kept.fields["prompt_room"] == "Mitt"
    assert said(case, review) == {"room": "Deres"}


async def test_a_text_over_the_limit_lets_one_out_too(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        app.screen.focused.put("x" * (TEXT_LIMIT + 1))
        await pilot.press("escape")
        assert "Esc once more leaves it" in one_line(app)
        await pilot.press("f2")
        assert app.screen.step.name == "Room for action"
        await pilot.press("escape", "escape")
        assert app.answers == [None]
    assert len(case.store.ask_now(drafts.kept)[0].fields["prompt_room"]) == TEXT_LIMIT + 1


async def test_a_review_sealed_meanwhile_is_left_and_the_unsaved_becomes_a_note(
    case: Case, colleague: Store, stage: Staged, review: int
) -> None:
    answered(case.store, review)
    app = stage(Below(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen(case, review))
        await pilot.press("f2", "f2", "f2", "f2", *"Ikke lagret")
        version = file_of(case, review).line.version
        colleague.change_now(reviews.decide, review, version, "stay", next_review=date(2026, 12, 20))
        await app.screen.read_again()
        await pilot.pause()
        assert "has sealed this review. What you had not saved is kept" in one_line(app)
        await pilot.press("enter")
        assert isinstance(app.screen, Below)
        await app.push_screen(ReviewNoteForm(case, review))
        await pilot.pause()
        assert "Ikke lagret" in app.text()
        await pilot.press("f2")
    assert [note.text for note in file_of(case, review).notes] == ["Ikke lagret"]
    assert case.store.ask_now(drafts.kept) == []


async def test_a_review_decided_by_another_at_the_same_moment_stands(
    case: Case, colleague: Store, stage: Staged, review: int
) -> None:
    answered(case.store, review)
    app = stage(Below(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen(case, review))
        await to_step(pilot, DECISION)
        await pilot.press("right", "right", "tab", *"+4w")
        await to_step(pilot, SEAL)
        await pilot.press("f2")
        version = file_of(case, review).line.version
        colleague.change_now(reviews.decide, review, version, "end", reason="Han flytter")
        await pilot.press("down", "enter")
        assert isinstance(app.screen, ConflictScreen)
        await pilot.press("enter", "m")
        await pilot.pause()
        assert "KN has sealed this review." in app.text()
        await pilot.press("enter")
        assert isinstance(app.screen, Below)
    assert file_of(case, review).line.decision == "end"


# ---------------------------------------------------------------------- deciding


async def decide(pilot: Any, *keys: str) -> None:
    """Press these keys in the decision, then seal."""
    await to_step(pilot, DECISION)
    await pilot.press(*keys)
    await to_step(pilot, SEAL)
    await pilot.press("f2", "down", "enter")
    await pilot.pause()


async def test_the_workload_is_shown_before_and_after(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        assert "Workload of Kari Nordmann" in app.text()
        # They lead the team, and such a one carries no more that is demanding than what they carry at all.
        assert "0 → 1/4" in app.text()
        await pilot.press("right", "right")
        assert "Stay" in app.text()
        assert "0 → 1/4" not in app.text()


async def test_a_move_in_spite_of_warnings_wants_a_reason_which_is_kept(
    case: Case, stage: Staged, person: int, review: int
) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        assert "Mandatory consents are missing. Correctional service" in one_line(app)
        await to_step(pilot, SEAL)
        await pilot.press("f2")
        assert "why the team goes on" in app.text()
        assert app.screen.focused.about.key == "reason"
        await pilot.press(*"Samtykke hentes fredag")
        await to_step(pilot, SEAL)
        assert "Samtykke hentes fredag" in app.text()
        await pilot.press("f2", "down", "enter")
        await pilot.pause()
        assert app.answers == [review]
    found = file_of(case, review)
    assert (found.line.state, found.line.decision, found.reason) == ("sealed", "move", "Samtykke hentes fredag")
    assert {span.phase for span in case.store.ask_now(phases.of, person) if span.ended is None} == {3}
    assert case.store.ask_now(drafts.kept) == []


async def test_tasks_and_who_took_part_go_with_it(case: Case, stage: Staged, person: int, review: int) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, AGREED)
        assert "2. What" not in app.text()
        await pilot.press("end", *" og Åse", "tab", *"Ringe banken", "tab", "k", "tab", *"+3d", "tab")
        assert "2. What" in app.text()
        await pilot.press(*"Søke støtte")
        await decide(pilot, "tab", "tab", "tab", *"Fordi")
    found = file_of(case, review)
    assert found.present == "Kari Nordmann og Åse"
    assert [(task.text, task.due) for task in found.tasks] == [
        ("Ringe banken", date(2026, 11, 25)), ("Søke støtte", None),
    ]  # fmt: skip
    assert [task.owner is not None for task in case.store.ask_now(tasks.of, person)][-2:] == [True, False]


async def test_to_stay_asks_for_the_next_review_and_moves_nothing(
    case: Case, stage: Staged, person: int, review: int
) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        await pilot.press("right", "right", "f2")
        assert "Next review: to stay, say when" in one_line(app)
        await decide(pilot, "tab", *"+4w")
        assert app.answers == [review]
    assert file_of(case, review).line.next_review == date(2026, 12, 20)
    assert {span.phase for span in case.store.ask_now(phases.of, person) if span.ended is None} == {2}


async def test_each_field_that_is_asked_for_has_its_label(case: Case, stage: Staged, review: int) -> None:
    def labels(app: Any) -> list[str]:
        lines = [line.lstrip("▌ ") for line in app.text().splitlines()]
        asked = ("Decision", "From which day", "Next review", "Reason")
        return [each for each in asked if any(line.startswith(each) for line in lines)]

    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        assert labels(app) == ["Decision", "From which day", "Next review", "Reason"]
        await pilot.press("left")
        assert "< End >" in app.text()
        assert labels(app) == ["Decision", "From which day", "Reason"]
        await pilot.press("left")
        assert "< Stay >" in app.text()
        assert labels(app) == ["Decision", "Next review", "Reason"]


async def test_without_the_headings_it_is_not_sealed(case: Case, stage: Staged, review: int) -> None:
    case.store.change_now(reviews.answer, review, "room", SAID, None)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, SEAL)
        assert "Nothing stands under: Limits" in app.text()
        await pilot.press("f2")
        assert app.screen.step.name == "Limits"
        assert "Before it is sealed, something must stand under: Limits, Matters" in one_line(app)
    assert file_of(case, review).line.state == "open"


@pytest.mark.parametrize(
    ("keys", "sentence", "field"),
    [
        (("tab", *"1.4.2026"), "cannot be left before that", "effective"),
        (("tab", *"i morgen"), "cannot be dated in the future", "effective"),
        (("tab", "tab", *"1.11.2026"), "this day is not to come", "next_review"),
        (("right", "right"), "say when the team looks at it again", "next_review"),
    ],
)
async def test_an_impossible_day_is_said_where_it_stands_and_nothing_is_lost(
    case: Case, stage: Staged, review: int, keys: tuple[str, ...], sentence: str, field: str
) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        await pilot.press(*keys, "f2")
        assert app.screen.step.kind == "decision"
        assert app.screen.focused.about.key == field
        assert sentence in one_line(app)
        await to_step(pilot, SEAL)
        await pilot.press("f2")
        assert app.screen.focused.about.key == field, "by the list of steps one comes here all the same"
        assert sentence in one_line(app)
    assert file_of(case, review).line.state == "open"


async def test_to_end_leads_on_to_the_phase_out(case: Case, stage: Staged, person: int, review: int) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await decide(pilot, "left", "tab", "tab", *"Flytter hjem")
    assert file_of(case, review).line.decision == "end"
    assert app.asked == [(PHASE_OUT, person)]


async def test_a_reader_reads_every_step_and_writes_nothing(case: Case, stage: Staged, review: int) -> None:
    answered(case.store, review)
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        assert SAID in app.text()
        assert "You have read access only" in app.text()
        assert "it is saved when you go on" not in app.text()
        await pilot.press(*" Mer")
        assert "Mer" not in app.text()
        await to_step(pilot, DECISION)
        await pilot.press("right", "tab", *"20.11")
        assert "Move on" in app.text()
        assert "20.11" not in app.text()
        for _step in range(3):
            await pilot.press("f2")
        assert "read access only" in app.text()
        await pilot.press("escape")
    assert app.answers == [None]
    assert said(case, review)["room"] == SAID


async def test_a_reader_reads_on_where_a_day_would_be_asked_for(case: Case, stage: Staged, person: int) -> None:
    review = case.store.change_now(reviews.begin, person, "stay")
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 7)
        assert app.screen.step.kind == "decision"
        await pilot.press("f2")
        assert app.screen.step.kind == "agreed"


async def test_names_are_hidden_while_they_are(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        assert "Sæthre" not in app.text()
        assert "EX-001" in app.text()


async def test_a_release_names_its_kind_and_shows_the_plan_it_makes(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1), ending=(2,), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "3_4")
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 7)
        assert "Tasks that the move makes" in app.text()
        assert "Fri 08.01" in app.text()
        await to_step(pilot, 9)
        await pilot.press("tab", *"20.11")
        assert "Release falls on a Friday" in one_line(app)
        assert "The release date in the record, 08.01.2027, becomes 20.11.2026." in one_line(app)
        await pilot.press("tab", "p", "tab", "w", "tab", "tab", *"Rett fra retten")
        assert "Parole" in app.text()
        await to_step(pilot, 11)
        await pilot.press("f2", "down", "enter")
        await pilot.pause()
        assert app.answers == [review]
    values = case.store.ask_now(participants.file_of, person).values
    assert (values["release_date"], values["release_kind"], values["stays"]) == (
        date(2026, 11, 20), "parole", "family",
    )  # fmt: skip
    assert {span.phase for span in case.store.ask_now(phases.of, person) if span.ended is None} == {4}


async def test_the_way_back_says_to_which_phase(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phases.begin, person, 5, date(2026, 10, 1), ending=(2,), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "back")
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 8)
        await pilot.press("tab", "2")
        assert "2 In prison" in app.text()
        await pilot.press("tab", "tab", "tab", *"Ny dom")
        await to_step(pilot, 10)
        text = one_line(app)
        assert "Decision Go back" in text
        assert "Back to 2 In prison" in text
        assert "Ends the same day 5 Reintegration" in text
        assert " To 4 " not in text
        assert "Move on" not in text
        await pilot.press("f2", "down", "enter")
        await pilot.pause()
        assert app.answers == [review]
    assert {span.phase for span in case.store.ask_now(phases.of, person) if span.ended is None} == {2}
    assert file_of(case, review).line.decision == "back"


async def test_a_release_begins_with_what_is_known_and_says_what_it_does(
    case: Case, stage: Staged, person: int
) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1), reviewed=True)
    record = case.store.ask_now(participants.file_of, person)
    case.store.change_now(participants.change, person, record.version, {"release_kind": "parole"})
    review = case.store.change_now(reviews.begin, person, "3_4")
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 9)
        assert "Parole" in app.text()
        assert "Ends the same day" not in app.text()
        await to_step(pilot, 11)
        text = one_line(app)
        assert "Ends the same day 2 In prison, 3 Before release" in text
        assert "The release date in the record, 08.01.2027, becomes 22.11.2026." in text
        assert "Release falls on a Sunday" in text


async def test_what_was_decided_is_there_again_when_the_sealing_is_taken_back(
    case: Case, stage: Staged, person: int
) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "3_4")
    answered(case.store, review)
    values = {
        "effective": date(2026, 11, 20), "next_review": date(2026, 12, 20), "reason": "Rett fra retten",
        "present": "Kari, Åse", "release": Release("parole", "family"),
        "tasks": [("Ringe friomsorgen", case.store.actor.staff_id, date(2026, 12, 1)), ("Finne hybel", None, None)],
    }  # fmt: skip
    version = file_of(case, review).line.version
    case.store.change_now(reviews.decide, review, version, "move", **values)
    case.store.change_now(undo.undo)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 9)
        for text in ("20.11.2026", "20.12.2026", "Parole", "With family", "Rett fra retten"):
            assert text in app.text()
        await to_step(pilot, 10)
        for text in ("Kari, Åse", "Ringe friomsorgen", "Kari Nordmann", "01.12.2026", "Finne hybel"):
            assert text in app.text()
        await to_step(pilot, 11)
        await pilot.press("f2", "down", "enter")
        assert app.answers == [review]
    line = file_of(case, review).line
    assert (line.decision, line.effective, line.next_review) == ("move", date(2026, 11, 20), date(2026, 12, 20))
    assert [task.text for task in case.store.ask_now(review_reading.tasks_of, person, review)] == [
        "Ringe friomsorgen", "Finne hybel",
    ]  # fmt: skip


async def test_every_warning_is_read_before_deciding(case: Case, stage: Staged, review: int) -> None:
    warned = case.store.ask_now(review_warnings.warnings, file_of(case, review).line.participant, "2_3")
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        text = one_line(app)
        assert "Reason" in text
        assert "Workload of" in text
        while app.screen.focused is not app.screen.warned:
            await pilot.press("tab")
        for _line in range(9):
            text += one_line(app)
            await pilot.press("down")
        for name in [name for one in warned for name in one.names]:
            assert name in text


@pytest.mark.parametrize("size", [(80, 24), (100, 24), (110, 24), (120, 36)])
async def test_the_workload_is_seen_whole_whatever_is_warned_of(
    case: Case, stage: Staged, person: int, size: tuple[int, int]
) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "3_4")
    app = stage(screen(case, review))
    async with app.run_test(size=size) as pilot:
        await to_step(pilot, 9)
        for day in ("now", "22.12.2026", "22.01.2027", "22.02.2027"):
            assert any(day in line and "/4" in line for line in app.text().splitlines()), app.text()
        assert "Mandatory consents are missing" in one_line(app)
        assert "Reason" in app.text()


async def test_more_warnings_than_fit_are_counted_and_read_on(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "3_4")
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, 9)
        warned = case.store.ask_now(review_warnings.warnings, person, "3_4")
        # Of a Sunday, and of a day in the record that becomes another one, is warned too.
        assert f"{len(warned) + 2} warnings: go there with Tab" in app.text()
        assert "Family (if relevant)." not in one_line(app)
        while not isinstance(app.screen.focused, ReadLines):
            await pilot.press("tab")
        await pilot.press(*["down"] * 30)
        assert "Family (if relevant)." in one_line(app)
        assert "Workload of Kari Nordmann" in app.text()
        await pilot.press(*["up"] * 30)
        assert app.screen.focused is not app.screen.warned, "then back into the fields"


async def test_the_workload_says_what_is_to_come_with_the_decision(case: Case, stage: Staged, review: int) -> None:
    other = case.store.ask_now(staff.team)[0].id
    values = {"given_name": "Bo", "worker": other, "security_level": "lower", "release_date": date(2027, 1, 20)}
    case.store.change_now(participants.add, values, date(2026, 3, 1), 2)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        assert "2 → 1 to prepare" in app.text()
        assert "0 → 1/4" in app.text()
        await pilot.press("right")
        assert "keep this one" in app.text()
        assert "2 → 1 to prepare" in app.text(), "in both phases they are prepared too"
        await pilot.press("right")
        assert "2 to prepare" in app.text()
        assert "0/4" in app.text()


async def test_the_workload_of_the_way_back_follows_where_to_and_what_ends(
    case: Case, stage: Staged, person: int
) -> None:
    case.store.change_now(phases.begin, person, 4, date(2026, 11, 1), ending=(2,), reviewed=True)
    case.store.change_now(phases.begin, person, 5, date(2026, 11, 10), ending=(4,), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "back")
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, [step.kind for step in screen(case, review).steps].index("decision"))
        assert "0 → 1/4" in app.text(), "4 is demanding"
        await pilot.press("tab", "2")
        assert "0 → 1/4" not in app.text()
        assert "0/4" in app.text(), "2 is not"


async def test_the_workload_beside_the_fields_says_what_comes(case: Case, stage: Staged, review: int) -> None:
    app = stage(screen(case, review))
    async with app.run_test(size=(120, 36)) as pilot:
        await to_step(pilot, DECISION)
        assert "1 release" in app.text()
        assert "1 → 0 to prepare" in app.text()


# ---------------------------------------------------------------------- the list


async def test_the_list_proposes_what_comes_next(case: Case, stage: Staged, person: int) -> None:
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "No phase review yet" in app.text()
        assert "Now due, it seems: 2 → 3" in app.text()
        await pilot.press("n")
        assert "proposed" in app.text()
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("f2", *"Jobb", "escape")
        assert "open" in app.text()
    [line] = case.store.ask_now(review_reading.of, person)
    assert (line.transition, line.state) == ("2_3", "open")


async def test_the_decision_of_the_intake_stands_among_them_and_leads_there(case: Case, stage: Staged) -> None:
    today = case.store.clock.today()
    person = case.store.change_now(participants.add, {"given_name": "Bo"}, today)
    decided = {"ours": "yes", "theirs": "yes", "decided": today, "outcome": "enrolled", "reason": "Alt er klart."}
    case.store.change_now(intakes.decide, person, None, **decided)
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (line,) = [line for line in app.text().splitlines() if "at intake" in line]
        assert "1 → 2 Intake to in prison" in line
        assert line.endswith("22.11.2026  enrolled")
        await pilot.press("d")
        assert "Only an open review can be discarded." in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [(INTAKE, person)]


async def test_one_begun_and_left_untouched_is_not_kept(case: Case, stage: Staged, person: int) -> None:
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "enter", "escape")
        assert "Nothing was written, so the review is not kept." in app.text()
        assert case.store.ask_now(review_reading.of, person) == ()
        await pilot.press("n", "enter")
        [line] = case.store.ask_now(review_reading.of, person)
        case.store.change_now(reviews.answer, line.id, "room", "En kollega skrev", None)
        await pilot.press("escape")
        assert [one.id for one in case.store.ask_now(review_reading.of, person)] == [line.id]
        await pilot.press("enter", "escape", "n", "enter", "escape")
        assert [one.id for one in case.store.ask_now(review_reading.of, person)] == [line.id]


async def test_one_that_was_open_before_is_kept_though_it_is_empty(
    case: Case, stage: Staged, person: int, review: int
) -> None:
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "enter", "escape")
        assert [one.id for one in case.store.ask_now(review_reading.of, person)] == [review]


async def test_sealing_says_what_it_did(case: Case, stage: Staged, person: int, review: int) -> None:
    answered(case.store, review)
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await to_step(pilot, AGREED)
        await pilot.press("tab", *"Ringe banken", "tab", "tab", "tab", *"Søke støtte")
        await decide(pilot, "tab", "tab", "tab", *"Fordi")
        assert "Sealed. Now: 3 Before release. 2 tasks set." in app.text()


async def test_one_opened_by_mistake_is_discarded_after_a_question(
    case: Case, stage: Staged, person: int, review: int
) -> None:
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "enter")
        assert len(case.store.ask_now(review_reading.of, person)) == 1
        await pilot.press("d", "down", "enter")
        assert "No phase review yet" in app.text()
        await pilot.press("escape")
        assert app.answers == [person]


async def test_an_owed_review_is_shown_and_held_without_moving_again(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phases.begin, person, 4, date(2026, 11, 20), ending=(2,))
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "missing" in app.text()
        assert "moved 20.11.2026" in app.text()
        await pilot.press("enter")
        review = app.screen.subject
        answered(case.store, review)
        await app.screen.read_again()
        await pilot.press("f12")
        await pilot.press("f12", "end", "up", "enter")
        assert "the move itself was made already" in app.text()
        await pilot.press("up")
        await pilot.press("f12", "end", *["up"] * 3, "enter", *["tab"] * 4, *"Skjedde brått", "f2", "f2")
        await pilot.press("f2", "down", "enter")
        await pilot.pause()
        assert "sealed" in app.text()
    assert {span.phase for span in case.store.ask_now(phases.of, person) if span.ended is None} == {4}
    assert owed_of(case.store, person) == []


# ---------------------------------------------------------------------- sealed


@pytest.fixture
def sealed(case: Case, review: int) -> int:
    answered(case.store, review)
    version = file_of(case, review).line.version
    case.store.change_now(
        reviews.decide, review, version, "move", reason="Samtykke hentes", present="Kari og Åse",
        tasks=[("Ringe banken", None, date(2026, 12, 1))],
    )  # fmt: skip
    return review


async def test_a_sealed_review_is_read_and_added_to(case: Case, stage: Staged, sealed: int) -> None:
    app = stage(SealedReviewScreen(case, file_of(case, sealed)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "sealed" in app.text()
        assert "Åse Sæthre" in app.text()
        await pilot.press("n", *"Moren ringte.", "f2")
        await pilot.pause()
        assert "The note is added." in app.text()
        assert "Moren ringte." in app.text()
        await pilot.press("p")
        assert "Moren" not in app.text()
    assert [note.text for note in file_of(case, sealed).notes] == ["Moren ringte."]


async def test_a_sealed_review_is_printed_where_one_says(case: Case, stage: Staged, sealed: int, tmp_path: Any) -> None:
    app = stage(SealedReviewScreen(case, file_of(case, sealed)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z", "ctrl+a", "ctrl+k", *str(tmp_path / "drøft.pdf"), "enter")
        await pilot.pause(0.5)
        assert "Written, " in app.text()
    assert (tmp_path / "drøft.pdf").read_bytes().startswith(b"%PDF-")


# ---------------------------------------------------------------------- the ways in


async def test_the_participants_key_and_the_timeline_lead_to_it(
    case: Case, stage: Staged, person: int, sealed: int
) -> None:
    participant = ParticipantScreen(case)
    await participant.turn_to(person)
    app = stage(participant)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("R")
        rows = [participant.line.row_at(number) for number in range(participant.line.count)]
        place = next(number for number, row in enumerate(rows) if row is not None and row.kind == "review_held")
        participant.line.go(place)
        await pilot.press("enter")
    assert app.asked == [(REVIEWS, person), (REVIEW, sealed)]


async def test_the_boards_key_leads_to_it(case: Case, stage: Staged, person: int) -> None:
    app = stage(BoardScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("R")
    assert app.asked == [(REVIEWS, person)]


async def test_an_unfinished_review_is_found_among_the_unfinished_forms(case: Case, stage: Staged, review: int) -> None:
    note_now(case.store, drafts.keep, "review", review, {"prompt_room": "Halvt skrevet"})
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Phase review" in app.text()
        assert "Halvt skrevet" in app.text()
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)


# ---------------------------------------------------------------------- looks


@pytest.mark.parametrize("size", SIZES)
def test_how_the_list_looks(case: Case, stage: Staged, person: int, sealed: int, snap_compare: Any, size: Any) -> None:
    case.store.change_now(phases.begin, person, 4, date(2026, 11, 22), ending=(3,))
    case.store.change_now(reviews.begin, person, "stay")
    assert snap_compare(stage(ReviewsScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [0, 1, DECISION, AGREED, SEAL])
def test_how_a_step_looks(case: Case, stage: Staged, review: int, snap_compare: Any, size: Any, step: int) -> None:
    case.store.change_now(reviews.answer, review, "room", SAID, None)
    assert snap_compare(stage(screen(case, review)), terminal_size=size, press=["f2"] * step)


@pytest.mark.parametrize("size", SIZES)
def test_how_a_sealed_one_looks(case: Case, stage: Staged, sealed: int, snap_compare: Any, size: Any) -> None:
    assert snap_compare(stage(SealedReviewScreen(case, file_of(case, sealed))), terminal_size=size)


async def test_one_in_which_a_colleague_is_writing_is_kept(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    ola = case.store.change_now(staff.join, "ola", "Ola Berg", "caseworker", "")
    colleague.actor = replace(colleague.actor, staff_id=ola)
    app = stage(ReviewsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "enter")
        [line] = case.store.ask_now(review_reading.of, person)
        note_now(colleague, drafts.keep, "review", line.id, {"prompt_room": "Halvt skrev"})
        await pilot.press("escape")
    assert [one.id for one in case.store.ask_now(review_reading.of, person)] == [line.id]


@pytest.mark.parametrize("size", SIZES)
def test_how_a_release_that_is_decided_looks(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: Any
) -> None:
    case.store.change_now(phases.begin, person, 3, date(2026, 10, 1), reviewed=True)
    review = case.store.change_now(reviews.begin, person, "3_4")
    assert snap_compare(stage(screen(case, review)), terminal_size=size, press=["f2"] * 9)


# ---------------------------------------------------------------------- what cannot be


@pytest.mark.parametrize("keys", [["right", "right", "tab"], ["tab", "tab"]], ids=["stay", "move"])
async def test_a_next_review_in_2090_is_a_slip_of_the_pen(
    case: Case, stage: Staged, review: int, keys: list[str]
) -> None:
    answered(case.store, review)
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_step(pilot, DECISION)
        await pilot.press(*keys, *"1.12.2090", "tab", *"Haster")
        await to_step(pilot, SEAL)
        await pilot.press("f2")
        assert app.screen.step.name == "The decision"
        assert app.screen.focused.about.key == "next_review"
        assert "Next review: 01.12.2090 is more than 730 days ahead; check the year." in one_line(app)
        assert app.screen.field("reason").written == "Haster"
    assert file_of(case, review).line.state == "open"


@pytest.mark.parametrize("closed", [False, True], ids=["under way", "phased out"])
@pytest.mark.parametrize("asked", [False, True], ids=["before the question", "at the question"])
@pytest.mark.parametrize("keys", [[], ["right", "right", "tab", *"+4w"]], ids=["move", "stay"])
async def test_one_phased_out_by_a_colleague_meanwhile_is_moved_nowhere(
    case: Case, colleague: Store, stage: Staged, person: int, review: int, keys: list[str], *, asked: bool, closed: bool
) -> None:
    answered(case.store, review)
    app = stage(Below(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen(case, review))
        await to_step(pilot, DECISION)
        await pilot.press(*keys)
        app.screen.field("reason").put("Klar for neste fase")
        await to_step(pilot, SEAL)
        if asked:
            await pilot.press("f2")
        leaving = colleague.change_now(phase_outs.begin, person, "drop_out")
        if closed:
            colleague.change_now(phase_outs.close, leaving, 1, "Ikke nådd", "x")
        await pilot.press(*(["down", "enter"] if asked else ["f2"]))
        await pilot.pause()
        assert (
            "Phase-out began 22.11.2026: nothing is decided here unless they come back. What is written stays. "
            "U on the participant shows it." in one_line(app)
        )
        assert app.screen.field("reason").written == "Klar for neste fase"
    found = file_of(case, review)
    assert (found.line.state, found.answers["room"].text) == ("open", SAID)
    assert [span.phase for span in case.store.ask_now(phases.lasting, person)] == ([] if closed else [6])


async def test_an_open_review_of_the_move_that_the_intake_made_moves_nobody_twice(case: Case, stage: Staged) -> None:
    store = case.store
    candidate = store.change_now(intakes.refer, {"given_name": "Håkon"}, "Ila fengsel")
    review = store.change_now(reviews.begin, candidate, "1_2")
    answered(store, review)
    store.change_now(
        intakes.decide, candidate, None, ours="yes", theirs="yes", decided=case.today, outcome="enrolled", phase=2,
        reason="Enige",
    )  # fmt: skip
    app = stage(screen(case, review))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f12", "end", "enter", "f2")
        await pilot.pause()
        assert app.screen.step.name == "The decision"
        assert (
            "In prison has been open since 22.11.2026; there is no move to make. Stay, or discard this review."
            in one_line(app)
        )
    found = file_of(case, review)
    assert (found.line.state, found.answers["room"].text) == ("open", SAID)
    assert [span.phase for span in store.ask_now(phases.of, candidate)] == [1, 2]
    version = found.line.version
    store.change_now(reviews.decide, review, version, "stay", next_review=date(2026, 12, 20), reason="Allerede inne")
    assert [span.phase for span in store.ask_now(phases.lasting, candidate)] == [2]
