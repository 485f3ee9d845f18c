"""The checklists of one participant and of the caseload: one key an answer, saved at once, a second person verifies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from config.settings import Settings
from exin_tui.app import ExinApp
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents
from models.contacts import network, people
from models.participants import participants
from models.phases import phases
from models.store import Store
from models.team import staff
from screens.checklists.checklist import ChecklistScreen
from screens.checklists.list import ChecklistsScreen, nearest
from screens.checklists.open_items import OpenItemsScreen
from screens.frame.case import Case
from screens.frame.destinations import CONSENTS, NETWORK
from screens.frame.prompt import PromptScreen
from tests.screens.board.test_board import press, words_on

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)


@pytest.fixture
def person(case: Case) -> int:
    found = case.store.change_now(
        participants.add,
        {"given_name": "Åse", "family_name": "Østby", "release_date": TODAY + timedelta(days=20), "phone": "40000000"},
        date(2026, 3, 1),
    )
    case.store.change_now(phases.begin, found, 2, date(2026, 5, 1), ending=(1,))
    return found


def number(case: Case, person: int, template: str) -> int:
    return next(line.id for line in case.store.ask_now(checklist_reading.of, person) if line.template == template)


def states(case: Case, person: int, template: str) -> dict[str, str]:
    found = case.store.ask_now(checklist_reading.one, number(case, person, template))
    return {item.template.id: item.state for item in found.items}


def as_ola(store: Store) -> None:
    """Let another colleague have ticked what is there."""
    store.change_now(staff.join, "ola", "Ola Berg", "caseworker", "")
    ola = next(one.id for one in store.ask_now(staff.team) if one.user == "ola")
    store.actor = replace(store.actor, staff_id=ola, user="ola", name="Ola Berg")


async def test_the_lists_of_a_participant_open_from_their_line(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Start checklist" in text
        assert "Release checklist" in text
        assert "not opened" in text
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "Nav cooperation procedure · Åse Østby" in app.text()
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.answers == [person]


async def test_from_the_board_the_list_that_came_last_opens_at_what_is_open(case: Case, person: int) -> None:
    screen = await nearest(case, person)
    assert isinstance(screen, ChecklistScreen)
    assert screen.checklist == number(case, person, "release")
    app = ExinApp(Settings(language="en", board_scope="team"), case.store, case.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "C")
        assert "Release checklist · Åse Østby" in words_on(app)
        # The phone is known, the address is not.
        assert "▌[ ] New address" in words_on(app)
    settle(case, number(case, person, "release"))
    screen = await nearest(case, person)
    assert isinstance(screen, ChecklistScreen)
    assert screen.checklist == number(case, person, "start"), "the one before, where something is left"
    settle(case, screen.checklist)
    assert isinstance(await nearest(case, person), ChecklistsScreen)


def settle(case: Case, checklist: int) -> None:
    """Leave nothing to do on it."""
    for item in case.store.ask_now(checklist_reading.one, checklist).items:
        if not item.settled:
            case.store.change_now(checklists.not_relevant, item.id, item.version, "nei")


async def test_on_the_way_there_what_is_due_is_opened_and_a_reader_opens_nothing(case: Case) -> None:
    start = case.clock.today()
    values = {"given_name": "Bo", "release_date": start + timedelta(days=200)}
    person = case.store.change_now(participants.add, values, start)
    case.store.change_now(phases.begin, person, 2, start, ending=(1,))
    case.store.change_now(participants.change, person, 1, {"release_date": start + timedelta(days=10)})
    before = [line for line in case.store.ask_now(checklist_reading.of, person) if line.template == "release"]
    assert [line.id > 0 for line in before] == [True], "a change opens it by itself"
    case.store.actor = replace(case.store.actor, role="reader")
    screen = await nearest(case, person)
    assert isinstance(screen, ChecklistScreen)
    assert screen.checklist == before[0].id


async def test_space_ticks_and_ticks_back_and_undo_works(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", "space")
        await pilot.pause()
        assert states(case, person, "release")["bank_and_id"] == "done"
        assert "[x] Bank account and ID in order" in app.text()
        await pilot.press("space")
        await pilot.pause()
        assert states(case, person, "release")["bank_and_id"] == "open"
        await pilot.press("u")
        await pilot.pause()
        assert states(case, person, "release")["bank_and_id"] == "done"
        assert "Undone: the tick taken away · " in app.text()


async def test_reason_note_waiting_and_due(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*["down"] * 8, "w", *"Kommunen", "enter", "n", *"Visning", "enter", "d", *"+3d", "enter")
        await pilot.pause()
        text = app.text()
        assert "waits: Kommunen" in text
        assert "Visning" in text
        assert "due 25.11.2026" in text
        await pilot.press("down", "x", "enter")
        await pilot.pause()
        assert "Say why it is not relevant" in app.text()
        assert isinstance(app.screen, PromptScreen), "a refusal leaves the question open"
        await pilot.press(*"Pensjonist", "enter")
        await pilot.pause()
        assert "not relevant: Pensjonist" in app.text()


async def test_a_date_is_written_into_the_record(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "start")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", *"1.5.2027", "enter")
        await pilot.pause()
        assert "01.05.2027" in app.text()
    assert case.store.ask_now(participants.file_of, person).values["full_term_date"] == date(2027, 5, 1)


async def test_who_ticked_cannot_verify_and_another_can(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "down", "down", "v")
        assert "nobody can verify it" in app.text()
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert "You ticked this yourself; somebody else has to verify it" in app.text()
        assert app.screen is app.shown, "said before anything is asked"
        as_ola(case.store)
        await app.screen.refresh_case()
        await pilot.press("v", "down", "down", "enter")
        await pilot.pause()
        assert "✓OB" in app.text()
        assert "by OB: The agency, by phone" in app.text()


async def test_who_ticked_cannot_verify_is_said_whole_on_a_small_screen(case: Case, stage: Staged, person: int) -> None:
    """However long the item's name: what is cut off is the name."""
    long = max(
        case.store.ask_now(checklist_reading.one, number(case, person, "release")).items,
        key=lambda item: len(str(item.template.name)) * (item.template.kind == "tick"),
    )
    case.store.change_now(checklists.tick, long.id, long.version)
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        for _step in range(18):
            if app.screen.moving.row.id == long.id:
                break
            await pilot.press("down")
        await pilot.press("v")
        await pilot.pause()
        assert "You ticked this yourself; somebody else has to verify it" in app.text()


