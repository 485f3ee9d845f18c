"""On no screen, list or paper does a national identity number stand that was not asked for, nor a phone in no groups.

The screens and papers are found and not listed: a new one holds to it, or here it fails.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from exin_tui.app import ExinApp
from models import timeline
from models.contacts import network, people
from models.intake import intakes
from models.paper import documents
from models.participants import participants
from models.plans import appointments
from models.store import Store
from models.values.clock import Clock
from screens.contacts.forms import ContactForm
from screens.everywhere.search import QUIET_SECONDS
from screens.forms.form import FormScreen
from screens.frame.case import Case
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from tests.models.case_sample import rows
from tests.screens.access.test_looks import AT_THE_INTAKE, TEAM, WAYS, first, is_whole
from tests.screens.frame.test_routes import screens_of_the_case
from tests.screens.reviews.review_case import enter

Staged = Callable[[Any], Any]
NUMBER = "14858700095"
PHONE, OFFICE = "90000001", "22050500"
ASKED_FOR = {"consent", "cross_consent"}
"""Papers that have a field for the number."""


@pytest.fixture
def person(case: Case) -> int:
    """Somebody with a number and a phone, and two contact persons with theirs."""
    store = case.store
    whom = enter(store)
    version = store.ask_now(participants.file_of, whom).version
    store.change_now(participants.change, whom, version, {"national_id": NUMBER, "phone": PHONE})
    for name, agency, role in (("Kari Moe", "nav", "nav_state"), ("Bo Lie", "prison", "contact_officer")):
        contact = store.change_now(
            people.add, {"name": name, "agency": agency, "role": role, "phone": OFFICE, "phone_other": PHONE}
        )
        store.change_now(network.involve, whom, contact)
    store.change_now(timeline.record, whom, {"kind": "phone", "text": "Ringte.", "topic": "bolig"})
    store.change_now(appointments.add, whom, {"title": "Time", "at": store.clock.seconds() + 90_000})
    return whom


@pytest.fixture
def candidate(case: Case) -> int:
    given = {"given_name": "Nils", "national_id": "14858700176", "phone": PHONE}
    return case.store.change_now(intakes.refer, given, "Friomsorgen", "kjent fra før")


def text_of(screen: Any) -> str:
    lines = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def holds(screen: Any) -> None:
    shown = text_of(screen)
    assert shown.strip()
    for number in (NUMBER, "14858700176"):
        assert number[6:] not in shown
    if not isinstance(screen, FormScreen):
        assert PHONE not in shown
        assert OFFICE not in shown


@pytest.mark.parametrize(("route", "names"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
async def test_no_way_into_a_file_shows_one(
    store: Store, clock: Clock, person: int, candidate: int, route: Route[...], names: tuple[str, ...]
) -> None:
    whom = candidate if f"{route.module}.{route.name}" in AT_THE_INTAKE else person
    given: dict[str, Callable[[], Any]] = {
        "participant": lambda: whom,
        "entry": lambda: int(rows(store, "SELECT max(id) FROM entry WHERE kind = 'phone'")[0][0]),
        "appointment": lambda: first(store, "appointment", whom),
        "number": lambda: None,
        "field": lambda: "phone",
        "id": lambda: "note",
        "plan": lambda: None,
        "domain": lambda: "housing",
        "kind": lambda: "support_team",
        "until": lambda: None,
    }
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        await app.open(route, *(given[name]() for name in names))
        await pilot.pause()
        holds(app.screen)


def of_the_case_alone() -> list[type[CaseScreen[Any]]]:
    found = []
    for each in screens_of_the_case():
        wanted = list(inspect.signature(each).parameters.values())[1:]
        if is_whole(each) and all(one.default is not one.empty for one in wanted):
            found.append(each)
    return sorted(found, key=lambda each: each.__name__)


def test_there_are_lists() -> None:
    assert len(of_the_case_alone()) > 15


@pytest.mark.parametrize("screen", of_the_case_alone(), ids=lambda each: each.__name__)
async def test_no_list_shows_one(
    case: Case, stage: Staged, person: int, candidate: int, screen: type[CaseScreen[Any]]
) -> None:
    app = stage(screen(case))
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        holds(app.screen)


@pytest.mark.parametrize("text", ["Sæthre", NUMBER, PHONE, OFFICE, "Kari Moe", "Bredtveit"])
async def test_no_search_shows_one(store: Store, clock: Clock, person: int, text: str) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *text)
        await pilot.pause(3 * QUIET_SECONDS)
        await pilot.pause()
        shown = text_of(app.screen).partition(text)[2]  # behind what was typed
        assert "found" in text_of(app.screen)
        assert "Nothing found" not in shown
        assert NUMBER[6:] not in shown
        assert PHONE not in shown
        assert OFFICE not in shown


def test_no_paper_has_one_that_was_not_asked_for(store: Store, person: int) -> None:
    kinds = [kind.id for kind in documents.kinds(store.programme)]
    assert kinds
    for kind in kinds:
        told = "\n".join(store.ask_now(documents.make, kind, person).texts())
        assert PHONE not in told
        assert OFFICE not in told
        assert (NUMBER in told) == (kind in ASKED_FOR), kind


async def test_what_is_corrected_is_written_as_it_was(case: Case, stage: Staged, person: int) -> None:
    """A field is for writing: there the number stands as it was typed."""
    contact = int(rows(case.store, "SELECT min(id) FROM contact")[0][0])
    app = stage(ContactForm(case, contact))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert OFFICE in app.text()
