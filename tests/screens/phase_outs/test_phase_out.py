"""Phase-out on the screen: the reason first, then its steps, each with one key; and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models import timeline
from models.consents import consents, disclosures
from models.contacts import network, people
from models.participants import participants
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phase_outs.file import PhaseOutFile
from models.phases import phases
from models.storage import drafts
from models.store import Store
from screens.board.screen import BoardScreen
from screens.frame.case import Case
from screens.frame.destinations import PHASE_OUT
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.participant.screen import ParticipantScreen
from screens.phase_outs.screen import PhaseOutScreen
from tests.screens.conftest import Stage

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)


class WithForms(Stage):
    """A stage on which a route leads from the phase-out to its forms and back, as in the app."""

    TITLE = "Stage"

    async def open(self, route: Route[...], *args: Any) -> None:
        if not isinstance(self.shown, PhaseOutScreen):
            await super().open(route, *args)
            return

        async def came_back(answer: object) -> None:
            assert isinstance(self.screen, CaseScreen)
            await self.screen.came_back(route, answer)

        await self.push_screen(await route(self.shown.case, *args), came_back)


@pytest.fixture
def stage() -> Staged:
    return WithForms


@pytest.fixture
def person(case: Case) -> int:
    """In phase 5, with three people around and a consent for two of them."""
    change = case.store.change_now
    number = change(participants.add, {"given_name": "Håkon", "family_name": "Sæthre"}, date(2026, 1, 1), 2)
    change(phases.begin, number, 5, date(2026, 10, 1), ending=(2,))
    for agency, role, name, phone in (
        ("nav", "nav_state", "Nina Nav", "90 00 00 01"),
        ("probation", "probation_contact", "Frode Friberg", "90 00 00 02"),
        ("health", "gp", "Liv Lege", "90 00 00 03"),
    ):
        contact = change(people.add, {"name": name, "agency": agency, "role": role, "phone": phone})
        change(network.involve, number, contact)
    for agency, role in (("nav", "nav_state"), ("probation", "probation_contact")):
        change(consents.give, number, {"agency": agency, "role": role, "given": date(2026, 9, 1)})
    return number


@pytest.fixture
def leaving(case: Case, person: int) -> int:
    """On the way out for independence."""
    case.store.change_now(phase_outs.begin, person, "independence", date(2026, 11, 20), "Har jobb og bolig")
    return person


def file(case: Case, person: int) -> PhaseOutFile:
    return case.store.ask_now(phase_out_file.file_of, person)


def flat(app: Any) -> str:
    return " ".join(app.text().split())


async def test_the_reasons_stand_there_until_one_is_chosen(case: Case, stage: Staged, person: int) -> None:
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Not being phased out. Choose the reason to begin." in text
        names = ("Independence", "Drop-out", "No basis", "Moved out", "own wish", "Our decision", "Death")
        assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
        assert "Partners are told: No longer a participant of EX/IN" in flat(app)
        await pilot.press("t")
        assert "Choose the reason first" in app.text()
        await pilot.press("b")
        assert "is not phased out" in app.text()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "Begin phase-out · Håkon Sæthre" in app.text()
        assert "Attempts to reach the person in the timeline: 0 of 3." in flat(app)
        await pilot.press("f", "down", *"i morgen", "f2")
        await pilot.pause()
        assert "Began: the date is in the future" in flat(app)
        await pilot.press(*"20.11", "down", *"Svarer ikke", "f2")
        await pilot.pause()
        assert "Drop-out" in app.text()
        assert "since 20.11.2026" in app.text()
        assert "Attempts to reach" in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [person]
    found = file(case, person).current
    assert found is not None
    assert (found.reason, found.began, found.words) == ("drop_out", date(2026, 11, 20), "Svarer ikke")


async def test_partners_are_ticked_with_date_and_how_and_ground(case: Case, stage: Staged, leaving: int) -> None:
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Partners to tell 0/3" in app.text()
        assert "no consent" in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "Probation, Contact person, Frode Friberg, 900 00 002" in app.text()
        assert "Covered:" in app.text()
        assert "Ground" not in app.text()
        await pilot.press("down", *"Telefon", "f2")
        await pilot.pause()
        assert "[x] Probation" in app.text()
        assert "22.11 KN Telefon" in app.text()
        # The mark stays where it was; t goes to the first who is not told.
        await pilot.press("t", "f2")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        assert "NOT covered" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "Not saved: Ground needs another look." in app.text()
        await pilot.press("right", "f2")
        await pilot.pause()
        assert app.text().count("[x]") == 3
        await pilot.press("t")
        assert "Everyone who should be told has been." in app.text()
    assert len(case.store.ask_now(disclosures.of, leaving)) == 3
    assert case.store.ask_now(disclosures.flagged, leaving) == 1


async def test_somebody_is_left_out_and_somebody_added(case: Case, stage: Staged, leaving: int) -> None:
    case.store.change_now(people.add, {"name": "Per Politi", "agency": "police", "role": "police_contact"})
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("x", *"Saken er lukket", "enter")
        await pilot.pause()
        assert "[–] Probation" in app.text()
        assert "not to be told: Saken er lukket" in app.text()
        await pilot.press("x")
        await pilot.pause()
        assert "[ ] Probation" in app.text()
        await pilot.press("n", *"politi", "enter")
        await pilot.pause()
        assert "Per Politi" in app.text()
        assert "Partners to tell 0/4" in app.text()


async def test_the_whole_way_out_for_independence(case: Case, stage: Staged, leaving: int) -> None:
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "5 things left" in app.text()
        await pilot.press("s")
        await pilot.pause()
        assert "All consents end today" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "[x] End the consents" in app.text()
        assert "ended 22.11.2026" in app.text()
        await pilot.press("c", "down", *"Spiste pizza", "f2")
        await pilot.pause()
        assert "[x] Closing talk" in app.text()
        assert "3 things left" in app.text()
        await pilot.press("f")
        await pilot.pause()
        assert "Left: Not told yet: Probation, " in flat(app)
        await pilot.press(*"Det gikk bra", "f2")
        await pilot.pause()
        assert "Reason: say why it is closed though this is left." in flat(app)
        await pilot.press(*"Ringer i morgen", "f2")
        await pilot.pause()
        assert "closed 22.11.2026 by Kari Nordmann" in app.text()
        await pilot.press("c")
        assert "b notes that the participant has come back" in flat(app)
        # A partner may be told late.
        await pilot.press("home", "enter", "f2")
        await pilot.pause()
        assert "[x] Probation" in app.text()
        await pilot.press("end")
        assert "Det gikk bra" in app.text()
        assert "Closed all the same: Ringer i morgen" in app.text()
    found = file(case, leaving)
    assert found.phased_out
    assert found.current is not None
    assert (found.current.summary, found.current.closed_reason) == ("Det gikk bra", "Ringer i morgen")


async def test_drop_out_counts_attempts_and_sends_a_message(case: Case, stage: Staged, person: int) -> None:
    for hours in (100, 80):
        at = case.store.clock.seconds() - hours * 3600
        case.store.change_now(timeline.record, person, {"kind": "phone", "at": at, "outcome": "attempted"})
    case.store.change_now(phase_outs.begin, person, "drop_out", TODAY)
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[ ] Attempts to reach" in app.text()
        assert "2 attempts (at least 3)" in app.text()
        assert "End the consents" not in app.text()
        await pilot.press("down", "down", "down")
        assert "Counted from the timeline since the last contact: never." in app.text()
        # An attempt is recorded from here, and the mark is still on the step.
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("t", "up", "up", "right", "f2")
        await pilot.pause()
        assert "[x] Attempts to reach" in app.text()
        assert "3 attempts (at least 3)" in app.text()
        await pilot.press("m", "down", *"SMS", "f2")
        await pilot.pause()
        assert "[x] Last message" in app.text()
        assert "22.11.2026 SMS" in app.text()


async def test_the_hand_over_note_is_read_and_then_dated(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phase_outs.begin, person, "moved", TODAY)
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert "Hand-over note on moving" in app.text()
        assert "Håkon Sæthre" in app.text()
        await pilot.press("q")
        await pilot.pause()
        assert "When did the new place get the note?" in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert "[ ] Hand-over note" in app.text()
        await pilot.press("o", "q", "enter")
        await pilot.pause()
        assert "[x] Hand-over note" in app.text()


async def test_somebody_comes_back_to_the_phase_that_fits(case: Case, stage: Staged, leaving: int) -> None:
    line = file(case, leaving).current
    assert line is not None
    case.store.change_now(phase_outs.close, line.id, line.version, "Det gikk bra", "x")
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert "Left: Independence, 22.11.2026" in app.text()
        assert "A note of what changed helps" in app.text()
        assert "5 Reintegration" in app.text()
        await pilot.press("down", "4", "down", *"Mistet boligen", "f2")
        await pilot.pause()
        assert "Not being phased out" in app.text()
        assert "Before" in app.text()
        assert "back 22.11.2026   Mistet boligen" in flat(app).replace("back 22.11.2026 ", "back 22.11.2026   ")
    assert [span.phase for span in file(case, leaving).lasting] == [4]


async def test_one_without_a_record_comes_back_too(case: Case, stage: Staged, person: int) -> None:
    (span,) = (span for span in case.store.ask_now(phases.of, person) if span.ended is None)
    case.store.change_now(phases.end, span.id, span.version, TODAY)
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Phased out. b notes that the participant has come back." in app.text()
        await pilot.press("b", "f2")
        await pilot.pause()
    assert [one.phase for one in file(case, person).lasting] == [5]


async def test_a_phase_out_that_a_review_began_asks_for_its_reason(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phases.begin, person, 6, TODAY, ending=(5,), reviewed=True)
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Phase-out began 22.11.2026; choose the reason." in app.text()
        assert "Not being phased out" not in app.text()


async def test_from_a_death_nobody_comes_back_but_a_mistake_is_corrected(
    case: Case, stage: Staged, person: int
) -> None:
    case.store.change_now(phase_outs.begin, person, "death")
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        assert "how to make contact again" not in app.text()
        await pilot.press(*"Rolig", "down", *"x", "f2")
        await pilot.press("c")
        assert "b corrects what was noted by mistake" in app.text()
        await pilot.press("b")
        assert "Noted by mistake" in app.text()
        assert "Back in EX/IN" not in app.text()
        assert "Nobody comes back from this" in app.text()
        await pilot.press("f2")
        assert "say how it came to be noted by mistake" in flat(app)
        await pilot.press("end", *"Forvekslet", "f2")
    assert [one.phase for one in file(case, person).lasting] == [5]


async def test_two_who_close_at_once_choose(case: Case, colleague: Store, stage: Staged, leaving: int) -> None:
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", *"Min", "down", *"grunn")
        line = file(case, leaving).current
        assert line is not None
        colleague.change_now(phase_outs.close, line.id, line.version, "Deres", "deres grunn")
        await pilot.press("f2")
        await pilot.pause()
        assert "Deres" in app.text()
        assert "Min" in app.text()
        await pilot.press("enter", "m")
        await pilot.pause()
        assert "it is changed no more" in flat(app)
    after = file(case, leaving).current
    assert after is not None
    assert after.summary == "Deres"


async def test_what_is_written_is_kept_when_the_form_is_left(case: Case, stage: Staged, leaving: int) -> None:
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", *"Halvferdig", "escape")
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        assert "Halvferdig" in app.text()


async def test_a_reader_looks_only(case: Case, stage: Staged, leaving: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("enter", "t", "x", "n", "s", "c", "m", "f", "b", "r", "space"):
            await pilot.press(key)
            assert "read access only" in app.text(), key


async def test_names_are_hidden(case: Case, stage: Staged, leaving: int) -> None:
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "Phase-out · EX-001" in app.text()
        for name in ("Sæthre", "Nina", "Friberg", "Lege"):
            assert name not in app.text()
        await pilot.press("t")
        await pilot.pause()
        assert "Nina" not in app.text()


@pytest.fixture
def far(case: Case, person: int) -> int:
    """On the way out with a partner whose line is long."""
    known = {"name": "Maria Cecilie Vågen-Haugerud", "agency": "nav", "role": "nav_municipal", "phone": "+4790000004"}
    contact = case.store.change_now(people.add, {**known, "email": "maria.cecilie.vagen@nav.example"})
    case.store.change_now(network.involve, person, contact)
    case.store.change_now(phase_outs.begin, person, "independence", date(2026, 11, 20), "Har jobb og bolig")
    return person


async def test_the_phone_is_whole_and_the_marked_partner_is_told_whole(case: Case, stage: Staged, far: int) -> None:
    app = stage(PhaseOutScreen(case, far))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (row,) = (line for line in app.text().splitlines() if "[ ] Nav, Municipal" in line)
        assert row.endswith("no consent  900 00 004")
        while app.screen.moving.row.partner.role != "nav_municipal":
            await pilot.press("down")
        told = "Nav, Municipal caseworker · Maria Cecilie Vågen-Haugerud · 900 00 004"
        assert f"{told} · maria.cecilie.vagen@nav.example" in flat(app)
        await pilot.press("p")
        for known in ("Vågen", "900 00", "maria"):
            assert known not in app.text()
        await pilot.press("enter")
        assert "Tell a partner" in app.text()
        for known in ("Vågen", "900 00", "maria"):
            assert known not in app.text()


async def test_what_is_left_is_as_many_as_the_open_boxes(case: Case, stage: Staged, far: int) -> None:
    app = stage(PhaseOutScreen(case, far))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        boxes = app.text().count("[ ]")
        assert f"{boxes - 1} things left" in app.text()
        assert "[ ] Summary, and close" in app.text()
        await pilot.press("x", *"Vet det", "enter")
        assert f"{boxes - 2} things left" in app.text()


async def test_that_it_was_left_unfinished_stands_above_a_long_heading(case: Case, stage: Staged, far: int) -> None:
    app = stage(PhaseOutScreen(case, far))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", *"Det gikk bra", "escape", "f")
        await pilot.pause()
        assert "You left this unfinished" in app.text()
        assert "Nav, State caseworker; " in flat(app)


async def test_attempts_are_counted_and_not_out_of_the_least(case: Case, stage: Staged, person: int) -> None:
    change = case.store.change_now
    for day in range(1, 5):
        moment = case.store.clock.seconds() - day * 86_400
        change(timeline.record, person, {"kind": "phone", "at": moment, "outcome": "attempted"})
    change(phase_outs.begin, person, "drop_out", TODAY, "")
    app = stage(PhaseOutScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "4 attempts (at least 3)" in app.text()


async def test_the_keys_of_participant_and_board_open_it(case: Case, stage: Staged, person: int) -> None:
    screen = ParticipantScreen(case)
    await screen.turn_to(person)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("U")
        await pilot.pause()
    assert app.asked == [(PHASE_OUT, person)]
    (span,) = (span for span in case.store.ask_now(phases.of, person) if span.ended is None)
    case.store.change_now(phases.end, span.id, span.version, TODAY)
    app = stage(BoardScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("U")
        assert "Nobody is selected." in app.text()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("U")
        await pilot.pause()
    assert app.asked == [(PHASE_OUT, person)]


@pytest.mark.parametrize("size", SIZES)
def test_how_the_steps_look(snap_compare: Any, case: Case, stage: Staged, leaving: int, size: tuple[int, int]) -> None:
    nav = file(case, leaving).current
    assert nav is not None
    case.store.change_now(phase_outs.tell, nav.told[0].id, TODAY, "Telefon", 1)
    assert snap_compare(stage(PhaseOutScreen(case, leaving)), terminal_size=size, press=["down"])


@pytest.mark.parametrize("size", SIZES)
def test_how_the_reasons_look(snap_compare: Any, case: Case, stage: Staged, person: int, size: tuple[int, int]) -> None:
    assert snap_compare(stage(PhaseOutScreen(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_closing_looks(snap_compare: Any, case: Case, stage: Staged, leaving: int, size: tuple[int, int]) -> None:
    assert snap_compare(stage(PhaseOutScreen(case, leaving)), terminal_size=size, press=["f"])


@pytest.mark.parametrize("size", SIZES)
def test_how_a_closed_one_looks(
    snap_compare: Any, case: Case, stage: Staged, leaving: int, size: tuple[int, int]
) -> None:
    line = file(case, leaving).current
    assert line is not None
    case.store.change_now(
        phase_outs.close, line.id, line.version, "Det gikk bra, og døra står åpen.", "Fastlegen er på ferie"
    )
    assert snap_compare(stage(PhaseOutScreen(case, leaving)), terminal_size=size, press=["end"])


async def test_why_somebody_is_not_told_is_kept_while_it_is_written(case: Case, stage: Staged, leaving: int) -> None:
    app = stage(PhaseOutScreen(case, leaving))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "enter")
        assert "Write why, or press Esc." in app.text()
        await pilot.press(*"Saken er luk", "escape", "x")
        assert "You left this unfinished" in app.text()
        await pilot.press(*"ket", "enter")
        assert "not to be told: Saken er lukket" in flat(app)
    assert case.store.ask_now(drafts.kept) == []
