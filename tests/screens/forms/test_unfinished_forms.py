"""Every form there is, found and not listed: kept under its own person's name, opened again as itself, and its own.

Participant no. 3 has the first record of each kind, so that whoever takes a record's number for a participant's finds
somebody else.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import screens
from models import timeline
from models.consents import consents
from models.contacts import network, people
from models.cooperation.agreements import PARTS
from models.goals import goals
from models.goals import reading as goal_reading
from models.intake import intake_talks, intakes
from models.meetings import meetings
from models.participants import participants, spending
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.plans import applications, appointments, tasks
from models.reviews import reviews
from models.reviews.brief import known_of
from models.signals import listing as signals
from models.storage import drafts
from models.storage.actions import action
from models.storage.work import Work
from models.tables import VisitQuestion
from models.team import absences
from screens.cooperation.forms import PartForm
from screens.everywhere.drafts import DraftsScreen, all_unfinished, import_all
from screens.forms.draft_keeper import DraftKind, Keeper, kinds
from screens.forms.form import FormScreen
from screens.forms.line_fields import LineField
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.phase_outs.forms import PhaseOutForm
from screens.plans.form import PlanForm
from screens.signals.screen import SignalsScreen
from screens.signals.snooze_form import SnoozeForm
from tests.models.case_sample import note_now
from tests.screens.forms.across_agencies import of_participant, of_the_team

Staged = Callable[[Any], Any]
TODAY = date(2026, 11, 22)
WRITTEN = "Halvveis"
OF_ROOM = "of a room"
ON_THE_WAY = {SnoozeForm: SignalsScreen}
"""What a form is chosen from again, where it cannot be opened by itself."""
NOBODYS = {"AbsenceForm", "CaseloadForm", "ContactForm"}
OF_THE_NETWORK = {"cooperation", "gatherings"}
"""Forms about the team or the register, and the rooms of forms about the network: never about a participant."""
import_all()


def below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


FORMS = [each for each in below(FormScreen) if each.DRAFTS and each.__module__.startswith("screens.")]


def named(cls: type[Any], *, new: bool) -> set[str]:
    """What the constructor of a form asks for; of a new one only what it must have."""
    asked = list(inspect.signature(cls).parameters.values())[1:]
    return {one.name for one in asked if not new or one.default is inspect.Parameter.empty}


@action("test_unfinished_forms.asked")
def asked(work: Work, participant: int) -> int:
    """Whoever is at the keyboard was asked why they looked."""
    return work.insert(VisitQuestion, participant=participant, staff=1, visit=1, asked_at=work.clock.seconds())


@pytest.fixture
def world(case: Case) -> dict[str, Any]:
    """What any form can be about, by the name a constructor gives it; all of it is the third participant's."""
    change, ask = case.store.change_now, case.store.ask_now
    ids = [
        change(participants.add, {"given_name": name, "release_date": TODAY + timedelta(days=30), "worker": 1})
        for name in ("Første", "Andre")
    ]
    third = change(intakes.refer, {"given_name": "Tredje", "worker": 1}, "Ila", "")
    assert [*ids, third] == [1, 2, 3]
    talk = change(intake_talks.hold_talk, third, "information", TODAY)
    goal = change(goals.add, third, {"words": "Male"})
    step = change(goals.add_step, goal, {"words": "Kjøpe pensel"})
    contact = change(people.add, {"name": "Tor Moe", "agency": "nav", "role": "nav_state"})
    expense = change(spending.add, third, {"purpose": "relationship", "amount": 8900, "what": "Kaffe"})
    review = change(reviews.begin, third, "stay")
    involvement = change(network.involve, third, contact)
    found = {
        "participant": third,
        "people": (third, 2),
        "who": "Tredje",
        "wanted": [("nav", "nav_state", "")],
        "entry": change(timeline.record, third, {"kind": "phone", "text": "Før"}),
        "talk": talk,
        "goal": goal,
        "step": ask(goal_reading.step, step),
        "expense": ask(spending.one, expense),
        "consent": change(consents.give, third, {"agency": "nav", "role": "nav_state", "given": TODAY}),
        "appointment": change(appointments.add, third, {"title": "NAV", "at": case.clock.seconds()}),
        "task": change(tasks.add, third, {"text": "Ringe"}),
        "application": change(applications.add, third, {"agency": "nav", "about": "Startlån"}),
        "contact": contact,
        "involvement": involvement,
        "absence": change(absences.add, {"staff": 1, "first": TODAY, "last": TODAY}),
        "from_staff": 1,
        "review": review,
        "known": ask(known_of, review),
        "span": ask(participants.file_of, third).phases[-1],
        "question": change(asked, third),
        "line": ask(signals.listing)[0],
        "reason": case.programme.method.endings[0].id,
    }
    assert found["line"].participant != third, "a signal is snoozed for the participant it is about"
    return found | {OF_ROOM: of_participant(case.store, third, contact, TODAY) | of_the_team(case.store, TODAY)}


