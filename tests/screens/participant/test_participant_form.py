"""The participant's record: nothing has to be filled in, only what changed is sent, and advice never hinders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual import events

from models.participants import participants
from models.participants.participants import LABELS, ParticipantFile
from models.storage import drafts
from models.store import Store
from models.values.text import clean_line
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case
from screens.participant.form import SECTIONS, ParticipantForm

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
# Synthetic: the month has 80 added, as the tax administration's test numbers have.
SYNTHETIC = "01858310187"


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(
        participants.add,
        {
            "given_name": "Åse",
            "family_name": "Sæthre",
            "phone": "40000000",
            "prison": "halden",
            "sentence_start": date(2025, 1, 10),
            "full_term_date": date(2027, 3, 1),
        },
    )


def file_of(case: Case, participant: int) -> ParticipantFile:
    return case.store.ask_now(participants.file_of, participant)


async def _go(pilot: Any, key: str) -> None:
    form = pilot.app.screen
    form.go(form.field(key))
    await pilot.pause()
    # The form scrolls after it is laid out, and what is in sight is drawn a moment after that.
    await pilot.pause(0.05)


def test_every_field_of_the_record_is_in_the_form() -> None:
    keys = [key for _heading, section in SECTIONS for key in section]
    assert sorted(keys) == sorted(LABELS)


async def test_a_name_is_enough_for_a_candidate(case: Case, stage: Staged) -> None:
    app = stage(ParticipantForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ola", "f2")
        await pilot.pause()
    [new] = app.answers
    found = file_of(case, new)
    assert (found.name, found.code, found.worker_name) == ("Ola", "EX-001", "Kari Nordmann")
    assert [span.phase for span in found.phases] == [1]


async def test_even_nothing_is_enough(case: Case, stage: Staged) -> None:
    app = stage(ParticipantForm(case, None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
    assert file_of(case, app.answers[0]).name == "EX-001"


async def test_only_what_changed_is_sent(case: Case, colleague: Store, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, "unit")
        await pilot.press(*"Avdeling B", "f2")
        await pilot.pause()
    assert app.answers == [person]
    found = file_of(case, person)
    assert (found.values["unit"], found.version) == ("Avdeling B", 2)
    assert found.values["phone"] == "40000000"


async def test_every_kind_of_field_is_read_and_shown_again(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key, keys in {
            "birth_date": [*"3.5.84"],
            "risk_areas": [*"Plata", "enter", *"Grønland"],
            "stays": ["o"],
            "district": [*"Søn", "right"],
            "prison": [*"ullersmo gamle"],
            "security_level": ["right", "right"],
            "release_date": [*"1.3"],
            "release_kind": ["space"],
            "coworker": ["k"],
        }.items():
            await _go(pilot, key)
            if key == "prison":
                await pilot.press("ctrl+u")
            await pilot.press(*keys)
            for _turn in range(20):
                await pilot.pause(0.01)
        await pilot.press("f2")
        await pilot.pause()
    values = file_of(case, person).values
    assert values["birth_date"] == date(1984, 5, 3)
    assert values["risk_areas"] == "Plata\nGrønland"
    assert (values["stays"], values["security_level"]) == ("own_home", "lower")
    assert (values["release_kind"], values["district"]) == ("parole", "Søndre Nordstrand")
    assert values["prison"] == "ullersmo gamle"
    assert values["release_date"] == date(2027, 3, 1)
    assert values["coworker"] == case.store.actor.staff_id
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(120, 60)) as pilot:
        for shown in ("03.05.1984", "Grønland", "ullersmo gamle", "Lower security", "01.03.2027", "Parole"):
            assert shown in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert app.answers == [None], "opening and saving changes nothing"


async def test_a_name_from_the_list_is_stored_as_it_is_written_there(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, "prison")
        assert app.screen.field("prison").written == "Halden fengsel"
        await pilot.press("ctrl+u", *"bergen FENGSEL", "f2")
        await pilot.pause()
    assert file_of(case, person).values["prison"] == "Bergen fengsel"


async def test_the_computed_date_is_shown_and_never_filled_in(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, "two_thirds_date")
        assert "computed: 14.06.2026" in app.text()
        assert app.screen.field("two_thirds_date").written == ""
        await _go(pilot, "full_term_date")
        await pilot.press(*"10.1.2026")
        await pilot.pause()
        assert "computed: 11.09.2025" in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert file_of(case, person).values["two_thirds_date"] is None


async def test_advice_is_live_and_saving_is_allowed(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, "release_date")
        assert "after the full term" not in app.text()
        await pilot.press(*"1.4.2027")
        await pilot.pause()
        assert "The release date is after the full term." in app.text()
        await pilot.press("f2")
        await pilot.pause()
    assert file_of(case, person).values["release_date"] == date(2027, 4, 1)


async def test_the_identity_number_shows_only_in_its_field(case: Case, stage: Staged, person: int) -> None:
    version = file_of(case, person).version
    case.store.change_now(participants.change, person, version, {"national_id": SYNTHETIC})
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        assert f"{SYNTHETIC[:6]}*****" in app.text()
        assert SYNTHETIC not in app.text()
        await _go(pilot, "national_id")
        assert SYNTHETIC in app.text()
        await pilot.press("tab")
        await pilot.pause()
        assert SYNTHETIC not in app.text()


async def test_hiding_names_hides_what_tells_who_it_is(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(participants.change, person, 1, {"national_id": SYNTHETIC, "address": "Storgata 1"})
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        for secret in ("Åse", "Sæthre", SYNTHETIC[:6], "40000000", "Storgata"):
            assert secret not in app.text()
        assert "•••" in app.text()
        assert not app.screen.focused.about.personal or not app.screen.focused.written
        await pilot.press("f8")
        await pilot.pause()
        assert "Sæthre" in app.text()


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("birth_date", "31.2.1990", "is not a date"),
        ("national_id", "12345678901", "National identity number:"),
        ("given_name", "x" * 201, "at most 200 fit"),
    ],
)
async def test_an_error_takes_the_focus_and_loses_nothing(
    case: Case, stage: Staged, person: int, key: str, typed: str, sentence: str
) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, key)
        app.screen.field(key).put("")
        app.post_message(events.Paste(typed))
        await pilot.pause()
        await _go(pilot, "nav_state")
        await pilot.press(*"Alna", "f2")
        await pilot.pause()
        assert app.answers == []
        assert app.screen.focused is app.screen.field(key)
        assert sentence in " ".join(app.text().split())
        assert app.screen.field(key).written == typed
        assert app.screen.field("nav_state").written == "Alna"
    assert file_of(case, person).version == 1


async def test_a_code_that_is_taken_is_said_at_the_code(case: Case, stage: Staged, person: int) -> None:
    case.store.change_now(participants.add, {"given_name": "Ola"})
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, "code")
        await pilot.press("ctrl+u", *"ex-002", "f2")
        await pilot.pause()
        assert "Code: ex-002 is another participant's." in app.text()
        assert app.screen.focused is app.screen.field("code")


async def test_both_versions_are_shown_and_mine_leaves_the_others_fields(
    case: Case, colleague: Store, stage: Staged, person: int
) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await _go(pilot, "phone")
        await pilot.press("ctrl+u", *"41111111")
        await _go(pilot, "release_date")
        await pilot.press(*"1.2.2027")
        colleague.change_now(
            participants.change, person, 1, {"phone": "42222222", "stays": "family", "full_term_date": date(2027, 5, 1)}
        )
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ConflictScreen)
        for shown in ("411 11 111", "42222222", "01.02.2027", "With family", "01.05.2027", "(not changed)"):
            assert shown in app.text()
        await pilot.press("enter", "m")
        await pilot.pause()
        assert app.answers == [person]
    values = file_of(case, person).values
    assert (values["phone"], values["release_date"]) == ("41111111", date(2027, 2, 1))
    assert (values["stays"], values["full_term_date"]) == ("family", date(2027, 5, 1))


async def test_an_unfinished_change_remembers_the_day_meant(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await _go(pilot, "release_date")
        await pilot.press(*"+10d", "escape")
        await pilot.pause()
    [kept] = case.store.ask_now(drafts.kept)
    assert kept.fields == {"release_date": "02.12.2026", "_version": "1"}


async def test_sections_are_reached_by_page_keys(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        seen = []
        for key in ["pagedown"] * 6 + ["pageup"] * 6:
            await pilot.press(key)
            await pilot.pause()
            seen.append(app.screen.focused.about.key)
            assert app.screen.focused.region.bottom <= 24
        firsts = [section[0] for _heading, section in SECTIONS]
        assert seen[:5] == firsts[1:]
        assert seen[-1] == firsts[0]
        assert "Person" in app.text(), "the section's heading is in sight"


async def test_the_whole_form_can_be_walked_with_arrows(case: Case, stage: Staged, person: int) -> None:
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        seen = [app.screen.focused.about.key]
        for _step in range(40):
            await pilot.press("down")
            key = app.screen.focused.about.key
            if key != seen[-1]:
                seen.append(key)
        assert seen[: len(LABELS)] == [key for _heading, section in SECTIONS for key in section]


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J[@click=app.quit]x[/]", "\u202eabc\u2028d", "[/]" * 20, "🇳🇴\u200d日本\x9b1m"]
)
async def test_hostile_text_in_every_line_is_only_text(case: Case, stage: Staged, person: int, hostile: str) -> None:
    app = stage(ParticipantForm(case, person))
    keys = ("given_name", "family_name", "phone", "email", "address", "risk_areas", "district", "prison", "nav_state")
    async with app.run_test(size=(80, 24)) as pilot:
        for key in keys:
            app.screen.field(key).put("")
            await _go(pilot, key)
            app.post_message(events.Paste(hostile))
            await pilot.pause()
        await _go(pilot, "stays")
        app.post_message(events.Paste(hostile))
        await pilot.press("f2")
        await pilot.pause()
    values = file_of(case, person).values
    for key in keys:
        if key not in ("address", "risk_areas"):
            assert values[key] == clean_line(hostile)
    app = stage(ParticipantForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        assert all(letter.isprintable() or letter in "\n\u200d" for letter in app.text())
        await pilot.press("f2")
        await pilot.pause()
        assert app.answers == [None]


# ---------------------------------------------------------------------- looks


@pytest.mark.parametrize("size", SIZES)
def test_it_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(ParticipantForm(case, person)), terminal_size=size)


def test_advice_and_candidate_look_right(case: Case, stage: Staged, person: int, snap_compare: Any) -> None:
    ways = ("pagedown", "pagedown", "pagedown", "down", "down", "down")
    # Each field is scrolled to after the key that led there: without pauses, how far hangs on the load.
    keys = [key for way in ways for key in (way, "wait:100")] + [*"1.4.2027"]
    assert snap_compare(stage(ParticipantForm(case, person)), terminal_size=(80, 24), press=keys)


def test_a_new_candidate_looks_right(case: Case, stage: Staged, snap_compare: Any) -> None:
    assert snap_compare(stage(ParticipantForm(case, None)), terminal_size=(80, 24))


def test_hidden_names_look_right(case: Case, stage: Staged, person: int, snap_compare: Any) -> None:
    assert snap_compare(stage(ParticipantForm(case, person)), terminal_size=(80, 24), press=["f8"])
