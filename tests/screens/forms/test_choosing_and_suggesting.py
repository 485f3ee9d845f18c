"""Fields in which one chooses take no text in silence; what is suggested stands in a field only once it is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import events

from models.contacts import network, people
from models.participants import participants
from screens.consents.forms import GiveConsentForm
from screens.contacts.forms import ContactForm
from screens.forms.choice_field import ChoiceField, TicksField
from screens.frame.case import Case
from screens.intake.forms import DecisionForm, TalkForm
from screens.participant.form import ParticipantForm
from screens.participant.record_form import RecordForm
from screens.plans.application_form import ApplicationForm
from screens.plans.appointment_form import AppointmentForm
from screens.plans.task_form import TaskForm
from screens.widgets.key_line import SaidLine

Staged = Callable[[Any], Any]
FORMS: dict[str, Callable[[Case, int], Any]] = {
    "participant": lambda case, person: ParticipantForm(case, person),
    "talk": lambda case, person: TalkForm(case, person),
    "decision": lambda case, person: DecisionForm(case, person),
    "appointment": lambda case, person: AppointmentForm(case, person),
    "task": lambda case, person: TaskForm(case, person),
    "application": lambda case, person: ApplicationForm(case, person),
    "contact": lambda case, person: ContactForm(case, None),
    "consent": lambda case, person: GiveConsentForm(case, person),
}


@pytest.fixture
def person(case: Case) -> int:
    store = case.store
    number = store.change_now(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})
    for name in ("Berit Moe", "Bente Vik", "Ola Eriksen"):
        contact = store.change_now(people.add, {"name": name, "agency": "nav", "role": ""})
        role = case.programme.agency("nav").roles[0].id
        store.change_now(network.involve, number, contact, {"role": role, "since": case.today})
    return number


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("text", ["Godt motivert", "Kaffe og kake", "Nei, ikke i dag", "2 ganger"])
async def test_a_word_typed_where_one_chooses_changes_nothing_and_is_refused_aloud(
    case: Case, stage: Staged, person: int, name: str, text: str
) -> None:
    app = stage(FORMS[name](case, person))
    async with app.run_test(size=(120, 60)) as pilot:
        form, tried = app.screen, 0
        for field in form.form.fields:
            if not isinstance(field, ChoiceField | TicksField) or not field.display or field.veiled:
                continue
            before, tried = field.written, tried + 1
            form.set_focus(field)
            form.say("")
            await pilot.press(*text)
            assert field.written == before, field.about.key
            assert f"{field.about.label}: here one chooses" in form.query_one(SaidLine).said
            form.say("")
            app.post_message(events.Paste(text))
            await pilot.pause()
            assert field.written == before, field.about.key
            assert "here one chooses" in form.query_one(SaidLine).said
        assert tried


async def test_letters_still_choose(case: Case, stage: Staged, person: int, monkeypatch: pytest.MonkeyPatch) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        kind = app.screen.field("kind")
        app.screen.set_focus(kind)
        await pilot.press("k")
        assert kind.written == "visit_mapping"
        await pilot.press("right", *"prog")
        assert kind.written == "visit_progress", "more letters are the beginning of a name"
        await pilot.press("right", "s", "s")
        assert kind.written == "talk", "the same letter again"
        monkeypatch.setattr("screens.forms.choice_field.PAUSE_SECONDS", -1.0)
        await pilot.press("t", "n")
        assert kind.written == "note", "after a pause a letter is one of its own"


async def test_what_was_refused_is_hidden_with_the_names(case: Case, stage: Staged, person: int) -> None:
    case.private = True
    app = stage(DecisionForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Sæthre")
        assert "here one chooses; “•••”" in app.screen.query_one(SaidLine).said


# ---------------------------------------------------------------------- long pastes


@pytest.mark.parametrize(
    ("count", "key", "told", "kept"),
    [
        (
            20_000,
            "text",
            "All that was pasted was put in (20000). It is too long to be saved: 20000, at most 12000.",
            20_000,
        ),
        (100_001, "text", "100001 characters were pasted, far more than fit; nothing was put in.", 0),
        (20_000, "with_whom", "20000 characters were pasted into one line; nothing was put in.", 0),
        (11_000, "text", "", 11_000),
    ],
)
async def test_a_long_paste_says_what_became_of_it(
    case: Case, stage: Staged, person: int, count: int, key: str, told: str, kept: int
) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        app.screen.set_focus(app.screen.field(key))
        app.post_message(events.Paste("x" * count))
        await pilot.pause()
        assert app.screen.query_one(SaidLine).said == told
        assert len(app.screen.field(key).written) == kept


# ---------------------------------------------------------------------- suggestions


@pytest.mark.parametrize(
    ("name", "key", "begun", "whole"),
    [
        ("appointment", "with_whom", "Ber", "Berit Moe"),
        ("appointment", "with_whom", "erik", "Ola Eriksen"),
        ("consent", "person", "ber", "Berit Moe"),
        ("participant", "prison", "Ullers", "Ullersmo"),
        ("application", "agency", "correct", "Correctional service"),
    ],
)
async def test_tab_takes_the_only_one_that_fits_and_enter_and_the_arrows_do_not(
    case: Case, stage: Staged, person: int, name: str, key: str, begun: str, whole: str
) -> None:
    app = stage(FORMS[name](case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        form = app.screen
        if name == "consent":
            form.field("agency").put("nav")
            await pilot.pause()
        field = form.field(key)
        for leaving in ("enter", "down"):
            field.put("")
            form.set_focus(field)
            await pilot.press(*begun, leaving)
            assert field.written == begun, "nothing stands there that was not taken"
            assert not field.has_focus
        form.set_focus(field)
        await pilot.pause()
        found = field.fitting()
        assert len(found) == 1
        assert f"Tab takes {found[0]}" in " ".join(app.text().split())
        await pilot.press("tab")
        assert field.written == found[0]
        assert whole in field.written
        assert not field.has_focus


async def test_several_are_listed_and_gone_through(case: Case, stage: Staged, person: int) -> None:
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.screen.field("with_whom")
        app.screen.set_focus(field)
        await pilot.press("b", "e")
        assert "→ takes: Bente Vik · Berit Moe" in app.text() or "→ takes: Berit Moe · Bente Vik" in app.text()
        await pilot.press("right")
        first = field.written
        await pilot.press("right")
        second = field.written
        assert {first, second} == {"Berit Moe", "Bente Vik"}
        await pilot.press("right")
        assert field.written == first
        app.screen.set_focus(app.screen.form.fields[0])
        field.put("be")
        app.screen.set_focus(field)
        await pilot.press("tab")
        assert field.written == "be", "of several none is taken unseen"


async def test_people_are_not_suggested_while_names_are_hidden(case: Case, stage: Staged, person: int) -> None:
    case.private = True
    app = stage(AppointmentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.screen.field("with_whom")
        app.screen.set_focus(field)
        await pilot.press(*"be", "right", "tab")
        assert field.written == "be"
        assert "Berit" not in app.text()