def room_of(cls: type[Any]) -> str:
    return cls.__module__.split(".")[1]


def made(case: Case, cls: type[Any], world: dict[str, Any], names: set[str], **given: Any) -> Any:
    """The form as a screen makes it. A new name in a constructor is entered in `world`, or in its room."""
    known = world | world[OF_ROOM].get(room_of(cls), {}) | given
    values = {name: value for name, value in known.items() if name in names}
    if cls.__name__ == "StepForm":
        values["goal"] = case.store.ask_now(goal_reading.one, world["goal"])
    if issubclass(cls, PlanForm) and "number" in names:
        values["number"] = known[cls.NAME]
    missing = {one for one in named(cls, new=True) if one not in values}
    assert not missing, f"{cls.__name__} asks for {missing}, which the world here does not have"
    return cls(case, **values)


def ways(cls: type[Any]) -> list[tuple[set[str], dict[str, str]]]:
    """What to make a form of: a new one, one about each record it may change, and one about nobody; of each kind."""
    least = named(cls, new=True)
    names = [least, *(least | {name} for name in sorted(named(cls, new=False) - least))]
    kinds = [{"kind": kind} for kind in PARTS] if cls is PartForm else [{}]
    return [(each, kind) for each in names for kind in kinds]


@pytest.mark.parametrize("cls", FORMS, ids=lambda cls: cls.__name__)
async def test_each_form_is_found_under_its_own_person_and_opens_itself(
    case: Case, stage: Staged, world: dict[str, Any], cls: type[Any]
) -> None:
    if issubclass(cls, PhaseOutForm) and cls.__name__ != "BeginPhaseOutForm":
        number = case.store.change_now(phase_outs.begin, 3, world["reason"], TODAY)
        file = case.store.ask_now(phase_out_file.file_of, 3)
        world["told"] = file.current.told[0].id if file.current and file.current.told else number
    seen: set[str] = set()
    for names, kind in ways(cls):
        form = made(case, cls, world, names, **kind)
        if form.form_name in seen:
            continue
        seen.add(form.form_name.partition(":")[0])
        note_now(case.store, drafts.keep, form.form_name, form.subject, {"_written": WRITTEN, "_contact": "1"})
    for name in {kind.name for kind in cls.DRAFTS} & set(about_nobody(case)) - seen:
        note_now(case.store, drafts.keep, name, 0, {"_written": WRITTEN})
        seen.add(name)
    if cls is SnoozeForm:
        note_now(case.store, drafts.keep, "snooze_staff", 1, {"_written": WRITTEN})
        seen.add("snooze_staff")
    assert seen == {kind.name for kind in cls.DRAFTS}, "each name it declares is one it keeps under"
    rows = case.store.ask_now(all_unfinished)
    assert len(rows) == len(seen)
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        # From below: one in which nothing is written is not kept when it is left.
        for place, row in reversed([*enumerate(rows)]):
            assert row.whose is not None
            expected = world["line"].participant if cls is SnoozeForm else 3
            if (
                row.kept.subject < 1
                or row.kept.form == "snooze_staff"
                or cls.__name__ in NOBODYS
                or room_of(cls) in OF_THE_NETWORK
            ):
                expected = 0
            assert row.whose.participant == expected, row.kept.form
            await pilot.press("home", *["down"] * place, "enter")
            await pilot.pause()
            assert type(app.screen) is ON_THE_WAY.get(cls, cls), row.kept.form
            if isinstance(app.screen, FormScreen):
                assert app.screen.form_name == row.kept.form
                assert app.screen.offer.kept is not None
                assert app.screen.offer.kept.id == row.kept.id
            await app.pop_screen()
            await pilot.pause()
            assert isinstance(app.screen, DraftsScreen)