@pytest.mark.parametrize(("kind", "told"), [("date", "A date ticks this"), ("text", "What is written here ticks this")])
async def test_a_tick_that_wants_something_says_what_at_once(
    case: Case, stage: Staged, person: int, kind: str, told: str
) -> None:
    for name in ("start", "release"):
        shown = case.store.ask_now(checklist_reading.one, number(case, person, name))
        places = [place for place, item in enumerate(shown.items) if item.template.kind == kind and not item.value]
        if not places:
            continue
        app = stage(ChecklistScreen(case, number(case, person, name)))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*["down"] * places[0], "space")
            await pilot.pause()
            assert told in app.text()
            return
    raise AssertionError(f"no open item of the kind {kind}")


@pytest.mark.parametrize(("keys", "told"), [
    (["x", "enter"], "Say why it is not relevant"), (["d", *"blåmandag", "enter"], "is not a date"),
])  # fmt: skip
async def test_what_is_refused_stays_in_its_question(
    case: Case, stage: Staged, person: int, keys: list[str], told: str
) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", *keys)
        await pilot.pause()
        assert isinstance(app.screen, PromptScreen)
        assert told in " ".join(app.text().split())


async def test_a_contact_item_links_by_agency_and_role(case: Case, stage: Staged, person: int) -> None:
    """Whoever is not in the register yet is entered with the agency and the role of the item, in one go."""
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "up", "up", "enter")
        await pilot.pause()
        assert "Contact person at Nav: whom to link to Åse Østby?" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        text = app.text()
        assert "New contact person" in text
        assert "Nav" in text
        assert "Municipal caseworker" in text
        await pilot.press(*"Nina", "f2")
        await pilot.pause()
        assert "Nina, Nav" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        text = app.text()
        assert "Saved." in text
        assert "[x] Contact person at Nav" in text
        assert isinstance(app.screen, ChecklistScreen)
        (linked,) = case.store.ask_now(network.involved, person)
        assert (linked.name, linked.agency, linked.role) == ("Nina", "nav", "nav_municipal")
        await pilot.press("u")
        await pilot.pause()
        assert states(case, person, "release")["nav_contact"] == "open"
        assert "[ ] Contact person at Nav" in app.text()


async def test_a_contact_item_offers_the_agency_s_people_in_the_item_s_role(
    case: Case, stage: Staged, person: int
) -> None:
    """The register's own role gives way to the one the item is about."""
    change = case.store.change_now
    change(people.add, {"name": "Lars Lege", "agency": "health", "role": "gp"})
    change(people.add, {"name": "Nils", "agency": "nav", "role": "nav_debt"})
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "up", "up", "space")
        await pilot.pause()
        text = app.text()
        assert "Nils" in text
        assert "Lars Lege" not in text
        await pilot.press("enter", "f2")
        await pilot.pause()
        assert "[x] Contact person at Nav" in app.text()
    (linked,) = case.store.ask_now(network.involved, person)
    assert (linked.name, linked.role) == ("Nils", "nav_municipal")


