"""What takes a form or a question off the screen by nobody's key there: no sentence that goes on is a command."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from textual import events

from config.settings import Settings
from exin_tui.app import ExinApp
from models import users
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.plans import tasks
from models.restrictions import restrictions
from models.reviews import reviews
from models.storage.reading import Reading
from models.store import Store
from models.values.clock import Clock
from screens.board.screen import BoardScreen
from screens.everywhere.lock import LockScreen
from screens.forms.conflict import ConflictScreen
from screens.forms.draft_prompt import KeptPrompt
from screens.forms.form import FormScreen
from screens.forms.line_fields import LineField
from screens.forms.secret_form import SecretForm
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT, REVIEWS
from screens.frame.prompt import PromptScreen
from screens.frame.sudden import Sudden, ToldScreen, take_away
from screens.meetings.line import MeetingLine
from screens.meetings.list import OF_KIND
from screens.participant.record_form import RecordForm
from screens.phase_outs.forms import PhaseOutForm
from screens.plans.task_form import TaskForm
from screens.reviews.screen import screen_of
from tests.screens.board.test_board import words_on
from tests.screens.forms.test_unfinished_forms import FORMS, TODAY, first_text, made, named, world
from tests.screens.restrictions.sessions import Sessions

__all__ = ["world"]

BEGUN: Final = "Halvveis"
REST: Final = (*"n t d k m r u", "space", *"x j D g S", "enter", *"T a H o K p v i b Y q e w")
"""Half a sentence more, in which nearly every letter is a key of some list."""
AT_WORK = Settings(language="en", board_scope="team")


def acts(store: Store) -> int:
    return int(store.ask_now(Reading.value, "SELECT count(*) FROM audit"))


def kept(store: Store) -> str:
    """Everything that is kept unfinished, whoever may see it."""
    return str(store.examine_now(Reading.value, "SELECT group_concat(content) FROM draft") or "")


async def go_on(pilot: Any) -> None:
    """Type the rest of the sentence, without a look at the screen."""
    await pilot.press(*REST)
    await pilot.pause()


def field_of(form: Any) -> Any:
    """Where somebody would be writing."""
    shown = (one for one in form.form.fields if isinstance(one, LineField) and one.display)
    return next(shown, None) or first_text(form)


# ---------------------------------------------------------------------- forms


def restrict(store: Store, world: dict[str, Any]) -> None:
    store.change_now(restrictions.restrict, world["participant"], {"may_see": (1,), "reason": "Vern"})


def phase_out(store: Store, world: dict[str, Any]) -> None:
    if store.ask_now(phase_out_file.file_of, world["participant"]).current is None:
        store.change_now(phase_outs.begin, world["participant"], world["reason"], TODAY)


def phase_out_and_make_reader(store: Store, world: dict[str, Any]) -> None:
    phase_out(store, world)
    users.set_role(store, "ola", "reader")


CAUSES = {"restricted": restrict, "phased out and role": phase_out_and_make_reader, "lock": None}


@pytest.mark.slow
@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("cls", FORMS, ids=lambda cls: cls.__name__)
async def test_no_form_that_goes_lets_the_rest_of_the_sentence_do_anything(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any], cls: type[Any], cause: str
) -> None:
    if issubclass(cls, PhaseOutForm) and cls.__name__ != "BeginPhaseOutForm":
        phase_out(store, world)
        file = store.ask_now(phase_out_file.file_of, 3)
        world["told"] = file.current.told[0].id if file.current and file.current.told else None
    ola = sessions("ola")
    app = ExinApp(AT_WORK, ola, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, world["participant"])
        form = made(app.case, cls, world, named(cls, new=True))
        await app.push_screen(form)
        await pilot.pause()
        if not isinstance(app.screen, cls):
            pytest.skip("it is not for a caseworker")
        if isinstance(form, RecordForm):
            await pilot.press("t")
        field = field_of(form)
        form.set_focus(field)
        await pilot.press("end", *BEGUN)
        assert BEGUN in field.written
        may_save = not form.only_reads()
        happens = CAUSES[cause]
        if happens is not None:
            happens(store, world)
            await app._look_around()
        else:
            await app.lock()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        before = acts(store)
        await go_on(pilot)
        front = app.screen
        assert acts(store) == before
        assert isinstance(front, (cls, ToldScreen, LockScreen)), front
        if cause == "restricted":
            assert isinstance(front, ToldScreen)
        if isinstance(front, cls):
            assert any(BEGUN in one.written for one in form.form.fields)
            await form.keep()
        assert not may_save or BEGUN in kept(store)
        if isinstance(front, ToldScreen):
            await pilot.press("escape")
            assert not isinstance(app.screen, ToldScreen)


async def test_a_form_over_the_board_goes_with_whom_it_is_about(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.push_screen(TaskForm(app.case, world["participant"]))
        await pilot.press(*BEGUN)
        restrict(store, world)
        await app._look_around()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ToldScreen)
        shown = " ".join(words_on(app).split())
        assert "restricted to some colleagues" in shown
        assert "kept with the participant" in shown
        assert BEGUN in kept(store)


async def test_an_entry_that_a_key_of_the_board_began_goes_with_whom_it_is_about(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        board = app.screen_stack[0]
        assert isinstance(board, BoardScreen)
        for _row in range(3):
            if board.concerned != world["participant"]:
                await pilot.press("down")
        await pilot.press("r", "t", *BEGUN)
        assert isinstance(app.screen, RecordForm)
        restrict(store, world)
        await app._look_around()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ToldScreen)
        assert "kept with the participant" in " ".join(words_on(app).split())
        assert BEGUN in kept(store)


async def test_a_form_whose_participant_is_gone_when_it_opens_says_so_where_no_letter_is_an_answer(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        restrict(store, world)
        before = acts(store)
        await app.push_screen(made(app.case, TaskForm, world, {"participant"}))
        await pilot.pause()
        assert isinstance(app.screen, ToldScreen)
        await go_on(pilot)
        assert isinstance(app.screen, ToldScreen)
        assert acts(store) == before


async def test_a_screen_that_could_not_be_read_says_so_where_no_letter_is_an_answer(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        meeting = store.change_now(meetings.open_, "support", world["participant"])
        restrict(store, world)
        await app.open(OF_KIND["support"], meeting)
        await pilot.pause()
        assert isinstance(app.screen, ToldScreen)
        before = acts(store)
        await go_on(pilot)
        assert isinstance(app.screen, ToldScreen)
        assert acts(store) == before


# ---------------------------------------------------------------------- questions and meetings


PROMPTS: Final[dict[str, Callable[[Case, dict[str, Any]], PromptScreen[Any]]]] = {
    "a question": lambda case, world: PromptScreen(case, "Why?", str),
    "a line that is kept": lambda case, world: KeptPrompt(
        case, "Who?", lambda text: None, "meeting_guest", world["meeting"]
    ),  # type: ignore[arg-type, return-value]
    "a line of minutes": lambda case, world: MeetingLine(
        case, world["meeting"], "note", world["participant"], "Tredje"
    ),
}


@pytest.mark.parametrize("cause", ["restricted", "gone", "lock"])
@pytest.mark.parametrize("prompt", PROMPTS)
async def test_no_question_that_goes_lets_the_rest_of_the_sentence_do_anything(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any], prompt: str, cause: str
) -> None:
    world["meeting"] = store.change_now(meetings.open_, "support", world["participant"])
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, world["participant"])
        await app.push_screen(PROMPTS[prompt](app.case, world))
        await pilot.press(*BEGUN)
        if cause == "lock":
            await app.lock()
        elif cause == "gone":
            await take_away(app.screen_stack[1], "Borte.")
        else:
            restrict(store, world)
            await app._look_around()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        before = acts(store)
        await go_on(pilot)
        assert acts(store) == before
        assert isinstance(app.screen, LockScreen if cause == "lock" else ToldScreen)
        if cause == "lock":
            assert BEGUN in app.screen_stack[-2].written  # type: ignore[attr-defined]
        elif prompt == "a question" and cause == "restricted":
            # It is not to wait for a field about somebody else.
            assert app.clipboard == ""
            assert "is not kept" in words_on(app)
        elif prompt == "a question":
            assert app.clipboard == BEGUN
            assert "Ctrl+V puts it into a field" in " ".join(words_on(app).split())
            await pilot.press("escape", "slash", "ctrl+v")
            assert BEGUN in words_on(app)
        else:
            assert BEGUN in kept(store)


@pytest.mark.parametrize("kind", ["daily", "weekly", "monthly", "support"])
async def test_a_meeting_that_a_colleague_closes_takes_the_sentence_as_an_addition(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any], kind: str
) -> None:
    meeting = store.change_now(meetings.open_, kind, world["participant"] if kind == "support" else None)
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.open(OF_KIND[kind], meeting)
        await pilot.press("n", *BEGUN)
        assert isinstance(app.screen, MeetingLine)
        store.change_now(meetings.close, meeting, store.ask_now(meeting_reading.one, meeting).version)
        await app._look_around()
        await app.workers.wait_for_complete()
        await pilot.pause()
        before = acts(store)
        await pilot.press("space", *"ntdkmru")
        assert acts(store) == before
        assert isinstance(app.screen, MeetingLine)
        await pilot.press("escape")
        await pilot.pause()
        assert "Kari Nordmann closed these minutes. n adds to them." in " ".join(words_on(app).split())
        assert "n Add" in words_on(app)
        await pilot.press("n")
        assert "Add to the closed minutes" in words_on(app)
        assert f"{BEGUN} ntdkmru" in words_on(app)


# ---------------------------------------------------------------------- what comes over a form


async def test_a_conflict_takes_no_letter_for_an_answer_until_it_was_read(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.push_screen(TaskForm(app.case, world["participant"], world["task"]))
        await pilot.press("end", *" i dag")
        store.change_now(tasks.change, world["task"], 1, {"text": "Ringe i morgen"})
        await pilot.press("f2")
        assert isinstance(app.screen, ConflictScreen)
        before = acts(store)
        await go_on(pilot)
        assert isinstance(app.screen, ConflictScreen)
        assert acts(store) == before
        # An Enter that follows a letter is part of the sentence; the next one is not.
        await pilot.press("enter", "enter", "t")
        assert not isinstance(app.screen, ConflictScreen)
        assert " i dag" in kept(store)


async def test_a_review_that_a_colleague_sealed_is_told_and_what_was_written_is_kept(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.open(REVIEWS, world["participant"])
        await app.push_screen(await screen_of(app.case, world["review"]))
        await pilot.press("f2")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, FormScreen)
        await pilot.press(*BEGUN)
        version = store.ask_now(Reading.value, "SELECT version FROM review WHERE id = ?", [world["review"]])
        store.change_now(reviews.discard, world["review"], version)
        await app._look_around()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ToldScreen)
        before = acts(store)
        await go_on(pilot)
        assert acts(store) == before
        assert isinstance(app.screen, ToldScreen)
        assert BEGUN in kept(store)


# ---------------------------------------------------------------------- what was typed ahead, and what was pasted


async def test_what_was_typed_behind_a_save_that_is_refused_is_forgotten(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.push_screen(TaskForm(app.case, world["participant"]))
        await pilot.pause()
        form = app.screen
        assert isinstance(form, FormScreen)
        form.set_focus(form.field("due"))
        await pilot.press(*"ikke en dag")
        # All at once, as a slow line brings it: the two letters were for the list below.
        for key in ("f2", "j", "r"):
            app.simulate_key(key)
        await pilot.pause(0.3)
        await pilot.pause()
        assert app.screen is form
        assert form.field("due").written == "ikke en dag"


async def test_what_was_typed_behind_a_save_goes_to_the_screen_below(
    store: Store, sessions: Sessions, clock: Clock, world: dict[str, Any]
) -> None:
    app = ExinApp(AT_WORK, sessions("ola"), clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.push_screen(TaskForm(app.case, world["participant"]))
        await pilot.press(*BEGUN)
        for key in ("f2", "question_mark"):
            app.simulate_key(key)
        await pilot.pause(0.3)
        await pilot.pause()
        assert type(app.screen).__name__ == "HelpScreen"
        assert BEGUN in [one.text for one in store.ask_now(tasks.of, world["participant"])]


async def test_what_is_pasted_where_no_field_is_waits_for_one(store: Store, clock: Clock) -> None:
    app = ExinApp(AT_WORK, store, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        before = acts(store)
        app.post_message(events.Paste("nok en\nlinje"))
        await pilot.pause()
        assert acts(store) == before
        assert "Ctrl+V puts it into one" in words_on(app)
        await pilot.press("n", "ctrl+v")
        assert "nok en linje" in words_on(app)


async def test_a_paste_that_comes_while_nothing_is_taken_is_put_aside_and_keys_are_not(
    store: Store, clock: Clock
) -> None:
    app = ExinApp(AT_WORK, store, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        first = app.screen
        app.deafen()
        for event in (events.Key("n", "n"), events.Paste("tekst")):
            app.post_message(event)
        await pilot.pause()
        assert app.screen is first
        assert app.clipboard == "tekst"
        app.hear()
        await pilot.press("n")
        assert app.screen is not first


async def test_no_passphrase_is_put_aside(store: Store, clock: Clock) -> None:
    app = ExinApp(AT_WORK, store, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("K")
        assert isinstance(app.screen, SecretForm)
        app.screen._take_nothing(True)
        await pilot.pause()
        app.post_message(events.Paste("korrekt hest"))
        await pilot.pause()
        assert app.clipboard == ""
        await app.lock()
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)
        app.screen._line.disabled = True
        await pilot.pause()
        app.post_message(events.Paste("korrekt hest"))
        await pilot.pause()
        assert app.clipboard == ""


async def test_keys_are_taken_again_where_what_was_to_be_drawn_never_came(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exin_tui.key_queue._DEAF_AT_MOST", 0.05)
    app = ExinApp(AT_WORK, store, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.deafen()
        await pilot.pause(0.2)
        await pilot.press("n")
        assert isinstance(app.screen, FormScreen)


# ---------------------------------------------------------------------- every way a screen can go

OWN: Final = {"on_key", "_attempt", "_go", "_try", "put", "leave"}
"""What closes a screen for its own key, beside `action_…`: a letter of a list, or the end of what the key began."""
OTHERS: Final = {
    ("screens/frame/sudden.py", "take_away"),
    ("screens/frame/sudden.py", "seen"),
    ("screens/participant/record_form.py", "on_kind_list_chosen"),
    ("screens/contacts/forms.py", "may_save"),
    ("screens/reviews/writing.py", "_seal"),
    ("screens/forms/form.py", "_save"),
    ("screens/team/recovery_key.py", "action_written"),
    ("exin_tui/app.py", "_pop_to"),
    ("exin_tui/app.py", "go_back"),
}
"""The same, each of which a key began; and `take_away`, the one way for everything else."""


def closings() -> Iterator[tuple[str, str]]:
    """Where a screen is closed: the module, and the function in it."""
    root = Path(__file__).parents[3]
    for path in sorted(each for floor in ("screens", "exin_tui") for each in (root / floor).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
                if any(isinstance(each, ast.Attribute) and each.attr in ("dismiss", "pop_screen") for each in calls):
                    yield path.relative_to(root).as_posix(), node.name


def test_a_screen_goes_by_its_own_key_or_is_taken_away() -> None:
    """A new way to close one stands here once it is known whose key it is; what nobody pressed goes by `take_away`."""
    found = set(closings())
    assert OTHERS & found
    others = {(module, name) for module, name in found if not name.startswith("action_") and name not in OWN}
    assert others <= OTHERS


def test_what_comes_by_itself_is_sudden() -> None:
    assert issubclass(ConflictScreen, Sudden)
    assert issubclass(ToldScreen, Sudden)