def test_what_is_written_in_a_line_is_found_under_its_own_person_too(case: Case, world: dict[str, Any]) -> None:
    of_forms = {kind.name for cls in FORMS for kind in cls.DRAFTS}
    case.store.change_now(phase_outs.begin, 3, world["reason"], TODAY)
    current = case.store.ask_now(phase_out_file.file_of, 3).current
    assert current is not None
    about = {
        "criterion_note": 3,
        "phase_out_left_out": current.told[0].id,
        "steering_decision": world[OF_ROOM]["cooperation"]["steering"],
        "evaluation_sheets": world[OF_ROOM]["evaluations"]["evaluation"].id,
        "minutes_added": case.store.change_now(meetings.open_, "support", 3),
    }
    about["meeting_guest"] = about["minutes_added"]
    for kind in kinds():
        if kind.name not in of_forms:
            subject = about.get(kind.name, 3 if kind.name.startswith("meeting_") else None)
            assert subject is not None, f"say here what {kind.name} is kept under"
            note_now(case.store, drafts.keep, kind.name, subject, {"text": WRITTEN})
    rows = case.store.ask_now(all_unfinished)
    assert len(rows) == len(kinds()) - len(of_forms)
    assert {row.kept.form: row.whose.participant if row.whose else None for row in rows} == {
        row.kept.form: 0 if row.kept.form == "steering_decision" else 3 for row in rows
    }


NEW = sorted({
    "participant", "referral", "contact", "team_task", "absence", "open_restricted", "agreement_new", "gathering_new",
    "network_member_new",
})  # fmt: skip


def about_nobody(case: Case) -> dict[str, Callable[[], Any]]:
    """Every form that can be opened about nobody yet, by what it is kept under."""
    found: dict[str, Callable[[], Any]] = {}
    for cls in FORMS:
        asked = named(cls, new=True)
        if asked - {"participant", "contact", "task"}:
            continue
        values: dict[str, Any] = dict.fromkeys(asked)
        if cls(case, **values).subject == 0 and {k.name for k in cls.DRAFTS} >= {cls(case, **values).form_name}:
            found[cls(case, **values).form_name] = lambda cls=cls, values=values: cls(case, **values)
    return found


def first_text(form: Any) -> Any:
    return next(one for one in form.form.fields if type(one) in (LineField, TextBox))


