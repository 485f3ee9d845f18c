"""Fields of dates, moments and lengths: said back while they are typed, marked when they are left, read as meant."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import screens
from models import timeline
from models.participants import participants
from models.plans import appointments
from models.timeline import TimelineQuery
from screens.consents.disclosure_form import DisclosureForm
from screens.frame.case import Case
from screens.participant.record_form import RecordForm
from screens.plans.appointment_form import AppointmentForm
from screens.plans.task_form import TaskForm
from screens.team.absences import AbsenceForm

Staged = Callable[[Any], Any]
HOUSE = Path(screens.__file__).parent


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})


def local(case: Case, seconds: int) -> str:
    return case.clock.local(seconds).strftime("%d.%m.%Y %H:%M")


@pytest.mark.parametrize(
    ("when", "until", "at", "minutes", "told"),
    [
        ("24.11 9", "10", "24.11.2026 09:00", 60, "09:00–10:00"),
        ("24.11 9", "10 min", "24.11.2026 09:00", 10, "09:00–09:10"),
        ("24.11 9", "45", "24.11.2026 09:00", 45, "09:00–09:45"),
        ("24.11 9", "9.45", "24.11.2026 09:00", 45, "09:00–09:45"),
        ("24.11 14", "10", "24.11.2026 14:00", 10, "14:00–14:10"),
        ("28.03.2027 1", "4", "28.03.2027 01:00", 120, "01:00–04:00"),
    ],
)
async def test_an_end_is_an_hour_or_a_length_and_is_said_back(
    case: Case, stage: Staged, person: int, when: str, until: str, at: str, minutes: int, told: str
) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *when, "down", *until)
        await pilot.pause()
        assert f"→ {told}" in app.text()
        await pilot.press("down")
        await pilot.pause()
        assert f"→ {told}" in app.text(), "what it became is seen when the field is left"
        await pilot.press("f2")
        await pilot.pause()
    (found,) = case.store.ask_now(appointments.of, person)
    assert (local(case, found.at), found.minutes) == (at, minutes)


@pytest.mark.parametrize("leave", [["down"], []], ids=["left", "saved from within"])
async def test_an_end_written_with_the_moment_is_taken(
    case: Case, stage: Staged, person: int, leave: list[str]
) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *"fredag 14-15.30")
        await pilot.pause()
        assert "→ Friday 27.11.2026 14:00–15:30, in 5 d" in app.text()
        await pilot.press(*leave, "f2")
        await pilot.pause()
    (found,) = case.store.ask_now(appointments.of, person)
    assert (local(case, found.at), found.minutes) == ("27.11.2026 14:00", 90)


async def test_an_end_is_judged_again_when_the_beginning_changes(case: Case, stage: Staged, person: int) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *"24.11 14", "down", *"kl 10", "down")
        await pilot.pause()
        assert "!Until" in app.text()
        assert "Until: the end is before the start." in app.text()
        await pilot.press("up", "up", *"24.11 9", "down", "down")
        await pilot.pause()
        assert "!Until" not in app.text()
        assert "→ 09:00–10:00" in app.text()
        assert "the end is before" not in app.text()


async def test_what_happened_takes_its_length_from_its_end(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        app.screen.go(app.screen.field("at"))
        await pilot.press(*"i går 14-15", "f2")
        await pilot.pause()
    (found,) = case.store.ask_now(timeline.page, TimelineQuery(person, ("phone",)), 0, 9)
    assert (local(case, found.at), found.minutes) == ("21.11.2026 14:00", 60)


async def test_a_day_alone_is_no_appointment(case: Case, stage: Staged, person: int) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *"i morgen")
        await pilot.pause()
        assert "→ Monday 23.11.2026, tomorrow" in app.text()
        assert "11.2026 12:00" not in app.text()
        await pilot.press("down")
        await pilot.pause()
        assert "When: 23.11.2026: at what time?" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert case.store.ask_now(appointments.of, person) == ()


FORMS = {
    "absence": (lambda case, person: AbsenceForm(case), "first"),
    "task": (TaskForm, "due"),
    "disclosure": (DisclosureForm, "day"),
    "entry": (RecordForm, "at"),
    "appointment": (AppointmentForm, "at"),
}


@pytest.mark.parametrize("form", FORMS)
async def test_a_wrong_date_is_marked_with_its_sentence_when_the_field_is_left(
    case: Case, stage: Staged, person: int, form: str
) -> None:
    made, key = FORMS[form]
    app = stage(made(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        field = app.screen.field(key)
        app.screen.go(field)
        await pilot.press(*"31.04")
        await pilot.pause()
        assert "→" not in app.text()
        assert "is not a" not in app.text(), "while it is typed nothing is wrong yet"
        await pilot.press("tab")
        await pilot.pause()
        assert f"!{field.about.label}" in app.text()
        assert f"{field.about.label}: “31.04” is not a" in app.text()
        app.screen.go(field)
        await pilot.press(*"23.11.2026 9" if key == "at" else "21.11", "tab")
        await pilot.pause()
        assert "is not a" not in app.text()


@pytest.mark.parametrize("form", ["disclosure", "entry"])
async def test_what_has_happened_does_not_lie_ahead(case: Case, stage: Staged, person: int, form: str) -> None:
    made, key = FORMS[form]
    app = stage(made(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        app.screen.go(app.screen.field(key))
        await pilot.press(*"i morgen", "tab")
        await pilot.pause()
        assert "When: the date is in the future" in app.text()


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("28.03.2027 02:30", "When: 28.03.2027 02:30 does not come"),
        ("31.10.2027 02:30", "When: 31.10.2027 02:30 comes twice"),
    ],
)
async def test_times_at_the_change_of_clocks_are_said(
    case: Case, stage: Staged, person: int, when: str, sentence: str
) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *when, "down")
        await pilot.pause()
        assert sentence in " ".join(app.text().split())
        await pilot.press("f2")
        await pilot.pause()
    assert len(case.store.ask_now(appointments.of, person)) == ("twice" in sentence)


async def test_an_end_that_the_clocks_pass_over_is_said(case: Case, stage: Staged, person: int) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *"28.03.2027 1", "down", *"02:30", "down")
        await pilot.pause()
        assert "Until: 28.03.2027 02:30 does not come" in " ".join(app.text().split())


async def test_a_form_put_aside_keeps_the_day_that_was_meant(case: Case, stage: Staged, person: int) -> None:
    form = DisclosureForm(case, person)
    app = stage(form)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        form.go(form.field("day"))
        await pilot.press(*"i morgen")
        await pilot.pause()
        assert form.field("day").kept == "23.11.2026"


def test_dates_are_read_in_the_fields_and_nowhere_else() -> None:
    readers = {"parse_date", "parse_moment", "parse_written", "parse_until", "parse_minutes"}
    found = {
        str(file.relative_to(HOUSE))
        for file in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in readers
    }
    assert found == {"forms/date_fields.py", "forms/day_prompt.py", "meetings/line.py"}, (
        "a field of its own says nothing back and marks nothing"
    )
