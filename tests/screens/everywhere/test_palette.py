"""The palette offers the screen's own actions by name, does the chosen one after closing, and says why it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from config import words
from config.actions import ACTIONS
from config.actions.synonyms import SYNONYMS
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.participants import participants
from models.store import Store
from models.values.clock import Clock
from models.values.text import fold
from screens.everywhere.commands import Command
from screens.everywhere.palette import PaletteScreen
from screens.forms.form import FormScreen
from screens.frame.case import Case
from screens.frame.screen import CaseScreen
from screens.participant.record_form import RecordForm
from screens.widgets.key_line import KeyLine
from tests.screens.board.test_board import press

Staged = Callable[[Any], Any]


class Desk(CaseScreen[None]):
    """A participant's screen with two of its actions."""

    SCOPE = "participant"

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.done: list[str] = []

    def why_not(self, action_id: str) -> str:
        return "You may only read." if action_id == "participant.edit" else ""

    def action_record(self) -> None:
        self.done.append(f"record from {type(self.app.screen).__name__}")

    def action_edit(self) -> None:
        self.done.append("edit")

    def action_up(self) -> None:
        self.done.append("up")


def found(app: Any) -> list[Command]:
    shown = app.screen.moving
    return [shown.row_at(place) for place in range(shown.count)]


async def test_it_offers_what_keys_start_first(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, PaletteScreen)
        offered = [action.id for action in found(app)]
        own = [action for action in desk.actions() if action.palette]
        assert offered[: len(own)] == [action.id for action in own]
        assert "participant.up" not in offered
        assert "participant.topics" not in offered, "nothing that needs the screen it is done on"
        text = app.text()
        assert "Screenshot" not in text
        for action in own:
            assert action.label in text


async def test_the_chosen_one_is_done_after_closing(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"rec", "enter")
        await pilot.pause()
        assert desk.done == ["record from Desk"]


async def test_arrows_choose_and_the_foot_follows(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await pilot.pause()
        places = [action.id for action in found(app)]
        await pilot.press(*["down"] * places.index("app.lock"), "enter")
        await pilot.pause()
        assert app.asked == [("lock",)]


async def test_one_that_cannot_be_done_says_why_and_stays(case: Case, stage: Staged) -> None:
    desk = Desk(case)
    app = stage(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"edit")
        await pilot.pause()
        assert "You may only read." in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert desk.done == []
        assert isinstance(app.screen, PaletteScreen)


async def test_letters_are_folded_in_names_and_explanations(
    case: Case, stage: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gettext

    class Norwegian(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Search": "Søk"}.get(message, message)

    monkeypatch.setattr(words, "_catalog", Norwegian())
    app = stage(Desk(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"sok")
        await pilot.pause()
        assert found(app)[0].id == "app.search"


async def test_nothing_by_that_name_is_said(case: Case, stage: Staged) -> None:
    app = stage(Desk(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", *"zzz")
        await pilot.pause()
        assert "No command is called that." in app.text()
        await pilot.press("enter", "escape")
        assert isinstance(app.screen, Desk)


# ---------------------------------------------------------------------- every screen, every kind, every word


def test_every_word_is_about_an_action_there_is_and_is_folded_once() -> None:
    assert set(SYNONYMS) <= {action.id for action in ACTIONS}
    for id, said in SYNONYMS.items():
        assert len(set(fold(said).split())) == len(fold(said).split()), id


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("telefon", "write.phone"), ("phone call", "write.phone"), ("besøk", "write.visit_mapping"),
        ("visit", "write.visit_progress"), ("ikke svar", "write.no_answer"), ("no answer", "write.no_answer"),
        ("pdf", "participant.paper"), ("skriv ut", "participant.paper"), ("ukeplan", "board.agenda"),
        ("kalender", "board.agenda"), ("calendar", "board.agenda"), ("samtykke", "participant.consents"),
        ("consent", "participant.consents"), ("ferie", "board.absences"), ("holiday", "board.absences"),
        ("sjekkliste", "participant.checklists"), ("referat", "board.meetings"), ("penger", "participant.spending"),
        ("passord", "app.passphrase"), ("språk", "app.settings"), ("varsel", "board.signals"),
        ("notat", "write.note"), ("settings", "app.settings"), ("innstillinger", "app.settings"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["board", "participant"])
async def test_what_people_call_it_finds_it_in_both_languages(
    store: Store, clock: Clock, language: str, word: str, wanted: str, place: str
) -> None:
    store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})
    app = ExinApp(Settings(language=language, board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *(["enter"] if place == "participant" else []), "f10")
        await pilot.press(*word)
        await pilot.pause()
        # The board has some of a participant's screens as its own.
        offered = {one.id.replace("board.", "participant.") for one in found(app)}
        assert wanted.replace("board.", "participant.") in offered


async def test_a_screen_of_elsewhere_and_a_kind_are_opened(store: Store, clock: Clock) -> None:
    person = store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})
    app = ExinApp(Settings(language="nb", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10")
        await pilot.pause()
        await pilot.press(*"samtykke")
        await press(pilot, "enter")
        assert type(app.screen).__name__ == "ConsentsScreen"
        await press(pilot, "escape", "enter", "f10")
        await pilot.press(*"telefon")
        await press(pilot, "enter")
        form = app.screen
        assert isinstance(form, RecordForm)
        assert (form.field("kind").written, form.focused) == ("phone", form.field("text"))
        await pilot.press(*"Ringte")
        await press(pilot, "f2")
    [entry] = [one for one in store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 9) if one.kind == "phone"]
    assert entry.text == "Ringte"


async def test_every_command_of_elsewhere_leads_somewhere(store: Store, clock: Clock) -> None:
    store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f10")
        every = [one for one in found(app) if not one.key]
        assert len(every) > 20
        await press(pilot, "escape")
        board = app.screen
        for one in every:
            if one.id == "write.no_answer" or one.id == "write.no_reply":
                continue
            await one.run()
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert app.screen is not board, one.id
            while app.screen is not board:
                await press(pilot, "escape" if not isinstance(app.screen, FormScreen) else "f4")


async def test_who_only_reads_is_told_why_and_the_foot_offers_nothing_that_writes(store: Store, clock: Clock) -> None:
    store.change_now(participants.add, {"given_name": "Arne", "family_name": "Prøve"})
    store.actor = replace(store.actor, role="reader")
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        for keys in ([], ["enter"], ["c"], ["escape", "s"], ["escape", "v"]):
            await press(pilot, *keys)
            offered = [hint.label for hint in app.screen.query_one(KeyLine)._hints]
            writing = {words._(action.label) for action in app.screen.actions() if action.writes} - {
                words._(action.label) for action in app.screen.actions() if not action.writes
            }
            assert not writing & set(offered), type(app.screen).__name__
        await press(pilot, "escape", "f10")
        await pilot.press(*"phone call")
        await pilot.pause()
        [call] = [one for one in found(app) if one.id == "write.phone"]
        assert "read access" in call.refusal()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_it_looks_right(case: Case, stage: Staged, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(Desk(case)), terminal_size=size, press=["f10"])