@pytest.mark.parametrize("name", NEW)
async def test_a_form_about_nobody_yet_begins_empty_and_loses_nothing(case: Case, stage: Staged, name: str) -> None:
    make = about_nobody(case)[name]

    async def write(pilot: Any, app: Any, text: str) -> None:
        app.screen.set_focus(first_text(app.screen))
        await pilot.press("end", *text)

    app = stage(make())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, app, "Alfa")
        await pilot.press("escape")
        await pilot.pause()
        await app.push_screen(make())
        await pilot.pause()
        assert "Alfa" not in app.text()
        assert first_text(app.screen).written == ""
        assert "F6 takes it up" in " ".join(app.text().split())
        await write(pilot, app, "Beta")
        await pilot.press("escape")
        await pilot.pause()
        texts = [
            next(v for v in one.fields.values() if v in ("Alfa", "Beta")) for one in case.store.ask_now(drafts.kept)
        ]
        assert sorted(texts) == ["Alfa", "Beta"], "both are kept"
        await app.push_screen(make())
        await pilot.pause()
        seen = []
        for _key in range(3):
            await pilot.press("f6")
            await pilot.pause()
            seen.append(first_text(app.screen).written)
        assert seen == ["Beta", "Alfa", ""], "the key goes from one to the other, and back to a new form"
        await write(pilot, app, "Gamma")
        await pilot.press("f6")
        await pilot.pause()
        assert first_text(app.screen).written == "Beta"
        assert len(case.store.ask_now(drafts.kept)) == 3, "what stood in the new form is kept too"
        await pilot.press("escape")
        await pilot.pause()
        assert len(case.store.ask_now(drafts.kept)) == 3
        listed = DraftsScreen(case)
        await app.push_screen(listed)
        await pilot.pause()
        opened = []
        for place in range(3):
            await pilot.press("home", *["down"] * place, "enter")
            await pilot.pause()
            opened.append(first_text(app.screen).written)
            await pilot.press("escape")
            await pilot.pause()
        assert sorted(opened) == ["Alfa", "Beta", "Gamma"], "the list opens the one under the mark"


def test_the_forms_about_nobody_are_all_known(case: Case) -> None:
    assert sorted(about_nobody(case)) == NEW


async def test_saving_a_new_one_leaves_the_unfinished_one_alone(case: Case, stage: Staged) -> None:
    note_now(case.store, drafts.keep, "participant", 0, {"given_name": "Alfa", "phone": "41111111"})
    app = stage(about_nobody(case)["participant"]())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"Beta", "f2")
        await pilot.pause()
        assert app.answers == [1]
    file = case.store.ask_now(participants.file_of, 1)
    assert (file.values["given_name"], file.values["phone"]) == ("Beta", "")
    assert [one.fields["given_name"] for one in case.store.ask_now(drafts.kept)] == ["Alfa"]
    app = stage(about_nobody(case)["participant"]())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6", "f2")
        await pilot.pause()
        assert app.answers == [2]
    assert case.store.ask_now(participants.file_of, 2).values["phone"] == "41111111"
    assert case.store.ask_now(drafts.kept) == []


def test_a_form_that_declares_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match="does not declare its DRAFTS"):
        type("Silent", (FormScreen,), {})
    with pytest.raises(TypeError, match="already"):
        type("Twice", (FormScreen,), {"DRAFTS": (DraftKind("goal", "Goal", lambda case, whom, kept: None),)})  # type: ignore[arg-type, return-value]


async def test_nothing_is_kept_under_a_name_nobody_has_declared(case: Case) -> None:
    screen = DraftsScreen(case)
    with pytest.raises(LookupError, match="nowhere"):
        await Keeper(screen, lambda: ("nowhere", 1), lambda: None).found()


async def test_a_form_of_an_unknown_name_is_said_to_be_one(case: Case, stage: Staged, world: dict[str, Any]) -> None:
    note_now(case.store, drafts.keep, "of_tomorrow", 1, {"text": WRITTEN})
    app = stage(DraftsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "of_tomorrow" in app.text()
        assert "(not known)" in app.text()
        assert "Første" not in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "can only be thrown away" in app.text()
        assert isinstance(app.screen, DraftsScreen)
        await pilot.press("d", "f2")
        await pilot.pause()
    assert case.store.ask_now(drafts.kept) == []


def test_every_module_of_the_screens_is_looked_through() -> None:
    root = Path(next(iter(screens.__path__)))
    found = {
        ".".join(("screens", *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
        for path in root.rglob("*.py")
    }
    assert found <= set(sys.modules)
