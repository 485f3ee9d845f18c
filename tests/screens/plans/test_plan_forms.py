"""The forms for an appointment, a task and an application, and the screen of applications."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from models.participants import participants
from models.plans import applications, appointments, tasks
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Contact, Involvement
from screens.frame.case import Case
from screens.plans.application_form import ApplicationForm
from screens.plans.applications import APPLICATION, READ_APPLICATION, ApplicationsScreen
from screens.plans.appointment_form import AppointmentForm
from screens.plans.task_form import TaskForm

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(
        participants.add, {"given_name": "Åse", "family_name": "Sæthre", "risk_areas": "Grønland\nOslo S"}
    )


def at(case: Case, day: date, hour: int) -> int:
    return case.clock.stored(datetime(day.year, day.month, day.day, hour))


# ---------------------------------------------------------------------- appointments


async def test_an_appointment_in_few_keys(case: Case, stage: Staged, person: int) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Risk areas: Grønland · Oslo S" in app.text()
        await pilot.press(*"NAV", "down", *"24.11 14:30", "down", *"15:15", "down", *"Tor", "f2")
        await pilot.pause()
    (found,) = case.store.ask_now(appointments.of, person)
    assert (found.title, found.minutes, found.with_whom, found.worker) == ("NAV", 45, "Tor", 1)
    assert case.clock.local(found.at).strftime("%d.%m %H:%M") == "24.11 14:30"
    assert app.answers == [found.id]


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ([*"NAV", "down", *"24.11 14:30", "down", *"13:00"], "Until: the end is before the start."),
        ([*"NAV", "down", *"24.11.2126 14:30"], "check the year: 2126"),
        ([*"NAV", "down", *"24.11.3026 14:30"], "is not a time"),
        ([*"NAV", "down", *"tull"], "is not a time"),
        ([], "What: say what it is, or with whom."),
    ],
)
async def test_contradictions_are_said_and_nothing_is_lost(
    case: Case, stage: Staged, person: int, keys: list[str], sentence: str
) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys, "f2")
        await pilot.pause()
        assert sentence in " ".join(app.text().split())
        assert app.answers == []
    assert case.store.ask_now(appointments.of, person) == ()


async def test_a_date_behind_is_advised_about_and_saved(case: Case, stage: Staged, person: int) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"NAV", "down", *"1.11.2026 10", "down")
        await pilot.pause()
        assert "That time has passed" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert len(case.store.ask_now(appointments.of, person)) == 1


async def test_a_contact_person_of_the_case_is_linked(case: Case, stage: Staged, person: int) -> None:
    @action("test_plan_forms.put_in")
    def put_in(work: Work) -> int:
        contact = work.insert(Contact, name="Tor Moe", agency="nav", name_key="moe tor", created_at=0)
        work.insert(Involvement, participant=person, contact=contact, agency="nav", role="nav_state", since=TODAY)
        return contact

    contact = case.store.change_now(put_in)
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", *"Tor")
        await pilot.pause(0.2)
        await pilot.press("right", "f2")
        await pilot.pause()
    (found,) = case.store.ask_now(appointments.of, person)
    assert (found.with_whom, found.contact) == ("Tor Moe", contact)


async def test_changing_only_what_was_changed(case: Case, colleague: Store, stage: Staged, person: int) -> None:
    moment = at(case, TODAY + 2 * DAY, 10)
    number = case.store.change_now(
        appointments.add, person, {"title": "NAV", "at": moment, "minutes": 45, "repeats": "weekly", "with_whom": "Tor"}
    )
    app = stage(AppointmentForm(case, person, number))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", *"25.11 12:00", "f2")
        await pilot.pause()
    found = case.store.ask_now(appointments.one, number)
    assert (found.minutes, found.with_whom, found.repeats) == (45, "Tor", "FREQ=WEEKLY;BYDAY=TU")
    assert (case.clock.local(found.at).hour, found.moved_from) == (12, moment)
    app = stage(AppointmentForm(case, person, number))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"XY")
        colleague.change_now(appointments.change, number, found.version, {"title": "Annet"})
        await pilot.press("f2")
        await pilot.pause()
        assert "Annet" in app.text()
        await pilot.press("enter", "m")
        await pilot.pause()
    assert case.store.ask_now(appointments.one, number).title == "NAVXY"


async def test_those_that_follow_move_along_by_one_more_key(case: Case, stage: Staged, person: int) -> None:
    values = {"title": "NAV", "at": at(case, TODAY + 2 * DAY, 10), "repeats": "weekly"}
    number = case.store.change_now(appointments.add, person, values)
    app = stage(AppointmentForm(case, person, number))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "this one alone" not in app.text()
        await pilot.press("down", *"25.11 12:00")
        await pilot.pause()
        assert "this one alone" in app.text()
        await pilot.press("down", "space")
        await pilot.pause()
        assert "this and those that follow" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    found = case.store.ask_now(appointments.one, number)
    assert (found.repeats, found.moved_from) == ("FREQ=WEEKLY;BYDAY=WE", None)


async def test_a_task_is_moved_alone_or_with_those_that_follow(case: Case, stage: Staged, person: int) -> None:
    for keys, rule, moved_from in (([], "MO", TODAY + DAY), (["down", "space"], "WE", None)):
        values = {"text": "Ring", "due": TODAY + DAY, "repeats": "weekly"}
        number = case.store.change_now(tasks.add, person, values)
        app = stage(TaskForm(case, person, number))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("down", *"25.11", *keys, "f2")
            await pilot.pause()
        found = case.store.ask_now(tasks.one, number)
        assert (found.due, found.repeats) == (TODAY + 3 * DAY, f"FREQ=WEEKLY;BYDAY={rule}")
        assert found.moved_from == moved_from


# ---------------------------------------------------------------------- tasks


async def test_a_task_for_an_agency(case: Case, stage: Staged, person: int) -> None:
    app = stage(TaskForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Which agency" not in app.text()
        await pilot.press(*"Svare", "down", *"+3d", "down", "a", "down", *"nav", "f2")
        await pilot.pause()
    (found,) = case.store.ask_now(tasks.of, person)
    assert (found.text, found.due, found.turn, found.agency, found.owner) == (
        "Svare", TODAY + 3 * DAY, "agency", "nav", 1,
    )  # fmt: skip


async def test_a_field_that_has_just_come_into_sight_is_not_passed(case: Case, stage: Staged, person: int) -> None:
    """Keys come faster than screens are drawn: the agency's line is there for the very next key."""
    form = TaskForm(case, person)
    app = stage(form)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        form.go(form.field("turn"))
        await pilot.pause()
        assert not form.field("agency").display
        form.field("turn").put(tasks.AGENCY)
        form.settle()
        form.action_next()
        assert form.focused is form.field("agency")


