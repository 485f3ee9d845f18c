"""A line of minutes while written: kept when it is left, offered again, never cut; a task goes to who is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual import events

from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.plans import tasks
from models.storage import drafts
from models.store import Store
from models.team import staff
from screens.everywhere.drafts import DraftsScreen
from screens.frame.case import Case
from screens.meetings.minutes import MinutesScreen
from screens.meetings.screen import MeetingScreen
from screens.meetings.standup import StandupScreen
from tests.models.case_sample import note_now
from tests.screens import small_caseload

Staged = Callable[[Any], Any]
LONG = "Deltakeren fortalte i dag at flyttingen er utsatt. " * 8 + "Slutten på notatet"


@pytest.fixture
def people(case: Case) -> dict[str, int]:
    return small_caseload.fill(case.store)


@pytest.fixture
def meeting(case: Case, people: dict[str, int]) -> int:
    return case.store.change_now(meetings.open_, "daily", None)


def said(case: Case, meeting: int, kind: str = "note") -> list[str]:
    return [item.text for item in case.store.ask_now(meeting_reading.items, meeting) if item.kind == kind]


def kept(case: Case) -> list[tuple[str, int, str]]:
    return [(one.form, one.subject, one.fields["text"]) for one in case.store.ask_now(drafts.kept)]


async def paste(app: Any, pilot: Any, text: str) -> None:
    app.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


async def test_what_is_left_is_kept_and_the_same_key_brings_it_back(
    case: Case, stage: Staged, people: dict[str, int], meeting: int
) -> None:
    dina = people["Dina Sæther"]
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Midt i en set", "escape")
        assert "kept: the same key brings it back" in app.text()
        assert kept(case) == [("meeting_note", dina, "Midt i en set")]
        await pilot.press("d")
        assert "Midt i en set" not in app.text()
        await pilot.press("escape", "n")
        assert "Midt i en set" in app.text()
        assert "You left this unfinished" in app.text()
        await pilot.press(*"ning", "enter")
        assert "Written" in app.text()
    assert said(case, meeting) == ["Midt i en setning"]
    assert kept(case) == []


async def test_it_is_kept_while_it_is_written(case: Case, stage: Staged, meeting: int, monkeypatch: Any) -> None:
    monkeypatch.setattr("screens.forms.draft_keeper.KEEP_AFTER", 0.05)
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Midt i")
        await pilot.pause(0.3)
        assert [text for _form, _subject, text in kept(case)] == ["Midt i"]
        await pilot.press(*["backspace"] * 6)
        await pilot.pause(0.3)
        assert kept(case) == []


async def test_a_long_line_is_whole_and_one_too_long_is_refused_and_stays(
    case: Case, stage: Staged, meeting: int
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await paste(app, pilot, LONG)
        await pilot.press("enter")
        assert said(case, meeting) == [LONG]
        await pilot.press("n")
        await paste(app, pilot, "å" * 12_000)
        await pilot.press("enter")
        assert "at most 4000" in app.text() or "of at most 4000" in app.text()
        await pilot.press("escape")
    assert said(case, meeting) == [LONG]
    assert [len(text) for _form, _subject, text in kept(case)] == [12_000]


async def test_a_line_wraps_and_is_broken_by_a_key_and_by_what_is_pasted(
    case: Case, stage: Staged, meeting: int
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await paste(app, pilot, "Deltakeren fortalte i dag at flyttingen er utsatt til våren, og at hun gruer seg. ")
        await paste(app, pilot, "Første\r\nandre")
        for shown in ("Deltakeren fortalte i dag", " seg. Første", " andre"):
            assert sum(shown in line for line in app.text().splitlines()) == 1, app.text()
        await pilot.press("ctrl+n", *"tredje", "up", "end", *" linje", "enter")
    (text,) = said(case, meeting)
    assert text.endswith("gruer seg. Første\nandre linje\ntredje")


async def test_a_task_is_one_line_however_it_was_typed_and_one_too_long_says_so_first(
    case: Case, stage: Staged, people: dict[str, int], meeting: int
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await paste(app, pilot, "x" * 501)
        await pilot.press("enter")
        assert "Text: 501 characters, at most 500 fit." in " ".join(app.text().split())
        assert "By when" not in app.text()
        app.screen.fill("")
        await pilot.press(*"Finne", "ctrl+n", *"noen", "enter", *"24.11 ob", "enter")
        assert "Set among the tasks" in app.text()
    (task,) = case.store.ask_now(tasks.of, people["Dina Sæther"])
    assert task.text == "Finne noen"
    assert said(case, meeting, "task") == ["Finne noen"]


async def test_a_half_written_text_keeps_its_lines(case: Case, stage: Staged, meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"En", "ctrl+n", *"to", "escape", "n")
        assert [text for _form, _subject, text in kept(case)] == ["En\nto"]
        assert "You left this unfinished" in app.text()
        await pilot.press("enter")
    assert said(case, meeting) == ["En\nto"]


async def test_a_text_that_names_somebody_is_dots_while_names_are_hidden(
    case: Case, stage: Staged, people: dict[str, int], meeting: int
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Dina Sæther kommer", "f8")
        await pilot.pause()
        assert "Sæther" not in app.text()
        await pilot.press(*" sent", "enter")
    assert said(case, meeting) == ["Dina Sæther kommer sent"]


@pytest.mark.parametrize("kind", ["n", "t"])
async def test_minutes_that_were_opened_again_are_written_in_with_one_more_key(
    case: Case, stage: Staged, meeting: int, colleague: Store, kind: str
) -> None:
    colleague.change_now(meetings.close, meeting, colleague.ask_now(meeting_reading.one, meeting).version)
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(kind, *"Kom med")
        assert "Add to the closed minutes" in app.text()
        colleague.change_now(meetings.reopen, meeting, colleague.ask_now(meeting_reading.one, meeting).version)
        await pilot.press("enter")
        assert "This meeting was opened again. Enter writes this in its minutes." in app.text()
        await pilot.press("enter")
        if kind == "t":
            await pilot.press("enter")
    assert said(case, meeting, "task" if kind == "t" else "note") == ["Kom med"]


async def test_minutes_that_a_colleague_closed_are_added_to_with_one_more_key(
    case: Case, stage: Staged, meeting: int, colleague: Store
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Kom for sent")
        version = colleague.ask_now(meeting_reading.one, meeting).version
        colleague.change_now(meetings.close, meeting, version)
        await pilot.press("enter")
        assert "closed these minutes" in app.text()
        assert "Enter adds this to them." in app.text()
        assert said(case, meeting) == []
        await pilot.press("enter")
        assert "Added to the closed minutes" in app.text()
    assert said(case, meeting, "added") == ["Kom for sent"]


@pytest.mark.parametrize(
    ("typed", "owner", "due"),
    [("", "KN", None), ("24.11", "KN", date(2026, 11, 24)), ("24.11 ob", "OB", date(2026, 11, 24)), ("OB", "OB", None)],
)
async def test_a_task_is_due_when_it_is_said_and_seen_to_by_who_is_named(
    case: Case, stage: Staged, people: dict[str, int], meeting: int, typed: str, owner: str, due: date | None
) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", *"Finne noen", "enter")
        assert "By when, and who?" in app.text()
        assert "KN OB" in app.text()
        await pilot.press(*typed)
        if typed == "24.11 ob":
            assert "Tue 24.11.2026 · Ola Berg" in app.text()
        await pilot.press("enter")
        assert "Set among the tasks" in app.text()
    (task,) = case.store.ask_now(tasks.of, people["Dina Sæther"])
    initials = {one.id: one.initials for one in case.store.ask_now(staff.team)}
    assert (initials[task.owner], task.due) == (owner, due)


async def test_a_year_that_nobody_wrote_is_said(case: Case, stage: Staged, meeting: int) -> None:
    app = stage(StandupScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", *"Finne noen", "enter", *"1.11")
        assert "Mon 01.11.2027" in app.text()
        await pilot.press("escape")
        assert "Finne noen" in app.text()
        await pilot.press("escape")
    assert [form for form, _subject, _text in kept(case)] == ["meeting_task"]


async def test_a_line_is_gone_on_with_from_the_unfinished_forms(
    case: Case, stage: Staged, people: dict[str, int], meeting: int
) -> None:
    dina = people["Dina Sæther"]
    beside = {"meeting": str(meeting), "for_kind": "weekly"}
    note_now(case.store, drafts.keep, "meeting_note", dina, {"text": "Halvt", **beside})
    note_now(case.store, drafts.keep, "meeting_topic", 0, {"text": "Nøkler", **beside})
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for shown in ("Minutes: note", "Dina Sæther", "Topic to park", "the team"):
            assert shown in app.text()
        await pilot.press("end", "enter")
        await pilot.press("enter", "home", "enter", "enter")
    assert said(case, meeting) == ["Halvt"]
    assert [topic.text for topic in case.store.ask_now(meeting_reading.parked, "weekly")] == ["Nøkler"]
    assert kept(case) == []


async def test_a_topic_is_parked_for_the_monthly_from_the_weekly(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    weekly = case.store.change_now(meetings.open_, "weekly", None)
    app = stage(MeetingScreen(case, weekly))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        assert "Park for which meeting?" in app.text()
        await pilot.press("2", *"Flere leiligheter", "enter")
        assert "Parked for: Monthly meeting" in app.text()
    assert [topic.text for topic in case.store.ask_now(meeting_reading.parked, "monthly")] == ["Flere leiligheter"]
    assert case.store.ask_now(meeting_reading.parked, "weekly") == ()


async def test_an_addition_to_closed_minutes_is_kept_too(case: Case, stage: Staged, meeting: int) -> None:
    case.store.change_now(meetings.close, meeting, case.store.ask_now(meeting_reading.one, meeting).version)
    app = stage(MinutesScreen(case, meeting))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"Etterpå", "escape", "n")
        assert "Etterpå" in app.text()
        await pilot.press("enter")
        assert "Added." in app.text()
    assert said(case, meeting, "added") == ["Etterpå"]
