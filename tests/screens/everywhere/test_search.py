"""Search as one types: what is found, its context, opening it, coming back, and hidden names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from textual.pilot import Pilot

from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.contacts import network
from models.contacts import people as contacts
from models.intake import intakes
from models.meetings import meetings
from models.participants import participants
from models.phase_outs import phase_outs
from models.reviews import reviews
from models.search import queries as search
from models.store import Store
from models.team import absences
from models.values.clock import Clock
from screens.everywhere.search import MOST, QUIET_SECONDS, SearchScreen, marked
from screens.frame.case import Case
from screens.frame.destinations import ABSENCES, INTAKE, MEETING, MEETINGS, PARTICIPANT, PHASE_OUT, REVIEW
from screens.frame.places import MARKED
from screens.widgets.line import DIM, FOUND

Staged = Callable[[Any], Any]


@pytest.fixture
def people(case: Case) -> dict[str, int]:
    """Two people, and what was written about them."""
    change = case.store.change_now
    asa = change(participants.add, {"given_name": "Åse", "family_name": "Sæthre", "district": "Søndre Nordstrand"})
    bo = change(participants.add, {"given_name": "Bo", "family_name": "Håkonsen"})
    for day, who, text in (
        (3, asa, "Ringte om bolig. Håkon fra kommunen svarte ikke, prøver igjen i morgen."),
        (10, bo, "Visning av bolig på Holmlia sammen med Åse. Nøklene kan hentes på fredag."),
        (12, bo, "Snakket om skole og arbeid."),
    ):
        at = case.clock.stored(datetime(2026, 11, day, 9, 30))
        change(timeline.record, who, {"kind": "phone", "minutes": 10, "at": at, "text": text})
    return {"asa": asa, "bo": bo}


async def _write(pilot: Pilot[Any], text: str) -> None:
    await pilot.press(*["space" if letter == " " else letter for letter in text])
    await _settle(pilot)


async def _settle(pilot: Pilot[Any]) -> None:
    await pilot.pause(QUIET_SECONDS * 1.5)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_hits_come_as_one_types_people_first(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Write part of a name, a code or a word." in app.text()
        await _write(pilot, "haak")
        lines = app.text().splitlines()
        assert "2 found" in lines[0]
        first = next(number for number, line in enumerate(lines) if line.startswith("▌"))
        assert "Bo Håkonsen" in lines[first]
        assert "Participant" in lines[first]
        assert "Åse Sæthre" in lines[first + 2]
        assert "03.11.2026" in lines[first + 2]
        assert "Ringte om bolig. Håkon fra kommunen" in lines[first + 3]


async def test_the_arrows_move_while_the_line_keeps_the_focus(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "bolig")
        await pilot.press("down", "down", "up", "pagedown", "enter")
        [(what, who, entry)] = app.asked
        hits = case.store.ask_now(search.find, "bolig")
        assert (what, who, entry) == (PARTICIPANT, hits[-1].participant, hits[-1].entry)
        assert app.screen._line.has_focus


async def test_nothing_found_is_said_in_words_and_enter_says_why(case: Case, stage: Staged) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "zebra")
        assert "Nothing found." in app.text()
        await pilot.press("enter")
        assert "There is nothing to open." in app.text()
        assert app.asked == []


async def test_enter_before_the_answer_searches_and_opens_nothing_unseen(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "skole")
        await pilot.press("f3", *"holm", "enter")
        assert app.asked == []
        assert "Holmlia" in app.text()
        await pilot.press("enter")
        assert app.asked[0][:2] == (PARTICIPANT, people["bo"])


async def test_a_late_answer_to_something_else_is_dropped(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        screen._line.value = "skole"
        late = asyncio.create_task(screen._search())
        await asyncio.sleep(0)
        screen._line.value = "holmlia"
        await late
        assert "skole" not in app.text().split("\n", 2)[2]
        await _settle(pilot)
        assert "Holmlia" in app.text()


async def test_while_names_are_hidden_neither_names_nor_contexts_show(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    case.private = True
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "bol")
        text = app.text()
        assert "EX-" in text
        assert "10.11.2026" in text
        for hidden in ("Åse", "Sæthre", "Håkon", "Holmlia", "Nøklene", "Bo "):
            assert hidden not in text


async def test_hiding_names_empties_a_search_that_may_be_a_name(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "saethre")
        assert "Åse Sæthre" in app.text()
        await pilot.press("f8")
        await _settle(pilot)
        assert "saethre" not in app.text()
        assert "Sæthre" not in app.text()
        assert "names hidden" in app.text()


async def test_coming_back_shows_the_same_search_with_what_was_written_meanwhile(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    from screens.frame.prompt import PromptScreen

    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "bolig")
        await pilot.press("down")
        marked = app.screen.moving.row.entry
        await app.push_screen(PromptScreen(case, "Something else", str))
        case.store.change_now(timeline.record, people["asa"], {"kind": "note", "text": "Søkt om bolig i dag."})
        app.pop_screen()
        await _settle(pilot)
        assert "3 found" in app.text()
        assert app.screen.moving.row.entry == marked, "the new one stands above it"
        assert "bolig" in app.text().splitlines()[1]


async def test_escape_goes_back_through_the_shell(case: Case, stage: Staged) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        assert app.asked == [("back",)]


async def test_more_than_fit_says_that_these_are_the_first(case: Case, stage: Staged, people: dict[str, int]) -> None:
    for number in range(MOST + 5):
        case.store.change_now(timeline.record, people["bo"], {"kind": "note", "text": f"Kjeks nummer {number}"})
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "kjeks")
        assert f"the first {MOST}; write more to narrow it down" in app.text()


def test_the_words_found_are_marked() -> None:
    assert [piece for piece in marked("om bolig og bolig", ((3, 8), (12, 17))) if piece[0]] == [
        ("om ", DIM),
        ("bolig", FOUND),
        (" og ", DIM),
        ("bolig", FOUND),
    ]


async def _found(pilot: Pilot[Any]) -> None:
    await _write(pilot, "bolig")


async def _not_found(pilot: Pilot[Any]) -> None:
    await _write(pilot, "zebra")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("before", [_found, _not_found], ids=["found", "nothing"])
def test_it_looks_right(
    case: Case, stage: Staged, people: dict[str, int], snap_compare: Any, size: tuple[int, int], before: Any
) -> None:
    assert snap_compare(stage(SearchScreen(case)), terminal_size=size, run_before=before)


async def test_what_the_team_said_opens_where_it_was_said(case: Case, stage: Staged, people: dict[str, int]) -> None:
    change, asa = case.store.change_now, people["asa"]
    review = change(reviews.begin, asa, "1_2")
    change(reviews.answer, review, "room", "Gitarspill med broren", None)
    meeting = change(meetings.open_, "weekly")
    change(meetings.add, meeting, "note", "Gitaren er reparert", asa)
    change(meetings.park, None, "Gitarkurs for alle")
    change(intakes.change_referral, people["bo"], 0, {"referral_note": "spiller gitar"})
    change(phase_outs.begin, people["bo"], "own_wish", words="vil spille gitar")
    change(absences.add, {"staff": 1, "first": case.clock.today(), "note": "gitarfestival"})
    wanted = {
        "Phase review": (REVIEW, review), "Intake": (INTAKE, people["bo"]),
        "Phase-out": (PHASE_OUT, people["bo"]), "Absence": (MARKED, ABSENCES),
    }  # fmt: skip
    app = stage(SearchScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await _write(pilot, "gitar")
        seen = {}
        for _hit in case.store.ask_now(search.find, "gitar"):
            line = next(line for line in app.text().splitlines() if line.startswith("▌"))
            await pilot.press("enter")
            seen[next(word for word in (*wanted, "Minutes of a meeting", "") if word in line), line] = app.asked
            app.asked = []
            await pilot.press("down")
            await _settle(pilot)
        opened = [(word, asked[0][:2]) for (word, _line), asked in seen.items() if word]
        assert set(opened) >= set(wanted.items())
        assert {asked for word, asked in opened if word == "Minutes of a meeting"} == {
            (MEETING, meeting),
            (MEETINGS,),
        }
        (team,) = [line for (_word, line), asked in seen.items() if asked == [(MEETINGS,)]]
        assert "The team" in team


async def test_hidden_names_hide_what_the_team_said_too(case: Case, stage: Staged, people: dict[str, int]) -> None:
    review = case.store.change_now(reviews.begin, people["asa"], "1_2")
    case.store.change_now(reviews.answer, review, "room", "Åse liker gitarspill", None)
    case.private = True
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "gitarspill")
        assert "EX-001" in app.text()
        assert "Phase review" in app.text()
        assert "Åse" not in app.text()
        assert "liker" not in app.text()


async def test_opened_anew_what_is_typed_replaces_what_was_looked_for(
    case: Case, store: Store, clock: Clock, people: dict[str, int]
) -> None:
    app = ExinApp(Settings(language="en"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await _write(pilot, "bolig")
        await pilot.press("escape", "slash")
        await _settle(pilot)
        assert isinstance(app.screen, SearchScreen)
        assert app.screen._line.value == "bolig"
        assert app.screen.moving.count == 2
        await _write(pilot, "skole")
        assert app.screen._line.value == "skole"
        assert app.screen.moving.count == 1
        await pilot.press("escape", "slash", "end", *"n")
        assert app.screen._line.value == "skolen"


async def test_after_a_hit_was_opened_a_new_word_replaces_the_old_one_which_is_offered(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "bolig")
        await pilot.press("enter")
        assert len(app.asked) == 1
        await _write(pilot, "x")
        assert app.screen._line.value == "x"
        await pilot.press("backspace")
        await _settle(pilot)
        assert "F3 brings back “bolig”." in app.text()
        await pilot.press("f3")
        await _settle(pilot)
        assert app.screen._line.value == "bolig"
        assert "2 found" in app.text()
        # In a line that was brought back, once more goes on to what was before that; else it empties the line.
        await _write(pilot, "en")
        await pilot.press("f3")
        assert app.screen._line.value == ""
        for word in ("boligen", "bolig", ""):
            await pilot.press("f3")
            assert app.screen._line.value == word


async def test_what_was_looked_for_is_forgotten_when_names_are_hidden(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "saethre")
        await pilot.press("enter", "f8")
        await _settle(pilot)
        assert "saethre" not in app.text()
        await pilot.press("f3")
        await _settle(pilot)
        assert app.screen._line.value == ""
        await _write(pilot, "sae")
        await pilot.press("enter", "f3")
        await _settle(pilot)
        assert "sae" not in app.text(), "nor is it kept while they are"


async def test_whose_number_it_is_shows_no_name_and_no_number_while_names_are_hidden(
    case: Case, stage: Staged, people: dict[str, int]
) -> None:
    contact = case.store.change_now(contacts.add, {"name": "Berit Moe", "agency": "nav", "phone": "22 05 05 00"})
    case.store.change_now(network.involve, people["asa"], contact, {"role": "nav_state"})
    app = stage(SearchScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await _write(pilot, "+47 22050500")
        for shown in ("Berit Moe", "Contact person", "Åse Sæthre", "22 05 05 00"):
            assert shown in app.text()
        await pilot.press("f8")
        await _write(pilot, "004722050500")
        assert "EX-001" in app.text()
        assert "Contact person" in app.text()
        for hidden in ("Berit", "Åse", "Sæthre", "22 05 05 00"):
            assert hidden not in app.text()