async def test_a_task_of_the_team_s(case: Case, stage: Staged) -> None:
    app = stage(TaskForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Lunsj", "f2")
        await pilot.pause()
    assert case.store.ask_now(tasks.one, app.answers[0]).participant is None


async def test_what_repeats_needs_a_date(case: Case, stage: Staged, person: int) -> None:
    app = stage(TaskForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ringe", "down", "down", "down", "down", "right", "f2")
        await pilot.pause()
        assert "Due: what repeats needs a date" in " ".join(app.text().split())


# ---------------------------------------------------------------------- applications


@pytest.fixture
def applied(case: Case, person: int) -> None:
    other = case.store.change_now(participants.add, {"given_name": "Ola"})
    for who, values in (
        (person, {"agency": "nav", "about": "Bostøtte", "sent": TODAY - 50 * DAY}),
        (person, {"agency": "district", "about": "Kommunal bolig", "sent": TODAY - 12 * DAY,
                  "complement_asked": TODAY - 4 * DAY}),
        (person, {"agency": "health", "about": "DPS, vurdering og behandling for angst"}),
        (person, {"agency": "nav", "about": "Arbeidsavklaringspenger", "sent": TODAY - 90 * DAY,
                  "decided": TODAY - 8 * DAY, "outcome": "refused", "appeal_deadline": TODAY + 34 * DAY}),
        (other, {"agency": "nav", "about": "Sosialhjelp", "sent": TODAY - 10 * DAY}),
        (other, {"agency": "police", "about": "Pass", "sent": TODAY - 20 * DAY}),
    ):  # fmt: skip
        case.store.change_now(applications.add, who, values)


async def test_applications_by_single_keys(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(applications.add, person, {"agency": "nav", "about": "Bostøtte"})
    app = stage(ApplicationsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        assert "It is not sent yet." in app.text()
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("s")
        assert "sent already" in app.text()
        await pilot.press("c", "c")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        await pilot.press("n", "enter", "e")
        assert app.asked == [(APPLICATION, person, None), (READ_APPLICATION, person, 1), (APPLICATION, person, 1)]
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [person]
    (found,) = case.store.ask_now(applications.of, person)
    assert found.sent == found.complement_asked == found.complement_sent == found.decided == TODAY
    assert found.outcome == "refused"


async def test_how_long_each_has_waited(case: Case, stage: Staged, applied: None, person: int) -> None:
    app = stage(ApplicationsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "50 d!" in text
        assert "12 d " in text
        assert "2 wait for a decision" in text
        assert "2 waiting, median 30 days, longest 50 days" in text


async def test_a_form_refuses_a_decision_before_it_was_sent(case: Case, stage: Staged, person: int) -> None:
    app = stage(ApplicationForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"nav", "down", "down", *"Bolig", "down", "down", *"20.11", *["down"] * 3, *"19.11", "f2")
        await pilot.pause()
        assert "Decided: it cannot be decided before it was sent." in " ".join(app.text().split())
        await pilot.press(*"21.11", "down")
        await pilot.pause()
        assert "the outcome is not noted yet" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    (found,) = case.store.ask_now(applications.of, person)
    assert (found.agency, found.sent, found.decided) == ("nav", date(2026, 11, 20), date(2026, 11, 21))


async def test_a_reader_changes_nothing(case: Case, stage: Staged, applied: None, person: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(ApplicationsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in "nscd":
            await pilot.press(key)
            assert "read access only" in app.text()


# ---------------------------------------------------------------------- pictures


@pytest.mark.parametrize("size", SIZES)
def test_an_appointment_looks_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    number = case.store.change_now(
        appointments.add, person,
        {"title": "NAV-møte", "at": at(case, TODAY - DAY, 10), "minutes": 45, "with_whom": "Tor Moe", "place": "Alna",
         "worker": 1, "repeats": "biweekly", "note": "Ta med legitimasjon"},
    )  # fmt: skip
    assert snap_compare(stage(AppointmentForm(case, person, number)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_task_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(TaskForm(case, person)), terminal_size=size, press=["R", "i"])


@pytest.mark.parametrize("size", SIZES)
def test_applications_look_right(
    case: Case, stage: Staged, applied: None, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(ApplicationsScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_an_application_looks_right(
    case: Case, stage: Staged, applied: None, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(ApplicationForm(case, person, 4)), terminal_size=size)
