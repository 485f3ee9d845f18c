"""Recording and correcting: the fewest keys, nothing lost, nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events

from models import timeline
from models.participants import participants
from models.phases import phases
from models.storage import drafts
from models.store import Store
from models.timeline import TimelineEntry, TimelineQuery
from models.values.text import TEXT_LIMIT, clean_line, clean_text
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case
from screens.frame.screen import CaseScreen
from screens.frame.sudden import ToldScreen
from screens.participant.record_form import INTAKE_TALK, RecordForm
from tests.models.case_sample import note_now


class Cover(CaseScreen[None]):
    """Covers the form, as the lock does."""


Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
HOSTILE = [
    "\x1b[31mrød\x1b]52;c;aGVp\x07 \x9b2J slutt",
    "[bold]ikke fet[/] [@click=app.quit]x[/] [",
    "\u202eomvendt\u202c \u2066skjult\u2069",
    "👨‍👩‍👧 🇳🇴 e\u0301 日本 \u200b",
    "linje\r\nlinje\tto\x00\x0b",
    "'; DROP TABLE entry; --",
    "x" * 3_000,
]


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(
        participants.add,
        {"given_name": "Åse", "family_name": "Sæthre", "risk_areas": "Plata\nStorgata etter kl. 22"},
    )


def entries(case: Case, person: int) -> list[TimelineEntry]:
    found = case.store.ask_now(timeline.page, TimelineQuery(person), 0, 50)
    return [entry for entry in found if not case.programme.kind(entry.kind).system]


def recorded(case: Case, person: int, **values: Any) -> int:
    return case.store.change_now(timeline.record, person, {"kind": "phone", "text": "Før", **values})


async def test_a_phone_call_is_recorded_in_three_keys_and_its_text(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        # The first of the three is what opens the form.
        await pilot.press("t")
        await pilot.press(*"Ringte om bolig.", "enter", *"Han vil se den torsdag.")
        await pilot.press("f2")
        await pilot.pause()
        [entry] = entries(case, person)
        assert app.answers == [entry.id]
        assert (entry.kind, entry.outcome, entry.minutes) == ("phone", "reached", 10)
        assert entry.text == "Ringte om bolig.\nHan vil se den torsdag."
        assert entry.at == case.clock.seconds()


async def test_a_talk_of_the_intake_is_recorded_once_and_as_the_talk_it_is(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert app.asked == [(INTAKE_TALK, person)]
        assert app.answers == [None]
    assert entries(case, person) == []
    assert await case.store.ask(drafts.kept) == []


async def test_after_the_intake_a_talk_of_it_is_an_entry_like_any_other(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(phases.begin, person, 2, case.today, ending=(1,))
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i", *"Fra før vi begynte her", "f2")
        await pilot.pause()
        assert app.asked == []
    assert [entry.kind for entry in entries(case, person)] == ["intake_talk"]


async def test_typing_replaces_the_suggested_minutes(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test() as pilot:
        await pilot.press("r", "shift+tab", *"45", "f2")
        await pilot.pause()
        [entry] = entries(case, person)
        assert (entry.kind, entry.minutes) == ("visit_relationship", 45)


async def test_every_field_is_saved(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "up", "up", "a", "up")
        await pilot.press(*"yesterday 9", "tab", "tab", *"1h30", "enter", *"Tekst", "tab")
        await pilot.press(*"Mor", "down", *"Kafé", "enter", *"Økonomi", "ctrl+s")
        await pilot.pause()
        [entry] = entries(case, person)
        assert (entry.kind, entry.outcome, entry.minutes) == ("talk", "attempted", 90)
        assert (entry.text, entry.with_whom, entry.place, entry.topic) == ("Tekst", "Mor", "Kafé", "Økonomi")
        assert case.clock.local(entry.at).strftime("%Y-%m-%d %H:%M") == "2026-11-21 09:00"


async def test_a_note_has_no_outcome_and_begins_with_its_text(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"bare et notat")
        await pilot.pause()
        assert "Outcome" not in app.text()
        await pilot.press("f2")
        await pilot.pause()
        [entry] = entries(case, person)
        assert (entry.kind, entry.outcome, entry.minutes, entry.text) == ("note", "", None, "bare et notat")


async def test_every_kind_begins_in_the_text(case: Case, stage: Staged, person: int) -> None:
    for kind in case.programme.kinds:
        if kind.system or kind.form:
            continue
        app = stage(RecordForm(case, person))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(kind.key)
            await pilot.pause()
            assert app.screen.focused is app.screen.field("text"), kind.id


async def test_an_unanswered_call_is_one_key_of_the_list_and_takes_no_minutes(
    case: Case, stage: Staged, person: int
) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "T  Called, no answer" in app.text()
        await pilot.press("T")
        await pilot.pause()
        [entry] = entries(case, person)
        assert app.answers == [entry.id]
    assert (entry.kind, entry.outcome, entry.minutes, entry.at) == ("phone", "attempted", None, case.clock.seconds())
    assert case.store.ask_now(drafts.kept) == []


async def test_what_is_not_saved_at_once_opens_in_its_text(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("S", *"Ventet i en time", "f2")
        await pilot.pause()
        [entry] = entries(case, person)
    assert (entry.kind, entry.outcome, entry.minutes, entry.text) == ("talk", "attempted", None, "Ventet i en time")


@pytest.mark.parametrize("letter", [*"KORÆ"])
async def test_a_capital_letter_of_nothing_chooses_the_kind(
    case: Case, stage: Staged, person: int, letter: str
) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(letter)
        await pilot.pause()
        kind = next((kind.id for kind in case.programme.kinds if kind.key == letter.lower()), None)
        assert (app.screen.field("kind").written if not app.screen.choosing else None) == kind
        assert entries(case, person) == []


async def test_every_line_of_the_list_is_reached_by_arrows(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        seen = set()
        for _column in range(2):
            await pilot.press(*["up"] * 12)
            for _row in range(12):
                kinds = app.screen.kinds
                seen.add(kinds.lines[kinds.row][kinds.column].id)
                await pilot.press("down")
            await pilot.press(*["up"] * 12, "right")
        shown = [kind for kind in case.programme.kinds if not kind.system]
        assert seen == {one.id for one in [*shown, *case.programme.quick]}


async def test_an_attempt_keeps_no_minutes_that_nobody_wrote(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        form = app.screen
        await pilot.press("t", "up", "up", "a")
        await pilot.pause()
        assert form.field("minutes").written == ""
        await pilot.press("r")
        await pilot.pause()
        assert form.field("minutes").written == "10"
        await pilot.press("tab", *"25", "up", "a")
        await pilot.pause()
        assert form.field("minutes").written == "25", "what was written stays"
        await pilot.press("up", "up", "k")
        await pilot.pause()
        assert form.field("minutes").written == "25"


async def test_another_kind_brings_its_own_suggestion(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test() as pilot:
        await pilot.press("n", "up", "up", "up", "k", "f2")
        await pilot.pause()
        [entry] = entries(case, person)
        assert (entry.kind, entry.outcome, entry.minutes) == ("visit_mapping", "reached", 60)


@pytest.mark.parametrize(
    ("keys", "sentence", "key"),
    [
        (["up", "up", "up", *"neste uke kanskje"], "is not a time", "at"),
        (["up", *"mange"], "is not a number of minutes", "minutes"),
        (["up", *"2000"], "at most a day and a night", "minutes"),
        (["up", "up", "up", *"i morgen 23:00", "tab", "up", "tab"], "is in the future", "at"),
    ],
)
async def test_an_error_is_said_at_its_field_and_nothing_is_lost(
    case: Case, stage: Staged, person: int, keys: list[str], sentence: str, key: str
) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", *keys, "f2")
        await pilot.pause()
        form = app.screen
        assert app.answers == []
        assert entries(case, person) == []
        assert form.focused is form.field(key)
        assert sentence in " ".join(app.text().split())
        before = form.field(key).written
        assert before
        await pilot.press("end", "x")
        assert form.field(key).written == before + "x"


async def test_a_text_that_is_too_long_is_counted_refused_and_kept(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        app.post_message(events.Paste("ord " * 3_001))
        await pilot.pause()
        assert f"{4 * 3_001} of at most {TEXT_LIMIT} characters" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert app.answers == []
        assert "at most 12000 fit" in app.text()
        assert app.screen.field("text").written == "ord " * 3_001


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_text_is_kept_less_its_controls(case: Case, stage: Staged, person: int, hostile: str) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        for key in ("text", "with_whom", "topic"):
            app.screen.set_focus(app.screen.field(key))
            await pilot.pause()
            app.post_message(events.Paste(hostile))
            await pilot.pause()
            assert all(letter.isprintable() or letter in "\n\u200b\u200d" for letter in app.text())
        if len(hostile) > 500:
            await pilot.press("f2")
            await pilot.pause()
            assert app.answers == []
            return
        await pilot.press("f2")
        await pilot.pause()
        [entry] = entries(case, person)
        assert entry.text == clean_text(hostile)
        assert entry.with_whom == entry.topic == clean_line(hostile)


async def test_risk_areas_are_in_sight_and_hide_with_the_names(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Risk areas: Plata · Storgata etter kl. 22" in app.text()
        assert "Åse Sæthre" in app.text()
        await pilot.press("t", "f8")
        await pilot.pause()
        assert "Plata" not in app.text()
        assert "Åse" not in app.text()
        assert "EX-001" in app.text()
        assert "Risk areas" in app.text()


async def test_a_correction_sends_what_changed_and_shows_what_stood_before(
    case: Case, stage: Staged, person: int
) -> None:
    entry = recorded(case, person, minutes=10)
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" og etter", "f2")
        await pilot.pause()
        assert app.answers == [entry]
    now = case.store.ask_now(timeline.one, entry)
    assert (now.text, now.minutes, now.version) == ("Før og etter", 10, 2)
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "when Kari Nordmann corrected it:" in app.text()
        assert "Text: Før" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert app.answers == [None]
    assert case.store.ask_now(timeline.one, entry).version == 2


async def test_what_the_program_wrote_is_read_only_and_says_why(case: Case, stage: Staged, person: int) -> None:
    [system] = case.store.ask_now(timeline.page, TimelineQuery(person), 0, 9)
    app = stage(RecordForm(case, person, entry=system.id))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Phase 1 Intake began" in app.text()
        await pilot.press(*"abc", "f2")
        await pilot.pause()
        assert "The program wrote this line" in app.screen.query_one("SaidLine").said
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]
    assert case.store.ask_now(drafts.kept) == []


async def test_a_reader_is_told_at_once(case: Case, stage: Staged, person: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", "f2")
        assert "read access only" in app.text()
        assert app.answers == []


# ---------------------------------------------------------------------- two sessions


async def _edited_by_both(case: Case, colleague: Store, app: Any, pilot: Any, entry: int) -> None:
    await pilot.press(*" mitt")
    seen = colleague.ask_now(timeline.one, entry)
    colleague.change_now(timeline.correct, entry, seen.version, {"text": "Deres", "place": "Kontoret"})
    await pilot.press("f2")
    await pilot.pause()
    assert isinstance(app.screen, ConflictScreen)
    await pilot.press("enter")


async def test_mine_is_saved_over_theirs_and_leaves_the_rest(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    entry = recorded(case, person)
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await _edited_by_both(case, colleague, app, pilot, entry)
        assert "Før mitt" in app.text()
        assert "Deres" in app.text()
        await pilot.press("m")
        await pilot.pause()
        assert app.answers == [entry]
    now = case.store.ask_now(timeline.one, entry)
    assert (now.text, now.place) == ("Før mitt", "Kontoret")
    assert [version.values.get("text") for version in case.store.ask_now(timeline.former, entry)] == ["Deres", "Før"]
    assert case.store.ask_now(drafts.kept) == []


async def test_both_texts_are_saved_one_after_the_other(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    entry = recorded(case, person)
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await _edited_by_both(case, colleague, app, pilot, entry)
        await pilot.press("b")
        await pilot.pause()
        assert app.answers == [entry]
    now = case.store.ask_now(timeline.one, entry)
    assert (now.text, now.place) == ("Deres\n\nKN 22.11.2026: Før mitt", "Kontoret")
    assert case.store.ask_now(drafts.kept) == []


async def test_theirs_stands_and_mine_is_kept_as_unfinished(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    entry = recorded(case, person)
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await _edited_by_both(case, colleague, app, pilot, entry)
        await pilot.press("t")
        await pilot.pause()
        assert app.answers == [None]
    assert case.store.ask_now(timeline.one, entry).text == "Deres"
    [kept] = case.store.ask_now(drafts.kept)
    assert (kept.form, kept.subject, kept.fields["text"]) == ("correction", entry, "Før mitt")


async def test_back_from_the_conflict_the_form_is_as_it_was(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    entry = recorded(case, person)
    form = RecordForm(case, person, entry=entry)
    app = stage(form)
    async with app.run_test(size=(80, 24)) as pilot:
        await _edited_by_both(case, colleague, app, pilot, entry)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is form
        assert form.field("text").written == "Før mitt"
        assert app.answers == []


# ---------------------------------------------------------------------- unfinished forms


async def test_closing_keeps_what_was_written_and_offers_it_again(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "up", *"75", "enter", *"Midt i set", "escape")
        await pilot.pause()
        assert app.answers == [None]
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "You left this unfinished 22.11.2026 10:00" in app.text()
        assert "Midt i set" in app.text()
        await pilot.press(*"ningen", "f2")
        await pilot.pause()
    [entry] = entries(case, person)
    assert (entry.kind, entry.minutes, entry.text) == ("visit_relationship", 75, "Midt i setningen")
    assert case.store.ask_now(drafts.kept) == []


async def test_an_unfinished_form_can_be_put_aside_and_brought_back(case: Case, stage: Staged, person: int) -> None:
    note_now(case.store, drafts.keep, "record", person, {"kind": "phone", "text": "Uferdig", "minutes": "5"})
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        assert "Uferdig" not in app.text()
        assert "Relationship visit" in app.text()
        await app.screen.keep()
        assert len(case.store.ask_now(drafts.kept)) == 1, "a hangup now must not lose it"
        await pilot.press("f6")
        await pilot.pause()
        assert "Uferdig" in app.text()
        await pilot.press("f6", "escape")
        await pilot.pause()
    assert case.store.ask_now(drafts.kept) == [], "put aside and closed: thrown away in two steps"


async def test_what_was_written_since_is_put_aside_and_brought_back_too(case: Case, stage: Staged, person: int) -> None:
    note_now(case.store, drafts.keep, "record", person, {"kind": "phone", "text": "Uferdig"})
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" og mer", "f6")
        assert "Uferdig" not in app.text()
        [kept] = case.store.ask_now(drafts.kept)
        assert kept.fields["text"] == "Uferdig og mer"
        await pilot.press("f6")
        assert "Uferdig og mer" in app.text()


async def test_a_correction_left_unfinished_meets_what_came_since(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    entry = recorded(case, person)
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" mitt", "escape")
        await pilot.pause()
    colleague.change_now(timeline.correct, entry, 1, {"text": "Deres", "place": "Kontoret"})
    app = stage(RecordForm(case, person, entry=entry))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Før mitt" in app.text()
        assert "Kontoret" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ConflictScreen)
    assert case.store.ask_now(timeline.one, entry).text == "Deres"


async def test_it_is_kept_by_itself_soon_after_typing(
    case: Case, stage: Staged, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.forms.draft_keeper.KEEP_AFTER", 0.01)
    app = stage(RecordForm(case, person))
    async with app.run_test() as pilot:
        await pilot.press("t", *"Halv")
        for _turn in range(200):
            await pilot.pause(0.02)
            kept = case.store.ask_now(drafts.kept)
            if kept and kept[0].fields["text"] == "Halv":
                break
        assert [form.fields["text"] for form in kept] == ["Halv"]
        assert kept[0].fields["at"] == "22.11.2026 10:00"


async def test_another_screen_over_the_form_keeps_it(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test() as pilot:
        await pilot.press("t", *"Halv")
        app.pop_screen()
        await pilot.pause()
        [kept] = case.store.ask_now(drafts.kept)
        assert kept.fields["text"] == "Halv"


async def test_once_kept_it_asks_nothing_of_a_locked_vault(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test() as pilot:
        await pilot.press("t", *"Halv")
        await app.screen.keep()
        case.store.close()
        await app.push_screen(Cover(case))
        await pilot.pause()
        assert isinstance(app.screen, Cover)


async def test_a_form_that_was_only_looked_at_is_not_kept(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test() as pilot:
        await pilot.press("t", "escape")
        await pilot.pause()
        assert app.answers == [None]
    assert case.store.ask_now(drafts.kept) == []


async def test_a_participant_that_is_gone_closes_the_form(case: Case, stage: Staged) -> None:
    app = stage(RecordForm(case, 999))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ToldScreen)
        assert not any(isinstance(screen, RecordForm) for screen in app.screen_stack)


# ---------------------------------------------------------------------- looks


@pytest.mark.parametrize("size", SIZES)
def test_the_kinds_look_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(RecordForm(case, person)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_form_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    keys = ["t", *"Ringte om bolig.", "enter", *"Han vil se den torsdag."]
    assert snap_compare(stage(RecordForm(case, person)), terminal_size=size, press=keys)


def test_an_error_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any) -> None:
    assert snap_compare(stage(RecordForm(case, person)), terminal_size=(80, 24), press=["t", "up", *"mange", "f2"])


def test_a_correction_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any) -> None:
    entry = recorded(case, person)
    case.store.change_now(timeline.correct, entry, 1, {"text": "Etter\nmed to linjer", "outcome": "attempted"})
    assert snap_compare(stage(RecordForm(case, person, entry=entry)), terminal_size=(80, 24))