async def test_a_contact_that_is_linked_opens_the_people_and_a_consent_the_consents(
    case: Case, stage: Staged, person: int
) -> None:
    change = case.store.change_now
    contact = change(people.add, {"name": "Nina", "agency": "nav", "role": "nav_municipal"})
    change(network.involve, person, contact)
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "up", "up", "enter")
        await pilot.press("home", *["down"] * 5, "enter")
        await pilot.pause()
        assert app.asked == [(NETWORK, person), (CONSENTS, person)]
        case.store.actor = replace(case.store.actor, role="reader")
        await pilot.press("enter", "end", "enter")
        await pilot.pause()
        assert app.asked[2:] == [(CONSENTS, person), (NETWORK, person)]


async def test_back_from_the_consents_the_item_says_so(case: Case, person: int) -> None:
    """In the whole program: the item reads the consents, and is done when one comes back from giving the last."""
    change = case.store.change_now
    for agency, role in (("prison", "contact_officer"), ("nav", "nav_state")):
        change(consents.give, person, {"agency": agency, "role": role, "given": TODAY})
    app = ExinApp(replace(case.settings, language="en"), case.store, case.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ChecklistScreen(app.case, number(case, person, "release")))
        await pilot.press("home", *["down"] * 5)
        await pilot.pause()
        assert "missing: Probation" in words_on(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Consents · Åse Østby" in words_on(app)
        change(consents.give, person, {"agency": "probation", "role": "probation_contact", "given": TODAY})
        await pilot.press("q")
        await pilot.pause()
        assert "[x] Consent form" in words_on(app)


async def test_a_colleague_s_change_is_shown_not_written_over(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("down", "down", "down")
        found = case.store.ask_now(checklist_reading.one, number(case, person, "release")).items[3]
        colleague.change_now(checklists.wait, found.id, found.version, "Banken")
        await pilot.press("space")
        await pilot.pause()
        assert "changed this in the meantime" in app.text()
        assert "waits: Banken" in app.text()


async def test_a_reader_looks_only(case: Case, stage: Staged, person: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert "read access only" in app.text()


async def test_hidden_names_hide_what_tells_who(case: Case, stage: Staged, person: int) -> None:
    case.private = True
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Østby" not in app.text()
        assert "40000000" not in app.text()


async def test_closing_with_a_reason_and_opening_again(case: Case, stage: Staged, person: int) -> None:
    app = stage(ChecklistsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", *"Ferdig", "enter")
        await pilot.pause()
        assert "closed 22.11.2026" in app.text()
        assert states(case, person, "start")
        await pilot.press("end", "up")
        await pilot.pause()


async def test_what_is_left_across_the_caseload_opens_the_list(case: Case, stage: Staged, person: int) -> None:
    app = stage(OpenItemsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "everything open · the whole team" in text
        assert "Release checklist" in text
        await pilot.press("f")
        await pilot.pause()
        assert "Nothing is left here." in app.text()
        await pilot.press("f", "f", "m", "down", "enter")
        await pilot.pause()
        assert "Release checklist · Åse Østby" in app.text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("template", ["start", "release"])
def test_a_checklist_looks_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int], template: str
) -> None:
    found = case.store.ask_now(checklist_reading.one, number(case, person, template)).items
    if template == "release":
        for place in (3, 8):
            case.store.change_now(checklists.tick, found[place].id, found[place].version)
        case.store.change_now(checklists.wait, found[9].id, found[9].version, "Kommunen")
        case.store.change_now(checklists.set_due, found[10].id, found[10].version, TODAY - timedelta(days=1))
        case.store.change_now(checklists.not_relevant, found[11].id, found[11].version, "Ingen gjeld")
        as_ola(case.store)
        case.store.change_now(checklists.verify, found[8].id, found[8].version + 1, "agency_written")
    app = stage(ChecklistScreen(case, number(case, person, template)))
    assert snap_compare(app, terminal_size=size, press=["down"] * 8)


@pytest.mark.parametrize("size", SIZES)
def test_the_lists_look_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(ChecklistsScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_left_looks_right(
    case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(OpenItemsScreen(case)), terminal_size=size)


def test_nothing_left_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(OpenItemsScreen(case)), terminal_size=(80, 24))


async def test_what_may_not_be_empty_stays_a_question_and_what_is_asked_for_is_said(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(ChecklistScreen(case, number(case, person, "release")))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*["down"] * 9, "x", "enter", *"Ingen")
        assert "Why is it not relevant?" in app.text()
        assert "Ingen" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "not relevant: Ingen" in app.text()
